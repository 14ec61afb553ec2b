//! Cuts: long enough to hide what they must, never longer than promised.

use casemate_carve::locator::TimeRange;
use casemate_carve::{CarveError, Hint, Profile, Run, SampleFormat, Shape, Syntax, TextUnit, cuts};
use proptest::prelude::*;

fn wav(rate: u32, frames: u64) -> Shape {
    Shape::of_ticks(Profile::wav(SampleFormat::S16, rate, 1).unwrap(), frames).unwrap()
}

fn range(start: u64, end: u64) -> TimeRange {
    TimeRange::new(start, end).unwrap()
}

#[test]
fn margin_first_then_the_grid() {
    // Ten seconds at 8 kHz: 500 blocks, CFG is leaf 0, META 501, container 502.
    let shape = wav(8_000, 80_000);
    let aside = Run { start: 501, len: 2 };
    let plan = |ranges: &[TimeRange]| cuts::recording(shape, ranges).unwrap();
    let one = plan(&[range(3_200, 3_700)]);
    assert_eq!(one.withheld, [range(3_000, 4_000)]);
    assert_eq!(one.runs, [Run { start: 151, len: 50 }, aside]);
    // 100 ms of margin is inside the second; 99 ms is not.
    assert_eq!(plan(&[range(3_100, 3_900)]).withheld, [range(3_000, 4_000)]);
    assert_eq!(plan(&[range(3_099, 3_901)]).withheld, [range(2_000, 5_000)]);
    // Neighbours join, order and repetition don't matter.
    let many = plan(&[range(7_200, 7_300), range(3_200, 3_700), range(4_150, 4_200), range(3_200, 3_700)]);
    assert_eq!(many.withheld, [range(3_000, 5_000), range(7_000, 8_000)]);
    // Without a range META and container are hidden still.
    assert_eq!(plan(&[]).runs, [aside]);
    // The end clamps, and joins META and container.
    let end = plan(&[range(9_500, 9_950)]);
    assert_eq!((end.withheld[0], end.runs.as_slice()), (range(9_000, 10_000), &[Run { start: 451, len: 52 }][..]));
    // A range past the end is not dropped.
    assert_eq!(plan(&[range(12_000, 13_000)]).withheld, [range(9_000, 10_000)]);
    assert_eq!(plan(&[range(u64::MAX - 1, u64::MAX)]).withheld, [range(9_000, 10_000)]);
}

#[test]
fn amr_reaches_no_farther_than_the_margin() {
    let shape = Shape::of_ticks(Profile::AmrNb, 500).unwrap();
    assert_eq!(cuts::margin_ms(Profile::AmrNb), 100);
    let plan = cuts::recording(shape, &[range(3_100, 3_900)]).unwrap();
    assert_eq!(plan.runs, [Run { start: 151, len: 50 }, Run { start: 501, len: 2 }]);
    assert_eq!(cuts::time_of(shape, plan.runs[0]), Some(range(3_000, 4_000)));
    assert_eq!(cuts::time_of(shape, plan.runs[1]), None);
}

#[test]
fn lines_and_cells() {
    let shape = Shape::of_ticks(Profile::Lines(TextUnit::Byte), 10).unwrap();
    let plan = cuts::lines(shape, &[(9, 10), (1, 1), (2, 3)]).unwrap();
    assert_eq!(plan.runs, [Run { start: 0, len: 3 }, Run { start: 8, len: 2 }]);
    for bad in [(0, 1), (2, 1), (10, 11), (11, 11), (1, u64::MAX)] {
        assert!(matches!(cuts::lines(shape, &[bad]), Err(CarveError::NoSuchPlace { .. })), "{bad:?}");
    }
    assert!(cuts::recording(shape, &[]).is_err());
    let carved = crate::common::carve(b"name,tel\nXu,1\n", Hint::Csv);
    let run = carved.layout.row_leaves(2, Some(1)).unwrap();
    assert_eq!(cuts::cells(carved.layout.shape(), &[run]).unwrap().runs, [Run { start: 2, len: 1 }]);
    assert!(cuts::cells(carved.layout.shape(), &[Run { start: 4, len: 1 }]).is_err());
    assert!(cuts::cells(shape, &[run]).is_err());
    let spans = crate::common::carve(b"[\"Xu\",1]", Hint::Spans(Syntax::Json)).layout.shape();
    let second = Run { start: 1, len: 1 };
    assert_eq!(cuts::pieces(spans, &[second, second]).unwrap().runs, [second]);
    assert!(cuts::pieces(spans, &[Run { start: 3, len: 1 }]).is_err(), "the container");
    assert!(cuts::pieces(Shape::of_ticks(Profile::Tiles, 3).unwrap(), &[second]).is_err());
}

