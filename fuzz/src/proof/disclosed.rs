//! Disclosures of an object that is known: whatever is done to them, only what was sealed is ever proven.
//!
//! Keeps: for one object and one mask there is one disclosure; a narrower one is the same whoever makes it.
//! Does not know: logs.

use crate::edit::edit;
use crate::input::Input;
use casemate_proof::disclosure::{Narrower, PayloadEvent, PayloadReader, Verified, verify_whole, write_payload};
use casemate_proof::{
    Disclosure, Hash, Mask, ObjectHasher, ObjectKey, ObjectRecord, ObjectRoot, Oid, Prover, Timebase, Verifier,
};
use std::sync::OnceLock;

/// Leaves of the object: no power of two, so that its tree is not even.
const LEAVES: u64 = 13;
/// Open leaves that are streamed from any disclosure.
const OPEN_MAX: u64 = 1 << 16;

struct Known {
    key: ObjectKey,
    record: ObjectRecord,
    root: ObjectRoot,
    leaves: Vec<(u64, Vec<u8>, Hash)>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let key = ObjectKey::new([0x22; 32]);
        let timebase = Timebase::new(1, 50).expect("a timebase");
        let mut hasher = ObjectHasher::new(&key, Oid([0x11; 32]), LEAVES, "test-v1", timebase).expect("an object");
        let leaves = (0..LEAVES)
            .map(|n| {
                let payload: Vec<u8> = (0..n * 5 % 17).map(|at| (n * 31 + at * 7) as u8).collect();
                let hash = hasher.leaf(n % 4, &payload).expect("a leaf");
                (n % 4, payload, hash)
            })
            .collect();
        let record = hasher.finish().expect("all leaves");
        let root = record.object_root();
        Known { key, record, root, leaves }
    })
}

/// The disclosure of a mask, and its payloads.
fn made(mask: Mask) -> (Disclosure, Vec<u8>) {
    let known = known();
    let mut stream = Vec::new();
    let mut prover = Prover::new(&known.key, known.record.clone(), mask.clone()).expect("a mask of the object");
    for (at, (ticks, payload, hash)) in known.leaves.iter().enumerate() {
        prover.leaf(*ticks, *hash).expect("in order");
        if mask.is_open(at as u64) {
            write_payload(&mut stream, *ticks, payload);
        }
    }
    (prover.finish().expect("all leaves"), stream)
}

fn mask_of(open: u16) -> Mask {
    let hidden: Vec<_> = (0..LEAVES).filter(|leaf| open >> leaf & 1 == 0).map(|leaf| leaf..leaf + 1).collect();
    Mask::hiding(LEAVES, &hidden).expect("within the object")
}

/// A true disclosure and its payloads, changed.
pub fn changed(mut input: Input<'_>) {
    let (disclosure, mut stream) = made(mask_of(input.short()));
    let mut bytes = disclosure.encode();
    edit(&mut stream, &mut Input::new(input.piece()));
    edit(&mut bytes, &mut input);
    let Ok(read) = Disclosure::decode(&bytes) else { return };
    assert!(read.encode() == bytes, "a disclosure has one encoding");
    let Ok((verified, open)) = verify_whole(&read, &stream) else {
        assert!(in_pieces(&read, &stream, 3).is_none(), "pieces are accepted where the whole is not");
        return;
    };
    assert!(in_pieces(&read, &stream, 3).as_ref() == Some(&verified), "pieces say another thing than the whole");
    if verified.object_root != known().root {
        return;
    }
    for leaf in &open {
        let (ticks, payload, _) = &known().leaves[leaf.index as usize];
        assert!((leaf.ticks, leaf.payload) == (*ticks, payload.as_slice()), "leaf {} was not sealed so", leaf.index);
    }
    let (only, payloads) = made(read.mask.clone());
    assert!(read == only && stream == payloads, "a second disclosure of one mask");
}

/// The same through the reader of streams, in pieces of so many bytes.
fn in_pieces(disclosure: &Disclosure, stream: &[u8], size: usize) -> Option<Verified> {
    let verifier = Verifier::new(disclosure, stream.len() as u64).ok()?;
    let mut reader = PayloadReader::new(verifier);
    let (mut begun, mut ended, mut missing) = (0u64, 0u64, 0u64);
    for piece in stream.chunks(size) {
        let mut see = |event: PayloadEvent<'_>| match event {
            PayloadEvent::Leaf { length, .. } => (begun, missing) = (begun + 1, length),
            PayloadEvent::Piece(bytes) => missing -= bytes.len() as u64,
            PayloadEvent::End => {
                assert_eq!(missing, 0, "a leaf ends early");
                ended += 1;
            }
        };
        reader.feed(piece, &mut see).ok()?;
    }
    let verified = reader.finish().ok()?.finish().ok()?;
    assert!(begun == ended && begun == disclosure.mask.open_leaves());
    Some(verified)
}

/// A disclosure, perhaps changed, is narrowed by who has no key.
pub fn narrowed(mut input: Input<'_>) {
    let (wide, narrow) = (input.short(), input.short());
    let (disclosure, mut stream) = made(mask_of(wide));
    let mut bytes = disclosure.encode();
    let is_changed = input.byte() & 1 == 1;
    if is_changed {
        edit(&mut stream, &mut Input::new(input.piece()));
        edit(&mut bytes, &mut input);
    }
    let Ok(read) = Disclosure::decode(&bytes) else { return };
    if read.record.leaves() != LEAVES || read.mask.open_leaves() > OPEN_MAX {
        return;
    }
    let widens = (0..LEAVES).find(|leaf| mask_of(narrow).is_open(*leaf) && !read.mask.is_open(*leaf));
    let Ok(mut narrower) = Narrower::new(&read, mask_of(narrow)) else {
        assert!(widens.is_some() || is_changed, "a narrower mask is refused");
        return;
    };
    assert!(widens.is_none(), "leaf {widens:?} was hidden and is opened");
    let mut reader = casemate_proof::cbor::Reader::new(&stream);
    for _ in 0..read.mask.open_leaves() {
        let (Ok(ticks), Ok(payload)) = (reader.uint(), reader.bytes()) else { return };
        if narrower.leaf(ticks, payload).is_err() {
            assert!(is_changed, "a leaf that is there");
            return;
        }
    }
    let Ok(done) = narrower.finish() else {
        assert!(is_changed, "nothing was changed, and nothing is made");
        return;
    };
    let (only, _) = made(mask_of(narrow));
    assert!(done.record.object_root() != known().root || done == only, "narrowed another way");
}

/// Any bytes as a disclosure and its payloads.
pub fn any(mut input: Input<'_>) {
    let size = usize::from(input.byte()) + 1;
    let bytes = input.piece();
    let stream = input.rest();
    let Ok(read) = Disclosure::decode(bytes) else { return };
    assert!(read.encode() == bytes, "a disclosure has one encoding");
    let whole = verify_whole(&read, stream).map(|(verified, _)| verified).ok();
    assert!(whole == in_pieces(&read, stream, size), "pieces say another thing than the whole");
    if let Some(verified) = whole {
        let ticks = verified.open_ticks.checked_add(verified.hidden_ticks);
        assert!(ticks == Some(verified.record.ticks()) && verified.object_root == read.record.object_root());
    }
}
