//! One page: what it holds against what its picture shows.
//!
//! Keeps: a letter is called hidden only where the picture was looked at and does not show it. Does not know: other
//! pages, earlier versions, the file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use casemate_ports::hidden::{Hidden, Hiding};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro::kurbo::{Affine, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::group::{Fate, Group, groups};
use super::ink::{AllInk, Sheet, Sight, sight, sight_of_box};
use super::labels;
use super::mask::Mask;
use super::witness::{Letter, Witness};
use crate::fonts::Fonts;

/// Pixels for each point of a page, at most.
const SCALE: f32 = 3.0;
/// Pixels of a page, at most.
const MAX_PIXELS: f32 = 12_000_000.0;
/// Longest page edge that is believed, points (PDF 1.7 Annex C: 14,400).
const MAX_EDGE: f32 = 14_400.0;
/// Letters of this height and less are not read by anybody, points.
const TINY: f64 = 1.0;
/// Share of a letter's box that must be left for it to count as on the page, or as covered.
const MOST: f64 = 0.6;
/// Share of the page that pictures cover where the page is a scan.
const SCAN: f64 = 0.4;
/// Darker than this, an empty place is no paper, levels of 255.
const PAPER: u8 = 235;
/// Lighter than this, a tint is a highlighter's, levels of 255.
const LIGHT: u8 = 80;
/// Most pixels in the boxes of all letters of a page.
const MAX_INK: f64 = 100e6;
/// Side of the cells in which letters are looked up, pixels.
const CELL: f64 = 24.0;

/// A page, drawn and witnessed.
pub struct Looked {
    /// In pixels.
    pub sheet: Sheet,
    /// What was drawn.
    pub witness: Witness,
    /// Pixels for each point.
    pub scale: f64,
    /// From the page's own space to pixels.
    pub place: Affine,
}

/// How pages are read.
pub fn settings(fonts: &Arc<Fonts>) -> InterpreterSettings {
    let fonts = Arc::clone(fonts);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| fonts.stand_in(query)),
        ..InterpreterSettings::default()
    }
}

fn scale(page: &Page<'_>) -> Option<f32> {
    let (width, height) = page.render_dimensions();
    let sane = |edge: f32| (1.0..=MAX_EDGE).contains(&edge);
    (sane(width) && sane(height)).then(|| SCALE.min((MAX_PIXELS / (width * height)).sqrt()))
}

/// What a page draws, without drawing it. `None` for a page of no size.
pub fn witness(page: &Page<'_>, fonts: &Arc<Fonts>, wanted: BTreeSet<usize>) -> Option<(Witness, f64, Affine)> {
    let scale = f64::from(scale(page)?);
    let (width, height) = page.render_dimensions();
    let frame = Rect::new(0.0, 0.0, f64::from(width) * scale, f64::from(height) * scale);
    let place = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let cache = InterpreterCache::new();
    let mut context = Context::new(place, frame, &cache, page.xref(), settings(fonts));
    let mut witness = Witness::new(frame, wanted);
    interpret_page(page, &mut context, &mut witness);
    witness.once();
    Some((witness, scale, place))
}

/// Draws a page and witnesses it. `None` for a page of no size.
pub fn look(page: &Page<'_>, fonts: &Arc<Fonts>) -> Option<Looked> {
    let (witness, scale, place) = witness(page, fonts, BTreeSet::new())?;
    let plain = RenderSettings { hinting: false, glyph_caching: false, ..RenderSettings::default() };
    let pixmap = PixmapSettings { x_scale: scale as f32, y_scale: scale as f32, bg_color: WHITE };
    let drawn = render(page, &RenderCache::new(), &settings(fonts), &plain, &pixmap);
    let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
    let pixels = drawn.data_as_u8_slice().as_chunks::<4>().0.to_vec();
    let sheet = Sheet { width, height, pixels };
    (width > 0 && height > 0).then_some(Looked { sheet, witness, scale, place })
}

