//! Interdict: a line of JSON to a whole decision.

use interdict::source::Sources;
use interdict_matcher::{Instant, Matcher, Scratch};
use interdict_workload::policies::{AT, Shape, quoted};

use super::{Decide, Item};
use crate::Failure;

pub(super) fn engine(rules: usize) -> Result<Decide, Failure> {
    let sources = Sources::from_texts([("measured.policy", Shape::Categories.policy(rules))]);
    let compiled = interdict::compile(&sources);
    let matcher = Matcher::from_bytes(compiled.artifact.ok_or("the policy does not compile")?)?;
    let (at, mut scratch): (Instant, _) = (AT.parse()?, Scratch::default());
    Ok(Box::new(move |item: &'static Item| {
        let line = format!(
            "{{\"platform\": \"taobao\", \"category\": {}, \"price\": {{\"amount\": {}}}}}",
            quoted(&item.category),
            item.price
        );
        let item = matcher.item(line.as_bytes());
        item.map_or(0, |item| {
            matcher.decide_with(&mut scratch, &item, at).rules.len()
        })
    }))
}
