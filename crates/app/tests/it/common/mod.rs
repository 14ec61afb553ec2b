//! A case of invented people with a few small exhibits, sealed and read without a worker.
#![allow(dead_code, clippy::unwrap_used)]

use casemate_app::catalogue::what;
use casemate_app::disclose::DiscloseRequest;
use casemate_app::heard::{HeardRequest, record_heard};
use casemate_app::people::{ConsentGiven, NameForm, NewPerson, add_person, consent, set_alias};
use casemate_app::redact::{propose, review};
use casemate_app::{Place as Where, Session, Tools, Watch};
use casemate_carve::Hint;
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_ports::reading::{Kind, Passage, Place, READING_VERSION, Reading, Word};
use casemate_proof::{Compartment, Value};
use casemate_store_local::LocalStore;
use casemate_vault::acts::{DeriveAct, ExhibitAct, SealAct, value_map};
use casemate_vault::{Access, Ambient, Kdf, Passphrase, Vault};
use casemate_words::Language;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub const RATE: u32 = 8000;
pub const SECONDS: u64 = 12;
pub const HAN: &str = "林慕川";
/// As a speech engine mishears it.
pub const MISHEARD: &str = "林木川";

/// A case in a folder that goes away.
pub struct Desk {
    pub dir: tempfile::TempDir,
    pub session: Session,
}

/// One exhibit to seal.
pub struct Piece {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub hint: Hint,
    pub what: &'static str,
    pub reading: Option<Reading>,
}

/// Noise, from a fixed sequence.
pub fn samples(seed: u32, count: usize) -> Vec<i16> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 16) as i16) / 4
        })
        .collect()
}

/// A WAV of noise whose LIST chunk tells the name.
pub fn wav(seed: u32) -> Vec<u8> {
    let data: Vec<u8> =
        samples(seed, (u64::from(RATE) * SECONDS) as usize).iter().flat_map(|s| s.to_le_bytes()).collect();
    let list = b"INFOIARTLin Muchuan ";
    let mut out = b"RIFF".to_vec();
    out.extend((36 + 8 + list.len() as u32 + data.len() as u32).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    out.extend([1, 0, 1, 0]);
    out.extend(RATE.to_le_bytes());
    out.extend((RATE * 2).to_le_bytes());
    out.extend([2, 0, 16, 0]);
    out.extend(b"LIST");
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(list);
    out.extend(b"data");
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out
}

pub fn passage(place: Place, text: &str, speaker: Option<&str>) -> Passage {
    let speaker = speaker.map(str::to_owned);
    Passage { place, text: text.into(), language: None, speaker, when: None, words: Vec::new(), marks: Vec::new() }
}

/// Said in the recording, a word each 200 ms a character.
pub fn said(start: u64, text: &str) -> Passage {
    let count = text.chars().count() as u64;
    let word = |i: u64| Word {
        at: i as u32,
        chars: 1,
        start_ms: start + i * 200,
        end_ms: start + (i + 1) * 200,
        confidence: 900,
    };
    let place = Place::Time { channel: None, start_ms: start, end_ms: start + count * 200 };
    Passage { words: (0..count).map(word).collect(), ..passage(place, text, Some("林慕川")) }
}

pub fn reading(kind: Kind, media_type: &str, passages: Vec<Passage>) -> Reading {
    Reading {
        version: READING_VERSION,
        kind,
        media_type: media_type.into(),
        metadata: Vec::new(),
        duration_ms: (kind == Kind::Recording).then_some(SECONDS * 1000),
        passages,
        parts: Vec::new(),
        findings: Vec::new(),
        tool: "test 1".into(),
        parameters: Vec::new(),
    }
}

pub fn call(seed: u32) -> Piece {
    // The name at 3.4 to 4.0 s, misheard at 8.2 to 8.8 s.
    let passages =
        vec![said(3000, "我叫林慕川你好"), said(7800, &format!("请{}{}", "问", MISHEARD)), said(10_000, "回来吧")];
    let reading = reading(Kind::Recording, "audio/wav", passages);
    Piece {
        name: "林慕川 call.wav",
        bytes: wav(seed),
        hint: Hint::Recording,
        what: what::TRANSCRIPT,
        reading: Some(reading),
    }
}

pub fn lines(name: &'static str, kind: Kind, texts: &[&str]) -> Piece {
    let passages = (1u64..).zip(texts).map(|(n, t)| passage(Place::Lines { first: n, last: n }, t, None)).collect();
    let bytes = texts.iter().flat_map(|t| format!("{t}\n").into_bytes()).collect();
    let reading = Some(reading(kind, "text/plain", passages));
    Piece { name, bytes, hint: Hint::Lines, what: what::READING, reading }
}

pub fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery staple")
}

impl Desk {
    pub fn new(pieces: Vec<Piece>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("case");
        std::fs::create_dir(&root).unwrap();
        let store = Arc::new(LocalStore::create(&root).unwrap());
        casemate_app::session::init(store.clone(), &passphrase(), Kdf::weak_for_tests(4)).unwrap();
        let mut vault = Vault::open(store, &passphrase(), Access::Write, Ambient::system()).unwrap();
        for (number, piece) in (1u64..).zip(pieces) {
            seal(&mut vault, number, piece);
        }
        vault.lock();
        let session = open(&root);
        Self { dir, session }
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("case")
    }

