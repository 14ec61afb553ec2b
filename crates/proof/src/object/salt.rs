//! The salts of an object: a GGM tree of seeds under its key, any subtree openable by one seed.
//!
//! Keeps: seeds are handed out from left to right; each is derived once; what is passed over is forgotten.
//! Does not know: which seeds may leave.

use crate::digest::{Form, hmac};
use crate::ids::Oid;
use crate::shape::Span;
use std::fmt;
use zeroize::Zeroizing;

const ROOT_TAG: &[u8] = b"casemate/root/v1\0";
const GGM_TAG: &[u8] = b"casemate/ggm/v1\0";
/// tag ‖ seed ‖ label
const GGM: Form<1> = Form::new(&[], GGM_TAG, GGM_TAG.len() + 33);
const LEFT: u8 = 0;
const RIGHT: u8 = 1;
const SALT: u8 = 2;

/// K: 32 random bytes of one object. Never leaves the vault; wiped when dropped, never printed.
#[derive(Clone)]
pub struct ObjectKey(Zeroizing<[u8; 32]>);

impl ObjectKey {
    /// From 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, to be stored encrypted.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The seed over all leaves.
    #[must_use]
    pub fn root_seed(&self, oid: &Oid) -> Seed {
        Seed::new(hmac(&self.0, &[ROOT_TAG, &oid.0]))
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObjectKey(..)")
    }
}

/// The seed of a node: opens every salt below it. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    /// From its 32 bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes, as a disclosure hands them out.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// SHA-256 over one block that holds the seed: a pseudorandom function of it (RFC 8391 §5.1 builds its own so).
    fn derive(&self, label: u8) -> [u8; 32] {
        GGM.hash(&[self.as_bytes(), &[label]]).0
    }

    fn children(&self) -> (Seed, Seed) {
        (Seed::new(self.derive(LEFT)), Seed::new(self.derive(RIGHT)))
    }

    /// The salt of the leaf whose seed this is.
    #[must_use]
    pub fn salt(&self) -> [u8; 32] {
        self.derive(SALT)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// Walks the seeds from left to right, O(log n) of them in memory.
#[derive(Clone, Debug)]
pub struct Salts {
    /// Seeds ahead, the next one last.
    stack: Vec<(Span, Seed)>,
}

impl Salts {
    /// Below one node of an object.
    #[must_use]
    pub fn new(span: Span, seed: Seed) -> Self {
        Self { stack: vec![(span, seed)] }
    }

    /// Below several nodes, given from left to right.
    #[must_use]
    pub fn over(mut nodes: Vec<(Span, Seed)>) -> Self {
        nodes.reverse();
        Self { stack: nodes }
    }

    /// The seed of a node, if a seed at or above it is at hand; what lies before it is forgotten.
    pub fn take(&mut self, wanted: Span) -> Option<Seed> {
        loop {
            let (span, seed) = self.stack.pop()?;
            if span == wanted {
                return Some(seed);
            }
            if span.end() <= wanted.start {
                continue;
            }
            if !span.contains(wanted) {
                self.stack.push((span, seed));
                return None;
            }
            let (left, right) = span.children()?;
            let (left_seed, right_seed) = seed.children();
            self.stack.push((right, right_seed));
            self.stack.push((left, left_seed));
        }
    }

    /// The salt of a leaf.
    pub fn salt(&mut self, index: u64) -> Option<[u8; 32]> {
        self.take(Span { start: index, size: 1 }).map(|seed| seed.salt())
    }
}
