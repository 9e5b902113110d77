//! `GET /v1/matcher`

use std::time::UNIX_EPOCH;

use axum::Json;
use axum::extract::State as Extract;
use interdict_matcher::Instant;
use interdict_matcher::artifact::MAJOR;
use serde::Serialize;
use utoipa::ToSchema;

use crate::artifact::Artifact;
use crate::state::Shared;

/// The artifact that decides.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MatcherFacts {
    /// The hash that names its content.
    content_id: String,
    /// The version that its signature names; none of an artifact that needs no signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// The format of its bytes.
    #[schema(example = "1.0")]
    format: String,
    /// The compiler that wrote it.
    compiler: String,
    /// When this server loaded it.
    loaded: String,
    /// What it was compiled from.
    policies: Vec<PolicyFacts>,
}

/// One policy.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyFacts {
    /// Its name.
    name: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The zone of its dates.
    zone: String,
}

/// The artifact that decides
#[utoipa::path(get, path = "/v1/matcher", responses((status = 200, description = "What it is", body = MatcherFacts)))]
pub(crate) async fn matcher(Extract(state): Shared) -> Json<MatcherFacts> {
    Json(facts(&state.current.get()))
}

fn facts(artifact: &Artifact) -> MatcherFacts {
    let view = artifact.matcher.view();
    let since = artifact
        .since
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let loaded = Instant::from_unix_seconds(i64::try_from(since.as_secs()).unwrap_or_default());
    let policies = view.policies.iter().map(|(_, policy)| PolicyFacts {
        name: view.strings.get(policy.name).to_owned(),
        title: view.strings.maybe(policy.title).map(str::to_owned),
        zone: view.strings.get(policy.zone).to_owned(),
    });
    MatcherFacts {
        content_id: artifact.matcher.content_id_hex(),
        version: artifact.release.as_ref().map(|release| release.version),
        format: format!("{MAJOR}.{}", artifact.matcher.directory().minor()),
        compiler: view.strings.get(view.meta.row(0).compiler).to_owned(),
        loaded: loaded.to_string(),
        policies: policies.collect(),
    }
}
