//! Damage, crashes, leaks: what a hostile or failing store can and can't do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use casemate_search::store::{Fault, FaultyStore, StoreCall, StoreLock, StoreRead, StoreWrite};
use casemate_search::{Error, FolderStore, Index, IndexStore, MemoryStore, Options, Order, Passage, Query, Writer};
use common::{KEY, ask, build, on, passage};

fn open(store: &MemoryStore) -> Result<Index, Error> {
    Index::open(Arc::new(store.clone()), &KEY, Options::default())
}

/// Everything an index can be asked: all stored passages, each kind of clause.
fn ask_all(index: &Index) -> Result<(Vec<Passage>, Vec<u64>), Error> {
    let s = index.searcher()?;
    let all =
        s.all(&Query::everything(), Order::Case).map(|hit| hit.map(|hit| hit.passage)).collect::<Result<_, _>>()?;
    let mut counts = Vec::new();
    for query in [
        "word",
        "\"common word\"",
        "com*",
        "\"common wo\"*",
        "林慕川",
        "lin muchuan",
        "kind:text",
        "date:2026",
        "exhibit:1-40",
        "-word3",
        "exact:ommon",
        "speaker:zoe",
        "person:p",
        "lang:zh",
        "after:2025",
    ] {
        counts.push(s.count(&Query::parse(query).unwrap())?);
    }
    let relevant = s.page(&Query::parse("common word3").unwrap(), Order::Relevance, None, 50)?;
    counts.push(relevant.total);
    index.verify()?;
    Ok((all, counts))
}

fn sample(count: u64) -> Vec<Passage> {
    (1..=count)
        .map(|no| {
            let mut one =
                on(passage(no, 0, &format!("common word{no} 林慕川 {}", "词语".repeat(no as usize % 5))), "2026-03");
            one.speaker = Some("Zoé".to_owned());
            one.persons = vec!["p".to_owned()];
            one.language = "zh".to_owned();
            one
        })
        .collect()
}

/// An index whose every kind of file exists: segments, deletions, heads.
fn sample_store() -> MemoryStore {
    let store = MemoryStore::new();
    let index = build(Arc::new(store.clone()), &sample(40));
    let mut writer = index.writer(0).unwrap();
    writer.delete_exhibit(passage(7, 0, "").exhibit);
    writer.add(&passage(41, 0, "a second segment")).unwrap();
    writer.commit(b"more").unwrap();
    writer.finish().unwrap();
    store
}

#[test]
fn every_altered_file_is_damage_or_changes_nothing() {
    let store = sample_store();
    let truth = ask_all(&open(&store).unwrap()).unwrap();
    let names = store.list().unwrap();
    assert!(names.len() > 10, "{names:?}");
    let mut refused = 0;
    for name in &names {
        let bytes = store.bytes(name).unwrap();
        let mut places: Vec<usize> = vec![0, 8, 24, 48, 95, 96, bytes.len() / 2, bytes.len() - 1];
        places.extend((0..6).map(|n| (bytes.len() * n + 97 * n) / 6 % bytes.len()));
        let mut forms: Vec<Vec<u8>> = places
            .into_iter()
            .filter(|at| *at < bytes.len())
            .map(|at| {
                let mut flipped = bytes.clone();
                flipped[at] ^= 0x10;
                flipped
            })
            .collect();
        forms.extend(
            [0, 10, 95, 96, 111, bytes.len() / 2, bytes.len() - 1].map(|size| bytes[..size.min(bytes.len())].to_vec()),
        );
        forms.push([bytes.as_slice(), &[0]].concat());
        // Another file of the index under this name.
        forms.extend(names.iter().filter(|other| *other != name).map(|other| store.bytes(other).unwrap()));
        for form in forms {
            if form == bytes {
                continue;
            }
            let image = store.image();
            image.put(name, form);
            refused += usize::from(!unharmed(&image, &truth));
        }
        let image = store.image();
        image.delete(name).unwrap();
        refused += usize::from(!unharmed(&image, &truth));
    }
    assert!(refused > names.len() * 10, "{refused}");
}

