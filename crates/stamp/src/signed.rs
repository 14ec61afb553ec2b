//! CMS signed data (RFC 5652) around a stamp.
//!
//! Keeps: exactly one signer; each attribute that counts stands once with one value. The attributes are checked as the bytes
//! that were signed. Certificates and lists inside are not signed: they are candidates, and what can't be read is no candidate.
//! Does not know: whether anything verifies.

use crate::algorithm::{Digest, Scheme};
use crate::der::{Cursor, Tlv, context, whole};
use crate::limits::{CERTIFICATES_MAX, CRLS_MAX, ELEMENTS_MAX};
use crate::name::Name;
use crate::oid::{self, Oid};
use crate::refusal::Refusal;
use der::Tag;

const WHAT: &str = "a token";
/// With content that is no plain data the version is 3 or more (RFC 5652 § 5.1).
const VERSIONS: [u64; 3] = [3, 4, 5];
/// Tag of a SET OF: what stands for `[0]` when attributes are signed (RFC 5652 § 5.4).
const SET_OF: u8 = 0x31;

/// Signed data, read.
#[derive(Clone, Debug)]
pub struct Signed<'a> {
    /// The content: a `TSTInfo`.
    pub content: &'a [u8],
    pub certificates: Vec<&'a [u8]>,
    pub lists: Vec<&'a [u8]>,
    pub signer: Signer<'a>,
}

/// Who signed, by name and number or by key.
#[derive(Clone, Copy, Debug)]
pub enum SignerId<'a> {
    Issued(Name<'a>, &'a [u8]),
    Key(&'a [u8]),
}

/// `SignerInfo`.
#[derive(Clone, Debug)]
pub struct Signer<'a> {
    pub id: SignerId<'a>,
    pub digest: Digest,
    pub scheme: Scheme,
    pub signature: &'a [u8],
    /// The attributes, with the tag under which they are signed.
    pub signed: Vec<u8>,
    pub content_type: Oid,
    pub message_digest: &'a [u8],
    /// `SigningCertificate`.
    pub certificate_v1: Option<&'a [u8]>,
    /// `SigningCertificateV2`.
    pub certificate_v2: Option<&'a [u8]>,
}

impl<'a> Signed<'a> {
    pub fn read(token: &'a [u8]) -> Result<Self, Refusal> {
        let mut outer = whole(token, WHAT, Tag::Sequence)?;
        if outer.oid()? != oid::SIGNED_DATA {
            return Err(Refusal::NotSigned);
        }
        let (_, mut explicit) = outer.inside(WHAT, context(0, true))?;
        outer.end()?;
        let mut inner = explicit.sequence()?;
        explicit.end()?;
        if !VERSIONS.contains(&inner.small()?) {
            return Err(Refusal::Version { what: WHAT });
        }
        let digests = inner.inside("digest algorithms", Tag::Set)?.1.all(ELEMENTS_MAX)?;
        let content = content(inner.one(Tag::Sequence)?)?;
        let certificates = members(&mut inner, 0, "certificates", CERTIFICATES_MAX)?;
        let lists = members(&mut inner, 1, "revocation lists", CRLS_MAX)?;
        let signers = inner.inside("signers", Tag::Set)?.1.all(ELEMENTS_MAX)?;
        inner.end()?;
        let [signer] = signers.as_slice() else { return Err(Refusal::Signers(signers.len())) };
        let signer = Signer::read(*signer)?;
        if !digests.into_iter().any(|digest| Digest::read(digest) == Ok(signer.digest)) {
            return Err(Refusal::AlgorithmsDiffer(WHAT));
        }
        Ok(Self { content, certificates, lists, signer })
    }
}

/// `EncapsulatedContentInfo`.
fn content(tlv: Tlv<'_>) -> Result<&[u8], Refusal> {
    let mut inner = Cursor::new(tlv.value, WHAT);
    if inner.oid()? != oid::TST_INFO {
        return Err(Refusal::NotStamp);
    }
    let (_, mut explicit) = inner.inside(WHAT, context(0, true))?;
    inner.end()?;
    let content = explicit.one(Tag::OctetString)?.value;
    explicit.end()?;
    Ok(content)
}

/// The plain ones of a set of certificates or lists: other kinds have tags of their own.
fn members<'a>(
    inner: &mut Cursor<'a>,
    number: u32,
    what: &'static str,
    limit: usize,
) -> Result<Vec<&'a [u8]>, Refusal> {
    let Some(set) = inner.optional(context(number, true))? else { return Ok(Vec::new()) };
    let members = Cursor::new(set.value, what).all(limit)?;
    Ok(members.into_iter().filter(|member| member.tag == Tag::Sequence).map(|member| member.whole).collect())
}

