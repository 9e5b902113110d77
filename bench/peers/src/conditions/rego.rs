//! A rule of Rego a rule, all of them asked at once.

use std::fmt::Write;

use regorus::{Engine, Value};

use super::{Decide, Item, Rule};
use crate::Failure;

pub(super) fn engine(rules: &[Rule]) -> Result<Decide, Failure> {
    let mut text = String::from("package measured\nimport rego.v1\n");
    for (number, rule) in rules.iter().enumerate() {
        let _ = writeln!(
            text,
            "met contains {number} if {{ input.platform == \"taobao\"; input.category == \"{}\"; input.price > {} }}",
            rule.category, rule.above
        );
    }
    let mut engine = Engine::new();
    engine
        .add_policy("measured.rego".to_owned(), text)
        .map_err(|error| error.to_string())?;
    Ok(Box::new(move |item: &'static Item| {
        let input = format!(
            "{{\"platform\": \"taobao\", \"category\": \"{}\", \"price\": {}}}",
            item.category, item.price
        );
        let input = Value::from_json_str(&input).unwrap_or(Value::Undefined);
        engine.set_input(input);
        let met = engine.eval_rule("data.measured.met".to_owned());
        met.ok()
            .and_then(|met| met.as_set().ok().map(|met| met.len()))
            .unwrap_or(0)
    }))
}
