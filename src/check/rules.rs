//! Rules and what widens, ends or replaces them.

use std::collections::BTreeMap;

use interdict_matcher::Folds;

use super::names::Kind;
use super::time::ALWAYS;
use super::{Checker, all};
use crate::ast::{self, Clause, ClauseKind, Head, Name, RuleRef, Statement, Verdict};
use crate::diagnostic::Code;
use crate::model::{
    Citation, Expr, LawId, Penalty, Reading, Rule, RuleId, Scope, SourceId, Subject,
};
use crate::source::Span;

impl<'a> Checker<'a> {
    pub(super) fn define_rules(&mut self) {
        self.number_rules();
        let mut rules: BTreeMap<RuleId, Rule> = BTreeMap::new();
        let mut waiting = Vec::new();
        for (file, statement) in self.statements() {
            match &statement.head {
                Head::Rule(verdict, subject) => {
                    let rule = self.rule(file, statement, *verdict, subject, None);
                    self.keep(&mut rules, rule);
                }
                Head::Extend(of, subject) => {
                    waiting.push((file, statement, self.rule_id(file, of), subject));
                }
                _ => {}
            }
        }
        // An extension may take over the clauses of another one, so that the order is theirs.
        while !waiting.is_empty() {
            let (ready, later): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|(_, _, base, _)| base.is_none_or(|base| rules.contains_key(&base)));
            if ready.is_empty() {
                self.refuse_circular_extensions(later, &mut rules);
                break;
            }
            for (file, statement, base, subject) in ready {
                let base = base.and_then(|base| rules.get(&base)).cloned();
                let verdict = base.as_ref().map_or(Verdict::Review, |base| base.verdict);
                let rule = self.rule(file, statement, verdict, subject, base);
                self.keep(&mut rules, rule);
            }
            waiting = later;
        }
        self.set.rules = rules.into_values().collect();
    }

    /// Every numbered id gets its row, the first of its name.
    fn keep(&self, rules: &mut BTreeMap<RuleId, Rule>, rule: Rule) {
        if let Some((number, _)) = self.rule_ids.get(&rule.id) {
            rules.entry(*number).or_insert(rule);
        }
    }

    fn refuse_circular_extensions(
        &mut self,
        circle: Vec<(usize, &'a Statement, Option<RuleId>, &'a ast::Subject)>,
        rules: &mut BTreeMap<RuleId, Rule>,
    ) {
        for (file, statement, _, subject) in circle {
            let message = "this rule extends what extends it";
            self.report(Code::Cycle, statement.head_span, message).help =
                Some("one of them must extend a rule that stands by itself".to_owned());
            let rule = self.rule(file, statement, Verdict::Review, subject, None);
            self.keep(rules, rule);
        }
    }

    /// Gives every rule its number: its place among the sorted ids.
    fn number_rules(&mut self) {
        let mut ids: BTreeMap<String, Span> = BTreeMap::new();
        for (file, statement) in self.statements() {
            let Some((id, span)) = own_id(statement) else {
                continue;
            };
            let full = format!("{}/{id}", self.headers[file].name);
            if let Some(&first) = ids.get(&full) {
                let message = format!("two rules have the id `{id}`");
                let diagnostic = self.report(Code::DuplicateId, span, message);
                diagnostic.related.push((first, "first here".to_owned()));
                diagnostic.help =
                    Some("give one of them an id of its own with `id NAME`".to_owned());
            } else {
                ids.insert(full, span);
            }
        }
        let numbered = ids.into_iter().zip(0..);
        self.rule_ids = numbered
            .map(|((id, span), number)| (id, (RuleId(number), span)))
            .collect();
    }

    /// The rule that `policy/id`, an id of the same policy, or an id that only one policy has, names.
    pub(super) fn rule_id(&mut self, file: usize, name: &RuleRef) -> Option<RuleId> {
        let own = format!("{}/{}", self.headers[file].name, name.value);
        if let Some((number, _)) = self
            .rule_ids
            .get(&name.value)
            .or_else(|| self.rule_ids.get(&own))
        {
            return Some(*number);
        }
        let suffix = format!("/{}", name.value);
        let found: Vec<_> = self
            .rule_ids
            .iter()
            .filter(|(id, _)| id.ends_with(&suffix))
            .collect();
        match found.as_slice() {
            [(_, (number, _))] => Some(*number),
            [] => {
                let known = self.rule_ids.keys().flat_map(|id| {
                    let short = id.split('/').nth(1).unwrap_or(id);
                    [short.to_owned(), id.clone()]
                });
                let known = known.collect();
                self.unknown(Code::UnknownRule, name.span, "rule", &name.value, known);
                None
            }
            several => {
                let ids = several
                    .iter()
                    .map(|(id, _)| format!("`{id}`"))
                    .collect::<Vec<_>>();
                let message = format!("several policies have a rule `{}`", name.value);
                let help = format!("say which: {}", ids.join(" or "));
                self.report(Code::AmbiguousRule, name.span, message).help = Some(help);
                None
            }
        }
    }

    fn rule(
        &mut self,
        file: usize,
        statement: &'a Statement,
        verdict: Verdict,
        subject: &ast::Subject,
        base: Option<Rule>,
    ) -> Rule {
        let header = self.headers[file].clone();
        let id = own_id(statement).map_or(String::new(), |(id, _)| id);
        let (subject, seller) = self.subject(subject);
        let life = self.life(file, statement, true);
        let mut rule = base.clone().unwrap_or_else(|| Rule {
            policy: header.policy,
            id: String::new(),
            span: statement.span,
            verdict,
            layer: header.layer,
            subject,
            seller: None,
            scope: Scope {
                platforms: values(&header.on),
                jurisdictions: values(&header.places),
                ..Scope::default()
            },
            conditions: Vec::new(),
            duty: None,
            life: ALWAYS,
            exceptions: Vec::new(),
            masks: Vec::new(),
            readings: Vec::new(),
            citations: Vec::new(),
            laws: Vec::new(),
            penalties: Vec::new(),
            messages: Vec::new(),
            appeal: None,
            dsa: None,
        });
        rule.policy = header.policy;
        rule.id = format!("{}/{id}", header.name);
        (rule.span, rule.subject, rule.seller, rule.life) = (statement.span, subject, seller, life);
        if base.is_some() {
            // An extension has grounds, readings and conditions of its own.
            rule.conditions.clear();
            rule.readings.clear();
            rule.citations.clear();
        }
        // What an extension says itself takes the place of what it would take over.
        for clause in &statement.clauses {
            match clause.kind {
                ClauseKind::Penalty(_) => rule.penalties.clear(),
                ClauseKind::Message { .. } => rule.messages.clear(),
                _ => {}
            }
        }
        for clause in &statement.clauses {
            self.rule_clause(file, clause, &mut rule);
        }
        self.read_rivals(file, statement, &mut rule);
        self.refuse_claims(statement, &rule);
        if verdict == Verdict::Require && rule.duty.is_none() {
            let message = "this `require` does not say what it requires";
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some("add `to CONDITION` or `wording \"…\"`".to_owned());
        }
        rule
    }

    fn subject(&mut self, subject: &ast::Subject) -> (Subject, Option<String>) {
        match subject {
            ast::Subject::Category(name) => (
                Subject::Category {
                    category: self.category(&name.value),
                    exactly: false,
                },
                None,
            ),
            ast::Subject::Exactly(name) => (
                Subject::Category {
                    category: self.category(&name.value),
                    exactly: true,
                },
                None,
            ),
            ast::Subject::Term(name) => {
                let number = self.resolve(Kind::Term, &name.value, name.span);
                (
                    number.map_or(Subject::Anything, |number| {
                        Subject::Term(crate::model::TermId(number))
                    }),
                    None,
                )
            }
            ast::Subject::Seller(name) => (Subject::Seller, Some(name.value.clone())),
            ast::Subject::Anything(_) => (Subject::Anything, None),
        }
    }

    fn rule_clause(&mut self, file: usize, clause: &Clause, rule: &mut Rule) {
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
            ClauseKind::From(citation) => self.cite(citation, rule),
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

    fn cite(&mut self, citation: &ast::Citation, rule: &mut Rule) {
        let name = &citation.source;
        let cited = |source| Citation {
            source,
            clause: citation.clause.as_ref().map(|clause| clause.value.clone()),
            quote: citation.quote.as_ref().map(|quote| quote.value.clone()),
        };
        if let Some(status) = self.claims.get(name.value.as_str()) {
            rule.citations
                .extend(status.sources.iter().map(|&source| cited(source)));
            self.mark_used(Kind::Claim, &name.value);
        } else if let Some(number) = self.resolve(Kind::Source, &name.value, name.span) {
            rule.citations.push(cited(SourceId(number)));
        }
    }

    fn read_rivals(&mut self, file: usize, statement: &Statement, rule: &mut Rule) {
        for clause in &statement.clauses {
            let ClauseKind::Reading {
                source,
                text,
                means,
                holds,
            } = &clause.kind
            else {
                continue;
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

    /// A claim that nobody confirmed, or that somebody denied, carries no rule.
    fn refuse_claims(&mut self, statement: &Statement, rule: &Rule) {
        if matches!(rule.verdict, Verdict::Allow | Verdict::Review) {
            return;
        }
        let mut claims: Vec<(&Name, bool)> = Vec::new();
        for clause in &statement.clauses {
            let ClauseKind::From(citation) = &clause.kind else {
                continue;
            };
            match self.claims.get(citation.source.value.as_str()) {
                Some(status) if status.confirmed => return,
                Some(status) => claims.push((&citation.source, status.denied)),
                None => return,
            }
        }
        let Some(&(name, denied)) = claims.first() else {
            return;
        };
        let state = if denied { "denied" } else { "not confirmed" };
        let message = format!(
            "this `{}` rests only on the claim `{}`, which is {state}",
            rule.verdict, name.value
        );
        self.report(Code::BanOnClaim, name.span, message).help = Some(
            "a claim decides nothing: cite a source that says the rule, or wait until the claim is confirmed".to_owned(),
        );
    }
}

/// The id that a rule or an extension gives itself, and where.
pub(super) fn own_id(statement: &Statement) -> Option<(String, Span)> {
    let given = statement
        .clauses
        .iter()
        .find_map(|clause| match &clause.kind {
            ClauseKind::Id(id) => Some((id.value.clone(), id.span)),
            _ => None,
        });
    let made = match &statement.head {
        Head::Rule(verdict, subject) => match subject {
            ast::Subject::Category(name)
            | ast::Subject::Exactly(name)
            | ast::Subject::Term(name)
            | ast::Subject::Seller(name) => {
                format!("{verdict}-{}", name.value)
            }
            ast::Subject::Anything(_) => format!("{verdict}-anything"),
        },
        Head::Extend(of, _) => format!("{}-extended", of.value.rsplit('/').next().unwrap_or("")),
        _ => return None,
    };
    given.or(Some((made, statement.head_span)))
}

fn values(names: &[Name]) -> Vec<String> {
    let mut values: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
    values.sort();
    values.dedup();
    values
}
