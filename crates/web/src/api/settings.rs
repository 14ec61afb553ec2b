//! This machine, the case's keys, and the words of the screen.

use super::desk::Desk;
use super::given::Of;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::HealthView;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casemate_app::settings::{KeysReply, ModelView, keys};
use casemate_app::{Lend, Session};
use casemate_words::Language;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(doctor)).routes(routes!(settings))
}

/// The words of the screen: the same for everybody, so that a page without its cookie can say what is missing.
pub fn words() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(messages))
}

/// What of this machine's surroundings holds, also while the case is locked.
#[utoipa::path(get, path = "/doctor", responses((status = 200, body = Vec<HealthView>)))]
async fn doctor(State(office): State<Arc<Office>>) -> Result<Json<Vec<HealthView>>, Refusal> {
    let looked = tokio::task::spawn_blocking(move || {
        let pages = |s: &mut Session| s.vault().locked_pages();
        let locked = office.opened().map(|open| open.session.with(pages));
        let locked = locked.map(|(locked, all)| (locked as u64, all as u64));
        (office.setup.doctor)(locked).into_iter().map(Into::into).collect()
    });
    looked.await.map(Json).map_err(|_| super::desk::broken())
}

/// What the settings show.
#[derive(Serialize, ToSchema)]
#[schema(as = Settings)]
struct Shown {
    #[serde(flatten)]
    keys: KeysReply,
    /// The models that the speech engine is given.
    models: Vec<ModelView>,
}

/// The case's keys and who may open it, the models, backup and recovery.
#[utoipa::path(get, path = "/settings", responses((status = 200, body = Shown)))]
async fn settings(desk: Desk) -> Result<Json<Shown>, Refusal> {
    let office = Arc::clone(&desk.office);
    let keys = desk.have(|session| keys(session)).await?;
    let models = tokio::task::spawn_blocking(move || (office.setup.models)().into_iter().map(Into::into).collect());
    Ok(Json(Shown { keys, models: models.await.map_err(|_| super::desk::broken())? }))
}

/// The product's messages in one language, as Fluent: `en.ftl`, `fr.ftl`, `zh-Hans.ftl`. Needs no session.
#[utoipa::path(
    get,
    path = "/messages/{file}",
    params(("file" = String, Path)),
    responses((status = 200, body = String, content_type = "text/plain"))
)]
async fn messages(Of(file): Of<String>) -> Response {
    let language = file.strip_suffix(".ftl").and_then(Language::parse);
    match language {
        Some(language) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], casemate_words::source(language)).into_response()
        }
        None => Refusal::plain(StatusCode::NOT_FOUND, "no-messages", "no messages of that language").into_response(),
    }
}
