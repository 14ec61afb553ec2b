//! What the file holds and no page of its newest version shows: earlier versions, objects that nothing refers to,
//! layers that are switched off.
//!
//! Each is made into a document of its own, by adding objects and a trailer behind the bytes, and read as any other.
//!
//! Keeps: text that the pages show all the same is not told again. Does not know: what the pages hide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use casemate_ports::hidden::{Hidden, Hiding};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::content::TypedIter;
use hayro::hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

use super::group::groups;
use super::page::{Looked, witness};
use super::witness::digest;
use crate::fonts::Fonts;
use crate::pdf::layers::keys;

/// Most earlier versions that are read.
const MAX_VERSIONS: usize = 32;
/// Most pages of an earlier version, or made of loose objects, that are read.
const MAX_PAGES: usize = 500;
/// Most objects that are followed.
const MAX_OBJECTS: usize = 2_000_000;
/// Deepest nesting within one object.
const MAX_DEPTH: usize = 64;
/// Longest text that is told of one finding, bytes.
const MAX_WORDS: usize = 4096;
/// Longest stream that is tried as the content of a page, bytes.
const MAX_CONTENT: usize = 16 << 20;
/// How far before its end a version says where its table is, bytes.
const BEFORE_END: usize = 64;
/// Where a page ends that says nothing of its size.
const SHEET: &str = "[0 0 2000 2000]";
/// Most words of one text that are looked for within longer ones.
const MAX_SEARCHES: usize = 5_000;

/// What the newest version shows.
#[derive(Default)]
pub struct Shown {
    /// Letters and digits alone, in the order of the pages.
    squeezed: String,
    words: BTreeSet<String>,
    /// Pictures that its pages draw.
    pub pictures: BTreeSet<u64>,
}

impl Shown {
    /// Takes what a page shows.
    pub fn add(&mut self, text: &str) {
        for word in text.split_whitespace() {
            let word = squeeze(word);
            self.squeezed.push_str(&word);
            self.words.insert(word);
        }
    }

    /// The words of `text` that are not shown.
    pub fn missing(&self, text: &str) -> String {
        let mut out = String::new();
        let mut searches = 0;
        for word in text.split_whitespace() {
            let bare = squeeze(word);
            let says = bare.chars().map(|c| if c as u32 >= 0x2e80 { 2 } else { 1 }).sum::<usize>() >= 2;
            if !says || self.words.contains(&bare) {
                continue;
            }
            searches += 1;
            if searches > MAX_SEARCHES {
                break;
            }
            if !self.squeezed.contains(&bare) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
            if out.len() > MAX_WORDS {
                break;
            }
        }
        out
    }
}

fn squeeze(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Text and pictures of some pages of a document.
#[derive(Default)]
struct Held {
    text: String,
    pictures: BTreeSet<u64>,
    letters: u64,
}

fn held(pdf: &Pdf, fonts: &Arc<Fonts>) -> Held {
    let mut held = Held::default();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let Some((witness, ..)) = witness(page, fonts, BTreeSet::new()) else { continue };
        for group in groups(&witness.letters, &[], |_| Some(Hiding::Comment)) {
            held.text.push_str(&group.words);
            held.text.push('\n');
            held.letters += group.letters;
        }
        held.pictures.extend(witness.pictures.iter().map(|p| p.digest));
    }
    held
}

/// Ends of versions that are not the last: each with objects behind it.
fn earlier(bytes: &[u8]) -> Vec<usize> {
    let mark = b"%%EOF";
    let marks = bytes.windows(mark.len()).enumerate().filter(|(_, w)| w == mark).map(|(n, _)| n);
    let ends: Vec<usize> = marks.filter(|at| ends_a_version(bytes, *at)).map(|at| at + mark.len()).collect();
    let followed = |end: &usize| {
        let rest = bytes.get(*end..).unwrap_or_default();
        rest.windows(5).any(|w| w == b" obj\n" || w == b" obj\r" || w == b" obj<" || w == b" obj ")
    };
    let mut ends: Vec<usize> = ends.into_iter().take_while(followed).collect();
    let skip = ends.len().saturating_sub(MAX_VERSIONS);
    ends.drain(..skip);
    ends
}

