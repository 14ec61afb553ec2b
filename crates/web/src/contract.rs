//! The API's description: OpenAPI, from the types and routes that serve it, as `docs/openapi.json` holds it.
//!
//! Keeps: a route is made of its description, so none is without one; what all calls share (guards, refusals) is said of
//! each by one rule. Does not know: a single call.

use crate::api;
use crate::refusal::Refused;
use casemate_app::words::{LanguageWord, PassageWord};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::OpenApi;

/// Where the calls lie.
pub const BASE: &str = "/api/v1";
/// What answers without an open case.
const WITHOUT_A_CASE: [&str; 7] = ["/state", "/unlock", "/lock", "/events", "/doctor", "/verify", "/messages/{file}"];
/// What answers without the cookie.
const WITHOUT_A_SESSION: &str = "/messages/{file}";

/// Why a call is refused, by status.
const REFUSALS: [(&str, &str); 12] = [
    ("400", "Not in the form that is described here."),
    ("401", "No session: the link was not opened."),
    ("403", "Of another site or origin, without its header, or the passphrase is wrong."),
    ("404", "No such thing."),
    ("409", "Refused: `id` says why, `advice` what to do."),
    ("413", "Too long."),
    ("415", "Not JSON."),
    ("421", "Under another host's name."),
    ("422", "Not in the form that is described here."),
    ("423", "The case is locked."),
    ("500", "Damage, or the call ended before its answer."),
    ("507", "The disk is full."),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Casemate",
        version = "1",
        description = "The API of `casemate serve`. Times are milliseconds, exhibits are numbered from 1, null is not known. \
                       docs/api.md tells of the guards, the events and the streams."
    ),
    components(schemas(Refused, LanguageWord, PassageWord))
)]
struct Head;

/// The description as its file holds it.
#[must_use]
pub fn openapi() -> String {
    let described = api::router().merge(api::words()).into_openapi();
    let mut whole = Head::openapi();
    whole.merge(described);
    let mut document = serde_json::to_value(whole).unwrap_or_default();
    finish(&mut document);
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn finish(document: &mut Value) {
    document["servers"] = json!([{ "url": BASE }]);
    if let Some(info) = document["info"].as_object_mut() {
        info.remove("contact");
        info.insert("license".into(), json!({ "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" }));
    }
    let components = &mut document["components"];
    components["securitySchemes"] = json!({ "session": {
        "type": "apiKey", "in": "cookie", "name": "casemate-PORT",
        "description": "Given by the one-time link, HttpOnly, SameSite=Strict; PORT is the server's own.",
    } });
    components["parameters"] = json!({ "own": {
        "name": "X-Casemate", "in": "header", "required": true, "schema": { "type": "string", "enum": ["1"] },
        "description": "No form and no image of another site can send it.",
    } });
    components["responses"] = REFUSALS.iter().map(|(status, why)| (*status, refused(why))).collect();
    let mut given = BTreeSet::new();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for (method, call) in item.as_object_mut().into_iter().flatten() {
                shared(path, method, call);
                call.get_mut("requestBody").into_iter().for_each(taken);
                call["responses"].as_object_mut().into_iter().flatten().for_each(|(_, answer)| answered(answer));
                names(call.get("requestBody").unwrap_or(&Value::Null), &mut given);
            }
        }
    }
    always_there(&mut document["components"]["schemas"], given);
    unsigned(document);
}

fn refused(why: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Refused" });
    json!({ "description": why, "content": { "application/json": { "schema": schema } } })
}

/// Every whole number of the API is one of the 64-bit numbers from 0 or smaller; none is signed.
fn unsigned(part: &mut Value) {
    match part {
        Value::Object(fields) => {
            if fields.get("minimum").and_then(Value::as_u64) == Some(0) {
                match fields.get("format").and_then(Value::as_str) {
                    Some("int64") => drop(fields.insert("format".into(), json!("uint64"))),
                    Some("int32") => drop(fields.insert("format".into(), json!("uint32"))),
                    _ => {}
                }
            }
            fields.values_mut().for_each(unsigned);
        }
        Value::Array(all) => all.iter_mut().for_each(unsigned),
        _ => {}
    }
}

