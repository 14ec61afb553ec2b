//! One small case through every command, and then damaged. Each opening costs what scrypt costs.

use crate::{casemate, code, json, stderr, stdout};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NOTE: &str = "On Monday Aldo Brenn called me. He said: come home.\nThe office of Aldo Brenn is at the harbour.\n";

struct Journey {
    dir: tempfile::TempDir,
}

impl Journey {
    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        let case = self.path().join("case");
        let all = [args, &["--case", case.to_str().unwrap(), "--passphrase-file", "p"]].concat();
        casemate(self.path(), &all)
    }

    fn answer(&self, args: &[&str]) -> Value {
        let out = self.run(&[args, &["--json"]].concat());
        assert_eq!(code(&out), 0, "{args:?}: {} {}", stdout(&out), stderr(&out));
        assert_eq!(stderr(&out), "", "{args:?}");
        json(&out)
    }

    fn refused(&self, args: &[&str]) -> (i32, String) {
        let out = self.run(&[args, &["--json"]].concat());
        (code(&out), json(&out)["error"]["id"].as_str().unwrap_or_default().to_owned())
    }
}

/// Whether the reader lies beside the program under test.
fn reader_is_there() -> bool {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_casemate"));
    let there = program.with_file_name(format!("casemate-worker{}", std::env::consts::EXE_SUFFIX)).is_file();
    assert!(there || std::env::var_os("CI").is_none(), "casemate-worker is not built");
    if !there {
        println!("skipped: casemate-worker is not built");
    }
    there
}

#[test]
fn a_case_goes_through_every_command() {
    if !reader_is_there() {
        return;
    }
    let journey = Journey { dir: tempfile::tempdir().unwrap() };
    let made = casemate(journey.path(), &["init", "case", "--generate", "--json"]);
    assert_eq!((code(&made), stderr(&made).as_str()), (0, ""));
    let passphrase = json(&made)["passphrase"].as_str().unwrap().to_owned();
    assert_eq!(passphrase.split('-').count(), 7);
    std::fs::write(journey.path().join("p"), format!("{passphrase}\n")).unwrap();
    std::fs::write(journey.path().join("wrong"), "not these words").unwrap();

    take_in(&journey);
    look(&journey);
    people_and_plan(&journey);
    leave(&journey);
    pass_on(&journey);
    damage(&journey);
}

fn take_in(j: &Journey) {
    std::fs::create_dir(j.path().join("in")).unwrap();
    std::fs::write(j.path().join("in/note.txt"), NOTE).unwrap();
    std::fs::write(j.path().join("in/same.txt"), NOTE).unwrap();
    std::fs::write(j.path().join("in/empty.amr"), "").unwrap();
    let added = j.answer(&["add", "in", "--no-transcribe"]);
    assert_eq!(added["sealed"].as_array().unwrap().len(), 2, "{added}");
    assert_eq!(added["duplicates"].as_array().unwrap().len(), 1, "{added}");
    assert_eq!(added["not_read"][0]["findings"][0]["id"], "empty", "{added}");
    // In words: nothing is sealed twice, a path that is not there is named, and the code says so.
    let again = j.run(&["add", "in", "gone", "--no-transcribe"]);
    assert_eq!(code(&again), 1);
    let text = stdout(&again);
    assert!(text.contains("Nothing new to seal") && text.contains("gone"), "{text}");
}

/// The number of the note, whatever order the files came in.
fn note(j: &Journey) -> String {
    let list = j.answer(&["ls"]);
    let of = |e: &&Value| e["kind"] == "text";
    list["exhibits"].as_array().unwrap().iter().find(of).unwrap()["exhibit"].to_string()
}

fn look(j: &Journey) {
    let out = casemate(j.path(), &["ls", "--case", "case", "--passphrase-file", "wrong", "--json"]);
    assert_eq!((code(&out), &json(&out)["error"]["id"]), (3, &"wrong-passphrase".into()));
    let note = note(j);
    let shown = j.answer(&["show", &note]);
    assert_eq!(shown["exhibit"]["size"], NOTE.len());
    assert!(shown["custody"].as_array().unwrap().iter().any(|a| a["kind"] == "seal"), "{shown}");
    let read = j.run(&["read", &note]);
    assert_eq!(code(&read), 0);
    assert!(stdout(&read).contains("Aldo Brenn called me"), "{}", stdout(&read));
    let found = j.answer(&["search", "\"come home\""]);
    assert_eq!((&found["total"], found["hits"][0]["exhibit"].to_string()), (&1.into(), note));
    by_meaning(j);
    assert_eq!(j.refused(&["show", "99"]), (1, "no-exhibit".to_owned()));
    assert_eq!(j.refused(&["search", "(one"]), (2, "query".to_owned()));
}

