//! One rule, and its exceptions.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{Consolidator, as_written, rank};
use crate::ast::{Clause, ClauseKind, File, Head, Name, RuleRef, Statement, Subject};
use crate::model::{Event, Rule, What};
use crate::source::Span as Place;

impl<'a> Consolidator<'a> {
    /// A rule as it stands, with comments on the acts that made it so; or why it does not.
    pub(super) fn rule(&self, file: &File, statement: &Statement, says_scope: bool) -> String {
        let Some(rule) = self.rules.get(&statement.span) else {
            let any = self
                .set
                .rules
                .iter()
                .find(|rule| rule.span == statement.span);
            return any.map_or(String::new(), |rule| {
                self.absence(&rule.id, &rule.effective)
            });
        };
        let mut text = self.account(&rule.id);
        for clause in &statement.clauses {
            if let ClauseKind::Supersedes { rule, .. } = &clause.kind {
                text += &format!("# took the place of {}\n", rule.value);
            }
        }
        text += &self.head(statement, rule);
        let mut clauses = self.clauses_of(&rule.clauses);
        clauses.retain(|clause| self.stays(file, &clause.kind));
        let has = |words: &str| clauses.iter().any(|clause| clause.kind.words() == words);
        let mut extra = self.scope_of(file, rule, says_scope, &has);
        if !has("id") && matches!(statement.head, Head::Extend(..)) {
            let id = rule.id.rsplit('/').next().unwrap_or("");
            extra.push(format!("id {}", as_written(id)));
        }
        let times = clauses.iter().take_while(|clause| clause.kind.is_time());
        let times = times.count();
        for clause in &clauses[..times] {
            text += &self.line(file, clause, rule.since);
        }
        for clause in extra {
            text += &format!("\n  {clause}");
        }
        for clause in &clauses[times..] {
            text += &self.line(file, clause, rule.since);
        }
        text
    }

    /// The head of a rule; an extension stands by itself.
    fn head(&self, statement: &Statement, rule: &Rule) -> String {
        let Head::Extend(_, subject) = &statement.head else {
            return self.slice(statement.head_span).to_owned();
        };
        let subject = match subject {
            Subject::Category(name) => format!("category {}", self.slice(name.span)),
            Subject::Exactly(name) => format!("exactly category {}", self.slice(name.span)),
            Subject::Term(name) => format!("term {}", self.slice(name.span)),
            Subject::Seller(name) => format!("seller {}", self.slice(name.span)),
            Subject::Anything(_) => "anything".to_owned(),
        };
        format!("{} {subject}", rule.verdict)
    }

