//! Item, instant and aim → [`Changes`]: the smallest edits of the item, and the nearest times, that
//! change the verdict.
//!
//! Conditions say which answers would have to change; moves change them; and each change is decided
//! before it is told. Single moves come first, then pairs. Where neither will do, all moves are
//! made, and those that need not have been are taken back.

mod apply;
mod dates;
mod moves;
mod periods;
mod wishes;

use crate::artifact::{Rule, View};
use crate::as_of::AsOf;
use crate::change::{Aim, Change, Changes, Edit};
use crate::decide::{Evaluation, Findings, Point, Scratch, decide};
use crate::decision::Decision;
use crate::item::{Item, Value};
use crate::verdict::Verdict;
use apply::apply;
use moves::{Act, Move, Mover};
use wishes::Wishes;

/// How many questions a wish may hang together with, where rules are to be kept from firing: one cut may
/// answer several.
const AGAINST: u32 = 8;
/// And where they are to fire.
const TOWARDS: u32 = 2;
/// How many changes are told.
const TOLD: usize = 24;
/// How much text may be searched, in bytes, and how often a trial searches the texts of an item.
const MOST_TEXT: usize = 128 << 20;
const SEARCHES: usize = 3;

/// Searches for what would change the verdict on an item.
pub(crate) fn search<'a>(view: View<'a>, item: &'a Item<'a>, as_of: AsOf, aim: Aim) -> Changes<'a> {
    let mut scratch = Scratch::default();
    let decision = decide(view, [0; 32], item, as_of, &mut scratch);
    let goal = Goal::of(&decision, aim);
    let moves = goal.map_or_else(Vec::new, |goal| {
        moves(view, item, as_of, aim, goal, &mut scratch)
    });
    let mut trials = Trials::new(view, item, as_of, aim, scratch);
    let mut changes = goal.map_or_else(Vec::new, |goal| trials.smallest(&moves, goal));
    changes.truncate(TOLD);
    let periods = trials.periods(decision.verdict);
    Changes {
        changes,
        periods,
        trials: trials.done,
        stopped: trials.stopped,
    }
}

/// Which verdicts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// Any that is looser.
    Below(Verdict),
    /// Any but review, which what is unknown makes.
    Settled(Verdict),
    /// This one.
    Exactly(Verdict),
}

impl Goal {
    fn of(decision: &Decision<'_>, aim: Aim) -> Option<Goal> {
        let verdict = decision.verdict;
        match aim.toward {
            Some(toward) => (toward != verdict).then_some(Goal::Exactly(toward)),
            None if verdict == Verdict::Allow => None,
            None => {
                let known = decision.rules.first();
                let known = known.map_or(Verdict::Allow, |rule| rule.verdict);
                Some(match known < verdict {
                    true => Goal::Settled(verdict),
                    false => Goal::Below(verdict),
                })
            }
        }
    }

    fn is_met(self, verdict: Verdict) -> bool {
        match self {
            Goal::Below(old) => verdict < old,
            Goal::Settled(old) => verdict != old,
            Goal::Exactly(wanted) => verdict == wanted,
        }
    }
}

/// The moves that may bring a goal nearer.
fn moves<'a>(
    view: View<'a>,
    item: &'a Item<'a>,
    as_of: AsOf,
    aim: Aim,
    goal: Goal,
    scratch: &mut Scratch,
) -> Vec<Move<'a>> {
    let point = Point::of(view, as_of);
    let findings = Findings::gather(view, item, &mut scratch.scan);
    let mut evaluation = Evaluation::new(view, item, &findings, point, &mut scratch.memo);
    let rules = view.rules.iter().map(|(_, rule)| rule);
    let rules = rules.filter(|rule| point.may_bind(rule));
    let rules: Vec<Rule> = rules.collect();
    let mut wishes = Wishes::new(&mut evaluation, aim.place);
    for rule in rules {
        let verdict = Verdict::from_index(rule.verdict).unwrap_or(Verdict::Review);
        let (against, towards) = match goal {
            Goal::Below(_) => (true, false),
            Goal::Settled(_) => (true, wishes.is_open(rule)),
            Goal::Exactly(wanted) => (verdict > wanted, verdict == wanted),
        };
        if against && wishes.may_fire(rule) {
            wishes.against(rule, AGAINST);
        }
        if towards {
            wishes.towards(rule, TOWARDS);
        }
    }
    let found = wishes.into_found();
    let mut mover = Mover::new(&evaluation, matches!(goal, Goal::Exactly(_)));
    found.into_iter().for_each(|wish| mover.add(wish));
    let mut moves = mover.moves;
    moves.sort_by_key(|one| one.rank);
    moves
}

/// Decisions on changed items, counted.
struct Trials<'a> {
    view: View<'a>,
    item: &'a Item<'a>,
    as_of: AsOf,
    scratch: Scratch,
    done: u32,
    most: u32,
    stopped: bool,
}

/// A change that was tried, and the item that it makes.
struct Tried<'a> {
    change: Change<'a>,
    item: Item<'a>,
}

