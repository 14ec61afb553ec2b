//! `casemate-speech --models DIR [--model NAME|PATH]`: one transcription job over stdin and stdout, by the worker
//! protocol (`docs/format/worker.md`). With `--fences --json` it tells instead which fences can be raised here.
//!
//! Keeps: models are verified and loaded, and the fences stand, before the first byte of an exhibit is read.
//! Does not know: who asked.

use std::io::{BufReader, BufWriter, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casemate_fence::{Bounds, EXIT_FENCE_MISSING, EXIT_PROTOCOL, missing, raise, tell_fences};
use casemate_ports::reading::{ReadFinding, Severity};
use casemate_ports::worker::{Answer, Done, FrameError, Hello, PROTOCOL};
use casemate_speech::engine::{ENGINE, Engine};
use casemate_speech::error::SpeechError;
use casemate_speech::job::{Models, read_job, transcribe};
use casemate_speech::model::Model;

/// The model that `script/setup` brings.
const USUAL_MODEL: &str = "whisper-base";
const VOICE_MODEL: &str = "silero-vad";

/// Where the matrix kernels look for what the processor can do; without it they fall back to plain loops, thirty
/// times slower.
const PROCESSOR: [&str; 2] = ["/proc/cpuinfo", "/sys/devices/system/cpu"];

struct Arguments {
    models: PathBuf,
    model: PathBuf,
    /// Only tell the fences; no model is opened.
    fences: bool,
}

#[allow(clippy::print_stderr, reason = "a program tells why it stops")]
fn main() -> ExitCode {
    let Some(arguments) = arguments(std::env::args_os().skip(1)) else {
        eprintln!("usage: casemate-speech --models DIR [--model NAME|PATH] [--fences --json]");
        return ExitCode::from(2);
    };
    if arguments.fences {
        return ExitCode::from(tell_fences(&bounds(&arguments), &mut stdout()));
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("casemate-speech: {error}");
            match error {
                SpeechError::Fence(_) => ExitCode::from(EXIT_FENCE_MISSING),
                SpeechError::Job(_) | SpeechError::Frame(_) => ExitCode::from(EXIT_PROTOCOL),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn arguments(mut given: impl Iterator<Item = std::ffi::OsString>) -> Option<Arguments> {
    let (mut models, mut model, mut fences) = (None, None, false);
    while let Some(name) = given.next() {
        let slot = match name.to_str() {
            Some("--models") => &mut models,
            Some("--model") => &mut model,
            Some("--fences") => {
                fences = true;
                continue;
            }
            // The only form.
            Some("--json") => continue,
            _ => return None,
        };
        *slot = Some(PathBuf::from(given.next()?));
    }
    let models = models?;
    let model = model.unwrap_or_else(|| PathBuf::from(USUAL_MODEL));
    // A bare name lies in the models' folder.
    let bare = model.parent().is_some_and(|p| p == Path::new(""));
    Some(Arguments { model: if bare { models.join(model) } else { model }, models, fences })
}

fn bounds(arguments: &Arguments) -> Bounds {
    let mut readable = vec![arguments.models.clone(), arguments.model.clone()];
    readable.extend(PROCESSOR.map(PathBuf::from));
    Bounds::of_parent(readable)
}

fn run(arguments: &Arguments) -> Result<(), SpeechError> {
    let mut from = BufReader::new(stdin().lock());
    let mut to = BufWriter::new(stdout().lock());
    let fences = raise(&bounds(arguments));
    let absent = missing(&fences);
    let tool = format!("casemate-speech {} ({ENGINE})", env!("CARGO_PKG_VERSION"));
    Answer::Hello(Hello { protocol: PROTOCOL, tool, fences }).write(&mut to)?;
    std::io::Write::flush(&mut to).map_err(FrameError::from)?;
    if !absent.is_empty() {
        let absent = absent.join(", ");
        let (id, detail) = ("fence-missing".to_owned(), absent.clone());
        Answer::Finding(ReadFinding { id, severity: Severity::Unread, detail }).write(&mut to)?;
        Answer::Done(Done { findings: 1, ..Done::default() }).write(&mut to)?;
        std::io::Write::flush(&mut to).map_err(FrameError::from)?;
        return Err(SpeechError::Fence(absent));
    }
    let models =
        Models { speech: Model::open(&arguments.model)?, voice: Model::open(&arguments.models.join(VOICE_MODEL))? };
    let job = read_job(&mut from)?;
    let engine = Engine::load(&models.speech, usize::from(job.threads))?;
    transcribe(&job, &models, &engine, &mut from, &mut to)
}
