//! The artifact as bytes: it survives a round trip, is the same every time, and whatever happens to
//! its bytes, loading them gives a matcher or an error, and deciding ends.

#[path = "artifact/mutations.rs"]
mod mutations;
mod support;

use std::fs;
use std::path::PathBuf;

use interdict::source::Sources;
use interdict::{compile, format, parse};
use interdict_matcher::{Instant, LoadError, Matcher};
use support::root;

const HASHED_FROM: usize = 48;
const DIRECTORY: usize = 56;
const ROW: usize = 24;

/// A policy with something of everything that an artifact holds.
const POLICY: &str = r#"
policy everything
  zone Asia/Shanghai
source notice official "Notice" at "https://example.org"
law act "Act"
calendar festival yearly 04-17 through 05-01, 2020-09-13 known through 2021-01-01
group pledged members a since 2018-01-01, b through 2019-01-01
term ICO
  also "代币发行" since 2018-02-01
  fold standard, leet
  unless near "favicon" within 3 words
  except phrase "ICO fee"
category offerings
  where mentions ICO within 4 words of "paper" or price.amount over 10
category papers
  within offerings
ban category offerings effective 2018-04-17 announced 2018-04-10 enforced since 2018-05-01
  id T1
  on taobao
  for members of pledged
  where created before 2018-06-01 or not seller.kind is shop
  items created before 2018-01-01 comply through published
  except category books
  except phrase "good ICO"
  under act
  from notice clause "1" quote "q"
  reading notice "r" means review where title is "x"
  penalty severe 12 points for 3 days where price.amount over 100
  message en "no"
  appeal "mail"
  dsa A B
exception news to T1 effective 2018-05-01 through 2018-12-31 during calendar festival
  when seller.kind is press
amend T1 effective 2018-06-01 announced 2018-05-20
  such as coupons
  penalty grave 48 points
  from notice quote "more"
allow category medals no later than 2018-06-01
  overrides T1
"#;

const ITEMS: [&str; 4] = [
    "{}",
    r#"{"platform": "taobao", "title": "1C0 paper; a good ICO, ICO fee favicon 代币发行", "seller": {"name": "a"}}"#,
    r#"{"platform": "taobao", "category": ["papers", "books", "medals"], "created": "2018-04-17", "seller": {"name": "b", "kind": "press"}, "price": {"amount": 200}}"#,
    r#"{"title": "x", "description": "I.C.O paper", "seller": {"kind": "shop"}, "category": []}"#,
];

const INSTANTS: [i64; 3] = [0, 1_523_940_000, 1_600_000_000];

fn artifact() -> Vec<u8> {
    let sources = Sources::from_texts([("everything.policy", POLICY)]);
    let found = compile(&sources);
    found
        .artifact
        .unwrap_or_else(|| panic!("{}", support::listed(&found.diagnostics, &sources)))
}

fn decide_all(matcher: &Matcher) -> Vec<String> {
    let items = ITEMS
        .iter()
        .filter_map(|item| matcher.item(item.as_bytes()).ok());
    let decisions = items.flat_map(|item| {
        INSTANTS.map(|at| {
            let decision = matcher.decide(&item, Instant::from_unix_seconds(at));
            serde_json::to_string(&decision).expect("decisions are JSON")
        })
    });
    decisions.collect()
}

// --------------------------------------------------------------------------------- round trip

#[test]
fn a_file_decides_like_memory() {
    let bytes = artifact();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.matcher");
    fs::write(&path, &bytes).expect("a file");
    let (mapped, held) = (
        Matcher::open(&path).expect("mapped"),
        Matcher::from_bytes(bytes).expect("held"),
    );
    assert_eq!(mapped.content_id_hex(), held.content_id_hex());
    let decisions = decide_all(&mapped);
    assert_eq!(decisions, decide_all(&held));
    assert!(
        decisions
            .iter()
            .any(|one| one.contains("\"verdict\":\"ban\"")),
        "{decisions:#?}"
    );
}

#[test]
fn the_same_policy_is_the_same_artifact() {
    assert_eq!(artifact(), artifact());
    let Some(rules) = Sources::read(&[root().join("rules")]).ok() else {
        return;
    };
    let mut files: Vec<(String, String)> = rules
        .files()
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()))
        .collect();
    let built =
        |files: &[(String, String)]| interdict::build(&Sources::from_texts(files.to_vec())).0;
    let once = built(&files);
    files.reverse();
    let reversed = built(&files);
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in &files {
        let path = folder.path().join("a copy").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    let copy = Sources::read(&[folder.path().join("a copy")]).expect("a copy");
    let copied = interdict::build(&copy).0;
    let bytes = [once, reversed, copied].map(|build| build.map(|build| build.artifact));
    assert!(bytes[0] == bytes[1], "the order of the files shows");
    assert!(bytes[0] == bytes[2], "the folder shows");
}

