//! What of a text stays open, kind by kind, and that no name is left in what is drawn by rule.
//!
//! Keeps: invented people and texts. Does not know: the vault.

use super::*;
use casemate_carve::{Hint, Layout};
use casemate_case::person::{Name, PersonId, Script};
use std::io::Cursor;

fn man() -> Person {
    let names = [(Script::Han, "林慕川"), (Script::Passport, "LIN MUCHUAN"), (Script::Other, "Léonie Vasseur")];
    Person {
        id: PersonId([1; 32]),
        names: names.iter().map(|(script, t)| Name { script: *script, text: (*t).into() }).collect(),
        role: String::new(),
        protected: true,
        red: false,
        note: None,
        relation: None,
    }
}

/// The pieces of a file: what is open as it stands, `None` for what is hidden.
fn open(file: &[u8], hint: Hint, is_mail: bool, struck: &[&str]) -> Result<Vec<Option<String>>, Stays> {
    let (mut source, man) = (Cursor::new(file), man());
    let layout = Layout::scan(&mut source, file.len() as u64, hint).unwrap();
    assert_eq!(layout.profile().hint(), Some(hint));
    let mut payloads = Vec::new();
    let packets = layout.shape().packets();
    layout
        .for_each_leaf::<_, BundleError, _>(&mut source, |index, _, payload| {
            payloads.extend(packets.contains(&index).then(|| payload.to_vec()));
            Ok(())
        })
        .unwrap();
    let forbidden = Forbidden::names_of([&man]);
    let ask = Ask {
        is_mail,
        encoding: Some("GB18030"),
        people: vec![&man],
        forbidden: &forbidden,
        struck: struck.iter().map(|w| (*w).to_owned()).collect(),
        identifiers: true,
        harmless: BTreeSet::from(["clerk@example.org".to_owned()]),
    };
    let runs = judged(layout.profile(), &payloads, &ask)?;
    let shown = (0u64..).zip(&payloads).map(|(at, payload)| {
        let hidden = runs.iter().any(|run| run.contains(at));
        (!hidden).then(|| String::from_utf8_lossy(payload).into_owned())
    });
    Ok(shown.collect())
}

fn lines(file: &str, struck: &[&str]) -> Vec<Option<String>> {
    open(file.as_bytes(), Hint::Lines, false, struck).unwrap()
}

fn is_open(pieces: &[Option<String>]) -> String {
    pieces.iter().map(|piece| if piece.is_some() { '+' } else { '-' }).collect()
}

#[test]
fn a_line_is_hidden_however_the_name_is_written_in_it() {
    let file = "one\nLin Mu-chuan came\nfull: Mu\nchuan Lin\n\\u6797\\u6155\\u5ddd\n&#26519;&#x6155;&#24029;\n%E6%9E%97%E6%85%95%E5%B7%9D\n=E6=9E=97=E6=85=95=E5=B7=9D\n5p6X5oWV5bed\nL&eacute;onie Vasseur\nVASSEUR Leonie\ntwo\n";
    assert_eq!(is_open(&lines(file, &[])), "+----------+");
    assert_eq!(is_open(&lines("a\nthe red car\nthe red\ncar\nb\n", &["red car"])), "+---+");
    assert_eq!(
        open(b"a\nthe red car\n", Hint::Lines, false, &["red car", "red car"]),
        Err(Stays::NotPlaced { places: 1 })
    );
    assert_eq!(
        is_open(&lines(
            "a\nsha256 0123456789abcdef0123456789abcdef\ncall +33 6 12 34 56 78\n----------------------------------------\n",
            &[]
        )),
        "+--+"
    );
    let (gb, _, _) = encoding_rs::GB18030.encode("他叫林慕川。\n再见\n");
    assert_eq!(is_open(&open(&gb, Hint::Lines, false, &[]).unwrap()), "-+");
}

#[test]
fn what_is_left_open_says_no_name_together() {
    let table = "family,x,given\nLin,Muchuan,came\nLin,Vasseur,Muchuan\nWest,Ann,wrote\n";
    let cells = open(table.as_bytes(), Hint::Csv, false, &[]).unwrap();
    let shown: Vec<&str> = cells.iter().flatten().map(String::as_str).collect();
    assert!(!shown.join(" ").contains("Muchuan") && shown.ends_with(&["West", "Ann", "wrote"]), "{shown:?}");
    let quoted = open(b"a,\"L\"\"i n\",b\n\"Lin\n Muchuan\",c,d\n", Hint::Csv, false, &["L\"i n"]).unwrap();
    assert_eq!(is_open(&quoted), "+-+-++");
}

#[test]
fn strings_of_json_are_read_without_their_escapes() {
    let file = r#"{"from":"\u6797\u6155\u5ddd","text":["see ",{"b":"L\u0069n"}," Muchuan"],"n":12,"text_length":9,"sha1":"aabb","end":"x\ud800","ok":"fine"}"#;
    let pieces = open(file.as_bytes(), Hint::Spans(Syntax::Json), false, &[]).unwrap();
    let shown: String = pieces.iter().map(|piece| piece.as_deref().unwrap_or("█")).collect();
    let want = r#"{"from":█,"text":["see ",{"b":███],"n":12,"text_length"█"sha1":█,"end":█,"ok":"fine"}"#;
    assert_eq!(shown, want);
}

