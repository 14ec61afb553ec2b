//! The web app's server: JSON over HTTP on this machine's loopback, and the app itself, embedded.
//!
//! Keeps: only loopback is listened on; nothing is answered without the cookie that the one-time link gave; while the
//! case is locked no call reads from it; every answer forbids caching and other origins. Does not know: storage, keys,
//! languages' words.

#![forbid(unsafe_code)]

mod api;
mod assets;
mod contract;
mod door;
mod events;
mod guard;
mod jobs;
mod office;
mod pictures;
mod refusal;
mod room;
mod serve;
mod spool;
mod tapes;
mod tray;
mod wire;

pub use contract::{BASE, openapi};
pub use office::Setup;
pub use refusal::Advice;
pub use serve::{Listening, ServeError};
