//! Opus packets (RFC 6716 §3) and the identification header (RFC 7845 §5.1): durations, and padding taken out.
//!
//! Keeps: a packet whose frames do not fill it exactly is none; padding (where extensions such as DRED carry *past*
//! speech) comes out whole and goes back byte for byte; what stays decodes to the same sound.
//! Does not know: what a frame sounds like, what an extension means, containers.

/// Samples of each channel in a second: Opus counts in 48 kHz whatever it was made from.
pub(crate) const RATE: u32 = 48_000;
/// Most samples of a packet: 120 ms.
pub(crate) const MAX_PACKET_SAMPLES: u32 = 5_760;
/// Longest frame, in bytes.
const MAX_FRAME: usize = 1_275;
/// Length of an identification header with mapping family 0.
const HEAD_LEN: usize = 19;
const HEAD_MAGIC: &[u8] = b"OpusHead";
/// First bytes of a comment header.
pub(crate) const TAGS_MAGIC: &[u8] = b"OpusTags";
/// Frame count code of a packet of any number of frames.
const CODE_ANY: u8 = 3;
/// In the frame count byte: frames have lengths of their own.
const VBR: u8 = 0x80;
/// In the frame count byte: padding follows.
const PADDED: u8 = 0x40;
const COUNT: u8 = 0x3f;
/// A length byte that adds 254 bytes of padding and goes on.
const PADDING_GOES_ON: u8 = 255;
/// Bytes before the lengths of the padding: table of contents, frame count.
const BEFORE_PADDING: usize = 2;

/// What playing needs of the identification header, mapping family 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) channels: u8,
    /// Samples at the start that are decoded and not played.
    pub(crate) pre_skip: u16,
    /// Output gain as the header has it: the 16 bits of a signed number, 1/256 dB.
    pub(crate) gain: u16,
}

impl Head {
    /// Reads a header; none for another version or for a mapping of more than one stream.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(HEAD_MAGIC).filter(|_| bytes.len() == HEAD_LEN)?;
        let [version, channels, skip_low, skip_high, _, _, _, _, gain_low, gain_high, family] = *rest else {
            return None;
        };
        (version == 1 && (1..=2).contains(&channels) && family == 0).then_some(Self {
            channels,
            pre_skip: u16::from_le_bytes([skip_low, skip_high]),
            gain: u16::from_le_bytes([gain_low, gain_high]),
        })
    }

    /// The header of the playable copy; the rate of the recorder is not told.
    pub(crate) fn encode(self) -> Vec<u8> {
        let mut out = HEAD_MAGIC.to_vec();
        out.extend_from_slice(&[1, self.channels]);
        out.extend_from_slice(&self.pre_skip.to_le_bytes());
        out.extend_from_slice(&RATE.to_le_bytes());
        out.extend_from_slice(&self.gain.to_le_bytes());
        out.push(0);
        out
    }
}

/// A packet's duration and where its padding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    /// Samples of each channel, at 48 kHz.
    pub(crate) samples: u32,
    padding: Option<Padding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Padding {
    /// Bytes that say how much there is.
    lengths: usize,
    /// Bytes of padding at the packet's end.
    data: usize,
}

/// Samples of a frame, from the first byte (RFC 6716 table 2).
fn frame_samples(toc: u8) -> u32 {
    match toc >> 3 {
        config @ 0..=11 => [480, 960, 1_920, 2_880].get(usize::from(config & 3)).copied().unwrap_or(480),
        config @ 12..=15 => 480 << (config & 1),
        config => 120 << (config & 3),
    }
}

impl Packet {
    /// Reads a packet; none where RFC 6716 §3.4 forbids it.
    pub(crate) fn parse(packet: &[u8]) -> Option<Self> {
        let (&toc, rest) = packet.split_first()?;
        let one = frame_samples(toc);
        match toc & 3 {
            0 => fits(rest.len()).then_some(Self { samples: one, padding: None }),
            1 => (rest.len() % 2 == 0 && fits(rest.len() / 2)).then_some(Self { samples: one * 2, padding: None }),
            2 => {
                let (first, rest) = frame_len(rest)?;
                let second = rest.len().checked_sub(first)?;
                (fits(first) && fits(second)).then_some(Self { samples: one * 2, padding: None })
            }
            _ => Self::parse_any(one, rest),
        }
    }

