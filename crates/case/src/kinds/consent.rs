//! Consent: what was decided about an affected person and a kind of recipient.
//!
//! Keeps: yes and no are acts of version 1, which every program understands; a third word is of version 2.
//! Does not know: which exhibits a person stands in, what a gate makes of it.

use super::{act, string, text};
use crate::audience::Profile;
use crate::person::PersonId;
use casemate_proof::{Act, Class, Compartment};

/// The kind's name.
pub const CONSENT: &str = "consent";
/// What version 2 says in place of yes or no.
const UNASKED: &str = "unasked";

/// What was decided about an affected person and a profile. The later in the list, the more careful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The person has agreed.
    Agreed,
    /// The person can't be asked (is detained, is not found, would be endangered by the question), and whoever records it
    /// answers for letting it leave all the same.
    Unasked,
    /// The person has refused.
    Refused,
}

impl Decision {
    /// Whether the person's exhibits may leave.
    #[must_use]
    pub const fn lets_pass(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// A decision on an affected person and a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Whose.
    pub person: PersonId,
    /// For which profile.
    pub profile: Profile,
    /// What was decided.
    pub decision: Decision,
    /// How it is known (a letter, a call, through whom); of somebody who can't be asked: why, and why it leaves all the same.
    pub basis: String,
    /// Who recorded it.
    pub by: String,
    /// When, RFC 3339.
    pub on: String,
}

/// The act that records a decision. It is of version 2 only where version 1, yes or no, can't say it.
#[must_use]
pub fn consent_act(c: &Consent) -> Act {
    let (version, decision) = match c.decision {
        Decision::Agreed => (1, true.into()),
        Decision::Refused => (1, false.into()),
        Decision::Unasked => (2, text(UNASKED)),
    };
    let fields = vec![text(c.profile.word()), decision, text(&c.basis), text(&c.by), text(&c.on)];
    Act { version, ..act(CONSENT, Class::Last, Compartment::Identity, c.person.0, fields) }
}

/// Reads the act back.
pub(super) fn read(act: &Act) -> Option<Consent> {
    let [profile, decision, basis, by, on, ..] = &act.fields;
    let decision = match (act.version, decision.as_bool(), decision.as_text()) {
        (1, Some(true), _) => Decision::Agreed,
        (1, Some(false), _) => Decision::Refused,
        (2, _, Some(UNASKED)) => Decision::Unasked,
        _ => return None,
    };
    Some(Consent {
        person: PersonId(act.subject.0),
        profile: Profile::from_word(profile.as_text()?)?,
        decision,
        basis: string(basis)?,
        by: string(by)?,
        on: string(on)?,
    })
}
