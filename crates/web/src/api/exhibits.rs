//! Exhibits: the list, one of them, its text, who listened to it, its original.

use super::desk::Desk;
use super::given::{Asked as Queried, Given, Of};
use crate::office::Office;
use crate::refusal::Refusal;
use axum::Json;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casemate_app::correct::{self, CorrectRequest};
use casemate_app::heard::{self, CoverageReply, HeardRequest};
use casemate_app::listing::{self, PageReply, PageRequest, ShowReply};
use casemate_app::text::{self, ReadReply};
use casemate_app::words::KindWord;
use serde::Deserialize;
use std::io::Read;
use std::sync::Arc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Exhibits of one answer where nobody asks for more.
const USUAL: usize = 200;
/// Bytes of an original that are on their way at once.
const PIECE: usize = 256 * 1024;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(read))
        .routes(routes!(correct_one))
        .routes(routes!(undo_one))
        .routes(routes!(coverage, hear))
        .routes(routes!(original))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Page {
    /// Exhibits to pass over.
    offset: Option<usize>,
    /// Most exhibits of the answer.
    limit: Option<usize>,
    /// Only of this kind.
    kind: Option<KindWord>,
    /// Only where this stands in the source.
    q: Option<String>,
}

/// The exhibits by number.
#[utoipa::path(get, path = "/exhibits", operation_id = "list_exhibits", params(Page), responses((status = 200, body = PageReply)))]
async fn list(desk: Desk, Queried(page): Queried<Page>) -> Result<Json<PageReply>, Refusal> {
    let request = PageRequest {
        kind: page.kind,
        words: page.q.unwrap_or_default(),
        offset: page.offset.unwrap_or(0),
        limit: page.limit.unwrap_or(USUAL),
    };
    desk.ask(move |session| Ok(listing::page(session, &request))).await
}

/// One exhibit with its custody.
#[utoipa::path(get, path = "/exhibits/{n}", operation_id = "show_exhibit", params(("n" = u64, Path)), responses((status = 200, body = ShowReply)))]
async fn show(desk: Desk, Of(n): Of<u64>) -> Result<Json<ShowReply>, Refusal> {
    desk.ask(move |session| listing::show(session, &n.to_string())).await
}

/// Its text, with the corrections that stand.
#[utoipa::path(get, path = "/exhibits/{n}/reading", operation_id = "reading", params(("n" = u64, Path)), responses((status = 200, body = ReadReply)))]
async fn read(desk: Desk, Of(n): Of<u64>) -> Result<Json<ReadReply>, Refusal> {
    desk.ask(move |session| text::read(session, &n.to_string())).await
}

/// A passage as a named person has it.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewCorrection)]
struct Corrected {
    passage: u64,
    /// Its text as the editor saw it.
    before: String,
    text: String,
    by: String,
}

/// Correct a passage: an act over the machine's reading, undone by another. 409 `edited-meanwhile` where it reads
/// otherwise by now.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/corrections",
    operation_id = "correct",
    params(("n" = u64, Path)),
    request_body = Corrected,
    responses((status = 200, body = ReadReply))
)]
async fn correct_one(desk: Desk, Of(n): Of<u64>, Given(c): Given<Corrected>) -> Result<Json<ReadReply>, Refusal> {
    let request =
        CorrectRequest { exhibit: n.to_string(), passage: c.passage, before: c.before, after: c.text, by: c.by };
    desk.ask(move |session| correct::correct(session, &request)).await
}

/// Who undoes.
#[derive(Deserialize, ToSchema)]
#[schema(as = By)]
struct Undone {
    by: String,
}

/// Undo a correction, by a new act.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/corrections/{id}/undo",
    operation_id = "undo_correction",
    params(("n" = u64, Path), ("id" = String, Path)),
    request_body = Undone,
    responses((status = 200, body = ReadReply))
)]
async fn undo_one(
    desk: Desk,
    Of((n, id)): Of<(u64, String)>,
    Given(undone): Given<Undone>,
) -> Result<Json<ReadReply>, Refusal> {
    desk.ask(move |session| correct::undo(session, &n.to_string(), &id, &undone.by)).await
}

/// What named people have heard of a recording.
#[utoipa::path(get, path = "/exhibits/{n}/heard", params(("n" = u64, Path)), responses((status = 200, body = CoverageReply)))]
async fn coverage(desk: Desk, Of(n): Of<u64>) -> Result<Json<CoverageReply>, Refusal> {
    desk.ask(move |session| heard::coverage(session, &n.to_string())).await
}

/// Somebody listened.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewHeard)]
struct Listened {
    listener: String,
    /// Milliseconds from start to end; none means the whole recording.
    ranges: Vec<(u64, u64)>,
    /// Per mille of natural.
    speed: u64,
}

/// Record that a named person listened.
#[utoipa::path(
    post,
    path = "/exhibits/{n}/heard",
    params(("n" = u64, Path)),
    request_body = Listened,
    responses((status = 200, body = CoverageReply))
)]
async fn hear(desk: Desk, Of(n): Of<u64>, Given(l): Given<Listened>) -> Result<Json<CoverageReply>, Refusal> {
    let request = HeardRequest { exhibit: n.to_string(), listener: l.listener, ranges: l.ranges, speed: l.speed };
    desk.ask(move |session| heard::record_heard(session, &request)).await
}

/// The original, byte for byte, as a file to keep: never shown by the browser.
#[utoipa::path(
    get,
    path = "/exhibits/{n}/original",
    params(("n" = u64, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"))
)]
async fn original(desk: Desk, Of(n): Of<u64>) -> Result<Response, Refusal> {
    let (mut reader, name) = desk
        .have(move |session| {
            let exhibit = session.exhibit(&n.to_string())?;
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
