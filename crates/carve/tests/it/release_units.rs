//! The leaves of a release layer by hand: one spelling each, each limit met exactly, each rule broken alone; and every word
//! that a reading aloud adds.
use casemate_carve::locator::TimeRange;
use casemate_carve::release::*;
use casemate_carve::{CarveError, Leaf, Profile, Shape};

fn head(title: usize, sources: usize, statement: usize, language: usize) -> Unit {
    Unit::Head(Head {
        title: "t".repeat(title),
        made_from: vec![SealNumber([0xab; 8]); sources],
        statement: "s".repeat(statement),
        language: "l".repeat(language),
    })
}

fn segment(place: Place, speaker: Option<usize>) -> Unit {
    Unit::Segment { place, speaker: speaker.map(|len| "a".repeat(len)) }
}

fn label(label: &str, reason: &str) -> Unit {
    Unit::Label { label: label.into(), reason: reason.into() }
}

fn words(len: usize) -> [Unit; 2] {
    [Unit::Text("x".repeat(len)), Unit::Withheld("x".repeat(len))]
}

#[test]
fn units_keep_their_limits() {
    let time = |start_s, end_s| Place::Time { start_s, end_s };
    let lines = |first, last| Place::Lines { first, last };
    let good = [
        head(0, 0, 0, 0),
        head(1_024, 0, 0, 0),
        head(0, 256, 0, 0),
        head(0, 0, 16_384, 0),
        head(0, 0, 0, 35),
        segment(Place::Untold, None),
        segment(Place::Untold, Some(0)),
        segment(Place::Untold, Some(256)),
        segment(time(0, 1), None),
        segment(lines(1, 1), None),
        segment(lines(1, 2), None),
        segment(Place::Message(1), None),
        segment(Place::Row(1), None),
        segment(Place::Page(1), None),
        label("", "a"),
        label(&"b".repeat(128), "a"),
        label("B (乙)", &"r".repeat(64)),
        label("", "az09-."),
    ];
    let bad = [
        head(1_025, 0, 0, 0),
        head(1_026, 0, 0, 0),
        head(0, 257, 0, 0),
        head(0, 258, 0, 0),
        head(0, 0, 16_385, 0),
        head(0, 0, 16_386, 0),
        head(0, 0, 0, 36),
        head(0, 0, 0, 37),
        segment(Place::Untold, Some(257)),
        segment(Place::Untold, Some(258)),
        segment(time(1, 1), None),
        segment(time(2, 1), None),
        segment(lines(0, 1), None),
        segment(lines(0, 0), None),
        segment(lines(3, 2), None),
        segment(Place::Message(0), None),
        segment(Place::Row(0), None),
        segment(Place::Page(0), None),
        label(&"b".repeat(129), "a"),
        label(&"b".repeat(130), "a"),
        label("a\nb", "a"),
        label("a\u{7f}", "a"),
        label("[a", "a"),
        label("a]", "a"),
        label("a", ""),
        label("a", &"r".repeat(65)),
        label("a", &"r".repeat(66)),
        label("a", "A"),
        label("a", "a b"),
        label("a", "a_b"),
        label("a", "é"),
    ];
    for unit in good.into_iter().chain(words(1)).chain(words(1 << 20)) {
        let payload = unit.encode().unwrap();
        assert!(Unit::decode(&payload).unwrap() == unit);
    }
    for unit in bad.into_iter().chain(words(0)).chain(words((1 << 20) + 1)).chain(words((1 << 20) + 2)) {
        assert!(matches!(unit.encode(), Err(CarveError::BadRelease { .. })), "{:.200}", format!("{unit:?}"));
    }
}

