//! The playable copy: open packets as they are, the constant tone elsewhere, the right length.

use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::render::{AMR_TONE, Renderer, TONE_PEAK};
use casemate_carve::{Hint, Leaf, Run, cuts};
use proptest::prelude::*;

fn cut(carved: &Carved, start: u64, end: u64) -> Vec<Run> {
    cuts::recording(carved.layout.shape(), &[TimeRange::new(start, end).unwrap()]).unwrap().runs
}

#[test]
fn an_uncut_wav_has_its_own_sound() {
    for (code, bits, extensible) in [(1, 8, false), (1, 16, true), (1, 24, false), (3, 32, false), (7, 8, true)] {
        let spec = WavSpec { code, channels: 1, rate: 8_000, bits, extensible };
        let data = noise(usize::from(bits / 8) * 333);
        let file = riff(&[fmt(&spec), chunk(b"LIST", b"INFOname"), chunk(b"data", &data)]);
        let carved = carve(&file, Hint::Recording);
        let out = render(&carved, &[]).unwrap();
        // The same file without its metadata.
        assert_eq!(out, riff(&[fmt(&spec), chunk(b"data", &data)]));
        assert_eq!(carve(&out, Hint::Recording).leaves[1..3], carved.leaves[1..3]);
    }
}

#[test]
fn the_cut_of_a_wav_is_the_tone_and_the_rest_is_untouched() {
    let data = noise(2 * 8_000 * 5);
    let carved = carve(&riff(&[fmt(&S16_MONO_8K), chunk(b"data", &data)]), Hint::Recording);
    let out = render(&carved, &cut(&carved, 2_300, 2_600)).unwrap();
    assert_eq!(out.len(), 44 + data.len());
    let (from, to) = (44 + 2 * 8_000 * 2, 44 + 2 * 8_000 * 3);
    assert_eq!(out[44..from], data[..from - 44]);
    assert_eq!(out[to..], data[to - 44..]);
    let tone: Vec<f64> = out[from..to].chunks(2).map(|b| f64::from(i16::from_le_bytes([b[0], b[1]]))).collect();
    let energy: f64 = tone.iter().map(|v| v * v).sum::<f64>() / tone.len() as f64;
    assert!((energy.sqrt() - f64::from(TONE_PEAK) / 2f64.sqrt()).abs() < 1.0);
    for (n, value) in tone.iter().enumerate() {
        let exact = f64::from(TONE_PEAK) * (std::f64::consts::TAU * n as f64 / 8.0).sin();
        assert!((value - exact).abs() <= 0.51, "{n}");
    }
}

#[test]
fn the_tone_is_near_a_sine_at_every_rate() {
    for rate in [4_000u32, 8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 768_000] {
        let spec = WavSpec { code: 1, channels: 1, rate, bits: 16, extensible: false };
        let carved = carve(&riff(&[fmt(&spec), chunk(b"data", &noise(rate as usize * 2))]), Hint::Recording);
        let out = render(&carved, &cut(&carved, 0, 900)).unwrap();
        for (n, b) in out[44..].chunks(2).enumerate() {
            let phase = std::f64::consts::TAU * 1_000.0 * n as f64 / f64::from(rate);
            let error = f64::from(i16::from_le_bytes([b[0], b[1]])) - f64::from(TONE_PEAK) * phase.sin();
            assert!(error.abs() < 27.0, "{rate} {n} {error}");
        }
    }
}

/// ITU-T G.711 expansion, written from the tables of the recommendation.
fn expand(code: u16, byte: u8) -> i32 {
    if code == 7 {
        let u = !byte;
        let magnitude = ((i32::from(u & 0x0f) << 3) + 0x84) << ((u >> 4) & 7);
        return if u & 0x80 == 0 { magnitude - 0x84 } else { 0x84 - magnitude };
    }
    let a = byte ^ 0x55;
    let (segment, mantissa) = (i32::from(a >> 4 & 7), i32::from(a & 0x0f) << 4);
    let magnitude = if segment == 0 { mantissa + 8 } else { (mantissa + 0x108) << (segment - 1) };
    if a & 0x80 != 0 { magnitude } else { -magnitude }
}

#[test]
fn a_law_and_mu_law_carry_the_same_tone() {
    for code in [6, 7] {
        let spec = WavSpec { code, channels: 2, rate: 8_000, bits: 8, extensible: false };
        let carved = carve(&riff(&[fmt(&spec), chunk(b"data", &noise(32_000))]), Hint::Recording);
        let out = render(&carved, &cut(&carved, 100, 900)).unwrap();
        for (n, pair) in out[46..46 + 16_000].chunks(2).enumerate() {
            assert_eq!(pair[0], pair[1]);
            let exact = f64::from(TONE_PEAK) * (std::f64::consts::TAU * n as f64 / 8.0).sin();
            let got = f64::from(expand(code, pair[0]));
            assert!((got - exact).abs() <= 16.0 + exact.abs() / 32.0, "{code} {n}: {got} for {exact}");
        }
    }
}

