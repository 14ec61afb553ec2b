//! What a second thread rebuilds beforehand changes no verdict: it is compared with that of one thread, cause for cause,
//! whatever is wrong with the bundle and whatever becomes of the thread.

use crate::common::{Bundle, Case, Object, Rng, court, failed_ids, packed, press, sounds, verify};
use casemate_carve::Hint;
use casemate_verify::statement::Mode;
use casemate_verify::{Pins, Verdict, verify_bundle, zip};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

/// The verdict of one thread: the second finds nothing that it can open.
fn alone(bundle: &[u8]) -> Verdict {
    let first = thread::current().id();
    let open = || match thread::current().id() == first {
        true => Ok(Cursor::new(bundle)),
        false => Err(std::io::ErrorKind::NotFound.into()),
    };
    verify_bundle(&open, &Pins::default()).unwrap()
}

/// The verdict of two threads, which has to be that of one.
fn both(bundle: &[u8], what: &str) -> Verdict {
    let verdict = verify(bundle, &Pins::default());
    assert_eq!(verdict, alone(bundle), "{what}");
    verdict
}

#[test]
fn of_a_bundle_that_holds_all_is_proven_either_way() {
    let (case, tapes) = (Case::new(40), Case::of_sounds(60));
    for bytes in [court(&case), sounds(&tapes), press(&case)] {
        assert!(!both(&bytes, "whole").failed());
    }
}

#[test]
fn whatever_is_changed_in_a_file() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    let paths: Vec<String> = whole.files.keys().cloned().collect();
    for n in 0..1_500 {
        let mut rng = Rng(n);
        let mut bundle = whole.clone();
        let path = &paths[rng.below(paths.len())];
        rng.damage(bundle.file(path));
        if n % 3 == 0 {
            // Its CRC-32 is right and its SHA-256 is not, or the list is no list.
            let failed = failed_ids(&both(&bundle.zip(), path));
            assert!(failed == [("manifest", None)] || failed == [("signature", None)], "{path}: {failed:?}");
        } else {
            both(&bundle.sign(&case.keys.disclosure), path);
        }
    }
}

#[test]
fn whatever_is_changed_in_the_container() {
    let bytes = court(&Case::new(40));
    for n in 0..1_500 {
        let (mut rng, mut damaged) = (Rng(n), bytes.clone());
        rng.damage(&mut damaged);
        both(&damaged, &format!("seed {n}"));
    }
    for n in 0..200 {
        let (mut rng, mut damaged) = (Rng(n), bytes.clone());
        // The directory and the end records alone, so that a claim that can't hold is looked at.
        let from = bytes.len() - 6_000;
        let mut tail = damaged.split_off(from);
        (0..1 + n % 4).for_each(|_| rng.damage(&mut tail));
        damaged.extend(tail);
        assert!(both(&damaged, &format!("directory, seed {n}")).failed());
    }
}

#[test]
fn a_content_that_is_shorter_or_longer_than_its_directory_says() {
    let case = Case::new(40);
    let bundle = Bundle::open(&court(&case));
    let (bytes, letter) = (court(&case), &bundle.files["data/006/original.pdf"]);
    for size in [letter.len() as u32 - 1, letter.len() as u32 + 1, u32::MAX - 1] {
        let mut damaged = bytes.clone();
        let old = (letter.len() as u32).to_le_bytes();
        let fields: Vec<usize> =
            (0..bytes.len() - 8).filter(|i| bytes[*i..i + 4] == old && bytes[i + 4..i + 8] == old).collect();
        assert_eq!(fields.len(), 2, "the sizes in both headers");
        for i in fields {
            damaged[i..i + 4].copy_from_slice(&size.to_le_bytes());
            damaged[i + 4..i + 8].copy_from_slice(&size.to_le_bytes());
        }
        assert_eq!(failed_ids(&both(&damaged, "sizes")), [("zip-strict", None)]);
    }
}

/// Two entries of which the first claims a byte of the second's header: the claim lies end to end, and is looked at.
#[test]
fn an_entry_that_claims_a_byte_of_the_next() {
    let whole = court(&Case::new(40));
    let archive = zip::read(&mut Cursor::new(whole.as_slice())).unwrap();
    let at = archive.entries().iter().position(|e| e.name.ends_with("data/006/original.pdf")).unwrap();
    let (entry, next) = (&archive.entries()[at], &archive.entries()[at + 1]);
    let mut damaged = whole.clone();
    // Where the header of an entry has its sizes, in front of the file and in the directory, and how long it is before the name.
    for (mark, sizes, fixed) in [(b"PK\x03\x04", 18, 30), (b"PK\x01\x02", 20, 46)] {
        for (entry, size) in [(entry, entry.size + 1), (next, next.size - 1)] {
            let is =
                |i: &usize| whole[*i..].starts_with(mark) && whole[*i + fixed..].starts_with(entry.name.as_bytes());
            let header = (0..whole.len() - fixed).find(is).unwrap();
            for field in [header + sizes, header + sizes + 4] {
                assert_eq!(whole[field..field + 4], (entry.size as u32).to_le_bytes());
                damaged[field..field + 4].copy_from_slice(&(size as u32).to_le_bytes());
            }
            if (sizes, entry) == (20, next) {
                damaged[header + 42..header + 46].copy_from_slice(&(next.offset as u32 + 1).to_le_bytes());
            }
        }
    }
    assert_eq!(failed_ids(&both(&damaged, "a byte of the next")), [("zip-strict", None)]);
}

