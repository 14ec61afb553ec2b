//! Shared by the tests of this crate: carving a byte string both ways and checking what must always hold.
#![allow(dead_code, clippy::unwrap_used)]

pub mod grid_vectors;
pub mod mp4;
pub mod sound;
pub mod streams;

use casemate_carve::render::Renderer;
use casemate_carve::{CarveError, Hint, Layout, Leaf, Profile, Run, Shape, reassemble};
use std::io::Cursor;

pub struct Carved {
    pub layout: Layout,
    pub leaves: Vec<(u64, Vec<u8>)>,
}

/// Carves and checks: forward and random reading agree, ticks are the shape's, the profile string comes back, and
/// the leaves give the source.
pub fn carve(bytes: &[u8], hint: Hint) -> Carved {
    let mut src = Cursor::new(bytes);
    let layout = Layout::scan(&mut src, bytes.len() as u64, hint).unwrap();
    let mut leaves = Vec::new();
    layout
        .for_each_leaf::<_, CarveError, _>(&mut src, |index, ticks, payload| {
            assert_eq!(index, leaves.len() as u64);
            leaves.push((ticks, payload.to_vec()));
            Ok(())
        })
        .unwrap();
    assert_eq!(leaves.len() as u64, layout.leaf_count());
    assert_eq!(leaves.iter().map(|leaf| leaf.0).sum::<u64>(), layout.ticks_total());
    let text = layout.profile().to_string();
    assert!(text.len() <= 64 && text.is_ascii());
    let shape = Shape::new(text.parse::<Profile>().unwrap(), layout.leaf_count(), layout.ticks_total()).unwrap();
    assert_eq!(shape, layout.shape());
    let step = (leaves.len() / 500).max(1);
    let mut out = Vec::new();
    for index in (0..leaves.len()).step_by(step).chain([leaves.len() - 1]) {
        let ticks = layout.read_leaf(&mut src, index as u64, &mut out).unwrap();
        assert_eq!((ticks, &out), (leaves[index].0, &leaves[index].1), "leaf {index}");
        assert_eq!(shape.ticks_of(index as u64), Some(ticks));
    }
    assert!(layout.read_leaf(&mut src, layout.leaf_count(), &mut out).is_err());
    assert_eq!(shape.ticks_of(layout.leaf_count()), None);
    let back = rebuild(shape, &leaves).unwrap();
    assert!(back == bytes, "reassembly differs for {text}");
    Carved { layout, leaves }
}

pub fn rebuild(shape: Shape, leaves: &[(u64, Vec<u8>)]) -> Result<Vec<u8>, CarveError> {
    let mut out = Vec::new();
    let read = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
        leaf.clear();
        leaf.extend_from_slice(&leaves[index as usize].1);
        Ok(())
    };
    let written = reassemble(shape, read, &mut out)?;
    assert_eq!(written, out.len() as u64);
    Ok(out)
}

/// The playable copy with these runs of leaves hidden.
pub fn rendered(carved: &Carved, runs: &[Run]) -> Vec<u8> {
    render(carved, runs).unwrap()
}

/// Renders a carved recording with some leaves hidden, run by run.
pub fn render(carved: &Carved, runs: &[Run]) -> Result<Vec<u8>, CarveError> {
    let shape = carved.layout.shape();
    let mut renderer = Renderer::new(shape, &carved.leaves[0].1, Vec::new())?;
    let packets = shape.packets();
    let mut index = packets.start;
    while index < packets.end {
        if let Some(run) = runs.iter().find(|run| run.contains(index)) {
            let leaves = run.end().min(packets.end) - index;
            renderer.packet(Leaf::Hidden { leaves, ticks: shape.ticks_in(index, leaves).unwrap() })?;
            index += leaves;
        } else {
            renderer.packet(Leaf::Open(&carved.leaves[index as usize].1))?;
            index += 1;
        }
    }
    renderer.finish()
}

pub struct WavSpec {
    pub code: u16,
    pub channels: u16,
    pub rate: u32,
    pub bits: u16,
    pub extensible: bool,
}

pub fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = id.to_vec();
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(body);
    if body.len() % 2 == 1 {
        out.push(0);
    }
    out
}

pub fn fmt(spec: &WavSpec) -> Vec<u8> {
    let align = spec.channels * spec.bits / 8;
    let mut out = Vec::new();
    out.extend_from_slice(&if spec.extensible { 0xfffe } else { spec.code }.to_le_bytes());
    out.extend_from_slice(&spec.channels.to_le_bytes());
    out.extend_from_slice(&spec.rate.to_le_bytes());
    out.extend_from_slice(&(spec.rate * u32::from(align)).to_le_bytes());
    out.extend_from_slice(&align.to_le_bytes());
    out.extend_from_slice(&spec.bits.to_le_bytes());
    if spec.extensible {
        out.extend_from_slice(&22u16.to_le_bytes());
        out.extend_from_slice(&spec.bits.to_le_bytes());
        out.extend_from_slice(&3u32.to_le_bytes());
        out.extend_from_slice(&spec.code.to_le_bytes());
        out.extend_from_slice(&[0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    } else if spec.code != 1 {
        out.extend_from_slice(&[0, 0]);
    }
    chunk(b"fmt ", &out)
}

pub fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body: Vec<u8> = chunks.concat();
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&(body.len() as u32 + 4).to_le_bytes());
    out.extend_from_slice(b"WAVE");
    out.extend_from_slice(&body);
    out
}

pub const S16_MONO_8K: WavSpec = WavSpec { code: 1, channels: 1, rate: 8_000, bits: 16, extensible: false };

/// Sound that is not silence and not the tone.
pub fn noise(len: usize) -> Vec<u8> {
    (0..len as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

pub fn amr(types: &[u8]) -> Vec<u8> {
    const LEN: [usize; 9] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
    let mut out = b"#!AMR\n".to_vec();
    for (n, &kind) in types.iter().enumerate() {
        out.push(kind << 3 | 4);
        let len = LEN.get(usize::from(kind)).map_or(1, |len| *len);
        out.extend(noise(len + n)[n..n + len - 1].iter());
    }
    out
}

/// Compares vectors with the files of a folder of `tests/vectors`, one each; `CASEMATE_VECTORS=write` writes them first.
pub fn held(folder: &str, vectors: &std::collections::BTreeMap<String, serde_json::Value>) {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(folder);
    let write = std::env::var_os("CASEMATE_VECTORS").is_some();
    for (name, vector) in vectors {
        let path = dir.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(vector).unwrap() + "\n";
        if write {
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
    }
    let json = |path: &std::path::Path| path.extension().is_some_and(|ending| ending == "json");
    let on_disk = std::fs::read_dir(&dir).unwrap().filter(|e| json(&e.as_ref().unwrap().path())).count();
    assert_eq!(on_disk, vectors.len(), "a vector that nothing checks");
}
