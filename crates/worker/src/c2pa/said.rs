//! What a manifest says, as pairs of names and values.
//!
//! Keeps: values are the maker's words, of limited length and number. Does not know: whether they are true.

use super::binding::Binding;
use super::cbor::Value;
use super::claim::Manifests;
use super::signature::{Made, Signature};

/// Longest value, bytes.
const VALUE_MAX: usize = 1024;
/// Most pairs of one name.
const LISTED_MAX: usize = 64;
/// Where words of IPTC about how a picture came to be begin.
const SOURCE_TYPES: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/// Pairs in the order in which they are made.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn add(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        let Some(value) = value.as_ref().map(AsRef::as_ref).filter(|value| !value.is_empty()) else { return };
        let value = value.get(..value.floor_char_boundary(VALUE_MAX)).unwrap_or_default();
        self.0.push((format!("c2pa.{name}"), value.to_owned()));
    }

    fn all(&mut self, name: &str, values: impl Iterator<Item = impl AsRef<str>>) {
        values.take(LISTED_MAX).for_each(|value| self.add(name, Some(value)));
    }
}

/// All that is reported of a manifest.
pub fn pairs(manifests: &Manifests<'_>, signature: &Signature, bound: &Binding) -> Vec<(String, String)> {
    let manifest = &manifests.last;
    let claim = &manifest.claim;
    let mut pairs = Pairs(Vec::new());
    pairs.add("manifest", Some(manifest.label));
    pairs.add("manifests", Some(manifests.count.to_string()));
    pairs.add("generator", generator(claim));
    pairs.add("title", claim.text_named("dc:title"));
    pairs.add("format", claim.text_named("dc:format"));
    pairs.add("instance", claim.text_named("instanceID"));
    pairs.all("author", manifest.assertions("stds.schema-org.CreativeWork").flat_map(|work| authors(work.json())));
    pairs.all(
        "action",
        manifest.assertions("c2pa.actions").flat_map(|actions| list(actions.value(), "actions", action)),
    );
    pairs.all("ingredient", manifest.assertions("c2pa.ingredient").filter_map(|one| ingredient(&one.value()?)));
    pairs.all("assertion", manifest.kept.iter().map(|assertion| assertion.label));
    pairs.add("signer", signature.signer.as_ref());
    pairs.add("issuer", signature.issuer.as_ref());
    pairs.add("valid", signature.valid.as_ref());
    pairs.add("algorithm", signature.algorithm);
    pairs.add("date", signature.date.as_ref());
    pairs.add(
        "signature",
        Some(match signature.made {
            Made::Fits => "fits its certificate; whose that is was not checked".to_owned(),
            Made::Differs => "does not fit".to_owned(),
            Made::NotChecked(why) => format!("not checked: {why}"),
        }),
    );
    pairs.add(
        "bytes",
        Some(match bound {
            Binding::Fits { left_out: 0 } => "fit".to_owned(),
            Binding::Fits { left_out } => format!("fit, {left_out} left out"),
            Binding::Differs => "differ".to_owned(),
            Binding::NotChecked(why) => format!("not checked: {why}"),
        }),
    );
    pairs.0
}

/// The program that made the claim: a text in version 1; name and version in version 2, or in a list of one of them.
fn generator(claim: &Value<'_>) -> Option<String> {
    let of = |info: &Value<'_>| {
        let name = info.text_named("name")?;
        Some(info.text_named("version").map_or(name.to_owned(), |version| format!("{name} {version}")))
    };
    let info = claim.named("claim_generator_info");
    let named = info.and_then(|info| of(info).or_else(|| of(info.list()?.first()?)));
    claim.text_named("claim_generator").map(str::to_owned).or(named)
}

fn list(value: Option<Value<'_>>, name: &str, each: impl Fn(&Value<'_>) -> Option<String>) -> Vec<String> {
    value.map(|value| value.list_named(name).iter().filter_map(each).collect()).unwrap_or_default()
}

/// `c2pa.created, trainedAlgorithmicMedia, 2024-01-01T00:00:00Z, Program`
fn action(action: &Value<'_>) -> Option<String> {
    let program = action.named("softwareAgent");
    let program = program.and_then(|program| program.text().or_else(|| program.text_named("name")));
    let source = action.text_named("digitalSourceType").map(|kind| kind.strip_prefix(SOURCE_TYPES).unwrap_or(kind));
    Some(joined(&[Some(action.text_named("action")?), source, action.text_named("when"), program]))
}

/// Title, format, relationship.
fn ingredient(ingredient: &Value<'_>) -> Option<String> {
    let fields = ["dc:title", "dc:format", "relationship"].map(|name| ingredient.text_named(name));
    fields.iter().any(Option::is_some).then(|| joined(&fields))
}

fn joined(fields: &[Option<&str>]) -> String {
    fields.iter().flatten().copied().collect::<Vec<_>>().join(", ")
}

/// Names of people and of others of whom it says that it is by them.
fn authors(work: Option<serde_json::Value>) -> Vec<String> {
    let Some(work) = work else { return Vec::new() };
    let all = work.get("author").and_then(|authors| authors.as_array()).into_iter().flatten();
    all.filter_map(|author| Some(author.get("name")?.as_str()?.to_owned())).collect()
}
