//! What the catalogues promise: complete, parsed, the same in every language, and never more than was proven.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::{EN, FR, Value, ZH_HANS, message};
use crate::{Language, typography};

/// Every message of a language with the variables that it names.
fn messages(areas: [&str; 5]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for area in areas {
        let resource = fluent_syntax::parser::parse(area).expect("the catalogue parses");
        for entry in resource.body {
            if let Entry::Message(entry) = entry {
                let mut variables = BTreeSet::new();
                entry.value.iter().for_each(|pattern| collect(pattern, &mut variables));
                let twice = found.insert(entry.id.name.to_owned(), variables);
                assert!(twice.is_none(), "{} stands twice", entry.id.name);
            }
        }
    }
    found
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let selector = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| collect(&variant.value, variables));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = selector {
            variables.insert(id.name.to_owned());
        }
    }
}

#[test]
fn every_language_has_the_same_messages_and_variables() {
    let english = messages(EN);
    assert!(english.len() > 20);
    for (tag, areas) in [("fr", FR), ("zh-Hans", ZH_HANS)] {
        assert_eq!(messages(areas), english, "{tag}");
    }
}

#[test]
fn every_message_is_shown_in_every_language() {
    for (language, areas) in [(Language::Fr, FR), (Language::En, EN), (Language::ZhHans, ZH_HANS)] {
        for (id, variables) in messages(areas) {
            for count in [0_u64, 1, 2, 12_345] {
                let values: Vec<_> = variables.iter().map(|name| (name.as_str(), Value::Number(count))).collect();
                let text = message(language, &id, &values);
                assert!(!text.trim().is_empty() && !text.contains(&format!("[{id}]")), "{id}: {text:?}");
            }
        }
    }
}

#[test]
fn the_french_spacing_leaves_the_syntax_whole() {
    for area in FR {
        let spaced = typography::french(area);
        fluent_syntax::parser::parse(spaced.as_str()).expect("parses after the spacing");
    }
}

#[test]
fn nothing_is_called_authentic() {
    for area in FR.into_iter().chain(EN).chain(ZH_HANS) {
        for line in area.lines().filter(|line| !line.starts_with('#')) {
            let lower = line.to_lowercase();
            for word in ["authenti", "genuine", "真实性", "真伪", "属实", "真品"] {
                assert!(!lower.contains(word), "{word} in {line:?}");
            }
        }
    }
}

#[test]
fn a_missing_message_or_value_reads_as_its_id() {
    assert_eq!(message(Language::En, "no-such-message", &[]), "[no-such-message]");
    assert_eq!(message(Language::Fr, "", &[]), "[]");
    assert_eq!(message(Language::En, "withheld-seconds", &[]), "[withheld-seconds]");
}

#[test]
fn values_enter_as_they_are() {
    let hostile = "{ $x } \u{202e}« a ? »";
    let text = message(Language::Fr, "withheld-because", &[("reason", hostile.into())]);
    assert!(text.contains(hostile), "{text:?}");
    assert!(!text.contains('\u{2068}') && !text.contains('\u{2069}'));
}

#[test]
fn numbers_are_grouped_and_choose_the_plural() {
    let shown = |language, count: u64| message(language, "withheld-count", &[("count", count.into())]);
    assert_eq!(shown(Language::En, 1), "1 part withheld");
    assert_eq!(shown(Language::En, 12_345), "12,345 parts withheld");
    assert_eq!(shown(Language::Fr, 0), "0 partie occultée");
    assert_eq!(shown(Language::Fr, 12_345), "12\u{202f}345 parties occultées");
    assert_eq!(shown(Language::ZhHans, 2), "遮盖2个部分");
}

#[test]
fn the_verdict_has_three_words_in_each_language() {
    for (language, expected) in [
        (Language::Fr, ["établi", "échec", "non vérifié"]),
        (Language::En, ["proven", "failed", "not checked"]),
        (Language::ZhHans, ["已证明", "未通过", "未核查"]),
    ] {
        let words = ["outcome-proven", "outcome-failed", "outcome-not-checked"].map(|id| message(language, id, &[]));
        assert_eq!(words, expected);
    }
}
