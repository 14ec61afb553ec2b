//! Pages as pictures: what a browser shows of a document, which it never meets itself.
//!
//! Keeps: the document is drawn by the worker. Does not know: formats of documents.

use super::desk::{Desk, broken};
use super::given::Asked as Queried;
use crate::office::Office;
use crate::refusal::Refusal;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

/// Pixels across where nothing is asked.
const WIDTH: u16 = 1240;
/// How many pages the exhibit has.
const PAGES: &str = "x-casemate-pages";
/// Width and height of the page in hundredths of a point.
const POINTS: &str = "x-casemate-points";

pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/exhibits/{n}/pages/{page}", get(page))
}

#[derive(Deserialize)]
struct Size {
    /// Pixels across, 1 to 4,000.
    width: Option<u16>,
}

async fn page(
    desk: Desk,
    Path((n, page)): Path<(u64, u32)>,
    Queried(size): Queried<Size>,
) -> Result<Response, Refusal> {
    let open = Arc::clone(&desk.open);
    let width = size.width.unwrap_or(WIDTH);
    let drawn = tokio::task::spawn_blocking(move || open.pictures.page(&open.session, n, page, width));
    let page = drawn.await.map_err(|_| broken())?.map_err(|e| desk.refuse(&e))?;
    let points = page.points.map(|[width, height]| format!("{width} {height}")).unwrap_or_default();
    let headers =
        [(header::CONTENT_TYPE.as_str(), "image/png".to_owned()), (PAGES, page.pages.to_string()), (POINTS, points)];
    Ok((headers, page.png.clone()).into_response())
}
