//! Numbers of lists in a DOCX: they stand nowhere in its text, and everybody who reads the page quotes them.
//!
//! Keeps: a level counts on until a level above it counts; levels and lists are bounded. Does not know: pictures as bullets.

use std::collections::{BTreeMap, BTreeSet};

use crate::markup::{Mark, walk};
use crate::package::Package;

/// Levels of a list (ECMA-376 part 1 §17.9.3).
const LEVELS: usize = 9;
/// Longest number that is told, characters.
const LONGEST: usize = 64;

/// How a level is numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Level {
    start: u64,
    /// The level, counted from 1, at or above which a paragraph makes it start anew; by its place if it does not say, never if 0.
    restart: Option<u64>,
    format: String,
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, restart: None, format: "decimal".to_owned(), text: String::new() }
    }
}

type Levels = [Level; LEVELS];

/// A list as paragraphs name it.
#[derive(Clone, Default)]
struct List {
    of: String,
    /// What differs from the list that it is of: a level, or only where it starts.
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u64>,
}

/// What a style says of numbers.
#[derive(Clone, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

/// Where a paragraph stands, by its own word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    pub list: Option<String>,
    pub level: Option<usize>,
    pub style: Option<String>,
}

/// The lists of a paper, and how far each has counted.
#[derive(Default)]
pub struct Numbering {
    abstracts: BTreeMap<String, Levels>,
    lists: BTreeMap<String, List>,
    styles: BTreeMap<String, Style>,
    /// By the list that it is of: the last number of each level.
    counted: BTreeMap<String, [Option<u64>; LEVELS]>,
    /// Lists whose own starts were applied, with the level.
    started: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub fn of(package: &mut Package) -> Self {
        let mut all = Self::default();
        all.take_lists(&package.read("word/numbering.xml").unwrap_or_default());
        all.take_styles(&package.read("word/styles.xml").unwrap_or_default());
        all
    }

    /// Begins anew, as every part of a paper does.
    pub fn restart(&mut self) {
        self.counted.clear();
        self.started.clear();
    }

