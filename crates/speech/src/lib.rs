//! The speech engine: sound in, passages with timed words out. A crate and a process of its own, because its C++
//! takes minutes to build and its input is hostile.
//!
//! Keeps: text only where a voice was heard; the same sound, models and settings give the same text; memory does not
//! grow with the recording; no model is used whose hash is not the pinned one.
//! Does not know: exhibits, the vault, codecs (sound comes as 16 kHz PCM from the worker that decodes).
//!
//! The way of the sound: [`chapter`] cuts the stream at pauses → [`voice`] finds utterances → [`tongue`] their
//! languages → [`window`] packs them → [`engine`] hears → [`guard`] doubts → [`passages`] writes, with
//! words where [`edges`] finds them in the sound; [`scribe`] leads
//! this, [`job`] speaks the worker protocol.

pub mod chapter;
pub mod edges;
pub mod engine;
pub mod error;
pub mod guard;
pub mod job;
pub mod mel;
pub mod model;
pub mod passages;
pub mod scribe;
pub mod sparse;
pub mod tokens;
pub mod tongue;
pub mod vad;
pub mod voice;
pub mod window;
