//! What every call works at: the open case and the reader's language.
//!
//! Keeps: the session is lent in a thread that may block, for as long as one use case takes. Does not know: use cases.

use crate::jobs::{JobView, Kind};
use crate::office::{Office, Open};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use casemate_app::{AppError, Lend, Session, Watch};
use casemate_words::Language;
use serde::Serialize;
use std::sync::{Arc, Mutex};

/// The reader's language, by `Accept-Language`.
pub struct Reader(pub Language);

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(language(&parts.headers)))
    }
}

fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut tags = asked.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim());
    tags.find_map(Language::parse).unwrap_or(Language::En)
}

/// An open case and who asks.
pub struct Desk {
    /// The office.
    pub office: Arc<Office>,
    /// The open case.
    pub open: Arc<Open>,
    /// The language of what goes wrong.
    pub language: Language,
}

impl FromRequestParts<Arc<Office>> for Desk {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, office: &Arc<Office>) -> Result<Self, Refusal> {
        Ok(Self { open: office.case()?, office: Arc::clone(office), language: language(&parts.headers) })
    }
}

impl Desk {
    /// One use case, and its answer as it is.
    pub async fn have<T: Send + 'static>(
        self,
        work: impl FnOnce(&mut Session) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let Self { office, open, language } = self;
        let done = tokio::task::spawn_blocking(move || {
            open.session.with(|session| {
                let before = session.acts();
                let answer = work(session);
                if session.acts() != before {
                    office.grown(session.acts());
                }
                answer.map_err(|e| office.refuse(&e, language))
            })
        });
        done.await.unwrap_or_else(|_| Err(broken()))
    }

    /// One use case, its reply as JSON.
    pub async fn ask<T: Serialize + Send + 'static>(
        self,
        work: impl FnOnce(&mut Session) -> Result<T, AppError> + Send + 'static,
    ) -> Result<Json<T>, Refusal> {
        self.have(work).await.map(Json)
    }

    /// Long work.
    pub fn start<T: Serialize>(
        self,
        kind: Kind,
        work: impl FnOnce(&Mutex<Session>, &Watch<'_>) -> Result<(T, bool), AppError> + Send + 'static,
    ) -> Json<JobView> {
        Json(self.office.start(&self.open, kind, self.language, work))
    }

    /// The words for an error met outside the session.
    pub fn refuse(&self, error: &AppError) -> Refusal {
        self.office.refuse(error, self.language)
    }
}

/// A call that died: nothing that it had not finished is in the log.
pub fn broken() -> Refusal {
    Refusal::plain(StatusCode::INTERNAL_SERVER_ERROR, "call-died", "the call ended before its answer")
}
