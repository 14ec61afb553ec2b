//! The state of an exhibit's plans, for lists.
//!
//! Keeps: what a list counts as open is what the gate counts. Does not know: how a plan is shown.

use super::text::{find, load};
use super::view::{open_finds, open_identifiers, withheld_people};
use crate::Session;
use crate::catalogue::Exhibit;
use crate::planned::{Basis, PlanState, PlanStates};
use casemate_case::audience::Profile;
use casemate_case::plan::Plan;
use casemate_proof::digest::sha256;

/// The states of both plans.
pub(crate) fn states(session: &Session, exhibit: &Exhibit) -> PlanStates {
    let of =
        |profile| session.case.plan(&exhibit.root, Profile::word(profile)).map(|p| state(session, exhibit, profile, p));
    PlanStates { court: of(Profile::Court), press: of(Profile::Press) }
}

fn state(session: &Session, exhibit: &Exhibit, profile: Profile, plan: &Plan) -> PlanState {
    let basis = basis(session, exhibit, profile, plan);
    if let Some(state) = session.plan_states.recall(exhibit.number, profile, &basis) {
        return state;
    }
    let known = |open, current| PlanState {
        open,
        strikes: plan.strikes.len() as u64,
        reviewer: plan.reviewer.clone(),
        current,
    };
    // A text that can't be read is named by `verify`; a list goes on, and passes nothing.
    let Ok(text) = load(session, exhibit) else { return known(0, false) };
    let open = text.as_ref().map_or(0, |t| {
        let found = find(&t.reading, withheld_people(session, profile)).passages;
        let names = open_finds(session, exhibit, profile, t, &found).len();
        (names + open_identifiers(session, exhibit, profile, t).len()) as u64
    });
    let state = known(open, plan.reading == text.as_ref().map(|t| t.version));
    session.plan_states.keep(exhibit.number, profile, basis, state.clone());
    state
}

fn basis(session: &Session, exhibit: &Exhibit, profile: Profile, plan: &Plan) -> Basis {
    let mut text = Vec::new();
    if let Some(derived) = exhibit.text() {
        let root = derived.object.root().0;
        text.extend_from_slice(&root);
        session.case.standing(&exhibit.root, &root).for_each(|c| text.extend_from_slice(&c.id));
    }
    let mut names = Vec::new();
    for person in withheld_people(session, profile) {
        names.extend_from_slice(&person.id.0);
        for name in &person.names {
            names.push(name.script as u8);
            names.extend_from_slice(name.text.as_bytes());
            names.push(0);
        }
    }
    let people = sha256(&[names.as_slice()]).0;
    Basis { text, people, plan: plan.clone(), kept: session.case.kept(&exhibit.root, profile.word()).len() }
}
