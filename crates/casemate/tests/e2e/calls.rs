//! One case that several tests share: three calls of the demo, each as WAV and as AMR, and a note; a name drawn for each
//! call; the whole way from intake to two court bundles.

use crate::kit::{Room, exhibit_of, models, repository, rows, seed};
use crate::tools::Rng;
use casemate_app::people::{self, ConsentGiven, NameForm, NewPerson};
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_case::person::{Name, Person, PersonId, Script};
use casemate_vault::Access;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The calls: reference, then the same sound in two formats.
const CALLS: [(&str, [&str; 2]); 3] = [
    ("zh-friend", ["calls/zh-friend.amr", "variants/zh-friend.wav"]),
    ("en-reporter", ["calls/en-reporter.wav", "variants/en-reporter.amr"]),
    ("fr-bank", ["calls/fr-bank.wav", "variants/fr-bank.amr"]),
];
const NOTE: &str = "papers/note-h.txt";
const LISTENER: &str = "Élodie Roux";
const COUNSEL: &str = "Claire Lambert";
/// How far a machine's time of a name may lie from the true one and still be meant.
const NEAR_MS: u64 = 500;

#[derive(Deserialize)]
struct People {
    person: Vec<Described>,
}

/// A person of `demo/people.toml`.
#[derive(Clone, Deserialize)]
pub struct Described {
    pub id: String,
    pub names: Vec<WrittenName>,
    role: String,
    alias: Aliases,
}

#[derive(Clone, Deserialize)]
pub struct WrittenName {
    pub script: String,
    pub text: String,
}

#[derive(Clone, Deserialize)]
struct Aliases {
    court: String,
}

#[derive(Deserialize)]
struct Reference {
    utterances: Vec<Utterance>,
}

#[derive(Deserialize)]
struct Utterance {
    names: Vec<Said>,
}

/// A name as it is said: the true times.
#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    pub text: String,
    pub start_ms: u64,
    pub end_ms: u64,
}

impl Said {
    /// Whose name: the references hold those of two people.
    pub fn whose(&self) -> &'static str {
        if ["Marina", "明月"].iter().any(|n| self.text.contains(n)) { "sister" } else { "h" }
    }

    pub fn overlaps(&self, [start, end]: [u64; 2], slack: u64) -> bool {
        self.start_ms < end + slack && start < self.end_ms + slack
    }

    pub fn inside(&self, [start, end]: [u64; 2]) -> bool {
        start <= self.start_ms && self.end_ms <= end
    }
}

/// One recording of the case.
pub struct Call {
    /// Its file in the demo.
    pub file: &'static str,
    pub exhibit: u64,
    pub original: Vec<u8>,
    /// Every protected person's name in it.
    pub said: Vec<Said>,
    /// The plan as it was accepted.
    pub plan: Value,
}

impl Call {
    pub fn is_amr(&self) -> bool {
        self.file.ends_with(".amr")
    }

    /// What the plan withholds, milliseconds.
    pub fn cuts(&self) -> Vec<[u64; 2]> {
        ranges(&self.plan["cuts"])
    }
}

/// The case and what left it.
pub struct Disclosed {
    pub calls: Vec<Call>,
    /// The people whose names were drawn: withheld everywhere.
    pub drawn: Vec<Described>,
    /// The answer of `disclose` on the six recordings, and the file.
    pub reply: Value,
    pub bundle: PathBuf,
    /// A small bundle: one recording, one paper.
    pub small: PathBuf,
    pub signer: String,
    _room: Room,
}

/// Pairs of milliseconds in an answer.
pub fn ranges(value: &Value) -> Vec<[u64; 2]> {
    serde_json::from_value(value.clone()).unwrap()
}

/// The case, made once; nothing where there are no models.
pub fn disclosed() -> Option<&'static Disclosed> {
    static MADE: OnceLock<Result<Disclosed, String>> = OnceLock::new();
    models()?;
    let made = MADE.get_or_init(|| {
        std::panic::catch_unwind(make).map_err(|cause| {
            let text = cause.downcast_ref::<String>().cloned();
            text.or_else(|| cause.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
        })
    });
    Some(made.as_ref().unwrap_or_else(|cause| panic!("the case could not be made: {cause}")))
}

