//! SILK v3: voice notes of WeChat, QQ and old Skype, whatever their name ends in: a mark, then packets with their length.
//!
//! Keeps: a packet that can't be decoded is silence as long as a packet, told with the time at which the first stands.
//! Does not know: how packets are decoded (see below it).

mod books;
mod decoder;
mod fixed;
mod range;
mod spectrum;
mod tables;
mod voiced;

use casemate_fence::Spool;
use casemate_ports::reading::{Kind, Severity};
use casemate_ports::worker::About;

use crate::out::{Out, Read, about, trouble};
use crate::pcm::Pcm;
use decoder::Decoder;

/// Its media type, by which it is told from other sound.
pub const TYPE: &str = "audio/silk";
/// The mark; WeChat writes a byte before it.
pub const MARK: &[u8] = b"#!SILK_V3";
/// Longest file, bytes: some hours.
const MAX_FILE: u64 = 64 << 20;
/// Milliseconds of a packet that can't be decoded where none before it could.
const PACKET_MS: usize = 20;
/// Length that stands where a file ends.
const END: u16 = 0xffff;
/// Longest packet, bytes: five frames.
const MAX_PACKET: u16 = 5 * 1024;
/// How often progress is told, milliseconds of sound.
const TELL_MS: u64 = 10_000;
/// The rate that its fastest packets have, kHz.
const FASTEST: usize = 24;

/// The packets of a file.
struct Packets<'b> {
    rest: &'b [u8],
    /// Whether it ends within a packet, or with bytes that are no length.
    cut: bool,
}

impl<'b> Packets<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(&[2]).unwrap_or(bytes);
        Some(Self { rest: bytes.strip_prefix(MARK)?, cut: false })
    }
}

impl<'b> Iterator for Packets<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let Some((len, rest)) = self.rest.split_first_chunk::<2>() else {
            self.cut |= !self.rest.is_empty();
            return None;
        };
        let len = u16::from_le_bytes(*len);
        if len == END {
            self.rest = &[];
            return None;
        }
        match rest.split_at_checked(usize::from(len)).filter(|_| len <= MAX_PACKET) {
            Some((packet, rest)) => {
                self.rest = rest;
                Some(packet)
            }
            None => {
                self.cut = true;
                self.rest = &[];
                None
            }
        }
    }
}

/// All samples of a file at one rate.
struct Decoded {
    khz: usize,
    samples: Vec<i16>,
    damaged: u64,
    /// Where the first damaged packet stands, milliseconds.
    first: usize,
    cut: bool,
}

fn decoded(bytes: &[u8]) -> Option<Decoded> {
    let mut packets = Packets::of(bytes)?;
    let (mut decoder, mut frame, mut last_ms) = (Decoder::default(), Vec::new(), PACKET_MS);
    let mut all = Decoded { khz: 0, samples: Vec::new(), damaged: 0, first: 0, cut: false };
    for packet in packets.by_ref() {
        frame.clear();
        let khz = decoder.packet(packet, &mut frame);
        let own = khz.unwrap_or(if all.khz == 0 { FASTEST } else { all.khz });
        if khz.is_none() {
            frame.clear();
            frame.resize(last_ms * own, 0);
            if all.damaged == 0 {
                all.first = all.samples.len() / own.max(1);
            }
            // A packet without bytes is a pause, not damage.
            all.damaged += u64::from(!packet.is_empty());
        }
        last_ms = frame.len() / own.max(1);
        if all.khz == 0 {
            all.khz = own;
        }
        if own > all.khz {
            all.samples = faster(&all.samples, all.khz, own);
            all.khz = own;
        }
        match own == all.khz {
            true => all.samples.extend_from_slice(&frame),
            false => all.samples.extend(faster(&frame, own, all.khz)),
        }
    }
    all.cut = packets.cut;
    Some(all)
}

/// Samples at a higher rate, on straight lines between them: where a file changes its rate.
fn faster(samples: &[i16], from: usize, to: usize) -> Vec<i16> {
    let len = samples.len() * to / from.max(1);
    let at = |place: usize| samples.get(place).or(samples.last()).map_or(0.0, |sample| f32::from(*sample));
    let made = (0..len).map(|place| {
        let (whole, part) = (place * from / to, (place * from % to) as f32 / to as f32);
        (at(whole) * (1.0 - part) + at(whole + 1) * part).round() as i16
    });
    made.collect()
}

fn of_file(decoded: &Decoded) -> About {
    let rate = (decoded.khz.max(1) * 1000).to_string();
    let pairs = [("codec", "SILK v3"), ("rate", rate.as_str()), ("channels", "1")];
    let metadata = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let duration_ms = u64::try_from(decoded.samples.len() / decoded.khz.max(1)).ok();
    About { duration_ms, ..about(Kind::Recording, TYPE, metadata) }
}

fn told(decoded: &Decoded, out: &mut Out) -> Read {
    if decoded.samples.is_empty() {
        out.finding("empty", Severity::Unread, "no packet of sound")?;
    }
    if decoded.cut {
        trouble(out, "truncated", "it ends within a packet")?;
    }
    if decoded.damaged > 0 {
        let detail =
            format!("first at {} ms: {} packets can't be decoded and are silence", decoded.first, decoded.damaged);
        trouble(out, "sound-damaged", &detail)?;
    }
    Ok(())
}

fn open(mut spool: Spool, out: &mut Out) -> Result<Option<Decoded>, casemate_fence::ReplyError> {
    if spool.len() > MAX_FILE {
        let detail = format!("{} bytes, limit {MAX_FILE} for this kind", spool.len());
        return crate::out::unread(out, Kind::Recording, TYPE, "too-large", &detail).map(|()| None);
    }
    let bytes = match spool.all() {
        Ok(bytes) => bytes,
        Err(e) => return trouble(out, "scratch-failed", &e.to_string()).map(|()| None),
    };
    let decoded = decoded(&bytes);
    if decoded.is_none() {
        crate::out::unread(out, Kind::Recording, TYPE, "malformed", "its mark is damaged")?;
    }
    Ok(decoded)
}

/// What it is: codec, rate, duration.
pub fn describe(spool: Spool, out: &mut Out) -> Read {
    let Some(decoded) = open(spool, out)? else { return Ok(()) };
    out.about(of_file(&decoded))?;
    told(&decoded, out)
}

/// Its samples, 16 bits, at `rate`.
pub fn decode(spool: Spool, rate: u32, out: &mut Out) -> Read {
    let Some(decoded) = open(spool, out)? else { return Ok(()) };
    sound(&decoded, rate, out)
}

fn sound(decoded: &Decoded, rate: u32, out: &mut Out) -> Read {
    out.about(of_file(decoded))?;
    if decoded.samples.is_empty() {
        return told(decoded, out);
    }
    let source = u32::try_from(decoded.khz * 1000).unwrap_or(24_000);
    let Some(mut pcm) = Pcm::start(source, 1, rate, out)? else {
        return out.finding("rate-unknown", Severity::Unread, "a rate that can't be made");
    };
    let mut next = TELL_MS;
    for chunk in decoded.samples.chunks(decoded.khz * 1000) {
        let floats: Vec<f32> = chunk.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
        pcm.push(&floats, out)?;
        if pcm.given_ms() >= next {
            next += TELL_MS;
            out.progress(pcm.given_ms(), None)?;
        }
    }
    pcm.finish(out)?;
    told(decoded, out)
}

#[cfg(test)]
mod tests;