#[test]
fn the_layout_of_a_policy_does_not_show() {
    let sources = Sources::from_texts([("everything.policy", POLICY)]);
    let (file, _) = parse::parse(&sources.files()[0]);
    let text = format::format(&file, &sources.files()[0]);
    let formatted = compile(&Sources::from_texts([("everything.policy", text)])).artifact;
    assert!(formatted == Some(artifact()));
}

// ---------------------------------------------------------------------------------- old formats

fn published() -> PathBuf {
    root().join("tests/artifacts/v1.matcher")
}

/// Every published format still loads and decides. While format 1 is not published, it may be
/// written anew: `INTERDICT_WRITE_ARTIFACT=1 cargo test --test artifact`.
#[test]
fn the_published_artifact_still_decides() {
    if std::env::var_os("INTERDICT_WRITE_ARTIFACT").is_some() {
        fs::write(published(), artifact()).expect("the artifact can be written");
    }
    let matcher = Matcher::open(published()).expect("format 1 loads");
    insta::assert_snapshot!(verdicts(&matcher));
}

fn verdicts(matcher: &Matcher) -> String {
    let mut shown = String::new();
    for text in ITEMS {
        let item = matcher.item(text.as_bytes()).expect("an item");
        for at in INSTANTS {
            let at = Instant::from_unix_seconds(at);
            let decision = matcher.decide(&item, at);
            let rules: Vec<&str> = decision.rules.iter().map(|rule| rule.id).collect();
            shown += &format!(
                "{text} at {at}: {} by {rules:?}, needs {:?}\n",
                decision.verdict, decision.needs
            );
        }
    }
    shown
}

/// A later minor version adds sections, among those of today and behind them.
#[test]
fn sections_of_a_later_minor_version_are_skipped() {
    let mut later = sections(&artifact());
    let place = later.iter().position(|(kind, _)| *kind >= 64);
    later.insert(place.expect("the text index"), (63, vec![7; 12]));
    later.push((9999, vec![7; 5]));
    let mut bytes = packed(&later);
    bytes[10] = 1;
    let (old, new) = (Matcher::from_bytes(artifact()), Matcher::from_bytes(bytes));
    let (old, new) = (old.expect("of today"), new.expect("of tomorrow"));
    let without_id = |matcher: &Matcher| {
        let decisions = decide_all(matcher).into_iter();
        let id = matcher.content_id_hex();
        decisions
            .map(|one| one.replace(&id, ""))
            .collect::<Vec<_>>()
    };
    assert_ne!(old.content_id(), new.content_id());
    assert_eq!(without_id(&old), without_id(&new));
}

// --------------------------------------------------------------------------------- truncation

#[test]
fn an_artifact_cut_short_is_refused() {
    // Borrowed for good, so that no cut costs a copy.
    let bytes: &'static [u8] = support::shipped()
        .map_or_else(artifact, |build| build.artifact)
        .leak();
    for len in 0..bytes.len() {
        let error = Matcher::from_bytes(&bytes[..len]).expect_err("an artifact that is cut short");
        let named = matches!(
            error,
            LoadError::NotAnArtifact | LoadError::Truncated { .. }
        );
        assert!(named, "{len} bytes: {error}");
    }
}

#[test]
fn a_cut_artifact_with_a_matching_id_is_refused() {
    let bytes = artifact();
    let ends = (HASHED_FROM..HASHED_FROM + 4096).chain(bytes.len() - 4096..bytes.len());
    for len in ends {
        let cut = sealed(bytes[..len].to_vec());
        assert!(Matcher::from_bytes(cut).is_err(), "{len} bytes");
    }
}

#[test]
fn a_section_cut_short_is_refused_or_decides() {
    let sections = sections(&artifact());
    for at in 0..sections.len() {
        for cut in (1..=9).chain([16, 24, 100, 1000]) {
            let mut shorter = sections.clone();
            let bytes = &mut shorter[at].1;
            bytes.truncate(bytes.len().saturating_sub(cut));
            try_bytes(packed(&shorter));
        }
        let mut without = sections.clone();
        without.remove(at);
        assert!(
            Matcher::from_bytes(packed(&without)).is_err(),
            "section {} is missing",
            sections[at].0
        );
    }
}

