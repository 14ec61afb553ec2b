//! Disclosures: the gates, the bundle, what left before; and verifying any bundle.
//!
//! Keeps: a bundle lies in a private folder that is gone when the case is locked. Does not know: gates.

use super::desk::{Desk, Reader, broken};
use super::given::{Asked as Queried, Given, Of, taken};
use super::state::no_job;
use crate::jobs::{JobView, Kind, State as At};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::tray::held;
use crate::wire::{CheckedView, DiscloseView, Speech, VerdictView, naming};
use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casemate_app::catalogue::Exhibit;
use casemate_app::disclose::{DiscloseRequest, check, disclose, signer};
use casemate_app::verify::{verify_held, verify_here};
use casemate_app::words::ProfileWord;
use casemate_app::{AppError, Lend, Session, Watch};
use casemate_case::audience::Profile;
use casemate_case::kinds::Disclosed;
use casemate_verify::Pins;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::io::AsyncReadExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

/// Bytes of a bundle that are on their way at once.
const PIECE: usize = 256 * 1024;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(before, make))
        .routes(routes!(gates))
        .routes(routes!(bundle))
        .routes(routes!(verify).layer(DefaultBodyLimit::disable()))
}

/// What is to leave, for whom.
#[derive(Deserialize, ToSchema)]
#[schema(as = Ask)]
struct Asked {
    profile: ProfileWord,
    exhibits: Vec<u64>,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    language: Speech,
    /// Whether what an earlier bundle withheld may be shown now.
    #[serde(default)]
    uncover: bool,
    /// Whether what an earlier bundle showed may be hidden now.
    #[serde(default)]
    cover: bool,
    /// Whether originals of texts leave in part beside their text (court), where they can't leave whole.
    #[serde(default)]
    in_part: bool,
}

impl Asked {
    fn request(self, destination: PathBuf) -> DiscloseRequest {
        DiscloseRequest {
            profile: self.profile.into(),
            exhibits: self.exhibits.iter().map(u64::to_string).collect(),
            recipient: self.recipient,
            purpose: self.purpose,
            language: self.language.into(),
            uncover: self.uncover,
            cover: self.cover,
            in_part: self.in_part,
            destination,
        }
    }
}

/// What would leave, and what keeps the gates shut. Writes nothing.
#[utoipa::path(post, path = "/disclosures/check", request_body = Asked, responses((status = 200, body = CheckedView)))]
async fn gates(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<CheckedView>, Refusal> {
    desk.ask(move |session| {
        let stop = AtomicBool::new(false);
        let request = asked.request(PathBuf::new());
        let found = check(session, &request, &Watch { tell: &|_| (), stop: &stop })?;
        Ok(CheckedView::of(found, &naming(session)))
    })
    .await
}

/// Seal a bundle, as a job; it waits for its download until the case is locked.
#[utoipa::path(post, path = "/disclosures", request_body = Asked, responses((status = 200, body = JobView)))]
async fn make(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<JobView>, Refusal> {
    let (room, language) = (Arc::clone(&desk.open.room), desk.language);
    Ok(desk.start(Kind::Disclose, move |case, watch| {
        let folder = room.folder()?;
        let name = room.name(Profile::from(asked.profile).word(), "zip");
        let request = asked.request(folder.join(name));
        let reply = case.with(|session| disclose(session, &request, watch))?;
        Ok((DiscloseView::of(reply, language), false))
    }))
}

/// The file that a finished job made, and its name when it is saved.
pub fn made(desk: &Desk, job: u64) -> Result<(String, PathBuf), Refusal> {
    let makes = |kind| matches!(kind, Kind::Disclose | Kind::Narrow | Kind::Asic);
    let view = desk.open.jobs.view(job).filter(|v| makes(v.kind) && v.state == At::Done);
    let result = view.and_then(|v| v.result).ok_or_else(no_job)?;
    let name = result.get("file").and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let path = desk.open.room.folder().map_err(|e| desk.refuse(&e))?.join(&name);
    Ok((name, path))
}

/// The bundle of a finished job, as an attachment.
#[utoipa::path(
    get,
    path = "/disclosures/{job}/bundle",
    params(("job" = u64, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip"))
)]
async fn bundle(desk: Desk, Of(job): Of<u64>) -> Result<Response, Refusal> {
    let (name, path) = made(&desk, job)?;
    let io = |cause| desk.refuse(&AppError::File { path: PathBuf::from("bundle"), cause });
    let mut file = tokio::fs::File::open(&path).await.map_err(io)?;
    let size = file.metadata().await.map_err(io)?.len();
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

/// A bundle that left before.
#[derive(Serialize, ToSchema)]
#[schema(as = Left)]
struct Before {
    #[schema(value_type = ProfileWord)]
    profile: &'static str,
    recipient: String,
    purpose: String,
    on: String,
    /// Numbers of the exhibits of which something left.
    exhibits: Vec<u64>,
    items: usize,
}

/// Exhibits of which something left.
fn exhibits_of(session: &Session, left: &Disclosed) -> Vec<u64> {
    let roots: BTreeSet<_> = left.items.iter().map(|item| item.root).collect();
    let is_of = |e: &&Exhibit| roots.contains(&e.root) || e.derived.iter().any(|d| roots.contains(&d.object.root()));
    session.catalogue().exhibits().filter(is_of).map(|e| e.number).collect()
}

/// What left before, oldest first.
#[utoipa::path(get, path = "/disclosures", responses((status = 200, body = Vec<Before>)))]
async fn before(desk: Desk) -> Result<Json<Vec<Before>>, Refusal> {
    desk.ask(|session| {
        let left = session.case().disclosures().iter().map(|d| Before {
            exhibits: exhibits_of(session, d),
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

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Signer {
    /// The key that the sender told by another way, 64 hex digits.
    signer: Option<String>,
}

/// The keys that sign what leaves this case.
pub fn own_signers(session: &Session) -> Result<Vec<String>, AppError> {
    Profile::ALL.into_iter().map(|profile| signer(session, profile)).collect()
}

/// Verify any bundle, also while the case is locked: nothing of the case is needed.
#[utoipa::path(
    post,
    path = "/verify",
    params(Signer),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = VerdictView))
)]
async fn verify(
    State(office): State<Arc<Office>>,
    Reader(language): Reader,
    Queried(asked): Queried<Signer>,
    body: Body,
) -> Result<Json<VerdictView>, Refusal> {
    let kept = taken(body).await.map_err(|cause| office.refuse(&cause, language))?;
    let open = office.opened();
    let verified = tokio::task::spawn_blocking(move || {
        let bundle = held("bundle", Arc::new(kept));
        match asked.signer {
            Some(key) => {
                let signers = vec![key.trim().to_lowercase()];
                verify_held(&bundle, &Pins { signers, ..Pins::default() }).map(|verdict| (verdict, false))
            }
            // What the keys of the open case are is asked as anything of a case; locked, nobody's are known.
            None => {
                let own = open.map(|open| open.session.with(|session| own_signers(session))).transpose()?;
                verify_here(&bundle, own.unwrap_or_default())
            }
        }
    });
    match verified.await {
        Ok(Ok((verdict, own))) => Ok(Json(VerdictView::of(&verdict, own, language))),
        Ok(Err(error)) => Err(office.refuse(&error, language)),
        Err(_) => Err(broken()),
    }
}
