//! Finding the leaves of a source: one module a profile, over one bounded reader.
//!
//! Keeps: a scan reads forward, holds one leaf and a sparse index, and answers "odd" instead of guessing.
//! Does not know: leaf order; that is the layout's.

pub(crate) mod adts;
pub(crate) mod amr;
pub(crate) mod amr_wide;
pub(crate) mod bits;
pub(crate) mod csv;
pub(crate) mod ebml;
pub(crate) mod feed;
pub(crate) mod flac;
pub(crate) mod flac_frame;
pub(crate) mod grid;
pub(crate) mod index;
pub(crate) mod lines;
pub(crate) mod mp3;
pub(crate) mod mp4;
pub(crate) mod ogg;
pub(crate) mod ogg_sound;
pub(crate) mod opus;
pub(crate) mod padding;
pub(crate) mod parts;
pub(crate) mod sound;
pub(crate) mod source;
pub(crate) mod spans;
pub(crate) mod step;
pub(crate) mod table;
pub(crate) mod tags;
pub(crate) mod vorbis;
pub(crate) mod wav;
pub(crate) mod webm;
