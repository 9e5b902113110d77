//! What somebody knew: the statements that had been published by then, as a policy set of their own.
//!
//! A rule that was not published stays as a rule that never begins, so that other statements may name
//! it; an act or an exception that was not is left out; an event that nobody had heard of has not
//! happened; and of a calendar there are the windows that had been announced.

use std::collections::{BTreeMap, BTreeSet};

use interdict::ast::*;
use interdict::moment::Moment;
use interdict::source::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// What must be looked up to tell what was known.
struct Library<'a> {
    files: &'a [File],
    zones: Vec<TimeZone>,
    sources: BTreeMap<&'a str, i64>,
    /// From when each event is known, and by when it has happened.
    events: BTreeMap<&'a str, (i64, i64)>,
    known_at: i64,
}

/// The files as somebody could read them who knew what was published by an instant.
pub(crate) fn as_known(files: &[File], known_at: i64) -> Vec<File> {
    let mut library = Library {
        files,
        zones: files.iter().map(zone).collect(),
        sources: BTreeMap::new(),
        events: BTreeMap::new(),
        known_at,
    };
    library.read();
    let unknown_rules = library.unknown_rules();
    let unknown_exceptions = library.unknown_exceptions();
    let unknown = Unknown {
        rules: &unknown_rules,
        exceptions: &unknown_exceptions,
    };
    let known = files.iter().zip(0..).map(|(file, number)| File {
        statements: file
            .statements
            .iter()
            .filter_map(|one| library.known(number, one, &unknown))
            .collect(),
        ..file.clone()
    });
    known.collect()
}

/// What nobody knew of yet, by name.
struct Unknown<'u> {
    rules: &'u BTreeSet<String>,
    exceptions: &'u BTreeSet<String>,
}

fn zone(file: &File) -> TimeZone {
    let clauses = file.statements.iter().take(1).flat_map(|one| &one.clauses);
    let mut named = clauses.filter_map(|clause| match &clause.kind {
        ClauseKind::Zone(name) => TimeZoneDatabase::bundled().get(&name.value).ok(),
        _ => None,
    });
    named.next_back().unwrap_or(TimeZone::UTC)
}

