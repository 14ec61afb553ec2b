//! The worker protocol (version 1): one job, one process; asked over stdin, answered over stdout, as a stream of
//! length-prefixed frames. The format is written down in `docs/format/worker.md`.
//!
//! Keeps: a frame is never longer than [`MAX_FRAME`], and reading one never takes more memory than bytes arrived;
//! every count has a named limit, which the sender keeps and the receiver checks (`casemate-media`).
//! Does not know: processes, fences, what a reader does with the bytes.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::hidden::Hidden;
use crate::reading::{Kind, Part, Passage, ReadFinding};

mod pages;
pub use pages::{AuditJob, DrawJob, LettersJob, RecogniseJob};

/// Version of the protocol, said in [`Hello`]; the parent refuses any other.
pub const PROTOCOL: u32 = 1;
/// Longest payload of a frame, in bytes.
pub const MAX_FRAME: usize = 4 << 20;
/// What an honest sender puts into one frame of raw bytes.
pub const CHUNK: usize = 64 << 10;
/// Longest text of one passage, in bytes of UTF-8; longer ones are split by the worker.
pub const MAX_PASSAGE_TEXT: usize = 64 << 10;
/// Most words with times in one passage.
pub const MAX_WORDS: usize = 8192;
/// Most words with places in one passage.
pub const MAX_MARKS: usize = 16_384;
/// Most passages in one frame.
pub const MAX_BATCH: usize = 1024;
/// Most passages of one job.
pub const MAX_PASSAGES: u64 = 2_000_000;
/// Most bytes of text in all passages of one job.
pub const MAX_TEXT: u64 = 512 << 20;
/// Most embedded files of one job.
pub const MAX_PARTS: u64 = 4096;
/// Most bytes of embedded files of one job.
pub const MAX_PART_BYTES: u64 = 1 << 30;
/// Most samples of one job, all channels together (48 hours at 16 kHz in two channels).
pub const MAX_SAMPLES: u64 = 48 * 3600 * 16_000 * 2;
/// Most pixels of a page's picture.
pub const MAX_PIXELS: u64 = 32 << 20;
/// Widest picture of a page, pixels.
pub const MAX_WIDTH: u16 = 4000;
/// Bytes of a pixel: red, green, blue.
pub const PIXEL_BYTES: u64 = 3;
/// Most pairs of metadata.
pub const MAX_METADATA: usize = 2048;
/// Longest name or value of metadata, name of a part, MIME type, finding's detail, in bytes.
pub const MAX_FIELD: usize = 16 << 10;
/// Most hidden things of one job.
pub const MAX_HIDDEN: u64 = 20_000;
/// Longest words of one hidden thing, bytes.
pub const MAX_HIDDEN_WORDS: usize = 8 << 10;
/// Most findings of one job.
pub const MAX_FINDINGS: usize = 1024;
/// Deepest nesting of [`crate::reading::Place::Part`].
pub const MAX_PLACE_DEPTH: usize = 8;
/// Most channels of sound that are kept apart; more are mixed down to one.
pub const MAX_CHANNELS: u8 = 2;

/// Environment of a worker: most bytes of address space it may take.
pub const ENV_MEMORY: &str = "CASEMATE_WORKER_MEMORY";
/// Environment of a worker: most CPU seconds it may take.
pub const ENV_CPU: &str = "CASEMATE_WORKER_CPU";
/// Environment of a worker: most bytes of input it may spool.
pub const ENV_SPOOL: &str = "CASEMATE_WORKER_SPOOL";

/// What a worker is to do with the bytes that follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// Tell what it is and read its text, metadata and embedded files.
    Read(ReadJob),
    /// Decode sound to 16-bit PCM; answered with [`Answer::Sound`] and [`Answer::Samples`].
    Decode(DecodeJob),
    /// Turn 16-bit little-endian interleaved PCM into passages with words.
    Transcribe(TranscribeJob),
    /// Draw a page; answered with [`Answer::Picture`] and [`Answer::Pixels`].
    Draw(DrawJob),
    /// Tell where each letter of a page is drawn: a passage each, with its rectangle on the page as it is drawn. What is
    /// drawn and can't be read (a picture, a curve, a letter without characters) is a passage without text.
    Letters(LettersJob),
    /// Tell what a document holds that nobody sees; answered with [`Answer::Hidden`].
    Audit(AuditJob),
    /// Read the text in a picture, or on those pages of a document that have none worth having (OCR): passages with marks,
    /// page after page, and progress in pages. The models' place is an argument of the program.
    Recognise(RecogniseJob),
}

