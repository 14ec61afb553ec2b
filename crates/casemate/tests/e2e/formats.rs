//! Every form of sound that a phone or an app makes: sealed, three seconds cut out of its middle, disclosed, verified; and then
//! judged by FFmpeg, which knows nothing of us.

use crate::kit::{Room, data, files, rows, verdict};
use crate::tools::Bundle;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What a file leaves as, where it can't be cut: said aloud, never silent.
const WHOLE_ONLY: [&str; 4] = [".wma", "tel-g726.wav", "tel-gsm.wav", ".caf"];
/// The cut, in seconds.
const CUT: (f64, f64) = (4.0, 7.0);
/// Widening by margin and grid, and a codec's memory behind it.
const AROUND: f64 = 2.2;

/// A packet: when it begins, how long it lasts, and what its bytes come to.
struct Packet {
    at: f64,
    hash: String,
}

fn ffprobe(file: &Path) -> Vec<Packet> {
    let out = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "a:0", "-show_packets", "-show_data_hash", "sha256", "-of", "json"])
        .arg(file)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&out.stderr));
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let number = |p: &serde_json::Value, key: &str| p[key].as_str().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
    let packet = |p: &serde_json::Value| Packet {
        at: number(p, "pts_time"),
        hash: p["data_hash"].as_str().unwrap_or_default().into(),
    };
    rows(&told, "packets").iter().map(packet).collect()
}

/// Samples of one channel at 8 kHz.
fn decoded(file: &Path) -> Vec<i16> {
    let out = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-ac", "1", "-ar", "8000", "-f", "s16le", "-"])
        .output()
        .unwrap();
    out.stdout.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect()
}

/// Root mean square of a stretch, and how much of it is neither silence nor the 1 kHz tone.
fn stranger(samples: &[i16]) -> f64 {
    let power =
        |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>() / samples.len().max(1) as f64;
    let whole = power(&mut samples.iter().map(|s| f64::from(*s)));
    let turn = |n: usize| std::f64::consts::TAU * 1_000.0 * n as f64 / 8_000.0;
    let project = |wave: fn(f64) -> f64| {
        let sum: f64 = samples.iter().enumerate().map(|(n, s)| f64::from(*s) * wave(turn(n))).sum();
        2.0 * sum / samples.len().max(1) as f64
    };
    let (a, b) = (project(f64::sin), project(f64::cos));
    (whole - (a * a + b * b) / 2.0).max(0.0).sqrt()
}

