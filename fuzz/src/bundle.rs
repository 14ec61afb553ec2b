//! A bundle by whoever wants to be believed: one that was true and was changed, or any.
//!
//! Keeps: no key stands behind what it did not sign; what is proven of an item are bytes that were sealed; the verdict is the
//! same each time, on however many threads it is made.
//! Does not know: how bundles are made; the true ones are those of `tests/vectors`, with their keys from known seeds.
//!
//! Input: a byte that chooses: any bytes, any files (name and content, each a piece), or changes of a bundle that is here.

use crate::edit::{edit, one};
use crate::input::Input;
use crate::memory;
use casemate_proof::{PublicKey, SecretKey, Value, sshsig};
use casemate_verify::check::DISCLOSURE_NAMESPACE;
use casemate_verify::statement::Statement;
use casemate_verify::zip::{self, Measured, ROOT, ZipError, ZipWriter, name_is_permitted};
use casemate_verify::{Pins, Status, Verdict, bag, verify_bundle};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::sync::OnceLock;

/// Two threads, each with some buffers of 64 KiB, a leaf and a table of tokens.
const HELD: usize = 64 << 20;
const HELD_EACH: usize = 256;
const CHANGES_MAX: usize = 8;
/// One bundle of so many is verified twice.
const AGAIN_EACH: u8 = 8;
const STATEMENT: &str = "disclosure.cbor";

/// Each of them has something that the others have not.
const BASES: [&[u8]; 7] = [
    include_bytes!("../../tests/vectors/bundle/court.zip"),
    include_bytes!("../../tests/vectors/bundle/press.zip"),
    include_bytes!("../../tests/vectors/narrow/accept-twice.zip"),
    include_bytes!("../../tests/vectors/narrow/accept-first-without-statement.zip"),
    include_bytes!("../../tests/vectors/time/bundle-renewed.zip"),
    include_bytes!("../../tests/vectors/time/bundle-without-acts.zip"),
    include_bytes!("../../tests/vectors/witness/two.zip"),
];
/// Signed with the same keys as they are.
const FORGED: &[u8] = include_bytes!("../../tests/vectors/bundle/forged-rendering.zip");

type Files = BTreeMap<String, Vec<u8>>;

/// A true bundle.
struct Base {
    zip: &'static [u8],
    files: Files,
    /// The seed of its key, where that is known.
    secret: Option<SecretKey>,
    pins: Pins,
}

struct Known {
    bases: Vec<Base>,
    /// SHA-256 of every file that was delivered, and the seals of what it came of.
    delivered: BTreeSet<[u8; 32]>,
    seals: BTreeSet<String>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let secrets: Vec<SecretKey> = (0..=255).map(|number| SecretKey::from_seed(&[number; 32])).collect();
        let bases: Vec<Base> = BASES.iter().map(|zip| base(zip, &secrets)).collect();
        let (mut delivered, mut seals) = (BTreeSet::new(), BTreeSet::new());
        for base in &bases {
            let verdict = judge(base.zip, &base.pins);
            assert!(!verdict.failed() && verdict.signer_is_pinned(), "a true bundle: {:?}", verdict.findings);
            seals.extend(verdict.with_id("logged").filter_map(seal));
            let files = base.files.iter().filter(|(name, _)| name.starts_with(bag::PAYLOAD));
            delivered.extend(files.map(|(_, bytes)| sum(bytes)));
        }
        Known { bases, delivered, seals }
    })
}

fn seal(finding: &casemate_verify::Finding) -> Option<String> {
    finding.facts.iter().find(|(name, _)| *name == "seal").map(|(_, value)| value.clone())
}

fn base(zip: &'static [u8], secrets: &[SecretKey]) -> Base {
    let mut source = Cursor::new(zip);
    let archive = zip::read(&mut source).expect("a vector");
    let mut files = Files::new();
    for entry in archive.entries() {
        let path = entry.name.strip_prefix(ROOT).expect("a strict zip");
        files.insert(path.to_owned(), bag::small(&archive, &mut source, path, 1 << 24).expect("a file of it"));
    }
    let key = Statement::decode(&files[STATEMENT]).expect("a statement").key;
    let secret = secrets.iter().find(|secret| secret.public() == key).cloned();
    let pins = Pins { signers: vec![bag::hex(key.as_bytes())], ..Pins::default() };
    Base { zip, files, secret, pins }
}

