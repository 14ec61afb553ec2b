//! The log, and checking it.

use super::desk::Desk;
use super::given::Asked as Queried;
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::CaseVerdictView;
use axum::Json;
use casemate_app::Lend;
use casemate_app::listing::{self, LogReply};
use casemate_app::verify::verify_case;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Acts of one answer where nobody asks for more.
const USUAL: usize = 200;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(log)).routes(routes!(verify))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Page {
    /// Acts to pass over.
    offset: Option<usize>,
    /// Most acts of the answer.
    limit: Option<usize>,
}

/// The custody log, newest act first.
#[utoipa::path(get, path = "/log", params(Page), responses((status = 200, body = LogReply)))]
async fn log(desk: Desk, Queried(page): Queried<Page>) -> Result<Json<LogReply>, Refusal> {
    desk.ask(move |session| {
        let mut log = listing::log(session)?;
        log.acts.reverse();
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
