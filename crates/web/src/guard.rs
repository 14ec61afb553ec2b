//! What stands before every call: Host, Origin, cookie and the header that no form can send; and the headers of every
//! answer.
//!
//! Keeps: a page of another origin can neither read nor change anything, also when its name is made to point here (DNS
//! rebinding); nothing is cached, framed or sniffed. Does not know: what is asked.

use crate::office::Office;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The header of every call that changes something: a form or an image of another site can't send it.
pub const OWN_HEADER: &str = "x-casemate";

/// What a page asks without anybody at it: that keeps no case open.
const ASKED_BY_ITSELF: [&str; 3] = ["/events", "/state", "/jobs"];

/// Headers of every answer. The page's own policy stands in `assets`.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];
/// For what is no page: nothing in it may run or load.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// The guard of the API.
pub async fn api(State(office): State<Arc<Office>>, request: Request, next: Next) -> Response {
    let answer = match admit(&office, request.headers(), request.method()) {
        Ok(()) => {
            if !ASKED_BY_ITSELF.iter().any(|path| request.uri().path().ends_with(path)) {
                office.touch();
            }
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    };
    with_headers(answer, Some(API_POLICY))
}

/// The guard of the page and its files: they hold nothing of the case, so no cookie is asked for.
pub async fn page(State(office): State<Arc<Office>>, request: Request, next: Next) -> Response {
    let answer = match host(&office, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    with_headers(answer, None)
}

fn with_headers(mut answer: Response, policy: Option<&'static str>) -> Response {
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(policy) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    answer
}

fn admit(office: &Office, headers: &HeaderMap, method: &Method) -> Result<(), Refusal> {
    host(office, headers)?;
    let words = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    if !cookies.into_iter().any(|c| office.door.knows(c)) {
        return Err(Refusal::plain(
            StatusCode::UNAUTHORIZED,
            "no-session",
            "open the link that casemate serve printed",
        ));
    }
    // Browsers say where a call comes from; only our own page may call.
    if words(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Refusal::plain(StatusCode::FORBIDDEN, "other-site", "a call from another site"));
    }
    if let Some(origin) = words(header::ORIGIN)
        && !office.origins().iter().any(|own| own == origin)
    {
        return Err(Refusal::plain(StatusCode::FORBIDDEN, "other-origin", "a call from another origin"));
    }
    if !method.is_safe() && words(HeaderName::from_static(OWN_HEADER)) != Some("1") {
        return Err(Refusal::plain(StatusCode::FORBIDDEN, "no-header", "a call without its header"));
    }
    Ok(())
}

/// A name that was made to point here is not ours.
fn host(office: &Office, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if office.hosts().iter().any(|own| own == host) {
        return Ok(());
    }
    Err(Refusal::plain(StatusCode::MISDIRECTED_REQUEST, "other-host", "a call under another host's name"))
}
