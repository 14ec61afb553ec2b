//! The manifests of a store: claims, and the assertions that each names by their hashes (C2PA 2.2, § 10 and § 11).
//!
//! Keeps: an assertion counts only if its bytes are those that the claim names.
//! Does not know: signatures, the file around it.

use std::collections::BTreeSet;

use super::cbor::Value;
use super::fault::Fault;
use super::hash::Hash;
use super::jumbf::Superbox;

/// Types of manifests: one, one that adds to one before it, one that is compressed.
const MANIFEST: [u8; 4] = *b"c2ma";
const UPDATE: [u8; 4] = *b"c2um";
const COMPRESSED: [u8; 4] = *b"c2cm";
/// Where claims list their assertions: version 1, then version 2.
const LISTS: [&str; 3] = ["assertions", "created_assertions", "gathered_assertions"];
/// How a place in the same store is written.
const HERE: &str = "self#jumbf=";
/// And one from the store's root on.
const FROM_STORE: &str = "self#jumbf=/c2pa/";
/// Where a claim lists what was taken out of the manifests of its ingredients.
const REDACTED: &str = "redacted_assertions";
const ASSERTIONS: &str = "c2pa.assertions/";

/// Most assertions that a claim names, and that claims say were taken out.
const NAMED_MAX: usize = 1000;
/// Longest JSON of an assertion that is read, bytes.
const JSON_MAX: usize = 1 << 20;
/// Most manifests of ingredients that are looked at.
const BEFORE_MAX: usize = 64;

/// The manifests of a store.
#[derive(Clone, Debug)]
pub struct Manifests<'a> {
    /// The file's own.
    pub last: Manifest<'a>,
    /// Those of its ingredients that can be read.
    pub before: Vec<Manifest<'a>>,
    /// How many there are in all.
    pub count: usize,
}

/// A manifest.
#[derive(Clone, Debug)]
pub struct Manifest<'a> {
    pub label: &'a str,
    pub is_update: bool,
    pub claim: Value<'a>,
    /// The claim as it is signed.
    pub claim_bytes: &'a [u8],
    /// The signature's CBOR.
    pub signature: Option<&'a [u8]>,
    /// What its store of assertions holds.
    there: Vec<Superbox<'a>>,
    /// The assertions that the claim names and that are as it names them.
    pub kept: Vec<Assertion<'a>>,
    /// How many that it names are missing or are others.
    pub broken: usize,
    /// How many of these have a digest that is not known.
    pub unknown: usize,
}

/// An assertion.
#[derive(Clone, Debug)]
pub struct Assertion<'a> {
    pub label: &'a str,
    content: Superbox<'a>,
}

impl<'a> Assertion<'a> {
    /// What it says; none if that is not CBOR.
    pub fn value(&self) -> Option<Value<'a>> {
        Value::read(self.content.content(*b"cbor")?).ok()
    }

    /// Its JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(self.content.content(*b"json").filter(|json| json.len() <= JSON_MAX)?).ok()
    }

    /// Whether its label is this one, of any version and number: `c2pa.actions.v2__1`.
    pub fn is(&self, label: &str) -> bool {
        self.label.strip_prefix(label).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with("__") || rest.strip_prefix(".v").is_some_and(starts_with_digit)
        })
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

impl<'a> Manifests<'a> {
    /// Those of a store.
    ///
    /// # Errors
    /// [`Fault`], where the last can't be read.
    pub fn read(store: &'a [u8]) -> Result<Self, Fault> {
        let all = Superbox::first(store)?.inside()?;
        let (last, before) = all.split_last().ok_or(Fault::Form("it holds no manifest"))?;
        let mut read = Self {
            last: Manifest::read(last)?,
            before: before.iter().rev().take(BEFORE_MAX).filter_map(|one| Manifest::read(one).ok()).collect(),
            count: all.len(),
        };
        let redacted = read.all().flat_map(|one| one.claim.list_named(REDACTED)).filter_map(Value::text);
        let redacted: Vec<&str> = redacted.filter(|url| url.starts_with(FROM_STORE)).take(NAMED_MAX).collect();
        // Nobody takes out of their own manifest.
        read.last.keep(&[])?;
        read.before.iter_mut().try_for_each(|one| one.keep(&redacted))?;
        Ok(read)
    }

