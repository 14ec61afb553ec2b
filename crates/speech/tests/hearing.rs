//! The engine on real recordings: what is said is heard, what nobody says is not, and a resumed job goes on with the
//! same words. Needs the models of `script/setup` and the shared recordings.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use casemate_ports::reading::{Passage, Place};
use casemate_ports::worker::{Answer, Ask, Job, TranscribeJob};
use casemate_speech::engine::Engine;
use casemate_speech::job::{Models, read_job, transcribe, weights};
use casemate_speech::model::Model;
use casemate_speech::vad::{FRAME, Vad};

struct Bench {
    models: Models,
    engine: Engine,
    data: PathBuf,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The models and recordings, or `None` where they are absent outside CI.
fn bench() -> Option<Arc<Bench>> {
    static BENCH: OnceLock<Option<Arc<Bench>>> = OnceLock::new();
    BENCH
        .get_or_init(|| {
            let models =
                std::env::var_os("CASEMATE_MODELS").map_or_else(|| root().join(".setup/models"), PathBuf::from);
            let data =
                std::env::var_os("CASEMATE_TEST_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
            let data = data.join("speech");
            if !(models.join("whisper-base").exists() && data.exists()) {
                assert!(std::env::var_os("CI").is_none(), "models or recordings are missing");
                eprintln!("skipped: no models in {} or no recordings in {}", models.display(), data.display());
                return None;
            }
            let speech = Model::open(&models.join("whisper-base")).unwrap();
            let voice = Model::open(&models.join("silero-vad")).unwrap();
            let engine = Engine::load(&speech, 1).unwrap();
            Some(Arc::new(Bench { models: Models { speech, voice }, engine, data }))
        })
        .clone()
}

/// Samples of a 16 kHz 16-bit WAV, as they lie in its data chunk.
fn wav(path: PathBuf) -> Vec<i16> {
    let bytes = std::fs::read(path).unwrap();
    let mut at = 12;
    loop {
        let size = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().unwrap()) as usize;
        if &bytes[at..at + 4] == b"data" {
            let data = &bytes[at + 8..bytes.len().min(at + 8 + size)];
            return data.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        }
        at += 8 + size + size % 2;
    }
}

fn job(channels: u8) -> TranscribeJob {
    TranscribeJob {
        rate: 16_000,
        channels,
        language: None,
        among: ["zh", "en", "fr"].map(str::to_owned).to_vec(),
        beam: 0,
        threads: 1,
        prompt: None,
        resume_from_ms: 0,
    }
}

struct Told {
    passages: Vec<Passage>,
    progress: Vec<u64>,
    findings: Vec<String>,
    parameters: Vec<(String, String)>,
}

/// Does a job over the real protocol, in this process.
fn tell(bench: &Bench, job: &TranscribeJob, samples: &[i16]) -> Told {
    let mut asked = Vec::new();
    Ask::Job(Job::Transcribe(job.clone())).write(&mut asked).unwrap();
    let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
    // Odd pieces, so that samples and frames are cut.
    for piece in bytes.chunks(64_001) {
        Ask::write_bytes(&mut asked, piece).unwrap();
    }
    Ask::End.write(&mut asked).unwrap();
    let mut from = asked.as_slice();
    let job = read_job(&mut from).unwrap();
    let mut answered = Vec::new();
    transcribe(&job, &bench.models, &bench.engine, &mut from, &mut answered).unwrap();
    let mut told = Told { passages: Vec::new(), progress: Vec::new(), findings: Vec::new(), parameters: Vec::new() };
    let mut from = answered.as_slice();
    let mut done = None;
    while let Some(answer) = Answer::read(&mut from).unwrap() {
        assert!(done.is_none(), "nothing follows Done");
        match answer {
            Answer::Passages(batch) => told.passages.extend(batch),
            Answer::Progress(p) => told.progress.push(p.done),
            Answer::Finding(f) => told.findings.push(f.id),
            Answer::About(a) => told.parameters = a.parameters,
            Answer::Done(d) => done = Some(d),
            other => panic!("{other:?}"),
        }
    }
    let done = done.unwrap();
    assert_eq!((done.passages, done.findings), (told.passages.len() as u64, told.findings.len() as u64));
    told
}

fn words(told: &Told) -> Vec<String> {
    let cut = |p: &Passage| -> Vec<String> {
        let word = |w: &casemate_ports::reading::Word| {
            let word: String = p.text.chars().skip(w.at as usize).take(w.chars as usize).collect();
            word.to_lowercase()
        };
        p.words.iter().map(word).collect()
    };
    told.passages.iter().flat_map(cut).collect()
}

fn edits(a: &[String], b: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(x != y));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

fn text(told: &Told) -> String {
    told.passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn english_is_heard_word_for_word_at_its_second() {
    let Some(bench) = bench() else { return };
    let told = tell(&bench, &job(1), &wav(bench.data.join("whisper.cpp/jfk.wav")));
    let said =
        "and so my fellow americans ask not what your country can do for you ask what you can do for your country";
    let said: Vec<String> = said.split(' ').map(str::to_owned).collect();
    let heard = words(&told);
    assert!(edits(&said, &heard) * 20 <= said.len(), "word error over 5 %: {heard:?}");
    assert!(told.passages.iter().all(|p| p.language.as_deref() == Some("en")));
    // "country" is said at 5.3 s and at 9.6 s.
    let times: Vec<u64> = told
        .passages
        .iter()
        .flat_map(|p| &p.words)
        .zip(&heard)
        .filter(|(_, word)| *word == "country")
        .map(|(w, _)| w.start_ms)
        .collect();
    assert_eq!(times.len(), 2);
    assert!(times[0].abs_diff(5_300) < 700 && times[1].abs_diff(9_700) < 900, "{times:?}");
    let parameter = |name: &str| told.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    assert_eq!(parameter("model-sha256"), Some("905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"));
    assert!(told.parameters.is_sorted() && parameter("languages") == Some("zh,en,fr"));
}

#[test]
fn languages_are_told_apart_at_pauses() {
    let Some(bench) = bench() else { return };
    let told = tell(&bench, &job(1), &wav(bench.data.join("spliced/zh-en-zh-en.wav")));
    let languages: Vec<&str> = told.passages.iter().filter_map(|p| p.language.as_deref()).collect();
    let mut runs = languages.clone();
    runs.dedup();
    assert_eq!(runs, ["zh", "en", "zh", "en"], "{}", text(&told));
    let said = text(&told);
    for expected in ["child", "small dog", "high level", "首歌"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    // Simplified or traditional, as the model likes.
    assert!(said.contains("地产") || said.contains("地產"), "{said}");
    assert!(told.findings.contains(&"draft-transcript".to_owned()));
    // A Han character is a word of its own.
    assert!(words(&told).iter().any(|w| w == "歌"));
}

/// µ-law (ITU-T G.711), as it lies at the end of a WAV of 8 kHz, between two times; every sample twice.
fn mu_law(path: PathBuf, from_ms: usize, to_ms: usize) -> Vec<i16> {
    let bytes = std::fs::read(path).unwrap();
    let data = bytes.windows(4).position(|w| w == b"data").unwrap() + 8;
    let linear = |byte: &u8| {
        let byte = !byte;
        let size = ((i16::from(byte & 0x0f) << 3) + 0x84) << ((byte & 0x70) >> 4);
        if byte & 0x80 == 0 { size - 0x84 } else { 0x84 - size }
    };
    bytes[data + from_ms * 8..data + to_ms * 8].iter().map(linear).flat_map(|s| [s, s]).collect()
}

#[test]
fn r003_a_short_sentence_that_sounds_like_another_language_stays_in_the_one_of_its_call() {
    let Some(bench) = bench() else { return };
    // An accented « Ils vous ont écrit une lettre ? », for which the detector gives English 0.66 and French 0.04.
    let told = tell(&bench, &job(1), &mu_law(root().join("demo/calls/fr-bank.wav"), 16_900, 29_300));
    assert!(told.passages.iter().all(|p| p.language.as_deref() == Some("fr")), "{}", text(&told));
    assert!(text(&told).contains("normal") && told.passages.len() >= 3, "{}", text(&told));
    assert_eq!(told.findings, Vec::<String>::new());
}

#[test]
fn what_nobody_says_is_not_written() {
    let Some(bench) = bench() else { return };
    let seconds = |n: usize, f: &mut dyn FnMut(f32) -> f32| -> Vec<i16> {
        (0..n * 16_000).map(|k| (f(k as f32 / 16_000.0) * 32_767.0).clamp(-32_768.0, 32_767.0) as i16).collect()
    };
    let sine = |t: f32, hertz: f32| (t * hertz * std::f32::consts::TAU).sin();
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    let notes = [261.6, 329.6, 392.0, 523.3, 440.0, 349.2, 293.7, 392.0];
    let sounds = [
        ("silence", seconds(5, &mut |_| 0.0)),
        ("ring tone", seconds(10, &mut |t| if t % 5.0 < 1.5 { 0.4 * sine(t, 425.0) } else { 0.0 })),
        (
            "dial tones",
            seconds(4, &mut |t| 0.3 * (sine(t, 770.0) + sine(t, 1336.0)) * f32::from(u8::from(t % 0.3 < 0.15))),
        ),
        ("noise", seconds(8, &mut |_| 0.2 * noise())),
        (
            "music",
            seconds(8, &mut |t| {
                let note = notes[(t * 4.0) as usize % notes.len()];
                let fade = (-(t * 4.0).fract() * 3.0).exp();
                0.3 * fade * (sine(t, note) + 0.5 * sine(t, 2.0 * note) + 0.25 * sine(t, 3.0 * note))
            }),
        ),
    ];
    for (name, sound) in sounds {
        let told = tell(&bench, &job(1), &sound);
        assert!(told.passages.is_empty(), "{name}: {}", text(&told));
    }
    assert!(tell(&bench, &job(2), &[]).passages.is_empty());
    assert!(tell(&bench, &job(2), &[1, 2, 3]).passages.is_empty());
}

#[test]
fn channels_are_written_apart_and_one_sound_once() {
    let Some(bench) = bench() else { return };
    let channel = |p: &Passage| match p.place {
        Place::Time { channel, .. } => channel,
        _ => panic!(),
    };
    let told = tell(&bench, &job(2), &wav(bench.data.join("faster-whisper/stereo_diarization.wav")));
    let of = |c: u8| -> String {
        told.passages.iter().filter(|p| channel(p) == Some(c)).map(|p| p.text.to_lowercase()).collect()
    };
    assert!(of(0).contains("wizard") && !of(0).contains("horizon"), "{}", of(0));
    assert!(of(1).contains("horizon") && !of(1).contains("wizard"), "{}", of(1));
    let mono = wav(bench.data.join("speechbrain/spk1_snt5.wav"));
    let doubled: Vec<i16> = mono.iter().flat_map(|s| [*s, *s]).collect();
    let told = tell(&bench, &job(2), &doubled);
    assert!(text(&told).contains("best part of the week"));
    assert!(told.passages.iter().all(|p| channel(p).is_none()));
    assert_eq!(told.findings, ["channels-identical"]);
}

#[test]
fn a_resumed_job_goes_on_with_the_same_words() {
    let Some(bench) = bench() else { return };
    let clip = wav(bench.data.join("speechbrain/spk1_snt1.wav"));
    let mut long = Vec::new();
    // Speech, half a minute of nothing, other speech: two chapters.
    long.extend(&clip);
    long.extend(vec![0i16; 28 * 16_000]);
    long.extend(wav(bench.data.join("speechbrain/spk1_snt3.wav")));
    let known = TranscribeJob { language: Some("en-US".into()), ..job(1) };
    let whole = tell(&bench, &known, &long);
    assert_eq!(whole.progress.len(), 2);
    let first = whole.progress[0];
    let resumed = tell(&bench, &TranscribeJob { resume_from_ms: first, ..known }, &long);
    let starts = |p: &&Passage| matches!(p.place, Place::Time { start_ms, .. } if start_ms >= first);
    let expected: Vec<&Passage> = whole.passages.iter().filter(starts).collect();
    assert!(!expected.is_empty() && expected.len() < whole.passages.len());
    assert_eq!(resumed.passages.iter().collect::<Vec<_>>(), expected);
    assert_eq!(resumed.progress, whole.progress);
}

#[test]
fn the_voice_detector_agrees_with_its_authors() {
    let Some(bench) = bench() else { return };
    // From the authors' `tinygrad_model.py`, computed by numpy over the same weights: every fourth of 32 frames.
    let expected: [f32; 8] = [0.0180, 0.0494, 0.0202, 0.9818, 0.9969, 0.9955, 0.9964, 0.9797];
    let weights = weights(&bench.models.voice).unwrap();
    let mut vad = Vad::default();
    let sound = wav(bench.data.join("whisper.cpp/jfk.wav"));
    let found: Vec<f32> = sound.chunks(FRAME).take(32).map(|frame| vad.hear(&weights, frame)).collect();
    for (k, expected) in expected.iter().enumerate() {
        assert!((found[k * 4] - expected).abs() < 2e-3, "frame {}: {} {expected}", k * 4, found[k * 4]);
    }
}