fn sum(bytes: &[u8]) -> [u8; 32] {
    casemate_proof::digest::sha256(&[bytes]).0
}

fn judge(zip: &[u8], pins: &Pins) -> Verdict {
    verify_bundle(&|| Ok(Cursor::new(zip)), pins).expect("bytes in memory can be read")
}

/// Shows a bundle to the verifier.
///
/// # Panics
/// Where a promise does not hold.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let known = known();
    match input.byte() % 8 {
        0 => any(input.rest(), known),
        1 => files(input),
        2 => whole(input, known),
        3 => statement(input.rest()),
        _ => changed(input, known),
    }
}

/// What holds of every verdict.
fn look(zip: &[u8], pins: &Pins) -> Verdict {
    let verdict = memory::within(HELD + HELD_EACH * zip.len(), || judge(zip, pins));
    if zip.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) % AGAIN_EACH == 0 {
        let again = judge(zip, pins);
        assert!(verdict == again, "two verdicts of one bundle: {verdict:?} and {again:?}");
    }
    let proven = |id| verdict.with_id(id).any(|finding| finding.status == Status::Proven);
    let failed = |id| verdict.with_id(id).any(|finding| finding.status == Status::Failed);
    // Nothing is proven of what a broken container holds, and no signer of what is not signed.
    if !proven("zip-strict") || !proven("signature") {
        let proven: Vec<_> = verdict.findings.iter().filter(|f| f.status == Status::Proven).map(|f| f.id).collect();
        assert!(verdict.failed() && proven.iter().all(|id| ["zip-strict", "manifest"].contains(id)), "{proven:?}");
    }
    assert!(proven("manifest") || verdict.failed());
    assert!(!(proven("signer-pinned") && failed("signature")));
    verdict
}

fn any(bytes: &[u8], known: &Known) {
    let pins = &known.bases[0].pins;
    let verdict = look(bytes, pins);
    let is_true = BASES.contains(&bytes) || bytes == FORGED;
    assert!(!verdict.signer_is_pinned() || is_true, "a key stands behind what it did not sign");
}

/// A statement has one encoding.
fn statement(bytes: &[u8]) {
    if let Ok(read) = Statement::decode(bytes) {
        assert!(read.encode().is_ok_and(|again| again == bytes), "a statement is written another way");
    }
}

/// The bytes of a true bundle, changed.
fn whole(mut input: Input<'_>, known: &Known) {
    let base = &known.bases[input.below(known.bases.len())];
    let mut zip = base.zip.to_vec();
    edit(&mut zip, &mut input);
    let verdict = look(&zip, &base.pins);
    assert!(zip == base.zip || verdict.failed() && !verdict.signer_is_pinned(), "other bytes are let pass");
}

/// Any files, their lists made and signed by the key of `verifiers/python/bundles.py`, or by a stranger's.
fn files(mut input: Input<'_>) {
    let by_stranger = input.byte() & 1 == 1;
    let mut files = Files::new();
    while !input.is_empty() {
        let (name, content) = (input.piece(), input.piece());
        if let Ok(name) = std::str::from_utf8(name) {
            files.insert(name.to_owned(), content.to_vec());
        }
    }
    let named = |name: &str| SecretKey::from_seed(&sum(&[b"seed", name.as_bytes()].concat()));
    let pins = Pins { signers: vec![bag::hex(named("owner").public().as_bytes())], ..Pins::default() };
    let key = if by_stranger { stranger() } else { named("disclosure") };
    if by_stranger {
        state(&mut files, &key.public());
    }
    let verdict = look(&finish(files, Some(&key)), &pins);
    assert!(!by_stranger || !verdict.signer_is_pinned(), "the owner stands behind a stranger's bundle");
}

fn stranger() -> SecretKey {
    SecretKey::from_seed(&[0xf0; 32])
}

