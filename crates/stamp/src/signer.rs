//! Which certificate signed a stamp, and whether it may (RFC 3161 § 2.3, RFC 5035).
//!
//! Keeps: the certificate is the one that the signer *signed* to be its own; it is for time-stamps alone, and says so critically.
//! Does not know: who issued it (`chain`).

use crate::algorithm::Digest;
use crate::certificate::{Certificate, DIGITAL_SIGNATURE, NON_REPUDIATION};
use crate::der::{Cursor, Tlv, context, whole};
use crate::name::Name;
use crate::oid;
use crate::refusal::Refusal;
use crate::signed::{Signer, SignerId};
use der::Tag;

const WHAT: &str = "a signing certificate";
/// `directoryName` in a `GeneralName`.
const DIRECTORY_NAME: u32 = 4;

/// The certificate of the signer among those at hand.
pub fn find<'c, 'a>(signer: &Signer<'a>, among: &'c [Certificate<'a>]) -> Result<&'c Certificate<'a>, Refusal> {
    if signer.certificate_v1.is_none() && signer.certificate_v2.is_none() {
        return Err(Refusal::SigningCertificateMissing);
    }
    let mut refusal = Refusal::SignerAbsent;
    for certificate in among.iter().filter(|certificate| is_named(&signer.id, certificate)) {
        match is_signed_for(signer, certificate) {
            Ok(()) => return Ok(certificate),
            Err(other) => refusal = other,
        }
    }
    Err(refusal)
}

fn is_named(id: &SignerId<'_>, certificate: &Certificate<'_>) -> bool {
    match id {
        // As the certificate spells it: this name is not signed, and needs no second spelling.
        SignerId::Issued(issuer, serial) => certificate.serial == *serial && certificate.issuer == *issuer,
        SignerId::Key(key) => certificate.subject_key == Some(*key),
    }
}

/// Both attributes, where both stand, name this certificate.
fn is_signed_for(signer: &Signer<'_>, certificate: &Certificate<'_>) -> Result<(), Refusal> {
    if let Some(value) = signer.certificate_v1 {
        let mut id = first_id(value)?;
        let hash = id.one(Tag::OctetString)?.value;
        if hash != Digest::Sha1.of(certificate.whole) || !issuer_fits(&mut id, certificate)? {
            return Err(Refusal::SigningCertificateV1);
        }
    }
    if let Some(value) = signer.certificate_v2 {
        let mut id = first_id(value)?;
        let digest = id.optional(Tag::Sequence)?.map_or(Ok(Digest::Sha256), Digest::read)?;
        let hash = id.one(Tag::OctetString)?.value;
        if hash != digest.of(certificate.whole) || !issuer_fits(&mut id, certificate)? {
            return Err(Refusal::SigningCertificateV2);
        }
    }
    Ok(())
}

/// The first `ESSCertID` or `ESSCertIDv2`: the signer's (RFC 5035 § 5.4).
fn first_id(value: &[u8]) -> Result<Cursor<'_>, Refusal> {
    whole(value, WHAT, Tag::Sequence)?.sequence()?.sequence()
}

/// `IssuerSerial`, where it stands.
fn issuer_fits(id: &mut Cursor<'_>, certificate: &Certificate<'_>) -> Result<bool, Refusal> {
    let issuer = id.optional(Tag::Sequence)?;
    id.end()?;
    let Some(issuer) = issuer else { return Ok(true) };
    let mut inner = Cursor::new(issuer.value, WHAT);
    let mut names = inner.sequence()?;
    let serial = inner.integer()?;
    inner.end()?;
    let name = directory_name(names.any()?)?;
    names.end()?;
    Ok(serial == certificate.serial && name.is_some_and(|name| name.is_same(&certificate.issuer)))
}

fn directory_name(name: Tlv<'_>) -> Result<Option<Name<'_>>, Refusal> {
    if name.tag != context(DIRECTORY_NAME, true) {
        return Ok(None);
    }
    let mut content = Cursor::new(name.value, WHAT);
    let name = Name::of(content.one(Tag::Sequence)?)?;
    content.end()?;
    Ok(Some(name))
}

/// Whether a certificate may sign stamps.
pub fn may_sign(certificate: &Certificate<'_>) -> Result<(), Refusal> {
    let (critical, usages) = certificate.usages.as_ref().ok_or(Refusal::UsageMissing)?;
    if !usages.contains(&oid::TIME_STAMPING) {
        return Err(Refusal::UsageOther);
    }
    if usages.len() != 1 {
        return Err(Refusal::UsageNotAlone);
    }
    if !critical {
        return Err(Refusal::UsageNotCritical);
    }
    let signs = DIGITAL_SIGNATURE | NON_REPUDIATION;
    match certificate.key_usage {
        Some(usage) if usage & signs == 0 || usage & !signs != 0 => Err(Refusal::KeyUsage),
        _ => Ok(()),
    }
}

/// The name in the stamp, where there is one, is one of the signer's.
pub fn is_authority(name: Tlv<'_>, certificate: &Certificate<'_>) -> Result<(), Refusal> {
    let fits = match directory_name(name)? {
        Some(name) => {
            let mut known = name.is_same(&certificate.subject);
            for other in &certificate.alternative {
                known |= directory_name(*other)?.is_some_and(|other| other.is_same(&name));
            }
            known
        }
        None => certificate.alternative.iter().any(|other| other.whole == name.whole),
    };
    if fits { Ok(()) } else { Err(Refusal::AuthorityName) }
}
