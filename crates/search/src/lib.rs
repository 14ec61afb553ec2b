//! The rebuildable index: passages in, places out.
//!
//! An [`Index`] lives in an [`IndexStore`] (a folder, memory) as sealed files under one 32-byte index key of one
//! compartment. A [`Writer`] adds and deletes passages and commits them with opaque *heads*; a [`Searcher`] answers a
//! [`Query`] with every passage that fits, in pages or as a stream. [`Meanings`] lie beside it in the same store under the
//! same key: vectors that the caller makes of texts, asked for the nearest.
//!
//! Keeps: no clear byte reaches the store; exact recall (a text is found by every run of characters of an unspaced
//! script and every run of whole words in it); damage is an error that says "rebuild", never a wrong answer.
//! Deliberately does not know: the vault, exhibits, people, who may read. An index is given a key and passages.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod analysis;
mod cache;
mod collect;
mod directory;
mod engine;
mod error;
mod exact;
mod failure;
mod fold;
mod frames;
mod index;
mod marks;
mod meanings;
mod passage;
mod payload;
mod plan;
mod query;
mod schema;
mod searcher;
mod sound;
pub mod store;
mod tokens;
mod vectors;
mod when;
mod writer;

pub use error::{Error, QueryError};
pub use frames::Random;
pub use index::{Index, Options};
pub use meanings::{Filling, Meanings, Near, Question, Windows};
pub use passage::{Cursor, Hit, Id, Order, PERSONS_LIMIT, PLACE_LIMIT, Page, Passage, Snippet, TEXT_LIMIT, WORD_LIMIT};
pub use query::{CLAUSES_LIMIT, DEPTH_LIMIT, QUERY_LIMIT, Query};
pub use searcher::{Answers, PAGE_LIMIT, Searcher};
pub use store::{FolderStore, IndexStore, MemoryStore};
pub use vectors::row::{DIM, Window};
pub use when::When;
pub use writer::{HEADS_LIMIT, Writer};
