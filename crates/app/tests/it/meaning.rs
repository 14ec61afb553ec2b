//! Search by meaning over a case: a question in one language finds the sentence of another, apart from what holds its words.
//! Needs the sentence encoder's model of `script/setup`.

use crate::common::{Desk, call, lines, passphrase, unwatched};
use casemate_app::search::{MeaningReply, SearchReply, SearchRequest, search, understand};
use casemate_app::understanding::MeaningState;
use casemate_app::{Place as Where, Progress, Session, Stage, Tools, Watch};
use casemate_ports::reading::Kind;
use casemate_search::MemoryStore;
use casemate_store_local::LocalStore;
use casemate_vault::Access;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

const LETTER: [&str; 4] = [
    "La banque a fermé le compte sans donner de raison.",
    "Il a promis qu'il n'arriverait rien à la famille.",
    "The garden is full of roses in June.",
    "12 450",
];
const NOTE: [&str; 2] = ["你回来作证，这些事就都没有了。", "我妹妹凌晨五点从家里被带走了。"];

/// The model's folder; nothing where it is absent outside CI.
fn model() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let models = std::env::var_os("CASEMATE_MODELS").map_or_else(|| root.join(".setup/models"), PathBuf::from);
    let folder = models.join("use-multilingual-3");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "the sentence encoder's model is missing");
    println!("skipped: no model in {}", folder.display());
    None
}

fn case() -> (tempfile::TempDir, PathBuf) {
    let desk = Desk::new(vec![lines("letter.txt", Kind::Text, &LETTER), lines("note.txt", Kind::Chat, &NOTE), call(1)]);
    let root = desk.root();
    let Desk { dir, session } = desk;
    session.close();
    (dir, root)
}

fn open(root: &Path, index: &MemoryStore, meaning: Option<PathBuf>) -> Session {
    let store = Arc::new(LocalStore::open(root).unwrap());
    let place = Where { store, index: Arc::new(index.clone()) };
    let tools = Tools { worker: None, pictures: None, speech: None, jobs: 1, threads: 1, meaning };
    Session::open(place, &passphrase(), Access::Write, tools).unwrap()
}

fn ask(session: &Session, query: &str, watch: &Watch<'_>) -> SearchReply {
    let request = SearchRequest { query: query.into(), limit: None, ranked: false, meaning: true };
    search(session, &request, watch).unwrap()
}

fn asked(session: &Session, query: &str) -> (u64, MeaningReply) {
    let reply = unwatched(|watch| ask(session, query, watch));
    (reply.total, reply.meaning.unwrap())
}

/// The texts that are close, the closest first.
fn texts(reply: &MeaningReply) -> Vec<&str> {
    reply.hits.iter().map(|close| close.hit.text.trim()).collect()
}

#[test]
fn a_french_question_finds_the_chinese_sentence() {
    let Some(model) = model() else { return };
    let (_dir, root) = case();
    let session = open(&root, &MemoryStore::new(), Some(model));
    let (total, close) = asked(&session, "ma sœur a été emmenée de chez elle à cinq heures du matin");
    assert_eq!((total, close.state, close.waiting), (0, MeaningState::Asked, 0));
    assert_eq!(texts(&close)[0], NOTE[1]);
    let first = &close.hits[0];
    assert!(first.score > 0.5 && first.hit.marks.is_empty() && first.hit.exhibit == 2, "{first:?}");
    assert_eq!(texts(&asked(&session, "my sister was taken away at five in the morning").1)[0], NOTE[1]);
    assert_eq!(texts(&asked(&session, "si vous rentrez et témoignez, tout cela disparaîtra").1)[0], NOTE[0]);
    assert_eq!(texts(&asked(&session, "他保证家人不会出事").1)[0], LETTER[1]);
    // Narrowed by what the query says besides its words.
    let (_, close) = asked(&session, "他保证家人不会出事 kind:chat");
    assert!(close.hits.iter().all(|c| c.hit.exhibit == 2), "{close:?}");
    assert!(asked(&session, "the price of fish on the moon").1.hits.is_empty(), "nothing is close");
    assert_eq!(asked(&session, "kind:chat").1.state, MeaningState::NoWords);
    // A recording is opened at the second of what is close in it.
    let close = asked(&session, "reviens donc").1;
    let heard = close.hits.iter().find(|c| c.hit.exhibit == 3).unwrap();
    assert_eq!((heard.hit.text.as_str(), heard.hit.at.as_str()), ("回来吧", "00:00:10"));
}

#[test]
fn what_holds_the_words_is_whole_and_is_not_said_again() {
    let Some(model) = model() else { return };
    let (_dir, root) = case();
    let session = open(&root, &MemoryStore::new(), Some(model));
    let request = SearchRequest { query: "banque".into(), limit: None, ranked: false, meaning: false };
    let words = unwatched(|watch| search(&session, &request, watch)).unwrap();
    assert!(words.meaning.is_none());
    let both = unwatched(|watch| ask(&session, "banque", watch));
    assert_eq!((both.total, both.hits.len()), (words.total, words.hits.len()));
    assert_eq!(both.hits[0].text, words.hits[0].text);
    assert!(!texts(both.meaning.as_ref().unwrap()).contains(&LETTER[0]));
    assert!(texts(&asked(&session, "银行").1).contains(&LETTER[0]), "in Chinese it is only close");
    let json = serde_json::to_value(&both).unwrap();
    assert_eq!(json["meaning"]["state"], "asked");
    assert!(serde_json::to_value(&words).unwrap().get("meaning").is_none());
}

#[test]
fn without_the_model_that_is_said_and_words_are_found() {
    let (_dir, root) = case();
    let session = open(&root, &MemoryStore::new(), None);
    let (total, close) = asked(&session, "banque");
    assert_eq!((total, close.state, close.hits.len()), (1, MeaningState::NoModel, 0));
    unwatched(|watch| understand(&Mutex::new(session), watch)).unwrap();
}

#[test]
fn reading_stops_when_told_goes_on_and_survives_a_new_index() {
    let Some(model) = model() else { return };
    let (_dir, root) = case();
    let index = MemoryStore::new();
    let session = open(&root, &index, Some(model));
    let stop = AtomicBool::new(true);
    let quiet = |_: Progress| ();
    let reply = ask(&session, "銀行關閉了帳戶", &Watch { tell: &quiet, stop: &stop });
    let close = reply.meaning.unwrap();
    assert!(close.waiting > 0 && close.hits.is_empty(), "{close:?}");
    stop.store(false, Ordering::SeqCst);
    let told = Mutex::new(Vec::new());
    let tell = |progress: Progress| told.lock().unwrap().push((progress.stage, progress.done, progress.total));
    let reply = ask(&session, "銀行關閉了帳戶", &Watch { tell: &tell, stop: &stop });
    assert_eq!(texts(reply.meaning.as_ref().unwrap())[0], LETTER[0]);
    assert!(told.lock().unwrap().iter().any(|(s, done, of)| *s == Stage::Understanding && *done == 0 && *of > Some(5)));
    // Somebody new in the case: the index is made anew, nothing is read again.
    let mut desk = Desk { dir: tempfile::tempdir().unwrap(), session };
    desk.man();
    told.lock().unwrap().clear();
    let reply = ask(&desk.session, "銀行關閉了帳戶", &Watch { tell: &tell, stop: &stop });
    assert_eq!(texts(reply.meaning.as_ref().unwrap())[0], LETTER[0]);
    let told = told.lock().unwrap();
    assert!(told.iter().any(|(s, ..)| *s == Stage::Indexing) && told.iter().all(|(s, ..)| *s != Stage::Understanding));
}
