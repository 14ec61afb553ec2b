//! Manifests of C2PA (docs/format/worker.md, C2PA): found in a source, read, reported as what their maker claims.
//!
//! Keeps: a manifest proves nothing here and changes nothing of what else is read; one that can't be read is a finding. Findings
//! quote nothing; what a manifest says stands in the metadata.
//! Does not know: who is believed, what was revoked, networks.

mod binding;
mod bmff;
mod carried;
mod carrier;
mod cbor;
mod claim;
mod documents;
mod fault;
mod hash;
mod jumbf;
mod pictures;
mod said;
mod signature;
mod source;
mod tagged;

use casemate_fence::Spool;
use casemate_ports::reading::Severity;

use crate::out::{Out, Read};
use binding::Binding;
use claim::{Manifest, Manifests};
use fault::Fault;
use signature::{Made, Signature};
use source::Source;

/// What was seen of a manifest: pairs for the reading's metadata, findings.
#[derive(Debug, Default)]
pub struct Seen {
    /// Names and values.
    pub metadata: Vec<(String, String)>,
    findings: Vec<(&'static str, Severity, String)>,
}

impl Seen {
    /// Tells the findings.
    pub fn tell(self, out: &mut Out) -> Read {
        self.findings.into_iter().try_for_each(|(id, severity, detail)| out.finding(id, severity, &detail))
    }

    fn found(&mut self, id: &'static str, severity: Severity, detail: String) {
        self.findings.push((id, severity, detail));
    }
}

/// Looks for manifests in a source that begins so.
pub fn look(spool: &mut Spool, head: &[u8]) -> Seen {
    let mut seen = Seen::default();
    if let Err(fault) = looked(&mut Source::of(spool), head, &mut seen) {
        seen.found("c2pa-unread", Severity::Partial, format!("a C2PA manifest that can't be read: {fault}"));
    }
    seen
}

fn looked(source: &mut Source<'_>, head: &[u8], seen: &mut Seen) -> Result<(), Fault> {
    let Some(carried) = carrier::find(source, head)? else { return Ok(()) };
    let manifests = Manifests::read(&carried.store)?;
    let manifest = &manifests.last;
    let signature = Signature::of(manifest.signature, manifest.claim_bytes);
    let bound = binding::check(source, &carried, manifest);
    seen.metadata = said::pairs(&manifests, &signature, &bound);
    seen.found("c2pa-manifest", Severity::Note, summary(manifest, &signature, &bound));
    let mut differences = differences(manifest, &signature, &bound);
    let odd = manifests.before.iter().filter(|one| is_odd(one)).count();
    if odd > 0 {
        differences.push(format!("of the manifests of its ingredients {odd} do not fit in themselves"));
    }
    if !differences.is_empty() {
        seen.found("c2pa-mismatch", Severity::Note, differences.join("; "));
    }
    Ok(())
}

/// Whether an ingredient's manifest was changed after it was made.
fn is_odd(manifest: &Manifest<'_>) -> bool {
    manifest.broken > 0 || Signature::of(manifest.signature, manifest.claim_bytes).made == Made::Differs
}

/// In few words, and what it is worth.
fn summary(manifest: &Manifest<'_>, signature: &Signature, bound: &Binding) -> String {
    let made = match signature.made {
        Made::Fits => "its signature fits the certificate that it brings along",
        Made::Differs => "its signature does not fit",
        Made::NotChecked(_) => "its signature was not checked",
    };
    let bytes = match bound {
        Binding::Fits { left_out: 0 } => "it was made for these bytes".to_owned(),
        Binding::Fits { left_out } => {
            format!("it was made for these bytes but {left_out} of them, which it leaves out")
        }
        Binding::Differs => "it was made for other bytes".to_owned(),
        Binding::NotChecked(why) => format!("whether it was made for these bytes was not checked ({why})"),
    };
    let assertions = manifest.kept.len();
    format!(
        "a C2PA manifest with {assertions} assertions: what its maker claims, which proves nothing here; {made}; {bytes}"
    )
}

fn differences(manifest: &Manifest<'_>, signature: &Signature, bound: &Binding) -> Vec<String> {
    let mut all = Vec::new();
    if *bound == Binding::Differs {
        all.push("the file's bytes are not those for which its C2PA manifest was made".to_owned());
    }
    if manifest.broken > 0 {
        all.push(format!(
            "{} of the manifest's assertions are missing or are not those that it names",
            manifest.broken
        ));
    }
    if signature.made == Made::Differs {
        all.push(
            "the manifest's signature was not made with the key of its certificate, or its claim was changed"
                .to_owned(),
        );
    }
    all
}

#[cfg(test)]
mod tests;
