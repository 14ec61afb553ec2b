//! The names of things in the proof: fixed-size identifiers with one spelling each.
//!
//! Keeps: an identifier prints as lower-case hex and is read back only from exactly that.
//! Does not know: what an identifier refers to, or whether it exists.

use std::fmt;
use std::str::FromStr;

/// Why a text is not an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text has another length than the identifier's hex form.
    #[error("{what}: expected {expected} hex digits, found {found} characters")]
    Length {
        /// Which identifier was read.
        what: &'static str,
        /// Hex digits that it has.
        expected: usize,
        /// Characters found.
        found: usize,
    },
    /// A character is not one of `0-9a-f`.
    #[error("{what}: a character is not a lower-case hex digit")]
    Digit {
        /// Which identifier was read.
        what: &'static str,
    },
}

fn nibble(c: u8) -> Option<u8> {
    match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    }
}

fn parse_hex<const N: usize>(what: &'static str, text: &str) -> Result<[u8; N], IdError> {
    let bytes = text.as_bytes();
    if bytes.len() != N * 2 {
        return Err(IdError::Length { what, expected: N * 2, found: bytes.len() });
    }
    let mut out = [0u8; N];
    for (slot, pair) in out.iter_mut().zip(bytes.chunks_exact(2)) {
        let [high, low] = pair else { return Err(IdError::Digit { what }) };
        match (nibble(*high), nibble(*low)) {
            (Some(h), Some(l)) => *slot = h * 16 + l,
            _ => return Err(IdError::Digit { what }),
        }
    }
    Ok(out)
}

fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $size:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $size]);

        impl $name {
            /// Its bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; $size] {
                &self.0
            }
            /// From a slice of exactly its size.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(f, &self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_hex($what, text).map(Self)
            }
        }
        impl From<[u8; $size]> for $name {
            fn from(bytes: [u8; $size]) -> Self {
                Self(bytes)
            }
        }
        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
    };
}

identifier!(
    /// A SHA-256 value: node of a tree, root, commitment.
    Hash, 32, "hash"
);
identifier!(
    /// A case: 32 random bytes drawn when it is made.
    CaseId, 32, "case id"
);
identifier!(
    /// A lane: derived from the case and the device's key (`log::lane_id`).
    LaneId, 32, "lane id"
);
identifier!(
    /// An object: 32 random bytes drawn when it is sealed.
    Oid, 32, "object id"
);
identifier!(
    /// The root `OR` of a sealed object: what the log commits to and what everything else names it by.
    ObjectRoot, 32, "object root"
);
identifier!(
    /// The first 8 bytes of an object root: how a source is named on paper.
    SealNumber, 8, "seal number"
);

impl ObjectRoot {
    /// The seal number: the first 16 hex digits.
    #[must_use]
    pub fn seal_number(&self) -> SealNumber {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        SealNumber([a, b, c, d, e, f, g, h])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads_one_spelling() {
        let root = ObjectRoot(core::array::from_fn(|i| i as u8 * 7));
        let text = root.to_string();
        assert_eq!(text.len(), 64);
        assert_eq!(text.parse::<ObjectRoot>(), Ok(root));
        assert_eq!(root.seal_number().to_string(), text[..16]);
        assert_eq!(text.to_uppercase().parse::<ObjectRoot>(), Err(IdError::Digit { what: "object root" }));
        assert_eq!(
            text[1..].parse::<ObjectRoot>(),
            Err(IdError::Length { what: "object root", expected: 64, found: 63 })
        );
        assert_eq!(format!("{root:?}"), format!("ObjectRoot({text})"));
        assert!("é".repeat(32).parse::<ObjectRoot>().is_err());
        assert_eq!(ObjectRoot::from_slice(&[0; 31]), None);
    }
}
