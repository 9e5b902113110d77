//! What a statement says beside the decision: what was done, to what, and how the case started.

use serde::Deserialize;
use serde_json::{Map, Value};

/// What the caller knows and no policy does, under the names of the database's fields. Values of
/// enumerations may leave their prefix out: `CONTENT_REMOVED` is
/// `DECISION_VISIBILITY_CONTENT_REMOVED`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Circumstances {
    /// The platform's own number of the statement: letters, digits, `-` and `_`, never used again.
    pub puid: Option<String>,
    /// The day from which the restriction applies; without it, the day of the decision where it was
    /// made.
    pub application_date: Option<String>,
    /// The day on which the content was created.
    pub content_date: Option<String>,
    /// What the content is; without it, text if the rule rests on words of the item.
    pub content_type: Vec<String>,
    /// What it is if it is `OTHER`.
    pub content_type_other: Option<String>,
    /// The language of the content, two letters.
    pub content_language: Option<String>,
    /// The number of the product.
    pub ean_13: Option<String>,
    /// Where the restriction applies. Territories outside the EEA are left out; if none is left, no
    /// statement is due.
    pub territorial_scope: Option<Vec<String>>,
    /// What was done to the content; without any restriction, a `ban` has removed it.
    pub decision_visibility: Vec<String>,
    /// What was done if it is `OTHER`.
    pub decision_visibility_other: Option<String>,
    /// The last day of that.
    pub end_date_visibility_restriction: Option<String>,
    /// What was done to payments.
    pub decision_monetary: Option<String>,
    /// What was done if it is `OTHER`.
    pub decision_monetary_other: Option<String>,
    /// The last day of that.
    pub end_date_monetary_restriction: Option<String>,
    /// What was done to the service.
    pub decision_provision: Option<String>,
    /// The last day of that.
    pub end_date_service_restriction: Option<String>,
    /// What was done to the account.
    pub decision_account: Option<String>,
    /// The last day of that.
    pub end_date_account_restriction: Option<String>,
    /// Whose account it is.
    pub account_type: Option<String>,
    /// More categories than that of the rule.
    pub category_addition: Vec<String>,
    /// How the case started; without it, on the platform's own initiative.
    pub source_type: Option<String>,
    /// Who gave notice.
    pub source_identity: Option<String>,
    /// Whether the content was found by a machine, `Yes` or `No`; without it, `Yes`.
    pub automated_detection: Option<String>,
    /// Whether a machine decided; without it, `FULLY`.
    pub automated_decision: Option<String>,
    /// The language in which the statement explains, if the rule has a message in it; without it,
    /// English.
    pub language: Option<String>,
}

impl Circumstances {
    /// Circumstances from JSON, what `own` says before what `defaults` say.
    ///
    /// # Errors
    ///
    /// A field that is not known, or that holds something else than it should.
    pub fn read(own: &Value, defaults: &Map<String, Value>) -> Result<Circumstances, String> {
        let mut fields = defaults.clone();
        match own {
            Value::Null => {}
            Value::Object(own) => fields.extend(own.clone()),
            _ => return Err("`statement` holds no object".to_owned()),
        }
        serde_json::from_value(Value::Object(fields)).map_err(|error| format!("statement: {error}"))
    }

    /// Takes what an item says of itself where nothing else was said: the day on which it was
    /// `created`, and the `market` that it is offered in.
    pub fn fill_from(&mut self, item: &Value) {
        if self.content_date.is_none() {
            let created = item.get("created").and_then(Value::as_str);
            self.content_date = created.and_then(|text| text.get(..10)).map(str::to_owned);
        }
        if self.territorial_scope.is_none() {
            self.territorial_scope = match item.get("market") {
                Some(Value::String(one)) => Some(vec![one.clone()]),
                Some(Value::Array(several)) => {
                    let names = several.iter().filter_map(Value::as_str);
                    Some(names.map(str::to_owned).collect())
                }
                _ => None,
            };
        }
    }
}
