//! The query language, the folding of letters, pinyin, filters, pages, marks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use casemate_search::{Cursor, Error, MemoryStore, Order, Passage, Query, QueryError};
use common::{answers, ask, build, index_of, on, passage};

#[test]
fn words_phrases_prefixes_and_booleans() {
    let (_, index) = index_of(&[
        "The lawyer meets Lin at the harbour.",     // 1
        "L'avocate rencontre Lin Œuvre à l'hôtel.", // 2
        "林慕川在港口见了律师。",                   // 3
        "meets the lawyer; harbours nothing",       // 4
        "地產。權力 ＡＢＣ１２",                    // 5
    ]);
    let s = index.searcher().unwrap();
    for (query, expected) in [
        ("lawyer", vec![1, 4]),
        ("LAWYER meets", vec![1, 4]),
        ("\"lawyer meets\"", vec![1]),
        ("“the lawyer”", vec![1, 4]),
        ("harbour", vec![1]),
        ("harbour*", vec![1, 4]),
        ("\"the harb\"*", vec![1]),
        ("hotel", vec![2]),
        ("oeuvre", vec![2]),
        ("l'hotel", vec![2]),
        ("lin -harbour", vec![2]),
        ("\"lin 慕\"", vec![]),
        ("\"地产、权力\"", vec![5]),
        ("\"地产权力\"", vec![]),
        ("lawyer OR 律师", vec![1, 3, 4]),
        ("(lawyer OR avocate) AND \"lin\"", vec![1, 2]),
        ("NOT lawyer", vec![2, 3, 5]),
        ("-lawyer", vec![2, 3, 5]),
        ("lawyer NOT (harbour OR 港口)", vec![4]),
        ("港", vec![3]),
        ("港口", vec![3]),
        ("口港", vec![]),
        ("林慕川在港口见", vec![3]),
        ("地产", vec![5]),
        ("产权", vec![]),
        ("「地产。权力」", vec![5]),
        ("地产、权力", vec![5]),
        ("abc12", vec![5]),
        ("地产*", vec![5]),
        ("权力ab*", vec![5]),
        ("\"地产、权力 ab\"*", vec![5]),
        ("\"地产 权力 ab\"*", vec![]),
        ("kind:text 港口", vec![3]),
        ("kind:mail", vec![]),
        ("exhibit:2-3", vec![2, 3]),
        ("exhibit:5", vec![5]),
        ("exhibit:00000000000000000000000000000004", vec![4]),
    ] {
        assert_eq!(ask(&s, query), expected, "{query}");
    }
}

#[test]
fn pinyin_finds_names() {
    let (_, index) = index_of(&[
        "昨天林慕川打来电话", // 1
        "林木川也在",         // 2: sounds alike
        "Lin Muchuan called", // 3
        "林 慕 川",           // 4: spaced by a reader
        "单雄信和吕布",       // 5: readings of surnames, ü
        "林，慕川",           // 6: a break between
        "he can swim",        // 7
    ]);
    let s = index.searcher().unwrap();
    for (query, expected) in [
        ("lin muchuan", vec![1, 2, 3, 4]),
        ("linmuchuan", vec![1, 2, 4]),
        ("muchuan", vec![1, 2, 3, 4, 6]),
        ("muchuan lin", vec![1, 2, 3, 4]),
        ("lín mùchuān", vec![1, 2, 3, 4]),
        ("lin2 mu4 chuan1", vec![1, 2, 4]),
        ("Lin Mu-chuan", vec![1, 2, 3, 4]),
        ("lin mu chuan", vec![1, 2, 3, 4]),
        ("\"lin muchuan\"", vec![3]),
        ("pinyin:\"lin mu chuan\"", vec![1, 2, 4]),
        ("pinyin:林慕川", vec![1, 2, 4]),
        ("pinyin:lin", vec![1, 2, 3, 4, 6]),
        ("shan xiongxin", vec![5]),
        ("lv bu", vec![5]),
        ("lü bu", vec![5]),
        ("lyu bu", vec![5]),
        ("can lin muchuan", vec![]),
        ("swim", vec![7]),
    ] {
        assert_eq!(ask(&s, query), expected, "{query}");
    }
    let page = s.page(&Query::parse("lin muchuan").unwrap(), Order::Relevance, None, 10).unwrap();
    assert_eq!(page.hits[0].passage.exhibit_no, 3, "the written word comes first");
    assert_eq!(page.hits[0].marks, [0..3, 4..11]);
}

