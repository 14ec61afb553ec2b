//! What search by meaning finds: judged questions in French, Chinese and English over documents and recordings of others:
//! `cargo xtask corpus --only meaning`.
//!
//!     meaning WORKER DATA MODEL QUESTIONS [--misses]
//!
//! Keeps: each question is asked as the product asks it, of a case into which the product read the files; a file stands where its best
//! passage stands. Printed are recall among the first ten files and the mean reciprocal rank, for the words, for the meaning, and
//! for both merged by reciprocal rank. Does not know: what is a good figure; it ends well whatever they are.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    reason = "a measure prints, and may end"
)]

mod questions;
mod scores;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use casemate_app::intake::{AddRequest, Further, add};
use casemate_app::listing::list;
use casemate_app::search::{CloseRequest, Narrowing, PageRequest, close_to, page, understand};
use casemate_app::understanding::MeaningState;
use casemate_app::{Place, Session, Tools, Watch};
use casemate_media::Program;
use casemate_search::FolderStore;
use casemate_store_local::LocalStore;
use casemate_vault::{Access, Kdf, Passphrase};

use questions::Question;
use scores::{Scores, merged};

/// Passages that are looked at for the files they lie in.
const PASSAGES: usize = 500;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let with_misses = arguments.iter().position(|a| a == "--misses").map(|at| arguments.remove(at)).is_some();
    let [worker, data, model, questions] = arguments.as_slice() else {
        eprintln!("usage: meaning WORKER DATA MODEL QUESTIONS [--misses]");
        return ExitCode::from(2);
    };
    let asked = Question::all(Path::new(questions));
    let dir = tempfile::tempdir().unwrap();
    questions::lay(Path::new(data), dir.path());
    let read = {
        let mut session = open(dir.path(), worker, None);
        timed(|watch| fill(&mut session, dir.path(), watch)).1
    };
    let mut session = open(dir.path(), worker, Some(PathBuf::from(model)));
    let understood = timed(|watch| understand(&RefCell::new(&mut session), watch).unwrap()).1;
    let files = Files::of(&session);
    println!("{} questions; files read in {read:.0?}, for their meaning in {understood:.1?}", asked.len());
    let mut scores = Scores::default();
    let mut waited = [Duration::ZERO; 2];
    for question in &asked {
        let (words, took) = timed(|watch| files.by_words(&session, &question.text, watch));
        let (meaning, long) = timed(|watch| files.by_meaning(&session, &question.text, watch));
        waited = [waited[0] + took, waited[1] + long];
        let both = merged(&[&words, &meaning]);
        for (way, found) in [("words", &words), ("meaning", &meaning), ("both", &both)] {
            scores.take(question, way, found);
        }
        if with_misses && !question.is_among(&meaning) {
            println!("  missed: {}  {}", question.language, question.text);
        }
    }
    let each = |all: Duration| all / u32::try_from(asked.len().max(1)).unwrap();
    println!("a question takes {:.1?} by its words, {:.1?} by its meaning", each(waited[0]), each(waited[1]));
    scores.print();
    ExitCode::SUCCESS
}

fn timed<R>(work: impl FnOnce(&Watch<'_>) -> R) -> (R, Duration) {
    let began = Instant::now();
    let stop = AtomicBool::new(false);
    let done = work(&Watch { tell: &|_| (), stop: &stop });
    (done, began.elapsed())
}

fn passphrase() -> Passphrase {
    Passphrase::new("shallow balance piece forum demand")
}

/// The case in a folder; a new one where there is none.
fn open(root: &Path, worker: &str, meaning: Option<PathBuf>) -> Session {
    let (at, index) = (root.join("case"), root.join("index"));
    if !at.exists() {
        [&at, &index].iter().for_each(|dir| std::fs::create_dir(dir).unwrap());
        casemate_app::session::init(Arc::new(LocalStore::create(&at).unwrap()), &passphrase(), Kdf::STANDARD).unwrap();
    }
    let place =
        Place { store: Arc::new(LocalStore::open(&at).unwrap()), index: Arc::new(FolderStore::new(&index).unwrap()) };
    let worker = Some(Program { path: worker.into(), args: Vec::new() });
    let tools = Tools { worker, pictures: None, speech: None, jobs: 2, threads: 1, meaning };
    Session::open(place, &passphrase(), Access::Write, tools).unwrap()
}

/// Takes in and reads what was laid.
fn fill(session: &mut Session, root: &Path, watch: &Watch<'_>) {
    let request = AddRequest {
        paths: questions::LAID.map(|name| root.join(name)).into(),
        further: Further { ocr: false, transcribe: false, meaning: true },
    };
    add(&RefCell::new(session), &request, watch).unwrap();
}

/// The file of each exhibit, as the questions name it: of what lay in another exhibit, that one's.
struct Files(BTreeMap<u64, String>);

impl Files {
    fn of(session: &Session) -> Self {
        let all = list(session).exhibits;
        let sources: BTreeMap<u64, String> = all.into_iter().map(|one| (one.exhibit, one.source)).collect();
        Self(sources.keys().map(|number| (*number, outermost(&sources, *number))).collect())
    }

    fn by_words(&self, session: &Session, text: &str, watch: &Watch<'_>) -> Vec<String> {
        let narrowing = Narrowing::default();
        let request = PageRequest { query: text.into(), limit: PASSAGES, after: None, ranked: true, narrowing };
        self.once(page(session, &request, watch).unwrap().hits.iter().map(|hit| hit.exhibit))
    }

    fn by_meaning(&self, session: &Session, text: &str, watch: &Watch<'_>) -> Vec<String> {
        let request = CloseRequest { query: text.into(), limit: PASSAGES, narrowing: Narrowing::default() };
        let reply = close_to(session, &request, watch).unwrap();
        assert_eq!((reply.state, reply.waiting), (MeaningState::Asked, 0), "{text}");
        self.once(reply.hits.iter().map(|close| close.hit.exhibit))
    }

    /// Each file where its first passage stands.
    fn once(&self, exhibits: impl Iterator<Item = u64>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for file in exhibits.filter_map(|number| self.0.get(&number)) {
            if !out.contains(file) {
                out.push(file.clone());
            }
        }
        out
    }
}

fn outermost(sources: &BTreeMap<u64, String>, number: u64) -> String {
    let source = sources.get(&number).map_or("", String::as_str);
    match source.strip_prefix('#').and_then(|rest| rest.split_once(" › ")).and_then(|(parent, _)| parent.parse().ok())
    {
        Some(parent) if parent != number => outermost(sources, parent),
        _ => questions::LAID
            .iter()
            .find_map(|name| source.find(&format!("{name}/")))
            .map_or(source, |at| &source[at..])
            .to_owned(),
    }
}
