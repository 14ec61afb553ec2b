//! The office: the one case that this server may open, whether it is open now, and since when nobody worked at it.
//!
//! Keeps: locked means that no call sees the case; a case that is locked while a job runs is closed when the job has kept
//! what it finished; keys live no longer than the open case. Does not know: HTTP.

use crate::door::Door;
use crate::events::{BACKLOG, Event};
use crate::jobs::{Jobs, Kind, Outcome};
use crate::pictures::Pictures;
use crate::refusal::{Advice, Refusal};
use crate::room::Room;
use crate::tapes::Tapes;
use crate::tray::Tray;
use casemate_app::doctor::Check;
use casemate_app::settings::InstalledModel;
use casemate_app::{AppError, Lend, Place, Session, Tools, Watch};
use casemate_vault::{Access, Passphrase};
use casemate_words::Language;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::broadcast::{self, Receiver, Sender};

/// What looks at the surroundings, told how many pages of keys are locked in memory, of how many.
pub type Doctor = Box<dyn Fn(Option<(u64, u64)>) -> Vec<Check> + Send + Sync>;

/// What the composition root gives.
pub struct Setup {
    /// Where the case lies.
    pub place: Place,
    /// What it is called on the screen: its folder's name.
    pub name: String,
    /// Programs beside this one.
    pub tools: Tools,
    /// The program's words for an error.
    pub advise: fn(&AppError, Language) -> Advice,
    /// What `casemate doctor` finds, told how many pages of the open case's keys are locked in memory, of how many.
    pub doctor: Doctor,
    /// The models that the speech engine is given.
    pub models: Box<dyn Fn() -> Vec<InstalledModel> + Send + Sync>,
    /// Locks after this long without work.
    pub idle: Duration,
}

/// An unlocked case.
pub struct Open {
    /// The session, lent for a moment to each call.
    pub session: Mutex<Session>,
    /// Its long work.
    pub jobs: Jobs,
    /// Where bundles wait for their download.
    pub room: Arc<Room>,
    /// Files that are looked at.
    pub tray: Tray,
    /// Copies of recordings that a browser can play.
    pub tapes: Tapes,
    /// Pictures of pages.
    pub pictures: Pictures,
}

/// The office.
pub struct Office {
    /// What the composition root gave.
    pub setup: Setup,
    /// The way in.
    pub door: Door,
    port: u16,
    open: RwLock<Option<Arc<Open>>>,
    /// Held while a case is being opened or closed.
    turning: Mutex<()>,
    used: Mutex<Instant>,
    events: Sender<Event>,
}

impl Office {
    /// A locked office on a port.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn new(setup: Setup, port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            setup,
            door: Door::new(port)?,
            port,
            open: RwLock::default(),
            turning: Mutex::default(),
            used: Mutex::new(Instant::now()),
            events: broadcast::channel(BACKLOG).0,
        })
    }

    /// The hosts under which this server may be called.
    pub fn hosts(&self) -> [String; 2] {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)]
    }

    /// Their origins.
    pub fn origins(&self) -> [String; 2] {
        self.hosts().map(|host| format!("http://{host}"))
    }

    /// The port that this server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Somebody works.
    pub fn touch(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Locks where nobody has worked for as long as the setup says, unless a job still does.
    pub fn lock_if_idle(&self) {
        let idle = self.used.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        let busy = self.opened().is_some_and(|open| open.jobs.busy());
        if idle >= self.setup.idle && !busy {
            self.lock();
        }
    }

    /// What happens from now on.
    pub fn listen(&self) -> Receiver<Event> {
        self.events.subscribe()
    }

    /// The open case.
    pub fn opened(&self) -> Option<Arc<Open>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The open case, or the refusal.
    ///
    /// # Errors
    /// It is locked.
    pub fn case(&self) -> Result<Arc<Open>, Refusal> {
        self.opened().ok_or_else(Refusal::locked)
    }

    /// Opens the case. Costs what the passphrase's scrypt costs.
    ///
    /// # Errors
    /// A wrong passphrase, another writer, damage.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<(), AppError> {
        let _turning = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        if self.opened().is_some() {
            // Open already: the passphrase is still asked.
            let again = Session::open(self.setup.place.clone(), passphrase, Access::Read, self.setup.tools.clone())?;
            drop(again);
            return Ok(());
        }
        let session = Session::open(self.setup.place.clone(), passphrase, Access::Write, self.setup.tools.clone())?;
        let events = self.events.clone();
        // Nobody listens where no tab is open.
        let told = move |job| drop(events.send(Event::Job(Box::new(job))));
        let open = Open {
            session: Mutex::new(session),
            jobs: Jobs::new(Box::new(told)),
            room: Arc::default(),
            tray: Tray::default(),
            tapes: Tapes::default(),
            pictures: Pictures::default(),
        };
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(open));
        self.touch();
        self.events.send(Event::State { locked: false }).ok();
        Ok(())
    }

    /// Locks at once: no call sees the case any more; jobs are stopped, keep what they finished, and then the case is
    /// closed.
    pub fn lock(&self) {
        let open = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        let Some(open) = open else { return };
        self.events.send(Event::State { locked: true }).ok();
        open.jobs.stop_all();
        let _turning = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = open;
        // Calls and jobs that still hold it are short now.
        let session = loop {
            match Arc::try_unwrap(open) {
                Ok(open) => break open.session,
                Err(still) => open = still,
            }
            std::thread::sleep(CLOSING_PAUSE);
        };
        session.into_inner().unwrap_or_else(PoisonError::into_inner).close();
    }

    /// The words for an error.
    pub fn refuse(&self, error: &AppError, language: Language) -> Refusal {
        Refusal((self.setup.advise)(error, language))
    }

    /// Tells tabs that the log has grown.
    pub fn grown(&self, acts: u64) {
        self.events.send(Event::Acts { acts }).ok();
    }

    /// Puts a job into the queue; it runs in a thread of its own.
    pub fn start<T: Serialize>(
        self: &Arc<Self>,
        open: &Arc<Open>,
        kind: Kind,
        language: Language,
        work: impl FnOnce(&Mutex<Session>, &Watch<'_>) -> Result<(T, bool), AppError> + Send + 'static,
    ) -> crate::jobs::JobView {
        let view = open.jobs.add(kind, &casemate_app::clock::rfc3339(now_ms()));
        let (office, open) = (Arc::clone(self), Arc::clone(open));
        let id = view.id;
        std::thread::spawn(move || {
            open.jobs.run(id, |watch| match work(&open.session, watch) {
                Ok((reply, stopped)) => {
                    Outcome::Done { result: serde_json::to_value(reply).unwrap_or_default(), stopped }
                }
                Err(error) => Outcome::Failed((office.setup.advise)(&error, language)),
            });
            let acts = open.session.with(|s| s.acts());
            office.touch();
            office.grown(acts);
        });
        view
    }
}

/// How long a closing case waits for whoever still holds it.
const CLOSING_PAUSE: Duration = Duration::from_millis(20);

/// This machine's clock, milliseconds since 1970.
pub fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| u64::try_from(d.as_millis()).ok()).unwrap_or(0)
}
