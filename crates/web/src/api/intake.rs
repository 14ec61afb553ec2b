//! Files in: dropped on the page, streamed here and sealed; or named by their path on this machine.
//!
//! Keeps: what is uploaded touches the disk encrypted, under a key that lives as long as the upload. Does not know: formats.

use super::desk::{Desk, broken};
use super::given::{Asked as Queried, Given, has_name, taken, upload};
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::{KnownView, UploadView};
use axum::Json;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use casemate_app::Lend;
use casemate_app::intake::{self, AddReply, AddRequest, Arrival, Further};
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

/// Files asked for at once.
const FILES_MAX: usize = 10_000;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(paths))
        .routes(routes!(known))
        .routes(routes!(file).layer(DefaultBodyLimit::disable()))
        .routes(routes!(read))
}

/// Files and folders of this machine.
#[derive(Deserialize, ToSchema)]
#[schema(as = IntakePaths)]
struct Paths {
    #[schema(value_type = Vec<String>)]
    paths: Vec<PathBuf>,
    transcribe: bool,
}

/// Take in files and folders of this machine, as a job.
#[utoipa::path(post, path = "/intake/paths", operation_id = "intake_paths", request_body = Paths, responses((status = 200, body = JobView)))]
async fn paths(desk: Desk, Given(asked): Given<Paths>) -> Json<JobView> {
    let request =
        AddRequest { paths: asked.paths, further: Further { ocr: true, transcribe: asked.transcribe, meaning: true } };
    desk.start(Kind::Intake, move |case, watch| {
        let reply = intake::add(case, &request, watch)?;
        let stopped = reply.stopped;
        Ok((reply, stopped))
    })
}

/// Whether recordings are transcribed too.
#[derive(Deserialize, ToSchema)]
#[schema(as = IntakeRead)]
struct Read {
    transcribe: bool,
}

/// Read all that was not read, as a job.
#[utoipa::path(post, path = "/intake/read", operation_id = "intake_read", request_body = Read, responses((status = 200, body = JobView)))]
async fn read(desk: Desk, Given(asked): Given<Read>) -> Json<JobView> {
    desk.start(Kind::Transcribe, move |case, watch| {
        let mut reply = AddReply::default();
        intake::read(case, Further { ocr: true, transcribe: asked.transcribe, meaning: true }, &mut reply, watch)?;
        let stopped = reply.stopped;
        Ok((reply, stopped))
    })
}

/// Files that may be here already.
#[derive(Deserialize, ToSchema)]
#[schema(as = IntakeKnown)]
struct Asked {
    files: Vec<AskedFile>,
}

/// A file by what is known of it before it is read.
#[derive(Deserialize, ToSchema)]
struct AskedFile {
    size: u64,
    sha256: Option<String>,
}

/// Which files are exhibits already, by size and hash: what need not be sent.
#[utoipa::path(post, path = "/intake/known", operation_id = "intake_known", request_body = Asked, responses((status = 200, body = Vec<KnownView>)))]
async fn known(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<Vec<KnownView>>, Refusal> {
    desk.ask(move |session| {
        let hash = |hex: &String| -> Option<[u8; 32]> { digest(hex) };
        let files = asked.files.iter().take(FILES_MAX);
        let one = |f: &AskedFile| intake::known(session, f.size, f.sha256.as_ref().and_then(hash).as_ref()).into();
        Ok(files.map(one).collect())
    })
    .await
}

/// 64 hex digits.
fn digest(hex: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (slot, at) in out.iter_mut().zip((0..).step_by(2)) {
        *slot = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
    }
    Some(out)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Named {
    /// The file's name.
    name: String,
    /// Where it comes from, as it is shown.
    path: Option<String>,
    /// When it was last changed, milliseconds since 1970.
    modified_ms: Option<u64>,
}

/// Seal one file, streamed: it is an exhibit when this answers.
#[utoipa::path(
    put,
    path = "/intake/file",
    operation_id = "intake_file",
    params(Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = UploadView))
)]
async fn file(desk: Desk, Queried(named): Queried<Named>, body: Body) -> Result<Json<UploadView>, Refusal> {
    has_name(&named.name, named.path.as_ref()).map_err(|cause| desk.refuse(&cause))?;
    let kept = taken(body).await.map_err(|cause| desk.refuse(&cause))?;
    let size = kept.size();
    let from = named.path.filter(|p| !p.is_empty()).unwrap_or_else(|| named.name.clone());
    let arrival = Arrival { name: named.name, from, modified_ms: named.modified_ms };
    let (office, open) = (Arc::clone(&desk.office), Arc::clone(&desk.open));
    let sealed = tokio::task::spawn_blocking(move || {
        let mut bytes = kept.open().map_err(upload)?;
        let reply = intake::take_in(&open.session, &arrival, &mut bytes);
        office.grown(open.session.with(|session| session.acts()));
        reply
    });
    let reply = sealed.await.map_err(|_| broken())?.map_err(|e| desk.refuse(&e))?;
    Ok(Json(UploadView::of(reply, size)))
}
