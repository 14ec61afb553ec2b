//! Release layers: what is withheld is one leaf behind its label, and a rendering never tells its length.
use casemate_carve::locator::TimeRange;
use casemate_carve::release::*;
use casemate_carve::{CarveError, Leaf, Profile, Run, Shape};
use proptest::prelude::*;

fn head(language: &str) -> Head {
    Head {
        title: "Call of 3 May".into(),
        made_from: vec![SealNumber([1, 2, 3, 4, 5, 6, 7, 0xef])],
        statement: "Machine draft, corrected".into(),
        language: language.into(),
    }
}

fn open(text: &str) -> Span {
    Span { text: text.into(), protect: None }
}

fn hide(text: &str, label: &str) -> Span {
    Span { text: text.into(), protect: Some(Protection { label: label.into(), reason: "safety".into() }) }
}

fn segment(start: u64, end: u64, speaker: &str, spans: Vec<Span>) -> Segment {
    let place = Place::time(TimeRange::new(start, end).unwrap());
    Segment { place, speaker: Some(speaker.into()), spans }
}

fn transcript(language: &str, segments: Vec<Segment>) -> Release {
    let mut builder = ReleaseBuilder::new(ReleaseKind::Transcript, head(language)).unwrap();
    for segment in segments {
        builder.segment(segment).unwrap();
    }
    builder.finish().unwrap()
}

/// The leaves with the protected ones hidden.
fn disclosed(release: &Release) -> Vec<Leaf<'_>> {
    release
        .payloads
        .iter()
        .enumerate()
        .map(|(n, payload)| match release.protected.iter().any(|run| run.contains(n as u64)) {
            true => Leaf::Hidden { leaves: 1, ticks: 1 },
            false => Leaf::Open(payload),
        })
        .collect()
}

