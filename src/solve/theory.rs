//! What fields can hold, as clauses: an item in which these hold together can be written down, but
//! for what its texts mention by accident.
//!
//! Guarantee: whatever a real item answers satisfies the clauses. So what cannot be by them cannot be.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::FieldType;

use super::Fields;
use super::fact::{Fact, FieldNumber};
use super::lexicon::{Lexicon, Mention};
use super::line::{Dates, Line, Numbers};
use super::sat::{Lit, Sat};
use crate::ast::Dress;

/// Whether a question is answered yes, and whether it is answered no; neither, if unknown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rails {
    pub(super) yes: Lit,
    pub(super) no: Lit,
}

/// One field of the item that is looked for.
pub(super) struct Domain {
    pub(super) known: Lit,
    /// The values that some question names.
    pub(super) values: BTreeMap<String, Lit>,
    pub(super) numbers: Option<Line<Numbers>>,
    pub(super) dates: Option<Line<Dates>>,
    pub(super) mentions: BTreeMap<Mention, Lit>,
}

/// The fields of the item that is looked for, and the answers that they give.
pub(super) struct Theory {
    pub(super) domains: BTreeMap<FieldNumber, Domain>,
    /// The text fields that stand for all of them.
    pub(super) texts: Vec<FieldNumber>,
    /// The one among them that no question names.
    pub(super) spare: Option<FieldNumber>,
}

/// Which fields hold texts, best first where one is to be made up.
const TEXTS: [&str; 5] = ["title", "description", "page-text", "image-text", "query"];

impl Theory {
    pub(super) fn of(
        facts: &[Fact],
        fields: &Fields,
        lexicon: &mut Lexicon,
        sat: &mut Sat,
    ) -> Self {
        let (texts, spare) = texts(facts, fields);
        let mut theory = Theory {
            domains: BTreeMap::new(),
            texts,
            spare,
        };
        let mut mentions: BTreeMap<FieldNumber, BTreeSet<Mention>> = BTreeMap::new();
        for fact in facts {
            theory.declare(fact, fields, sat);
            if let Fact::Mentions(mention, named) = fact {
                for field in theory.looked(named) {
                    let all = mentions.entry(field).or_default();
                    let mut open = vec![*mention];
                    while let Some(one) = open.pop() {
                        if all.insert(one) {
                            open.extend(one.weaker());
                        }
                    }
                }
            }
        }
        for (field, mentions) in mentions {
            theory.mention(field, &mentions, lexicon, fields, sat);
        }
        for (&field, domain) in &mut theory.domains {
            domain.exclude(&fields.all[field], sat);
        }
        theory
    }

    /// The fields that a mention is looked for in.
    pub(super) fn looked(&self, named: &[FieldNumber]) -> Vec<FieldNumber> {
        if named.is_empty() {
            self.texts.clone()
        } else {
            named.to_vec()
        }
    }

    fn domain(&mut self, field: FieldNumber, fields: &Fields, sat: &mut Sat) -> &mut Domain {
        self.domains.entry(field).or_insert_with(|| {
            let always = fields.all[field].default.is_some();
            Domain {
                known: if always { sat.yes() } else { sat.variable() },
                values: BTreeMap::new(),
                numbers: None,
                dates: None,
                mentions: BTreeMap::new(),
            }
        })
    }

    fn declare(&mut self, fact: &Fact, fields: &Fields, sat: &mut Sat) {
        match fact {
            Fact::Settled(_) => {}
            Fact::Known(field) => {
                self.domain(*field, fields, sat);
            }
            Fact::OneOf { field, values, .. } => {
                let domain = self.domain(*field, fields, sat);
                for value in values {
                    let lit = domain.values.entry(value.clone());
                    lit.or_insert_with(|| sat.variable());
                }
            }
            Fact::Number(field, _, bits) => {
                let numbers = &mut self.domain(*field, fields, sat).numbers;
                numbers.get_or_insert_default().cut(f64::from_bits(*bits));
            }
            Fact::Date(field, _, bounds) => {
                let dates = &mut self.domain(*field, fields, sat).dates;
                dates.get_or_insert_default().cut(*bounds);
            }
            Fact::Order(one, _, other) => {
                self.domain(*one, fields, sat);
                self.domain(*other, fields, sat);
            }
            Fact::Mentions(_, named) => {
                for field in self.looked(named) {
                    self.domain(field, fields, sat);
                }
            }
        }
    }

    /// What mentions in one text have to do with each other.
    fn mention(
        &mut self,
        field: FieldNumber,
        all: &BTreeSet<Mention>,
        lexicon: &mut Lexicon,
        fields: &Fields,
        sat: &mut Sat,
    ) {
        let domain = self.domain(field, fields, sat);
        for &mention in all {
            let lit = match lexicon.is_silent(mention) {
                true => !sat.yes(),
                false => sat.variable(),
            };
            domain.mentions.insert(mention, lit);
            sat.implies(lit, domain.known);
        }
        for (mention, &lit) in &domain.mentions {
            for weaker in mention.weaker() {
                if let Some(&weaker) = domain.mentions.get(&weaker) {
                    sat.implies(lit, weaker);
                }
            }
            let dressed = |dress| domain.mentions.get(&Mention { dress, ..*mention });
            if mention.dress == Dress::Any
                && let (Some(&one), Some(&other)) =
                    (dressed(Dress::Disguised), dressed(Dress::Exact))
            {
                sat.clause([!lit, one, other]);
            }
            for (wider, &wide) in domain.mentions.range(..) {
                let alike = Mention {
                    term: wider.term,
                    ..*mention
                };
                if alike == *wider
                    && wider.term != mention.term
                    && lexicon.is_within(mention.term, wider.term)
                {
                    sat.implies(lit, wide);
                }
            }
        }
    }

