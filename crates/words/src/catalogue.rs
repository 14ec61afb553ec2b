//! The Fluent catalogues, read once a language at the first message asked for.
//!
//! Keeps: `message` never panics and never returns an empty sign of failure: a missing id, or a message that lacks a
//! value, reads `[id]`. Values enter as they are, without direction marks.
//! Does not know: which messages exist; that is in `messages/<language>/<area>.ftl`.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::numbers::within_message;
use crate::{Language, typography};

/// The areas, one file each in every language's folder.
macro_rules! areas {
    ($folder:literal) => {
        [
            include_str!(concat!("../messages/", $folder, "/common.ftl")),
            include_str!(concat!("../messages/", $folder, "/verify.ftl")),
            include_str!(concat!("../messages/", $folder, "/cli.ftl")),
            include_str!(concat!("../messages/", $folder, "/readme.ftl")),
            include_str!(concat!("../messages/", $folder, "/web.ftl")),
        ]
    };
}

const FR: [&str; 5] = areas!("fr");
const EN: [&str; 5] = areas!("en");
const ZH_HANS: [&str; 5] = areas!("zh-Hans");

type Bundle = FluentBundle<FluentResource>;

/// A value that a message shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Shown as it is.
    Text(Cow<'a, str>),
    /// Grouped as the language writes it; chooses the plural. Exact up to 2^53; above, pass `number(…)` as text.
    Number(u64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<u64> for Value<'_> {
    fn from(count: u64) -> Self {
        Self::Number(count)
    }
}

impl From<u32> for Value<'_> {
    fn from(count: u32) -> Self {
        Self::Number(count.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Number(count as u64)
    }
}

/// The message `id` in `language` with its values. A missing id, and a message that lacks a value it names, read `[id]`.
#[must_use]
pub fn message(language: Language, id: &str, values: &[(&str, Value<'_>)]) -> String {
    shown(bundle(language), id, values).unwrap_or_else(|| format!("[{id}]"))
}

/// Every message of a language as Fluent source, spaced as it is shown: for a program that formats by itself.
#[must_use]
pub fn source(language: Language) -> String {
    let areas = match language {
        Language::Fr => FR,
        Language::En => EN,
        Language::ZhHans => ZH_HANS,
    };
    areas.map(|area| spaced(language, area)).join("\n")
}

fn spaced(language: Language, area: &str) -> String {
    if language == Language::Fr { typography::french(area) } else { area.to_owned() }
}

fn shown(bundle: &Bundle, id: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(*name, fluent(value));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

fn fluent<'a>(value: &'a Value<'a>) -> FluentValue<'a> {
    match value {
        Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Value::Number(count) => FluentValue::from(*count),
    }
}

fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; 3] = [const { OnceLock::new() }; 3];
    let [fr, en, zh_hans] = &BUNDLES;
    match language {
        Language::Fr => fr.get_or_init(|| read(language, FR)),
        Language::En => en.get_or_init(|| read(language, EN)),
        Language::ZhHans => zh_hans.get_or_init(|| read(language, ZH_HANS)),
    }
}

fn read(language: Language, areas: [&str; 5]) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Fr => |value, _| grouped(Language::Fr, value),
        Language::En => |value, _| grouped(Language::En, value),
        Language::ZhHans => |value, _| grouped(Language::ZhHans, value),
    }));
    for area in areas {
        let source = spaced(language, area);
        // What cannot be read is left out and shows as its id in brackets; the tests prove that nothing is.
        let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource(resource).ok();
    }
    bundle
}

fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(within_message(language, number.value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
