//! What statements do to rules that stand elsewhere: they amend, suspend, repeal, supersede and
//! reaffirm them.
//!
//! The acts on a rule are taken in the order of their days, so that each meets the rule as the
//! earlier ones left it; the order of statements and files never shows.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Checker;
use super::texts::slot;
use crate::ast::{Clause, ClauseKind, Head, Layer, Statement, Subject, Verdict};
use crate::diagnostic::Code;
use crate::model::{Life, RuleId};
use crate::source::Span;

/// A change of a rule's text.
#[derive(Debug, Clone)]
pub(super) struct Amendment<'a> {
    pub(super) file: usize,
    pub(super) statement: &'a Statement,
    pub(super) life: Life,
}

impl<'a> Amendment<'a> {
    /// The clauses that go into the text; the others are the act's own.
    pub(super) fn clauses(&self) -> impl Iterator<Item = &'a Clause> + use<'a> {
        let clauses = self.statement.clauses.iter();
        clauses.filter(|clause| {
            !matches!(
                clause.kind,
                ClauseKind::Effective(_)
                    | ClauseKind::Announced(_)
                    | ClauseKind::From(_)
                    | ClauseKind::Example(_)
            )
        })
    }

    /// The places in the text that it fills.
    pub(super) fn slots(&self) -> BTreeSet<&'static str> {
        self.clauses().map(|clause| slot(&clause.kind)).collect()
    }
}

/// A statement that does something to a rule, at an instant.
struct Act<'a> {
    rule: RuleId,
    at: i64,
    file: usize,
    span: Span,
    deed: Deed<'a>,
}

/// What is done. At one instant, what ends a rule comes before what changes it.
enum Deed<'a> {
    Supersede { layer: Layer, leaves_gap: bool },
    Repeal,
    Amend(Amendment<'a>),
    Reaffirm,
}

impl Deed<'_> {
    fn is_end(&self) -> bool {
        matches!(self, Deed::Supersede { .. } | Deed::Repeal)
    }

    fn verb(&self) -> &'static str {
        match self {
            Deed::Supersede { .. } => "supersede",
            Deed::Repeal => "repeal",
            Deed::Amend(_) => "amend",
            Deed::Reaffirm => "reaffirm",
        }
    }
}

