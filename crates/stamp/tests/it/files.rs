//! `tests/vectors/time`: tokens for other verifiers, each named after what it shows. `CASEMATE_VECTORS=write` makes them anew (keys, so bytes, are
//! other ones each time); without it they are read and judged.

use crate::shop::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use casemate_stamp::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const NONCE: Nonce = Nonce([0x9a, 1, 2, 3, 4, 5, 6, 7]);

/// What a verifier is given, and what it must say.
struct Vector {
    note: Vec<u8>,
    salt: Salt,
    nonce: Option<Nonce>,
    policy: Option<String>,
    answer: Vec<u8>,
    roots: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    lists: Vec<Vec<u8>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/time")
}

fn blocks(value: &Value) -> Vec<Vec<u8>> {
    value.as_array().unwrap().iter().map(|block| BASE64.decode(block.as_str().unwrap()).unwrap()).collect()
}

impl Vector {
    /// A token of the usual note under the usual root, nothing asked.
    fn of(answer: Vec<u8>) -> Self {
        let shop = Shop::usual();
        Self {
            note: NOTE.to_vec(),
            salt: SALT,
            nonce: None,
            policy: None,
            answer,
            roots: vec![shop.der("root")],
            certificates: vec![shop.der("between")],
            lists: Vec::new(),
        }
    }

    /// A token of a shop of its own, whose root stands alone.
    fn under(shop: &Shop, answer: Vec<u8>) -> Self {
        Self { roots: vec![shop.der("root")], certificates: Vec::new(), ..Self::of(answer) }
    }

    fn read(value: &Value) -> Self {
        let hex = |name: &str| {
            let digits = value[name].as_str()?.as_bytes().chunks(2);
            digits
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).ok())
                .collect::<Option<Vec<u8>>>()
        };
        Self {
            note: value["note"].as_str().unwrap().as_bytes().to_vec(),
            salt: hex("salt").unwrap().try_into().unwrap(),
            nonce: hex("nonce").map(|nonce| Nonce(nonce.try_into().unwrap())),
            policy: value["policy"].as_str().map(str::to_owned),
            answer: BASE64.decode(value["answer"].as_str().unwrap()).unwrap(),
            roots: blocks(&value["roots"]),
            certificates: blocks(&value["certificates"]),
            lists: blocks(&value["lists"]),
        }
    }

    fn judge(&self) -> Value {
        let imprint = stamped(&self.salt, &self.note);
        let policy = self.policy.as_deref().map(|policy| policy.parse().unwrap());
        let asked = Asked { imprint: &imprint, nonce: self.nonce, policy };
        let given = Given { roots: &self.roots, certificates: &self.certificates, lists: &self.lists };
        match TokenDer::read(&self.answer).and_then(|token| verify(&token, &asked, &given)) {
            Err(refusal) => json!({ "refused": refusal.id() }),
            Ok(verdict) => json!({
                "time": verdict.time.to_string(),
                "accuracy": verdict.accuracy.map(|accuracy| accuracy.to_string()),
                "policy": verdict.policy.to_string(),
                "authority": verdict.authority,
                "tsa-root": verdict.root_fingerprint,
                "trust": if verdict.trust == Trust::Pinned { "pinned" } else { "not-checked" },
                "revocation": match verdict.revocation {
                    Revocation::Checked { as_of } => as_of.to_string(),
                    Revocation::NotChecked => "not-checked".to_owned(),
                },
                "qualified": match (verdict.qualified.stamp, verdict.qualified.certificate) {
                    (false, false) => None,
                    (true, false) => Some("stamp"),
                    (false, true) => Some("certificate"),
                    (true, true) => Some("both"),
                },
                "valid-until": verdict.valid_until.to_string(),
            }),
        }
    }

    fn write(&self) -> Value {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let list = |blocks: &[Vec<u8>]| blocks.iter().map(|block| BASE64.encode(block)).collect::<Vec<_>>();
        json!({
            "note": std::str::from_utf8(&self.note).unwrap(),
            "salt": hex(&self.salt),
            "nonce": self.nonce.map(|nonce| hex(&nonce.0)),
            "policy": self.policy,
            "answer": BASE64.encode(&self.answer),
            "roots": list(&self.roots),
            "certificates": list(&self.certificates),
            "lists": list(&self.lists),
            "expected": self.judge(),
        })
    }
}

fn token(info: &Info, signer: &str, more: &[&str]) -> Vec<u8> {
    Shop::usual().token(&info.der(), signer, more).as_bytes().to_vec()
}

/// A token of a signer below the root whose certificate has these extensions.
fn of_signer(extensions: &str) -> Vector {
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("signer", Kind::P256, Some("root"), extensions);
    Vector::under(&shop, shop.token(&Info::usual().der(), "signer", &[]).as_bytes().to_vec())
}

