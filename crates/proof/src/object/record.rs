//! The record of an object: what `OR` is computed over, and what a verifier is given.
//!
//! Keeps: one encoding for each record; a record that is read passes every limit.
//! Does not know: whether any log holds the object.

use super::{LEAVES_MAX, Node, ObjectError, PAYLOAD_MAX, PROFILE_MAX, SUITE, TICKS_MAX};
use crate::cbor::{Reader, Writer};
use crate::digest::{length, sha256};
use crate::ids::{Hash, ObjectRoot, Oid};

const OBJECT_TAG: &[u8] = b"casemate/object/v1\0";

/// Seconds a tick: num / den.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timebase {
    num: u64,
    den: u64,
}

impl Timebase {
    /// Ticks that are no time: 1/1.
    pub const UNIT: Self = Self { num: 1, den: 1 };

    /// A timebase of num / den seconds a tick. It is kept as given, not reduced.
    ///
    /// # Errors
    /// [`ObjectError::Timebase`] if either is 0.
    pub fn new(num: u64, den: u64) -> Result<Self, ObjectError> {
        if num == 0 || den == 0 { Err(ObjectError::Timebase) } else { Ok(Self { num, den }) }
    }

    /// The numerator.
    #[must_use]
    pub fn num(self) -> u64 {
        self.num
    }

    /// The denominator.
    #[must_use]
    pub fn den(self) -> u64 {
        self.den
    }
}

/// What is said of an object to whoever checks a part of it. Its fields are what `OR` commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectRecord {
    profile: String,
    oid: Oid,
    leaves: u64,
    timebase: Timebase,
    root: Node,
}

/// Checks a profile's name.
///
/// # Errors
/// [`ObjectError::Profile`].
pub(crate) fn admit_profile(profile: &str) -> Result<(), ObjectError> {
    let fits = (1..=PROFILE_MAX).contains(&profile.len()) && profile.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(()) } else { Err(ObjectError::Profile) }
}

/// Checks a number of leaves.
///
/// # Errors
/// [`ObjectError::Leaves`].
pub(crate) fn admit_leaves(leaves: u64) -> Result<(), ObjectError> {
    if (1..=LEAVES_MAX).contains(&leaves) { Ok(()) } else { Err(ObjectError::Leaves) }
}

/// Checks the length of a payload, bytes.
///
/// # Errors
/// [`ObjectError::Payload`].
pub(crate) fn admit_payload(length: u64) -> Result<(), ObjectError> {
    if length > PAYLOAD_MAX { Err(ObjectError::Payload) } else { Ok(()) }
}

impl ObjectRecord {
    /// A record of these parts.
    ///
    /// # Errors
    /// If a limit is passed.
    pub fn new(profile: &str, oid: Oid, leaves: u64, timebase: Timebase, root: Node) -> Result<Self, ObjectError> {
        admit_profile(profile)?;
        admit_leaves(leaves)?;
        if root.ticks > TICKS_MAX {
            return Err(ObjectError::Ticks);
        }
        Ok(Self { profile: profile.to_owned(), oid, leaves, timebase, root })
    }

    /// The profile: how a thing became leaves.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// The object's id.
    #[must_use]
    pub fn oid(&self) -> &Oid {
        &self.oid
    }

    /// n: the number of leaves.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The sum of all ticks.
    #[must_use]
    pub fn ticks(&self) -> u64 {
        self.root.ticks
    }

    /// Seconds a tick.
    #[must_use]
    pub fn timebase(&self) -> Timebase {
        self.timebase
    }

    /// The root node of the tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// `OR`: what the log commits to.
    #[must_use]
    pub fn object_root(&self) -> ObjectRoot {
        let Hash(bytes) = sha256(&[
            &[2],
            OBJECT_TAG,
            &SUITE.to_be_bytes(),
            &length(self.profile.as_bytes()),
            self.profile.as_bytes(),
            &self.oid.0,
            &self.leaves.to_be_bytes(),
            &self.root.ticks.to_be_bytes(),
            &self.timebase.num.to_be_bytes(),
            &self.timebase.den.to_be_bytes(),
            &self.root.hash.0,
        ]);
        ObjectRoot(bytes)
    }

    /// The encoding: `{0: suite, 1: profile, 2: oid, 3: n, 4: ticks, 5: [num, den], 6: root}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes()
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.map(7).uint(0).uint(SUITE).uint(1).text(&self.profile).uint(2).bytes(&self.oid.0);
        writer.uint(3).uint(self.leaves).uint(4).uint(self.root.ticks);
        writer.uint(5).array(2).uint(self.timebase.num).uint(self.timebase.den);
        writer.uint(6).bytes(&self.root.hash.0);
    }

    /// Reads a record and nothing else.
    ///
    /// # Errors
    /// Refuses another suite, a passed limit, and what is not the encoding.
    pub fn decode(bytes: &[u8]) -> Result<Self, ObjectError> {
        let mut reader = Reader::new(bytes);
        let record = Self::read(&mut reader)?;
        reader.end()?;
        Ok(record)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ObjectError> {
        reader.map_of(7)?;
        let suite = reader.key(0)?.uint()?;
        if suite != SUITE {
            return Err(ObjectError::Suite(suite));
        }
        let profile = reader.key(1)?.text()?;
        let oid = Oid(reader.key(2)?.fixed()?);
        let leaves = reader.key(3)?.uint()?;
        let ticks = reader.key(4)?.uint()?;
        reader.key(5)?.array_of(2)?;
        let timebase = Timebase::new(reader.uint()?, reader.uint()?)?;
        let hash = Hash(reader.key(6)?.fixed()?);
        Self::new(profile, oid, leaves, timebase, Node { ticks, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_has_at_most_2_to_the_32_bytes() {
        let refused = Err(ObjectError::Payload);
        let lengths = [0, 4_294_967_295, 4_294_967_296, 4_294_967_297, 4_294_967_298, u64::MAX];
        assert_eq!(lengths.map(admit_payload), [Ok(()), Ok(()), Ok(()), refused, refused, refused]);
    }
}
