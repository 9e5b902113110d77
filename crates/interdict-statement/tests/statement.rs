//! Statements against the constraints of the database; `cases.jsonl` holds what is exported.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use interdict::source::Sources;
use interdict_matcher::Matcher;
use interdict_statement::{Circumstances, export, notices};
use serde_json::{Map, Value, json};

fn here(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name);
    fs::read_to_string(path).expect("a file of this test")
}

fn matcher() -> Matcher {
    let sources = Sources::from_texts([("market.policy".to_owned(), here("market.policy"))]);
    let (build, diagnostics) = interdict::build(&sources);
    build.unwrap_or_else(|| panic!("{diagnostics:#?}")).matcher
}

/// What a line of circumstances gives: a statement as JSON, or why there is none.
fn exported(matcher: &Matcher, line: &Value) -> Result<Value, String> {
    let text = line.to_string();
    let request = matcher.request(text.as_bytes()).expect("a request");
    let decision = matcher.decide(&request.item, request.at.expect("an instant"));
    let mut said = Circumstances::read(&line["statement"], &Map::new())?;
    said.fill_from(&line["item"]);
    let statement = export(&decision, &said).map_err(|refusal| refusal.to_string())?;
    Ok(serde_json::to_value(statement).expect("JSON"))
}

#[test]
fn decisions_become_statements_or_say_why_not() {
    let matcher = matcher();
    let mut shown = String::new();
    for line in here("cases.jsonl").lines() {
        let line: Value = serde_json::from_str(line).expect("a case");
        let _ = writeln!(shown, "# {}", line["name"].as_str().expect("a name"));
        let _ = match exported(&matcher, &line) {
            Ok(statement) => {
                assert_eq!(problems(&statement), [""; 0], "{statement:#}");
                writeln!(shown, "{statement:#}\n")
            }
            Err(why) => writeln!(shown, "{}\n", why.replace("; ", "\n")),
        };
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn sellers_are_told_in_the_languages_of_the_policy() {
    let matcher = matcher();
    let request = r#"{"at": "2025-08-01T10:00:00Z", "item": {"title": "New e.b.i.k.e 500W"}}"#;
    let request = matcher.request(request.as_bytes()).expect("a request");
    let decision = matcher.decide(&request.item, request.at.expect("an instant"));
    let told: Vec<String> = notices(&decision).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    E-bikes need a certified battery.
    Rule: market/uncertified (2024-02-01)
      Terms of Harbour Market (2024-01-10), clause 7.2: “E-bikes without a certified battery may not be listed.”
    Found: “e.b.i.k.e” (title 4–13)
    Appeal: https://market.example/appeal

    电动自行车须有认证电池。
    依据规则: market/uncertified (2024-02-01)
      Terms of Harbour Market (2024-01-10), clause 7.2: “E-bikes without a certified battery may not be listed.”
    涉及内容: “e.b.i.k.e” (title 4–13)
    申诉: https://market.example/appeal
    ");
}

/// Whatever is said, a statement that is made keeps every constraint.
#[test]
fn no_circumstances_make_a_statement_that_is_refused() {
    let matcher = matcher();
    let choices: &[(&str, &[Value])] = &[
        (
            "puid",
            &[
                json!("a"),
                json!("a b"),
                json!("x".repeat(501)),
                Value::Null,
            ],
        ),
        (
            "application_date",
            &[
                json!("2025-07-01"),
                json!("2025-06-30"),
                json!("2019-12-31"),
                json!("x"),
            ],
        ),
        (
            "content_date",
            &[json!("2000-01-01"), json!("1999-01-01"), Value::Null],
        ),
        (
            "content_type",
            &[json!(["OTHER"]), json!(["TEXT", "TEXT"]), json!([])],
        ),
        (
            "content_type_other",
            &[json!("a game"), json!("x".repeat(501)), Value::Null],
        ),
        (
            "decision_visibility",
            &[json!(["OTHER"]), json!(["CONTENT_DEMOTED"]), json!([])],
        ),
        ("decision_visibility_other", &[json!("dimmed"), Value::Null]),
        (
            "decision_monetary",
            &[json!("OTHER"), json!("SUSPENSION"), Value::Null],
        ),
        ("decision_monetary_other", &[json!("half"), Value::Null]),
        (
            "end_date_monetary_restriction",
            &[json!("2025-12-31"), json!("2024-01-01"), Value::Null],
        ),
        (
            "territorial_scope",
            &[json!(["DE", "DE"]), json!(["US"]), Value::Null],
        ),
        (
            "source_type",
            &[json!("ARTICLE_16"), json!("SOURCE_VOLUNTARY"), Value::Null],
        ),
        ("source_identity", &[json!("me"), Value::Null]),
        (
            "automated_decision",
            &[json!("PARTIALLY"), json!("FULLY"), Value::Null],
        ),
    ];
    let items = [
        json!({"title": "ebike", "category": []}),
        json!({"title": "slime ".repeat(2000), "category": []}),
        json!({"title": "knife", "category": ["knives"], "seller": {"licences": []}}),
    ];
    let (mut made, mut state) = (0, 7_u64);
    let mut draw = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..4000 {
        let mut said = Map::new();
        for (field, values) in choices {
            // Mostly what is right stands first.
            let number = if draw(8) > 0 { 0 } else { draw(values.len()) };
            if !values[number].is_null() {
                said.insert((*field).to_owned(), values[number].clone());
            }
        }
        let item = &items[draw(items.len())];
        let line = json!({"at": "2025-07-10T00:00:00Z", "item": item, "statement": said});
        if let Ok(statement) = exported(&matcher, &line) {
            assert_eq!(problems(&statement), [""; 0], "{line}\n{statement:#}");
            made += 1;
        }
    }
    assert!(made > 100, "{made}");
}

/// What the database would refuse, field by field as its validation has it.
fn problems(statement: &Value) -> Vec<&'static str> {
    let mut problems = Vec::new();
    let mut need = |holds: bool, what: &'static str| {
        if !holds {
            problems.push(what);
        }
    };
    let has = |field: &str| statement.get(field).is_some();
    let text = |field: &str| statement[field].as_str().unwrap_or("").to_owned();
    let within = |field: &str, most: usize| text(field).chars().count() <= most;
    let list = |field: &str| -> Vec<String> {
        let values = statement[field].as_array().cloned().unwrap_or_default();
        values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    for field in [
        "puid",
        "decision_ground",
        "category",
        "content_type",
        "content_date",
        "application_date",
        "decision_facts",
        "source_type",
        "automated_detection",
        "automated_decision",
    ] {
        need(has(field) && statement[field] != "", field);
    }
    for field in [
        "puid",
        "decision_visibility_other",
        "decision_monetary_other",
        "content_type_other",
        "illegal_content_legal_ground",
        "incompatible_content_ground",
        "decision_ground_reference_url",
        "category_specification_other",
        "source_identity",
    ] {
        need(within(field, 500), field);
    }
    need(
        within("illegal_content_explanation", 2000),
        "illegal_content_explanation",
    );
    need(
        within("incompatible_content_explanation", 2000),
        "incompatible_content_explanation",
    );
    need(within("decision_facts", 5000), "decision_facts");
    let kinds = [
        "decision_visibility",
        "decision_monetary",
        "decision_provision",
        "decision_account",
    ];
    need(kinds.into_iter().any(has), "at least one restriction");
    let is_illegal = text("decision_ground") == "DECISION_GROUND_ILLEGAL_CONTENT";
    for (field, when) in [
        ("illegal_content_legal_ground", is_illegal),
        ("illegal_content_explanation", is_illegal),
        ("incompatible_content_ground", !is_illegal),
        ("incompatible_content_explanation", !is_illegal),
    ] {
        need((has(field) && !text(field).is_empty()) == when, field);
    }
    need(
        !has("incompatible_content_illegal") || !is_illegal,
        "incompatible_content_illegal",
    );
    let others = [
        ("decision_visibility", "decision_visibility_other"),
        ("content_type", "content_type_other"),
        ("category_specification", "category_specification_other"),
    ];
    for (field, other) in others {
        let is_other = list(field).iter().any(|one| one.ends_with("OTHER"));
        need(has(other) == is_other, other);
    }
    need(
        has("decision_monetary_other") == text("decision_monetary").ends_with("_OTHER"),
        "decision_monetary_other",
    );
    need(
        text("application_date").as_str() >= "2020-01-01",
        "application_date",
    );
    need(
        text("content_date").as_str() >= "2000-01-01",
        "content_date",
    );
    for end in [
        "end_date_visibility_restriction",
        "end_date_monetary_restriction",
        "end_date_service_restriction",
        "end_date_account_restriction",
    ] {
        need(!has(end) || text(end) >= text("application_date"), end);
    }
    let eea =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";
    need(
        list("territorial_scope")
            .iter()
            .all(|one| eea.split(' ').any(|place| place == one)),
        "territorial_scope",
    );
    need(
        !has("territorial_scope") || !list("territorial_scope").is_empty(),
        "territorial_scope",
    );
    need(
        !(has("source_identity") && text("source_type") == "SOURCE_VOLUNTARY"),
        "source_identity",
    );
    problems
}
