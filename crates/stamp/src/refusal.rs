//! Why a time-stamp is refused: one name for each reason.
//!
//! Keeps: facts, not advice; no bytes of the token. Does not know: languages.

/// Why a token, a response, a certificate or a revocation list is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than a limit; bytes.
    #[error("{what} is longer than {limit} bytes")]
    TooLong { what: &'static str, limit: usize },
    /// More than a limit.
    #[error("more than {limit} of {what}")]
    TooMany { what: &'static str, limit: usize },
    /// Not what its format says, or not in DER.
    #[error("{0} is not in its form (DER)")]
    Form(&'static str),
    /// Bytes after its end.
    #[error("bytes follow after the end of {0}")]
    Trailing(&'static str),
    /// Not the text that holds certificates or lists.
    #[error("not a file of PEM blocks of {0}")]
    Pem(&'static str),
    /// The authority did not grant it: `PKIStatus`, and the bits of `PKIFailureInfo`.
    #[error("the authority answered with status {status}, failure bits {failure:#x}")]
    Status { status: u8, failure: u32 },
    /// Granted, but without a token; or with one and not granted.
    #[error("the answer holds no token")]
    NoToken,
    /// Not a CMS `SignedData`.
    #[error("the token is not signed data")]
    NotSigned,
    /// What is signed is not a `TSTInfo`.
    #[error("what is signed is not a time-stamp")]
    NotStamp,
    /// A structure of another version.
    #[error("{what} has a version that is not understood")]
    Version { what: &'static str },
    /// The stamp is for other data.
    #[error("the stamp is for other data")]
    Imprint,
    /// The stamp answers another question.
    #[error("the stamp answers another question (nonce)")]
    Nonce,
    /// The stamp was made under another policy than asked.
    #[error("the stamp was made under policy {found}, not the one asked for")]
    Policy { found: String },
    /// Not exactly one signer.
    #[error("the token has {0} signers, not one")]
    Signers(usize),
    /// A signed attribute is missing.
    #[error("the signed attribute {0} is missing")]
    AttributeMissing(&'static str),
    /// A signed attribute stands twice, or holds not exactly one value.
    #[error("the signed attribute {0} stands more than once")]
    AttributeTwice(&'static str),
    /// The signed attributes speak of other content.
    #[error("the signed content type is not that of the content")]
    ContentType,
    /// The content was changed.
    #[error("the signed digest is not that of the content")]
    MessageDigest,
    /// Which certificate signs is not signed.
    #[error("the token does not sign which certificate signs it")]
    SigningCertificateMissing,
    /// `ESSCertID` (SHA-1) names another certificate.
    #[error("the signing certificate is not the one that is signed (ESSCertID)")]
    SigningCertificateV1,
    /// `ESSCertIDv2` names another certificate.
    #[error("the signing certificate is not the one that is signed (ESSCertIDv2)")]
    SigningCertificateV2,
    /// The signer's certificate is neither inside nor given.
    #[error("the certificate of the signer is not there")]
    SignerAbsent,
    /// The signature of the token does not verify.
    #[error("the signature of the token does not verify")]
    Signature,
    /// An algorithm that is not known here.
    #[error("algorithm {0} is not known")]
    Algorithm(String),
    /// Parts of one signature that name different algorithms or parameters.
    #[error("the algorithms of {0} contradict each other")]
    AlgorithmsDiffer(&'static str),
    /// An algorithm that no longer proves anything.
    #[error("{0} no longer proves anything")]
    Weak(&'static str),
    /// A key that is too short, in bits.
    #[error("an RSA key of {0} bits is too short")]
    WeakKey(usize),
    /// A key of a kind, a curve or a length that is not known here.
    #[error("a key of a kind that is not known")]
    Key,
    /// The signer's certificate does not say what it is for.
    #[error("the signer's certificate has no extended key usage")]
    UsageMissing,
    /// It says so, but lets others ignore it.
    #[error("the extended key usage of the signer's certificate is not critical")]
    UsageNotCritical,
    /// It is for something else.
    #[error("the signer's certificate is not for time-stamps")]
    UsageOther,
    /// It is for time-stamps and for something else.
    #[error("the signer's certificate is not for time-stamps alone")]
    UsageNotAlone,
    /// The signer's key may not sign.
    #[error("the key usage of the signer's certificate is not to sign data")]
    KeyUsage,
    /// The name of the authority in the stamp is not one of the signer's certificate.
    #[error("the authority that the stamp names is not the signer")]
    AuthorityName,
    /// A critical extension that is not understood.
    #[error("critical extension {0} is not understood")]
    Critical(String),
    /// An extension stands twice.
    #[error("extension {0} stands twice")]
    ExtensionTwice(String),
    /// A certificate was not valid yet when the stamp was made.
    #[error("the certificate of {subject} was not valid yet")]
    NotYetValid { subject: String },
    /// A certificate had expired when the stamp was made.
    #[error("the certificate of {subject} had expired")]
    Expired { subject: String },
    /// An issuer that is no authority.
    #[error("{subject} is no certification authority")]
    NotAuthority { subject: String },
    /// An issuer whose key may not sign certificates.
    #[error("the key of {subject} may not sign certificates")]
    AuthorityKeyUsage { subject: String },
    /// An issuer that may not issue for time-stamps.
    #[error("{subject} may not issue certificates for time-stamps")]
    AuthorityUsage { subject: String },
    /// More authorities below an issuer than it allows.
    #[error("the chain below {subject} is longer than it allows")]
    PathLength { subject: String },
    /// A certificate whose signature does not verify under its issuer's key.
    #[error("the signature of the certificate of {subject} does not verify")]
    ChainSignature { subject: String },
    /// An issuer is neither inside nor given, and roots are pinned.
    #[error("the issuer {issuer} is not there")]
    ChainBroken { issuer: String },
    /// The chain ends at a root that is not pinned.
    #[error("the chain ends at a root that is not pinned: {fingerprint}")]
    RootNotPinned { fingerprint: String },
    /// A longer chain than [`crate::CHAIN_MAX`], or more signatures than [`crate::CHAIN_SIGNATURES_MAX`].
    #[error("no chain was found within the limits")]
    ChainLimit,
    /// A certificate of the chain was revoked, or its key was lost.
    #[error("the certificate of {subject} was revoked at {at} (reason {reason})")]
    Revoked { subject: String, at: String, reason: String },
    /// A revocation list of an authority of the chain whose signature does not verify.
    #[error("the signature of the revocation list of {issuer} does not verify")]
    CrlSignature { issuer: String },
    /// An authority of the chain whose key may not sign revocation lists.
    #[error("the key of {issuer} may not sign revocation lists")]
    CrlKeyUsage { issuer: String },
}

impl Refusal {
    /// The stable name of the reason, as `docs/format/time.md` lists it.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::Form(_) => "form",
            Self::Trailing(_) => "trailing",
            Self::Pem(_) => "pem",
            Self::Status { .. } => "status",
            Self::NoToken => "no-token",
            Self::NotSigned => "not-signed",
            Self::NotStamp => "not-stamp",
            Self::Version { .. } => "version",
            Self::Imprint => "imprint",
            Self::Nonce => "nonce",
            Self::Policy { .. } => "policy",
            Self::Signers(_) => "signers",
            Self::AttributeMissing(_) => "attribute-missing",
            Self::AttributeTwice(_) => "attribute-twice",
            Self::ContentType => "content-type",
            Self::MessageDigest => "message-digest",
            Self::SigningCertificateMissing => "signing-certificate-missing",
            Self::SigningCertificateV1 => "signing-certificate-v1",
            Self::SigningCertificateV2 => "signing-certificate-v2",
            Self::SignerAbsent => "signer-absent",
            Self::Signature => "signature",
            Self::Algorithm(_) => "algorithm",
            Self::AlgorithmsDiffer(_) => "algorithms-differ",
            Self::Weak(_) => "weak",
            Self::WeakKey(_) => "weak-key",
            Self::Key => "key",
            _ => self.id_of_chain(),
        }
    }

    fn id_of_chain(&self) -> &'static str {
        match self {
            Self::UsageMissing => "usage-missing",
            Self::UsageNotCritical => "usage-not-critical",
            Self::UsageOther => "usage-other",
            Self::UsageNotAlone => "usage-not-alone",
            Self::KeyUsage => "key-usage",
            Self::AuthorityName => "authority-name",
            Self::Critical(_) => "critical",
            Self::ExtensionTwice(_) => "extension-twice",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::Expired { .. } => "expired",
            Self::NotAuthority { .. } => "not-authority",
            Self::AuthorityKeyUsage { .. } => "authority-key-usage",
            Self::AuthorityUsage { .. } => "authority-usage",
            Self::PathLength { .. } => "path-length",
            Self::ChainSignature { .. } => "chain-signature",
            Self::ChainBroken { .. } => "chain-broken",
            Self::RootNotPinned { .. } => "root-not-pinned",
            Self::ChainLimit => "chain-limit",
            Self::Revoked { .. } => "revoked",
            Self::CrlSignature { .. } => "crl-signature",
            _ => "crl-key-usage",
        }
    }
}