/// Parameters of [`Job::Read`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadJob {
    /// The extension of the file's name without its dot, lower case: a tie-break between kinds of text, no more.
    pub extension: Option<String>,
}

/// Parameters of [`Job::Decode`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecodeJob {
    /// Samples a second and channel wanted, 8,000 to 48,000.
    pub rate: u32,
    /// The extension of the file's name, as in [`ReadJob`].
    pub extension: Option<String>,
}

/// Parameters of [`Job::Transcribe`]. The model's place is an argument of the program (the parent trusts it and the
/// fences must know it); everything that shapes the text is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscribeJob {
    /// Samples a second and channel of the bytes that follow (16,000).
    pub rate: u32,
    /// Channels, interleaved: 1 to [`MAX_CHANNELS`].
    pub channels: u8,
    /// BCP 47 tag when it is known; told from the sound, for each segment, when absent.
    pub language: Option<String>,
    /// Languages that may be told apart; empty for all.
    pub among: Vec<String>,
    /// Beam size; 0 for the engine's default.
    pub beam: u8,
    /// Threads; 0 for the engine's default.
    pub threads: u8,
    /// Words that help the spelling (names), not remembered elsewhere.
    pub prompt: Option<String>,
    /// Start of what isn't transcribed yet, milliseconds from the start of the recording. The bytes that follow are
    /// the whole recording all the same, so that segments fall where they fell before.
    pub resume_from_ms: u64,
}

/// First answer of every worker, sent before any byte of the exhibit is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The program and its version, the engines and theirs.
    pub tool: String,
    /// The fences round it.
    pub fences: Vec<Fence>,
}

/// One fence round a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fence {
    /// Stable name (`seccomp`, `landlock`, `memory` …).
    pub name: String,
    /// Whether a worker refuses to work without it.
    pub required: bool,
    /// Whether it stands.
    pub granted: bool,
    /// The fact behind it: a limit, an ABI, the error.
    pub detail: String,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// Units done (bytes, or milliseconds of sound); never falls.
    pub done: u64,
    /// Units in all, when known.
    pub total: Option<u64>,
}

/// What the source is; at most once in a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What it is.
    pub kind: Kind,
    /// MIME type told from content.
    pub media_type: String,
    /// Name and value, in the source's order.
    pub metadata: Vec<(String, String)>,
    /// Milliseconds, of a recording.
    pub duration_ms: Option<u64>,
    /// What shaped the result, sorted by name.
    pub parameters: Vec<(String, String)>,
}

/// The shape of the samples that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoundFormat {
    /// Samples a second and channel.
    pub rate: u32,
    /// Channels in [`Answer::Samples`], interleaved: 1 to [`MAX_CHANNELS`].
    pub channels: u8,
    /// Samples a second in the source.
    pub source_rate: u32,
    /// Channels in the source.
    pub source_channels: u16,
}

/// The shape of the pixels that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureFormat {
    /// Which page, from 1.
    pub page: u32,
    /// Pages of the source.
    pub pages: u32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Width and height of the page in hundredths of a point; of a picture, of its pixels.
    pub points: Option<[u32; 2]>,
}

impl PictureFormat {
    /// Bytes of its pixels.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height) * PIXEL_BYTES
    }
}

/// Last answer: what was sent, so that a cut stream can't pass for a whole one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// Passages sent.
    pub passages: u64,
    /// Parts sent.
    pub parts: u64,
    /// Bytes of parts sent.
    pub part_bytes: u64,
    /// Samples sent, all channels together.
    pub samples: u64,
    /// Findings sent.
    pub findings: u64,
    /// Bytes of pixels sent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pixel_bytes: u64,
    /// Hidden things sent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hidden: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// From the parent to the worker: one job, its bytes, the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// What to do; first.
    Job(Job),
    /// Bytes of the exhibit.
    Bytes(Vec<u8>),
    /// No more bytes.
    End,
}

/// From the worker to the parent: [`Answer::Hello`] first, [`Answer::Done`] last.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Who answers, behind which fences.
    Hello(Hello),
    /// How far.
    Progress(Progress),
    /// What it is.
    About(About),
    /// A batch, in reading order.
    Passages(Vec<Passage>),
    /// An embedded file begins; its bytes follow, `size` of them exactly.
    Part(Part),
    /// Bytes of the part begun last.
    PartBytes(Vec<u8>),
    /// Samples follow.
    Sound(SoundFormat),
    /// Whole frames, channels interleaved.
    Samples(Vec<i16>),
    /// The pixels of a page follow.
    Picture(PictureFormat),
    /// Red, green, blue, row after row from the top.
    Pixels(Vec<u8>),
    /// What a document holds that nobody sees.
    Hidden(Vec<Hidden>),
    /// What could not be read, or was odd.
    Finding(ReadFinding),
    /// The end.
    Done(Done),
}

