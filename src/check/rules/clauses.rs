//! Clauses of a text → the fields of a rule.

use interdict_matcher::Folds;

use crate::ast::{self, Clause, ClauseKind, Name};
use crate::check::names::Kind;
use crate::check::policies::values;
use crate::check::{Checker, all};
use crate::fields::SELLER_PLACE;
use crate::model::{Expr, FieldId, LawId, Penalty, Place, Reading, Rule, Scope, Wording};

impl Checker<'_> {
    /// Where something binds, in place of what it said of that before. The name of a list stands
    /// for what the list holds, and for itself.
    pub(super) fn bind_place(&mut self, scope: &mut Scope, path: &str, written: &[Name]) {
        let field = self
            .set
            .fields
            .partition_point(|field| field.path.as_str() < path);
        let field = FieldId(u32::try_from(field).unwrap_or(u32::MAX));
        let (named, mut lists) = (values(written), Vec::new());
        let mut names = named.clone();
        for name in written {
            if self.values.contains_key(name.value.as_str()) {
                self.mark_used(Kind::List, &name.value);
                match self.listed(field, &name.value) {
                    Expr::Is(_, values) => names.extend(values),
                    Expr::Member(group) => lists.push(group),
                    _ => {}
                }
            }
        }
        scope.places.retain(|place| place.field != field);
        scope.places.push(Place {
            field,
            written: named,
            names,
            lists,
        });
    }

    pub(super) fn rule_clause(&mut self, file: usize, clause: &Clause, rule: &mut Rule) {
        match &clause.kind {
            ClauseKind::On(names) => rule.scope.platforms = values(names),
            ClauseKind::Via(names) => rule.scope.channels = values(names),
            ClauseKind::In(names) => self.bind_place(&mut rule.scope, SELLER_PLACE, names),
            ClauseKind::Targeting(names) => self.bind_place(&mut rule.scope, "market", names),
            ClauseKind::Originating(names) => self.bind_place(&mut rule.scope, "origin", names),
            ClauseKind::Destined(names) => self.bind_place(&mut rule.scope, "destination", names),
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
            ClauseKind::Wording { fields, texts } => self.wording(fields, texts, rule),
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

    /// A text that must appear: any of several, in any text field or in those that are named.
    fn wording(&mut self, paths: &[ast::Path], texts: &[ast::Text], rule: &mut Rule) {
        let fields = self.text_fields(paths);
        let mentions = texts.iter().filter_map(|text| {
            let term = self.inline_term(&text.value, Folds::FOLD, text.span)?;
            Some(Expr::Mentions {
                term,
                fields: fields.clone(),
                near: None,
                dress: ast::Dress::Any,
            })
        });
        let holds = Expr::Or(mentions.collect());
        let duty = rule.duty.take().into_iter().chain([holds.clone()]);
        rule.duty = Some(all(duty.collect()));
        rule.wordings.push(Wording {
            texts: texts.iter().map(|text| text.value.clone()).collect(),
            fields,
            holds,
        });
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
