//! A policy set → the instants at which something in it changes.

use crate::model::PolicySet;

/// Every instant at which anything starts or ends.
pub(super) fn boundaries(set: &PolicySet) -> Vec<i64> {
    let mut all: Vec<i64> = Vec::new();
    for life in set
        .rules
        .iter()
        .map(|rule| &rule.life)
        .chain(set.exceptions.iter().map(|one| &one.life))
    {
        all.extend([
            life.possible,
            life.certain,
            life.enforced,
            life.may_end,
            life.until,
        ]);
        all.extend(life.announced);
    }
    all.extend(set.placements().flat_map(|(_, one)| [one.from, one.until]));
    let known = set.rules.iter().map(|rule| rule.known);
    let known = known.chain(set.exceptions.iter().map(|one| one.known));
    let known = known.chain(set.placements().map(|(_, one)| one.known));
    all.extend(known.flat_map(|known| [known.from, known.until]));
    all.extend(
        set.terms
            .iter()
            .flat_map(|term| &term.spellings)
            .filter_map(|spelling| spelling.since),
    );
    let members = set.groups.iter().flat_map(|group| &group.members);
    all.extend(
        members
            .flat_map(|member| [member.since, member.until])
            .flatten(),
    );
    all.extend(set.groups.iter().map(|group| group.known_until));
    all.extend(&set.turns);
    let beginning = beginning(set);
    for calendar in &set.calendars {
        let stretches = calendar.stretches(beginning).into_iter();
        all.extend(stretches.flat_map(|(from, until)| [from, until]));
        all.push(calendar.known_until);
    }
    all.retain(|at| !matches!(*at, i64::MIN | i64::MAX));
    all.sort_unstable();
    all.dedup();
    all
}

/// The first instant at which any rule may bind. Windows of calendars that end before are left out.
pub(super) fn beginning(set: &PolicySet) -> i64 {
    let starts = set.rules.iter().map(|rule| {
        let life = &rule.life;
        life.possible.min(life.announced.unwrap_or(i64::MAX))
    });
    starts.min().unwrap_or(0)
}
