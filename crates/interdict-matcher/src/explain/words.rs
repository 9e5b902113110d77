//! Questions → the words of the language. The one place that prints what an artifact asks.

use crate::account::{Asks, Part};
use crate::artifact::*;
use crate::instant::{Instant, day};
use crate::verdict::FieldType;

/// What stands for words that are left out.
pub(super) const CUT: &str = "…";

/// How long words may get, in bytes, before they are cut.
const LONGEST: usize = 400;

/// How many values of a list are told.
const VALUES: u32 = 8;

/// What a question asks, and its words. Several atoms differ in their term or group alone.
pub(super) fn question<'a>(view: View<'a>, atoms: &[Atom]) -> (Asks<'a>, String) {
    let Some(&atom) = atoms.first() else {
        return (Asks::Nothing, "nothing".to_owned());
    };
    let path = |field: u32| view.strings.get(view.fields.row(field).path);
    match atom.kind {
        ATOM_MENTIONS => mentions(view, atoms, atom),
        ATOM_IS => is_one_of(view, atom),
        ATOM_NUMBER => {
            let than = f64::from_bits(wide(atom.c, atom.d).cast_unsigned());
            let test = ["over", "below", "at least", "at most"].get(atom.b as usize);
            let test = format!("{} {than}", test.unwrap_or(&"is"));
            let field = path(atom.a);
            let words = format!("{field} {test}");
            (Asks::Number { field, test }, words)
        }
        ATOM_DATE | ATOM_ORDER | ATOM_PAST | ATOM_AGE => dated(view, atom),
        ATOM_KNOWN => {
            let field = path(atom.a);
            (Asks::Known { field }, format!("{field} is known"))
        }
        ATOM_DECLARED => {
            let category = view.strings.get(view.categories.row(atom.a).name);
            // Where nothing recognises a category, declaring it is all that being in it can mean.
            let words = match atom.c {
                1 => self::category(category, atom.b == 1),
                _ => format!("declared as {}", name(category)),
            };
            (Asks::Declares { category }, words)
        }
        ATOM_MEMBER => member(view, atoms, path(view.groups.row(atom.a).field)),
        ATOM_DURING => {
            let calendar = view.strings.get(view.calendars.row(atom.a).name);
            let words = format!("during calendar {}", name(calendar));
            (Asks::During { calendar }, words)
        }
        ATOM_IN_FORCE => (Asks::InForce, "in force".to_owned()),
        ATOM_PUBLISHED => (Asks::Published, "published".to_owned()),
        _ => (Asks::Nothing, CUT.to_owned()),
    }
}

/// A question about a date.
fn dated<'a>(view: View<'a>, atom: Atom) -> (Asks<'a>, String) {
    let path = |field: u32| view.strings.get(view.fields.row(field).path);
    let field = path(atom.a);
    let test = match atom.kind {
        ATOM_PAST => {
            let test = "past".to_owned();
            return (Asks::Date { field, test }, format!("{field} is past"));
        }
        ATOM_ORDER => format!("{} {}", side(atom.b), path(atom.c)),
        ATOM_AGE => {
            let test = ["over", "below", "at least", "at most"].get(atom.b as usize);
            let unit = if atom.d == 0 { "days" } else { "hours" };
            format!("{} {} {unit} ago", test.unwrap_or(&"at least"), atom.c)
        }
        _ => {
            let test = ["before", "after"].get(atom.b as usize);
            format!("{} {}", test.unwrap_or(&"is"), date(view, atom))
        }
    };
    let words = format!("{field} {test}");
    (Asks::Date { field, test }, words)
}

/// The word for the side of a date on which another one lies.
fn side(test: u32) -> &'static str {
    if test == 0 { "before" } else { "after" }
}

/// Whether a question differs from others in its term or group alone.
pub(super) fn ask_alike(view: View<'_>, others: &[Atom], atom: Atom) -> bool {
    let Some(other) = others.first().filter(|other| other.kind == atom.kind) else {
        return false;
    };
    let near = |atom: &Atom| (atom.e != NONE).then(|| view.nears.row(atom.e));
    match atom.kind {
        ATOM_MENTIONS => {
            let fields = |atom: &Atom| view.index_range(atom.b, atom.c);
            (other.d, other.f, near(other)) == (atom.d, atom.f, near(&atom))
                && fields(other).eq(fields(&atom))
        }
        ATOM_MEMBER => {
            let of = |atom: &Atom| {
                let group = view.groups.row(atom.a);
                (group.field, group.is_list)
            };
            of(other) == of(&atom)
        }
        _ => false,
    }
}

