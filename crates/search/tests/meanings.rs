//! Vectors beside the index: what is near is found, nothing else, through corrections, rebuilding, crashes and damage.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use casemate_search::store::{Fault, FaultyStore};
use casemate_search::{
    DIM, Error, Filling, FolderStore, Index, IndexStore, Meanings, MemoryStore, Near, Options, Passage, Query,
    Question, Window, Windows,
};
use common::{KEY, build, index_of, passage};

const MODEL: &str = "toy";

/// A vector of length 1: words that share letters lie near each other. A toy that stands for the encoder.
fn meaning(text: &str) -> [f32; DIM] {
    let mut vector = [0f32; DIM];
    for pair in text.to_lowercase().chars().collect::<Vec<_>>().windows(2) {
        let at = (pair[0] as usize * 31 + pair[1] as usize) % DIM;
        vector[at] += 1.0;
    }
    let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    vector.map(|v| v / length)
}

/// A window for each sentence; texts of digits say nothing.
fn windows(text: &str) -> Vec<Window> {
    let mut from = 0;
    let mut out = Vec::new();
    for sentence in text.split_inclusive('.') {
        let to = from + u32::try_from(sentence.chars().count()).unwrap();
        if sentence.chars().any(char::is_alphabetic) {
            out.push(Window { from, to, vector: meaning(sentence) });
        }
        from = to;
    }
    out
}

fn open(store: &MemoryStore) -> Result<Meanings, Error> {
    Meanings::open(Arc::new(store.clone()), &KEY, Options::default(), MODEL)
}

/// Fills, and gives the texts that were read.
fn fill(meanings: &mut Meanings, index: &Index) -> Vec<String> {
    let mut read = Vec::new();
    let mut reader = |passages: &[Passage], _: Filling| -> Result<Windows, Error> {
        read.extend(passages.iter().map(|one| one.text.clone()));
        Ok(Some(passages.iter().map(|one| windows(&one.text)).collect()))
    };
    assert!(meanings.fill(index, &mut reader).unwrap());
    read
}

fn asked(meanings: &mut Meanings, index: &Index, said: &str, narrowed: &str, without: Option<&str>) -> Vec<Near> {
    let filter = if narrowed.is_empty() { Query::everything() } else { Query::parse(narrowed).unwrap() };
    let without = without.map(|query| Query::parse(query).unwrap());
    let vector = meaning(said);
    let question = Question { vector: &vector, filter: &filter, without: without.as_ref(), limit: 5, floor: 0.3 };
    meanings.nearest(&index.searcher().unwrap(), &question).unwrap()
}

fn numbers(found: &[Near]) -> Vec<u64> {
    found.iter().map(|near| near.hit.passage.exhibit_no).collect()
}

const TEXTS: [&str; 6] = [
    "The passport was cancelled. Nothing else was said.",
    "12 34",
    "Le passeport fut annulé.",
    "The garden is full of roses.",
    "The passport was cancelled. Nothing else was said.",
    "",
];

#[test]
fn what_is_near_is_found_with_its_window_and_narrowed_by_the_query() {
    let (store, index) = index_of(&TEXTS);
    let mut meanings = open(&store).unwrap();
    assert_eq!(meanings.waiting(&index).unwrap(), 5, "the same text counts once");
    assert!(asked(&mut meanings, &index, "passport cancelled", "", None).is_empty());
    assert_eq!(fill(&mut meanings, &index).len(), 5);
    assert_eq!((meanings.waiting(&index).unwrap(), meanings.size()), (0, (5, 4)));
    assert!(fill(&mut meanings, &index).is_empty(), "nothing is read twice");
    let found = asked(&mut meanings, &index, "the passport was cancelled", "", None);
    assert_eq!(numbers(&found), [1, 5, 3], "best first, equal ones in case order");
    assert!(found[0].score > 0.9 && found[0].window == (0..27), "{found:?}");
    assert_eq!(numbers(&asked(&mut meanings, &index, "nothing else was said", "", None)), [1, 5]);
    assert_eq!(asked(&mut meanings, &index, "nothing else was said", "", None)[0].window, 27..50);
    assert_eq!(numbers(&asked(&mut meanings, &index, "the passport was cancelled", "exhibit:3-9", None)), [5, 3]);
    assert_eq!(numbers(&asked(&mut meanings, &index, "the passport was cancelled", "-said", None)), [3]);
    assert_eq!(numbers(&asked(&mut meanings, &index, "the passport was cancelled", "", Some("passport"))), [3]);
    assert!(asked(&mut meanings, &index, "the passport was cancelled", "kind:mail", None).is_empty());
    let vector = meaning("x");
    let question = Question { vector: &vector, filter: &Query::everything(), without: None, limit: 1_001, floor: 0.0 };
    assert!(matches!(meanings.nearest(&index.searcher().unwrap(), &question), Err(Error::Limit { .. })));
}