#[test]
fn units_have_the_spelling_of_the_format() {
    // {0: kind, …}: 0 head, 1 segment, 2 text, 3 label, 4 withheld (docs/format/profiles.md), in deterministic CBOR.
    let kind = |kind: u8, keys: u8, rest: &[u8]| [&[0xa0 + keys, 0, kind][..], rest].concat();
    let number = [&[0x48][..], &[0xab; 8]].concat();
    for (unit, expected) in [
        (
            head(1, 1, 1, 1),
            kind(0, 6, &[&[1, 1, 2, 0x61, b't', 3, 0x81][..], &number, &[4, 0x61, b's', 5, 0x61, b'l']].concat()),
        ),
        (segment(Place::Untold, None), kind(1, 2, &[1, 0x81, 0])),
        (segment(Place::Time { start_s: 3, end_s: 9 }, Some(1)), kind(1, 3, &[1, 0x83, 1, 3, 9, 2, 0x61, b'a'])),
        (segment(Place::Lines { first: 3, last: 9 }, None), kind(1, 2, &[1, 0x83, 2, 3, 9])),
        (segment(Place::Message(7), None), kind(1, 2, &[1, 0x82, 3, 7])),
        (segment(Place::Row(7), None), kind(1, 2, &[1, 0x82, 4, 7])),
        (segment(Place::Page(7), None), kind(1, 2, &[1, 0x82, 5, 7])),
        (Unit::Text("x".into()), kind(2, 2, &[1, 0x61, b'x'])),
        (label("b", "c"), kind(3, 3, &[1, 0x61, b'b', 2, 0x61, b'c'])),
        (Unit::Withheld("x".into()), kind(4, 2, &[1, 0x61, b'x'])),
    ] {
        assert_eq!(unit.encode().unwrap(), expected, "{unit:?}");
        assert_eq!(Unit::decode(&expected).unwrap(), unit);
        for cut in 0..expected.len() {
            assert!(Unit::decode(&expected[..cut]).is_err(), "{unit:?} cut at {cut}");
        }
        for (at, wrong) in [(0, expected[0] + 1), (0, expected[0] - 1), (1, 1), (2, 5), (3, 9)] {
            let mut other = expected.clone();
            other[at] = wrong;
            assert!(Unit::decode(&other).is_err(), "{unit:?}: {wrong} at {at}");
        }
    }
    for (what, payload) in [
        ("a head of another version", kind(0, 6, &[1, 2, 2, 0x60, 3, 0x80, 4, 0x60, 5, 0x60])),
        ("a place of two numbers with one", kind(1, 2, &[1, 0x82, 1, 3])),
        ("a place of one number with two", kind(1, 2, &[1, 0x83, 3, 3, 9])),
        ("a place of no kind", kind(1, 2, &[1, 0x82, 6, 3])),
        (
            "a seal number of seven bytes",
            kind(0, 6, &[&[1, 1, 2, 0x60, 3, 0x81, 0x47][..], &[0; 7], &[4, 0x60, 5, 0x60]].concat()),
        ),
    ] {
        assert!(matches!(Unit::decode(&payload), Err(CarveError::BadRelease { .. })), "{what}");
    }
    assert_eq!(SealNumber([0, 1, 0xa, 0xff, 0x10, 5, 6, 7]).to_string(), "00010aff10050607");
}

#[test]
fn a_time_is_told_in_whole_seconds_outward() {
    for (start, end, start_s, end_s) in
        [(0, 0, 0, 1), (999, 1_000, 0, 1), (1_000, 1_001, 1, 2), (2_000, 2_000, 2, 3), (1_999, 2_001, 1, 3)]
    {
        assert_eq!(Place::time(TimeRange::new(start, end).unwrap()), Place::Time { start_s, end_s }, "{start} {end}");
    }
}

/// A text layer of these segments, read aloud with these leaves hidden.
fn aloud(segments: Vec<Segment>, hidden: &[usize]) -> String {
    let about = Head { title: "T".into(), made_from: vec![], statement: "S".into(), language: "fr-FR".into() };
    let mut builder = ReleaseBuilder::new(ReleaseKind::Text, about).unwrap();
    segments.into_iter().for_each(|segment| builder.segment(segment).unwrap());
    let release = builder.finish().unwrap();
    assert_eq!(release.shape.profile(), Profile::ReleaseText);
    let leaves = release.payloads.iter().enumerate().map(|(index, payload)| {
        if hidden.contains(&index) { Leaf::Hidden { leaves: 1, ticks: 1 } } else { Leaf::Open(payload) }
    });
    let mut out = Vec::new();
    render_text(release.shape, leaves, &mut out).unwrap();
    String::from_utf8(out).unwrap().strip_prefix("T\nS\n").unwrap().to_owned()
}

fn open(text: &str) -> Span {
    Span { text: text.into(), protect: None }
}

fn hide(text: &str, label: &str, reason: &str) -> Span {
    Span { text: text.into(), protect: Some(Protection { label: label.into(), reason: reason.into() }) }
}

