//! To what: the content, its age, its language, and where it was restricted.

use interdict_matcher::Fired;
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::circumstances::Circumstances;
use crate::form::Form;
use crate::refusal::Reason;
use crate::values;

/// The first day on which the database lets content have been created.
const FIRST_CONTENT: Date = date(2000, 1, 1);

/// The content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "the fields are the database's, and its documentation explains them"
)]
pub struct Content {
    pub content_type: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type_other: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    pub content_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_id: Option<ContentId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub territorial_scope: Vec<&'static str>,
}

/// The number of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentId {
    /// Thirteen digits.
    #[serde(rename = "EAN-13")]
    pub ean_13: String,
}

pub(crate) fn content(form: &mut Form, said: &Circumstances, rule: &Fired<'_>) -> Content {
    let mut content_type = form.several(&values::CONTENT_TYPE, &said.content_type);
    if said.content_type.is_empty() {
        match rule.evidence.is_empty() {
            true => form.refuse(Reason::Missing {
                field: "content_type",
            }),
            false => content_type.push("CONTENT_TYPE_TEXT"),
        }
    }
    let is_other = content_type.contains(&"CONTENT_TYPE_OTHER");
    if said.content_date.is_none() {
        form.refuse(Reason::Missing {
            field: "content_date",
        });
    }
    let content_date = said.content_date.as_ref();
    let content_date =
        content_date.filter(|text| form.day("content_date", text, FIRST_CONTENT).is_some());
    Content {
        content_type_other: form.other(
            "content_type_other",
            said.content_type_other.as_ref(),
            is_other,
        ),
        content_type,
        content_language: language(form, said),
        content_date: content_date.cloned().unwrap_or_default(),
        content_id: product(form, said),
        territorial_scope: territories(form, said),
    }
}

fn language(form: &mut Form, said: &Circumstances) -> Option<String> {
    let language = said.content_language.as_ref()?.to_ascii_uppercase();
    let is_code = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        let problem = "is no language of two letters, as `EN`";
        form.refuse(Reason::Text {
            field: "content_language",
            problem,
        });
    }
    is_code.then_some(language)
}

fn product(form: &mut Form, said: &Circumstances) -> Option<ContentId> {
    let ean_13 = said.ean_13.clone()?;
    if ean_13.len() != 13 || !ean_13.bytes().all(|byte| byte.is_ascii_digit()) {
        let problem = "is no number of thirteen digits";
        form.refuse(Reason::Text {
            field: "ean_13",
            problem,
        });
    }
    Some(ContentId { ean_13 })
}

/// The territories of the EEA among those that a restriction reaches, in the order of their codes.
fn territories(form: &mut Form, said: &Circumstances) -> Vec<&'static str> {
    let Some(reached) = &said.territorial_scope else {
        return Vec::new();
    };
    let mut within: Vec<&str> = reached
        .iter()
        .filter_map(|one| values::territory(one))
        .collect();
    within.sort_unstable();
    within.dedup();
    if within.is_empty() {
        form.refuse(Reason::OutsideEea);
    }
    within
}
