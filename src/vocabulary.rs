//! Which clause belongs under which statement.
//!
//! Source: the tables of sections 2 and 3 of `docs/language.md`.

/// The heads of the five modalities.
pub const RULES: [&str; 5] = ["ban", "restrict", "require", "review", "allow"];

/// Every head word.
pub const HEADS: [&str; 24] = [
    "policy",
    "source",
    "law",
    "claim",
    "term",
    "terms",
    "category",
    "group",
    "list",
    "field",
    "event",
    "calendar",
    "ban",
    "restrict",
    "require",
    "review",
    "allow",
    "exception",
    "extend",
    "amend",
    "repeal",
    "suspend",
    "reaffirm",
    "test",
];

/// Every clause: its words, the statements that take it besides rules, whether rules take it, and
/// whether it may stand more than once.
struct Clause {
    words: &'static str,
    heads: &'static [&'static str],
    rules: bool,
    repeats: bool,
}

const fn rule(words: &'static str, heads: &'static [&'static str], repeats: bool) -> Clause {
    Clause {
        words,
        heads,
        rules: true,
        repeats,
    }
}

const fn other(words: &'static str, heads: &'static [&'static str], repeats: bool) -> Clause {
    Clause {
        words,
        heads,
        rules: false,
        repeats,
    }
}

const TIMED: &[&str] = &[
    "law",
    "exception",
    "extend",
    "amend",
    "repeal",
    "suspend",
    "reaffirm",
];

const CLAUSES: &[Clause] = &[
    rule("effective", TIMED, false),
    rule("no later than", &["event", "extend"], false),
    rule("sometime in", &["event", "extend"], false),
    rule("sometime between", &["event", "extend"], false),
    rule("since event", &["exception", "extend"], false),
    rule(
        "announced",
        &["event", "exception", "extend", "amend", "repeal", "suspend"],
        false,
    ),
    rule("enforced since", &["extend", "amend"], false),
    rule(
        "through",
        &["exception", "extend", "amend", "suspend"],
        false,
    ),
    rule(
        "before",
        &["exception", "extend", "amend", "suspend"],
        false,
    ),
    rule(
        "until event",
        &["exception", "extend", "amend", "suspend"],
        false,
    ),
    rule(
        "lasting",
        &["exception", "extend", "amend", "suspend"],
        false,
    ),
    rule("during calendar", &["exception", "extend", "amend"], false),
    rule("id", &["extend"], false),
    rule("on", &["policy", "event", "amend"], false),
    rule("via", &["amend"], false),
    rule("in", &["policy", "law", "amend"], false),
    rule("targeting", &["amend"], false),
    rule("originating in", &["amend"], false),
    rule("destined for", &["amend"], false),
    rule("for members of", &["amend"], true),
    rule("where", &["category", "amend", "extend"], false),
    rule("to", &["amend"], false),
    other("when", &["exception", "amend"], false),
    rule("wording", &["amend"], true),
    rule("except category", &["amend", "extend"], true),
    rule("except when", &["amend", "extend"], true),
    rule("except seller", &["amend", "extend"], true),
    rule("except phrase", &["term", "terms", "amend", "extend"], true),
    rule("such as", &["category", "extend", "amend"], false),
    rule("namely", &["category", "extend", "amend"], false),
    rule("items", &["extend", "amend"], true),
    rule("under", &["extend", "amend"], true),
    rule(
        "from",
        &[
            "term",
            "terms",
            "list",
            "exception",
            "extend",
            "amend",
            "repeal",
            "suspend",
            "reaffirm",
        ],
        true,
    ),
    rule("reading", &["extend", "amend"], true),
    rule("penalty", &["extend", "amend"], true),
    rule("layer", &["policy"], false),
    rule("absolute", &[], false),
    rule("overrides", &[], true),
    rule("supersedes", &["extend"], true),
    rule("message", &["extend", "amend"], true),
    rule("appeal", &["extend", "amend"], false),
    rule("dsa", &["extend", "amend"], false),
    rule("example", &["extend", "exception", "amend"], true),
    other("title", &["policy", "category"], false),
    other("zone", &["policy"], false),
    other("otherwise", &["policy"], false),
    other("dated", &["source"], false),
    other("at", &["source", "law", "test"], true),
    other("retrieved", &["source"], false),
    other("quote", &["source"], false),
    other("said by", &["claim"], true),
    other("confirmed by", &["claim"], true),
    other("denied by", &["claim"], true),
    other("also", &["term", "terms"], true),
    other("fold", &["term", "terms"], false),
    other("whole words", &["term", "terms"], false),
    other("anywhere", &["term", "terms"], false),
    other("unless near", &["term", "terms"], true),
    other("since", &["term", "terms"], false),
    other("within", &["category"], false),
    other("counts as", &["category"], true),
    other("members", &["group"], true),
    other("values", &["list"], true),
    other("not yet", &["event"], false),
    other("known through", &["calendar", "group", "list"], false),
    other("given", &["test"], true),
    other("known at", &["test"], true),
    other("expect", &["test"], true),
];

/// Whether a statement with this head takes a clause with these words.
pub fn takes(head: &str, words: &str) -> bool {
    clauses_of(head).any(|one| one == words)
}

/// Whether a clause may stand more than once under one statement.
pub fn repeats(words: &str) -> bool {
    CLAUSES
        .iter()
        .any(|clause| clause.words == words && clause.repeats)
}

/// The clauses that a statement with this head takes.
pub fn clauses_of(head: &str) -> impl Iterator<Item = &'static str> {
    let is_rule = RULES.contains(&head);
    CLAUSES
        .iter()
        .filter(move |clause| (is_rule && clause.rules) || clause.heads.contains(&head))
        .map(|clause| clause.words)
}

/// The heads that take a clause; the five modalities as one word, `rule`.
pub fn heads_of(words: &str) -> Vec<&'static str> {
    let clause = CLAUSES.iter().find(|clause| clause.words == words);
    let mut heads: Vec<_> = clause.map_or(Vec::new(), |clause| clause.heads.to_vec());
    if clause.is_some_and(|clause| clause.rules) {
        heads.insert(0, "rule");
    }
    heads
}

/// Every clause.
pub fn all_clauses() -> impl Iterator<Item = &'static str> {
    CLAUSES.iter().map(|clause| clause.words)
}