#[test]
fn each_place_is_read_in_its_words() {
    let said = |place| aloud(vec![Segment { place, speaker: None, spans: vec![open("x")] }], &[]);
    for (place, expected) in [
        (Place::Untold, "\nx\n"),
        (Place::Time { start_s: 59, end_s: 61 }, "\n[00:00:59–00:01:01] x\n"),
        (Place::Time { start_s: 3_599, end_s: 36_610 }, "\n[00:59:59–10:10:10] x\n"),
        (Place::Lines { first: 3, last: 3 }, "\n[l. 3] x\n"),
        (Place::Lines { first: 3, last: 5 }, "\n[l. 3–5] x\n"),
        (Place::Message(4), "\n[n° 4] x\n"),
        (Place::Row(5), "\n[n° 5] x\n"),
        (Place::Page(6), "\n[p. 6] x\n"),
    ] {
        assert_eq!(said(place), expected);
    }
    let text = |text: &str| {
        aloud(vec![Segment { place: Place::Untold, speaker: Some("A\tB".into()), spans: vec![open(text)] }], &[])
    };
    // Marks of direction go, whatever steers a line becomes a space; their neighbours stay.
    let marks = "a\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}b\u{200d}\u{2010}\u{2029}\u{2028}\u{202f}\u{2065}\u{206a}\n\u{85}c";
    assert_eq!(text(marks), "\nA B: ab\u{200d}\u{2010}  \u{202f}\u{2065}\u{206a}  c\n");
}

#[test]
fn spans_are_joined_where_they_tell_how_many() {
    let protected = |spans: Vec<Span>| {
        let about = Head { title: String::new(), made_from: vec![], statement: String::new(), language: String::new() };
        let mut builder = ReleaseBuilder::new(ReleaseKind::Text, about).unwrap();
        builder.segment(Segment { place: Place::Untold, speaker: None, spans }).unwrap();
        let units = builder.finish().unwrap().payloads.split_off(2);
        units
            .iter()
            .map(|unit| Unit::decode(unit).unwrap())
            .filter(|unit| !matches!(unit, Unit::Label { .. }))
            .collect::<Vec<_>>()
    };
    let (seen, gone) = (|text: &str| Unit::Text(text.into()), |text: &str| Unit::Withheld(text.into()));
    let b = |text: &str| hide(text, "B", "r");
    for (spans, expected) in [
        (vec![open("a"), open(""), open("b")], vec![seen("ab")]),
        (vec![b("a"), b("b")], vec![gone("ab")]),
        (vec![b("a"), open(" \t"), b("b"), open(" "), b("c")], vec![gone("a \tb c")]),
        (vec![b("a"), open(" "), open("\n"), b("b")], vec![gone("a \nb")]),
        (vec![b("a"), open("-"), b("b")], vec![gone("a"), seen("-"), gone("b")]),
        (vec![b("a"), open(" "), open("x"), b("b")], vec![gone("a"), seen(" x"), gone("b")]),
        (vec![b("a"), open(" "), hide("b", "C", "r")], vec![gone("a"), seen(" "), gone("b")]),
        (vec![b("a"), open(" "), hide("b", "B", "s")], vec![gone("a"), seen(" "), gone("b")]),
        (vec![b("a"), open(" "), open("b")], vec![gone("a"), seen(" b")]),
        (vec![open(" "), b("a")], vec![seen(" "), gone("a")]),
        (vec![open("x"), open(" "), b("a")], vec![seen("x "), gone("a")]),
    ] {
        assert_eq!(protected(spans.clone()), expected, "{spans:?}");
    }
}