#[test]
fn of_a_page_text_is_open_and_tags_that_are_only_tags() {
    let file = "<!DOCTYPE html><html><head><title>A seal</title><style>.lin{}</style></head><body class=\"Muchuan\">\
        <p>come <b>Lin</b>\n<i>Muchuan</i> home</p><!-- Lin <p>Muchuan</p> --><script>a<b>c</script>\
        <p title=\"a>b\">said</p><p>&#76;in&#32;M&uuml;chuan &unknown; x</p><p>&eacute;t&eacute;</p><my-tag>end";
    let pieces = open(file.as_bytes(), Hint::Spans(Syntax::Html), false, &[]).unwrap();
    let shown: String = pieces.iter().map(|piece| piece.as_deref().unwrap_or("█")).collect();
    let want = "<!DOCTYPE html><html><head><title>A seal</title>███</head>█<p>come <b>█</b>█<i>█</i> home</p>██";
    assert!(shown.starts_with(want), "{shown}");
    assert!(shown.ends_with("<p>█</p><p>&eacute;t&eacute;</p>█end"), "{shown}");
}

const MAIL: &str = "Received: from x (Lin Muchuan)\r\nFrom: =?utf-8?B?5p6X5oWV?=\r\n =?utf-8?B?5bed?= <a@b.c>\r\n\
    To: Clerk <clerk@example.org>\r\nSubject: =?utf-8?Q?=C3=A9t=C3=A9?=\r\nDate: Tue, 5 Mar 2024 09:10:11 +0800\r\n\
    Content-Type: multipart/mixed;\r\n boundary=\"=x\"\r\n\r\npreamble\r\n--=x\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    Come to =E6=9E=97=E6=85=\r\n=95=E5=B7=9D now.\r\nA quiet ev=\r\nening, =C3=A9t=C3=A9.\r\n\
    --=x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nTGluIE11\r\nY2h1YW4=\r\n--=x\r\n\
    Content-Type: text/html\r\n\r\n<p>the r<b>ed</b> car</p>\r\n--=x\r\n\r\nLin\r\nMuchuan\r\nbye\r\n--=x--\r\nepilogue\r\n";

#[test]
fn of_a_mail_a_few_fields_and_its_plain_bodies_are_open() {
    let pieces = open(MAIL.as_bytes(), Hint::Lines, true, &["red car"]).unwrap();
    let shown: Vec<&str> = pieces.iter().flatten().map(|line| line.trim_end()).collect();
    let want = [
        "To: Clerk <clerk@example.org>",
        "Subject: =?utf-8?Q?=C3=A9t=C3=A9?=",
        "Date: Tue, 5 Mar 2024 09:10:11 +0800",
        "",
        "",
        "A quiet ev=",
        "ening, =C3=A9t=C3=A9.",
        "",
        "",
        "",
        "bye",
    ];
    assert_eq!(shown, want);
    assert_eq!(open(MAIL.as_bytes(), Hint::Lines, true, &["blue car"]), Err(Stays::NotPlaced { places: 1 }));
    assert_eq!(open(b"no mail\nat all\n", Hint::Lines, true, &[]), Err(Stays::NothingOpen));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 400, ..Default::default() })]

    /// Whatever a file is: nothing panics, and no written form of the name is left in what is open.
    #[test]
    fn no_name_is_left(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..24), kind in 0usize..5) {
        let file: String = parts.concat();
        let (hint, is_mail) = [
            (Hint::Lines, false),
            (Hint::Lines, true),
            (Hint::Csv, false),
            (Hint::Spans(Syntax::Json), false),
            (Hint::Spans(Syntax::Html), false),
        ][kind];
        let layout = Layout::scan(&mut Cursor::new(&file), file.len() as u64, hint).unwrap();
        if layout.profile().hint() == Some(hint) && let Ok(pieces) = open(file.as_bytes(), hint, is_mail, &[]) {
            let open: String = pieces.into_iter().flatten().collect();
            let forbidden = Forbidden::names_of([&man()]);
            for text in [open.clone(), undone(&open), squeezed(&open)] {
                proptest::prop_assert_eq!(forbidden.find(text.as_bytes()), None, "{}", open);
            }
        }
    }
}

const PARTS: &[&str] = &[
    "Lin",
    " ",
    "Muchuan",
    "林",
    "慕川",
    "\\u6797",
    "\\u6155\\u5ddd",
    "&#26519;",
    "&#x6155;&#24029;",
    "<b>",
    "</b>",
    "<p title=\"",
    "\">",
    "<!-- ",
    " -->",
    "<script>",
    "</script>",
    "\"",
    "\",\"",
    "{\"a\":\"",
    "\"}",
    "\n",
    "=\n",
    "\n\n",
    "Subject: ",
    "From: a\n",
    "=E6=9E=97",
    "=E6=85=95=E5=B7=9D",
    "Content-Type: text/plain\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    ",",
    ";",
    "Leonie Vasseur",
    "=?utf-8?B?5p6X5oWV5bed?=",
    "word",
    "5p6X5oWV5bed",
    "%E6%9E%97%E6%85%95%E5%B7%9D",
    "&",
    "<",
    ">",
    "\\",
    "begin 644 x\n",
];
