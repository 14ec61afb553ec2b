//! A bundle that was received, and the open leaves of its items.
//!
//! Keeps: a leaf is handed out only on a walk that proves the object at its end. Does not know: what is to be withheld.

use crate::error::BundleError;
use crate::material::{LeafSink, LeafSource};
use crate::narrow::NarrowError;
use casemate_carve::{Hint, Layout, Profile, Shape};
use casemate_proof::disclosure::{PayloadEvent, PayloadReader, Verifier};
use casemate_proof::{Disclosure, Hash};
use casemate_verify::bag;
use casemate_verify::statement::{Item, Mode, Role, STATEMENT_BYTES_MAX, Statement};
use casemate_verify::zip::{self, Archive, Part, ROOT};
use std::io::{Read, Seek, Write};

/// Longest file that is held in memory.
const FILE_BYTES_MAX: u64 = 1 << 26;
const BUFFER_BYTES: usize = 64 * 1024;

/// Takes one open leaf: its place, its ticks and its payload.
pub(super) type OpenSink<'s> = dyn FnMut(u64, u64, &[u8]) -> Result<(), BundleError> + 's;

/// A bundle that was verified.
pub(super) struct Received<'a, R> {
    archive: Archive,
    open: &'a dyn Fn() -> std::io::Result<R>,
    /// Its statement.
    pub statement: Statement,
    /// SHA-256 of its `disclosure.sig`.
    pub signature_hash: Hash,
}

impl<'a, R: Read + Seek> Received<'a, R> {
    /// Opens a bundle of which a verifier has said that nothing failed.
    pub(super) fn open(open: &'a dyn Fn() -> std::io::Result<R>) -> Result<Self, NarrowError> {
        let archive = zip::read(&mut open().map_err(BundleError::from)?).map_err(BundleError::from)?;
        let mut source = open().map_err(BundleError::from)?;
        let statement = bag::small(&archive, &mut source, "disclosure.cbor", STATEMENT_BYTES_MAX)?;
        let signature = bag::small(&archive, &mut source, bag::SIGNATURE, FILE_BYTES_MAX)?;
        let hash = bag::sha256(&mut signature.as_slice()).map_err(BundleError::from)?;
        let statement = Statement::decode(&statement).map_err(BundleError::from)?;
        Ok(Self { archive, open, statement, signature_hash: Hash(hash) })
    }

    /// Names of its files below the bag's root.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.archive.entries().iter().filter_map(|entry| entry.name.strip_prefix(ROOT))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.archive.find(&format!("{ROOT}{path}")).is_some()
    }

    /// A file that fits into memory.
    pub(super) fn small(&self, path: &str) -> Result<Vec<u8>, NarrowError> {
        Ok(bag::small(&self.archive, &mut (self.open)().map_err(BundleError::from)?, path, FILE_BYTES_MAX)?)
    }

    fn part(&self, path: &str) -> Result<(u64, Part<R>), BundleError> {
        let missing = || std::io::Error::new(std::io::ErrorKind::NotFound, path.to_owned());
        let entry = self.archive.find(&format!("{ROOT}{path}")).ok_or_else(missing)?;
        let mut source = (self.open)()?;
        // Positions the source at the content; the part starts there.
        self.archive.open(&mut source, entry)?;
        Ok((entry.size, Part::new(source, entry.size)?))
    }

    /// Writes a file as it is.
    pub(super) fn copy(&self, path: &str, out: &mut dyn Write) -> Result<(), BundleError> {
        let (_, mut part) = self.part(path)?;
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let n = part.read(&mut buffer)?;
            match buffer.get(..n) {
                Some(bytes) if n > 0 => out.write_all(bytes)?,
                _ => return Ok(()),
            }
        }
    }
}

/// An item of a bundle that was received.
pub(super) struct Wide<'a, R> {
    received: &'a Received<'a, R>,
    /// What the statement says.
    pub item: &'a Item,
    /// What is open.
    pub disclosure: Disclosure,
    /// The object's shape.
    pub shape: Shape,
}