/// In another language than the note's, apart from the words; without the model that is said.
fn by_meaning(j: &Journey) {
    let question = "lundi, Aldo Brenn a téléphoné et a dit de rentrer à la maison";
    let said = j.run(&["search", "--meaning", "harbour", "--models", "in", "--lang", "en"]);
    let text = stdout(&said);
    assert!(code(&said) == 1 && text.contains("at the harbour") && text.contains("script/setup"), "{text}");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    if !models.join("use-multilingual-3").is_dir() {
        assert!(std::env::var_os("CI").is_none(), "the sentence encoder's model is missing");
        println!("skipped: no model in {}", models.display());
        return;
    }
    let models = models.to_str().unwrap();
    let found = j.answer(&["search", "--meaning", question, "--models", models]);
    let close = &found["meaning"]["hits"][0];
    assert_eq!((&found["total"], &found["meaning"]["waiting"]), (&0.into(), &0.into()));
    assert!(close["text"].as_str().unwrap().contains("come home") && close["score"].as_f64() > Some(0.33), "{found}");
    let text = stdout(&j.run(&["search", "--meaning", question, "--models", models, "--lang", "fr"]));
    assert!(
        text.contains("Rien trouvé.") && text.contains("Proche par le sens") && text.contains("come home"),
        "{text}"
    );
}

fn people_and_plan(j: &Journey) {
    let note = note(j);
    let person = j.answer(&["person", "add", "--name", "Aldo Brenn", "--role", "caller", "--protected"]);
    assert_eq!(person["protected"], true);
    assert_eq!(j.refused(&["person", "alias", "Aldo Brenn", "court", "Mr Brenn"]), (1, "alias-tells".to_owned()));
    let person = j.answer(&["person", "alias", "Aldo Brenn", "court", "Mr K"]);
    assert_eq!(person["aliases"]["court"], "Mr K");
    let plan = j.answer(&["redact", &note, "--for", "court", "--propose"]);
    assert_eq!(plan["strikes"].as_array().unwrap().len(), 2, "{plan}");
    assert_eq!(plan["reviewer"], Value::Null);
    let to = ["--profile", "court", "--to", "court.zip", "--recipient", "Court", "--purpose", "annex"];
    let out = j.run(&[&["disclose"], &to[..], &[&note, "--json"]].concat());
    let error = &json(&out)["error"];
    assert_eq!((code(&out), &error["id"]), (1, &"blocked".into()));
    assert_eq!(error["reasons"].as_array().unwrap().len(), 2, "{error}");
    assert!(!error.to_string().contains("Brenn"), "{error}");
    assert!(!j.path().join("court.zip").exists());
    j.answer(&["person", "consent", "Mr K", "court", "--basis", "letter", "--by", "Counsel"]);
    let plan = j.answer(&["redact", &note, "--for", "court", "--accept", "--by", "Counsel"]);
    assert_eq!(plan["reviewer"], "Counsel");
}

