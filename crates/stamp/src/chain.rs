//! The chain from the signer to a root, as it was when the stamp was made.
//!
//! Keeps: each link is named, signed, valid at that time, issued by an authority that may issue it (RFC 5280 § 6.1), and no longer chain than
//! `CHAIN_MAX`; copies and cross-signatures can't make it work without end. With roots given the chain ends at one of them; without, at whatever
//! stands last, and that is said.
//! Does not know: policies (none is asked of a chain), name constraints (a critical one is refused).

use crate::certificate::{CERTIFICATE_SIGN, Certificate};
use crate::limits::{CHAIN_MAX, CHAIN_SIGNATURES_MAX};
use crate::moment::Moment;
use crate::oid;
use crate::refusal::Refusal;

/// The signer first, the root last.
pub type Chain<'a> = Vec<Certificate<'a>>;

/// Finds a chain.
///
/// # Errors
/// The refusal of the chain that came furthest.
pub fn find<'a>(
    signer: &Certificate<'a>,
    between: &[Certificate<'a>],
    roots: &[Certificate<'a>],
    at: Moment,
) -> Result<Chain<'a>, Refusal> {
    signer.is_usable(at)?;
    let mut search = Search { between, roots, at, signatures: 0, furthest: None };
    let mut chain = vec![signer.clone()];
    if search.go_on(&mut chain)? {
        return Ok(chain);
    }
    Err(search.furthest.map_or(Refusal::ChainLimit, |(_, refusal)| refusal))
}

struct Search<'s, 'a> {
    between: &'s [Certificate<'a>],
    roots: &'s [Certificate<'a>],
    at: Moment,
    signatures: usize,
    /// How long the chain was that failed latest, and why.
    furthest: Option<(usize, Refusal)>,
}

impl<'a> Search<'_, 'a> {
    fn failed(&mut self, length: usize, refusal: Refusal) {
        if self.furthest.as_ref().is_none_or(|(known, _)| *known < length) {
            self.furthest = Some((length, refusal));
        }
    }

    fn is_root(&self, certificate: &Certificate<'_>) -> bool {
        self.roots.iter().any(|root| root.whole == certificate.whole)
    }

    /// Whether the chain, completed in place, ends where it may. As deep as `CHAIN_MAX`.
    fn go_on(&mut self, chain: &mut Chain<'a>) -> Result<bool, Refusal> {
        let Some(last) = chain.last().cloned() else { return Ok(false) };
        if self.is_root(&last) {
            return Ok(true);
        }
        if self.is_self_signed(&last)? {
            return self.at_end(chain, &last);
        }
        let candidates = self
            .roots
            .iter()
            .chain(self.between)
            .filter(|issuer| last.may_be_of(issuer) && !chain.iter().any(|member| member.whole == issuer.whole));
        let candidates: Vec<Certificate<'a>> = candidates.cloned().collect();
        let mut continued = false;
        for issuer in candidates {
            if chain.len() >= CHAIN_MAX {
                self.failed(chain.len(), Refusal::ChainLimit);
                break;
            }
            self.count_signature()?;
            match self.link(chain, &last, &issuer) {
                Err(refusal) => self.failed(chain.len(), refusal),
                Ok(()) => {
                    continued = true;
                    chain.push(issuer);
                    if self.go_on(chain)? {
                        return Ok(true);
                    }
                    chain.pop();
                }
            }
        }
        if continued { Ok(false) } else { self.at_end(chain, &last) }
    }

    fn count_signature(&mut self) -> Result<(), Refusal> {
        self.signatures += 1;
        if self.signatures > CHAIN_SIGNATURES_MAX { Err(Refusal::ChainLimit) } else { Ok(()) }
    }

    fn is_self_signed(&mut self, certificate: &Certificate<'_>) -> Result<bool, Refusal> {
        if !certificate.is_self_issued() {
            return Ok(false);
        }
        self.count_signature()?;
        Ok(certificate.is_signed_by(certificate).is_ok())
    }

    /// No issuer goes on: where no root is asked for, this is the end.
    fn at_end(&mut self, chain: &Chain<'a>, last: &Certificate<'a>) -> Result<bool, Refusal> {
        let has_failed = self.furthest.as_ref().is_some_and(|(length, _)| *length >= chain.len());
        if has_failed {
            return Ok(false);
        }
        if self.roots.is_empty() {
            return Ok(true);
        }
        let refusal = if last.is_self_issued() {
            Refusal::RootNotPinned { fingerprint: last.fingerprint() }
        } else {
            Refusal::ChainBroken { issuer: last.issuer.shown() }
        };
        self.failed(chain.len(), refusal);
        Ok(false)
    }

    fn link(&self, chain: &Chain<'a>, last: &Certificate<'a>, issuer: &Certificate<'a>) -> Result<(), Refusal> {
        let subject = || issuer.shown();
        issuer.is_usable(self.at)?;
        let Some((true, length)) = issuer.authority else { return Err(Refusal::NotAuthority { subject: subject() }) };
        if issuer.key_usage.is_some_and(|usage| usage & CERTIFICATE_SIGN == 0) {
            return Err(Refusal::AuthorityKeyUsage { subject: subject() });
        }
        if let Some((_, usages)) = &issuer.usages
            && !usages.contains(&oid::TIME_STAMPING)
            && !usages.contains(&oid::ANY_USAGE)
        {
            return Err(Refusal::AuthorityUsage { subject: subject() });
        }
        let below = chain.iter().skip(1).filter(|member| !member.is_self_issued()).count() as u64;
        if length.is_some_and(|length| below > length) {
            return Err(Refusal::PathLength { subject: subject() });
        }
        last.is_signed_by(issuer)
    }
}
