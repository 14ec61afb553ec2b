//! This machine, and the words of the screen.

use super::desk::Reader;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::HealthView;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use casemate_words::Language;
use std::sync::Arc;

pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/doctor", get(doctor))
}

/// The words of the screen: the same for everybody, so that a page without its cookie can say what is missing.
pub fn words() -> Router<Arc<Office>> {
    Router::new().route("/messages/{file}", get(messages))
}

async fn doctor(State(office): State<Arc<Office>>, Reader(language): Reader) -> Result<Json<Vec<HealthView>>, Refusal> {
    let looked =
        tokio::task::spawn_blocking(move || (office.setup.doctor)(language).into_iter().map(Into::into).collect());
    looked.await.map(Json).map_err(|_| super::desk::broken())
}

/// The product's messages in one language, as Fluent.
async fn messages(Path(file): Path<String>) -> Response {
    let language = file.strip_suffix(".ftl").and_then(Language::parse);
    match language {
        Some(language) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], casemate_words::source(language)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
