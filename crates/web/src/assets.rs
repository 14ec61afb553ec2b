//! The web app's own files, embedded, and its page under its policy.
//!
//! Keeps: nothing of the case is in them; every page has a nonce of its own. Does not know: what the app does.

use crate::office::Office;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

/// Name and bytes of each file of `ui/dist`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
const PAGE: &str = "index.html";
/// Where the page holds its nonce.
const NONCE: &str = "__CSP_NONCE__";
/// Shown where the app was not built.
const NOT_BUILT: &str = "<!doctype html><title>Casemate</title><p>This program was built without the web app. \
    Run script/setup, then build again.</p>";

/// Pages and files.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/", get(page)).route("/{*path}", get(file))
}

#[derive(Deserialize)]
struct Entry {
    token: Option<String>,
}

async fn page(State(office): State<Arc<Office>>, Query(entry): Query<Entry>) -> Response {
    let Some(token) = entry.token else { return app() };
    match office.door.enter(&token) {
        Some(cookie) => {
            let mut answer = Redirect::to("/").into_response();
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                answer.headers_mut().insert(header::SET_COOKIE, value);
            }
            answer
        }
        // Spent or wrong: the app itself says what to do.
        None => Redirect::to("/").into_response(),
    }
}

async fn file(Path(path): Path<String>) -> Response {
    match FILES.iter().find(|(name, _)| *name == path && *name != PAGE) {
        Some((name, bytes)) => ([(header::CONTENT_TYPE, media_type(name))], *bytes).into_response(),
        // A state of the app is a path; a file that is missing is none.
        None if path.contains('.') => StatusCode::NOT_FOUND.into_response(),
        None => app(),
    }
}

fn app() -> Response {
    let Some((_, page)) = FILES.iter().find(|(name, _)| *name == PAGE) else { return Html(NOT_BUILT).into_response() };
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let nonce: String = random.iter().map(|b| format!("{b:02x}")).collect();
    let mut answer = Html(String::from_utf8_lossy(page).replace(NONCE, &nonce)).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy(&nonce)) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
         media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
