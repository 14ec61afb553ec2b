//! Sound: what a recording is, and its samples.
//!
//! Keeps: damage is a finding with the time at which it stands; decoding goes on behind it.
//! Does not know: words.

use std::fs::File;
use std::io;

use casemate_fence::{ReplyError, Spool};
use casemate_ports::reading::{Kind, Severity};
use casemate_ports::worker::About;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::{MetadataOptions, RawValue};

use crate::amr::{self, Frames};
use crate::opencore::Decoders;
use crate::out::{Out, Read, about, trouble, unread};
use crate::pcm::Pcm;
use crate::silk;

/// Longest AMR recording, bytes; it is held in memory (about 70 hours).
const MAX_AMR: u64 = 512 << 20;
/// Damaged packets after which a recording is given up.
const MAX_DAMAGED: u64 = 10_000;
/// Milliseconds of an AMR frame.
const FRAME_MS: u64 = 20;
/// How often progress is told, milliseconds of sound.
const TELL_MS: u64 = 10_000;
/// Most tags of a recording.
const MAX_TAGS: usize = 256;

/// What it is: codec, rate, channels, duration, tags; nothing is decoded.
pub fn describe(mut spool: Spool, media_type: &str, decoders: &Decoders, out: &mut Out) -> Read {
    if media_type == silk::TYPE {
        return silk::describe(spool, out);
    }
    let Some(bytes) = amr_bytes(&mut spool, media_type, out)? else {
        return Ok(());
    };
    if let Some(frames) = amr_of(&bytes) {
        out.about(of_amr(&frames))?;
        if let Err(library) = decoders.start(frames.wide) {
            out.finding("decoder-missing", Severity::Partial, &format!("{library} is not installed"))?;
        }
        return damage_of_amr(&frames, out);
    }
    drop(bytes);
    let Some((mut format, track)) = open(spool, media_type, out)? else {
        return Ok(());
    };
    let mut about = of_track(&track, media_type);
    about.metadata.extend(tags(format.as_mut()));
    if about.duration_ms.is_none() {
        about.duration_ms = walk(format.as_mut(), &track);
    }
    out.about(about)?;
    match decoder(&track) {
        Ok(_) => Ok(()),
        Err(name) => out.finding("decoder-missing", Severity::Partial, &format!("no decoder for {name}")),
    }
}

/// Its samples, 16 bits, at `rate`.
pub fn decode(mut spool: Spool, media_type: &str, rate: u32, decoders: &Decoders, out: &mut Out) -> Read {
    if media_type == silk::TYPE {
        return silk::decode(spool, rate, out);
    }
    let Some(bytes) = amr_bytes(&mut spool, media_type, out)? else {
        return Ok(());
    };
    if let Some(frames) = amr_of(&bytes) {
        return decode_amr(&frames, rate, decoders, out);
    }
    drop(bytes);
    let Some((mut format, track)) = open(spool, media_type, out)? else {
        return Ok(());
    };
    out.about(of_track(&track, media_type))?;
    match decoder(&track) {
        Ok(mut decoder) => decode_track(format.as_mut(), track.id, decoder.as_mut(), rate, out),
        Err(name) => out.finding("decoder-missing", Severity::Unread, &format!("no decoder for {name}")),
    }
}

/// The whole of what may be AMR; empty for what is not, `None` when that was told already.
fn amr_bytes(spool: &mut Spool, media_type: &str, out: &mut Out) -> Result<Option<Vec<u8>>, ReplyError> {
    if !matches!(media_type, "audio/amr" | "audio/amr-wb" | "audio/mp4") || spool.len() > MAX_AMR {
        return Ok(Some(Vec::new()));
    }
    match spool.all() {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) => trouble(out, "scratch-failed", &e.to_string()).map(|()| None),
    }
}

fn amr_of(bytes: &[u8]) -> Option<Frames<'_>> {
    amr::raw(bytes).or_else(|| amr::container(bytes))
}

fn of_amr(frames: &Frames<'_>) -> About {
    let (name, rate, media_type) =
        if frames.wide { ("AMR-WB", "16000", "audio/amr-wb") } else { ("AMR-NB", "8000", "audio/amr") };
    let pairs = [("codec", name), ("rate", rate), ("channels", "1")];
    let metadata = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
    About { duration_ms: Some(frames.frames.len() as u64 * FRAME_MS), ..about(Kind::Recording, media_type, metadata) }
}

fn damage_of_amr(frames: &Frames<'_>, out: &mut Out) -> Read {
    if frames.frames.is_empty() {
        out.finding("empty", Severity::Unread, "no frame of sound")?;
    }
    if frames.cut {
        trouble(out, "truncated", "the last frame is cut, or lies outside the file")?;
    }
    let bad = frames.frames.iter().filter(|(_, good)| !good).count();
    if frames.odd > 0 || bad > 0 {
        let detail = format!("{} bytes are no frame, {bad} frames are marked bad", frames.odd);
        trouble(out, "sound-damaged", &detail)?;
    }
    Ok(())
}

