//! The log, and checking it.

use super::desk::Desk;
use super::given::{Asked as Queried, Given};
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::CaseVerdictView;
use axum::Json;
use casemate_app::export::{ExportRequest, export};
use casemate_app::listing::{self, LogReply};
use casemate_app::verify::verify_case;
use casemate_app::{AppError, Lend};
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Acts of one answer where nobody asks for more.
const USUAL: usize = 200;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(log)).routes(routes!(verify)).routes(routes!(write_out))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Page {
    /// Acts to pass over.
    offset: Option<usize>,
    /// Most acts of the answer.
    limit: Option<usize>,
    /// Whether commits are among them; they are unless it says not.
    commits: Option<bool>,
}

/// The custody log, newest act first.
#[utoipa::path(get, path = "/log", params(Page), responses((status = 200, body = LogReply)))]
async fn log(desk: Desk, Queried(page): Queried<Page>) -> Result<Json<LogReply>, Refusal> {
    desk.ask(move |session| {
        let mut log = listing::log(session)?;
        log.acts.reverse();
        log.acts.retain(|act| page.commits != Some(false) || !act.is_commit());
        let from = page.offset.unwrap_or(0).min(log.acts.len());
        log.acts.drain(..from);
        log.acts.truncate(page.limit.unwrap_or(USUAL));
        Ok(log)
    })
    .await
}

/// Check every commit, act and object, as a job.
#[utoipa::path(post, path = "/verify-case", operation_id = "verify_case", responses((status = 200, body = JobView)))]
async fn verify(desk: Desk) -> Json<JobView> {
    desk.start(Kind::Verify, |case, watch| {
        let verdict = case.with(|session| verify_case(session, watch))?;
        Ok((CaseVerdictView::from(verdict), false))
    })
}

/// Where the originals go.
#[derive(Deserialize, ToSchema)]
#[schema(as = Export)]
struct Folder {
    /// A folder of this machine, by its whole path; files in it are never overwritten.
    #[schema(value_type = String)]
    folder: PathBuf,
    /// Whether the key of each original is written too, so that a stock age opens the case's own files.
    #[serde(default)]
    keys: bool,
}

/// Write all originals into a folder of this machine, as a job.
#[utoipa::path(post, path = "/export", operation_id = "export", request_body = Folder, responses((status = 200, body = JobView)))]
async fn write_out(desk: Desk, Given(asked): Given<Folder>) -> Result<Json<JobView>, Refusal> {
    if !asked.folder.is_absolute() {
        let found = "a path that begins anywhere".to_owned();
        return Err(desk.refuse(&AppError::Form { what: "the whole path of a folder", found }));
    }
    let request = ExportRequest { folder: asked.folder, keys: asked.keys };
    Ok(desk.start(Kind::Export, move |case, watch| {
        let reply = case.with(|session| export(session, &request, watch))?;
        Ok((reply, false))
    }))
}
