//! Playable copies of Opus and Vorbis, decoded by FFmpeg: no error, the original's length, its open sound, nothing of the
//! cut.

use crate::common::streams::*;
use crate::common::*;
use casemate_carve::{Hint, Profile};
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
    // Said of the original as well.
    let said: Vec<&str> = said.lines().filter(|line| !line.contains("Guessed Channel Layout")).collect();
    assert!(out.status.success() && said.is_empty(), "{args:?}: {said:?}");
    Some(out.stdout)
}

/// Eight seconds of gliding tones, clicks and hiss.
fn encoded(format: &str, codec: &[&str], rate: u32, channels: u8) -> Option<Vec<u8>> {
    let source = format!(
        "aevalsrc='0.3*sin(2*PI*t*(200+60*t))+0.05*(random(0)-0.5)+0.5*lt(mod(t,0.31),0.003)*sin(2*PI*900*t)':d=8:s={rate}"
    );
    let layout = format!("aformat=channel_layouts={}", if channels == 1 { "mono" } else { "stereo" });
    let head = ["-f", "lavfi", "-i", source.as_str(), "-af", layout.as_str()];
    ffmpeg(&[], &[&head[..], codec, &["-f", format, "-"]].concat())
}

/// Samples of the first channel, at 48 kHz for Opus and at its own rate for Vorbis.
fn pcm(file: &[u8], decoder: &str) -> Option<Vec<f64>> {
    let bytes = ffmpeg(
        file,
        &["-c:a", decoder, "-i", "-", "-af", "channelmap=map=0", "-f", "s16le", "-c:a", "pcm_s16le", "-"],
    )?;
    Some(bytes.chunks_exact(2).map(|b| f64::from(i16::from_le_bytes([b[0], b[1]]))).collect())
}

fn rms(samples: &[f64]) -> f64 {
    (samples.iter().map(|v| v * v).sum::<f64>() / samples.len().max(1) as f64).sqrt()
}

/// Cuts 4–5 s out and holds the copy against the original, by each of the decoders.
fn check(name: &str, file: &[u8], decoders: &[&str], late: usize) {
    let carved = carve(file, Hint::Recording);
    let Profile::Sound(sound) = carved.layout.profile() else { panic!("{name}: {}", carved.layout.profile()) };
    let hidden = cut(&carved, 4_400, 4_600);
    let copy = render(&carved, &hidden).unwrap();
    check_copy(&carved, &hidden);
    let rate = sound.rate() as usize;
    for decoder in decoders {
        let Some(before) = pcm(file, decoder) else { return };
        let after = pcm(&copy, decoder).unwrap();
        // The end that the original does not play is played in the copy.
        let difference = before.len().abs_diff(after.len());
        assert!(difference <= rate * 128 / 1_000, "{name} {decoder}: {} and {}", before.len(), after.len());
        let part =
            |all: &[f64], from_ms: usize, to_ms: usize| all[from_ms * rate / 1_000..to_ms * rate / 1_000].to_vec();
        assert!(rms(&part(&before, 4_200, 4_950)) > 3_000.0);
        // A packet that began before lasts up to 128 ms into the cut.
        let quiet = rms(&part(&after, 4_150, 4_980));
        assert!(quiet < 2.0, "{name} {decoder}: {quiet}");
        // Before the cut the very samples; behind it too, once the decoder has forgotten, at most `late` samples off.
        let (from, to) = (part(&before, 0, 3_850), part(&after, 0, 3_850));
        assert!(from == to, "{name} {decoder}");
        let apart = (0..=late).find(|late| {
            let from = part(&before, 5_500, 7_500);
            let at = 5_500 * rate / 1_000 - late;
            let to = &after[at..at + from.len()];
            let off: Vec<f64> = from.iter().zip(to).map(|(a, b)| a - b).collect();
            rms(&off) < 0.02 * rms(&from)
        });
        assert!(apart.is_some(), "{name} {decoder}: the sound behind the cut is elsewhere");
        println!("{name} {decoder}: {difference} samples apart at the end, {apart:?} behind the cut, {quiet:.2} in it");
    }
}

#[test]
fn opus_of_every_kind() {
    for format in ["ogg", "webm"] {
        // What holds for the packets of one container holds for the other's.
        for channels in if format == "ogg" { 1..=2u8 } else { 2..=2 } {
            for (kind, options) in [
                ("speech of 60 ms", &["-b:a", "12k", "-application", "voip", "-frame_duration", "60"][..]),
                ("music", &["-b:a", "64k"]),
                ("2.5 ms", &["-b:a", "96k", "-frame_duration", "2.5", "-application", "lowdelay"]),
                ("40 ms, constant", &["-b:a", "24k", "-frame_duration", "40", "-vbr", "off"]),
                ("with repeats", &["-b:a", "16k", "-application", "voip", "-fec", "1", "-packet_loss", "20"]),
            ] {
                let codec = [&["-c:a", "libopus"], options].concat();
                let Some(file) = encoded(format, &codec, 48_000, channels) else { return };
                check(&format!("{format} {channels} {kind}"), &file, &["libopus", "opus"], 0);
            }
        }
    }
}

#[test]
fn vorbis_of_every_rate() {
    for (rate, channels) in
        [(8_000u32, 1u8), (11_025, 1), (16_000, 1), (22_050, 2), (32_000, 1), (44_100, 2), (48_000, 2)]
    {
        for quality in ["1", "6"] {
            let Some(file) = encoded("ogg", &["-c:a", "libvorbis", "-q:a", quality], rate, channels) else { return };
            check(&format!("vorbis {rate} {channels}"), &file, &["libvorbis", "vorbis"], 1_024);
        }
    }
}
