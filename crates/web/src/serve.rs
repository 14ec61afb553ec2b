//! Listening: on loopback, until told to stop; locking when idle or on a signal.
//!
//! Keeps: nothing but 127.0.0.1 is bound; whatever ends the server, the case is closed first. Does not know: routes.

use crate::contract::BASE;
use crate::office::{Office, Setup};
use crate::refusal::Refusal;
use crate::{api, assets, guard};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use casemate_app::AppError;
use casemate_vault::Passphrase;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// How often idleness is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port can't be had.
    #[error("127.0.0.1:{port}: {cause}")]
    Bind {
        /// Which.
        port: u16,
        /// Why.
        cause: std::io::Error,
    },
    /// The system's random bytes, threads or signals.
    #[error("{0}")]
    System(std::io::Error),
}

/// A server that has its port and does not answer yet.
pub struct Listening {
    listener: TcpListener,
    office: Arc<Office>,
}

impl Listening {
    /// Takes a port of the loopback; 0 for any that is free.
    ///
    /// # Errors
    /// [`ServeError`].
    pub fn bind(setup: Setup, port: u16) -> Result<Self, ServeError> {
        let bind = |cause| ServeError::Bind { port, cause };
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(bind)?;
        listener.set_nonblocking(true).map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();
        let office = Office::new(setup, port).map_err(|e| ServeError::System(std::io::Error::other(e.to_string())))?;
        Ok(Self { listener, office: Arc::new(office) })
    }

    /// The link that opens the app, once.
    #[must_use]
    pub fn link(&self) -> String {
        let origin = self.office.origins();
        format!("{}{}", origin.first().cloned().unwrap_or_default(), self.office.door.link().unwrap_or_default())
    }

    /// The port that was taken.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.office.port()
    }

    /// Opens the case before the first call.
    ///
    /// # Errors
    /// A wrong passphrase, another writer, damage.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<(), AppError> {
        self.office.unlock(passphrase)
    }

    /// Answers until Ctrl-C or a termination; locks on SIGHUP and SIGUSR1 (`casemate lock`). The case is closed when it
    /// returns.
    ///
    /// # Errors
    /// [`ServeError::System`].
    pub fn run(self) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(ServeError::System)?;
        let office = Arc::clone(&self.office);
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::spawn(keep(Arc::clone(&self.office)));
            // Open event streams never end by themselves: whoever is served at the end is cut off.
            tokio::select! {
                served = axum::serve(listener, router(&self.office)).into_future() => served,
                ended = ending() => ended,
            }
        });
        runtime.shutdown_timeout(LOOK);
        office.lock();
        served.map_err(ServeError::System)
    }
}

fn router(office: &Arc<Office>) -> Router {
    let (api, _) = api::router().split_for_parts();
    let api = api.method_not_allowed_fallback(no_method).layer(from_fn_with_state(Arc::clone(office), guard::api));
    let (words, _) = api::words().split_for_parts();
    let page = assets::router().nest(BASE, words).layer(from_fn_with_state(Arc::clone(office), guard::page));
    Router::new().nest(BASE, api).merge(page).with_state(Arc::clone(office))
}

async fn no_method() -> Refusal {
    Refusal::plain(StatusCode::METHOD_NOT_ALLOWED, "no-method", "the call has no such method")
}

/// Locks when idle, and when signalled.
async fn keep(office: Arc<Office>) {
    let mut look = tokio::time::interval(LOOK);
    #[cfg(unix)]
    let mut told = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::hangup()).ok(), signal(SignalKind::user_defined1()).ok())
    };
    loop {
        #[cfg(unix)]
        let at_once = tokio::select! {
            _ = look.tick() => false,
            Some(()) = heard(&mut told.0) => true,
            Some(()) = heard(&mut told.1) => true,
        };
        #[cfg(not(unix))]
        let at_once = {
            look.tick().await;
            false
        };
        let office = Arc::clone(&office);
        tokio::task::spawn_blocking(move || if at_once { office.lock() } else { office.lock_if_idle() }).await.ok();
    }
}

#[cfg(unix)]
async fn heard(signal: &mut Option<tokio::signal::unix::Signal>) -> Option<()> {
    match signal {
        Some(signal) => signal.recv().await,
        None => std::future::pending().await,
    }
}

async fn ending() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = term.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
