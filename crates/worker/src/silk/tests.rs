//! A second and a half of a call of the demo, packed by the SDK's encoder at each of its rates (the last with
//! noise above and two frames a packet), and what its decoder makes of them.

use sha2::{Digest as _, Sha256};

use super::*;
use crate::out::tests::heard;

/// Rate in kHz, samples, file, SHA-256 of the samples (16 bits, little-endian) that the SDK 1.0.9 gives.
const NOTES: [(usize, usize, &[u8], &str); 4] = [
    (8, 12000, include_bytes!("8.silk"), "c79a21d07d68066b9eb039fea6159eb1547a4dacc6d20761c67eab428bd1af7e"),
    (12, 18000, include_bytes!("12.silk"), "3c8770520dece34f0c6a75a9cb60910c9e611127ba3351bc29af9b5f11245873"),
    (16, 24000, include_bytes!("16.silk"), "edd4eb92b0f9a5f18cacb0313409c45be654aa716790d2f8f36926722b9ff89a"),
    (24, 35520, include_bytes!("24.silk"), "1579a542e0770d433dff928a44a1466ccb2abbebfd615a914c30102536c126c6"),
];

fn sum(samples: &[i16]) -> String {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn samples_are_those_of_the_sdk_bit_by_bit() {
    for (khz, len, file, expected) in NOTES {
        let decoded = decoded(file).unwrap();
        assert_eq!((decoded.khz, decoded.samples.len(), decoded.damaged), (khz, len, 0));
        assert_eq!(sum(&decoded.samples), expected, "{khz} kHz");
    }
}

#[test]
fn a_note_has_its_duration_with_and_without_the_byte_before_its_mark() {
    for file in [NOTES[3].2, &NOTES[3].2[1..]] {
        let h = heard(|out| sound(&decoded(file).unwrap(), 16_000, out));
        let about = h.about.unwrap();
        assert_eq!((about.duration_ms, about.media_type.as_str()), (Some(1480), TYPE));
        assert_eq!(h.samples.len(), 23_680);
        assert!(h.findings.is_empty(), "{:?}", h.findings);
    }
}

#[test]
fn damage_is_silence_and_told_with_its_time() {
    let file = NOTES[3].2;
    let cut = heard(|out| sound(&decoded(&file[..file.len() - 5]).unwrap(), 16_000, out));
    assert_eq!(cut.findings, ["truncated"]);
    assert!(cut.samples.len() > 20_000);
    let first = 12 + usize::from(file[10]);
    let mut bytes = file.to_vec();
    bytes[12..first].fill(0xff);
    let odd = decoded(&bytes).unwrap();
    assert_eq!((odd.damaged, odd.first, odd.samples.len()), (1, 0, 35_040));
    assert_eq!(heard(|out| sound(&odd, 16_000, out)).findings, ["sound-damaged"]);
    let empty = heard(|out| sound(&decoded(MARK).unwrap(), 16_000, out));
    assert_eq!(empty.findings, ["empty"]);
}

#[test]
fn whatever_stands_in_a_packet_ends() {
    let file = NOTES[3].2;
    let mut state = 7u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    for _ in 0..40 {
        let noise: Vec<u8> = (0..1000).map(|_| random()).collect();
        decoded(&[MARK, &[100, 0], &noise[..100], &[0xf4, 1], &noise[..500], &[0xff, 0xff]].concat());
        let mut bytes = file.to_vec();
        for _ in 0..20 {
            let at = 10 + usize::from(random()) * 256 % (bytes.len() - 10);
            bytes[at] = random();
        }
        decoded(&bytes);
    }
}
