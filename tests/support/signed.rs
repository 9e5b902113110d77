//! Signed artifacts, and what every face must make of each: the table of what is trusted.
//!
//! A trial is an artifact with the signature beside it, the key to trust and the least version. The keys
//! are made when a test runs, so that the repository holds no secret one.

use std::fs;
use std::path::Path;

use interdict_sign::{SecretKey, generate, sign};
use serde_json::{Value, json};

/// The highest version that there can be: no face may round it.
const LAST: u64 = u64::MAX;

/// One artifact as somebody hands it over.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    /// What is special about it; also the name of its files.
    pub(crate) name: &'static str,
    /// The key to trust.
    pub(crate) public_key: String,
    /// The least version to accept.
    pub(crate) least_version: u64,
    /// What comes of it, in the words of the C ABI.
    pub(crate) status: &'static str,
    /// The version where it is accepted, and a part of the reason where it is refused.
    pub(crate) says: String,
    artifact: Vec<u8>,
    signature: Option<String>,
}

impl Trial {
    /// Whether a face made of it what it should.
    pub(crate) fn came_to(&self, status: &str, says: &str) -> bool {
        let fits = match status {
            "ok" => says == self.says,
            _ => says.contains(&self.says),
        };
        fits && status == self.status
    }
}

/// The trials of an artifact; another one is needed whose signature does not fit.
pub(crate) fn trials(artifact: &[u8], other: &[u8]) -> Vec<Trial> {
    let ((secret, key), (stranger, strange_key)) = (keys(), keys());
    let signed = |version| signature(artifact, &secret, version);
    let accepted = |name, least: u64, version: u64| Trial {
        name,
        public_key: key.clone(),
        least_version: least,
        status: "ok",
        says: version.to_string(),
        artifact: artifact.to_vec(),
        signature: Some(signed(version)),
    };
    let refused = |name, status, says: &str| Trial {
        status,
        says: says.to_owned(),
        ..accepted(name, 17, 17)
    };
    let with_signature = |trial: Trial, signature| Trial { signature, ..trial };
    let with_key = |trial: Trial, key: &str| Trial {
        public_key: key.to_owned(),
        ..trial
    };
    let mut changed = artifact.to_vec();
    changed[artifact.len() / 2] ^= 1;

    let unsigned = |name| refused(name, "unsigned", "not signed: ");
    let wrong = |name| {
        let says = "the signature is not of this artifact, or was changed";
        refused(name, "untrusted", says)
    };
    let bad_key = |name, says: &str| refused(name, "bad key", says);
    let older = |name, least: u64, version: u64| Trial {
        status: "older",
        says: format!("version {version} is older than version {least}"),
        ..accepted(name, least, version)
    };
    vec![
        accepted("signed", 17, 17),
        accepted("later", 17, 18),
        accepted("first", 0, 0),
        accepted("last", LAST, LAST),
        with_key(
            accepted("several-keys", 0, 1),
            &(strange_key.clone() + &key),
        ),
        with_key(
            accepted("bare-key", 0, 1),
            key.lines().last().expect("a key"),
        ),
        older("older", 17, 16),
        older("older-than-the-last", LAST, LAST - 1),
        with_signature(unsigned("unsigned"), None),
        with_signature(unsigned("empty-signature"), Some("\n".to_owned())),
        with_signature(
            refused("no-signature", "untrusted", "its signature cannot be read"),
            Some("version 17\n".to_owned()),
        ),
        with_signature(wrong("other-artifact"), Some(signature(other, &secret, 17))),
        with_signature(
            wrong("forged-version"),
            Some(signed(16).replace("version:16", "version:17")),
        ),
        Trial {
            artifact: changed,
            ..wrong("changed-artifact")
        },
        with_signature(
            refused(
                "stranger",
                "untrusted",
                "signed by a key that is not trusted",
            ),
            Some(signature(artifact, &stranger, 17)),
        ),
        with_key(
            refused(
                "other-key",
                "untrusted",
                "signed by a key that is not trusted",
            ),
            &strange_key,
        ),
        with_key(
            bad_key(
                "empty-key",
                "not a public key of minisign: the text holds none",
            ),
            "",
        ),
        with_key(
            bad_key(
                "blank-key",
                "not a public key of minisign: the text holds none",
            ),
            " \n",
        ),
        with_key(
            bad_key("cut-key", "not a public key of minisign: line 2 holds none"),
            &key[..key.len() - 9],
        ),
        with_key(
            bad_key(
                "path-for-key",
                "not a public key of minisign: line 1 holds none",
            ),
            "interdict.pub",
        ),
    ]
}

fn keys() -> (SecretKey, String) {
    let pair = generate(None).expect("keys");
    (
        SecretKey::read(&pair.secret, None).expect("a secret key"),
        pair.public,
    )
}

fn signature(artifact: &[u8], key: &SecretKey, version: u64) -> String {
    sign(artifact, key, version).expect("a signature")
}

/// Writes the files of the trials into a folder, and what comes of each as `trials.json`; `signed.pub` is
/// the key of the first.
pub(crate) fn write(folder: &Path, trials: &[Trial]) {
    fs::create_dir_all(folder).expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    for trial in trials {
        put(&format!("{}.matcher", trial.name), &trial.artifact);
        if let Some(signature) = &trial.signature {
            put(
                &format!("{}.matcher.minisig", trial.name),
                signature.as_bytes(),
            );
        }
    }
    put("signed.pub", trials[0].public_key.as_bytes());
    let listed: Value = trials.iter().map(listed).collect();
    put("trials.json", listed.to_string().as_bytes());
}

/// A trial for other languages. The least version is a text, for JavaScript's numbers do not hold all.
fn listed(trial: &Trial) -> Value {
    json!({
        "name": trial.name,
        "public_key": trial.public_key,
        "least_version": trial.least_version.to_string(),
        "status": trial.status,
        "says": trial.says,
    })
}
