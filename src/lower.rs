//! Model → tables. Cannot fail.
//!
//! Categories become conditions: an item is in one when it declares it or one within it, or when the
//! `where` of any of these recognises it. Equal conditions are one row.

mod boundaries;
mod categories;
mod conditions;
mod families;
mod otherwise;
mod vocabulary;
mod zones;

use std::collections::BTreeMap;

use interdict_matcher::Verdict;
use interdict_matcher::artifact::NEVER;

use boundaries::boundaries;
use categories::Way;
use families::Families;

use crate::ir::{
    Atom, Citation, Duty, Epoch, Life, Membership, Narrowed, Node, NodeId, Penalty, Program, Rule,
};
use crate::model::{self, CategoryId, ExceptionId, Expr, Knowledge, PolicySet, Reading, Subject};

/// Flattens a policy set.
pub fn lower(set: &PolicySet) -> Program {
    let mut lowering = Lowering {
        set,
        program: Program {
            boundaries: boundaries(set),
            fields: set.fields.clone(),
            sources: set.sources.clone(),
            laws: set.laws.clone(),
            policies: set.policies.clone(),
            zones: set.zones.iter().map(zones::zone).collect(),
            lists: lists(set),
            successions: set.successions.clone(),
            ..Program::default()
        },
        nodes: BTreeMap::new(),
        atoms: BTreeMap::new(),
        memberships: BTreeMap::new(),
        recognised: categories::recognised(set),
        families: Families::default(),
        recognised_whiles: BTreeMap::new(),
        masks: BTreeMap::new(),
    };
    lowering.vocabulary();
    lowering.families = Families::of(set, &lowering.program.categories);
    for rule in &set.rules {
        lowering.rule(rule);
    }
    lowering.otherwise();
    let rows = std::mem::take(&mut lowering.program.rules);
    let (mut rules, mut former): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.known.1 == NEVER);
    rules.sort_by(|a, b| a.place().cmp(&b.place()));
    former.sort_by(|a, b| a.place().cmp(&b.place()));
    (lowering.program.rules, lowering.program.former) = (rules, former);
    lowering.program.in_category.sort_unstable();
    lowering.program.in_category.dedup();
    lowering.program.countings.sort_unstable();
    lowering.program.countings.dedup();
    lowering.program
}

struct Lowering<'a> {
    set: &'a PolicySet,
    program: Program,
    nodes: BTreeMap<Node, NodeId>,
    atoms: BTreeMap<Atom, u32>,
    /// Categories ask for categories; each answer is built once.
    memberships: BTreeMap<(CategoryId, Way), (NodeId, Option<NodeId>)>,
    /// What lies within each category; from the vocabulary on.
    families: Families,
    /// Which categories anything ever recognises.
    recognised: Vec<bool>,
    /// When anything does.
    recognised_whiles: BTreeMap<CategoryId, NodeId>,
    /// The number of each list of phrases that masks.
    masks: BTreeMap<Vec<String>, u32>,
}