impl<'a> Trials<'a> {
    fn new(view: View<'a>, item: &'a Item<'a>, as_of: AsOf, aim: Aim, scratch: Scratch) -> Self {
        let affordable = MOST_TEXT / (SEARCHES * item.text_len().max(1));
        let affordable = u32::try_from(affordable).unwrap_or(u32::MAX);
        Trials {
            view,
            item,
            as_of,
            scratch,
            done: 0,
            most: aim.trials.min(affordable.max(4)),
            stopped: false,
        }
    }

    /// The verdict on an item at an instant, unless enough has been tried.
    fn verdict(&mut self, item: &Item<'_>, as_of: AsOf) -> Option<Verdict> {
        if self.done >= self.most {
            self.stopped = true;
            return None;
        }
        self.done += 1;
        Some(decide(self.view, [0; 32], item, as_of, &mut self.scratch).verdict)
    }

    /// Does a move on top of what was done before.
    fn then(&mut self, before: Option<&Tried<'a>>, one: &Move<'a>) -> Option<Tried<'a>> {
        let base = before.map_or(self.item, |before| &before.item);
        let (item, edit) = apply(self.view, base, one, &mut self.scratch.scan)?;
        let verdict = self.verdict(&item, self.as_of)?;
        let mut edits = before.map_or_else(Vec::new, |before| before.change.edits.clone());
        edits.push(edit);
        Some(Tried {
            change: Change { verdict, edits },
            item,
        })
    }

    fn smallest(&mut self, moves: &[Move<'a>], goal: Goal) -> Vec<Change<'a>> {
        // To make a text say more is what to do where nothing else will; unless that is the question.
        let additions = match goal {
            Goal::Exactly(_) => moves.len(),
            _ => moves.partition_point(|one| !matches!(one.act, Act::Append(_))),
        };
        let mut singles: Vec<Option<Tried<'a>>> = Vec::with_capacity(moves.len());
        let mut found: Vec<Change<'a>> = Vec::new();
        for group in [&moves[..additions], &moves[additions..]] {
            if found.is_empty() {
                singles.extend(group.iter().map(|one| self.then(None, one)));
                let met = singles.iter().flatten().map(|one| &one.change);
                for change in met.filter(|change| goal.is_met(change.verdict)) {
                    add(&mut found, change.clone());
                }
            }
        }
        // A pair is worth telling only if it gets further than each of its moves.
        let best = found.iter().map(|change| change.verdict).min();
        let further = |verdict: Verdict| match goal {
            Goal::Below(_) => goal.is_met(verdict) && best.is_none_or(|best| verdict < best),
            _ => goal.is_met(verdict) && best.is_none(),
        };
        if best != Some(Verdict::Allow) {
            self.pairs(moves, &singles, further, &mut found);
        }
        if found.is_empty() {
            found.extend(self.cut_down(moves, goal));
        }
        if let Goal::Below(_) = goal {
            found.sort_by_key(|change| (change.edits.len(), change.verdict));
        }
        found
    }

    fn pairs(
        &mut self,
        moves: &[Move<'a>],
        singles: &[Option<Tried<'a>>],
        further: impl Fn(Verdict) -> bool,
        found: &mut Vec<Change<'a>>,
    ) {
        for (at, first) in singles.iter().enumerate() {
            let Some(first) = first else { continue };
            for second in moves.iter().skip(at + 1) {
                if self.stopped {
                    return;
                }
                let pair = self.then(Some(first), second);
                if let Some(pair) = pair.filter(|pair| further(pair.change.verdict)) {
                    add(found, pair.change);
                }
            }
        }
    }

    /// Does all moves but additions, then takes back what need not have been done, the last first, so
    /// that cuts remain rather than what is less like the item.
    fn cut_down(&mut self, moves: &[Move<'a>], goal: Goal) -> Option<Change<'a>> {
        let is_addition = |one: &&Move<'a>| matches!(one.act, Act::Append(_));
        let mut kept: Vec<&Move<'a>> = moves.iter().filter(|one| !is_addition(one)).collect();
        let mut change = self
            .all_of(&kept)
            .filter(|change| goal.is_met(change.verdict))?;
        for at in (0..kept.len()).rev() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if let Some(smaller) = self
                .all_of(&fewer)
                .filter(|change| goal.is_met(change.verdict))
            {
                (kept, change) = (fewer, smaller);
            }
        }
        Some(change)
    }

    /// Several moves, those left out that the ones before made needless.
    fn all_of(&mut self, moves: &[&Move<'a>]) -> Option<Change<'a>> {
        let mut item = self.item.clone();
        let mut edits: Vec<Edit<'a>> = Vec::new();
        for one in moves {
            if let Some((changed, edit)) = apply(self.view, &item, one, &mut self.scratch.scan) {
                (item, _) = (changed, edits.push(edit));
            }
        }
        let verdict = self.verdict(&item, self.as_of)?;
        Some(Change { verdict, edits })
    }
}

/// Adds a change, unless one that makes the same item is there.
fn add<'a>(found: &mut Vec<Change<'a>>, new: Change<'a>) {
    let made = |change: &Change<'a>| -> Vec<(&'a str, Option<Value<'a>>)> {
        let edits = change.edits.iter();
        edits.map(|edit| (edit.field, edit.value.clone())).collect()
    };
    if !found.iter().any(|change| made(change) == made(&new)) {
        found.push(new);
    }
}