impl Looked {
    /// The hidden text of the page, and in `seen` the text that is seen.
    pub fn text(&self, number: u32, also_covered: &[Rect], seen: &mut String) -> Vec<Hidden> {
        let mut fates = self.fates(also_covered);
        self.same_words_beside(&mut fates);
        self.scans(&mut fates);
        self.tiny(&mut fates);
        let letters = &self.witness.letters;
        let all: Vec<Group> = groups(letters, &[], |n| match fates.get(n) {
            Some(Fate::Seen | Fate::Unknown) => Some(Hiding::Comment),
            _ => None,
        });
        for group in all {
            seen.push_str(&group.words);
            seen.push('\n');
        }
        let found = groups(letters, &fates, |n| match fates.get(n) {
            Some(Fate::Hidden(how)) => Some(*how),
            _ => None,
        });
        labels::told_apart(found.into_iter().filter(Group::says_something).collect())
            .into_iter()
            .map(|g| self.hidden(g, number))
            .collect()
    }

    /// A group as it is told.
    pub fn hidden(&self, group: Group, number: u32) -> Hidden {
        let rect = self.rect(group.bounds);
        Hidden { how: group.how, page: Some(number), rect, count: group.letters, words: group.words }
    }

    /// Hundredths of a point from the top left of the page as drawn; `None` outside it.
    pub fn rect(&self, r: Rect) -> Option<[u32; 4]> {
        let r = r.intersect(self.sheet.frame());
        let told = |v: f64| (v / self.scale * 100.0).round().clamp(0.0, f64::from(u32::MAX)) as u32;
        (r.width() > 0.0 && r.height() > 0.0).then(|| [told(r.x0), told(r.y0), told(r.width()), told(r.height())])
    }

    fn fates(&self, also_covered: &[Rect]) -> Vec<Fate> {
        let letters = &self.witness.letters;
        let mut room = MAX_INK;
        let masks: Vec<Option<Mask>> = letters.iter().map(|l| self.mask(l, &mut room)).collect();
        let all = AllInk::of(&self.sheet, masks.iter().flatten());
        let on_page = self.sheet.frame();
        letters
            .iter()
            .zip(&masks)
            .map(|(letter, mask)| {
                if letter.text.chars().all(char::is_whitespace) && !letter.text.is_empty() {
                    return Fate::Unknown;
                }
                let b = letter.bounds;
                if b.area() <= 0.0 {
                    return Fate::Unknown;
                }
                if b.intersect(on_page).area() < (1.0 - MOST) * b.area() {
                    return Fate::Hidden(Hiding::Outside);
                }
                let left = b.intersect(letter.clip).area() / b.area();
                if also_covered.iter().any(|r| r.contains(b.center())) {
                    return Fate::Hidden(Hiding::Covered);
                }
                let sight = match mask {
                    Some(mask) => sight(&self.sheet, &all, mask),
                    None if letter.invisible => Sight::Unseen,
                    None => Sight::Unknown,
                };
                let sight = match (&letter.outline, sight) {
                    (None, Sight::Unknown) if letter.em.is_none() => sight_of_box(&self.sheet, letter),
                    _ => sight,
                };
                match sight {
                    Sight::Seen => Fate::Seen,
                    Sight::Unknown => Fate::Unknown,
                    Sight::Unseen if letter.invisible => Fate::Hidden(Hiding::Invisible),
                    Sight::Unseen if left < 1.0 - MOST => Fate::Hidden(Hiding::Clipped),
                    Sight::Unseen if self.is_covered(letter) => Fate::Hidden(Hiding::Covered),
                    Sight::Unseen if self.is_lit(letter) => Fate::Unknown,
                    Sight::Unseen => Fate::Hidden(Hiding::SameColour),
                }
            })
            .collect()
    }

    /// Whether its letters have more ink than is looked at.
    pub fn is_crowded(&self) -> bool {
        let area = |l: &Letter| l.bounds.inflate(2.0, 2.0).intersect(self.sheet.frame()).area();
        self.witness.letters.iter().map(area).sum::<f64>() >= MAX_INK
    }

    /// The ink of a letter, as long as there is room for its pixels.
    fn mask(&self, letter: &Letter, room: &mut f64) -> Option<Mask> {
        let outline = letter.outline.as_ref()?;
        *room -= letter.bounds.inflate(2.0, 2.0).intersect(self.sheet.frame()).area();
        (*room > 0.0).then(|| Mask::of(outline, self.sheet.width, self.sheet.height))
    }

    fn is_covered(&self, letter: &Letter) -> bool {
        let b = letter.bounds;
        let later = self.witness.covers.iter().rev().take_while(|c| c.order > letter.order);
        later.map(|c| c.bounds.intersect(b).area()).sum::<f64>() >= MOST * b.area()
    }

