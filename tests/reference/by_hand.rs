//! Acts carried out by hand on the text, against what the compiler makes of them.
//!
//! What an author would write who states every rule as it stands at one instant: amended clauses in
//! their places, what is repealed, superseded or suspended left out. It knows only how the random
//! policies are written.

use std::collections::BTreeSet;

use interdict::vocabulary::takes;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::trial::{Clause, Statement, Trial};

/// Everything as it stands at an instant; `None` where that cannot be written without the acts.
pub(crate) fn stated_anew(trial: &Trial, at: i64) -> Option<Trial> {
    let mut trial = trial.clone();
    trial.forget_members();
    let mut hand = Hand {
        files: trial.files,
        gone: BTreeSet::new(),
    };
    hand.amend(at)?;
    hand.end(at)?;
    hand.clear();
    Some(Trial {
        files: hand.files,
        probes: trial.probes,
    })
}

impl Trial {
    /// Leaves out the members that rules give categories: they stay when the rule goes, which no
    /// hand can write.
    pub(crate) fn forget_members(&mut self) {
        for statement in self.files.iter_mut().flat_map(|(_, file)| file) {
            if !statement.head.starts_with("category ") {
                let members = |one: &Clause| matches!(slot(one).as_str(), "such" | "namely");
                statement.clauses.retain(|clause| !members(clause));
            }
        }
    }
}

struct Hand {
    files: Vec<(String, Vec<Statement>)>,
    /// Ids of what is not in force.
    gone: BTreeSet<String>,
}

/// The second in which a day begins in a zone.
fn midnight(day: Date, zone: &TimeZone) -> i64 {
    let zoned = day.to_zoned(zone.clone()).expect("a day of our time");
    zoned.timestamp().as_second()
}

fn read(day: &str) -> Date {
    let first = if day.len() == 7 { "-01" } else { "" };
    format!("{day}{first}").parse().expect("a day or a month")
}

/// The second in which a day or a month begins.
fn start(day: &str, zone: &TimeZone) -> i64 {
    midnight(read(day), zone)
}

/// The second after a day or a month.
fn end(day: &str, zone: &TimeZone) -> i64 {
    let last = match day.len() {
        7 => read(day).last_of_month(),
        _ => read(day),
    };
    midnight(last.tomorrow().expect("a day of our time"), zone)
}

fn zone_of(file: &[Statement]) -> TimeZone {
    let header = file.first().filter(|one| one.head.starts_with("policy "));
    let name = header.and_then(|header| said(header, "zone "));
    name.map_or(TimeZone::UTC, |name| TimeZone::get(name).expect("a zone"))
}

/// `policy/id` and `id` are alike here: no two statements share one.
pub(crate) fn target(statement: &Statement) -> Option<(&str, &str)> {
    let mut words = statement.head.split(' ');
    let act = words.next()?;
    let acts = ["amend", "suspend", "repeal", "reaffirm"];
    acts.contains(&act).then_some((act, words.next()?))
}

pub(crate) fn id(statement: &Statement) -> Option<String> {
    let mut words = statement.head.split(' ');
    if words.next() == Some("exception") {
        return words.next().map(str::to_owned);
    }
    said(statement, "id ").map(str::to_owned)
}

/// What follows the first words of a clause.
pub(crate) fn said<'s>(statement: &'s Statement, words: &str) -> Option<&'s str> {
    let mut clauses = statement.clauses.iter();
    clauses.find_map(|clause| clause.words.strip_prefix(words))
}

/// From when a statement surely holds.
fn certain(statement: &Statement, zone: &TimeZone) -> Option<i64> {
    if let Some(month) = said(statement, "sometime in ") {
        return Some(end(month, zone));
    }
    if let Some((_, last)) =
        said(statement, "sometime between ").and_then(|days| days.split_once(" and "))
    {
        return Some(end(last, zone));
    }
    let day = said(statement, "effective ")?;
    Some(start(
        day.strip_prefix("no later than ").unwrap_or(day),
        zone,
    ))
}

/// The words by which clauses take each other's place.
fn slot(clause: &Clause) -> String {
    let words: Vec<&str> = clause.words.split(' ').collect();
    let two = words[..words.len().min(2)].join(" ");
    match (words[0], two.as_str()) {
        ("through" | "before" | "lasting", _) | (_, "until event") => "through".to_owned(),
        (_, "for members" | "for not") => "for members of".to_owned(),
        ("except" | "during" | "enforced" | "items", two) => two.to_owned(),
        (first, _) => first.to_owned(),
    }
}

/// Whether a clause is the act's own and not one of the text.
fn is_of_the_act(clause: &Clause) -> bool {
    let first = clause.words.split(' ').next();
    matches!(first, Some("effective" | "announced" | "from"))
}

impl Hand {
    fn statement(&mut self, wanted: &str) -> Option<&mut Statement> {
        let statements = self.files.iter_mut().flat_map(|(_, file)| file);
        statements
            .into_iter()
            .find(|one| id(one).as_deref() == Some(wanted))
    }

    /// Every act of a kind that has taken effect, in the order of time: when, what it is about, and
    /// its statement.
    fn acts(&self, kind: &str, at: i64) -> Vec<(i64, String, Statement)> {
        let mut acts = Vec::new();
        for (_, file) in &self.files {
            for statement in file {
                let Some((act, of)) = target(statement).filter(|(act, _)| *act == kind) else {
                    continue;
                };
                let from = certain(statement, &zone_of(file)).filter(|from| *from <= at);
                if let Some(from) = from.filter(|_| act != "reaffirm") {
                    acts.push((from, of.to_owned(), statement.clone()));
                }
            }
        }
        acts.sort_by_key(|(from, ..)| *from);
        acts
    }

