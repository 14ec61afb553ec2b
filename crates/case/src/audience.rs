//! Recipient profiles and audiences: who a thing is made for, and what that means for names.
//!
//! Keeps: the profile is the first choice of every output; every name rule follows from it. Does not know: documents.

use crate::person::Person;
use std::fmt;

/// Which kind of reader a bundle is for (`court` and `press` so far; others can only be added).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// A court, with the pursuer assumed to be in the room: protected people by alias, times exact, proofs carried.
    Court,
    /// A newspaper: aliases of its own, times coarse, text only, nothing that could be joined with another bundle.
    Press,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Court, Self::Press];

    /// The word used in acts and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Press => "press",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }

    /// Whether this profile withholds the person's names.
    #[must_use]
    pub fn withholds(self, person: &Person) -> bool {
        match self {
            Self::Court => person.protected || person.red,
            Self::Press => true,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