#[test]
fn corrections_are_read_alone_and_what_is_gone_leaves_no_row() {
    let (store, index) = index_of(&TEXTS);
    let mut meanings = open(&store).unwrap();
    fill(&mut meanings, &index);
    let mut writer = index.writer(0).unwrap();
    writer.delete_exhibit(passage(4, 0, "").exhibit);
    writer.add(&passage(4, 0, "The cellar is full of papers.")).unwrap();
    writer.commit(b"corrected").unwrap();
    writer.finish().unwrap();
    assert_eq!(meanings.waiting(&index).unwrap(), 1);
    let before = asked(&mut meanings, &index, "the garden is full of roses", "", None);
    assert!(!numbers(&before).contains(&4), "its passage is gone, whatever rows there are");
    assert_eq!(fill(&mut meanings, &index), ["The cellar is full of papers."]);
    assert_eq!(meanings.size(), (5, 4), "one text more, one less");
    assert_eq!(numbers(&asked(&mut meanings, &index, "the cellar is full of papers", "", None))[0], 4);
    // A new index of the same texts needs no new vectors, a new process neither.
    let mut passages: Vec<Passage> = TEXTS.iter().zip(1..).map(|(text, no)| passage(no, 0, text)).collect();
    passages[3].text = "The cellar is full of papers.".to_owned();
    passages[2].persons = vec!["somebody".to_owned()];
    let index = build(Arc::new(store.clone()), &passages);
    let mut again = open(&store).unwrap();
    assert!(fill(&mut again, &index).is_empty());
    assert_eq!(numbers(&asked(&mut again, &index, "le passeport fut annulé", "person:somebody", None)), [3]);
    // All texts gone: nothing is left of them.
    let index = build(Arc::new(store.clone()), &[]);
    fill(&mut again, &index);
    assert_eq!(again.size(), (0, 0));
}

#[test]
fn another_model_begins_anew_and_another_key_sees_nothing() {
    let (store, index) = index_of(&TEXTS);
    fill(&mut open(&store).unwrap(), &index);
    let mut other = Meanings::open(Arc::new(store.clone()), &KEY, Options::default(), "other").unwrap();
    assert_eq!((other.size(), other.waiting(&index).unwrap()), ((0, 0), 5));
    assert_eq!(fill(&mut other, &index).len(), 5);
    let locked_out = Meanings::open(Arc::new(store.clone()), &[1; 32], Options::default(), "other").unwrap();
    assert_eq!(locked_out.size(), (0, 0));
    let files = store.list().unwrap().len();
    let arc: Arc<dyn IndexStore> = Arc::new(store.clone());
    Meanings::discard(&arc, &KEY, Options::default()).unwrap();
    assert_eq!(files - store.list().unwrap().len(), 3, "the head, the rows and the keys");
    assert_eq!(open(&store).unwrap().size(), (0, 0));
}

