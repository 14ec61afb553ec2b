//! A bundle of the tray in a container that European tools of signatures open, with a time-stamp over it.
//!
//! Keeps: a connection is opened to the address of this very call, and to nothing else. Does not know: how a container is made.

use super::desk::Desk;
use super::given::{Given, Of};
use super::outside::{Bytes, Came, Online, Policy, Travelling};
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::outside::ContainedView;
use axum::Json;
use casemate_app::asic::{AsicQuestion, AsicReply, contain, online};
use casemate_app::timestamp::Answer;
use casemate_app::{AppError, Held, Watch};
use std::path::Path;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(question)).routes(routes!(answered)).routes(routes!(ask))
}

/// A question about a bundle of the tray, for an authority that is asked on another machine.
#[utoipa::path(post, path = "/held/{id}/asic/question", operation_id = "asic_question", params(("id" = u64, Path)), request_body = Policy, responses((status = 200, body = Travelling)))]
async fn question(desk: Desk, Of(id): Of<u64>, Given(given): Given<Policy>) -> Result<Json<Travelling>, Refusal> {
    let asked = desk.look(id, move |held| {
        let question = AsicQuestion::about(held, given.policy.as_deref().filter(|policy| !policy.is_empty()))?;
        Ok(Travelling { request: Bytes::new(&question.request()), kept: Bytes::new(&question.to_bytes()?) })
    });
    asked.await.map(Json)
}

/// Make the container of an authority's answer that came as a file, as a job; it waits for its download until the case is locked.
#[utoipa::path(post, path = "/held/{id}/asic/answer", operation_id = "asic_answer", params(("id" = u64, Path)), request_body = Came, responses((status = 200, body = JobView)))]
async fn answered(desk: Desk, Of(id): Of<u64>, Given(came): Given<Came>) -> Result<Json<JobView>, Refusal> {
    let read = || {
        let question = AsicQuestion::from_bytes(&came.kept.read("a kept question")?)?;
        Ok::<_, AppError>((question, Answer { answer: came.answer.read("an answer")?, ..came.with.read()? }))
    };
    let (question, answer) = read().map_err(|cause| desk.refuse(&cause))?;
    made(desk, id, move |held, to, watch| contain(held, &question, &answer, to, watch))
}

/// Ask an authority over the network about a bundle of the tray and make the container, as a job.
#[utoipa::path(post, path = "/held/{id}/asic/ask", operation_id = "asic_ask", params(("id" = u64, Path)), request_body = Online, responses((status = 200, body = JobView)))]
async fn ask(desk: Desk, Of(id): Of<u64>, Given(asked): Given<Online>) -> Result<Json<JobView>, Refusal> {
    let request = asked.read().map_err(|cause| desk.refuse(&cause))?;
    made(desk, id, move |held, to, watch| online(held, &request, to, &|_| (), watch))
}

fn made(
    desk: Desk,
    id: u64,
    make: impl FnOnce(&Held, &Path, &Watch<'_>) -> Result<AsicReply, AppError> + Send + 'static,
) -> Result<Json<JobView>, Refusal> {
    let (held, room) = (desk.held(id)?, Arc::clone(&desk.open.room));
    Ok(desk.start(Kind::Asic, move |_, watch| {
        let file = room.name("contained", "asice");
        let says = make(&held, &room.folder()?.join(&file), watch)?;
        Ok((ContainedView { file, says }, false))
    }))
}