/// Tokens with revocation lists: of the signer revoked then, for that reason; none: not revoked.
fn listed(revoked: Option<(&str, &str)>) -> Vector {
    let (made, ends) = ("20240602000000Z", "20240702000000Z");
    let shop = Shop::new();
    shop.issue("root", Kind::P256, None, ROOT);
    shop.issue("signer", Kind::P256, Some("root"), SIGNER);
    let lines: Vec<_> = revoked.iter().map(|(at, reason)| ("signer", *at, *reason)).collect();
    let list = shop.list("root", &lines, made, ends);
    let answer = shop.token(&Info::usual().der(), "signer", &[]).as_bytes().to_vec();
    Vector { lists: vec![list], ..Vector::under(&shop, answer) }
}

/// A token beside another certificate than the one that it names.
fn swapped(options: &str) -> Vector {
    let (root, token) = crate::signers::swapped_token(options);
    Vector { roots: vec![root], certificates: Vec::new(), ..Vector::of(token.as_bytes().to_vec()) }
}

fn accepted() -> Vec<(&'static str, Vector)> {
    let shop = Shop::usual();
    let request = Request { imprint: imprint(), nonce: Some(NONCE), policy: Some(POLICY.parse().unwrap()) }.to_der();
    let answered = |signer: &str, options: &str| Vector {
        nonce: Some(NONCE),
        policy: Some(POLICY.to_owned()),
        certificates: Vec::new(),
        ..Vector::of(shop.reply(signer, &request, options))
    };
    let at = |time: &str| Vector::of(token(&Info::at(time), "p256", &[]));
    let statement = sequence(&[&sequence(&[&tlv(6, &[4, 0, 0x81, 0x97, 0x5e, 1, 1])])]);
    let extension = sequence(&[&tlv(6, &[0x2b, 6, 1, 5, 5, 7, 1, 3]), &tlv(4, &statement)]);
    let qualified = Info::with(&tlv(0xa1, &extension));
    vec![
        ("accept-rsa-sha256", answered("rsa", "signer_digest=sha256")),
        ("accept-rsa-sha512", answered("rsa", "signer_digest=sha512")),
        ("accept-rsa-pss", Vector::of(token(&Info::usual(), "pss", &["-keyopt", "rsa_padding_mode:pss"]))),
        ("accept-p256-sha256", answered("p256", "signer_digest=sha256")),
        ("accept-p256-sha512", answered("p256", "signer_digest=sha512")),
        ("accept-p384-sha384", answered("p384", "signer_digest=sha384")),
        ("accept-older-name-of-the-certificate", answered("p256", "ess_cert_id_alg=sha1")),
        ("accept-signer-named-by-key", Vector::of(token(&Info::usual(), "p256", &["-keyid"]))),
        ("accept-fraction-of-a-second", at("20240601120000.125Z")),
        ("accept-first-second-of-the-certificate", at(FROM)),
        ("accept-last-second-of-the-certificate", at("20450101000000.5Z")),
        ("accept-no-root-trust-not-checked", Vector { roots: Vec::new(), ..answered("p256", "") }),
        ("accept-qualified-stated-by-the-stamp", Vector::of(token(&qualified, "p256", &[]))),
        ("accept-qualified-stated-by-the-certificate", {
            of_signer(&format!("{SIGNER}1.3.6.1.5.5.7.1.3=DER:{}\n", "300a3008060604008e460101"))
        }),
        ("accept-revocation-checked", listed(None)),
        ("accept-revoked-afterwards-as-superseded", listed(Some(("20240601130000Z", "superseded")))),
    ]
}

