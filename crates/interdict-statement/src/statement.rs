//! Decision and circumstances → [`Statement`], or all that stands against one.

use interdict_matcher::{Decision, Verdict};
use serde::Serialize;

use crate::circumstances::Circumstances;
use crate::content::{Content, content};
use crate::form::{FIRST_APPLICATION, Form, SHORT};
use crate::ground::{Ground, ground};
use crate::refusal::{Reason, Refusal};
use crate::restrictions::{Restrictions, restrictions};
use crate::{values, words};

/// How many characters the facts may have.
const FACTS: usize = 5000;

/// A statement of reasons, which serializes into what the database's API takes. Fields without a
/// value are left out.
///
/// Names, lengths and enumerations are those of the API
/// (<https://transparency.dsa.ec.europa.eu/page/api-documentation>); lengths count characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "the fields are the database's, and its documentation explains them"
)]
pub struct Statement {
    pub puid: String,
    #[serde(flatten)]
    pub restrictions: Restrictions,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_type: Option<&'static str>,
    #[serde(flatten)]
    pub ground: Ground,
    #[serde(flatten)]
    pub content: Content,
    pub application_date: String,
    pub decision_facts: String,
    pub source_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    pub automated_detection: &'static str,
    pub automated_decision: &'static str,
}

/// Makes the statement of reasons for a decision.
///
/// The primary rule gives ground, explanation and category. Texts that the policy makes too long are
/// cut, and end in `…`; texts of the circumstances that are too long are refused.
///
/// # Errors
///
/// Everything that stands against it: no restriction, nothing within the EEA, a rule without a `dsa`
/// clause, a missing or impossible value, a date that the database does not take.
pub fn export(decision: &Decision<'_>, said: &Circumstances) -> Result<Statement, Refusal> {
    let refused = |reason| {
        Err(Refusal {
            reasons: vec![reason],
        })
    };
    if decision.verdict == Verdict::Allow {
        return refused(Reason::Allowed);
    }
    let Some(rule) = decision
        .rules
        .first()
        .filter(|rule| rule.verdict != Verdict::Allow)
    else {
        let needs = decision.needs.join(", ");
        return refused(Reason::Undecided { needs });
    };
    let mut form = Form::default();
    let at = decision.at.to_string();
    let day = at.get(..10).unwrap_or(&at).to_owned();
    let application_date = said.application_date.clone().unwrap_or(day);
    form.applied = form.day("application_date", &application_date, FIRST_APPLICATION);
    let detection = said.automated_detection.as_deref().unwrap_or("Yes");
    let automated_decision = automation(&mut form, said, decision.verdict);
    let (source_type, source_identity) = source(&mut form, said);
    let statement = Statement {
        puid: puid(&mut form, said),
        restrictions: restrictions(&mut form, said, decision.verdict),
        account_type: form.one(&values::ACCOUNT_TYPE, said.account_type.as_ref()),
        ground: ground(&mut form, said, rule),
        content: content(&mut form, said, rule),
        application_date,
        decision_facts: words::cut(&words::facts(decision, rule), FACTS),
        source_type,
        source_identity,
        automated_detection: form.value(&values::DETECTION, detection).unwrap_or(""),
        automated_decision,
    };
    match form.reasons.is_empty() {
        true => Ok(statement),
        false => Err(Refusal {
            reasons: form.reasons,
        }),
    }
}

fn puid(form: &mut Form, said: &Circumstances) -> String {
    let Some(puid) = &said.puid else {
        form.refuse(Reason::Missing { field: "puid" });
        return String::new();
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if puid.is_empty() || puid.len() > SHORT || !puid.bytes().all(is_plain) {
        let problem = "is not made of 1 to 500 letters, digits, `-` and `_`";
        form.refuse(Reason::Text {
            field: "puid",
            problem,
        });
    }
    puid.clone()
}

/// Whether a machine decided. What is for review was not decided by one.
fn automation(form: &mut Form, said: &Circumstances, verdict: Verdict) -> &'static str {
    let name = said.automated_decision.as_deref().unwrap_or("FULLY");
    let value = form.value(&values::AUTOMATED, name).unwrap_or("");
    if verdict == Verdict::Review && value.ends_with("_FULLY") {
        form.refuse(Reason::Unreviewed);
    }
    value
}

/// How the case started, and who gave notice: of what a platform does by itself, nobody.
fn source(form: &mut Form, said: &Circumstances) -> (&'static str, Option<String>) {
    let name = said.source_type.as_deref().unwrap_or("VOLUNTARY");
    let source = form.value(&values::SOURCE, name).unwrap_or("");
    let field = "source_identity";
    match &said.source_identity {
        Some(_) if source.ends_with("_VOLUNTARY") => {
            let problem = "is given, and nobody gives notice of what is done voluntarily";
            form.refuse(Reason::Text { field, problem });
        }
        Some(identity) if identity.chars().count() > SHORT => {
            let problem = "is longer than 500 characters";
            form.refuse(Reason::Text { field, problem });
        }
        _ => {}
    }
    (source, said.source_identity.clone())
}
