//! What a source is, told from its bytes; its name is a tie-break between kinds of text and nothing else.
//!
//! Keeps: constant work for any source. Does not know: how a kind is read.

use crate::archive::{Packing, looks_like_zlib};
use crate::chats::phone::looks_like_phone;
use crate::office;
use crate::table::delimiter_of;
use crate::whatsapp::looks_like_whatsapp;

/// How many bytes are looked at.
pub const HEAD: usize = 64 << 10;
/// Where a PDF's header may stand at the latest (as readers have it).
const PDF_HEADER_WITHIN: usize = 1024;

/// The sort of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Sound, or video with sound, by media type.
    Sound(&'static str),
    /// PDF.
    Pdf,
    /// A ZIP, and what is made of one.
    Package,
    /// An OLE compound file.
    Ole,
    /// A packed file, or a packed TAR.
    Packed(Packing),
    /// A TAR.
    Tar,
    /// A 7z.
    SevenZ,
    /// Captured web pages.
    Warc,
    /// To be told apart as text.
    Text,
    /// Known, and not read.
    Other(&'static str),
}

/// The sort of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSort {
    /// HTML.
    Html,
    /// RTF.
    Rich,
    /// A WhatsApp text export.
    WhatsApp,
    /// Messages or calls of an Android telephone.
    Phone,
    /// XML of an office program in one file.
    Flat,
    /// JSON, which may be a chat.
    Json,
    /// Rows of cells between this delimiter.
    Table(u8),
    /// None of these.
    Plain,
}

/// Endings, and whether a sort is what they promise.
type Promise = (&'static [&'static str], fn(Sort) -> bool);

/// Endings that promise a sort which its first bytes always show.
const PROMISES: &[Promise] = &[
    (&["jpg", "jpeg", "png", "gif", "tif", "tiff", "webp", "heic"], |s| is_media(s, "image/")),
    (&["wav", "mp3", "m4a", "aac", "flac", "ogg", "opus", "amr", "3gp", "aiff", "caf"], |s| {
        matches!(s, Sort::Sound(_))
    }),
    (&["pdf"], |s| s == Sort::Pdf),
    (&["zip", "docx", "xlsx", "pptx", "7z", "rar", "gz", "xz"], |s| {
        matches!(s, Sort::Other(_) | Sort::Package | Sort::Packed(_) | Sort::SevenZ)
    }),
];

fn is_media(sort: Sort, family: &str) -> bool {
    matches!(sort, Sort::Other(media_type) if media_type.starts_with(family))
}

/// Whether a source is of another sort than its name's ending promises.
#[must_use]
pub fn belies(extension: &str, sort: Sort) -> bool {
    PROMISES.iter().any(|(endings, keeps)| endings.contains(&extension) && !keeps(sort))
}

/// Marks at the start of a file: offset, bytes, what it is.
const MARKS: &[(usize, &[u8], Sort)] = &[
    (8, b"WAVE", Sort::Sound("audio/wav")),
    (8, b"AIFF", Sort::Sound("audio/aiff")),
    (8, b"AIFC", Sort::Sound("audio/aiff")),
    (8, b"AVI ", Sort::Other("video/x-msvideo")),
    (8, b"WEBP", Sort::Other("image/webp")),
    (0, b"fLaC", Sort::Sound("audio/flac")),
    (0, b"OggS", Sort::Sound("audio/ogg")),
    (0, b"ID3", Sort::Sound("audio/mpeg")),
    (0, b"caff", Sort::Sound("audio/x-caf")),
    (0, b"#!AMR-WB\n", Sort::Sound("audio/amr-wb")),
    (0, b"#!AMR\n", Sort::Sound("audio/amr")),
    (0, b"\x1a\x45\xdf\xa3", Sort::Sound("video/x-matroska")),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Sort::Sound("audio/x-ms-wma")),
    (4, b"ftypheic", Sort::Other("image/heic")),
    (4, b"ftypmif1", Sort::Other("image/heif")),
    (4, b"ftypavif", Sort::Other("image/avif")),
    (4, b"ftyp", Sort::Sound("audio/mp4")),
    (4, b"moov", Sort::Sound("audio/mp4")),
    (4, b"mdat", Sort::Sound("audio/mp4")),
    (4, b"jumb", Sort::Other("application/c2pa")),
    (4, b"JXL \r\n\x87\n", Sort::Other("image/jxl")),
    (0, b"PK\x03\x04", Sort::Package),
    (0, b"PK\x05\x06", Sort::Package),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sort::Ole),
    (0, b"\x89PNG", Sort::Other("image/png")),
    (0, b"\xff\xd8\xff", Sort::Other("image/jpeg")),
    (0, b"GIF8", Sort::Other("image/gif")),
    (0, b"II*\0", Sort::Other("image/tiff")),
    (0, b"MM\0*", Sort::Other("image/tiff")),
    (0, b"\x1f\x8b", Sort::Packed(Packing::Gzip)),
    (0, b"BZh", Sort::Packed(Packing::Bzip2)),
    (0, b"\xfd7zXZ\0", Sort::Packed(Packing::Xz)),
    (0, b"7z\xbc\xaf\x27\x1c", Sort::SevenZ),
    (0, b"Rar!", Sort::Other("application/vnd.rar")),
    (0, b"\x28\xb5\x2f\xfd", Sort::Packed(Packing::Zstd)),
    (0, b"\x04\x22\x4d\x18", Sort::Packed(Packing::Lz4)),
    (0, b"WARC/1.", Sort::Warc),
    (0, b"!BDN", Sort::Other("application/vnd.ms-outlook")),
    (0, b"SQLite format 3\0", Sort::Other("application/vnd.sqlite3")),
    (0, b"\x7fELF", Sort::Other("application/x-executable")),
    (0, b"MZ\x90", Sort::Other("application/vnd.microsoft.portable-executable")),
    (257, b"ustar", Sort::Tar),
    (0, b"\x78\x9f\x3e\x22", Sort::Other("application/vnd.ms-tnef")),
];

