//! Text that is only to be seen: pictures, and pages of documents without text of their own, read by a worker with the models
//! (OCR), several exhibits at a time, page after page.
//!
//! Keeps: what was finished before a stop is a derivative of its own, from which the next run goes on; a page at which a worker
//! dies is named and the next is tried; the reading before stays in the log. Does not know: models, pixels.

mod merge;

use crate::AppError;
use crate::catalogue::{Exhibit, what};
use crate::progress::{Stage, Watch};
use crate::reading::{About, NotRead, derive, interrupted, is_unread, load};
use crate::session::{Lend, Session};
use casemate_media::{Event, Limits, MediaError, Outcome, Program, run_job};
use casemate_ports::reading::{Passage, ReadFinding, Reading, Severity};
use casemate_ports::worker::{Job, RecogniseJob};
use casemate_vault::ObjectReader;
use merge::{SEEN_ONLY, Seen, merged};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How often the finished pages of a long document are made safe.
const SAVE_EVERY: Duration = Duration::from_secs(60);
/// Pages of one exhibit that may kill a worker before the rest is left alone.
const DEATHS: usize = 8;
/// Findings that say nothing of the exhibit: nothing is written down, and the next run tries again.
const NOT_ABLE: [&str; 2] = ["ocr-missing", "fence-missing"];

/// What it came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OcrReply {
    /// Exhibits whose text was read now.
    pub recognised: u64,
    /// Exhibits of which something was not.
    pub not_recognised: Vec<NotRead>,
    /// Whether it was stopped: the next run goes on.
    pub stopped: bool,
    /// Milliseconds that each exhibit took.
    #[serde(skip)]
    pub(crate) took: BTreeMap<u64, u64>,
}

/// Reads the text in the exhibits named, or in all that have text that is only to be seen.
///
/// # Errors
/// The vault's, or a program that does not start.
pub fn recognise(case: &impl Lend, exhibits: &[u64], watch: &Watch<'_>) -> Result<OcrReply, AppError> {
    let (program, jobs) = case.with(|s| (s.tools.pictures.clone(), s.tools.jobs.max(1)));
    let mut waiting: VecDeque<Waiting> = case.with(|s| wanted(s, exhibits))?;
    let mut reply = OcrReply::default();
    if waiting.is_empty() {
        return Ok(reply);
    }
    let program = program.ok_or(AppError::NoProgram("casemate-worker --models"))?;
    let total: u64 = waiting.iter().map(|w| w.pages).sum();
    std::thread::scope(|scope| {
        let (tell, told): (Sender<Told>, Receiver<Told>) = channel();
        let (mut running, mut pages) = (0usize, 0u64);
        loop {
            while running < jobs && !watch.stopped() {
                let Some(next) = waiting.pop_front() else { break };
                if let Some(task) = case.with(|session| task(session, next, &mut reply))? {
                    let (tell, program) = (tell.clone(), &program);
                    scope.spawn(move || work(program, task, watch, &tell));
                    running += 1;
                }
            }
            if running == 0 {
                reply.stopped |= watch.stopped();
                return Ok(reply);
            }
            match told.recv() {
                Ok(Told::Page(exhibit)) => {
                    pages += 1;
                    watch.tell(Stage::Recognising, pages.min(total), Some(total), Some(exhibit));
                }
                Ok(Told::Part(exhibit, part)) => case.with(|session| save(session, exhibit, &part))?,
                Ok(Told::Done(done)) => {
                    running -= 1;
                    waiting.extend(case.with(|session| keep(session, *done, &mut reply))?);
                }
                Err(_) => return Ok(reply),
            }
        }
    })
}

/// Exhibits with text that is only to be seen.
pub(crate) fn seen_only(session: &Session) -> impl Iterator<Item = &Exhibit> {
    session.catalogue.exhibits().filter(|e| {
        let about = e.newest(what::READING).and_then(About::of);
        about.is_some_and(|a| a.findings.iter().any(|f| SEEN_ONLY.contains(&f.id.as_str())))
    })
}

/// An exhibit that waits, and what of it is finished.
struct Waiting {
    exhibit: u64,
    pages: u64,
    seen: Seen,
    deaths: usize,
}

fn wanted(session: &Session, exhibits: &[u64]) -> Result<VecDeque<Waiting>, AppError> {
    let chosen = seen_only(session).filter(|e| exhibits.is_empty() || exhibits.contains(&e.number));
    let waiting = |e: &Exhibit| {
        let pages = pages(session, e)?;
        Ok(Waiting { exhibit: e.number, pages, seen: Seen::default(), deaths: 0 })
    };
    chosen.map(waiting).collect()
}

/// Pages of a document; a picture is taken for one.
fn pages(session: &Session, exhibit: &Exhibit) -> Result<u64, AppError> {
    let reading = exhibit.newest(what::READING).filter(|d| About::of(d).is_some_and(|a| a.kind == "document"));
    let Some(reading) = reading else { return Ok(1) };
    let told = load(session, reading)?.metadata.into_iter().find(|(name, _)| name == "pages");
    Ok(told.and_then(|(_, count)| count.parse().ok()).unwrap_or(1))
}

struct Task {
    waiting: Waiting,
    reader: ObjectReader,
}

