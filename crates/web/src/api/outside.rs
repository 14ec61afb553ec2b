//! What others say of the log: time-stamping authorities and witnesses, asked by file or, by name, over the network.
//!
//! Keeps: a connection is opened to the addresses that the user gave in this very call, and to nothing else. Does not know: which of them deserve trust.

use super::desk::Desk;
use super::given::Given;
use crate::jobs::{JobView, Kind};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::outside::{One, Stamped};
use axum::Json;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use casemate_app::AppError;
use casemate_app::timestamp::{
    self, Answer, OnlineRequest, Question, TimestampReply, TimestampStatus, certificates_of, lists_of,
};
use casemate_app::witness::{self, Cosignature, WitnessStatus, witness_key};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Authorities asked at once.
const ADDRESSES_MAX: usize = 16;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(stamps))
        .routes(routes!(question))
        .routes(routes!(answered))
        .routes(routes!(online))
        .routes(routes!(witnesses))
        .routes(routes!(witness_request))
        .routes(routes!(cosigned))
}

/// Bytes of a file: base64 (RFC 4648 §4).
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, content_encoding = "base64")]
pub struct Bytes(String);

impl Bytes {
    fn new(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }

    fn read(&self, what: &'static str) -> Result<Vec<u8>, AppError> {
        let other = |_| AppError::Form { what, found: "no base64".to_owned() };
        STANDARD.decode(self.0.as_bytes()).map_err(other)
    }
}

/// A file of certificates or revocation lists, PEM or DER: base64 (RFC 4648 §4).
#[derive(Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, content_encoding = "base64")]
pub struct Pem(Bytes);

/// What such files hold, DER.
type Blocks = Result<Vec<Vec<u8>>, AppError>;

impl Pem {
    /// The certificates of all of them, DER.
    pub fn certificates(all: &[Self]) -> Blocks {
        Self::blocks(all, certificates_of)
    }

    fn blocks(all: &[Self], of: fn(&[u8]) -> Blocks) -> Blocks {
        let each = all.iter().map(|file| of(&file.0.read("a file of certificates")?));
        each.collect::<Result<Vec<_>, _>>().map(|all| all.into_iter().flatten().collect())
    }
}

/// What is given with an answer.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = StampGiven)]
struct With {
    /// Roots that are trusted; none: trust is not checked.
    #[serde(default)]
    roots: Vec<Pem>,
    /// Certificates to keep beside the token.
    #[serde(default)]
    certificates: Vec<Pem>,
    /// Revocation lists to keep beside the token.
    #[serde(default)]
    lists: Vec<Pem>,
}

impl With {
    fn read(&self) -> Result<Answer, AppError> {
        Ok(Answer {
            roots: Pem::certificates(&self.roots)?,
            certificates: Pem::certificates(&self.certificates)?,
            lists: Pem::blocks(&self.lists, lists_of)?,
            ..Answer::default()
        })
    }
}

/// Roots that are trusted.
#[derive(Deserialize, ToSchema)]
#[schema(as = TrustedRoots)]
struct Roots {
    #[serde(default)]
    roots: Vec<Pem>,
}

/// What was stamped, by whom, until when it is good. Writes nothing.
#[utoipa::path(post, path = "/timestamps/status", operation_id = "timestamps", request_body = Roots, responses((status = 200, body = TimestampStatus)))]
async fn stamps(desk: Desk, Given(given): Given<Roots>) -> Result<Json<TimestampStatus>, Refusal> {
    desk.ask(move |session| timestamp::status(session, &Pem::certificates(&given.roots)?)).await
}

/// Under which policy.
#[derive(Deserialize, ToSchema)]
#[schema(as = StampAsk)]
struct Policy {
    /// An object identifier.
    policy: Option<String>,
}

/// A question to an authority that travels as a file.
#[derive(Serialize, ToSchema)]
#[schema(as = StampQuestion)]
struct Travelling {
    /// The request: a body of type `application/timestamp-query`.
    request: Bytes,
    /// What must be kept until the answer is recorded: it says which checkpoint was asked about.
    kept: Bytes,
}

/// A question about the newest checkpoint of the log, for an authority that is asked on another machine.
#[utoipa::path(post, path = "/timestamps/question", operation_id = "timestamp_question", request_body = Policy, responses((status = 200, body = Travelling)))]
async fn question(desk: Desk, Given(given): Given<Policy>) -> Result<Json<Travelling>, Refusal> {
    desk.ask(move |session| {
        let question = timestamp::ask(session, given.policy.as_deref().filter(|policy| !policy.is_empty()))?;
        Ok(Travelling { request: Bytes::new(&question.request()), kept: Bytes::new(&question.to_bytes()?) })
    })
    .await
}

/// An answer that came as a file.
#[derive(Deserialize, ToSchema)]
#[schema(as = StampAnswer)]
struct Came {
    /// What was kept of the question.
    kept: Bytes,
    /// The authority's answer.
    answer: Bytes,
    #[serde(flatten)]
    with: With,
}

