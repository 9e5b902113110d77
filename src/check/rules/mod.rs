//! Rules: statements and extensions, as their text has them.
//!
//! A rule is built from its text, which is a list of clauses (see [`texts`](super::texts)): first as
//! it was stated, so that acts can be held against it, then once for every text that acts gave it.

mod clauses;
mod grounds;
mod ids;

use std::collections::BTreeMap;

use super::Checker;
use super::names::Kind;
use super::policies::values;
use super::texts::Text;
use super::time::ALWAYS;
use crate::ast::{self, Head, Name, Statement, Verdict};
use crate::diagnostic::Code;
use crate::fields::SELLER_PLACE;
use crate::model::{Knowledge, Life, Otherwise, Rule, RuleId, Scope, Subject, TermId};
pub(super) use ids::own_id;

/// The statement that makes a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) file: usize,
    pub(super) statement: &'a Statement,
    pub(super) subject: &'a ast::Subject,
    verdict: Verdict,
    /// The rule that it extends.
    pub(super) base: Option<RuleId>,
    /// The file whose header says where the rule binds if no clause does: that of the rule at the
    /// bottom of all extensions.
    root: usize,
}

impl<'a> Checker<'a> {
    /// Builds every rule as it was first stated; its place is its number.
    pub(super) fn define_rules(&mut self) {
        let mut rules = Vec::new();
        for (rule, origin) in self.origins.clone() {
            let texts = self.texts(rule);
            let mut built = self.rule(&origin, &texts[0]);
            built.life = self.life(origin.file, origin.statement, true);
            self.refuse_late_transitions(origin.file, origin.statement, &built.life);
            let published = self.publication(origin.statement, &built.life);
            self.published.insert(rule, published);
            built.since = self.set.binds_from(&built.life);
            built.effective.clone_from(&built.life.effective);
            self.refuse_claims(origin.statement, built.verdict);
            rules.push(built);
        }
        self.set.rules = rules;
    }

    /// Builds the further texts of every rule that acts have changed, and the first one anew where
    /// it takes over what had been amended before.
    pub(super) fn amend_rules(&mut self) {
        let lives = (0..).map(RuleId).zip(&self.set.rules);
        self.standing = lives.map(|(rule, row)| (rule, row.life.clone())).collect();
        for rule in self.origins.keys().copied().collect::<Vec<_>>() {
            let texts = self.texts(rule);
            let stated = self.set.rules[rule.at()].clone();
            let first = texts[0].clauses.iter().map(|(_, clause)| clause.span);
            if texts.len() == 1 && first.eq(stated.clauses.iter().copied()) {
                continue;
            }
            let (first, later) = self.built(rule, &stated.life, stated.since);
            self.set.rules[rule.at()] = first.unwrap_or(stated);
            self.later_texts.insert(rule, later);
        }
    }

