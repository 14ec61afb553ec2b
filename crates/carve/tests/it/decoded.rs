//! Playable copies of compressed sound, decoded by FFmpeg: no error, the original's length, nothing of the cut.

use crate::common::*;
use casemate_carve::locator::TimeRange;
use casemate_carve::{Codec, Hint, Profile, Sound, cuts};
use std::process::Command;

/// Runs FFmpeg, which must have nothing to say, and answers what it wrote. None where it is not installed and this is no
/// CI.
fn ffmpeg(args: &[&str]) -> Option<Vec<u8>> {
    let run = Command::new("ffmpeg").args(["-hide_banner", "-nostdin", "-v", "warning"]).args(args).output();
    let out = match run {
        Ok(out) => out,
        Err(error) if std::env::var_os("CI").is_none() => {
            println!("skipped: ffmpeg: {error}");
            return None;
        }
        Err(error) => panic!("ffmpeg: {error}"),
    };
    let said = String::from_utf8_lossy(&out.stderr);
    // Bare AAC has no index, and an encoder says that it takes 24 bits of 32.
    let known = ["Estimating duration", "encoding as 24 bits-per-sample"];
    let said: Vec<&str> = said.lines().filter(|line| !known.iter().any(|words| line.contains(words))).collect();
    assert!(out.status.success() && said.is_empty(), "{args:?}: {said:?}");
    Some(out.stdout)
}

/// A path for a test's file.
fn scratch(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"))
}

/// Six seconds of tones that glide under a hiss, at a rate, by an encoder.
fn encoded(format: &str, codec: &[&str], rate: u32, channels: u8) -> Option<Vec<u8>> {
    let source = format!(
        "aevalsrc='0.3*sin(2*PI*t*(200+60*t))+0.05*(random(0)-0.5)+0.2*sin(2*PI*700*t)*gt(mod(t,0.4),0.2)':d=6:s={rate}"
    );
    let layouts = ["mono", "stereo", "3.0", "4.0", "5.0", "5.1", "6.1", "7.1"];
    let layout = format!("aformat=channel_layouts={}", layouts[usize::from(channels) - 1]);
    let head = ["-f", "lavfi", "-i", source.as_str(), "-af", layout.as_str()];
    // A file, since encoders go back to complete their heads.
    let path = scratch(&format!("{format}-{rate}-{channels}{}", codec.concat()));
    let tail = ["-y", "-f", format, path.as_str()];
    ffmpeg(&[&head[..], codec, &tail[..]].concat())?;
    let file = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    Some(file)
}

fn pcm(name: &str, file: &[u8], format: &str) -> Option<Vec<i16>> {
    let path = scratch(name);
    std::fs::write(&path, file).unwrap();
    let bytes = ffmpeg(&["-f", format, "-i", &path, "-f", "s16le", "-c:a", "pcm_s16le", "-"])?;
    std::fs::remove_file(path).unwrap();
    Some(bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
}

fn sound_of(carved: &Carved) -> Sound {
    match carved.layout.profile() {
        Profile::Sound(sound) => sound,
        other => panic!("{other}"),
    }
}

/// Cuts a second out and holds the copy against the original.
fn check(name: &str, file: &[u8], format: &str, profile: &str, quiet: f64) {
    let carved = carve(file, Hint::Recording);
    assert_eq!(carved.layout.profile().to_string(), profile, "{name}");
    let (shape, sound) = (carved.layout.shape(), sound_of(&carved));
    let plan = cuts::recording(shape, &[TimeRange::new(3_400, 3_600).unwrap()]).unwrap();
    let copy = rendered(&carved, &plan.runs);
    let again = carve(&copy, Hint::Recording);
    assert_eq!(again.layout.shape(), shape, "{name}");
    for index in shape.packets() {
        let same = again.leaves[index as usize].1 == carved.leaves[index as usize].1;
        assert!(same != plan.runs.iter().any(|run| run.contains(index)), "{name}: packet {index}");
    }
    let Some(before) = pcm(&format!("{format}-original"), file, format) else { return };
    let after = pcm(&format!("{format}-copy"), &copy, format).unwrap();
    let frame = i64::from(sound.samples()) * i64::from(sound.channels());
    let nominal = if sound.codec() == Codec::Flac { i64::from(sound.channels()) } else { frame };
    assert_eq!(after.len() as i64, shape.ticks_total() as i64 * nominal, "{name}");
    // Players cut an encoder's delay and padding off where the original tells them; a copy does not tell.
    let difference = after.len() as i64 - before.len() as i64;
    assert!((0..=3 * frame).contains(&difference), "{name}: {difference}");
    let hidden = cuts::time_of(shape, plan.runs[0]).unwrap();
    let at = |leaf: u64| (leaf - shape.packets().start) as usize * frame as usize;
    // In the first two frames the sound before the cut dies away, but where frames stand alone.
    let dying = if sound.codec() == Codec::Flac { 0 } else { 2 };
    let inside = &after[at(plan.runs[0].start + dying)..at(plan.runs[0].end())];
    let rms = (inside.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / inside.len() as f64).sqrt();
    assert!((rms - quiet).abs() <= 1.0, "{name}: {rms}");
    println!("{name}: {profile}, cut {}–{} ms, level {rms:.2}, {difference} samples apart", hidden.start, hidden.end);
}

#[test]
fn layer_iii_of_every_rate() {
    for rate in [8_000u32, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] {
        for channels in [1u8, 2] {
            let samples = if rate < 32_000 { 576 } else { 1_152 };
            // A variable bit rate fills the reservoir; a constant one empties it again and again.
            let constant = matches!(rate, 8_000 | 24_000 | 44_100).then_some(["-b:a", "32k"]);
            for options in constant.into_iter().chain([["-q:a", "6"]]) {
                let codec = [["-c:a", "libmp3lame"], options].concat();
                let Some(file) = encoded("mp3", &codec, rate, channels) else { return };
                let profile = format!("mp3-v1;{samples};{rate};{channels}");
                check(&format!("{options:?}"), &file, "mp3", &profile, 0.0);
            }
        }
    }
}

#[test]
fn aac_in_adts_of_every_channel_configuration() {
    for (rate, most) in [(8_000u32, 2u8), (16_000, 2), (44_100, 8), (96_000, 1)] {
        for channels in [1u8, 2, 3, 4, 5, 6, 8].into_iter().filter(|n| *n <= most) {
            let bits = format!("{}k", 12 * u32::from(channels));
            let Some(file) = encoded("adts", &["-c:a", "aac", "-b:a", &bits], rate, channels) else { return };
            check("aac", &file, "aac", &format!("adts-aac-v1;{rate};{channels}"), 0.0);
        }
    }
}

#[test]
fn flac_of_every_width() {
    for (rate, channels, options) in [
        (8_000u32, 1u8, ["-sample_fmt", "s16", "-frame_size", "1024"]),
        (16_000, 2, ["-sample_fmt", "s16", "-frame_size", "4608"]),
        (44_100, 2, ["-sample_fmt", "s32", "-frame_size", "4096"]),
        (96_000, 6, ["-sample_fmt", "s16", "-frame_size", "192"]),
    ] {
        let Some(file) = encoded("flac", &[&["-c:a", "flac"], &options[..]].concat(), rate, channels) else { return };
        let profile = format!("flac-v1;{};{rate};{channels}", options[3]);
        // The tone: an eighth of full scale.
        check("flac", &file, "flac", &profile, 4_096.0 / 2f64.sqrt());
    }
}
