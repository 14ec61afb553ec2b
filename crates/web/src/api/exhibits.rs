//! Exhibits: the list, one of them, its text, who listened to it, its original.

use super::desk::Desk;
use super::given::{Asked as Queried, Given};
use crate::office::Office;
use crate::refusal::Refusal;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::correct::{self, CorrectRequest};
use casemate_app::heard::{self, CoverageReply, HeardRequest};
use casemate_app::listing::{self, Listed, ShowReply};
use casemate_app::text::{self, ReadReply};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::sync::Arc;
use tokio_stream::wrappers::ReceiverStream;

/// Exhibits of one answer where nobody asks for more.
const USUAL: usize = 200;
/// Bytes of an original that are on their way at once.
const PIECE: usize = 256 * 1024;

pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/exhibits", get(list))
        .route("/exhibits/{n}", get(show))
        .route("/exhibits/{n}/reading", get(read))
        .route("/exhibits/{n}/corrections", post(correct_one))
        .route("/exhibits/{n}/corrections/{id}/undo", post(undo_one))
        .route("/exhibits/{n}/heard", get(coverage).post(hear))
        .route("/exhibits/{n}/original", get(original))
}

#[derive(Deserialize)]
struct Page {
    offset: Option<usize>,
    limit: Option<usize>,
    kind: Option<String>,
    q: Option<String>,
}

#[derive(Serialize)]
struct Listing {
    total: usize,
    exhibits: Vec<Listed>,
}

async fn list(desk: Desk, Queried(page): Queried<Page>) -> Result<Json<Listing>, Refusal> {
    desk.ask(move |session| {
        let words = page.q.unwrap_or_default().to_lowercase();
        let wanted =
            |e: &Listed| page.kind.as_ref().is_none_or(|k| *k == e.kind) && e.source.to_lowercase().contains(&words);
        let all: Vec<Listed> = listing::list(session).exhibits.into_iter().filter(wanted).collect();
        let total = all.len();
        let exhibits = all.into_iter().skip(page.offset.unwrap_or(0)).take(page.limit.unwrap_or(USUAL)).collect();
        Ok(Listing { total, exhibits })
    })
    .await
}

async fn show(desk: Desk, Path(n): Path<String>) -> Result<Json<ShowReply>, Refusal> {
    desk.ask(move |session| listing::show(session, &n)).await
}

async fn read(desk: Desk, Path(n): Path<String>) -> Result<Json<ReadReply>, Refusal> {
    desk.ask(move |session| text::read(session, &n)).await
}

#[derive(Deserialize)]
struct Corrected {
    passage: u64,
    before: String,
    text: String,
    by: String,
}

async fn correct_one(
    desk: Desk,
    Path(exhibit): Path<String>,
    Given(c): Given<Corrected>,
) -> Result<Json<ReadReply>, Refusal> {
    let request = CorrectRequest { exhibit, passage: c.passage, before: c.before, after: c.text, by: c.by };
    desk.ask(move |session| correct::correct(session, &request)).await
}

#[derive(Deserialize)]
struct Undone {
    by: String,
}

async fn undo_one(
    desk: Desk,
    Path((n, id)): Path<(String, String)>,
    Given(undone): Given<Undone>,
) -> Result<Json<ReadReply>, Refusal> {
    desk.ask(move |session| correct::undo(session, &n, &id, &undone.by)).await
}

async fn coverage(desk: Desk, Path(n): Path<String>) -> Result<Json<CoverageReply>, Refusal> {
    desk.ask(move |session| heard::coverage(session, &n)).await
}

#[derive(Deserialize)]
struct Listened {
    listener: String,
    ranges: Vec<(u64, u64)>,
    speed: u64,
}

async fn hear(
    desk: Desk,
    Path(exhibit): Path<String>,
    Given(l): Given<Listened>,
) -> Result<Json<CoverageReply>, Refusal> {
    let request = HeardRequest { exhibit, listener: l.listener, ranges: l.ranges, speed: l.speed };
    desk.ask(move |session| heard::record_heard(session, &request)).await
}

/// The original, byte for byte, as a file to keep: never shown by the browser.
async fn original(desk: Desk, Path(n): Path<String>) -> Result<Response, Refusal> {
    let (mut reader, name) = desk
        .have(move |session| {
            let exhibit = session.exhibit(&n)?;
            let name = safe_name(exhibit.number, exhibit.name().unwrap_or_default());
            Ok((session.original(exhibit)?, name))
        })
        .await?;
    let size = reader.size();
    let (send, pieces) = tokio::sync::mpsc::channel::<std::io::Result<Vec<u8>>>(2);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; PIECE];
            let sent = match reader.read(&mut piece) {
                Ok(0) => return,
                Ok(n) => {
                    piece.truncate(n);
                    send.blocking_send(Ok(piece))
                }
                Err(e) => send.blocking_send(Err(e)),
            };
            if sent.is_err() {
                return;
            }
        }
    });
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_LENGTH, size.to_string()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces))).into_response())
}

/// A name that no system misreads: the exhibit's number and the ending alone, for a name may be a protected person's.
fn safe_name(number: u64, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let plain = ending.filter(|e| (1..=8).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()));
    plain.map_or_else(|| format!("exhibit-{number}"), |e| format!("exhibit-{number}.{e}"))
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_download_is_called_by_its_number() {
        assert_eq!(safe_name(7, "林慕川 12-03.AMR"), "exhibit-7.amr");
        for odd in ["x.\"; drop", "a.b\r\nc", "no ending", ".", "x.waytoolongending", "../../etc/passwd"] {
            assert_eq!(safe_name(7, odd), "exhibit-7", "{odd:?}");
        }
    }
}
