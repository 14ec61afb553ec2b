//! The copy that a recipient can use, made from open leaves: sound as a file that plays, pages as a PDF of pictures.
//!
//! Keeps: what stands for a hidden leaf is a constant of profile, place and open leaves. Does not know: proofs, bundles.

use crate::profile::{Profile, Shape};
use crate::render::Renderer;
use crate::tiles::PagesRenderer;
use crate::{CarveError, Leaf};
use std::io::Write;

/// Writes the copy of an object of which something is withheld, from its leaves in order.
#[derive(Debug)]
pub enum Copy<W: Write> {
    /// Sound.
    Sound(Renderer<W>),
    /// Pages.
    Pages(PagesRenderer<W>),
}

/// Whether an object of this profile has such a copy.
#[must_use]
pub fn has_copy(profile: Profile) -> bool {
    profile.is_timed() || profile == Profile::Tiles
}

impl<W: Write> Copy<W> {
    /// Begins the file from the open CFG leaf.
    ///
    /// # Errors
    /// [`CarveError::NotApplicable`] for a profile without a copy; the renderer's own.
    pub fn new(shape: Shape, cfg: &[u8], out: W) -> Result<Self, CarveError> {
        match shape.profile() {
            Profile::Tiles => PagesRenderer::new(shape, cfg, out).map(Self::Pages),
            _ => Renderer::new(shape, cfg, out).map(Self::Sound),
        }
    }

    /// Takes the next leaf behind CFG, or a run of hidden ones.
    ///
    /// # Errors
    /// The renderer's.
    pub fn packet(&mut self, leaf: Leaf<'_>) -> Result<(), CarveError> {
        match self {
            Self::Sound(sound) => sound.packet(leaf),
            Self::Pages(pages) => pages.packet(leaf),
        }
    }

    /// Ends the file and hands the sink back.
    ///
    /// # Errors
    /// The renderer's.
    pub fn finish(self) -> Result<W, CarveError> {
        match self {
            Self::Sound(sound) => sound.finish(),
            Self::Pages(pages) => pages.finish(),
        }
    }
}
