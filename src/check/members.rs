//! Who lies within whom, and since when.
//!
//! `within`, `such as` and `namely` place a category for good, unless acts change the clause of a
//! rule: then each text of the rule places its members for as long as it holds.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use super::exceptions::Target;
use super::knowledge::Ledger;
use super::texts::slot;
use crate::ast::{self, Clause, ClauseKind, Head, Name, RuleRef, Statement, Subject};
use crate::diagnostic::Code;
use crate::model::{Category, CategoryId, Counting, Knowledge, Placement, RuleId};
use crate::source::Span;

/// A category placed within another by the text of a rule, at first or as amended.
#[derive(Debug, Clone, Copy)]
pub(super) struct DatedMember<'a> {
    rule: RuleId,
    /// The amendment; none: the rule's own statement.
    statement: Option<&'a Statement>,
    part: CategoryId,
    whole: CategoryId,
}

/// An act that changes which members a rule names.
struct Change<'a> {
    statement: &'a Statement,
    from: i64,
    published: i64,
}

impl DatedMember<'_> {
    /// When it lies within the other one, by the acts that are known; `None` if it never does.
    fn placement(&self, known: &[&Change<'_>]) -> Option<(CategoryId, Placement)> {
        let at = match self.statement {
            None => None,
            Some(statement) => {
                let own = |one: &&Change<'_>| std::ptr::eq(one.statement, statement);
                Some(known.iter().position(own)?)
            }
        };
        let next = known.get(at.map_or(0, |at| at + 1));
        let placement = Placement {
            whole: self.whole,
            from: at.map_or(i64::MIN, |at| known[at].from),
            until: next.map_or(i64::MAX, |next| next.from),
            known: Knowledge::ALWAYS,
        };
        (placement.from < placement.until).then_some((self.part, placement))
    }
}

/// A clause that places a category within another one.
struct Found {
    part: CategoryId,
    whole: CategoryId,
    span: Span,
    by: Origin,
}

/// A clause that closes a category, and the members that it names.
struct Closed {
    span: Span,
    by: Origin,
    members: BTreeSet<CategoryId>,
}

/// Where a clause stands: the statement, and the rule of whose text it is.
#[derive(Clone, Copy)]
struct Origin {
    statement: Span,
    rule: Option<RuleId>,
}

impl Origin {
    /// Whether two clauses belong to different texts of one rule, which never hold together.
    fn takes_turns_with(self, other: Origin) -> bool {
        self.rule.is_some() && self.rule == other.rule && self.statement != other.statement
    }
}

impl<'a> Checker<'a> {
    pub(super) fn place_members(&mut self) {
        let amended = self.rules_with_amended_members();
        let mut closed: BTreeMap<CategoryId, Vec<Closed>> = BTreeMap::new();
        let mut found: Vec<Found> = Vec::new();
        for (file, statement) in self.statements() {
            let rule = match &statement.head {
                Head::Amend(of) => self.amended(file, of),
                _ => self.own_rule(file, statement),
            };
            let Some(whole) = self.whole_of(statement, rule) else {
                continue;
            };
            for clause in &statement.clauses {
                let Some((names, closes)) = members_of(clause) else {
                    continue;
                };
                let members = names.iter().map(|name| self.category(&name.value));
                let members: Vec<CategoryId> = members.collect();
                let by = Origin {
                    statement: statement.span,
                    rule,
                };
                if closes {
                    let span = clause.span;
                    let members = members.iter().copied().collect();
                    let closing = Closed { span, by, members };
                    closed.entry(whole).or_default().push(closing);
                }
                let pairs = members.into_iter().map(|member| match &clause.kind {
                    ClauseKind::Within(_) => (whole, member),
                    _ => (member, whole),
                });
                for ((part, whole), name) in pairs.zip(names) {
                    found.push(Found {
                        part,
                        whole,
                        span: name.span,
                        by,
                    });
                    let statement = matches!(statement.head, Head::Amend(_)).then_some(statement);
                    match rule.filter(|rule| amended.contains(rule)) {
                        Some(rule) => self.placed.push(DatedMember {
                            rule,
                            statement,
                            part,
                            whole,
                        }),
                        None => self.set.categories[part.at()].join(whole),
                    }
                }
            }
        }
        self.refuse_closed(&found, &closed);
        self.count_members();
        // For as long as nobody knows better: circles are circles at any time.
        for placed in &self.placed {
            let category = &mut self.set.categories[placed.part.at()];
            category.placed.push(Placement {
                whole: placed.whole,
                from: i64::MIN,
                until: i64::MAX,
                known: Knowledge::ALWAYS,
            });
        }
    }