/// Verify an authority's answer and record it.
#[utoipa::path(post, path = "/timestamps/answer", operation_id = "timestamp_answer", request_body = Came, responses((status = 200, body = TimestampReply)))]
async fn answered(desk: Desk, Given(came): Given<Came>) -> Result<Json<TimestampReply>, Refusal> {
    desk.ask(move |session| {
        let question = Question::from_bytes(&came.kept.read("a kept question")?)?;
        let answer = Answer { answer: came.answer.read("an answer")?, ..came.with.read()? };
        timestamp::record(session, question, answer)
    })
    .await
}

/// Whom to ask over the network.
#[derive(Deserialize, ToSchema)]
#[schema(as = StampOnline)]
struct Online {
    /// `http://` or `https://`: a connection is opened to each.
    addresses: Vec<String>,
    /// By way of this proxy: `socks5h://`, `socks5://` or `http://`.
    proxy: Option<String>,
    /// Roots under which alone `https://` is believed; none: those of Mozilla's list.
    #[serde(default)]
    tls_roots: Vec<Pem>,
    policy: Option<String>,
    #[serde(flatten)]
    with: With,
}

/// Ask authorities over the network and record their answers, as a job.
#[utoipa::path(post, path = "/timestamps/ask", operation_id = "timestamp_ask", request_body = Online, responses((status = 200, body = JobView)))]
async fn online(desk: Desk, Given(asked): Given<Online>) -> Result<Json<JobView>, Refusal> {
    let read = || {
        let many = asked.addresses.len();
        if !(1..=ADDRESSES_MAX).contains(&many) {
            let found = format!("{many}, from 1 to {ADDRESSES_MAX} are possible");
            return Err(AppError::Form { what: "addresses of authorities", found });
        }
        Ok(OnlineRequest {
            addresses: asked.addresses.iter().map(|address| address.trim().to_owned()).collect(),
            proxy: asked.proxy.clone().filter(|proxy| !proxy.is_empty()),
            tls_roots: Pem::certificates(&asked.tls_roots)?,
            policy: asked.policy.clone().filter(|policy| !policy.is_empty()),
            given: asked.with.read()?,
        })
    };
    let request = read().map_err(|cause| desk.refuse(&cause))?;
    let (office, language) = (Arc::clone(&desk.office), desk.language);
    Ok(desk.start(Kind::Timestamp, move |case, watch| {
        let one = |asked: timestamp::AskedOne| match asked.result {
            Ok(stamp) => One { address: asked.address, stamp: Some(stamp), error: None },
            Err(cause) => {
                One { address: asked.address, stamp: None, error: Some((office.setup.advise)(&cause, language)) }
            }
        };
        let asked = timestamp::online(case, &request, &|_| (), watch)?;
        Ok((Stamped { asked: asked.into_iter().map(one).collect() }, false))
    }))
}

/// Who has cosigned the log, and the log's key, to tell a witness.
#[utoipa::path(get, path = "/witnesses", operation_id = "witnesses", responses((status = 200, body = WitnessStatus)))]
async fn witnesses(desk: Desk) -> Result<Json<WitnessStatus>, Refusal> {
    desk.ask(|session| witness::status(session)).await
}

/// Which witness is to be asked.
#[derive(Deserialize, ToSchema)]
#[schema(as = WitnessAsk)]
struct Asked {
    /// The witness's key, as it publishes it.
    key: String,
    /// The size at which the witness says that it saw the log last; without it, what the log records.
    old: Option<u64>,
}

/// A request to a witness that travels as a file.
#[derive(Serialize, ToSchema)]
#[schema(as = WitnessQuestion)]
struct AddCheckpoint {
    /// The body of `add-checkpoint`.
    request: Bytes,
    /// The witness's name.
    witness: String,
}

/// A request for a cosignature of the newest checkpoint. Writes nothing.
#[utoipa::path(post, path = "/witnesses/request", operation_id = "witness_request", request_body = Asked, responses((status = 200, body = AddCheckpoint)))]
async fn witness_request(desk: Desk, Given(asked): Given<Asked>) -> Result<Json<AddCheckpoint>, Refusal> {
    desk.ask(move |session| {
        let key = witness_key(&asked.key)?;
        let request = witness::ask(session, &key, asked.old)?;
        Ok(AddCheckpoint { request: Bytes::new(&request), witness: key.name().to_owned() })
    })
    .await
}

/// A witness's answer that came as a file.
#[derive(Deserialize, ToSchema)]
#[schema(as = WitnessAnswer)]
struct CameBack {
    /// The witness's key, as it publishes it.
    key: String,
    /// The request that was sent.
    request: Bytes,
    /// The answer.
    answer: Bytes,
}

/// Verify a witness's answer and record its cosignature.
#[utoipa::path(post, path = "/witnesses/answer", operation_id = "witness_answer", request_body = CameBack, responses((status = 200, body = Cosignature)))]
async fn cosigned(desk: Desk, Given(came): Given<CameBack>) -> Result<Json<Cosignature>, Refusal> {
    desk.ask(move |session| {
        let (request, answer) = (came.request.read("a request to a witness")?, came.answer.read("an answer")?);
        witness::record(session, &witness_key(&came.key)?, &request, &answer)
    })
    .await
}
