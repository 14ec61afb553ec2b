//! On a real disk: stock `age` opens what is exported, no plaintext lies anywhere, any size in the same memory.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use casemate_carve::Hint;
use casemate_proof::{Compartment, SubjectId, Value};
use casemate_store_local::LocalStore;
use casemate_vault::acts::SealAct;
use casemate_vault::{Access, Ambient, Vault};

use crate::kit::*;

fn make(root: &Path) -> Vault {
    let store = Arc::new(LocalStore::create(root).unwrap());
    Vault::create(store, &words(), WEAK, "owner", Ambient::system()).unwrap()
}

fn reopen(root: &Path, access: Access) -> Vault {
    Vault::open(Arc::new(LocalStore::open(root).unwrap()), &words(), access, Ambient::system()).unwrap()
}

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

#[test]
fn stock_age_opens_what_is_exported() {
    if Command::new("age").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("CI").is_none(), "age is not installed");
        eprintln!("skipped: age is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let mut vault = make(&root);
    for (n, bytes) in [vec![], b"short".to_vec(), noise(65_536, 3), noise(300_001, 4)].into_iter().enumerate() {
        let made = add(&mut vault, &bytes, "f", n as u64 + 1, Hint::Whole).unwrap();
        let key = vault.export_key(&vault.find(&made).unwrap()).unwrap();
        let identity = dir.path().join("identity.txt");
        std::fs::write(&identity, key.identity.as_bytes()).unwrap();
        let out = Command::new("age").arg("-d").arg("-i").arg(&identity).arg(root.join(&key.file)).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let (content, padding) = out.stdout.split_at(usize::try_from(key.size).unwrap());
        assert!(content == bytes);
        assert!(padding.iter().all(|b| *b == 0));
        assert_eq!(out.stdout.len() as u64, casemate_vault::padded_len(key.size));
    }
}

#[test]
fn no_plaintext_lies_in_any_file() {
    const CANARY: &str = "CanaryOfTheCasemate";
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let mut vault = make(&root);
    let text = format!("{CANARY} said: come back, your sister is well.\n");
    for (n, hint) in [Hint::Lines, Hint::Whole, Hint::Csv].into_iter().enumerate() {
        let object = vault.seal(&mut Cursor::new(text.repeat(3).into_bytes()), hint).unwrap();
        let source = Value::from(format!("from the phone of {CANARY}"));
        let seal = SealAct { name: format!("{CANARY}.txt"), source, object, at_ms: n as u64 };
        vault.append(vec![seal.to_act()]).unwrap();
    }
    for compartment in [Compartment::Identity, Compartment::Case, Compartment::Press] {
        vault.append(vec![note("person", compartment, SubjectId([4; 32]), CANARY)]).unwrap();
    }
    vault.seal(&mut Cursor::new(text.into_bytes()), Hint::Whole).unwrap();
    vault.lock();
    drop(reopen(&root, Access::Write));
    let holds = |path: &Path, needle: &[u8]| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle))
    };
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let needles: [&[u8]; 6] =
        [CANARY.as_bytes(), &utf16, b"Q2FuYXJ5T2ZUaGVDYXNlbWF0", b"AGE-SECRET-KEY", b"granite", b"exhibit"];
    let mut all = Vec::new();
    files(&root, &mut all);
    assert!(all.len() > 15);
    for path in &all {
        for needle in needles {
            assert!(!holds(path, needle), "{} in {}", String::from_utf8_lossy(needle), path.display());
        }
        assert!(!path.to_string_lossy().contains(CANARY));
    }
    let leak = root.join("leak");
    std::fs::write(&leak, format!("planted: {}", CANARY.to_lowercase())).unwrap();
    assert!(holds(&leak, CANARY.as_bytes()), "the scan finds what is planted");
}

/// A source of any size that holds nothing in memory; it may change or shrink while it is read.
struct Endless {
    len: u64,
    at: u64,
    reads: u64,
    /// From this read on other bytes come.
    changes_at: u64,
    /// From this read on there are only so many bytes.
    shrinks: Option<(u64, u64)>,
}

impl Endless {
    fn new(len: u64) -> Self {
        Self { len, at: 0, reads: 0, changes_at: u64::MAX, shrinks: None }
    }

    fn end(&self) -> u64 {
        self.shrinks.filter(|(from, _)| self.reads >= *from).map_or(self.len, |(_, len)| len)
    }
}

impl Read for Endless {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        self.reads += 1;
        let n = usize::try_from(self.end().saturating_sub(self.at)).unwrap().min(buf.len());
        let salt = u8::from(self.reads >= self.changes_at);
        for (at, byte) in (self.at..).zip(&mut buf[..n]) {
            *byte = if at % 61 == 60 { b'\n' } else { b'a' + (at % 23) as u8 + salt };
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Endless {
    fn seek(&mut self, pos: SeekFrom) -> std::io::Result<u64> {
        self.at = match pos {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.end().checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

fn seal_and_check(vault: &mut Vault, source: &mut Endless, hint: Hint) -> u64 {
    let object = vault.seal(source, hint).unwrap();
    let size = object.size;
    vault.append(seal_acts(&object, "moving", 1)).unwrap();
    vault.check_object(&object.root()).unwrap();
    size
}

#[test]
fn what_changes_while_it_is_sealed_is_sealed_as_it_was_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut vault = make(&dir.path().join("case"));
    // Under and over the size at which threads are used.
    for len in [100_000, 5_000_000] {
        for hint in [Hint::Whole, Hint::Lines] {
            assert_eq!(seal_and_check(&mut vault, &mut Endless::new(len), hint), len);
            for from in [2, 5, 9, 20, 40] {
                let mut changes = Endless { changes_at: from, ..Endless::new(len) };
                assert_eq!(seal_and_check(&mut vault, &mut changes, hint), len);
                let mut shrinks = Endless { shrinks: Some((from, 70_001)), ..Endless::new(len) };
                assert!((70_001..=len).contains(&seal_and_check(&mut vault, &mut shrinks, hint)));
            }
        }
    }
    assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
}

#[test]
fn the_test_recordings_come_back_byte_for_byte() {
    let data = std::env::var_os("CASEMATE_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    if !data.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no test data");
        eprintln!("skipped: no test data at {}", data.display());
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("case");
    let mut vault = make(&root);
    let mut sources = Vec::new();
    files(&data.join("speech"), &mut sources);
    sources.retain(|p| std::fs::metadata(p).is_ok_and(|m| m.len() < 4_000_000));
    sources.sort();
    sources.truncate(40);
    let mut acts = Vec::new();
    let mut made = Vec::new();
    let mut profiles = std::collections::BTreeSet::new();
    for (n, path) in (1u64..).zip(&sources) {
        let object = vault.seal(&mut std::fs::File::open(path).unwrap(), Hint::Recording).unwrap();
        profiles.insert(object.record.profile().split(';').next().unwrap().to_owned());
        acts.extend(seal_acts(&object, "f", n));
        made.push(object);
    }
    vault.append(acts).unwrap();
    vault.lock();
    let vault = reopen(&root, Access::Write);
    for (object, path) in made.iter().zip(&sources) {
        let mut bytes = Vec::new();
        vault.read(object).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes == std::fs::read(path).unwrap(), "{}", path.display());
    }
    assert!(profiles.contains("wav-v1") && profiles.contains("chunk-v1"), "{profiles:?}");
    assert_eq!(failed(&check(&vault)), Vec::<&str>::new());
    let mut left = Vec::new();
    files(&root, &mut left);
    assert!(!left.iter().any(|p| p.to_string_lossy().contains("staged/")), "every object is on its shelf");
}
