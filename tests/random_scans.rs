//! No text makes the matcher panic, and what it finds lies within the text: random Unicode, 20,000
//! texts of it, or as many as `INTERDICT_TEXTS` says (`just texts` tries a million).

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use interdict::source::Sources;
use interdict::text_index::{Edges, SpellingSpec, TextIndexBytes, build};
use interdict_matcher::text::{ScanScratch, TextHit};
use interdict_matcher::{Folds, Instant, Matcher};
use support::Random;

const TERMS: [&str; 16] = [
    "ICO",
    "viagra",
    "white paper",
    "AR15",
    "kkk",
    "bitcoin",
    "fake id",
    "c4",
    "白皮书",
    "冰毒",
    "套现",
    "枪",
    "手枪弹药",
    "比特币 ico",
    "порно",
    "ストア",
];

/// Characters that set something going: gaps, masks, drawn letters, escapes, overrides, marks, and
/// what nobody sees.
const SIGNS: [&str; 48] = [
    " ",
    "\t",
    "\n",
    "\r\n",
    "\u{A0}",
    "\u{3000}",
    "\u{2028}",
    ".",
    ",",
    "·",
    "-",
    "_",
    "'",
    "*",
    "**",
    "#",
    "?",
    "!",
    "|",
    "/",
    "\\",
    "|_",
    "/\\",
    "()",
    "[]",
    "|)",
    "><",
    "$",
    "@",
    "&",
    "&#",
    "&#x69;",
    "&#105;",
    "&amp;",
    "&#1114112;",
    "<b>",
    "</",
    "<!--",
    "%",
    "%69",
    "%E5%86",
    "\\u0069",
    "\\x",
    "\u{202E}",
    "\u{202C}",
    "\u{200B}",
    "\u{301}",
    "\u{FE0F}",
];

/// The first and last character of ranges from which letters are drawn.
const RANGES: [(u32, u32); 14] = [
    (0x00, 0x7F),
    (0x80, 0x24F),
    (0x370, 0x52F),
    (0x600, 0x6FF),
    (0xE00, 0xE7F),
    (0x2000, 0x2BFF),
    (0x3040, 0x30FF),
    (0x4E00, 0x4FFF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xFE00, 0xFFFF),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F9FF),
    (0x0, 0x10FFFF),
];

fn character(random: &mut Random, (first, last): (u32, u32)) -> char {
    let within = random.below((last - first) as usize + 1);
    let code = first + u32::try_from(within).unwrap_or(0);
    char::from_u32(code).unwrap_or('\u{FFFD}')
}

/// A term with a few characters changed, doubled, parted or left out.
fn disguised(random: &mut Random, text: &mut String) {
    for c in random.pick(&TERMS).chars() {
        match random.below(12) {
            0 => text.push_str(random.pick(&SIGNS)),
            1 => text.extend(std::iter::repeat_n(c, random.below(4))),
            2 => text.extend([c, ' ']),
            3 => text.extend(c.to_uppercase()),
            4 => {
                let range = random.pick(&RANGES);
                text.push(character(random, range));
            }
            _ => text.push(c),
        }
    }
}

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    let longest = if random.once_in(100) { 600 } else { 30 };
    let range = random.pick(&RANGES);
    for _ in 0..random.below(longest) {
        match random.below(8) {
            0 => disguised(random, &mut text),
            1 | 2 => text.push_str(random.pick(&SIGNS)),
            3 => {
                let any = random.pick(&RANGES);
                text.push(character(random, any));
            }
            _ => text.push(character(random, range)),
        }
    }
    text
}

/// What every text is given to.
struct Subject {
    /// One to each kind of edge, with budgets from narrow to wide.
    indexes: Vec<(TextIndexBytes, Vec<SpellingSpec>)>,
    matcher: Matcher,
    scratch: ScanScratch,
    tally: Tally,
}

/// What came up, so that a generator that has gone astray is noticed.
#[derive(Debug, Default)]
struct Tally {
    texts: u64,
    scans: u64,
    found: u64,
    disguised: u64,
    banned: u64,
}

