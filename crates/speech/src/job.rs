//! The worker's side of [`Job::Transcribe`]: samples in, passages out, chapter by chapter.
//!
//! Keeps: passages of a chapter go out in one batch, followed by a progress that names the chapter's end: where a
//! resumed job may begin; memory holds one chapter.
//! Does not know: fences, arguments.

use std::io::{Read, Write};
use std::sync::Arc;

use casemate_ports::reading::{Kind, Passage, Place, ReadFinding, Severity};
use casemate_ports::worker::{
    About, Answer, Ask, Done, FrameError, Job, MAX_BATCH, MAX_CHANNELS, Progress, TranscribeJob,
};

use crate::chapter::{Chapter, Chapters};
use crate::engine::{BEAM, ENGINE, Engine, Hearing, MAX_BEAM};
use crate::error::SpeechError;
use crate::mel::RATE;
use crate::model::Model;
use crate::scribe::{self, Scribe, Settings};
use crate::vad::VadWeights;
use crate::{guard, tongue, voice};

/// Languages told apart where the parent asks for this model's usual ones.
pub const USUAL_LANGUAGES: [&str; 3] = ["zh", "en", "fr"];

/// The verified models.
pub struct Models {
    /// Speech.
    pub speech: Model,
    /// Voice activity.
    pub voice: Model,
}

/// Reads the first frame, which must be the job.
///
/// # Errors
/// [`SpeechError::Job`], [`SpeechError::Frame`].
pub fn read_job(from: &mut impl Read) -> Result<TranscribeJob, SpeechError> {
    let Some(Ask::Job(Job::Transcribe(job))) = Ask::read(from)? else {
        return Err(SpeechError::Job("the first frame is no transcription job"));
    };
    if job.rate as usize != RATE {
        return Err(SpeechError::Job("samples must come at 16000 a second"));
    }
    if job.channels == 0 || job.channels > MAX_CHANNELS {
        return Err(SpeechError::Job("channels must be 1 or 2"));
    }
    Ok(job)
}

/// Does the job: reads samples until the end, writes passages, findings and [`Answer::Done`].
///
/// # Errors
/// Every [`SpeechError`].
pub fn transcribe(
    job: &TranscribeJob,
    models: &Models,
    engine: &Engine,
    from: &mut impl Read,
    to: &mut impl Write,
) -> Result<(), SpeechError> {
    let settings = settings(job, engine)?;
    about(job, models, &settings).write(to)?;
    let weights = weights(&models.voice)?;
    let mut desk = Desk {
        chapters: Chapters::new(weights, job.channels),
        drafts: settings.languages.iter().filter(|l| models.speech.draft.contains(l)).cloned().collect(),
        scribe: Scribe::new(engine, settings),
        resume_from: job.resume_from_ms,
        done: Done::default(),
        draft: None,
    };
    let mut half = None;
    loop {
        match Ask::read(from)? {
            Some(Ask::Bytes(bytes)) => {
                desk.chapters.push(samples(&mut half, &bytes));
                while let Some(chapter) = desk.chapters.next_chapter() {
                    desk.write(&chapter, to)?;
                }
            }
            Some(Ask::End) => break,
            Some(Ask::Job(_)) => return Err(SpeechError::Job("a second job")),
            None => return Err(FrameError::Cut.into()),
        }
    }
    if let Some(chapter) = desk.chapters.finish() {
        desk.write(&chapter, to)?;
    }
    desk.close(to)
}

/// The weights of the voice detector.
///
/// # Errors
/// [`SpeechError::Weights`] and those of [`Model::bytes`].
pub fn weights(model: &Model) -> Result<Arc<VadWeights>, SpeechError> {
    let file = model.file_ending(".safetensors").ok_or(SpeechError::Weights("no safetensors in the voice model"))?;
    Ok(Arc::new(VadWeights::parse(&model.bytes(file)?)?))
}

struct Desk<'a> {
    chapters: Chapters,
    scribe: Scribe<'a>,
    drafts: Vec<String>,
    resume_from: u64,
    done: Done,
    /// The first language met of which the text is a draft.
    draft: Option<String>,
}

impl Desk<'_> {
    fn write(&mut self, chapter: &Chapter, to: &mut impl Write) -> Result<(), SpeechError> {
        let end = chapter.end() * 1000 / RATE as u64;
        if end > self.resume_from {
            let mut passages = self.scribe.write(chapter)?;
            passages.retain(|p| starts(p) >= self.resume_from);
            self.note_draft(&passages);
            for batch in passages.chunks(MAX_BATCH) {
                self.done.passages += batch.len() as u64;
                Answer::Passages(batch.to_vec()).write(to)?;
            }
        }
        Answer::Progress(Progress { done: end, total: None }).write(to)?;
        to.flush().map_err(FrameError::from)?;
        Ok(())
    }

    fn note_draft(&mut self, passages: &[Passage]) {
        if self.draft.is_none() {
            let mut met = passages.iter().filter_map(|p| p.language.as_ref());
            self.draft = met.find(|l| self.drafts.contains(l)).cloned();
        }
    }

    fn close(mut self, to: &mut impl Write) -> Result<(), SpeechError> {
        let odd = self.scribe.oddities();
        let ms = odd.wordless_samples * 1000 / RATE as u64;
        let notes = [
            (odd.same_channels, "channels-identical", Severity::Note, "chapters with one sound on both channels"),
            (odd.rejected, "text-rejected", Severity::Note, "texts written over what was hardly a voice"),
            (odd.cut_short, "text-cut-short", Severity::Partial, "windows with more words than the model may write"),
        ];
        for (count, id, severity, what) in notes {
            if count > 0 {
                self.find(id, severity, format!("{count} {what}"), to)?;
            }
        }
        if odd.wordless > 0 {
            let detail = format!("{} voices without words, {ms} ms in all", odd.wordless);
            self.find("voice-without-words", Severity::Partial, detail, to)?;
        }
        if odd.sparse > 0 {
            let first = odd.first_sparse.unwrap_or_default();
            let detail = format!("{} places with far too little text for their voice, first at {first} ms", odd.sparse);
            self.find("text-sparse", Severity::Partial, detail, to)?;
        }
        if let Some(language) = self.draft.take() {
            self.find("draft-transcript", Severity::Note, format!("this model's {language} is a draft"), to)?;
        }
        Answer::Done(self.done).write(to)?;
        to.flush().map_err(FrameError::from)?;
        Ok(())
    }

    fn find(&mut self, id: &str, severity: Severity, detail: String, to: &mut impl Write) -> Result<(), SpeechError> {
        self.done.findings += 1;
        Answer::Finding(ReadFinding { id: id.to_owned(), severity, detail }).write(to)?;
        Ok(())
    }
}

