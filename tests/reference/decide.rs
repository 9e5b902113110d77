//! Decides straight from the model: slowly, and so that one can see that it is right.
//!
//! It shares no code with lowering and deciding, and of matching only the search for one spelling in
//! one text. [`conditions`](crate::conditions) asks
//! what conditions ask, [`mentions`](crate::mentions) what texts mention, [`lift`](crate::lift) what
//! spares an item, and here precedence is settled.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use interdict::model::*;
use interdict_matcher::Verdict;
use serde_json::{Map, Value};

use crate::mentions::Searches;
use crate::outcome::{Fired, Outcome};
use crate::truth::{Truth, all, not};

/// One item at one instant.
pub(crate) struct Evaluator<'a> {
    pub(crate) set: &'a PolicySet,
    pub(crate) item: &'a Map<String, Value>,
    pub(crate) at: i64,
    /// The instant as of which memberships and spellings stand.
    pub(crate) listed: i64,
    /// By when something must have been published to be known.
    pub(crate) known_at: Option<i64>,
    pub(crate) searches: &'a mut Searches,
}

/// A rule as one of its readings has it.
#[derive(Clone, Copy)]
struct Row<'a> {
    rule: &'a Rule,
    reading: Option<&'a Reading>,
}

impl Row<'_> {
    /// Where a rival reading alone applies, somebody must look.
    fn verdict(&self) -> Verdict {
        match self.reading {
            Some(_) => Verdict::Review,
            None => self.rule.verdict,
        }
    }
}

impl<'a> Evaluator<'a> {
    pub(crate) fn decide(&mut self) -> Outcome {
        let (mut fired, mut unknown) = (Vec::new(), Vec::new());
        let (mut lifted, mut upcoming) = (BTreeSet::new(), BTreeSet::new());
        for row in rows(self.set) {
            let life = &row.rule.life;
            if self.at >= life.until {
                continue;
            }
            let (possible, certain) = self.starts(life);
            if self.at >= possible {
                match self.spared(row, &mut lifted) {
                    Some(false) => {}
                    Some(true) if self.at >= certain => fired.push(row),
                    _ => unknown.push(row),
                }
            } else if certain < life.until
                && life.announced.is_some_and(|announced| self.at >= announced)
                && self.will_fire(row)
            {
                upcoming.insert((row.rule.id.clone(), life.effective.clone()));
            }
        }
        let otherwise = self.otherwise(&fired, &unknown);
        let (mut fired, mut possible): (Vec<_>, BTreeSet<_>) = (
            fired
                .iter()
                .map(|row| (row.rule.since, self.account(*row)))
                .collect(),
            unknown
                .iter()
                .map(|row| (row.rule.id.clone(), row.verdict()))
                .collect(),
        );
        for (fires, said) in otherwise {
            match fires {
                Some(true) => fired.push((i64::MIN, said)),
                Some(false) => {}
                None => {
                    possible.insert((said.id, said.verdict));
                }
            }
        }
        let known = fired.iter().map(|(_, one)| one.verdict).max();
        let known = known.unwrap_or(Verdict::Allow);
        // What is unknown matters only where it could make the verdict stricter.
        possible.retain(|(_, verdict)| *verdict > known);
        fired.sort_by_key(|(since, one)| {
            let strict = Reverse((one.verdict, one.layer));
            (strict, *since, one.id.clone(), one.reading.clone())
        });
        Outcome {
            verdict: match possible.is_empty() {
                true => known,
                false => known.max(Verdict::Review),
            },
            fired: fired.into_iter().map(|(_, one)| one).collect(),
            lifted,
            possible,
            upcoming,
        }
    }

    /// What each policy says where none of its rules fires, and whether none does.
    fn otherwise(&mut self, fired: &[Row<'_>], unknown: &[Row<'_>]) -> Vec<(Truth, Fired)> {
        let mut said = Vec::new();
        for (number, policy) in self.set.policies.iter().enumerate() {
            let Some(otherwise) = &policy.otherwise else {
                continue;
            };
            let own = |row: &Row<'_>| row.rule.policy.at() == number;
            let fires = match fired.iter().any(own) {
                true => Some(true),
                false if unknown.iter().any(own) => None,
                false => Some(false),
            };
            let scope = self.scope(&otherwise.scope, None);
            said.push((
                all([scope, not(fires)]),
                Fired {
                    id: format!("{}/otherwise", policy.name),
                    verdict: otherwise.verdict,
                    layer: policy.layer,
                    effective: "always".to_owned(),
                    amended_by: Vec::new(),
                    reading: None,
                    missing: Vec::new(),
                    penalties: Vec::new(),
                    withheld: false,
                    sources: Vec::new(),
                    laws: Vec::new(),
                    messages: Vec::new(),
                    appeal: None,
                    dsa: None,
                },
            ));
        }
        said
    }

