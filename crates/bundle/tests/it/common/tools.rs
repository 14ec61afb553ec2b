//! An attacker's tools.

use casemate_proof::{SecretKey, sshsig};
use casemate_verify::check::DISCLOSURE_NAMESPACE;
use casemate_verify::statement::Statement;
use casemate_verify::zip::{self, Measured, ROOT, ZipError, ZipWriter};
use casemate_verify::{Finding, Pins, Status, Verdict, bag, verify_bundle};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

pub fn pinned(key: &SecretKey) -> Pins {
    Pins { signers: vec![bag::hex(key.public().as_bytes())], ..Pins::default() }
}

pub fn verify(bundle: &[u8], pins: &Pins) -> Verdict {
    verify_bundle(&|| Ok(Cursor::new(bundle)), pins).unwrap()
}

/// The ids that failed, with their items.
pub fn failed_ids(verdict: &Verdict) -> Vec<(&'static str, Option<u64>)> {
    let failed = verdict.findings.iter().filter(|f| f.status == Status::Failed);
    failed.map(|f| (f.id, f.item)).collect()
}

/// The files of a bundle, by path under its root.
#[derive(Clone)]
pub struct Bundle {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    pub fn open(bytes: &[u8]) -> Self {
        let mut source = Cursor::new(bytes);
        let archive = zip::read(&mut source).unwrap();
        let mut files = BTreeMap::new();
        for entry in archive.entries() {
            let mut content = Vec::new();
            archive.open(&mut source, entry).unwrap().read_to_end(&mut content).unwrap();
            files.insert(entry.name.strip_prefix(ROOT).unwrap().to_owned(), content);
        }
        Self { files }
    }

    pub fn file(&mut self, path: &str) -> &mut Vec<u8> {
        self.files.get_mut(path).unwrap_or_else(|| panic!("{path}"))
    }

    pub fn swap(&mut self, a: &str, b: &str) {
        let first = self.files.remove(a).unwrap();
        let second = self.files.insert(b.to_owned(), first).unwrap();
        self.files.insert(a.to_owned(), second);
    }

    pub fn statement(&self) -> Statement {
        Statement::decode(&self.files["disclosure.cbor"]).unwrap()
    }

    pub fn state(&mut self, change: impl FnOnce(&mut Statement)) {
        let mut statement = self.statement();
        change(&mut statement);
        *self.file("disclosure.cbor") = statement.encode().unwrap();
    }

    /// Manifests made again, signed by `key` (the statement is left alone), zipped.
    pub fn sign(mut self, key: &SecretKey) -> Vec<u8> {
        for path in [bag::MANIFEST, bag::TAG_MANIFEST, bag::SIGNATURE] {
            self.files.remove(path);
        }
        let payload = self.list(|path| path.starts_with(bag::PAYLOAD));
        self.files.insert(bag::MANIFEST.into(), payload.into_bytes());
        let tags = self.list(|path| !path.starts_with(bag::PAYLOAD));
        let signature = sshsig::sign(DISCLOSURE_NAMESPACE, tags.as_bytes(), key);
        self.files.insert(bag::TAG_MANIFEST.into(), tags.into_bytes());
        self.files.insert(bag::SIGNATURE.into(), signature.into_bytes());
        self.zip()
    }

    fn list(&self, listed: impl Fn(&str) -> bool) -> String {
        let files = self.files.iter().filter(|(path, _)| listed(path));
        files.map(|(path, bytes)| bag::line(&bag::sha256(&mut bytes.as_slice()).unwrap(), path)).collect()
    }

    /// A strict zip of the files as they are.
    pub fn zip(&self) -> Vec<u8> {
        let mut out = ZipWriter::new(Vec::new());
        for (path, bytes) in &self.files {
            let mut measured = Measured::new(std::io::sink());
            measured.write_all(bytes).unwrap();
            let write = |out: &mut dyn Write| -> Result<(), ZipError> { Ok(out.write_all(bytes)?) };
            out.add(&format!("{ROOT}{path}"), measured.finish(), write).unwrap();
        }
        out.finish().unwrap()
    }
}

/// `SplitMix64`: the same numbers everywhere.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Changes one byte, puts one in, or takes one out.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        let kind = self.next() % 3;
        let at = self.below(bytes.len() + usize::from(kind == 1));
        match kind {
            0 => bytes[at] ^= (self.next() % 255 + 1) as u8,
            1 => bytes.insert(at, self.next() as u8),
            _ => {
                bytes.remove(at);
            }
        }
    }
}

/// A finding as the vectors list it: with its facts if it is `told`, but for a cause, whose words are free.
pub fn shown(finding: &Finding, told: &str) -> Value {
    let status = match finding.status {
        Status::Proven => "proven",
        Status::Failed => "failed",
        Status::NotChecked => "not-checked",
    };
    let mut value = json!({ "id": finding.id, "item": finding.item, "status": status });
    if finding.id == told {
        let facts = finding.facts.iter().filter(|(name, _)| *name != "cause");
        value["facts"] = facts.map(|(name, fact)| ((*name).to_owned(), json!(fact))).collect::<Map<_, _>>().into();
    }
    value
}