/// The statement names this key, if it is one.
fn state(files: &mut Files, key: &PublicKey) {
    let Some(bytes) = files.get_mut(STATEMENT) else { return };
    if let Ok(mut read) = Statement::decode(bytes) {
        read.key = *key;
        *bytes = read.encode().expect("what was read is within its limits");
    }
}

/// Files of a true bundle, changed, their lists made anew: unsigned, or signed by a stranger or with the true key.
fn changed(mut input: Input<'_>, known: &Known) {
    let base = &known.bases[input.below(known.bases.len())];
    let signed_by = input.byte() % 3;
    let mut files = base.files.clone();
    if signed_by != 0 {
        bag::READMES.iter().for_each(|name| drop(files.insert((*name).to_owned(), b"x\n".to_vec())));
    }
    for _ in 0..CHANGES_MAX {
        if input.is_empty() {
            break;
        }
        change(&mut files, known, &mut input);
    }
    let secret = match signed_by {
        0 => None,
        1 => {
            state(&mut files, &stranger().public());
            Some(stranger())
        }
        _ => base.secret.clone(),
    };
    let is_true = signed_by == 2 && secret.is_some();
    let same = signed_by == 0 && files == base.files;
    let verdict = look(&finish(files.clone(), secret.as_ref()), &base.pins);
    assert!(!verdict.signer_is_pinned() || is_true || same || secret.is_none() && lists_are(&files, base));
    sealed(&files, &verdict, known);
}

/// Whether the files are those of the base, but for its lists, which are made anew.
fn lists_are(files: &Files, base: &Base) -> bool {
    let own = |files: &Files| -> Files {
        files.iter().filter(|(name, _)| !LISTS.contains(&name.as_str())).map(|(n, b)| (n.clone(), b.clone())).collect()
    };
    own(files) == own(&base.files)
}

/// Whatever is proven of an item was sealed, and delivered so.
fn sealed(files: &Files, verdict: &Verdict, known: &Known) {
    let Some(Ok(statement)) = files.get(STATEMENT).map(|bytes| Statement::decode(bytes)) else { return };
    let of = |id, item| verdict.with_id(id).find(move |finding| finding.item == Some(item));
    for item in &statement.items {
        // The grant is what ties the item's log to this case: without it nobody says whose log it is.
        let logged = of("logged", item.number).filter(|finding| finding.status == Status::Proven);
        let Some(seal) = logged.and_then(seal) else { continue };
        assert!(known.seals.contains(&seal), "item {} was never sealed", item.number);
        let rebuilt = of("object", item.number).is_some_and(|finding| finding.status == Status::Proven);
        let differs = of("rendering", item.number).is_some_and(|finding| finding.status == Status::Failed);
        for file in item.files.iter().filter(|_| rebuilt && !differs) {
            let bytes = files.get(&file.path).expect("a file that was compared");
            assert!(known.delivered.contains(&sum(bytes)), "{} was never delivered, and is proven", file.path);
        }
    }
}

const LISTS: [&str; 3] = [bag::MANIFEST, bag::TAG_MANIFEST, bag::SIGNATURE];

/// One change of the files.
fn change(files: &mut Files, known: &Known, input: &mut Input<'_>) {
    let how = input.byte();
    let names: Vec<String> = files.keys().filter(|name| !bag::READMES.contains(&name.as_str())).cloned().collect();
    let name = names[input.below(names.len())].clone();
    match how % 8 {
        0 => one(files.get_mut(&name).expect("its name"), input),
        1 => drop(files.remove(&name)),
        2 => {
            let other = &known.bases[input.below(known.bases.len())].files;
            let from = other.keys().nth(input.below(other.len())).expect("a file");
            files.insert(name, other[from].clone());
        }
        3 => {
            let from = &names[input.below(names.len())];
            let (a, b) = (files[&name].clone(), files[from].clone());
            files.insert(name, b);
            files.insert(from.clone(), a);
        }
        4 => {
            // Another name is left out of the zip.
            let permitted = |name: &&str| name_is_permitted(&format!("{ROOT}{name}"));
            if let Some(other) = std::str::from_utf8(input.piece()).ok().filter(permitted) {
                let content = files[&name].clone();
                files.insert(other.to_owned(), content);
            }
        }
        // A whole that is another's: all that belongs to an item, in the place of another item's.
        5 => {
            let other = &known.bases[input.below(known.bases.len())].files;
            let (from, to) = (format!("{:03}", input.byte() % 8), format!("{:03}", input.byte() % 8));
            for (path, bytes) in other.iter().filter(|(path, _)| path.contains(&from)) {
                files.insert(path.replacen(&from, &to, 1), bytes.clone());
            }
        }
        _ => {
            let bytes = files.get_mut(&name).expect("its name");
            match Value::decode(bytes) {
                Ok(mut value) => {
                    change_value(&mut value, input, 0);
                    *bytes = value.encode().unwrap_or_default();
                }
                Err(_) => one(bytes, input),
            }
        }
    }
}

