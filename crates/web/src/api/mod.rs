//! The calls. Each is one use case of `casemate-app`, or part of one; nothing here decides.
//!
//! Keeps: every call that reads the case goes through [`Desk`], which a locked case refuses. Does not know: guards,
//! cookies (`guard`).

mod custody;
mod desk;
mod disclose;
mod exhibits;
mod given;
mod held;
mod intake;
mod outside;
mod pages;
mod people;
mod plan;
mod search;
mod settings;
mod sound;
mod state;

use crate::office::Office;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;

pub use settings::words;

/// All of them but [`words`].
pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .merge(state::router())
        .merge(intake::router())
        .merge(exhibits::router())
        .merge(pages::router())
        .merge(sound::router())
        .merge(search::router())
        .merge(people::router())
        .merge(plan::router())
        .merge(disclose::router())
        .merge(held::router())
        .merge(outside::router())
        .merge(custody::router())
        .merge(settings::router())
}
