//! The forms of a name, and how each is looked for in a passage's units.
//!
//! Keeps: a Han name brings its pinyin, its given name and its titles by itself. Does not know: people.

use super::unit::{self, Unit};
use super::{CERTAIN, Hit, Sure, sound};
use crate::person::{Name, Script};
use std::cell::OnceCell;

/// Latin words joined into one before comparing: a name of four syllables may be written in up to this many words.
const MOST_JOINED: usize = 5;
/// A given name or a part of a Latin name shorter than this (letters) is not looked for alone.
const SHORTEST_PART: usize = 3;
/// Ways to read the characters of a surname or a given name.
const MOST_READINGS: usize = 16;
const TITLES_BEFORE_HAN: &[char] = &['老', '小', '阿'];
const TITLES_AFTER_HAN: &[&str] = &[
    "总", "總", "董", "局", "哥", "姐", "先生", "女士", "小姐", "老师", "老師", "律师", "律師", "老板", "老闆", "医生",
    "太太", "处长", "局长", "主任", "家", "某", "氏",
];

/// One form of a name.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Consecutive Han characters, compared by character and by reading.
    Han { chars: Vec<(char, Vec<String>)>, grade: Sure },
    /// A surname beside a title.
    Titled { surname: Vec<(char, Vec<String>)> },
    /// Consecutive Latin words whose joined letters equal `joined`.
    Joined { joined: String, grade: Sure },
    /// Consecutive Latin words whose joined letters sound like it.
    Near { key: String },
}

/// Every form of `names`.
pub(super) fn compile(names: &[Name]) -> Vec<Pattern> {
    let mut out = Vec::new();
    for name in names {
        match name.script {
            Script::Han => han(&name.text, &mut out),
            Script::Pinyin | Script::Passport | Script::Other => {
                // A nickname may be Han too, or hold both; it has no surname to take apart.
                let chars = han_chars(&name.text);
                if chars.len() >= 2 {
                    out.push(Pattern::Han { chars, grade: Sure::Exact });
                }
                latin(&name.text, &mut out);
            }
        }
    }
    out
}

fn han_chars(text: &str) -> Vec<(char, Vec<String>)> {
    text.chars().map(|c| (c, unit::readings(c))).filter(|(_, r)| !r.is_empty()).collect()
}

fn han(text: &str, out: &mut Vec<Pattern>) {
    let chars = han_chars(text);
    let surname_len = if chars.len() >= 4 { 2 } else { 1 };
    let Some((surname, given)) = chars.split_at_checked(surname_len) else { return };
    let usual = |part: &[(char, Vec<String>)]| -> Option<String> {
        part.iter().map(|(c, _)| unit::usual_reading(*c)).collect()
    };
    if let (Some(s), Some(g)) = (usual(surname), usual(given)) {
        spelled(&s, &g, out);
    }
    for (s, g) in
        rare_readings(surname).into_iter().flat_map(|s| rare_readings(given).into_iter().map(move |g| (s.clone(), g)))
    {
        for joined in [format!("{s}{g}"), format!("{g}{s}")] {
            for joined in without_umlaut(joined) {
                out.push(Pattern::Joined { joined, grade: Sure::Exact });
            }
        }
    }
    if given.len() >= 2 {
        out.push(Pattern::Han { chars: given.to_vec(), grade: Sure::Part });
    }
    out.push(Pattern::Titled { surname: surname.to_vec() });
    out.push(Pattern::Han { chars, grade: Sure::Exact });
}

/// As passports write `ü` (here `v`): LV, LU, LYU.
fn without_umlaut(joined: String) -> Vec<String> {
    if joined.contains('v') {
        return ["v", "u", "yu"].map(|u| joined.replace('v', u)).into();
    }
    vec![joined]
}

/// Every way in which some characters may be read, up to [`MOST_READINGS`]: names take rare readings.
fn rare_readings(part: &[(char, Vec<String>)]) -> Vec<String> {
    let mut out = vec![String::new()];
    for (_, readings) in part {
        let longer = out.iter().flat_map(|head| readings.iter().map(move |r| format!("{head}{r}")));
        out = longer.take(MOST_READINGS).collect();
    }
    out
}

/// Surname and given name in letters, in either order, and each alone.
fn spelled(surname: &str, given: &str, out: &mut Vec<Pattern>) {
    for joined in [format!("{surname}{given}"), format!("{given}{surname}")] {
        out.push(Pattern::Near { key: sound::key(&joined) });
        out.push(Pattern::Joined { joined, grade: Sure::Exact });
    }
    for part in [surname, given] {
        if part.len() >= SHORTEST_PART {
            out.push(Pattern::Near { key: sound::key(part) });
            out.push(Pattern::Joined { joined: part.to_owned(), grade: Sure::Part });
        }
    }
}

