//! Clock and randomness, as arguments.
//!
//! Keeps: nothing in this crate asks the system for the time or for random bytes but through here (`age` draws its file
//! keys and nonces from the system itself).
//! Deliberately does not know: what the bytes are for.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::VaultError;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z, as this machine believes.
    fn now_ms(&self) -> u64;
}

/// Draws random bytes fit for keys.
pub trait Random: Send {
    /// Fills the slice.
    ///
    /// # Errors
    /// [`VaultError::Random`] if the source fails.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError>;
}

/// The clock and the random source of a vault.
pub struct Ambient {
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The random source.
    pub random: Box<dyn Random>,
}

impl Ambient {
    /// Those of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self { clock: Box::new(SystemClock), random: Box::new(SystemRandom) }
    }

    pub(crate) fn draw<const N: usize>(&mut self) -> Result<[u8; N], VaultError> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes)?;
        Ok(bytes)
    }
}

impl std::fmt::Debug for Ambient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ambient")
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
    }
}

/// The system's random source.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        getrandom::fill(bytes).map_err(|_| VaultError::Random)
    }
}
