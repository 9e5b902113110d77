//! What was done: to the content, to payments, to the service, to the account.

use interdict_matcher::Verdict;
use serde::Serialize;

use crate::circumstances::Circumstances;
use crate::form::Form;
use crate::refusal::Reason;
use crate::values;

/// The restrictions; at least one is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "the fields are the database's, and its documentation explains them"
)]
pub struct Restrictions {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decision_visibility: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_visibility_other: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date_visibility_restriction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_monetary: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_monetary_other: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date_monetary_restriction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_provision: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date_service_restriction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_account: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date_account_restriction: Option<String>,
}

/// A `ban` of which nothing else is said has removed the content.
pub(crate) fn restrictions(
    form: &mut Form,
    said: &Circumstances,
    verdict: Verdict,
) -> Restrictions {
    let mut decision_visibility = form.several(&values::VISIBILITY, &said.decision_visibility);
    let decision_monetary = form.one(&values::MONETARY, said.decision_monetary.as_ref());
    let decision_provision = form.one(&values::PROVISION, said.decision_provision.as_ref());
    let decision_account = form.one(&values::ACCOUNT, said.decision_account.as_ref());
    let others = [
        &said.decision_monetary,
        &said.decision_provision,
        &said.decision_account,
    ];
    if said.decision_visibility.is_empty() && others.into_iter().all(Option::is_none) {
        match verdict {
            Verdict::Ban => decision_visibility.push("DECISION_VISIBILITY_CONTENT_REMOVED"),
            other => form.refuse(Reason::NoRestriction {
                verdict: other.word(),
            }),
        }
    }
    let is_other = |one: &str| one.ends_with("_OTHER");
    let (sees_other, pays_other) = (
        decision_visibility.iter().any(|one| is_other(one)),
        decision_monetary.is_some_and(is_other),
    );
    Restrictions {
        decision_visibility_other: form.other(
            "decision_visibility_other",
            said.decision_visibility_other.as_ref(),
            sees_other,
        ),
        end_date_visibility_restriction: form.last_day(
            "end_date_visibility_restriction",
            said.end_date_visibility_restriction.as_ref(),
            !decision_visibility.is_empty(),
        ),
        decision_monetary_other: form.other(
            "decision_monetary_other",
            said.decision_monetary_other.as_ref(),
            pays_other,
        ),
        end_date_monetary_restriction: form.last_day(
            "end_date_monetary_restriction",
            said.end_date_monetary_restriction.as_ref(),
            decision_monetary.is_some(),
        ),
        end_date_service_restriction: form.last_day(
            "end_date_service_restriction",
            said.end_date_service_restriction.as_ref(),
            decision_provision.is_some(),
        ),
        end_date_account_restriction: form.last_day(
            "end_date_account_restriction",
            said.end_date_account_restriction.as_ref(),
            decision_account.is_some(),
        ),
        decision_visibility,
        decision_monetary,
        decision_provision,
        decision_account,
    }
}
