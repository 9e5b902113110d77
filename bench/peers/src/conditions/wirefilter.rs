//! A filter a rule, each tried on an item.

use wirefilter::{ExecutionContext, Scheme, Type};

use super::{Decide, Item, Rule};
use crate::Failure;

pub(super) fn engine(rules: &[Rule]) -> Result<Decide, Failure> {
    let fields = [
        ("platform", Type::Bytes),
        ("category", Type::Bytes),
        ("price", Type::Int),
    ];
    let fields = fields.map(|(name, kind)| (name.to_owned(), kind));
    let scheme = Scheme::try_from_iter(fields).map_err(|error| error.to_string())?;
    // Filters borrow their scheme, which lives as long as the program for it.
    let scheme: &'static Scheme = Box::leak(Box::new(scheme));
    let mut filters = Vec::with_capacity(rules.len());
    for rule in rules {
        let text = format!(
            "platform == \"taobao\" && category == \"{}\" && price > {}",
            rule.category, rule.above
        );
        let filter = scheme.parse(&text).map_err(|error| error.to_string())?;
        filters.push(filter.compile());
    }
    Ok(Box::new(move |item: &'static Item| {
        let mut context = ExecutionContext::new(scheme);
        let set = [
            context.set_field_value("platform", "taobao").is_ok(),
            context
                .set_field_value("category", item.category.as_str())
                .is_ok(),
            context.set_field_value("price", item.price as i32).is_ok(),
        ];
        assert_eq!(set, [true; 3], "the fields are those of the scheme");
        let met = filters
            .iter()
            .filter(|filter| filter.execute(&context).unwrap_or(false));
        met.count()
    }))
}
