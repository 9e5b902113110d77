//! `GET /v1/rules`

use axum::Json;
use axum::extract::State as Extract;
use interdict_matcher::artifact::{NEVER, Rule, View};
use interdict_matcher::{Layer, Verdict};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::Shared;

/// A rule, as it stands over one stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleFacts {
    /// `policy/id`.
    #[schema(example = "taobao/T2")]
    id: String,
    /// What it says.
    #[schema(example = "ban")]
    verdict: String,
    /// The layer of its force.
    #[schema(example = "platform")]
    layer: String,
    /// When it took effect, in the author's words.
    effective: String,
    /// The rival reading under which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<String>,
    /// The policy that it stands in.
    policy: String,
    /// The file and the line that it stands at.
    file: String,
    line: u32,
}

/// Every rule, as it is known to stand
#[utoipa::path(get, path = "/v1/rules", responses((status = 200, description = "In the order of their ids", body = [RuleFacts])))]
pub(crate) async fn rules(Extract(state): Shared) -> Json<Vec<RuleFacts>> {
    let artifact = state.current.get();
    let view = artifact.matcher.view();
    // How rules were held to stand before is for decisions that ask.
    let rules = view
        .rules
        .iter()
        .filter(|(_, rule)| rule.known_until == NEVER);
    Json(rules.map(|(_, rule)| facts(view, rule)).collect())
}

fn facts(view: View<'_>, rule: Rule) -> RuleFacts {
    let text = |number| view.strings.get(number).to_owned();
    RuleFacts {
        id: text(rule.id),
        verdict: Verdict::from_index(rule.verdict)
            .unwrap_or(Verdict::Review)
            .to_string(),
        layer: Layer::from_index(rule.layer)
            .unwrap_or(Layer::Platform)
            .to_string(),
        effective: text(rule.effective),
        reading: view.strings.maybe(rule.reading).map(str::to_owned),
        policy: text(view.policies.row(rule.policy).name),
        file: text(view.files.row(rule.file).name),
        line: rule.line,
    }
}