/// Goes down to a value and makes it another.
fn change_value(value: &mut Value, input: &mut Input<'_>, depth: usize) {
    const DEEP: usize = 12;
    let (here, at) = (input.byte(), input.below(256));
    if here & 1 == 0 && depth < DEEP {
        match value {
            Value::Array(items) if !items.is_empty() => {
                let at = at % items.len();
                return change_value(&mut items[at], input, depth + 1);
            }
            Value::Map(map) if !map.is_empty() => {
                let at = at % map.len();
                let inside = map.values_mut().nth(at).expect("one of them");
                return change_value(inside, input, depth + 1);
            }
            _ => {}
        }
    }
    match (value, here >> 1 & 3) {
        (Value::Array(items), 0) if !items.is_empty() => drop(items.remove(at % items.len())),
        (Value::Array(items), 1) if !items.is_empty() => {
            items.insert(at % items.len(), items[at % items.len()].clone())
        }
        (Value::Map(map), 0) => drop(map.remove(&(at as u64))),
        (Value::Bytes(bytes), 0..=2) => one(bytes, input),
        (Value::Text(text), 0..=2) => {
            let mut bytes = text.clone().into_bytes();
            one(&mut bytes, input);
            *text = String::from_utf8_lossy(&bytes).into_owned();
        }
        (Value::Uint(number), 0) => *number = number.wrapping_add(1),
        (Value::Uint(number), 1) => *number = number.saturating_sub(1),
        (Value::Uint(number), 2) => *number = input.long(),
        (value, _) => *value = Value::decode(input.piece()).unwrap_or(Value::Null),
    }
}

/// Makes the lists, signs them if there is a key, and zips.
fn finish(mut files: Files, key: Option<&SecretKey>) -> Vec<u8> {
    let list = |files: &Files, is_listed: &dyn Fn(&str) -> bool| -> Vec<u8> {
        let listed = files.iter().filter(|(name, _)| is_listed(name) && name_is_permitted(&format!("{ROOT}{name}")));
        listed.map(|(name, bytes)| bag::line(&sum(bytes), name)).collect::<String>().into_bytes()
    };
    let manifest = list(&files, &|name| name.starts_with(bag::PAYLOAD));
    files.insert(bag::MANIFEST.to_owned(), manifest);
    let tags =
        list(&files, &|name| !name.starts_with(bag::PAYLOAD) && name != bag::TAG_MANIFEST && name != bag::SIGNATURE);
    if let Some(key) = key {
        let signature = sshsig::sign(DISCLOSURE_NAMESPACE, &tags, key);
        files.insert(bag::SIGNATURE.to_owned(), signature.into_bytes());
    }
    files.insert(bag::TAG_MANIFEST.to_owned(), tags);
    let mut writer = ZipWriter::new(Vec::new());
    for (name, bytes) in files.iter().filter(|(name, _)| name_is_permitted(&format!("{ROOT}{name}"))) {
        let mut measured = Measured::new(std::io::sink());
        measured.write_all(bytes).expect("into nothing");
        let write = |out: &mut dyn Write| -> Result<(), ZipError> { Ok(out.write_all(bytes)?) };
        writer.add(&format!("{ROOT}{name}"), measured.finish(), write).expect("names in order");
    }
    writer.finish().expect("in memory")
}
