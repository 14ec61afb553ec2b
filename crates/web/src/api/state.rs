//! Locked or open, jobs, and what happens.

use super::desk::{Desk, Reader, broken};
use super::given::Given;
use crate::events::Event;
use crate::jobs::JobView;
use crate::office::Office;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::listing;
use casemate_app::{AppError, Lend};
use casemate_vault::Passphrase;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use zeroize::Zeroizing;

/// Between two signs of life of the event stream.
const BEAT: Duration = Duration::from_secs(15);

pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/state", get(state))
        .route("/unlock", post(unlock))
        .route("/lock", post(lock))
        .route("/seen", post(seen))
        .route("/events", get(events))
        .route("/jobs", get(jobs))
        .route("/jobs/{id}", get(job))
        .route("/jobs/{id}/stop", post(stop))
}

#[derive(Serialize)]
struct Told {
    version: &'static str,
    name: String,
    locked: bool,
    case: Option<listing::CaseHead>,
    idle_ms: u64,
    jobs: Vec<JobView>,
}

async fn told(office: Arc<Office>, language: casemate_words::Language) -> Result<Json<Told>, Refusal> {
    let done = tokio::task::spawn_blocking(move || {
        let open = office.opened();
        let case = open.as_ref().map(|o| o.session.with(|s| listing::head(s))).transpose();
        Ok(Json(Told {
            version: env!("CARGO_PKG_VERSION"),
            name: office.setup.name.clone(),
            locked: open.is_none(),
            case: case.map_err(|e: AppError| office.refuse(&e, language))?,
            idle_ms: u64::try_from(office.setup.idle.as_millis()).unwrap_or(u64::MAX),
            jobs: open.map(|o| o.jobs.views()).unwrap_or_default(),
        }))
    });
    done.await.unwrap_or_else(|_| Err(broken()))
}

async fn state(State(office): State<Arc<Office>>, Reader(language): Reader) -> Result<Json<Told>, Refusal> {
    told(office, language).await
}

#[derive(Deserialize)]
struct Unlock {
    passphrase: String,
}

async fn unlock(
    State(office): State<Arc<Office>>,
    Reader(language): Reader,
    Given(given): Given<Unlock>,
) -> Result<Json<Told>, Refusal> {
    let words = Zeroizing::new(given.passphrase);
    let at = Arc::clone(&office);
    let opened = tokio::task::spawn_blocking(move || at.unlock(&Passphrase::new(&words)));
    match opened.await {
        Ok(Ok(())) => told(office, language).await,
        Ok(Err(error)) => Err(office.refuse(&error, language)),
        Err(_) => Err(broken()),
    }
}

async fn lock(State(office): State<Arc<Office>>, Reader(language): Reader) -> Result<Json<Told>, Refusal> {
    let at = Arc::clone(&office);
    tokio::task::spawn_blocking(move || at.lock()).await.map_err(|_| broken())?;
    told(office, language).await
}

/// The guard has noted that somebody works.
async fn seen(_: Desk) -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn events(State(office): State<Arc<Office>>) -> Sse<impl Stream<Item = Result<Sent, Infallible>>> {
    let sent = |event: Event| Sent::default().event(event.name()).json_data(&event).ok();
    // What a slow tab has missed is missed; it asks for the state when it sees the gap in a job.
    let stream = BroadcastStream::new(office.listen()).filter_map(move |e| e.ok().and_then(sent).map(Ok));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(BEAT).event(Sent::default().event("ping").data("")))
}

async fn jobs(desk: Desk) -> Json<Vec<JobView>> {
    Json(desk.open.jobs.views())
}

async fn job(desk: Desk, Path(id): Path<u64>) -> Result<Json<JobView>, Refusal> {
    desk.open.jobs.view(id).map(Json).ok_or_else(no_job)
}

async fn stop(desk: Desk, Path(id): Path<u64>) -> Result<Json<JobView>, Refusal> {
    desk.open.jobs.stop(id).map(Json).ok_or_else(no_job)
}

/// Nothing of that number.
pub fn no_job() -> Refusal {
    Refusal::plain(StatusCode::NOT_FOUND, "no-job", "no job of that number")
}