impl Lowering<'_> {
    fn rule(&mut self, rule: &model::Rule) {
        let mask = self.mask(&rule.masks);
        let mut scope = self.scope(rule);
        scope.extend(self.bounds(&rule.life, &rule.id));
        let subject = self.expr(&rule.subject_condition(), mask);
        let mut inner = vec![subject];
        inner.extend(rule.conditions.iter().map(|one| self.expr(one, mask)));
        let mut parts = scope.clone();
        parts.extend(&inner);
        let duty = rule.duty.as_ref().map(|duty| Duty {
            applies: self.node(Node::And(parts.clone())),
            holds: self.expr(duty, None),
        });
        parts.extend(duty.map(|duty| self.node(Node::Not(duty.holds))));
        let condition = self.node(Node::And(parts));
        let exceptions = self.exceptions(&rule.exceptions);
        let wordings = rule.wordings.iter().map(|one| self.wording(one));
        let wordings = wordings.collect();
        let mut row = Rule {
            id: rule.id.clone(),
            verdict: rule.verdict,
            layer: rule.layer,
            policy: rule.policy.0,
            condition,
            duty,
            wordings,
            exceptions,
            life: self.rule_life(&rule.life),
            known: self.knowledge(rule.known),
            since: self.epoch(rule.since),
            effective: rule.effective.clone(),
            category: self.subject_category(rule, mask),
            reading: None,
            citations: citations(&rule.citations),
            acts: rule
                .amended_by
                .iter()
                .map(|act| (act.effective.clone(), citations(&act.citations)))
                .collect(),
            laws: rule.laws.iter().map(|law| law.0).collect(),
            penalties: self.penalties(&rule.penalties, mask),
            messages: rule.messages.clone(),
            appeal: rule.appeal.clone(),
            dsa: rule.dsa.clone(),
            span: rule.span,
        };
        let (of_text, stated): (Vec<_>, Vec<_>) = rule
            .exceptions
            .iter()
            .partition(|one| self.set.exceptions[one.at()].of_text);
        for exception in of_text {
            let holds = self.exception(exception);
            inner.push(self.node(Node::Not(holds)));
        }
        scope.extend(duty.map(|duty| self.node(Node::Not(duty.holds))));
        let stated = self.exceptions(&stated);
        for reading in &rule.readings {
            self.reading(&mut row, reading, &scope, &inner, &stated, mask);
        }
        self.program.rules.push(row);
    }

    /// A rival reading: where it and the rule's own text part, somebody must look.
    ///
    /// A reading that forbids parts from the rule where it holds and the rule's text does not; one
    /// that allows, where both hold, and there it lifts the rule.
    fn reading(
        &mut self,
        row: &mut Rule,
        reading: &Reading,
        scope: &[NodeId],
        own: &[NodeId],
        stated: &[(String, NodeId)],
        mask: Option<u32>,
    ) {
        let holds = self.expr(&reading.holds, mask);
        let own = self.node(Node::And(own.to_vec()));
        let mut parts = scope.to_vec();
        match (row.verdict, reading.means) {
            (Verdict::Allow, Verdict::Allow) => return,
            (_, Verdict::Allow) => {
                parts.extend([holds, own]);
                row.exceptions.push((reading.text.clone(), holds));
            }
            _ => parts.extend([holds, self.node(Node::Not(own))]),
        }
        let rival = Rule {
            verdict: Verdict::Review,
            condition: self.node(Node::And(parts)),
            exceptions: stated.to_vec(),
            duty: None,
            wordings: Vec::new(),
            category: None,
            reading: Some(reading.text.clone()),
            penalties: Vec::new(),
            ..row.clone()
        };
        self.program.rules.push(rival);
    }

    fn subject_category(&mut self, rule: &model::Rule, mask: Option<u32>) -> Option<Membership> {
        let Subject::Category { category, exactly } = rule.subject else {
            return None;
        };
        let (declared, recognised) = self.membership(category, exactly, mask);
        Some(Membership {
            category: category.0,
            declared,
            recognised,
        })
    }

    fn penalties(&mut self, penalties: &[model::Penalty], mask: Option<u32>) -> Vec<Penalty> {
        let rows = penalties.iter().map(|penalty| Penalty {
            name: penalty.name.clone(),
            points: penalty.points,
            days: penalty.days,
            condition: self.expr(&penalty.holds, mask),
        });
        rows.collect()
    }

    fn exceptions(&mut self, ids: &[ExceptionId]) -> Vec<(String, NodeId)> {
        let rows = ids.iter().map(|id| {
            let condition = self.exception(*id);
            (self.set.exceptions[id.at()].id.clone(), condition)
        });
        rows.collect()
    }

    /// Whether an exception holds: in force, its condition, and none of its own exceptions.
    fn exception(&mut self, id: ExceptionId) -> NodeId {
        let exception = &self.set.exceptions[id.at()];
        let mut parts = vec![self.in_force(&exception.life, &exception.id)];
        parts.extend(self.published(exception.known));
        parts.extend(self.during(&exception.life));
        parts.push(self.expr(&exception.holds, None));
        let own = parts.clone();
        let mut exceptions = Vec::new();
        for one in &exception.exceptions {
            let lifted = self.exception(*one);
            exceptions.push((self.set.exceptions[one.at()].id.clone(), lifted));
            parts.push(self.node(Node::Not(lifted)));
        }
        let condition = self.node(Node::And(parts));
        if !exceptions.is_empty() {
            self.program
                .narrowed
                .entry(condition)
                .or_insert(Narrowed { own, exceptions });
        }
        condition
    }

    /// Whether a rule binds and fires (for permissions that override).
    fn fires(&mut self, rule: &model::Rule) -> NodeId {
        let mask = self.mask(&rule.masks);
        let mut parts = vec![self.in_force(&rule.life, &rule.id)];
        parts.extend(self.published(rule.known));
        parts.extend(self.during(&rule.life));
        parts.extend(self.scope(rule));
        parts.push(self.expr(&rule.subject_condition(), mask));
        parts.extend(rule.conditions.iter().map(|one| self.expr(one, mask)));
        for one in &rule.exceptions {
            let lifted = self.exception(*one);
            parts.push(self.node(Node::Not(lifted)));
        }
        self.node(Node::And(parts))
    }

    fn in_force(&mut self, life: &model::Life, id: &str) -> NodeId {
        let times = self.life(life);
        if (times.possible, times.certain, times.may_end) == (0, 0, NEVER) {
            return self.node(Node::True);
        }
        let start = match times.possible == times.certain {
            true => String::new(),
            false => format!("from which instant {id} binds ({})", life.effective),
        };
        let end = match times.may_end == times.until {
            true => String::new(),
            false => format!("until which instant {id} binds ({})", life.ends),
        };
        self.atom(Atom::InForce {
            possible: times.possible,
            certain: times.certain,
            may_end: times.may_end,
            until: times.until,
            start,
            end,
        })
    }

    /// What else time asks of a rule: that the windows of its calendar are open, and that it is not
    /// over, where nobody knows when it ends.
    fn bounds(&mut self, life: &model::Life, id: &str) -> Vec<NodeId> {
        let mut bounds: Vec<NodeId> = self.during(life).into_iter().collect();
        if life.may_end < life.until {
            let ends = model::Life {
                possible: i64::MIN,
                certain: i64::MIN,
                ..life.clone()
            };
            bounds.push(self.in_force(&ends, id));
        }
        bounds
    }

    /// Whether the windows are open, for what binds only within them.
    fn during(&mut self, life: &model::Life) -> Option<NodeId> {
        let calendar = life.calendar?;
        Some(self.atom(Atom::During(calendar.0)))
    }

    /// A rule with a calendar starts with its first window: until then it is upcoming.
    fn rule_life(&self, life: &model::Life) -> Life {
        let first = self.set.binds_from(life);
        let calendar = life.calendar.map(|one| &self.set.calendars[one.at()]);
        // What nobody knows yet may be a window.
        let known_until = calendar.map_or(i64::MAX, |calendar| calendar.known_until);
        let possible = match life.possible == life.certain {
            true => first.min(known_until.max(life.certain)),
            false => life.possible,
        };
        self.life(&model::Life {
            possible,
            certain: first,
            enforced: life.enforced.max(first),
            ..life.clone()
        })
    }

    fn knowledge(&self, known: Knowledge) -> (Epoch, Epoch) {
        (self.epoch(known.from), self.epoch(known.until))
    }

    /// Whether something is known, for what is not known always.
    fn published(&mut self, known: Knowledge) -> Option<NodeId> {
        let epochs = self.knowledge(known);
        self.known_within(epochs)
    }

    fn known_within(&mut self, (from, until): (Epoch, Epoch)) -> Option<NodeId> {
        let ever = (from, until) == (0, NEVER);
        (!ever).then(|| self.atom(Atom::Published(from, until)))
    }

    /// Whether the instant lies in an interval.
    fn between(&mut self, from: i64, until: i64) -> NodeId {
        let (from, until) = (self.epoch(from), self.epoch(until));
        if (from, until) == (0, NEVER) {
            return self.node(Node::True);
        }
        self.atom(Atom::InForce {
            possible: from,
            certain: from,
            may_end: until,
            until,
            start: String::new(),
            end: String::new(),
        })
    }

    fn life(&self, life: &model::Life) -> Life {
        Life {
            announced: life.announced.map_or(NEVER, |at| self.epoch(at)),
            possible: self.epoch(life.possible),
            certain: self.epoch(life.certain),
            enforced: self.epoch(life.enforced),
            may_end: self.epoch(life.may_end),
            until: self.epoch(life.until),
            starts: life.effective.clone(),
        }
    }

    /// The epoch that a boundary begins.
    fn epoch(&self, at: i64) -> Epoch {
        match at {
            i64::MIN => 0,
            i64::MAX => NEVER,
            at => {
                let place = self
                    .program
                    .boundaries
                    .partition_point(|&boundary| boundary <= at);
                u32::try_from(place).unwrap_or(NEVER)
            }
        }
    }

    /// The number of a condition; equal ones share a row.
    fn node(&mut self, node: Node) -> NodeId {
        if let Some(&number) = self.nodes.get(&node) {
            return number;
        }
        let number = u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX);
        self.program.nodes.push(node.clone());
        self.nodes.insert(node, number);
        number
    }

    fn atom(&mut self, atom: Atom) -> NodeId {
        let number = match self.atoms.get(&atom) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.program.atoms.len()).unwrap_or(u32::MAX);
                self.program.atoms.push(atom.clone());
                self.atoms.insert(atom, number);
                number
            }
        };
        self.node(Node::Atom(number))
    }

    fn expr_all(&mut self, parts: &[Expr], mask: Option<u32>) -> Vec<NodeId> {
        parts.iter().map(|part| self.expr(part, mask)).collect()
    }
}

fn citations(citations: &[model::Citation]) -> Vec<Citation> {
    let rows = citations.iter();
    rows.map(|one| (one.source.0, one.clause.clone(), one.quote.clone()))
        .collect()
}

fn lists(set: &PolicySet) -> Vec<model::ListFile> {
    let mut lists = set.lists.clone();
    lists.sort_by(|a, b| (&a.name, &a.hash).cmp(&(&b.name, &b.hash)));
    lists.dedup_by(|a, b| (&a.name, &a.hash) == (&b.name, &b.hash));
    lists
}
