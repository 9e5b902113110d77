//! What is near, masked or guarded: as a comparison of everything with everything says on random
//! texts, and on long hostile ones, which such a comparison would take minutes for.

mod support;

use std::collections::BTreeMap;

use interdict::compile;
use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher};
use support::Random;

type Span = (u32, u32);
type Spans = BTreeMap<String, Vec<Span>>;

/// Before and after `zee` is a spelling of `zed`.
const INSTANTS: [i64; 2] = [1_530_000_000, 1_600_000_000];

const SOUGHT: [&str; 9] = [
    "ico",
    "zed",
    "zee",
    "favicon",
    "logo",
    "clinic",
    "ico fee",
    "fee ico fee b ico",
    "a ico",
];

fn matcher(text: &str) -> Matcher {
    let build = compile(&Sources::from_texts([("x.policy", text.to_owned())]));
    Matcher::from_bytes(build.artifact.expect("a policy that compiles")).expect("an artifact")
}

/// The policies of this file: terms, and a rule with what it asks.
fn policy(terms: &str, rule: &str) -> Matcher {
    matcher(&format!(
        "{terms}\n\nban anything\n  id r\n  effective 2018-01-01\n{rule}\n"
    ))
}

/// The evidence of every rule that fires, by field and term.
fn evidence(matcher: &Matcher, item: &[(&str, &str)], at: i64) -> BTreeMap<String, Spans> {
    let fields: BTreeMap<_, _> = item.iter().copied().collect();
    let json = serde_json::to_vec(&fields).expect("JSON");
    let item = matcher.item(&json).expect("an item");
    let decision = matcher.decide(&item, Instant::from_unix_seconds(at));
    let mut found: BTreeMap<String, Spans> = BTreeMap::new();
    for one in decision.rules.iter().flat_map(|rule| &rule.evidence) {
        let field = found.entry(one.field.to_owned()).or_default();
        let spans = field.entry(one.term.to_owned()).or_default();
        spans.push((one.start, one.end));
    }
    found
}

/// Finds every spelling for itself, near nothing and masked by nothing.
fn probe() -> Matcher {
    let rules =
        SOUGHT.map(|one| format!("term \"{one}\"\n\nban term \"{one}\" effective 2018-01-01"));
    matcher(&rules.join("\n\n"))
}

/// A text and what stands where in it.
struct Field<'a> {
    text: &'a str,
    spans: Spans,
    at: i64,
}

impl Field<'_> {
    fn of(&self, spelling: &str) -> &[Span] {
        self.spans.get(spelling).map_or(&[], Vec::as_slice)
    }

    fn words(&self, a: Span, b: Span) -> usize {
        let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        if second.0 <= first.1 {
            return 0;
        }
        let mut spaced = String::new();
        for c in self.text[first.1 as usize..second.0 as usize].chars() {
            match c {
                '\u{4E00}'..='\u{9FFF}' => spaced.extend([' ', c, ' ']),
                c if c.is_alphanumeric() => spaced.push(c),
                _ => spaced.push(' '),
            }
        }
        spaced.split_whitespace().count()
    }

    /// Whether another span of a spelling stands within so many words.
    fn near(&self, hit: Span, spelling: &str, words: usize) -> bool {
        let mut others = self.of(spelling).iter();
        others.any(|&one| {
            let itself = spelling == "ico" && one == hit;
            !itself && self.words(hit, one) <= words
        })
    }

    fn covered(&self, hit: Span, spelling: &str) -> bool {
        let mut covers = self.of(spelling).iter();
        covers.any(|one| one.0 <= hit.0 && hit.1 <= one.1)
    }

    fn near_zed(&self, hit: Span, words: usize) -> bool {
        self.near(hit, "zed", words) || (self.at == INSTANTS[1] && self.near(hit, "zee", words))
    }
}

