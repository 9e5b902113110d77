//! Decisions against what was expected of them: examples, tests and case files.

use interdict_matcher::{AsOf, Decision, Instant, Matcher, Verdict};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Expected, Test, names};

/// One thing that does not hold as it was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// `verdict`, `rules`, `upcoming`, `needs`, `lifted` or `penalty`.
    pub what: &'static str,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: expected {}, found {}",
            self.what, self.expected, self.found
        )
    }
}

/// What in a decision is not as expected; empty if all is.
///
/// A list holds when each of its ids stands in the decision's list, and an empty one when that is
/// empty too. `rules` are those that fired or, under `review`, those that may fire. An id without
/// its policy matches by its last part.
pub fn judge(expected: &Expected, decision: &Decision<'_>) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    if let Some(verdict) = expected
        .verdict
        .filter(|verdict| *verdict != decision.verdict)
    {
        mismatches.push(Mismatch {
            what: "verdict",
            expected: verdict.to_string(),
            found: decision.verdict.to_string(),
        });
    }
    let fired = decision.rules.iter().map(|rule| rule.id);
    let possible = decision.possible.iter().map(|rule| rule.id);
    let lists: [(_, &Option<Vec<String>>, Vec<&str>); 4] = [
        ("rules", &expected.rules, fired.chain(possible).collect()),
        (
            "upcoming",
            &expected.upcoming,
            decision.upcoming.iter().map(|rule| rule.id).collect(),
        ),
        (
            "needs",
            &expected.needs,
            decision.needs.iter().map(String::as_str).collect(),
        ),
        (
            "lifted",
            &expected.lifted,
            decision.lifted.iter().map(|rule| rule.id).collect(),
        ),
    ];
    for (what, wanted, found) in lists {
        let Some(wanted) = wanted else { continue };
        let missing = wanted
            .iter()
            .any(|id| !found.iter().any(|one| names(id, one)));
        if missing || (wanted.is_empty() && !found.is_empty()) {
            mismatches.push(Mismatch {
                what,
                expected: listed(wanted),
                found: listed(&found),
            });
        }
    }
    let withheld = decision
        .rules
        .first()
        .is_some_and(|rule| rule.penalty_withheld);
    if expected.withheld && !withheld {
        mismatches.push(Mismatch {
            what: "penalty",
            expected: "withheld".to_owned(),
            found: if decision.rules.is_empty() {
                "no rule"
            } else {
                "applied"
            }
            .to_owned(),
        });
    }
    mismatches
}

fn listed<T: AsRef<str>>(ids: &[T]) -> String {
    if ids.is_empty() {
        return "none".to_owned();
    }
    ids.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

impl Expected {
    /// Reads the `expect` of a case: `{"verdict": …, "rules": […], …, "penalty": "withheld"}`.
    ///
    /// # Errors
    ///
    /// What cannot be read, in words.
    pub fn from_json(json: &Value) -> Result<Expected, String> {
        let Value::Object(fields) = json else {
            return Err("`expect` is an object such as {\"verdict\": \"ban\"}".to_owned());
        };
        if fields.is_empty() {
            return Err("`expect` expects nothing: give at least a verdict".to_owned());
        }
        let mut expected = Expected::default();
        for (key, value) in fields {
            match key.as_str() {
                "verdict" => {
                    let verdict = value.as_str().and_then(Verdict::from_word);
                    let problem = || {
                        format!(
                            "`verdict` is one of ban, review, restrict, require, allow; not {value}"
                        )
                    };
                    expected.verdict = Some(verdict.ok_or_else(problem)?);
                }
                "rules" => expected.rules = Some(ids(key, value)?),
                "upcoming" => expected.upcoming = Some(ids(key, value)?),
                "needs" => expected.needs = Some(ids(key, value)?),
                "lifted" => expected.lifted = Some(ids(key, value)?),
                "penalty" if value == "withheld" => expected.withheld = true,
                "penalty" => return Err(format!("`penalty` can be \"withheld\", not {value}")),
                other => {
                    return Err(format!(
                        "`expect` has no `{other}`: it takes verdict, rules, upcoming, needs, lifted, penalty"
                    ));
                }
            }
        }
        Ok(expected)
    }
}

fn ids(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let problem = || format!("`{key}` is a list of names in quotes, not {value}");
    let list = value.as_array().ok_or_else(problem)?;
    list.iter()
        .map(|one| one.as_str().map(str::to_owned).ok_or_else(problem))
        .collect()
}

/// Decides the item of a test and compares.
///
/// # Errors
///
/// Why the item cannot be read by this matcher.
pub fn try_test<T>(
    matcher: &Matcher,
    test: &Test,
    see: impl FnOnce(&[Mismatch], &Decision<'_>) -> T,
) -> Result<T, interdict_matcher::ItemError> {
    let json = test.item.to_string();
    let item = matcher.item(json.as_bytes())?;
    let decision = matcher.decide_as_of(&item, test.as_of());
    let mismatches = judge(&test.expected, &decision);
    Ok(see(&mismatches, &decision))
}

impl Test {
    /// The instant of the test, shown in its own zone.
    pub fn instant(&self) -> Instant {
        Instant::from_unix_seconds(self.at).with_offset(self.offset)
    }

    /// What it is decided by.
    pub fn as_of(&self) -> AsOf {
        let known_at = self.known_at.map(Instant::from_unix_seconds);
        AsOf {
            at: self.instant(),
            known_at: known_at.map(|known| known.with_offset(self.offset)),
        }
    }
}

/// The examples of rules and exceptions that are decided otherwise; `test` statements are left to
/// `interdict test`.
pub fn failing_examples(matcher: &Matcher, tests: &[Test]) -> Vec<Diagnostic> {
    let examples = tests.iter().filter(|test| test.example);
    let failing = examples.filter_map(|test| {
        let outcome = try_test(matcher, test, |mismatches, decision| {
            let mismatch = mismatches.first()?;
            let span = test.span;
            let message = format!(
                "this example is decided `{}`, not `{}`",
                mismatch.found, mismatch.expected
            );
            Some(Diagnostic::new(Code::FailingExample, span, message).help(why(decision)))
        });
        outcome.unwrap_or_else(|error| {
            let message = format!("this example cannot be read: {error}");
            Some(Diagnostic::new(Code::FailingExample, test.span, message))
        })
    });
    failing.collect()
}

/// A decision's grounds in one line.
pub fn why(decision: &Decision<'_>) -> String {
    let at = decision.at;
    if !decision.possible.is_empty()
        && decision
            .rules
            .first()
            .is_none_or(|rule| rule.verdict != decision.verdict)
    {
        let ids: Vec<&str> = decision.possible.iter().map(|rule| rule.id).collect();
        return format!(
            "at {at} it is unknown whether {} applies; needed: {}",
            ids.join(", "),
            decision.needs.join(", ")
        );
    }
    let Some(primary) = decision.rules.first() else {
        return match decision.lifted.first() {
            Some(lifted) => format!(
                "at {at} no rule fires: {} is lifted by {}",
                lifted.id, lifted.by
            ),
            None => format!("at {at} no rule fires on it"),
        };
    };
    let evidence: Vec<String> = primary
        .evidence
        .iter()
        .take(3)
        .map(|one| format!("`{}`", one.text))
        .collect();
    let on = if evidence.is_empty() {
        String::new()
    } else {
        format!(" on {}", evidence.join(", "))
    };
    format!("at {at} {} fires{on}", primary.id)
}