#[test]
fn leaves_that_are_wrong_under_lists_that_are_right() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    for (path, failed) in [
        ("data/001/leaves", ("object", Some(1))),
        ("data/006/original.pdf", ("object", Some(6))),
        ("data/003/recording.amr", ("rendering", Some(3))),
        ("data/002/text.txt", ("rendering", Some(2))),
    ] {
        let mut bundle = whole.clone();
        *bundle.file(path).last_mut().unwrap() ^= 1;
        assert_eq!(failed_ids(&both(&bundle.sign(&case.keys.disclosure), path)), [failed]);
    }
}

/// Bytes that a slow second thread is given at most at each read, of an exhibit of how many, and how often it is tried.
const FEW: usize = 64;
const LONG: usize = 16 << 20;
const ROUNDS: usize = 20;

/// A reader that tells who holds it, and how often the second thread reads.
struct Told<'a> {
    bytes: Cursor<&'a [u8]>,
    first: ThreadId,
    /// Bytes that the first thread read.
    own: &'a AtomicUsize,
    reads: &'a AtomicUsize,
    /// Bytes that the second thread is given at most at each read.
    few: usize,
    _held: Arc<()>,
}

impl Read for Told<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if thread::current().id() == self.first {
            let read = self.bytes.read(out)?;
            self.own.fetch_add(read, Ordering::SeqCst);
            return Ok(read);
        }
        self.reads.fetch_add(1, Ordering::SeqCst);
        let few = out.len().min(self.few);
        self.bytes.read(&mut out[..few])
    }
}

impl Seek for Told<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A bundle of one long exhibit that leaves whole.
fn long() -> Vec<u8> {
    let exhibit = Object::of_source(90, vec![b'a'; LONG], Hint::Whole, |_| Vec::new());
    let case = Case::holding(90, BTreeMap::from([("exhibit", exhibit)]));
    packed(&case.material(Some(case.log()), vec![case.item(1, "exhibit", Mode::Whole, "bin")]))
}

#[test]
fn the_first_thread_reads_the_bundle_once() {
    let bytes = long();
    let (own, reads, held, first) = (AtomicUsize::new(0), AtomicUsize::new(0), Arc::new(()), thread::current().id());
    let open = || {
        let bytes = Cursor::new(bytes.as_slice());
        Ok(Told { bytes, first, own: &own, reads: &reads, few: usize::MAX, _held: Arc::clone(&held) })
    };
    assert!(!verify_bundle(&open, &Pins::default()).unwrap().failed());
    assert!(reads.load(Ordering::SeqCst) > 0, "the second thread did not look");
    let own = own.load(Ordering::SeqCst);
    assert!(own >= bytes.len() && own < bytes.len() * 3 / 2, "{own} of {}: its answer was not taken", bytes.len());
}

#[test]
fn the_thread_ends_with_the_call_and_stops_when_nobody_waits_for_it() {
    // Long enough that nobody could have read it to its end.
    let mut bytes = long();
    bytes[0] ^= 1;
    let (own, reads, held, first) = (AtomicUsize::new(0), AtomicUsize::new(0), Arc::new(()), thread::current().id());
    let open = || {
        let bytes = Cursor::new(bytes.as_slice());
        Ok(Told { bytes, first, own: &own, reads: &reads, few: FEW, _held: Arc::clone(&held) })
    };
    for _ in 0..ROUNDS {
        let verdict = verify_bundle(&open, &Pins::default()).unwrap();
        assert_eq!(failed_ids(&verdict), [("zip-strict", None)]);
        assert_eq!(Arc::strong_count(&held), 1, "a reader that outlives the call");
    }
    assert!(reads.load(Ordering::SeqCst) < ROUNDS * LONG / FEW / 2, "read on for nobody");
}

#[test]
fn a_thread_that_dies_proves_nothing_and_refuses_nothing() {
    let case = Case::new(40);
    let whole = court(&case);
    let mut forged = Bundle::open(&whole);
    *forged.file("data/006/original.pdf").last_mut().unwrap() ^= 1;
    let forged = forged.sign(&case.keys.disclosure);
    for (bytes, dies_at) in [(&whole, 0), (&whole, 3), (&forged, 0), (&forged, 5)] {
        let (first, opened) = (thread::current().id(), AtomicUsize::new(0));
        let open = || {
            let elsewhere = thread::current().id() != first;
            let dies = elsewhere && opened.fetch_add(1, Ordering::SeqCst) == dies_at;
            assert!(!dies, "the second thread dies, as this test wants");
            Ok(Cursor::new(bytes.as_slice()))
        };
        assert_eq!(verify_bundle(&open, &Pins::default()).unwrap(), alone(bytes), "{dies_at}");
    }
}

/// The second thread is shown other bytes than the first: what it answers is of other items.
#[test]
fn an_answer_for_another_item_is_not_taken() {
    let case = Case::new(40);
    let whole = court(&case);
    let mut forged = Bundle::open(&whole);
    *forged.file("data/006/original.pdf").last_mut().unwrap() ^= 1;
    forged.state(|s| s.items.iter_mut().for_each(|item| item.title = item.title.replace("Item", "Iten")));
    let forged = forged.sign(&case.keys.disclosure);
    assert_eq!(whole.len(), forged.len());
    let first = thread::current().id();
    for (shown, beside) in [(&whole, &forged), (&forged, &whole)] {
        let open = || Ok(Cursor::new(if thread::current().id() == first { shown } else { beside }.as_slice()));
        assert_eq!(verify_bundle(&open, &Pins::default()).unwrap(), alone(shown));
    }
}