impl Disclosed {
    pub fn is_drawn(&self, said: &Said) -> bool {
        self.drawn.iter().any(|d| d.id == said.whose())
    }

    /// The drawn people as the finder of names knows them.
    pub fn people(&self) -> Vec<Person> {
        let person = |(n, d): (u8, &Described)| Person {
            id: PersonId([n; 32]),
            names: d.names.iter().map(name).collect(),
            role: d.role.clone(),
            protected: true,
            red: true,
            note: None,
            relation: None,
        };
        (1..).zip(&self.drawn).map(person).collect()
    }
}

fn name(written: &WrittenName) -> Name {
    let script = match written.script.as_str() {
        "han" => Script::Han,
        "pinyin" => Script::Pinyin,
        "passport" => Script::Passport,
        _ => Script::Other,
    };
    Name { script, text: written.text.clone() }
}

fn make() -> Disclosed {
    let demo = repository().join("demo");
    let people: People = toml::from_str(&std::fs::read_to_string(demo.join("people.toml")).unwrap()).unwrap();
    let references = CALLS.map(|(call, _)| said(&demo.join("reference").join(call).with_extension("json")));
    let drawn = draw(&people.person, &references);
    let room = Room::with_shipped_case();
    let files: Vec<&str> = CALLS.iter().flat_map(|(_, files)| *files).chain([NOTE]).collect();
    let paths: Vec<String> = files.iter().map(|f| demo.join(f).to_str().unwrap().to_owned()).collect();
    let mut arguments = vec!["add"];
    arguments.extend(paths.iter().map(String::as_str));
    let added = room.run(&arguments).done();
    assert_eq!(added["transcribed"], 6, "{added}");
    add_people(&room, &people.person, &drawn);
    let mut calls = Vec::new();
    for ((_, files), said) in CALLS.iter().zip(&references) {
        for file in files {
            let exhibit = exhibit_of(&added, file);
            let plan = review(&room, file, exhibit, said, &drawn);
            let number = exhibit.to_string();
            room.run(&["heard", &number, "--by", LISTENER]).done();
            let original = std::fs::read(demo.join(file)).unwrap();
            calls.push(Call { file, exhibit, original, said: said.clone(), plan });
        }
    }
    let note = exhibit_of(&added, NOTE).to_string();
    redact(&room, &note, &["--propose"]);
    redact(&room, &note, &["--accept", "--by", COUNSEL]);
    let numbers: Vec<String> = calls.iter().map(|c| c.exhibit.to_string()).collect();
    let (bundle, small) = (room.path("out/court.zip"), room.path("out/small.zip"));
    let reply = disclose(&room, &bundle, &numbers);
    disclose(&room, &small, &[numbers.last().unwrap().clone(), note]);
    let signer = reply["signer"].as_str().unwrap().to_owned();
    Disclosed { calls, drawn, reply, bundle, small, signer, _room: room }
}

fn said(reference: &std::path::Path) -> Vec<Said> {
    let reference: Reference = serde_json::from_slice(&std::fs::read(reference).unwrap()).unwrap();
    reference.utterances.into_iter().flat_map(|u| u.names).collect()
}

/// One name of each call, by seed; whoever it names is withheld everywhere.
fn draw(people: &[Described], references: &[Vec<Said>]) -> Vec<Described> {
    let mut rng = Rng(seed());
    let drawn: BTreeSet<&str> = references.iter().map(|said| said[rng.below(said.len())].whose()).collect();
    println!("drawn: {drawn:?}");
    people.iter().filter(|p| drawn.contains(p.id.as_str())).cloned().collect()
}

