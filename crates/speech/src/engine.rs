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
use crate::mel::{BANDS, HOP, LogMel, MAX_FRAMES, RATE};
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
/// Frames of silence that are enough to tell a language (500 ms).
const SHORT_SILENCE: usize = 50;
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

impl Hearing {
    /// How many windows are best heard together: the matrix kernels work on sixteen columns at once, a beam each.
    #[must_use]
    pub fn together(&self) -> usize {
        (16 / self.beam.max(1)).max(1)
    }
}

/// Windows that the encoder has taken in.
pub struct Encoded {
    view: StorageView<'static>,
    frames: Vec<usize>,
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

    /// Takes in windows of samples from −1 to 1, each filled up with silence to the longest and [`SILENCE`] more.
    ///
    /// # Errors
    /// [`SpeechError::Engine`].
    pub fn encode(&self, sounds: &[Vec<f32>]) -> Result<Encoded, SpeechError> {
        self.encode_in(sounds, longest(sounds) + SILENCE)
    }

    fn encode_in(&self, sounds: &[Vec<f32>], frames: usize) -> Result<Encoded, SpeechError> {
        let total = frames.next_multiple_of(2).min(MAX_FRAMES);
        let mut features: Vec<f32> = sounds.iter().flat_map(|sound| self.mel.features(sound, total)).collect();
        let view = StorageView::new(&[sounds.len(), BANDS, total], &mut features, Device::CPU).map_err(told)?;
        let view = self.whisper.encode(&view, false).map_err(told)?;
        Ok(Encoded { view, frames: sounds.iter().map(|s| s.len().div_ceil(HOP).clamp(2, total)).collect() })
    }

    /// The probability of each of `languages` in each sound.
    ///
    /// # Errors
    /// [`SpeechError::Engine`].
    pub fn tell_language(&self, sounds: &[Vec<f32>], languages: &[String]) -> Result<Vec<Vec<f32>>, SpeechError> {
        let windows = self.encode_in(sounds, longest(sounds) + SHORT_SILENCE)?;
        let told_apart = self.whisper.detect_language(&windows.view).map_err(told)?;
        let one = |found: &Vec<sys::DetectionResult>| {
            let found: HashMap<&str, f32> =
                found.iter().map(|d| (d.language.trim_matches(['<', '|', '>']), d.probability)).collect();
            languages.iter().map(|l| found.get(l.as_str()).copied().unwrap_or(0.0)).collect()
        };
        Ok(told_apart.iter().map(one).collect())
    }

    /// Hears windows of one language together: a step of the decoder costs the same for one window as for
    /// [`Hearing::together`].
    ///
    /// # Errors
    /// [`SpeechError::Engine`], [`SpeechError::Language`].
    pub fn hear(
        &self,
        windows: &Encoded,
        sounds: &[Vec<f32>],
        language: &str,
        hearing: &Hearing,
    ) -> Result<Vec<Heard>, SpeechError> {
        let takes = self.takes(windows, sounds, language, hearing, 0)?;
        let mut heard = self.align(windows, &takes, language)?;
        for ((slot, first), sound) in heard.iter_mut().zip(&takes).zip(sounds) {
            if first.is_doubtful()
                && let Some(better) = self.hear_again(first, sound, language, hearing)?
            {
                *slot = better;
            }
        }
        Ok(heard)
    }

    /// A second and a third hearing of one window in the full thirty seconds; `None` if the first was no worse.
    fn hear_again(
        &self,
        first: &Take,
        sound: &[f32],
        language: &str,
        hearing: &Hearing,
    ) -> Result<Option<Heard>, SpeechError> {
        let sounds = [sound.to_vec()];
        let whole = self.encode_in(&sounds, MAX_FRAMES)?;
        let mut takes = self.takes(&whole, &sounds, language, hearing, 0)?;
        if takes.first().is_some_and(Take::is_looping) {
            takes = self.takes(&whole, &sounds, language, hearing, NO_REPEAT)?;
        } else if takes.first().is_none_or(|second| second.is_worse_than(first)) {
            return Ok(None);
        }
        Ok(self.align(&whole, &takes, language)?.into_iter().next())
    }

