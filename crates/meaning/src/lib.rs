//! What a sentence means, as a vector: sentences that say the same, in whichever of the languages, lie near each other.
//!
//! An [`Encoder`] is made of the two files of one pinned model (the multilingual Universal Sentence Encoder, version 3) and
//! turns texts into vectors of [`DIM`] numbers and length 1; the product of two of them is the cosine, 1 for the same. What is
//! longer than a sentence is cut into [`windows`] first.
//!
//! Keeps: other bytes than the pinned ones are refused, before anything is read of them; the same text gives the same vector
//! on the same machine, whatever stands beside it; memory is bounded by [`TOKENS_LIMIT`] and [`BATCH_TOKENS`].
//! Does not know: files, clocks, threads, where a text came from. It reads sentences, and never who wrote them.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod charsmap;
mod encoder;
mod error;
mod layers;
mod matrix;
mod network;
mod npz;
mod pieces;
mod trie;
mod windows;
mod wire;

pub use encoder::{BATCH_TOKENS, Encoder, MODEL, PIECES, TEXT_LIMIT, TOKENS_LIMIT, WEIGHTS};
pub use error::Error;
pub use network::{DIM, Vector};
pub use windows::{JOINED, WIDTH, windows};
