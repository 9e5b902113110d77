//! Spellings that another spelling of the same term finds already, under its folds.
//!
//! Whatever the one finds the other must find, so that only what is sure is told: it is as wide and as
//! early, and finds every way to write the spelling that the spelling finds, once the spelling is gone.
//! For a spelling does more than find: that it is a word decides which other words cross its
//! neighbours.

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::Folds;
use interdict_matcher::text::{ScanScratch, TextHit};

use super::Prover;
use crate::ast::Dress;
use crate::diagnostic::{Code, Diagnostic};
use crate::disguise::ways_to_write;
use crate::ir::{Atom, Owner, Program, Spelling};
use crate::text_index::{Edges, TextIndexBytes, build};

/// Terms with more spellings are not looked at: nobody wrote them by hand.
const MOST_SPELLINGS: usize = 2_000;

/// The folds that work alike on spellings with and without gaps.
const EVEN: Folds = Folds::STANDARD;

/// One spelling that another seems to find; both are places in the tables.
struct Candidate {
    own: usize,
    other: usize,
    /// What the other needs to find it as it is written.
    folds: Folds,
}

impl Prover<'_> {
    /// Looks at the spellings of each term that is spelled out in a policy.
    pub(super) fn spellings(&mut self) {
        let program = self.program;
        let told_apart = told_apart(program);
        let mut whole = Index::of(program, &BTreeSet::new());
        let mut candidates: Vec<Candidate> = Vec::new();
        for (term, places) in spelled_out(program) {
            let terms = Spelled {
                program,
                term,
                apart: told_apart.contains(&term),
            };
            let mut gone = BTreeSet::new();
            // Of two that find each other, the later one is one too many. A term keeps its name.
            for &own in places.iter().skip(1).rev() {
                if let Some(candidate) = terms.swallowed(own, &gone, &mut whole) {
                    gone.insert(own);
                    candidates.push(candidate);
                }
            }
        }
        let gone: BTreeSet<usize> = candidates.iter().map(|one| one.own).collect();
        if gone.is_empty() {
            return;
        }
        let mut rest = Index::of(program, &gone);
        for one in &candidates {
            let text = &program.spellings[one.own].text;
            let mut samples = samples(text).into_iter();
            if samples.all(|text| !whole.finds(one.own, &text) || rest.finds(one.other, &text)) {
                self.swallowed_spelling(one);
            }
        }
    }

    fn swallowed_spelling(&mut self, one: &Candidate) {
        let spellings = &self.program.spellings;
        let (own, other) = (&spellings[one.own], &spellings[one.other]);
        let by = match one.folds.without(Folds::CASE) {
            none if none.is_empty() => String::new(),
            folds => format!(", by `{folds}`"),
        };
        let message = format!("`{}` is found as `{}` already{by}", own.text, other.text);
        let span = own.span.unwrap_or_default();
        let finding = Diagnostic::new(Code::SpellingSwallowed, span, message);
        let help = "take it out: whatever it finds, the other finds";
        self.proof.findings.push(finding.help(help));
    }
}

/// The spellings of one term.
struct Spelled<'a> {
    program: &'a Program,
    term: u32,
    /// Whether some condition asks how its mentions are written, or where they end.
    apart: bool,
}

