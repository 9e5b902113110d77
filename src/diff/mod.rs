//! Two policy sets → what changed in meaning between them, not in text.
//!
//! In: the tables and matchers of an older and a newer set. Out: changes by rule, each with an item and
//! an instant that the two matchers decide differently where there is one. Rules are paired by their
//! ids; a rule that only changed its id is told apart. Sources, messages and titles are text.
//! Guarantee: where no change is told and nothing is left open, no item is decided by other rules at any
//! instant.

mod compare;
mod flip;
mod renamed;
mod rules;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use interdict_matcher::{Matcher, Verdict};
use serde::Serialize;

use crate::ir::{Program, Rule};
use crate::solve::Worlds;
use crate::witness::Witness;

/// How many steps a comparison takes unless it is told otherwise.
pub const BUDGET: u64 = 500_000;

/// A compiled policy set.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its tables.
    pub program: &'a Program,
    /// Its matcher.
    pub matcher: &'a Matcher,
}

/// What changed.
#[derive(Debug, Default)]
pub struct Diff {
    /// By rule.
    pub changes: Vec<Change>,
    /// Rules that changed their id and nothing else: the old one and the new one.
    pub renamed: Vec<(String, String)>,
    /// What nobody knows: questions that begin with `whether`.
    pub open: Vec<String>,
    /// How many steps were taken.
    pub taken: u64,
    /// How many more steps would have been taken at least, had the budget not been spent.
    pub refused: u64,
}

/// A change of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change.
    pub kind: Kind,
    /// `policy/id`; for a field its path.
    pub rule: String,
    /// The rival reading of the rule that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// What changed, in words.
    pub what: String,
    /// What shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// An item and an instant, and what the two sets decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The item and the instant.
    pub witness: Witness,
    /// What the older set decides.
    pub old: Verdict,
    /// What the newer set decides.
    pub new: Verdict,
}

impl Shown {
    /// Whether the verdict itself flips, and not only the rules behind it.
    pub fn flips(&self) -> bool {
        self.old != self.new
    }
}

/// Kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only the newer set has the rule.
    Added,
    /// Only the older set has the rule.
    Ended,
    /// It binds at other times.
    Moved,
    /// It fires on less.
    Narrowed,
    /// It fires on more.
    Widened,
    /// It says something stricter, or in a higher layer.
    Stricter,
    /// It says something less strict, or in a lower layer.
    Looser,
    /// It costs something else.
    Penalty,
    /// A field of items holds something else.
    Field,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Ended => "ended",
            Kind::Moved => "moved",
            Kind::Narrowed => "narrowed",
            Kind::Widened => "widened",
            Kind::Stricter => "stricter",
            Kind::Looser => "looser",
            Kind::Penalty => "penalty",
            Kind::Field => "field",
        }
    }
}

/// Compares two policy sets within a budget of steps.
pub fn diff(old: Side<'_>, new: Side<'_>, budget: u64) -> Diff {
    let sides = [(old.program, old.matcher), (new.program, new.matcher)];
    let mut differ = Differ {
        programs: [old.program, new.program],
        worlds: Worlds::new(&sides, budget),
        diff: Diff::default(),
    };
    differ.fields();
    let keys = differ.keys();
    for (key, rows) in &keys {
        differ.compare(key, rows);
    }
    differ.renamed(&keys);
    differ.fold_readings();
    Diff {
        taken: differ.worlds.taken(),
        refused: differ.worlds.refused(),
        ..differ.diff
    }
}

struct Differ<'a> {
    programs: [&'a Program; 2],
    worlds: Worlds<'a>,
    diff: Diff,
}

/// The number of the older set, and of the newer one.
const OLD: usize = 0;
const NEW: usize = 1;

/// A rule, or one of its rival readings.
type Key = (String, Option<String>);

/// The rows of one rule in both sets, in the order of time.
type Rows<'a> = [Vec<&'a Rule>; 2];

impl<'a> Differ<'a> {
    /// Every rule of either set.
    fn keys(&self) -> BTreeMap<Key, Rows<'a>> {
        let mut keys: BTreeMap<Key, Rows<'a>> = BTreeMap::new();
        for (side, program) in self.programs.iter().enumerate() {
            for rule in &program.rules {
                let key = (rule.id.clone(), rule.reading.clone());
                keys.entry(key).or_default()[side].push(rule);
            }
        }
        keys
    }

    /// Fields that hold something else.
    fn fields(&mut self) {
        let kinds = self.programs.map(|program| {
            let fields = program.fields.iter();
            let kinds = fields.map(|field| (field.path.as_str(), field.kind));
            kinds.collect::<BTreeMap<_, _>>()
        });
        let paths: BTreeSet<&str> = kinds[OLD].keys().copied().collect();
        for path in paths {
            let [old, new] = [OLD, NEW].map(|side| kinds[side].get(path));
            if let (Some(old), Some(new)) = (old, new)
                && old != new
            {
                self.diff.changes.push(Change {
                    kind: Kind::Field,
                    rule: path.to_owned(),
                    reading: None,
                    what: format!("holds {}, before {}", words(*new), words(*old)),
                    shown: None,
                });
            }
        }
    }

    /// What befalls a rule, befalls its readings: that is said once.
    fn fold_readings(&mut self) {
        let whole = |one: &Change| (one.reading.is_none()).then(|| (one.rule.clone(), one.kind));
        let wholes: BTreeSet<(String, Kind)> = self.diff.changes.iter().filter_map(whole).collect();
        let mut folded: BTreeMap<(String, Kind), usize> = BTreeMap::new();
        self.diff.changes.retain(|one| {
            let key = (one.rule.clone(), one.kind);
            let stays = one.reading.is_none() || !wholes.contains(&key);
            if !stays {
                *folded.entry(key).or_default() += 1;
            }
            stays
        });
        for one in &mut self.diff.changes {
            match folded.get(&(one.rule.clone(), one.kind)) {
                Some(1) => one.what += "; so does its rival reading",
                Some(count) => one.what += &format!("; so do its {count} rival readings"),
                None => {}
            }
        }
    }

    fn tell(&mut self, kind: Kind, key: &Key, what: String, shown: Option<Shown>) {
        self.diff.changes.push(Change {
            kind,
            rule: key.0.clone(),
            reading: key.1.clone(),
            what,
            shown,
        });
    }
}

fn words(kind: interdict_matcher::FieldType) -> &'static str {
    use interdict_matcher::FieldType;
    match kind {
        FieldType::Text => "a text",
        FieldType::Name => "a name",
        FieldType::Names => "names",
        FieldType::Number => "a number",
        FieldType::Date => "a date",
        FieldType::YesNo => "yes or no",
    }
}