    fn all(&self) -> impl Iterator<Item = &Manifest<'a>> {
        self.before.iter().chain([&self.last])
    }
}

impl<'a> Manifest<'a> {
    fn read(content: &Superbox<'a>) -> Result<Self, Fault> {
        let is_update = match content.sort {
            Some(MANIFEST) => false,
            Some(UPDATE) => true,
            Some(COMPRESSED) => return Err(Fault::Form("it is compressed")),
            _ => return Err(Fault::Form("its last manifest is of no known kind")),
        };
        let parts = content.inside()?;
        let part = |sort: &[u8; 4]| parts.iter().find(|part| part.sort.as_ref() == Some(sort));
        let claim = part(b"c2cl").and_then(|claim| claim.content(*b"cbor"));
        let claim_bytes = claim.ok_or(Fault::Form("it has no claim"))?;
        let there = part(b"c2as").map(Superbox::inside).transpose()?.unwrap_or_default();
        Ok(Self {
            label: content.label,
            is_update,
            claim: Value::read(claim_bytes)?,
            claim_bytes,
            signature: part(b"c2cs").and_then(|signature| signature.content(*b"cbor")),
            there,
            kept: Vec::new(),
            broken: 0,
            unknown: 0,
        })
    }

    /// Keeps what is as the claim names it, and counts what is not, but for what a claim says was taken out.
    fn keep(&mut self, redacted: &[&str]) -> Result<(), Fault> {
        let claim = std::mem::replace(&mut self.claim, Value::Other);
        let there = std::mem::take(&mut self.there);
        let mut seen = BTreeSet::new();
        for one in LISTS.iter().flat_map(|list| claim.list_named(list)) {
            let label = one.text_named("url").and_then(|url| label_of(url, self.label));
            if !seen.insert(label) {
                continue;
            }
            if seen.len() > NAMED_MAX {
                return Err(Fault::TooMuch { what: "assertions of a claim", limit: NAMED_MAX as u64 });
            }
            let digest = Hash::named(one.text_named("alg").or_else(|| claim.text_named("alg")));
            let mut labelled = there.iter().filter(|found| Some(found.label) == label);
            // Of two with one label nobody could say which is meant.
            let found = labelled.next().filter(|_| labelled.next().is_none());
            let made = found.zip(digest.clone()).map(|(found, mut digest)| {
                digest.take(found.hashed);
                digest.made()
            });
            let fits = made.is_some() && made.as_deref() == one.named("hash").and_then(Value::bytes);
            match found.filter(|_| fits) {
                Some(found) => self.kept.push(Assertion { label: found.label, content: found.clone() }),
                None if redacted.iter().any(|url| label.is_some() && label_of(url, self.label) == label) => {}
                None if found.is_some() && digest.is_none() => self.unknown += 1,
                None => self.broken += 1,
            }
        }
        self.claim = claim;
        Ok(())
    }

    /// The assertions of a label, whatever their version.
    pub fn assertions(&self, label: &str) -> impl Iterator<Item = &Assertion<'a>> {
        self.kept.iter().filter(move |assertion| assertion.is(label))
    }
}

/// The label at the end of a place among a manifest's own assertions.
fn label_of<'u>(url: &'u str, manifest: &str) -> Option<&'u str> {
    let place = url.strip_prefix(HERE)?;
    let place = match place.strip_prefix("/c2pa/") {
        Some(whole) => whole.strip_prefix(manifest)?.strip_prefix('/')?,
        None => place,
    };
    place.strip_prefix(ASSERTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_manifest_itself() {
        assert_eq!(label_of("self#jumbf=c2pa.assertions/c2pa.hash.data", "a"), Some("c2pa.hash.data"));
        assert_eq!(label_of("self#jumbf=/c2pa/a/c2pa.assertions/x__1", "a"), Some("x__1"));
        assert_eq!(label_of("self#jumbf=/c2pa/b/c2pa.assertions/x", "a"), None);
        assert_eq!(label_of("https://example.org/x", "a"), None);
    }
}
