//! Object identifiers, and those that a time-stamp is made of.
//!
//! Keeps: an identifier is what its bytes spell. Does not know: what it stands for elsewhere.

use der::asn1::ObjectIdentifier;
use std::fmt;
use std::str::FromStr;

/// An object identifier: `1.3.6.1.4.1.…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Oid(ObjectIdentifier);

impl Oid {
    const fn known(text: &str) -> Self {
        Self(ObjectIdentifier::new_unwrap(text))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        ObjectIdentifier::from_bytes(bytes).ok().map(Self)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl FromStr for Oid {
    type Err = crate::Refusal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ObjectIdentifier::new(text).map(Self).map_err(|_| crate::Refusal::Form("an object identifier"))
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

macro_rules! oids {
    ($($name:ident = $text:literal;)*) => {
        $(pub(crate) const $name: Oid = Oid::known($text);)*
    };
}

oids! {
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    TST_INFO = "1.2.840.113549.1.9.16.1.4";

    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";

    SHA1 = "1.3.14.3.2.26";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
    MD5 = "1.2.840.113549.2.5";

    RSA = "1.2.840.113549.1.1.1";
    RSA_MD5 = "1.2.840.113549.1.1.4";
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    RSA_MGF1 = "1.2.840.113549.1.1.8";
    RSA_PSS = "1.2.840.113549.1.1.10";
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    EC_KEY = "1.2.840.10045.2.1";
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";

    SUBJECT_KEY = "2.5.29.14";
    KEY_USAGE = "2.5.29.15";
    ALTERNATIVE_NAME = "2.5.29.17";
    BASIC_CONSTRAINTS = "2.5.29.19";
    CRL_NUMBER = "2.5.29.20";
    CRL_REASON = "2.5.29.21";
    INVALIDITY_DATE = "2.5.29.24";
    DISTRIBUTION_POINT = "2.5.29.28";
    POLICIES = "2.5.29.32";
    AUTHORITY_KEY = "2.5.29.35";
    EXTENDED_KEY_USAGE = "2.5.29.37";
    ANY_USAGE = "2.5.29.37.0";
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
    QC_COMPLIANCE = "0.4.0.1862.1.1";
    QUALIFIED_STAMP = "0.4.0.19422.1.1";

    COMMON_NAME = "2.5.4.3";
    COUNTRY = "2.5.4.6";
    ORGANISATION = "2.5.4.10";
    UNIT = "2.5.4.11";
}
