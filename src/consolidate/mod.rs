//! The text in force at an instant, as policy.
//!
//! In: the files of a policy set, its model and an instant. Out: every file with its rules and
//! exceptions as they stand then, amended clauses in their places, without what is not in force and
//! without the acts themselves, which are named in comments. Guarantee: the text compiles, and at that
//! instant it decides what the whole set decides.

mod rule;
mod scope;

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::{Clause, ClauseKind, File, Head, Name, Statement};
use crate::format::format;
use crate::model::{CategoryId, Event, Exception, Knowledge, Life, PolicySet, Rule, What};
use crate::parse::{is_bare_name, parse};
use crate::source::{Sources, Span};
use crate::vocabulary::all_clauses;

/// A policy set as it stands at an instant.
#[derive(Debug, Clone)]
pub struct Consolidation {
    /// Names and texts, in the canonical layout.
    pub files: Vec<(String, String)>,
    /// Every rule, in force or not.
    pub rules: Vec<RuleText>,
}

/// A rule as it stands at an instant.
#[derive(Debug, Clone)]
pub struct RuleText {
    /// `policy/id`.
    pub id: String,
    /// Whether it is in force, or may be.
    pub in_force: bool,
    /// The header of its policy, its text and its exceptions; or why it is not in force, in a comment.
    pub text: String,
}

/// Consolidates a policy set as of an instant, in seconds since 1970.
pub fn consolidate(files: &[File], set: &PolicySet, sources: &Sources, at: i64) -> Consolidation {
    let consolidator = Consolidator::new(files, set, sources, at);
    let texts = files.iter().enumerate().map(|(place, file)| {
        let name = sources.file(file.id).map(|source| source.name.clone());
        let text = laid_out(&consolidator.file(place, file));
        (name.unwrap_or_default(), text)
    });
    Consolidation {
        files: texts.collect(),
        rules: consolidator.rules(),
    }
}

/// A text in the canonical layout.
fn laid_out(text: &str) -> String {
    let sources = Sources::from_texts([("consolidated.policy", text)]);
    let source = &sources.files()[0];
    format(&parse(source).0, source)
}

struct Consolidator<'a> {
    files: &'a [File],
    set: &'a PolicySet,
    sources: &'a Sources,
    at: i64,
    clauses: BTreeMap<Span, &'a Clause>,
    /// The row of each rule that is in force, by its statement.
    rules: BTreeMap<Span, &'a Rule>,
    /// The row of each exception that is in force, by its id.
    exceptions: BTreeMap<&'a str, &'a Exception>,
    /// What acts did, by the statement.
    amendments: Vec<&'a Event>,
}

impl<'a> Consolidator<'a> {
    fn new(files: &'a [File], set: &'a PolicySet, sources: &'a Sources, at: i64) -> Self {
        let statements = files.iter().flat_map(|file| &file.statements);
        let clauses = statements.flat_map(|statement| &statement.clauses);
        let stands = |life: &Life, known: Knowledge| {
            life.possible.min(life.certain) <= at && at < life.until && known.is_todays()
        };
        let rules = set.rules.iter().filter(|one| stands(&one.life, one.known));
        let exceptions = set.exceptions.iter();
        let exceptions =
            exceptions.filter(|one| !one.of_text && one.is_stated && stands(&one.life, one.known));
        let events = set.records.iter().flat_map(|record| &record.events);
        Consolidator {
            files,
            set,
            sources,
            at,
            clauses: clauses.map(|clause| (clause.span, clause)).collect(),
            rules: rules.map(|rule| (rule.span, rule)).collect(),
            exceptions: exceptions.map(|one| (one.id.as_str(), one)).collect(),
            amendments: events
                .filter(|event| matches!(event.what, What::Amended(_)) && event.at <= at)
                .collect(),
        }
    }

