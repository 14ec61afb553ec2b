//! Sound: a playable copy in byte ranges, and peaks for a waveform.
//!
//! Keeps: what a browser plays as it is goes out as it is; anything else is decoded by the worker, a stretch at a time,
//! and never lies on a disk. Does not know: codecs.

use super::desk::{Desk, broken};
use super::given::{Asked as Queried, Of};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::tapes::{Copy, Kind};
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use casemate_app::sound::PEAKS_PER_SECOND;
use casemate_app::words::ProfileWord;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Longest stretch of one answer, bytes: two minutes of decoded sound.
const STRETCH: u64 = 4 << 20;
/// Says whether a copy is the original's bytes or decoded.
const COPY: &str = "x-casemate-copy";

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(original)).routes(routes!(peaks)).routes(routes!(preview))
}

/// A copy that browsers play, in byte ranges (RFC 9110 §14); `X-Casemate-Copy` says `original` or `decoded`.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/sound",
    operation_id = "sound",
    params(("n" = u64, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "audio/*"),
        (status = 206, body = Vec<u8>, content_type = "audio/*", description = "A stretch, no longer than 4 MiB."),
        (status = 416, description = "No such stretch.")
    )
)]
async fn original(desk: Desk, Of(n): Of<u64>, headers: HeaderMap) -> Result<Response, Refusal> {
    stretch(desk, Kind::Original(n.to_string()), &headers).await
}

/// The recording as its recipient would hear it, in byte ranges.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/preview/{profile}/sound",
    operation_id = "preview_sound",
    params(("n" = u64, Path), ("profile" = ProfileWord, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "audio/*"),
        (status = 206, body = Vec<u8>, content_type = "audio/*", description = "A stretch, no longer than 4 MiB."),
        (status = 416, description = "No such stretch.")
    )
)]
async fn preview(
    desk: Desk,
    Of((n, profile)): Of<(u64, ProfileWord)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    stretch(desk, Kind::Preview(n.to_string(), profile.into()), &headers).await
}

