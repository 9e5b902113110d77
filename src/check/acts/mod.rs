//! What statements do to rules and exceptions that stand elsewhere: they amend, suspend, repeal,
//! supersede and reaffirm them.
//!
//! The acts on a rule are taken in the order of their days, so that each meets the rule as the
//! earlier ones left it; the order of statements and files never shows.

mod amendment;

pub(super) use amendment::Amendment;

use jiff::Timestamp;
use jiff::civil::Time;

use super::Checker;
use super::exceptions::Target;
use super::knowledge::{Did, Done};
use crate::ast::{ClauseKind, Head, Layer, Statement, Verdict};
use crate::diagnostic::Code;
use crate::model::{Life, RuleId, Succession, What};
use crate::source::Span;

/// A time in which a rule or an exception does not bind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    pub(super) from: i64,
    /// From when it may be over.
    pub(super) may_end: i64,
    pub(super) until: i64,
    /// The statement that says so.
    pub(super) span: Span,
}

/// A statement that does something to a rule or an exception, at an instant.
struct Act<'a> {
    target: Target,
    file: usize,
    statement: &'a Statement,
    /// From when it is known.
    published: i64,
    at: i64,
    layer: Layer,
    /// What to point to.
    span: Span,
    deed: Deed<'a>,
}

/// What is done.
enum Deed<'a> {
    /// Which rule takes its place.
    Supersede {
        by: RuleId,
        leaves_gap: bool,
    },
    Repeal,
    Amend(Amendment<'a>),
    Suspend(Pause),
    Reaffirm,
}

impl Deed<'_> {
    /// At one instant, what ends a rule comes before what changes it.
    fn is_end(&self) -> bool {
        matches!(self, Deed::Supersede { .. } | Deed::Repeal)
    }

    fn verb(&self) -> &'static str {
        match self {
            Deed::Supersede { .. } => "supersede",
            Deed::Repeal => "repeal",
            Deed::Amend(_) => "amend",
            Deed::Suspend(_) => "suspend",
            Deed::Reaffirm => "reaffirm",
        }
    }
}