    /// The text of one file, in any layout.
    fn file(&self, place: usize, file: &'a File) -> String {
        let stripped = self.must_say_scope(file);
        let mut parts = Vec::new();
        for statement in &file.statements {
            match &statement.head {
                Head::Policy(_) => parts.push(self.header(statement, stripped)),
                Head::Rule(..) | Head::Extend(..) => {
                    parts.push(self.rule(file, statement, stripped));
                }
                Head::Exception(name, _) => parts.extend(self.exception(file, statement, name)),
                Head::Category(name) => parts.push(self.category(statement, name)),
                Head::Suspend(_) if self.may_be_over(statement) => {
                    parts.push(self.slice(statement.span).to_owned());
                }
                Head::Amend(_)
                | Head::Suspend(_)
                | Head::Repeal(_)
                | Head::Reaffirm(_)
                | Head::Test(_) => {}
                _ => parts.push(self.slice(statement.span).to_owned()),
            }
        }
        if place == 0 {
            parts.extend(self.undefined_categories());
        }
        parts.join("\n\n")
    }

    /// Whether nobody knows if a suspension is over: then it stays in the text.
    fn may_be_over(&self, statement: &Statement) -> bool {
        let records = self.set.records.iter().filter(|record| {
            let mut events = record.events.iter();
            events.any(|event| event.what == What::Suspended && event.span == statement.span)
        });
        let uncertain = |life: &Life| life.possible <= self.at && self.at < life.certain;
        records.into_iter().any(|record| {
            let mut rules = self.rules.values();
            let rule = rules.any(|rule| rule.id == record.id && uncertain(&rule.life));
            let exception = self.exceptions.get(record.id.as_str());
            rule || exception.is_some_and(|one| uncertain(&one.life))
        })
    }

    /// Every rule by itself, with its exceptions.
    fn rules(&self) -> Vec<RuleText> {
        let mut texts = Vec::new();
        for file in self.files {
            for statement in &file.statements {
                if !matches!(statement.head, Head::Rule(..) | Head::Extend(..)) {
                    continue;
                }
                let Some(any) = self
                    .set
                    .rules
                    .iter()
                    .find(|rule| rule.span == statement.span)
                else {
                    continue;
                };
                let stripped = self.must_say_scope(file);
                let header = file.statements.first();
                let header = header.filter(|one| matches!(one.head, Head::Policy(_)));
                let header = header.map(|header| self.header(header, stripped));
                let mut parts: Vec<String> = header.into_iter().collect();
                parts.push(self.rule(file, statement, stripped));
                parts.extend(self.exceptions_of(&any.id));
                texts.push(RuleText {
                    id: any.id.clone(),
                    in_force: self.rules.contains_key(&statement.span),
                    text: laid_out(&parts.join("\n\n")),
                });
            }
        }
        texts.sort_by(|a, b| a.id.cmp(&b.id));
        texts
    }

    // ------------------------------------------------------------------------- categories

    /// A category, with the members that rules which are not in force give it for good.
    fn category(&self, statement: &Statement, name: &Name) -> String {
        let mut missing = self
            .missing_members()
            .remove(&name.value)
            .unwrap_or_default();
        let mut text = self.slice(statement.head_span).to_owned();
        for clause in &statement.clauses {
            text += &format!("\n  {}", self.slice(clause.span));
            if let ClauseKind::SuchAs(_) = clause.kind {
                for member in std::mem::take(&mut missing) {
                    text += &format!(", {member}");
                }
            }
        }
        if !missing.is_empty() {
            text += &format!("\n  such as {}", missing.join(", "));
        }
        text
    }

    /// Categories that no statement defines, and that rules which are not in force give members.
    fn undefined_categories(&self) -> Vec<String> {
        let statements = self.files.iter().flat_map(|file| &file.statements);
        let defined: BTreeSet<&str> = statements
            .filter_map(|statement| match &statement.head {
                Head::Category(name) => Some(name.value.as_str()),
                _ => None,
            })
            .collect();
        let missing = self.missing_members().into_iter();
        let missing = missing.filter(|(whole, _)| !defined.contains(whole.as_str()));
        missing
            .map(|(whole, members)| {
                let whole = as_written(&whole);
                format!("category {whole}\n  such as {}", members.join(", "))
            })
            .collect()
    }

