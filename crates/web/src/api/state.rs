//! Locked or open, jobs, and what happens.

use super::desk::{Desk, Reader, broken};
use super::given::{Given, Of};
use crate::events::Event;
use crate::jobs::JobView;
use crate::office::Office;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use casemate_app::listing;
use casemate_app::{AppError, Lend};
use casemate_vault::Passphrase;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

/// Between two signs of life of the event stream.
const BEAT: Duration = Duration::from_secs(15);

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(state))
        .routes(routes!(unlock))
        .routes(routes!(lock))
        .routes(routes!(seen))
        .routes(routes!(events))
        .routes(routes!(jobs))
        .routes(routes!(job))
        .routes(routes!(stop))
}

/// Locked or open, and the case at a glance.
#[derive(Serialize, ToSchema)]
#[schema(as = State)]
struct Told {
    version: &'static str,
    /// The case's folder.
    name: String,
    locked: bool,
    case: Option<listing::CaseHead>,
    /// It locks after this long without work.
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

/// The state, also while the case is locked.
#[utoipa::path(get, path = "/state", responses((status = 200, body = Told)))]
async fn state(State(office): State<Arc<Office>>, Reader(language): Reader) -> Result<Json<Told>, Refusal> {
    told(office, language).await
}

/// What opens the case.
#[derive(Deserialize, ToSchema)]
struct Unlock {
    passphrase: String,
}

/// Open the case. 403 `wrong-passphrase`.
#[utoipa::path(post, path = "/unlock", request_body = Unlock, responses((status = 200, body = Told)))]
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

/// Lock the case at once; jobs keep what they finished.
#[utoipa::path(post, path = "/lock", responses((status = 200, body = Told)))]
async fn lock(State(office): State<Arc<Office>>, Reader(language): Reader) -> Result<Json<Told>, Refusal> {
    let at = Arc::clone(&office);
    tokio::task::spawn_blocking(move || at.lock()).await.map_err(|_| broken())?;
    told(office, language).await
}

/// Somebody works: the idle clock begins anew.
#[utoipa::path(post, path = "/seen", responses((status = 204)))]
async fn seen(_: Desk) -> StatusCode {
    // The guard has noted it.
    StatusCode::NO_CONTENT
}

/// Server-sent events: `job` (Job without its result), `state` ({locked}), `acts` ({acts}), `ping`.
#[utoipa::path(get, path = "/events", responses((status = 200, body = String, content_type = "text/event-stream")))]
async fn events(State(office): State<Arc<Office>>) -> Sse<impl Stream<Item = Result<Sent, Infallible>>> {
    let sent = |event: Event| Sent::default().event(event.name()).json_data(&event).ok();
    // What a slow tab has missed is missed; it asks for the state when it sees the gap in a job.
    let stream = BroadcastStream::new(office.listen()).filter_map(move |e| e.ok().and_then(sent).map(Ok));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(BEAT).event(Sent::default().event("ping").data("")))
}

/// The jobs that are remembered, oldest first.
#[utoipa::path(get, path = "/jobs", responses((status = 200, body = Vec<JobView>)))]
async fn jobs(desk: Desk) -> Json<Vec<JobView>> {
    Json(desk.open.jobs.views())
}

/// One job, with what it came to.
#[utoipa::path(get, path = "/jobs/{id}", params(("id" = u64, Path)), responses((status = 200, body = JobView)))]
async fn job(desk: Desk, Of(id): Of<u64>) -> Result<Json<JobView>, Refusal> {
    desk.open.jobs.view(id).map(Json).ok_or_else(no_job)
}

/// Ask a job to stop; what it finished is kept.
#[utoipa::path(post, path = "/jobs/{id}/stop", operation_id = "stop_job", params(("id" = u64, Path)), responses((status = 200, body = JobView)))]
async fn stop(desk: Desk, Of(id): Of<u64>) -> Result<Json<JobView>, Refusal> {
    desk.open.jobs.stop(id).map(Json).ok_or_else(no_job)
}

/// Nothing of that number.
pub fn no_job() -> Refusal {
    Refusal::plain(StatusCode::NOT_FOUND, "no-job", "no job of that number")
}
