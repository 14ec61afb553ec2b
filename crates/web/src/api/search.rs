//! Search, a page at a time.

use super::desk::Desk;
use super::given::Asked as Queried;
use crate::office::Office;
use crate::refusal::Refusal;
use crate::wire::FacetsView;
use axum::Json;
use casemate_app::Watch;
use casemate_app::search::{
    CloseRequest, FacetsRequest, MeaningReply, Narrowing, PageReply, PageRequest, close_to, facets, page,
};
use casemate_app::words::{LanguageWord, PassageWord};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Hits of one answer where nobody asks for more.
const USUAL: usize = 50;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new().routes(routes!(hits)).routes(routes!(counted)).routes(routes!(close))
}

/// In which order.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// As the exhibits are numbered.
    #[default]
    Case,
    /// Best first.
    Best,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The query.
    q: String,
    /// Most hits of the answer.
    limit: Option<usize>,
    /// `next` of the page before.
    after: Option<String>,
    #[serde(default)]
    #[param(required = false, inline)]
    order: Order,
    /// Only of this kind.
    kind: Option<PassageWord>,
    /// Only in this language.
    lang: Option<LanguageWord>,
    /// Only where this person is named: an id, name or alias.
    person: Option<String>,
}

/// A page of the passages that answer.
#[utoipa::path(get, path = "/search", operation_id = "search", params(Asked), responses((status = 200, body = PageReply)))]
async fn hits(desk: Desk, Queried(asked): Queried<Asked>) -> Result<Json<PageReply>, Refusal> {
    let request = PageRequest {
        query: asked.q,
        limit: asked.limit.unwrap_or(USUAL),
        after: asked.after,
        ranked: asked.order == Order::Best,
        narrowing: Narrowing { kind: asked.kind, language: asked.lang, person: asked.person },
    };
    desk.ask(move |session| page(session, &request, &quiet(&AtomicBool::new(false)))).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Counted {
    /// The query.
    q: String,
    /// The kind that is chosen.
    kind: Option<PassageWord>,
    /// The language that is chosen.
    lang: Option<LanguageWord>,
    /// The person who is chosen: an id, name or alias.
    person: Option<String>,
    /// Of what search by meaning looks at: whatever words it holds.
    #[serde(default)]
    #[param(required = false)]
    meaning: bool,
}

/// How the answers are spread, each group under what is chosen in the others.
#[utoipa::path(get, path = "/search/facets", operation_id = "facets", params(Counted), responses((status = 200, body = FacetsView)))]
async fn counted(desk: Desk, Queried(asked): Queried<Counted>) -> Result<Json<FacetsView>, Refusal> {
    let chosen = Narrowing { kind: asked.kind, language: asked.lang, person: asked.person };
    let request = FacetsRequest { query: asked.q, chosen, meaning: asked.meaning };
    desk.ask(move |session| facets(session, &request, &quiet(&AtomicBool::new(false))).map(Into::into)).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Close {
    /// The query: what it says besides its fields is what is meant.
    q: String,
    /// Most hits of the answer.
    limit: Option<usize>,
    /// Only of this kind.
    kind: Option<PassageWord>,
    /// Only in this language.
    lang: Option<LanguageWord>,
    /// Only where this person is named: an id, name or alias.
    person: Option<String>,
}

/// What is close to the query in meaning, in whichever language, the closest first; of what has been read for its meaning.
/// `waiting` says how many texts have not: `intake_read` reads them.
#[utoipa::path(get, path = "/search/meaning", operation_id = "meaning", params(Close), responses((status = 200, body = MeaningReply)))]
async fn close(desk: Desk, Queried(asked): Queried<Close>) -> Result<Json<MeaningReply>, Refusal> {
    let narrowing = Narrowing { kind: asked.kind, language: asked.lang, person: asked.person };
    let request = CloseRequest { query: asked.q, limit: asked.limit.unwrap_or(USUAL), narrowing };
    desk.ask(move |session| close_to(session, &request, &quiet(&AtomicBool::new(false)))).await
}

/// Nobody watches a call that ends in a moment.
fn quiet(stop: &AtomicBool) -> Watch<'_> {
    Watch { tell: &|_| (), stop }
}
