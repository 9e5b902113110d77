//! An artifact and its signature at an address, asked for again with the tags that they had.

use std::time::Duration;

use ureq::Agent;
use ureq::http::StatusCode;

use super::{Fetched, ReloadError, unreadable};

/// A signature is a few lines; more is something else.
const LONGEST_SIGNATURE: u64 = 64 << 10;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// An address that is watched.
pub(super) struct Address {
    agent: Agent,
    artifact: Page,
    /// Asked for when artifacts must be signed.
    signature: Option<Page>,
    /// What was last seen whole, by its hash: a server without tags sends it every time.
    seen: Option<blake3::Hash>,
}

/// One page, with the tag of its last answer.
struct Page {
    url: String,
    tag: Option<String>,
    limit: u64,
}

/// What a server says of a page.
enum Answer {
    Same,
    New { body: Vec<u8>, tag: Option<String> },
}

impl Address {
    pub(super) fn new(url: &str, signed: bool, limit: u64) -> Address {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .build();
        let page = |url: String, limit| Page {
            url,
            tag: None,
            limit,
        };
        Address {
            agent: config.into(),
            artifact: page(url.to_owned(), limit),
            signature: signed.then(|| page(format!("{url}.minisig"), LONGEST_SIGNATURE)),
            seen: None,
        }
    }

    /// What stands there, if anything is new since it was last seen.
    pub(super) fn changed(&mut self) -> Result<Option<Fetched>, ReloadError> {
        let artifact = self.artifact.ask(&self.agent)?;
        let signature = match &mut self.signature {
            Some(page) => Some(page.ask(&self.agent)?),
            None => None,
        };
        if matches!(
            (&artifact, &signature),
            (Answer::Same, None | Some(Answer::Same))
        ) {
            return Ok(None);
        }
        // The two belong together: whichever is the same is asked for once more, whole.
        let (artifact, tag) = self.artifact.whole(artifact, &self.agent)?;
        let (signature, signature_tag) = match (&mut self.signature, signature) {
            (Some(page), Some(answer)) => {
                let (body, tag) = page.whole(answer, &self.agent)?;
                (Some(String::from_utf8_lossy(&body).into_owned()), tag)
            }
            _ => (None, None),
        };
        self.artifact.tag = tag;
        if let Some(page) = &mut self.signature {
            page.tag = signature_tag;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(&artifact);
        hasher.update(signature.as_deref().unwrap_or_default().as_bytes());
        let hash = hasher.finalize();
        if self.seen.replace(hash) == Some(hash) {
            return Ok(None);
        }
        Ok(Some(Fetched {
            artifact,
            signature,
        }))
    }

    /// What stands there now.
    pub(super) fn read(&mut self) -> Result<Fetched, ReloadError> {
        let fetched = self.changed()?;
        fetched.ok_or_else(|| unreadable(&self.artifact.url, "the server says that nothing is new"))
    }
}

impl Page {
    /// Asks whether the page is another one than that of its tag.
    fn ask(&self, agent: &Agent) -> Result<Answer, ReloadError> {
        self.get(agent, self.tag.as_deref())
    }

    /// The body of an answer, asked for anew if there is none.
    fn whole(
        &self,
        answer: Answer,
        agent: &Agent,
    ) -> Result<(Vec<u8>, Option<String>), ReloadError> {
        let answer = match answer {
            Answer::Same => self.get(agent, None)?,
            new => new,
        };
        match answer {
            Answer::New { body, tag } => Ok((body, tag)),
            Answer::Same => Err(unreadable(&self.url, "the server sends no body")),
        }
    }

    fn get(&self, agent: &Agent, tag: Option<&str>) -> Result<Answer, ReloadError> {
        let failed = |reason: String| unreadable(&self.url, reason);
        let mut request = agent.get(&self.url);
        if let Some(tag) = tag {
            request = request.header("If-None-Match", tag);
        }
        let mut response = request.call().map_err(|error| failed(error.to_string()))?;
        match response.status() {
            StatusCode::NOT_MODIFIED => return Ok(Answer::Same),
            StatusCode::OK => {}
            other => return Err(failed(format!("the server answers {other}"))),
        }
        let tag = response.headers().get("ETag");
        let tag = tag.and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        let body = response
            .body_mut()
            .with_config()
            .limit(self.limit)
            .read_to_vec();
        let body = body.map_err(|error| failed(error.to_string()))?;
        Ok(Answer::New { body, tag })
    }
}