/// True when the answers are the true ones; false when damage was reported; anything else fails.
fn unharmed(image: &MemoryStore, truth: &(Vec<Passage>, Vec<u64>)) -> bool {
    match open(image).and_then(|index| ask_all(&index)) {
        Ok(answer) => {
            assert_eq!(&answer, truth);
            true
        }
        Err(Error::Damaged { detail }) => {
            assert!(!detail.contains("common"), "{detail}");
            false
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_damaged_index_is_built_again_in_its_place() {
    let store = sample_store();
    for name in store.list().unwrap() {
        store.put(&name, b"rubbish".to_vec());
    }
    let error = open(&store).err().unwrap();
    assert!(error.rebuild(), "{error}");
    let index = build(Arc::new(store.clone()), &sample(3));
    assert_eq!(ask(&index.searcher().unwrap(), "word2"), [2]);
    index.verify().unwrap();
    assert!(matches!(open(&MemoryStore::new()), Err(Error::Absent)));
}

#[test]
fn what_is_not_of_an_index_is_left_alone() {
    let store = sample_store();
    store.put("recording-of-a-call", b"evidence".to_vec());
    let index = build(Arc::new(store.clone()), &sample(2));
    assert_eq!(index.searcher().unwrap().passages(), 2);
    assert_eq!(store.bytes("recording-of-a-call").unwrap(), b"evidence");
    let other = MemoryStore::new();
    other.put("recording-of-a-call", b"evidence".to_vec());
    assert!(matches!(open(&other), Err(Error::Absent)));
}

#[test]
fn another_key_opens_nothing() {
    let store = sample_store();
    let error = Index::open(Arc::new(store), &[1; 32], Options::default()).err().unwrap();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}

#[test]
fn a_crash_at_any_write_leaves_the_old_index_or_the_new() {
    let before = sample_store();
    let old = ask_all(&open(&before).unwrap()).unwrap();
    let attempt = |fail_at: Option<(usize, Fault)>| {
        let image = before.image();
        let faulty = FaultyStore::new(image.clone(), fail_at);
        let acknowledged = (|| {
            let index = Index::open(Arc::new(faulty.clone()), &KEY, Options::default())?;
            let mut writer = index.writer(0)?;
            writer.delete_exhibit(passage(3, 0, "").exhibit);
            for one in sample(5) {
                writer.add(&Passage { exhibit_no: one.exhibit_no + 100, exhibit: [9; 16], ..one })?;
            }
            writer.commit(b"new heads")?;
            Ok::<_, Error>(())
        })();
        if let Err(error) = &acknowledged {
            assert!(matches!(error, Error::Store(_)), "{error:?}");
        }
        (image, faulty.calls(), acknowledged.is_ok())
    };
    let (image, calls, done) = attempt(None);
    assert!(done);
    let new = ask_all(&open(&image).unwrap()).unwrap();
    assert_ne!(old, new);
    for kind in [StoreCall::Create, StoreCall::Write, StoreCall::Finish, StoreCall::Replace] {
        assert!(calls.contains(&kind), "{calls:?}");
    }
    let mut seen = BTreeMap::new();
    for at in 0..calls.len() {
        for fault in [Fault::Before, Fault::After, Fault::Torn] {
            let (image, _, acknowledged) = attempt(Some((at, fault)));
            let index = open(&image).unwrap();
            let heads = index.heads().unwrap().unwrap();
            let answer = ask_all(&index).unwrap();
            if heads == b"new heads" {
                assert_eq!(answer, new, "{at} {fault:?}");
            } else {
                assert_eq!((heads.as_slice(), &answer), (b"more".as_slice(), &old), "{at} {fault:?}");
                assert!(!acknowledged, "{at} {fault:?}: acknowledged and lost");
            }
            *seen.entry(heads).or_insert(0) += 1;
            // And it can be written on.
            let mut writer = index.writer(0).unwrap();
            writer.add(&passage(900, 0, "later on")).unwrap();
            writer.commit(b"later").unwrap();
            writer.finish().unwrap();
            assert_eq!(ask(&index.searcher().unwrap(), "later"), [900]);
        }
    }
    assert_eq!(seen.len(), 2, "both outcomes occur: {seen:?}");
}

#[test]
fn a_crash_while_building_leaves_no_index_or_a_whole_one() {
    let attempt = |fail_at| {
        let image = sample_store();
        let faulty = FaultyStore::new(image.clone(), fail_at);
        let done = Index::create(Arc::new(faulty.clone()), &KEY, Options::default()).is_ok();
        (image, faulty.calls().len(), done)
    };
    let (_, calls, done) = attempt(None);
    assert!(done && calls > 5);
    for at in 0..calls {
        for fault in [Fault::Before, Fault::After, Fault::Torn] {
            let (image, _, _) = attempt(Some((at, fault)));
            match open(&image) {
                Ok(index) => match index.searcher().unwrap().passages() {
                    0 => assert_eq!(index.heads().unwrap(), None),
                    40 => assert_eq!(index.heads().unwrap().unwrap(), b"more"),
                    other => panic!("{other}"),
                },
                Err(error) => assert!(error.rebuild(), "{error}"),
            }
        }
    }
}

/// A store whose reads fail from the n-th on.
struct Unreadable {
    inner: MemoryStore,
    left: Arc<AtomicUsize>,
}

struct UnreadableFile(Arc<dyn StoreRead>, Arc<AtomicUsize>);

impl StoreRead for UnreadableFile {
    fn size(&self) -> u64 {
        self.0.size()
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let spent = self.1.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        spent.map_err(|_| io::Error::other("a bad sector"))?;
        self.0.read_at(offset, into)
    }
}

impl IndexStore for Unreadable {
    fn create(&self, name: &str) -> io::Result<Box<dyn StoreWrite>> {
        self.inner.create(name)
    }
    fn open(&self, name: &str) -> io::Result<Arc<dyn StoreRead>> {
        Ok(Arc::new(UnreadableFile(self.inner.open(name)?, Arc::clone(&self.left))))
    }
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.inner.replace(name, bytes)
    }
    fn delete(&self, name: &str) -> io::Result<()> {
        self.inner.delete(name)
    }
    fn list(&self) -> io::Result<Vec<String>> {
        self.inner.list()
    }
    fn sync(&self) -> io::Result<()> {
        self.inner.sync()
    }
    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn StoreLock>>> {
        self.inner.try_lock(name)
    }
}

/// With one frame in the cache every read reaches the store.
#[test]
fn a_failing_read_is_an_error_and_never_a_wrong_answer() {
    let store = sample_store();
    let truth = ask_all(&open(&store).unwrap()).unwrap();
    let mut failures = 0;
    for turn in 0.. {
        let left = Arc::new(AtomicUsize::new(turn * 3));
        let unreadable = Arc::new(Unreadable { inner: store.image(), left });
        let options = Options { cache_bytes: 1, ..Options::default() };
        match Index::open(unreadable, &KEY, options).and_then(|index| ask_all(&index)) {
            Ok(answer) => {
                assert_eq!(answer, truth);
                break;
            }
            Err(Error::Store(_) | Error::Damaged { .. }) => failures += 1,
            Err(other) => panic!("{turn}: {other}"),
        }
    }
    assert!(failures > 30, "{failures}");
}

/// What crashes leave behind is gone after the next commits.
#[test]
fn leftovers_of_a_crash_are_removed() {
    let image = sample_store();
    let fresh = image.list().unwrap().len();
    for at in [1, 5, 9, 14, 20] {
        let faulty = FaultyStore::new(image.image(), Some((at, Fault::Torn)));
        let _ = Index::open(Arc::new(faulty.clone()), &KEY, Options::default()).and_then(|index| {
            let mut writer = index.writer(0)?;
            writer.add(&passage(50, 0, "lost"))?;
            writer.commit(b"lost")
        });
        let image = faulty.image();
        let index = open(&image).unwrap();
        let mut writer = index.writer(0).unwrap();
        writer.delete_exhibit(passage(50, 0, "").exhibit);
        writer.commit(b"clean").unwrap();
        writer.finish().unwrap();
        let left = image.list().unwrap().len();
        assert!(left <= fresh + 10, "{at}: {left} files, {fresh} before");
    }
}

#[test]
fn no_clear_byte_in_the_folder() {
    let root = std::env::temp_dir().join(format!("casemate-search-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&root);
    let canary = "Zyxwvutkanarienvogel";
    let hanzi = "龘靐齉麤爩籲";
    {
        let store: Arc<dyn IndexStore> = Arc::new(FolderStore::new(&root).unwrap());
        let mut passages = sample(300);
        for one in &mut passages {
            one.text = format!("{} {canary} {hanzi}", one.text);
            one.speaker = Some(canary.to_owned());
            one.persons = vec![canary.to_owned()];
            one.place = canary.as_bytes().to_vec();
        }
        let index = build(Arc::clone(&store), &passages);
        let writer = index.writer(0).unwrap();
        assert!(matches!(Index::create(Arc::clone(&store), &KEY, Options::default()), Err(Error::Busy)));
        assert_eq!(ask(&index.searcher().unwrap(), canary).len(), 300, "nothing was removed under a writer");
        drop(writer);
        let store: Arc<dyn IndexStore> = Arc::new(FolderStore::new(&root).unwrap());
        let index = build(Arc::clone(&store), &passages);
        let mut writer = index.writer(Writer::MEMORY_MIN).unwrap();
        writer.delete_exhibit(passage(7, 0, "").exhibit);
        writer.add(&passages[0]).unwrap();
        writer.commit(canary.as_bytes()).unwrap();
        // A second process finds it locked.
        let second = Index::open(Arc::clone(&store), &KEY, Options::default()).unwrap();
        assert!(matches!(second.writer(0), Err(Error::Busy)));
        writer.finish().unwrap();
        assert_eq!(ask(&second.searcher().unwrap(), canary).len(), 300);
        assert_eq!(ask(&second.searcher().unwrap(), hanzi).len(), 300);
        second.verify().unwrap();
    }
    let mut needles: Vec<Vec<u8>> = Vec::new();
    for word in [canary, &canary.to_lowercase(), hanzi, "meta.json", "casemate-index", "segments"] {
        needles.push(word.as_bytes().to_vec());
        needles.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        needles.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    needles.push("龘靐".as_bytes().to_vec());
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
    // Planted on purpose, the same scan finds it.
    assert!(canary.as_bytes().windows(needles[0].len()).any(|window| window == needles[0]));
    std::fs::remove_dir_all(&root).unwrap();
}