    fn take_lists(&mut self, xml: &[u8]) {
        let (mut pattern, mut list, mut level) = (None, None, 0usize);
        walk(xml, |mark| {
            let Mark::Open(name, attributes) = mark else {
                if matches!(mark, Mark::Close("abstractNum" | "num")) {
                    (pattern, list) = (None, None);
                }
                return;
            };
            let said = || attributes.get("val").unwrap_or_default();
            match name {
                "abstractNum" => pattern = attributes.get("abstractNumId"),
                "num" => list = attributes.get("numId"),
                "abstractNumId" => {
                    if let Some(list) = &list {
                        self.lists.entry(list.clone()).or_default().of = said();
                    }
                }
                "lvl" | "lvlOverride" => level = level_of(attributes.get("ilvl")).unwrap_or(LEVELS),
                "startOverride" => {
                    if let (Some(list), Ok(start)) = (&list, said().parse()) {
                        self.lists.entry(list.clone()).or_default().starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" | "lvlRestart" => {
                    let own = list.as_ref().map(|list| self.lists.entry(list.clone()).or_default());
                    let shared = pattern.as_ref().map(|pattern| self.abstracts.entry(pattern.clone()).or_default());
                    let place = match own {
                        Some(list) if level < LEVELS => Some(list.levels.entry(level).or_default()),
                        _ => shared.and_then(|levels| levels.get_mut(level)),
                    };
                    if let Some(place) = place {
                        place.set(name, said());
                    }
                }
                _ => {}
            }
        });
    }

    fn take_styles(&mut self, xml: &[u8]) {
        let mut style = None;
        walk(xml, |mark| match mark {
            Mark::Open("style", attributes) => style = attributes.get("styleId"),
            Mark::Close("style") => style = None,
            Mark::Open(name @ ("basedOn" | "numId" | "ilvl"), attributes) => {
                let Some(style) = style.as_ref().map(|style| self.styles.entry(style.clone()).or_default()) else {
                    return;
                };
                match name {
                    "basedOn" => style.based_on = attributes.get("val"),
                    "numId" => style.list = attributes.get("val"),
                    _ => style.level = level_of(attributes.get("val")),
                }
            }
            _ => {}
        });
    }

    /// What stands before a paragraph, with a space behind; nothing where it is in no list.
    pub fn next(&mut self, at: &Numbered) -> String {
        let Some((list, level)) = self.place(at) else { return String::new() };
        let Some(own) = self.lists.get(&list).cloned() else { return String::new() };
        let levels = self.abstracts.get(&own.of).cloned().unwrap_or_default();
        let of = |n: usize| {
            own.levels.get(&n).filter(|level| !level.text.is_empty()).or(levels.get(n)).cloned().unwrap_or_default()
        };
        let counted = self.counted.entry(own.of.clone()).or_default();
        let start = own.starts.get(&level).copied().filter(|_| !self.started.contains(&(list.clone(), level)));
        if start.is_some() {
            self.started.insert((list, level));
        }
        for (n, count) in counted.iter_mut().enumerate() {
            match n.cmp(&level) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or_else(|| of(n).start)),
                std::cmp::Ordering::Equal => {
                    *count = Some(start.unwrap_or_else(|| count.map_or_else(|| of(n).start, |c| c.saturating_add(1))))
                }
                std::cmp::Ordering::Greater if level as u64 >= of(n).restart.unwrap_or(n as u64) => {}
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        let counted = *counted;
        let shown = of(level);
        if shown.format == "none" {
            return String::new();
        }
        let mut text = if shown.format == "bullet" { "•".to_owned() } else { shown.text };
        for (n, count) in counted.iter().enumerate() {
            let mark = format!("%{}", n + 1);
            if text.contains(&mark) {
                text = text.replace(&mark, &spelled(count.unwrap_or_default(), &of(n).format));
            }
        }
        if text.trim().is_empty() || text.chars().count() > LONGEST { String::new() } else { text + " " }
    }

    /// The list and level of a paragraph, by itself or by its style.
    fn place(&self, at: &Numbered) -> Option<(String, usize)> {
        let (mut list, mut level) = (at.list.clone(), at.level);
        let mut style = at.style.clone();
        // Styles may be based on each other in a circle.
        for _ in 0..16 {
            let Some(found) = style.and_then(|style| self.styles.get(&style)) else { break };
            list = list.or_else(|| found.list.clone());
            level = level.or(found.level);
            style = found.based_on.clone();
        }
        list.filter(|list| list != "0").map(|list| (list, level.unwrap_or(0)))
    }
}

impl Level {
    fn set(&mut self, name: &str, said: String) {
        match name {
            "start" => self.start = said.parse().unwrap_or(1),
            "numFmt" => self.format = said,
            "lvlRestart" => self.restart = said.parse().ok(),
            _ => self.text = said.chars().take(LONGEST).collect(),
        }
    }
}

pub fn level_of(said: Option<String>) -> Option<usize> {
    said?.parse().ok().filter(|level| *level < LEVELS)
}

/// A number as a format spells it (ECMA-376 part 1 §17.18.59); one that is not known, in digits.
fn spelled(number: u64, format: &str) -> String {
    let alphabet = |first: u8| {
        let index = number.saturating_sub(1);
        let letter = char::from(first + u8::try_from(index % 26).unwrap_or_default());
        letter.to_string().repeat(usize::try_from(index / 26 + 1).unwrap_or(1).min(LONGEST))
    };
    let of = |names: &[&str]| {
        let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        index.and_then(|n| names.get(n)).map_or_else(|| number.to_string(), |name| (*name).to_owned())
    };
    match format {
        "lowerLetter" if number > 0 => alphabet(b'a'),
        "upperLetter" if number > 0 => alphabet(b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            u32::try_from(number).ok().and_then(|n| char::from_u32(0x245f + n)).map(String::from).unwrap_or_default()
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => chinese(number),
        "ideographTraditional" => of(&["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]),
        "ideographZodiac" => of(&["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"]),
        _ => number.to_string(),
    }
}

fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 9_999 {
        return number.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// Chinese numerals up to 99; a list seldom has more.
fn chinese(number: u64) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u64| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (tens @ 1..=9, ones) => {
            let tens = if tens == 1 { String::new() } else { digit(tens).to_owned() };
            let ones = if ones == 0 { "" } else { digit(ones) };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(lists: &str, styles: &str) -> Numbering {
        let mut all = Numbering::default();
        all.take_lists(lists.as_bytes());
        all.take_styles(styles.as_bytes());
        all
    }

    fn at(list: &str, level: usize) -> Numbered {
        Numbered { list: Some(list.to_owned()), level: Some(level), style: None }
    }

    #[test]
    fn levels_count_within_each_other_and_lists_may_start_anew() {
        let lists = "<w:numbering><w:abstractNum w:abstractNumId=\"7\">\
            <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl>\
            <w:lvl w:ilvl=\"1\"><w:start w:val=\"3\"/><w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>\
            <w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
            <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/>\
            </w:lvlOverride></w:num></w:numbering>";
        let mut all = numbering(lists, "");
        let told: Vec<String> =
            [at("1", 0), at("1", 1), at("1", 1), at("1", 0), at("1", 1), at("2", 0), at("2", 0), at("1", 2)]
                .iter()
                .map(|place| all.next(place))
                .collect();
        assert_eq!(told, ["1) ", "1.iii ", "1.iv ", "2) ", "2.iii ", "5) ", "6) ", "• "]);
        assert_eq!(all.next(&at("0", 0)), "", "list 0 is none");
        assert_eq!(all.next(&at("9", 0)), "", "a list that is not there");
        assert_eq!(all.next(&Numbered::default()), "");
    }

    #[test]
    fn a_level_may_count_on_and_a_part_begins_anew() {
        let lists = "<n><abstractNum abstractNumId=\"0\"><lvl ilvl=\"0\"><lvlText val=\"%1.\"/></lvl><lvl ilvl=\"1\"><lvlRestart val=\"0\"/>\
            <lvlText val=\"(%2)\"/></lvl></abstractNum><num numId=\"1\"><abstractNumId val=\"0\"/></num></n>";
        let mut all = numbering(lists, "");
        let mut told = |levels: &[usize]| levels.iter().map(|level| all.next(&at("1", *level))).collect::<String>();
        assert_eq!(told(&[0, 1, 1, 0, 1]), "1. (1) (2) 2. (3) ");
        all.restart();
        assert_eq!(all.next(&at("1", 0)), "1. ");
    }

    #[test]
    fn a_style_may_number() {
        let lists = "<n><abstractNum abstractNumId=\"0\"><lvl ilvl=\"0\"><numFmt val=\"chineseCounting\"/><lvlText val=\"%1、\"/></lvl>\
            </abstractNum><num numId=\"4\"><abstractNumId val=\"0\"/></num></n>";
        let styles = "<s><style styleId=\"Point\"><basedOn val=\"List\"/></style><style styleId=\"List\"><pPr><numPr><numId val=\"4\"/>\
            </numPr></pPr></style><style styleId=\"Round\"><basedOn val=\"Round\"/></style></s>";
        let mut all = numbering(lists, styles);
        let styled = |style: &str| Numbered { style: Some(style.to_owned()), ..Numbered::default() };
        assert_eq!((all.next(&styled("Point")), all.next(&styled("List"))), ("一、 ".to_owned(), "二、 ".to_owned()));
        assert_eq!(all.next(&styled("Round")), "", "based on itself");
    }

    #[test]
    fn numbers_are_spelled() {
        let of =
            |format: &str, numbers: &[u64]| numbers.iter().map(|n| spelled(*n, format)).collect::<Vec<_>>().join(" ");
        assert_eq!(of("lowerLetter", &[1, 26, 27, 53]), "a z aa aaa");
        assert_eq!(of("upperRoman", &[4, 9, 14, 40, 1_999]), "IV IX XIV XL MCMXCIX");
        assert_eq!(of("chineseCounting", &[1, 10, 11, 20, 35, 100]), "一 十 十一 二十 三十五 100");
        assert_eq!(of("decimalEnclosedCircle", &[1, 20, 21]), "① ⑳ 21");
        assert_eq!(of("ideographTraditional", &[1, 10, 11]), "甲 癸 11");
        assert_eq!(of("unheard-of", &[7]), "7");
    }
}
