//! The passphrase, and the file that it opens: an `age` file with scrypt, holding the root key.
//!
//! Keeps: log N is 18 for every case that is made; only a test may say less, by a constructor that says so.
//! Deliberately does not know: how a passphrase is asked for, or what the root key opens.

use std::io::Read;

use age::secrecy::SecretString;
use casemate_proof::cbor::{Reader, Writer};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::ambient::Ambient;
use crate::secret::{KEY_LEN, Key};

/// log2 of scrypt's N: 256 MiB and about a second.
pub const LOG_N: u8 = 18;
/// Largest log2 N that is tried when opening: a planted file must not take all memory.
pub const LOG_N_MAX: u8 = 20;
/// Words of a generated passphrase: 7 × 11 bits = 77 bits, drawn evenly from the 2,048 words of BIP-39 (English).
pub const GENERATED_WORDS: usize = 7;
/// Shortest passphrase that a person may choose, in characters.
pub const PASSPHRASE_MIN_CHARS: usize = 8;
/// Version of the passphrase file's content.
const VERSION: u64 = 1;
/// Largest content of a passphrase file, in bytes.
const CONTENT_MAX: u64 = 4096;

const WORDS: &str = include_str!("words.txt");
const WORD_COUNT: u16 = 2048;

/// A passphrase; wiped when dropped, never printed.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// What a person typed; line ends at its end are not part of it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Seven words drawn from 2,048, joined by hyphens: 77 bits.
    ///
    /// # Errors
    /// [`VaultError::Random`].
    pub fn generate(ambient: &mut Ambient) -> Result<Self, VaultError> {
        let mut text = Zeroizing::new(String::with_capacity(80));
        for n in 0..GENERATED_WORDS {
            // 2,048 divides 65,536: every word is as likely.
            let pick = u16::from_be_bytes(ambient.draw()?) % WORD_COUNT;
            if n > 0 {
                text.push('-');
            }
            text.push_str(WORDS.lines().nth(usize::from(pick)).unwrap_or_default());
        }
        Ok(Self(text))
    }

    /// The text, to be shown once to whoever must keep it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn secret(&self) -> SecretString {
        SecretString::from(self.0.as_str().to_owned())
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// How much work a guess of the passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kdf {
    log_n: u8,
}

impl Kdf {
    /// log N 18, for every real case.
    pub const STANDARD: Self = Self { log_n: LOG_N };

    /// Less work, for tests only: a case made so is not protected.
    #[must_use]
    pub const fn weak_for_tests(log_n: u8) -> Self {
        Self { log_n: if log_n == 0 { 1 } else { log_n } }
    }
}

/// The bytes of a passphrase file that holds `root`.
pub(crate) fn wrap_root(root: &Key, passphrase: &Passphrase, kdf: Kdf) -> Result<Vec<u8>, VaultError> {
    let failed = || VaultError::Encrypt { what: "the root key" };
    let mut recipient = age::scrypt::Recipient::new(passphrase.secret());
    recipient.set_work_factor(kdf.log_n);
    let mut writer = Writer::new();
    writer.map(2).uint(0).uint(VERSION).uint(1).bytes(root.bytes());
    let content = Zeroizing::new(writer.into_bytes());
    age::encrypt(&recipient, &content).map_err(|_| failed())
}

/// The root key in a passphrase file.
pub(crate) fn unwrap_root(file: &[u8], passphrase: &Passphrase) -> Result<Key, VaultError> {
    let damaged = |why| VaultError::damaged("keys/passphrase.age", why);
    let decryptor = age::Decryptor::new(file).map_err(|_| damaged("not an age file"))?;
    let mut identity = age::scrypt::Identity::new(passphrase.secret());
    identity.set_max_work_factor(LOG_N_MAX);
    let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity));
    let stream = opened.map_err(|e| match e {
        age::DecryptError::DecryptionFailed
        | age::DecryptError::NoMatchingKeys
        | age::DecryptError::KeyDecryptionFailed => VaultError::WrongPassphrase,
        age::DecryptError::ExcessiveWork { required, .. } => VaultError::Limit {
            what: "scrypt log N of keys/passphrase.age",
            found: u64::from(required),
            limit: u64::from(LOG_N_MAX),
        },
        _ => damaged("its header does not verify"),
    })?;
    let mut content = Zeroizing::new(Vec::new());
    stream.take(CONTENT_MAX).read_to_end(&mut content).map_err(|_| damaged("its content does not verify"))?;
    let mut reader = Reader::new(&content);
    let parsed = read_root(&mut reader).map_err(|_| damaged("its content is not a root key"))?;
    let (version, root) = parsed;
    if version != VERSION {
        return Err(VaultError::Version { what: "keys/passphrase.age".into(), found: version, known: VERSION });
    }
    Ok(Key::new(&root))
}

fn read_root(reader: &mut Reader<'_>) -> Result<(u64, Zeroizing<[u8; KEY_LEN]>), casemate_proof::cbor::CborError> {
    reader.map_of(2)?;
    Ok((reader.key(0)?.uint()?, Zeroizing::new(reader.key(1)?.fixed()?)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn root() -> Key {
        Key::new(&[7; KEY_LEN])
    }

    #[test]
    fn only_the_passphrase_opens_the_root() {
        let right = Passphrase::new("correct horse\n");
        let file = wrap_root(&root(), &right, Kdf::weak_for_tests(4)).unwrap();
        assert_eq!(unwrap_root(&file, &Passphrase::new("correct horse")).unwrap().bytes(), &[7; KEY_LEN]);
        assert!(matches!(unwrap_root(&file, &Passphrase::new("correct hors")), Err(VaultError::WrongPassphrase)));
        assert!(matches!(unwrap_root(&file, &Passphrase::new("")), Err(VaultError::WrongPassphrase)));
    }

    #[test]
    fn a_damaged_file_is_never_a_root() {
        let right = Passphrase::new("correct horse");
        let file = wrap_root(&root(), &right, Kdf::weak_for_tests(1)).unwrap();
        for at in 0..file.len() {
            let mut bad = file.clone();
            bad[at] ^= 1;
            assert!(unwrap_root(&bad, &right).is_err(), "byte {at}");
            assert!(unwrap_root(&file[..at], &right).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_file_that_asks_for_too_much_memory_is_refused() {
        let file = wrap_root(&root(), &Passphrase::new("x"), Kdf::weak_for_tests(2)).unwrap();
        let text = String::from_utf8_lossy(&file).into_owned();
        let at = text.find(" 2\n").unwrap();
        let greedy = [&file[..at], b" 30", &file[at + 2..]].concat();
        assert!(matches!(
            unwrap_root(&greedy, &Passphrase::new("x")),
            Err(VaultError::Limit { found: 30, limit: 20, .. })
        ));
    }

    #[test]
    fn standard_work_is_log_n_18() {
        assert_eq!(Kdf::STANDARD.log_n, 18);
    }

    #[test]
    fn generated_words_are_seven_of_the_list() {
        let mut ambient = Ambient::system();
        let words: Vec<_> = WORDS.lines().collect();
        assert_eq!(words.len(), usize::from(WORD_COUNT));
        let one = Passphrase::generate(&mut ambient).unwrap();
        let two = Passphrase::generate(&mut ambient).unwrap();
        assert_ne!(one.reveal(), two.reveal());
        let parts: Vec<_> = one.reveal().split('-').collect();
        assert_eq!(parts.len(), GENERATED_WORDS);
        assert!(parts.iter().all(|w| words.contains(w)));
        assert!(!format!("{one:?}").contains(parts[0]));
    }
}
