//! One decision, as the log holds it.

use std::borrow::Cow;

use interdict_matcher::{Decision, Joined};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::config::Item;

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    at: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<String>,
    verdict: &'static str,
    rules: Vec<&'a str>,
    matcher: String,
    /// The hash of the JSON that brought the item, as it came.
    item_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Value>,
    /// The fields that the item had and that are left out here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    masked: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shadow: Option<Shadow>,
}

/// What the artifact that only looks on would have decided, where that is something else.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shadow {
    pub(crate) verdict: &'static str,
    pub(crate) rules: Vec<String>,
    pub(crate) matcher: String,
}

/// Writes the line of a decision on the item of some JSON.
pub(crate) fn write(
    json: &str,
    decision: &Decision<'_>,
    shadow: Option<Shadow>,
    keep: &Item,
    out: &mut Vec<u8>,
) {
    let (item, masked) = match keep {
        Item::Hash => (None, Vec::new()),
        Item::Without(fields) => without(json, fields),
    };
    let line = Line {
        id: Joined::new(json, decision).id,
        at: decision.at.to_string().into(),
        known_at: decision.known_at.map(|at| at.to_string()),
        verdict: decision.verdict.word(),
        rules: decision.rules.iter().map(|rule| rule.id).collect(),
        matcher: blake3::Hash::from_bytes(decision.matcher)
            .to_hex()
            .to_string(),
        item_hash: blake3::hash(json.as_bytes()).to_hex().to_string(),
        item,
        masked,
        shadow,
    };
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(&mut *out, &line);
    out.push(b'\n');
}

/// The item without some fields, and which of them it had. What stands beside it is left out too.
fn without(json: &str, fields: &[String]) -> (Option<Value>, Vec<String>) {
    let Ok(Value::Object(mut all)) = serde_json::from_str::<Value>(json) else {
        return (None, Vec::new());
    };
    let mut item = match all.get_mut("item") {
        Some(Value::Object(inner)) => std::mem::take(inner),
        _ => {
            for beside in ["at", "known_at", "known-at"] {
                all.remove(beside);
            }
            all
        }
    };
    let mut masked = Vec::new();
    mask(&mut item, "", fields, &mut masked);
    (Some(Value::Object(item)), masked)
}

/// Takes fields out of an object. Their paths are as policies write them: `seller.name`, and `_`
/// and `-` are alike.
fn mask(
    object: &mut Map<String, Value>,
    prefix: &str,
    fields: &[String],
    masked: &mut Vec<String>,
) {
    object.retain(|key, value| {
        let path = format!("{prefix}{}", key.replace('_', "-"));
        if fields.iter().any(|field| field.replace('_', "-") == path) {
            masked.push(path);
            return false;
        }
        if let Value::Object(inner) = value {
            mask(inner, &format!("{path}."), fields, masked);
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn masked_fields_are_left_out_wherever_they_stand() {
        let fields = ["phone".to_owned(), "seller.full_name".to_owned()];
        let json = r#"{"at": "2018-04-18T00:00:00Z", "item": {"title": "tea", "phone": 1, "seller": {"full-name": "A", "phone": 2}}}"#;
        let (item, masked) = without(json, &fields);
        let left = r#"{"seller":{"phone":2},"title":"tea"}"#;
        assert_eq!(item.map(|item| item.to_string()).as_deref(), Some(left));
        assert_eq!(masked, ["phone", "seller.full-name"]);
        let (item, masked) = without(r#"{"at": "2018-04-18", "title": "tea"}"#, &fields);
        assert_eq!(
            item.map(|item| item.to_string()).as_deref(),
            Some(r#"{"title":"tea"}"#)
        );
        assert!(masked.is_empty());
    }
}