fn refused() -> Vec<(&'static str, Vector)> {
    let usual = || Vector::of(token(&Info::usual(), "p256", &[]));
    let info = |info: Info| Vector::of(token(&info, "p256", &[]));
    let with_answer = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut vector = usual();
        vector.answer = TokenDer::read(&vector.answer).unwrap().to_response();
        change(&mut vector.answer);
        vector
    };
    let (this, other) = (Shop::usual(), Shop::new());
    other.issue("root", Kind::P256, None, ROOT);
    let later = |vector: Vector| {
        let answer = edited(&vector.answer, MADE.as_bytes(), b"20240601120001Z", 1);
        Vector { answer, ..vector }
    };
    vec![
        ("reject-imprint-of-another-note", Vector { note: b"another\n".to_vec(), ..usual() }),
        ("reject-imprint-of-another-salt", Vector { salt: [8; 32], ..usual() }),
        ("reject-nonce-other", Vector { nonce: Some(NONCE), ..info(Info::with(&tlv(2, &[1, 2, 3, 4, 5, 6, 7, 8]))) }),
        ("reject-nonce-absent", Vector { nonce: Some(NONCE), ..usual() }),
        ("reject-policy-other", Vector { policy: Some("1.2.3.4.2".to_owned()), ..usual() }),
        ("reject-usage-missing", of_signer("keyUsage=critical,digitalSignature\n")),
        ("reject-usage-not-critical", of_signer("extendedKeyUsage=timeStamping\n")),
        ("reject-usage-not-alone", of_signer("extendedKeyUsage=critical,timeStamping,emailProtection\n")),
        ("reject-usage-other", of_signer("extendedKeyUsage=critical,codeSigning\n")),
        ("reject-key-usage", of_signer("keyUsage=critical,keyAgreement\nextendedKeyUsage=critical,timeStamping\n")),
        ("reject-unknown-critical-extension", of_signer(&format!("{SIGNER}1.2.3.4=critical,DER:0500\n"))),
        ("reject-certificate-named-by-the-older-attribute", swapped("ess_cert_id_alg=sha1")),
        ("reject-certificate-named-by-the-newer-attribute", swapped("ess_cert_id_alg=sha256")),
        ("reject-expired-at-the-time", info(Info::at("20450101000001Z"))),
        ("reject-not-yet-valid-at-the-time", info(Info::at("20191231235959Z"))),
        (
            "reject-root-not-given",
            Vector {
                roots: vec![other.der("root")],
                certificates: vec![this.der("between"), this.der("root")],
                ..usual()
            },
        ),
        ("reject-chain-broken", Vector { certificates: Vec::new(), ..usual() }),
        ("reject-signer-absent", Vector::of(token(&Info::usual(), "p256", &["-nocerts"]))),
        ("reject-two-signers", Vector::of(token(&Info::usual(), "p256", &["-signer", "rsa.pem", "-inkey", "rsa.key"]))),
        ("reject-sha-1", Vector::of(token(&Info::usual(), "p256", &["-md", "sha1"]))),
        ("reject-changed-stamp", later(usual())),
        ("reject-changed-signature", with_answer(&|answer| *answer.last_mut().unwrap() ^= 1)),
        (
            "reject-status-of-refusal",
            with_answer(&|answer| {
                let at = answer.windows(5).position(|window| window == [0x30, 3, 2, 1, 0]).unwrap();
                answer[at + 4] = 2;
            }),
        ),
        ("reject-trailing-byte", with_answer(&|answer| answer.push(0))),
        ("reject-cut-short", with_answer(&|answer| answer.truncate(answer.len() - 1))),
        ("reject-revoked-before", listed(Some(("20240601110000Z", "superseded")))),
        ("reject-revoked-afterwards-as-compromised", listed(Some(("20240601130000Z", "keyCompromise")))),
        ("reject-list-with-a-false-signature", {
            let vector = listed(None);
            let list = edited(&vector.lists[0], b"240602000000Z", b"240603000000Z", 1);
            Vector { lists: vec![list], ..vector }
        }),
    ]
}

/// What each name promises.
fn fits(name: &str, expected: &Value) -> bool {
    expected["refused"].is_null() == name.starts_with("accept-")
}

fn write_all() {
    std::fs::create_dir_all(folder()).unwrap();
    for (name, vector) in accepted().into_iter().chain(refused()) {
        let value = vector.write();
        assert!(fits(name, &value["expected"]), "{name}: {}", value["expected"]);
        let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
        std::fs::write(folder().join(format!("{name}.json")), text).unwrap();
    }
}

#[test]
fn each_file_is_judged_as_it_says() {
    if std::env::var_os("CASEMATE_VECTORS").is_some_and(|value| value == "write") {
        write_all();
    }
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let mut refusals: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for path in files.filter(|path| !path.to_string_lossy().ends_with(".expected.json")) {
        let value: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(Vector::read(&value).judge(), value["expected"], "{name}");
        assert!(fits(&name, &value["expected"]), "{name}");
        if let Some(refusal) = value["expected"]["refused"].as_str() {
            *refusals.entry(refusal.to_owned()).or_default() += 1;
        }
        names.insert(name);
    }
    // Every rejection that the format names first has a file.
    for refusal in [
        "imprint",
        "nonce",
        "policy",
        "usage-missing",
        "usage-not-critical",
        "usage-not-alone",
        "signing-certificate-v1",
        "signing-certificate-v2",
        "expired",
        "not-yet-valid",
        "root-not-pinned",
        "chain-broken",
        "revoked",
        "signature",
    ] {
        assert!(refusals.contains_key(refusal), "{refusal}: {refusals:?}");
    }
    assert!(names.iter().filter(|name| name.starts_with("accept-")).count() >= 16);
}
