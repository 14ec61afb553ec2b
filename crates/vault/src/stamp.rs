//! The act that records a token of time (`docs/format/time.md` §3).
//!
//! Keeps: the token and all that is needed to check it lie in one act. Deliberately does not know: whether it holds; who records it has verified it.

use casemate_proof::{Act, CaseId, Compartment, SubjectId, Value};

/// Kind of the act.
pub const STAMP_KIND: &str = "timestamp";

/// A token of time over an earlier checkpoint of the act's own lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampAct {
    /// Hides which note was stamped from who doesn't hold it.
    pub salt: [u8; 32],
    /// The stamped note.
    pub note: Vec<u8>,
    /// Entries of its checkpoint.
    pub size: u64,
    /// The token, DER.
    pub token: Vec<u8>,
    /// Certificates kept beside it, DER.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists kept beside it, DER.
    pub lists: Vec<Vec<u8>>,
    /// Where it was asked; none for a file.
    pub authority: Option<String>,
    /// When it was recorded, RFC 3339, self-asserted.
    pub on: String,
}

impl StampAct {
    /// The act: kind `timestamp`, compartment *case*, subject the case.
    #[must_use]
    pub fn to_act(&self, case: &CaseId) -> Act {
        let list = |members: &[Vec<u8>]| Value::Array(members.iter().map(|der| Value::Bytes(der.clone())).collect());
        let fields = [
            Value::Bytes(self.salt.to_vec()),
            Value::Bytes(self.note.clone()),
            Value::from(self.size),
            Value::Bytes(self.token.clone()),
            list(&self.certificates),
            list(&self.lists),
            self.authority.as_deref().map_or(Value::Null, Value::from),
            Value::from(self.on.as_str()),
        ];
        let mut act = Act::new(STAMP_KIND, Compartment::Case, SubjectId(case.0));
        for (slot, value) in act.fields.iter_mut().zip(fields) {
            *slot = value;
        }
        act
    }

    /// From an act of its kind, version 1.
    #[must_use]
    pub fn from_act(act: &Act) -> Option<Self> {
        (act.kind == STAMP_KIND && act.version == 1).then_some(())?;
        let [salt, note, size, token, certificates, lists, authority, on, ..] = &act.fields;
        let list = |value: &Value| -> Option<Vec<Vec<u8>>> {
            value.as_array()?.iter().map(|der| der.as_bytes().map(<[u8]>::to_vec)).collect()
        };
        Some(Self {
            salt: salt.as_bytes()?.try_into().ok()?,
            note: note.as_bytes()?.to_vec(),
            size: size.as_uint()?,
            token: token.as_bytes()?.to_vec(),
            certificates: list(certificates)?,
            lists: list(lists)?,
            authority: if authority.is_null() { None } else { Some(authority.as_text()?.to_owned()) },
            on: on.as_text()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::StampAct;
    use casemate_proof::{CaseId, Value};

    fn sample() -> StampAct {
        StampAct {
            salt: [1; 32],
            note: b"note".to_vec(),
            size: 5,
            token: vec![0x30, 0],
            certificates: vec![vec![1], vec![2, 3]],
            lists: vec![],
            authority: Some("http://tsa.example/".to_owned()),
            on: "2026-03-01T09:00:00Z".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let without = StampAct { authority: None, ..sample() };
        for stamp in [sample(), without] {
            assert_eq!(StampAct::from_act(&stamp.to_act(&CaseId([4; 32]))), Some(stamp));
        }
    }

    #[test]
    fn another_version_or_form_is_not_understood() {
        let act = sample().to_act(&CaseId([4; 32]));
        let mut other = act.clone();
        other.version = 2;
        assert_eq!(StampAct::from_act(&other), None);
        for field in 0..8 {
            let mut other = act.clone();
            other.fields[field] = Value::Bool(true);
            assert_eq!(StampAct::from_act(&other), None, "field {field}");
        }
    }
}
