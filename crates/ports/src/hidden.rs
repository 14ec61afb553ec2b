//! What a document carries that nobody sees who looks at it: the answer of an audit.
//!
//! Keeps: what hides and what is merely carried along are told apart. Does not know: how it was found.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How something is in the document without being seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hiding {
    /// Text under something drawn later.
    Covered,
    /// Text in the colour of what is round it.
    SameColour,
    /// Text drawn with no ink, and the picture shows no text there either.
    Invisible,
    /// Text outside the visible part of the page.
    Outside,
    /// Text cut away by a clipping path.
    Clipped,
    /// Text too small to be read.
    Tiny,
    /// Text or pictures of a layer that is switched off.
    LayerOff,
    /// Text of an annotation or a form field that is not shown.
    HiddenAnnotation,
    /// Text marked for redaction that is still there.
    MarkedForRedaction,
    /// A part of a picture under something drawn later.
    PictureCovered,
    /// Text or pictures of an earlier version, kept in the file.
    EarlierVersion,
    /// Text that no page shows.
    Unreferenced,
    /// Pictures that no page shows.
    UnreferencedPicture,
    /// What a program for redaction wrote on its bars, or a small mark of its own.
    Label,
    /// A file inside the document.
    Attachment,
    /// Who made the document, when and with what.
    Metadata,
    /// A comment, shown only to who opens it.
    Comment,
}

impl Hiding {
    /// Every one, those that hide first.
    pub const ALL: [Self; 17] = [
        Self::Covered,
        Self::SameColour,
        Self::Invisible,
        Self::Outside,
        Self::Clipped,
        Self::Tiny,
        Self::LayerOff,
        Self::HiddenAnnotation,
        Self::MarkedForRedaction,
        Self::PictureCovered,
        Self::EarlierVersion,
        Self::Unreferenced,
        Self::UnreferencedPicture,
        Self::Label,
        Self::Attachment,
        Self::Metadata,
        Self::Comment,
    ];

    /// Whether it is a failure to hide; else it is worth a look.
    #[must_use]
    pub fn hides(self) -> bool {
        !matches!(self, Self::Label | Self::Attachment | Self::Metadata | Self::Comment)
    }

    /// Its stable id, listed in `docs/audit.md`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::SameColour => "same-colour",
            Self::Invisible => "invisible",
            Self::Outside => "outside",
            Self::Clipped => "clipped",
            Self::Tiny => "tiny",
            Self::LayerOff => "layer-off",
            Self::HiddenAnnotation => "hidden-annotation",
            Self::MarkedForRedaction => "marked-for-redaction",
            Self::PictureCovered => "picture-covered",
            Self::EarlierVersion => "earlier-version",
            Self::Unreferenced => "unreferenced",
            Self::UnreferencedPicture => "unreferenced-picture",
            Self::Label => "label",
            Self::Attachment => "attachment",
            Self::Metadata => "metadata",
            Self::Comment => "comment",
        }
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hidden {
    /// How it is hidden.
    pub how: Hiding,
    /// Page from 1, where it is on one.
    pub page: Option<u32>,
    /// Hundredths of a point from the top left of the page as it is drawn: x, y, width, height.
    pub rect: Option<[u32; 4]>,
    /// What it says, as far as that can be told: content of the document, never to be sent on.
    pub words: String,
    /// How many characters, pictures or bytes.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_its_form_on_the_wire() {
        for how in Hiding::ALL {
            assert_eq!(serde_json::to_string(&how).unwrap(), format!("\"{}\"", how.id()));
        }
    }
}