    fn takes(
        &self,
        windows: &Encoded,
        sounds: &[Vec<f32>],
        language: &str,
        hearing: &Hearing,
        no_repeat: usize,
    ) -> Result<Vec<Take>, SpeechError> {
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
        let prompts = vec![prompt; sounds.len()];
        let results = self.whisper.generate(&windows.view, &prompts, &options).map_err(told)?;
        if results.len() != sounds.len() {
            return Err(SpeechError::Engine("another number of results than of windows".into()));
        }
        Ok(results.into_iter().zip(sounds).map(|(result, sound)| Take::new(result, sound)).collect())
    }

    /// Finds the time of each token by the attention of the decoder.
    fn align(&self, windows: &Encoded, takes: &[Take], language: &str) -> Result<Vec<Heard>, SpeechError> {
        let mark = |name: &str| self.marks.get(name).copied().unwrap_or_default();
        let start = [mark("<|startoftranscript|>"), self.language_mark(language)?.1, mark("<|transcribe|>")];
        let ids: Vec<Vec<usize>> = takes.iter().map(|t| t.ids.clone()).collect();
        if ids.iter().all(Vec::is_empty) {
            return Ok(takes.iter().map(|take| take.heard(Vec::new())).collect());
        }
        let found = self.whisper.align(&windows.view, &start, &ids, &windows.frames, MEDIAN).map_err(told)?;
        if found.len() != takes.len() {
            return Err(SpeechError::Engine("another number of alignments than of windows".into()));
        }
        let aligned = takes.iter().zip(&found).zip(&windows.frames).map(|((take, found), frames)| {
            let starts = token_starts(&found.alignments, take.ids.len(), *frames as f32 / 2.0);
            let probability = |k: usize| found.text_token_probs.get(k).copied().unwrap_or(0.0);
            let times = starts.iter().zip(starts.iter().skip(1));
            let tokens = take.tokens.iter().zip(times).enumerate();
            let timed: Vec<Token<'_>> = tokens
                .map(|(k, (text, (start, end)))| Token { text, start: *start, end: *end, probability: probability(k) })
                .collect();
            take.heard(tokens::characters(&timed))
        });
        Ok(aligned.collect())
    }

    fn language_mark(&self, language: &str) -> Result<(String, usize), SpeechError> {
        let mark = format!("<|{language}|>");
        let known = self.languages.iter().any(|l| l == language);
        let id = self.marks.get(&mark).copied().filter(|_| known);
        id.map(|id| (mark, id)).ok_or_else(|| SpeechError::Language(language.to_owned()))
    }
}

/// Frames of the longest sound.
fn longest(sounds: &[Vec<f32>]) -> usize {
    sounds.iter().map(|s| s.len().div_ceil(HOP)).max().unwrap_or(0)
}

/// For each of `count` tokens, and the end after the last, the first frame that the alignment's path gives it.
fn token_starts(path: &[sys::WhisperTokenAlignment], count: usize, end: f32) -> Vec<f32> {
    let mut starts = vec![None; count + 1];
    for step in path {
        let slot = usize::try_from(step.token_x).ok().and_then(|token| starts.get_mut(token));
        if let Some(slot) = slot.filter(|slot| slot.is_none()) {
            *slot = Some(step.frame_x as f32);
        }
    }
    let mut latest = 0.0f32;
    let rising = starts.into_iter().map(|start| {
        latest = start.unwrap_or(latest).clamp(latest, end.max(latest));
        latest
    });
    rising.collect()
}

impl Take {
    fn new(result: sys::WhisperGenerationResult, sound: &[f32]) -> Self {
        let tokens = result.sequences.into_iter().next().unwrap_or_default();
        let ids = result.sequences_ids.into_iter().next().unwrap_or_default();
        let (tokens, ids): (Vec<String>, Vec<usize>) =
            tokens.into_iter().zip(ids).filter(|(t, _)| !tokens::is_mark(t)).unzip();
        let still = |text| Token { text, start: 0.0, end: 0.0, probability: 0.0 };
        let text = spelled(&tokens::characters(&tokens.iter().map(|t| still(t.as_str())).collect::<Vec<_>>()));
        Self {
            repetition: guard::repetition(&ids),
            dense: guard::too_dense(&text, sound.len() as f32 / RATE as f32),
            score: result.scores.first().copied().unwrap_or(f32::MIN),
            no_speech: result.no_speech_prob,
            tokens,
            ids,
        }
    }

    fn heard(&self, characters: Vec<Timed>) -> Heard {
        Heard {
            text: spelled(&characters),
            characters,
            score: self.score,
            no_speech: self.no_speech,
            cut_short: self.ids.len() + 1 >= MAX_TOKENS,
        }
    }

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
