//! Pages as pictures: what a browser shows of a document, which it never meets itself.
//!
//! Keeps: the document is drawn by the worker. Does not know: formats of documents.

use super::desk::{Desk, broken};
use super::given::{Asked as Queried, Of};
use crate::office::Office;
use crate::pictures::Page;
use crate::refusal::Refusal;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casemate_app::words::ProfileWord;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Pixels across where nothing is asked.
const WIDTH: u16 = 1240;
/// How many pages the exhibit has.
const PAGES: &str = "x-casemate-pages";
/// Width and height of the page in hundredths of a point.
const POINTS: &str = "x-casemate-points";

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(page)).routes(routes!(preview))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Size {
    /// Pixels across, 1 to 4,000; less where the page would pass 32 million pixels.
    #[param(minimum = 1, maximum = 4000)]
    width: Option<u16>,
}

/// A page of a PDF, or a picture, drawn by the worker. `X-Casemate-Pages` is the number of pages, `X-Casemate-Points` width and
/// height of the page in hundredths of a point (of a document).
#[utoipa::path(
    get,
    path = "/exhibits/{n}/pages/{page}",
    operation_id = "page",
    params(("n" = u64, Path), ("page" = u32, Path, description = "From 1."), Size),
    responses((status = 200, body = Vec<u8>, content_type = "image/png"))
)]
async fn page(desk: Desk, Of((n, page)): Of<(u64, u32)>, Queried(size): Queried<Size>) -> Result<Response, Refusal> {
    let open = Arc::clone(&desk.open);
    let width = size.width.unwrap_or(WIDTH);
    let drawn = tokio::task::spawn_blocking(move || open.pictures.page(&open.session, n, page, width));
    let page = drawn.await.map_err(|_| broken())?.map_err(|e| desk.refuse(&e))?;
    Ok(answer(&page))
}

/// A page of a PDF as its recipient would see it by the plan as it stands: black where something is withheld.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/preview/{profile}/pages/{page}",
    operation_id = "preview_page",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path), ("page" = u32, Path, description = "From 1.")),
    responses((status = 200, body = Vec<u8>, content_type = "image/png"))
)]
async fn preview(desk: Desk, Of((n, profile, page)): Of<(u64, ProfileWord, u32)>) -> Result<Response, Refusal> {
    let open = Arc::clone(&desk.open);
    let drawn = tokio::task::spawn_blocking(move || open.pictures.preview(&open.session, n, profile.into(), page));
    let page = drawn.await.map_err(|_| broken())?.map_err(|e| desk.refuse(&e))?;
    Ok(answer(&page))
}

fn answer(page: &Page) -> Response {
    let points = page.points.map(|[width, height]| format!("{width} {height}")).unwrap_or_default();
    let headers =
        [(header::CONTENT_TYPE.as_str(), "image/png".to_owned()), (PAGES, page.pages.to_string()), (POINTS, points)];
    (headers, page.png.clone()).into_response()
}
