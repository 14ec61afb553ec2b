//! Long work: one job at a time, in the order in which they were asked for; told of while it runs, stopped when asked.
//!
//! Keeps: a job that is stopped or dies keeps what it had finished (every use case does); the newest jobs are remembered,
//! and none of their results outlives the unlocked case. Does not know: what a job does.

use crate::refusal::Advice;
use crate::wire::held::{AuditedView, PassedOnView};
use crate::wire::outside::Stamped;
use crate::wire::{CaseVerdictView, DiscloseView};
use casemate_app::export::ExportReply;
use casemate_app::intake::AddReply;
use casemate_app::{Progress, Stage, Watch};
use serde::Serialize;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use utoipa::ToSchema;

/// Jobs remembered.
const REMEMBERED: usize = 50;
/// Shortest time between two tellings of one job.
const PAUSE: Duration = Duration::from_millis(200);
/// Work shorter than this gives no estimate.
const ESTIMATE_AFTER: Duration = Duration::from_secs(2);

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = JobKind)]
pub enum Kind {
    /// Files of this machine are sealed and read.
    Intake,
    /// What was not read is read.
    Transcribe,
    /// The case is checked.
    Verify,
    /// A bundle is made.
    Disclose,
    /// A bundle is passed on with more withheld.
    Narrow,
    /// A file is looked through for what it holds and does not show.
    Audit,
    /// Time-stamping authorities are asked.
    Timestamp,
    /// Originals are written into a folder.
    Export,
}

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = JobState)]
pub enum State {
    /// Others are before it.
    Waiting,
    /// At work.
    Running,
    /// Finished.
    Done,
    /// Stopped when asked: what was finished is kept.
    Stopped,
    /// Not done, see the error.
    Failed,
}

/// A job as it is told of.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    /// Number, from 1.
    pub id: u64,
    /// What it does.
    pub kind: Kind,
    /// Where it is.
    pub state: State,
    /// The stage of its work.
    pub stage: Option<Stage>,
    /// Units done.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
    /// The exhibit that is worked on.
    pub exhibit: Option<u64>,
    /// Milliseconds that are left, by the pace so far.
    pub eta_ms: Option<u64>,
    /// When it was asked for, RFC 3339, by this machine's clock.
    pub started_at: String,
    /// Why it failed.
    pub error: Option<Advice>,
    /// What it came to.
    #[schema(value_type = Option<JobResult>)]
    pub result: Option<Value>,
}

/// What a job came to, by its kind.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it describes what is JSON already")]
enum JobResult {
    /// Of `intake` and `transcribe`.
    Added(AddReply),
    /// Of `verify`.
    Verified(CaseVerdictView),
    /// Of `disclose`.
    Disclosed(DiscloseView),
    /// Of `narrow`.
    PassedOn(PassedOnView),
    /// Of `audit`.
    Audited(AuditedView),
    /// Of `timestamp`.
    Stamped(Stamped),
    /// Of `export`.
    Exported(ExportReply),
}

struct Job {
    view: JobView,
    stop: Arc<AtomicBool>,
    /// When this stage, or this exhibit's turn in it, began, and with how much done.
    stage_began: Instant,
    began_with: u64,
    told: Option<Instant>,
}

/// The jobs of one unlocked case.
pub struct Jobs {
    all: Mutex<Vec<Job>>,
    turn: Mutex<()>,
    told: Tell,
}

/// Who is told of a job that went on.
pub type Tell = Box<dyn Fn(JobView) + Send + Sync>;

/// What a job came to.
pub enum Outcome {
    /// Finished, or stopped with something to show.
    Done {
        /// The reply.
        result: Value,
        /// Whether it stopped before its end.
        stopped: bool,
    },
    /// Not done.
    Failed(Advice),
}

