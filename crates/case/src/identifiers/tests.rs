//! What is found, as people write it, and what is left.

use super::*;

fn found(text: &str) -> Vec<(String, &'static str)> {
    let words = |i: &Identifier| text.chars().skip(i.at).take(i.chars).collect();
    identifiers([text]).iter().map(|i| (words(i), i.kind.word())).collect()
}

fn one(text: &str, want: &str, kind: IdentifierKind) {
    assert_eq!(found(text), [(want.to_owned(), kind.word())], "{text}");
}

#[test]
fn every_rule_is_an_expression() {
    assert_eq!(rules::count(), 31);
}

#[test]
fn telephones_as_people_write_them() {
    for (text, want) in [
        ("Ring +33 6 12 34 56 78 tonight", "+33 6 12 34 56 78"),
        ("Appelez le 06.12.34.56.78.", "06.12.34.56.78"),
        ("打我手机13812345678，别打座机", "13812345678"),
        ("my number: (212) 555-0147", "(212) 555-0147"),
        ("电话：010-62345678", "010-62345678"),
        ("phone is 4471 9620", "4471 9620"),
        ("from 0086 138 1234 5678 again", "0086 138 1234 5678"),
        ("写成１３８１２３４５６７８", "１３８１２３４５６７８"),
    ] {
        one(text, want, IdentifierKind::Phone);
    }
}

#[test]
fn telephones_as_they_are_said() {
    one("我的号码是幺三八零零一二三四五六你记一下", "幺三八零零一二三四五六", IdentifierKind::Phone);
    one("call six one five, five oh one two now", "six one five, five oh one two", IdentifierKind::Phone);
    one(
        "au zéro six douze trente-quatre cinquante-six dix",
        "zéro six douze trente-quatre cinquante-six dix",
        IdentifierKind::Phone,
    );
}

#[test]
fn documents() {
    for (text, want) in [
        ("Passport No. E12345678, issued", "E12345678"),
        ("护照号码：EA1234567", "EA1234567"),
        ("son passeport 12AB34567 est", "12AB34567"),
        ("身份证 11010519491231002X", "11010519491231002X"),
        ("n° de sécurité sociale 1 85 05 78 006 084 91", "1 85 05 78 006 084 91"),
        ("SSN 078-05-1120", "078-05-1120"),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
        ("L898902C36UTO7408122F1204159ZE184226B<<<<<10", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
        ("his identity card number is 4471 9620", "4471 9620"),
    ] {
        one(text, want, IdentifierKind::Document);
    }
}

#[test]
fn accounts_and_cards() {
    for (text, want) in [
        ("to FR76 3000 6000 0112 3456 7890 189 by noon", "FR76 3000 6000 0112 3456 7890 189"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("账号：6222 0200 1234", "6222 0200 1234"),
        ("le compte n° 00123456", "00123456"),
    ] {
        one(text, want, IdentifierKind::Account);
    }
    assert_eq!(found("FR76 3000 6000 0112 3456 7890 188"), [], "a wrong check sum");
}

#[test]
fn mail_and_networks() {
    one("write to h.lin@example.org.", "h.lin@example.org", IdentifierKind::Email);
    one("微信号：lin_mc88", "lin_mc88", IdentifierKind::Handle);
    one("ask @quiet_river today", "@quiet_river", IdentifierKind::Handle);
    one("wxid_a8b7c6", "wxid_a8b7c6", IdentifierKind::Handle);
}

#[test]
fn births() {
    for (text, want) in [
        ("born on 3 March 1971 in", "3 March 1971"),
        ("née le 12/04/1988 à Lyon", "12/04/1988"),
        ("né le 1er avril 1971", "1er avril 1971"),
        ("Date of birth: 1971-03-03", "1971-03-03"),
        ("出生日期：1971年3月3日", "1971年3月3日"),
        ("Date of birth\n9 September 1976", "9 September 1976"),
    ] {
        one(text, want, IdentifierKind::BirthDate);
    }
    assert_eq!(found("1971年3月3日出生").first().map(|f| f.1), Some("birth-date"));
}

#[test]
fn places() {
    for (text, want) in [
        ("She lives at 14 Mulberry Street now", "14 Mulberry Street"),
        ("au 12 bis, rue de la Paix", "12 bis, rue de la Paix"),
        ("她住在云港市河东区长青路88号3单元502室。", "云港市河东区长青路88号3单元502室"),
        ("48.85661, 2.35222", "48.85661, 2.35222"),
    ] {
        one(text, want, IdentifierKind::Address);
    }
}

#[test]
fn what_is_nobodys_is_left() {
    for text in [
        "On 12 March 2021 the court heard case 21/04567 under Article 6 of the European Court.",
        "2021-03-04 10:20:30 and 2019-2020, 1,250,000 euros, 100.00 %",
        "The account for 2019-2020 was closed.",
        "他在二〇二一年三月四日说了三次，一共十二万元。",
        "one two three, go",
        "exhibit 12, page 4, lines 10-25; rooms 4 and 5",
        "{\"@type\": \"mobile-account-facet-d0748846-14d8\"}",
        "SHA-256 3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn overlapping_finds_are_one_and_places_are_counted_in_characters() {
    let all = identifiers(["无", "护照 E12345678，电话 E12345678"]);
    assert_eq!(all.iter().map(|i| (i.passage, i.at, i.chars)).collect::<Vec<_>>(), [(1, 3, 9), (1, 16, 9)]);
}

/// A form has its labels in passages of their own, and so may a chat.
#[test]
fn a_label_tells_what_the_next_passage_is() {
    let told = |passages: &[&str]| {
        let words = |i: &Identifier| passages[i.passage].chars().skip(i.at).take(i.chars).collect::<String>();
        identifiers(passages.iter().copied()).iter().map(|i| (i.passage, words(i), i.kind.word())).collect::<Vec<_>>()
    };
    let form =
        ["Date of birth", "9 September 1976", "出生日期：", "1971年3月3日", "Passport", "X", "Sex", "4 March 1990"];
    assert_eq!(
        told(&form),
        [(1, "9 September 1976".to_owned(), "birth-date"), (3, "1971年3月3日".to_owned(), "birth-date")]
    );
    assert_eq!(told(&["What is your account?", "It is 4471 9620 33."]), [(1, "4471 9620 33".to_owned(), "account")]);
    let long = "I was born in a town that nobody has heard of, by the sea, and left it early";
    assert!(told(&[long, "3 March 1971 was a Wednesday"]).is_empty(), "a sentence is no label");
    assert!(told(&["born 1 May", "3 March 1971"]).iter().all(|(passage, ..)| *passage == 0), "a value is no label");
}