    /// The members of each category that no statement names that stays.
    fn missing_members(&self) -> BTreeMap<String, Vec<String>> {
        let named = self.named_members();
        let name = |id: CategoryId| self.set.categories[id.at()].name.clone();
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for category in &self.set.categories {
            let placed = category.placed.iter();
            let placed = placed
                .filter(|one| one.from <= self.at && self.at < one.until && one.known.is_todays());
            let wholes = category.within.iter().copied();
            for whole in wholes.chain(placed.map(|one| one.whole)).map(name) {
                if !named.contains(&(category.name.clone(), whole.clone())) {
                    let members = missing.entry(whole).or_default();
                    members.push(as_written(&category.name));
                }
            }
        }
        missing
    }

    /// Part and whole, wherever a statement that stays says so.
    fn named_members(&self) -> BTreeSet<(String, String)> {
        let mut named = BTreeSet::new();
        for statement in self.files.iter().flat_map(|file| &file.statements) {
            let (whole, clauses): (&str, Vec<&Clause>) = match &statement.head {
                Head::Category(name) => (&name.value, statement.clauses.iter().collect()),
                Head::Rule(..) | Head::Extend(..) => {
                    let Some(rule) = self.rules.get(&statement.span) else {
                        continue;
                    };
                    let Some(whole) = rule.category().map(|one| &self.set.categories[one.at()])
                    else {
                        continue;
                    };
                    let clauses = rule.clauses.iter();
                    (
                        &whole.name,
                        clauses
                            .filter_map(|span| self.clauses.get(span).copied())
                            .collect(),
                    )
                }
                _ => continue,
            };
            for clause in clauses {
                match &clause.kind {
                    ClauseKind::Within(names) => {
                        named.extend(
                            names
                                .iter()
                                .map(|one| (whole.to_owned(), one.value.clone())),
                        );
                    }
                    ClauseKind::CountsAs(one) => {
                        named.insert((whole.to_owned(), one.whole.value.clone()));
                    }
                    ClauseKind::SuchAs(names) | ClauseKind::Namely(names) => {
                        named.extend(
                            names
                                .iter()
                                .map(|one| (one.value.clone(), whole.to_owned())),
                        );
                    }
                    _ => {}
                }
            }
        }
        named
    }

    // ------------------------------------------------------------------------------ words

    fn slice(&self, span: Span) -> &'a str {
        let source = self.sources.file(span.file);
        let text =
            source.and_then(|source| source.text.get(span.start as usize..span.end as usize));
        text.unwrap_or("")
    }

    fn place(&self, span: Span) -> String {
        let Some(source) = self.sources.file(span.file) else {
            return String::new();
        };
        format!("{}:{}", source.name, source.line_column(span.start).0)
    }

    fn events(&self, id: &str) -> impl Iterator<Item = &'a Event> {
        let place = self
            .set
            .records
            .binary_search_by(|one| one.id.as_str().cmp(id));
        let record = place.ok().map(|place| &self.set.records[place]);
        let at = self.at;
        record
            .into_iter()
            .flat_map(|record| &record.events)
            .filter(move |event| event.at <= at)
    }

    fn policy_name(&self, file: &File) -> &'a str {
        let policy = self
            .set
            .policies
            .iter()
            .find(|policy| policy.file == file.id);
        policy.map_or("", |policy| policy.name.as_str())
    }
}

/// A name as it may stand in a policy.
fn as_written(name: &str) -> String {
    match is_bare_name(name) {
        true => name.to_owned(),
        false => format!(
            "\"{}\"",
            name.replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n")
        ),
    }
}

/// The place of a clause in a statement that is well laid out: times, the id, where it binds, what it
/// asks; a `where` of the rule's own before those of penalties and readings.
fn rank(kind: &ClauseKind) -> usize {
    let words = kind.words();
    all_clauses()
        .position(|one| one == words)
        .unwrap_or(usize::MAX)
}
