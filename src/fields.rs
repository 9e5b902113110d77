//! The standard fields of an item.
//!
//! Source: section 9 of `docs/language.md`.

use interdict_matcher::FieldType;

/// A field of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path.
    pub path: String,
    /// Its type.
    pub kind: FieldType,
    /// What a missing value stands for.
    pub default: Option<String>,
}

/// The field that says where the seller is.
pub const SELLER_PLACE: &str = "seller.country";

const STANDARD: &[(&str, FieldType, Option<&str>)] = &[
    ("brand", FieldType::Text, None),
    ("category", FieldType::Names, None),
    ("channel", FieldType::Name, Some("listing")),
    ("created", FieldType::Date, None),
    ("description", FieldType::Text, None),
    ("destination", FieldType::Names, None),
    ("image-text", FieldType::Text, None),
    ("market", FieldType::Names, None),
    ("origin", FieldType::Names, None),
    ("page-text", FieldType::Text, None),
    ("platform", FieldType::Name, None),
    ("price.amount", FieldType::Number, None),
    ("price.currency", FieldType::Name, None),
    ("published", FieldType::Date, None),
    ("query", FieldType::Text, None),
    (SELLER_PLACE, FieldType::Name, None),
    ("seller.kind", FieldType::Name, None),
    ("seller.licences", FieldType::Names, None),
    ("seller.name", FieldType::Text, None),
    ("tags", FieldType::Names, None),
    ("title", FieldType::Text, None),
];

/// The standard fields, sorted by path.
pub fn standard() -> Vec<Field> {
    let fields = STANDARD.iter().map(|&(path, kind, default)| Field {
        path: path.to_owned(),
        kind,
        default: default.map(str::to_owned),
    });
    fields.collect()
}
