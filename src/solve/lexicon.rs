//! What terms mean, so that two policies that spell one alike speak of the same.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::Folds;

use crate::ast::Dress;
use crate::ir::{Owner, Phrase, Program};
use crate::text_index::Edges;

/// A mention that conditions ask for, whatever the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    /// A number of the [`Lexicon`].
    pub(super) term: u32,
    pub(super) dress: Dress,
    /// Near what, within how many words.
    pub(super) near: Option<(u32, u32)>,
    /// Outside the phrases of a rule.
    pub(super) mask: Option<u32>,
}

impl Mention {
    /// What this mention is as well.
    pub(super) fn weaker(self) -> impl Iterator<Item = Mention> {
        let near = self.near.map(|_| Mention { near: None, ..self });
        let beside = self.near.map(|(term, _)| Mention {
            term,
            dress: Dress::Any,
            near: None,
            mask: None,
        });
        let bare = self.mask.map(|_| Mention { mask: None, ..self });
        let dress = (self.dress != Dress::Any).then_some(Mention {
            dress: Dress::Any,
            ..self
        });
        [near, beside, bare, dress].into_iter().flatten()
    }
}

/// A term at one instant: how it is spelled, and what takes mentions away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Definition {
    /// Text, how it must end, and the budget.
    spellings: BTreeSet<(String, u8, Folds)>,
    guards: BTreeSet<(String, Option<u32>)>,
    /// Text → budget.
    phrases: BTreeMap<String, Folds>,
}

impl Definition {
    /// Whether no text can mention the term.
    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Whether no mention of the term can be disguised: every spelling is looked for as written.
    fn is_plain(&self) -> bool {
        self.spellings.iter().all(|(.., folds)| folds.is_empty())
    }

    /// Whether every mention of this term is one of the other: each spelling is one of the other's,
    /// in as wide a budget, and nothing takes the other's mentions away that would leave these. Which
    /// folds a mention needs is a matter of its text, so that it is as disguised for the other.
    fn is_within(&self, other: &Definition) -> bool {
        let covers = |(text, edges, folds): &(String, u8, Folds)| {
            let least = (text.clone(), *edges, Folds::EXACT);
            let alike = other.spellings.range(least..);
            let mut alike = alike.take_while(|one| (&one.0, one.1) == (text, *edges));
            alike.any(|(.., wider)| wider.contains(*folds))
        };
        let masks = |(text, folds): (&String, &Folds)| {
            let own = self.phrases.get(text);
            own.is_some_and(|own| own.contains(*folds))
        };
        self.spellings.iter().all(covers)
            && other.guards.is_subset(&self.guards)
            && other.phrases.iter().all(masks)
    }

    /// The terms of a program as they stand in an epoch, by their numbers.
    pub(super) fn all(program: &Program, epoch: u32) -> Vec<Definition> {
        let mut all = vec![Definition::default(); program.terms.len()];
        for spelling in &program.spellings {
            let (text, folds) = (spelling.text.clone(), spelling.folds);
            match spelling.owner {
                Owner::Term(term) if spelling.since <= epoch => {
                    let edges = match spelling.edges {
                        Edges::Auto => 0,
                        Edges::WholeWords => 1,
                        Edges::Anywhere => 2,
                    };
                    let spellings = &mut all[term as usize].spellings;
                    spellings.insert((text, edges, folds));
                }
                Owner::Term(_) => {}
                Owner::Guard(guard) => {
                    let guard = program.guards[guard as usize];
                    all[guard.term as usize].guards.insert((text, guard.words));
                }
                Owner::Phrase(phrase) => {
                    if let Phrase::Term(term) = program.phrases[phrase as usize] {
                        all[term as usize].phrases.insert(text, folds);
                    }
                }
            }
        }
        all
    }
}

/// Numbers for meanings: equal ones have equal numbers.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    definitions: Vec<Definition>,
    numbers: BTreeMap<Definition, u32>,
    masks: BTreeMap<Vec<String>, u32>,
    within: BTreeMap<(u32, u32), bool>,
}

impl Lexicon {
    pub(super) fn number(&mut self, definition: Definition) -> u32 {
        if let Some(&number) = self.numbers.get(&definition) {
            return number;
        }
        let number = u32::try_from(self.definitions.len()).unwrap_or(u32::MAX);
        self.definitions.push(definition.clone());
        self.numbers.insert(definition, number);
        number
    }

    /// The numbers of a program's masks.
    pub(super) fn masks(&mut self, program: &Program) -> Vec<u32> {
        let mut texts: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for spelling in &program.spellings {
            if let Owner::Phrase(phrase) = spelling.owner
                && let Phrase::Mask(mask) = program.phrases[phrase as usize]
            {
                texts.entry(mask).or_default().push(spelling.text.clone());
            }
        }
        let count = texts.keys().last().map_or(0, |last| last + 1);
        let mut numbers = vec![u32::MAX; count as usize];
        for (mask, mut texts) in texts {
            texts.sort();
            texts.dedup();
            let next = u32::try_from(self.masks.len()).unwrap_or(u32::MAX);
            numbers[mask as usize] = *self.masks.entry(texts).or_insert(next);
        }
        numbers
    }

    /// Whether no text can make a mention.
    pub(super) fn is_silent(&self, mention: Mention) -> bool {
        let definition = &self.definitions[mention.term as usize];
        definition.is_empty() || (mention.dress == Dress::Disguised && definition.is_plain())
    }

    /// Whether every mention of one term is a mention of another.
    pub(super) fn is_within(&mut self, part: u32, whole: u32) -> bool {
        let definitions = &self.definitions;
        let answer = || definitions[part as usize].is_within(&definitions[whole as usize]);
        *self.within.entry((part, whole)).or_insert_with(answer)
    }
}