/// A policy, and whether a mention of `ico` counts in it.
type Shape = (&'static str, &'static str, fn(&Field<'_>, Span) -> bool);

const ZED: &str = "term ico\n\nterm zed\n  also \"zee\" since 2019-01-01";

const SHAPES: [Shape; 8] = [
    (
        "term ico\n  except phrase \"ico fee\", \"fee ico fee b ico\", \"a ico\"",
        "  where mentions ico",
        |field, hit| {
            let phrases = ["ico fee", "fee ico fee b ico", "a ico"];
            !phrases.iter().any(|one| field.covered(hit, one))
        },
    ),
    (
        "term ico",
        "  where mentions ico\n  except phrase \"ico fee\", \"fee ico fee b ico\"",
        |field, hit| !field.covered(hit, "ico fee") && !field.covered(hit, "fee ico fee b ico"),
    ),
    (
        "term ico\n  unless near \"favicon\" within 1 words\n  unless near \"logo\" within 60 words",
        "  where mentions ico",
        |field, hit| !field.near(hit, "favicon", 1) && !field.near(hit, "logo", 60),
    ),
    (
        "term ico\n  unless near \"clinic\"",
        "  where mentions ico",
        |field, _| field.of("clinic").is_empty(),
    ),
    (
        ZED,
        "  where mentions ico within 2 words of zed",
        |field, hit| field.near_zed(hit, 2),
    ),
    (
        ZED,
        "  where mentions ico within 90 words of zed",
        |field, hit| field.near_zed(hit, 90),
    ),
    (
        "term ico",
        "  where mentions ico within 0 words of ico",
        |field, hit| field.near(hit, "ico", 0),
    ),
    (
        "term ico",
        "  where mentions ico within 3 words of ico",
        |field, hit| field.near(hit, "ico", 3),
    ),
];

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(40) {
        let common = ["ico", "ico", "fee", "a", "b", "c, d", "白皮书", "..."];
        text += match random.below(12) {
            0 => "zed",
            1 => "zee",
            2 => ["favicon", "logo", "clinic"][random.below(6).min(2)],
            3 => "fee ico fee b ico",
            4 => ["icos", "xyz", "don't"][random.below(3)],
            _ => random.pick(&common),
        };
        text += " ";
        match random.below(12) {
            0 => text += &"lorem ipsum ".repeat(random.below(60)),
            1 => text += &"长".repeat(random.below(100)),
            2 => text += &"lo".repeat(random.below(300)),
            3 => text += &"- ".repeat(random.below(300)),
            _ => {}
        }
    }
    text
}

#[test]
fn the_nearest_decides_as_all_do() {
    let (mut random, probe) = (Random(11), probe());
    let shapes = SHAPES.map(|(terms, rule, counts)| (policy(terms, rule), rule, counts));
    let (mut counted, mut dropped) = ([0; SHAPES.len()], [0; SHAPES.len()]);
    for _ in 0..100 {
        let texts = [
            ("title", text(&mut random)),
            ("description", text(&mut random)),
        ];
        let item = [0, 1].map(|at| (texts[at].0, texts[at].1.as_str()));
        let at = random.pick(&INSTANTS);
        let mut spans = evidence(&probe, &item, at);
        let fields = item.map(|(name, text)| {
            let spans = spans.remove(name).unwrap_or_default();
            (name, Field { text, spans, at })
        });
        for (number, (matcher, rule, counts)) in shapes.iter().enumerate() {
            let found = evidence(matcher, &item, at);
            for (name, field) in &fields {
                let all = field.of("ico").iter().copied();
                let expected: Vec<Span> = all.filter(|&hit| counts(field, hit)).collect();
                counted[number] += expected.len();
                dropped[number] += field.of("ico").len() - expected.len();
                let own = found.get(*name).and_then(|spans| spans.get("ico"));
                let own = own.cloned().unwrap_or_default();
                assert_eq!(own, expected, "{rule}\n{name}: {}", field.text);
            }
        }
    }
    let both = counted.iter().chain(&dropped).all(|&count| count > 50);
    assert!(both, "counted {counted:?}, dropped {dropped:?}");
}

/// Mentions that count in a title, told by its policy and the text.
fn mentions(terms: &str, rule: &str, text: &str) -> usize {
    let found = evidence(&policy(terms, rule), &[("title", text)], INSTANTS[1]);
    found.get("title").map_or(0, |spans| spans["ico"].len())
}

const LONG: usize = 200_000;

fn filled(part: &str) -> String {
    part.repeat(LONG / part.len())
}

#[test]
fn long_texts_of_phrases() {
    let text = filled("ico fee ") + "ico";
    let phrase = "\n  except phrase \"ico fee\"";
    let asked = "  where mentions ico";
    assert_eq!(mentions(&format!("term ico{phrase}"), asked, &text), 1);
    assert_eq!(mentions("term ico", &format!("{asked}{phrase}"), &text), 1);
}

#[test]
fn long_texts_of_guards() {
    let text = filled("ico a b c favicon d e f ");
    let count = LONG / "ico a b c favicon d e f ".len();
    let guarded = |words: &str| {
        let terms = format!("term ico\n  unless near \"favicon\"{words}");
        mentions(&terms, "  where mentions ico", &text)
    };
    assert_eq!(guarded(" within 1 words"), count);
    assert_eq!(guarded(" within 3 words"), 0);
    assert_eq!(guarded(""), 0);
}

#[test]
fn long_texts_of_neighbours() {
    let near = |words: usize, other: &str, text: &str| {
        let terms = "term ico\n\nterm zed";
        let rule = format!("  where mentions ico within {words} words of {other}");
        mentions(terms, &rule, text)
    };
    let text = filled("ico a b c ") + "x y z " + &filled("zed ");
    assert_eq!(near(1, "zed", &text), 0);
    assert_eq!(near(6, "zed", &text), 1);
    assert_eq!(near(10, "zed", &text), 2);
    assert_eq!(near(1_000_000, "zed", &text), LONG / "ico a b c ".len());
    assert_eq!(near(2, "ico", &text), 0);
    assert_eq!(near(3, "ico", &text), LONG / "ico a b c ".len());
    // One gap that every mention would count anew: of many words, of one word, of none.
    let many = filled("ico ");
    for gap in [filled("x "), filled("x") + " ", filled("- ")] {
        let text = format!("{many}{gap}zed");
        assert_eq!(near(1_000_000, "zed", &text), LONG / 4);
    }
}

#[test]
fn what_a_mention_leaves_of_a_word_is_a_word() {
    let terms = "term ico\n  anywhere\n\nterm zed\n  anywhere";
    let text = format!("icox {}yzed", "a ".repeat(300));
    let within = |words: usize| {
        let rule = format!("  where mentions ico within {words} words of zed");
        mentions(terms, &rule, &text)
    };
    assert_eq!([301, 302].map(within), [0, 1]);
}