/// The field that a question is about, unless it is about all texts.
pub(super) fn field(view: View<'_>, atom: Atom) -> Option<u32> {
    match atom.kind {
        ATOM_IS | ATOM_NUMBER | ATOM_DATE | ATOM_KNOWN | ATOM_ORDER | ATOM_PAST | ATOM_AGE => {
            Some(atom.a)
        }
        ATOM_DECLARED => view.field_number("category"),
        ATOM_MEMBER => Some(view.groups.row(atom.a).field),
        _ => None,
    }
}

/// The clause that limits a rule to some values of a field.
fn clause_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "platform" => "on",
        "channel" => "via",
        "seller.country" => "in",
        "market" => "targeting",
        "origin" => "originating in",
        "destination" => "destined for",
        _ => return None,
    })
}

/// The words of a clause that says where or for whom a rule binds; `None` if this is something else.
pub(super) fn scope(part: &Part<'_>) -> Option<String> {
    match (&part.asks, part.parts.as_slice()) {
        (Asks::Is { field, values }, _) => {
            let clause = clause_of(field)?;
            // A long list is told in part, as it is in the words of the question.
            let tail = if part.words.ends_with(CUT) {
                ", …"
            } else {
                ""
            };
            Some(format!("{clause} {}{tail}", names(values)))
        }
        // Places, some of which are lists of others that come and go. The name of such a list stands
        // among the places as well.
        (Asks::Any, parts) => {
            let mut named = parts.iter().filter_map(|part| match &part.asks {
                Asks::Is { field, .. } => Some((part, *field)),
                _ => None,
            });
            let (place, of) = named.next()?;
            let lists = parts
                .iter()
                .filter(|part| matches!(&part.asks, Asks::Listed { field, .. } if *field == of));
            match lists.count() + 1 == parts.len() && parts.len() > 1 {
                true => scope(place),
                false => None,
            }
        }
        (Asks::During { .. }, _) => Some(part.words.clone()),
        (Asks::Member { groups, .. }, _) => Some(format!("for members of {}", names(groups))),
        (Asks::Not, [inner]) => match &inner.asks {
            Asks::Member { groups, .. } => Some(format!("for not members of {}", names(groups))),
            _ => None,
        },
        _ => None,
    }
}

/// `category is N`, or the subject `exactly category N`.
pub(super) fn category(category: &str, exactly: bool) -> String {
    let words = if exactly {
        "exactly category"
    } else {
        "category is"
    };
    format!("{words} {}", name(category))
}

/// The words of a condition that makes an item count as another kind of thing.
pub(super) fn counted(view: View<'_>, node: u32) -> Option<String> {
    let rows = u32::try_from(view.countings.len()).unwrap_or(u32::MAX);
    let row = search(rows, |at| view.countings.row(at).node.cmp(&node))?;
    let row = view.countings.row(row);
    let category = |number: u32| name(view.strings.get(view.categories.row(number).name));
    let since = view.strings.maybe(row.since);
    let since = since.map_or(String::new(), |day| format!(" since {day}"));
    let (part, whole) = (category(row.part), category(row.whole));
    Some(format!("{part} counts as {whole}{since}"))
}

/// The words of the opposite.
pub(super) fn not(part: &Part<'_>) -> String {
    let is_simple = match &part.asks {
        Asks::Is { .. } | Asks::Number { .. } | Asks::Date { .. } => part.words.contains(" is "),
        Asks::Known { .. } | Asks::Member { .. } => true,
        Asks::Listed { .. } => part.words.contains(" is "),
        Asks::Category { .. } | Asks::Declares { .. } => part.words.contains(" is "),
        _ => false,
    };
    match &part.asks {
        _ if is_simple => part.words.replacen(" is ", " is not ", 1),
        Asks::All | Asks::Any => format!("not ({})", part.words),
        _ => format!("not {}", part.words),
    }
}

