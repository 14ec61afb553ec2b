//! The redaction plan of one exhibit for one profile, and what its recipient would see.

use super::desk::Desk;
use super::given::{Given, Of};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::PreviewView;
use axum::Json;
use casemate_app::AppError;
use casemate_app::preview;
use casemate_app::redact::{self, KeepRequest, PlanReply, StrikeRequest, StrikeWhat, Which};
use casemate_app::words::{ProfileWord, ReasonWord};
use casemate_case::plan::Reason;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(propose))
        .routes(routes!(strike))
        .routes(routes!(retime))
        .routes(routes!(drop_one))
        .routes(routes!(keep))
        .routes(routes!(accept))
        .routes(routes!(seen))
}

/// Exhibit and profile.
type Planned = Of<(u64, ProfileWord)>;

/// The plan of an exhibit for a profile. 404 `no-plan` before the first proposal.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/plan/{profile}",
    operation_id = "plan",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    responses((status = 200, body = PlanReply))
)]
async fn show(desk: Desk, Of((n, p)): Planned) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::show(session, &n.to_string(), p.into())).await
}

/// Propose a strike for each withheld name that is found.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/propose",
    operation_id = "propose",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    responses((status = 200, body = PlanReply))
)]
async fn propose(desk: Desk, Of((n, p)): Planned) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::propose(session, &n.to_string(), p.into())).await
}

/// What is struck by hand.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewStrike)]
struct Strike {
    text: Option<String>,
    time: Option<(u64, u64)>,
    reason: ReasonWord,
    person: Option<String>,
}

/// Strike words, or milliseconds of a recording: one of both.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/strike",
    operation_id = "strike",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    request_body = Strike,
    responses((status = 200, body = PlanReply))
)]
async fn strike(desk: Desk, Of((n, p)): Planned, Given(s): Given<Strike>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| {
        let what = match (s.time, s.text) {
            (Some((from, to)), None) => StrikeWhat::Time(from, to),
            (None, Some(text)) => StrikeWhat::Text(text),
            _ => {
                let found = "neither a text nor a time, or both".to_owned();
                return Err(AppError::Form { what: "what is struck", found });
            }
        };
        let reason = reason(s.reason);
        let request = StrikeRequest { exhibit: n.to_string(), profile: p.into(), what, reason, person: s.person };
        redact::strike(session, &request)
    })
    .await
}

fn reason(word: ReasonWord) -> Reason {
    match word {
        ReasonWord::Name => Reason::Name,
        ReasonWord::Identifier => Reason::Identifier,
        ReasonWord::PrivateLife => Reason::PrivateLife,
        ReasonWord::Privilege => Reason::Privilege,
    }
}

/// When a strike is heard.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewTime)]
struct Retime {
    number: usize,
    time: (u64, u64),
}

/// Say when a strike is heard, where the machine's times are wrong.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/retime",
    operation_id = "retime",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    request_body = Retime,
    responses((status = 200, body = PlanReply))
)]
async fn retime(desk: Desk, Of((n, p)): Planned, Given(r): Given<Retime>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::retime(session, &n.to_string(), p.into(), r.number, r.time)).await
}

/// A strike, from 1.
#[derive(Deserialize, ToSchema)]
#[schema(as = StrikeNumber)]
struct Number {
    number: usize,
}

/// Take a strike out of the plan.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/drop",
    operation_id = "drop_strike",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    request_body = Number,
    responses((status = 200, body = PlanReply))
)]
async fn drop_one(desk: Desk, Of((n, p)): Planned, Given(d): Given<Number>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::drop_strike(session, &n.to_string(), p.into(), d.number)).await
}

/// A find that is no name: by its number, or all inside these words.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewKept)]
struct Keep {
    number: Option<usize>,
    within: Option<String>,
    by: String,
    why: String,
}

/// Judge that a find is no name.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/keep",
    operation_id = "keep",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    request_body = Keep,
    responses((status = 200, body = PlanReply))
)]
async fn keep(desk: Desk, Of((n, p)): Planned, Given(k): Given<Keep>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| {
        let which = match (k.number, k.within) {
            (Some(number), None) => Which::Number(number),
            (_, within) => Which::Within(within.unwrap_or_default()),
        };
        let request = KeepRequest { exhibit: n.to_string(), profile: p.into(), which, reviewer: k.by, why: k.why };
        redact::keep(session, &request)
    })
    .await
}

/// Who reviewed, and how many of the strikes they had looked at one by one.
#[derive(Deserialize, ToSchema)]
#[schema(as = Reviewer)]
struct Accept {
    by: String,
    looked: Option<u64>,
}

/// Review the plan, by name.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/plan/{profile}/accept",
    operation_id = "accept",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    request_body = Accept,
    responses((status = 200, body = PlanReply))
)]
async fn accept(desk: Desk, Of((n, p)): Planned, Given(a): Given<Accept>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::review(session, &n.to_string(), p.into(), &a.by, a.looked)).await
}

/// The exhibit as its recipient would read it.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/preview/{profile}",
    operation_id = "preview",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path)),
    responses((status = 200, body = PreviewView))
)]
async fn seen(desk: Desk, Of((n, p)): Planned) -> Result<Json<PreviewView>, Refusal> {
    let language = desk.language;
    desk.ask(move |session| preview::preview(session, &n.to_string(), p.into(), language).map(Into::into)).await
}
