//! Verifying fine profiles: a bundle of one exhibit of each form, ten cuts in it, from a file to the verdict (container,
//! lists, proof, copy), in leaves a second; against the bare SHA-256 compressions that the open leaves and the container
//! call for, in the same run. Then an hour of MP3 with a hundred cuts: the length of its proof, and the time to verify it.
//!
//! `cargo bench -p casemate-bundle --profile dev --bench leaves -- [LEAVES] [FORM]` (default 100,000 of each form).
//!
//! `CASEMATE_KEEP_HOUR=FILE` keeps that bundle, for `node tests/speed.mjs FILE` in verifiers/html.
//!
//! Keeps: prints, never fails on a time; a bundle that isn't proven ends it. Does not know: how anything is verified.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic, reason = "a benchmark prints, and may end")]

#[path = "../tests/it/common/mod.rs"]
mod common;
#[path = "../../proof/benches/common/cpu.rs"]
mod cpu;
#[path = "../../carve/tests/it/common/mod.rs"]
mod forms;

use casemate_carve::locator::TimeRange;
use casemate_carve::tiles::{PageSize, Pages, Rect, tiles_of};
use casemate_carve::{Hint, Layout, Run, cuts};
use casemate_verify::statement::Mode;
use casemate_verify::zip;
use casemate_verify::{Pins, verify_bundle};
use common::{Case, Object, packed};
use cpu::cpu;
use forms::mp4::{Movie, amr_frame};
use forms::sound::{MP3_MONO, Mp3Frame, adts, flac, flac_frames};
use forms::streams::{PAGING, WEBM, ogg_opus, ogg_vorbis, opus_head, opus_packet, timed, vorbis_packets, webm};
use forms::{S16_MONO_8K, chunk, fmt, noise, riff};
use sha2::block_api::compress256;
use std::collections::BTreeMap;
use std::fs::File;
use std::time::Instant;

/// Cuts of each form, and how long each is.
const CUTS: u64 = 10;
const CUT_MS: u64 = 1_500;
/// Frames of different content: more would only take longer to make.
const DIFFERENT: usize = 256;
/// Frames of an hour of MP3 at 44.1 kHz.
const HOUR_FRAMES: usize = 3_600 * 44_100 / 1_152;
const HOUR_CUTS: u64 = 100;
const PROOF_BYTES_LIMIT: usize = 80_000;
const SECONDS_LIMIT: f64 = 1.0;
/// Compressions of suite 1 for an open leaf beside its item: 3 for salts, 2 for the leaf, 2 for the node above.
const BESIDE_ITEM: u64 = 7;
/// Bytes of an item beside its payload: tag, salt, object id, index, length.
const ITEM_HEAD: u64 = 17 + 32 + 32 + 8 + 8;
const BLOCK: u64 = 64;
const PADDING_MIN: u64 = 9;

/// A form: its name, the ending of its copy, and how its exhibit is made of about so many leaves.
type Form = (&'static str, &'static str, fn(usize) -> Object);

const FORMS: [Form; 14] = [
    ("WAV", "wav", |n| of_sound([wav_head(n * 320), noise(n * 320)].concat())),
    ("AMR-NB", "amr", |n| of_sound([b"#!AMR\n".to_vec(), frames(n, |n| amr_frame(false, 7, n))].concat())),
    ("AMR-WB", "amr", |n| of_sound([b"#!AMR-WB\n".to_vec(), frames(n, |n| amr_frame(true, 8, n))].concat())),
    ("MP3", "mp3", |n| of_sound(mp3(n))),
    ("AAC, ADTS", "aac", |n| of_sound(adts(&lengths(n, 180), false))),
    ("AAC, M4A", "m4a", |n| of_sound(Movie::aac(&lengths(n, 180)).build())),
    ("ALAC, M4A", "m4a", |n| of_sound(Movie::alac(&lengths(n, 400), 1, 44_100).build())),
    ("FLAC", "flac", |n| of_sound(flac(2, &flac_frames(n as u64)))),
    ("Opus, Ogg", "opus", |n| of_sound(ogg_opus(1, 312, &opus(n), PAGING))),
    ("Opus, WebM", "webm", |n| of_sound(webm(&opus_head(1, 312), &opus(n), WEBM))),
    ("Vorbis, Ogg", "ogg", |n| of_sound(ogg_vorbis(16_000, 1, &vorbis_packets(&vec![true; n * 2], |_| 90), PAGING))),
    ("lines", "txt", of_lines),
    ("table", "csv", of_table),
    ("pages", "pdf", of_pages),
];