    pub fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The man, with alias and consent for both profiles.
    pub fn man(&mut self) {
        let form = |script: &str, text: &str| NameForm { script: script.into(), text: text.into() };
        let names = vec![form("han", HAN), form("pinyin", "Lín Mùchuān"), form("passport", "LIN MUCHUAN")];
        let person = NewPerson { names, role: "applicant".into(), protected: true, ..NewPerson::default() };
        add_person(&mut self.session, &person).unwrap();
        set_alias(&mut self.session, HAN, Profile::Court, "Monsieur A").unwrap();
        set_alias(&mut self.session, HAN, Profile::Press, "H").unwrap();
        for profile in Profile::ALL {
            self.consent(profile, Decision::Agreed);
        }
    }

    pub fn consent(&mut self, profile: Profile, decision: Decision) {
        let request =
            ConsentGiven { person: HAN.into(), profile, decision, basis: "a letter".into(), by: "R. Vial".into() };
        consent(&mut self.session, &request).unwrap();
    }

    pub fn heard(&mut self, exhibit: &str, ranges: &[(u64, u64)]) {
        let request =
            HeardRequest { exhibit: exhibit.into(), listener: "R. Vial".into(), ranges: ranges.to_vec(), speed: 1000 };
        record_heard(&mut self.session, &request).unwrap();
    }

    pub fn plan(&mut self, exhibit: &str, profile: Profile) {
        propose(&mut self.session, exhibit, profile).unwrap();
        review(&mut self.session, exhibit, profile, "R. Vial", None).unwrap();
    }

    pub fn request(&self, profile: Profile, exhibits: &[&str], file: &str) -> DiscloseRequest {
        DiscloseRequest {
            profile,
            exhibits: exhibits.iter().map(|e| (*e).to_owned()).collect(),
            recipient: "Cour d'appel de Port-Ariane".into(),
            purpose: "Hearing".into(),
            language: Language::En,
            uncover: false,
            cover: false,
            in_part: false,
            destination: self.out(file),
        }
    }
}

pub fn open(root: &Path) -> Session {
    let store = Arc::new(LocalStore::open(root).unwrap());
    let place = Where { store, index: Arc::new(casemate_search::MemoryStore::new()) };
    let tools = Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning: None };
    Session::open(place, &passphrase(), Access::Write, tools).unwrap()
}

fn seal(vault: &mut Vault, number: u64, piece: Piece) {
    let object = vault.seal(&mut Cursor::new(piece.bytes), piece.hint).unwrap();
    let root = object.root();
    let kind = match piece.reading.as_ref().map(|r| r.kind) {
        Some(Kind::Recording) => "recording",
        _ => "text",
    };
    let at_ms = vault.now_ms();
    let sealed = SealAct { name: piece.name.into(), source: value_map([]), object, at_ms };
    let exhibit = ExhibitAct { number, kind: kind.into(), root };
    let mut acts = vec![sealed.to_act(), exhibit.to_act()];
    if let Some(reading) = piece.reading {
        acts.push(derive(vault, root, piece.what, &reading));
    }
    vault.append(acts).unwrap();
}

fn derive(vault: &mut Vault, parent: casemate_proof::ObjectRoot, what: &str, reading: &Reading) -> casemate_proof::Act {
    let bytes = serde_json::to_vec(reading).unwrap();
    let object = vault.seal(&mut Cursor::new(bytes), Hint::Whole).unwrap();
    let kind = casemate_app::reading::kind_word(reading.kind);
    let detail = value_map([(0, Value::from("test 1")), (1, Value::from(kind))]);
    DeriveAct {
        what: what.into(),
        detail,
        object,
        parent: [parent].into(),
        subject: casemate_proof::SubjectId(parent.0),
        compartment: Compartment::Identity,
        at_ms: 0,
    }
    .to_act()
}

/// A newer text of an exhibit, as a second transcription would leave it.
pub fn read_again(desk: Desk, exhibit: u64, what: &str, reading: &Reading) -> Desk {
    let Desk { dir, session } = desk;
    let root = session.catalogue().number(exhibit).unwrap().root;
    session.close();
    let store = Arc::new(LocalStore::open(&dir.path().join("case")).unwrap());
    let mut vault = Vault::open(store, &passphrase(), Access::Write, Ambient::system()).unwrap();
    let act = derive(&mut vault, root, what, reading);
    vault.append(vec![act]).unwrap();
    vault.lock();
    let session = open(&dir.path().join("case"));
    Desk { dir, session }
}

/// A watch that nobody looks at.
pub fn unwatched<T>(work: impl FnOnce(&Watch<'_>) -> T) -> T {
    let stop = AtomicBool::new(false);
    work(&Watch { tell: &|_| {}, stop: &stop })
}

/// The entries of a bundle.
pub fn entries(bundle: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    use std::io::Read;
    let mut file = std::fs::File::open(bundle).unwrap();
    let archive = casemate_verify::zip::read(&mut file).unwrap();
    let read = |entry: &casemate_verify::zip::Entry| {
        let mut bytes = Vec::new();
        let mut file = std::fs::File::open(bundle).unwrap();
        archive.open(&mut file, entry).unwrap().read_to_end(&mut bytes).unwrap();
        (entry.name.trim_start_matches("casemate/").to_owned(), bytes)
    };
    archive.entries().iter().map(read).collect()
}
