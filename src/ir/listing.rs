//! A program as people read it: for snapshots and for whoever wonders what was compiled.

use std::fmt;

use interdict_matcher::Folds;
use interdict_matcher::artifact::NEVER;

use super::{Atom, Epoch, Node, NodeId, Owner, Phrase, Program, Rule, Term};
use crate::ast::{AgeUnit, DateTest, Dress, NumberTest};

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list_boundaries(f)?;
        for (number, term) in self.terms.iter().enumerate() {
            self.list_term(f, u32::try_from(number).unwrap_or(u32::MAX), term)?;
        }
        for category in &self.categories {
            let within = category
                .ancestors
                .iter()
                .skip(1)
                .map(|one| self.categories[*one as usize].name.as_str());
            let within: Vec<&str> = within.collect();
            let within = if within.is_empty() {
                String::new()
            } else {
                format!(" within {}", within.join(", "))
            };
            writeln!(f, "category {}{within}", category.name)?;
        }
        for group in &self.groups {
            write!(
                f,
                "group {} by {}:",
                group.name, self.fields[group.field as usize].path
            )?;
            for (name, since, until) in &group.members {
                write!(f, " {name} [{}, {})", epoch(*since), epoch(*until))?;
            }
            if group.known_until != NEVER {
                write!(f, ", known until {}", epoch(group.known_until))?;
            }
            writeln!(f)?;
        }
        for calendar in &self.calendars {
            write!(f, "calendar {}:", calendar.name)?;
            for (from, until) in calendar.windows.iter().take(SHOWN) {
                write!(f, " [{}, {})", epoch(*from), epoch(*until))?;
            }
            if calendar.windows.len() > SHOWN {
                write!(f, " and {} more", calendar.windows.len() - SHOWN)?;
            }
            match calendar.known_until {
                NEVER => writeln!(f)?,
                until => writeln!(f, ", known until {until}")?,
            }
        }
        self.rules
            .iter()
            .chain(&self.former)
            .try_for_each(|rule| self.list_rule(f, rule))
    }
}

/// Of what comes again every year, only so much is shown.
const SHOWN: usize = 4;

impl Program {
    fn list_boundaries(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.boundaries.len();
        for (boundary, epoch) in self.boundaries.iter().zip(1..) {
            let stamp = jiff::Timestamp::from_second(*boundary).unwrap_or_default();
            match (epoch, count) {
                (25, 31..) => writeln!(f, "epochs 25 to {}", count - 1)?,
                (26.., 31..) if epoch < count => {}
                _ => writeln!(f, "epoch {epoch} from {stamp}")?,
            }
        }
        Ok(())
    }

    fn list_term(&self, f: &mut fmt::Formatter<'_>, number: u32, term: &Term) -> fmt::Result {
        writeln!(f, "term {}", term.name)?;
        for spelling in &self.spellings {
            let role = match spelling.owner {
                Owner::Term(one) if one == number => "also".to_owned(),
                Owner::Guard(guard) if self.guards[guard as usize].term == number => {
                    match self.guards[guard as usize].words {
                        Some(words) => format!("unless within {words} words of"),
                        None => "unless near".to_owned(),
                    }
                }
                Owner::Phrase(phrase) if self.phrases[phrase as usize] == Phrase::Term(number) => {
                    "except phrase".to_owned()
                }
                _ => continue,
            };
            let since = if spelling.since == 0 {
                String::new()
            } else {
                format!(" since epoch {}", spelling.since)
            };
            writeln!(
                f,
                "  {role} {:?} ({}){since}",
                spelling.text,
                folds(spelling.folds)
            )?;
        }
        Ok(())
    }

    fn list_rule(&self, f: &mut fmt::Formatter<'_>, rule: &Rule) -> fmt::Result {
        let life = &rule.life;
        writeln!(
            f,
            "{} {} ({}) effective {}",
            rule.verdict, rule.id, rule.layer, rule.effective
        )?;
        for (effective, _) in &rule.acts {
            writeln!(f, "  amended {effective}")?;
        }
        let [announced, possible, certain, enforced, until] = [
            life.announced,
            life.possible,
            life.certain,
            life.enforced,
            life.until,
        ]
        .map(epoch);
        writeln!(
            f,
            "  epochs: announced {announced}, possible {possible}, certain {certain}, enforced {enforced}, until {until}"
        )?;
        if rule.known != (0, NEVER) {
            let (from, until) = rule.known;
            writeln!(f, "  known from {}, until {}", epoch(from), epoch(until))?;
        }
        if let Some(reading) = &rule.reading {
            writeln!(f, "  reading {reading}")?;
        }
        writeln!(f, "  when {}", self.show(rule.condition))?;
        for (id, condition) in &rule.exceptions {
            writeln!(f, "  except {id} when {}", self.show(*condition))?;
        }
        for penalty in &rule.penalties {
            writeln!(
                f,
                "  penalty {} when {}",
                penalty.name,
                self.show(penalty.condition)
            )?;
        }
        Ok(())
    }

