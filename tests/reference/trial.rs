//! A policy and what is asked of it, in parts that can be left out one by one.

use std::fmt;

use interdict::source::Sources;
use serde_json::{Map, Value};

use crate::subject::View;

/// Files of policy, and items with instants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trial {
    /// Names and statements.
    pub(crate) files: Vec<(String, Vec<Statement>)>,
    pub(crate) probes: Vec<Probe>,
}

/// A head and its clauses.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) head: String,
    pub(crate) clauses: Vec<Clause>,
}

/// The words of a clause, and the condition that closes it.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub(crate) words: String,
    pub(crate) condition: Option<Condition>,
}

/// A condition as it is written.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Question(String),
    Not(Box<Condition>),
    /// `and` or `or` between two or more.
    Join(&'static str, Vec<Condition>),
}

/// An item, its paths in one piece, at an instant.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    pub(crate) item: Map<String, Value>,
    pub(crate) at: i64,
    /// By when something must have been published to be known.
    pub(crate) known_at: Option<i64>,
}

impl Probe {
    pub(crate) fn view(&self) -> View {
        View {
            at: self.at,
            known_at: self.known_at,
        }
    }
}

/// The list that policies may read.
pub(crate) const LIST: (&str, &str) = ("coins.txt", "token sale\nICO # a comment\n币\n");

impl Statement {
    pub(crate) fn new(head: impl Into<String>) -> Statement {
        Statement {
            head: head.into(),
            clauses: Vec::new(),
        }
    }

    pub(crate) fn say(&mut self, words: impl Into<String>) {
        let words = words.into();
        self.clauses.push(Clause {
            words,
            condition: None,
        });
    }

    pub(crate) fn ask(&mut self, words: impl Into<String>, condition: Condition) {
        self.clauses.push(Clause {
            words: words.into(),
            condition: Some(condition),
        });
    }
}

impl Trial {
    pub(crate) fn sources(&self) -> Sources {
        let texts = self.files.iter().map(|(name, statements)| {
            let text: String = statements.iter().map(Statement::to_string).collect();
            (name.clone(), text)
        });
        Sources::from_texts(texts.collect::<Vec<_>>()).with_list(LIST.0, LIST.1)
    }

    /// Takes out what the compiler refuses, until it refuses nothing; `false` if it goes on.
    pub(crate) fn mend(&mut self) -> bool {
        for _ in 0..20 {
            let sources = self.sources();
            let (_, _, diagnostics) = crate::support::checked(&sources);
            let errors = diagnostics
                .iter()
                .filter(|one| one.severity() == interdict::diagnostic::Severity::Error);
            let mut refused: Vec<(String, usize)> = errors
                .filter_map(|one| {
                    let file = sources.file(one.span.file)?;
                    Some((file.name.clone(), one.span.start as usize))
                })
                .collect();
            if refused.is_empty() {
                return true;
            }
            // From the back, so that places stay true; one part a round and place is enough.
            refused.sort();
            refused.dedup();
            for (name, at) in refused.into_iter().rev() {
                self.take_out(&name, at);
            }
        }
        false
    }

    /// Takes out the clause, or the statement, that stands at a place of a file.
    fn take_out(&mut self, name: &str, at: usize) {
        let Some((_, statements)) = self.files.iter_mut().find(|(one, _)| one == name) else {
            return;
        };
        let mut from = 0;
        for number in 0..statements.len() {
            let statement = &mut statements[number];
            let mut end = from + statement.head.len() + 1;
            if at < end {
                statements.remove(number);
                return;
            }
            for clause in 0..statement.clauses.len() {
                end += statement.clauses[clause].to_string().len() + 3;
                if at < end {
                    statement.clauses.remove(clause);
                    return;
                }
            }
            from = end;
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.head)?;
        self.clauses
            .iter()
            .try_for_each(|clause| writeln!(f, "  {clause}"))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.condition {
            Some(condition) => write!(f, "{} {condition}", self.words),
            None => write!(f, "{}", self.words),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Question(text) => write!(f, "{text}"),
            Condition::Not(one) => write!(f, "not ({one})"),
            Condition::Join(word, parts) => {
                let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
                write!(f, "{}", parts.join(&format!(" {word} ")))
            }
        }
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, statements) in &self.files {
            writeln!(f, "--- file {name}")?;
            statements.iter().try_for_each(|one| write!(f, "{one}"))?;
        }
        writeln!(f, "---")?;
        for probe in &self.probes {
            let as_of = probe.view().as_of();
            let mut record = serde_json::json!({"at": as_of.at.to_string(), "item": probe.item});
            if let Some(known_at) = as_of.known_at {
                record["known_at"] = known_at.to_string().into();
            }
            writeln!(f, "{record}")?;
        }
        Ok(())
    }
}
