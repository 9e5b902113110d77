//! New artifacts, good ones and others, while requests come in.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use interdict_matcher::Matcher;
use interdict_serve::Config;
use interdict_sign::{PublicKey, SecretKey, generate, sign};

use crate::{Running, Shop, artifact, until};

const ITEM: &str = r#"{"title": "ICO mining"}"#;

pub(crate) fn id_of(artifact: &[u8]) -> String {
    Matcher::from_bytes(artifact.to_vec())
        .expect("a matcher")
        .content_id_hex()
}

impl Running {
    /// The content id of the artifact that decides.
    pub(crate) fn serves(&self) -> String {
        let matcher = self.get("/v1/matcher").json();
        matcher["content_id"]
            .as_str()
            .expect("a content id")
            .to_owned()
    }

    /// How many artifacts came to this.
    pub(crate) fn reloads(&self, outcome: &str) -> usize {
        let start = format!("interdict_reloads_total{{outcome=\"{outcome}\"}} ");
        let page = self.get("/metrics").body;
        let line = page
            .lines()
            .find_map(|line| line.strip_prefix(start.as_str()));
        line.map_or(0, |count| count.parse().expect("a number"))
    }
}

#[test]
fn a_new_artifact_decides_from_its_swap_on() {
    let shop = Shop::new();
    let server = shop.serve();
    let decide = || server.post("/v1/decide?at=2018-04-18", ITEM).json();
    assert_eq!(decide()["rules"][0]["id"], "shop/ICO");
    let new = artifact("mining");
    shop.put(&new);
    until("the new artifact decides", || {
        server.serves() == id_of(&new)
    });
    assert_eq!(decide()["rules"][0]["id"], "shop/mining");
    assert_eq!(server.reloads("accepted"), 1);
}

/// While artifacts are swapped and broken ones are put in between, no request fails, and each is
/// decided by one artifact alone.
#[test]
fn no_request_fails_or_mixes_artifacts_while_they_are_swapped() {
    const SWAPS: usize = 40;
    let shop = Shop::new();
    let server = shop.serve();
    let artifacts = [artifact("ICO"), artifact("mining")];
    let rules = ["shop/ICO", "shop/mining"];
    let ids: Vec<String> = artifacts.iter().map(|one| id_of(one)).collect();
    let (ended, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let batch = format!("{ITEM}\n").repeat(20);
                while !ended.load(Ordering::Relaxed) {
                    let one = server.post("/v1/decide?at=2018-04-18", ITEM);
                    let many = server.post("/v1/decide:batch?at=2018-04-18", &batch);
                    assert_eq!((one.status, many.status), (200, 200));
                    let lines = many.body.lines().collect::<BTreeSet<_>>();
                    assert_eq!(lines.len(), 1, "a batch is decided by one artifact");
                    for line in [
                        one.body.trim_end(),
                        many.body.lines().next().expect("a line"),
                    ] {
                        let decision: serde_json::Value = serde_json::from_str(line).expect("JSON");
                        let by = ids.iter().position(|id| decision["matcher"] == **id);
                        let by = by.expect("an artifact that was put there");
                        assert_eq!(decision["rules"][0]["id"], rules[by]);
                    }
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for swap in 1..=SWAPS {
            let (artifact, id) = (&artifacts[swap % 2], &ids[swap % 2]);
            let mut broken = artifact.clone();
            let at = swap * 997 % broken.len();
            broken[at] ^= 0x55;
            let refused = server.reloads("unsound");
            shop.put(&broken);
            until("the broken one is refused", || {
                server.reloads("unsound") > refused
            });
            shop.put(artifact);
            until("the good one decides", || server.serves() == *id);
        }
        ended.store(true, Ordering::Relaxed);
    });
    assert!(asked.into_inner() > 0);
    assert_eq!(server.reloads("accepted"), SWAPS);
    assert_eq!(server.reloads("unsound"), SWAPS);
}

