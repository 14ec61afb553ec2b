//! Exhibits: sound that is neither silence nor the tone, and papers of an invented country.

/// Sound that is not silence and not the tone.
pub fn noise(len: usize, salt: u32) -> Vec<u8> {
    (0..len as u32).map(|n| ((n ^ salt).wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = id.to_vec();
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
    out.resize(out.len() + body.len() % 2, 0);
    out
}

/// 8-bit PCM, one channel, 4 kHz, with a comment that must not leave.
pub fn wav(seconds: u32) -> Vec<u8> {
    let mut fmt = Vec::new();
    fmt.extend(1u16.to_le_bytes());
    fmt.extend(1u16.to_le_bytes());
    fmt.extend(4000u32.to_le_bytes());
    fmt.extend(4000u32.to_le_bytes());
    fmt.extend(1u16.to_le_bytes());
    fmt.extend(8u16.to_le_bytes());
    let list = [&b"INFO"[..], &chunk(b"ICMT", b"call with LIN MUCHUAN")].concat();
    let sound = noise(4000 * seconds as usize, 1);
    let body = [&b"WAVE"[..], &chunk(b"fmt ", &fmt), &chunk(b"LIST", &list), &chunk(b"data", &sound)].concat();
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
}

/// AMR-NB at 4.75 kbit/s.
pub fn amr(seconds: usize) -> Vec<u8> {
    let mut out = b"#!AMR\n".to_vec();
    for n in 0..seconds * 50 {
        out.push(0x04);
        out.extend(noise(12, n as u32 * 31));
    }
    out
}

/// Layer III, one channel, 44.1 kHz, 32 kbit/s: 104 bytes and 1,152 samples a frame, behind a tag that must not leave.
pub fn mp3(frames: u32) -> Vec<u8> {
    let mut out = b"ID3\x04\0\0\0\0\0\x15call with LIN MUCHUAN".to_vec();
    for n in 0..frames {
        out.extend([0xff, 0xfb, 0x10, 0xc0]);
        // main_data_begin 0 in nine bits, then what is no sync word.
        out.extend([0, 0]);
        out.extend(noise(98, n * 131 + 7).iter().map(|byte| byte & 0x7f));
    }
    out
}

/// AAC in ADTS, one channel, 16 kHz.
pub fn adts(frames: u32) -> Vec<u8> {
    let mut out = Vec::new();
    for n in 0..frames {
        let unit = noise(60 + n as usize % 50, n * 31 + 3);
        let frame = unit.len() + 7;
        out.extend([0xff, 0xf1, 0x60, 0x40, (frame >> 3) as u8, ((frame & 7) as u8) << 5 | 0x1f, 0xfc]);
        out.extend(unit);
    }
    out
}

/// FLAC, one channel, 8 kHz, 8 bits, samples as they are: 1,000 a frame.
pub fn flac(frames: u8) -> Vec<u8> {
    let sum = |bytes: &[u8], poly: u32, width: u32| {
        let step = |sum: u32| if sum >> (width - 1) & 1 == 1 { sum << 1 ^ poly } else { sum << 1 };
        bytes.iter().fold(0u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte) << (width - 8), |sum, _| step(sum)))
    };
    let mut out = b"fLaC\0\0\0\x22\x03\xe8\x03\xe8\0\0\x07\0\x04\0\x01\xf4\0\x70\0\0\0\0".to_vec();
    out.extend([0xd5; 16]);
    out.extend(b"\x84\0\0\x15call with LIN MUCHUAN");
    for n in 0..frames {
        let mut frame = vec![0xff, 0xf8, 0x74, 0x02, n, 0x03, 0xe7];
        frame.push(sum(&frame, 7, 8) as u8);
        frame.push(2);
        frame.extend(noise(1_000, u32::from(n) * 1_009 + 5));
        frame.extend((sum(&frame, 0x8005, 16) as u16).to_be_bytes());
        out.extend(frame);
    }
    out
}

/// A call log.
pub const CALLS: &str = "date,with,seconds\n2026-02-01,A,12\n2026-02-02,LIN MUCHUAN,340\n2026-02-03,A,8\n";

/// A letter, handed over whole.
pub const LETTER: &str = "Ministry of Concord of Oster\n\nSir,\nyour troubles will disappear if you return.\n";
