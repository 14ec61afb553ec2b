//! People: who is named in the case, by which alias each audience knows them, what they agreed to.
//!
//! Keeps: an alias is of one person and one audience and never tells the name; each change is one act in the identity
//! compartment. Does not know: where the names stand in the exhibits.

use crate::words::{DecisionWord, ProfileWord};
use crate::{AppError, Session};
use casemate_case::audience::Profile;
use casemate_case::fold::CaseError;
use casemate_case::kinds::{Consent, Decision, Merged, alias_act, consent_act, merge_act, person_act};
use casemate_case::person::{Name, Person, PersonId, Script};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Longest name, role, note or alias, in bytes.
pub const TEXT_BYTES_MAX: usize = 1024;
/// Longest alias, in bytes: what a release layer's label may hold.
pub const ALIAS_BYTES_MAX: usize = casemate_carve::release::MAX_LABEL;
/// Most written forms of one person's name.
pub const NAMES_MAX: usize = 64;

/// A written form of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PersonName)]
pub struct NameForm {
    /// `han`, `pinyin`, `passport` or `other`.
    #[schema(value_type = crate::words::ScriptWord)]
    pub script: String,
    /// The name.
    pub text: String,
}

/// A person to be added, or described anew.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// A name, alias or id of the person whom this describes anew; `None` for somebody new.
    pub instead_of: Option<String>,
    /// Names, most usual first.
    pub names: Vec<NameForm>,
    /// Role in the case.
    pub role: String,
    /// Whether the name is withheld from whoever does not need it.
    pub protected: bool,
    /// Never disclosed by name without a written reason.
    pub red: bool,
    /// A note for the team.
    pub note: Option<String>,
    /// Relation to the person whom the case is about.
    pub relation: Option<String>,
    /// Somebody else, though all of these names are known: two people may bear one name.
    pub another: bool,
}

/// A decision on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Consent)]
pub struct ConsentView {
    /// What was decided.
    pub decision: DecisionWord,
    /// How it is known; of somebody who can't be asked, why, and why it leaves all the same.
    pub basis: String,
    /// Who recorded it.
    pub by: String,
    /// When, RFC 3339.
    pub on: String,
}

/// A person as the identity compartment shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Person)]
pub struct PersonView {
    /// Id, 64 hex digits.
    pub id: String,
    /// Names, most usual first.
    pub names: Vec<NameForm>,
    /// Role.
    pub role: String,
    /// Protected.
    pub protected: bool,
    /// Red.
    pub red: bool,
    /// Note.
    pub note: Option<String>,
    /// Relation.
    pub relation: Option<String>,
    /// Audience → alias.
    #[schema(value_type = BTreeMap<ProfileWord, String>)]
    pub aliases: BTreeMap<String, String>,
    /// Profile → decision.
    #[schema(value_type = BTreeMap<ProfileWord, ConsentView>)]
    pub consents: BTreeMap<String, ConsentView>,
}

/// A decision to be recorded.
#[derive(Clone, Debug)]
pub struct ConsentGiven {
    /// A name, alias or id.
    pub person: String,
    /// For which profile.
    pub profile: Profile,
    /// What was decided.
    pub decision: Decision,
    /// How it is known; of somebody who can't be asked, why, and why it leaves all the same.
    pub basis: String,
    /// Who records it.
    pub by: String,
}

const SCRIPTS: [(Script, &str); 4] =
    [(Script::Han, "han"), (Script::Pinyin, "pinyin"), (Script::Passport, "passport"), (Script::Other, "other")];

/// The id in full.
#[must_use]
pub fn id_text(id: PersonId) -> String {
    id.0.iter().map(|b| format!("{b:02x}")).collect()
}

fn name_of(form: &NameForm) -> Result<Name, AppError> {
    let script = SCRIPTS.iter().find(|(_, word)| *word == form.script).map(|(s, _)| *s);
    let script = script.ok_or(AppError::Form { what: "a script of a name", found: short(&form.script) })?;
    Ok(Name { script, text: told("a name", &form.text)? })
}

/// A word of the request that may be repeated in an error: never a name.
fn short(word: &str) -> String {
    word.chars().take(32).collect()
}

fn told(what: &'static str, text: &str) -> Result<String, AppError> {
    let text = text.trim();
    match text.len() {
        0 => Err(AppError::Form { what, found: "nothing".into() }),
        1..=TEXT_BYTES_MAX => Ok(text.to_owned()),
        n => Err(AppError::Form { what, found: format!("{n} bytes, the limit is {TEXT_BYTES_MAX}") }),
    }
}

/// Adds a person, or describes one anew.
///
/// # Errors
/// [`AppError::Form`] without a name or past a limit; [`CaseError::PersonKnown`] where somebody has all of these names and
/// it is not said to be another; [`AppError::NotOnePerson`]; the vault's.
pub fn add_person(session: &mut Session, request: &NewPerson) -> Result<PersonView, AppError> {
    if request.names.is_empty() || request.names.len() > NAMES_MAX {
        let found = format!("{} written forms, from 1 to {NAMES_MAX} are possible", request.names.len());
        return Err(AppError::Form { what: "a person's names", found });
    }
    let names = request.names.iter().map(name_of).collect::<Result<Vec<_>, _>>()?;
    if request.instead_of.is_none() && !request.another && session.case.namesake(&names).is_some() {
        return Err(CaseError::PersonKnown.into());
    }
    let id = match &request.instead_of {
        Some(word) => session.one_person(word)?.id,
        None => PersonId(session.vault.draw()?),
    };
    let person = Person {
        id,
        names,
        role: request.role.clone(),
        protected: request.protected,
        red: request.red,
        note: request.note.clone(),
        relation: request.relation.clone(),
    };
    session.append(vec![person_act(&person)])?;
    Ok(view(session, &person))
}

