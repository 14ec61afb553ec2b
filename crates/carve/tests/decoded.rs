//! Playable copies of compressed sound, decoded by FFmpeg: no error, the original's length, nothing of the cut.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use casemate_carve::locator::TimeRange;
use casemate_carve::{Hint, Profile, Sound, cuts};
use common::*;
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs FFmpeg on bytes and answers what it wrote; its messages must be none. None where it is not installed and this
/// is no CI.
fn ffmpeg(input: &[u8], args: &[&str]) -> Option<Vec<u8>> {
    let run = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostdin", "-v", "warning"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match run {
        Ok(child) => child,
        Err(error) if std::env::var_os("CI").is_none() => {
            println!("skipped: ffmpeg: {error}");
            return None;
        }
        Err(error) => panic!("ffmpeg: {error}"),
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || {
        // FFmpeg may have read all it needs.
        let _ = stdin.write_all(&input);
    });
    let out = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    // Bare streams have no index; that is said of the original as well.
    let said: Vec<&str> = said.lines().filter(|line| !line.contains("Estimating duration")).collect();
    assert!(out.status.success() && said.is_empty(), "{args:?}: {said:?}");
    Some(out.stdout)
}

/// Six seconds of tones that glide under a hiss, at a rate, by an encoder.
fn encoded(format: &str, codec: &[&str], rate: u32, channels: u8) -> Option<Vec<u8>> {
    let source = format!(
        "aevalsrc='0.3*sin(2*PI*t*(200+60*t))+0.05*(random(0)-0.5)+0.2*sin(2*PI*700*t)*gt(mod(t,0.4),0.2)':d=6:s={rate}"
    );
    let layouts = ["mono", "stereo", "3.0", "4.0", "5.0", "5.1", "6.1", "7.1"];
    let layout = format!("aformat=channel_layouts={}", layouts[usize::from(channels) - 1]);
    let head = ["-f", "lavfi", "-i", source.as_str(), "-af", layout.as_str()];
    let tail = ["-f", format, "-"];
    ffmpeg(&[], &[&head[..], codec, &tail[..]].concat())
}

fn pcm(file: &[u8], format: &str) -> Option<Vec<i16>> {
    let bytes = ffmpeg(file, &["-f", format, "-i", "-", "-f", "s16le", "-c:a", "pcm_s16le", "-"])?;
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
    let Some(before) = pcm(file, format) else { return };
    let after = pcm(&copy, format).unwrap();
    let frame = i64::from(sound.samples()) * i64::from(sound.channels());
    let difference = (before.len() as i64 - after.len() as i64).abs();
    // Players cut up to two frames off the start where the original says so; a copy does not.
    assert!(difference <= 2 * frame, "{name}: {} and {}", before.len(), after.len());
    let hidden = cuts::time_of(shape, plan.runs[0]).unwrap();
    let at = |leaf: u64| (leaf - shape.packets().start) as usize * frame as usize;
    // In the first two frames the sound before the cut dies away.
    let inside = &after[at(plan.runs[0].start) + 2 * frame as usize..at(plan.runs[0].end())];
    let rms = (inside.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / inside.len() as f64).sqrt();
    assert!((rms - quiet).abs() <= 1.0, "{name}: {rms}");
    println!("{name}: {profile}, cut {}–{} ms, level {rms:.2}, {difference} samples apart", hidden.start, hidden.end);
}

#[test]
fn layer_iii_of_every_rate() {
    for rate in [8_000u32, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] {
        for channels in [1u8, 2] {
            let samples = if rate < 32_000 { 576 } else { 1_152 };
            for options in [["-q:a", "6"], ["-b:a", "32k"]] {
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
    for rate in [8_000u32, 16_000, 44_100, 48_000] {
        for channels in [1u8, 2, 3, 4, 5, 6, 8] {
            let bits = format!("{}k", 12 * u32::from(channels));
            let Some(file) = encoded("adts", &["-c:a", "aac", "-b:a", &bits], rate, channels) else { return };
            check("aac", &file, "aac", &format!("adts-aac-v1;{rate};{channels}"), 0.0);
        }
    }
}
