//! What the vault costs, as ratios measured in one run: sealing against the same primitives, memory at two sizes, an
//! append to a long lane against one to a short, opening and reading acts.
//!
//! `cargo bench -p casemate-vault -- [MIB] [ACTS]` (defaults 1024 and 1,000,000).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::time::Instant;

use casemate_carve::Hint;
use casemate_proof::{Act, Compartment, ObjectHasher, ObjectKey, Oid, SubjectId, Timebase, Value};
use casemate_store_local::LocalStore;
use casemate_testkit::MemoryStore;
use casemate_vault::{Access, Ambient, Kdf, Passphrase, Vault};
use sha2::{Digest, Sha256};

const MIB: u64 = 1 << 20;

/// A source of any size, made from one block.
struct Blocks {
    block: Vec<u8>,
    len: u64,
    at: u64,
}

impl Blocks {
    fn new(len: u64) -> Self {
        let block = (0..MIB as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        Self { block, len, at: 0 }
    }
}

impl Read for Blocks {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let from = (self.at % MIB) as usize;
        let n = buf.len().min(self.block.len() - from).min((self.len - self.at) as usize);
        buf[..n].copy_from_slice(&self.block[from..from + n]);
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Blocks {
    fn seek(&mut self, pos: SeekFrom) -> std::io::Result<u64> {
        self.at = match pos {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.len.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

/// One core: SHA-256, `chunk-v1` leaves, age. MiB/s.
fn primitives() -> f64 {
    let mib = 256u64;
    let block = Blocks::new(0).block;
    let start = Instant::now();
    let mut hash = Sha256::new();
    let leaves = mib * 16;
    let mut hasher =
        ObjectHasher::new(&ObjectKey::new([1; 32]), Oid([2; 32]), leaves, "chunk-v1", Timebase::UNIT).unwrap();
    let recipient = age::x25519::Identity::generate().to_public();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
    let mut sink = encryptor.wrap_output(std::io::sink()).unwrap();
    for _ in 0..mib {
        hash.update(&block);
        for leaf in block.chunks(65_536) {
            hasher.leaf(1, leaf).unwrap();
        }
        sink.write_all(&block).unwrap();
    }
    sink.finish().unwrap();
    std::hint::black_box((hash.finalize(), hasher.finish().unwrap()));
    mib as f64 / start.elapsed().as_secs_f64()
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(0)
}

fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn local(dir: &std::path::Path) -> Vault {
    let store = Arc::new(LocalStore::create(dir).unwrap());
    let words = Passphrase::new("bench");
    Vault::create(store, &words, Kdf::weak_for_tests(1), "owner", Ambient::system()).unwrap()
}

fn sealing(mib: u64) {
    let dir = tempfile::tempdir_in(".").unwrap();
    let mut vault = local(&dir.path().join("case"));
    let one_core = primitives();
    println!("primitives, one core: {one_core:.0} MiB/s (SHA-256 + chunk-v1 leaves + age)");
    for hint in [Hint::Whole, Hint::Lines] {
        let start = Instant::now();
        vault.seal(&mut Blocks::new(mib * MIB), hint).unwrap();
        let rate = mib as f64 / start.elapsed().as_secs_f64();
        println!("seal {mib} MiB as {hint:?}: {rate:.0} MiB/s, {:.2} of the primitives", rate / one_core);
    }
    let start = Instant::now();
    let small = 2000;
    for _ in 0..small {
        vault.seal(&mut Blocks::new(20_000), Hint::Whole).unwrap();
    }
    println!(
        "seal {small} files of 20 kB: {:.0} a second, fsync included",
        f64::from(small) / start.elapsed().as_secs_f64()
    );
    let mut peaks = Vec::new();
    for size in [100, 4 * mib] {
        reset_peak();
        vault.seal(&mut Blocks::new(size * MIB), Hint::Whole).unwrap();
        peaks.push(peak_kib());
        println!("peak while sealing {size} MiB: {:.1} MiB", peak_kib() as f64 / 1024.0);
    }
    if let [small, large] = peaks[..] {
        println!("large / small: {:.3}", large as f64 / small as f64);
    }
}

fn note(n: u64) -> Act {
    let mut act = Act::new("note", Compartment::Case, SubjectId([(n % 200) as u8; 32]));
    act.fields[0] = Value::from("a short note of a person");
    act
}

/// Median of 300 appends of one act, in µs.
fn append_median(vault: &mut Vault) -> f64 {
    let mut times: Vec<f64> = (0..300)
        .map(|n| {
            let start = Instant::now();
            vault.append(vec![note(n)]).unwrap();
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn lanes(acts: u64) {
    let store = MemoryStore::new();
    let words = Passphrase::new("bench");
    let mut vault =
        Vault::create(Arc::new(store.clone()), &words, Kdf::weak_for_tests(1), "owner", Ambient::system()).unwrap();
    let fill = |vault: &mut Vault, to: u64| {
        while vault.checkpoint().unwrap().head.size < to {
            let left = (to - vault.checkpoint().unwrap().head.size).min(10_000);
            vault.append((0..left).map(note).collect()).unwrap();
        }
    };
    fill(&mut vault, 1000);
    let short = append_median(&mut vault);
    fill(&mut vault, 4000);
    let start = Instant::now();
    let count = vault.acts().unwrap().filter(|e| e.is_ok()).count();
    println!("read {count} acts, each checked: {:.1} µs an act", start.elapsed().as_secs_f64() * 1e6 / count as f64);
    let start = Instant::now();
    fill(&mut vault, acts);
    println!("fill to {acts}: {:.1} µs an act", start.elapsed().as_secs_f64() * 1e6 / acts as f64);
    let long = append_median(&mut vault);
    println!("append at 1,000: {short:.0} µs; at {acts}: {long:.0} µs; ratio {:.2}", long / short);
    for noted in [true, false] {
        if noted {
            vault.lock()
        } else {
            drop(vault)
        }
        let start = Instant::now();
        vault = Vault::open(Arc::new(store.clone()), &words, Access::Write, Ambient::system()).unwrap();
        println!("open {acts} acts, position noted {noted}: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
        if noted {
            let name = store.files().into_keys().find(|n| n.starts_with("index/")).unwrap();
            store.tamper(&name, None);
        }
    }
}

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|a| a.parse().ok());
    let (mib, acts) = (args.next().unwrap_or(1024), args.next().unwrap_or(1_000_000));
    sealing(mib);
    lanes(acts);
}