    /// What counts as something else, for its time, and who says so.
    fn count_members(&mut self) {
        for (file, statement) in self.statements() {
            let Head::Category(name) = &statement.head else {
                continue;
            };
            for clause in &statement.clauses {
                if let ClauseKind::CountsAs(counting) = &clause.kind {
                    self.count_member(file, &name.value, counting);
                }
            }
        }
        self.place_counted();
    }

    fn count_member(&mut self, file: usize, part: &str, counting: &ast::Counting) {
        let zone = self.headers[file].zone.clone();
        let from = counting
            .since
            .map_or(i64::MIN, |when| when.value.start(&zone));
        let until = counting
            .through
            .map_or(i64::MAX, |when| when.value.end(&zone));
        if until <= from {
            let message = format!(
                "it stops counting as `{}` before it starts",
                counting.whole.value
            );
            self.report(Code::EmptyInterval, counting.whole.span, message);
        }
        let citations = counting.citations.iter();
        let citations = citations.flat_map(|one| self.cite(one)).collect();
        let (part, whole) = (self.category(part), self.category(&counting.whole.value));
        self.set.countings.push(Counting {
            part,
            placement: Placement {
                whole,
                from,
                until,
                known: Knowledge::ALWAYS,
            },
            since: counting.since.map(|when| when.value.to_string()),
            citations,
        });
    }

    fn place_counted(&mut self) {
        for counting in &self.set.countings {
            let placed = &mut self.set.categories[counting.part.at()].placed;
            placed.push(counting.placement);
        }
    }

    /// Rules whose members an act changes.
    fn rules_with_amended_members(&self) -> BTreeSet<RuleId> {
        let mut rules = BTreeSet::new();
        for (file, statement) in self.statements() {
            if let Head::Amend(of) = &statement.head
                && statement
                    .clauses
                    .iter()
                    .any(|one| slot(&one.kind) == "such as")
            {
                rules.extend(self.amended(file, of));
            }
        }
        rules
    }

    /// The rule that an amendment names, if it is one; who names none is told later.
    fn amended(&self, file: usize, of: &RuleRef) -> Option<RuleId> {
        match self.rules_named(file, &of.value).as_slice() {
            [(rule, _)] => Some(*rule),
            _ => None,
        }
    }

    /// The category whose members the clauses of a statement name.
    fn whole_of(&self, statement: &Statement, rule: Option<RuleId>) -> Option<CategoryId> {
        let name = match &statement.head {
            Head::Category(name)
            | Head::Rule(_, Subject::Category(name))
            | Head::Extend(_, Subject::Category(name)) => name,
            Head::Amend(_) => match self.origins.get(&rule?)?.subject {
                Subject::Category(name) => name,
                _ => return None,
            },
            _ => return None,
        };
        Some(self.category(&name.value))
    }

    fn refuse_closed(&mut self, found: &[Found], closed: &BTreeMap<CategoryId, Vec<Closed>>) {
        for &Found {
            part,
            whole,
            span,
            by,
        } in found
        {
            let closings = closed.get(&whole).into_iter().flatten();
            let refuses =
                |one: &&Closed| !one.members.contains(&part) && !by.takes_turns_with(one.by);
            let Some(closing) = closings.into_iter().find(refuses) else {
                continue;
            };
            let message = format!(
                "`{}` cannot be placed within `{}`, which names its members and ends there",
                self.set.categories[part.at()].name,
                self.set.categories[whole.at()].name,
            );
            let named = closing.span;
            let diagnostic = self.report(Code::ClosedCategory, span, message);
            let label = "the members are named here".to_owned();
            diagnostic.related.push((named, label));
            diagnostic.help = Some("add it there, or open the list with `such as`".to_owned());
        }
    }

