//! What went wrong, as data. Drawing it is `render`'s work.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::source::Span;
use crate::witness::Witness;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is compiled.
    Error,
    /// Something that an author will want to look at.
    Warning,
}

/// One finding, in the author's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What is wrong: lower case, no full stop, the author's text in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to say under the underline.
    pub label: Option<String>,
    /// Other places that matter, and why.
    pub related: Vec<(Span, String)>,
    /// How to mend it.
    pub help: Option<String>,
    /// An item and an instant whose decision shows it.
    pub witness: Option<Witness>,
}

impl Diagnostic {
    /// A finding without label, related places and help.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            span,
            label: None,
            related: Vec::new(),
            help: None,
            witness: None,
        }
    }

    /// Says something under the underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// Points to another place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Diagnostic {
        self.related.push((span, label.into()));
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Says how to mend it, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// Shows it on an item.
    #[must_use]
    pub fn witness(mut self, witness: impl Into<Option<Witness>>) -> Diagnostic {
        self.witness = witness.into();
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

macro_rules! codes {
    ($($severity:ident $name:ident = $slug:literal: $doc:literal,)*) => {
        /// The kinds of diagnostics; `docs/diagnostics.md` has a page on each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The name in kebab-case.
            pub fn slug(self) -> &'static str {
                match self { $(Code::$name => $slug,)* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $doc,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    Error UnexpectedText = "unexpected-text": "The statement breaks off here: something else was expected.",
    Error UnknownStatement = "unknown-statement": "A line in column 1 begins with a word that starts no statement.",
    Error UnknownClause = "unknown-clause": "A word that starts no clause stands where a clause should.",
    Error IndentedStart = "indented-start": "Indented text that belongs to no statement.",
    Error UnclosedQuote = "unclosed-quote": "A quotation mark has no partner on its line.",
    Error BadEscape = "bad-escape": "A backslash in quoted text is followed by something that it does not take.",
    Error ForeignPunctuation = "foreign-punctuation": "Punctuation of another keyboard, such as a full-width comma.",
    Error ReservedName = "reserved-name": "A reserved word stands where a name should.",
    Error BadDate = "bad-date": "A date is not written as year, month and day.",
    Error ImpossibleDate = "impossible-date": "The calendar has no such day.",
    Error BadNumber = "bad-number": "A number is not written as digits.",
    Error MixedAndOr = "mixed-and-or": "`and` and `or` stand side by side without parentheses.",
    Error NestedTooDeeply = "nested-too-deeply": "Parentheses, braces or `not` nest more deeply than anybody reads.",
    Error MisplacedClause = "misplaced-clause": "A clause stands under a statement that does not take it.",
    Error MisplacedHeader = "misplaced-header": "`policy` is not the first statement of its file, or stands twice.",
    Error RepeatedClause = "repeated-clause": "A clause that may stand once stands twice.",
    Error MissingClause = "missing-clause": "A clause that the statement needs is missing.",
    Error ConflictingClauses = "conflicting-clauses": "Two clauses of one statement exclude each other.",
    Error DuplicateName = "duplicate-name": "Two statements define one name.",
    Error DuplicateId = "duplicate-id": "Two rules of a policy have one id.",
    Error UnknownName = "unknown-name": "A term, group, list, source, law or event that no statement defines.",
    Error UnknownRule = "unknown-rule": "No rule has this id.",
    Error AmbiguousRule = "ambiguous-rule": "Several policies have a rule with this id.",
    Error UnknownField = "unknown-field": "Items have no field of this name.",
    Error UnknownZone = "unknown-zone": "The time zone database has no zone of this name.",
    Error UnknownFold = "unknown-fold": "There is no fold or preset of this name.",
    Error WrongType = "wrong-type": "A condition asks a field something that its type does not answer.",
    Error Cycle = "cycle": "Definitions go round in a circle.",
    Error ClosedCategory = "closed-category": "A category is placed within one that names its members and ends there.",
    Error EmptyInterval = "empty-interval": "A stretch of time ends before it starts.",
    Error SupersessionGap = "supersession-gap": "A rule supersedes one that had ended before, so that nothing holds in between.",
    Error NotInForce = "not-in-force": "An act changes a rule that is not in force then.",
    Error BanOnClaim = "ban-on-claim": "A rule rests only on claims that are denied or that nobody confirmed.",
    Error NeverApplies = "never-applies": "A rule, an exception or an override can never apply.",
    Error LoosensHigherLayer = "loosens-higher-layer": "A lower layer loosens what a higher one says.",
    Error UnreadableList = "unreadable-list": "A list file cannot be read.",
    Error NothingToMatch = "nothing-to-match": "A spelling has no letter, digit or sign that a text could match.",
    Error FailingExample = "failing-example": "An example is decided otherwise than it says.",
    Error NotSupportedYet = "not-supported-yet": "The language has this, but this version cannot compile it.",
    Error TooLarge = "too-large": "A limit of the artifact is exceeded.",
    Warning VagueDate = "vague-date": "A rule starts within a month, so that its decisions are `review` for that time.",
    Warning UnknownDsaName = "unknown-dsa-name": "The EU's transparency database has no category or keyword of this name.",
    Warning PressOnlySource = "press-only-source": "A rule rests on press reports alone.",
    Warning ShortTermUnguarded = "short-term-unguarded": "A spelling of three letters or fewer is searched inside words.",
    Warning FoldWithoutEffect = "fold-without-effect": "A fold that a term names finds nothing more of its spellings.",
    Warning CollidesWithCommonWord = "collides-with-common-word": "A spelling under its folds lies inside ordinary words of the language.",
    Warning HitsBenignText = "hits-benign-text": "A spelling is found in a text that its author says is innocent.",
    Warning SpellingSwallowed = "spelling-swallowed": "Another spelling with its folds already finds this one.",
    Warning UnusedDefinition = "unused-definition": "Nothing uses this definition.",
    Warning UntestedRule = "untested-rule": "A rule has no example, and no test expects it.",
    Warning MixedScriptName = "mixed-script-name": "A name mixes letters of scripts that look alike.",
    Warning InvisibleCharacter = "invisible-character": "The text holds a character that nobody sees.",
    Warning RuleNeverFires = "rule-never-fires": "No item can make a rule fire, at any time.",
    Warning OverlapWithoutLink = "overlap-without-link": "A permission meets a stricter rule, and no word says which of the two holds.",
    Warning RuleSwallowed = "rule-swallowed": "A rule never changes a verdict, because another one covers it.",
    Warning ContradictoryRequirements = "contradictory-requirements": "Nobody can meet what a rule demands without breaking it or another one.",
    Warning SupersessionNarrows = "supersession-narrows": "A rule supersedes another, and does not reach all that it reached.",
    Warning ExceptionNeverApplies = "exception-never-applies": "No item that a rule fires on can meet its exception.",
    Warning SimilarCategory = "similar-category": "A category that no statement defines is named nearly as one that is.",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.slug())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|one| one.severity() == Severity::Error)
}

/// What to write instead of a word that is none of those there are, which are few.
pub fn instead<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// The candidate that is nearest to a word, if one is near enough to be a slip.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match word.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| {
            (
                strsim::osa_distance(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