/// What the first [`HEAD`] bytes say.
pub fn sort(head: &[u8]) -> Sort {
    let marked = MARKS.iter().find(|(at, mark, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    if let Some((_, _, sort)) = marked {
        return *sort;
    }
    let early = head.get(..PDF_HEADER_WITHIN.min(head.len())).unwrap_or_default();
    if early.windows(5).any(|w| w == b"%PDF-") {
        return Sort::Pdf;
    }
    match head {
        // Frame sync: 11 bits, then a version and a layer that exist. UTF-16 marks FF FE are no frame of layer 1 to 3.
        [0xff, b, c, ..] if b & 0xf6 == 0xf0 && c & 0x3c != 0x3c => Sort::Sound("audio/aac"),
        [0xff, b, c, ..]
            if b & 0xe0 == 0xe0
                && b & 0x18 != 0x08
                && matches!(b & 0x06, 2 | 4)
                && c & 0xf0 != 0xf0
                && c & 0x0c != 0x0c =>
        {
            Sort::Sound("audio/mpeg")
        }
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Sort::Other("image/bmp"),
        head if looks_like_zlib(head) => Sort::Packed(Packing::Zlib),
        _ => Sort::Text,
    }
}

/// What a text is.
pub fn text_sort(text: &str, extension: Option<&str>) -> TextSort {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    if head.starts_with("{\\rtf") {
        return TextSort::Rich;
    }
    if looks_like_whatsapp(head) {
        return TextSort::WhatsApp;
    }
    if office::flat::looks_flat(head) {
        return TextSort::Flat;
    }
    if looks_like_phone(head) {
        return TextSort::Phone;
    }
    if head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with(['{', '[']) {
        return TextSort::Json;
    }
    let named = |names: &[&str]| extension.is_some_and(|e| names.contains(&e));
    if looks_like_html(head, named(&["html", "htm", "xhtml"])) {
        return TextSort::Html;
    }
    match delimiter_of(head, named(&["csv", "tsv", "tab"])) {
        Some(delimiter) => TextSort::Table(delimiter),
        None => TextSort::Plain,
    }
}

fn looks_like_html(head: &str, named: bool) -> bool {
    let start = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<title"].iter().any(|t| start.starts_with(t));
    let within = ["<html", "<body", "<div", "<table", "<p>", "<p ", "<br", "<span"].iter().any(|t| start.contains(t));
    opens || ((named || start.starts_with('<')) && within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_another_sort_is_told() {
        assert!(belies("jpg", sort(b"<!doctype html><p>")));
        assert!(belies("pdf", sort(b"\xff\xd8\xff\xe0")));
        assert!(belies("wav", sort(b"%PDF-1.4")));
        assert!(!belies("jpg", sort(b"\xff\xd8\xff\xe0")));
        assert!(!belies("mp3", sort(b"RIFF\x24\0\0\0WAVEfmt ")), "sound is sound");
        assert!(!belies("txt", sort(b"%PDF-1.4")), "text is a promise of nothing");
    }

    #[test]
    fn content_decides() {
        assert_eq!(sort(b"RIFF\x24\0\0\0WAVEfmt "), Sort::Sound("audio/wav"));
        assert_eq!(sort(b"junk before\n%PDF-1.7\n"), Sort::Pdf);
        assert_eq!(sort(b"PK\x03\x04"), Sort::Package);
        assert_eq!(sort(b"\0\0\0\x18ftypmp42"), Sort::Sound("audio/mp4"));
        assert_eq!(sort(&[0xff, 0xf1, 0x50, 0x80]), Sort::Sound("audio/aac"));
        assert_eq!(sort(&[0xff, 0xfb, 0x90, 0x00]), Sort::Sound("audio/mpeg"));
        // UTF-16 with its mark, both orders.
        assert_eq!(sort(&[0xff, 0xfe, 0x48, 0x00]), Sort::Text);
        assert_eq!(sort(&[0xfe, 0xff, 0x00, 0x48]), Sort::Text);
        assert_eq!(sort(b"%PD"), Sort::Text);
        assert_eq!(sort(b"x^ 2 is a square"), Sort::Text);
        assert_eq!(sort(b"x\x9c\xe4 in an old encoding"), Sort::Text);
        assert_eq!(sort(b"x\x9c\x4b\x04\x00\x00\x62\x00\x62"), Sort::Packed(Packing::Zlib));
    }

    #[test]
    fn a_name_only_breaks_ties_between_texts() {
        assert_eq!(text_sort("plain words\nmore words\n", Some("wav")), TextSort::Plain);
        assert_eq!(text_sort("<html><body>x", Some("txt")), TextSort::Html);
        assert_eq!(text_sort("a,b\n1,2\n", Some("csv")), TextSort::Table(b','));
        assert_eq!(text_sort("Dear sir, I am,\nyours, truly\n", Some("txt")), TextSort::Plain);
        assert_eq!(text_sort("{\\rtf1 x}", None), TextSort::Rich);
    }
}
