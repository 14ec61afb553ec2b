//! Full segments: rewritten as age files one at a time, and their identities for export.
//!
//! Keeps: a commit that was acknowledged does not wait for this, nor fail by it: a segment that is not rewritten now is at the next
//! opening.
//! Deliberately does not know: the two forms of a segment.

use std::io::Read;

use sha2::{Digest, Sha256};

use crate::export::ExportedKey;
use crate::lane::{SegmentKeys, SegmentReader, rewrite, segment_content, segments};
use crate::{Vault, VaultError, places};

/// Bytes read at once while hashing.
const PIECE: usize = 64 * 1024;

impl Vault {
    /// Rewrites the oldest full segment that is no age file yet, if there is one. A failure is none of the caller's: the segment
    /// stays as it was.
    pub fn seal_full_segment(&mut self) {
        let Some((active, full)) = self.own.writer.as_ref().map(crate::lane::LaneWriter::active) else { return };
        // What failed on the way lies staged, and is set aside at the next opening.
        let _ = self.seal_first(active, full);
    }

    fn seal_first(&mut self, active: u32, full: u64) -> Result<(), VaultError> {
        let lane = self.lane_id();
        let keys = SegmentKeys(&self.keys.compartments);
        let all = segments(&*self.store, &lane)?;
        for pair in all.windows(2) {
            let [(number, size), (after, after_size)] = *pair else { continue };
            if number >= active || size < full {
                continue;
            }
            let next = places::segment(&lane, after)?;
            let next = SegmentReader::open(&*self.store, &next, after_size, (&self.case, &lane, after), &keys)?;
            let Some(next) = next else { continue };
            let stop = (next.header.first, next.header.previous);
            if rewrite(&*self.store, (self.case, lane, number), size, stop, &keys, &mut self.ambient)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The identities of the segments that are age files: `age -d -i KEY FILE | head -c LEN` is the segment, each commit's
    /// content in clear in its frame (`docs/format/vault.md`, "Segments").
    ///
    /// # Errors
    /// The store's. A segment that can't be read to its end has no hash here: `age` opens it up to the damage.
    pub fn export_segments(&self) -> Result<Vec<ExportedKey>, VaultError> {
        let keys = SegmentKeys(&self.keys.compartments);
        let mut all = Vec::new();
        for lane in self.lanes() {
            all.extend(segments(&*self.store, &lane)?.into_iter().map(|(number, size)| (lane, number, size)));
        }
        let mut out = Vec::new();
        for (lane, number, size) in all {
            let name = places::segment(&lane, number)?;
            let opened = SegmentReader::open(&*self.store, &name, size, (&self.case, &lane, number), &keys)?;
            let Some(reader) = opened else { continue };
            let Some(identity) = reader.identity() else { continue };
            let content = segment_content(&*self.store, &name, identity);
            let hash = content.and_then(|content| sha256_of(content, reader.size()));
            out.push(ExportedKey {
                file: name.to_string(),
                identity: identity.clone(),
                size: reader.size(),
                sha256: hash.map(|hash| places::hex(&hash)).unwrap_or_default(),
            });
        }
        Ok(out)
    }
}

/// The hash of exactly `size` bytes.
fn sha256_of(content: impl Read, size: u64) -> Option<[u8; 32]> {
    let mut content = content.take(size);
    let (mut hash, mut piece, mut done) = (Sha256::new(), vec![0; PIECE], 0u64);
    while done < size {
        let n = content.read(&mut piece).ok().filter(|n| *n > 0)?;
        hash.update(piece.get(..n)?);
        done = done.saturating_add(n as u64);
    }
    Some(hash.finalize().into())
}
