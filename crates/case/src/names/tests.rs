//! Tests of the name finder, in three scripts.
//!
//! Keeps: a planted name is found, ordinary sentences hold none. Does not know: plans.

use super::*;
use crate::person::{Name, Script};

fn person(n: u8, names: &[(Script, &str)]) -> Person {
    Person {
        id: PersonId([n; 32]),
        names: names.iter().map(|(script, text)| Name { script: *script, text: (*text).to_owned() }).collect(),
        role: String::new(),
        protected: true,
        red: false,
        note: None,
        relation: None,
    }
}

fn lin() -> Person {
    person(1, &[(Script::Han, "林慕川"), (Script::Pinyin, "Lin Muchuan"), (Script::Passport, "LIN MUCHUAN")])
}

fn found(p: &Person, text: &str) -> Vec<(String, Sure)> {
    NameFinder::new([p])
        .find([text])
        .into_iter()
        .map(|o| (text.chars().skip(o.at).take(o.chars).collect(), o.sure))
        .collect()
}

#[test]
fn han_name_is_found_exact_in_part_and_by_sound() {
    let p = lin();
    assert_eq!(found(&p, "请林慕川听电话"), [("林慕川".to_owned(), Sure::Exact)]);
    assert_eq!(found(&p, "慕川,你听我说"), [("慕川".to_owned(), Sure::Part)]);
    assert_eq!(found(&p, "他叫临木川吧"), [("临木川".to_owned(), Sure::Sounds)]);
    assert_eq!(found(&p, "老林和林总都来了").iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["老林", "林总"]);
    assert_eq!(found(&p, "樹林裏有人"), []);
}

#[test]
fn a_surname_misheard_before_a_whole_title_is_offered() {
    let p = lin();
    assert_eq!(found(&p, "這不重要臨先生"), [("臨先生".to_owned(), Sure::Sounds)]);
    assert_eq!(found(&p, "淋律师,您好"), [("淋律师".to_owned(), Sure::Sounds)]);
    assert_eq!(found(&p, "林先生"), [("林先生".to_owned(), Sure::Part)]);
    // A title of one character beside a homophone says too little.
    assert_eq!(found(&p, "临总有一天"), []);
}

#[test]
fn pinyin_is_found_in_any_spacing_and_order() {
    let p = lin();
    for text in ["Lin Muchuan", "LIN Mu-chuan", "muchuan lin", "Lin Mu Chuan", "linmuchuan", "Lín Mùchuān"] {
        assert_eq!(found(&p, &format!("so {text}, hello")), [(text.to_owned(), Sure::Exact)], "{text}");
    }
    assert_eq!(found(&p, "dear Muchuan!"), [("Muchuan".to_owned(), Sure::Part)]);
    assert_eq!(found(&p, "Mr Lin said"), [("Lin".to_owned(), Sure::Part)]);
}

#[test]
fn a_nickname_in_han_is_found_exact_and_by_sound() {
    let p = person(3, &[(Script::Passport, "TANG YUANSHAN"), (Script::Other, "老唐")]);
    assert_eq!(found(&p, "喂,老唐,是我"), [("老唐".to_owned(), Sure::Exact)]);
    assert_eq!(found(&p, "微老堂是我"), [("老堂".to_owned(), Sure::Sounds)]);
}

#[test]
fn latin_name_misheard_is_offered() {
    let p = person(2, &[(Script::Passport, "Henri Beaumont")]);
    assert_eq!(found(&p, "je parle à monsieur Bomon demain"), [("Bomon".to_owned(), Sure::Near)]);
    assert_eq!(found(&p, "Henri BEAUMONT, né en 1960"), [("Henri BEAUMONT".to_owned(), Sure::Exact)]);
    assert_eq!(found(&lin(), "this is Lynn Moo Chwan speaking").first().map(|f| f.1), Some(Sure::Near));
}

#[test]
fn ordinary_sentences_hold_no_name() {
    let p = lin();
    for text in ["The line was cut and we waited.", "今天天气很好,我们去公园。", "La ligne a été coupée hier soir."]
    {
        assert_eq!(found(&p, text), [], "{text}");
    }
}

#[test]
fn two_people_in_one_passage_are_told_apart() {
    let (a, b) = (lin(), person(2, &[(Script::Passport, "Henri Beaumont")]));
    let hits = NameFinder::new([&a, &b]).find(["nothing", "Beaumont met Lin Muchuan"]);
    let got: Vec<_> = hits.iter().map(|o| (o.passage, o.at, o.person)).collect();
    assert_eq!(got, [(1, 0, b.id), (1, 13, a.id)]);
}

proptest::proptest! {
    /// Whatever the text, ranges lie inside it and never overlap for one person.
    #[test]
    fn ranges_are_sound(text in "\\PC{0,60}") {
        let p = lin();
        let n = text.chars().count();
        let mut last = 0;
        for o in NameFinder::new([&p]).find([text.as_str()]) {
            proptest::prop_assert!(o.at >= last && o.chars > 0 && o.end() <= n);
            last = o.end();
        }
    }

    /// A Han name planted anywhere is found.
    #[test]
    fn planted_name_is_found(before in "\\PC{0,20}", after in "\\PC{0,20}") {
        let text = format!("{before}林慕川{after}");
        let at = before.chars().count();
        let hits = NameFinder::new([&lin()]).find([text.as_str()]);
        proptest::prop_assert!(hits.iter().any(|o| o.at <= at && o.end() >= at + 3));
    }
}

#[test]
fn r003_a_han_name_brings_its_pinyin_whoever_shares_the_surname() {
    let sister = person(4, &[(Script::Other, "Marina Tang"), (Script::Han, "唐明月")]);
    assert_eq!(found(&sister, "in the name TANG MINGYUE"), [("TANG MINGYUE".to_owned(), Sure::Exact)]);
    assert_eq!(found(&sister, "dear Mingyue,"), [("Mingyue".to_owned(), Sure::Part)]);
    assert_eq!(found(&sister, "Míng yuè"), [("Míng yuè".to_owned(), Sure::Part)]);
    let lv = person(5, &[(Script::Han, "吕慧")]);
    for text in ["Lü Hui", "LYU HUI", "LV HUI", "Lu Hui"] {
        assert_eq!(found(&lv, text).first().map(|f| f.1), Some(Sure::Exact), "{text}");
    }
    assert_eq!(found(&sister, "唐家门口")[0], ("唐家".to_owned(), Sure::Part));
}