/// Why a stream of frames ends early.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe failed.
    #[error("pipe: {0}")]
    Io(#[from] io::Error),
    /// The stream ended inside a frame.
    #[error("the stream ends inside a frame")]
    Cut,
    /// The frame announces more than [`MAX_FRAME`].
    #[error("a frame of {0} bytes, limit {MAX_FRAME}")]
    TooLong(u32),
    /// No such frame in this direction.
    #[error("unknown frame {0:#04x}")]
    Unknown(u8),
    /// The payload is not what the frame's kind says.
    #[error("frame {kind:#04x}: {why}")]
    Malformed {
        /// The frame's kind byte.
        kind: u8,
        /// What was wrong, without its content.
        why: &'static str,
    },
}

mod kind {
    pub const JOB: u8 = 0x01;
    pub const BYTES: u8 = 0x02;
    pub const END: u8 = 0x03;
    pub const HELLO: u8 = 0x10;
    pub const PROGRESS: u8 = 0x11;
    pub const ABOUT: u8 = 0x12;
    pub const PASSAGES: u8 = 0x13;
    pub const PART: u8 = 0x14;
    pub const PART_BYTES: u8 = 0x15;
    pub const SOUND: u8 = 0x16;
    pub const SAMPLES: u8 = 0x17;
    pub const FINDING: u8 = 0x18;
    pub const PICTURE: u8 = 0x19;
    pub const PIXELS: u8 = 0x1a;
    pub const HIDDEN: u8 = 0x1b;
    pub const DONE: u8 = 0x1f;
}

impl Ask {
    /// Writes the frame.
    ///
    /// # Errors
    /// [`FrameError`]: the pipe's, or `TooLong`.
    pub fn write(&self, to: &mut impl Write) -> Result<(), FrameError> {
        match self {
            Self::Job(job) => write_json(to, kind::JOB, job),
            Self::Bytes(bytes) => write_frame(to, kind::BYTES, bytes),
            Self::End => write_frame(to, kind::END, &[]),
        }
    }

    /// Writes bytes of the exhibit without copying them.
    ///
    /// # Errors
    /// As [`Ask::write`].
    pub fn write_bytes(to: &mut impl Write, bytes: &[u8]) -> Result<(), FrameError> {
        write_frame(to, kind::BYTES, bytes)
    }

    /// Reads the next frame, `None` at the end of the stream.
    ///
    /// # Errors
    /// [`FrameError`], every variant.
    pub fn read(from: &mut impl Read) -> Result<Option<Self>, FrameError> {
        let Some((kind, payload)) = read_frame(from)? else {
            return Ok(None);
        };
        Ok(Some(match kind {
            kind::JOB => Self::Job(parse(kind, &payload)?),
            kind::BYTES => Self::Bytes(payload),
            kind::END => empty(kind, &payload).map(|()| Self::End)?,
            other => return Err(FrameError::Unknown(other)),
        }))
    }
}

impl Answer {
    /// Writes the frame.
    ///
    /// # Errors
    /// [`FrameError`]: the pipe's, or `TooLong`.
    pub fn write(&self, to: &mut impl Write) -> Result<(), FrameError> {
        match self {
            Self::Hello(x) => write_json(to, kind::HELLO, x),
            Self::Progress(x) => write_json(to, kind::PROGRESS, x),
            Self::About(x) => write_json(to, kind::ABOUT, x),
            Self::Passages(x) => write_json(to, kind::PASSAGES, x),
            Self::Part(x) => write_json(to, kind::PART, x),
            Self::PartBytes(x) => write_frame(to, kind::PART_BYTES, x),
            Self::Sound(x) => write_json(to, kind::SOUND, x),
            Self::Samples(x) => {
                let bytes: Vec<u8> = x.iter().flat_map(|s| s.to_le_bytes()).collect();
                write_frame(to, kind::SAMPLES, &bytes)
            }
            Self::Picture(x) => write_json(to, kind::PICTURE, x),
            Self::Pixels(x) => write_frame(to, kind::PIXELS, x),
            Self::Hidden(x) => write_json(to, kind::HIDDEN, x),
            Self::Finding(x) => write_json(to, kind::FINDING, x),
            Self::Done(x) => write_json(to, kind::DONE, x),
        }
    }

