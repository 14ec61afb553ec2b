//! Disclosures: the gates, the bundle, what left before; and verifying any bundle.
//!
//! Keeps: a bundle lies in a private folder that is gone when the case is locked. Does not know: gates.

use super::desk::{Desk, Reader, broken};
use super::given::Given;
use super::people::profile;
use super::state::no_job;
use crate::jobs::{JobView, Kind, State as At};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::{CheckedView, DiscloseView, VerdictView, naming};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::disclose::{DiscloseRequest, check, disclose};
use casemate_app::verify::verify_file;
use casemate_app::{AppError, Lend, Watch};
use casemate_words::Language;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::io::AsyncReadExt;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// Bytes of a bundle that are on their way at once.
const PIECE: usize = 256 * 1024;

pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/disclosures", get(before).post(make))
        .route("/disclosures/check", post(gates))
        .route("/disclosures/{job}/bundle", get(bundle))
        .route("/verify", post(verify).layer(DefaultBodyLimit::disable()))
}

#[derive(Deserialize)]
struct Asked {
    profile: String,
    exhibits: Vec<u64>,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    language: String,
}

impl Asked {
    fn request(self, destination: PathBuf) -> Result<DiscloseRequest, AppError> {
        Ok(DiscloseRequest {
            profile: profile(&self.profile)?,
            exhibits: self.exhibits.iter().map(u64::to_string).collect(),
            recipient: self.recipient,
            purpose: self.purpose,
            language: Language::parse(&self.language).unwrap_or(Language::En),
            destination,
        })
    }
}

async fn gates(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<CheckedView>, Refusal> {
    desk.ask(move |session| {
        let stop = AtomicBool::new(false);
        let request = asked.request(PathBuf::new())?;
        let found = check(session, &request, &Watch { tell: &|_| (), stop: &stop })?;
        Ok(CheckedView::of(found, &naming(session)))
    })
    .await
}

async fn make(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<JobView>, Refusal> {
    let (room, language) = (Arc::clone(&desk.open.room), desk.language);
    Ok(desk.start(Kind::Disclose, move |case, watch| {
        let folder = room.folder()?;
        let name = format!("{}.zip", crate::office::now_ms());
        let request = asked.request(folder.join(name))?;
        let reply = case.with(|session| disclose(session, &request, watch))?;
        Ok((DiscloseView::of(reply, language), false))
    }))
}

async fn bundle(desk: Desk, Path(job): Path<u64>) -> Result<Response, Refusal> {
    let view = desk.open.jobs.view(job).filter(|v| v.kind == Kind::Disclose && v.state == At::Done);
    let result = view.and_then(|v| v.result).ok_or_else(no_job)?;
    let text = |key: &str| result.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let path = PathBuf::from(text("file"));
    let io = |cause| desk.refuse(&AppError::File { path: PathBuf::from("bundle"), cause });
    let mut file = tokio::fs::File::open(&path).await.map_err(io)?;
    let size = file.metadata().await.map_err(io)?.len();
    let name = format!("casemate-{}-{job}.zip", text("profile"));
    let (send, pieces) = tokio::sync::mpsc::channel::<std::io::Result<Vec<u8>>>(2);
    tokio::spawn(async move {
        loop {
            let mut piece = vec![0; PIECE];
            let sent = match file.read(&mut piece).await {
                Ok(0) => return,
                Ok(n) => {
                    piece.truncate(n);
                    send.send(Ok(piece)).await
                }
                Err(e) => send.send(Err(e)).await,
            };
            if sent.is_err() {
                return;
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_LENGTH, size.to_string()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces))).into_response())
}

#[derive(Serialize)]
struct Before {
    profile: &'static str,
    recipient: String,
    purpose: String,
    on: String,
    items: usize,
}

async fn before(desk: Desk) -> Result<Json<Vec<Before>>, Refusal> {
    desk.ask(|session| {
        let left = session.case().disclosures().iter().map(|d| Before {
            profile: d.profile.word(),
            recipient: d.recipient.clone(),
            purpose: d.purpose.clone(),
            on: d.on.clone(),
            items: d.items.len(),
        });
        Ok(left.collect())
    })
    .await
}

/// Any bundle, also while the case is locked: nothing of the case is needed.
async fn verify(
    State(office): State<Arc<Office>>,
    Reader(language): Reader,
    body: Body,
) -> Result<Json<VerdictView>, Refusal> {
    let io = |cause| office.refuse(&AppError::File { path: PathBuf::from("bundle"), cause }, language);
    let mut file = tempfile::NamedTempFile::new().map_err(io)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|e| io(std::io::Error::other(e)))?;
        file.write_all(&piece).map_err(io)?;
    }
    let verified = tokio::task::spawn_blocking(move || verify_file(file.path(), &[]));
    match verified.await {
        Ok(Ok(verdict)) => Ok(Json(VerdictView::of(&verdict, language))),
        Ok(Err(error)) => Err(office.refuse(&error, language)),
        Err(_) => Err(broken()),
    }
}
