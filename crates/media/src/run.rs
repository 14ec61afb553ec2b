//! One job in one process: started, fed, heard, ended, reaped.
//!
//! Keeps: the process never outlives the call; its environment is empty but for its limits, its folder is `/`, its
//! last words are dropped. Does not know: what the answer says (`examine`), how many run at once (the caller).

use std::ffi::OsString;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use casemate_ports::reading::{ReadFinding, Reading, Severity};
use casemate_ports::worker::{Answer, Ask, CHUNK, ENV_CPU, ENV_MEMORY, ENV_SPOOL, Fence, FrameError, Job, SoundFormat};

use crate::ending::{Killed, LastWords, ending};
use crate::examine::{Event, Examiner, Violation};
use crate::limits::Limits;

/// How often cancellation and the clock are looked at.
const LOOK: Duration = Duration::from_millis(10);
/// Answers waiting between the pipe and the examiner; with [`casemate_ports::worker::MAX_FRAME`] the bound of what an
/// unread answer takes.
const WAITING: usize = 4;

/// A worker's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Where it is.
    pub path: PathBuf,
    /// Its arguments (a model's folder).
    pub args: Vec<OsString>,
}

/// What a job came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was read; its findings name what was not.
    pub reading: Reading,
    /// Whether the worker said that it was done and died of nothing.
    pub whole: bool,
    /// The fences that stood round it, as it told them.
    pub fences: Vec<Fence>,
    /// The shape of the samples heard, and how many (all channels together).
    pub sound: Option<(SoundFormat, u64)>,
}

/// What is not the worker's fault.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The program did not start.
    #[error("{}: {cause}", program.display())]
    Start {
        /// Which.
        program: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The exhibit's bytes could not be read.
    #[error("the exhibit's bytes: {0}")]
    Input(std::io::Error),
    /// The caller's flag was set.
    #[error("cancelled")]
    Cancelled,
}

/// The fences that `program` can raise here, by its own account (`--fences --json`).
///
/// # Errors
/// [`MediaError::Start`] if it does not start or answers with something else.
pub fn fences(program: &Program) -> Result<Vec<Fence>, MediaError> {
    let start = |cause| MediaError::Start { program: program.path.clone(), cause };
    let path = std::path::absolute(&program.path).map_err(start)?;
    let mut asked = Command::new(path);
    asked.args(&program.args).args(["--fences", "--json"]).env_clear().current_dir("/").stdin(Stdio::null());
    let out = asked.output().map_err(start)?;
    serde_json::from_slice(&out.stdout).map_err(|e| start(e.into()))
}

/// Does one job. `cancel` may be set from anywhere (a signal's handler): the process is then killed and reaped.
/// `hear` is told of each checked piece as it comes; passages are in the outcome's reading as well.
///
/// # Errors
/// [`MediaError`]; whatever the worker does wrong is a finding in the outcome instead.
pub fn run_job(
    program: &Program,
    job: &Job,
    input: &mut dyn Read,
    limits: &Limits,
    cancel: &AtomicBool,
    hear: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, MediaError> {
    let mut child = start(program, limits)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let watched = Watched { child: Mutex::new(child), killed: Mutex::new(None), over: AtomicBool::new(false) };
    let deadline = Instant::now() + limits.wall;
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| watched.watch(deadline, cancel));
        let outcome = talk(scope, &watched, pipes, job, input, limits, hear);
        watched.over.store(true, Ordering::SeqCst);
        watch.thread().unpark();
        outcome
    })
}

type Pipes = (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>);

fn talk<'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    watched: &Watched,
    (stdin, stdout, stderr): Pipes,
    job: &Job,
    input: &mut dyn Read,
    limits: &Limits,
    hear: &mut dyn FnMut(Event<'_>),
) -> Result<Outcome, MediaError> {
    let (answers_in, answers) = sync_channel(WAITING);
    scope.spawn(move || stdout.map(|pipe| receive(pipe, &answers_in)));
    let last_words = scope.spawn(move || stderr.map(LastWords::hear).unwrap_or_default());

    let mut hearing = Hearing { examiner: Examiner::new(limits), answers, violation: None };
    let fed = match stdin {
        Some(pipe) => feed(pipe, job, input, &mut hearing, hear),
        None => Ok(()),
    };
    if fed.is_err() {
        watched.kill(Killed::Cancelled);
    }
    while hearing.violation.is_none() && hearing.next(hear) {}
    if hearing.violation.is_some() {
        watched.kill(Killed::Violation);
    }
    let Hearing { examiner, answers, violation } = hearing;
    // Lets the receiving thread go, should it still hold an answer.
    drop(answers);
    let status = watched.reap();
    let words = last_words.join().unwrap_or_default();
    fed.map_err(MediaError::Input)?;
    match watched.killed() {
        Some(Killed::Cancelled) => Err(MediaError::Cancelled),
        killed => Ok(outcome(examiner, violation, status, words, killed)),
    }
}

