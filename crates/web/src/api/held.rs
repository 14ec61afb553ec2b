//! Files that are looked at and are no exhibits: verified, listed, described; audited before they leave; passed on with more withheld.
//!
//! Keeps: they lie on the tray, encrypted, until the case is locked; nothing of them enters the case. Does not know: what is looked for.

use super::desk::{Desk, broken};
use super::disclose::made;
use super::given::{Asked as Queried, Given, Of, has_name, taken, upload};
use super::outside::Pem;
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::spool::{Kept, Spool};
use crate::tray::{MOST, OnTray};
use crate::wire::held::{AuditedView, ContentsView, PassOn, PassedOnView};
use crate::wire::{Speech, VerdictView};
use axum::Json;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casemate_app::audit::{self, Eyes};
use casemate_app::metadata::{Vocabulary, describe};
use casemate_app::pass_on::{OwnKey, contents, names_nobody_of, pass_on, signed_with};
use casemate_app::verify::{verify_held, verify_here};
use casemate_app::words::ProfileWord;
use casemate_app::{AppError, Held, Lend};
use casemate_case::audience::Profile;
use casemate_verify::Pins;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use zeroize::Zeroizing;

/// Bytes that are copied at once.
const PIECE: usize = 256 * 1024;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(put, list).layer(DefaultBodyLimit::disable()))
        .routes(routes!(put_made))
        .routes(routes!(take))
        .routes(routes!(verify))
        .routes(routes!(inside))
        .routes(routes!(describe_it))
        .routes(routes!(audit_it))
        .routes(routes!(narrow))
}

/// A file on the tray.
#[derive(Serialize, ToSchema)]
#[schema(as = HeldFile)]
struct View {
    /// Its number, given once.
    id: u64,
    name: String,
    bytes: u64,
    /// Whether it begins as a bundle does; nothing else can be verified, passed on or described.
    bundle: bool,
}

impl View {
    fn of((id, file): (u64, OnTray)) -> Self {
        Self { id, bytes: file.size(), bundle: file.is_zip(), name: file.name }
    }
}

fn not_held() -> Refusal {
    Refusal::plain(StatusCode::NOT_FOUND, "not-held", "no file of that number is looked at")
}

impl Desk {
    /// A file of the tray.
    pub fn held(&self, id: u64) -> Result<Held, Refusal> {
        self.open.tray.file(id).map(|file| file.held()).ok_or_else(not_held)
    }

    /// Looks at a file of the tray, in a thread that may block.
    pub async fn look<T: Send + 'static>(
        self,
        id: u64,
        work: impl FnOnce(&Held) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let held = self.held(id)?;
        let done = tokio::task::spawn_blocking(move || work(&held).map_err(|e| self.refuse(&e)));
        done.await.unwrap_or_else(|_| Err(broken()))
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Named {
    /// The file's name.
    name: String,
}

/// Lay a file on the tray: a bundle that came, or a document that is about to leave.
#[utoipa::path(
    put,
    path = "/held",
    operation_id = "hold",
    params(Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = View))
)]
async fn put(desk: Desk, Queried(named): Queried<Named>, body: Body) -> Result<Json<View>, Refusal> {
    has_name(&named.name, None).map_err(|cause| desk.refuse(&cause))?;
    let kept = taken(body).await.map_err(|cause| desk.refuse(&cause))?;
    laid(&desk, named.name, kept).map(Json)
}

fn laid(desk: &Desk, name: String, kept: Kept) -> Result<View, Refusal> {
    let full = || Refusal::plain(StatusCode::CONFLICT, "tray-full", format!("{MOST} files are looked at already"));
    desk.open.tray.put(name, kept).map(View::of).ok_or_else(full)
}