async fn stretch(desk: Desk, kind: Kind, headers: &HeaderMap) -> Result<Response, Refusal> {
    let asked = headers.get(header::RANGE).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let copy = copy(&desk, kind).await?;
    let size = copy.size();
    let Some((from, to)) = range(asked.as_deref(), size) else {
        let nothing = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
        return Ok((StatusCode::RANGE_NOT_SATISFIABLE, nothing).into_response());
    };
    let (media_type, decoded) = (copy.media_type().to_owned(), copy.is_decoded());
    let open = Arc::clone(&desk.open);
    let read = tokio::task::spawn_blocking(move || copy.bytes(&open.session, from, to)).await.map_err(|_| broken())?;
    let bytes = read.map_err(|e| desk.refuse(&e))?;
    let end = from + (bytes.len() as u64);
    let headers = [
        (header::CONTENT_TYPE.as_str(), media_type),
        (header::ACCEPT_RANGES.as_str(), "bytes".to_owned()),
        (header::CONTENT_RANGE.as_str(), format!("bytes {from}-{}/{size}", end.saturating_sub(1))),
        (COPY, if decoded { "decoded" } else { "original" }.to_owned()),
    ];
    let status = if asked.is_none() && end == size { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
    Ok((status, headers, bytes).into_response())
}

async fn copy(desk: &Desk, kind: Kind) -> Result<Arc<Copy>, Refusal> {
    let open = Arc::clone(&desk.open);
    let found =
        tokio::task::spawn_blocking(move || open.tapes.copy(&open.session, &kind)).await.map_err(|_| broken())?;
    found.map_err(|e| desk.refuse(&e))
}

/// The stretch of a `Range` header (RFC 9110 §14), `from..to`, no longer than [`STRETCH`]; `None` where there is none.
fn range(asked: Option<&str>, size: u64) -> Option<(u64, u64)> {
    let (from, last) = match asked.and_then(|a| a.strip_prefix("bytes=")).map(|a| a.split_once('-')) {
        None => (0, size.checked_sub(1)?),
        Some(pair) => {
            let (from, last) = pair?;
            match (from.trim().parse::<u64>(), last.trim().parse::<u64>()) {
                (Ok(from), Ok(last)) => (from, last),
                (Ok(from), Err(_)) if last.trim().is_empty() => (from, size.checked_sub(1)?),
                (Err(_), Ok(count)) if from.trim().is_empty() => (size.saturating_sub(count), size.checked_sub(1)?),
                _ => return None,
            }
        }
    };
    (from < size && from <= last).then(|| (from, last.saturating_add(1).min(size).min(from.saturating_add(STRETCH))))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Zoom {
    /// Slots of a second, from 1 to 50.
    per_second: Option<u32>,
}

/// A recording's outline.
#[derive(Serialize, ToSchema)]
struct Peaks {
    per_second: u32,
    channels: u8,
    duration_ms: u64,
    /// Base64 of signed bytes: lowest and highest of each slot, channel after channel within a slot.
    peaks: String,
}

/// Peaks for a waveform.
#[utoipa::path(get, path = "/exhibits/{n}/peaks", params(("n" = u64, Path), Zoom), responses((status = 200, body = Peaks)))]
async fn peaks(desk: Desk, Of(n): Of<u64>, Queried(zoom): Queried<Zoom>) -> Result<Json<Peaks>, Refusal> {
    let copy = copy(&desk, Kind::Original(n.to_string())).await?;
    let open = Arc::clone(&desk.open);
    let found =
        tokio::task::spawn_blocking(move || copy.outline(&open.session).cloned()).await.map_err(|_| broken())?;
    let outline = found.map_err(|e| desk.refuse(&e))?;
    let each = PEAKS_PER_SECOND / zoom.per_second.unwrap_or(PEAKS_PER_SECOND).clamp(1, PEAKS_PER_SECOND);
    let pairs = coarser(&outline.peaks, usize::from(outline.channels), each as usize);
    let bytes: Vec<u8> = pairs.iter().map(|p| p.to_le_bytes()[0]).collect();
    Ok(Json(Peaks {
        per_second: PEAKS_PER_SECOND / each,
        channels: outline.channels,
        duration_ms: outline.duration_ms(),
        peaks: STANDARD.encode(bytes),
    }))
}

/// `each` slots made one: the lowest of the lows, the highest of the highs.
fn coarser(peaks: &[i8], channels: usize, each: usize) -> Vec<i8> {
    let slot = 2 * channels.max(1);
    let mut out = Vec::with_capacity(peaks.len() / each.max(1) + slot);
    for group in peaks.chunks(slot * each.max(1)) {
        for at in (0..slot).step_by(2) {
            let own = |side: usize| group.iter().skip(at + side).step_by(slot).copied();
            out.extend([own(0).min().unwrap_or(0), own(1).max().unwrap_or(0)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_rfc_9110() {
        assert_eq!(range(None, 100), Some((0, 100)));
        assert_eq!(range(Some("bytes=10-19"), 100), Some((10, 20)));
        assert_eq!(range(Some("bytes=90-"), 100), Some((90, 100)));
        assert_eq!(range(Some("bytes=-10"), 100), Some((90, 100)));
        assert_eq!(range(Some("bytes=0-0"), 100), Some((0, 1)));
        assert_eq!(range(Some("bytes=0-999"), 100), Some((0, 100)));
        assert_eq!(range(Some("bytes=0-"), 10 * STRETCH), Some((0, STRETCH)));
        for none in ["bytes=100-", "bytes=20-10", "bytes=-", "bytes=x-y", "bytes=1-2,4-5"] {
            assert_eq!(range(Some(none), 100), None, "{none}");
        }
        assert_eq!(range(None, 0), None);
    }

    #[test]
    fn coarser_peaks_hold_the_extremes_of_each_channel() {
        // Two channels, three slots: low, high of each.
        let peaks = [-1, 1, -10, 10, -3, 2, -4, 40, -2, 9, -5, 5];
        assert_eq!(coarser(&peaks, 2, 2), [-3, 2, -10, 40, -2, 9, -5, 5]);
        assert_eq!(coarser(&peaks, 2, 1), peaks);
    }
}
