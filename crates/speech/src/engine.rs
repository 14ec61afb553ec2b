//! The speech model: Whisper run by CTranslate2 in int8. Hears a window of one language and gives timed characters.
//!
//! Keeps: sound is followed by three seconds of silence and no more, so that a short window costs what it is long
//! (the encoder takes any length; with less silence it stammers); what stammers all the same is heard again in the
//! full thirty seconds.
//! Does not know: chapters, channels, passages.

use std::collections::HashMap;

use ct2rs::sys::{self, StorageView, WhisperOptions};
use ct2rs::{ComputeType, Config, Device};

use crate::error::SpeechError;
use crate::guard::{self, Repetition};
use crate::mel::{BANDS, HOP, LogMel, MAX_FRAMES};
use crate::model::Model;
use crate::tokens::{self, Speller, Timed, Token};

/// The engine and its version, as it stands in derivatives.
pub const ENGINE: &str = "CTranslate2 4.8.4 (ct2rs 0.10.3), int8, ruy";
/// Beam size where the job names none.
pub const BEAM: usize = 5;
/// Largest beam size.
pub const MAX_BEAM: usize = 10;
/// Most threads.
pub const MAX_THREADS: usize = 16;
/// Frames of silence after the sound (3 s).
pub const SILENCE: usize = 300;
/// Most tokens of a prompt.
pub const MAX_PROMPT: usize = 200;
/// The model writes no more tokens of one window.
const MAX_TOKENS: usize = 224;
/// Width of the median filter over the attention, as the model's authors chose.
const MEDIAN: i64 = 7;
/// Phrases of so many tokens may not come twice in the last hearing of a window that loops.
const NO_REPEAT: usize = 5;

/// A loaded model.
pub struct Engine {
    whisper: sys::Whisper,
    mel: LogMel,
    marks: HashMap<String, usize>,
    languages: Vec<String>,
    speller: Option<Speller>,
}

/// What shapes a hearing.
#[derive(Clone, Debug)]
pub struct Hearing {
    /// Beam size.
    pub beam: usize,
    /// Tokens that go before.
    pub prompt: Vec<String>,
}

/// A window that the encoder has taken in.
pub struct Encoded {
    view: StorageView<'static>,
    frames: usize,
}

/// What was heard in a window.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Characters with times in the window.
    pub characters: Vec<Timed>,
    /// The same, joined.
    pub text: String,
    /// Mean natural logarithm of a token's probability.
    pub score: f32,
    /// Probability that there was no speech.
    pub no_speech: f32,
    /// The model had more to write than it may.
    pub cut_short: bool,
}

struct Take {
    tokens: Vec<String>,
    ids: Vec<usize>,
    score: f32,
    no_speech: f32,
    repetition: Repetition,
    dense: bool,
}

impl Engine {
    /// Loads a model that was opened, hence verified. `threads` 0 means one.
    ///
    /// # Errors
    /// [`SpeechError::Engine`], [`SpeechError::File`], [`SpeechError::Mismatch`], [`SpeechError::Manifest`].
    pub fn load(model: &Model, threads: usize) -> Result<Self, SpeechError> {
        ct2rs::set_log_level(ct2rs::LogLevel::Off);
        let vocabulary: Vec<String> = serde_json::from_slice(&model.bytes("vocabulary.json")?)
            .map_err(|_| SpeechError::Weights("vocabulary.json is no list of strings"))?;
        let marks: HashMap<String, usize> =
            vocabulary.iter().enumerate().filter(|(_, t)| tokens::is_mark(t)).map(|(id, t)| (t.clone(), id)).collect();
        let (Some(&first), Some(&last)) = (marks.get("<|startoftranscript|>"), marks.get("<|translate|>")) else {
            return Err(SpeechError::Weights("the vocabulary is not a multilingual Whisper's"));
        };
        let tags = vocabulary.get(first + 1..last).unwrap_or_default();
        let languages = tags.iter().map(|t| t.trim_matches(['<', '|', '>']).to_owned()).collect();
        let speller = model.bytes("tokenizer.json").ok().and_then(|json| Speller::parse(&json));
        let config = Config {
            device: Device::CPU,
            compute_type: ComputeType::INT8,
            num_threads_per_replica: threads.clamp(1, MAX_THREADS),
            ..Config::default()
        };
        let whisper = sys::Whisper::new(model.folder(), config).map_err(told)?;
        if whisper.n_mels() != BANDS {
            return Err(SpeechError::Weights("the model has not 80 mel bands"));
        }
        Ok(Self { whisper, mel: LogMel::default(), marks, languages, speller })
    }

