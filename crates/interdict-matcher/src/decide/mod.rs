//! Item and instant → [`Decision`].
//!
//! The instant picks an epoch; text fields run once through the text index; what was found and what
//! the fields hold picks, through the inverted index, the few rules that may fire; only those are
//! evaluated, their exceptions after them, then precedence. Cost follows the text and the hits.

mod candidates;
mod clock;
mod count;
mod evaluate;
mod findings;
mod members;
pub(crate) mod report;

use candidates::Candidates;
pub(crate) use clock::{Clock, turns};
pub use count::words_in;
pub(crate) use evaluate::{Evaluation, Point, Truth};
pub(crate) use findings::{Findings, Hit};

use crate::artifact::{Rule, View};
use crate::as_of::AsOf;
use crate::decision::{Decision, Lifted, Possible, Upcoming};
use crate::item::Item;
use crate::text::ScanScratch;
use crate::verdict::{Layer, Verdict};

/// Memory that decisions reuse. One per thread; any matcher may use it.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) scan: ScanScratch,
    pub(crate) memo: evaluate::Memo,
    candidates: Candidates,
    findings: Findings,
}

/// Decides one item at one instant, by what was known.
pub(crate) fn decide<'a>(
    view: View<'a>,
    content_id: [u8; 32],
    item: &'a Item<'_>,
    as_of: AsOf,
    scratch: &mut Scratch,
) -> Decision<'a> {
    let mut findings = std::mem::take(&mut scratch.findings);
    findings.gather_anew(view, item, &mut scratch.scan);
    let decision = decide_found(view, content_id, item, &findings, as_of, scratch);
    scratch.findings = findings;
    decision
}

/// The verdict on one item at one instant, by what was known, without what it rests on. Rules
/// that cannot make it stricter are passed over.
pub(crate) fn verdict_of(
    view: View<'_>,
    item: &Item<'_>,
    as_of: AsOf,
    scratch: &mut Scratch,
) -> Verdict {
    let mut findings = std::mem::take(&mut scratch.findings);
    findings.gather_anew(view, item, &mut scratch.scan);
    let point = Point::of(view, as_of);
    scratch.candidates.pull(&view, item, &findings);
    let mut evaluation = Evaluation::new(view, item, &findings, point, &mut scratch.memo);
    let (mut known, mut open) = (Verdict::Allow, Verdict::Allow);
    for &number in scratch.candidates.rules() {
        let rule = view.rules.row(number);
        if !point.may_bind(&rule) || verdict(rule) <= known {
            continue;
        }
        let certain = rule.certain <= point.epoch;
        match evaluation.rule(rule).0 {
            Truth::True if certain => known = verdict(rule),
            Truth::True | Truth::Unknown => open = open.max(verdict(rule)),
            Truth::False => {}
        }
        if known == Verdict::Ban {
            break;
        }
    }
    scratch.findings = findings;
    match open > known {
        true => known.max(Verdict::Review),
        false => known,
    }
}

/// Decides by what was found before: texts say the same at every instant.
pub(crate) fn decide_found<'a>(
    view: View<'a>,
    content_id: [u8; 32],
    item: &'a Item<'_>,
    findings: &Findings,
    as_of: AsOf,
    scratch: &mut Scratch,
) -> Decision<'a> {
    let point = Point::of(view, as_of);
    let epoch = point.epoch;
    scratch.candidates.pull(&view, item, findings);
    let mut outcome = Outcome::default();
    let mut evaluation = Evaluation::new(view, item, findings, point, &mut scratch.memo);
    let mut upcoming = Vec::new();
    for &number in scratch.candidates.rules() {
        let rule = view.rules.row(number);
        if rule.until <= epoch || !point.knows(rule.known_from, rule.known_until) {
            continue;
        }
        if rule.possible <= epoch {
            outcome.add(&mut evaluation, number, rule);
        } else if rule.announced <= epoch && rule.certain < rule.until {
            // One whose calendar has no more window before its end never starts.
            upcoming.push(rule);
        }
    }
    let mut decision = outcome.decision(&mut evaluation, as_of, content_id);
    for rule in upcoming {
        let start = point.at_start(view, rule.certain);
        let mut then = Evaluation::new(view, item, findings, start, &mut scratch.memo);
        if then.rule(rule).0 == Truth::True {
            decision.upcoming.push(Upcoming {
                id: view.strings.get(rule.id),
                verdict: verdict(rule),
                effective: view.strings.get(rule.starts),
            });
        }
    }
    decision.upcoming.dedup();
    decision
}