/// Whether the mark at `at` ends a version: it stands behind the place of a table of objects that lies before it.
/// Fonts have such marks too, and the first part of a document made for slow lines has a place of zero.
fn ends_a_version(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(BEFORE_END)..at).unwrap_or_default();
    let word = b"startxref";
    let Some(start) = before.windows(word.len()).rposition(|w| w == word) else { return false };
    let number: String = before.iter().skip(start + word.len()).map(|b| char::from(*b)).collect();
    number.trim().parse::<usize>().is_ok_and(|place| place > 0 && place < at)
}

struct Until(Arc<Vec<u8>>, usize);

impl AsRef<[u8]> for Until {
    fn as_ref(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

/// What earlier versions show and the newest does not.
pub fn versions(bytes: &Arc<Vec<u8>>, shown: &Shown, fonts: &Arc<Fonts>) -> Vec<Hidden> {
    let mut out = Vec::new();
    let mut told = BTreeSet::new();
    for end in earlier(bytes).into_iter().rev() {
        let Ok(pdf) = Pdf::new(Arc::new(Until(Arc::clone(bytes), end))) else { continue };
        let held = held(&pdf, fonts);
        let words = shown.missing(&held.text);
        let pictures = held.pictures.difference(&shown.pictures).count() as u64;
        let count = words.chars().filter(|c| c.is_alphanumeric()).count() as u64 + pictures;
        if count > 0 && told.insert(words.clone()) {
            out.push(loose(Hiding::EarlierVersion, words, count));
        }
    }
    out
}

fn loose(how: Hiding, words: String, count: u64) -> Hidden {
    Hidden { how, page: None, rect: None, words, count }
}

/// Everything that the newest version leads to from its root.
fn reachable(pdf: &Pdf) -> BTreeSet<ObjectIdentifier> {
    let xref = pdf.xref();
    let mut seen = BTreeSet::from([xref.root_id()]);
    let mut ahead = vec![xref.root_id()];
    while let Some(id) = ahead.pop() {
        let Some(object) = xref.get::<Object<'_>>(id) else { continue };
        references(&object, 0, &mut |id| {
            if seen.len() < MAX_OBJECTS && seen.insert(id) {
                ahead.push(id);
            }
        });
    }
    seen
}

fn references(object: &Object<'_>, depth: usize, see: &mut dyn FnMut(ObjectIdentifier)) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut value = |value: MaybeRef<Object<'_>>| match value {
        MaybeRef::Ref(id) => see(id.into()),
        MaybeRef::NotRef(inner) => references(&inner, depth + 1, see),
    };
    match object {
        Object::Dict(dict) => dict.entries().for_each(|(_, v)| value(v)),
        Object::Stream(stream) => stream.dict().entries().for_each(|(_, v)| value(v)),
        Object::Array(array) => array.raw_iter().for_each(value),
        _ => {}
    }
}

/// The bytes with their table of objects made unreadable, so that every object in them is found by search.
fn searched(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mark = b"startxref";
    let places: Vec<usize> = out.windows(mark.len()).enumerate().filter(|(_, w)| w == mark).map(|(n, _)| n).collect();
    for at in places {
        if let Some(letter) = out.get_mut(at) {
            *letter = b'z';
        }
    }
    out
}

/// A document of `pages` more, made of the objects in `bytes`.
fn document(bytes: &[u8], first: u32, pages: &[String]) -> Option<Pdf> {
    let mut out = bytes.to_vec();
    let (root, tree) = (first, first + 1);
    let mut kids = String::new();
    for (n, page) in pages.iter().enumerate() {
        let id = first + 2 + u32::try_from(n).ok()?;
        kids.push_str(&format!("{id} 0 R "));
        out.extend(format!("\n{id} 0 obj\n{page}\nendobj\n").bytes());
    }
    let count = pages.len();
    out.extend(
        format!(
            "\n{root} 0 obj\n<</Type/Catalog/Pages {tree} 0 R>>\nendobj\n\
             {tree} 0 obj\n<</Type/Pages/Count {count}/Kids[{kids}]>>\nendobj\n\
             trailer\n<</Root {root} 0 R/Size {}{}>>\n%%EOF\n",
            first + 2 + u32::try_from(count).ok()?,
            keys(bytes)
        )
        .bytes(),
    );
    Pdf::new(out).ok()
}

/// Text and pictures that nothing refers to.
pub fn unreferenced(bytes: &[u8], pdf: &Pdf, shown: &Shown, fonts: &Arc<Fonts>) -> Vec<Hidden> {
    let searched = searched(bytes);
    let Ok(whole) = Pdf::new(searched.clone()) else { return Vec::new() };
    let reached = reachable(pdf);
    let mut loose_pages = Vec::new();
    let mut contents = Vec::new();
    let mut masks = BTreeSet::new();
    let mut theirs = BTreeSet::new();
    let mut drawn = Vec::new();
    let mut last = 0u32;
    for object in whole.objects().into_iter().take(MAX_OBJECTS) {
        let (id, dict) = match &object {
            Object::Dict(dict) => (dict.obj_id(), dict),
            Object::Stream(stream) => (Some(stream.obj_id()), stream.dict()),
            _ => continue,
        };
        let Some(id) = id else { continue };
        last = last.max(id.obj_number);
        if reached.contains(&id) {
            continue;
        }
        let kind = dict.get::<Name<'_>>("Type");
        let sub = dict.get::<Name<'_>>("Subtype");
        match (&object, kind.as_deref(), sub.as_deref()) {
            (Object::Dict(page), Some(b"Page"), _) if page.contains_key("Contents") => {
                loose_pages.push(copy(page));
                theirs.extend(page.get_ref("Contents").map(ObjectIdentifier::from));
                let several = page.get::<Array<'_>>("Contents");
                theirs.extend(
                    several.iter().flat_map(Array::raw_iter).filter_map(|c| c.as_obj_ref()).map(ObjectIdentifier::from),
                );
            }
            (Object::Stream(stream), _, Some(b"Image")) => {
                masks.extend(dict.get_ref("SMask").map(ObjectIdentifier::from));
                drawn.push((id, digest(&stream.raw_data())));
            }
            (Object::Stream(stream), None, None) | (Object::Stream(stream), _, Some(b"Form")) if draws_text(stream) => {
                contents.push((id, form_resources(dict)));
            }
            _ => {}
        }
    }
    contents.retain(|(id, _)| !theirs.contains(id));
    drawn.retain(|(id, digest)| !masks.contains(id) && !shown.pictures.contains(digest));
    let pictures = drawn.len() as u64;
    let resources = whole_resources(pdf);
    let pages: Vec<String> = loose_pages
        .into_iter()
        .flatten()
        .chain(contents.into_iter().map(|(id, own)| {
            let resources = own.unwrap_or_else(|| resources.clone());
            let at = format!("{} {} R", id.obj_number, id.gen_number);
            format!("<</Type/Page/MediaBox {SHEET}/Contents {at}/Resources {resources}>>")
        }))
        .take(MAX_PAGES)
        .collect();
    tell_loose(&searched, last, &pages, pictures, shown, fonts)
}

/// Reads the pages made of loose objects, and tells what they and the loose pictures hold.
fn tell_loose(
    searched: &[u8],
    last: u32,
    pages: &[String],
    pictures: u64,
    shown: &Shown,
    fonts: &Arc<Fonts>,
) -> Vec<Hidden> {
    let mut out = Vec::new();
    if let Some(made) = (!pages.is_empty()).then(|| document(searched, last.saturating_add(1), pages)).flatten() {
        let held = held(&made, fonts);
        let words = shown.missing(&held.text);
        let count = words.chars().filter(|c| c.is_alphanumeric()).count() as u64;
        if count > 0 {
            out.push(loose(Hiding::Unreferenced, words, count));
        }
    }
    if pictures > 0 {
        out.push(loose(Hiding::UnreferencedPicture, String::new(), pictures));
    }
    out
}

/// A dictionary as it is written.
fn copy(dict: &Dict<'_>) -> Option<String> {
    let text: String = dict.data().iter().map(|b| char::from(*b)).collect();
    let text = text.trim();
    text.is_ascii().then(|| if text.starts_with("<<") { text.to_owned() } else { format!("<<{text}>>") })
}

fn form_resources(dict: &Dict<'_>) -> Option<String> {
    match dict.get_raw::<Dict<'_>>("Resources")? {
        MaybeRef::Ref(id) => Some(format!("{} {} R", id.obj_number, id.gen_number)),
        MaybeRef::NotRef(inner) => copy(&inner),
    }
}

/// Resources of the first page that has some, for content that does not say which are its own.
fn whole_resources(pdf: &Pdf) -> String {
    let own = pdf.pages().iter().find_map(|p| form_resources(p.raw()));
    own.unwrap_or_else(|| "<<>>".to_owned())
}

fn draws_text(stream: &Stream<'_>) -> bool {
    let Ok(content) = stream.decoded_data() else { return false };
    if content.len() > MAX_CONTENT || !content.windows(2).any(|w| w == b"BT") {
        return false;
    }
    let mut ops = TypedIter::new(&content);
    let (mut fonts, mut shows) = (0, 0);
    while let Some(op) = ops.next() {
        match op {
            TypedInstruction::TextFont(_) => fonts += 1,
            TypedInstruction::ShowText(_) | TypedInstruction::ShowTexts(_) => shows += 1,
            TypedInstruction::NextLineAndShowText(_) => shows += 1,
            _ => {}
        }
    }
    fonts > 0 && shows > 0
}

/// What a page draws only with all layers on.
pub fn layers(all: &Pdf, looked: &Looked, index: usize, fonts: &Arc<Fonts>) -> Vec<Hidden> {
    let Some(page) = all.pages().get(index) else { return Vec::new() };
    let Some((more, ..)) = witness(page, fonts, BTreeSet::new()) else { return Vec::new() };
    let key = |text: &str, b: hayro::kurbo::Rect| (text.to_owned(), b.x0.round() as i64, b.y0.round() as i64);
    let mut have: BTreeMap<(String, i64, i64), usize> = BTreeMap::new();
    for letter in &looked.witness.letters {
        *have.entry(key(&letter.text, letter.bounds)).or_default() += 1;
    }
    let extra: Vec<bool> = more
        .letters
        .iter()
        .map(|l| match have.get_mut(&key(&l.text, l.bounds)).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                false
            }
            None => true,
        })
        .collect();
    let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
    let found = groups(&more.letters, &[], |n| (extra.get(n) == Some(&true)).then_some(Hiding::LayerOff));
    let told = found.into_iter().filter(super::group::Group::says_something);
    let mut out: Vec<Hidden> = told.map(|g| looked.hidden(g, number)).collect();
    let mut drawn: BTreeMap<u64, usize> = BTreeMap::new();
    looked.witness.pictures.iter().for_each(|p| *drawn.entry(p.digest).or_default() += 1);
    for picture in &more.pictures {
        match drawn.get_mut(&picture.digest).filter(|n| **n > 0) {
            Some(n) => *n -= 1,
            None => out.push(Hidden {
                how: Hiding::LayerOff,
                page: Some(number),
                rect: looked.rect(picture.bounds),
                words: String::new(),
                count: 1,
            }),
        }
    }
    out
}
