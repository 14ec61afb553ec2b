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

/// A call log.
pub const CALLS: &str = "date,with,seconds\n2026-02-01,A,12\n2026-02-02,LIN MUCHUAN,340\n2026-02-03,A,8\n";

/// A letter, handed over whole.
pub const LETTER: &str = "Ministry of Concord of Oster\n\nSir,\nyour troubles will disappear if you return.\n";