impl<'a> Checker<'a> {
    /// Does to every rule what statements do to it.
    pub(super) fn apply_acts(&mut self) {
        let mut acts = Vec::new();
        for (file, statement) in self.statements() {
            self.resolve_grounds(statement);
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => acts.extend(self.successions(file, statement)),
                Head::Amend(of) | Head::Repeal(of) | Head::Reaffirm(of) => {
                    let needs_start = !matches!(statement.head, Head::Reaffirm(_));
                    let life = self.life(file, statement, needs_start);
                    let Some(rule) = self.rule_id(file, of) else {
                        continue;
                    };
                    let at = life.certain;
                    let deed = match &statement.head {
                        Head::Repeal(_) => Deed::Repeal,
                        Head::Reaffirm(_) => Deed::Reaffirm,
                        _ => Deed::Amend(Amendment {
                            file,
                            statement,
                            life,
                        }),
                    };
                    let span = statement.head_span;
                    acts.push(Act {
                        rule,
                        at,
                        file,
                        span,
                        deed,
                    });
                }
                Head::Suspend(_) => self.not_supported(statement.head_span, "`suspend`"),
                _ => {}
            }
        }
        acts.sort_by_key(|act| (act.rule, act.at, !act.deed.is_end()));
        for act in acts {
            // A missing start has been reported, and what only reaffirms needs none.
            if act.at != i64::MIN && !self.loosens(&act) {
                self.apply(act);
            }
        }
    }

    /// The rules that this one supersedes.
    fn successions(&mut self, file: usize, statement: &Statement) -> Vec<Act<'a>> {
        let Some(own) = self.own_rule(file, statement) else {
            return Vec::new();
        };
        let rule = &self.set.rules[own.at()];
        let (at, layer) = (rule.life.certain, rule.layer);
        let mut acts = Vec::new();
        for clause in &statement.clauses {
            let ClauseKind::Supersedes { rule, leaves_gap } = &clause.kind else {
                continue;
            };
            let Some(rule) = self.rule_id(file, rule) else {
                continue;
            };
            if rule == own {
                let message = "this rule supersedes itself";
                self.report(Code::Cycle, clause.span, message).help =
                    Some("name the rule that it takes the place of".to_owned());
                continue;
            }
            let leaves_gap = *leaves_gap;
            acts.push(Act {
                rule,
                at,
                file,
                span: clause.span,
                deed: Deed::Supersede { layer, leaves_gap },
            });
        }
        acts
    }

    /// Whether an act reaches up to a higher layer; then that is reported.
    fn loosens(&mut self, act: &Act<'_>) -> bool {
        let layer = match act.deed {
            Deed::Reaffirm => return false,
            Deed::Supersede { layer, .. } => layer,
            _ => self.headers[act.file].layer,
        };
        let rule = &self.set.rules[act.rule.at()];
        let (id, above) = (rule.id.clone(), rule.layer);
        if layer < above {
            let what = match act.deed {
                Deed::Amend(_) => "amendment",
                _ => "statement",
            };
            self.report_loosening(act.span, what, layer.word(), &id, above.word());
        }
        layer < above
    }

    fn apply(&mut self, act: Act<'a>) {
        let rule = &self.set.rules[act.rule.at()];
        let (id, life) = (rule.id.clone(), rule.life.clone());
        let begins = match act.deed {
            Deed::Reaffirm => act.at < life.certain,
            _ => act.at <= life.certain,
        };
        if begins && act.deed.is_end() {
            let message = format!("`{id}` would end before it starts");
            self.report(Code::EmptyInterval, act.span, message).help =
                Some(format!("it takes effect {}", life.effective));
        } else if let Deed::Supersede { leaves_gap, .. } = act.deed {
            if life.until < act.at && !leaves_gap {
                let message = format!("`{id}` ended before this rule starts");
                self.report(Code::SupersessionGap, act.span, message).help =
                    Some("say `leaves gap` if nothing is meant to hold in between".to_owned());
            }
            self.end_rule(act.rule, act.at);
        } else if begins {
            let (verb, day) = (act.deed.verb(), self.shown(act.rule, life.certain));
            let message = format!(
                "`{id}` is not in force before {day}, so that there is nothing to {verb} yet"
            );
            self.report(Code::NotInForce, act.span, message).help =
                Some("say it in the rule itself, or give the act a later day".to_owned());
        } else if life.until <= act.at {
            let (verb, day) = (act.deed.verb(), self.shown(act.rule, life.until));
            let message =
                format!("`{id}` is over from {day} on, so that there is nothing left to {verb}");
            self.report(Code::NotInForce, act.span, message).help =
                Some("give the act an earlier day, or state a rule of its own".to_owned());
        } else {
            match act.deed {
                Deed::Repeal => self.end_rule(act.rule, act.at),
                Deed::Amend(amendment) => self.amend(act.rule, amendment),
                Deed::Supersede { .. } | Deed::Reaffirm => {}
            }
        }
    }

    fn end_rule(&mut self, rule: RuleId, at: i64) {
        let life = &mut self.set.rules[rule.at()].life;
        life.until = life.until.min(at);
    }

    fn amend(&mut self, rule: RuleId, amendment: Amendment<'a>) {
        self.refuse_misfits(rule, &amendment);
        self.refuse_conflicts(rule, &amendment);
        let verdict = self.set.rules[rule.at()].verdict;
        self.refuse_claims(amendment.statement, verdict);
        if amendment.slots().contains("through") {
            self.set.rules[rule.at()].life.until = amendment.life.until;
        }
        self.amendments.entry(rule).or_default().push(amendment);
    }

    /// Clauses that the amended rule does not take, and an amendment without any.
    fn refuse_misfits(&mut self, rule: RuleId, amendment: &Amendment<'a>) {
        let Some(origin) = self.origins.get(&rule).copied() else {
            return;
        };
        let verdict = self.set.rules[rule.at()].verdict;
        let about_category = matches!(origin.subject, Subject::Category(_));
        for clause in amendment.clauses() {
            let help = match &clause.kind {
                ClauseKind::To(_) if !matches!(verdict, Verdict::Restrict | Verdict::Require) => {
                    "`to` goes with `restrict` and `require`"
                }
                ClauseKind::Wording(_) if verdict != Verdict::Require => {
                    "`wording` goes with `require`"
                }
                ClauseKind::SuchAs(_) | ClauseKind::Namely(_) if !about_category => {
                    "it names members of a category, and the rule is about none"
                }
                _ => continue,
            };
            let words = clause.kind.words();
            let message = format!("`{words}` does not belong in a `{verdict}`");
            self.report(Code::MisplacedClause, clause.span, message)
                .help = Some(help.to_owned());
        }
        if amendment.clauses().next().is_none() {
            let message = "this `amend` changes nothing";
            let span = amendment.statement.head_span;
            self.report(Code::MissingClause, span, message).help = Some(
                "write the clauses that take the place of the rule's own: `via listing, shop`"
                    .to_owned(),
            );
        }
    }

    /// Two acts of one day that say one clause differently.
    fn refuse_conflicts(&mut self, rule: RuleId, amendment: &Amendment<'a>) {
        let earlier = self.amendments.get(&rule).into_iter().flatten();
        let same_day = earlier.filter(|one| one.life.certain == amendment.life.certain);
        let taken: Vec<(&str, Span)> = same_day
            .flat_map(Amendment::clauses)
            .map(|clause| (slot(&clause.kind), clause.span))
            .collect();
        for clause in amendment.clauses() {
            let found = taken.iter().find(|(one, _)| *one == slot(&clause.kind));
            if let Some(&(_, first)) = found {
                let words = clause.kind.words();
                let message = format!("two amendments of one day say `{words}`");
                let diagnostic = self.report(Code::ConflictingClauses, clause.span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                diagnostic.help = Some("say it in one of them".to_owned());
            }
        }
    }

    /// An instant as the rule's policy counts days.
    fn shown(&self, rule: RuleId, at: i64) -> String {
        let file = self.origins.get(&rule).map_or(0, |origin| origin.file);
        let zone = self.headers.get(file).map(|header| header.zone.clone());
        let stamp = Timestamp::from_second(at).unwrap_or_default();
        let civil = stamp
            .to_zoned(zone.unwrap_or(jiff::tz::TimeZone::UTC))
            .datetime();
        match civil.time() == jiff::civil::Time::midnight() {
            true => civil.date().to_string(),
            false => civil.to_string(),
        }
    }
}
