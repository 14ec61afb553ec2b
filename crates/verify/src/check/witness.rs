//! Witnesses of the log: cosignatures over this lane's earlier checkpoints (`docs/format/witness.md` §4).
//!
//! Keeps: *proven* means that the cosignature verifies under a key that was given, and that the bundle's checkpoint extends the cosigned one.
//! Does not know: which witnesses deserve trust, what else a witness saw.

use super::extends::{CONSISTENCY_BYTES_MAX, ExtendsError, extends};
use super::facts::Files;
use super::log::{ChainError, Lane};
use super::time::places;
use crate::bag::{WITNESSES_MAX, witness_file};
use crate::verdict::{Finding, Status, Verdict, WITNESS};
use casemate_proof::SignedNote;
use casemate_proof::note::{NoteError, WITNESS_KEY_BYTES_MAX, WitnessKey};
use casemate_stamp::Moment;
use std::io::{Read, Seek};

const NOTE_BYTES_MAX: u64 = 1 << 16;

#[derive(Debug, thiserror::Error)]
enum WitnessError {
    #[error("the grant of the lane could not be read")]
    NoLane,
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("the cosigned checkpoint: {0}")]
    Extends(#[from] ExtendsError),
    #[error("the key is not one line of text")]
    Key,
    #[error("the note has other lines than those of the lane and of the witness, in this order")]
    Lines,
}

/// A cosignature that stands.
struct Cosigned {
    key: WitnessKey,
    at: Moment,
    size: u64,
}

/// The findings on witnesses, after those on time.
pub(super) fn findings<R: Read + Seek>(
    files: &Files<'_, R>,
    lane: Option<&Lane>,
    items: usize,
    trusted: &[WitnessKey],
    verdict: &mut Verdict,
) {
    let places = places(verdict);
    for number in (1..=WITNESSES_MAX).take_while(|number| files.has(&witness_file(*number, "note"))) {
        verdict.add(match lane.ok_or(WitnessError::NoLane).and_then(|lane| read(files, lane, number)) {
            Ok(cosigned) => {
                let covered = places.values().filter(|place| **place < cosigned.size).count();
                let status = if trusted.contains(&cosigned.key) { Status::Proven } else { Status::NotChecked };
                let finding = Finding::new(WITNESS, status).fact("witness", cosigned.key.name());
                let finding = finding.fact("witness-key", &cosigned.key).fact("time", cosigned.at);
                finding.fact("size", cosigned.size).fact("covers", format!("{covered}/{items}"))
            }
            Err(cause) => Finding::new(WITNESS, Status::Failed).fact("number", number).fact("cause", cause),
        });
    }
}

fn read<R: Read + Seek>(files: &Files<'_, R>, lane: &Lane, number: usize) -> Result<Cosigned, WitnessError> {
    let file = |ending, most| files.small(&witness_file(number, ending), most).map_err(ChainError::from);
    let key = file("key", WITNESS_KEY_BYTES_MAX as u64 + 1)?;
    let key = std::str::from_utf8(&key).ok().and_then(|text| text.strip_suffix('\n')).ok_or(WitnessError::Key)?;
    let key: WitnessKey = key.parse()?;
    let bytes = file("note", NOTE_BYTES_MAX)?;
    let cosigned = lane.head(&bytes)?;
    let note = SignedNote::decode(&bytes)?;
    // One of the lane (it verified above), then this one: what no key here covers has no room to say anything.
    let [own, line] = note.signatures() else { return Err(WitnessError::Lines) };
    if own.name != cosigned.origin || key.is_of(own) {
        return Err(WitnessError::Lines);
    }
    let at = key.verify(note.text_unverified(), line)?;
    let at = Moment::of_seconds(at).ok_or(NoteError::Time)?;
    extends(&cosigned, &lane.checkpoint(files)?, &file("proof", CONSISTENCY_BYTES_MAX)?)?;
    Ok(Cosigned { key, at, size: cosigned.size })
}
