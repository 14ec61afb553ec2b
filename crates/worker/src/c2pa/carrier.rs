//! Where a file of each kind carries its manifests (C2PA 2.2, Annex A).
//!
//! Keeps: a file that isn't what it seems carries none. Does not know: what manifests say.

use super::carried::{Carried, taken};
use super::fault::Fault;
use super::jumbf::is_store;
use super::source::Source;
use super::{bmff, documents, pictures, tagged};

/// The manifests of a source that begins so.
///
/// # Errors
/// [`Fault`], where it carries some and they can't be taken out.
pub fn find(source: &mut Source<'_>, head: &[u8]) -> Result<Option<Carried>, Fault> {
    let mark = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    if mark(0, b"\xff\xd8\xff") {
        pictures::jpeg(source)
    } else if mark(0, b"\x89PNG") {
        pictures::png(source)
    } else if mark(0, b"GIF8") {
        pictures::gif(source)
    } else if mark(0, b"II*\0") || mark(0, b"MM\0*") {
        pictures::tiff(source)
    } else if mark(0, b"RIFF") {
        tagged::riff(source)
    } else if mark(0, b"ID3") {
        tagged::id3(source)
    } else if mark(4, b"ftyp") || mark(4, b"JXL ") {
        bmff::carried(source)
    } else if is_store(head) {
        let len = source.len();
        taken(source, 0..len, 0..0).map(Some)
    } else if mark(0, b"PK\x03\x04") {
        documents::zip(source)
    } else if documents::is_pdf(head) {
        documents::pdf(source)
    } else if documents::is_svg(head) {
        documents::svg(source)
    } else {
        Ok(None)
    }
}