    /// The clauses of a text, well laid out.
    fn clauses_of(&self, spans: &[Place]) -> Vec<&'a Clause> {
        let clauses = spans
            .iter()
            .filter_map(|span| self.clauses.get(span).copied());
        let mut clauses: Vec<&Clause> = clauses.collect();
        clauses.sort_by_key(|clause| rank(&clause.kind));
        clauses
    }

    /// Whether a clause has a meaning of its own in the text in force.
    fn stays(&self, file: &File, kind: &ClauseKind) -> bool {
        match kind {
            ClauseKind::Example(_) | ClauseKind::Supersedes { .. } => false,
            ClauseKind::Overrides(rule) => self.is_in_force(file, rule),
            _ => true,
        }
    }

    fn is_in_force(&self, file: &File, of: &RuleRef) -> bool {
        let own = format!("{}/{}", self.policy_name(file), of.value);
        let in_force = || self.rules.values().map(|rule| rule.id.as_str());
        let any = |id: &str| self.set.rules.iter().any(|rule| rule.id == id);
        for id in [of.value.as_str(), own.as_str()] {
            if any(id) {
                return in_force().any(|one| one == id);
            }
        }
        let suffix = format!("/{}", of.value);
        in_force().any(|one| one.ends_with(&suffix))
    }

    /// A clause on a line of its own; where an act after the start put it, with its day.
    fn line(&self, file: &File, clause: &Clause, start: i64) -> String {
        let text = self.slice(clause.span);
        let within = |event: &&&Event| {
            let (outer, inner) = (event.span, clause.span);
            outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
        };
        match self.amendments.iter().find(within) {
            // What lasts from an act on cannot be said of the rule's own start.
            Some(event) if matches!(clause.kind, ClauseKind::Lasting(_)) => {
                format!(
                    "\n  before {}  # since {}",
                    self.end_of(file, clause, event),
                    event.when
                )
            }
            Some(event) if event.at > start => format!("\n  {text}  # since {}", event.when),
            _ => format!("\n  {text}"),
        }
    }

    /// When something is over that lasts for some days from an act on.
    fn end_of(&self, file: &File, clause: &Clause, event: &Event) -> String {
        let ClauseKind::Lasting(days) = &clause.kind else {
            return String::new();
        };
        let mut policies = self.set.policies.iter();
        let policy = policies.find(|policy| policy.file == file.id);
        let zone = policy.and_then(|policy| TimeZone::get(&policy.zone).ok());
        let zone = zone.unwrap_or(TimeZone::UTC);
        let start = Timestamp::from_second(event.at).unwrap_or_default();
        let end = zone
            .to_datetime(start)
            .checked_add(Span::new().days(i64::from(days.value)));
        let end = end.unwrap_or(DateTime::MAX);
        match end.time() == Time::midnight() {
            true => end.date().to_string(),
            false => end.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        }
    }

    /// What acts did to something, a comment a line.
    fn account(&self, id: &str) -> String {
        let told = |event: &&Event| {
            matches!(
                event.what,
                What::Amended(_) | What::Suspended | What::Resumed | What::Reaffirmed
            )
        };
        let lines = self.events(id).filter(told).map(|event| {
            let sources = match event.sources.as_slice() {
                [] => String::new(),
                sources => format!(", from {}", sources.join(", ")),
            };
            let (when, place) = (&event.when, self.place(event.span));
            format!("# {when} {} ({place}{sources})\n", event.what)
        });
        lines.collect()
    }

    /// Why something is not in force, as a comment.
    fn absence(&self, id: &str, effective: &str) -> String {
        let ends = |event: &&Event| {
            matches!(
                event.what,
                What::Repealed | What::Superseded(_) | What::Ended | What::Suspended
            )
        };
        match self.events(id).filter(ends).last() {
            Some(event) => format!("# {id} is not in force: {} {}", event.what, event.when),
            None => match effective.starts_with(|c: char| c.is_ascii_digit()) {
                true => format!("# {id} is not in force yet: effective {effective}"),
                false => format!("# {id} is not in force yet: {effective}"),
            },
        }
    }

    /// An exception as it stands, if it and what it lifts are in force.
    pub(super) fn exception(
        &self,
        file: &File,
        statement: &Statement,
        name: &Name,
    ) -> Option<String> {
        let id = format!("{}/{}", self.policy_name(file), name.value);
        let Some(exception) = self.exceptions.get(id.as_str()) else {
            let mut any = self.set.exceptions.iter();
            let effective = any.find(|one| one.id == id).map(|one| &one.life.effective);
            return Some(self.absence(&id, effective.map_or("", String::as_str)));
        };
        if !self.lifts_something(&id) {
            return None;
        }
        let mut text = self.account(&id) + &self.exception_head(file, statement);
        for clause in self.clauses_of(&exception.clauses) {
            if self.stays(file, &clause.kind) {
                text += &self.line(file, clause, i64::MIN);
            }
        }
        Some(text)
    }

    /// The head of an exception, which names only what is in force.
    fn exception_head(&self, file: &File, statement: &Statement) -> String {
        let Head::Exception(name, lifts) = &statement.head else {
            return String::new();
        };
        let lifts = lifts.iter().filter(|of| self.is_lifted(file, of));
        let lifts: Vec<&str> = lifts.map(|of| self.slice(of.span)).collect();
        let name = self.slice(name.span);
        format!("exception {name} to {}", lifts.join(", "))
    }

    /// Whether something that an exception names is there to be lifted.
    fn is_lifted(&self, file: &File, of: &RuleRef) -> bool {
        let own = format!("{}/{}", self.policy_name(file), of.value);
        let is_own = |id: &&str| **id == of.value || **id == own;
        let every = || self.set.exceptions.iter().filter(|one| one.is_stated);
        let exception = every().map(|one| one.id.as_str()).find(|id| is_own(id));
        let suffix = format!("/{}", of.value);
        let is_rule = self
            .set
            .rules
            .iter()
            .any(|rule| rule.id == of.value || rule.id == own || rule.id.ends_with(&suffix));
        let elsewhere = || {
            let mut ids = every().map(|one| one.id.as_str());
            ids.find(|id| !is_rule && id.ends_with(&suffix))
        };
        match exception.or_else(elsewhere) {
            Some(id) => self.exceptions.contains_key(id) && self.lifts_something(id),
            None => self.is_in_force(file, of),
        }
    }

    /// Whether something that an exception lifts is in force, and so on down to a rule.
    fn lifts_something(&self, id: &str) -> bool {
        let (mut next, mut ids) = (0, vec![id]);
        while let Some(&id) = ids.get(next) {
            next += 1;
            let lifts = |exceptions: &[crate::model::ExceptionId]| {
                let mut lifting = exceptions
                    .iter()
                    .map(|one| &self.set.exceptions[one.at()].id);
                lifting.any(|one| *one == id)
            };
            if self.rules.values().any(|rule| lifts(&rule.exceptions)) {
                return true;
            }
            for (lifted, one) in &self.exceptions {
                if lifts(&one.exceptions) && !ids.contains(lifted) {
                    ids.push(lifted);
                }
            }
        }
        false
    }

    /// The exceptions that lift a rule, and those that lift them.
    pub(super) fn exceptions_of(&self, rule: &str) -> Vec<String> {
        let mut wanted = vec![rule.to_owned()];
        let mut next = 0;
        while let Some(id) = wanted.get(next).cloned() {
            next += 1;
            let rules = self.rules.values().filter(|rule| rule.id == id);
            let lifting = rules.flat_map(|rule| &rule.exceptions);
            let exceptions = self.exceptions.get(id.as_str()).into_iter();
            let lifting = lifting.chain(exceptions.flat_map(|one| &one.exceptions));
            for exception in lifting {
                let id = &self.set.exceptions[exception.at()].id;
                if !wanted.contains(id) {
                    wanted.push(id.clone());
                }
            }
        }
        let mut texts = Vec::new();
        for file in self.files {
            for statement in &file.statements {
                if let Head::Exception(name, _) = &statement.head
                    && wanted.contains(&format!("{}/{}", self.policy_name(file), name.value))
                {
                    texts.extend(self.exception(file, statement, name));
                }
            }
        }
        texts
    }
}