impl<'a> Checker<'a> {
    /// Does to every rule and exception what statements do to it.
    pub(super) fn apply_acts(&mut self) {
        let mut acts = Vec::new();
        for (file, statement) in self.statements() {
            self.resolve_grounds(statement);
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => acts.extend(self.successions(file, statement)),
                _ => acts.extend(self.act_of(file, statement)),
            }
        }
        acts.sort_by_key(|act| (act.target, act.at, !act.deed.is_end()));
        for act in acts {
            // A missing start has been reported, and what only reaffirms needs none.
            if act.at != i64::MIN && !self.loosens(&act) {
                self.apply(act);
            }
        }
    }

    /// What a statement of its own does.
    fn act_of(&mut self, file: usize, statement: &'a Statement) -> Option<Act<'a>> {
        let (Head::Amend(of) | Head::Suspend(of) | Head::Repeal(of) | Head::Reaffirm(of)) =
            &statement.head
        else {
            return None;
        };
        let needs_start = !matches!(statement.head, Head::Reaffirm(_));
        let mut life = self.life(file, statement, needs_start);
        let target = self.target(file, of)?;
        let published = self.publication(statement, &life);
        let published = published.max(match target {
            Target::Rule(rule) => self.known_from(rule),
            Target::Exception(_) => published,
        });
        let (from, may_end, until) = (life.certain, life.may_end, life.until);
        // What goes into the text is in the zone of the text.
        let home = self.file_of(target);
        let text_life = self.life(home, statement, needs_start);
        (life.until, life.may_end) = (text_life.until, text_life.may_end);
        life.enforced = text_life.enforced;
        let deed = match &statement.head {
            Head::Repeal(_) => Deed::Repeal,
            Head::Reaffirm(_) => Deed::Reaffirm,
            Head::Suspend(_) => Deed::Suspend(Pause {
                from,
                may_end,
                until,
                span: statement.span,
            }),
            _ => Deed::Amend(Amendment {
                file: home,
                statement,
                life,
                published,
            }),
        };
        Some(Act {
            target,
            file,
            statement,
            published,
            at: from,
            layer: self.headers[file].layer,
            span: statement.head_span,
            deed,
        })
    }

    /// The rules that this one supersedes.
    fn successions(&mut self, file: usize, statement: &'a Statement) -> Vec<Act<'a>> {
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
            acts.push(Act {
                target: Target::Rule(rule),
                file,
                statement,
                published: self.known_from(own).max(self.known_from(rule)),
                at,
                layer,
                span: clause.span,
                deed: Deed::Supersede {
                    by: own,
                    leaves_gap: *leaves_gap,
                },
            });
        }
        acts
    }

    /// Whether an act reaches up to a higher layer; then that is reported. What ends or pauses
    /// something that lifts a rule tightens it, and any layer may.
    fn loosens(&mut self, act: &Act<'_>) -> bool {
        let roots = match act.target {
            Target::Rule(rule) => vec![(rule, 0)],
            Target::Exception(exception) => self.roots(exception),
        };
        let loosened = roots.into_iter().find(|(rule, steps)| {
            let tightens = match act.deed {
                Deed::Reaffirm => true,
                Deed::Amend(_) => false,
                _ => steps % 2 == 1,
            };
            !tightens && act.layer < self.set.rules[rule.at()].layer
        });
        let Some((rule, _)) = loosened else {
            return false;
        };
        let rule = &self.set.rules[rule.at()];
        let (id, above) = (rule.id.clone(), rule.layer);
        let what = match act.deed {
            Deed::Amend(_) => "amendment",
            Deed::Suspend(_) => "suspension",
            _ => "statement",
        };
        self.report_loosening(act.span, what, act.layer.word(), &id, above.word());
        true
    }

    /// The name of what acts are about, and its life so far.
    fn standing(&mut self, target: Target) -> (&str, &mut Life) {
        match target {
            Target::Rule(rule) => {
                let rule = &mut self.set.rules[rule.at()];
                (&rule.id, &mut rule.life)
            }
            Target::Exception(exception) => {
                let exception = &mut self.set.exceptions[exception.at()];
                (&exception.id, &mut exception.life)
            }
        }
    }

    fn apply(&mut self, act: Act<'a>) {
        let (id, life) = self.standing(act.target);
        let (id, life) = (id.to_owned(), life.clone());
        let too_early = match act.deed {
            Deed::Reaffirm => act.at < life.certain,
            _ => act.at <= life.certain,
        };
        if too_early && act.deed.is_end() {
            let message = format!("`{id}` would end before it starts");
            self.report(Code::EmptyInterval, act.span, message).help =
                Some(format!("it takes effect {}", life.effective));
        } else if let Deed::Supersede { by, leaves_gap } = act.deed {
            self.supersede(&act, by, leaves_gap);
        } else if too_early {
            let (verb, day) = (act.deed.verb(), self.shown(act.target, life.certain));
            let message = format!(
                "`{id}` is not in force before {day}, so that there is nothing to {verb} yet"
            );
            self.report(Code::NotInForce, act.span, message).help =
                Some("say it in the statement itself, or give the act a later day".to_owned());
        } else if life.until <= act.at {
            let (verb, day) = (act.deed.verb(), self.shown(act.target, life.until));
            let message =
                format!("`{id}` is over from {day} on, so that there is nothing left to {verb}");
            self.report(Code::NotInForce, act.span, message).help =
                Some("give the act an earlier day, or state a rule of its own".to_owned());
        } else {
            let what = match act.deed {
                Deed::Amend(ref amendment) => What::Amended(self.amend(&act, amendment.clone())),
                Deed::Suspend(pause) => self.suspend(&act, pause),
                Deed::Reaffirm => What::Reaffirmed,
                Deed::Repeal | Deed::Supersede { .. } => {
                    self.close(&act);
                    What::Repealed
                }
            };
            let statement = act.statement;
            self.note(act.target, act.at, what, statement.span, &statement.clauses);
        }
    }

    fn supersede(&mut self, act: &Act<'a>, by: RuleId, leaves_gap: bool) {
        let (old, life) = self.standing(act.target);
        let (old, until) = (old.to_owned(), life.until);
        if until < act.at && !leaves_gap {
            let message = format!("`{old}` ended before this rule starts");
            self.report(Code::SupersessionGap, act.span, message).help =
                Some("say `leaves gap` if nothing is meant to hold in between".to_owned());
        }
        self.close(act);
        let new = self.set.rules[by.at()].id.clone();
        let (at, span) = (act.at, act.span);
        if !leaves_gap {
            self.set.successions.push(Succession {
                old,
                new: new.clone(),
                at,
                span,
            });
        }
        let what = What::Superseded(new);
        self.note(act.target, at, what, span, &act.statement.clauses);
    }

    fn close(&mut self, act: &Act<'a>) {
        let (_, life) = self.standing(act.target);
        life.until = life.until.min(act.at);
        life.may_end = life.may_end.min(act.at);
        self.remember(act, Did::End);
    }

    fn suspend(&mut self, act: &Act<'a>, pause: Pause) -> What {
        let refused = match act.target {
            Target::Rule(rule) => self.refuse_absolute(rule, act.span, "nothing suspends it"),
            Target::Exception(_) => false,
        };
        if !refused {
            self.remember(act, Did::Pause(pause));
        }
        What::Suspended
    }

    /// Returns the words of the clauses that change.
    fn amend(&mut self, act: &Act<'a>, amendment: Amendment<'a>) -> Vec<&'static str> {
        let target = act.target;
        self.refuse_misfits(target, &amendment);
        self.refuse_conflicts(target, &amendment);
        let verdict = match target {
            Target::Rule(rule) => self.set.rules[rule.at()].verdict,
            Target::Exception(_) => Verdict::Allow,
        };
        self.refuse_claims(amendment.statement, verdict);
        let slots = amendment.slots();
        let life = self.standing(target).1;
        if slots.contains("through") {
            (life.until, life.may_end) = (amendment.life.until, amendment.life.may_end);
            life.ends.clone_from(&amendment.life.ends);
        }
        let mut bound = life.clone();
        if slots.contains("during calendar") {
            (bound.possible, bound.certain) = (amendment.life.certain, amendment.life.certain);
            bound.calendar = amendment.life.calendar;
        }
        self.refuse_empty_calendar(amendment.statement, &bound);
        let mut words: Vec<&str> = amendment.clauses().map(|one| one.kind.words()).collect();
        words.dedup();
        let amendments = self.amendments.entry(target).or_default();
        amendments.push(amendment);
        let place = amendments.len() - 1;
        self.remember(act, Did::Amend(place));
        words
    }

    /// Keeps what an act did, for those who do not know of it.
    fn remember(&mut self, act: &Act<'a>, deed: Did) {
        self.done.entry(act.target).or_default().push(Done {
            published: act.published,
            file: act.file,
            statement: act.statement,
            deed,
        });
    }

    /// The file of the statement that makes a rule or an exception.
    fn file_of(&self, target: Target) -> usize {
        let file = match target {
            Target::Rule(rule) => self.origins.get(&rule).map(|origin| origin.file),
            Target::Exception(exception) => {
                let place = self.stated.binary_search_by_key(&exception, |one| one.id);
                place.ok().map(|place| self.stated[place].file)
            }
        };
        file.unwrap_or(0)
    }

    /// An instant as the policy of a rule or an exception counts days.
    pub(super) fn shown(&self, target: Target, at: i64) -> String {
        let header = self.headers.get(self.file_of(target));
        let zone = header.map_or(jiff::tz::TimeZone::UTC, |header| header.zone.clone());
        let stamp = Timestamp::from_second(at).unwrap_or_default();
        let civil = stamp.to_zoned(zone).datetime();
        match civil.time() == Time::midnight() {
            true => civil.date().to_string(),
            false => civil.to_string(),
        }
    }
}
