//! What is decided on: an item's fields, borrowed from the caller where they can be.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::artifact::View;
use crate::verdict::FieldType;

/// A value of a field; serialised as it stands in an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    /// Of a text or name field.
    Text(Cow<'a, str>),
    /// Of a names field.
    Names(Vec<Cow<'a, str>>),
    /// Of a number field; never NaN.
    Number(f64),
    /// Of a date field.
    Date(DateValue),
    /// Of a yes-no field.
    YesNo(bool),
}

/// A date of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateValue {
    /// A civil day, in days since 1970-01-01.
    Day(i32),
    /// An instant, in seconds since 1970-01-01T00:00Z.
    Instant(i64),
}

/// An item: values by the field numbers of one matcher, and how many fields it did not know.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item<'a> {
    values: Vec<Option<Value<'a>>>,
    ignored: u32,
}

/// Why a text is no item.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ItemError {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// What it is made of cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// It is JSON, but not an object.
    #[error(
        "an item is an object such as {{\"platform\": \"taobao\", \"title\": \"…\"}}, but this is {found}"
    )]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// A field holds something of another type.
    #[error("field `{field}` takes {expected}, but here it is {found}")]
    WrongType {
        /// The field.
        field: String,
        /// What it takes.
        expected: &'static str,
        /// What it holds.
        found: String,
    },
    /// A field of the item stands outside it.
    #[error("`{field}` stands beside `item`: put it inside")]
    BesideItem {
        /// The field.
        field: String,
    },
    /// A field stands twice.
    #[error("field `{field}` stands twice")]
    Repeated {
        /// The field.
        field: String,
    },
}

impl Value<'_> {
    /// The same value, borrowed.
    pub(crate) fn borrowed(&self) -> Value<'_> {
        match self {
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Names(names) => {
                Value::Names(names.iter().map(|name| Cow::Borrowed(&**name)).collect())
            }
            Value::Number(number) => Value::Number(*number),
            Value::Date(date) => Value::Date(*date),
            Value::YesNo(answer) => Value::YesNo(*answer),
        }
    }
}

impl<'a> Item<'a> {
    /// The value of a field by its number.
    pub(crate) fn value(&self, field: u32) -> Option<&Value<'a>> {
        self.values.get(field as usize)?.as_ref()
    }

    /// The value of a field, or what a missing one stands for.
    pub(crate) fn value_or_default<'b>(&'b self, view: View<'b>, field: u32) -> Option<Value<'b>> {
        match self.value(field) {
            Some(value) => Some(value.borrowed()),
            None => {
                let default = view.strings.maybe(view.fields.row(field).default)?;
                Some(Value::Text(Cow::Borrowed(default)))
            }
        }
    }

    /// The item with another value in a field, or with none.
    pub(crate) fn with(&self, field: u32, value: Option<Value<'a>>) -> Item<'a> {
        let mut item = self.clone();
        if let Some(slot) = item.values.get_mut(field as usize) {
            *slot = value;
        }
        item
    }

    /// How long its texts are together, in bytes.
    pub(crate) fn text_len(&self) -> usize {
        let lengths = self.values.iter().flatten().map(|value| match value {
            Value::Text(text) => text.len(),
            _ => 0,
        });
        lengths.sum()
    }

    /// How many fields the matcher does not know, and therefore ignored.
    pub fn ignored(&self) -> u32 {
        self.ignored
    }

    /// Reads an item from parsed JSON. `null` is a missing field; `_` and `-` are alike in names.
    pub(crate) fn from_json(view: &View<'_>, json: Json<'a>) -> Result<Item<'a>, ItemError> {
        let Json::Object(fields) = json else {
            return Err(ItemError::NotAnObject {
                found: json.describe(),
            });
        };
        let mut item = Item {
            values: vec![None; view.fields.len()],
            ignored: 0,
        };
        item.read(view, &mut String::new(), fields)?;
        Ok(item)
    }

    /// Reads the fields of an object that stands at a path, which is empty or ends with a point.
    fn read(
        &mut self,
        view: &View<'_>,
        path: &mut String,
        fields: Vec<(Cow<'a, str>, Json<'a>)>,
    ) -> Result<(), ItemError> {
        let outside = path.len();
        for (key, json) in fields {
            match key.contains('_') {
                true => path.push_str(&key.replace('_', "-")),
                false => path.push_str(&key),
            }
            match (view.field_number(path), json) {
                (_, Json::Null) => {}
                (Some(number), json) => self.set(view, number, path, json)?,
                (None, Json::Object(inner)) => {
                    path.push('.');
                    self.read(view, path, inner)?;
                }
                // An item's own id is for whoever asked, not for the policy.
                (None, _) if path == "id" => {}
                (None, _) => self.ignored += 1,
            }
            path.truncate(outside);
        }
        Ok(())
    }

    fn set(
        &mut self,
        view: &View<'_>,
        number: u32,
        path: &str,
        json: Json<'a>,
    ) -> Result<(), ItemError> {
        let kind = view.field_type(number);
        let value = convert(kind, json).map_err(|found| ItemError::WrongType {
            field: path.to_owned(),
            expected: expected(kind),
            found,
        })?;
        match self.values.get_mut(number as usize) {
            Some(slot) if slot.is_none() => *slot = Some(value),
            _ => {
                return Err(ItemError::Repeated {
                    field: path.to_owned(),
                });
            }
        }
        Ok(())
    }
}