fn start(program: &Program, limits: &Limits) -> Result<Child, MediaError> {
    let start = |cause| MediaError::Start { program: program.path.clone(), cause };
    let path = std::path::absolute(&program.path).map_err(start)?;
    let mut command = Command::new(path);
    // A terminal sends Ctrl-C to its whole group: a worker that dies of it would pass for one that the exhibit killed.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .args(&program.args)
        .env_clear()
        .env(ENV_MEMORY, limits.memory.to_string())
        .env(ENV_CPU, limits.cpu_seconds.to_string())
        .env(ENV_SPOOL, limits.input.to_string())
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(start)
}

/// Hands the job and its bytes over. A worker that stops listening is no error here: its answer tells why.
fn feed(
    pipe: ChildStdin,
    job: &Job,
    input: &mut dyn Read,
    hearing: &mut Hearing,
    hear: &mut dyn FnMut(Event<'_>),
) -> std::io::Result<()> {
    let mut pipe = BufWriter::with_capacity(CHUNK, pipe);
    if Ask::Job(job.clone()).write(&mut pipe).is_err() {
        return Ok(());
    }
    let mut chunk = vec![0u8; CHUNK];
    loop {
        let n = match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let sent = Ask::write_bytes(&mut pipe, chunk.get(..n).unwrap_or_default());
        hearing.whatever_waits(hear);
        if sent.is_err() || hearing.violation.is_some() {
            return Ok(());
        }
    }
    // A broken pipe here means the same as above.
    let _gone = Ask::End.write(&mut pipe).map_err(drop).and_then(|()| pipe.flush().map_err(drop));
    Ok(())
}

/// From the pipe to the examiner, until the end, an error, or nobody listens.
fn receive(pipe: ChildStdout, to: &SyncSender<Result<Answer, FrameError>>) {
    let mut pipe = BufReader::with_capacity(CHUNK, pipe);
    loop {
        let answer = match Answer::read(&mut pipe) {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => return,
            Err(e) => Err(e),
        };
        let last = answer.is_err();
        if to.send(answer).is_err() || last {
            return;
        }
    }
}

struct Hearing {
    examiner: Examiner,
    answers: Receiver<Result<Answer, FrameError>>,
    violation: Option<Violation>,
}

impl Hearing {
    /// Waits for the next answer; `false` at the end.
    fn next(&mut self, hear: &mut dyn FnMut(Event<'_>)) -> bool {
        match self.answers.recv() {
            Ok(answer) => self.examine(answer, hear),
            Err(_) => return false,
        }
        true
    }

    fn whatever_waits(&mut self, hear: &mut dyn FnMut(Event<'_>)) {
        while self.violation.is_none()
            && let Ok(answer) = self.answers.try_recv()
        {
            self.examine(answer, hear);
        }
    }

    fn examine(&mut self, answer: Result<Answer, FrameError>, hear: &mut dyn FnMut(Event<'_>)) {
        match answer {
            Ok(answer) => self.violation = self.examiner.take(answer, hear).err(),
            // A cut stream is a death, named from the exit status.
            Err(FrameError::Cut | FrameError::Io(_)) => {}
            Err(e) => self.violation = Some(Violation(e.to_string())),
        }
    }
}

fn outcome(
    examiner: Examiner,
    violation: Option<Violation>,
    status: Option<ExitStatus>,
    words: LastWords,
    killed: Option<Killed>,
) -> Outcome {
    let (done, some) = (examiner.is_done(), examiner.heard_something());
    let ended = status.and_then(|s| ending(s, words, killed));
    let trouble = match (violation, ended) {
        (Some(v), _) => Some(("worker-answer-malformed", v.to_string())),
        // It refused to work and said so: the finding is there already.
        (None, Some(("worker-exited", _))) if done => None,
        (None, Some(ended)) => Some(ended),
        (None, None) if !done => Some(("worker-answer-malformed", "no end to the answer".to_owned())),
        (None, None) => None,
    };
    let whole = done && trouble.is_none();
    let fences = examiner.fences().to_vec();
    let sound = examiner.sound();
    let mut reading = examiner.into_reading();
    if let Some((id, detail)) = trouble {
        let severity = if some { Severity::Partial } else { Severity::Unread };
        reading.findings.push(ReadFinding { id: id.to_owned(), severity, detail });
    }
    Outcome { reading, whole, fences, sound: sound.0.map(|format| (format, sound.1)) }
}

/// The process, and who may kill it.
struct Watched {
    child: Mutex<Child>,
    killed: Mutex<Option<Killed>>,
    over: AtomicBool,
}

impl Watched {
    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn killed(&self) -> Option<Killed> {
        *self.killed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kill(&self, why: Killed) {
        let mut child = self.child();
        // Reaped already: then there is nothing to kill, and no blame.
        if matches!(child.try_wait(), Ok(None)) {
            self.killed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
            let _gone = child.kill();
        }
    }

    fn watch(&self, deadline: Instant, cancel: &AtomicBool) {
        while !self.over.load(Ordering::SeqCst) {
            if cancel.load(Ordering::SeqCst) {
                return self.kill(Killed::Cancelled);
            }
            if Instant::now() >= deadline {
                return self.kill(Killed::Wall);
            }
            std::thread::park_timeout(LOOK);
        }
    }

    /// Waits without holding the lock, so that the watch can still kill.
    fn reap(&self) -> Option<ExitStatus> {
        loop {
            match self.child().try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) => {}
                Err(_) => return None,
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
