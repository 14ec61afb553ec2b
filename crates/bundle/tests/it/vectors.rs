//! Writes `tests/vectors/bundle`: bundles for other verifiers. They are read by the tests of `casemate-verify`.

use crate::common::{Bundle, Case, court, pinned, press, verify};
use casemate_proof::SecretKey;
use casemate_verify::{Pins, Verdict, bag};
use std::fmt::Write as _;
use std::path::Path;

fn expected(verdict: &Verdict) -> String {
    let mut out = String::from("[\n");
    for (n, finding) in verdict.findings.iter().enumerate() {
        let comma = if n + 1 < verdict.findings.len() { "," } else { "" };
        let item = finding.item.map_or("null".into(), |i| i.to_string());
        let status = match finding.status {
            casemate_verify::Status::Proven => "proven",
            casemate_verify::Status::Failed => "failed",
            casemate_verify::Status::NotChecked => "not-checked",
        };
        writeln!(out, "  {{\"id\": \"{}\", \"item\": {item}, \"status\": \"{status}\"}}{comma}", finding.id).unwrap();
    }
    out + "]\n"
}

#[test]
#[ignore = "writes the vectors; run it after a new version of the format, by name"]
fn write_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/bundle");
    let case = Case::new(40);
    let write = |name: &str, bytes: &[u8], pins: &Pins| {
        std::fs::write(folder.join(format!("{name}.zip")), bytes).unwrap();
        std::fs::write(folder.join(format!("{name}.expected.json")), expected(&verify(bytes, pins))).unwrap();
    };
    let owner = pinned(&case.keys.owner);
    write("court", &court(&case), &owner);
    write("press", &press(&case), &pinned(&case.keys.disclosure));
    let mut forged = Bundle::open(&court(&case));
    let withheld = case.objects["recording"].leaves[60].1.clone();
    forged.file("data/001/recording.wav")[44 + 4000..44 + 4080].copy_from_slice(&withheld);
    let text = String::from_utf8(forged.files["data/004/text.txt"].clone()).unwrap();
    *forged.file("data/004/text.txt") = text.replace("watched", "empty").into_bytes();
    write("forged-rendering", &forged.sign(&case.keys.disclosure), &owner);
    let stranger = SecretKey::from_seed(&[0xf0; 32]);
    let mut stolen = Bundle::open(&court(&case));
    stolen.state(|s| s.key = stranger.public());
    write("strangers-key", &stolen.sign(&stranger), &owner);
    let hex = |key: &SecretKey| bag::hex(key.public().as_bytes());
    println!("owner {}\ndisclosure {}\nstranger {}", hex(&case.keys.owner), hex(&case.keys.disclosure), hex(&stranger));
}
