//! Every limit that the parent sets to a worker, in one place.
//!
//! Keeps: each a named constant; memory and CPU are kept by the worker's fences, the rest here.
//! Does not know: what is read.

use std::time::Duration;

use casemate_ports::worker::{MAX_HIDDEN, MAX_PART_BYTES, MAX_PARTS, MAX_PASSAGES, MAX_PIXELS, MAX_SAMPLES, MAX_TEXT};

/// Address space of a reader, bytes.
const READ_MEMORY: u64 = 2 << 30;
/// CPU seconds of a reader.
const READ_CPU: u64 = 60;
/// Wall time of a reader.
const READ_WALL: Duration = Duration::from_secs(180);
/// Longest exhibit that is read as a document, bytes (sealing has no such limit).
const READ_INPUT: u64 = 512 << 20;
/// CPU seconds of drawing a page.
const DRAW_CPU: u64 = 20;
/// Wall time of drawing a page.
const DRAW_WALL: Duration = Duration::from_secs(60);
/// Address space of reading pictures: the models, a page, what is computed on the way.
const OCR_MEMORY: u64 = 3 << 30;
/// CPU seconds of reading pictures, before the first.
const OCR_CPU_BASE: u64 = 30;
/// CPU seconds of reading one picture, at most.
const OCR_CPU_PER_PAGE: u64 = 60;
/// How much longer than its CPU time it may take by the clock.
const OCR_WALL_FACTOR: u64 = 4;
/// CPU seconds of auditing a document: each page is drawn.
const AUDIT_CPU: u64 = 1200;
/// Wall time of auditing a document.
const AUDIT_WALL: Duration = Duration::from_secs(3600);
/// Longest sound that is decoded, bytes.
const DECODE_INPUT: u64 = 4 << 30;
/// CPU seconds of decoding.
const DECODE_CPU: u64 = 1200;
/// Wall time of decoding.
const DECODE_WALL: Duration = Duration::from_secs(3600);
/// Address space of the speech engine with its model, bytes.
const SPEECH_MEMORY: u64 = 8 << 30;
/// CPU seconds of transcription for each second of sound, at most.
const SPEECH_CPU_PER_SECOND: u64 = 20;
/// CPU seconds of transcription before the first second of sound.
const SPEECH_CPU_BASE: u64 = 300;
/// Longest PCM handed to the speech engine, bytes: what [`MAX_SAMPLES`] come to.
const SPEECH_INPUT: u64 = MAX_SAMPLES * 2;

/// What one job may take and give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space, bytes.
    pub memory: u64,
    /// CPU seconds.
    pub cpu_seconds: u64,
    /// From start to end.
    pub wall: Duration,
    /// Bytes of the exhibit.
    pub input: u64,
    /// Passages.
    pub passages: u64,
    /// Bytes of text.
    pub text: u64,
    /// Embedded files.
    pub parts: u64,
    /// Bytes of embedded files.
    pub part_bytes: u64,
    /// Samples, all channels together.
    pub samples: u64,
    /// Pixels of a page.
    pub pixels: u64,
    /// Hidden things.
    pub hidden: u64,
}

impl Limits {
    /// For reading documents, mail, chats and the metadata of sound.
    #[must_use]
    pub fn reading() -> Self {
        Self {
            memory: READ_MEMORY,
            cpu_seconds: READ_CPU,
            wall: READ_WALL,
            input: READ_INPUT,
            passages: MAX_PASSAGES,
            text: MAX_TEXT,
            parts: MAX_PARTS,
            part_bytes: MAX_PART_BYTES,
            samples: 0,
            pixels: 0,
            hidden: 0,
        }
    }

    /// For decoding sound.
    #[must_use]
    pub fn decoding() -> Self {
        let (cpu_seconds, wall) = (DECODE_CPU, DECODE_WALL);
        Self { cpu_seconds, wall, input: DECODE_INPUT, passages: 0, samples: MAX_SAMPLES, ..Self::reading() }
    }

    /// For drawing a page.
    #[must_use]
    pub fn drawing() -> Self {
        let (cpu_seconds, wall) = (DRAW_CPU, DRAW_WALL);
        Self { cpu_seconds, wall, passages: 0, parts: 0, part_bytes: 0, pixels: MAX_PIXELS, ..Self::reading() }
    }

    /// For telling where the letters of a page are.
    #[must_use]
    pub fn placing() -> Self {
        let (cpu_seconds, wall) = (DRAW_CPU, DRAW_WALL);
        Self { cpu_seconds, wall, parts: 0, part_bytes: 0, ..Self::reading() }
    }

    /// For reading the text in a picture, or on `pages` pages.
    #[must_use]
    pub fn recognising(pages: u64) -> Self {
        let cpu_seconds = pages.saturating_mul(OCR_CPU_PER_PAGE).saturating_add(OCR_CPU_BASE);
        let wall = Duration::from_secs(cpu_seconds.saturating_mul(OCR_WALL_FACTOR));
        Self { memory: OCR_MEMORY, cpu_seconds, wall, parts: 0, part_bytes: 0, ..Self::reading() }
    }

    /// For telling what a document holds that nobody sees.
    #[must_use]
    pub fn auditing() -> Self {
        let (cpu_seconds, wall) = (AUDIT_CPU, AUDIT_WALL);
        Self { cpu_seconds, wall, passages: 0, parts: 0, part_bytes: 0, hidden: MAX_HIDDEN, ..Self::reading() }
    }

    /// For transcribing `duration_ms` milliseconds of sound.
    #[must_use]
    pub fn transcribing(duration_ms: u64) -> Self {
        let seconds = duration_ms / 1000;
        let cpu_seconds = seconds.saturating_mul(SPEECH_CPU_PER_SECOND).saturating_add(SPEECH_CPU_BASE);
        Self {
            memory: SPEECH_MEMORY,
            cpu_seconds,
            wall: Duration::from_secs(cpu_seconds.saturating_mul(2)),
            input: SPEECH_INPUT,
            parts: 0,
            part_bytes: 0,
            ..Self::reading()
        }
    }
}