#[test]
fn the_cut_of_an_amr_is_the_frame_of_the_open_mode() {
    for (n, frame) in AMR_TONE.iter().enumerate() {
        assert_eq!(usize::from(frame[0]), n << 3 | 4);
        let carved = carve(&amr(&[n as u8; 1]), Hint::Recording);
        assert_eq!(carved.leaves[1].1.len(), frame.len());
    }
    // Mode 2 while open, other modes and NO_DATA while hidden: nothing of them shows.
    let shown = |hidden: [u8; 3]| {
        let types: Vec<u8> = (0..150).map(|n| if (50..100).contains(&n) { hidden[n % 3] } else { 2 }).collect();
        let carved = carve(&amr(&types), Hint::Recording);
        render(&carved, &cut(&carved, 1_200, 1_800)).unwrap()
    };
    let out = shown([7, 15, 0]);
    assert_eq!(out[6 + 50 * 16..6 + 100 * 16], AMR_TONE[2].repeat(50));
    assert_eq!(out.len(), 6 + 150 * 16);
    assert_eq!(out[..6 + 100 * 16], shown([1, 1, 8])[..6 + 100 * 16]);
    // Hidden from the start: the mode is a constant.
    let carved = carve(&amr(&[0; 100]), Hint::Recording);
    let out = render(&carved, &cut(&carved, 0, 500)).unwrap();
    assert_eq!(out[6..6 + 50 * 32], AMR_TONE[7].repeat(50));
}

#[test]
fn leaves_that_do_not_fit_are_refused() {
    let carved = carve(&riff(&[fmt(&S16_MONO_8K), chunk(b"data", &noise(1_000))]), Hint::Recording);
    let shape = carved.layout.shape();
    let cfg = &carved.leaves[0].1;
    let begin = || Renderer::new(shape, cfg, Vec::new()).unwrap();
    assert!(begin().packet(Leaf::Open(&[0; 318])).is_err());
    assert!(begin().packet(Leaf::Hidden { leaves: 1, ticks: 161 }).is_err());
    assert!(begin().packet(Leaf::Hidden { leaves: 0, ticks: 0 }).is_err());
    assert!(begin().packet(Leaf::Hidden { leaves: 5, ticks: 500 }).is_err());
    assert!(begin().packet(Leaf::Hidden { leaves: u64::MAX, ticks: u64::MAX }).is_err());
    assert!(begin().finish().is_err());
    for at in 0..cfg.len() {
        let mut other = cfg.clone();
        other[at] ^= 1;
        assert!(Renderer::new(shape, &other, Vec::new()).is_err(), "byte {at} of CFG");
    }
    let mut longer = cfg.clone();
    longer.push(0);
    assert!(Renderer::new(shape, &longer, Vec::new()).is_err());
    let text = carve(b"a\n", Hint::Lines);
    assert!(Renderer::new(text.layout.shape(), b"", Vec::new()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// What is shown in place of hidden leaves does not depend on them.
    #[test]
    fn the_render_is_a_function_of_open_leaves(
        seed in any::<u8>(), frames in 9_000usize..40_000, start in 0u64..5_000, len in 1u64..900,
    ) {
        let mut data = noise(frames * 2);
        let carved = carve(&riff(&[fmt(&S16_MONO_8K), chunk(b"data", &data)]), Hint::Recording);
        let runs = cut(&carved, start, start + len);
        let first = render(&carved, &runs).unwrap();
        for run in &runs {
            for leaf in run.start..run.end().min(carved.layout.shape().packets().end) {
                let at = (leaf as usize - 1) * 320;
                let end = (at + 320).min(data.len());
                data[at..end].iter_mut().for_each(|byte| *byte ^= seed);
            }
        }
        let other = carve(&riff(&[fmt(&S16_MONO_8K), chunk(b"data", &data)]), Hint::Recording);
        prop_assert_eq!(first.len(), 44 + frames * 2);
        prop_assert!(render(&other, &runs).unwrap() == first);
    }

    #[test]
    fn random_cfg_never_panics(cfg in prop::collection::vec(any::<u8>(), 0..40)) {
        let carved = carve(&amr(&[7; 3]), Hint::Recording);
        let _ = Renderer::new(carved.layout.shape(), &cfg, Vec::new());
    }
}
