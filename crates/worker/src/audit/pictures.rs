//! Pictures that something opaque was drawn over, with their pixels still in the file.
//!
//! Keeps: named only where the place shows nothing but the cover, and the picture has something to show there. Does not
//! know: text.

use std::collections::BTreeSet;
use std::sync::Arc;

use casemate_ports::hidden::{Hidden, Hiding};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::kurbo::{Point, Rect};

use super::page::{Looked, witness};
use super::witness::{Cover, Picture};
use crate::fonts::Fonts;

/// Least width and height of what is covered, points.
const LEAST_EDGE: f64 = 4.0;
/// Least of what is covered, square points.
const LEAST_AREA: f64 = 24.0;
/// Most covered places that are looked at on a page.
const MAX_PLACES: usize = 2000;
/// Places of a picture that are looked at, across and down.
const SAMPLES: u32 = 64;
/// Share of what is covered, on each side, that is not looked at.
const EDGES: f64 = 0.2;
/// Difference of brightness that is something to see, levels of 255.
const DIFFERS: i32 = 48;
/// Share of places, in thousandths, that must differ for there to be something to see.
const SHARE: usize = 20;

struct Place<'a> {
    cover: &'a Cover,
    picture: usize,
    bounds: Rect,
}

/// What is covered of the pictures of a page.
pub fn covered(page: &Page<'_>, looked: &Looked, number: u32, fonts: &Arc<Fonts>) -> Vec<Hidden> {
    let places = places(looked);
    if places.is_empty() {
        return Vec::new();
    }
    let pictures = &looked.witness.pictures;
    let wanted: BTreeSet<usize> = places.iter().filter_map(|p| pictures.get(p.picture)).map(|p| p.order).collect();
    let Some((again, ..)) = witness(page, fonts, wanted) else { return Vec::new() };
    let mut found: Vec<Hidden> = Vec::new();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for place in &places {
        let shows = again.pictures.get(place.picture).is_some_and(|p| shows_something(p, place.bounds));
        if shows && told.insert(place.cover.order) {
            let rect = looked.rect(place.bounds);
            let how = Hiding::PictureCovered;
            found.push(Hidden { how, page: Some(number), rect, words: String::new(), count: 1 });
        }
    }
    found
}

/// Where an opaque rectangle lies over a picture and nothing was drawn on it since.
fn places(looked: &Looked) -> Vec<Place<'_>> {
    let witness = &looked.witness;
    let edge = LEAST_EDGE * looked.scale;
    let area = LEAST_AREA * looked.scale * looked.scale;
    let mut places = Vec::new();
    for cover in witness.covers.iter().filter(|c| c.plain || c.picture) {
        for (n, picture) in witness.pictures.iter().enumerate().take_while(|(_, p)| p.order < cover.order) {
            let bounds = cover.bounds.intersect(picture.bounds).intersect(looked.sheet.frame());
            if bounds.width() < edge || bounds.height() < edge || bounds.area() < area {
                continue;
            }
            if looked.sheet.uniform(bounds.inflate(-1.5, -1.5)).is_some() && places.len() < MAX_PLACES {
                places.push(Place { cover, picture: n, bounds });
            }
        }
    }
    places
}

fn shows_something(picture: &Picture, bounds: Rect) -> bool {
    let Some(luma) = &picture.luma else { return false };
    let back = picture.place.inverse();
    // A cover that lies over the same bar in the picture shows it at its edges only.
    let inset = EDGES * bounds.width().min(bounds.height());
    let inner = bounds.inflate(-inset, -inset);
    let mut values: Vec<u8> = Vec::new();
    for y in 0..SAMPLES {
        for x in 0..SAMPLES {
            let share = |n: u32| (f64::from(n) + 0.5) / f64::from(SAMPLES);
            let at = Point::new(inner.x0 + share(x) * inner.width(), inner.y0 + share(y) * inner.height());
            let own = back * at;
            if own.x < 0.0 || own.y < 0.0 || own.x >= luma.width as f64 {
                continue;
            }
            values.extend(luma.values.get(own.y as usize * luma.width + own.x as usize));
        }
    }
    let half = values.len() / 2;
    if values.is_empty() {
        return false;
    }
    let middle = *values.select_nth_unstable(half).1;
    let differ = values.iter().filter(|v| (i32::from(**v) - i32::from(middle)).abs() > DIFFERS).count();
    differ * 1000 >= values.len() * SHARE
}
