//! People, their aliases and consents.

use super::desk::Desk;
use super::given::Given;
use crate::office::Office;
use crate::refusal::Refusal;
use axum::extract::Path;
use axum::routing::{get, post};
use axum::{Json, Router};
use casemate_app::AppError;
use casemate_app::people::{self, ConsentGiven, NameForm, NewPerson, PersonView};
use casemate_app::redact::{self, PersonPlace};
use casemate_case::audience::Profile;
use serde::Deserialize;
use std::sync::Arc;

pub fn router() -> Router<Arc<Office>> {
    Router::new()
        .route("/people", get(list).post(add))
        .route("/people/{id}/alias", post(alias))
        .route("/people/{id}/consent", post(consent))
        .route("/people/{id}/places", get(places))
}

/// The profile of a word.
pub fn profile(word: &str) -> Result<Profile, AppError> {
    let found = || word.chars().take(32).collect();
    Profile::ALL
        .into_iter()
        .find(|p| p.word() == word)
        .ok_or_else(|| AppError::Form { what: "a profile (court, press)", found: found() })
}

async fn list(desk: Desk) -> Result<Json<Vec<PersonView>>, Refusal> {
    desk.ask(|session| Ok(people::list_people(session))).await
}

#[derive(Deserialize)]
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
    instead_of: Option<String>,
}

async fn add(desk: Desk, Given(d): Given<Described>) -> Result<Json<PersonView>, Refusal> {
    let Described { names, role, protected, red, note, relation, instead_of } = d;
    let new = NewPerson { instead_of, names, role, protected, red, note, relation };
    desk.ask(move |session| people::add_person(session, &new)).await
}

#[derive(Deserialize)]
struct Alias {
    audience: String,
    alias: String,
}

async fn alias(desk: Desk, Path(id): Path<String>, Given(a): Given<Alias>) -> Result<Json<PersonView>, Refusal> {
    desk.ask(move |session| people::set_alias(session, &id, profile(&a.audience)?, &a.alias)).await
}

#[derive(Deserialize)]
struct Consent {
    profile: String,
    given: bool,
    basis: String,
    by: String,
}

async fn consent(
    desk: Desk,
    Path(person): Path<String>,
    Given(c): Given<Consent>,
) -> Result<Json<PersonView>, Refusal> {
    desk.ask(move |session| {
        let given = ConsentGiven { person, profile: profile(&c.profile)?, given: c.given, basis: c.basis, by: c.by };
        people::consent(session, &given)
    })
    .await
}

async fn places(desk: Desk, Path(id): Path<String>) -> Result<Json<Vec<PersonPlace>>, Refusal> {
    desk.ask(move |session| redact::places(session, &id)).await
}