/// Makes one of two people who turn out to be one: `from` stands for `into` from now on.
///
/// # Errors
/// [`AppError::NotOnePerson`]; [`AppError::Form`] where both are one already, or nobody says so; the vault's.
pub fn merge(session: &mut Session, from: &str, into: &str, by: &str) -> Result<PersonView, AppError> {
    let (from, into) = (session.one_person(from)?.id, session.one_person(into)?.id);
    if from == into {
        return Err(AppError::Form { what: "two people to be made one", found: "one person".into() });
    }
    let merged = Merged { person: from, into, by: told("who says that they are one", by)?, on: session.now() };
    session.append(vec![merge_act(&merged)])?;
    one(session, into)
}

/// What a split leaves: who the names were taken from, and who bears them now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SplitReply {
    /// Who was one with them.
    pub from: PersonView,
    /// The new person, with the same protection, and no alias or decision yet.
    pub person: PersonView,
}

/// Takes names off a person and gives them to somebody new, in one commit.
///
/// # Errors
/// [`AppError::NotOnePerson`]; [`AppError::Form`] for a name that the person does not bear, none, or all of them; the
/// vault's.
pub fn split(session: &mut Session, person: &str, names: &[NameForm]) -> Result<SplitReply, AppError> {
    let mut from = session.one_person(person)?.clone();
    let taken = names.iter().map(name_of).collect::<Result<Vec<_>, _>>()?;
    let before = from.names.len();
    from.names.retain(|n| !taken.contains(n));
    if taken.is_empty() || before != from.names.len() + taken.len() || from.names.is_empty() {
        let found = format!("{} names of {before}, each once", taken.len());
        return Err(AppError::Form { what: "names to split off", found });
    }
    let new = Person {
        id: PersonId(session.vault.draw()?),
        names: taken,
        role: String::new(),
        protected: from.protected,
        red: from.red,
        note: None,
        relation: None,
    };
    session.append(vec![person_act(&from), person_act(&new)])?;
    Ok(SplitReply { from: one(session, from.id)?, person: one(session, new.id)? })
}

/// Gives a person an alias for an audience (a profile's word). The same alias again changes nothing.
///
/// # Errors
/// [`AppError::NotOnePerson`], the rules of [`casemate_case::fold::CaseFile::admit_alias`], the vault's.
pub fn set_alias(session: &mut Session, person: &str, audience: Profile, alias: &str) -> Result<PersonView, AppError> {
    let id = session.one_person(person)?.id;
    let alias = told("an alias", alias)?;
    if alias.len() > ALIAS_BYTES_MAX || alias.contains(|c: char| c.is_control() || c == '[' || c == ']') {
        return Err(AppError::Form {
            what: "an alias",
            found: "too long, or with brackets or control characters".into(),
        });
    }
    session.case.admit_alias(id, audience.word(), &alias)?;
    if session.case.alias(id, audience.word()) != Some(alias.as_str()) {
        session.append(vec![alias_act(id, audience.word(), &alias)])?;
    }
    one(session, id)
}

/// Records what a person decided on a profile.
///
/// # Errors
/// [`AppError::NotOnePerson`], [`AppError::Form`] without a basis or a name of who records it, the vault's.
pub fn consent(session: &mut Session, request: &ConsentGiven) -> Result<PersonView, AppError> {
    let person = session.one_person(&request.person)?.id;
    let consent = Consent {
        person,
        profile: request.profile,
        decision: request.decision,
        basis: told("a basis", &request.basis)?,
        by: told("who records it", &request.by)?,
        on: session.now(),
    };
    session.append(vec![consent_act(&consent)])?;
    one(session, person)
}

/// Everybody, by the first name of each.
#[must_use]
pub fn list_people(session: &Session) -> Vec<PersonView> {
    let mut out: Vec<PersonView> = session.case.people().map(|p| view(session, p)).collect();
    out.sort_by(|a, b| a.names.first().map(|n| &n.text).cmp(&b.names.first().map(|n| &n.text)).then(a.id.cmp(&b.id)));
    out
}

fn one(session: &Session, id: PersonId) -> Result<PersonView, AppError> {
    let person = session.case.person(id).ok_or(AppError::NotOnePerson { found: 0 })?;
    Ok(view(session, person))
}

fn view(session: &Session, person: &Person) -> PersonView {
    let word = |script| SCRIPTS.iter().find(|(s, _)| *s == script).map_or("other", |(_, w)| *w).to_owned();
    let consents = Profile::ALL.into_iter().filter_map(|profile| {
        let c = session.case.consent(person.id, profile)?;
        let seen =
            ConsentView { decision: c.decision.into(), basis: c.basis.clone(), by: c.by.clone(), on: c.on.clone() };
        Some((profile.word().to_owned(), seen))
    });
    PersonView {
        id: id_text(person.id),
        names: person.names.iter().map(|n| NameForm { script: word(n.script), text: n.text.clone() }).collect(),
        role: person.role.clone(),
        protected: person.protected,
        red: person.red,
        note: person.note.clone(),
        relation: person.relation.clone(),
        aliases: session.case.aliases_of(person.id).map(|(a, b)| (a.to_owned(), b.to_owned())).collect(),
        consents: consents.collect(),
    }
}
