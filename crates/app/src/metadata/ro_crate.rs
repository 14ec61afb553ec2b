//! RO-Crate 1.1: the bundle as a file of a crate, its items as parts of it.
//!
//! Keeps: the crate's root is the folder in which the bundle lies. Does not know: where it is deposited, under which terms.

use super::{Described, media_type};
use casemate_verify::bag;
use casemate_verify::statement::Item;
use serde_json::{Value, json};

const CONTEXT: &str = "https://w3id.org/ro/crate/1.1/context";
/// What the document is called beside the bundle.
const NAME: &str = "ro-crate-metadata.json";

pub(super) fn document(bundle: &Described) -> Value {
    let mut graph = frame(bundle);
    graph.extend(bundle.statement.items.iter().flat_map(|item| described(bundle, item)));
    json!({ "@context": [CONTEXT, { "sha256": "https://schema.org/sha256" }], "@graph": graph })
}

fn part(number: u64) -> Value {
    json!({ "@id": format!("#item-{number}") })
}

/// The crate, and the bundle in it.
fn frame(bundle: &Described) -> Vec<Value> {
    let statement = &bundle.statement;
    vec![
        json!({
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
            "about": { "@id": "./" },
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": format!("Disclosure to {}", statement.recipient),
            "description": statement.purpose,
            "datePublished": statement.date,
            "license": { "@id": "#terms" },
            "hasPart": [{ "@id": bundle.name }],
        }),
        json!({
            "@id": "#terms",
            "@type": "CreativeWork",
            "name": "No licence is granted",
            "description": "Handed to the named recipient for the stated purpose; ask the sender before passing it on.",
        }),
        json!({
            "@id": bundle.name,
            "@type": "File",
            "name": bundle.name,
            "encodingFormat": "application/zip",
            "contentSize": bundle.bytes.to_string(),
            "sha256": bag::hex(&bundle.sha256),
            "dateCreated": statement.date,
            "inLanguage": statement.language,
            "identifier": { "@id": "#key" },
            "hasPart": statement.items.iter().map(|item| part(item.number)).collect::<Vec<_>>(),
        }),
        json!({
            "@id": "#key",
            "@type": "PropertyValue",
            "name": "Ed25519 key that signs the bundle",
            "value": bag::hex(statement.key.as_bytes()),
        }),
    ]
}

/// An item, and its files.
fn described(bundle: &Described, item: &Item) -> Vec<Value> {
    let files = item.files.iter().map(|file| {
        json!({
            "@id": format!("#item-{}-{}", item.number, file.path.rsplit('/').next().unwrap_or_default()),
            "@type": "MediaObject",
            "name": file.path,
            "encodingFormat": media_type(&file.path),
            "contentSize": bundle.sizes.get(&file.path).copied().unwrap_or_default().to_string(),
            "sha256": bundle.sums.get(&file.path),
        })
    });
    let files: Vec<Value> = files.collect();
    let ids: Vec<Value> = files.iter().map(|file| json!({ "@id": file["@id"] })).collect();
    let mut told = json!({
        "@id": format!("#item-{}", item.number),
        "@type": "CreativeWork",
        "name": item.title,
        "position": item.number,
        "associatedMedia": ids,
    });
    if let Some(root) = &item.root {
        told["identifier"] = json!(format!("seal {}", root.seal_number()));
    }
    if let Some(from) = item.made_from {
        told["isBasedOn"] = part(from);
    }
    std::iter::once(told).chain(files).collect()
}
