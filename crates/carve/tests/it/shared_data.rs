//! Real recordings and texts come back byte for byte, by the profile that fits them.

use crate::common::carve;
use crate::common::streams::check_copy;
use casemate_carve::locator::TimeRange;
use casemate_carve::render::Renderer;
use casemate_carve::{Codec, Hint, Leaf, Profile, Syntax, cuts};
use std::path::PathBuf;

/// The folder of shared data; none if it is absent and this is no CI.
fn data() -> Option<PathBuf> {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let dir = std::env::var_os("CASEMATE_TEST_DATA").map_or(default, PathBuf::from);
    if dir.is_dir() || std::env::var_os("CI").is_some() {
        return Some(dir);
    }
    println!("skipped: shared data are absent");
    None
}

fn files(dir: PathBuf, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(path, found) } else { found.push(path) }
    }
}

#[test]
fn recordings() {
    let Some(dir) = data() else { return };
    let mut found = Vec::new();
    files(dir.join("speech"), &mut found);
    let (mut wav, mut amr, mut sound) = (0, 0, 0);
    for path in found {
        let bytes = std::fs::read(&path).unwrap();
        let carved = carve(&bytes, Hint::Recording);
        let name = path.to_string_lossy().into_owned();
        let profile = carved.layout.profile().to_string();
        let expected = match name.rsplit_once('.').unwrap().1 {
            "wav" if name.contains("g726") || name.contains("gsm") => "chunk-v1",
            "wav" => "wav-v1",
            "amr" => "amr-nb-v1",
            "mp3" => "mp3-v1",
            "flac" => "flac-v1",
            "aac" => "adts-aac-v1",
            "ogg" if name.ends_with("opus.ogg") => "ogg-opus-v1",
            "opus" => "ogg-opus-v1",
            "ogg" => "ogg-vorbis-v1",
            "webm" => "webm-opus-v1",
            "m4a" if name.contains("alac") => "mp4-alac-v1",
            "m4a" => "mp4-aac-v1",
            "3gp" => "mp4-amr-nb-v1",
            "awb" => "amr-wb-v1",
            _ => "chunk-v1",
        };
        assert!(profile.starts_with(expected), "{name}: {profile}");
        wav += u32::from(expected == "wav-v1");
        amr += u32::from(expected == "amr-nb-v1");
        sound += u32::from(matches!(carved.layout.profile(), Profile::Sound(_)));
        if expected != "chunk-v1" {
            cut_one_second(&carved, bytes.len());
        }
    }
    assert!(wav >= 20 && amr >= 3 && sound >= 7, "{wav} {amr} {sound}");
}

/// Hides a second and renders: the copy carves again, has the same duration, and its open packets are identical.
fn cut_one_second(carved: &crate::common::Carved, len: usize) {
    let shape = carved.layout.shape();
    let plan = cuts::recording(shape, &[TimeRange::new(300, 400).unwrap()]).unwrap();
    if matches!(shape.profile(), Profile::Sound(sound) if sound.is_on_grid()) {
        return check_copy(carved, &plan.runs);
    }
    let mut renderer = Renderer::new(shape, &carved.leaves[0].1, Vec::new()).unwrap();
    let hidden = |index: u64| plan.runs.iter().any(|run| run.contains(index));
    for index in shape.packets() {
        let (ticks, payload) = &carved.leaves[index as usize];
        let leaf = if hidden(index) { Leaf::Hidden { leaves: 1, ticks: *ticks } } else { Leaf::Open(payload) };
        renderer.packet(leaf).unwrap();
    }
    let out = renderer.finish().unwrap();
    // The cut takes a constant: the longest AMR frames, or samples as they are.
    let each = match shape.profile() {
        Profile::Sound(sound) if sound.codec() == Codec::Mp4Alac => sound.samples() * u32::from(sound.channels()) * 4,
        _ => 8,
    };
    let most = shape.ticks_in(plan.runs[0].start, plan.runs[0].len).unwrap_or(0) * u64::from(each);
    assert!(out.len() <= len + 32 * 50 + most as usize);
    let again = carve(&out, Hint::Recording);
    // AMR in MP4 is copied as bare AMR.
    let is_bare = shape.profile().to_string().starts_with("mp4-amr");
    assert!(again.layout.shape() == shape || is_bare && again.layout.shape().packets() == shape.packets());
    for index in shape.packets() {
        let same = again.leaves[index as usize] == carved.leaves[index as usize];
        assert!(same || hidden(index), "packet {index}");
    }
}

#[test]
fn texts_and_hostile_files() {
    let Some(dir) = data() else { return };
    for folder in ["chats", "email", "hostile"] {
        let mut found = Vec::new();
        files(dir.join(folder), &mut found);
        assert!(!found.is_empty(), "{folder}");
        for path in found {
            if std::fs::metadata(&path).unwrap().len() > 1 << 20 {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for hint in [Hint::Recording, Hint::Lines, Hint::Csv, Hint::Spans(Syntax::Json), Hint::Spans(Syntax::Html)]
            {
                carve(&bytes, hint);
            }
        }
    }
}
