//! Reading what has not been read: several workers at a time, each over its own pipe, results committed as they come.
//!
//! Keeps: a worker's end, however bad, is a finding on its exhibit; nothing is read twice. Does not know: formats.

use super::{AddReply, seal};
use crate::AppError;
use crate::catalogue::{Exhibit, what};
use crate::progress::{Stage, Watch};
use crate::reading::{NotRead, derive, interrupted, is_unread};
use crate::session::{Lend, Session};
use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::reading::{Part, ReadFinding, Reading, Severity};
use casemate_ports::worker::{Job, ReadJob};
use casemate_vault::ObjectReader;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Bytes of embedded files of one exhibit that are kept in memory while it is read.
const PARTS_BYTES_MAX: u64 = 256 << 20;
/// Longest extension handed to a worker.
const EXTENSION_MAX: usize = 16;

struct Task {
    exhibit: u64,
    extension: Option<String>,
    reader: ObjectReader,
}

struct Done {
    exhibit: u64,
    outcome: Result<Outcome, MediaError>,
    parts: Vec<(Part, Vec<u8>)>,
    took: Duration,
}

/// Reads every exhibit without a reading. Answers whether it was stopped.
pub(super) fn unread(case: &impl Lend, reply: &mut AddReply, watch: &Watch<'_>) -> Result<bool, AppError> {
    let (program, jobs) = case.with(|s| (s.tools.worker.clone(), s.tools.jobs.max(1)));
    let program = program.ok_or(AppError::NoProgram("casemate-worker"))?;
    let unread = |e: &&Exhibit| e.newest(what::READING).is_none();
    let mut waiting: VecDeque<u64> = case.with(|s| s.catalogue.exhibits().filter(unread).map(|e| e.number).collect());
    let total = waiting.len() as u64;
    std::thread::scope(|scope| {
        let (tell, done): (Sender<Done>, Receiver<Done>) = channel();
        let (mut running, mut finished) = (0usize, 0u64);
        loop {
            while running < jobs && !watch.stopped() {
                let Some(number) = waiting.pop_front() else { break };
                if let Some(task) = case.with(|session| task(session, number, reply))? {
                    let (tell, program) = (tell.clone(), &program);
                    // Nobody listens only where the intake is over.
                    scope.spawn(move || drop(tell.send(work(program, task, watch))));
                    running += 1;
                } else {
                    finished += 1;
                }
            }
            if running == 0 {
                return Ok(watch.stopped());
            }
            let Ok(result) = done.recv() else { return Ok(true) };
            running -= 1;
            finished += 1;
            watch.tell(Stage::Reading, finished, Some(total), Some(result.exhibit));
            case.with(|session| keep(session, result, reply))?;
        }
    })
}

/// The reader of an exhibit; `None` where its object can't be opened, which is named.
fn task(session: &Session, number: u64, reply: &mut AddReply) -> Result<Option<Task>, AppError> {
    let Some(exhibit) = session.catalogue.number(number) else { return Ok(None) };
    let Some(sealed) = &exhibit.sealed else { return Ok(None) };
    let extension = sealed.name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let extension = extension.filter(|e| e.len() <= EXTENSION_MAX && e.bytes().all(|b| b.is_ascii_alphanumeric()));
    match session.vault.read(&sealed.object) {
        Ok(reader) => Ok(Some(Task { exhibit: number, extension, reader })),
        Err(damage) if damage.is_damage() => {
            let finding =
                ReadFinding { id: "object-damaged".to_owned(), severity: Severity::Unread, detail: damage.to_string() };
            reply.not_read.push(NotRead {
                exhibit: number,
                source: session.catalogue.origin(exhibit),
                findings: vec![finding],
            });
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

fn work(program: &Program, mut task: Task, watch: &Watch<'_>) -> Done {
    let mut parts: Vec<(Part, Vec<u8>)> = Vec::new();
    let began = Instant::now();
    let job = Job::Read(ReadJob { extension: task.extension.take() });
    let limits = Limits { part_bytes: PARTS_BYTES_MAX, ..Limits::reading() };
    let outcome = run_job(program, &job, &mut task.reader, &limits, watch.stop, &mut |event| match event {
        Event::Part(part) => parts.push((part.clone(), Vec::new())),
        Event::PartBytes(bytes) => {
            if let Some((_, kept)) = parts.last_mut() {
                kept.extend_from_slice(bytes);
            }
        }
        _ => {}
    });
    Done { exhibit: task.exhibit, outcome, parts, took: began.elapsed() }
}

fn keep(session: &mut Session, done: Done, reply: &mut AddReply) -> Result<(), AppError> {
    let Done { exhibit: number, outcome, parts, took } = done;
    let reading: Reading = match outcome {
        Ok(outcome) if interrupted(&outcome) => return Ok(()),
        Ok(outcome) => {
            // A part is whole only if the worker ended well.
            let root = session.catalogue.number(number).map(|e| e.root);
            if let Some(root) = root.filter(|_| outcome.whole) {
                seal::parts(session, (number, root), &parts, reply)?;
            }
            outcome.reading
        }
        Err(MediaError::Cancelled) => return Ok(()),
        Err(MediaError::Input(cause)) => {
            let finding =
                ReadFinding { id: "object-damaged".into(), severity: Severity::Unread, detail: cause.to_string() };
            let source = session.catalogue.number(number).map(|e| session.catalogue.origin(e)).unwrap_or_default();
            reply.not_read.push(NotRead { exhibit: number, source, findings: vec![finding] });
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };
    let act = derive(session, number, what::READING, &reading, None)?;
    session.append(vec![act])?;
    reply.took.insert(number, took.as_millis().try_into().unwrap_or(u64::MAX));
    // What gave nothing was not read.
    reply.read += u64::from(!reading.findings.iter().any(|f| f.severity == Severity::Unread));
    if is_unread(&reading.findings)
        && let Some(exhibit) = session.catalogue.number(number)
    {
        let source = session.catalogue.origin(exhibit);
        reply.not_read.push(NotRead { exhibit: number, source, findings: reading.findings });
    }
    Ok(())
}
