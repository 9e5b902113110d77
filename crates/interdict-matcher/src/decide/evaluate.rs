//! Conditions over findings and fields, in Kleene's three values.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::clock::Clock;
use super::findings::{Findings, Hit};
use crate::artifact::*;
use crate::as_of::AsOf;
use crate::item::{DateValue, Item, Value};

/// What is known of a condition. Ordered, so that `and` is the least and `or` the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    pub(super) fn of(answer: bool) -> Truth {
        if answer { Truth::True } else { Truth::False }
    }

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

/// Answers already found, stamped, so that forgetting them all costs nothing.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    stamp: u32,
    answers: Vec<(u32, Option<Truth>)>,
}

/// The instant that is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    /// Its epoch, which is all that most questions ask for.
    pub(crate) epoch: u32,
    /// In seconds since 1970, for questions about dates of the item.
    pub(crate) seconds: i64,
    /// The epoch by which something must have been published to be known; the last one, if all is.
    pub(crate) known: u32,
}

impl Point {
    pub(crate) fn of(view: View<'_>, as_of: AsOf) -> Point {
        let (seconds, last) = (as_of.at.unix_seconds(), view.epoch_count());
        let known = as_of.known_at.map(|known| view.epoch(known.unix_seconds()));
        Point {
            epoch: view.epoch(seconds),
            seconds,
            known: known.unwrap_or(last),
        }
    }

    /// The first instant of an epoch, by what is known here.
    pub(crate) fn at_start(self, view: View<'_>, epoch: u32) -> Point {
        Point {
            epoch,
            seconds: view.boundary(epoch.saturating_sub(1)),
            ..self
        }
    }

    /// The epoch as of which memberships, spellings and lists stand: nobody knows those that come
    /// after what is known.
    pub(crate) fn listed(self) -> u32 {
        self.epoch.min(self.known)
    }

    /// Whether a rule may bind here, for all that is known.
    pub(crate) fn may_bind(self, rule: &Rule) -> bool {
        let in_time = rule.possible <= self.epoch && self.epoch < rule.until;
        in_time && self.knows(rule.known_from, rule.known_until)
    }

    /// Whether something is known that was published in one epoch and held to be so until another.
    pub(crate) fn knows(self, from: u32, until: u32) -> bool {
        from <= self.known && self.known < until
    }
}

/// The evaluation of one item at one instant.
pub(crate) struct Evaluation<'a, 's> {
    pub(crate) view: View<'a>,
    pub(crate) item: &'a Item<'a>,
    pub(crate) findings: &'s Findings,
    pub(crate) point: Point,
    memo: &'s mut Memo,
}

impl<'a, 's> Evaluation<'a, 's> {
    pub(crate) fn new(
        view: View<'a>,
        item: &'a Item<'a>,
        findings: &'s Findings,
        point: Point,
        memo: &'s mut Memo,
    ) -> Self {
        memo.stamp = memo.stamp.wrapping_add(1);
        if memo.stamp == 0 {
            memo.answers.clear();
            memo.stamp = 1;
        }
        if memo.answers.len() < view.nodes.len() {
            memo.answers.resize(view.nodes.len(), (0, None));
        }
        Evaluation {
            view,
            item,
            findings,
            point,
            memo,
        }
    }

    /// Whether a rule fires, time aside, and the exceptions that lift it.
    pub(crate) fn rule(&mut self, rule: Rule) -> (Truth, Vec<u32>) {
        let mut truth = self.node(rule.condition);
        if truth == Truth::False {
            return (truth, Vec::new());
        }
        let (mut lifted_by, mut spared) = (Vec::new(), Truth::False);
        let exceptions = self
            .view
            .exceptions
            .range(rule.exceptions_start, rule.exceptions_len);
        for (number, exception) in exceptions {
            let holds = self.node(exception.condition);
            spared = spared.max(holds);
            if holds == Truth::True && truth == Truth::True {
                lifted_by.push(number);
            }
        }
        truth = truth.min(spared.not());
        (truth, lifted_by)
    }

