//! Asking authorities over the network, for who configured it by naming them.
//!
//! Keeps: nothing is sent but to the addresses that were named, and each is announced before; the case is not held while the network is waited for; what
//! holds is recorded in one commit. Does not know: how a connection is made.

use super::{Answer, TimestampReply, ask, record_all};
use crate::{AppError, Lend, Watch};
use casemate_authority::{Address, PATIENCE, Way};
use casemate_stamp::TOKEN_BYTES_MAX;

/// Whom to ask, and how.
#[derive(Clone, Debug, Default)]
pub struct OnlineRequest {
    /// `http://` or `https://`; several for several stamps of one checkpoint.
    pub addresses: Vec<String>,
    /// By way of this proxy.
    pub proxy: Option<String>,
    /// Roots under which alone `https://` is believed, DER; none: those of Mozilla's list.
    pub tls_roots: Vec<Vec<u8>>,
    /// Under which policy, an object identifier.
    pub policy: Option<String>,
    /// What is given with each answer.
    pub given: Answer,
}

/// What came of asking one authority.
pub struct AskedOne {
    /// Its address.
    pub address: String,
    /// What it says, or why nothing was recorded.
    pub result: Result<TimestampReply, AppError>,
}

/// Asks all authorities about one checkpoint, then records what holds. `announce` is told each address before anything is sent there.
///
/// # Errors
/// An address that is none, before anything is sent; the vault's; [`AppError::Stopped`], with nothing recorded.
pub fn online(
    case: &impl Lend,
    request: &OnlineRequest,
    announce: &dyn Fn(&str),
    watch: &Watch<'_>,
) -> Result<Vec<AskedOne>, AppError> {
    let addresses = request.addresses.iter().map(|url| Address::parse(url)).collect::<Result<Vec<_>, _>>()?;
    let proxy = request.proxy.as_deref().filter(|proxy| !proxy.is_empty());
    let way = Way { proxy, tls_roots: &request.tls_roots, patience: PATIENCE, most: TOKEN_BYTES_MAX as u64 };
    let (mut answered, mut came) = (Vec::new(), Vec::new());
    for address in &addresses {
        if watch.stopped() {
            return Err(AppError::Stopped);
        }
        let question = case.with(|session| ask(session, request.policy.as_deref()))?;
        announce(address.as_str());
        let answer = casemate_authority::ask(address, &question.request(), &way);
        came.push(answer.map(|answer| {
            let authority = Some(address.as_str().to_owned());
            answered.push((question, Answer { answer, authority, ..request.given.clone() }));
        }));
    }
    let mut replies = case.with(|session| record_all(session, answered))?.into_iter();
    let results = came.into_iter().filter_map(|came| match came {
        Ok(()) => replies.next(),
        Err(cause) => Some(Err(cause.into())),
    });
    let one = |(address, result): (&Address, _)| AskedOne { address: address.as_str().to_owned(), result };
    Ok(addresses.iter().zip(results).map(one).collect())
}