impl<'a> Signer<'a> {
    fn read(tlv: Tlv<'a>) -> Result<Self, Refusal> {
        let mut inner = whole(tlv.whole, "a signer", Tag::Sequence)?;
        let version = inner.small()?;
        let id = match inner.optional(context(0, false))? {
            Some(key) if version == 3 => SignerId::Key(key.value),
            None if version == 1 => {
                let mut issued = inner.sequence()?;
                let id = SignerId::Issued(Name::of(issued.one(Tag::Sequence)?)?, issued.integer()?);
                issued.end()?;
                id
            }
            _ => return Err(Refusal::Version { what: "a signer" }),
        };
        let digest_algorithm = inner.one(Tag::Sequence)?;
        let digest = Digest::read(digest_algorithm)?;
        let attributes = inner.optional(context(0, true))?.ok_or(Refusal::AttributeMissing("content-type"))?;
        let algorithm = inner.one(Tag::Sequence)?;
        let scheme = Scheme::read(algorithm, Some(digest))?;
        let signature = inner.one(Tag::OctetString)?.value;
        // Nothing of the unsigned attributes is read.
        inner.optional(context(1, true))?;
        inner.end()?;
        if scheme.digest() != digest {
            return Err(Refusal::AlgorithmsDiffer("a signature"));
        }
        let mut signed = attributes.whole.to_vec();
        if let Some(tag) = signed.first_mut() {
            *tag = SET_OF;
        }
        let attributes = Attributes::read(attributes.value)?;
        attributes.protects(digest_algorithm, algorithm)?;
        Ok(Self {
            id,
            digest,
            scheme,
            signature,
            signed,
            content_type: attributes.content_type()?,
            message_digest: attributes.message_digest()?,
            certificate_v1: attributes.value(oid::SIGNING_CERTIFICATE, "signing-certificate")?.map(|value| value.whole),
            certificate_v2: attributes
                .value(oid::SIGNING_CERTIFICATE_V2, "signing-certificate-v2")?
                .map(|value| value.whole),
        })
    }
}

struct Attributes<'a>(Vec<(Oid, Tlv<'a>)>);

impl<'a> Attributes<'a> {
    fn read(content: &'a [u8]) -> Result<Self, Refusal> {
        let what = "signed attributes";
        let mut found = Vec::new();
        for attribute in Cursor::new(content, what).all(ELEMENTS_MAX)? {
            let mut inner = whole(attribute.whole, what, Tag::Sequence)?;
            let kind = inner.oid()?;
            let values = inner.one(Tag::Set)?;
            inner.end()?;
            found.push((kind, values));
        }
        Ok(Self(found))
    }

    /// The one value of an attribute, if it stands there.
    fn value(&self, kind: Oid, name: &'static str) -> Result<Option<Tlv<'a>>, Refusal> {
        let mut standing = self.0.iter().filter(|(found, _)| *found == kind);
        let Some((_, values)) = standing.next() else { return Ok(None) };
        if standing.next().is_some() {
            return Err(Refusal::AttributeTwice(name));
        }
        match Cursor::new(values.value, "signed attributes").all(ELEMENTS_MAX)?.as_slice() {
            [value] => Ok(Some(*value)),
            _ => Err(Refusal::AttributeTwice(name)),
        }
    }

    /// `CMSAlgorithmProtection` (RFC 6211), where it stands, names the algorithms that stand outside.
    fn protects(&self, digest: Tlv<'_>, signature: Tlv<'_>) -> Result<(), Refusal> {
        let Some(value) = self.value(oid::ALGORITHM_PROTECTION, "algorithm-protection")? else { return Ok(()) };
        let mut inner = whole(value.whole, "signed attributes", Tag::Sequence)?;
        let digest_fits = inner.one(Tag::Sequence)?.whole == digest.whole;
        let signature_fits = inner.one(context(1, true))?.value == signature.value;
        inner.end()?;
        if digest_fits && signature_fits { Ok(()) } else { Err(Refusal::AlgorithmsDiffer("a signature")) }
    }

    fn content_type(&self) -> Result<Oid, Refusal> {
        let value = self.value(oid::CONTENT_TYPE, "content-type")?;
        Cursor::new(value.ok_or(Refusal::AttributeMissing("content-type"))?.whole, "signed attributes").oid()
    }

    fn message_digest(&self) -> Result<&'a [u8], Refusal> {
        let value = self.value(oid::MESSAGE_DIGEST, "message-digest")?;
        let value = value.ok_or(Refusal::AttributeMissing("message-digest"))?;
        if value.tag == Tag::OctetString { Ok(value.value) } else { Err(Refusal::Form("signed attributes")) }
    }
}