impl Jobs {
    /// None yet; what happens to them is told to `told`.
    pub fn new(told: Tell) -> Self {
        Self { all: Mutex::default(), turn: Mutex::default(), told }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Job>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a job that is to be run.
    pub fn add(&self, kind: Kind, now: &str) -> JobView {
        let mut all = self.lock();
        let id = all.last().map_or(1, |j| j.view.id + 1);
        let view = JobView {
            id,
            kind,
            state: State::Waiting,
            stage: None,
            done: 0,
            total: None,
            exhibit: None,
            eta_ms: None,
            started_at: now.to_owned(),
            error: None,
            result: None,
        };
        all.push(Job {
            view: view.clone(),
            stop: Arc::default(),
            stage_began: Instant::now(),
            began_with: 0,
            told: None,
        });
        let over = all.len().saturating_sub(REMEMBERED);
        let mut ended = 0;
        all.retain(|j| {
            let gone = ended < over && !matches!(j.view.state, State::Waiting | State::Running);
            ended += usize::from(gone);
            !gone
        });
        drop(all);
        self.tell(id);
        view
    }

    /// Runs a job in this thread, once it is its turn.
    pub fn run(&self, id: u64, work: impl FnOnce(&Watch<'_>) -> Outcome) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stop) = self.change(id, |j| Arc::clone(&j.stop)) else { return };
        if stop.load(Ordering::SeqCst) {
            self.end(id, State::Stopped, None, None);
            return;
        }
        self.change(id, |j| j.view.state = State::Running);
        let tell = |progress: Progress| self.progress(id, &progress);
        let outcome = work(&Watch { tell: &tell, stop: &stop });
        match outcome {
            Outcome::Done { result, stopped } => {
                self.end(id, if stopped { State::Stopped } else { State::Done }, Some(result), None);
            }
            Outcome::Failed(advice) if stop.load(Ordering::SeqCst) && advice.id == "stopped" => {
                self.end(id, State::Stopped, None, None);
            }
            Outcome::Failed(advice) => self.end(id, State::Failed, None, Some(advice)),
        }
    }

    fn end(&self, id: u64, state: State, result: Option<Value>, error: Option<Advice>) {
        self.change(id, |j| {
            j.view.state = state;
            (j.view.result, j.view.error) = (result, error);
            j.view.eta_ms = None;
        });
        self.tell(id);
    }

    fn change<R>(&self, id: u64, work: impl FnOnce(&mut Job) -> R) -> Option<R> {
        self.lock().iter_mut().find(|j| j.view.id == id).map(work)
    }

    fn progress(&self, id: u64, p: &Progress) {
        let now = Instant::now();
        let due = self.change(id, |j| {
            let stage = p.stage;
            // Where it counts anew (the next recording), the pace is measured anew; what an earlier run did tells nothing of it.
            let turn = stage == Stage::Transcribing && p.exhibit != j.view.exhibit;
            if j.view.stage != Some(stage) || turn {
                (j.view.stage, j.stage_began, j.began_with, j.told) = (Some(stage), now, p.done, None);
            }
            (j.view.done, j.view.total, j.view.exhibit) = (p.done, p.total, p.exhibit);
            let total = p.total.map(|total| total.saturating_sub(j.began_with));
            j.view.eta_ms = left(now.duration_since(j.stage_began), p.done.saturating_sub(j.began_with), total);
            let due = j.told.is_none_or(|told| now.duration_since(told) >= PAUSE);
            if due {
                j.told = Some(now);
            }
            due
        });
        if due == Some(true) {
            self.tell(id);
        }
    }

    fn tell(&self, id: u64) {
        if let Some(view) = self.view(id) {
            // A result may be large: who wants it asks for the job.
            (self.told)(JobView { result: None, ..view });
        }
    }

    /// All that are remembered, oldest first.
    pub fn views(&self) -> Vec<JobView> {
        self.lock().iter().map(|j| j.view.clone()).collect()
    }

    /// One of them.
    pub fn view(&self, id: u64) -> Option<JobView> {
        self.lock().iter().find(|j| j.view.id == id).map(|j| j.view.clone())
    }

    /// Asks one to stop.
    pub fn stop(&self, id: u64) -> Option<JobView> {
        self.change(id, |j| j.stop.store(true, Ordering::SeqCst))?;
        self.view(id)
    }

    /// Asks all to stop.
    pub fn stop_all(&self) {
        self.lock().iter().for_each(|j| j.stop.store(true, Ordering::SeqCst));
    }

    /// Whether any is waiting or running.
    pub fn busy(&self) -> bool {
        self.lock().iter().any(|j| matches!(j.view.state, State::Waiting | State::Running))
    }
}

/// Milliseconds left by the pace of this stage.
fn left(spent: Duration, done: u64, total: Option<u64>) -> Option<u64> {
    let total = total.filter(|t| done > 0 && done <= *t && spent >= ESTIMATE_AFTER)?;
    let each = spent.as_secs_f64() / done as f64;
    Some((each * (total - done) as f64 * 1000.0) as u64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn jobs() -> Jobs {
        Jobs::new(Box::new(|_| ()))
    }

    fn advice(id: &str) -> Advice {
        Advice { id: id.into(), title: String::new(), advice: String::new(), reasons: Vec::new(), status: 409 }
    }

    #[test]
    fn a_job_that_is_stopped_before_its_turn_never_runs() {
        let jobs = jobs();
        let id = jobs.add(Kind::Verify, "").id;
        jobs.stop(id).unwrap();
        jobs.run(id, |_| unreachable!());
        assert_eq!(jobs.view(id).unwrap().state, State::Stopped);
        assert!(!jobs.busy());
    }

    #[test]
    fn what_a_job_came_to_is_told() {
        let jobs = jobs();
        let [a, b, c] = ["1", "2", "3"].map(|n| jobs.add(Kind::Intake, n).id);
        jobs.run(a, |w| {
            (w.tell)(Progress { stage: Stage::Sealing, done: 1, total: Some(4), exhibit: None });
            Outcome::Done { result: 5.into(), stopped: false }
        });
        jobs.run(b, |_| Outcome::Failed(advice("disk-full")));
        jobs.run(c, |w| {
            jobs.stop(c);
            assert!(w.stopped());
            Outcome::Failed(advice("stopped"))
        });
        let states: Vec<State> = jobs.views().iter().map(|j| j.state).collect();
        assert_eq!(states, [State::Done, State::Failed, State::Stopped]);
        let first = jobs.view(a).unwrap();
        assert_eq!(
            (first.stage, first.done, first.total, first.result),
            (Some(Stage::Sealing), 1, Some(4), Some(5.into()))
        );
        assert_eq!(jobs.view(b).unwrap().error.unwrap().id, "disk-full");
    }

    #[test]
    fn ended_jobs_are_forgotten_and_running_ones_never() {
        let jobs = jobs();
        let waiting = jobs.add(Kind::Verify, "").id;
        for _ in 0..2 * REMEMBERED {
            let id = jobs.add(Kind::Intake, "").id;
            jobs.run(id, |_| Outcome::Done { result: Value::Null, stopped: false });
        }
        assert!(jobs.views().len() <= REMEMBERED && jobs.view(waiting).is_some());
    }

    #[test]
    fn the_pace_is_measured_anew_where_the_count_begins_anew() {
        let jobs = jobs();
        let id = jobs.add(Kind::Transcribe, "").id;
        let heard = |done, exhibit| Progress { stage: Stage::Transcribing, done, total: Some(90_000), exhibit };
        jobs.run(id, |w| {
            (w.tell)(heard(60_000, Some(1)));
            (w.tell)(heard(90_000, Some(1)));
            assert_eq!(jobs.change(id, |j| j.began_with), Some(60_000));
            (w.tell)(heard(0, Some(2)));
            assert_eq!(jobs.change(id, |j| (j.began_with, j.view.done, j.view.eta_ms)), Some((0, 0, None)));
            Outcome::Done { result: Value::Null, stopped: false }
        });
    }

    #[test]
    fn an_estimate_needs_time_and_a_total() {
        let s = Duration::from_secs;
        assert_eq!(left(s(10), 5, Some(20)), Some(30_000));
        assert_eq!([left(s(1), 5, Some(20)), left(s(10), 0, Some(20)), left(s(10), 5, None)], [None; 3]);
    }
}