fn starts(passage: &Passage) -> u64 {
    match passage.place {
        Place::Time { start_ms, .. } => start_ms,
        _ => 0,
    }
}

/// Little-endian samples of bytes that may be cut anywhere; `half` keeps the odd byte.
fn samples<'b>(half: &'b mut Option<u8>, bytes: &'b [u8]) -> impl Iterator<Item = i16> + 'b {
    bytes.iter().filter_map(move |&byte| match half.take() {
        Some(low) => Some(i16::from_le_bytes([low, byte])),
        None => {
            *half = Some(byte);
            None
        }
    })
}

fn settings(job: &TranscribeJob, engine: &Engine) -> Result<Settings, SpeechError> {
    let primary = |tag: &String| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let mut languages: Vec<String> = match &job.language {
        Some(tag) => vec![primary(tag)],
        None if job.among.is_empty() => engine.languages().to_vec(),
        None => job.among.iter().map(primary).collect(),
    };
    if let Some(unknown) = languages.iter().find(|l| !engine.languages().contains(l)) {
        return Err(SpeechError::Language(unknown.clone()));
    }
    let mut seen = Vec::new();
    languages.retain(|l| {
        !seen.contains(l) && {
            seen.push(l.clone());
            true
        }
    });
    let beam = if job.beam == 0 { BEAM } else { usize::from(job.beam).min(MAX_BEAM) };
    let prompt = job.prompt.as_deref().map(|text| engine.prompt(text)).unwrap_or_default();
    Ok(Settings { languages, hearing: Hearing { beam, prompt } })
}

/// What shaped the text, for the derivative. The prompt's words are not told: they may be names.
fn about(job: &TranscribeJob, models: &Models, settings: &Settings) -> Answer {
    let hash = |model: &Model, file: &str| model.sha256(file).unwrap_or_default().to_owned();
    let voice_file = models.voice.file_ending(".safetensors").unwrap_or_default();
    let languages =
        if job.language.is_none() && job.among.is_empty() { "all".to_owned() } else { settings.languages.join(",") };
    let mut parameters: Vec<(String, String)> = [
        ("beam", settings.hearing.beam.to_string()),
        ("engine", ENGINE.to_owned()),
        ("language-change-cost", tongue::CHANGE_COST.to_string()),
        ("language-change-score", scribe::CLEARLY_BETTER.to_string()),
        ("languages", languages),
        ("model", format!("{} {}", models.speech.name, models.speech.version)),
        ("model-sha256", hash(&models.speech, "model.bin")),
        ("no-speech-threshold", guard::NO_SPEECH.to_string()),
        ("prompt-tokens", settings.hearing.prompt.len().to_string()),
        ("score-threshold", guard::POOR_SCORE.to_string()),
        ("voice-model", format!("{} {}", models.voice.name, models.voice.version)),
        ("voice-model-sha256", hash(&models.voice, voice_file)),
        ("voice-off", voice::OFF.to_string()),
        ("voice-on", voice::ON.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    parameters.sort();
    Answer::About(About {
        kind: Kind::Recording,
        media_type: "audio/L16".to_owned(),
        metadata: Vec::new(),
        duration_ms: None,
        parameters,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_cut_anywhere_are_joined() {
        let mut half = None;
        let mut all: Vec<i16> = samples(&mut half, &[1]).collect();
        all.extend(samples(&mut half, &[0, 0xff]));
        all.extend(samples(&mut half, &[0xff, 2, 0]));
        assert_eq!((all, half), (vec![1, -1, 2], None));
    }

    #[test]
    fn other_jobs_are_refused() {
        let mut wire = Vec::new();
        Ask::End.write(&mut wire).unwrap();
        assert!(matches!(read_job(&mut wire.as_slice()), Err(SpeechError::Job(_))));
        assert!(matches!(read_job(&mut &[][..]), Err(SpeechError::Job(_))));
        for (rate, channels) in [(8_000, 1), (16_000, 0), (16_000, 3)] {
            let job = TranscribeJob {
                rate,
                channels,
                language: None,
                among: Vec::new(),
                beam: 0,
                threads: 0,
                prompt: None,
                resume_from_ms: 0,
            };
            let mut wire = Vec::new();
            Ask::Job(Job::Transcribe(job)).write(&mut wire).unwrap();
            assert!(matches!(read_job(&mut wire.as_slice()), Err(SpeechError::Job(_))));
        }
    }
}