/// The longest stretch of the tone alone, in seconds.
fn longest_tone(samples: &[i16]) -> f64 {
    let tone = |piece: &[i16]| {
        let power = piece.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / piece.len() as f64;
        power.sqrt() > 1_500.0 && stranger(piece) < 800.0
    };
    let (mut longest, mut run) = (0, 0);
    for piece in samples.chunks_exact(800) {
        run = if tone(piece) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    f64::from(longest) / 10.0
}

/// The file of a bundle whose name ends in `recording.…`.
fn playable(bundle: &Bundle, to: &Path) -> Option<std::path::PathBuf> {
    let (path, bytes) = bundle.files.iter().find(|(path, _)| path.contains("/recording."))?;
    let to = to.with_extension(path.rsplit('.').next().unwrap());
    std::fs::write(&to, bytes).unwrap();
    Some(to)
}

#[test]
fn three_seconds_are_cut_out_of_every_form_of_sound() {
    let Some(folder) = data("speech/transcoded") else { return };
    let room = Room::with_case();
    let mut cut = BTreeMap::new();
    for source in files(&folder) {
        let name = source.file_name().unwrap().to_string_lossy().into_owned();
        let original = decoded(&source);
        // A clip too short to hold the cut and sound on both sides of it is no test of it.
        if (original.len() as f64) < (CUT.1 + AROUND + 1.0) * 8_000.0 {
            println!("{name}: too short for this cut");
            continue;
        }
        let added = room.run(&["add", "--no-transcribe", source.to_str().unwrap()]).done();
        let exhibit = rows(&added, "sealed")[0]["exhibit"].to_string();
        let asked = ["redact", &exhibit, "--for", "court", "--strike-time", "0:04-0:07", "--reason", "private-life"];
        let whole_only = WHOLE_ONLY.iter().any(|ending| name.ends_with(ending));
        let planned = room.run(&asked);
        if whole_only && planned.code != Some(0) {
            println!("{name}: whole or not at all");
            continue;
        }
        planned.done();
        room.run(&["redact", &exhibit, "--for", "court", "--accept", "--by", "Counsel"]).done();
        room.run(&["heard", &exhibit, "--by", "Counsel"]).done();
        let (made, to) = room.hand(&exhibit);
        if whole_only {
            assert_ne!(made.code, Some(0), "{name} can be cut by now: take it off the list");
            assert!(!to.exists(), "{name}");
            println!("{name}: whole or not at all");
            continue;
        }
        let made = made.done();
        let verdict = verdict(&made, &to);
        let bundle = Bundle::open(&std::fs::read(&to).unwrap());
        let file = playable(&bundle, &room.path(&format!("out/{exhibit}")))
            .unwrap_or_else(|| panic!("{name}: nothing to play"));

        let after = decoded(&file);
        let frame = 8_000 / 10;
        // FFmpeg 5.1 drops the time of comfort noise in AMR, less of it where the tone stands: there the copy is longer than what
        // it made of the original, and as long as its frames say.
        let told =
            rows(&verdict, "findings").iter().find_map(|f| f["facts"]["duration-ms"].as_str()?.parse::<usize>().ok());
        let whole = told.unwrap_or_else(|| panic!("{name}: {verdict}")) * 8;
        let longest = if name.contains("amr") { whole } else { original.len() };
        assert!(
            after.len() + frame >= original.len() && after.len() <= longest + frame,
            "{name}: {} samples, were {} of {whole}",
            after.len(),
            original.len()
        );
        let at = |seconds: f64| (seconds * 8_000.0) as usize;
        if name.contains("amr") {
            // Where FFmpeg dropped time, the cut lies earlier: it is where the tone is.
            let toned = longest_tone(&after);
            assert!(toned >= CUT.1 - CUT.0 - 0.5, "{name}: {toned} s of tone");
        } else {
            // Behind the decoder's first tenth of a second.
            let odd = stranger(&after[at(CUT.0 + 0.2)..at(CUT.1 - 0.1)]);
            assert!(odd < 800.0, "{name}: {odd} in the cut is neither silence nor the tone");
        }

        // Packets: none of the cut's is anywhere in the bundle, and those outside are as they were.
        let (before, now) = (ffprobe(&source), ffprobe(&file));
        let hashes: std::collections::BTreeSet<&str> = now.iter().map(|p| p.hash.as_str()).collect();
        let unique = |hash: &str| before.iter().filter(|p| p.hash == hash).count() == 1;
        if !name.ends_with(".wav") && !name.ends_with(".caf") {
            let inside = before.iter().filter(|p| p.at >= CUT.0 && p.at < CUT.1 - 0.3 && unique(&p.hash));
            let leaked: Vec<f64> = inside.filter(|p| hashes.contains(p.hash.as_str())).map(|p| p.at).collect();
            assert!(leaked.is_empty(), "{name}: packets of the cut at {leaked:?}");
            let outside: Vec<&Packet> = before
                .iter()
                .filter(|p| p.at < CUT.0 - AROUND || p.at > CUT.1 + AROUND + 0.5)
                .filter(|p| unique(&p.hash))
                .collect();
            let kept = outside.iter().filter(|p| hashes.contains(p.hash.as_str())).count();
            assert!(
                kept * 100 >= outside.len() * 98,
                "{name}: {kept} of {} packets outside the cut are as they were",
                outside.len()
            );
        }
        let profile = made["items"][0]["hidden"].to_string();
        cut.insert(name, profile);
    }
    println!("{} cut: {cut:?}", cut.len());
    assert!(cut.len() >= 12, "{cut:?}");
}