/// What every call has: its session, the header of what changes something, and its refusals.
fn shared(path: &str, method: &str, call: &mut Value) {
    let (open, read) = (WITHOUT_A_CASE.contains(&path), method == "get");
    let session = if path == WITHOUT_A_SESSION { json!([]) } else { json!([{ "session": [] }]) };
    call["security"] = session;
    let given = call.get("parameters").is_some();
    let kept = call.get("requestBody").is_some();
    let json = call.pointer("/requestBody/content/application~1json").is_some();
    let parameters = call.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
    parameters.for_each(given_or_left_out);
    if !read {
        let own = json!({ "$ref": "#/components/parameters/own" });
        match call.get_mut("parameters").and_then(Value::as_array_mut) {
            Some(all) => all.push(own),
            None => call["parameters"] = json!([own]),
        }
    }
    for (status, met) in [
        ("400", given || kept),
        ("401", path != WITHOUT_A_SESSION),
        ("403", true),
        ("404", given || kept),
        ("409", kept || !open),
        ("413", json),
        ("415", json),
        ("421", true),
        ("422", json),
        ("423", !open),
        ("500", true),
        ("507", !read),
    ] {
        if met {
            call["responses"][status] = json!({ "$ref": format!("#/components/responses/{status}") });
        }
    }
}

/// A parameter is left out, never null.
fn given_or_left_out(parameter: &mut Value) {
    if let Some(of) = parameter.pointer_mut("/schema/type")
        && let Some(only) = of.as_array().and_then(|all| all.iter().find(|t| *t != "null")).cloned()
    {
        *of = only;
    }
}

/// No body is an empty file.
fn taken(body: &mut Value) {
    bytes(body);
    if body.pointer("/content/application~1octet-stream").is_some() {
        body["required"] = json!(false);
    }
}

/// An answer has words of its own, as the standard asks.
fn answered(answer: &mut Value) {
    bytes(answer);
    if answer.get("$ref").is_none() && answer.get("description").is_none() {
        answer["description"] = json!("As asked.");
    }
}

/// What a file or a stream holds is bytes, whatever the type that carries them.
fn bytes(carrier: &mut Value) {
    for (media, body) in carrier.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten() {
        if media != "application/json" && !media.starts_with("text/") {
            body["schema"] = json!({ "type": "string", "format": "binary" });
        }
    }
}

/// The schemas that a part of the document names.
fn names(part: &Value, found: &mut BTreeSet<String>) {
    match part {
        Value::Object(all) => all.iter().for_each(|(key, value)| match (key.as_str(), value.as_str()) {
            ("$ref", Some(name)) => drop(found.insert(name.rsplit('/').next().unwrap_or_default().to_owned())),
            _ => names(value, found),
        }),
        Value::Array(all) => all.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

/// In what is answered every field is there, null where it is not known; what is given may leave those out.
fn always_there(schemas: &mut Value, given: BTreeSet<String>) {
    let Some(schemas) = schemas.as_object_mut() else { return };
    let mut all = BTreeSet::new();
    let mut next: Vec<String> = given.into_iter().collect();
    while let Some(name) = next.pop() {
        let mut inner = BTreeSet::new();
        names(schemas.get(&name).unwrap_or(&Value::Null), &mut inner);
        if all.insert(name) {
            next.extend(inner);
        }
    }
    schemas.iter_mut().filter(|(name, _)| !all.contains(*name)).for_each(|(_, schema)| require(schema));
}

fn require(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let nullable: Vec<String> =
                fields.get("properties").and_then(Value::as_object).map(nullable).unwrap_or_default();
            if !nullable.is_empty() {
                let mut required: BTreeSet<String> = nullable.into_iter().collect();
                let before = fields.get("required").and_then(Value::as_array).into_iter().flatten();
                required.extend(before.filter_map(Value::as_str).map(str::to_owned));
                fields.insert("required".into(), json!(required));
            }
            fields.values_mut().for_each(require);
        }
        Value::Array(all) => all.iter_mut().for_each(require),
        _ => {}
    }
}

fn nullable(properties: &Map<String, Value>) -> Vec<String> {
    let null = |v: &Value| v == "null" || v["type"] == "null";
    let may = |schema: &Value| {
        ["type", "oneOf", "anyOf"].iter().any(|key| schema[key].as_array().is_some_and(|all| all.iter().any(null)))
    };
    properties.iter().filter(|(_, schema)| may(schema)).map(|(name, _)| name.clone()).collect()
}