    /// Gives every placement by the text of a rule the time of that text, for those who know of the acts
    /// that changed it and for those who did not.
    pub(super) fn date_members(&mut self) {
        for category in &mut self.set.categories {
            category.placed.clear();
        }
        self.place_counted();
        let placed = std::mem::take(&mut self.placed);
        let rules: BTreeSet<RuleId> = placed.iter().map(|one| one.rule).collect();
        for rule in rules {
            let own: Vec<&DatedMember<'_>> = placed.iter().filter(|one| one.rule == rule).collect();
            let changes = self.known_amendments(Target::Rule(rule)).into_iter();
            let changes = changes.filter(|(_, one)| one.slots().contains("such as"));
            let changes: Vec<Change<'_>> = changes
                .map(|(_, one)| Change {
                    statement: one.statement,
                    from: one.life.certain,
                    published: one.published,
                })
                .collect();
            let news = changes.iter().map(|one| one.published).chain([i64::MIN]);
            let news: BTreeSet<i64> = news.collect();
            let mut ledger = Ledger::new();
            for day in news {
                let known = changes.iter().filter(|one| one.published <= day);
                let known: Vec<&Change<'_>> = known.collect();
                let placements = own.iter().filter_map(|one| one.placement(&known));
                ledger.enter(day, placements.collect());
            }
            for ((part, placement), known) in ledger.rows() {
                let placement = Placement { known, ..placement };
                self.set.categories[part.at()].place(placement);
            }
        }
    }

    /// Reports each circle once and cuts it, so that what follows need not care.
    pub(super) fn refuse_circles(&mut self, named: &BTreeMap<String, Span>) {
        let count = self.set.categories.len();
        let wholes = self.set.categories.iter().map(Category::wholes);
        let mut wholes: Vec<Vec<CategoryId>> = wholes.collect();
        let mut done = vec![false; count];
        for start in 0..count {
            let mut path = vec![(start, 0)];
            while let Some(&mut (at, ref mut next)) = path.last_mut() {
                let Some(&whole) = wholes[at].get(*next) else {
                    done[at] = true;
                    path.pop();
                    continue;
                };
                *next += 1;
                if let Some(from) = path.iter().position(|&(one, _)| one == whole.at()) {
                    let names = path[from..]
                        .iter()
                        .map(|&(one, _)| self.set.categories[one].name.clone());
                    let names: Vec<String> = names.collect();
                    self.report_circle(&names, named);
                    wholes[at].retain(|&one| one != whole);
                    self.set.categories[at].leave(whole);
                    *path.last_mut().unwrap_or(&mut (at, 0)) = (at, 0);
                } else if !done[whole.at()] {
                    path.push((whole.at(), 0));
                }
            }
        }
    }

    fn report_circle(&mut self, names: &[String], named: &BTreeMap<String, Span>) {
        let span = names.iter().find_map(|name| named.get(name.as_str()));
        let first = names.first().cloned().unwrap_or_default();
        let way = names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(" within ");
        let message = format!("categories lie within themselves: {way} within `{first}`");
        let span = span.copied().unwrap_or_default();
        self.report(Code::Cycle, span, message).help =
            Some("take one of them out of the circle".to_owned());
    }
}

/// The categories that a clause places, and whether it closes the list.
fn members_of(clause: &Clause) -> Option<(&[Name], bool)> {
    match &clause.kind {
        ClauseKind::Within(names) | ClauseKind::SuchAs(names) => Some((names, false)),
        ClauseKind::Namely(names) => Some((names, true)),
        _ => None,
    }
}