    /// Whether a rule would fire at the first instant at which it surely binds.
    fn will_fire(&mut self, row: Row<'a>) -> bool {
        let first = self.starts(&row.rule.life).1;
        let (now, listed) = (self.at, self.listed);
        self.at = first;
        self.listed = first.min(self.known_at.unwrap_or(i64::MAX));
        let fires = self.spared(row, &mut BTreeSet::new());
        (self.at, self.listed) = (now, listed);
        fires == Some(true)
    }

    /// What is said of a rule that fired.
    fn account(&mut self, row: Row<'a>) -> Fired {
        let (rule, set) = (row.rule, self.set);
        let penalties = rule.penalties.iter().filter(|_| row.reading.is_none());
        let penalties = penalties.filter_map(|penalty| {
            let holds = self.ask(&penalty.holds, &rule.masks);
            (holds != Some(false)).then(|| (penalty.name.clone(), holds.is_none()))
        });
        let penalties = penalties.collect();
        let wordings = rule.wordings.iter().filter(|_| row.reading.is_none());
        let missing = wordings.filter(|one| self.ask(&one.holds, &[]) == Some(false));
        let missing = missing.map(|one| one.texts.clone()).collect();
        Fired {
            id: rule.id.clone(),
            verdict: row.verdict(),
            layer: rule.layer,
            effective: rule.effective.clone(),
            amended_by: rule
                .amended_by
                .iter()
                .map(|act| (act.effective.clone(), self.sources(&act.citations)))
                .collect(),
            reading: row.reading.map(|reading| reading.text.clone()),
            penalties,
            withheld: self.at < rule.life.enforced,
            missing,
            sources: self.sources(&rule.citations),
            laws: rule
                .laws
                .iter()
                .map(|law| set.laws[law.at()].name.clone())
                .collect(),
            messages: rule.messages.iter().map(|(_, text)| text.clone()).collect(),
            appeal: rule.appeal.clone(),
            dsa: rule.dsa.clone(),
        }
    }

    fn sources(&self, citations: &[Citation]) -> Vec<String> {
        let sources = citations
            .iter()
            .map(|one| &self.set.sources[one.source.at()]);
        sources.map(|source| source.name.clone()).collect()
    }

    /// Whether a row fires, time aside; what lifts it is noted.
    fn spared(&mut self, row: Row<'a>, lifted: &mut BTreeSet<(String, String)>) -> Truth {
        match row.reading {
            None => {
                let condition = self.condition(row.rule);
                self.unless_lifted(row.rule, condition, lifted)
            }
            Some(reading) => {
                let condition = self.rival_condition(row.rule, reading);
                self.rival_unless_lifted(row.rule, condition, lifted)
            }
        }
    }

    /// The rule's condition within the windows of its calendar, without its start, its end and its
    /// exceptions.
    pub(crate) fn condition(&mut self, rule: &Rule) -> Truth {
        let scope = self.scope(&rule.scope, rule.seller.as_deref());
        let text = self.text(rule);
        let duty = self.duty(rule);
        all([self.open(&rule.life), scope, text, not(duty)])
    }

    /// What a rule's own text asks, without its scope, its duty and its exceptions.
    fn text(&mut self, rule: &Rule) -> Truth {
        let mut parts = vec![self.ask(&rule.subject_condition(), &rule.masks)];
        parts.extend(rule.conditions.iter().map(|one| self.ask(one, &rule.masks)));
        all(parts)
    }

    /// Whether the item does what allows it after all.
    fn duty(&mut self, rule: &Rule) -> Truth {
        let duty = rule.duty.as_ref();
        duty.map_or(Some(false), |duty| self.ask(duty, &[]))
    }

    /// Where a rival reading and the rule part. It reads the whole text otherwise, and so the
    /// exceptions that stand in it.
    fn rival_condition(&mut self, rule: &Rule, reading: &Reading) -> Truth {
        let scope = self.scope(&rule.scope, rule.seller.as_deref());
        let scope = all([self.open(&rule.life), scope]);
        let mut own = vec![self.text(rule)];
        for &one in self.exceptions(rule, true) {
            own.push(not(self.exception(one)));
        }
        let (own, duty) = (all(own), self.duty(rule));
        let holds = self.ask(&reading.holds, &rule.masks);
        match (rule.verdict, reading.means) {
            (Verdict::Allow, Verdict::Allow) => Some(false),
            (_, Verdict::Allow) => all([scope, holds, own, not(duty)]),
            _ => all([scope, holds, not(own), not(duty)]),
        }
    }
}

/// Every rule, each followed by its rival readings.
fn rows(set: &PolicySet) -> Vec<Row<'_>> {
    // What is known today; what was known before is asked of the statements of that time.
    let rules = set.rules.iter().filter(|rule| rule.known.until == i64::MAX);
    let rows = rules.flat_map(|rule| {
        let readings = [None].into_iter().chain(rule.readings.iter().map(Some));
        readings.map(move |reading| Row { rule, reading })
    });
    rows.collect()
}
