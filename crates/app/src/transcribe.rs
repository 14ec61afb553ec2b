//! Transcription: a recording decoded by one worker, heard by the speech engine in another, finished chapter by chapter.
//!
//! Keeps: what was finished before a stop is a derivative of its own, from which the next run goes on; the engine's
//! draft is never changed by a later one. Does not know: models, codecs.

use crate::AppError;
use crate::catalogue::{Exhibit, what};
use crate::progress::{Stage, Watch};
use crate::reading::{About, NotRead, derive, interrupted, is_unread, load};
use crate::session::{Lend, Session};
use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::reading::{Passage, ReadFinding, Reading, Severity};
use casemate_ports::worker::{DecodeJob, Job, SoundFormat, TranscribeJob};
use casemate_vault::ObjectReader;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Samples a second that the engine hears.
const RATE: u32 = 16_000;
/// Batches of samples between decoder and engine.
const BATCHES: usize = 16;
/// How often a running transcript is made safe.
const SAVE_EVERY: Duration = Duration::from_secs(60);
/// Beam of the engine.
const BEAM: u8 = 5;
/// Longest recording whose length is not known, for the engine's limits, in milliseconds.
const UNKNOWN_MS: u64 = 4 * 3_600_000;

/// What a transcription came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TranscribeReply {
    /// Recordings finished now.
    pub transcribed: u64,
    /// Recordings that gave no transcript, or not a whole one.
    pub not_transcribed: Vec<NotRead>,
    /// Whether it was stopped: the next run goes on.
    pub stopped: bool,
    /// Milliseconds that each recording took.
    #[serde(skip)]
    pub(crate) took: BTreeMap<u64, u64>,
}

/// Transcribes the recordings named, or all that have no transcript.
///
/// # Errors
/// The vault's, or a program that does not start.
pub fn transcribe(case: &impl Lend, exhibits: &[u64], watch: &Watch<'_>) -> Result<TranscribeReply, AppError> {
    let mut reply = TranscribeReply::default();
    let wanted = |e: &&Exhibit| {
        let recording = e.newest(what::READING).and_then(About::of).is_some_and(|a| a.kind == "recording");
        recording && e.newest(what::TRANSCRIPT).is_none() && (exhibits.is_empty() || exhibits.contains(&e.number))
    };
    let numbers: Vec<u64> = case.with(|s| s.catalogue.exhibits().filter(wanted).map(|e| e.number).collect());
    for number in numbers {
        if watch.stopped() {
            reply.stopped = true;
            break;
        }
        let began = Instant::now();
        let done = one(case, number, watch, &mut reply);
        reply.took.insert(number, u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
        match done {
            Err(AppError::Stopped) => reply.stopped = true,
            other => other?,
        }
    }
    Ok(reply)
}

/// What a recording's transcription begins with.
struct Begun {
    decoder: Program,
    engine: Program,
    reader: ObjectReader,
    source: String,
    duration: Option<u64>,
    hearing: Hearing,
}

fn begin(session: &Session, number: u64) -> Result<Option<Begun>, AppError> {
    let program = |p: &Option<Program>, name| p.clone().ok_or(AppError::NoProgram(name));
    let exhibit = session.catalogue.number(number).ok_or(AppError::NotRead(number))?;
    let Some(sealed) = &exhibit.sealed else { return Ok(None) };
    let (passages, until_ms) = finished(session, exhibit)?;
    Ok(Some(Begun {
        decoder: program(&session.tools.worker, "casemate-worker")?,
        engine: program(&session.tools.speech, "casemate-speech")?,
        reader: session.vault.read(&sealed.object)?,
        source: session.catalogue.origin(exhibit),
        duration: exhibit.newest(what::READING).and_then(About::of).and_then(|a| a.duration_ms),
        hearing: Hearing { passages, until_ms, saved: Instant::now(), threads: session.tools.threads },
    }))
}

fn one(case: &impl Lend, number: u64, watch: &Watch<'_>, reply: &mut TranscribeReply) -> Result<(), AppError> {
    let Some(begun) = case.with(|session| begin(session, number))? else { return Ok(()) };
    let Begun { decoder, engine, reader, source, duration, hearing: mut heard } = begun;
    watch.tell(Stage::Transcribing, heard.until_ms, duration, Some(number));
    let Some(mut reading) = heard.run(case, (decoder, engine), reader, (number, duration), watch)? else {
        heard.save(case, number)?;
        return Err(AppError::Stopped);
    };
    reading.passages = heard.passages;
    reading.duration_ms = reading.duration_ms.or(duration);
    case.with(|session| {
        let act = derive(session, number, what::TRANSCRIPT, &reading, None)?;
        session.append(vec![act])
    })?;
    reply.transcribed += 1;
    if is_unread(&reading.findings) {
        reply.not_transcribed.push(NotRead { exhibit: number, source, findings: reading.findings });
    }
    Ok(())
}

/// What an interrupted run finished, and up to where.
fn finished(session: &Session, exhibit: &Exhibit) -> Result<(Vec<Passage>, u64), AppError> {
    let Some(part) = exhibit.newest(what::TRANSCRIPT_PART) else { return Ok((Vec::new(), 0)) };
    let until = About::of(part).and_then(|a| a.until_ms).unwrap_or(0);
    Ok((load(session, part)?.passages, until))
}

struct Hearing {
    passages: Vec<Passage>,
    until_ms: u64,
    saved: Instant,
    threads: u8,
}

/// What the decoder hands on.
enum Sound {
    Format(SoundFormat),
    Samples(Vec<u8>),
}

/// Samples as the engine's input.
struct Pipe {
    from: Receiver<Sound>,
    rest: std::io::Cursor<Vec<u8>>,
}

impl Read for Pipe {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let n = self.rest.read(out)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            match self.from.recv() {
                Ok(Sound::Samples(bytes)) => self.rest = std::io::Cursor::new(bytes),
                Ok(Sound::Format(_)) => {}
                Err(_) => return Ok(0),
            }
        }
    }
}