    /// The answer to a question.
    pub(super) fn rails(&self, fact: &Fact, sat: &mut Sat) -> Rails {
        let domain = |field: &FieldNumber| &self.domains[field];
        match fact {
            Fact::Settled(answer) => Rails {
                yes: sat.constant(*answer == Some(true)),
                no: sat.constant(*answer == Some(false)),
            },
            Fact::Known(field) => {
                let known = domain(field).known;
                Rails {
                    yes: known,
                    no: !known,
                }
            }
            Fact::OneOf {
                field,
                values,
                missing_is_no,
                others_unknown,
            } => {
                let domain = domain(field);
                let yes = sat.any(values.iter().map(|value| domain.values[value]));
                let no = match (others_unknown, missing_is_no) {
                    (true, _) => sat.constant(false),
                    (false, true) => !yes,
                    (false, false) => sat.all([domain.known, !yes]),
                };
                Rails { yes, no }
            }
            Fact::Number(field, test, bits) => {
                let line = domain(field).numbers.as_ref();
                let (yes, no) = line.map_or((Vec::new(), Vec::new()), |line| {
                    line.holding(*test, f64::from_bits(*bits))
                });
                Rails {
                    yes: sat.any(yes),
                    no: sat.any(no),
                }
            }
            Fact::Date(field, test, bounds) => {
                let line = domain(field).dates.as_ref();
                let (yes, no) = line.map_or((Vec::new(), Vec::new()), |line| {
                    line.holding(*test, *bounds)
                });
                Rails {
                    yes: sat.any(yes),
                    no: sat.any(no),
                }
            }
            // Which date comes first is left open: whatever a real item answers must be allowed.
            Fact::Order(one, _, other) => {
                let (yes, no) = (sat.variable(), sat.variable());
                for known in [one, other].map(|field| domain(field).known) {
                    sat.implies(yes, known);
                    sat.implies(no, known);
                }
                sat.clause([!yes, !no]);
                Rails { yes, no }
            }
            Fact::Mentions(mention, named) => {
                let looked = self.looked(named);
                let yes = sat.any(looked.iter().map(|one| domain(one).mentions[mention]));
                let there: Vec<Lit> = looked.iter().map(|one| domain(one).known).collect();
                let there = match named.is_empty() {
                    true => sat.any(there),
                    false => sat.all(there),
                };
                Rails {
                    yes,
                    no: sat.all([there, !yes]),
                }
            }
        }
    }
}

impl Domain {
    /// A field that is there has one value, or one place on the line.
    fn exclude(&mut self, field: &crate::ir::Field, sat: &mut Sat) {
        for &value in self.values.values() {
            sat.implies(value, self.known);
        }
        let mut values: Vec<Lit> = self.values.values().copied().collect();
        let yes = sat.yes();
        match field.kind {
            FieldType::Names => {}
            FieldType::YesNo => {
                sat.at_most_one(yes, &values);
                // `yes` and `no` are all the values there are.
                if self.values.contains_key("yes") && self.values.contains_key("no") {
                    values.push(!self.known);
                    sat.clause(values);
                }
            }
            FieldType::Text | FieldType::Name => sat.at_most_one(yes, &values),
            FieldType::Number | FieldType::Date => {}
        }
        let numbers = self.numbers.as_mut().map(|line| line.regions(sat));
        let dates = self.dates.as_mut().map(|line| line.regions(sat));
        for regions in numbers.into_iter().chain(dates) {
            sat.at_most_one(yes, &regions);
            for &region in &regions {
                sat.implies(region, self.known);
            }
            sat.clause(regions.into_iter().chain([!self.known]));
        }
    }
}

/// The text fields in play: those that questions name, and one more for all the others.
fn texts(facts: &[Fact], fields: &Fields) -> (Vec<FieldNumber>, Option<FieldNumber>) {
    let mut named: BTreeSet<FieldNumber> = BTreeSet::new();
    let mut anywhere = false;
    for fact in facts {
        match fact {
            Fact::Mentions(_, some) => {
                anywhere |= some.is_empty();
                named.extend(some);
            }
            Fact::OneOf { field, .. } | Fact::Known(field) => {
                named.insert(*field);
            }
            _ => {}
        }
    }
    let is_text = |field: &FieldNumber| fields.all[*field].kind == FieldType::Text;
    named.retain(is_text);
    let spare = fields.spare_texts(&named).next().filter(|_| anywhere);
    let mut texts: Vec<FieldNumber> = spare.into_iter().collect();
    texts.extend(named);
    (texts, spare)
}

impl Fields {
    /// Text fields that are not among these, those that people fill in first.
    pub(super) fn spare_texts(
        &self,
        named: &BTreeSet<FieldNumber>,
    ) -> impl Iterator<Item = FieldNumber> {
        let rank = |field: &FieldNumber| {
            let path = self.all[*field].path.as_str();
            TEXTS
                .iter()
                .position(|one| *one == path)
                .unwrap_or(TEXTS.len())
        };
        let mut texts: Vec<FieldNumber> = (0..self.all.len())
            .filter(|field| self.all[*field].kind == FieldType::Text && !named.contains(field))
            .collect();
        texts.sort_by_key(|field| (rank(field), *field));
        texts.into_iter()
    }
}
