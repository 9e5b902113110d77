//! The shipped rules with one thing wrong: each warning has such a mutant that it catches, each kind of
//! change one that `diff` tells. What they show is confirmed by the model.

use std::collections::BTreeMap;

use interdict::diagnostic::{Diagnostic, Severity};
use interdict::diff::{Kind, Side, diff};
use interdict::prove::prove;
use interdict::source::Sources;

use crate::diff::confirm_changes;
use crate::proof::{AMPLE, confirm};
use crate::subject::Subject;
use crate::support::root;

/// A slip: the file, what stands there, and what the slip makes of it.
type Slip = (&'static str, &'static str, &'static str);

/// One slip for each warning.
const SLIPS: [(&str, Slip); 15] = [
    (
        "rule-never-fires",
        (
            "taobao",
            "where mentions fabrication-words",
            "where mentions fabrication-words and channel is nft",
        ),
    ),
    (
        "exception-never-applies",
        (
            "taobao",
            "  id T3-NFT\n  via listing, shop\n  except category merchandise",
            "  id T3-NFT\n  via listing, shop\n  except when channel is nft",
        ),
    ),
    (
        "overlap-without-link",
        ("ant", "  where category is not offering-promotions\n", ""),
    ),
    (
        "rule-swallowed",
        (
            "taobao",
            "  penalty serious 12 points\n  example ban \"比特币 0.5 BTC 转让\"\n",
            "",
        ),
    ),
    (
        "contradictory-requirements",
        (
            "bsn",
            "to price.currency is CNY",
            "to price.currency is ETH",
        ),
    ),
    (
        "supersession-narrows",
        (
            "taobao",
            "  supersedes T3-NFT\n  via listing, shop\n",
            "  supersedes T3-NFT\n  via listing\n",
        ),
    ),
    (
        "supersession-gap",
        (
            "ad-platforms",
            "  id G1\n",
            "  id G1\n  through 2018-05-31\n",
        ),
    ),
    (
        "vague-date",
        (
            "law-cn",
            "ban category ICO-fundraising effective 2017-09-04",
            "ban category ICO-fundraising sometime in 2017-09",
        ),
    ),
    (
        "press-only-source",
        ("law-cn", "  from announcement-2017-09-04\n", ""),
    ),
    (
        "short-term-unguarded",
        (
            "vocabulary/offerings",
            "term ICO-unguarded\n  also \"ICO\"\n",
            "term ICO-unguarded\n  also \"ICO\"\n  anywhere\n",
        ),
    ),
    (
        "spelling-swallowed",
        (
            "vocabulary/coins",
            "\"bitcoin\", \"bitcoins\"",
            "\"bitcoin\", \"BitCoin\"",
        ),
    ),
    (
        "unused-definition",
        (
            "convention",
            "where mentions speculation-words",
            "where mentions anonymity-words",
        ),
    ),
    (
        "untested-rule",
        (
            "ant",
            "  example allow \"区块链 公益 捐款 平台\"\n  example allow \"跨链 技术 研究\"\n",
            "",
        ),
    ),
    (
        "mixed-script-name",
        ("vocabulary/innocent", "category news\n", "category nеws\n"),
    ),
    (
        "invisible-character",
        (
            "vocabulary/mining",
            "\"crypto mining\"",
            "\"crypto\u{200b} mining\"",
        ),
    ),
];

/// One change for each kind, and the rule that it befalls.
const CHANGES: [(Kind, &str, Slip); 9] = [
    (
        Kind::Added,
        "ant/X",
        (
            "ant",
            "layer pledge\n",
            "layer pledge\n\nban term ICO effective 2018-06-01\n  id X\n",
        ),
    ),
    (
        Kind::Ended,
        "ad-platforms/G1-offerings",
        (
            "ad-platforms",
            "  id G1-offerings\n",
            "  id G1-gone\n  where price.amount over 1\n",
        ),
    ),
    (
        Kind::Moved,
        "taobao-prohibited-items/T4",
        (
            "taobao",
            "effective 2018-04-17 announced 2018-04-10\n  id T4",
            "effective 2018-05-01 announced 2018-04-10\n  id T4",
        ),
    ),
    (
        Kind::Narrowed,
        "taobao-prohibited-items/T1",
        (
            "taobao",
            "  id T1\n  via listing, shop\n",
            "  id T1\n  via listing\n",
        ),
    ),
    (
        Kind::Widened,
        "taobao-prohibited-items/T5",
        (
            "taobao",
            "  id T5\n  via search\n",
            "  id T5\n  via search, listing\n",
        ),
    ),
    (
        Kind::Widened,
        "digital-culture-convention/C10",
        (
            "vocabulary/collectibles",
            "term speculation-words\n",
            "term speculation-words\n  also \"抄底\"\n",
        ),
    ),
    (
        Kind::Stricter,
        "taobao-prohibited-items/T5-service",
        (
            "taobao",
            "review category white-paper-writing",
            "ban category white-paper-writing",
        ),
    ),
    (
        Kind::Looser,
        "ant/A1",
        (
            "ant",
            "review category offering-promotions",
            "allow category offering-promotions",
        ),
    ),
    (
        Kind::Penalty,
        "taobao-prohibited-items/T7",
        (
            "taobao",
            "penalty grave 48 points",
            "penalty grave 24 points",
        ),
    ),
];

/// The shipped rules, after a slip.
fn rules(slip: Option<Slip>) -> Sources {
    slipped("rules", slip)
}

/// A folder of policies, after a slip.
fn slipped(folder: &str, slip: Option<Slip>) -> Sources {
    let shipped = Sources::read(&[root().join(folder)]).expect("the rules");
    let files = shipped
        .files()
        .iter()
        .map(|file| (file.name.clone(), file.text.clone()));
    let mut files: BTreeMap<String, String> = files.collect();
    if let Some((name, from, to)) = slip {
        let file = format!("{name}.policy");
        let text = files.iter_mut().find(|(name, _)| name.ends_with(&file));
        let (_, text) = text.unwrap_or_else(|| panic!("no file {file}"));
        assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
        *text = text.replace(from, to);
    }
    Sources::from_texts(files)
}

/// How often the compiler gives a warning.
fn count(found: &[Diagnostic], slug: &str) -> usize {
    found.iter().filter(|one| one.code.slug() == slug).count()
}

#[test]
fn every_warning_catches_a_mutant_of_the_shipped_rules() {
    let shipped = rules(None);
    let (build, before) = interdict::build(&shipped);
    let build = build.expect("rules that compile");
    let proved = prove(&build.program, &build.matcher, &shipped, AMPLE).findings;
    for (slug, slip) in SLIPS {
        let sources = rules(Some(slip));
        let (build, after) = interdict::build(&sources);
        if count(&after, slug) > count(&before, slug) {
            continue;
        }
        let build = build.unwrap_or_else(|| panic!("`{slug}`: {slip:?} does not compile"));
        let found = prove(&build.program, &build.matcher, &sources, AMPLE).findings;
        let (was, is) = (count(&proved, slug), count(&found, slug));
        assert!(
            is > was,
            "`{slug}` misses {slip:?}: {was} before, {is} after"
        );
        let mut subject = Subject::new(&sources).expect("it compiles");
        for finding in found.iter().filter(|one| one.code.slug() == slug) {
            confirm(finding, &mut subject).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }
}

#[test]
fn every_kind_of_change_is_told_of_a_mutant_of_the_shipped_rules() {
    let old = rules(None);
    let before = interdict::build(&old).0.expect("rules that compile");
    let mut first = Subject::new(&old).expect("they compile");
    for (kind, rule, slip) in CHANGES {
        let new = rules(Some(slip));
        let after = interdict::build(&new)
            .0
            .unwrap_or_else(|| panic!("{slip:?} does not compile"));
        let sides = [&before, &after].map(|build| Side {
            program: &build.program,
            matcher: &build.matcher,
        });
        let found = diff(sides[0], sides[1], AMPLE);
        let told = found
            .changes
            .iter()
            .find(|one| one.kind == kind && one.rule == rule);
        let told = told.unwrap_or_else(|| panic!("{slip:?} is not told: {found:#?}"));
        assert!(told.shown.is_some(), "{told:#?}");
        assert_eq!(found.open, [""; 0]);
        let mut second = Subject::new(&new).expect("they compile");
        confirm_changes(&found, [&mut first, &mut second])
            .unwrap_or_else(|problem| panic!("{problem}"));
    }
}

/// `check` alone looks for ordinary words.
#[test]
fn a_spelling_within_ordinary_words_is_told_of_a_mutant() {
    let slip = (
        "vocabulary/coins",
        "\"USDT\", \"USDC\"\n  fold standard, leet",
        "\"USDT\", \"USDC\", \"ether\"\n  fold standard, leet, embedded",
    );
    let [before, after] = [None, Some(slip)].map(|slip| {
        let (report, _) = interdict::examine(&rules(slip), None, &[]);
        let found = report.diagnostics;
        assert!(
            !found.iter().any(|one| one.severity() == Severity::Error),
            "{found:#?}"
        );
        count(&found, "collides-with-common-word")
    });
    assert!(after > before, "{before} before, {after} after");
}

/// The founding set declares no fields of its own; the real rules do.
#[test]
fn a_field_that_holds_something_else_is_told_of_a_mutant() {
    let slip = (
        "R02-taobao-2018",
        "field grave is yes-no",
        "field grave is name",
    );
    let [before, after] = [None, Some(slip)].map(|slip| {
        let build = interdict::build(&slipped("rules/real", slip)).0;
        build.expect("rules that compile")
    });
    let [old, new] = [&before, &after].map(|build| Side {
        program: &build.program,
        matcher: &build.matcher,
    });
    let found = diff(old, new, AMPLE);
    let told = |one: &interdict::diff::Change| one.kind == Kind::Field && one.rule == "grave";
    assert!(found.changes.iter().any(told), "{found:#?}");
}
