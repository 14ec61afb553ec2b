//! Sealing a gibibyte of mixed files (recordings, papers, mail, texts), against the same primitive calls in memory on one
//! core in the same run: SHA-256 of the source, the leaves of its profile, age. The sealed side pays for what `add` pays for:
//! the acts of each file too, small files side by side, committed 64 files or 64 MiB at a time, everything durable.
//!
//! `cargo bench --workspace --profile dev --bench mixed -- [MIB] [KIND]` (default 1024, all kinds).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::{Cursor, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use casemate_carve::{CarveError, Hint, Layout};
use casemate_proof::{ObjectHasher, ObjectKey, Oid, Timebase};
use casemate_store_local::LocalStore;
use casemate_vault::acts::{ExhibitAct, SealAct, value_map};
use casemate_vault::{Ambient, Kdf, Passphrase, Vault};
use sha2::{Digest, Sha256};

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;
/// Files of one commit, as `add` makes it.
const FILES: usize = 64;
/// Files up to this length it seals side by side, so many.
const SMALL: usize = 2 * MIB;
const SIDE_BY_SIDE: usize = 16;

/// One kind of file: how it is taken, its size, its share of the whole in thousandths.
struct Kind {
    name: &'static str,
    hint: Hint,
    size: usize,
    share: usize,
    make: fn(usize) -> Vec<u8>,
}

/// What a phone and a mailbox hold, by bytes.
const KINDS: [Kind; 6] = [
    Kind { name: "calls, WAV 16 kHz", hint: Hint::Recording, size: 20 * MIB, share: 300, make: wav },
    Kind { name: "calls, AMR", hint: Hint::Recording, size: 2 * MIB, share: 100, make: amr },
    Kind { name: "photographs, scans, M4A", hint: Hint::Whole, size: 4 * MIB, share: 440, make: noise },
    Kind { name: "papers", hint: Hint::Whole, size: 300 * KIB, share: 100, make: noise },
    Kind { name: "mail", hint: Hint::Lines, size: 40 * KIB, share: 40, make: lines },
    Kind { name: "chat exports", hint: Hint::Lines, size: MIB, share: 20, make: lines },
];

fn noise(size: usize) -> Vec<u8> {
    (0..size as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn wav(size: usize) -> Vec<u8> {
    let data = (size - 44) as u32;
    let mut out = Vec::with_capacity(size);
    out.extend(b"RIFF");
    out.extend((36 + data).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    out.extend([1u16, 1].map(u16::to_le_bytes).concat());
    out.extend([16_000u32, 32_000].map(u32::to_le_bytes).concat());
    out.extend([2u16, 16].map(u16::to_le_bytes).concat());
    out.extend(b"data");
    out.extend(data.to_le_bytes());
    out.extend(noise(data as usize));
    out
}

/// Frames of 12.2 kbit/s.
fn amr(size: usize) -> Vec<u8> {
    let mut out = b"#!AMR\n".to_vec();
    let body = noise(31);
    while out.len() + 32 <= size {
        out.push(0x3c);
        out.extend(&body);
    }
    out
}

fn lines(size: usize) -> Vec<u8> {
    let line = b"12/03/2025, 21:14 - Marina: they came to the flat again and asked where you are\n";
    line.iter().copied().cycle().take(size / line.len() * line.len()).collect()
}

/// The same calls in memory on one core.
fn primitives(source: &[u8], hint: Hint) -> Duration {
    let layout = Layout::scan(&mut Cursor::new(source), source.len() as u64, hint).unwrap();
    let (mut ends, mut leaves) = (Vec::new(), Vec::with_capacity(source.len()));
    let gathered: Result<(), CarveError> = layout.for_each_leaf(&mut Cursor::new(source), |_, ticks, leaf| {
        leaves.extend_from_slice(leaf);
        ends.push((ticks, leaves.len()));
        Ok(())
    });
    gathered.unwrap();
    let base = layout.timebase();
    let base = Timebase::new(base.num, base.den).unwrap();
    let (key, oid, profile) = (ObjectKey::new([1; 32]), Oid([2; 32]), layout.profile().to_string());
    let recipient = age::x25519::Identity::generate().to_public();
    let start = Instant::now();
    let hash = Sha256::digest(source);
    let mut hasher = ObjectHasher::new(&key, oid, ends.len() as u64, &profile, base).unwrap();
    let mut from = 0;
    for (ticks, to) in ends {
        hasher.leaf(ticks, &leaves[from..to]).unwrap();
        from = to;
    }
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
    let mut sink = encryptor.wrap_output(std::io::sink()).unwrap();
    sink.write_all(source).unwrap();
    sink.finish().unwrap();
    std::hint::black_box((hash, hasher.finish().unwrap()));
    start.elapsed()
}

fn main() {
    let mib: usize = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1024);
    let dir = tempfile::tempdir_in(".").unwrap();
    let store = Arc::new(LocalStore::create(&dir.path().join("case")).unwrap());
    let words = Passphrase::new("bench");
    let mut vault = Vault::create(store, &words, Kdf::weak_for_tests(1), "owner", Ambient::system()).unwrap();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut bytes, mut bare, mut sealed) = (0, Duration::ZERO, Duration::ZERO);
    let wanted = std::env::args().skip(1).find(|a| a.parse::<usize>().is_err() && !a.starts_with('-'));
    for kind in KINDS.iter().filter(|kind| wanted.as_ref().is_none_or(|w| kind.name.contains(w.as_str()))) {
        let source = (kind.make)(kind.size);
        let count = (mib * MIB / 1000 * kind.share / kind.size).max(1);
        let (mut own_bare, mut own_sealed) = (Duration::ZERO, Duration::ZERO);
        let at_once = if kind.size <= SMALL { SIDE_BY_SIDE } else { 1 };
        let mut acts = Vec::new();
        for from in (0..count).step_by(at_once) {
            let several = at_once.min(count - from);
            (0..several).for_each(|_| own_bare += primitives(&source, kind.hint));
            let start = Instant::now();
            let mut sources: Vec<_> = (0..several).map(|_| Cursor::new(&source)).collect();
            let sources = sources.iter_mut().map(|source| (source, kind.hint)).collect();
            for (n, object) in (from..).zip(vault.seal_each(sources, cores).unwrap()) {
                let (number, object) = (n as u64 + 1, object.unwrap());
                let exhibit = ExhibitAct { number, kind: "file".into(), root: object.root() };
                let seal = SealAct { name: "bench.bin".into(), source: value_map([]), object, at_ms: 0 };
                acts.extend([seal.to_act(), exhibit.to_act()]);
            }
            let due = acts.len() >= 2 * FILES || acts.len() / 2 * source.len() >= 64 * MIB;
            if due || from + several == count {
                vault.append(std::mem::take(&mut acts)).unwrap();
            }
            own_sealed += start.elapsed();
        }
        let ratio = own_bare.as_secs_f64() / own_sealed.as_secs_f64();
        println!("{count:>5} × {:>8} kB {:<26} {ratio:.2} of the primitives' rate", source.len() / 1000, kind.name);
        bytes += count * source.len();
        bare += own_bare;
        sealed += own_sealed;
    }
    let rate = |time: Duration| bytes as f64 / MIB as f64 / time.as_secs_f64();
    println!(
        "mixed, {} MiB: primitives on one core {:.0} MiB/s, sealed {:.0} MiB/s, fsync included: {:.2} (limit 0.70)",
        bytes / MIB,
        rate(bare),
        rate(sealed),
        bare.as_secs_f64() / sealed.as_secs_f64()
    );
}
