//! A program a rule, each run on an item.

use cel::{Context, Program, Value};

use super::{Decide, Item, Rule};
use crate::Failure;

pub(super) fn engine(rules: &[Rule]) -> Result<Decide, Failure> {
    let mut programs = Vec::with_capacity(rules.len());
    for rule in rules {
        let text = format!(
            "platform == \"taobao\" && category == \"{}\" && price > {}",
            rule.category, rule.above
        );
        programs.push(Program::compile(&text).map_err(|error| error.to_string())?);
    }
    Ok(Box::new(move |item: &'static Item| {
        let mut context = Context::default();
        context.add_variable_from_value("platform", "taobao");
        context.add_variable_from_value("category", item.category.as_str());
        context.add_variable_from_value("price", item.price as i64);
        let met = |program: &&Program| matches!(program.execute(&context), Ok(Value::Bool(true)));
        programs.iter().filter(met).count()
    }))
}