/// Lay the bundle of a finished job on the tray, to look at it before it leaves.
#[utoipa::path(post, path = "/disclosures/{job}/hold", operation_id = "hold_made", params(("job" = u64, Path)), responses((status = 200, body = View)))]
async fn put_made(desk: Desk, Of(job): Of<u64>) -> Result<Json<View>, Refusal> {
    let (name, path) = made(&desk, job)?;
    let read = tokio::task::spawn_blocking(move || {
        let mut spool = Spool::new()?;
        let (mut file, mut piece) = (std::fs::File::open(path)?, vec![0; PIECE]);
        loop {
            let n = std::io::Read::read(&mut file, &mut piece)?;
            match piece.get(..n).filter(|bytes| !bytes.is_empty()) {
                Some(bytes) => spool.push(bytes)?,
                None => return spool.finish(),
            }
        }
    });
    let kept = read.await.map_err(|_| broken())?.map_err(|cause| desk.refuse(&upload(cause)))?;
    laid(&desk, name, kept).map(Json)
}

/// The files on the tray.
#[utoipa::path(get, path = "/held", operation_id = "held", responses((status = 200, body = Vec<View>)))]
async fn list(desk: Desk) -> Json<Vec<View>> {
    Json(desk.open.tray.files().into_iter().map(View::of).collect())
}

/// Take a file off the tray; answers what is left.
#[utoipa::path(post, path = "/held/{id}/take", operation_id = "take_away", params(("id" = u64, Path)), responses((status = 200, body = Vec<View>)))]
async fn take(desk: Desk, Of(id): Of<u64>) -> Result<Json<Vec<View>>, Refusal> {
    if !desk.open.tray.take(id) {
        return Err(not_held());
    }
    Ok(list(desk).await)
}

/// What is known from elsewhere.
#[derive(Deserialize, ToSchema)]
#[schema(as = KnownFromElsewhere)]
struct Known {
    /// Keys that the sender told by another way, 64 hex digits each; none: those of this case are known.
    #[serde(default)]
    signers: Vec<String>,
    /// Roots of time-stamping authorities.
    #[serde(default)]
    roots: Vec<Pem>,
    /// Keys of witnesses, as these publish them.
    #[serde(default)]
    witnesses: Vec<String>,
}

/// Verify a bundle of the tray with what is known from elsewhere.
#[utoipa::path(post, path = "/held/{id}/verify", operation_id = "verify_held", params(("id" = u64, Path)), request_body = Known, responses((status = 200, body = VerdictView)))]
async fn verify(desk: Desk, Of(id): Of<u64>, Given(known): Given<Known>) -> Result<Json<VerdictView>, Refusal> {
    let refuse = |what, found| desk.refuse(&AppError::Form { what, found });
    let signers: Vec<String> = known.signers.iter().map(|key| key.trim().to_lowercase()).collect();
    if let Some(odd) = signers.iter().find(|key| key.len() != 64 || !key.bytes().all(|b| b.is_ascii_hexdigit())) {
        return Err(refuse("a key, 64 hex digits", format!("{} characters", odd.chars().count())));
    }
    let witnesses = known.witnesses.iter().map(|key| key.trim().parse()).collect::<Result<Vec<_>, _>>();
    let witnesses = witnesses.map_err(|cause| desk.refuse(&AppError::Cosignature(cause)))?;
    let roots = Pem::certificates(&known.roots).map_err(|cause| desk.refuse(&cause))?;
    let (open, language) = (Arc::clone(&desk.open), desk.language);
    let looked = desk.look(id, move |held| {
        let own = open.session.with(|session| super::disclose::own_signers(session))?;
        if signers.is_empty() && roots.is_empty() && witnesses.is_empty() {
            return verify_here(held, own);
        }
        let own = if signers.is_empty() { own } else { Vec::new() };
        let verdict = verify_held(held, &Pins { signers, roots, witnesses, own })?;
        let ours = !verdict.failed() && verdict.signer_is_pinned();
        Ok((verdict, ours))
    });
    let (verdict, own) = looked.await?;
    Ok(Json(VerdictView::of(&verdict, own, language)))
}

/// What a bundle of the tray holds, and how parts of it are named that could be withheld.
#[utoipa::path(get, path = "/held/{id}/contents", operation_id = "held_contents", params(("id" = u64, Path)), responses((status = 200, body = ContentsView)))]
async fn inside(desk: Desk, Of(id): Of<u64>) -> Result<Json<ContentsView>, Refusal> {
    desk.look(id, |held| contents(held).map(ContentsView::of)).await.map(Json)
}