    fn parse_any(one: u32, rest: &[u8]) -> Option<Self> {
        let (&count, rest) = rest.split_first()?;
        let frames = count & COUNT;
        let samples = one * u32::from(frames);
        if frames == 0 || samples > MAX_PACKET_SAMPLES {
            return None;
        }
        let padding = if count & PADDED == 0 { None } else { Some(padding_len(rest)?) };
        let (lengths, data) = padding.map_or((0, 0), |padding| (padding.lengths, padding.data));
        let mut rest = rest.get(lengths..rest.len().checked_sub(data)?)?;
        if count & VBR == 0 {
            let each = rest.len() / usize::from(frames);
            let even = rest.len() % usize::from(frames) == 0;
            return (even && fits(each)).then_some(Self { samples, padding });
        }
        let mut stated = 0usize;
        for _ in 1..frames {
            let (len, after) = frame_len(rest)?;
            stated = stated.checked_add(len)?;
            rest = after;
        }
        fits(rest.len().checked_sub(stated)?).then_some(Self { samples, padding })
    }

    /// Whether there is padding in it.
    pub(crate) fn is_padded(self) -> bool {
        self.padding.is_some()
    }

    /// Moves the padding out of `packet` into `padding`: the bytes that say how much, then the padding itself; empty
    /// where there is none.
    pub(crate) fn strip(self, packet: &mut Vec<u8>, padding: &mut Vec<u8>) {
        padding.clear();
        let Some(Padding { lengths, data }) = self.padding else { return };
        let body = packet.len().saturating_sub(data);
        let tail = packet.split_off(body);
        padding.extend(packet.drain(BEFORE_PADDING..BEFORE_PADDING.saturating_add(lengths).min(body)));
        padding.extend_from_slice(&tail);
        if let Some(count) = packet.get_mut(1) {
            *count &= !PADDED;
        }
    }
}

fn fits(frame: usize) -> bool {
    frame <= MAX_FRAME
}

/// The length of a frame that says so itself, and what follows.
fn frame_len(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [first @ 252..=255, second, rest @ ..] => Some((usize::from(*second) * 4 + usize::from(*first), rest)),
        [first @ 0..=251, rest @ ..] => Some((usize::from(*first), rest)),
        _ => None,
    }
}

/// How much padding the bytes at the front announce.
fn padding_len(bytes: &[u8]) -> Option<Padding> {
    let more = bytes.iter().take_while(|byte| **byte == PADDING_GOES_ON).count();
    let last = bytes.get(more)?;
    Some(Padding { lengths: more + 1, data: more * 254 + usize::from(*last) })
}

/// Whether `padding` is what [`Packet::strip`] takes out: lengths, and exactly as much as they say.
pub(crate) fn is_padding(padding: &[u8]) -> bool {
    padding_len(padding).is_some_and(|stated| stated.lengths + stated.data == padding.len())
}

/// Puts padding back: the inverse of [`Packet::strip`]. None if the packet can't have had it.
pub(crate) fn pad(packet: &mut Vec<u8>, padding: &[u8]) -> Option<()> {
    let stated = padding_len(padding).filter(|stated| stated.lengths + stated.data == padding.len())?;
    if packet.first()? & 3 != CODE_ANY || packet.get(1)? & PADDED != 0 {
        return None;
    }
    let (lengths, data) = padding.split_at(stated.lengths);
    packet.splice(BEFORE_PADDING..BEFORE_PADDING, lengths.iter().copied());
    packet.extend_from_slice(data);
    *packet.get_mut(1)? |= PADDED;
    Some(())
}

/// Padding of zeros, by all its bytes (lengths and zeros), as an encoder makes it; each total has one form.
pub(crate) fn zeros(total: usize) -> Option<Vec<u8>> {
    let more = total.checked_sub(1)? / 255;
    let last = u8::try_from((total - 1) % 255).ok()?;
    let mut padding = vec![PADDING_GOES_ON; more];
    padding.push(last);
    padding.resize(total, 0);
    Some(padding)
}

/// Whether padding, lengths apart, is all zeros.
pub(crate) fn is_zeros(padding: &[u8]) -> bool {
    padding_len(padding)
        .and_then(|stated| padding.get(stated.lengths..))
        .is_some_and(|data| data.iter().all(|b| *b == 0))
}

/// A packet of silence: one CELT frame, full band, whose first symbol says "silence".
pub(crate) fn silence(samples: u32, channels: u8) -> [u8; 3] {
    // Configurations 28–31 are 2.5, 5, 10 and 20 ms.
    let config: u8 = match samples {
        960.. => 31,
        480.. => 30,
        240.. => 29,
        _ => 28,
    };
    [(config << 3) + (u8::from(channels == 2) << 2), 0xff, 0xfe]
}

