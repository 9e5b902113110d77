//! What a decision says beside its verdict: exceptions, citations, laws, penalties, messages, and
//! the policies, lists and texts that it all came from.

use interdict_matcher::artifact::{self as format, NONE, Section, Writer};

use super::{Emitter, number};
use crate::ir::{Citation, Program, Rule};

/// Tables of which every rule owns a stretch.
#[derive(Default)]
pub(super) struct Tables {
    exceptions: Vec<format::Exception>,
    citations: Vec<format::Citation>,
    acts: Vec<format::Act>,
    penalties: Vec<format::Penalty>,
    messages: Vec<format::Message>,
    wordings: Vec<format::Wording>,
    countings: Vec<format::Counting>,
}

impl Tables {
    pub(super) fn exceptions(&mut self, rule: &Rule, writer: &mut Writer) -> (u32, u32) {
        let rows = rule
            .exceptions
            .iter()
            .map(|(id, condition)| format::Exception {
                id: writer.string(id),
                condition: *condition,
            });
        append(&mut self.exceptions, rows)
    }

    pub(super) fn citations(&mut self, cited: &[Citation], writer: &mut Writer) -> (u32, u32) {
        let rows = cited
            .iter()
            .map(|(source, clause, quote)| format::Citation {
                source: *source,
                clause: clause.as_ref().map_or(NONE, |text| writer.string(text)),
                quote: quote.as_ref().map_or(NONE, |text| writer.string(text)),
            });
        append(&mut self.citations, rows)
    }

    pub(super) fn acts(&mut self, rule: &Rule, writer: &mut Writer) -> (u32, u32) {
        let mut rows = Vec::new();
        for (effective, citations) in &rule.acts {
            let (citations_start, citations_len) = self.citations(citations, writer);
            rows.push(format::Act {
                effective: writer.string(effective),
                citations_start,
                citations_len,
            });
        }
        append(&mut self.acts, rows.into_iter())
    }

    pub(super) fn penalties(&mut self, rule: &Rule, writer: &mut Writer) -> (u32, u32) {
        let rows = rule.penalties.iter().map(|penalty| format::Penalty {
            name: writer.string(&penalty.name),
            points: penalty.points.unwrap_or(NONE),
            days: penalty.days.unwrap_or(NONE),
            condition: penalty.condition,
        });
        append(&mut self.penalties, rows)
    }

    pub(super) fn messages(&mut self, rule: &Rule, writer: &mut Writer) -> (u32, u32) {
        let rows = rule
            .messages
            .iter()
            .map(|(language, text)| format::Message {
                language: writer.string(language),
                text: writer.string(text),
            });
        append(&mut self.messages, rows)
    }

    pub(super) fn countings(&mut self, program: &Program, writer: &mut Writer) {
        for one in &program.countings {
            let (citations_start, citations_len) = self.citations(&one.citations, writer);
            let since = one.since.as_ref().map_or(NONE, |text| writer.string(text));
            self.countings.push(format::Counting {
                node: one.node,
                part: one.part,
                whole: one.whole,
                since,
                citations_start,
                citations_len,
            });
        }
    }

    pub(super) fn write(self, writer: &mut Writer) {
        writer.table(Section::Exceptions, &self.exceptions);
        writer.table(Section::Citations, &self.citations);
        writer.table(Section::Acts, &self.acts);
        writer.table(Section::Penalties, &self.penalties);
        writer.table(Section::Messages, &self.messages);
        writer.table(Section::Wordings, &self.wordings);
        writer.table(Section::Countings, &self.countings);
    }
}

fn append<T>(table: &mut Vec<T>, rows: impl Iterator<Item = T>) -> (u32, u32) {
    let start = table.len();
    table.extend(rows);
    (number(start), number(table.len() - start))
}

impl Emitter<'_> {
    pub(super) fn wordings(&mut self, rule: &Rule, tables: &mut Tables) -> (u32, u32) {
        let mut rows = Vec::new();
        for wording in &rule.wordings {
            let texts: Vec<u32> = wording.texts.iter().map(|one| self.string(one)).collect();
            let (texts_start, texts_len) = self.range(texts);
            let (fields_start, fields_len) = self.range(wording.fields.iter().copied());
            rows.push(format::Wording {
                condition: wording.condition,
                texts_start,
                texts_len,
                fields_start,
                fields_len,
            });
        }
        append(&mut tables.wordings, rows.into_iter())
    }

    pub(super) fn grounds(&mut self) {
        let program = self.program;
        let mut sources = Vec::new();
        for source in &program.sources {
            sources.push(format::Source {
                name: self.string(&source.name),
                kind: self.string(source.kind.word()),
                title: self.string(&source.title),
                dated: self.maybe(source.dated.as_deref()),
                url: self.maybe(source.url.as_deref()),
                retrieved: self.maybe(source.retrieved.as_deref()),
                quote: self.maybe(source.quote.as_deref()),
            });
        }
        self.writer.table(Section::Sources, &sources);
        let mut laws = Vec::new();
        for law in &program.laws {
            laws.push(format::Law {
                name: self.string(&law.name),
                title: self.string(&law.title),
                url: self.maybe(law.url.as_deref()),
            });
        }
        self.writer.table(Section::Laws, &laws);
        let mut lists = Vec::new();
        for list in &program.lists {
            let (name, hash) = (self.string(&list.name), self.string(&list.hash));
            lists.push(format::List {
                name,
                hash,
                entries: list.entries,
            });
        }
        self.writer.table(Section::Lists, &lists);
        self.texts();
    }

    fn texts(&mut self) {
        let mut policies = Vec::new();
        for policy in &self.program.policies {
            let file = self.files.iter().position(|file| file.id == policy.file);
            policies.push(format::Policy {
                name: self.writer.string(&policy.name),
                title: policy
                    .title
                    .as_ref()
                    .map_or(NONE, |title| self.writer.string(title)),
                zone: self.writer.string(&policy.zone),
                file: number(file.unwrap_or(0)),
            });
        }
        self.writer.table(Section::Policies, &policies);
        let files = self.files.iter().map(|file| format::File {
            name: self.writer.string(&file.name),
            text: self.writer.string(&file.text),
        });
        let files: Vec<_> = files.collect();
        self.writer.table(Section::Files, &files);
    }
}