/// Those drawn by the command line, protected; the others openly, in one session.
fn add_people(room: &Room, people: &[Described], drawn: &[Described]) {
    for d in drawn {
        let mut arguments = vec!["person", "add", "--role", &d.role, "--protected", "--red"];
        for n in &d.names {
            let option = match n.script.as_str() {
                "han" => "--han",
                "pinyin" => "--pinyin",
                "passport" => "--passport",
                _ => "--name",
            };
            arguments.extend([option, &n.text]);
        }
        room.run(&arguments).done();
        let called = &d.names[0].text;
        room.run(&["person", "alias", called, "court", &d.alias.court]).done();
        room.run(&["person", "consent", called, "court", "--basis", "letter of 3 May", "--by", COUNSEL]).done();
    }
    let mut session = room.session(Access::Write);
    for d in people.iter().filter(|p| !p.names.is_empty() && !drawn.iter().any(|d| d.id == p.id)) {
        let form = |n: &WrittenName| NameForm { script: n.script.clone(), text: n.text.clone() };
        let new = NewPerson { names: d.names.iter().map(form).collect(), role: d.role.clone(), ..NewPerson::default() };
        let person = people::add_person(&mut session, &new).unwrap().id;
        let (basis, by) = ("told her lawyer".to_owned(), COUNSEL.to_owned());
        people::consent(
            &mut session,
            &ConsentGiven { person, profile: Profile::Court, decision: Decision::Agreed, basis, by },
        )
        .unwrap();
    }
    session.close();
}

fn redact(room: &Room, exhibit: &str, action: &[&str]) -> Value {
    let mut arguments = vec!["redact", exhibit, "--for", "court"];
    arguments.extend(action);
    room.run(&arguments).done()
}

/// What a person does who has the recording and knows the names: judges what was proposed, strikes what was missed.
fn review(room: &Room, file: &str, exhibit: u64, said: &[Said], drawn: &[Described]) -> Value {
    let number = exhibit.to_string();
    let plan = redact(room, &number, &["--propose"]);
    let to_strike: Vec<&Said> = said.iter().filter(|s| drawn.iter().any(|d| d.id == s.whose())).collect();
    let cuts = ranges(&plan["cuts"]);
    let missed: Vec<&&Said> = to_strike.iter().filter(|s| !cuts.iter().any(|cut| s.inside(*cut))).collect();
    let alone = to_strike.len() - missed.len();
    println!("{file}: the machine alone withheld {alone} of {} names drawn; missed {missed:?}", to_strike.len());
    let no_name = |strike: &&Value| {
        let time: Option<[u64; 2]> = serde_json::from_value(strike["time"].clone()).unwrap();
        time.is_some_and(|t| !said.iter().any(|s| s.overlaps(t, NEAR_MS)))
    };
    let guessed: Vec<&Value> = rows(&plan, "strikes").iter().filter(no_name).collect();
    println!("{file}: {} strikes, where nobody says a name: {}", rows(&plan, "strikes").len(), guessed.len());
    let numbers: Vec<String> = guessed.iter().rev().map(|s| s["number"].to_string()).collect();
    for n in numbers {
        redact(room, &number, &["--keep", &n, "--by", COUNSEL, "--why", "nobody is named here"]);
    }
    missed.into_iter().for_each(|s| strike(room, &number, s, drawn));
    let plan = redact(room, &number, &["--accept", "--by", COUNSEL]);
    assert_eq!((plan["reviewer"].as_str(), rows(&plan, "open").len()), (Some(COUNSEL), 0), "{plan}");
    plan
}

/// A strike by hand of what is said.
fn strike(room: &Room, number: &str, said: &Said, drawn: &[Described]) {
    let time = |ms: u64| format!("{}.{:03}", ms / 1000, ms % 1000);
    let range = format!("{}-{}", time(said.start_ms), time(said.end_ms));
    let whose = &drawn.iter().find(|d| d.id == said.whose()).unwrap().names[0].text;
    redact(room, number, &["--strike-time", &range, "--reason", "name", "--person", whose]);
}

fn disclose(room: &Room, to: &std::path::Path, exhibits: &[String]) -> Value {
    let mut arguments = vec!["disclose", "--profile", "court", "--to", to.to_str().unwrap()];
    arguments.extend(["--recipient", "Cour d'appel de Port-Ariane", "--purpose", "annex to the brief", "--lang", "fr"]);
    arguments.extend(exhibits.iter().map(String::as_str));
    room.run(&arguments).done()
}
