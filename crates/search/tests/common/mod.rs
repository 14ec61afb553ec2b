//! Fictional passages for the tests of the index.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use casemate_search::{Index, IndexStore, MemoryStore, Options, Order, Passage, Query, Searcher, When, Writer};

pub const KEY: [u8; 32] = [42; 32];

pub fn passage(exhibit_no: u64, index: u32, text: &str) -> Passage {
    let mut id = [0u8; 16];
    id[8..].copy_from_slice(&exhibit_no.to_be_bytes());
    Passage {
        exhibit_no,
        exhibit: id,
        derivative: id.map(|byte| byte ^ 0x55),
        index,
        kind: "text".to_owned(),
        language: String::new(),
        when: None,
        speaker: None,
        persons: Vec::new(),
        place: index.to_be_bytes().to_vec(),
        text: text.to_owned(),
    }
}

pub fn on(mut passage: Passage, when: &str) -> Passage {
    passage.when = Some(When::parse(when).unwrap());
    passage
}

/// An index of one passage an exhibit, in memory.
pub fn index_of(texts: &[&str]) -> (MemoryStore, Index) {
    let store = MemoryStore::new();
    let passages: Vec<Passage> = texts.iter().zip(1..).map(|(text, no)| passage(no, 0, text)).collect();
    let index = build(Arc::new(store.clone()), &passages);
    (store, index)
}

pub fn build(store: Arc<dyn IndexStore>, passages: &[Passage]) -> Index {
    let index = Index::create(store, &KEY, Options::default()).unwrap();
    let mut writer = index.writer(Writer::MEMORY_MIN).unwrap();
    for passage in passages {
        writer.add(passage).unwrap();
    }
    writer.commit(b"heads").unwrap();
    writer.finish().unwrap();
    index
}

/// Exhibit numbers that answer, in order.
pub fn answers(searcher: &Searcher, query: &Query) -> Vec<u64> {
    searcher.all(query, Order::Case).map(|hit| hit.unwrap().passage.exhibit_no).collect()
}

pub fn ask(searcher: &Searcher, query: &str) -> Vec<u64> {
    answers(searcher, &Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}")))
}