impl Subject {
    fn new() -> Subject {
        Subject {
            indexes: [Edges::Auto, Edges::WholeWords, Edges::Anywhere]
                .map(index)
                .into(),
            matcher: matcher(),
            scratch: ScanScratch::default(),
            tally: Tally::default(),
        }
    }

    fn take(&mut self, text: &str) {
        self.tally.texts += 1;
        for (index, specs) in &self.indexes {
            let mut hits = Vec::new();
            index.view().scan(text, &mut self.scratch, &mut hits);
            check(text, specs, &hits);
            self.tally.scans += 1;
            self.tally.found += u64::from(!hits.is_empty());
            self.tally.disguised += u64::from(hits.iter().any(|hit| hit.folds.is_disguise()));
        }
        let item = serde_json::to_vec(&serde_json::json!({ "title": text })).expect("JSON");
        let item = self.matcher.item(&item).expect("an item");
        let decision = self
            .matcher
            .decide(&item, Instant::from_unix_seconds(1_577_836_800));
        for evidence in decision.rules.iter().flat_map(|rule| &rule.evidence) {
            let (start, end) = (evidence.start as usize, evidence.end as usize);
            assert!(text.get(start..end).is_some(), "{evidence:?}");
        }
        self.tally.banned += u64::from(!decision.rules.is_empty());
    }
}

/// Each term with each budget, side by side.
fn index(edges: Edges) -> (TextIndexBytes, Vec<SpellingSpec>) {
    let budgets = [
        Folds::PLAIN,
        Folds::STANDARD,
        Folds::STRICT,
        Folds::PARANOID,
        Folds::PARANOID | Folds::EMBEDDED | Folds::FUZZY,
    ];
    let spec = |term: &&str, folds| SpellingSpec {
        text: (*term).to_owned(),
        folds,
        edges,
    };
    let specs = TERMS
        .iter()
        .flat_map(|term| budgets.map(|folds| spec(term, folds)));
    let specs: Vec<SpellingSpec> = specs.collect();
    (build(&specs), specs)
}

/// A policy with guards and phrases.
fn matcher() -> Matcher {
    let policy = "\
term ICO
  fold paranoid
  unless near \"favicon\" within 3 words

term viagra
  also \"白皮书\", \"冰毒\"
  fold paranoid
  except phrase \"no viagra\"

ban anything effective 2018-01-01
  where mentions any of ICO, viagra, \"套现\"
";
    let compiled = interdict::compile(&Sources::from_texts([("x.policy", policy)]));
    let artifact = compiled.artifact.expect("a policy that compiles");
    Matcher::from_bytes(artifact).expect("an artifact")
}

fn check(text: &str, specs: &[SpellingSpec], hits: &[TextHit]) {
    assert!(
        hits.is_sorted_by_key(|hit| (hit.start, hit.end, hit.spelling)),
        "{hits:?}"
    );
    for hit in hits {
        let shown = text.get(hit.start as usize..hit.end as usize);
        assert!(shown.is_some_and(|shown| !shown.is_empty()), "{hit:?}");
        let budget = specs[hit.spelling as usize].folds.budget();
        assert!(budget.contains(hit.folds), "{hit:?}");
    }
}

/// A number that the environment gives.
fn given(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn no_text_makes_the_matcher_panic() {
    let mut random = Random(given("INTERDICT_SEED", 0));
    let mut subject = Subject::new();
    for _ in 0..given("INTERDICT_TEXTS", 20_000) {
        let text = text(&mut random);
        let taken = catch_unwind(AssertUnwindSafe(|| subject.take(&text)));
        if let Err(panic) = taken {
            eprintln!("the text is {text:?}");
            resume_unwind(panic);
        }
    }
    let tally = subject.tally;
    println!("{tally:?}");
    assert!(tally.found > tally.scans / 10, "{tally:?}");
    assert!(tally.disguised > tally.scans / 20, "{tally:?}");
    assert!(tally.banned > tally.texts / 50, "{tally:?}");
}
