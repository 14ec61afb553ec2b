//! The vectors of packets on the grid: small streams that each show something, and leaves that must be refused.
#![allow(dead_code)]

use super::streams::*;

/// Streams, by name.
pub fn sources() -> Vec<(&'static str, Vec<u8>)> {
    // 120 ms a packet: every sixth cell is empty.
    let slow = || timed((0..13).map(|n| opus_packet(31, 6, 6 + n, None)).collect());
    // 20 and 60 ms; zeros, an extension, and padding of 254 bytes.
    let padded = |n: usize| match n % 4 {
        0 => opus_packet(3, 1, 9 + n, None),
        1 => opus_packet(31, 3, 9, Some(&[0; 5])),
        2 => opus_packet(31, 1, 9, Some(&[0x40, 1, 2, 3])),
        _ => opus_packet(30, 6, 12, Some(&[0; 254])),
    };
    let padded = timed((0..28).map(padded).collect());
    let long: Vec<bool> = (0..30).map(|n| n % 10 != 4).collect();
    let paging = Paging { lacing: 3, serial: 0x0102_0304, trim: 100, has_last: true };
    let mut torn = ogg_opus(1, 312, &slow(), Paging { lacing: 5, ..PAGING });
    torn.truncate(torn.len() - 1);
    let mut damaged = ogg_opus(1, 312, &slow(), PAGING);
    damaged[60] ^= 1;
    let laced = Webm { sized: true, blocks: 3, lacing: 3, grouped: true, extras: true };
    let live = Webm { sized: false, blocks: 4, lacing: 0, grouped: false, extras: false };
    vec![
        ("ogg-opus-empty-cells", ogg_opus(2, 0, &slow(), PAGING)),
        ("ogg-opus-padding", ogg_opus(1, 312, &padded, paging)),
        ("ogg-opus-torn", torn),
        ("ogg-opus-wrong-checksum", damaged),
        ("ogg-vorbis", ogg_vorbis(16_000, 1, &vorbis_packets(&long, |n| n % 7), paging)),
        ("webm-opus-laced", webm(&opus_head(1, 312), &slow(), laced)),
        ("webm-opus-unknown-sizes", webm(&opus_head(1, 312), &padded, live)),
    ]
}

/// Name, profile, ticks, leaves in hexadecimal. CFG is not looked at by reassembly.
pub type Refused = (&'static str, &'static str, u64, [&'static str; 4]);

/// Leaves of one cell that must be refused, each for one reason.
pub fn refused() -> Vec<Refused> {
    // {0: 2, 1: [1, 0, 0, 1, 0], 2: h''}: one packet.
    const ONE: &str = "a30002018501000001000240";
    const OPUS: &str = "ogg-opus-v1;1";
    vec![
        ("opus-no-packet", OPUS, 1, ["", "820041ff", "80", ONE]),
        ("opus-cell-without-place", OPUS, 1, ["", "8142f801", "80", ONE]),
        ("opus-cell-long-number", OPUS, 1, ["", "82180042f801", "80", ONE]),
        ("opus-cell-empty-packet", OPUS, 1, ["", "820040", "80", ONE]),
        ("opus-cell-trailing-byte", OPUS, 1, ["", "820042f80100", "80", ONE]),
        ("opus-cell-empty-with-place", OPUS, 1, ["", "8100", "80", "a3000201800240"]),
        ("opus-cell-with-padding", OPUS, 1, ["", "820045fb41010100", "80", ONE]),
        ("opus-meta-without-list", OPUS, 1, ["", "820042f801", "", ONE]),
        ("opus-padding-not-used", OPUS, 1, ["", "820042f801", "820101", ONE]),
        ("opus-padding-of-a-packet-without-count", OPUS, 1, ["", "820042f801", "820001", ONE]),
        ("opus-padding-zeros-as-bytes", OPUS, 1, ["", "820043fb0109", "8200420100", ONE]),
        ("opus-padding-shorter-than-told", OPUS, 1, ["", "820043fb0109", "8200420207", ONE]),
        ("webm-opus-packets-left-over", "webm-opus-v1;2", 1, ["", "830042fc0142fc02", "80", ONE]),
        ("vorbis-meta-not-used", "ogg-vorbis-v1;8000;1", 1, ["", "820042f801", "80", ONE]),
    ]
}

/// Leaves that are near those and must be taken: with them, each of [`refused`] has one reason.
pub fn near_refused() -> Vec<Refused> {
    const ONE: &str = "a30002018501000001000240";
    vec![
        ("", "ogg-opus-v1;1", 1, ["", "820042f801", "80", ONE]),
        ("", "ogg-opus-v1;1", 1, ["", "820043fb0109", "820002", ONE]),
        ("", "ogg-opus-v1;1", 1, ["", "820043fb0109", "820043020707", ONE]),
        ("", "webm-opus-v1;2", 1, ["", "820042fc01", "80", ONE]),
        ("", "ogg-vorbis-v1;8000;1", 1, ["", "820042f801", "", ONE]),
    ]
}
