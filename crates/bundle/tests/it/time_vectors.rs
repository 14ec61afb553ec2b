//! `tests/vectors/time`: bundles with tokens for other verifiers. `CASEMATE_VECTORS=write` makes them anew (keys of authorities, so bytes, are other
//! ones each time); without it they are read and judged.

use crate::common::{Bundle, shown, verify};
use crate::shop::MADE;
use crate::stamps::{ageing, small, stamped_in_turn};
use casemate_stamp::pem;
use casemate_verify::{Pins, Verdict};
use serde_json::{Value, json};
use std::path::PathBuf;

const RENEWED: &str = "20241231000000Z";
const LATE: &str = "20250101000001Z";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/time")
}

fn judged(bytes: &[u8], roots: &[&str]) -> Value {
    let read = |name: &&str| pem::certificates(&std::fs::read(folder().join(name)).unwrap()).unwrap();
    let pins = Pins { roots: roots.iter().flat_map(read).collect(), ..Pins::default() };
    let verdict: Verdict = verify(bytes, &pins);
    json!({ "roots": roots, "findings": verdict.findings.iter().map(|finding| shown(finding, "time")).collect::<Vec<_>>() })
}

/// Under which roots each bundle is judged.
const ROOTS: [&[&str]; 3] = [&["root.pem"], &[], &["other-root.pem"]];

fn expected(bytes: &[u8]) -> Value {
    ROOTS.iter().map(|roots| judged(bytes, roots)).collect::<Vec<_>>().into()
}

fn write_all() {
    let (shop, other) = (ageing(), ageing());
    for (name, shop) in [("root.pem", &shop), ("other-root.pem", &other)] {
        std::fs::write(folder().join(name), pem::of_certificates(&[shop.der("root")])).unwrap();
    }
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder().join(format!("{name}.zip")), bytes).unwrap();
    let (case, stamps) = stamped_in_turn(&shop, &[("first", MADE), ("second", RENEWED)]);
    write("bundle-renewed", &small(&case, stamps.clone()));
    let mut without = stamps.clone();
    without.iter_mut().for_each(|stamp| stamp.logged = None);
    write("bundle-without-acts", &small(&case, without));
    write("bundle-without-tokens", &small(&case, Vec::new()));
    let (late_case, late) = stamped_in_turn(&shop, &[("first", MADE), ("second", LATE)]);
    write("bundle-renewed-too-late", &small(&late_case, late));
    let changed = |name: &str, change: &dyn Fn(&mut Bundle)| {
        let mut bundle = Bundle::open(&small(&case, stamps.clone()));
        change(&mut bundle);
        write(name, &bundle.sign(&case.keys.disclosure));
    };
    changed("bundle-failed-another-salt", &|b| b.file("proof/time/01.salt")[0] ^= 1);
    changed("bundle-failed-another-token-s-act", &|b| {
        for ending in ["act", "leaves", "tlog"] {
            *b.file(&format!("proof/time/01.{ending}")) = b.files[&format!("proof/time/02.{ending}")].clone();
        }
    });
    changed("bundle-failed-text-beside-the-token", &|b| {
        let answer = b.file("proof/time/01.tsr");
        let at = answer.windows(5).position(|window| window == [0x30, 3, 2, 1, 0]).unwrap();
        answer[at + 4] = 1;
    });
    changed("bundle-failed-a-number-left-out", &|b| {
        for ending in ["act", "leaves", "tlog", "note", "proof", "salt", "tsr"] {
            let moved = b.files.remove(&format!("proof/time/02.{ending}")).unwrap();
            b.files.insert(format!("proof/time/03.{ending}"), moved);
        }
    });
    changed("bundle-failed-no-tlog", &|b| drop(b.files.remove("proof/time/02.tlog")));
    for path in bundles() {
        let text = serde_json::to_string_pretty(&expected(&std::fs::read(&path).unwrap())).unwrap() + "\n";
        std::fs::write(path.with_extension("expected.json"), text).unwrap();
    }
}

fn bundles() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut bundles: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "zip")).collect();
    bundles.sort();
    bundles
}

#[test]
fn each_bundle_is_judged_as_it_says() {
    if std::env::var_os("CASEMATE_VECTORS").is_some_and(|value| value == "write") {
        write_all();
    }
    let bundles = bundles();
    assert!(bundles.len() >= 9, "{bundles:?}");
    for path in bundles {
        let bytes = std::fs::read(&path).unwrap();
        let said: Value =
            serde_json::from_slice(&std::fs::read(path.with_extension("expected.json")).unwrap()).unwrap();
        assert_eq!(expected(&bytes), said, "{}", path.display());
        let failed = said[0]["findings"].as_array().unwrap().iter().any(|finding| finding["status"] == "failed");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(failed, name.starts_with("bundle-failed-"), "{name}");
    }
}
