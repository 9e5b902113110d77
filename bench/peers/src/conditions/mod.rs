//! What decides by conditions on fields: platform, category and price.
//!
//! In: how many rules. Each rule is about a category of its own, on one platform, above a price;
//! an item is in one category. Out: engines that say how many rules an item meets. Interdict reads
//! all of it from a policy and gives a whole decision; the others give true or false.

#[cfg(feature = "cedar")]
mod cedar;
#[cfg(feature = "cel")]
mod cel;
mod interdict;
#[cfg(feature = "regorus")]
mod rego;
#[cfg(feature = "wirefilter")]
mod wirefilter;

use interdict_workload::measure::{median, seconds};
use interdict_workload::policies::{floor, word};

use crate::Failure;
use crate::report::Conditions;

/// How many items a round decides.
const ITEMS: usize = 20;

/// A rule: an item on `taobao` in the category, above the price.
#[cfg_attr(
    not(any(
        feature = "cedar",
        feature = "cel",
        feature = "regorus",
        feature = "wirefilter"
    )),
    allow(dead_code, reason = "Interdict reads its rules from a policy")
)]
pub(crate) struct Rule {
    pub(crate) category: String,
    pub(crate) above: usize,
}

/// An item on `taobao`.
pub(crate) struct Item {
    pub(crate) category: String,
    pub(crate) price: usize,
}

/// Counts the rules that an item meets. Some engines want items to live as long as they do.
pub(crate) type Decide = Box<dyn FnMut(&'static Item) -> usize>;

/// Those that were not built in, and how to have them.
pub(crate) fn absent() -> Vec<String> {
    let features = [
        ("wirefilter", cfg!(feature = "wirefilter")),
        ("cel", cfg!(feature = "cel")),
        ("cedar", cfg!(feature = "cedar")),
        ("regorus", cfg!(feature = "regorus")),
    ];
    let absent = features.iter().filter(|(_, there)| !there);
    absent
        .map(|(name, _)| format!("not built in: {name} (--features {name})"))
        .collect()
}

fn engines(rules: &[Rule]) -> Result<Vec<(&'static str, Decide)>, Failure> {
    Ok(vec![
        ("interdict", interdict::engine(rules.len())?),
        #[cfg(feature = "wirefilter")]
        ("wirefilter", wirefilter::engine(rules)?),
        #[cfg(feature = "cel")]
        ("cel", cel::engine(rules)?),
        #[cfg(feature = "cedar")]
        ("cedar", cedar::engine(rules)?),
        #[cfg(feature = "regorus")]
        ("regorus", rego::engine(rules)?),
    ])
}

pub(crate) fn measure(counts: &[usize], rounds: usize) -> Result<Vec<Conditions>, Failure> {
    let mut all = Vec::new();
    for &count in counts {
        let rule = |number| Rule {
            category: word(number),
            above: floor(number),
        };
        let rules: Vec<Rule> = (0..count).map(rule).collect();
        let mut engines = engines(&rules)?;
        // Every other item is below the price of its category's rule.
        let item = |number| Item {
            category: word(number * 7 % count),
            price: if number % 2 == 0 { 500 } else { 5 },
        };
        let items: Vec<Item> = (0..ITEMS).map(item).collect();
        all.extend(of(count, items.leak(), &mut engines, rounds)?);
    }
    Ok(all)
}

fn of(
    rules: usize,
    items: &'static [Item],
    engines: &mut [(&'static str, Decide)],
    rounds: usize,
) -> Result<Vec<Conditions>, Failure> {
    let mut times = vec![Vec::new(); engines.len()];
    let mut met = vec![0; engines.len()];
    // The first round only warms up.
    for round in 0..=rounds.max(1) {
        for (number, (_, decide)) in engines.iter_mut().enumerate() {
            let time = seconds(|| met[number] = items.iter().map(&mut *decide).sum());
            if round > 0 {
                times[number].push(time);
            }
        }
    }
    if met.iter().any(|&one| one != met[0]) {
        return Err(format!("the engines do not agree: {met:?}").into());
    }
    let rows = engines
        .iter()
        .zip(times)
        .map(|((engine, _), times)| Conditions {
            rules,
            engine: (*engine).to_owned(),
            microseconds: median(times) * 1e6 / items.len() as f64,
            met: met[0],
        });
    Ok(rows.collect())
}
