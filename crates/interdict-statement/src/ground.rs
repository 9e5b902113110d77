//! Why: the ground of the primary rule, its explanation and its category.

use interdict_matcher::{Fired, Layer};
use serde::Serialize;

use crate::circumstances::Circumstances;
use crate::form::{Form, SHORT};
use crate::refusal::Reason;
use crate::{values, words};

/// How many characters an explanation may have.
const EXPLANATION: usize = 2000;

/// The ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "the fields are the database's, and its documentation explains them"
)]
pub struct Ground {
    pub decision_ground: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_ground_reference_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illegal_content_legal_ground: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illegal_content_explanation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incompatible_content_ground: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incompatible_content_explanation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incompatible_content_illegal: Option<&'static str>,
    pub category: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category_addition: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category_specification: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_specification_other: Option<String>,
}

/// A rule of the layer `law`, or an emergency rule under a law, is a legal ground; any other is a
/// contractual one, which is also illegal where it names a law. That it names none does not say that
/// the content is lawful.
pub(crate) fn ground(form: &mut Form, said: &Circumstances, rule: &Fired<'_>) -> Ground {
    let is_legal = match rule.layer {
        Layer::Law => true,
        Layer::Emergency => !rule.under.is_empty(),
        _ => false,
    };
    if is_legal && rule.under.is_empty() {
        form.refuse(Reason::NoLaw {
            rule: rule.id.to_owned(),
        });
    }
    let language = said.language.as_deref().unwrap_or("en");
    let explanation = words::cut(&words::explanation(rule, language), EXPLANATION);
    let laws: Vec<&str> = rule.under.iter().map(|law| law.title).collect();
    let contract = || match rule.sources.first() {
        Some(source) => format!("{}: {}", words::rule(rule), words::cited(source)),
        None => words::rule(rule),
    };
    let (category, keyword) = category(form, rule);
    let is_other = keyword == Some("KEYWORD_OTHER");
    Ground {
        decision_ground: match is_legal {
            true => "DECISION_GROUND_ILLEGAL_CONTENT",
            false => "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        },
        decision_ground_reference_url: url(rule, is_legal),
        illegal_content_legal_ground: is_legal.then(|| words::cut(&laws.join("; "), SHORT)),
        illegal_content_explanation: is_legal.then(|| explanation.clone()),
        incompatible_content_ground: (!is_legal).then(|| words::cut(&contract(), SHORT)),
        incompatible_content_illegal: (!is_legal && !laws.is_empty()).then_some("Yes"),
        category: category.unwrap_or(""),
        category_addition: form.several(&values::ADDITION, &said.category_addition),
        category_specification: keyword.into_iter().collect(),
        category_specification_other: is_other.then(|| words::cut(&explanation, SHORT)),
        incompatible_content_explanation: (!is_legal).then_some(explanation),
    }
}

fn category(form: &mut Form, rule: &Fired<'_>) -> (Option<&'static str>, Option<&'static str>) {
    let Some((category, keyword)) = rule.dsa else {
        form.refuse(Reason::NoCategory {
            rule: rule.id.to_owned(),
        });
        return (None, None);
    };
    (
        form.value(&values::CATEGORY, category),
        form.value(&values::KEYWORD, keyword),
    )
}

/// The address of the law or of the platform's own text; one that is too long is left out.
fn url(rule: &Fired<'_>, is_legal: bool) -> Option<String> {
    let laws = rule.under.iter().filter_map(|law| law.url);
    let sources = rule.sources.iter().filter_map(|source| source.url);
    let mut urls: Vec<&str> = match is_legal {
        true => laws.chain(sources).collect(),
        false => sources.chain(laws).collect(),
    };
    urls.retain(|url| url.starts_with("http") && url.chars().count() <= SHORT);
    urls.first().map(|url| (*url).to_owned())
}