/// In whose words a bundle is described.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = MetadataForm)]
enum Form {
    /// RO-Crate 1.1: archives.
    RoCrate,
    /// CASE 1.4 over UCO 1.4: laboratories.
    CaseUco,
}

/// The description of a bundle of the tray, as an attachment: JSON-LD that lies beside it and proves nothing.
#[utoipa::path(get, path = "/held/{id}/metadata/{form}", operation_id = "held_metadata", params(("id" = u64, Path), ("form" = inline(Form), Path)), responses((status = 200, body = Vec<u8>, content_type = "application/ld+json")))]
async fn describe_it(desk: Desk, Of((id, form)): Of<(u64, Form)>) -> Result<Response, Refusal> {
    let (vocabulary, name) = match form {
        Form::RoCrate => (Vocabulary::RoCrate, "ro-crate-metadata.json"),
        Form::CaseUco => (Vocabulary::CaseUco, "bundle.case.jsonld"),
    };
    let document = desk.look(id, move |held| describe(held, vocabulary)).await?;
    let text = serde_json::to_string_pretty(&document).unwrap_or_default() + "\n";
    let headers = [
        (header::CONTENT_TYPE, "application/ld+json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, text).into_response())
}

/// What is looked for.
#[derive(Deserialize, ToSchema)]
#[schema(as = AuditAsked)]
struct Sought {
    /// Names that this audience must not learn; none: names are not looked for.
    profile: Option<ProfileWord>,
    /// Bundles of the tray that left before: what the file tells together with them is looked for.
    #[serde(default)]
    earlier: Vec<u64>,
}

/// Look for what a file of the tray holds and does not show, as a job.
#[utoipa::path(post, path = "/held/{id}/audit", operation_id = "audit", params(("id" = u64, Path)), request_body = Sought, responses((status = 200, body = JobView)))]
async fn audit_it(desk: Desk, Of(id): Of<u64>, Given(sought): Given<Sought>) -> Result<Json<JobView>, Refusal> {
    let held = desk.held(id)?;
    let earlier = sought.earlier.iter().map(|id| desk.held(*id)).collect::<Result<Vec<_>, _>>()?;
    let worker = desk.office.setup.tools.worker.clone();
    Ok(desk.start(Kind::Audit, move |case, watch| {
        let worker = worker.ok_or(AppError::NoProgram("casemate-worker"))?;
        let profile = sought.profile.map(Profile::from);
        let names = profile.map(|profile| case.with(|session| audit::withheld(session, profile)));
        let eyes = Eyes { worker: &worker, names, earlier: &earlier, watch };
        let files = audit::audit_file(&eyes, &held)?;
        Ok((AuditedView { names_of: sought.profile, files }, false))
    }))
}

/// Pass a bundle of the tray on with more withheld, as a job; the new one waits for its download until the case is locked.
#[utoipa::path(post, path = "/held/{id}/narrow", operation_id = "narrow", params(("id" = u64, Path)), request_body = PassOn, responses((status = 200, body = JobView)))]
async fn narrow(desk: Desk, Of(id): Of<u64>, Given(asked): Given<PassOn>) -> Result<Json<JobView>, Refusal> {
    let (held, room, language) = (desk.held(id)?, Arc::clone(&desk.open.room), desk.language);
    let (request, speech, key) = asked.request();
    let key = key.filter(|key| !key.trim().is_empty()).map(Zeroizing::new);
    Ok(desk.start(Kind::Narrow, move |case, watch| {
        let own = case
            .with(|session| names_nobody_of(&request, session).and_then(|()| super::disclose::own_signers(session)))?;
        let key = key.as_ref().map(|text| OwnKey { path: Path::new("key"), bytes: text.as_bytes() });
        let narrowing = signed_with(request, key, Speech::into(speech))?;
        let name = room.name("narrowed", "zip");
        let to = room.folder()?.join(&name);
        let mut done = pass_on(&held, &to, &narrowing, watch)?;
        // The keys of this case are known here, as wherever its bundles are looked at.
        (done.verdict, _) = verify_here(&Held::on_disk(&to), own)?;
        Ok((PassedOnView::of(name, done, language), false))
    }))
}