    /// Reads the next frame, `None` at the end of the stream. Checks the form of one frame; the order and the limits
    /// of the whole answer are the receiver's to check.
    ///
    /// # Errors
    /// [`FrameError`], every variant.
    pub fn read(from: &mut impl Read) -> Result<Option<Self>, FrameError> {
        let Some((kind, payload)) = read_frame(from)? else {
            return Ok(None);
        };
        Ok(Some(match kind {
            kind::HELLO => Self::Hello(parse(kind, &payload)?),
            kind::PROGRESS => Self::Progress(parse(kind, &payload)?),
            kind::ABOUT => Self::About(parse(kind, &payload)?),
            kind::PASSAGES => Self::Passages(parse(kind, &payload)?),
            kind::PART => Self::Part(parse(kind, &payload)?),
            kind::PART_BYTES => Self::PartBytes(payload),
            kind::SOUND => Self::Sound(parse(kind, &payload)?),
            kind::SAMPLES => Self::Samples(samples(&payload)?),
            kind::PICTURE => Self::Picture(parse(kind, &payload)?),
            kind::PIXELS => Self::Pixels(payload),
            kind::HIDDEN => Self::Hidden(parse(kind, &payload)?),
            kind::FINDING => Self::Finding(parse(kind, &payload)?),
            kind::DONE => Self::Done(parse(kind, &payload)?),
            other => return Err(FrameError::Unknown(other)),
        }))
    }
}

fn samples(payload: &[u8]) -> Result<Vec<i16>, FrameError> {
    let (pairs, rest) = payload.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(FrameError::Malformed { kind: kind::SAMPLES, why: "half a sample" });
    }
    Ok(pairs.iter().map(|p| i16::from_le_bytes(*p)).collect())
}

fn empty(kind: u8, payload: &[u8]) -> Result<(), FrameError> {
    if payload.is_empty() { Ok(()) } else { Err(FrameError::Malformed { kind, why: "payload where there is none" }) }
}

fn parse<T: DeserializeOwned>(kind: u8, payload: &[u8]) -> Result<T, FrameError> {
    serde_json::from_slice(payload).map_err(|_| FrameError::Malformed { kind, why: "not the JSON of this frame" })
}

fn write_json<T: Serialize>(to: &mut impl Write, kind: u8, value: &T) -> Result<(), FrameError> {
    let payload = serde_json::to_vec(value).map_err(io::Error::from)?;
    write_frame(to, kind, &payload)
}

/// A frame: payload length (u32, little-endian), kind (one byte), payload.
fn write_frame(to: &mut impl Write, kind: u8, payload: &[u8]) -> Result<(), FrameError> {
    let len = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    if payload.len() > MAX_FRAME {
        return Err(FrameError::TooLong(len));
    }
    to.write_all(&len.to_le_bytes())?;
    to.write_all(&[kind])?;
    to.write_all(payload)?;
    Ok(())
}

