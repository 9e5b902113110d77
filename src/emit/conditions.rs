//! Conditions and questions → rows.

use interdict_matcher::artifact::{self as format, NONE, Section};

use super::{Emitter, halves, number};
use crate::ast::{AgeUnit, DateTest, Dress, NumberTest};
use crate::ir::{Atom, Node};

impl Emitter<'_> {
    pub(super) fn conditions(&mut self) {
        let program = self.program;
        let mut nodes = Vec::with_capacity(program.nodes.len());
        for node in &program.nodes {
            let (op, (a, b)) = match node {
                Node::True => (format::NODE_TRUE, (0, 0)),
                Node::False => (format::NODE_FALSE, (0, 0)),
                Node::And(parts) => (format::NODE_AND, self.range(parts.iter().copied())),
                Node::Or(parts) => (format::NODE_OR, self.range(parts.iter().copied())),
                Node::Not(part) => (format::NODE_NOT, (*part, 0)),
                Node::Atom(atom) => (format::NODE_ATOM, (*atom, 0)),
            };
            nodes.push(format::Node { op, a, b });
        }
        self.writer.table(Section::Nodes, &nodes);
        let (mut nears, mut moments) = (Vec::new(), Vec::new());
        let mut atoms = Vec::with_capacity(program.atoms.len());
        for atom in &program.atoms {
            atoms.push(self.atom(atom, &mut nears, &mut moments));
        }
        self.writer.table(Section::Atoms, &atoms);
        self.writer.table(Section::Nears, &nears);
        self.writer.table(Section::Moments, &moments);
        let in_category = program.in_category.iter().map(|one| format::InCategory {
            node: one.node,
            category: one.category,
            exactly: u32::from(one.exactly),
        });
        self.writer
            .table(Section::InCategory, &in_category.collect::<Vec<_>>());
    }

    fn atom(
        &mut self,
        atom: &Atom,
        nears: &mut Vec<format::Near>,
        moments: &mut Vec<format::Moment>,
    ) -> format::Atom {
        let mut row = format::Atom::default();
        match atom {
            Atom::Mentions {
                term,
                fields,
                dress,
                near,
                mask,
            } => {
                (row.kind, row.a) = (format::ATOM_MENTIONS, *term);
                (row.b, row.c) = self.range(fields.iter().copied());
                row.d = dress_number(*dress);
                row.e = near.map_or(NONE, |(term, words)| {
                    nears.push(format::Near { term, words });
                    number(nears.len() - 1)
                });
                row.f = mask.unwrap_or(NONE);
            }
            Atom::Is(field, values) => {
                (row.kind, row.a) = (format::ATOM_IS, *field);
                let values: Vec<u32> = values.iter().map(|value| self.string(value)).collect();
                (row.b, row.c) = self.range(values);
            }
            Atom::Number(field, test, bits) => {
                (row.kind, row.a, row.b) = (format::ATOM_NUMBER, *field, number_test(*test));
                [row.c, row.d] = halves(*bits);
            }
            Atom::Date(field, test, [first, last, first_day, last_day]) => {
                (row.kind, row.a, row.b) = (format::ATOM_DATE, *field, date_test(*test));
                for (at, day) in [(first, first_day), (last, last_day)] {
                    let [low, high] = halves(at.cast_unsigned());
                    let day = i32::try_from(*day).unwrap_or(0).cast_unsigned();
                    moments.push(format::Moment { low, high, day });
                }
                (row.c, row.d) = (number(moments.len() - 2), number(moments.len() - 1));
            }
            Atom::Order(field, test, other, zone) => {
                (row.kind, row.a, row.b) = (format::ATOM_ORDER, *field, date_test(Some(*test)));
                (row.c, row.d) = (*other, *zone);
            }
            Atom::Past(field, zone) => {
                (row.kind, row.a, row.b) = (format::ATOM_PAST, *field, *zone);
            }
            Atom::Age(field, test, age, zone) => {
                (row.kind, row.a, row.b) = (format::ATOM_AGE, *field, number_test(Some(*test)));
                (row.c, row.d, row.e) = (age.count, unit_number(age.unit), *zone);
            }
            Atom::Known(field) => (row.kind, row.a) = (format::ATOM_KNOWN, *field),
            Atom::Declared {
                category,
                exactly,
                unknown_if_missing,
            } => {
                (row.kind, row.a) = (format::ATOM_DECLARED, *category);
                (row.b, row.c) = (u32::from(*exactly), u32::from(*unknown_if_missing));
            }
            Atom::Member(group) => (row.kind, row.a) = (format::ATOM_MEMBER, *group),
            Atom::Published(from, until) => {
                (row.kind, row.a, row.b) = (format::ATOM_PUBLISHED, *from, *until);
            }
            Atom::During(calendar) => (row.kind, row.a) = (format::ATOM_DURING, *calendar),
            Atom::InForce {
                possible,
                certain,
                may_end,
                until,
                start,
                end,
            } => {
                row.kind = format::ATOM_IN_FORCE;
                (row.a, row.b, row.c, row.d) = (*possible, *certain, *may_end, *until);
                (row.e, row.f) = (self.string(start), self.string(end));
            }
        }
        row
    }
}

fn dress_number(dress: Dress) -> u32 {
    match dress {
        Dress::Any => 0,
        Dress::Disguised => 1,
        Dress::Exact => 2,
    }
}

fn number_test(test: Option<NumberTest>) -> u32 {
    match test {
        Some(NumberTest::Over) => 0,
        Some(NumberTest::Below) => 1,
        Some(NumberTest::AtLeast) => 2,
        Some(NumberTest::AtMost) => 3,
        None => 4,
    }
}

fn date_test(test: Option<DateTest>) -> u32 {
    match test {
        Some(DateTest::Before) => 0,
        Some(DateTest::After) => 1,
        None => 2,
    }
}

fn unit_number(unit: AgeUnit) -> u32 {
    match unit {
        AgeUnit::Days => 0,
        AgeUnit::Hours => 1,
    }
}