/// The words of several parts.
pub(super) fn join(parts: &[Part<'_>], word: &str) -> String {
    let mut joined = String::new();
    for part in parts {
        if joined.len() + part.words.len() > LONGEST {
            return joined + word + CUT;
        }
        if !joined.is_empty() {
            joined += word;
        }
        match part.asks {
            Asks::All | Asks::Any if parts.len() > 1 => joined += &format!("({})", part.words),
            _ => joined += &part.words,
        }
    }
    joined
}

fn mentions<'a>(view: View<'a>, atoms: &[Atom], atom: Atom) -> (Asks<'a>, String) {
    let term = |number: u32| view.strings.get(view.terms.row(number).name);
    let terms: Vec<&str> = atoms.iter().map(|atom| term(atom.a)).collect();
    let fields = view.index_range(atom.b, atom.c);
    let fields = fields.map(|field| view.strings.get(view.fields.row(field).path));
    let fields: Vec<&str> = fields.collect();
    let any_of = if terms.len() > 1 { "any of " } else { "" };
    let mut words = format!("mentions {any_of}{}", names(&terms));
    if !fields.is_empty() {
        words += &format!(" in {}", fields.join(", "));
    }
    if atom.e != NONE {
        let near = view.nears.row(atom.e);
        words += &format!(" within {} words of {}", near.words, name(term(near.term)));
    }
    words += ["", " disguised", " exact"]
        .get(atom.d as usize)
        .unwrap_or(&"");
    (Asks::Mentions { terms, fields }, words)
}

fn is_one_of<'a>(view: View<'a>, atom: Atom) -> (Asks<'a>, String) {
    let field = view.strings.get(view.fields.row(atom.a).path);
    let values = view.index_range(atom.b, atom.c.min(VALUES));
    let values: Vec<&str> = values.map(|value| view.strings.get(value)).collect();
    let tail = if atom.c > VALUES { ", …" } else { "" };
    let verb = match (view.field_type(atom.a), values.as_slice()) {
        (FieldType::Names, [_]) => "has",
        (FieldType::Names, _) => "has any of",
        (_, [_]) => "is",
        _ => "is one of",
    };
    let words = format!("{field} {verb} {}{tail}", names(&values));
    (Asks::Is { field, values }, words)
}

fn member<'a>(view: View<'a>, atoms: &[Atom], field: &'a str) -> (Asks<'a>, String) {
    let rows = atoms.iter().map(|atom| view.groups.row(atom.a));
    let rows: Vec<Group> = rows.collect();
    let groups = rows.iter().map(|group| view.strings.get(group.name));
    let groups: Vec<&str> = groups.collect();
    let is_list = rows.iter().any(|group| group.is_list == 1);
    let holds_names = rows
        .iter()
        .any(|group| view.field_type(group.field) == FieldType::Names);
    let asks = match (is_list, holds_names) {
        (false, _) => format!("{} is member of", field.split('.').next().unwrap_or(field)),
        (true, true) => format!("{field} has any of"),
        (true, false) => format!("{field} is one of"),
    };
    let parts = groups.iter().map(|group| format!("{asks} {}", name(group)));
    let words = parts.collect::<Vec<_>>().join(" or ");
    if is_list {
        return (
            Asks::Listed {
                field,
                lists: groups,
            },
            words,
        );
    }
    (Asks::Member { field, groups }, words)
}

/// The author's day, month or instant.
pub(super) fn date(view: View<'_>, atom: Atom) -> String {
    let (first, last) = (view.moments.row(atom.c), view.moments.row(atom.d));
    let seconds = wide(first.low, first.high);
    if seconds == wide(last.low, last.high) {
        return Instant::from_unix_seconds(seconds).to_string();
    }
    let [from, to] = [first.day, last.day].map(|number| day(number.cast_signed()));
    let next = day(last.day.cast_signed().saturating_add(1));
    match (from.get(..7), next.ends_with("-01")) {
        (Some(month), true) if from.ends_with("-01") && to.starts_with(month) => month.to_owned(),
        _ => from,
    }
}

fn names(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|one| name(one)).collect();
    names.join(", ")
}

/// A name as it may stand in a policy: bare, or in quotes.
fn name(name: &str) -> String {
    let is_bare = name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_bare {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}