    /// The languages that it tells apart, BCP 47 primary tags.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The tokens of a prompt, at most [`MAX_PROMPT`].
    #[must_use]
    pub fn prompt(&self, text: &str) -> Vec<String> {
        self.speller.as_ref().map(|s| s.spell(text, MAX_PROMPT)).unwrap_or_default()
    }

    /// Takes in a window of samples from −1 to 1, with [`SILENCE`] after it.
    ///
    /// # Errors
    /// [`SpeechError::Engine`].
    pub fn encode(&self, sound: &[f32]) -> Result<Encoded, SpeechError> {
        self.encode_in(sound, sound.len().div_ceil(HOP) + SILENCE)
    }

    fn encode_in(&self, sound: &[f32], frames: usize) -> Result<Encoded, SpeechError> {
        let total = frames.next_multiple_of(2).min(MAX_FRAMES);
        let mut features = self.mel.features(sound, total);
        let view = StorageView::new(&[1, BANDS, total], &mut features, Device::CPU).map_err(told)?;
        let view = self.whisper.encode(&view, false).map_err(told)?;
        Ok(Encoded { view, frames: sound.len().div_ceil(HOP).clamp(2, total) })
    }

    /// The probability of each of `languages` in a window.
    ///
    /// # Errors
    /// [`SpeechError::Engine`].
    pub fn tell_language(&self, window: &Encoded, languages: &[String]) -> Result<Vec<f32>, SpeechError> {
        let found = self.whisper.detect_language(&window.view).map_err(told)?;
        let found: HashMap<&str, f32> =
            found.iter().flatten().map(|d| (d.language.trim_matches(['<', '|', '>']), d.probability)).collect();
        Ok(languages.iter().map(|l| found.get(l.as_str()).copied().unwrap_or(0.0)).collect())
    }

    /// Hears a window of one language.
    ///
    /// # Errors
    /// [`SpeechError::Engine`], [`SpeechError::Language`].
    pub fn hear(
        &self,
        window: Encoded,
        sound: &[f32],
        language: &str,
        hearing: &Hearing,
    ) -> Result<Heard, SpeechError> {
        let seconds = sound.len() as f32 / 16_000.0;
        let first = self.take(&window, language, hearing, 0, seconds)?;
        if !first.is_doubtful() {
            return self.align(&window, first, language);
        }
        let whole = self.encode_in(sound, MAX_FRAMES)?;
        let second = self.take(&whole, language, hearing, 0, seconds)?;
        if !second.is_looping() {
            return if second.is_worse_than(&first) {
                self.align(&window, first, language)
            } else {
                self.align(&whole, second, language)
            };
        }
        let third = self.take(&whole, language, hearing, NO_REPEAT, seconds)?;
        self.align(&whole, third, language)
    }