impl<'a, R: Read + Seek> Wide<'a, R> {
    /// The item with what proves it.
    pub(super) fn open(received: &'a Received<'a, R>, item: &'a Item) -> Result<Self, NarrowError> {
        let encoded = received.small(&format!("proof/{:03}.object", item.number))?;
        let disclosure = Disclosure::decode(&encoded).map_err(BundleError::from)?;
        let profile: Profile = disclosure.record.profile().parse().map_err(BundleError::from)?;
        let shape = Shape::new(profile, disclosure.record.leaves(), disclosure.record.ticks());
        Ok(Self { received, item, disclosure, shape: shape.map_err(BundleError::from)? })
    }

    /// The file name ending of what can be played, or of the original.
    pub(super) fn ending(&self) -> &'a str {
        let file = [Role::Original, Role::Playable].into_iter().find_map(|role| self.item.file(role));
        let name = file.and_then(|file| file.path.rsplit('/').next()).unwrap_or_default();
        name.rsplit_once('.').map_or("bin", |(_, ending)| ending)
    }

    /// Gives each open leaf: its place, ticks and payload.
    pub(super) fn for_each_open(&self, sink: &mut OpenSink<'_>) -> Result<(), BundleError> {
        match self.item.mode {
            Mode::Whole => self.divided(sink),
            _ => self.streamed(sink),
        }
    }

    fn missing(&self, what: &'static str) -> BundleError {
        BundleError::Material { item: self.item.number, what }
    }

    /// The leaves of an original.
    fn divided(&self, sink: &mut OpenSink<'_>) -> Result<(), BundleError> {
        let file = self.item.file(Role::Original).ok_or_else(|| self.missing("its original is missing"))?;
        let (size, mut source) = self.received.part(&file.path)?;
        let hint = self.shape.profile().hint().ok_or_else(|| self.missing("its profile is not that of a file"))?;
        let layout = match hint {
            Hint::Whole => Layout::whole(size)?,
            hint => Layout::scan(&mut source, size, hint)?,
        };
        let mut verifier = Verifier::new(&self.disclosure, u64::MAX)?;
        layout.for_each_leaf(&mut source, |index, ticks, payload| -> Result<(), BundleError> {
            verifier.leaf(ticks, payload)?;
            sink(index, ticks, payload)
        })?;
        verifier.finish()?;
        Ok(())
    }

    /// The leaves of a stream.
    fn streamed(&self, sink: &mut OpenSink<'_>) -> Result<(), BundleError> {
        let file = self.item.file(Role::Leaves).ok_or_else(|| self.missing("its leaves are missing"))?;
        let (size, mut source) = self.received.part(&file.path)?;
        let mut reader = PayloadReader::new(Verifier::new(&self.disclosure, size)?);
        let mut buffer = vec![0; BUFFER_BYTES];
        let mut leaf: (u64, u64, Vec<u8>) = (0, 0, Vec::new());
        let mut failed = None;
        loop {
            let n = source.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..n).filter(|bytes| !bytes.is_empty()) else { break };
            reader.feed(bytes, &mut |event| match event {
                PayloadEvent::Leaf { index, ticks, .. } => leaf = (index, ticks, Vec::new()),
                PayloadEvent::Piece(piece) => leaf.2.extend_from_slice(piece),
                PayloadEvent::End if failed.is_none() => failed = sink(leaf.0, leaf.1, &leaf.2).err(),
                PayloadEvent::End => {}
            })?;
            if let Some(failed) = failed.take() {
                return Err(failed);
            }
        }
        reader.finish()?.finish()?;
        Ok(())
    }
}

impl<R: Read + Seek> LeafSource for Wide<'_, R> {
    /// Every leaf in order; those that are hidden already have no payload.
    fn for_each(&self, sink: &mut LeafSink<'_>) -> Result<(), BundleError> {
        let mut next = 0u64;
        let until = |next: &mut u64, end: u64, sink: &mut LeafSink<'_>| -> Result<(), BundleError> {
            while *next < end {
                let ticks = self.shape.ticks_of(*next).ok_or_else(|| self.missing("it has more leaves"))?;
                sink(ticks, &[])?;
                *next += 1;
            }
            Ok(())
        };
        self.for_each_open(&mut |index, ticks, payload| {
            until(&mut next, index, sink)?;
            next = index.saturating_add(1);
            sink(ticks, payload)
        })?;
        until(&mut next, self.shape.leaf_count(), sink)
    }

    fn copy(&self, out: &mut dyn Write) -> Result<(), BundleError> {
        let file = self.item.file(Role::Original).ok_or_else(|| self.missing("its original is missing"))?;
        self.received.copy(&file.path, out)
    }
}