impl Spelled<'_> {
    fn swallowed(
        &self,
        own: usize,
        gone: &BTreeSet<usize>,
        index: &mut Index,
    ) -> Option<Candidate> {
        let spellings = &self.program.spellings;
        let spelling = &spellings[own];
        let found = index.find(&spelling.text);
        let swallows = |(other, hit): &&(usize, TextHit)| {
            let wide = &spellings[*other];
            *other != own
                && wide.owner == spelling.owner
                && !gone.contains(other)
                && !self.is_mere_name(wide)
                && is_as_wide(wide, spelling)
                && self.is_alike(spelling, hit)
        };
        let (other, hit) = found.iter().find(swallows)?;
        Some(Candidate {
            own,
            other: *other,
            folds: hit.folds,
        })
    }

    /// A name such as `mining-software` is for policies; nobody should do without the words.
    fn is_mere_name(&self, spelling: &Spelling) -> bool {
        let name = &self.program.terms[self.term as usize].name;
        spelling.text == *name && name.contains('-')
    }

    /// Whether a hit of another spelling counts as one of the spelling does: it is as plain, or no
    /// condition tells them apart. A shorter stretch never counts: it may lie within a phrase that the
    /// longer one reaches beyond, and a word that crosses its end need not cross the longer one's.
    fn is_alike(&self, own: &Spelling, hit: &TextHit) -> bool {
        let whole = hit.start == 0 && hit.end as usize == own.text.len();
        whole && (!hit.folds.is_disguise() || (!self.apart && EVEN.contains(own.folds)))
    }
}

/// The spellings of each term that is not a long list, in the order written.
fn spelled_out(program: &Program) -> BTreeMap<u32, Vec<usize>> {
    let mut terms: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, spelling) in program.spellings.iter().enumerate() {
        if let Owner::Term(term) = spelling.owner {
            terms.entry(term).or_default().push(place);
        }
    }
    // What stands in a list file has the place of the list.
    terms.retain(|_, places| {
        let spans: BTreeSet<_> = places
            .iter()
            .map(|at| program.spellings[*at].span)
            .collect();
        places.len() <= MOST_SPELLINGS && spans.len() == places.len()
    });
    terms
}

/// Terms of whose mentions some condition asks how they are written or where they end.
fn told_apart(program: &Program) -> BTreeSet<u32> {
    let mut terms = BTreeSet::new();
    for atom in &program.atoms {
        if let Atom::Mentions {
            term, dress, near, ..
        } = atom
            && (*dress != Dress::Any || near.is_some())
        {
            terms.insert(*term);
            terms.extend(near.map(|(other, _)| other));
        }
    }
    terms
}

/// Whether a spelling is looked for at least as widely as another, and as early.
fn is_as_wide(wide: &Spelling, narrow: &Spelling) -> bool {
    let edges = wide.edges == narrow.edges || wide.edges == Edges::Anywhere;
    edges && wide.since <= narrow.since && wide.folds.budget().contains(narrow.folds.budget())
}

/// Texts that a spelling may find: each way to write it, alone and among other words.
fn samples(text: &str) -> Vec<String> {
    let ways = ways_to_write(text).into_iter().map(|(_, text)| text);
    let ways: Vec<String> = [text.to_owned()].into_iter().chain(ways).collect();
    let among = |text: &String| [format!("a {text} b"), format!("茶{text}茶")];
    let placed: Vec<String> = ways.iter().flat_map(among).collect();
    ways.into_iter().chain(placed).collect()
}

/// The spellings of all terms in one index.
struct Index {
    bytes: TextIndexBytes,
    scratch: ScanScratch,
    /// The place in the tables of each.
    places: Vec<usize>,
}

impl Index {
    /// All spellings but some.
    fn of(program: &Program, gone: &BTreeSet<usize>) -> Index {
        let kept = program.spellings.iter().enumerate();
        let kept = kept.filter(|(place, _)| !gone.contains(place));
        let (places, specs): (Vec<_>, Vec<_>) = kept
            .map(|(place, spelling)| (place, spelling.spec()))
            .unzip();
        Index {
            bytes: build(&specs),
            scratch: ScanScratch::default(),
            places,
        }
    }

    /// Which spellings stand in a text.
    fn find(&mut self, text: &str) -> Vec<(usize, TextHit)> {
        let mut hits = Vec::new();
        self.bytes.view().scan(text, &mut self.scratch, &mut hits);
        let places = hits.into_iter().filter_map(|hit| {
            let place = self.places.get(hit.spelling as usize)?;
            Some((*place, hit))
        });
        places.collect()
    }

    fn finds(&mut self, place: usize, text: &str) -> bool {
        self.find(text).iter().any(|(found, _)| *found == place)
    }
}