#[test]
fn filters() {
    let mut one = on(passage(1, 0, "call one"), "2026-03-05T23:30:00+08:00");
    one.kind = "recording".to_owned();
    one.language = "zh-Hant-TW".to_owned();
    one.speaker = Some("Zoé Lambert".to_owned());
    one.persons = vec!["p-1".to_owned(), "p-2".to_owned()];
    let mut two = on(passage(2, 0, "call two"), "2026-03");
    two.kind = "call-log".to_owned();
    two.language = "fr".to_owned();
    two.persons = vec!["p-2".to_owned()];
    let three = on(passage(3, 0, "call three"), "2025");
    let four = passage(4, 0, "call four");
    let index = build(Arc::new(MemoryStore::new()), &[one, two, three, four]);
    let s = index.searcher().unwrap();
    for (query, expected) in [
        ("kind:Recording", vec![1]),
        ("kind:call-log", vec![2]),
        ("lang:zh", vec![1]),
        ("lang:zh-hant", vec![1]),
        ("lang:z", vec![]),
        ("speaker:lambert", vec![1]),
        ("speaker:\"zoe lambert\"", vec![1]),
        ("person:p-2", vec![1, 2]),
        ("person:p-1", vec![1]),
        ("person:p", vec![]),
        ("date:2026-03-05", vec![1, 2]),
        ("date:2026-03-06", vec![2]),
        ("date:2026", vec![1, 2]),
        ("date:2025-12..2026-03-01", vec![2, 3]),
        ("date:..2025", vec![3]),
        ("before:2026", vec![3]),
        ("before:2026-03-05", vec![2, 3]),
        ("until:2026-03", vec![1, 2, 3]),
        ("after:2025", vec![1, 2]),
        ("after:2026-03-05", vec![2]),
        ("since:2026-03-05", vec![1, 2]),
        ("call -date:2026", vec![3, 4]),
        ("call (kind:recording OR lang:fr) -two", vec![1]),
    ] {
        assert_eq!(ask(&s, query), expected, "{query}");
    }
    let named = |name: &str| if name == "Lin" { vec!["p-1".to_owned(), "p-9".to_owned()] } else { Vec::new() };
    assert_eq!(answers(&s, &Query::parse_with("person:Lin", &named).unwrap()), [1]);
    assert_eq!(answers(&s, &Query::parse_with("person:Nobody", &named).unwrap()), Vec::<u64>::new());
    assert_eq!(answers(&s, &Query::persons(vec!["p-1".to_owned()])), [1]);
}

#[test]
fn exact_means_the_very_characters() {
    let long = format!("key {}needle{} end", "x".repeat(130), "y".repeat(120));
    let (_, index) = index_of(&["Straightforward, isn't it?", "straight; FORWARD", "地產", "地产", &long, "…!?"]);
    let s = index.searcher().unwrap();
    for (query, expected) in [
        ("aightforw", vec![1]),
        ("Straight", vec![1]),
        ("straight", vec![2]),
        ("t; F", vec![2]),
        (", isn't", vec![1]),
        ("地產", vec![3]),
        ("产", vec![4]),
        ("xneedley", vec![5]),
        ("!?", vec![6]),
        ("?", vec![1, 6]),
        ("e", vec![5]),
        ("not there", vec![]),
    ] {
        assert_eq!(answers(&s, &Query::exact(query)), expected, "{query}");
    }
    assert_eq!(ask(&s, "exact:\"t it\" OR exact:地产"), [1, 4]);
    assert_eq!(ask(&s, "straight* -exact:Straight"), [2]);
}

#[test]
fn errors_say_what_and_where() {
    let error = |text: &str| Query::parse(text).unwrap_err();
    assert_eq!(error("  "), QueryError::Empty);
    assert_eq!(error("a \"b"), QueryError::Unpaired { what: '"', at: 2 });
    assert_eq!(error("(a OR b"), QueryError::Unpaired { what: '(', at: 0 });
    assert_eq!(error("a)"), QueryError::Unpaired { what: ')', at: 1 });
    assert!(matches!(error("a OR"), QueryError::Lacking { at: 2, .. }));
    assert!(matches!(error("OR a"), QueryError::Lacking { at: 0, .. }));
    assert!(matches!(error("AND a"), QueryError::Lacking { at: 0, .. }));
    assert!(matches!(error("a AND OR b"), QueryError::Lacking { at: 2, .. }));
    assert!(matches!(error("NOT"), QueryError::Lacking { at: 0, .. }));
    assert!(matches!(error("persn:x"), QueryError::Field { at: 0, .. }));
    assert!(error("persn:x").to_string().contains("person"));
    assert!(matches!(error("before:yesterday"), QueryError::Value { field: "before", .. }));
    assert!(matches!(error("exhibit:x"), QueryError::Value { .. }));
    assert_eq!(error("。"), QueryError::NoWords);
    assert!(matches!(error(&"a ".repeat(200)), QueryError::Limit { .. }));
    assert!(matches!(error(&"(".repeat(40)), QueryError::Limit { .. }));
    assert!(matches!(error(&"-".repeat(40)), QueryError::Limit { .. } | QueryError::NoWords));
    assert!(matches!(error(&"x".repeat(5000)), QueryError::Limit { .. }));
    assert!(Query::parse("at 12:30 re\u{301}union -").is_ok());
    assert!(Query::parse("( ) a").is_err());
}

