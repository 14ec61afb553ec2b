//! Sound as packets, as the formats have them, and as samples, by the product's decoder.

use crate::kit::program;
use casemate_media::{Event, Limits, Program, run_job};
use casemate_ports::worker::{DecodeJob, Job};
use std::sync::atomic::AtomicBool;

/// Milliseconds of a packet: a frame of AMR, a block of PCM.
pub const PACKET_MS: u64 = 20;
/// Bytes of an AMR-NB frame behind its first octet, by type.
const AMR_BYTES: [usize; 9] = [12, 13, 15, 17, 19, 20, 26, 31, 5];

/// The packets of a recording, in order, and nothing else of it.
pub fn packets(bytes: &[u8]) -> Vec<Vec<u8>> {
    if let Some(frames) = bytes.strip_prefix(b"#!AMR\n") { amr(frames) } else { wav(bytes) }
}

fn amr(mut rest: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    while let Some(first) = rest.first() {
        let kind = usize::from(first >> 3 & 15);
        let size = 1 + AMR_BYTES.get(kind).copied().unwrap_or(0);
        let (frame, after) = rest.split_at(size);
        out.push(frame.to_vec());
        rest = after;
    }
    out
}

fn wav(bytes: &[u8]) -> Vec<Vec<u8>> {
    assert_eq!((&bytes[..4], &bytes[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
    let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (mut at, mut block) = (12, 0);
    loop {
        let size = long(at + 4);
        match &bytes[at..at + 4] {
            b"fmt " => {
                let frame = usize::from(u16::from_le_bytes([bytes[at + 20], bytes[at + 21]]));
                block = long(at + 12) / 50 * frame;
            }
            b"data" => return bytes[at + 8..at + 8 + size].chunks(block).map(<[u8]>::to_vec).collect(),
            _ => {}
        }
        at += 8 + size + size % 2;
    }
}

/// The samples of a mono recording at 8 kHz, by `casemate-worker`.
pub fn decoded(mut bytes: &[u8]) -> Vec<i16> {
    let worker = Program { path: program("casemate-worker"), args: Vec::new() };
    let job = Job::Decode(DecodeJob { rate: 8000, extension: None });
    let mut samples = Vec::new();
    let outcome = run_job(&worker, &job, &mut bytes, &Limits::decoding(), &AtomicBool::new(false), &mut |event| {
        if let Event::Samples(s) = event {
            samples.extend_from_slice(s);
        }
    });
    let outcome = outcome.unwrap();
    let (format, _) = outcome.sound.unwrap_or_else(|| panic!("no sound: {:?}", outcome.reading.findings));
    assert_eq!((format.rate, format.channels), (8000, 1));
    samples
}

/// The share of the energy that is at 1 kHz, and the root mean square, of samples at 8 kHz.
pub fn tone(samples: &[i16]) -> (f64, f64) {
    let (mut re, mut im, mut all) = (0.0, 0.0, 0.0);
    for (n, s) in samples.iter().enumerate() {
        let (angle, s) = (n as f64 * std::f64::consts::TAU / 8.0, f64::from(*s));
        re += s * angle.cos();
        im += s * angle.sin();
        all += s * s;
    }
    let n = samples.len() as f64;
    (2.0 * (re * re + im * im) / n / all.max(1.0), (all / n).sqrt())
}

#[test]
fn each_call_decodes_to_as_many_samples_as_its_packets_hold() {
    for file in ["calls/fr-bank.wav", "calls/en-reporter.wav", "variants/zh-friend.wav", "calls/zh-friend.amr"] {
        let bytes = std::fs::read(crate::kit::repository().join("demo").join(file)).unwrap();
        let (samples, packets) = (decoded(&bytes).len(), packets(&bytes).len());
        assert_eq!(samples.div_ceil(160), packets, "{file}: {samples} samples");
    }
}