fn text<'a>(shape: Shape, leaves: impl IntoIterator<Item = Leaf<'a>>) -> Result<String, CarveError> {
    let mut out = Vec::new();
    render_text(shape, leaves, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

fn vtt<'a>(shape: Shape, leaves: impl IntoIterator<Item = Leaf<'a>>) -> Result<String, CarveError> {
    let mut out = Vec::new();
    render_vtt(shape, leaves, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn a_transcript_reads_with_labels() {
    let release = transcript(
        "en",
        vec![
            segment(1_200, 3_001, "H", vec![open("Ask "), hide("Oduya Marenka", "B"), open(" & <co>.")]),
            segment(3_700_000, 3_700_400, "Caller", vec![hide("Selvage Street 4", "")]),
        ],
    );
    assert_eq!(release.shape.profile(), Profile::ReleaseTranscript);
    assert_eq!(release.shape.ticks_total(), release.payloads.len() as u64);
    assert_eq!(release.protected, [Run { start: 4, len: 1 }, Run { start: 8, len: 1 }]);
    assert_eq!(
        text(release.shape, disclosed(&release)).unwrap(),
        "Call of 3 May\nMachine draft, corrected\n← 01020304050607ef\n\n\
         [00:00:01–00:00:04] H: Ask [B] & <co>.\n[01:01:40–01:01:41] Caller: [withheld]\n"
    );
    assert_eq!(
        vtt(release.shape, disclosed(&release)).unwrap(),
        "WEBVTT\n\nNOTE\nCall of 3 May\nMachine draft, corrected\n\n\
         00:00:01.000 --> 00:00:04.000\n<v H>Ask [B] &amp; &lt;co&gt;.\n\n\
         01:01:40.000 --> 01:01:41.000\n<v Caller>[withheld]\n"
    );
    // All open, as in the case itself: the text is there.
    let all = release.payloads.iter().map(|payload| Leaf::Open(payload));
    assert!(text(release.shape, all).unwrap().contains("Ask Oduya Marenka & <co>."));
}

#[test]
fn withheld_is_said_in_the_language() {
    for (language, word) in [("fr", "[occulté]"), ("zh-Hans", "[已隐去]"), ("en-GB", "[withheld]"), ("", "[withheld]")]
    {
        let release = transcript(language, vec![segment(0, 10, "A", vec![hide("x", "")])]);
        assert!(text(release.shape, disclosed(&release)).unwrap().ends_with(&format!("A: {word}\n")));
    }
}

#[test]
fn nothing_of_a_rendering_depends_on_what_is_withheld() {
    let make = |name: &str| {
        let release = transcript(
            "zh",
            vec![segment(0, 900, "H", vec![open("找"), hide(name, "乙"), open("，"), hide(name, "")])],
        );
        (text(release.shape, disclosed(&release)).unwrap(), vtt(release.shape, disclosed(&release)).unwrap())
    };
    assert_eq!(make("王"), make("欧阳若兰的表弟\n在二楼"));
}

#[test]
fn words_of_one_name_are_one_leaf() {
    let spans = vec![hide("Oduya", "B"), open(" \n"), hide("Marenka", "B"), open(" "), hide("Tel", "C")];
    let release = transcript("en", vec![segment(0, 1, "A", spans)]);
    assert_eq!(release.protected.len(), 2);
    assert_eq!(Unit::decode(&release.payloads[3]).unwrap(), Unit::Withheld("Oduya \nMarenka".into()));
}

#[test]
fn hidden_runs_are_one_mark() {
    let release = transcript("en", vec![segment(0, 1, "A", vec![open("a"), hide("b", "B"), open("c")])]);
    // head, segment, text, label, withheld, text: everything behind the label hidden, as a run and one by one.
    let front = || release.payloads[..4].iter().map(|payload| Leaf::Open(payload));
    let run = [Leaf::Hidden { leaves: 2, ticks: 2 }];
    let single = [Leaf::Hidden { leaves: 1, ticks: 1 }; 2];
    let shown = text(release.shape, front().chain(run)).unwrap();
    assert!(shown.ends_with("A: a[B][withheld]\n"), "{shown}");
    assert_eq!(shown, text(release.shape, front().chain(single)).unwrap());
    let all = [Leaf::Hidden { leaves: 6, ticks: 6 }];
    assert_eq!(text(release.shape, all).unwrap(), "[withheld]\n");
    assert_eq!(vtt(release.shape, all).unwrap(), "WEBVTT\n\nNOTE\n[withheld]\n");
}

#[test]
fn hostile_text_cannot_steer_the_reader() {
    let evil = "x\n\n00:00:09.000 --> 00:00:10.000\n<v Judge>\u{1b}[2Jguilty\u{202e}\u{2028}";
    let release = transcript("en", vec![segment(0, 1, "A>\nB", vec![open(evil)])]);
    let shown = vtt(release.shape, disclosed(&release)).unwrap();
    assert_eq!(shown.matches("-->").count(), 1);
    assert_eq!(shown.matches("<v").count(), 1);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}') && !shown.contains('\u{2028}'));
    assert_eq!(shown.lines().count(), 8);
}

#[test]
fn builders_refuse() {
    let mut builder = ReleaseBuilder::new(ReleaseKind::Transcript, head("en")).unwrap();
    let bad = [
        segment(0, 1, "A", vec![hide("", "B")]),
        segment(0, 1, "A", vec![hide("x", "[B")]),
        segment(0, 1, "A", vec![hide("x", "B\n")]),
        segment(0, 1, &"A".repeat(MAX_SPEAKER + 1), vec![]),
        Segment { place: Place::Untold, speaker: None, spans: vec![] },
    ];
    for segment in bad {
        assert!(matches!(builder.clone().segment(segment), Err(CarveError::BadRelease { .. })));
    }
    let mut reason = hide("x", "B");
    reason.protect.as_mut().unwrap().reason = "Because Xu".into();
    assert!(builder.segment(segment(0, 1, "A", vec![reason])).is_err());
    let mut long = head("en");
    long.title = "t".repeat(MAX_TITLE + 1);
    assert!(ReleaseBuilder::new(ReleaseKind::Text, long).is_err());
}

#[test]
fn leaves_out_of_order_are_refused() {
    let release = transcript("en", vec![segment(0, 1, "A", vec![open("a"), hide("b", "B"), open("c")])]);
    let leaf = |n: usize| Leaf::Open(release.payloads[n].as_slice());
    for order in [
        vec![0, 1, 2, 3, 5, 4],
        vec![0, 1, 2, 4, 3, 5],
        vec![1, 0, 2, 3, 4, 5],
        vec![0, 0, 2, 3, 4, 5],
        vec![0, 1, 2, 3, 4],
        vec![0, 1, 2, 3, 4, 5, 5],
        vec![0, 1, 2, 2, 2, 3],
    ] {
        assert!(text(release.shape, order.iter().map(|n| leaf(*n))).is_err(), "{order:?}");
    }
    let front = || (0..5).map(leaf);
    for (leaves, ticks) in [(0, 0), (1, 0), (1, 2), (2, 2), (u64::MAX, u64::MAX)] {
        assert!(text(release.shape, front().chain([Leaf::Hidden { leaves, ticks }])).is_err());
    }
    let lines = Shape::of_ticks(Profile::Chunk, 1).unwrap();
    assert!(matches!(text(lines, [leaf(0)]), Err(CarveError::NotApplicable { .. })));
}

fn units() -> impl Strategy<Value = Unit> {
    let place = prop_oneof![
        Just(Place::Untold),
        (0u64..99, 1u64..99).prop_map(|(start_s, len)| Place::Time { start_s, end_s: start_s + len }),
        (1u64..99, 0u64..99).prop_map(|(first, len)| Place::Lines { first, last: first + len }),
        (1u64..).prop_map(Place::Message),
        (1u64..).prop_map(Place::Row),
        (1u64..).prop_map(Place::Page),
    ];
    prop_oneof![
        (".{0,9}", prop::collection::vec(any::<[u8; 8]>(), 0..4)).prop_map(|(title, numbers)| Unit::Head(Head {
            title,
            made_from: numbers.into_iter().map(SealNumber).collect(),
            ..head("fr")
        })),
        (place, prop::option::of(".{0,9}")).prop_map(|(place, speaker)| Unit::Segment { place, speaker }),
        ".{1,40}".prop_map(Unit::Text),
        ("[a-z乙]{0,5}", "[a-z.-]{1,9}").prop_map(|(label, reason)| Unit::Label { label, reason }),
        ".{1,40}".prop_map(Unit::Withheld),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn units_have_one_encoding(unit in units(), at in any::<prop::sample::Index>(), flip in 1u8.., extra in any::<u8>()) {
        let payload = unit.encode().unwrap();
        prop_assert_eq!(&Unit::decode(&payload).unwrap(), &unit);
        let mut longer = payload.clone();
        longer.push(extra);
        prop_assert!(Unit::decode(&longer).is_err());
        let mut other = payload;
        let at = at.index(other.len());
        other[at] ^= flip;
        if let Ok(read) = Unit::decode(&other) {
            prop_assert!(read != unit);
            prop_assert_eq!(read.encode().unwrap(), other);
        }
    }

    #[test]
    fn random_payloads_never_panic(payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 1..4)) {
        let shape = Shape::of_ticks(Profile::ReleaseTranscript, payloads.len() as u64).unwrap();
        let _ = vtt(shape, payloads.iter().map(|payload| Leaf::Open(payload)));
    }
}
