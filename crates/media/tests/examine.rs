//! The examiner against answers that no honest worker gives, written by hand and drawn at random.
#![allow(clippy::unwrap_used, reason = "tests")]

use casemate_media::{Examiner, Limits, Violation};
use casemate_ports::reading::{Kind, Mark, Part, Passage, Place, ReadFinding, Severity, Word};
use casemate_ports::worker::{
    About, Answer, Done, Fence, Hello, MAX_FINDINGS, MAX_MARKS, MAX_PASSAGE_TEXT, PROTOCOL, PictureFormat, Progress,
    SoundFormat,
};
use proptest::prelude::*;

fn hello() -> Answer {
    let fence = Fence { name: "seccomp".into(), required: true, granted: true, detail: String::new() };
    Answer::Hello(Hello { protocol: PROTOCOL, tool: "t".into(), fences: vec![fence] })
}

fn passage(place: Place) -> Passage {
    Passage {
        place,
        text: "said 說".into(),
        language: None,
        speaker: None,
        when: None,
        words: Vec::new(),
        marks: Vec::new(),
    }
}

fn said(place: Place) -> Answer {
    Answer::Passages(vec![passage(place)])
}

fn time(channel: u8, start_ms: u64, end_ms: u64) -> Place {
    Place::Time { channel: Some(channel), start_ms, end_ms }
}

fn part(size: u64) -> Answer {
    Answer::Part(Part { name: "a".into(), media_type: "b/c".into(), size })
}

fn take(answers: Vec<Answer>) -> Result<Examiner, Violation> {
    let mut examiner = Examiner::new(&Limits { samples: 100, parts: 2, part_bytes: 10, ..Limits::reading() });
    for answer in answers {
        examiner.take(answer, &mut |_| ())?;
    }
    Ok(examiner)
}

fn refused(after_hello: Vec<Answer>, why: &str) {
    let all = std::iter::once(hello()).chain(after_hello).collect();
    assert_eq!(take(all).err().unwrap().0, why);
}

#[test]
fn an_honest_answer_becomes_a_reading() {
    let about = About {
        kind: Kind::Recording,
        media_type: "audio/wav".into(),
        metadata: vec![("rate".into(), "8000".into())],
        duration_ms: Some(9),
        parameters: vec![],
    };
    let word = Word { at: 5, chars: 1, start_ms: 3, end_ms: 4, confidence: 1000 };
    let with_word = Passage { words: vec![word], ..passage(time(0, 2, 9)) };
    let examiner = take(vec![
        hello(),
        Answer::About(about),
        Answer::Progress(Progress { done: 1, total: Some(2) }),
        said(time(1, 5, 6)),
        Answer::Passages(vec![with_word]),
        part(3),
        Answer::PartBytes(vec![1, 2]),
        Answer::PartBytes(vec![3]),
        Answer::Sound(SoundFormat { rate: 16_000, channels: 2, source_rate: 8000, source_channels: 2 }),
        Answer::Samples(vec![1, 2]),
        Answer::Done(Done { passages: 2, parts: 1, part_bytes: 3, samples: 2, findings: 0, pixel_bytes: 0, hidden: 0 }),
    ])
    .unwrap();
    assert!(examiner.is_done());
    assert_eq!(examiner.sound().1, 2);
    let reading = examiner.into_reading();
    assert_eq!((reading.passages.len(), reading.parts.len(), reading.kind), (2, 1, Kind::Recording));
}

#[test]
fn order_is_kept() {
    assert!(take(vec![said(Place::Whole)]).is_err());
    refused(vec![hello()], "a greeting late or twice");
    refused(vec![Answer::Done(Done::default()), Answer::Done(Done::default())], "an answer after the end");
    refused(vec![Answer::Done(Done { passages: 1, ..Done::default() })], "other counts at the end than were sent");
    refused(vec![part(2), Answer::PartBytes(vec![1]), said(Place::Whole)], "a part shorter than announced");
    refused(vec![part(1), Answer::PartBytes(vec![1, 2])], "a part longer than announced");
    refused(vec![part(11)], "more bytes of parts than the limit");
    refused(vec![part(u64::MAX)], "more bytes of parts than the limit");
    refused(vec![part(0), part(0), part(0)], "more parts than the limit");
    refused(vec![Answer::Samples(vec![1])], "samples of no known shape");
    let progress = |done| Answer::Progress(Progress { done, total: None });
    refused(vec![progress(2), progress(1)], "progress that goes back");
}

#[test]
fn places_can_be_and_only_go_forward() {
    let lines = |first, last| said(Place::Lines { first, last });
    refused(vec![lines(0, 1)], "a place that can't be");
    refused(vec![lines(3, 2)], "a place that can't be");
    refused(vec![lines(3, 3), lines(2, 9)], "places that go back");
    refused(vec![said(Place::Page { number: 1, rect: Some([1, 0, u32::MAX, 0]) })], "a place that can't be");
    refused(vec![said(time(0, 5, 4))], "a place that can't be");
    refused(vec![said(time(0, 5, 6)), said(time(1, 1, 2)), said(time(0, 4, 6))], "times that go back");
    let deep = (0..9).fold(Place::Whole, |inside, _| Place::Part { name: "p".into(), inside: Box::new(inside) });
    refused(vec![said(deep)], "a place too deep");
}

