//! What items are called, and the ending of their files: ours, never the file's own name.
//!
//! Keeps: a title tells kind and number and nothing else. Does not know: what is in an item.

use casemate_carve::{Codec, Profile};
use casemate_ports::reading::Kind;
use casemate_words::{Language, message};

/// What of an exhibit an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The original, whole or with cuts.
    Original,
    /// Its text with gaps.
    Text,
    /// Pictures of its pages with gaps.
    Pages,
}

/// "Recording 3", or "Recording 3: transcript" of a layer.
pub(super) fn kind_title(language: Language, kind: Kind, number: u64, part: Part) -> String {
    let title = message(language, &format!("title-{}", crate::reading::kind_word(kind)), &[("number", number.into())]);
    match (part, kind) {
        (Part::Original, _) => title,
        (Part::Text, Kind::Recording) => message(language, "title-transcript", &[("of", title.into())]),
        (Part::Text, _) => message(language, "title-release", &[("of", title.into())]),
        (Part::Pages, _) => message(language, "title-pages", &[("of", title.into())]),
    }
}

/// The ending of a delivered original, or of the copy that is made of its open packets: by content, from a fixed list.
pub(super) fn ending(profile: Profile, media_type: &str, whole: bool) -> &'static str {
    match profile {
        _ if whole => {}
        Profile::Wav { .. } => return "wav",
        Profile::AmrNb => return "amr",
        Profile::Sound(sound) => {
            return match sound.codec() {
                Codec::Mp3 => "mp3",
                Codec::AdtsAac => "aac",
                Codec::Flac => "flac",
                Codec::Mp4Aac | Codec::Mp4Alac => "m4a",
                Codec::Mp4AmrNb | Codec::Mp4AmrWb | Codec::AmrWb => "amr",
                Codec::OggOpus | Codec::OggVorbis | Codec::WebmOpus => "ogg",
            };
        }
        Profile::Csv => return "csv",
        _ => {}
    }
    match media_type {
        "application/pdf" => "pdf",
        "message/rfc822" => "eml",
        "text/html" => "html",
        "text/csv" => "csv",
        "audio/mp4" | "audio/x-m4a" | "audio/m4a" | "audio/aac" | "video/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/ogg" | "audio/opus" => "ogg",
        "audio/flac" => "flac",
        "audio/amr" | "audio/amr-wb" => "amr",
        "audio/3gpp" | "video/3gpp" => "3gp",
        "audio/webm" | "video/webm" | "video/x-matroska" | "audio/x-matroska" => "webm",
        "audio/wav" | "audio/x-wav" | "audio/vnd.wave" => "wav",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        other if other.starts_with("text/") => "txt",
        _ => "bin",
    }
}