// ---------------------------------------------------------------------------------- mutations

/// The content id of what stands behind it.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let id = blake3::hash(&bytes[HASHED_FROM.min(bytes.len())..]);
    if let Some(slot) = bytes.get_mut(16..HASHED_FROM) {
        slot.copy_from_slice(id.as_bytes());
    }
    bytes
}

fn wide(bytes: &[u8], at: usize) -> usize {
    let word = u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
    usize::try_from(word).expect("a place in memory")
}

/// The sections of a sound artifact with their numbers.
fn sections(bytes: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let count = wide(bytes, HASHED_FROM);
    let rows = (0..count).map(|row| DIRECTORY + row * ROW);
    let read = rows.map(|row| {
        let kind = u32::from_le_bytes(bytes[row..row + 4].try_into().expect("four bytes"));
        let (start, len) = (wide(bytes, row + 8), wide(bytes, row + 16));
        (kind, bytes[start..start + len].to_vec())
    });
    read.collect()
}

/// Sections as an artifact whose directory and id fit them.
fn packed(sections: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = artifact_header();
    out.extend((sections.len() as u64).to_le_bytes());
    let mut offset = (DIRECTORY + sections.len() * ROW).next_multiple_of(8);
    for (kind, bytes) in sections {
        out.extend(u64::from(*kind).to_le_bytes());
        out.extend((offset as u64).to_le_bytes());
        out.extend((bytes.len() as u64).to_le_bytes());
        offset = (offset + bytes.len()).next_multiple_of(8);
    }
    for (_, bytes) in sections {
        out.resize(out.len().next_multiple_of(8), 0);
        out.extend(bytes);
    }
    sealed(out)
}

fn artifact_header() -> Vec<u8> {
    let mut header = b"INTRDICT".to_vec();
    header.extend([1, 0, 0, 0, 0, 0, 0, 0]);
    header.resize(HASHED_FROM, 0);
    header
}

/// Loads, and decides if that worked. Whether it did.
fn try_bytes(bytes: Vec<u8>) -> bool {
    let Ok(matcher) = Matcher::from_bytes(bytes) else {
        return false;
    };
    try_matcher(&matcher);
    true
}

/// The content id that bytes say they have.
fn stored_id(bytes: &[u8]) -> [u8; 32] {
    let id = bytes.get(16..HASHED_FROM).map(<[u8; 32]>::try_from);
    id.and_then(Result::ok).unwrap_or_default()
}

/// Opens without a look at the tables, and decides if that worked. Whether it did.
fn try_trusted(bytes: Vec<u8>) -> bool {
    let id = stored_id(&bytes);
    let Ok(matcher) = Matcher::from_trusted_bytes(bytes, &id) else {
        return false;
    };
    try_matcher(&matcher);
    true
}

fn try_matcher(matcher: &Matcher) {
    for text in [ITEMS[1], ITEMS[2]] {
        let Ok(item) = matcher.item(text.as_bytes()) else {
            continue;
        };
        let decision = matcher.decide(&item, Instant::from_unix_seconds(INSTANTS[1]));
        assert!(serde_json::to_vec(&decision).is_ok());
    }
    if let Ok(item) = matcher.item(ITEMS[1].as_bytes()) {
        let account = matcher.explain(&item, Instant::from_unix_seconds(INSTANTS[1]));
        assert!(serde_json::to_vec(&account).is_ok());
    }
}

#[test]
fn packing_the_sections_gives_the_artifact() {
    let bytes = artifact();
    assert!(packed(&sections(&bytes)) == bytes);
}

#[test]
fn a_trusted_artifact_decides_like_a_checked_one_and_no_other_is_opened() {
    let bytes = artifact();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.matcher");
    fs::write(&path, &bytes).expect("a file");
    let checked = Matcher::open(&path).expect("sound");
    let trusted = Matcher::open_trusted(&path, checked.content_id()).expect("the same");
    assert_eq!(decide_all(&trusted), decide_all(&checked));
    let other = Matcher::open_trusted(&path, &[7; 32]).expect_err("another id");
    assert!(matches!(other, LoadError::OtherContent), "{other}");
    let cut = bytes[..bytes.len() - 8].to_vec();
    let cut = Matcher::from_trusted_bytes(cut, checked.content_id()).expect_err("cut");
    assert!(matches!(cut, LoadError::Truncated { .. }), "{cut}");
}