fn main() {
    let mut given = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let leaves = given.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let only = given.next();
    let compression = compression();
    println!("one bare compression: {:.0} ns", compression * 1e9);
    for (name, ending, make) in FORMS.iter().filter(|form| only.as_ref().is_none_or(|only| form.0.contains(only))) {
        let bundle = Bundle::of(name, ending, make(leaves));
        let (cpu, wall) = bundle.verify();
        println!(
            "{name}: {} leaves ({}), {:.1} MB; {:.0} ms CPU, {:.0} ms wall: {:.0} leaves a second; {:.2} x the bare compressions",
            bundle.leaves,
            bundle.profile,
            bundle.bytes as f64 / 1e6,
            cpu * 1e3,
            wall * 1e3,
            bundle.leaves as f64 / wall,
            cpu / (bundle.compressions as f64 * compression),
        );
    }
    if only.is_none() || only.as_deref() == Some("hour") {
        hour();
    }
}

fn hour() {
    let object = of_cut_sound(mp3(HOUR_FRAMES), HOUR_CUTS);
    assert_eq!(object.hidden.len() as u64, HOUR_CUTS + 1, "the cuts, and the container");
    let bundle = Bundle::of("an hour of MP3", "mp3", object);
    if let Some(to) = std::env::var_os("CASEMATE_KEEP_HOUR") {
        std::fs::copy(bundle.file.path(), to).unwrap();
    }
    let (cpu, wall) = bundle.verify();
    println!(
        "an hour of MP3, {} leaves, {HOUR_CUTS} cuts: proof {} bytes, {:.2} of the limit of {PROOF_BYTES_LIMIT}; verified in {:.0} ms CPU, {:.0} ms wall, {:.2} of the limit of 1 s",
        bundle.leaves,
        bundle.proof,
        bundle.proof as f64 / PROOF_BYTES_LIMIT as f64,
        cpu * 1e3,
        wall * 1e3,
        wall / SECONDS_LIMIT,
    );
}

/// A bundle of one exhibit, in a file.
struct Bundle {
    file: tempfile::NamedTempFile,
    profile: String,
    leaves: u64,
    bytes: u64,
    /// Length of `proof/001.object`.
    proof: u64,
    /// What the open leaves and the container call for.
    compressions: u64,
}

impl Bundle {
    fn of(name: &str, ending: &str, object: Object) -> Self {
        let (profile, leaves) = (object.record.profile().to_owned(), object.record.leaves());
        let open = (0u64..).zip(&object.leaves).filter(|(at, _)| !object.hidden.iter().any(|run| run.contains(*at)));
        let item = |payload: &[u8]| (ITEM_HEAD + payload.len() as u64 + PADDING_MIN).div_ceil(BLOCK) + BESIDE_ITEM;
        let proof_work: u64 = open.map(|(_, (_, payload))| item(payload)).sum();
        let case = Case::holding(70, BTreeMap::from([("exhibit", object)]));
        let bytes = packed(&case.material(Some(case.log()), vec![case.item(1, "exhibit", Mode::Partial, ending)]));
        let file = tempfile::NamedTempFile::new_in(".").unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        let archive = zip::read(&mut File::open(file.path()).unwrap()).unwrap();
        let proof = archive.find("casemate/proof/001.object").unwrap_or_else(|| panic!("{name}: no proof")).size;
        let length = bytes.len() as u64;
        Self { file, profile, leaves, bytes: length, proof, compressions: proof_work + length / BLOCK }
    }

    /// Seconds of CPU and of wall time that a verification takes, over as many as take a second.
    fn verify(&self) -> (f64, f64) {
        let (began, used, mut rounds) = (Instant::now(), cpu(), 0.0);
        while began.elapsed().as_secs_f64() < 1.0 || rounds < 3.0 {
            let verdict = verify_bundle(&|| File::open(self.file.path()), &Pins::default()).unwrap();
            assert!(!verdict.failed(), "{verdict:#?}");
            rounds += 1.0;
        }
        ((cpu() - used) / rounds, began.elapsed().as_secs_f64() / rounds)
    }
}