/// The longest silence of one packet that fits; durations are multiples of 120 samples.
pub(crate) fn silence_samples(gap: u64) -> Option<u32> {
    [960u32, 480, 240, 120].into_iter().find(|samples| u64::from(*samples) <= gap)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn durations_by_the_first_byte() {
        let of = |packet: &[u8]| Packet::parse(packet).map(|packet| packet.samples);
        assert_eq!(of(&[0, 1]), Some(480));
        assert_eq!(of(&[3 << 3, 1]), Some(2_880));
        assert_eq!(of(&[13 << 3, 1]), Some(960));
        assert_eq!(of(&[28 << 3, 1]), Some(120));
        assert_eq!(of(&[31 << 3 | 1, 1, 2]), Some(1_920));
        assert_eq!(of(&[31 << 3 | 2, 1, 2]), Some(1_920));
        assert_eq!(of(&[31 << 3 | 3, 6, 1, 2, 3, 4, 5, 6]), Some(5_760));
        assert_eq!(of(&[31 << 3]), Some(960));
    }

    #[test]
    fn what_the_rfc_forbids() {
        let long = [&[31u8 << 3][..], &[0; 1_276]].concat();
        let odd = [&[31u8 << 3 | 1][..], &[0; 3]].concat();
        let refused: [&[u8]; 12] = [
            &[],
            &long,
            &odd,
            &[2],
            &[2, 252],
            &[2, 3, 1],
            &[3],
            &[3, 0],
            &[31 << 3 | 3, 7, 0],
            &[3, 2, 1],
            &[3, 0x42, 200, 1],
            &[3, 0x82, 5, 1],
        ];
        for packet in refused {
            assert_eq!(Packet::parse(packet), None, "{packet:?}");
        }
    }

    #[test]
    fn padding_comes_out_and_goes_back() {
        let mut cases: Vec<Vec<u8>> =
            vec![vec![3, 0x41, 0, 9], vec![3, 0x41, 2, 9, 0, 0], vec![3, 0xc2, 1, 1, 8, 9, 7]];
        // 254 bytes said in both ways, and more than one going on.
        cases.push([&[3, 0x41, 254, 9][..], &[5; 254]].concat());
        cases.push([&[3, 0x41, 255, 0, 9][..], &[0; 254]].concat());
        cases.push([&[3, 0x41, 255, 255, 3, 9][..], &[6; 511]].concat());
        for case in cases {
            let parsed = Packet::parse(&case).unwrap();
            let (mut packet, mut padding) = (case.clone(), Vec::new());
            parsed.strip(&mut packet, &mut padding);
            assert!(is_padding(&padding));
            let bare = Packet::parse(&packet).unwrap();
            assert_eq!((bare.samples, bare.padding), (parsed.samples, None));
            if is_zeros(&padding) {
                assert_eq!(zeros(padding.len()).unwrap(), padding);
            }
            pad(&mut packet, &padding).unwrap();
            assert_eq!(packet, case);
        }
        let mut plain = vec![0, 1, 2];
        let mut padding = vec![1];
        Packet::parse(&plain).unwrap().strip(&mut plain, &mut padding);
        assert!(padding.is_empty() && plain == [0, 1, 2]);
        assert_eq!(pad(&mut plain, &[0]), None);
        assert_eq!(pad(&mut vec![3, 1], &[1]), None);
        assert_eq!(pad(&mut vec![3, 0x41, 0], &[0]), None);
        assert_eq!(zeros(0), None);
        for total in 1..2_000 {
            let padding = zeros(total).unwrap();
            assert!(padding.len() == total && is_padding(&padding) && is_zeros(&padding));
        }
    }

    #[test]
    fn heads() {
        let head = Head { channels: 2, pre_skip: 312, gain: 0xff00 };
        let bytes = head.encode();
        assert_eq!(Head::parse(&bytes), Some(head));
        for (at, byte) in [(0, b'o'), (8, 2), (9, 0), (9, 3), (18, 1)] {
            let mut other = bytes.clone();
            other[at] = byte;
            assert_eq!(Head::parse(&other), None);
        }
        assert_eq!(Head::parse(&bytes[..18]), None);
        assert_eq!(Head::parse(&[&bytes[..], &[0]].concat()), None);
    }

    #[test]
    fn silence_fills_any_gap() {
        for samples in [120u32, 240, 480, 960] {
            for channels in [1, 2] {
                assert_eq!(Packet::parse(&silence(samples, channels)).unwrap().samples, samples);
            }
        }
        assert_eq!([silence_samples(0), silence_samples(119), silence_samples(600)], [None, None, Some(480)]);
    }
}
