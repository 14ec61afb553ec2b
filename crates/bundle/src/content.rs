//! One file of a bundle: bytes at hand, or a producer that makes the same bytes each time it is asked.
//!
//! Keeps: a large file is never held; it is made once to be measured and once to be written.
//! Does not know: zip, bag.

use crate::audit::Forbidden;
use crate::error::BundleError;
use casemate_verify::zip::Measured;
use sha2::{Digest, Sha256};
use std::io::{BufWriter, Write};

/// Bytes that are scanned at once: many times the longest name.
pub const SCAN_BYTES: usize = 256 * 1024;

type Producer<'a> = Box<dyn Fn(&mut dyn Write) -> Result<(), BundleError> + 'a>;

/// A file's content.
pub enum Content<'a> {
    /// In memory.
    Bytes(Vec<u8>),
    /// Made on demand.
    Made(Producer<'a>),
}

/// Length, CRC-32 and SHA-256 of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measure {
    pub zip: (u64, u32),
    pub sha256: [u8; 32],
}

impl<'a> Content<'a> {
    /// A producer.
    pub fn made(produce: impl Fn(&mut dyn Write) -> Result<(), BundleError> + 'a) -> Self {
        Self::Made(Box::new(produce))
    }

    /// Writes it.
    ///
    /// # Errors
    /// The producer's, or the output's.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), BundleError> {
        match self {
            Self::Bytes(bytes) => Ok(out.write_all(bytes)?),
            Self::Made(produce) => produce(out),
        }
    }

    /// The form of a forbidden word that stands in it, if any.
    pub(crate) fn find(&self, forbidden: &Forbidden) -> Result<Option<&'static str>, BundleError> {
        let mut out = BufWriter::with_capacity(SCAN_BYTES, forbidden.scan(std::io::sink()));
        self.write(&mut out)?;
        let scanner = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok(scanner.finish().0)
    }

    pub(crate) fn measure(&self) -> Result<Measure, BundleError> {
        let mut sink = Measured::new(Hashed(Sha256::new()));
        self.write(&mut sink)?;
        let (zip, hashed) = sink.into_parts();
        Ok(Measure { zip, sha256: hashed.0.finalize().into() })
    }
}

struct Hashed(Sha256);

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