#[test]
fn it_stops_when_told_and_goes_on_where_it_was() {
    let texts: Vec<String> = (0..300).map(|n| format!("Letter {n} of the harbour office, page {}.", n * 7)).collect();
    let (store, index) = index_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut read = Vec::new();
    let mut seen = Vec::new();
    for turn in 0..9 {
        let mut batches = 0;
        let mut reader = |passages: &[Passage], at: Filling| -> Result<Windows, Error> {
            seen.push(at);
            if batches == 1 {
                return Ok(None);
            }
            batches += 1;
            read.extend(passages.iter().map(|one| one.text.clone()));
            Ok(Some(passages.iter().map(|one| windows(&one.text)).collect()))
        };
        if open(&store).unwrap().fill(&index, &mut reader).unwrap() {
            assert_eq!(turn, 4, "a batch a turn");
            break;
        }
    }
    assert_eq!(read.len(), 300, "none twice");
    assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), 300);
    assert_eq!(seen.first(), Some(&Filling { done: 0, total: 300 }));
    let files = store.list().unwrap().len();
    let mut meanings = open(&store).unwrap();
    assert_eq!(meanings.size(), (300, 300));
    assert!(asked(&mut meanings, &index, &texts[200], "", None)[0].hit.passage.text == texts[200]);
    drop(meanings);
    let fresh = MemoryStore::new();
    build(Arc::new(fresh.clone()), &(1..=300).map(|no| passage(no, 0, &texts[no as usize - 1])).collect::<Vec<_>>());
    assert!(files - fresh.list().unwrap().len() < 10, "small blocks are joined, old ones deleted");
}

#[test]
fn an_error_of_the_reader_loses_no_committed_block() {
    let (store, index) = index_of(&TEXTS);
    let mut fails = |_: &[Passage], _: Filling| -> Result<Windows, Error> { Err(Error::Cursor) };
    assert!(matches!(open(&store).unwrap().fill(&index, &mut fails), Err(Error::Cursor)));
    assert_eq!(fill(&mut open(&store).unwrap(), &index).len(), 5);
}

#[test]
fn nobody_fills_beside_another() {
    let (store, index) = index_of(&TEXTS);
    let mut reader = |passages: &[Passage], _: Filling| -> Result<Windows, Error> {
        let mut second = |_: &[Passage], _: Filling| -> Result<Windows, Error> { panic!("two at a time") };
        assert!(!open(&store).unwrap().fill(&index, &mut second).unwrap());
        Ok(Some(passages.iter().map(|one| windows(&one.text)).collect()))
    };
    assert!(open(&store).unwrap().fill(&index, &mut reader).unwrap());
}

/// An index with vectors in two blocks.
fn sample() -> (MemoryStore, Index) {
    let (store, index) = index_of(&TEXTS);
    fill(&mut open(&store).unwrap(), &index);
    let mut writer = index.writer(0).unwrap();
    writer.add(&passage(9, 0, "The harbour was closed.")).unwrap();
    writer.commit(b"more").unwrap();
    writer.finish().unwrap();
    (store, index)
}

#[test]
fn a_crash_at_any_write_leaves_vectors_that_can_be_filled() {
    let attempt = |fail_at: Option<(usize, Fault)>| {
        let (store, _) = sample();
        let faulty = FaultyStore::new(store.clone(), fail_at);
        let filled = (|| {
            let arc: Arc<dyn IndexStore> = Arc::new(faulty.clone());
            let index = Index::open(Arc::clone(&arc), &KEY, Options::default())?;
            let mut reader = |passages: &[Passage], _: Filling| -> Result<Windows, Error> {
                Ok(Some(passages.iter().map(|one| windows(&one.text)).collect()))
            };
            Meanings::open(arc, &KEY, Options::default(), MODEL)?.fill(&index, &mut reader)
        })();
        assert!(matches!(filled, Ok(true) | Err(Error::Store(_))), "{filled:?}");
        (store, faulty.calls().len())
    };
    let (_, calls) = attempt(None);
    assert!(calls > 8, "{calls}");
    for at in 0..calls {
        for fault in [Fault::Before, Fault::After, Fault::Torn] {
            let (store, _) = attempt(Some((at, fault)));
            let index = Index::open(Arc::new(store.image()), &KEY, Options::default()).unwrap();
            let image = store.image();
            let mut meanings = open(&image).unwrap();
            let read = fill(&mut meanings, &index);
            assert!(read.len() <= 1, "{at} {fault:?}: {read:?}");
            assert_eq!(meanings.size(), (6, 5), "{at} {fault:?}");
            assert_eq!(numbers(&asked(&mut meanings, &index, "the harbour was closed", "", None))[0], 9);
        }
    }
}