fn read_frame(from: &mut impl Read) -> Result<Option<(u8, Vec<u8>)>, FrameError> {
    let mut head = [0u8; 5];
    let mut have = 0;
    while let Some(room) = head.get_mut(have..).filter(|r| !r.is_empty()) {
        match from.read(room) {
            Ok(0) if have == 0 => return Ok(None),
            Ok(0) => return Err(FrameError::Cut),
            Ok(n) => have += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e.into()),
        }
    }
    let [a, b, c, d, kind] = head;
    let len = u32::from_le_bytes([a, b, c, d]);
    if len as usize > MAX_FRAME {
        return Err(FrameError::TooLong(len));
    }
    // Grows with what arrives, so a lie about the length costs nothing.
    let mut payload = Vec::new();
    let got = from.take(u64::from(len)).read_to_end(&mut payload)?;
    if got != len as usize {
        return Err(FrameError::Cut);
    }
    Ok(Some((kind, payload)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hidden::Hiding;
    use crate::reading::{Mark, Place, Severity, Word};

    fn answers() -> Vec<Answer> {
        vec![
            Answer::Hello(Hello {
                protocol: PROTOCOL,
                tool: "casemate-worker 0.1.0".into(),
                fences: vec![Fence {
                    name: "seccomp".into(),
                    required: true,
                    granted: true,
                    detail: "2 filters".into(),
                }],
            }),
            Answer::About(About {
                kind: Kind::Recording,
                media_type: "audio/wav".into(),
                metadata: vec![("rate".into(), "8000".into())],
                duration_ms: Some(1500),
                parameters: Vec::new(),
            }),
            Answer::Progress(Progress { done: 3, total: None }),
            Answer::Passages(vec![Passage {
                place: Place::Part { name: "a".into(), inside: Box::new(Place::Lines { first: 1, last: 2 }) },
                text: "地產 \u{1}".into(),
                language: Some("zh".into()),
                speaker: None,
                when: None,
                words: vec![Word { at: 0, chars: 2, start_ms: 5, end_ms: 9, confidence: 1000 }],
                marks: vec![Mark { at: 0, chars: 2, rect: [1, 2, 3, 4], confidence: 7 }],
            }]),
            Answer::Part(Part { name: "x.pdf".into(), media_type: "application/pdf".into(), size: 3 }),
            Answer::PartBytes(vec![0, 255, 7]),
            Answer::Sound(SoundFormat { rate: 16000, channels: 1, source_rate: 8000, source_channels: 1 }),
            Answer::Samples(vec![i16::MIN, -1, 0, i16::MAX]),
            Answer::Finding(ReadFinding { id: "truncated".into(), severity: Severity::Partial, detail: "d".into() }),
            Answer::Picture(PictureFormat { page: 1, pages: 1, width: 1, height: 1, points: Some([59_500, 84_200]) }),
            Answer::Pixels(vec![1, 2, 3]),
            Answer::Hidden(vec![Hidden {
                how: Hiding::Covered,
                page: Some(2),
                rect: Some([1, 2, 3, 4]),
                words: "地產".into(),
                count: 2,
            }]),
            Answer::Done(Done {
                passages: 1,
                parts: 1,
                part_bytes: 3,
                samples: 4,
                findings: 1,
                pixel_bytes: 3,
                hidden: 1,
            }),
        ]
    }

    #[test]
    fn every_answer_comes_back_as_it_was() {
        let mut wire = Vec::new();
        for a in answers() {
            a.write(&mut wire).unwrap();
        }
        let mut from = wire.as_slice();
        let mut back = Vec::new();
        while let Some(a) = Answer::read(&mut from).unwrap() {
            back.push(a);
        }
        assert_eq!(back, answers());
    }

    #[test]
    fn every_ask_comes_back_as_it_was() {
        let asks = [
            Ask::Job(Job::Read(ReadJob { extension: Some("eml".into()) })),
            Ask::Job(Job::Audit(AuditJob {})),
            Ask::Job(Job::Decode(DecodeJob { rate: 16000, extension: None })),
            Ask::Bytes(vec![1, 2, 3]),
            Ask::End,
        ];
        let mut wire = Vec::new();
        for a in &asks {
            a.write(&mut wire).unwrap();
        }
        let mut from = wire.as_slice();
        for a in &asks {
            assert_eq!(Ask::read(&mut from).unwrap().as_ref(), Some(a));
        }
        assert!(Ask::read(&mut from).unwrap().is_none());
    }

    #[test]
    fn every_cut_is_named_and_no_cut_reads_as_whole() {
        let mut wire = Vec::new();
        let whole = answers();
        for a in &whole {
            a.write(&mut wire).unwrap();
        }
        for cut in 0..wire.len() {
            let mut from = wire.get(..cut).unwrap();
            let mut n = 0;
            loop {
                match Answer::read(&mut from) {
                    Ok(Some(_)) => n += 1,
                    Ok(None) | Err(FrameError::Cut) => break,
                    Err(e) => panic!("cut at {cut}: {e}"),
                }
            }
            assert!(n < whole.len(), "cut at {cut}");
        }
    }

    #[test]
    fn lies_are_refused() {
        let long = [0xff, 0xff, 0xff, 0xff, 0x10];
        assert!(matches!(Answer::read(&mut &long[..]), Err(FrameError::TooLong(u32::MAX))));
        let unknown = [0, 0, 0, 0, 0x77];
        assert!(matches!(Answer::read(&mut &unknown[..]), Err(FrameError::Unknown(0x77))));
        let half = [1, 0, 0, 0, 0x17, 9];
        assert!(matches!(Answer::read(&mut &half[..]), Err(FrameError::Malformed { kind: 0x17, .. })));
        // An ask is no answer, and the other way round.
        let mut wire = Vec::new();
        Ask::End.write(&mut wire).unwrap();
        assert!(matches!(Answer::read(&mut wire.as_slice()), Err(FrameError::Unknown(0x03))));
        // JSON that isn't UTF-8, has a field too many, or nests without end.
        for body in [&b"{\"id\":\"\xff\"}"[..], br#"{"done":1,"total":2,"more":3}"#, &[b'['; 4000][..]] {
            let mut wire = Vec::new();
            write_frame(&mut wire, 0x11, body).unwrap();
            assert!(matches!(Answer::read(&mut wire.as_slice()), Err(FrameError::Malformed { kind: 0x11, .. })));
        }
        assert!(matches!(Ask::write_bytes(&mut Vec::new(), &vec![0; MAX_FRAME + 1]), Err(FrameError::TooLong(_))));
    }
}