impl Hearing {
    /// Runs decoder and engine; `None` where it was stopped.
    fn run(
        &mut self,
        case: &impl Lend,
        (decoder, engine): (Program, Program),
        mut reader: ObjectReader,
        (number, duration): (u64, Option<u64>),
        watch: &Watch<'_>,
    ) -> Result<Option<Reading>, AppError> {
        std::thread::scope(|scope| {
            let (send, from) = sync_channel(BATCHES);
            let decoding = scope.spawn(move || decode(&decoder, &mut reader, watch, &send));
            let format = match from.recv() {
                Ok(Sound::Format(format)) => Some(format),
                _ => None,
            };
            let heard = match format {
                Some(format) => {
                    let pipe = Pipe { from, rest: std::io::Cursor::default() };
                    self.listen(case, &engine, pipe, format, (number, duration), watch)
                }
                None => {
                    drop(from);
                    Ok(None)
                }
            };
            // The channel is closed by now, so the decoder ends too.
            let decoded = decoding.join().unwrap_or(Err(MediaError::Cancelled));
            merge(heard, decoded, watch)
        })
    }

    fn listen(
        &mut self,
        case: &impl Lend,
        engine: &Program,
        mut pipe: Pipe,
        format: SoundFormat,
        (number, duration): (u64, Option<u64>),
        watch: &Watch<'_>,
    ) -> Result<Option<Outcome>, AppError> {
        let job = Job::Transcribe(TranscribeJob {
            rate: RATE,
            channels: format.channels,
            language: None,
            among: Vec::new(),
            beam: BEAM,
            threads: self.threads.max(1),
            prompt: None,
            resume_from_ms: self.until_ms,
        });
        let limits = Limits::transcribing(duration.unwrap_or(UNKNOWN_MS));
        let mut failed = None;
        let mut fresh: Vec<Passage> = Vec::new();
        let outcome = run_job(engine, &job, &mut pipe, &limits, watch.stop, &mut |event| match event {
            Event::Passages(batch) => fresh.extend_from_slice(batch),
            Event::Progress(p) => {
                // A chapter is finished: only now do its passages count.
                if p.done > self.until_ms {
                    self.passages.append(&mut fresh);
                    self.until_ms = p.done;
                }
                watch.tell(Stage::Transcribing, p.done, duration, Some(number));
                if self.saved.elapsed() >= SAVE_EVERY && failed.is_none() {
                    failed = self.save(case, number).err();
                }
            }
            _ => {}
        });
        if let Some(failed) = failed {
            return Err(failed);
        }
        match outcome {
            Ok(outcome) if interrupted(&outcome) => {
                self.save(case, number)?;
                Err(AppError::Stopped)
            }
            Ok(outcome) => {
                self.passages.append(&mut fresh);
                Ok(Some(outcome))
            }
            Err(MediaError::Cancelled) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Makes what is finished safe.
    fn save(&mut self, case: &impl Lend, number: u64) -> Result<(), AppError> {
        self.saved = Instant::now();
        if self.until_ms == 0 {
            return Ok(());
        }
        let reading = Reading {
            version: casemate_ports::reading::READING_VERSION,
            kind: casemate_ports::reading::Kind::Recording,
            media_type: String::new(),
            metadata: Vec::new(),
            duration_ms: None,
            passages: self.passages.clone(),
            parts: Vec::new(),
            findings: Vec::new(),
            tool: "casemate-speech".to_owned(),
            parameters: Vec::new(),
        };
        case.with(|session| {
            let act = derive(session, number, what::TRANSCRIPT_PART, &reading, Some(self.until_ms))?;
            session.append(vec![act])
        })?;
        Ok(())
    }
}

fn decode(
    decoder: &Program,
    reader: &mut ObjectReader,
    watch: &Watch<'_>,
    send: &SyncSender<Sound>,
) -> Result<Outcome, MediaError> {
    let job = Job::Decode(DecodeJob { rate: RATE, extension: None });
    // A closed channel means that nobody listens any more: the samples go nowhere and the job is soon over.
    run_job(decoder, &job, reader, &Limits::decoding(), watch.stop, &mut |event| match event {
        Event::Sound(format) => drop(send.send(Sound::Format(format))),
        Event::Samples(samples) => {
            let bytes = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
            drop(send.send(Sound::Samples(bytes)));
        }
        _ => {}
    })
}

/// The reading of both: the engine's, with what the decoder could not do.
fn merge(
    heard: Result<Option<Outcome>, AppError>,
    decoded: Result<Outcome, MediaError>,
    watch: &Watch<'_>,
) -> Result<Option<Reading>, AppError> {
    let heard = heard?;
    if watch.stopped() {
        return Ok(None);
    }
    let decoded = match decoded {
        Ok(outcome) if interrupted(&outcome) => return Ok(None),
        Ok(outcome) => outcome,
        Err(MediaError::Cancelled) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let mut reading = heard.map_or_else(|| decoded.reading.clone(), |outcome| outcome.reading);
    let mut findings = decoded.reading.findings;
    if decoded.sound.is_none_or(|(_, samples)| samples == 0) {
        let detail = "no sound could be decoded".to_owned();
        findings.push(ReadFinding { id: "no-sound".into(), severity: Severity::Unread, detail });
    }
    for finding in findings {
        if !reading.findings.contains(&finding) {
            reading.findings.push(finding);
        }
    }
    Ok(Some(reading))
}