#[test]
fn pages_hold_every_hit_once_in_order() {
    let passages: Vec<Passage> = (0..500u32)
        .map(|n| passage(u64::from(n % 7), n, if n % 3 == 0 { "alpha beta" } else { "alpha gamma alpha" }))
        .collect();
    let index = build(Arc::new(MemoryStore::new()), &passages);
    let s = index.searcher().unwrap();
    for order in [Order::Case, Order::Relevance] {
        let query = Query::parse("alpha").unwrap();
        let streamed: Vec<_> = s.all(&query, order).map(|hit| hit.unwrap().passage).collect();
        assert_eq!(streamed.len(), 500);
        let (mut after, mut paged) = (None, Vec::new());
        loop {
            let page = s.page(&query, order, after, 37).unwrap();
            assert_eq!(page.total, 500);
            paged.extend(page.hits.into_iter().map(|hit| hit.passage));
            match page.next {
                Some(next) => after = Some(Cursor::parse(&next.to_text()).unwrap()),
                None => break,
            }
        }
        assert_eq!(paged, streamed);
        if order == Order::Case {
            assert!(paged.is_sorted_by_key(|p| (p.exhibit_no, p.index)));
        }
        let mut sorted: Vec<_> = paged.iter().map(|p| p.index).collect();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..500).collect::<Vec<_>>());
    }
    let nothing = s.page(&Query::parse("delta").unwrap(), Order::Case, None, 10).unwrap();
    assert_eq!((nothing.total, nothing.hits.len(), nothing.next), (0, 0, None));
    assert!(matches!(s.page(&Query::everything(), Order::Case, None, 1001), Err(Error::Limit { .. })));
    assert!(matches!(Cursor::parse("zz"), Err(Error::Cursor)));
}

#[test]
fn a_hit_gives_back_its_passage_and_shows_where() {
    let text = "前文很长。".repeat(40) + "他說地產公司 Œuvre d'art" + &"后文。".repeat(40);
    let mut whole = on(passage(9, 3, &text), "2026-03-05");
    whole.speaker = Some("林".to_owned());
    whole.persons = vec!["a".to_owned()];
    whole.place = vec![0, 255, 7];
    let index = build(Arc::new(MemoryStore::new()), std::slice::from_ref(&whole));
    let s = index.searcher().unwrap();
    let page = s.page(&Query::parse("地产 oeuvre -没有").unwrap(), Order::Case, None, 10).unwrap();
    assert_eq!(page.hits[0].passage, whole);
    let shown: Vec<String> =
        page.hits[0].marks.iter().map(|m| text.chars().skip(m.start).take(m.len()).collect()).collect();
    assert_eq!(shown, ["地產", "Œuvre"]);
    let snippet = page.hits[0].snippet(30);
    assert_eq!(snippet.text.chars().count(), 30);
    assert_eq!(snippet.cut, (true, true));
    let inside: Vec<String> =
        snippet.marks.iter().map(|m| snippet.text.chars().skip(m.start).take(m.len()).collect()).collect();
    assert_eq!(inside, ["地產", "Œuvre"]);
    assert_eq!(page.hits[0].snippet(10_000).text, text);
}

#[test]
fn deletion_and_replacement() {
    let (_, index) = index_of(&["one word", "two word", "three word"]);
    let before = index.searcher().unwrap();
    let mut writer = index.writer(0).unwrap();
    assert!(matches!(index.writer(0), Err(Error::Busy)));
    writer.delete_exhibit(passage(2, 0, "").exhibit);
    writer.delete_derivative(passage(3, 0, "").derivative);
    writer.add(&passage(3, 0, "new word")).unwrap();
    assert_eq!(ask(&index.searcher().unwrap(), "word"), [1, 2, 3], "nothing before the commit");
    writer.commit(b"two").unwrap();
    writer.finish().unwrap();
    let after = index.searcher().unwrap();
    assert_eq!(ask(&after, "word"), [1, 3]);
    assert_eq!(ask(&after, "three"), Vec::<u64>::new());
    assert_eq!(ask(&after, "new"), [3]);
    assert_eq!(ask(&before, "word"), [1, 2, 3], "an older view stays");
    assert_eq!(index.heads().unwrap().unwrap(), b"two");
    assert_eq!(after.passages(), 2);
    index.verify().unwrap();
}

#[test]
fn limits_are_named() {
    let (_, index) = index_of(&["x"]);
    let mut writer = index.writer(0).unwrap();
    let mut large = passage(1, 0, "");
    large.place = vec![0; casemate_search::PLACE_LIMIT + 1];
    assert!(matches!(writer.add(&large), Err(Error::Limit { .. })));
    let heads = vec![0; casemate_search::HEADS_LIMIT + 1];
    assert!(matches!(writer.commit(&heads), Err(Error::Limit { .. })));
}
