//! Tiles: where they lie, what they are made of, what a renderer refuses.

use super::*;
use crate::Leaf;
use proptest::prelude::*;

fn size(width: u32, height: u32) -> PageSize {
    PageSize::new(width, height).unwrap()
}

/// Leaves of pages that are drawn by rule: grey text-like dots, and colour on the second page.
fn object(sizes: &[PageSize]) -> (Pages, Vec<Vec<u8>>) {
    let pages = Pages::new(150, sizes.to_vec()).unwrap();
    let mut leaves = vec![pages.encode()];
    for (n, size) in sizes.iter().enumerate() {
        let pixels: Vec<u8> = (0..size.height())
            .flat_map(|y| (0..size.width()).map(move |x| (x, y)))
            .flat_map(|(x, y)| if x % 7 == 0 && y % 5 < 3 { [0, if n == 1 { 90 } else { 0 }, 0] } else { [255; 3] })
            .collect();
        leaves.extend(tiles_of(*size, &pixels).unwrap());
    }
    (pages, leaves)
}

fn rendered(pages: &Pages, leaves: &[Vec<u8>], hidden: &[Run]) -> Vec<u8> {
    let shape = pages.shape().unwrap();
    let mut out = PagesRenderer::new(shape, &leaves[0], Vec::new()).unwrap();
    for (index, leaf) in leaves.iter().enumerate().skip(1) {
        let gone = hidden.iter().any(|run| run.contains(index as u64));
        out.packet(if gone { Leaf::Hidden { leaves: 1, ticks: 1 } } else { Leaf::Open(leaf) }).unwrap();
    }
    out.finish().unwrap()
}

#[test]
fn tiles_lie_where_their_index_says() {
    let (pages, leaves) = object(&[size(130, 70), size(64, 64), size(1, 200)]);
    let shape = pages.shape().unwrap();
    assert_eq!((shape.leaf_count(), leaves.len()), (1 + 6 + 1 + 4, 12));
    assert_eq!(Pages::decode(&leaves[0], shape).unwrap(), pages);
    assert_eq!(pages.place(0), None);
    assert_eq!(pages.place(6), Some((0, Rect { left: 128, top: 64, width: 2, height: 6 })));
    assert_eq!(pages.place(7), Some((1, Rect { left: 0, top: 0, width: 64, height: 64 })));
    assert_eq!(pages.place(11), Some((2, Rect { left: 0, top: 192, width: 1, height: 8 })));
    assert_eq!([12, 13, u64::MAX].map(|leaf| pages.place(leaf)), [None; 3]);
    let tile = |number| size(130, 70).tile(number).map(|rect| (rect.left, rect.top));
    assert_eq!([2, 3, 5, 6, 7].map(tile), [Some((128, 0)), Some((0, 64)), Some((128, 64)), None, None]);
}

#[test]
fn a_rectangle_touches_every_tile_that_it_reaches_into() {
    let (pages, _) = object(&[size(130, 70), size(130, 200)]);
    let rect = |left, top, width, height| Rect { left, top, width, height };
    let run = |start, len| Run { start, len };
    assert_eq!(pages.touched(0, rect(63, 63, 2, 2)), [run(1, 2), run(4, 2)]);
    assert_eq!(pages.touched(0, rect(64, 0, 1, 64)), [run(2, 1)]);
    assert_eq!(pages.touched(1, rect(0, 100, 999, 1)), [run(10, 3)]);
    assert_eq!(pages.touched(1, rect(200, 0, 5, 5)), []);
    assert_eq!(pages.touched(2, rect(0, 0, 5, 5)), []);
    assert_eq!(pages.touched(0, rect(0, 0, 0, 5)), []);
}

#[test]
fn what_is_withheld_leaves_no_byte() {
    let (pages, leaves) = object(&[size(200, 200), size(100, 130)]);
    let hidden = [Run { start: 3, len: 2 }, Run { start: 18, len: 1 }];
    let file = rendered(&pages, &leaves, &hidden);
    let mut other = leaves.clone();
    for index in hidden.iter().flat_map(|run| run.start..run.end()) {
        let (_, rect) = pages.place(index).unwrap();
        other[index as usize] = payload(&[1, 2, 3].repeat(rect.pixels()));
    }
    assert_eq!(rendered(&pages, &other, &hidden), file);
    assert_ne!(rendered(&pages, &leaves, &[]), file);
}

#[test]
fn the_smallest_kind_that_holds_a_tile_is_its_only_one() {
    let rect = Rect { left: 0, top: 0, width: 2, height: 2 };
    assert_eq!(payload(&[7; 12]), [0, 7]);
    assert_eq!(payload(&[7, 8, 9].repeat(4)), [1, 7, 8, 9]);
    assert_eq!(payload(&[[7; 3], [7; 3], [7; 3], [8; 3]].concat()), [2, 254, 7, 0, 8]);
    assert_eq!(pixels_of(&[0, 7], rect), Some(vec![7; 12]));
    // Grey said as colour, one colour said as grey, a run said as two: the same pixels, other bytes.
    for same in [&[1, 7, 7, 7][..], &[2, 253, 7], &[2, 254, 7, 0, 7], &[3, 253, 7, 253, 7, 253, 7], &[4], &[]] {
        assert_eq!(pixels_of(same, rect), None, "{same:?}");
    }
    // Too short, too long, a run of no length.
    for bad in [&[2, 254, 7][..], &[2, 254, 7, 1, 8, 9], &[2, 128, 254, 7, 0, 8], &[2, 5, 1], &[0], &[0, 1, 2]] {
        assert_eq!(pixels_of(bad, rect), None, "{bad:?}");
    }
}