    /// A rule as its first text has it, and each further text with the rule as that one has it.
    pub(super) fn built(
        &mut self,
        rule: RuleId,
        life: &Life,
        since: i64,
    ) -> (Option<Rule>, Vec<(Text<'a>, Rule)>) {
        let Some(origin) = self.origins.get(&rule).copied() else {
            return (None, Vec::new());
        };
        let texts = self.texts(rule);
        let mut built = texts.into_iter().map(|text| {
            let rule = Rule {
                life: life.clone(),
                since,
                effective: life.effective.clone(),
                ..self.rule(&origin, &text)
            };
            (text, rule)
        });
        let first = built.next().map(|(_, rule)| rule);
        (first, built.collect())
    }

    /// The first statement of every id, and the rule that it extends.
    pub(super) fn find_origins(&mut self) {
        let mut origins: BTreeMap<RuleId, Origin<'a>> = BTreeMap::new();
        for (file, statement) in self.statements() {
            let (verdict, subject, base) = match &statement.head {
                Head::Rule(verdict, subject) => (*verdict, subject, None),
                // Until the rule that it extends is known.
                Head::Extend(of, subject) => (Verdict::Review, subject, self.rule_id(file, of)),
                _ => continue,
            };
            let Some(rule) = self.own_rule(file, statement) else {
                continue;
            };
            origins.entry(rule).or_insert(Origin {
                file,
                statement,
                subject,
                verdict,
                base,
                root: file,
            });
        }
        let numbers: Vec<RuleId> = origins.keys().copied().collect();
        for &rule in &numbers {
            match root(rule, &origins) {
                Some(root) => {
                    let (verdict, file) = (origins[&root].verdict, origins[&root].file);
                    origins.entry(rule).and_modify(|origin| {
                        (origin.verdict, origin.root) = (verdict, file);
                    });
                }
                None => self.refuse_circular_extension(origins[&rule].statement),
            }
        }
        for rule in numbers {
            if root(rule, &origins).is_none() {
                origins.entry(rule).and_modify(|origin| origin.base = None);
            }
        }
        self.origins = origins;
    }

    fn refuse_circular_extension(&mut self, statement: &Statement) {
        let message = "this rule extends what extends it";
        self.report(Code::Cycle, statement.head_span, message).help =
            Some("one of them must extend a rule that stands by itself".to_owned());
    }

    /// A rule as a text has it, without its times and without what other statements say of it.
    fn rule(&mut self, origin: &Origin<'a>, text: &Text<'a>) -> Rule {
        let scope = self.home(origin.root);
        let (header, root) = (&self.headers[origin.file], &self.headers[origin.root]);
        let id = own_id(origin.statement).map_or(String::new(), |(id, _)| id);
        let mut rule = Rule {
            policy: header.policy,
            id: format!("{}/{id}", header.name),
            span: origin.statement.span,
            clauses: text.clauses.iter().map(|(_, clause)| clause.span).collect(),
            verdict: origin.verdict,
            layer: root.layer,
            absolute: false,
            subject: Subject::Anything,
            seller: None,
            scope,
            conditions: Vec::new(),
            duty: None,
            wordings: Vec::new(),
            life: ALWAYS,
            known: Knowledge::ALWAYS,
            since: i64::MIN,
            effective: String::new(),
            exceptions: Vec::new(),
            masks: Vec::new(),
            readings: Vec::new(),
            citations: Vec::new(),
            amended_by: Vec::new(),
            laws: Vec::new(),
            penalties: Vec::new(),
            messages: Vec::new(),
            appeal: None,
            dsa: None,
        };
        (rule.subject, rule.seller) = self.subject(origin.subject);
        for (file, clause) in &text.clauses {
            self.rule_clause(*file, clause, &mut rule);
        }
        for (file, clause) in &text.clauses {
            self.rival(*file, clause, &mut rule);
        }
        for &(target, number) in &text.amended_by {
            let act = self.act(target, number);
            rule.amended_by.extend(act);
        }
        if rule.verdict == Verdict::Require && rule.duty.is_none() {
            let message = "this `require` does not say what it requires";
            self.report(Code::MissingClause, origin.statement.head_span, message)
                .help = Some("add `to CONDITION` or `wording \"…\"`".to_owned());
        }
        rule
    }

    /// Where the rules of a file bind if they do not say.
    fn home(&mut self, file: usize) -> Scope {
        let header = &self.headers[file];
        let (platforms, places) = (values(&header.on), header.places.clone());
        let mut scope = Scope {
            platforms,
            ..Scope::default()
        };
        if !places.is_empty() {
            self.bind_place(&mut scope, SELLER_PLACE, &places);
        }
        scope
    }

    /// What policies say where none of their rules fires holds where their rules do.
    pub(super) fn place_otherwise(&mut self) {
        for (at, file) in self.files.iter().enumerate() {
            let mut policies = self.set.policies.iter();
            let of = policies.position(|one| one.file == file.id && one.otherwise.is_some());
            if let Some(of) = of {
                let scope = self.home(at);
                let otherwise = self.set.policies[of].otherwise.take();
                self.set.policies[of].otherwise = otherwise.map(|one| Otherwise { scope, ..one });
            }
        }
    }

    fn subject(&mut self, subject: &ast::Subject) -> (Subject, Option<String>) {
        let category = |name: &Name, exactly| Subject::Category {
            category: self.category(&name.value),
            exactly,
        };
        match subject {
            ast::Subject::Category(name) => (category(name, false), None),
            ast::Subject::Exactly(name) => (category(name, true), None),
            ast::Subject::Term(name) => {
                let number = self.resolve(Kind::Term, &name.value, name.span);
                let term = number.map(|number| Subject::Term(TermId(number)));
                (term.unwrap_or(Subject::Anything), None)
            }
            ast::Subject::Seller(name) => (Subject::Seller, Some(name.value.clone())),
            ast::Subject::Anything(_) => (Subject::Anything, None),
        }
    }
}

/// The rule at the bottom of a chain of extensions; `None` if the chain goes round.
fn root(rule: RuleId, origins: &BTreeMap<RuleId, Origin<'_>>) -> Option<RuleId> {
    let mut at = rule;
    for _ in 0..=origins.len() {
        match origins.get(&at)?.base {
            Some(base) => at = base,
            None => return Some(at),
        }
    }
    None
}
