//! What proving costs: an hour of AMR (180,000 leaves) sealed, ten cuts proven and verified; each against the bare
//! number of SHA-256 compressions that suite 1 calls for, in the same run.
//!
//!   cargo bench -p casemate-proof --profile dev
//!
//! Keeps: prints CPU time, never fails on it. Does not know: files.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark prints, and may end")]

#[path = "common/cpu.rs"]
mod cpu;

use casemate_proof::disclosure::{PayloadReader, write_payload};
use casemate_proof::{Mask, ObjectHasher, ObjectKey, Oid, Prover, Timebase, Verifier};
use cpu::cpu;
use sha2::block_api::compress256;
use std::time::Instant;

const LEAVES: u64 = 180_000;
const CUTS: u64 = 10;
/// Two seconds at 50 frames a second.
const CUT_LEAVES: u64 = 100;
/// Compressions for a leaf of 32 bytes: 3 for salts, 3 for the item, 2 for the leaf, 2 for the node above.
const COMPRESSIONS: u64 = 10;

fn timed<T>(what: &str, rounds: u32, mut work: impl FnMut() -> T) -> (T, f64) {
    let (began, used) = (Instant::now(), cpu());
    let mut out = work();
    for _ in 1..rounds {
        out = work();
    }
    let each = (cpu() - used) * 1000.0 / f64::from(rounds);
    println!("{what}: {each:.0} ms CPU, {:.0} ms wall", began.elapsed().as_secs_f64() * 1000.0 / f64::from(rounds));
    (out, each)
}

fn main() {
    let (key, oid) = (ObjectKey::new([7; 32]), Oid([9; 32]));
    let payload = |i: u64| [i as u8; 32];
    let timebase = Timebase::new(1, 50).unwrap();
    let (_, bare) = timed("bare compressions of suite 1, 180,000 leaves", 10, || {
        let mut state = [0u32; 8];
        let block = [[1u8; 64]];
        (0..LEAVES * COMPRESSIONS).for_each(|_| compress256(&mut state, &block));
        state[0]
    });
    let ((record, hashes), sealed) = timed("sealing 180,000 leaves", 10, || {
        let mut hasher = ObjectHasher::new(&key, oid, LEAVES, "amr-nb-v1", timebase).unwrap();
        let hashes: Vec<_> = (0..LEAVES).map(|i| hasher.leaf(1, &payload(i)).unwrap()).collect();
        (hasher.finish().unwrap(), hashes)
    });
    println!("  limit 100 ms: {:.2} of it; {:.2} x the bare compressions", sealed / 100.0, sealed / bare);
    let ranges: Vec<_> = (1..=CUTS).map(|c| c * 16_000..c * 16_000 + CUT_LEAVES).collect();
    let mask = Mask::hiding(LEAVES, &ranges).unwrap();
    let (shown, _) = timed("proving 10 cuts", 10, || {
        let mut prover = Prover::new(&key, record.clone(), mask.clone()).unwrap();
        hashes.iter().for_each(|hash| prover.leaf(1, *hash).unwrap());
        prover.finish().unwrap()
    });
    println!("  proof of 10 cuts: {} bytes, limit 8,000", shown.encode().len());
    let mut stream = Vec::new();
    (0..LEAVES).filter(|i| mask.is_open(*i)).for_each(|i| write_payload(&mut stream, 1, &payload(i)));
    let (_, verified) = timed("verifying 10 cuts", 10, || {
        let verifier = Verifier::new(&shown, stream.len() as u64).unwrap();
        let mut reader = PayloadReader::new(verifier);
        reader.feed(&stream, &mut |_| {}).unwrap();
        reader.finish().unwrap().finish().unwrap()
    });
    println!("  limit 1,000 ms: {:.3} of it", verified / 1000.0);
}