#[test]
fn every_altered_file_is_damage_and_the_words_are_still_found() {
    let (store, index) = sample();
    let words = store.list().unwrap();
    fill(&mut open(&store).unwrap(), &index);
    let mut ours: Vec<String> = store.list().unwrap().into_iter().filter(|name| !words.contains(name)).collect();
    // The head was there before; it is among the files that no tantivy segment has.
    ours.extend(words.into_iter().filter(|name| {
        let image = store.image();
        image.put(name, b"rubbish".to_vec());
        matches!(open(&image), Err(Error::Damaged { .. }))
    }));
    assert!(ours.len() >= 3, "{ours:?}");
    let arc: Arc<dyn IndexStore> = Arc::new(store.clone());
    let index = Index::open(arc, &KEY, Options::default()).unwrap();
    for name in &ours {
        let bytes = store.bytes(name).unwrap();
        for at in [0, 8, 24, 48, 95, 96, bytes.len() / 2, bytes.len() - 1] {
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            for form in [altered, bytes[..at].to_vec()] {
                let image = store.image();
                image.put(name, form);
                let outcome = open(&image).and_then(|mut meanings| {
                    let vector = meaning("the harbour was closed");
                    let filter = Query::everything();
                    let question = Question { vector: &vector, filter: &filter, without: None, limit: 5, floor: 0.3 };
                    let near = meanings.nearest(&index.searcher()?, &question)?;
                    // The keys are looked at when there is something to fill.
                    let mut reader = |_: &[Passage], _: Filling| -> Result<Windows, Error> { Ok(None) };
                    let other = index_of(&["another text"]).1;
                    meanings.fill(&other, &mut reader)?;
                    Ok(near)
                });
                assert!(matches!(&outcome, Err(error) if error.rebuild()), "{name} {at}: {outcome:?}");
                let words = Index::open(Arc::new(image.clone()), &KEY, Options::default()).unwrap();
                assert_eq!(words.searcher().unwrap().count(&Query::parse("harbour").unwrap()).unwrap(), 1);
                let arc: Arc<dyn IndexStore> = Arc::new(image.clone());
                Meanings::discard(&arc, &KEY, Options::default()).unwrap();
                assert_eq!(fill(&mut open(&image).unwrap(), &words).len(), 6, "made again");
            }
        }
    }
}

#[test]
fn no_clear_byte_and_no_name_that_says_what_it_is() {
    let root = std::env::temp_dir().join(format!("casemate-meanings-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    let store: Arc<dyn IndexStore> = Arc::new(FolderStore::new(&root).unwrap());
    let passages: Vec<Passage> = (1..99).map(|no| passage(no, 0, &format!("Brief {no}: Kanarienvogel."))).collect();
    let index = build(Arc::clone(&store), &passages);
    let mut meanings = Meanings::open(Arc::clone(&store), &KEY, Options::default(), "model-canary").unwrap();
    assert_eq!(fill(&mut meanings, &index).len(), 98);
    let row: Vec<u8> = meaning("Brief 5: Kanarienvogel.").iter().flat_map(|v| v.to_le_bytes()).collect();
    let needles: Vec<Vec<u8>> = vec![b"model-canary".to_vec(), b"casemate-meanings".to_vec(), row, vec![0; 256]];
    let mut files = 0;
    for entry in std::fs::read_dir(&root).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let stem = name.strip_prefix("lock-").unwrap_or(&name);
        assert!(stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit()), "{name}");
        let bytes = std::fs::read(entry.path()).unwrap();
        for needle in &needles {
            assert!(!bytes.windows(needle.len()).any(|window| window == needle), "{name}");
        }
        files += 1;
    }
    assert!(files > 10);
    std::fs::remove_dir_all(&root).unwrap();
}