const SOUNDS: [&str; 10] = [
    "mp3-v1;1152;44100;2",
    "mp3-v1;1152;48000;1",
    "mp3-v1;576;24000;2",
    "mp3-v1;576;8000;1",
    "adts-aac-v1;44100;2",
    "adts-aac-v1;7350;1",
    "flac-v1;4096;8000;1",
    "flac-v1;4608;44100;2",
    "flac-v1;44100;44100;2",
    "flac-v1;192;48000;2",
];

#[test]
fn reach_of_compressed_sound() {
    // Reach, with a packet where packets don't divide the second; figures of docs/format/profiles.md.
    let reach = |text: &str| match text.parse().unwrap() {
        Profile::Sound(sound) => cuts::reach_ms(sound),
        other => panic!("{other}"),
    };
    assert_eq!(SOUNDS.map(reach), [288, 240, 2_112, 576, 93, 558, 512, 105, 0, 0]);
    // Opus and Vorbis: 128 ms of a packet that lasts into a cut, 100 ms of the container's clock.
    let on_grid = ["ogg-opus-v1;2", "ogg-vorbis-v1;44100;1", "webm-opus-v1;1"];
    assert_eq!(on_grid.map(reach), [228, 228, 228]);
    assert_eq!(on_grid.map(|text| cuts::margin_ms(text.parse().unwrap())), [328, 328, 328]);
    assert_eq!(cuts::margin_ms("flac-v1;192;48000;2".parse().unwrap()), cuts::MARGIN_MS);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// What is withheld is hidden with room for the codec's memory, and the bound holds at each occurrence.
    #[test]
    fn hidden_and_bounded(
        kind in 0usize..3,
        sound in 0usize..SOUNDS.len(),
        rate in 4_000u32..100_000,
        seconds in 1u64..40,
        part in 0u64..1_000,
        names in prop::collection::vec((0u64..40_000, 1u64..3_000), 1..6),
    ) {
        let sound: Profile = SOUNDS[sound].parse().unwrap();
        let base = sound.timebase();
        let shape = match kind {
            0 => Shape::of_ticks(Profile::AmrNb, seconds * 50 + part % 50).unwrap(),
            1 => wav(rate, seconds * u64::from(rate) + part),
            _ => Shape::of_ticks(sound, (seconds * base.den / base.num).max(1) + part).unwrap(),
        };
        let duration = shape.duration_ms().unwrap();
        let names: Vec<TimeRange> = names
            .iter()
            .map(|(start, len)| range(start % duration, (start % duration + len).min(duration)))
            .collect();
        let plan = cuts::recording(shape, &names).unwrap();
        let covered: Vec<TimeRange> = plan
            .runs
            .iter()
            .filter_map(|run| {
                let end = run.end().min(shape.packets().end);
                cuts::time_of(shape, Run { start: run.start, len: end.saturating_sub(run.start) })
            })
            .collect();
        let margin = cuts::margin_ms(shape.profile());
        // The grid is met from inside, by less than a packet.
        let packet = (sound.packet_ticks() * base.num * 1_000).div_ceil(base.den);
        let memory = if kind == 2 { margin.saturating_sub(packet) } else { cuts::AMR_MEMORY_MS };
        for name in &names {
            let start = name.start.saturating_sub(memory);
            let end = (name.end + memory).min(duration);
            prop_assert!(covered.iter().any(|cut| cut.start <= start && end <= cut.end), "{name:?} {covered:?}");
            // Alone, it withholds at most its margins and 2 s more than itself.
            let most = name.len() + 2 * margin + 2_000;
            let alone = cuts::recording(shape, &[*name]).unwrap();
            prop_assert_eq!(alone.withheld.len(), 1);
            prop_assert!(alone.withheld[0].len() <= most);
            let run = alone.runs[0];
            let len = shape.ticks_in(run.start, run.end().min(shape.packets().end) - run.start).unwrap();
            let base = shape.profile().timebase();
            prop_assert!(len * base.num * 1_000 <= most * base.den);
        }
        // Nothing but what was planned, META and container.
        prop_assert_eq!(plan.runs.last().unwrap().end(), shape.leaf_count());
        prop_assert!(!plan.runs[0].contains(0));
        let hidden: u64 = plan.runs.iter().map(|run| shape.ticks_in(run.start, run.len).unwrap()).sum();
        let planned: u64 = plan.withheld.iter().map(|cut| cut.len()).sum();
        let base = shape.profile().timebase();
        prop_assert!(hidden * base.num * 1_000 <= (planned + 1) * base.den);
        prop_assert!(plan.runs.windows(2).all(|pair| pair[0].end() < pair[1].start));
    }
}