    /// Whether a light tint lies over it, as of a highlighter: those let text through in ways that not every program
    /// draws alike.
    fn is_lit(&self, letter: &Letter) -> bool {
        let b = letter.bounds;
        let later = self.witness.tints.iter().rev().take_while(|(_, order)| *order > letter.order);
        let over = later.map(|(r, _)| r.intersect(b).area()).sum::<f64>() >= MOST * b.area();
        over && self.sheet.uniform(b).is_none_or(|value| value > LIGHT)
    }

    /// What can be read at the same place is not hidden: letters drawn twice, as for a shadow.
    fn same_words_beside(&self, fates: &mut [Fate]) {
        let letters = &self.witness.letters;
        let cell = |r: Rect| ((r.center().x / CELL) as i64, (r.center().y / CELL) as i64);
        let mut seen: BTreeMap<(&str, i64, i64), Vec<Rect>> = BTreeMap::new();
        for (letter, _) in letters.iter().zip(fates.iter()).filter(|(_, f)| **f == Fate::Seen) {
            let (x, y) = cell(letter.bounds);
            seen.entry((letter.text.as_str(), x, y)).or_default().push(letter.bounds);
        }
        for (letter, fate) in letters.iter().zip(fates.iter_mut()) {
            let Fate::Hidden(how) = *fate else { continue };
            if how == Hiding::Outside || letter.text.is_empty() {
                continue;
            }
            let (x, y) = cell(letter.bounds);
            let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
            let same = near.filter_map(|(x, y)| seen.get(&(letter.text.as_str(), x, y))).flatten();
            let mut same = same.filter(|r| r.intersect(letter.bounds).area() >= 0.4 * letter.bounds.area());
            if same.next().is_some() {
                *fate = Fate::Seen;
            }
        }
    }

    /// Text that lies with no ink of its own over or under the picture of a page, as scanners put it there, is seen
    /// where the picture shows something in the word's place.
    fn scans(&self, fates: &mut [Fate]) {
        let letters = &self.witness.letters;
        let words = groups(letters, fates, |n| match (fates.get(n), letters.get(n)) {
            (Some(Fate::Hidden(how @ Hiding::Invisible)), _) => Some(*how),
            (Some(Fate::Hidden(how @ (Hiding::Covered | Hiding::SameColour))), Some(l)) if self.on_scan(l) => {
                Some(*how)
            }
            _ => None,
        });
        for word in words.iter().flat_map(Group::words_apart) {
            let bounds = word.iter().filter_map(|n| letters.get(*n)).map(|l| l.bounds).reduce(|a, b| a.union(b));
            let Some(b) = bounds else { continue };
            if self.shows_something(b) {
                word.iter().for_each(|n| {
                    if let Some(fate) = fates.get_mut(*n) {
                        *fate = Fate::Seen;
                    }
                });
            }
        }
    }

    fn shows_something(&self, b: Rect) -> bool {
        let inner = b.inflate(-0.1 * b.height().min(b.width()), -0.15 * b.height());
        match self.sheet.uniform(inner) {
            None => true,
            // Letters that lie beside the ones they stand for.
            Some(value) if value >= PAPER => {
                self.sheet.uniform(b.inflate(0.3 * b.height(), 0.35 * b.height())).is_none()
            }
            Some(_) => false,
        }
    }

    fn on_scan(&self, letter: &Letter) -> bool {
        let pictures = &self.witness.pictures;
        let all: f64 = pictures.iter().map(|p| p.bounds.area()).sum();
        all >= SCAN * self.sheet.frame().area() && pictures.iter().any(|p| p.bounds.contains(letter.bounds.center()))
    }

    fn tiny(&self, fates: &mut [Fate]) {
        for (letter, fate) in self.witness.letters.iter().zip(fates.iter_mut()) {
            let small = letter.em.is_none_or(|em| em <= TINY * self.scale);
            let shown = matches!(fate, Fate::Seen | Fate::Unknown) && !letter.invisible;
            if shown && small && letter.bounds.height() <= TINY * self.scale && letter.bounds.area() > 0.0 {
                *fate = Fate::Hidden(Hiding::Tiny);
            }
        }
    }
}
