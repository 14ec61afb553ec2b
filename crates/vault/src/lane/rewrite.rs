//! Rewriting a full segment as an age file.
//!
//! Keeps: nothing is lost: from the segment key, which stands in the header, the old bytes can be made again, tag for tag.
//! The new file takes the place of the old only after it was read back and compared; a commit at a time is in memory.
//! Deliberately does not know: what commits say, when a segment is full.

use std::io::{self, BufWriter, Write};

use casemate_ports::store::{BlobWriter, CaseStore, StoreError, StoreName};
use casemate_proof::{CaseId, LaneId};

use super::age_form::{TABLE_MARK, Which, encryptor};
use super::compartments::SegmentKeys;
use super::segment::{SegmentReader, Tag};
use crate::VaultError;
use crate::ambient::Ambient;
use crate::places;

const BUFFER: usize = 256 * 1024;

/// Rewrites a segment as an age file, if it is none yet and holds whole frames up to `stop` (the next commit and the tag
/// before it) and nothing else. Says whether it did.
pub(crate) fn rewrite(
    store: &dyn CaseStore,
    which: (CaseId, LaneId, u32),
    size: u64,
    stop: (u64, Tag),
    keys: &SegmentKeys<'_>,
    ambient: &mut Ambient,
) -> Result<bool, VaultError> {
    let (case, lane, number) = which;
    let name = places::segment(&lane, number)?;
    let open = || SegmentReader::open(store, &name, size, (&case, &lane, number), keys);
    let Some(mut probe) = open()? else { return Ok(false) };
    if probe.identity().is_some() || !ends_at(&mut probe, stop)? {
        return Ok(false);
    }
    let staged = places::staged_segment(&lane, number)?;
    let Some(mut old) = open()? else { return Ok(false) };
    let written = write(store, &staged, (&case, &lane, number), &mut old, keys, ambient)?;
    let Some(mut old) = open()? else { return Ok(false) };
    let new = SegmentReader::open(store, &staged, 0, (&case, &lane, number), keys)?;
    let same = match new {
        Some(mut new) if written => same(&mut old, &mut new)?,
        _ => false,
    };
    if same {
        store.supersede(&staged, &name)?;
    } else {
        store.quarantine(&staged)?;
    }
    Ok(same)
}

fn ends_at(reader: &mut SegmentReader<'_>, (stop, previous): (u64, Tag)) -> Result<bool, VaultError> {
    let (mut next, mut tag) = (reader.header.first, reader.header.previous);
    while next < stop {
        let Some(found) = reader.skip()? else { return Ok(false) };
        (next, tag) = (next.saturating_add(1), found);
    }
    Ok(next == stop && tag == previous && reader.position() == reader.size())
}

struct Sink(BufWriter<Box<dyn BlobWriter>>);

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes the age file; `false` if a frame did not open.
fn write(
    store: &dyn CaseStore,
    staged: &StoreName,
    which: Which<'_>,
    old: &mut SegmentReader<'_>,
    keys: &SegmentKeys<'_>,
    ambient: &mut Ambient,
) -> Result<bool, VaultError> {
    let failed = |e| VaultError::Store(StoreError::from_io(staged.as_str(), e));
    let length = old.size();
    let encryptor = encryptor(which, length, keys, ambient)?;
    let sink = Sink(BufWriter::with_capacity(BUFFER, store.stage(staged)?));
    let mut out = encryptor.wrap_output(sink).map_err(failed)?;
    out.write_all(&old.header.encode()).map_err(failed)?;
    let (mut number, mut previous) = (old.header.first, old.header.previous);
    let mut table = TABLE_MARK.to_vec();
    while old.position() < length {
        table.extend_from_slice(&old.position().to_be_bytes());
        let Some(frame) = old.opened(number, &mut previous)? else { return Ok(false) };
        out.write_all(&frame).map_err(failed)?;
        number = number.saturating_add(1);
    }
    out.write_all(&table).map_err(failed)?;
    let sink = out.finish().map_err(failed)?;
    sink.0.into_inner().map_err(|e| failed(e.into_error()))?.finish()?;
    store.settle()?;
    Ok(true)
}

/// Whether the new file, read back from the disk, holds what the old one does, frame for frame and tag for tag, and leads to each.
fn same(old: &mut SegmentReader<'_>, new: &mut SegmentReader<'_>) -> Result<bool, VaultError> {
    if old.header != new.header || old.size() != new.size() {
        return Ok(false);
    }
    let (mut number, mut a, mut b) = (old.header.first, old.header.previous, old.header.previous);
    while old.position() < old.size() {
        let at = old.position();
        let ours = old.opened(number, &mut a)?;
        if ours.is_none() || ours != new.opened(number, &mut b)? || a != b || new.listed(number)? != Some(at) {
            return Ok(false);
        }
        number = number.saturating_add(1);
    }
    Ok(true)
}
