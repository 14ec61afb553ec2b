//! Search, a page at a time.

use super::desk::Desk;
use super::given::Asked as Queried;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::FacetsView;
use axum::routing::get;
use axum::{Json, Router};
use casemate_app::Watch;
use casemate_app::search::{PageReply, PageRequest, facets, page};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Hits of one answer where nobody asks for more.
const USUAL: usize = 50;

pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/search", get(hits)).route("/search/facets", get(counted))
}

#[derive(Deserialize)]
struct Asked {
    q: String,
    limit: Option<usize>,
    after: Option<String>,
    order: Option<String>,
}

async fn hits(desk: Desk, Queried(asked): Queried<Asked>) -> Result<Json<PageReply>, Refusal> {
    let request = PageRequest {
        query: asked.q,
        limit: asked.limit.unwrap_or(USUAL),
        after: asked.after,
        ranked: asked.order.as_deref() == Some("best"),
    };
    desk.ask(move |session| page(session, &request, &quiet(&AtomicBool::new(false)))).await
}

async fn counted(desk: Desk, Queried(asked): Queried<Asked>) -> Result<Json<FacetsView>, Refusal> {
    desk.ask(move |session| facets(session, &asked.q, &quiet(&AtomicBool::new(false))).map(Into::into)).await
}

/// Nobody watches a call that ends in a moment.
fn quiet(stop: &AtomicBool) -> Watch<'_> {
    Watch { tell: &|_| (), stop }
}
