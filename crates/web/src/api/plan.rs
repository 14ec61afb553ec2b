//! The redaction plan of one exhibit for one profile, and what its recipient would see.

use super::desk::Desk;
use super::given::Given;
use super::people::profile;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::PreviewView;
use axum::extract::Path;
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::AppError;
use casemate_app::preview;
use casemate_app::redact::{self, KeepRequest, PlanReply, StrikeRequest, StrikeWhat, Which};
use casemate_case::plan::Reason;
use serde::Deserialize;
use std::sync::Arc;

pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/exhibits/{n}/plan/{profile}", get(show))
        .route("/exhibits/{n}/plan/{profile}/propose", post(propose))
        .route("/exhibits/{n}/plan/{profile}/strike", post(strike))
        .route("/exhibits/{n}/plan/{profile}/retime", post(retime))
        .route("/exhibits/{n}/plan/{profile}/drop", post(drop_one))
        .route("/exhibits/{n}/plan/{profile}/keep", post(keep))
        .route("/exhibits/{n}/plan/{profile}/accept", post(accept))
        .route("/exhibits/{n}/preview/{profile}", get(seen))
}

/// Exhibit and profile.
type Which2 = Path<(String, String)>;

async fn show(desk: Desk, Path((n, p)): Which2) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::show(session, &n, profile(&p)?)).await
}

async fn propose(desk: Desk, Path((n, p)): Which2) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::propose(session, &n, profile(&p)?)).await
}

#[derive(Deserialize)]
struct Strike {
    text: Option<String>,
    time: Option<(u64, u64)>,
    reason: String,
    person: Option<String>,
}

async fn strike(desk: Desk, Path((exhibit, p)): Which2, Given(s): Given<Strike>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| {
        let form = |what, found: &str| AppError::Form { what, found: found.chars().take(32).collect() };
        let what = match (s.time, s.text) {
            (Some((from, to)), None) => StrikeWhat::Time(from, to),
            (None, Some(text)) => StrikeWhat::Text(text),
            _ => return Err(form("what is struck", "neither a text nor a time, or both")),
        };
        let reason = reason(&s.reason).ok_or_else(|| form("a reason", &s.reason))?;
        let request = StrikeRequest { exhibit, profile: profile(&p)?, what, reason, person: s.person };
        redact::strike(session, &request)
    })
    .await
}

fn reason(word: &str) -> Option<Reason> {
    match word {
        "name" => Some(Reason::Name),
        "identifier" => Some(Reason::Identifier),
        "private-life" => Some(Reason::PrivateLife),
        "privilege" => Some(Reason::Privilege),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Retime {
    number: usize,
    time: (u64, u64),
}

async fn retime(desk: Desk, Path((n, p)): Which2, Given(r): Given<Retime>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::retime(session, &n, profile(&p)?, r.number, r.time)).await
}

#[derive(Deserialize)]
struct Number {
    number: usize,
}

async fn drop_one(desk: Desk, Path((n, p)): Which2, Given(d): Given<Number>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::drop_strike(session, &n, profile(&p)?, d.number)).await
}

#[derive(Deserialize)]
struct Keep {
    number: Option<usize>,
    within: Option<String>,
    by: String,
    why: String,
}

async fn keep(desk: Desk, Path((exhibit, p)): Which2, Given(k): Given<Keep>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| {
        let which = match (k.number, k.within) {
            (Some(number), None) => Which::Number(number),
            (_, within) => Which::Within(within.unwrap_or_default()),
        };
        let request = KeepRequest { exhibit, profile: profile(&p)?, which, reviewer: k.by, why: k.why };
        redact::keep(session, &request)
    })
    .await
}

#[derive(Deserialize)]
struct Accept {
    by: String,
}

async fn accept(desk: Desk, Path((n, p)): Which2, Given(a): Given<Accept>) -> Result<Json<PlanReply>, Refusal> {
    desk.ask(move |session| redact::review(session, &n, profile(&p)?, &a.by)).await
}

async fn seen(desk: Desk, Path((n, p)): Which2) -> Result<Json<PreviewView>, Refusal> {
    desk.ask(move |session| preview::preview(session, &n, profile(&p)?).map(Into::into)).await
}