#[test]
fn leaves_are_read_in_their_order_and_no_other() {
    let leaf = |unit: Unit| unit.encode().unwrap();
    let (top, begin, text, mark, gone) = (
        leaf(head(1, 0, 1, 0)),
        leaf(segment(Place::Untold, None)),
        leaf(Unit::Text("x".into())),
        leaf(label("B", "r")),
        leaf(Unit::Withheld("y".into())),
    );
    let (top, begin, text, mark, gone) =
        (Leaf::Open(&top), Leaf::Open(&begin), Leaf::Open(&text), Leaf::Open(&mark), Leaf::Open(&gone));
    let hidden = |leaves| Leaf::Hidden { leaves, ticks: leaves };
    for (leaves, count, expected) in [
        (vec![top], 1, Some("t\ns\n\n")),
        (vec![top, begin, text], 3, Some("t\ns\n\nx\n")),
        (vec![top, begin, mark, gone], 4, Some("t\ns\n\ny\n")),
        (vec![top, begin, mark, hidden(1)], 4, Some("t\ns\n\n[B]\n")),
        (vec![top, begin, mark, hidden(2), text], 6, Some("t\ns\n\n[B][withheld]x\n")),
        (vec![top, begin, mark, hidden(1), hidden(1), hidden(3), text], 9, Some("t\ns\n\n[B][withheld]x\n")),
        (vec![hidden(1), begin, text], 3, Some("[withheld]\nx\n")),
        (vec![hidden(1), mark, hidden(1), hidden(1)], 4, Some("[withheld][B][withheld]\n")),
        (vec![hidden(1), text, hidden(1)], 3, Some("[withheld]x[withheld]\n")),
        (vec![top, top], 2, None),
        (vec![begin, text], 2, None),
        (vec![text], 1, None),
        (vec![mark, gone], 2, None),
        (vec![gone], 1, None),
        (vec![hidden(1), top], 2, None),
        (vec![top, gone], 2, None),
        (vec![top, mark, text], 3, None),
        (vec![top, mark, begin], 3, None),
        (vec![top, mark, mark, gone], 4, None),
        (vec![top, mark], 2, None),
        (vec![top, text], 3, None),
        (vec![top, text], 1, None),
        (vec![top, hidden(0), text], 2, None),
        (vec![top, Leaf::Hidden { leaves: 1, ticks: 2 }], 2, None),
    ] {
        let shape = Shape::of_ticks(Profile::ReleaseText, count).unwrap();
        let mut out = Vec::new();
        let read = render_text(shape, leaves.iter().copied(), &mut out);
        assert_eq!(read.ok().map(|()| String::from_utf8(out).unwrap()).as_deref(), expected, "{leaves:?}");
    }
}

#[test]
fn cues_and_notes_are_apart() {
    let [top, blank] = [("T", "S"), (" ", "")].map(|(title, statement)| {
        let about =
            Head { title: title.into(), made_from: vec![], statement: statement.into(), language: String::new() };
        Unit::Head(about).encode().unwrap()
    });
    let cue = segment(Place::Time { start_s: 1, end_s: 2 }, None).encode().unwrap();
    let text = Unit::Text("x".into()).encode().unwrap();
    let untold = segment(Place::Untold, None).encode().unwrap();
    let (top, blank, cue, text, untold) =
        (Leaf::Open(&top), Leaf::Open(&blank), Leaf::Open(&cue), Leaf::Open(&text), Leaf::Open(&untold));
    for (leaves, expected) in [
        (vec![top], Some("WEBVTT\n\nNOTE\nT\nS\n")),
        (vec![blank], Some("WEBVTT\n\nNOTE\n")),
        (vec![top, text, cue, text], Some("WEBVTT\n\nNOTE\nT\nS\n\nNOTE\nx\n\n00:00:01.000 --> 00:00:02.000\nx\n")),
        (vec![top, cue, text, text], Some("WEBVTT\n\nNOTE\nT\nS\n\n00:00:01.000 --> 00:00:02.000\nxx\n")),
        (vec![top, untold], None),
    ] {
        let shape = Shape::of_ticks(Profile::ReleaseTranscript, leaves.len() as u64).unwrap();
        let mut out = Vec::new();
        let read = render_vtt(shape, leaves.iter().copied(), &mut out);
        assert_eq!(read.ok().map(|()| String::from_utf8(out).unwrap()).as_deref(), expected, "{leaves:?}");
    }
    let text_layer = Shape::of_ticks(Profile::ReleaseText, 1).unwrap();
    assert!(matches!(render_vtt(text_layer, [top], &mut Vec::new()), Err(CarveError::NotApplicable { .. })));
}

#[test]
fn a_layer_has_at_most_2_to_the_22_leaves() {
    let about = Head { title: String::new(), made_from: vec![], statement: String::new(), language: String::new() };
    let mut builder = ReleaseBuilder::new(ReleaseKind::Text, about).unwrap();
    let mut segment = || builder.segment(Segment { place: Place::Untold, speaker: None, spans: Vec::new() });
    (1..1 << 22).for_each(|_| segment().unwrap());
    assert!(matches!(segment(), Err(CarveError::Limit { name: "MAX_RELEASE_LEAVES", limit: 4_194_304 })));
    assert_eq!(builder.finish().unwrap().shape.leaf_count(), 4_194_304);
}