    /// A condition in the words of the language, or nearly so.
    pub fn show(&self, node: NodeId) -> String {
        let join = |parts: &[NodeId], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.show(*part)).collect();
            format!("({})", parts.join(word))
        };
        match &self.nodes[node as usize] {
            Node::True => "true".to_owned(),
            Node::False => "false".to_owned(),
            Node::And(parts) => join(parts, " and "),
            Node::Or(parts) => join(parts, " or "),
            Node::Not(part) => format!("not {}", self.show(*part)),
            Node::Atom(atom) => self.show_atom(&self.atoms[*atom as usize]),
        }
    }

    fn show_atom(&self, atom: &Atom) -> String {
        let path = |field: u32| self.fields[field as usize].path.as_str();
        match atom {
            Atom::Mentions {
                term,
                fields,
                dress,
                near,
                mask,
            } => {
                let mut text = format!("mentions {:?}", self.terms[*term as usize].name);
                if !fields.is_empty() {
                    let fields: Vec<&str> = fields.iter().map(|field| path(*field)).collect();
                    text += &format!(" in {}", fields.join(", "));
                }
                if let Some((term, words)) = near {
                    text += &format!(
                        " within {words} words of {:?}",
                        self.terms[*term as usize].name
                    );
                }
                text += match dress {
                    Dress::Any => "",
                    Dress::Disguised => " disguised",
                    Dress::Exact => " exact",
                };
                match mask {
                    Some(mask) => format!("{text} outside mask {mask}"),
                    None => text,
                }
            }
            Atom::Is(field, values) => format!("{} is {}", path(*field), values.join("|")),
            Atom::Number(field, test, bits) => {
                let test = test.map_or("is", number_test);
                format!("{} {test} {}", path(*field), f64::from_bits(*bits))
            }
            Atom::Date(field, test, bounds) => {
                let test = test.map_or("is", date_test);
                format!("{} {test} {}", path(*field), stretch(*bounds))
            }
            Atom::Order(field, test, other, zone) => format!(
                "{} {} {} in {}",
                path(*field),
                date_test(*test),
                path(*other),
                self.zones[*zone as usize].name
            ),
            Atom::Past(field, zone) => format!(
                "{} is past in {}",
                path(*field),
                self.zones[*zone as usize].name
            ),
            Atom::Age(field, test, age, zone) => format!(
                "{} {} {} {} ago in {}",
                path(*field),
                number_test(*test),
                age.count,
                match age.unit {
                    AgeUnit::Days => "days",
                    AgeUnit::Hours => "hours",
                },
                self.zones[*zone as usize].name
            ),
            Atom::Known(field) => format!("{} is known", path(*field)),
            Atom::Declared {
                category,
                exactly,
                unknown_if_missing,
            } => format!(
                "declared {}{}{}",
                if *exactly { "exactly " } else { "" },
                self.categories[*category as usize].name,
                if *unknown_if_missing { "?" } else { "" },
            ),
            Atom::Member(group) => {
                let group = &self.groups[*group as usize];
                match group.is_list {
                    true => format!("{} in {}", path(group.field), group.name),
                    false => format!("member of {}", group.name),
                }
            }
            Atom::Published(from, NEVER) => format!("known since {}", epoch(*from)),
            Atom::Published(from, until) => {
                format!("known [{}, {})", epoch(*from), epoch(*until))
            }
            Atom::During(calendar) => format!("during {}", self.calendars[*calendar as usize].name),
            Atom::InForce {
                possible,
                certain,
                may_end,
                until,
                ..
            } => {
                let vague_end = match may_end == until {
                    true => String::new(),
                    false => format!("{}, ", epoch(*may_end)),
                };
                format!(
                    "in force [{}, {}, {vague_end}{})",
                    epoch(*possible),
                    epoch(*certain),
                    epoch(*until)
                )
            }
        }
    }
}

/// An instant, a civil day, or the days from one to another.
fn stretch([first, last, first_day, last_day]: [i64; 4]) -> String {
    let day = |day: i64| {
        let span = jiff::Span::new().try_days(day).ok();
        let day = span.and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span).ok());
        day.map_or_else(|| "?".to_owned(), |day| day.to_string())
    };
    match (first == last, first_day == last_day) {
        (true, _) => jiff::Timestamp::from_second(first)
            .map_or_else(|_| first.to_string(), |stamp| stamp.to_string()),
        (_, true) => day(first_day),
        _ => format!("[{}, {}]", day(first_day), day(last_day)),
    }
}

fn number_test(test: NumberTest) -> &'static str {
    match test {
        NumberTest::Over => "over",
        NumberTest::Below => "below",
        NumberTest::AtLeast => "at least",
        NumberTest::AtMost => "at most",
    }
}

fn date_test(test: DateTest) -> &'static str {
    match test {
        DateTest::Before => "before",
        DateTest::After => "after",
    }
}

fn epoch(number: Epoch) -> String {
    if number == NEVER {
        "never".to_owned()
    } else {
        number.to_string()
    }
}

fn folds(folds: Folds) -> String {
    if folds.is_empty() {
        return "exact".to_owned();
    }
    folds.names().collect::<Vec<_>>().join(", ")
}
