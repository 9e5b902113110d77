//! A policy a rule, all of them asked at once.

use std::fmt::Write;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Entities, EntityUid, PolicySet, Request, RestrictedExpression,
};

use super::{Decide, Item, Rule};
use crate::Failure;

pub(super) fn engine(rules: &[Rule]) -> Result<Decide, Failure> {
    let mut text = String::new();
    for rule in rules {
        let _ = writeln!(
            text,
            "permit(principal, action, resource) when {{ context.platform == \"taobao\" \
             && context.category == \"{}\" && context.price > {} }};",
            rule.category, rule.above
        );
    }
    let policies = PolicySet::from_str(&text)?;
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    let [seller, sell, item] = ["Seller::\"a\"", "Action::\"sell\"", "Item::\"a\""];
    let [seller, sell, listing] = [
        EntityUid::from_str(seller)?,
        EntityUid::from_str(sell)?,
        EntityUid::from_str(item)?,
    ];
    Ok(Box::new(move |item: &'static Item| {
        let pairs = [
            (
                "platform".to_owned(),
                RestrictedExpression::new_string("taobao".to_owned()),
            ),
            (
                "category".to_owned(),
                RestrictedExpression::new_string(item.category.clone()),
            ),
            (
                "price".to_owned(),
                RestrictedExpression::new_long(item.price as i64),
            ),
        ];
        let context = Context::from_pairs(pairs).expect("the pairs have keys of their own");
        let request = Request::new(seller.clone(), sell.clone(), listing.clone(), context, None);
        let request = request.expect("without a schema every request is well formed");
        authorizer
            .is_authorized(&request, &policies, &entities)
            .diagnostics()
            .reason()
            .count()
    }))
}