#[test]
fn a_page_list_that_is_not_the_objects_is_refused() {
    let (pages, leaves) = object(&[size(130, 70)]);
    let shape = pages.shape().unwrap();
    let other = Pages::new(150, vec![size(64, 64)]).unwrap();
    let long = [&leaves[0][..], &[0]].concat();
    for bytes in [&other.encode()[..], &long, &leaves[0][..leaves[0].len() - 1], b""] {
        assert!(matches!(PagesRenderer::new(shape, bytes, Vec::new()), Err(CarveError::BadLeaf { index: 0, .. })));
    }
    assert!(Pages::new(10, vec![size(1, 1)]).is_err());
    assert!(Pages::new(150, Vec::new()).is_err());
    assert!(PageSize::new(MAX_EDGE, MAX_EDGE).is_none());
    assert!(PageSize::new(0, 5).is_none());
}

#[test]
fn a_renderer_refuses_what_does_not_fit() {
    let (pages, leaves) = object(&[size(130, 70)]);
    let make = || PagesRenderer::new(pages.shape().unwrap(), &leaves[0], Vec::new()).unwrap();
    assert!(make().packet(Leaf::Open(&[9])).is_err());
    assert!(make().packet(Leaf::Hidden { leaves: 2, ticks: 1 }).is_err());
    assert!(make().packet(Leaf::Hidden { leaves: 7, ticks: 7 }).is_err());
    assert!(make().packet(Leaf::Hidden { leaves: 0, ticks: 0 }).is_err());
    assert!(make().finish().is_err());
    let mut all = make();
    all.packet(Leaf::Hidden { leaves: 6, ticks: 6 }).unwrap();
    assert!(all.finish().is_ok());
}

proptest! {
    #[test]
    fn a_tile_comes_back(width in 1u32..20, height in 1u32..20, colours in 1u8..5, seed: u64) {
        let rect = Rect { left: 0, top: 0, width, height };
        let mut state = seed | 1;
        let mut next = || { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); (state >> 33) as u8 };
        let pixels: Vec<u8> = (0..rect.pixels()).flat_map(|_| {
            let value = next() % colours;
            if seed % 2 == 0 { [value; 3] } else { [value, next() % colours, 9] }
        }).collect();
        let made = payload(&pixels);
        prop_assert_eq!(pixels_of(&made, rect), Some(pixels));
    }

    #[test]
    fn any_payload_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let rect = Rect { left: 0, top: 0, width: 9, height: 7 };
        if let Some(pixels) = pixels_of(&bytes, rect) {
            prop_assert_eq!(payload(&pixels), bytes);
        }
    }

    #[test]
    fn packing_is_undone(bytes in proptest::collection::vec(0u8..4, 0..700)) {
        let mut packed = Vec::new();
        pack(&bytes, &mut packed);
        prop_assert_eq!(unpack(&packed, bytes.len()), Some(bytes));
    }
}

#[test]
fn pages_keep_their_limits() {
    // 16,384 pixels an edge, 2^24 a page, 2^16 pages, 2^26 tiles, 36 to 1,200 dots an inch (docs/format/profiles.md).
    for (width, height, fits) in [
        (1, 1, true),
        (4_096, 4_096, true),
        (4_096, 4_097, false),
        (4_097, 4_096, false),
        (16_384, 1_024, true),
        (1_024, 16_384, true),
        (16_385, 1, false),
        (1, 16_385, false),
        (0, 1, false),
        (1, 0, false),
    ] {
        assert_eq!(
            PageSize::new(width, height).map(|size| (size.width(), size.height())),
            fits.then_some((width, height))
        );
    }
    let made = |dpi, count: usize, size: PageSize| match Pages::new(dpi, vec![size; count]) {
        Ok(pages) => Ok(pages.shape().unwrap().leaf_count()),
        Err(CarveError::Limit { name, .. }) => Err(name),
        Err(other) => panic!("{other}"),
    };
    assert_eq!([36, 1_200].map(|dpi| made(dpi, 1, size(1, 1))), [Ok(2), Ok(2)]);
    assert_eq!([35, 1_201].map(|dpi| made(dpi, 1, size(1, 1))), [Err("MAX_DPI"), Err("MAX_DPI")]);
    let pages = |count| made(150, count, size(1, 1));
    assert_eq!([1, 65_536].map(pages), [Ok(2), Ok(65_537)]);
    assert_eq!([0, 65_537, 65_538].map(pages), [Err("MAX_PAGES"); 3]);
    // 256 tiles across and 16 down.
    let tiles = |count| made(150, count, size(16_384, 1_024));
    assert_eq!(tiles(16_384), Ok((1 << 26) + 1));
    assert_eq!([16_385, 16_386].map(tiles), [Err("MAX_TILES"); 2]);
}