    /// The answer to a condition.
    pub(crate) fn node(&mut self, number: u32) -> Truth {
        let slot = self.memo.answers.get(number as usize);
        if let Some(&(stamp, Some(answer))) = slot
            && stamp == self.memo.stamp
        {
            return answer;
        }
        let node = self.view.nodes.row(number);
        let answer = match node.op {
            NODE_TRUE => Truth::True,
            NODE_AND => self.fold(node, Truth::True, Truth::min, Truth::False),
            NODE_OR => self.fold(node, Truth::False, Truth::max, Truth::True),
            NODE_NOT => self.node(node.a).not(),
            NODE_ATOM => self.atom(self.view.atoms.row(node.a)),
            _ => Truth::False,
        };
        if let Some(slot) = self.memo.answers.get_mut(number as usize) {
            *slot = (self.memo.stamp, Some(answer));
        }
        answer
    }

    fn fold(
        &mut self,
        node: Node,
        from: Truth,
        join: fn(Truth, Truth) -> Truth,
        stop: Truth,
    ) -> Truth {
        let mut answer = from;
        for child in self.view.index_range(node.a, node.b) {
            answer = join(answer, self.node(child));
            if answer == stop {
                break;
            }
        }
        answer
    }

    /// The answer to a question.
    pub(crate) fn atom(&self, atom: Atom) -> Truth {
        match atom.kind {
            ATOM_MENTIONS => self.mentions(atom),
            ATOM_IS => self.is_one_of(atom),
            ATOM_NUMBER => self.number(atom),
            ATOM_DATE => self.date(atom),
            ATOM_ORDER => self.order(atom),
            ATOM_PAST => self.date_of(atom.a).map_or(Truth::Unknown, |date| {
                Clock::of(self.view, atom.b).is_past(date, self.point.seconds)
            }),
            ATOM_AGE => self.age(atom),
            ATOM_KNOWN => Truth::of(
                self.text_or_default(atom.a).is_some() || self.item.value(atom.a).is_some(),
            ),
            ATOM_DECLARED => self.declared(atom),
            ATOM_MEMBER => self.member(atom),
            ATOM_IN_FORCE => self.in_force(atom),
            ATOM_PUBLISHED => Truth::of(self.point.knows(atom.a, atom.b)),
            ATOM_DURING => self.during(self.view.calendars.row(atom.a)),
            _ => Truth::False,
        }
    }