fn decode_amr(frames: &Frames<'_>, rate: u32, decoders: &Decoders, out: &mut Out) -> Read {
    out.about(of_amr(frames))?;
    let mut decoder = match decoders.start(frames.wide) {
        Ok(decoder) => decoder,
        Err(library) => {
            return out.finding("decoder-missing", Severity::Unread, &format!("{library} is not installed"));
        }
    };
    let source = if frames.wide { 16_000 } else { 8000 };
    let Some(mut pcm) = Pcm::start(source, 1, rate, out)? else {
        return out.finding("rate-unknown", Severity::Unread, "a rate that can't be made");
    };
    let mut samples = Vec::new();
    let total = frames.frames.len() as u64 * FRAME_MS;
    for batch in frames.frames.chunks(50) {
        samples.clear();
        for (frame, good) in batch {
            decoder.frame(frame, !good, &mut samples);
        }
        let floats: Vec<f32> = samples.iter().map(|s| f32::from(*s) / 32_768.0).collect();
        pcm.push(&floats, out)?;
        if pcm.given_ms() % TELL_MS < 50 * FRAME_MS {
            out.progress(pcm.given_ms(), Some(total))?;
        }
    }
    pcm.finish(out)?;
    damage_of_amr(frames, out)
}

/// The spooled file. Its length is told, for asking the system is behind the fence.
struct Whole {
    file: File,
    len: u64,
}

impl io::Read for Whole {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        io::Read::read(&mut self.file, buffer)
    }
}

impl io::Seek for Whole {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        io::Seek::seek(&mut self.file, to)
    }
}

impl MediaSource for Whole {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.len)
    }
}

type Opened = (Box<dyn FormatReader>, Track);

fn open(spool: Spool, media_type: &str, out: &mut Out) -> Result<Option<Opened>, ReplyError> {
    let len = spool.len();
    let file: File = match spool.into_file() {
        Ok(file) => file,
        Err(e) => return trouble(out, "scratch-failed", &e.to_string()).map(|()| None),
    };
    let stream = MediaSourceStream::new(Box::new(Whole { file, len }), Default::default());
    let mut hint = Hint::new();
    hint.mime_type(media_type);
    let (formats, tags) = (FormatOptions::default(), MetadataOptions::default());
    let format = match symphonia::default::get_probe().probe(&hint, stream, formats, tags) {
        Ok(format) => format,
        Err(e) => {
            let id = match e {
                Error::Unsupported(_) => "unsupported-format",
                Error::IoError(_) => "truncated",
                _ => "malformed",
            };
            return unread(out, Kind::Recording, media_type, id, &fact(&e)).map(|()| None);
        }
    };
    let Some(track) = format.default_track(TrackType::Audio).cloned() else {
        return unread(out, Kind::Recording, media_type, "no-sound", "no track of sound").map(|()| None);
    };
    Ok(Some((format, track)))
}

/// What failed. symphonia's words are fixed ones of its own; they quote nothing.
fn fact(e: &Error) -> String {
    match e {
        Error::IoError(_) => "it ends too early".to_owned(),
        Error::DecodeError(why) | Error::Unsupported(why) | Error::LimitError(why) => (*why).to_owned(),
        Error::SeekError(_) => "a place that can't be reached".to_owned(),
        Error::ResetRequired => "it changes its shape in the middle".to_owned(),
        _ => "it can't be read".to_owned(),
    }
}

fn decoder(track: &Track) -> Result<Box<dyn AudioDecoder>, String> {
    let params = track.codec_params.as_ref().and_then(|p| p.audio()).ok_or("an unknown codec")?;
    let mut registry = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut registry);
    registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    registry.make_audio_decoder(params, &AudioDecoderOptions::default()).map_err(|_| codec(track, &registry))
}

fn codec(track: &Track, registry: &CodecRegistry) -> String {
    let Some(params) = track.codec_params.as_ref().and_then(|p| p.audio()) else {
        return "an unknown codec".to_owned();
    };
    let known = registry.get_audio_decoder(params.codec).map(|d| d.codec.info.short_name.to_owned());
    known.unwrap_or_else(|| format!("codec {}", params.codec))
}