/// What is needed to go on with an exhibit; `None` where it can't be opened, which is named.
fn task(session: &Session, mut waiting: Waiting, reply: &mut OcrReply) -> Result<Option<Task>, AppError> {
    let Some(exhibit) = session.catalogue.number(waiting.exhibit) else { return Ok(None) };
    let Some(sealed) = &exhibit.sealed else { return Ok(None) };
    if waiting.deaths == 0
        && let Some(part) = exhibit.newest(what::OCR_PART)
    {
        waiting.seen.until = About::of(part).and_then(|a| a.until_ms).unwrap_or(0);
        waiting.seen.passages = load(session, part)?.passages;
    }
    match session.vault.read(&sealed.object) {
        Ok(reader) => Ok(Some(Task { waiting, reader })),
        Err(damage) if damage.is_damage() => {
            let id = "object-damaged".to_owned();
            let finding = ReadFinding { id, severity: Severity::Unread, detail: damage.to_string() };
            let source = session.catalogue.origin(exhibit);
            reply.not_recognised.push(NotRead { exhibit: exhibit.number, source, findings: vec![finding] });
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

/// What a worker's thread tells.
enum Told {
    /// A page is finished.
    Page(u64),
    /// Enough is finished to be made safe.
    Part(u64, Seen),
    Done(Box<Done>),
}

struct Done {
    waiting: Waiting,
    outcome: Result<Outcome, MediaError>,
    took: Duration,
}

fn work(program: &Program, task: Task, watch: &Watch<'_>, tell: &Sender<Told>) {
    let Task { mut waiting, mut reader } = task;
    let exhibit = waiting.exhibit;
    let from_page = u32::try_from(waiting.seen.until.saturating_add(1)).unwrap_or(u32::MAX);
    let job = Job::Recognise(RecogniseJob { from_page });
    let limits = Limits::recognising(waiting.pages);
    let mut fresh: Vec<Passage> = Vec::new();
    let began = Instant::now();
    let mut saved = began;
    // Nobody listens only where it is over.
    let say = |told| drop(tell.send(told));
    let seen = &mut waiting.seen;
    let outcome = run_job(program, &job, &mut reader, &limits, watch.stop, &mut |event| match event {
        Event::Passages(batch) => fresh.extend_from_slice(batch),
        // A page is finished: only now do its passages count.
        Event::Progress(p) if p.done > seen.until => {
            seen.passages.append(&mut fresh);
            seen.until = p.done;
            say(Told::Page(exhibit));
            if saved.elapsed() >= SAVE_EVERY {
                saved = Instant::now();
                say(Told::Part(exhibit, seen.clone()));
            }
        }
        _ => {}
    });
    say(Told::Done(Box::new(Done { waiting, outcome, took: began.elapsed() })));
}

/// Keeps what came of it; an exhibit whose worker died at a page waits again for the pages behind it.
fn keep(session: &mut Session, done: Done, reply: &mut OcrReply) -> Result<Option<Waiting>, AppError> {
    let Done { mut waiting, outcome, took } = done;
    let number = waiting.exhibit;
    *reply.took.entry(number).or_insert(0) += u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let outcome = match outcome {
        Ok(outcome) if interrupted(&outcome) => Err(MediaError::Cancelled),
        other => other,
    };
    match outcome {
        Ok(outcome) if outcome.reading.findings.iter().any(|f| NOT_ABLE.contains(&f.id.as_str())) => {
            let source = session.catalogue.number(number).map(|e| session.catalogue.origin(e)).unwrap_or_default();
            let findings = outcome.reading.findings;
            reply.not_recognised.push(NotRead { exhibit: number, source, findings });
        }
        Ok(outcome) => {
            let died = !outcome.whole && waiting.seen.until.saturating_add(1) < waiting.pages;
            waiting.seen.take(outcome);
            if died && waiting.deaths < DEATHS {
                waiting.seen.skip();
                return Ok(Some(Waiting { deaths: waiting.deaths + 1, ..waiting }));
            }
            finish(session, number, waiting.seen, reply)?;
        }
        Err(MediaError::Cancelled) => {
            save(session, number, &waiting.seen)?;
            reply.stopped = true;
        }
        Err(MediaError::Input(cause)) => {
            let id = "object-damaged".to_owned();
            let finding = ReadFinding { id, severity: Severity::Unread, detail: cause.to_string() };
            let source = session.catalogue.number(number).map(|e| session.catalogue.origin(e)).unwrap_or_default();
            reply.not_recognised.push(NotRead { exhibit: number, source, findings: vec![finding] });
        }
        Err(other) => return Err(other.into()),
    }
    Ok(None)
}

/// Makes what is finished safe.
fn save(session: &mut Session, number: u64, seen: &Seen) -> Result<(), AppError> {
    if seen.until == 0 {
        return Ok(());
    }
    let act = derive(session, number, what::OCR_PART, &seen.as_part(), Some(seen.until))?;
    session.append(vec![act])?;
    Ok(())
}

/// The reading with what was seen in it becomes the newest.
fn finish(session: &mut Session, number: u64, seen: Seen, reply: &mut OcrReply) -> Result<(), AppError> {
    let exhibit = session.catalogue.number(number).ok_or(AppError::NotRead(number))?;
    let derived = exhibit.newest(what::READING).ok_or(AppError::NotRead(number))?;
    let reading: Reading = merged(load(session, derived)?, seen);
    let source = session.catalogue.origin(exhibit);
    let act = derive(session, number, what::READING, &reading, None)?;
    session.append(vec![act])?;
    reply.recognised += u64::from(!reading.findings.iter().any(|f| f.severity == Severity::Unread));
    if is_unread(&reading.findings) {
        reply.not_recognised.push(NotRead { exhibit: number, source, findings: reading.findings });
    }
    Ok(())
}
