//! The OpenAPI document: it tells what there is, its examples run, and answers are as it says.

use serde_json::Value;

use crate::{Answer, Running, Shop};

fn document(server: &Running) -> Value {
    server.get("/openapi.json").json()
}

/// The examples of the document, as `(path, body, media type of the answer)`.
fn examples(document: &Value) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let Some(content) = methods["post"]["requestBody"]["content"].as_object() else {
            continue;
        };
        let (kind, body) = content.iter().next().expect("a body");
        let example = &body["example"];
        let text = example
            .as_str()
            .map_or_else(|| example.to_string(), str::to_owned);
        found.push((path.clone(), text, kind.clone()));
    }
    found
}

/// What of a value is not as a schema says.
fn misfit(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        return misfit(
            document,
            &document["components"]["schemas"][name],
            value,
            place,
        );
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let fits = |way: &&Value| misfit(document, way, value, place).is_empty();
        let none = ways.iter().find(fits).is_none();
        return none
            .then(|| format!("{place}: {value} is none of {ways:?}"))
            .into_iter()
            .collect();
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.is_empty() && !kinds.contains(&kind) {
        return vec![format!("{place}: {kind} for {kinds:?}")];
    }
    let mut found = Vec::new();
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{place}: {value} is none of {words:?}"));
    }
    if let Some(values) = value.as_array() {
        let each = values.iter().enumerate();
        found.extend(each.flat_map(|(at, one)| {
            misfit(document, &schema["items"], one, &format!("{place}[{at}]"))
        }));
    }
    let (Some(properties), Some(fields)) = (schema["properties"].as_object(), value.as_object())
    else {
        return found;
    };
    for (name, field) in fields {
        match properties.get(name) {
            Some(schema) => {
                found.extend(misfit(document, schema, field, &format!("{place}.{name}")))
            }
            None => found.push(format!("{place}.{name} is not in the document")),
        }
    }
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .filter(|name| !fields.contains_key(*name));
    found.extend(missing.map(|name| format!("{place}.{name} is missing")));
    found
}

fn fits(document: &Value, method: &str, path: &str, answer: &Answer) {
    let kind = answer
        .head
        .split("content-type: ")
        .nth(1)
        .expect("a type")
        .lines()
        .next()
        .expect("a type");
    let responses = &document["paths"][path][method]["responses"];
    let status = answer.status.to_string();
    let response = match responses.get(&status) {
        Some(response) => response,
        None => &responses[format!("{}XX", &status[..1])],
    };
    let schema = &response["content"][kind]["schema"];
    assert!(
        schema.is_object(),
        "{path} does not tell of {kind} with {status}: {responses}"
    );
    for line in answer.body.lines() {
        let value = serde_json::from_str(line).expect("JSON");
        let misfit = misfit(document, schema, &value, path);
        assert!(misfit.is_empty(), "{}\n{line}", misfit.join("\n"));
    }
}

#[test]
fn the_document_tells_every_page() {
    let shop = Shop::new();
    let server = shop.serve();
    let document = document(&server);
    assert_eq!(document["openapi"], "3.1.0");
    let paths: Vec<&String> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .collect();
    let pages = [
        "/healthz",
        "/metrics",
        "/readyz",
        "/v1/decide",
        "/v1/decide:batch",
        "/v1/explain",
        "/v1/matcher",
        "/v1/rules",
    ];
    let mut sorted = paths.clone();
    sorted.sort();
    assert_eq!(sorted, pages);
    for path in paths {
        let method = if document["paths"][path]["post"].is_object() {
            "POST"
        } else {
            "GET"
        };
        let answer = server.ask(method, path, "", b"");
        assert_ne!((answer.status, path.as_str()), (404, path.as_str()));
    }
}

#[test]
fn its_examples_run_and_answers_are_as_it_says() {
    let shop = Shop::new();
    let server = shop.serve();
    let document = document(&server);
    let examples = examples(&document);
    assert_eq!(examples.len(), 3);
    for (path, body, kind) in &examples {
        let answer = server.ask(
            "POST",
            path,
            &format!("Content-Type: {kind}\r\n"),
            body.as_bytes(),
        );
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        fits(&document, "post", path, &answer);
        if kind == "application/json" {
            fits(&document, "post", path, &server.post(path, "[]"));
        }
    }
    for path in ["/v1/matcher", "/v1/rules"] {
        fits(&document, "get", path, &server.get(path));
    }
}

/// Every kind of thing that decisions hold, out of the cases of the language.
#[test]
fn every_decision_is_as_it_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let sources = interdict::source::Sources::read(&[root.join("rules")]).expect("policies");
    let shop = Shop::new();
    shop.put(&interdict::compile(&sources).artifact.expect("an artifact"));
    let server = shop.serve();
    let document = document(&server);
    let items = std::fs::read_to_string(root.join("rules/items/listings.jsonl")).expect("items");
    let answer = server.post("/v1/decide:batch?at=2022-04-18", &items);
    assert!(answer.body.lines().count() > 20);
    fits(&document, "post", "/v1/decide:batch", &answer);
}