fn of_track(track: &Track, media_type: &str) -> About {
    let mut registry = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut registry);
    registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    let mut metadata = vec![("codec".to_owned(), codec(track, &registry))];
    if let Some(params) = track.codec_params.as_ref().and_then(|p| p.audio()) {
        metadata.extend(params.sample_rate.map(|r| ("rate".to_owned(), r.to_string())));
        metadata.extend(params.channels.as_ref().map(|c| ("channels".to_owned(), c.count().to_string())));
        metadata.extend(params.bits_per_sample.map(|b| ("bits".to_owned(), b.to_string())));
    }
    let time = track.time_base.zip(track.duration).and_then(|(base, duration)| base.calc_duration(duration));
    let duration_ms = time.and_then(|t| u64::try_from(t.as_millis()).ok()).filter(|d| *d <= 1000 * 3_600_000);
    About { duration_ms, ..about(Kind::Recording, media_type, metadata) }
}

fn tags(format: &mut dyn FormatReader) -> Vec<(String, String)> {
    let mut metadata = format.metadata();
    let Some(revision) = metadata.skip_to_latest() else {
        return Vec::new();
    };
    // Bytes are no words: keys of players, manifests.
    let words = revision.media.tags.iter().filter(|t| !matches!(t.raw.value, RawValue::Binary(_)));
    let tags = words.take(MAX_TAGS);
    tags.map(|t| (t.raw.key.clone(), t.raw.value.to_string())).collect()
}

/// The duration where the header doesn't tell it: every packet's, added up.
fn walk(format: &mut dyn FormatReader, track: &Track) -> Option<u64> {
    let mut ticks = 0u64;
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id == track.id {
            ticks = ticks.saturating_add(packet.dur.get());
        }
    }
    let time = track.time_base?.calc_duration(symphonia::core::units::Duration::from(ticks))?;
    u64::try_from(time.as_millis()).ok().filter(|d| *d <= 1000 * 3_600_000)
}

/// What decoding has come to.
#[derive(Default)]
struct Decoding {
    pcm: Option<Pcm>,
    damaged: u64,
    told_ms: u64,
}

/// How decoding goes on.
enum Next {
    Packet,
    End(Option<Error>),
}

fn decode_track(
    format: &mut dyn FormatReader,
    track: u32,
    decoder: &mut dyn AudioDecoder,
    rate: u32,
    out: &mut Out,
) -> Read {
    let mut state = Decoding::default();
    let mut samples: Vec<f32> = Vec::new();
    let ended = loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break None,
            Err(e) => break Some(e),
        };
        if packet.track_id != track {
            continue;
        }
        samples.clear();
        let next = match decoder.decode(&packet) {
            Ok(buffer) => {
                buffer.copy_to_vec_interleaved(&mut samples);
                let (from, channels) = (buffer.spec().rate(), buffer.spec().channels().count());
                state.heard(&samples, from, channels, rate, out)?
            }
            Err(e @ (Error::DecodeError(_) | Error::IoError(_))) => state.damaged(e, out)?,
            Err(e) => Next::End(Some(e)),
        };
        if let Next::End(why) = next {
            break why;
        }
    };
    let silent = state.pcm.is_none() && state.damaged == 0 && ended.is_none();
    if let Some(pcm) = state.pcm {
        pcm.finish(out)?;
    }
    if let Some(e) = ended {
        let id = if matches!(e, Error::IoError(_)) { "truncated" } else { "sound-damaged" };
        trouble(out, id, &fact(&e))?;
    }
    if silent && out.findings() == 0 {
        out.finding("empty", Severity::Unread, "no sample of sound")?;
    }
    Ok(())
}

impl Decoding {
    fn heard(
        &mut self,
        samples: &[f32],
        from: u32,
        channels: usize,
        rate: u32,
        out: &mut Out,
    ) -> Result<Next, ReplyError> {
        if samples.is_empty() {
            return Ok(Next::Packet);
        }
        let stream = match &mut self.pcm {
            Some(stream) if stream.is(from, channels) => stream,
            Some(_) => {
                trouble(out, "sound-changes", "rate or channels change in the middle; the rest was left unread")?;
                return Ok(Next::End(None));
            }
            None => match Pcm::start(from, channels, rate, out)? {
                Some(started) => self.pcm.insert(started),
                None => {
                    out.finding("rate-unknown", Severity::Unread, "a rate that can't be made")?;
                    return Ok(Next::End(None));
                }
            },
        };
        stream.push(samples, out)?;
        if stream.given_ms() >= self.told_ms + TELL_MS {
            self.told_ms = stream.given_ms();
            out.progress(self.told_ms, None)?;
        }
        Ok(Next::Packet)
    }

    fn damaged(&mut self, e: Error, out: &mut Out) -> Result<Next, ReplyError> {
        self.damaged += 1;
        if self.damaged == 1 {
            let at = self.pcm.as_ref().map_or(0, Pcm::given_ms);
            trouble(out, "sound-damaged", &format!("first at {at} ms: {}", fact(&e)))?;
        }
        Ok(if self.damaged > MAX_DAMAGED { Next::End(Some(e)) } else { Next::Packet })
    }
}
