//! An item as a line brings it: bare, or with the instant that it is judged at.

use std::borrow::Cow;

use crate::artifact::View;
use crate::as_of::AsOf;
use crate::instant::{Instant, InstantError};
use crate::item::{Item, ItemError, Json};

/// An item with the instants that it brings along, if it brings any.
#[derive(Debug, Clone, PartialEq)]
pub struct Request<'a> {
    /// The item.
    pub item: Item<'a>,
    /// `at` of `{"at": …, "known_at": …, "item": {…}}`.
    pub at: Option<Instant>,
    /// `known_at` of it.
    pub known_at: Option<Instant>,
}

/// Why a line holds no request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The item.
    #[error(transparent)]
    Item(#[from] ItemError),
    /// One of its instants.
    #[error("{key}: {error}")]
    Instant {
        /// `at` or `known_at`.
        key: &'static str,
        /// Why it is no instant.
        error: InstantError,
    },
    /// It brings no instant, and none is given.
    #[error("no instant: give `at`, or write {{\"at\": \"…\", \"item\": {{…}}}}")]
    NoInstant,
}

impl<'a> Request<'a> {
    pub(crate) fn read(view: &View<'_>, json: Json<'a>) -> Result<Request<'a>, RequestError> {
        let (json, [at, known_at]) = split(view, json)?;
        let instant = |key, text: Option<Cow<'_, str>>| {
            let read = text.map(|text| text.parse()).transpose();
            read.map_err(|error| RequestError::Instant { key, error })
        };
        Ok(Request {
            at: instant("at", at)?,
            known_at: instant("known_at", known_at)?,
            item: Item::from_json(view, json)?,
        })
    }

    /// What to decide by: the instants that it brings along, or else those given.
    pub fn as_of(&self, at: Option<Instant>, known_at: Option<Instant>) -> Option<AsOf> {
        Some(AsOf {
            at: self.at.or(at)?,
            known_at: self.known_at.or(known_at),
        })
    }
}

/// The item, and what stands beside it under `at` and `known_at`.
type Split<'a> = (Json<'a>, [Option<Cow<'a, str>>; 2]);

/// Takes `{"at": …, "known_at": …, "item": {…}}` apart, or the instants out of a bare item.
fn split<'a>(view: &View<'_>, json: Json<'a>) -> Result<Split<'a>, ItemError> {
    let Json::Object(mut fields) = json else {
        return Ok((json, [None, None]));
    };
    let wraps =
        |(key, value): &(Cow<'_, str>, Json<'_>)| key == "item" && matches!(value, Json::Object(_));
    let wrapped = fields.iter().any(wraps);
    let mut instants = [None, None];
    for (slot, key) in instants.iter_mut().zip(["at", "known_at"]) {
        if wrapped || view.field_number(&key.replace('_', "-")).is_none() {
            *slot = instant(key, take(&mut fields, key)?)?;
        }
    }
    let item = match wrapped {
        true => take(&mut fields, "item")?.unwrap_or(Json::Null),
        false => return Ok((Json::Object(fields), instants)),
    };
    let misplaced = |key: &str| {
        let path = key.replace('_', "-");
        let mut paths = view
            .fields
            .iter()
            .map(|(_, row)| view.strings.get(row.path));
        paths.any(|one| {
            one == path
                || one
                    .strip_prefix(&path)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    if let Some((key, _)) = fields.iter().find(|(key, _)| misplaced(key)) {
        return Err(ItemError::BesideItem {
            field: key.clone().into_owned(),
        });
    }
    Ok((item, instants))
}

/// Takes a key out of an object; one that stands twice is an error.
fn take<'a>(
    fields: &mut Vec<(Cow<'a, str>, Json<'a>)>,
    name: &str,
) -> Result<Option<Json<'a>>, ItemError> {
    let mut found = None;
    while let Some(place) = fields
        .iter()
        .position(|(key, _)| key.replace('-', "_") == name)
    {
        if found.is_some() {
            return Err(ItemError::Repeated {
                field: name.to_owned(),
            });
        }
        found = Some(fields.remove(place).1);
    }
    Ok(found)
}

fn instant<'a>(name: &str, json: Option<Json<'a>>) -> Result<Option<Cow<'a, str>>, ItemError> {
    match json {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text)),
        Some(other) => Err(ItemError::WrongType {
            field: name.to_owned(),
            expected: "an instant in quotes",
            found: other.describe().to_owned(),
        }),
    }
}
