//! The lane act: who granted a device its lane, and with which keys.
//!
//! Keeps: a grant is for one case, lane and set of keys, signed by the owner's key.
//! Does not know: whether it was revoked; acts say that.

use super::{LogError, lane_id};
use crate::act::{Act, Compartment, SubjectId};
use crate::cbor::{Reader, Writer};
use crate::ids::{CaseId, LaneId};
use crate::keys::{PublicKey, SecretKey, Signature};

/// The kind of lane acts.
pub const LANE_KIND: &str = "lane";
/// Greatest length of a role, bytes.
pub const ROLE_MAX: usize = 64;
const VERSION: u64 = 1;
const GRANT_TAG: &[u8] = b"casemate/grant/v1\0";

/// The keys of a lane's device, each for one use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneKeys {
    /// Signs checkpoints as notes; the lane's id follows from it.
    pub lane: PublicKey,
    /// Signs checkpoints as SSHSIG.
    pub ssh: PublicKey,
    /// Signs disclosures.
    pub disclosure: PublicKey,
}

/// What the owner grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The case.
    pub case: CaseId,
    /// The device's keys.
    pub keys: LaneKeys,
    /// What the device's person is in the case.
    pub role: String,
}

impl Grant {
    /// The lane that is granted.
    #[must_use]
    pub fn lane(&self) -> LaneId {
        lane_id(&self.case, &self.keys.lane)
    }

    /// The encoding: `{0: case id, 1: lane id, 2: [lane key, ssh key, disclosure key], 3: role}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(4).uint(0).bytes(&self.case.0).uint(1).bytes(&self.lane().0).uint(2).array(3);
        for key in [&self.keys.lane, &self.keys.ssh, &self.keys.disclosure] {
            writer.bytes(key.as_bytes());
        }
        writer.uint(3).text(&self.role);
        writer.into_bytes()
    }

    /// Reads a grant and nothing else.
    ///
    /// # Errors
    /// Refuses other encodings, keys that are none, and a lane id that does not follow.
    pub fn decode(bytes: &[u8]) -> Result<Self, LogError> {
        let mut reader = Reader::new(bytes);
        reader.map_of(4)?;
        let case = CaseId(reader.key(0)?.fixed()?);
        let lane = LaneId(reader.key(1)?.fixed()?);
        reader.key(2)?.array_of(3)?;
        let mut key = || -> Result<PublicKey, LogError> { Ok(PublicKey::from_bytes(reader.bytes()?)?) };
        let keys = LaneKeys { lane: key()?, ssh: key()?, disclosure: key()? };
        let role = reader.key(3)?.text()?.to_owned();
        reader.end()?;
        admit_role(&role)?;
        let grant = Self { case, keys, role };
        if grant.lane() == lane { Ok(grant) } else { Err(LogError::Grant) }
    }

    fn signed_bytes(&self) -> Vec<u8> {
        [GRANT_TAG, &self.encode()].concat()
    }

    /// The owner's signature over tag ‖ encoding.
    ///
    /// # Errors
    /// [`LogError::Role`].
    pub fn sign(self, owner: &SecretKey) -> Result<SignedGrant, LogError> {
        admit_role(&self.role)?;
        let signature = owner.sign(&self.signed_bytes());
        Ok(SignedGrant { grant: self, owner: owner.public(), signature })
    }
}

fn admit_role(role: &str) -> Result<(), LogError> {
    let fits = (1..=ROLE_MAX).contains(&role.len()) && !role.contains(char::is_control);
    if fits { Ok(()) } else { Err(LogError::Role) }
}

/// A grant and the owner's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedGrant {
    /// What is granted.
    pub grant: Grant,
    /// The key that signed.
    pub owner: PublicKey,
    /// Its signature.
    pub signature: Signature,
}

impl SignedGrant {
    /// The act: kind `lane`, version 1, critical, class *add*, compartment *case*, subject the case; fields 5 the
    /// grant's encoding, 6 the owner's key, 7 the signature.
    #[must_use]
    pub fn to_act(&self) -> Act {
        let mut act = Act::new(LANE_KIND, Compartment::Case, SubjectId(self.grant.case.0));
        act.critical = true;
        let [grant, owner, signature, ..] = &mut act.fields;
        *grant = self.grant.encode().into();
        *owner = self.owner.as_bytes()[..].into();
        *signature = self.signature.0[..].into();
        act
    }

    /// From an act of its kind; the signature is not checked yet.
    ///
    /// # Errors
    /// Refuses every other act.
    pub fn from_act(act: &Act) -> Result<Self, LogError> {
        let not = LogError::NotKind(LANE_KIND);
        if act.kind != LANE_KIND || act.version != VERSION {
            return Err(not);
        }
        let [grant, owner, signature, ..] = &act.fields;
        let (Some(grant), Some(owner), Some(signature)) = (grant.as_bytes(), owner.as_bytes(), signature.as_bytes())
        else {
            return Err(not);
        };
        let signature = Signature::from_slice(signature).ok_or(not.clone())?;
        let signed = Self { grant: Grant::decode(grant)?, owner: PublicKey::from_bytes(owner)?, signature };
        if signed.to_act() == *act { Ok(signed) } else { Err(not) }
    }

    /// Checks that this owner granted this case and lane.
    ///
    /// # Errors
    /// [`LogError::Grant`], [`LogError::Owner`], [`LogError::Key`].
    pub fn verify(&self, case: &CaseId, lane: &LaneId, owner: &PublicKey) -> Result<(), LogError> {
        if self.grant.case != *case || self.grant.lane() != *lane {
            return Err(LogError::Grant);
        }
        if self.owner != *owner {
            return Err(LogError::Owner);
        }
        Ok(owner.verify(&self.grant.signed_bytes(), &self.signature)?)
    }
}
