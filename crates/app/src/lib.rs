//! One function a use case: a plain request in, a plain reply out. Joins the vault, the workers, the index, the rules of
//! casework and the bundle.
//!
//! Keeps: every change is an act in the log before it is reported; a bad file never stops an intake. Does not know: the
//! terminal, arguments, the web.

#![forbid(unsafe_code)]

pub mod asic;
pub mod audit;
pub mod catalogue;
pub mod clock;
pub mod correct;
mod covering;
pub mod disclose;
pub mod doctor;
pub mod error;
pub mod export;
pub mod fact;
pub mod heard;
pub mod held;
pub mod intake;
pub mod layer;
pub mod listing;
pub mod metadata;
pub mod pass_on;
pub mod people;
pub mod picture;
pub mod planned;
pub mod preview;
pub mod progress;
pub mod reading;
pub mod recognise;
pub mod redact;
pub mod search;
pub mod session;
pub mod settings;
pub mod sound;
pub mod text;
pub mod timestamp;
pub mod transcribe;
pub mod understanding;
pub mod understood;
mod unnamed;
pub mod verify;
pub mod witness;
pub mod words;

pub use error::AppError;
pub use held::Held;
pub use progress::{Progress, Stage, Watch};
pub use session::{Lend, Place, Session, Tools};
