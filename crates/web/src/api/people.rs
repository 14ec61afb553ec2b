//! People, their aliases and consents.

use super::desk::Desk;
use super::given::{Given, Of};
use crate::office::Office;
use crate::refusal::Refusal;
use axum::Json;
use casemate_app::people::{self, ConsentGiven, NameForm, NewPerson, PersonView, SplitReply};
use casemate_app::redact::{self, PersonPlace};
use casemate_app::words::{DecisionWord, ProfileWord};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn router() -> OpenApiRouter<Arc<Office>> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(merge))
        .routes(routes!(split))
        .routes(routes!(alias))
        .routes(routes!(consent))
        .routes(routes!(places))
}

/// Everybody, by the first name of each.
#[utoipa::path(get, path = "/people", operation_id = "list_people", responses((status = 200, body = Vec<PersonView>)))]
async fn list(desk: Desk) -> Result<Json<Vec<PersonView>>, Refusal> {
    desk.ask(|session| Ok(people::list_people(session))).await
}

/// A person to be added, or described anew.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewPerson)]
struct Described {
    names: Vec<NameForm>,
    #[serde(default)]
    role: String,
    #[serde(default)]
    protected: bool,
    #[serde(default)]
    red: bool,
    note: Option<String>,
    relation: Option<String>,
    /// Whom this describes anew: a name, alias or id.
    instead_of: Option<String>,
    /// Somebody else, though all of these names are known.
    #[serde(default)]
    another: bool,
}

/// Add a person, or describe one anew. 409 `person-known` where somebody has all of these names.
#[utoipa::path(post, path = "/people", operation_id = "add_person", request_body = Described, responses((status = 200, body = PersonView)))]
async fn add(desk: Desk, Given(d): Given<Described>) -> Result<Json<PersonView>, Refusal> {
    let Described { names, role, protected, red, note, relation, instead_of, another } = d;
    let new = NewPerson { instead_of, names, role, protected, red, note, relation, another };
    desk.ask(move |session| people::add_person(session, &new)).await
}

/// Who turns out to be this person.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewMerge)]
struct Merge {
    /// A name, alias or id.
    from: String,
    /// Who says so.
    by: String,
}

/// Make one of two people: `from` stands for this one from now on, by an act.
#[utoipa::path(
    post,
    path = "/people/{id}/merge",
    params(("id" = String, Path)),
    request_body = Merge,
    responses((status = 200, body = PersonView))
)]
async fn merge(desk: Desk, Of(id): Of<String>, Given(m): Given<Merge>) -> Result<Json<PersonView>, Refusal> {
    desk.ask(move |session| people::merge(session, &m.from, &id, &m.by)).await
}

/// Names that are somebody else's.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewSplit)]
struct Split {
    names: Vec<NameForm>,
}

/// Take names off a person and give them to somebody new.
#[utoipa::path(
    post,
    path = "/people/{id}/split",
    params(("id" = String, Path)),
    request_body = Split,
    responses((status = 200, body = SplitReply))
)]
async fn split(desk: Desk, Of(id): Of<String>, Given(s): Given<Split>) -> Result<Json<SplitReply>, Refusal> {
    desk.ask(move |session| people::split(session, &id, &s.names)).await
}

/// An alias for an audience.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAlias)]
struct Alias {
    audience: ProfileWord,
    alias: String,
}

/// Give a person an alias: one for an audience, never reused, never changed.
#[utoipa::path(
    post,
    path = "/people/{id}/alias",
    params(("id" = String, Path)),
    request_body = Alias,
    responses((status = 200, body = PersonView))
)]
async fn alias(desk: Desk, Of(id): Of<String>, Given(a): Given<Alias>) -> Result<Json<PersonView>, Refusal> {
    desk.ask(move |session| people::set_alias(session, &id, a.audience.into(), &a.alias)).await
}

/// What a person decided.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewConsent)]
struct Consent {
    profile: ProfileWord,
    decision: DecisionWord,
    basis: String,
    by: String,
}

/// Record a person's decision on a profile.
#[utoipa::path(
    post,
    path = "/people/{id}/consent",
    params(("id" = String, Path)),
    request_body = Consent,
    responses((status = 200, body = PersonView))
)]
async fn consent(desk: Desk, Of(person): Of<String>, Given(c): Given<Consent>) -> Result<Json<PersonView>, Refusal> {
    desk.ask(move |session| {
        let (profile, decision) = (c.profile.into(), c.decision.into());
        people::consent(session, &ConsentGiven { person, profile, decision, basis: c.basis, by: c.by })
    })
    .await
}

/// The exhibits in whose texts a person's names stand.
#[utoipa::path(get, path = "/people/{id}/places", params(("id" = String, Path)), responses((status = 200, body = Vec<PersonPlace>)))]
async fn places(desk: Desk, Of(id): Of<String>) -> Result<Json<Vec<PersonPlace>>, Refusal> {
    desk.ask(move |session| redact::places(session, &id)).await
}
