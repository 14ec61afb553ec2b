//! What a call is given: files, JSON bodies, queries and parts of its path, refused in our own form where they are not in theirs.
//!
//! Keeps: what was given is never repeated in the refusal: it may be a passphrase. Does not know: what it means.

use crate::refusal::Refusal;
use crate::spool::{Kept, Spool};
use axum::body::Body;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use casemate_app::AppError;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use tokio_stream::StreamExt;

/// A JSON body.
pub struct Given<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Given<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let read = axum::Json::<T>::from_request(request, state).await;
        read.map(|axum::Json(given)| Self(given)).map_err(|e: JsonRejection| refused(e.status()))
    }
}

/// A query.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(asked)| Self(asked)).map_err(|e: QueryRejection| refused(e.status()))
    }
}

/// The parts of a path that stand for something: exhibit, profile, person, job.
pub struct Of<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Of<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(of)| Self(of)).map_err(|e: PathRejection| refused(e.status()))
    }
}

/// Longest name or path of an upload, in bytes.
const NAME_MAX: usize = 4096;

/// That an upload has a name, and its name and path are not too long.
pub fn has_name(name: &str, path: Option<&String>) -> Result<(), AppError> {
    let long = name.len() > NAME_MAX || path.is_some_and(|path| path.len() > NAME_MAX);
    if long || name.is_empty() {
        let found = format!("{} bytes, from 1 to {NAME_MAX} are possible", name.len());
        return Err(AppError::Form { what: "a file's name", found });
    }
    Ok(())
}

/// What went wrong with an upload.
pub fn upload(cause: std::io::Error) -> AppError {
    AppError::File { path: PathBuf::from("upload"), cause }
}

/// The bytes of a body, kept encrypted.
pub async fn taken(body: Body) -> Result<Kept, AppError> {
    let died = |_| upload(std::io::Error::other("the call ended before its answer"));
    let mut spool = Spool::new().map_err(upload)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|e| upload(std::io::Error::other(e)))?;
        let pushed = tokio::task::spawn_blocking(move || spool.push(&piece).map(|()| spool)).await;
        spool = pushed.map_err(died)?.map_err(upload)?;
    }
    spool.finish().map_err(upload)
}

fn refused(status: StatusCode) -> Refusal {
    Refusal::plain(status, "malformed", "the call is not in the form that the API documents")
}
