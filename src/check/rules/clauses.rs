//! Clauses of a text → the fields of a rule.

use interdict_matcher::Folds;

use super::values;
use crate::ast::{self, Clause, ClauseKind};
use crate::check::names::Kind;
use crate::check::{Checker, all};
use crate::model::{Expr, LawId, Penalty, Reading, Rule};

impl Checker<'_> {
    pub(super) fn rule_clause(&mut self, file: usize, clause: &Clause, rule: &mut Rule) {
        match &clause.kind {
            ClauseKind::On(names) => rule.scope.platforms = values(names),
            ClauseKind::Via(names) => rule.scope.channels = values(names),
            ClauseKind::In(names) => rule.scope.jurisdictions = values(names),
            ClauseKind::Targeting(names) => rule.scope.markets = values(names),
            ClauseKind::ForMembers { negated, groups } => {
                let groups = groups
                    .iter()
                    .filter_map(|group| self.group(group))
                    .collect();
                rule.scope.groups.push((*negated, groups));
            }
            ClauseKind::Where(condition) => {
                let condition = self.condition(file, condition);
                rule.conditions.push(condition);
            }
            ClauseKind::To(condition) => {
                let condition = self.condition(file, condition);
                rule.duty = Some(all(rule
                    .duty
                    .take()
                    .into_iter()
                    .chain([condition])
                    .collect()));
            }
            ClauseKind::Wording(texts) => {
                let wordings = texts.iter().filter_map(|text| {
                    let term = self.inline_term(&text.value, Folds::FOLD, text.span)?;
                    let dress = ast::Dress::Any;
                    Some(Expr::Mentions {
                        term,
                        fields: Vec::new(),
                        near: None,
                        dress,
                    })
                });
                let wording = Expr::Or(wordings.collect());
                rule.duty = Some(all(rule.duty.take().into_iter().chain([wording]).collect()));
            }
            ClauseKind::ExceptCategory(_)
            | ClauseKind::ExceptWhen(_)
            | ClauseKind::ExceptSeller(_)
            | ClauseKind::Comply(_) => {
                let exception = self.except_clause(file, clause, &rule.id);
                rule.exceptions.extend(exception);
            }
            ClauseKind::ExceptPhrase(texts) => {
                rule.masks
                    .extend(texts.iter().map(|text| text.value.clone()));
            }
            ClauseKind::Under(laws) => {
                for law in laws {
                    rule.laws
                        .extend(self.resolve(Kind::Law, &law.value, law.span).map(LawId));
                }
            }
            ClauseKind::From(citation) => {
                let cited = self.cite(citation);
                rule.citations.extend(cited);
            }
            ClauseKind::Penalty(penalty) => {
                let holds = penalty.holds.as_ref();
                let holds = holds.map_or(Expr::True, |condition| self.condition(file, condition));
                rule.penalties.push(Penalty {
                    name: penalty.name.value.clone(),
                    points: penalty.points.map(|points| points.value),
                    days: penalty.days.map(|days| days.value),
                    holds,
                });
            }
            ClauseKind::Absolute => rule.absolute = true,
            ClauseKind::Layer(layer) => rule.layer = *layer,
            ClauseKind::Message { language, text } => {
                rule.messages
                    .push((language.value.clone(), text.value.clone()));
            }
            ClauseKind::Appeal(text) => rule.appeal = Some(text.value.clone()),
            ClauseKind::Dsa { category, keyword } => {
                rule.dsa = Some((category.value.clone(), keyword.value.clone()));
            }
            _ => {}
        }
    }

    pub(super) fn rival(&mut self, file: usize, clause: &Clause, rule: &mut Rule) {
        let ClauseKind::Reading {
            source,
            text,
            means,
            holds,
        } = &clause.kind
        else {
            return;
        };
        self.resolve(Kind::Source, &source.value, source.span);
        let holds = holds
            .as_ref()
            .map(|condition| self.condition(file, condition));
        let text = format!("{}: \"{}\" means {means}", source.value, text.value);
        // Without a condition of its own, a rival reading leaves out the rule's further ones.
        let holds = holds.unwrap_or_else(|| rule.subject_condition());
        rule.readings.push(Reading {
            text,
            means: *means,
            holds,
        });
    }
}
