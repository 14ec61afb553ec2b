//! The state of an exhibit's redaction plans at a glance, and a memory of it, since it takes a look at the whole text.
//!
//! Keeps: a state that is remembered is of the same text, people, plan and judgements. Does not know: how it is found.

use casemate_case::audience::Profile;
use casemate_case::plan::Plan;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use utoipa::ToSchema;

/// A plan at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanState {
    /// Finds of withheld names that no strike covers: they stop a disclosure.
    pub open: u64,
    /// What is struck.
    pub strikes: u64,
    /// Who reviewed it; nothing while it is a proposal.
    pub reviewer: Option<String>,
    /// Whether it was made for the newest text; `false` also where that text can't be read.
    pub current: bool,
}

/// The plans of an exhibit, null where nobody proposed one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanStates {
    /// For a court.
    pub court: Option<PlanState>,
    /// For a newspaper.
    pub press: Option<PlanState>,
}

/// Everything that decides a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Basis {
    /// The object that holds the text, and its standing corrections.
    pub text: Vec<u8>,
    /// A digest of whose names are withheld.
    pub people: [u8; 32],
    /// The plan.
    pub plan: Plan,
    /// Judgements on record.
    pub kept: usize,
}

/// States that were found, by exhibit and profile.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<BTreeMap<(u64, Profile), (Basis, PlanState)>>);

impl Remembered {
    /// The state on this basis, if it was found before.
    pub fn recall(&self, exhibit: u64, profile: Profile, basis: &Basis) -> Option<PlanState> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(exhibit, profile)).filter(|(of, _)| of == basis).map(|(_, state)| state.clone())
    }

    /// Remembers a state.
    pub fn keep(&self, exhibit: u64, profile: Profile, basis: Basis, state: PlanState) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((exhibit, profile), (basis, state));
    }
}
