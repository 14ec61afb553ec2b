//! Release layers: a text or transcript sealed after the names are known, each protected span one leaf.
//!
//! Keeps: what is withheld stands in leaves of its own, each directly behind an open label; times are whole seconds;
//! a rendering never shows how much is withheld.
//! Does not know: who the names belong to, or why an alias was chosen.

mod builder;
mod show;
mod unit;

pub use builder::{Protection, Release, ReleaseBuilder, ReleaseKind, Segment, Span};
pub use show::{render_text, render_vtt};
pub use unit::{
    Head, MAX_LABEL, MAX_LANGUAGE, MAX_REASON, MAX_SOURCES, MAX_SPEAKER, MAX_STATEMENT, MAX_TEXT, MAX_TITLE, Place,
    SealNumber, Unit,
};
