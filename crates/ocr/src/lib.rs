//! Text in pictures: pixels and models in, lines out, each with its characters, how sure the recogniser is of them and where they
//! stand.
//!
//! Keeps: whatever the pixels and the models are, the answer is a page or an error; time and memory have limits by what the
//! picture measures. Does not know: files, clocks, documents, languages that were asked for, what is done with the boxes.
//! Sources: PP-OCR (Du et al., 2020) and its models of version 6; `docs/adr/0078-text-in-pictures.md`.

mod alphabet;
mod detect;
mod error;
mod net;
mod order;
mod picture;
mod place;
mod reader;
mod recognise;
mod regions;
mod resample;
mod shape;
mod strip;

pub use alphabet::MAX_CHARACTERS;
pub use detect::MAX_MAP;
pub use error::OcrError;
pub use net::MAX_MODEL;
pub use picture::{Form, MAX_EDGE, MAX_PIXELS, Picture};
pub use place::Glyph;
pub use reader::{Line, Models, Page, Reader, Settings, Word};
pub use regions::MAX_REGIONS;
pub use shape::{Bounds, Point, Slab};
