//! `docs/openapi.json` is what the types and routes give. `CASEMATE_WRITE_API=1` writes it:
//!
//! ```text
//! CASEMATE_WRITE_API=1 cargo test --workspace --test openapi
//! ```
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> Value {
    serde_json::from_str(&casemate_web::openapi()).unwrap()
}

#[test]
fn the_file_is_what_the_types_give() {
    let file = root().join("docs/openapi.json");
    if std::env::var_os("CASEMATE_WRITE_API").is_some() {
        std::fs::write(&file, casemate_web::openapi()).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap_or_default();
    let same = held == casemate_web::openapi();
    assert!(same, "docs/openapi.json is old: CASEMATE_WRITE_API=1 cargo test --workspace --test openapi");
}

/// A route that is made of its description (`routes!`) is in the document; one made otherwise could be left out.
#[test]
fn every_route_is_made_of_its_description() {
    let mut calls = 0;
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api")).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for other in [".route(", ".route_service(", ".nest(", ".nest_service(", ".fallback(", "axum::routing"] {
            assert!(!source.contains(other), "{other} serves what docs/openapi.json does not tell of");
        }
        calls += source.matches("#[utoipa::path(").count();
    }
    let document = document();
    let described = document["paths"].as_object().unwrap().values().map(|item| item.as_object().unwrap().len());
    assert_eq!(described.sum::<usize>(), calls, "a call that is described and not routed, or routed twice");
}

#[test]
fn every_call_is_told_apart_and_says_what_it_answers() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            let id = call["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} is of two calls");
            assert!(call["summary"].as_str().is_some_and(|s| s.len() > 8), "{method} {path} has no words");
            let answers = call["responses"].as_object().unwrap();
            assert!(answers.keys().any(|status| status.starts_with('2')), "{method} {path}");
            for name in path.split(['{', '}']).skip(1).step_by(2) {
                let given = call["parameters"].as_array().unwrap().iter();
                assert!(given.into_iter().any(|p| p["name"] == name && p["in"] == "path"), "{method} {path} {name}");
            }
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    fn named(part: &Value, found: &mut BTreeSet<String>) {
        match part {
            Value::Object(all) => all.iter().for_each(|(key, value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(name)) => drop(found.insert(name.to_owned())),
                _ => named(value, found),
            }),
            Value::Array(all) => all.iter().for_each(|value| named(value, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    named(&document, &mut found);
    for name in found {
        assert!(document.pointer(name.trim_start_matches('#')).is_some(), "{name}");
    }
}

/// What the finder calls a kind is a word of the document, and every word there is a kind.
#[test]
fn identifiers_are_called_as_the_document_says() {
    let words = document()["components"]["schemas"]["IdentifierKind"]["enum"].clone();
    let kinds: Vec<Value> = casemate_case::identifiers::IdentifierKind::ALL.map(|kind| kind.word().into()).into();
    assert_eq!(words, Value::from(kinds));
}
