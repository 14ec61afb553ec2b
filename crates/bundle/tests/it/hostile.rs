//! Files made to exhaust whoever opens them: refused, in memory that their size does not set.

use crate::common::{Bundle, Case, Rng, court, failed_ids, verify};
use casemate_proof::disclosure::{Token, write_payload};
use casemate_proof::object::Seed;
use casemate_proof::{Disclosure, Hash};
use casemate_verify::{Pins, verify_bundle};
use std::io::{Read, Seek, SeekFrom};

/// A file that exists only as a rule: `head`, then noise, then `tail`.
struct Endless {
    head: Vec<u8>,
    len: u64,
    tail: Vec<u8>,
    at: u64,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let tail_at = self.len - self.tail.len() as u64;
        let n = out.len().min((self.len - self.at) as usize);
        for (slot, at) in out[..n].iter_mut().zip(self.at..) {
            let head = usize::try_from(at).ok().and_then(|i| self.head.get(i));
            *slot = match head {
                Some(byte) => *byte,
                None if at >= tail_at => self.tail[(at - tail_at) as usize],
                None => (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8,
            };
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(n) => n,
            SeekFrom::End(n) => self.len.saturating_add_signed(n),
            SeekFrom::Current(n) => self.at.saturating_add_signed(n),
        }
        .min(self.len);
        Ok(self.at)
    }
}

/// Peak of this process's memory in kB, where the system tells.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Most that a refusal may add to the peak.
const MORE_KB: u64 = 64 * 1024;

fn bounded(name: &str, check: impl FnOnce()) {
    let before = peak_kb();
    check();
    if let (Some(before), Some(after)) = (before, peak_kb()) {
        println!("{name}: {} kB more", after - before);
        assert!(after - before <= MORE_KB, "{name}: {} kB more", after - before);
    }
}

/// One test, so that nothing else in the process moves the peak.
#[test]
fn a_hundred_megabytes_of_anything_is_refused_in_bounded_memory() {
    let case = Case::new(40);
    let bytes = court(&case);
    let tail = bytes[bytes.len() - 22..].to_vec();
    for (head, tail) in [(Vec::new(), Vec::new()), (bytes.clone(), tail), (Vec::new(), bytes.clone())] {
        bounded("garbage", || {
            let open = || Ok(Endless { head: head.clone(), len: 100 << 20, tail: tail.clone(), at: 0 });
            assert!(verify_bundle(&open, &Pins::default()).unwrap().failed());
        });
    }
    // An archive whose end promises more entries than there can be, or a directory that is all the file.
    for (at, value) in [(10usize, [0xff, 0xff]), (10, [0xfe, 0xff]), (16, [0, 0])] {
        bounded("end record", || {
            let mut damaged = bytes.clone();
            let end = damaged.len() - 22;
            damaged[end + at..end + at + 2].copy_from_slice(&value);
            assert!(verify(&damaged, &Pins::default()).failed());
        });
    }
}

#[test]
fn proofs_that_promise_more_than_they_hold_are_refused() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    let refused = |bundle: Bundle, expect: &[(&'static str, Option<u64>)]| {
        let verdict = verify(&bundle.sign(&case.keys.disclosure), &Pins::default());
        assert_eq!(failed_ids(&verdict), expect);
    };
    // 2^40 leaves, all open, behind one seed.
    let mut promise = whole.clone();
    let mut disclosure = Disclosure::decode(&promise.files["proof/006.object"]).unwrap();
    let record = &disclosure.record;
    let leaves = 1u64 << 40;
    let node = casemate_proof::object::Node { ticks: leaves, ..*record.root() };
    disclosure.record =
        casemate_proof::ObjectRecord::new(record.profile(), *record.oid(), leaves, record.timebase(), node).unwrap();
    disclosure.mask = casemate_proof::Mask::all_open(leaves).unwrap();
    *promise.file("proof/006.object") = disclosure.encode();
    refused(promise, &[("object", Some(6))]);
    // The same for a partial disclosure: few bytes can't hold so many leaves.
    let mut partial = whole.clone();
    let encoded = partial.files["proof/006.object"].clone();
    *partial.file("proof/001.object") = encoded;
    let open = Disclosure::decode(&disclosure.encode()).unwrap();
    *partial.file("proof/001.object") = open.encode();
    refused(partial, &[("object", Some(1))]);
    // Megabytes of noise in each proof.
    let mut noise = vec![0u8; 4 << 20];
    let mut rng = Rng(3);
    noise.iter_mut().for_each(|b| *b = rng.next() as u8);
    for (path, failed) in [
        ("proof/001.object", [("object", Some(1))]),
        ("proof/002.act", [("logged", Some(2))]),
        ("proof/002.tlog", [("logged", Some(2))]),
        ("proof/003.census", [("census", Some(3))]),
        ("proof/checkpoint.sig", [("checkpoint", None)]),
        ("data/004/leaves", [("object", Some(4))]),
    ] {
        let mut bundle = whole.clone();
        *bundle.file(path) = noise.clone();
        refused(bundle, &failed);
    }
}

/// A recording of 690 years, all of it withheld behind one small copy: the copy is not made to its end, and the proof is judged.
#[test]
fn a_recording_without_end_is_not_played_to_its_end() {
    let case = Case::new(40);
    let mut endless = Bundle::open(&court(&case));
    let old = Disclosure::decode(&endless.files["proof/003.object"]).unwrap().record;
    assert_eq!(old.profile(), "amr-nb-v1");
    let (leaves, packets) = (1u64 << 40, (1u64 << 40) - 3);
    let node = casemate_proof::object::Node { ticks: packets, ..*old.root() };
    let record = casemate_proof::ObjectRecord::new(old.profile(), *old.oid(), leaves, old.timebase(), node).unwrap();
    let mask = casemate_proof::Mask::hiding(leaves, std::slice::from_ref(&(1..leaves))).unwrap();
    // Behind the one open leaf lie its sibling, theirs, and so on; the last two leaves have no ticks.
    let siblings = (0..40).map(|level| {
        let leaves = 1u64 << level;
        Token::Hidden { leaves, ticks: if level == 39 { leaves - 2 } else { leaves }, hash: Hash([7; 32]) }
    });
    let tokens = std::iter::once(Token::Open(Seed::new([1; 32]))).chain(siblings).collect();
    *endless.file("proof/003.object") = Disclosure { record, mask, tokens }.encode();
    let mut cfg = vec![0xa5, 0, 1, 1, 0x66];
    cfg.extend(b"amr-nb");
    cfg.extend([2, 0x19, 0x1f, 0x40, 3, 1, 4, 0x1b]);
    cfg.extend(packets.to_be_bytes());
    let mut stream = Vec::new();
    write_payload(&mut stream, 0, &cfg);
    *endless.file("data/003/leaves") = stream;
    let verdict = verify(&endless.sign(&case.keys.disclosure), &Pins::default());
    assert_eq!(failed_ids(&verdict), [("object", Some(3))]);
}

#[test]
fn deep_and_wide_records_are_refused() {
    let case = Case::new(40);
    let whole = Bundle::open(&court(&case));
    for hostile in [vec![0x81u8; 1 << 20], [&[0x9a, 0xff, 0xff, 0xff, 0xff][..], &[0; 64]].concat(), vec![0xbb; 9]] {
        for path in ["disclosure.cbor", "proof/001.object", "proof/lane.act", "proof/001.census", "data/002/leaves"] {
            let mut bundle = whole.clone();
            *bundle.file(path) = hostile.clone();
            assert!(verify(&bundle.sign(&case.keys.disclosure), &Pins::default()).failed(), "{path}");
        }
    }
}
