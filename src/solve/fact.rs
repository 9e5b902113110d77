//! What conditions ask of an item at one instant, in words that several policy sets share.

use crate::ast::{DateTest, NumberTest};
use crate::ir::Atom;

use interdict_matcher::artifact::NEVER;

use super::Worlds;
use super::clock;
use super::lexicon::Mention;
use super::probe::Local;

/// A field by its place among the fields of all policy sets.
pub(super) type FieldNumber = usize;

/// A question with an answer of its own. What time decides is decided here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// The instant has settled it; `None`: nobody knows.
    Settled(Option<bool>),
    /// A field is or holds one of these.
    OneOf {
        field: FieldNumber,
        /// Sorted.
        values: Vec<String>,
        /// Whether a missing field answers no.
        missing_is_no: bool,
        /// Whether nobody knows the answer for other values.
        others_unknown: bool,
    },
    /// A number compares; the number as its bits. `None`: equals.
    Number(FieldNumber, Option<NumberTest>, u64),
    /// A date compares with a stretch: first and last second, first and last civil day. `None`: lies
    /// within.
    Date(FieldNumber, Option<DateTest>, [i64; 4]),
    /// Two dates compare.
    Order(FieldNumber, DateTest, FieldNumber),
    /// A field is there.
    Known(FieldNumber),
    /// A text mentions something; without fields: any text.
    Mentions(Mention, Vec<FieldNumber>),
}

impl Worlds<'_> {
    /// What a question of one policy set comes to at an instant.
    pub(super) fn fact(&mut self, world: usize, atom: u32, at: i64) -> Fact {
        let side = &mut self.worlds[world];
        let (program, epoch) = (side.program, side.epoch(at));
        let shared = &self.fields.shared[world];
        let field = |number: u32| shared[number as usize];
        match &program.atoms[atom as usize] {
            Atom::Mentions {
                term,
                fields,
                dress,
                near,
                mask,
            } => {
                let local = Local {
                    term: *term,
                    dress: *dress,
                    near: *near,
                    mask: *mask,
                };
                let fields = fields.iter().map(|one| field(*one)).collect();
                Fact::Mentions(side.shared(local, epoch, &mut self.lexicon), fields)
            }
            Atom::Is(number, values) => Fact::OneOf {
                field: field(*number),
                values: values.clone(),
                missing_is_no: false,
                others_unknown: false,
            },
            Atom::Number(number, test, bits) => Fact::Number(field(*number), *test, *bits),
            Atom::Date(number, test, bounds) => Fact::Date(field(*number), *test, *bounds),
            Atom::Order(one, test, other, _) => Fact::Order(field(*one), *test, field(*other)),
            Atom::Past(number, zone) => {
                clock::past(field(*number), &program.zones[*zone as usize], at)
            }
            Atom::Age(number, test, age, zone) => {
                let zone = &program.zones[*zone as usize];
                clock::age(field(*number), *test, *age, zone, at)
            }
            Atom::Known(number) => Fact::Known(field(*number)),
            Atom::Declared {
                category,
                exactly,
                unknown_if_missing,
            } => {
                let within = program.categories.iter().enumerate().filter(|(at, row)| {
                    *at == *category as usize || (!exactly && row.ancestors.contains(category))
                });
                let number = program.fields.iter().position(|one| one.path == "category");
                let mut values: Vec<String> = within.map(|(_, row)| row.name.clone()).collect();
                values.sort();
                match number {
                    Some(number) => Fact::OneOf {
                        field: shared[number],
                        values,
                        missing_is_no: !unknown_if_missing,
                        others_unknown: false,
                    },
                    None => Fact::Settled((!unknown_if_missing).then_some(false)),
                }
            }
            Atom::Member(group) => {
                let group = &program.groups[*group as usize];
                let current = group
                    .members
                    .iter()
                    .filter(|(_, since, until)| *since <= epoch && epoch < *until);
                let mut values: Vec<String> = current.map(|(name, ..)| name.clone()).collect();
                values.sort();
                values.dedup();
                Fact::OneOf {
                    field: field(group.field),
                    values,
                    missing_is_no: false,
                    others_unknown: epoch >= group.known_until,
                }
            }
            // Questions are about what is known today.
            Atom::Published(_, until) => Fact::Settled(Some(*until == NEVER)),
            Atom::During(calendar) => {
                let calendar = &program.calendars[*calendar as usize];
                let mut windows = calendar.windows.iter();
                let inside = windows.any(|(from, until)| *from <= epoch && epoch < *until);
                let known = inside || epoch < calendar.known_until;
                Fact::Settled(known.then_some(inside))
            }
            Atom::InForce {
                possible,
                certain,
                may_end,
                until,
                ..
            } => Fact::Settled(if epoch >= *until || epoch < *possible {
                Some(false)
            } else {
                (epoch >= *certain && epoch < *may_end).then_some(true)
            }),
        }
    }
}