fn leave(j: &Journey) {
    let note = note(j);
    let to = ["--profile", "court", "--to", "court.zip", "--recipient", "Court", "--purpose", "annex"];
    let left = j.answer(&[&["disclose"], &to[..], &[&note]].concat());
    let signer = left["signer"].as_str().unwrap().to_owned();
    let verified = casemate(j.path(), &["verify", "court.zip", "--signer", &signer, "--json"]);
    assert_eq!((code(&verified), &json(&verified)["verdict"]), (0, &"nothing-failed".into()));
    let bytes = std::fs::read(j.path().join("court.zip")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Brenn"));
    let mut other = bytes.clone();
    let middle = other.len() / 2;
    other[middle] ^= 1;
    std::fs::write(j.path().join("tampered.zip"), other).unwrap();
    assert_eq!(code(&casemate(j.path(), &["verify", "tampered.zip"])), 1);
    assert_eq!(j.refused(&[&["disclose"], &to[..], &[&note]].concat()), (1, "file-exists".to_owned()));
    let log = j.answer(&["log"]);
    assert!(log["checkpoint"].as_str().unwrap().starts_with("casemate/"), "{log}");
    let out = j.answer(&["export", "out", "--keys"]);
    assert_eq!(out["written"], 2);
    let exported = std::fs::read_dir(j.path().join("out")).unwrap().filter_map(Result::ok);
    let notes = exported.filter(|f| f.file_name().to_string_lossy().ends_with(".txt"));
    assert!(notes.map(|f| std::fs::read_to_string(f.path()).unwrap()).any(|text| text == NOTE));
}

/// Who received the bundle passes it on with more withheld: without the case, its passphrase or its keys.
fn pass_on(j: &Journey) {
    // Of somebody who got the bundle: made as anybody makes one.
    let made =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", "key"]).current_dir(j.path()).status();
    assert!(made.unwrap().success());
    let narrow = |more: &[&str]| {
        let to = ["narrow", "court.zip", "--to", "copy.zip", "--recipient", "The other side", "--purpose", "copy"];
        casemate(j.path(), &[&to[..], &["--key", "key", "--as", "Registry", "--json"], more].concat())
    };
    let refused = |more: &[&str]| (code(&narrow(more)), json(&narrow(more))["error"]["id"].clone());
    assert_eq!(refused(&[]), (1, "narrow-nothing".into()));
    assert_eq!(refused(&["--withhold", "9:line:1"]), (2, "narrow-no-item".into()));
    assert_eq!(refused(&["--untold", "9"]), (2, "narrow-no-discloser".into()));
    let of_bundle = |bundle, purpose| {
        let rest = ["--to", "x.zip", "--key", "key", "--recipient", "a", "--drop", "1", "--purpose", purpose, "--json"];
        let out = casemate(j.path(), &[&["narrow", bundle][..], &rest].concat());
        let error = json(&out)["error"].clone();
        (code(&out), error["id"].clone(), error["what"].as_str().unwrap().to_owned())
    };
    assert_eq!(of_bundle("court.zip", " ").1, "narrow-printed");
    std::fs::write(j.path().join("empty.zip"), "").unwrap();
    for (bundle, id) in [("gone.zip", "file"), ("case", "file"), ("empty.zip", "narrow-refused")] {
        let (code, found, what) = of_bundle(bundle, "b");
        assert!((code, found.as_str()) == (1, Some(id)) && what.contains(bundle), "{found} {what}");
    }
    let left = |name: &str| std::fs::read_dir(j.path()).unwrap().filter(|f| starts(f, name)).count();
    assert_eq!((left("copy.zip"), left("x.zip")), (0, 0));
    // Its own work on the way gets a name of nobody else's.
    std::fs::copy(j.path().join("court.zip"), j.path().join("copy.zip.partial")).unwrap();
    let out = narrow(&["--word", "come home"]);
    assert_eq!((code(&out), stderr(&out).as_str()), (0, ""));
    assert_eq!(json(&out)["narrowed"], serde_json::json!([1]), "{}", stdout(&out));
    let verified = casemate(j.path(), &["verify", "copy.zip", "--json"]);
    let findings = json(&verified)["findings"].clone();
    let disclosers = findings.as_array().unwrap().iter().filter(|f| f["id"] == "discloser");
    assert_eq!(disclosers.map(|f| f["status"].clone()).collect::<Vec<_>>(), ["proven", "proven"], "{findings}");
    let bytes = std::fs::read(j.path().join("copy.zip")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("come home"));
    let same = |a: &str, b: &str| std::fs::read(j.path().join(a)).unwrap() == std::fs::read(j.path().join(b)).unwrap();
    assert!(same("court.zip", "copy.zip.partial") && left("copy.zip") == 2);
    assert_eq!(refused(&["--drop", "1"]), (1, "file-exists".into()));
    together(j);
    described(j);
    contained(j);
}

/// The bundle in the words of archives and laboratories: every id stands once, and whatever is referred to is there.
fn described(j: &Journey) {
    for form in ["ro-crate", "case-uco"] {
        let out = casemate(j.path(), &["metadata", "court.zip", "--form", form]);
        assert_eq!((code(&out), stderr(&out).as_str()), (0, ""));
        let graph = json(&out)["@graph"].as_array().unwrap().clone();
        let ids: Vec<&str> = graph.iter().map(|thing| thing["@id"].as_str().unwrap()).collect();
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        for thing in &graph {
            let named =
                thing.as_object().unwrap().values().flat_map(|v| v.as_array().cloned().unwrap_or(vec![v.clone()]));
            let references = named.filter(|v| v.as_object().is_some_and(|o| o.len() == 1 && o.contains_key("@id")));
            for reference in references.filter(|r| r["@id"] != "https://w3id.org/ro/crate/1.1") {
                assert!(ids.contains(&reference["@id"].as_str().unwrap()), "{form}: {reference}");
            }
        }
        let sum = Command::new("sha256sum").arg("court.zip").current_dir(j.path()).output().unwrap();
        let sum = String::from_utf8(sum.stdout).unwrap();
        assert!(stdout(&out).contains(sum.split(' ').next().unwrap()), "{form}");
        assert_eq!(
            stdout(&casemate(j.path(), &["metadata", "court.zip", "--form", form])),
            stdout(&out),
            "the same again"
        );
    }
    let to = ["metadata", "court.zip", "--form", "ro-crate", "--to", "ro-crate-metadata.json"];
    assert_eq!(code(&casemate(j.path(), &to)), 0);
    assert_eq!(code(&casemate(j.path(), &to)), 1, "a file that is there is not written over");
    let mut bytes = std::fs::read(j.path().join("court.zip")).unwrap();
    let last = bytes.len() / 2;
    bytes[last] ^= 1;
    std::fs::write(j.path().join("torn.zip"), bytes).unwrap();
    let refused = casemate(j.path(), &["metadata", "torn.zip", "--form", "case-uco", "--json"]);
    assert_eq!((code(&refused), &json(&refused)["error"]["id"]), (1, &"bundle-refused".into()));
}

/// A question about a bundle that travels as a file; the container itself is made in the tests of `casemate-app`.
fn contained(j: &Journey) {
    let ask = ["asic", "court.zip", "--request-file", "q.tsq", "--json"];
    let out = casemate(j.path(), &ask);
    assert_eq!((code(&out), &json(&out)["kept"]), (0, &"q.tsq.kept".into()));
    assert_eq!(code(&casemate(j.path(), &ask)), 1, "a request that is there is not written over");
    let of = |args: &[&str]| {
        let out = casemate(j.path(), &[&["asic", "--json"], args].concat());
        (code(&out), json(&out)["error"]["id"].as_str().unwrap_or_default().to_owned())
    };
    let answer = ["court.zip", "--request-file", "q.tsq", "--response-file", "q.tsq", "--to", "court.asice"];
    assert_eq!(of(&answer), (1, "stamp".into()), "a request is no answer");
    assert_eq!(of(&["torn.zip", "--request-file", "t.tsq"]), (1, "bundle-refused".into()));
    assert_eq!(
        of(&["court.zip", "--url", "ftp://tsa.example/", "--to", "court.asice"]),
        (2, "authority-address".into())
    );
    assert!(!j.path().join("court.asice").exists());
}

/// What the two bundles tell together, whichever leaves first.
fn together(j: &Journey) {
    let tells = |bundle: &str, earlier: &str| {
        let out = casemate(j.path(), &["audit", bundle, "--earlier", earlier, "--json"]);
        let file = json(&out)["files"].as_array().unwrap().last().unwrap().clone();
        let told = file["tells"].as_array().unwrap().iter().map(|t| (t["id"].clone(), t["item"].clone()));
        (code(&out), told.collect::<Vec<_>>())
    };
    assert_eq!(tells("copy.zip", "court.zip"), (1, vec![("open-there".into(), 1.into())]));
    assert_eq!(tells("court.zip", "copy.zip"), (1, vec![("open-here".into(), 1.into())]));
    assert_eq!(tells("court.zip", "court.zip"), (0, vec![]));
    let said = stdout(&casemate(j.path(), &["audit", "copy.zip", "--earlier", "court.zip"]));
    assert!(said.contains("stands open in court.zip, item 1") && !said.contains("come home"), "{said}");
    let (bytes, torn) = (std::fs::read(j.path().join("court.zip")).unwrap(), j.path().join("torn.zip"));
    std::fs::write(torn, &bytes[..bytes.len() / 2]).unwrap();
    let out = casemate(j.path(), &["audit", "torn.zip", "--earlier", "court.zip", "--json"]);
    assert!(stdout(&out).contains("not-compared"), "what is no whole bundle is not compared: {}", stdout(&out));
    let other = casemate(j.path(), &["audit", "copy.zip", "--earlier", "p", "--json"]);
    let last = json(&other)["files"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (last["verdict"].clone(), &last["not_checked"][0]["id"]),
        ("not-checked".into(), &"not-compared".into())
    );
}

fn starts(entry: &std::io::Result<std::fs::DirEntry>, name: &str) -> bool {
    entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(name)
}

fn damage(j: &Journey) {
    let whole = j.answer(&["verify", "case"]);
    assert_eq!(whole["damaged"], false, "{whole}");
    let shelf = walk(&j.path().join("case/objects"));
    let object = shelf.iter().max_by_key(|p| std::fs::metadata(p).unwrap().len()).unwrap();
    let mut bytes = std::fs::read(object).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(object, bytes).unwrap();
    let out = j.run(&["verify", "case", "--json"]);
    assert_eq!((code(&out), &json(&out)["damaged"]), (4, &true.into()));
    let findings = json(&out)["findings"].clone();
    let failed = |f: &&Value| f["status"] == "failed";
    assert_eq!(findings.as_array().unwrap().iter().find(failed).unwrap()["id"], "object-damaged", "{findings}");
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}