    /// The hits that make a `mentions` true, in order.
    pub(crate) fn hits(&self, atom: Atom) -> impl Iterator<Item = &'s Hit> {
        let fields = self.view.index_range(atom.b, atom.c);
        let near_to = (atom.e != NONE).then(|| self.view.nears.row(atom.e));
        let (item, findings, epoch) = (self.item, self.findings, self.point.listed());
        findings.of_term(atom.a).iter().filter(move |hit| {
            hit.since <= epoch
                && (atom.c == 0 || fields.clone().any(|field| field == hit.field))
                && (atom.d == 0 || hit.folds.is_disguise() == (atom.d == 1))
                && !findings.is_masked(hit, atom.f)
                && near_to.is_none_or(|to| findings.is_near(item, hit, to, epoch))
        })
    }

    fn mentions(&self, atom: Atom) -> Truth {
        if self.hits(atom).next().is_some() {
            return Truth::True;
        }
        let unread = &self.findings.unread;
        let mut fields = self.view.index_range(atom.b, atom.c);
        let unknown = match atom.c {
            0 => !self.findings.has_text || !unread.is_empty(),
            _ => fields.any(|field| self.item.value(field).is_none() || unread.contains(&field)),
        };
        if unknown {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    fn is_one_of(&self, atom: Atom) -> Truth {
        let holds = |text: &str| {
            let found = search(atom.c, |at| {
                let number = self.view.indexes.row(atom.b.saturating_add(at)).value;
                self.view.strings.bytes(number).cmp(text.as_bytes())
            });
            found.is_some()
        };
        match self.item.value(atom.a) {
            Some(Value::Text(text)) => Truth::of(holds(text)),
            Some(Value::Names(names)) => Truth::of(names.iter().any(|name| holds(name))),
            Some(Value::YesNo(answer)) => Truth::of(holds(if *answer { "yes" } else { "no" })),
            Some(_) => Truth::False,
            None => self
                .text_or_default(atom.a)
                .map_or(Truth::Unknown, |text| Truth::of(holds(&text))),
        }
    }

    pub(super) fn text_or_default(&self, field: u32) -> Option<Cow<'_, str>> {
        match self.item.value(field) {
            Some(Value::Text(text)) => Some(Cow::Borrowed(text)),
            Some(_) => None,
            None => {
                let default = self.view.fields.row(field).default;
                self.view.strings.maybe(default).map(Cow::Borrowed)
            }
        }
    }

    fn number(&self, atom: Atom) -> Truth {
        let Some(Value::Number(value)) = self.item.value(atom.a) else {
            return Truth::Unknown;
        };
        let than = f64::from_bits(wide(atom.c, atom.d).cast_unsigned());
        Truth::of(match atom.b {
            0 => *value > than,
            1 => *value < than,
            2 => *value >= than,
            3 => *value <= than,
            _ => *value == than,
        })
    }

    fn date(&self, atom: Atom) -> Truth {
        let Some(date) = self.date_of(atom.a) else {
            return Truth::Unknown;
        };
        let (first, last) = (self.view.moments.row(atom.c), self.view.moments.row(atom.d));
        let whole_day = wide(first.low, first.high) != wide(last.low, last.high);
        let (before, after) = match date {
            DateValue::Instant(at) => (
                at < wide(first.low, first.high),
                at > wide(last.low, last.high),
            ),
            DateValue::Day(day) => {
                let (first, last) = (first.day.cast_signed(), last.day.cast_signed());
                // A civil day and an instant within it: nobody knows which comes first.
                if day == first && !whole_day {
                    return Truth::Unknown;
                }
                (day < first, day > last)
            }
        };
        Truth::of(match atom.b {
            0 => before,
            1 => after,
            _ => !before && !after,
        })
    }

    fn date_of(&self, field: u32) -> Option<DateValue> {
        match self.item.value(field) {
            Some(&Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn order(&self, atom: Atom) -> Truth {
        let dates = self.date_of(atom.a).zip(self.date_of(atom.c));
        let clock = Clock::of(self.view, atom.d);
        let wanted = match atom.b {
            0 => Ordering::Less,
            _ => Ordering::Greater,
        };
        let order = dates.and_then(|(one, other)| clock.order(one, other));
        order.map_or(Truth::Unknown, |order| Truth::of(order == wanted))
    }

    fn age(&self, atom: Atom) -> Truth {
        let Some(date) = self.date_of(atom.a) else {
            return Truth::Unknown;
        };
        let (clock, at) = (Clock::of(self.view, atom.e), self.point.seconds);
        let ages = match atom.d {
            0 => clock.age_in_days(date, atom.c, at).map(|age| (age, age)),
            _ => clock.age_in_hours(date, atom.c, at),
        };
        let holds = |age: Ordering| match atom.b {
            0 => age.is_gt(),
            1 => age.is_lt(),
            2 => age.is_ge(),
            _ => age.is_le(),
        };
        match ages.map(|(least, most)| (holds(least), holds(most))) {
            Some((least, most)) if least == most => Truth::of(least),
            _ => Truth::Unknown,
        }
    }

    fn declared(&self, atom: Atom) -> Truth {
        let is_within = |&category: &u32| {
            let row = self.view.categories.row(category);
            let mut ancestors = self
                .view
                .index_range(row.ancestors_start, row.ancestors_len);
            category == atom.a || (atom.b == 0 && ancestors.any(|one| one == atom.a))
        };
        if self.findings.declared.iter().any(is_within) {
            return Truth::True;
        }
        let field = self.view.field_number("category");
        let missing = field.is_none_or(|field| self.item.value(field).is_none());
        if missing && atom.c == 1 {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    fn in_force(&self, atom: Atom) -> Truth {
        match self.point.epoch {
            epoch if epoch < atom.a || epoch >= atom.d => Truth::False,
            epoch if epoch >= atom.b && epoch < atom.c => Truth::True,
            _ => Truth::Unknown,
        }
    }

    fn during(&self, calendar: Calendar) -> Truth {
        let start = |at: u32| calendar.windows_start.saturating_add(at);
        let passed = partition(calendar.windows_len, |at| {
            self.view.windows.row(start(at)).from <= self.point.epoch
        });
        let last = passed.checked_sub(1);
        let last = last.map(|at| self.view.windows.row(start(at)));
        match last.is_some_and(|window| self.point.epoch < window.until) {
            true => Truth::True,
            false if self.point.epoch >= calendar.known_until => Truth::Unknown,
            false => Truth::False,
        }
    }
}