/// What the rules in force said.
#[derive(Default)]
struct Outcome {
    fired: Vec<(u32, Rule)>,
    unknown: Vec<(u32, Rule)>,
    lifted: Vec<(Rule, u32)>,
}

impl Outcome {
    fn add(&mut self, evaluation: &mut Evaluation<'_, '_>, number: u32, rule: Rule) {
        let (truth, lifted_by) = evaluation.rule(rule);
        let certain = rule.certain <= evaluation.point.epoch;
        match truth {
            Truth::True if certain => self.fired.push((number, rule)),
            Truth::True | Truth::Unknown => self.unknown.push((number, rule)),
            Truth::False => {}
        }
        self.lifted
            .extend(lifted_by.into_iter().map(|exception| (rule, exception)));
    }

    fn decision<'a>(
        mut self,
        evaluation: &mut Evaluation<'a, '_>,
        as_of: AsOf,
        content_id: [u8; 32],
    ) -> Decision<'a> {
        let view = evaluation.view;
        self.fired.sort_by_key(|&(_, rule)| {
            let (verdict, layer) = (verdict(rule), layer(rule));
            (
                std::cmp::Reverse((verdict, layer)),
                rule.since,
                view.strings.get(rule.id),
            )
        });
        let known = self
            .fired
            .first()
            .map_or(Verdict::Allow, |&(_, rule)| verdict(rule));
        // What is unknown matters only where it could make the verdict stricter.
        self.unknown.retain(|&(_, rule)| verdict(rule) > known);
        let mut possible: Vec<Possible<'a>> = Vec::new();
        for &(_, rule) in &self.unknown {
            possible.push(Possible {
                id: view.strings.get(rule.id),
                verdict: verdict(rule),
                needs: report::needs(evaluation, rule),
            });
        }
        possible.sort_by(|a, b| (b.verdict, a.id).cmp(&(a.verdict, b.id)));
        possible.dedup();
        let mut needs: Vec<String> = Vec::new();
        for need in possible.iter().flat_map(|one| &one.needs) {
            if !needs.contains(need) {
                needs.push(need.clone());
            }
        }
        let fired = self.fired.iter();
        let rules = fired
            .map(|&(_, rule)| report::fired(evaluation, rule))
            .collect();
        let lifted = self.lifted.iter().map(|&(rule, exception)| Lifted {
            id: view.strings.get(rule.id),
            by: view.strings.get(view.exceptions.row(exception).id),
        });
        let mut lifted: Vec<Lifted<'a>> = lifted.collect();
        lifted.dedup();
        let settled = if possible.is_empty() {
            known
        } else {
            known.max(Verdict::Review)
        };
        Decision {
            verdict: settled,
            at: as_of.at,
            known_at: as_of.known_at,
            rules,
            lifted,
            possible,
            upcoming: Vec::new(),
            needs,
            ignored_fields: evaluation.item.ignored(),
            matcher: content_id,
        }
    }
}

fn verdict(rule: Rule) -> Verdict {
    Verdict::from_index(rule.verdict).unwrap_or(Verdict::Review)
}

fn layer(rule: Rule) -> Layer {
    Layer::from_index(rule.layer).unwrap_or(Layer::Platform)
}
