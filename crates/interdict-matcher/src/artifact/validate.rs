//! The one pass that makes every number in an artifact safe to follow.

use super::error::unsound;
use super::*;
use crate::verdict::{FieldType, Layer, Verdict};

/// What a word of a record refers to.
enum Ref {
    /// A string.
    Text(u32),
    /// A string or [`NONE`].
    MaybeText(u32),
    /// A row of a table with so many rows.
    Row(u32, usize),
    /// A row or [`NONE`].
    MaybeRow(u32, usize),
    /// Rows from a start on.
    Rows(u32, u32, usize),
}

impl View<'_> {
    /// Checks every reference of every table.
    ///
    /// # Errors
    ///
    /// The first section that holds what the compiler never writes.
    pub fn validate(&self, text_bytes: &[u8]) -> Result<(), LoadError> {
        self.validate_strings(text_bytes)?;
        self.validate_epochs()?;
        self.validate_vocabulary()?;
        self.validate_conditions()?;
        self.validate_rules()?;
        self.validate_grounds()?;
        let text = self.text.validate();
        text.map_err(|problem| unsound("text index", problem))?;
        self.validate_owners()
    }

    fn validate_strings(&self, text_bytes: &[u8]) -> Result<(), LoadError> {
        let problem = |what| unsound("StringText", what);
        let text = std::str::from_utf8(text_bytes).map_err(|_| problem("not UTF-8"))?;
        let mut last = 0;
        for number in 0..self.strings.len() {
            let end = self.strings.end(number) as usize;
            if end < last || !text.is_char_boundary(end) {
                return Err(problem("a string that ends nowhere"));
            }
            last = end;
        }
        if last == text.len() {
            Ok(())
        } else {
            Err(problem("text that belongs to no string"))
        }
    }

    fn validate_epochs(&self) -> Result<(), LoadError> {
        let count = self.epoch_count();
        let ascending = (1..count).all(|at| self.boundary(at - 1) < self.boundary(at));
        if ascending && self.epochs.len().is_multiple_of(2) {
            Ok(())
        } else {
            Err(unsound("Epochs", "boundaries out of order"))
        }
    }

    fn validate_vocabulary(&self) -> Result<(), LoadError> {
        use Ref::{MaybeRow, MaybeText, Row, Rows, Text};
        if self.meta.len() != 1 {
            return Err(unsound("Meta", "not one row"));
        }
        self.each("Meta", self.meta, |meta| {
            vec![
                Text(meta.compiler),
                Text(meta.unicode),
                Text(meta.zone_data),
            ]
        })?;
        self.each("Fields", self.fields, |field| {
            vec![
                Text(field.path),
                Row(field.kind, FieldType::ALL.len()),
                MaybeText(field.default),
            ]
        })?;
        let (terms, guards, phrases) = (self.terms.len(), self.guards.len(), self.phrases.len());
        self.each("Owners", self.owners, |owner| {
            let rows = match owner.kind {
                OWNER_TERM => terms,
                OWNER_GUARD => guards,
                OWNER_PHRASE => phrases,
                _ => 0,
            };
            vec![Row(owner.row, rows)]
        })?;
        self.each("Terms", self.terms, |term| vec![Text(term.name)])?;
        self.each("Guards", self.guards, |guard| vec![Row(guard.term, terms)])?;
        self.each("Phrases", self.phrases, |phrase| {
            vec![MaybeRow(phrase.term, terms)]
        })?;
        let categories = self.categories.len();
        let ancestors = self.categories.iter().map(|(_, row)| row.ancestors_len);
        ranges_fit("Categories", ancestors, self.indexes.len())?;
        self.each("Categories", self.categories, |category| {
            let (start, len) = (category.ancestors_start, category.ancestors_len);
            let mut refs = vec![Text(category.name), Rows(start, len, self.indexes.len())];
            refs.extend(self.index_range(start, len).map(|one| Row(one, categories)));
            refs
        })?;
        self.each("Groups", self.groups, |group| {
            let members = Rows(group.members_start, group.members_len, self.members.len());
            vec![
                Text(group.name),
                Text(group.question),
                Row(group.field, self.fields.len()),
                members,
            ]
        })?;
        self.each("Members", self.members, |member| vec![Text(member.name)])?;
        self.each("Calendars", self.calendars, |calendar| {
            let (start, len) = (calendar.windows_start, calendar.windows_len);
            vec![
                Text(calendar.name),
                Text(calendar.question),
                Rows(start, len, self.windows.len()),
            ]
        })?;
        self.each("Windows", self.windows, |_| Vec::new())?;
        self.each("Zones", self.zones, |zone| {
            let offsets = Rows(zone.offsets_start, zone.offsets_len, self.offsets.len());
            vec![Text(zone.name), offsets]
        })?;
        self.each("Offsets", self.offsets, |_| Vec::new())?;
        self.each("Nears", self.nears, |near| vec![Row(near.term, terms)])
    }

    fn validate_conditions(&self) -> Result<(), LoadError> {
        let ranges = self.atoms.iter().filter(|(_, atom)| atom.kind <= ATOM_IS);
        ranges_fit("Atoms", ranges.map(|(_, atom)| atom.c), self.indexes.len())?;
        self.each("Atoms", self.atoms, |atom| self.atom_refs(atom))?;
        self.validate_depth()?;
        let (nodes, categories) = (self.nodes.len(), self.categories.len());
        self.each("InCategory", self.in_category, |one| {
            vec![
                Ref::Row(one.node, nodes),
                Ref::Row(one.category, categories),
            ]
        })?;
        let citations = self.citations.len();
        let cited = self.countings.iter().map(|(_, row)| row.citations_len);
        ranges_fit("Countings", cited, citations)?;
        self.each("Countings", self.countings, |one| {
            vec![
                Ref::Row(one.node, nodes),
                Ref::Row(one.part, categories),
                Ref::Row(one.whole, categories),
                Ref::MaybeText(one.since),
                Ref::Rows(one.citations_start, one.citations_len, citations),
            ]
        })
    }

    fn atom_refs(&self, atom: Atom) -> Vec<Ref> {
        use Ref::{MaybeRow, Row, Rows, Text};
        let (fields, indexes) = (self.fields.len(), self.indexes.len());
        match atom.kind {
            ATOM_MENTIONS => {
                let mut refs = vec![
                    Row(atom.a, self.terms.len()),
                    Rows(atom.b, atom.c, indexes),
                    Row(atom.d, 3),
                    MaybeRow(atom.e, self.nears.len()),
                ];
                refs.extend(
                    self.index_range(atom.b, atom.c)
                        .map(|field| Row(field, fields)),
                );
                refs
            }
            ATOM_IS => {
                let mut refs = vec![Row(atom.a, fields), Rows(atom.b, atom.c, indexes)];
                refs.extend(self.index_range(atom.b, atom.c).map(Text));
                refs
            }
            ATOM_NUMBER => vec![Row(atom.a, fields), Row(atom.b, 5)],
            ATOM_DATE => {
                let moments = self.moments.len();
                vec![
                    Row(atom.a, fields),
                    Row(atom.b, 3),
                    Row(atom.c, moments),
                    Row(atom.d, moments),
                ]
            }
            ATOM_KNOWN => vec![Row(atom.a, fields)],
            ATOM_DECLARED => vec![Row(atom.a, self.categories.len())],
            ATOM_MEMBER => vec![Row(atom.a, self.groups.len())],
            ATOM_IN_FORCE => vec![Text(atom.e), Text(atom.f)],
            ATOM_ORDER => vec![
                Row(atom.a, fields),
                Row(atom.b, 2),
                Row(atom.c, fields),
                Row(atom.d, self.zones.len()),
            ],
            ATOM_PAST => vec![Row(atom.a, fields), Row(atom.b, self.zones.len())],
            ATOM_AGE => vec![
                Row(atom.a, fields),
                Row(atom.b, 4),
                Row(atom.d, 2),
                Row(atom.e, self.zones.len()),
            ],
            ATOM_PUBLISHED => Vec::new(),
            ATOM_DURING => vec![Row(atom.a, self.calendars.len())],
            _ => vec![Row(NONE, 0)],
        }
    }

    fn validate_rules(&self) -> Result<(), LoadError> {
        use Ref::{MaybeRow, MaybeText, Row, Rows, Text};
        let nodes = self.nodes.len();
        let laws = self.rules.iter().map(|(_, rule)| rule.laws_len);
        ranges_fit("Rules", laws, self.indexes.len())?;
        self.each("Rules", self.rules, |rule| {
            let mut refs = vec![
                Text(rule.id),
                Row(rule.verdict, Verdict::ALL.len()),
                Row(rule.layer, Layer::ALL.len()),
                Row(rule.policy, self.policies.len()),
                Row(rule.condition, nodes),
                Rows(
                    rule.exceptions_start,
                    rule.exceptions_len,
                    self.exceptions.len(),
                ),
                Text(rule.effective),
                Text(rule.starts),
                Rows(rule.acts_start, rule.acts_len, self.acts.len()),
                MaybeRow(rule.category, self.categories.len()),
                MaybeRow(rule.declared, nodes),
                MaybeRow(rule.recognised, nodes),
                Rows(
                    rule.citations_start,
                    rule.citations_len,
                    self.citations.len(),
                ),
                Rows(rule.laws_start, rule.laws_len, self.indexes.len()),
                Rows(
                    rule.penalties_start,
                    rule.penalties_len,
                    self.penalties.len(),
                ),
                Rows(rule.messages_start, rule.messages_len, self.messages.len()),
                Rows(rule.wordings_start, rule.wordings_len, self.wordings.len()),
                MaybeText(rule.appeal),
                MaybeText(rule.dsa_category),
                MaybeText(rule.dsa_keyword),
                MaybeText(rule.reading),
                Row(rule.file, self.files.len()),
            ];
            let laws = self.index_range(rule.laws_start, rule.laws_len);
            refs.extend(laws.map(|law| Row(law, self.laws.len())));
            refs
        })?;
        self.validate_wordings()?;
        self.each("Exceptions", self.exceptions, |exception| {
            vec![Text(exception.id), Row(exception.condition, nodes)]
        })?;
        self.validate_triggers("Triggers", self.triggers)?;
        self.validate_triggers("Refined", self.refined)
    }

    fn validate_triggers(
        &self,
        name: &'static str,
        triggers: Table<'_, Trigger>,
    ) -> Result<(), LoadError> {
        let (rules, indexes) = (self.rules.len(), self.indexes.len());
        ranges_fit(name, triggers.iter().map(|(_, row)| row.rules_len), indexes)?;
        let refined = triggers.iter().map(|(_, row)| row.refined_len);
        ranges_fit(name, refined, self.refined.len())?;
        self.each(name, triggers, |trigger| {
            let (start, len) = (trigger.rules_start, trigger.rules_len);
            let refined = (trigger.refined_start, trigger.refined_len);
            let mut refs = vec![
                Ref::Rows(start, len, indexes),
                Ref::Rows(refined.0, refined.1, self.refined.len()),
            ];
            refs.extend(
                self.index_range(start, len)
                    .map(|rule| Ref::Row(rule, rules)),
            );
            refs
        })
    }

    fn validate_wordings(&self) -> Result<(), LoadError> {
        let wordings = self.wordings.iter().map(|(_, one)| one);
        let lengths = wordings.flat_map(|one| [one.texts_len, one.fields_len]);
        ranges_fit("Wordings", lengths, self.indexes.len())?;
        let (fields, indexes) = (self.fields.len(), self.indexes.len());
        self.each("Wordings", self.wordings, |wording| {
            let (texts, in_fields) = (
                self.index_range(wording.texts_start, wording.texts_len),
                self.index_range(wording.fields_start, wording.fields_len),
            );
            let mut refs = vec![
                Ref::Row(wording.condition, self.nodes.len()),
                Ref::Rows(wording.texts_start, wording.texts_len, indexes),
                Ref::Rows(wording.fields_start, wording.fields_len, indexes),
            ];
            refs.extend(texts.map(Ref::Text));
            refs.extend(in_fields.map(|field| Ref::Row(field, fields)));
            refs
        })
    }

    fn validate_grounds(&self) -> Result<(), LoadError> {
        use Ref::{MaybeText, Row, Text};
        self.each("Sources", self.sources, |source| {
            let maybe = [source.dated, source.url, source.retrieved, source.quote];
            let mut refs = vec![Text(source.name), Text(source.kind), Text(source.title)];
            refs.extend(maybe.map(MaybeText));
            refs
        })?;
        self.each("Citations", self.citations, |citation| {
            let place = [MaybeText(citation.clause), MaybeText(citation.quote)];
            [Row(citation.source, self.sources.len())]
                .into_iter()
                .chain(place)
                .collect()
        })?;
        let acts = self.acts.iter().map(|(_, act)| act.citations_len);
        ranges_fit("Acts", acts, self.citations.len())?;
        self.each("Acts", self.acts, |act| {
            let (start, len) = (act.citations_start, act.citations_len);
            vec![
                Text(act.effective),
                Ref::Rows(start, len, self.citations.len()),
            ]
        })?;
        self.each("Laws", self.laws, |law| {
            vec![Text(law.name), Text(law.title), MaybeText(law.url)]
        })?;
        self.each("Penalties", self.penalties, |penalty| {
            vec![Text(penalty.name), Row(penalty.condition, self.nodes.len())]
        })?;
        self.each("Messages", self.messages, |message| {
            vec![Text(message.language), Text(message.text)]
        })?;
        self.each("Policies", self.policies, |policy| {
            let file = Row(policy.file, self.files.len());
            vec![
                Text(policy.name),
                MaybeText(policy.title),
                Text(policy.zone),
                file,
            ]
        })?;
        self.each("Lists", self.lists, |list| {
            vec![Text(list.name), Text(list.hash)]
        })?;
        self.each("Files", self.files, |file| {
            vec![Text(file.name), Text(file.text)]
        })
    }

    pub(super) fn has_indexes(&self, start: u32, len: u32) -> bool {
        u64::from(start) + u64::from(len) <= self.indexes.len() as u64
    }

    fn holds(&self, reference: &Ref) -> bool {
        let strings = self.strings.len();
        match *reference {
            Ref::Text(number) => (number as usize) < strings,
            Ref::MaybeText(number) => number == NONE || (number as usize) < strings,
            Ref::Row(number, rows) => (number as usize) < rows,
            Ref::MaybeRow(number, rows) => number == NONE || (number as usize) < rows,
            Ref::Rows(start, len, rows) => u64::from(start) + u64::from(len) <= rows as u64,
        }
    }

    fn each<R: Record>(
        &self,
        section: &'static str,
        table: Table<'_, R>,
        refs: impl Fn(R) -> Vec<Ref>,
    ) -> Result<(), LoadError> {
        if !table.is_whole() {
            return Err(unsound(section, "a row that is cut off"));
        }
        for (_, row) in table.iter() {
            if !refs(row).iter().all(|reference| self.holds(reference)) {
                return Err(unsound(section, "a reference to nothing"));
            }
        }
        Ok(())
    }
}

/// Ranges of a table belong to one row each, so that together they cannot exceed it; without this, a
/// crafted artifact could make deciding quadratic.
pub(super) fn ranges_fit(
    section: &'static str,
    lengths: impl Iterator<Item = u32>,
    rows: usize,
) -> Result<(), LoadError> {
    if lengths.map(u64::from).sum::<u64>() <= rows as u64 {
        Ok(())
    } else {
        Err(unsound(section, "ranges that overlap"))
    }
}