/// CPU seconds of one compression.
fn compression() -> f64 {
    let (rounds, mut state, used) = (20_000_000u32, [0u32; 8], cpu());
    let block = [[1u8; BLOCK as usize]];
    (0..rounds).for_each(|_| compress256(&mut state, &block));
    std::hint::black_box(state);
    (cpu() - used) / f64::from(rounds)
}

fn frames(count: usize, make: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let different: Vec<Vec<u8>> = (0..DIFFERENT).map(make).collect();
    different.iter().cycle().take(count).flatten().copied().collect()
}

fn lengths(count: usize, about: usize) -> Vec<usize> {
    (0..count).map(|n| about + n % 37).collect()
}

/// 64 kbit/s, one channel.
fn mp3(count: usize) -> Vec<u8> {
    frames(count, |n| Mp3Frame { bits: 5, ..MP3_MONO }.bytes(n))
}

/// Five packets of 20 ms a leaf.
fn opus(leaves: usize) -> Vec<(Vec<u8>, u64)> {
    timed((0..leaves * 5).map(|n| opus_packet(31, 1, 60 + n % 17, None)).collect())
}

fn wav_head(data: usize) -> Vec<u8> {
    let mut whole = riff(&[fmt(&S16_MONO_8K), chunk(b"data", &[])]);
    let (riff_bytes, len) = ((whole.len() - 8 + data) as u32, whole.len());
    whole[4..8].copy_from_slice(&riff_bytes.to_le_bytes());
    whole[len - 4..].copy_from_slice(&(data as u32).to_le_bytes());
    whole
}

fn of_sound(source: Vec<u8>) -> Object {
    of_cut_sound(source, CUTS)
}

/// Cuts at even distances.
fn of_cut_sound(source: Vec<u8>, count: u64) -> Object {
    Object::of_source(71, source, Hint::Recording, |layout| {
        let each = layout.shape().duration_ms().unwrap() / (count + 1);
        let ranges: Vec<_> = (1..=count).map(|n| TimeRange { start: n * each, end: n * each + CUT_MS }).collect();
        cuts::recording(layout.shape(), &ranges).unwrap().runs
    })
}

fn of_lines(count: usize) -> Object {
    let line = b"12/03/2025, 21:14 - Marina: they came to the flat again and asked where you are\n";
    let source = line.repeat(count);
    Object::of_source(72, source, Hint::Lines, |layout| {
        let each = count as u64 / (CUTS + 1);
        let lines: Vec<_> = (1..=CUTS).map(|n| (n * each, n * each)).collect();
        cuts::lines(layout.shape(), &lines).unwrap().runs
    })
}

fn of_table(cells: usize) -> Object {
    let row = b"2026-02-01,Marina,340,in\n";
    let rows = cells / 4;
    Object::of_source(73, row.repeat(rows), Hint::Csv, |layout: &Layout| {
        let each = rows as u64 / (CUTS + 1);
        let cells: Vec<Run> = (1..=CUTS).map(|n| layout.row_leaves(n * each, Some(2)).unwrap()).collect();
        cuts::cells(layout.shape(), &cells).unwrap().runs
    })
}

/// A4 at 150 dots an inch, a third of it grey.
fn of_pages(leaves: usize) -> Object {
    let size = PageSize::new(1_240, 1_754).unwrap();
    let page = tiles_of(size, &vec![255; 1_240 * 1_754 * 3]).unwrap();
    let mut written = vec![255u8; 1_240 * 1_754 * 3];
    for (row, pixels) in written.chunks_exact_mut(1_240 * 3).enumerate().filter(|(row, _)| row % 48 < 16) {
        for (pixel, grey) in pixels.chunks_exact_mut(3).zip(noise(1_240 + row)) {
            pixel.fill(grey);
        }
    }
    let written = tiles_of(size, &written).unwrap();
    let count = (leaves / page.len()).clamp(1, 90);
    let pages = Pages::new(150, vec![size; count]).unwrap();
    let hidden = pages.touched(0, Rect { left: 200, top: 300, width: 400, height: 30 });
    let tiles = (0..count).flat_map(|n| if n % 3 == 0 { &written } else { &page });
    let leaves = std::iter::once((0, pages.encode())).chain(tiles.map(|tile| (1, tile.clone()))).collect();
    Object::seal(74, pages.shape().unwrap(), leaves, Vec::new(), Run::normalise(hidden))
}
