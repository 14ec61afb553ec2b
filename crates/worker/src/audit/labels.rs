//! Hidden words that are no secret: what a program for redaction writes on its bars, and its own small marks.
//!
//! Keeps: only words that say nothing of what was struck are let off. Does not know: pages.

use std::collections::BTreeMap;

use casemate_ports::hidden::Hiding;

use super::group::Group;

/// Tiny text of fewer letters on a page is the mark of a program or a printer.
const MARK: usize = 8;
/// The same words on so many bars or more, in as many sizes: fitted to each bar, as programs do with their labels.
const REPEATED: usize = 3;
/// Two sizes are one if they differ by less than this share.
const SAME_SIZE: f64 = 0.03;

/// Words that stand on bars, folded.
const WORDS: [&str; 34] = [
    "redacted",
    "redaction",
    "redactions",
    "privilege",
    "privileged",
    "confidential",
    "sealed",
    "under",
    "seal",
    "filed",
    "attorney",
    "client",
    "work",
    "product",
    "eyes",
    "only",
    "withheld",
    "exempt",
    "exemption",
    "foia",
    "pii",
    "phi",
    "personal",
    "information",
    "caviardé",
    "occulté",
    "biffé",
    "masqué",
    "confidentiel",
    "geschwärzt",
    "遮蔽",
    "涂黑",
    "已删除",
    "保密",
];

/// Makes labels of the groups that are such.
pub fn told_apart(mut groups: Vec<Group>) -> Vec<Group> {
    let mut sizes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for group in groups.iter().filter(|g| g.how == Hiding::SameColour) {
        let tall = group.bounds.height();
        let known = sizes.entry(squeezed(&group.words)).or_default();
        if !known.iter().any(|k| (k - tall).abs() <= SAME_SIZE * tall) {
            known.push(tall);
        }
    }
    let tiny = groups.iter().filter(|g| g.how == Hiding::Tiny).map(Group::letters_and_digits).sum::<usize>();
    let fitted: Vec<String> = sizes.into_iter().filter(|(_, s)| s.len() >= REPEATED).map(|(w, _)| w).collect();
    for group in &mut groups {
        let fitted = group.how == Hiding::SameColour && fitted.iter().any(|label| says_only(&group.words, label));
        let on_a_bar = matches!(group.how, Hiding::Covered | Hiding::SameColour);
        let a_mark = group.how == Hiding::Tiny && tiny < MARK;
        if a_mark || (on_a_bar && is_label(&group.words)) || fitted {
            group.how = Hiding::Label;
        }
    }
    groups
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the words are the label, some of them in a row, or the most of one that is seen in part.
fn says_only(words: &str, label: &str) -> bool {
    let words = squeezed(words);
    words.replace(label, "").is_empty() || (label.contains(&words) && 2 * words.len() > label.len())
}

/// Whether these are words of a label, or the number of an exemption, as (b)(7)(C), alone.
fn is_label(words: &str) -> bool {
    let mut all =
        words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).peekable();
    let exemption = |w: &str| w.len() <= 2 && w.starts_with(['b', 'k', 'j']) || w.len() == 1;
    all.peek().is_some() && all.all(|w| WORDS.contains(&w.as_str()) || exemption(&w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_names() {
        for label in ["REDACTED", "Attorney-Client Privilege", "(b)(6), (b)(7)(C)", "FILED UNDER SEAL"] {
            assert!(is_label(label), "{label}");
        }
        for name in ["Lin Muchuan", "redacted Lin", "03/23/2019", "Privilege 12", ""] {
            assert!(!is_label(name), "{name}");
        }
    }
}