#[test]
fn a_list_of_pages_has_one_spelling() {
    // {0: 1, 1: 150, 2: [5, 3, 70, 66]}
    let good = [0xa3, 0, 1, 1, 0x18, 150, 2, 0x84, 5, 3, 0x18, 70, 0x18, 66];
    let pages = Pages::new(150, vec![size(5, 3), size(70, 66)]).unwrap();
    let shape = pages.shape().unwrap();
    assert_eq!((pages.encode(), shape.ticks_total()), (good.to_vec(), 1 + 4));
    assert_eq!(Pages::decode(&good, shape).unwrap(), pages);
    let changed = |at: usize, byte: u8| {
        let mut other = good.to_vec();
        other[at] = byte;
        other
    };
    for (what, other) in [
        ("a key more", [&changed(0, 0xa4)[..], &[3, 0]].concat()),
        ("another first key", changed(1, 1)),
        ("another version", changed(2, 2)),
        ("another second key", changed(3, 2)),
        ("dots an inch below the least", changed(5, 35)),
        ("another third key", changed(6, 3)),
        ("half a page more", [&changed(7, 0x85)[..], &[1]].concat()),
        ("half a page fewer", changed(7, 0x83)[..12].to_vec()),
        ("a page more", [&changed(7, 0x86)[..], &[1, 1]].concat()),
        ("a page without width", changed(8, 0)),
        ("a byte more", [&good[..], &[0]].concat()),
        ("a byte fewer", good[..13].to_vec()),
    ] {
        assert!(matches!(Pages::decode(&other, shape), Err(CarveError::BadLeaf { index: 0, .. })), "{what}");
    }
    let text = Shape::of_ticks("csv-v1".parse().unwrap(), 5).unwrap();
    assert!(Pages::decode(&good, text).is_err(), "a shape of another profile");
    let most = Pages::new(150, vec![size(1, 1); MAX_PAGES]).unwrap();
    assert_eq!(Pages::decode(&most.encode(), most.shape().unwrap()).unwrap(), most);
    assert_eq!((pages.dpi(), pages.sizes()), (150, &[size(5, 3), size(70, 66)][..]));
}

#[test]
fn a_page_has_as_many_pixels_as_its_size_says() {
    for (len, fits) in [(5 * 3 * 3, true), (5 * 3 * 3 - 1, false), (5 * 3 * 3 + 1, false), (0, false)] {
        assert_eq!(tiles_of(size(5, 3), &vec![1; len]).map(|tiles| tiles.len()).ok(), fits.then_some(1), "{len}");
    }
    let (pages, _) = object(&[size(130, 70)]);
    let rect = |left, top, width, height| Rect { left, top, width, height };
    for nothing in [rect(5, 5, 5, 0), rect(5, 5, 0, 5), rect(0, 70, 5, 5), rect(130, 0, 5, 5)] {
        assert_eq!(pages.touched(0, nothing), [], "{nothing:?}");
    }
    assert_eq!(pages.touched(0, rect(129, 69, 1, 1)), [Run { start: 6, len: 1 }]);
}

#[test]
fn runs_are_packed_as_packbits_has_them() {
    // TIFF 6.0 §9: a byte n below 128 stands before n + 1 literal bytes, one above it before a byte that comes 257 - n times.
    for (bytes, expected) in [
        (vec![], vec![]),
        (vec![5], vec![0, 5]),
        (vec![5, 5], vec![1, 5, 5]),
        (vec![5, 5, 5], vec![254, 5]),
        (vec![1, 5, 5, 5], vec![0, 1, 254, 5]),
        (vec![5, 5, 5, 1], vec![254, 5, 0, 1]),
        (vec![1, 5, 5, 2, 5, 5, 5], vec![3, 1, 5, 5, 2, 254, 5]),
        (vec![5; 128], vec![129, 5]),
        (vec![5; 129], vec![129, 5, 0, 5]),
        (vec![5; 131], vec![129, 5, 254, 5]),
        ([[1, 2]; 64].concat(), [&[127][..], &[[1, 2]; 64].concat()].concat()),
        ([[1, 2]; 65].concat(), [&[127][..], &[[1, 2]; 64].concat(), &[1, 1, 2]].concat()),
    ] {
        let mut packed = Vec::new();
        pack(&bytes, &mut packed);
        assert_eq!(packed, expected);
        assert_eq!(unpack(&expected, bytes.len()), Some(bytes.clone()));
        assert_eq!(unpack(&expected, bytes.len() + 1), None);
        if !bytes.is_empty() {
            assert_eq!(unpack(&expected, bytes.len() - 1), None);
            assert_eq!(unpack(&expected[..expected.len() - 1], bytes.len()), None);
        }
    }
    assert_eq!(unpack(&[128, 5], 1), None, "a run of no length");
}
