//! What every face of an account shows, and how much of it.

use interdict::render::counted;
use interdict_matcher::{Account, Answer, Changes, Evidence, Outcome, RuleAccount, Verdict};

use super::changes;
use super::sentence::{Sentence, say};
use super::why;
use crate::commands::table::{Look, marked, merged, since, texts_of};

/// How many mentions are marked in a text.
const MARKED: usize = 20;

/// The heading over changes.
pub(super) const CHANGES: &str = "What would change the verdict";

/// What there is to show.
pub(super) struct Page<'a> {
    pub(super) account: &'a Account<'a>,
    /// What would change the verdict.
    pub(super) changes: &'a Changes<'a>,
    /// The verdict that changes were searched for, if one was named.
    pub(super) toward: Option<Verdict>,
    /// The rules to show.
    pub(super) rules: Vec<&'a RuleAccount<'a>>,
    /// The item as it was read.
    pub(super) item: &'a str,
    /// Where it was read.
    pub(super) place: &'a str,
    /// Whether to show conditions whole.
    pub(super) whole: bool,
}

impl Page<'_> {
    /// The heading over rules.
    pub(super) fn heading(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Fired => "Fired",
            Outcome::Lifted => "Lifted",
            Outcome::Open => "Not known",
            Outcome::Upcoming => "Upcoming",
            Outcome::NotMet => "Did not fire",
            Outcome::OutOfScope => "For other places, parties or times",
            Outcome::NotYet => "Not in force yet",
            Outcome::Ended => "Not in force any more",
        }
    }

    /// Whether a rule is shown part by part.
    pub(super) fn is_told_whole(&self, rule: &RuleAccount<'_>) -> bool {
        let speaks = Outcome::Fired..=Outcome::Upcoming;
        self.whole || speaks.contains(&rule.outcome)
    }

    /// The answer from which on the parts of a rule's condition are shown.
    pub(super) fn least(&self, rule: &RuleAccount<'_>) -> Answer {
        match rule.outcome {
            _ if self.whole => Answer::No,
            Outcome::Open => Answer::Unknown,
            _ => Answer::Yes,
        }
    }

    /// The answer from which on the exceptions of a rule are shown.
    pub(super) fn least_of_exceptions(&self, rule: &RuleAccount<'_>) -> Answer {
        match rule.outcome {
            _ if self.whole => Answer::No,
            Outcome::Lifted => Answer::Yes,
            _ => Answer::Unknown,
        }
    }

    /// When a rule starts, in the author's words.
    pub(super) fn start(&self, rule: &RuleAccount<'_>) -> String {
        let start = match rule.outcome {
            Outcome::Upcoming | Outcome::NotYet => why::start(rule),
            _ => return since(rule.rule.effective),
        };
        match start.starts_with(|c: char| c.is_ascii_digit()) {
            true => format!("from {start}"),
            false => start,
        }
    }

    /// How an exception stands to its rule.
    pub(super) fn unless(&self, answer: Answer) -> &'static str {
        match answer {
            Answer::Yes => "lifted by",
            Answer::Unknown => "unless lifted by",
            Answer::No => "not lifted by",
        }
    }

    /// The zone in which days are told: that of the first rule that is shown.
    pub(super) fn zone(&self) -> &str {
        let first = self.rules.first().copied();
        let first = first.or(self.account.rules.first());
        first.map_or("UTC", |rule| rule.zone)
    }

    /// What would change the verdict, a sentence each, and how the search ended.
    pub(super) fn changes(&self) -> (Vec<Sentence>, Option<Sentence>) {
        let sentences = changes::sentences(self.changes, self.zone());
        let end = match self.changes.changes.is_empty() {
            _ if self.changes.stopped => Some(changes::stopped(self.changes)),
            true => changes::none(self.account.verdict, self.toward),
            false => None,
        };
        (sentences, end)
    }

    /// That there are fields that nothing asks.
    pub(super) fn ignored(&self) -> Sentence {
        let count = self.account.ignored_fields as usize;
        say(format!(
            "{} of the item known to no policy",
            counted(count, "field")
        ))
    }

    /// The item's texts with their fields, the evidence marked.
    pub(super) fn texts(&self, look: Look) -> Vec<(String, String)> {
        let evidence = self.evidence();
        let verdict = match self.account.verdict {
            Verdict::Allow => Verdict::Review,
            verdict => verdict,
        };
        let texts = texts_of(self.item).into_iter().filter_map(|(field, text)| {
            let here = evidence.iter().filter(|one| one.field == field);
            let spans = here
                .map(|one| one.start as usize..one.end as usize)
                .collect();
            let mut spans = merged(spans);
            let more = spans.len().saturating_sub(MARKED);
            spans.truncate(MARKED);
            let is_text = matches!(
                field.as_str(),
                "title" | "description" | "image-text" | "page-text" | "query"
            );
            let mut shown = marked(&text, &spans, look, verdict);
            if more > 0 {
                shown += &format!(" and {} more", counted(more, "mention"));
            }
            (is_text || !spans.is_empty()).then_some((field, shown))
        });
        texts.collect()
    }

    /// What speaks against the item; if no rule fires, what nearly does.
    fn evidence(&self) -> Vec<&Evidence<'_>> {
        let of = |outcome| {
            self.rules
                .iter()
                .filter(move |rule| rule.outcome == outcome)
        };
        for outcome in [Outcome::Fired, Outcome::Lifted, Outcome::Upcoming] {
            let found: Vec<_> = of(outcome).flat_map(|rule| &rule.rule.evidence).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let near = of(Outcome::Open).chain(of(Outcome::NotMet));
        let holds = near.flat_map(|rule| rule.condition.miss().holds);
        holds.flat_map(|part| &part.evidence).collect()
    }
}
