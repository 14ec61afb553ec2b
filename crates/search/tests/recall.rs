//! Exact recall against a plain scan of the texts, over random mixtures of Chinese, English and French.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::OnceLock;

use casemate_search::{Index, Query, Searcher};
use common::{answers, index_of};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "林",
    "慕",
    "川",
    "地",
    "産",
    "產",
    "产",
    "公",
    "司",
    "港",
    "口",
    "後",
    "后",
    "发",
    "髮",
    "的",
    "在",
    "了",
    "lawyer",
    "Lin",
    "harbour",
    "the",
    "THE",
    "é",
    "été",
    "Œuvre",
    "coeur",
    "naïve",
    "l'",
    "d’",
    "aujourd'hui",
    "12",
    "3.14",
    "２０２６",
    "A",
    "b",
    "ＡＢ",
    "x1",
    "ﬁn",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "，",
    "。",
    "、",
    ", ",
    ". ",
    "-",
    "·",
    "（",
    "）",
    "\"",
    "…",
    ":",
    "/",
    "\u{AD}",
    "\u{200B}",
    "e\u{301}",
    "한국",
    "かな",
    "ｶﾞ",
    "😀",
    "𠀀",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// A letter or digit of a script that spaces words, by the plainest rule there is.
fn lettered(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{20000}'..='\u{3FFFF}' | '\u{FF66}'..='\u{FF9F}')
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}')
}

/// Whether `text` holds `part` with no word cut at its edges.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, found)| whole(text, at, at + found.len()))
}

fn whole(text: &str, from: usize, to: usize) -> bool {
    let joined = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at..].chars().next();
        before.is_some_and(lettered) && after.is_some_and(lettered)
    };
    !joined(from) && !joined(to)
}

fn quoted(part: &str) -> Option<Query> {
    Query::parse(&format!("\"{}\"", part.replace('"', " "))).ok()
}

fn searcher(texts: &[String]) -> (Index, Searcher) {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (_, index) = index_of(&texts);
    let searcher = index.searcher().unwrap();
    (index, searcher)
}

fn scan(texts: &[String], fits: impl Fn(&str) -> bool) -> Vec<u64> {
    texts.iter().zip(1..).filter(|(text, _)| fits(text)).map(|(_, no)| no).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Many parts of each set of texts: every passage that a scan finds, the index finds.
    #[test]
    fn nothing_that_a_scan_finds_is_missed(
        texts in prop::collection::vec(text(), 1..12),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1usize..12), 24),
    ) {
        let (_index, searcher) = searcher(&texts);
        for (which, start, length) in cuts {
            let source: Vec<char> = which.get(&texts).chars().collect();
            if source.is_empty() {
                continue;
            }
            let part: String = source.iter().skip(start.index(source.len())).take(length).collect();

            let exact = scan(&texts, |text| text.contains(&part));
            prop_assert_eq!(&answers(&searcher, &Query::exact(&part)), &exact, "exact {:?} in {:?}", part, texts);

            if part.contains('"') {
                continue;
            }
            if let Some(query) = quoted(&part) {
                let found = answers(&searcher, &query);
                for no in scan(&texts, |text| holds(text, &part)) {
                    prop_assert!(found.contains(&no), "{:?} in {:?}", part, texts[no as usize - 1]);
                }
                // Every answer shows where.
                for hit in searcher.all(&query, casemate_search::Order::Case) {
                    let hit = hit.unwrap();
                    prop_assert!(!hit.marks.is_empty(), "{:?} unmarked in {:?}", part, hit.passage.text);
                }
            }
        }
    }

    /// No text breaks the query parser; what it takes can be asked.
    #[test]
    fn any_query_is_answered_or_refused(pieces in prop::collection::vec(prop::sample::select(
        &["a", "林", "*", "\"", "(", ")", "-", " ", " ", "OR", "AND", "NOT", "exact:", "date:", "2026", "person:", "。", "pinyin:", "lin", "kind:"][..]), 0..16))
    {
        static FIXED: OnceLock<(Index, Searcher)> = OnceLock::new();
        let (_, searcher) = FIXED.get_or_init(|| searcher(&["a 林 lin 2026".to_owned(), "b".to_owned()]));
        if let Ok(query) = Query::parse(&pieces.concat()) {
            prop_assert!(searcher.count(&query).unwrap() <= 2);
        }
    }
}

#[test]
fn single_characters_and_every_run_of_a_chinese_text() {
    let text = "林慕川，后来他說：「地產公司在港口」。ABC集团的人。";
    let texts = [text.to_owned(), "别".to_owned()];
    let (_index, searcher) = searcher(&texts);
    let chars: Vec<char> = text.chars().collect();
    for from in 0..chars.len() {
        for to in from + 1..=chars.len() {
            let part: String = chars[from..to].iter().collect();
            let at: usize = chars[..from].iter().map(|c| c.len_utf8()).sum();
            if !whole(text, at, at + part.len()) {
                continue;
            }
            if let Some(query) = quoted(&part) {
                assert_eq!(answers(&searcher, &query), [1], "{part}");
            }
        }
    }
}