    fn take(
        &self,
        window: &Encoded,
        language: &str,
        hearing: &Hearing,
        no_repeat: usize,
        seconds: f32,
    ) -> Result<Take, SpeechError> {
        let mut prompt = Vec::new();
        if !hearing.prompt.is_empty() {
            prompt.push("<|startofprev|>".to_owned());
            prompt.extend(hearing.prompt.iter().cloned());
        }
        prompt.push("<|startoftranscript|>".to_owned());
        prompt.push(self.language_mark(language)?.0);
        prompt.extend(["<|transcribe|>".to_owned(), "<|notimestamps|>".to_owned()]);
        let options = WhisperOptions {
            beam_size: hearing.beam.clamp(1, MAX_BEAM),
            no_repeat_ngram_size: no_repeat,
            max_length: 2 * MAX_TOKENS,
            return_scores: true,
            return_no_speech_prob: true,
            ..WhisperOptions::default()
        };
        let result = self.whisper.generate(&window.view, &[prompt], &options).map_err(told)?;
        let result = result.into_iter().next().ok_or_else(|| SpeechError::Engine("no result".into()))?;
        let tokens = result.sequences.into_iter().next().unwrap_or_default();
        let ids = result.sequences_ids.into_iter().next().unwrap_or_default();
        let (tokens, ids): (Vec<_>, Vec<_>) = tokens.into_iter().zip(ids).filter(|(t, _)| !tokens::is_mark(t)).unzip();
        let still = |text| Token { text, start: 0.0, end: 0.0, probability: 0.0 };
        let text = spelled(&tokens::characters(&tokens.iter().map(|t| still(t.as_str())).collect::<Vec<_>>()));
        Ok(Take {
            repetition: guard::repetition(&ids),
            dense: guard::too_dense(&text, seconds),
            score: result.scores.first().copied().unwrap_or(f32::MIN),
            no_speech: result.no_speech_prob,
            tokens,
            ids,
        })
    }

    /// Finds the time of each token by the attention of the decoder.
    fn align(&self, window: &Encoded, take: Take, language: &str) -> Result<Heard, SpeechError> {
        if take.ids.is_empty() {
            return Ok(Heard { score: take.score, no_speech: take.no_speech, ..Heard::default() });
        }
        let mark = |name: &str| self.marks.get(name).copied().unwrap_or_default();
        let start = [mark("<|startoftranscript|>"), self.language_mark(language)?.1, mark("<|transcribe|>")];
        let count = take.ids.len();
        let found = self.whisper.align(&window.view, &start, &[take.ids], &[window.frames], MEDIAN).map_err(told)?;
        let found = found.into_iter().next().ok_or_else(|| SpeechError::Engine("no alignment".into()))?;
        // For each token, and the end after the last, the first frame that the path gives it.
        let mut starts = vec![None; count + 1];
        for step in &found.alignments {
            let slot = usize::try_from(step.token_x).ok().and_then(|token| starts.get_mut(token));
            if let Some(slot) = slot.filter(|slot| slot.is_none()) {
                *slot = Some(step.frame_x as f32);
            }
        }
        let end = window.frames as f32 / 2.0;
        let mut latest = 0.0f32;
        let starts: Vec<f32> = starts
            .into_iter()
            .map(|start| {
                latest = start.unwrap_or(latest).clamp(latest, end.max(latest));
                latest
            })
            .collect();
        let probability = |k: usize| found.text_token_probs.get(k).copied().unwrap_or(0.0);
        let times = starts.iter().zip(starts.iter().skip(1));
        let timed: Vec<Token<'_>> = take
            .tokens
            .iter()
            .zip(times)
            .enumerate()
            .map(|(k, (text, (start, end)))| Token { text, start: *start, end: *end, probability: probability(k) })
            .collect();
        let characters = tokens::characters(&timed);
        Ok(Heard {
            text: spelled(&characters),
            characters,
            score: take.score,
            no_speech: take.no_speech,
            cut_short: count + 1 >= MAX_TOKENS,
        })
    }

    fn language_mark(&self, language: &str) -> Result<(String, usize), SpeechError> {
        let mark = format!("<|{language}|>");
        let known = self.languages.iter().any(|l| l == language);
        let id = self.marks.get(&mark).copied().filter(|_| known);
        id.map(|id| (mark, id)).ok_or_else(|| SpeechError::Language(language.to_owned()))
    }
}

impl Take {
    fn is_doubtful(&self) -> bool {
        self.repetition != Repetition::None || self.dense || self.score < guard::POOR_SCORE
    }

    fn is_looping(&self) -> bool {
        self.repetition == Repetition::Loop || self.dense
    }

    fn is_worse_than(&self, other: &Self) -> bool {
        let rank = |take: &Self| (take.is_looping(), take.repetition);
        rank(self) > rank(other) || (rank(self) == rank(other) && self.score < other.score)
    }
}

fn spelled(characters: &[Timed]) -> String {
    characters.iter().map(|t| t.character).collect()
}

fn told(cause: impl std::fmt::Display) -> SpeechError {
    SpeechError::Engine(cause.to_string())
}
