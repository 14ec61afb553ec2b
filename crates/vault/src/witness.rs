//! The act that records a cosignature (`docs/format/witness.md` §3).
//!
//! Keeps: the cosigned note and the key that it is checked by lie in one act. Deliberately does not know: whether it holds; who records it has verified it.

use casemate_proof::{Act, CaseId, Compartment, SubjectId, Value};

/// Kind of the act.
pub const WITNESS_KIND: &str = "witness";

/// A checkpoint of the act's own lane that a witness cosigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessAct {
    /// The note: the lane's line, then the witness's.
    pub note: Vec<u8>,
    /// Entries of its checkpoint.
    pub size: u64,
    /// The witness's key, as it publishes it.
    pub key: String,
    /// Where it was asked; none for a file.
    pub address: Option<String>,
    /// When it was recorded, RFC 3339, self-asserted.
    pub on: String,
}

impl WitnessAct {
    /// The act: kind `witness`, compartment *case*, subject the case.
    #[must_use]
    pub fn to_act(&self, case: &CaseId) -> Act {
        let fields = [
            Value::Bytes(self.note.clone()),
            Value::from(self.size),
            Value::from(self.key.as_str()),
            self.address.as_deref().map_or(Value::Null, Value::from),
            Value::from(self.on.as_str()),
        ];
        let mut act = Act::new(WITNESS_KIND, Compartment::Case, SubjectId(case.0));
        for (slot, value) in act.fields.iter_mut().zip(fields) {
            *slot = value;
        }
        act
    }

    /// From an act of its kind, version 1.
    #[must_use]
    pub fn from_act(act: &Act) -> Option<Self> {
        (act.kind == WITNESS_KIND && act.version == 1).then_some(())?;
        let [note, size, key, address, on, ..] = &act.fields;
        Some(Self {
            note: note.as_bytes()?.to_vec(),
            size: size.as_uint()?,
            key: key.as_text()?.to_owned(),
            address: if address.is_null() { None } else { Some(address.as_text()?.to_owned()) },
            on: on.as_text()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WitnessAct;
    use casemate_proof::{CaseId, Value};

    fn sample() -> WitnessAct {
        WitnessAct {
            note: b"note".to_vec(),
            size: 5,
            key: "witness.example/w1+00000000+AAAA".to_owned(),
            address: Some("http://witness.example/".to_owned()),
            on: "2026-03-01T09:00:00Z".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let without = WitnessAct { address: None, ..sample() };
        for witness in [sample(), without] {
            assert_eq!(WitnessAct::from_act(&witness.to_act(&CaseId([4; 32]))), Some(witness));
        }
    }

    #[test]
    fn another_version_or_form_is_not_understood() {
        let act = sample().to_act(&CaseId([4; 32]));
        let mut other = act.clone();
        other.version = 2;
        assert_eq!(WitnessAct::from_act(&other), None);
        for field in 0..5 {
            let mut other = act.clone();
            other.fields[field] = Value::Bool(true);
            assert_eq!(WitnessAct::from_act(&other), None, "field {field}");
        }
    }
}
