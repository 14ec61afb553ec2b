//! Playable copies of sound from MP4 and of AMR-WB, decoded by FFmpeg: no error, the original's length, nothing of the cut.
//!
//! FFmpeg reads such files from disk alone (`moov` may stand at the end), hence the folder.

use crate::common::mp4::*;
use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::render::TONE_PEAK;
use casemate_carve::{Hint, cuts};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("casemate-carve-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs FFmpeg, whose messages must be none; false where it is not installed and this is no CI.
fn ffmpeg(args: &[&str]) -> bool {
    let out = match Command::new("ffmpeg").args(["-hide_banner", "-nostdin", "-y", "-v", "warning"]).args(args).output()
    {
        Ok(out) => out,
        Err(error) if std::env::var_os("CI").is_none() => {
            println!("skipped: ffmpeg: {error}");
            return false;
        }
        Err(error) => panic!("ffmpeg: {error}"),
    };
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    // Bare streams have no index; samples of 32 bits are encoded as 24. That is said of any.
    let usual = ["Estimating duration", "encoding as 24 bits"];
    let said: Vec<&str> = said.lines().filter(|line| usual.iter().all(|usual| !line.contains(usual))).collect();
    assert!(out.status.success() && said.is_empty(), "{args:?}: {said:?}");
    true
}

/// Six seconds of tones that glide under a hiss, written by FFmpeg's encoder and muxer.
fn encoded(path: &Path, codec: &[&str], rate: u32, layout: &str) -> Option<Vec<u8>> {
    let source = format!("aevalsrc='0.3*sin(2*PI*t*(200+60*t))+0.05*(random(0)-0.5)':d=6:s={rate}");
    let layout = format!("aformat=channel_layouts={layout}");
    let args = [&["-f", "lavfi", "-i", &source, "-af", &layout], codec, &[path.to_str().unwrap()]].concat();
    ffmpeg(&args).then(|| std::fs::read(path).unwrap())
}

/// The samples of a file of 16 bits, all channels.
fn pcm(dir: &Path, file: &[u8], ending: &str) -> Option<Vec<i16>> {
    let (from, to) = (dir.join(format!("in.{ending}")), dir.join("out.raw"));
    std::fs::write(&from, file).unwrap();
    if !ffmpeg(&["-i", from.to_str().unwrap(), "-f", "s16le", "-c:a", "pcm_s16le", to.to_str().unwrap()]) {
        return None;
    }
    let bytes = std::fs::read(to).unwrap();
    Some(bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
}

fn level(samples: &[i16]) -> f64 {
    (samples.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
}

/// Cuts a second out and holds the decoded copy against the decoded original.
fn check(dir: &Path, name: &str, file: &[u8], ending: &str, profile: &str) {
    let carved = carve(file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), profile, "{name}");
    let shape = carved.layout.shape();
    let plan = cuts::recording(shape, &[TimeRange::new(3_400, 3_600).unwrap()]).unwrap();
    let copy = rendered(&carved, &plan.runs);
    let base = carved.layout.timebase();
    let mut words = profile.split(';').skip(3).map(|word| word.parse::<usize>().unwrap());
    let frame = base.num as usize * words.next().unwrap_or(1);
    let copy_ending = if profile.contains("amr") { "amr" } else { "m4a" };
    let Some(after) = pcm(dir, &copy, copy_ending) else { return };
    let before = pcm(dir, file, ending).unwrap();
    let packets = shape.packets();
    let frames = (packets.end - packets.start) as usize;
    // A last frame of Apple Lossless may be shorter. What the original's edits leave out the copy has.
    assert!(after.len() <= frames * frame && after.len() > (frames - 1) * frame, "{name}: {}", after.len());
    let skipped = after.len().checked_sub(before.len()).unwrap_or(usize::MAX);
    assert!(skipped <= 4 * frame, "{name}: {} of {}", after.len(), before.len());
    let hidden = (plan.runs[0].start - 1) as usize * frame..(plan.runs[0].end() - 1) as usize * frame;
    // A decoder of AAC overlaps by a frame.
    let (swing, overlap) = if profile.contains("alac") { (0, 0) } else { (5 * frame, 8 * frame) };
    let settled = hidden.start + swing;
    let tone = f64::from(TONE_PEAK) / 2f64.sqrt();
    let inside = level(&after[settled..hidden.end]);
    match profile.contains("aac") {
        true => assert!(inside < 1.0, "{name}: {inside}"),
        false => assert!(inside > 0.7 * tone && inside < 1.3 * tone, "{name}: {inside}"),
    }
    // Far from the cut the two are the same; an edit may shift them against each other.
    let (own, other) = (&after[skipped..hidden.start - overlap], &before[..hidden.start - overlap - skipped]);
    let differs = own.iter().zip(other).filter(|(a, b)| a.abs_diff(**b) > 1).count();
    assert_eq!(differs, 0, "{name}: before the cut");
    println!("{name}: {profile}, {frames} frames, {skipped} samples skipped by the original, level {inside:.2}");
}

#[test]
fn aac_in_m4a() {
    let folder = Folder::new("aac");
    for (rate, layout, channels) in [
        (8_000, "mono", 1),
        (16_000, "mono", 1),
        (22_050, "stereo", 2),
        (44_100, "3.0", 3),
        (48_000, "5.1", 6),
        (96_000, "7.1", 8),
    ] {
        let bits = format!("{}k", 16 * channels);
        let path = folder.0.join("made.m4a");
        let Some(file) = encoded(&path, &["-c:a", "aac", "-b:a", &bits], rate, layout) else { return };
        check(&folder.0, "m4a", &file, "m4a", &format!("mp4-aac-v1;1024;{rate};{channels}"));
    }
    for (ending, flags) in [
        ("m4a", "faststart"),
        ("mov", "faststart"),
        ("mp4", "frag_keyframe+empty_moov"),
        ("mp4", "empty_moov+default_base_moof"),
        ("mp4", "frag_keyframe"),
        ("mp4", "dash+delay_moov"),
    ] {
        let mut codec = vec!["-c:a", "aac", "-b:a", "48k", "-metadata", "title=Oduya", "-movflags", flags];
        if flags != "faststart" {
            codec.extend(["-frag_duration", "700000"]);
        }
        let path = folder.0.join(format!("made.{ending}"));
        let Some(file) = encoded(&path, &codec, 44_100, "stereo") else { return };
        check(&folder.0, flags, &file, ending, "mp4-aac-v1;1024;44100;2");
    }
}

#[test]
fn lossless_in_m4a() {
    let folder = Folder::new("alac");
    for (rate, layout, channels, format) in [
        (8_000, "mono", 1, "s16p"),
        (44_100, "stereo", 2, "s16p"),
        (48_000, "5.1", 6, "s32p"),
        (96_000, "stereo", 2, "s32p"),
    ] {
        for ending in ["m4a", "mov"] {
            let path = folder.0.join(format!("made.{ending}"));
            let Some(file) = encoded(&path, &["-c:a", "alac", "-sample_fmt", format], rate, layout) else { return };
            check(&folder.0, "alac", &file, ending, &format!("mp4-alac-v1;4096;{rate};{channels}"));
        }
    }
}

/// The tone of each mode among frames of that mode that were silence before: what the decoder makes of it, and that
/// FFmpeg takes every frame.
#[test]
fn amr_wb_tones_decode() {
    let folder = Folder::new("amr");
    for (mode, tone) in casemate_carve::render::AMR_WB_TONE.iter().enumerate() {
        let carved = carve(&Movie::amr(true, &[mode as u8; 300], 3).build(), Hint::Recording);
        let plan = cuts::recording(carved.layout.shape(), &[TimeRange::new(0, 6_000).unwrap()]).unwrap();
        let copy = rendered(&carved, &plan.runs);
        assert_eq!(copy.len(), 9 + 300 * casemate_carve::render::AMR_WB_TONE[8].len());
        let file = [b"#!AMR-WB\n".to_vec(), tone.repeat(300)].concat();
        let Some(samples) = pcm(&folder.0, &file, "amr") else { return };
        assert_eq!(samples.len(), 300 * 320, "mode {mode}");
        let settled = &samples[1_600..];
        let part = |wave: fn(f64) -> f64| -> f64 {
            settled.iter().enumerate().map(|(n, v)| f64::from(*v) * wave(std::f64::consts::TAU * n as f64 / 16.0)).sum()
        };
        let energy: f64 = settled.iter().map(|v| f64::from(*v).powi(2)).sum();
        let pure = (part(f64::cos).powi(2) + part(f64::sin).powi(2)) * 2.0 / settled.len() as f64 / energy;
        println!("mode {mode}: {pure:.4} of the energy at 1 kHz, level {:.0}", level(settled));
        assert!(pure > 0.95, "mode {mode}: {pure}");
    }
}