#[test]
fn sizes_and_words_are_bounded() {
    let with = |change: fn(&mut Passage)| {
        let mut p = passage(Place::Whole);
        change(&mut p);
        vec![Answer::Passages(vec![p])]
    };
    refused(with(|p| p.text = "x".repeat(MAX_PASSAGE_TEXT + 1)), "a passage too long");
    refused(with(|p| p.language = Some("zh\n".into())), "a language that is no tag");
    refused(with(|p| p.when = Some("9".repeat(65))), "a date too long");
    let word = Word { at: 6, chars: 1, start_ms: 0, end_ms: 0, confidence: 0 };
    for (bad, why) in [
        (word.clone(), "a word outside its passage"),
        (Word { at: u32::MAX, chars: u32::MAX, ..word.clone() }, "a word outside its passage"),
        (Word { at: 0, start_ms: 2, end_ms: 1, ..word.clone() }, "a word with times that can't be"),
        (Word { at: 0, confidence: 1001, ..word }, "a confidence above 1000"),
    ] {
        let p = Passage { words: vec![bad], ..passage(Place::Whole) };
        refused(vec![Answer::Passages(vec![p])], why);
    }
    let mark = Mark { at: 0, chars: 1, rect: [0, 0, 5, 5], confidence: 9 };
    let on_page = || passage(Place::Page { number: 1, rect: None });
    for (bad, why) in [
        (Passage { marks: vec![mark.clone()], ..passage(Place::Whole) }, "a mark on no page"),
        (Passage { marks: vec![Mark { chars: 99, ..mark.clone() }], ..on_page() }, "a mark outside its passage"),
        (
            Passage { marks: vec![Mark { rect: [u32::MAX, 0, 1, 1], ..mark.clone() }], ..on_page() },
            "a mark that can't be",
        ),
        (Passage { marks: vec![Mark { confidence: 1001, ..mark.clone() }], ..on_page() }, "a confidence above 1000"),
        (Passage { marks: vec![mark.clone(); MAX_MARKS + 1], ..on_page() }, "too many marks in a passage"),
    ] {
        refused(vec![Answer::Passages(vec![bad])], why);
    }
    let finding =
        |id: &str| Answer::Finding(ReadFinding { id: id.into(), severity: Severity::Note, detail: String::new() });
    refused(vec![finding("not an id")], "a finding without an id");
    refused(vec![finding("odd"); MAX_FINDINGS + 1], "too many findings");
    let sound = Answer::Sound(SoundFormat { rate: 16_000, channels: 2, source_rate: 1, source_channels: 1 });
    refused(vec![sound.clone(), Answer::Samples(vec![1])], "half a frame of samples");
    refused(vec![sound.clone(), Answer::Samples(vec![1; 102])], "more samples than the limit");
    refused(vec![sound.clone(), sound], "a second sound");
}

#[test]
fn a_picture_is_as_large_as_it_says() {
    let of = |page, width, height| Answer::Picture(PictureFormat { page, pages: 2, width, height, points: None });
    let two = || vec![of(1, 1, 2), Answer::Pixels(vec![0; 6])];
    let done = |pixel_bytes| Answer::Done(Done { pixel_bytes, ..Done::default() });
    let drawn = |after: Vec<Answer>| {
        let mut examiner = Examiner::new(&Limits { pixels: 10, ..Limits::drawing() });
        std::iter::once(hello()).chain(after).try_for_each(|answer| examiner.take(answer, &mut |_| ()))
    };
    let why = |after: Vec<Answer>| drawn(after).err().unwrap().0;
    drawn([two(), vec![done(6)]].concat()).unwrap();
    assert_eq!(why([two(), vec![Answer::Pixels(vec![0])]].concat()), "more pixels than announced");
    assert_eq!(why(vec![Answer::Pixels(vec![0])]), "more pixels than announced");
    assert_eq!(why(vec![of(1, 1, 2), Answer::Pixels(vec![0; 5]), done(5)]), "fewer pixels than announced");
    assert_eq!(why([two(), two()].concat()), "a second picture");
    assert_eq!(why(vec![of(3, 1, 1)]), "a page that is not there");
    assert_eq!(why(vec![of(0, 1, 1)]), "a page that is not there");
    for (width, height) in [(0, 1), (1, 0), (11, 1), (u32::MAX, u32::MAX)] {
        assert_eq!(why(vec![of(1, width, height)]), "a picture of no size, or too large");
    }
    // Who reads draws nothing.
    refused(two(), "a picture of no size, or too large");
}

proptest! {
    #[test]
    fn damaged_answers_never_panic_and_never_count_wrong(at in 0usize..2000, to in any::<u8>(), cut in 0usize..2000) {
        let mut wire = Vec::new();
        let done = Done { passages: 2, parts: 1, part_bytes: 2, samples: 0, findings: 0, pixel_bytes: 0, hidden: 0 };
        let first = said(Place::Lines { first: 1, last: 2 });
        for a in [hello(), first, said(time(0, 1, 2)), part(2), Answer::PartBytes(vec![1, 2]), Answer::Done(done)] {
            a.write(&mut wire).unwrap();
        }
        let at = at % wire.len();
        wire[at] = to;
        wire.truncate(1 + cut % wire.len());
        let mut examiner = Examiner::new(&Limits::reading());
        let mut from = wire.as_slice();
        while let Ok(Some(answer)) = Answer::read(&mut from) {
            if examiner.take(answer, &mut |_| ()).is_err() {
                break;
            }
        }
        let done = examiner.is_done();
        let reading = examiner.into_reading();
        prop_assert!(reading.passages.len() <= 2);
        prop_assert!(!done || (reading.passages.len() == 2 && reading.parts.len() == 1));
    }
}
