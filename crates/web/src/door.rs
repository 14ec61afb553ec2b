//! The door: a link that works once, and the cookie that it gives.
//!
//! Keeps: both are 256 random bits, compared in constant time, and live in memory only; a link is spent by its first
//! use. Does not know: passphrases.

use std::sync::{Mutex, PoisonError};

/// Random bytes of a token.
const TOKEN_BYTES: usize = 32;
/// Name of the cookie. Ports share cookies of one host, so it carries the port (RFC 6265 §8.5).
const COOKIE: &str = "casemate";

/// Sixty-four hex digits that nobody guesses.
#[derive(Clone, PartialEq, Eq)]
struct Token(String);

impl Token {
    fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|b| format!("{b:02x}")).collect()))
    }

    /// Whether `other` is this token, in a time that doesn't tell how much of it is right.
    fn is(&self, other: &str) -> bool {
        let differ = self.0.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        self.0.len() == other.len() && differ == 0
    }
}

/// The door of one server.
pub struct Door {
    port: u16,
    link: Mutex<Option<Token>>,
    cookie: Token,
}

impl Door {
    /// Of a server on `port`.
    ///
    /// # Errors
    /// The system has no random bytes.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self { port, link: Mutex::new(Some(Token::draw()?)), cookie: Token::draw()? })
    }

    /// The query of the link, while it is unused.
    pub fn link(&self) -> Option<String> {
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        link.as_ref().map(|t| format!("/?token={}", t.0))
    }

    /// The `Set-Cookie` for whoever brings the link's token; it is spent by that.
    pub fn enter(&self, token: &str) -> Option<String> {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        link.take_if(|t| t.is(token))?;
        Some(format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.name(), self.cookie.0))
    }

    /// Whether a `Cookie` header holds the cookie.
    pub fn knows(&self, header: &str) -> bool {
        let name = self.name();
        header.split(';').filter_map(|pair| pair.trim().split_once('=')).any(|(n, v)| n == name && self.cookie.is(v))
    }

    fn name(&self) -> String {
        format!("{COOKIE}-{}", self.port)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_once_and_the_cookie_is_of_this_server() {
        let door = Door::new(4070).unwrap();
        let link = door.link().unwrap();
        let token = link.strip_prefix("/?token=").unwrap();
        assert!(door.enter(&token[..63]).is_none());
        assert!(door.enter("").is_none());
        let set = door.enter(token).unwrap();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"));
        assert!(door.enter(token).is_none() && door.link().is_none(), "spent");
        let pair = set.split(';').next().unwrap();
        assert!(door.knows(pair) && door.knows(&format!("a=b; {pair}")));
        assert!(!door.knows("") && !door.knows("casemate-4070=") && !door.knows(&pair.replace("4070", "4071")));
        assert!(!Door::new(4070).unwrap().knows(pair), "of another run");
    }
}
