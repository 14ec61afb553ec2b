//! The vectors of `tests/vectors/tiles`: for an implementer in another language.
//!
//! `CASEMATE_VECTORS=write` writes them anew; otherwise they are compared.

use casemate_carve::tiles::{PageSize, Pages, PagesRenderer, tiles_of};
use casemate_carve::{CarveError, Leaf, Run};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Two pages: one in grey with a tile of each kind of run, one in colour, narrower than a tile.
fn sizes() -> Vec<PageSize> {
    [(70, 66), (5, 3)].map(|(width, height)| PageSize::new(width, height).unwrap()).to_vec()
}

fn pixels(page: usize, size: PageSize) -> Vec<u8> {
    let all = (0..size.height()).flat_map(|y| (0..size.width()).map(move |x| (x, y)));
    let pixel = |(x, y): (u32, u32)| match page {
        0 if x >= 64 && y < 64 => [7; 3],
        0 => [if x * y % 11 == 0 { 0 } else { 255 }; 3],
        _ => [200, x as u8, y as u8],
    };
    all.flat_map(pixel).collect()
}

fn leaves() -> (Pages, Vec<Vec<u8>>) {
    let pages = Pages::new(200, sizes()).unwrap();
    let mut leaves = vec![pages.encode()];
    for (page, size) in sizes().into_iter().enumerate() {
        leaves.extend(tiles_of(size, &pixels(page, size)).unwrap());
    }
    (pages, leaves)
}

fn rendered(cfg: &[u8], leaves: &[Vec<u8>], hidden: Option<Run>) -> Result<Vec<u8>, CarveError> {
    let (pages, _) = self::leaves();
    let mut out = PagesRenderer::new(pages.shape()?, cfg, Vec::new())?;
    for (index, leaf) in (1u64..).zip(leaves) {
        let gone = hidden.is_some_and(|run| run.contains(index));
        out.packet(if gone { Leaf::Hidden { leaves: 1, ticks: 1 } } else { Leaf::Open(leaf) })?;
    }
    out.finish()
}

fn accepted() -> Value {
    let (pages, leaves) = leaves();
    let hidden = Run { start: 3, len: 1 };
    let shape = pages.shape().unwrap();
    json!({
        "profile": shape.profile().to_string(),
        "ticks": shape.ticks_total(),
        "dpi": pages.dpi(),
        "pages": sizes().into_iter().enumerate().map(|(page, size)| {
            json!({"width": size.width(), "height": size.height(), "pixels": hex(&pixels(page, size))})
        }).collect::<Vec<_>>(),
        "leaves": leaves.iter().map(|leaf| hex(leaf)).collect::<Vec<_>>(),
        "rendered": hex(&rendered(&leaves[0], &leaves[1..], None).unwrap()),
        "withheld": [hidden.start, hidden.len],
        "rendered_without_withheld": hex(&rendered(&leaves[0], &leaves[1..], Some(hidden)).unwrap()),
    })
}

/// One change each that must be refused: the leaf's index, and what stands there instead.
fn rejected() -> BTreeMap<&'static str, (usize, Vec<u8>)> {
    let (_, leaves) = leaves();
    let but = |index: usize, change: fn(&mut Vec<u8>)| {
        let mut leaf = leaves[index].clone();
        change(&mut leaf);
        (index, leaf)
    };
    BTreeMap::from([
        ("reject-cfg-trailing-byte", but(0, |leaf| leaf.push(0))),
        ("reject-cfg-other-size", but(0, |leaf| *leaf.last_mut().unwrap() = 65)),
        (
            "reject-cfg-long-number",
            (0, [&[0xa3, 0, 1, 1, 0x19, 0, 200, 2, 0x84, 0x18, 70, 0x18, 66, 5, 3][..]].concat()),
        ),
        ("reject-tile-one-grey-as-colour", (2, vec![1, 7, 7, 7])),
        ("reject-tile-one-grey-as-runs", (2, [vec![2], [129, 7].repeat(3)].concat())),
        ("reject-tile-run-as-literal", (4, vec![2, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        (
            "reject-tile-too-short",
            but(1, |leaf| {
                leaf.pop();
            }),
        ),
        ("reject-tile-too-long", but(1, |leaf| leaf.extend([0, 0]))),
        ("reject-tile-of-no-kind", but(1, |leaf| leaf[0] = 4)),
        ("reject-tile-run-of-no-length", but(1, |leaf| leaf.insert(1, 128))),
        ("reject-tile-empty", (1, Vec::new())),
        ("reject-tile-of-another-size", (5, vec![0])),
    ])
}

#[test]
fn vectors_are_what_the_code_does() {
    let mut vectors = BTreeMap::from([("pages".to_owned(), accepted())]);
    let (_, leaves) = leaves();
    for (name, (index, leaf)) in rejected() {
        let mut all = leaves.clone();
        all[index] = leaf.clone();
        assert_ne!(all, leaves, "{name} changes nothing");
        assert!(rendered(&all[0], &all[1..], None).is_err(), "{name} is accepted");
        vectors.insert(name.to_owned(), json!({"of": "pages", "leaf": index, "payload": hex(&leaf)}));
    }
    crate::common::held("tiles", &vectors);
}
