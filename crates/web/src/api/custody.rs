//! The log, and checking it.

use super::desk::Desk;
use super::given::Asked as Queried;
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::CaseVerdictView;
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::Lend;
use casemate_app::listing::{self, LogReply};
use casemate_app::verify::verify_case;
use serde::Deserialize;
use std::sync::Arc;

/// Acts of one answer where nobody asks for more.
const USUAL: usize = 200;

pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/log", get(log)).route("/verify-case", post(verify))
}

#[derive(Deserialize)]
struct Page {
    offset: Option<usize>,
    limit: Option<usize>,
}

/// Newest first.
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

async fn verify(desk: Desk) -> Json<JobView> {
    desk.start(Kind::Verify, |case, watch| {
        let verdict = case.with(|session| verify_case(session, watch))?;
        Ok((CaseVerdictView::from(verdict), false))
    })
}