    /// Puts the clauses of amendments in the places of those that they replace.
    fn amend(&mut self, at: i64) -> Option<()> {
        for (_, of, act) in self.acts("amend", at) {
            let rule = self.statement(&of)?;
            let clauses = act.clauses.into_iter().filter(|one| !is_of_the_act(one));
            let clauses: Vec<Clause> = clauses.collect();
            // What lasts from the act on cannot be said of the rule's own start.
            if clauses
                .iter()
                .any(|clause| clause.words.starts_with("lasting "))
            {
                return None;
            }
            let slots: BTreeSet<String> = clauses.iter().map(slot).collect();
            if rule.head.starts_with("extend ") {
                // What an extension takes over shines through what it may not state itself.
                let plain = |slot: &String| takes("extend", slot) && slot != "under";
                if !slots.iter().all(plain) || slots.contains("except phrase") {
                    return None;
                }
            }
            rule.clauses.retain(|clause| !slots.contains(&slot(clause)));
            // A rule's own `where` stands before those of readings and penalties.
            let (asking, others): (Vec<_>, Vec<_>) = clauses
                .into_iter()
                .partition(|clause| clause.words == "where");
            // Behind it, `in CN` would be a field that a mention is looked for in.
            let of_its_own = |one: &Clause| {
                let words = ["reading ", "penalty "];
                words.iter().any(|word| one.words.starts_with(word))
            };
            let first = rule.clauses.iter().position(of_its_own);
            let place = first.unwrap_or(rule.clauses.len());
            rule.clauses.splice(place..place, asking);
            rule.clauses.extend(others);
        }
        Some(())
    }

    /// Finds what is repealed, superseded or suspended, and what falls with it.
    fn end(&mut self, at: i64) -> Option<()> {
        self.gone
            .extend(self.acts("repeal", at).into_iter().map(|(_, of, ..)| of));
        for (_, of, act) in self.acts("suspend", at) {
            let vague = ["until event perhaps", "lasting "];
            let starts = |clause: &Clause| vague.iter().any(|one| clause.words.starts_with(one));
            if act.clauses.iter().any(starts) {
                return None;
            }
            let over = match (said(&act, "through "), said(&act, "before ")) {
                (Some(day), _) => Some(self.home(&of).map(|zone| end(day, &zone))?),
                (_, Some(day)) => Some(self.home(&of).map(|zone| start(day, &zone))?),
                _ if said(&act, "until event ") == Some("over") => self.event(),
                _ => None,
            };
            if over.is_none_or(|over| at < over) {
                self.gone.insert(of);
            }
        }
        let mut replaced = Vec::new();
        for (_, file) in &self.files {
            for statement in file {
                let Some(of) = said(statement, "supersedes ") else {
                    continue;
                };
                // One that starts with an event has a day that this hand does not know.
                if certain(statement, &zone_of(file))? <= at {
                    replaced.push(of.trim_end_matches(" leaves gap").to_owned());
                }
            }
        }
        self.gone.extend(replaced);
        let statements = self.files.iter().flat_map(|(_, file)| file);
        let extends_gone = |one: &Statement| {
            let base = one.head.strip_prefix("extend ");
            base.and_then(|head| head.split(' ').next())
                .is_some_and(|base| self.gone.contains(base))
        };
        (!statements.into_iter().any(extends_gone)).then_some(())
    }

    /// The zone of the file in which something is stated.
    fn home(&self, wanted: &str) -> Option<TimeZone> {
        let mut files = self.files.iter();
        let file =
            files.find(|(_, file)| file.iter().any(|one| id(one).as_deref() == Some(wanted)));
        file.map(|(_, file)| zone_of(file))
    }

    /// When the event `over` happens.
    fn event(&self) -> Option<i64> {
        let (_, file) = self.files.first()?;
        let event = file.iter().find(|one| one.head == "event over")?;
        said(event, "on ").map(|day| start(day, &zone_of(file)))
    }

    /// Takes out the acts, what is gone, what lifts it, and the words that name it.
    fn clear(&mut self) {
        loop {
            let before = self.gone.len();
            for statement in self.files.iter().flat_map(|(_, file)| file) {
                let lifted = statement.head.split(" to ").nth(1);
                let exception = statement.head.starts_with("exception ");
                let is_gone = |lifted: &str| self.gone.contains(lifted);
                if exception && lifted.is_some_and(|lifted| lifted.split(", ").all(is_gone)) {
                    self.gone.extend(id(statement));
                }
            }
            if self.gone.len() == before {
                break;
            }
        }
        for (_, file) in &mut self.files {
            file.retain(|one| {
                target(one).is_none() && id(one).is_none_or(|id| !self.gone.contains(&id))
            });
            for statement in file {
                if let Some((exception, lifted)) = statement.head.split_once(" to ")
                    && exception.starts_with("exception ")
                {
                    let lifted = lifted.split(", ").filter(|one| !self.gone.contains(*one));
                    let lifted: Vec<&str> = lifted.collect();
                    statement.head = format!("{exception} to {}", lifted.join(", "));
                }
                statement.clauses.retain(|clause| {
                    let beaten = clause.words.strip_prefix("overrides ");
                    let gone = beaten.is_some_and(|beaten| self.gone.contains(beaten));
                    !gone && !clause.words.starts_with("supersedes ")
                });
            }
        }
    }
}
