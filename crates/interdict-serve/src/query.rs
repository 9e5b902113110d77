//! The query of a request: what items are judged by that do not say so themselves.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use interdict_matcher::Instant;

use crate::judge::Instants;
use crate::problem::{Code, Problem};

impl<S: Sync> FromRequestParts<S> for Instants {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Instants, Problem> {
        let bad = |detail: String| Problem::new(Code::BadQuery, detail);
        let query = Query::<BTreeMap<String, String>>::try_from_uri(&parts.uri);
        let Query(query) = query.map_err(|error| bad(error.body_text()))?;
        let mut instants = Instants::default();
        for (key, text) in &query {
            let slot = match key.as_str() {
                "at" => &mut instants.at,
                "known_at" => &mut instants.known_at,
                other => {
                    return Err(bad(format!(
                        "there is no `{other}`: only `at` and `known_at`"
                    )));
                }
            };
            // A plus sign that nobody escaped came in as a blank.
            let plus = if text.contains('T') { "+" } else { " " };
            let read = Instant::or_day(&text.replace(' ', plus));
            *slot = Some(read.map_err(|error| bad(format!("{key}: {error}")))?);
        }
        Ok(instants)
    }
}