fn latin(text: &str, out: &mut Vec<Pattern>) {
    let words: Vec<String> = unit::units(text).into_iter().filter(|u| !u.is_han()).map(|u| u.fold).collect();
    match words.as_slice() {
        [] => {}
        [only] => {
            out.push(Pattern::Near { key: sound::key(only) });
            out.push(Pattern::Joined { joined: only.clone(), grade: Sure::Exact });
        }
        [first, rest @ ..] => {
            spelled(first, &rest.concat(), out);
            for word in rest.iter().filter(|w| rest.len() > 1 && w.len() > SHORTEST_PART) {
                out.push(Pattern::Joined { joined: word.clone(), grade: Sure::Part });
            }
        }
    }
}

fn same_char(unit: &Unit, c: char) -> bool {
    unit.fold.chars().eq(std::iter::once(c))
}

fn same_sound(unit: &Unit, readings: &[String]) -> bool {
    unit.readings.iter().any(|r| readings.contains(r))
}

impl Pattern {
    /// Ranges of Han characters, with how sure.
    pub(super) fn find(&self, units: &[Unit]) -> Vec<Hit> {
        match self {
            Self::Han { chars, grade } => find_han(units, chars, *grade),
            Self::Titled { surname } => find_titled(units, surname),
            Self::Joined { .. } | Self::Near { .. } => Vec::new(),
        }
    }

    /// The most letters of a run that can be this name.
    pub(super) fn longest(&self) -> usize {
        match self {
            Self::Joined { joined, .. } => joined.len(),
            Self::Near { key } => key.len() * 2,
            Self::Han { .. } | Self::Titled { .. } => 0,
        }
    }

    /// Whether a run of letters is this name.
    pub(super) fn is(&self, run: &Run) -> Option<Hit> {
        let (sure, score) = match self {
            Self::Joined { joined, grade } => (run.letters == *joined).then_some((*grade, CERTAIN))?,
            Self::Near { key } if run.letters.len() <= self.longest() => {
                (Sure::Near, sound::near(key, run.key.get_or_init(|| sound::key(&run.letters)))?)
            }
            _ => return None,
        };
        Some(Hit { at: run.at, end: run.end, sure, score })
    }
}

fn find_han(units: &[Unit], chars: &[(char, Vec<String>)], grade: Sure) -> Vec<Hit> {
    let mut out = Vec::new();
    for window in units.windows(chars.len().max(1)) {
        let adjacent = window.windows(2).all(|w| matches!(w, [a, b] if b.at <= a.end + 1));
        if !adjacent || !window.iter().zip(chars).all(|(u, (_, r))| same_sound(u, r)) {
            continue;
        }
        let exact = window.iter().zip(chars).all(|(u, (c, _))| same_char(u, *c));
        // One syllable pair by sound alone is too common a thing to call a part of a name with any weight.
        let sure = if exact { grade } else { Sure::Sounds };
        if let (Some(first), Some(last)) = (window.first(), window.last()) {
            out.push(Hit::certain(first.at, last.end, sure));
        }
    }
    out
}

fn find_titled(units: &[Unit], surname: &[(char, Vec<String>)]) -> Vec<Hit> {
    let n = surname.len();
    let mut out = Vec::new();
    for (i, window) in units.windows(n.max(1)).enumerate() {
        let written = window.iter().zip(surname).all(|(u, (c, _))| same_char(u, *c));
        let sounds = window.iter().zip(surname).all(|(u, (_, readings))| same_sound(u, readings));
        if !written && !sounds {
            continue;
        }
        let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
        let before = i.checked_sub(1).and_then(|b| units.get(b));
        if let Some(b) =
            before.filter(|b| written && b.end == first.at && TITLES_BEFORE_HAN.iter().any(|t| same_char(b, *t)))
        {
            out.push(Hit::certain(b.at, last.end, Sure::Part));
        }
        // Who is addressed by a whole title is named, however the surname was written down; a title of one character says too little.
        let grade = if written { Sure::Part } else { Sure::Sounds };
        for title in TITLES_AFTER_HAN.iter().filter(|title| written || title.chars().nth(1).is_some()) {
            let rest = units.get(i + n..).unwrap_or_default();
            let len = title.chars().count();
            let fits = rest.len() >= len && title.chars().zip(rest).all(|(c, u)| same_char(u, c));
            if let (true, Some(end)) = (fits, len.checked_sub(1).and_then(|l| rest.get(l))) {
                out.push(Hit::certain(first.at, end.end, grade));
            }
        }
    }
    out
}

/// Words in a row, written together.
pub(super) struct Run {
    at: usize,
    end: usize,
    letters: String,
    /// Made when a pattern first asks for it, then the same for all.
    key: OnceCell<String>,
}

/// Hands over every run of words of so many letters, each once.
pub(super) fn each_run(units: &[Unit], longest: usize, mut sink: impl FnMut(&Run)) {
    for (i, first) in units.iter().enumerate().filter(|(_, u)| !u.is_han()) {
        let mut letters = String::new();
        for last in units.iter().skip(i).take(MOST_JOINED).take_while(|u| !u.is_han()) {
            letters.push_str(&last.fold);
            if letters.len() > longest {
                break;
            }
            sink(&Run { at: first.at, end: last.end, letters: letters.clone(), key: OnceCell::new() });
        }
    }
}
