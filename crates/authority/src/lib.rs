//! Carries a question to a time-stamping authority over HTTP (RFC 3161 § 3.4) and brings its answer back.
//!
//! Keeps: one connection to the address that was named, or to the proxy; one POST; nothing follows a redirection, nothing is read of the
//! environment; an answer has a limit of bytes and of time. It is the only crate that connects to anything: `cargo xtask check` holds
//! `ureq` to it. Does not know: what is asked, whether an answer is true.

#![forbid(unsafe_code)]

use std::fmt;
use std::io;
use std::time::Duration;
use ureq::http::{HeaderMap, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error, Proxy};

/// Longest address, bytes.
pub const ADDRESS_BYTES_MAX: usize = 2048;
/// Longest head of an answer, bytes.
const HEAD_BYTES_MAX: usize = 1 << 14;
/// How long an authority may take for everything, unless another time is named.
pub const PATIENCE: Duration = Duration::from_secs(30);

const QUERY_TYPE: &str = "application/timestamp-query";
const REPLY_TYPE: &str = "application/timestamp-reply";

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// Not an address that can be asked.
    #[error("{address}: {why}")]
    Address {
        /// As it was named.
        address: String,
        /// What is wrong.
        why: &'static str,
    },
    /// Not a proxy that can be used.
    #[error("the proxy {proxy}: {why}")]
    Proxy {
        /// As it was named.
        proxy: String,
        /// What is wrong.
        why: String,
    },
    /// No connection, or none that can be trusted.
    #[error("{address}: {cause}")]
    NotReached {
        /// Whom.
        address: String,
        /// Why.
        cause: String,
    },
    /// It sends elsewhere, and nothing was sent there.
    #[error("{address} sends on to {to}")]
    Elsewhere {
        /// Whom.
        address: String,
        /// Where to.
        to: String,
    },
    /// An answer of HTTP that is none to the question.
    #[error("{address} answered with {code}")]
    Status {
        /// Whom.
        address: String,
        /// The code of HTTP.
        code: u16,
    },
    /// An answer for people, not for programs.
    #[error("{address} answered with {found}")]
    Kind {
        /// Whom.
        address: String,
        /// Its media type.
        found: String,
    },
    /// The time is over.
    #[error("{address} did not answer within {} s", patience.as_secs_f32())]
    Slow {
        /// Whom.
        address: String,
        /// How long was waited.
        patience: Duration,
    },
    /// The answer is too long.
    #[error("{address} answers with more than {limit} bytes")]
    TooLong {
        /// Whom.
        address: String,
        /// The limit.
        limit: u64,
    },
}

/// The address of an authority: `http` or `https`, printable ASCII, without a name and a password, which would be kept in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// From what was typed.
    ///
    /// # Errors
    /// [`AuthorityError::Address`].
    pub fn parse(text: &str) -> Result<Self, AuthorityError> {
        let refused = |why| AuthorityError::Address { address: text.chars().take(ADDRESS_BYTES_MAX).collect(), why };
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(refused("it is longer than 2048 bytes"));
        }
        if text.contains('#') {
            return Err(refused("it has a fragment"));
        }
        let uri: Uri = text.parse().map_err(|_| refused("it is no address"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(refused("it does not begin with http:// or https://"));
        }
        let authority = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        if authority.contains('@') {
            return Err(refused("it holds a name or a password"));
        }
        if uri.host().unwrap_or_default().is_empty() {
            return Err(refused("it names no host"));
        }
        Ok(Self(text.to_owned()))
    }

    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// By which way, and with how much patience.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// `http://`, `socks5://` (names are looked up here) or `socks5h://` (there); none: straight.
    pub proxy: Option<&'a str>,
    /// Roots of `https`, certificates in DER; none: those that browsers trust (Mozilla's list).
    pub tls_roots: &'a [Vec<u8>],
    /// For everything: looking up, connecting, asking, reading.
    pub patience: Duration,
    /// Longest answer, bytes.
    pub most: u64,
}

/// Asks: sends the question, a `TimeStampReq` in DER, and gives back what came, unread.
///
/// # Errors
/// No answer came: [`AuthorityError`].
pub fn ask(address: &Address, question: &[u8], way: &Way<'_>) -> Result<Vec<u8>, AuthorityError> {
    let agent = agent(way)?;
    let told = |error| told(error, address, way);
    let request = agent.post(address.as_str()).header(header::CONTENT_TYPE, QUERY_TYPE);
    let mut answer = request.header(header::ACCEPT, REPLY_TYPE).send(question).map_err(told)?;
    let address = || address.0.clone();
    let code = answer.status().as_u16();
    if answer.status().is_redirection() {
        let to = text(answer.headers(), &header::LOCATION).unwrap_or_else(|| "nowhere".to_owned());
        return Err(AuthorityError::Elsewhere { address: address(), to });
    }
    if code != 200 {
        return Err(AuthorityError::Status { address: address(), code });
    }
    if let Some(found) = text(answer.headers(), &header::CONTENT_TYPE).filter(|found| found.starts_with("text/")) {
        return Err(AuthorityError::Kind { address: address(), found });
    }
    answer.body_mut().with_config().limit(way.most).read_to_vec().map_err(told)
}

/// Everything that the library would do of its own accord is switched off here.
fn agent(way: &Way<'_>) -> Result<Agent, AuthorityError> {
    let proxy = way.proxy.map(proxy).transpose()?;
    let mut tls = TlsConfig::builder().root_certs(RootCerts::WebPki);
    if !way.tls_roots.is_empty() {
        let roots = way.tls_roots.iter().map(|der| Certificate::from_der(der).to_owned());
        tls = tls.root_certs(RootCerts::new_with_certs(&roots.collect::<Vec<_>>()));
    }
    let config = Agent::config_builder()
        .proxy(proxy)
        .tls_config(tls.build())
        .timeout_global(Some(way.patience))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_response_header_size(HEAD_BYTES_MAX)
        .user_agent("")
        .build();
    Ok(config.into())
}

fn proxy(named: &str) -> Result<Proxy, AuthorityError> {
    let refused = |why| AuthorityError::Proxy { proxy: named.to_owned(), why };
    let known = ["http://", "socks5://", "socks5h://"].iter().any(|scheme| named.starts_with(scheme));
    if !known {
        return Err(refused("it does not begin with http://, socks5:// or socks5h://".to_owned()));
    }
    Proxy::new(named).map_err(|error| refused(error.to_string()))
}

/// A header as printable text.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn told(error: Error, address: &Address, way: &Way<'_>) -> AuthorityError {
    let address = address.0.clone();
    match error {
        Error::Timeout(_) => AuthorityError::Slow { address, patience: way.patience },
        Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => {
            AuthorityError::Slow { address, patience: way.patience }
        }
        Error::BodyExceedsLimit(limit) => AuthorityError::TooLong { address, limit },
        other => AuthorityError::NotReached { address, cause: other.to_string() },
    }
}
