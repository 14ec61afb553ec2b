//! Where a passphrase comes from: a file, or a person at a terminal.
//!
//! Keeps: it is never an argument, never echoed, never logged; what was read is wiped. Does not know: what it opens.

use crate::failure::Failure;
use casemate_vault::{PASSPHRASE_MIN_CHARS, Passphrase};
use casemate_words::{Language, message};
use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Read, Write, stderr, stdin};
use std::path::Path;
use zeroize::Zeroizing;

/// Largest passphrase file, bytes.
const FILE_MAX: u64 = 4096;

/// The passphrase of an existing case.
///
/// # Errors
/// A file that can't be read; no terminal to ask at.
pub fn existing(file: Option<&Path>, language: Language) -> Result<Passphrase, Failure> {
    match file {
        Some(path) => from_file(path),
        None => ask(&message(language, "cli-ask-passphrase", &[])),
    }
}

/// The passphrase of a new case, and whether it was made here: typed twice, or generated where nothing is typed.
///
/// # Errors
/// As [`existing`]; too short; typed differently the second time.
pub fn fresh(
    file: Option<&Path>,
    language: Language,
    generate: impl FnOnce() -> Result<Passphrase, Failure>,
) -> Result<(Passphrase, bool), Failure> {
    if let Some(path) = file {
        return Ok((long_enough(from_file(path)?)?, false));
    }
    let first = ask(&message(language, "cli-ask-new-passphrase", &[]))?;
    let (chosen, made) = if first.reveal().is_empty() { (generate()?, true) } else { (long_enough(first)?, false) };
    if made {
        tell(&message(language, "cli-passphrase-offered", &[("passphrase", chosen.reveal().into())]))?;
    }
    let again = ask(&message(language, "cli-ask-again", &[]))?;
    if again.reveal() == chosen.reveal() { Ok((chosen, made)) } else { Err(Failure::PassphrasesDiffer) }
}

fn long_enough(passphrase: Passphrase) -> Result<Passphrase, Failure> {
    if passphrase.reveal().chars().count() < PASSPHRASE_MIN_CHARS {
        return Err(Failure::PassphraseShort { least: PASSPHRASE_MIN_CHARS });
    }
    Ok(passphrase)
}

fn from_file(path: &Path) -> Result<Passphrase, Failure> {
    let failed = |cause| Failure::PassphraseFile { path: path.to_path_buf(), cause };
    let mut text = Zeroizing::new(String::with_capacity(FILE_MAX as usize + 1));
    let file = File::open(path).map_err(failed)?;
    file.take(FILE_MAX + 1).read_to_string(&mut text).map_err(failed)?;
    let kept = text.trim_end_matches(['\r', '\n']);
    if text.len() as u64 > FILE_MAX || kept.is_empty() || kept.contains('\n') {
        return Err(failed(std::io::Error::new(ErrorKind::InvalidData, "not one line of at most 4096 bytes")));
    }
    Ok(Passphrase::new(kept))
}

/// The text of a small file that holds no secret.
///
/// # Errors
/// Unreadable, longer than `most` bytes, not UTF-8.
pub fn small_text(path: &Path, most: u64) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(most + 1).read_to_string(&mut text)?;
    if text.len() as u64 > most { Err(ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

fn ask(prompt: &str) -> Result<Passphrase, Failure> {
    if !stdin().is_terminal() {
        return Err(Failure::NoPassphrase);
    }
    match rpassword::prompt_password(format!("{prompt} ")) {
        Ok(typed) => Ok(Passphrase::new(&Zeroizing::new(typed))),
        Err(e) if e.kind() == ErrorKind::Interrupted => Err(Failure::Interrupted),
        Err(_) => Err(Failure::NoPassphrase),
    }
}

/// Said on the terminal itself, not in the answer.
fn tell(text: &str) -> Result<(), Failure> {
    writeln!(stderr(), "{text}").map_err(Failure::Output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &[u8]) -> Result<Passphrase, Failure> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p");
        std::fs::write(&path, content).unwrap();
        from_file(&path)
    }

    #[test]
    fn a_file_is_one_line() {
        assert_eq!(of("correct horse\r\n".as_bytes()).unwrap().reveal(), "correct horse");
        assert_eq!(of("唐 x".as_bytes()).unwrap().reveal(), "唐 x");
        for bad in [&b""[..], b"\n", b"a\nb\n", b"\xff\xfe", &[b'a'; 5000]] {
            assert!(matches!(of(bad), Err(Failure::PassphraseFile { .. })));
        }
    }

    #[test]
    fn a_short_passphrase_is_refused_by_its_characters() {
        assert!(matches!(long_enough(Passphrase::new("1234567")), Err(Failure::PassphraseShort { least: 8 })));
        assert!(long_enough(Passphrase::new("一二三四五六七")).is_err());
        assert!(long_enough(Passphrase::new("一二三四五六七八")).is_ok());
    }
}