/// The id of a rule, or the name of an exception.
fn id_of(statement: &Statement) -> Option<String> {
    let made = match &statement.head {
        Head::Exception(name, _) => return Some(name.value.clone()),
        Head::Rule(verdict, subject) => match subject {
            Subject::Category(name)
            | Subject::Exactly(name)
            | Subject::Term(name)
            | Subject::Seller(name) => format!("{verdict}-{}", name.value),
            Subject::Anything(_) => format!("{verdict}-anything"),
        },
        Head::Extend(of, _) => format!("{}-extended", last_part(&of.value)),
        _ => return None,
    };
    let mut clauses = statement.clauses.iter();
    let given = clauses.find_map(|clause| match &clause.kind {
        ClauseKind::Id(id) => Some(id.value.clone()),
        _ => None,
    });
    given.or(Some(made))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

impl<'a> Library<'a> {
    fn statements(&self) -> Vec<(usize, &'a Statement)> {
        let files = self.files.iter().enumerate();
        files
            .flat_map(|(number, file)| file.statements.iter().map(move |one| (number, one)))
            .collect()
    }

    fn read(&mut self) {
        for (file, statement) in self.statements() {
            let zone = self.zones[file].clone();
            for clause in &statement.clauses {
                match (&statement.head, &clause.kind) {
                    (Head::Source(name, ..), ClauseKind::Dated(when)) => {
                        self.sources.insert(&name.value, when.value.start(&zone));
                    }
                    (Head::Event(name), kind) => {
                        let happened = match kind {
                            ClauseKind::On(days) => Moment::read(&days[0].value)
                                .ok()
                                .map(|day| day.start(&zone)),
                            kind => start(kind, &zone),
                        };
                        if let Some(at) = happened {
                            self.events.insert(&name.value, (at, at));
                        }
                    }
                    _ => {}
                }
            }
            if let Head::Event(name) = &statement.head {
                for clause in &statement.clauses {
                    if let (ClauseKind::Announced(when), Some(event)) =
                        (&clause.kind, self.events.get_mut(name.value.as_str()))
                    {
                        event.0 = when.value.start(&zone);
                    }
                }
            }
        }
    }

    /// From when a statement is known by itself.
    fn publication(&self, file: usize, statement: &Statement) -> i64 {
        let zone = &self.zones[file];
        let (mut announced, mut earliest) = (None, None::<i64>);
        for clause in &statement.clauses {
            let at = match &clause.kind {
                ClauseKind::Announced(when) => {
                    announced = Some(when.value.start(zone));
                    None
                }
                ClauseKind::From(citation) => {
                    self.sources.get(citation.source.value.as_str()).copied()
                }
                ClauseKind::SinceEvent(name) => {
                    self.events.get(name.value.as_str()).map(|(_, by)| *by)
                }
                kind => start(kind, zone),
            };
            earliest = [earliest, at].into_iter().flatten().min();
        }
        announced.or(earliest).unwrap_or(i64::MIN)
    }

    fn unknown_rules(&self) -> BTreeSet<String> {
        let mut unknown = BTreeSet::new();
        // An extension is known once all that it extends is.
        for _ in 0..8 {
            for (file, statement) in self.statements() {
                let Some(id) = id_of(statement) else { continue };
                let late = self.publication(file, statement) > self.known_at;
                let base = match &statement.head {
                    Head::Rule(..) => false,
                    Head::Extend(of, _) => unknown.contains(last_part(&of.value)),
                    _ => continue,
                };
                if late || base {
                    unknown.insert(id);
                }
            }
        }
        unknown
    }

    fn unknown_exceptions(&self) -> BTreeSet<String> {
        let mut unknown = BTreeSet::new();
        for _ in 0..8 {
            for (file, statement) in self.statements() {
                if let Head::Exception(name, of) = &statement.head
                    && (self.publication(file, statement) > self.known_at
                        || of.iter().all(|one| unknown.contains(last_part(&one.value))))
                {
                    unknown.insert(name.value.clone());
                }
            }
        }
        unknown
    }

    fn known(&self, file: usize, one: &Statement, unknown: &Unknown<'_>) -> Option<Statement> {
        let names_unknown = |of: &RuleRef| {
            let name = last_part(&of.value);
            unknown.rules.contains(name) || unknown.exceptions.contains(name)
        };
        match &one.head {
            Head::Test(_) | Head::Reaffirm(_) => None,
            Head::Amend(of) | Head::Suspend(of) | Head::Repeal(of) => {
                let published = self.publication(file, one) <= self.known_at;
                (published && !names_unknown(of)).then(|| plain(one, &names_unknown))
            }
            Head::Exception(name, of) => {
                if unknown.exceptions.contains(&name.value) {
                    return None;
                }
                let mut exception = plain(one, &names_unknown);
                let named = of.iter().filter(|one| {
                    // A rule that is not known is there, and never begins.
                    !unknown.exceptions.contains(last_part(&one.value))
                });
                exception.head = Head::Exception(name.clone(), named.cloned().collect());
                Some(exception)
            }
            Head::Rule(..) | Head::Extend(..) => {
                let id = id_of(one)?;
                Some(match unknown.rules.contains(&id) {
                    true => never(one),
                    false => plain(one, &names_unknown),
                })
            }
            Head::Event(name) => {
                let known = self.events.get(name.value.as_str());
                let known = known.is_none_or(|(known, _)| *known <= self.known_at);
                let mut event = one.clone();
                if !known {
                    event.clauses = vec![clause(ClauseKind::NotYet)];
                }
                Some(event)
            }
            Head::Calendar(name, windows) => {
                let (windows, limit) = self.windows(file, windows);
                let mut calendar = one.clone();
                calendar.head = Head::Calendar(name.clone(), windows);
                self.limit(file, &mut calendar, limit);
                Some(calendar)
            }
            _ => Some(one.clone()),
        }
    }

    /// The windows that had been announced; and where what is known ends, if others had not.
    fn windows(&self, file: usize, windows: &[Window]) -> (Vec<Window>, Option<i64>) {
        let zone = &self.zones[file];
        let announced = |window: &&Window| {
            let at = window.announced.map(|when| when.value.start(zone));
            at.is_none_or(|at| at <= self.known_at)
        };
        let known: Vec<Window> = windows.iter().filter(announced).copied().collect();
        if known.len() == windows.len() {
            return (known, None);
        }
        let ends = known.iter().map(|window| match window.stretch {
            Stretch::Dated(_, through) => through.value.end(zone),
            Stretch::Yearly(..) => i64::MAX,
        });
        let limit = ends.max().unwrap_or(i64::MIN);
        if known.is_empty() {
            // A calendar has a window; this one is over before anything begins.
            let day = when(Moment::Day(Date::constant(1900, 1, 1)));
            let window = Window {
                stretch: Stretch::Dated(day, day),
                announced: None,
            };
            return (vec![window], Some(i64::MIN));
        }
        (known, Some(limit).filter(|limit| *limit != i64::MAX))
    }

    fn limit(&self, file: usize, calendar: &mut Statement, limit: Option<i64>) {
        let Some(limit) = limit else { return };
        let stated = calendar
            .clauses
            .iter()
            .find_map(|clause| match &clause.kind {
                ClauseKind::KnownThrough(when) => Some(when.value.end(&self.zones[file])),
                _ => None,
            });
        let limit = stated.map_or(limit, |stated| stated.min(limit));
        let day = match limit {
            i64::MIN => Moment::Day(Date::constant(1900, 1, 1)),
            limit => {
                let stamp = Timestamp::from_second(limit).expect("an instant of a clock");
                Moment::Instant(TimeZone::UTC.to_datetime(stamp), Some(0))
            }
        };
        calendar.clauses = vec![clause(ClauseKind::KnownThrough(when(day)))];
    }
}

/// The first instant at which something surely begins, if a clause says so.
fn start(kind: &ClauseKind, zone: &TimeZone) -> Option<i64> {
    match kind {
        ClauseKind::Effective(when) | ClauseKind::NoLaterThan(when) => Some(when.value.start(zone)),
        ClauseKind::SometimeIn(when) | ClauseKind::SometimeBetween(_, when) => {
            Some(when.value.end(zone))
        }
        _ => None,
    }
}

/// A statement without its examples and without what it says of things that nobody knew.
fn plain(statement: &Statement, unknown: &dyn Fn(&RuleRef) -> bool) -> Statement {
    let mut plain = statement.clone();
    plain.clauses.retain(|clause| match &clause.kind {
        ClauseKind::Example(_) => false,
        ClauseKind::Overrides(rule) | ClauseKind::Supersedes { rule, .. } => !unknown(rule),
        _ => true,
    });
    plain
}

/// A rule that never begins; what it names as members of a category it still names.
fn never(statement: &Statement) -> Statement {
    let mut never = statement.clone();
    never.clauses.retain(|clause| {
        matches!(
            clause.kind,
            ClauseKind::Id(_)
                | ClauseKind::SuchAs(_)
                | ClauseKind::Namely(_)
                | ClauseKind::Wording { .. }
        )
    });
    let day = when(Moment::Day(Date::constant(9000, 1, 1)));
    never.clauses.push(clause(ClauseKind::Effective(day)));
    never
}

fn clause(kind: ClauseKind) -> Clause {
    Clause {
        span: Span::default(),
        kind,
    }
}

fn when(value: Moment) -> When {
    Spanned {
        value,
        span: Span::default(),
    }
}
