//! CASE and UCO: the bundle and its files as observables with their hashes, the items as exhibits, the disclosure as the act that made them.
//!
//! Keeps: ids are the same for the same bundle. Does not know: laboratories' own numbers.

use super::{Described, media_type};
use casemate_verify::bag;
use casemate_verify::statement::Item;
use serde_json::{Value, json};

pub(super) fn document(bundle: &Described) -> Value {
    let whole = id(bundle, "file", "bundle");
    let mut graph =
        vec![file(bundle, &whole, &bundle.name, "application/zip", bundle.bytes, &bag::hex(&bundle.sha256))];
    let mut records: Vec<Value> =
        bundle.statement.items.iter().map(|item| exhibit(bundle, item, &whole, &mut graph)).collect();
    records.push(whole_record(bundle, &whole, &mut graph));
    graph.push(disclosure(bundle, &records));
    json!({
        "@context": {
            "kb": "http://example.org/kb/",
            "case-investigation": "https://ontology.caseontology.org/case/investigation/",
            "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
            "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
            "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
            "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    })
}

/// An item with its files, each contained in the bundle; answers the record that makes it an exhibit.
fn exhibit(bundle: &Described, item: &Item, whole: &str, graph: &mut Vec<Value>) -> Value {
    let mut objects = Vec::new();
    for each in &item.files {
        let this = id(bundle, "file", &each.path);
        let size = bundle.sizes.get(&each.path).copied().unwrap_or_default();
        let sum = bundle.sums.get(&each.path).map(String::as_str).unwrap_or_default();
        graph.push(file(bundle, &this, &each.path, media_type(&each.path), size, sum));
        graph.push(json!({
            "@id": id(bundle, "relationship", &each.path),
            "@type": "uco-observable:ObservableRelationship",
            "uco-core:source": { "@id": this },
            "uco-core:target": { "@id": whole },
            "uco-core:kindOfRelationship": "Contained_Within",
            "uco-core:isDirectional": true,
        }));
        objects.push(json!({ "@id": this }));
    }
    let record = id(bundle, "provenance-record", &item.number.to_string());
    let seal = item.root.as_ref().map(|root| format!(" Seal number {}.", root.seal_number())).unwrap_or_default();
    graph.push(json!({
        "@id": record,
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:description": format!("{}.{seal}", item.title),
        "case-investigation:exhibitNumber": item.number.to_string(),
        "uco-core:object": objects,
    }));
    json!({ "@id": record })
}

/// The record of the bundle itself.
fn whole_record(bundle: &Described, whole: &str, graph: &mut Vec<Value>) -> Value {
    let record = id(bundle, "provenance-record", "bundle");
    let key = bag::hex(bundle.statement.key.as_bytes());
    graph.push(json!({
        "@id": record,
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:description": format!("The bundle, signed with the Ed25519 key {key}."),
        "uco-core:object": [{ "@id": whole }],
    }));
    json!({ "@id": record })
}

/// The act that made it.
fn disclosure(bundle: &Described, records: &[Value]) -> Value {
    let statement = &bundle.statement;
    json!({
        "@id": id(bundle, "investigative-action", "disclosure"),
        "@type": "case-investigation:InvestigativeAction",
        "uco-core:name": "disclosure",
        "uco-core:description": format!("To {}: {}", statement.recipient, statement.purpose),
        "uco-action:endTime": { "@type": "xsd:dateTime", "@value": statement.date },
        "uco-action:result": records,
    })
}

fn id(bundle: &Described, kind: &str, of: &str) -> String {
    format!("kb:{kind}-{}", bundle.uuid(&format!("{kind} {of}")))
}

fn file(bundle: &Described, this: &str, name: &str, media_type: &str, size: u64, sum: &str) -> Value {
    json!({
        "@id": this,
        "@type": "uco-observable:File",
        "uco-core:hasFacet": [
            {
                "@id": id(bundle, "file-facet", name),
                "@type": "uco-observable:FileFacet",
                "uco-observable:fileName": name.rsplit('/').next(),
                "uco-observable:filePath": name,
                "uco-observable:isDirectory": false,
                "uco-observable:sizeInBytes": { "@type": "xsd:integer", "@value": size.to_string() },
            },
            {
                "@id": id(bundle, "content-data-facet", name),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:mimeType": media_type,
                "uco-observable:sizeInBytes": { "@type": "xsd:integer", "@value": size.to_string() },
                "uco-observable:hash": [{
                    "@id": id(bundle, "hash", name),
                    "@type": "uco-types:Hash",
                    "uco-types:hashMethod": "SHA256",
                    "uco-types:hashValue": { "@type": "xsd:hexBinary", "@value": sum },
                }],
            },
        ],
    })
}