fn expected(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "text in quotes",
        FieldType::Name => "a name in quotes",
        FieldType::Names => "a name or a list of names",
        FieldType::Number => "a number",
        FieldType::Date => "a date such as \"2018-04-17\" or an instant with its offset",
        FieldType::YesNo => "true or false",
    }
}

fn convert<'a>(kind: FieldType, json: Json<'a>) -> Result<Value<'a>, String> {
    match (kind, json) {
        (FieldType::Text | FieldType::Name, Json::Text(text)) => Ok(Value::Text(text)),
        (FieldType::Names, Json::Text(text)) => Ok(Value::Names(vec![text])),
        (FieldType::Names, Json::List(list)) => {
            let names = list.into_iter().map(|one| match one {
                Json::Text(text) => Ok(text),
                other => Err(format!("a list with {} in it", other.describe())),
            });
            names.collect::<Result<_, _>>().map(Value::Names)
        }
        (FieldType::Number, Json::Number(number)) => Ok(Value::Number(number)),
        (FieldType::YesNo, Json::Bool(answer)) => Ok(Value::YesNo(answer)),
        (FieldType::Date, Json::Text(text)) => match DateValue::read(&text) {
            Some(date) => Ok(Value::Date(date)),
            None => Err(format!("`{text}`")),
        },
        (_, other) => Err(other.describe().to_owned()),
    }
}

impl DateValue {
    /// Reads `2018-04-17` or an instant with its offset.
    pub fn read(text: &str) -> Option<DateValue> {
        if let Ok(instant) = text.parse::<crate::Instant>() {
            return Some(DateValue::Instant(instant.unix_seconds()));
        }
        let day: jiff::civil::Date = text.parse().ok().filter(|_| text.len() == 10)?;
        let since = day.since(jiff::civil::date(1970, 1, 1)).ok()?;
        Some(DateValue::Day(since.get_days()))
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateValue::Day(day) => f.write_str(&crate::instant::day(*day)),
            DateValue::Instant(at) => crate::Instant::from_unix_seconds(*at).fmt(f),
        }
    }
}

impl Serialize for DateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// JSON as it stands, with borrowed strings and with repeated keys still visible. What is no JSON, but
/// has its form, is read the same way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
    /// Bytes, or a number that is none: in a field that nobody asks for they do no harm.
    Foreign,
}

impl Json<'_> {
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::Text(_) => "text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
            Json::Foreign => "something that JSON has no word for",
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

/// A key, borrowed when the JSON spells it without escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(JsonVisitor)? {
            Json::Text(text) => Ok(Key(text)),
            _ => Err(de::Error::custom("a key must be a string")),
        }
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        Json::deserialize(deserializer)
    }

    fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<Json<'de>, E> {
        Ok(Json::Foreign)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(match value.is_finite() {
            true => Json::Number(value),
            false => Json::Foreign,
        })
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = seq.next_element()? {
            list.push(one);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        // Most objects grow no further.
        let mut fields = Vec::with_capacity(8);
        while let Some((Key(key), value)) = map.next_entry()? {
            fields.push((key, value));
        }
        Ok(Json::Object(fields))
    }
}
