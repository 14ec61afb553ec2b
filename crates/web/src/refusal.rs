//! What is answered instead of what was asked: a status, a stable id, and words in the reader's language.
//!
//! Keeps: the words are the program's own (`Advice`), so that screen and terminal say the same. Does not know: causes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What the composition root says of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ApiError)]
pub struct Advice {
    /// Stable id, listed in `docs/errors.md`.
    pub id: String,
    /// What happened, to what.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// Reasons one by one, where there are several.
    pub reasons: Vec<String>,
    /// HTTP status.
    pub status: u16,
}

/// An answer that refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Advice);

/// The body of every refusal.
#[derive(Serialize, ToSchema)]
pub struct Refused {
    error: Advice,
}

impl Refusal {
    /// A refusal of the server itself, whose words are the web app's (`web-error-ID`).
    pub fn plain(status: StatusCode, id: &str, title: impl Into<String>) -> Self {
        let (id, title) = (id.to_owned(), title.into());
        Self(Advice { id, title, advice: String::new(), reasons: Vec::new(), status: status.as_u16() })
    }

    /// The case is locked.
    pub fn locked() -> Self {
        Self::plain(StatusCode::LOCKED, "locked", "the case is locked")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(Refused { error: self.0 })).into_response()
    }
}