#[test]
fn the_last_good_artifact_serves_on_across_a_restart() {
    let shop = Shop::new();
    let mut config = shop.config();
    config.state = Some(shop.path("state"));
    let good = id_of(&artifact("ICO"));
    let server = Running::start(config.clone()).expect("a server");
    shop.put(b"no artifact");
    until("the bad one is refused", || server.reloads("unsound") == 1);
    assert_eq!(server.serves(), good);
    drop(server);
    for gone in [false, true] {
        if gone {
            fs::remove_file(shop.path("rules.matcher")).expect("to remove");
        }
        let server = Running::start(config.clone()).expect("a server");
        assert_eq!(server.serves(), good);
        assert_eq!(server.post("/v1/decide?at=2018-04-18", ITEM).status, 200);
    }
    // One artifact is kept, not all that there were.
    let server = Running::start(config.clone()).expect("a server");
    let new = artifact("mining");
    shop.put(&new);
    until("the new one decides", || server.serves() == id_of(&new));
    let kept = fs::read_dir(shop.path("state")).expect("a folder");
    let kept = kept.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name")
    });
    let kept: BTreeSet<String> = kept.collect();
    assert_eq!(
        kept,
        BTreeSet::from([format!("{}.matcher", id_of(&new)), "last-good".to_owned()])
    );
}

#[test]
fn without_an_artifact_nothing_is_served() {
    let shop = Shop::new();
    shop.put(b"no artifact");
    let refused = Running::start(shop.config()).err().expect("to be refused");
    assert!(
        refused.to_string().starts_with("no artifact to serve: "),
        "{refused}"
    );
    fs::remove_file(shop.path("rules.matcher")).expect("to remove");
    let refused = Running::start(shop.config()).err().expect("to be refused");
    assert!(
        refused
            .to_string()
            .starts_with("no artifact to serve: cannot read `"),
        "{refused}"
    );
}

// ------------------------------------------------------------------------------- signed ones

pub(crate) fn keys() -> (SecretKey, PublicKey) {
    let pair = generate(None).expect("keys");
    let secret = SecretKey::read(&pair.secret, None).expect("a key");
    (secret, pair.public.parse().expect("a key"))
}

impl Shop {
    /// Puts an artifact there as a release: the signature first.
    fn release(&self, term: &str, key: &SecretKey, version: u64) {
        let artifact = artifact(term);
        let signature = sign(artifact.clone(), key, version).expect("a signature");
        self.write("rules.matcher.minisig", signature.as_bytes());
        self.put(&artifact);
    }

    fn trusting(&self, key: PublicKey) -> Config {
        let mut config = self.config();
        config.keys = vec![key];
        config.state = Some(self.path("state"));
        config
    }
}

#[test]
fn only_releases_of_a_trusted_key_are_served_and_none_goes_backwards() {
    let shop = Shop::new();
    let ((key, public), (stranger, _)) = (keys(), keys());
    let config = shop.trusting(public);
    let refused = Running::start(config.clone()).err().expect("to be refused");
    assert_eq!(
        refused.to_string(),
        "no artifact to serve: not signed, and a public key was given"
    );
    shop.release("ICO", &key, 5);
    let server = Running::start(config.clone()).expect("a server");
    assert_eq!(server.get("/v1/matcher").json()["version"], 5);
    let good = server.serves();

    shop.release("mining", &stranger, 6);
    until("a stranger's is refused", || {
        server.reloads("untrusted") >= 1
    });
    shop.release("mining", &key, 4);
    until("an older one is refused", || server.reloads("older") >= 1);
    assert_eq!(server.serves(), good);
    drop(server);

    // A restart forgets neither.
    let server = Running::start(config.clone()).expect("a server");
    assert_eq!((server.serves(), server.reloads("older")), (good, 1));
    shop.release("mining", &key, 6);
    until("a newer one decides", || {
        server.get("/v1/matcher").json()["version"] == 6
    });
    drop(server);

    // Told so, it goes back.
    shop.release("ICO", &key, 2);
    let mut back = config.clone();
    back.allow_older = true;
    let server = Running::start(back).expect("a server");
    assert_eq!(server.get("/v1/matcher").json()["version"], 2);
    drop(server);
    let server = Running::start(config).expect("a server");
    assert_eq!(server.get("/v1/matcher").json()["version"], 2);
}

/// Old policies are a new release of old bytes.
#[test]
fn the_same_artifact_may_be_released_again() {
    let shop = Shop::new();
    let (key, public) = keys();
    shop.release("ICO", &key, 1);
    let server = Running::start(shop.trusting(public)).expect("a server");
    for (version, term) in [(2, "mining"), (3, "ICO"), (4, "ICO")] {
        shop.release(term, &key, version);
        until("the release is served", || {
            server.get("/v1/matcher").json()["version"] == version
        });
        assert_eq!(server.serves(), id_of(&artifact(term)));
    }
}
