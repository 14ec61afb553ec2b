//! Any bytes cut into leaves: nothing of the source is lost, and nothing of what is hidden is in what is shown.
//!
//! Keeps: the properties are those of `crates/carve/tests/it/common`, on whatever the bytes are.
//! Does not know: which profile the bytes are of.
//!
//! Input: hint, two shorts that choose what is hidden, the source.

use crate::input::Input;
use crate::memory;
use casemate_carve::copy::{Copy, has_copy};
use casemate_carve::locator::TimeRange;
use casemate_carve::release::{
    Head, Place, Protection, ReleaseBuilder, ReleaseKind, Segment, Span, render_text, render_vtt,
};
use casemate_carve::{CarveError, Hint, Layout, Leaf, Profile, Run, Shape, Syntax, cuts, reassemble};
use std::collections::BTreeSet;
use std::io::{Cursor, Error, Write};

/// Bytes held whatever the source, and for each of its bytes: every leaf is held here, with its ticks.
const HELD: usize = 32 << 20;
const HELD_EACH: usize = 256;
/// Leaves read on their own.
const SINGLE: usize = 64;
/// A copy is looked at so far: what stands for hidden sound may be much longer than the file.
const COPY_MAX: usize = 4 << 20;
/// Shorter leaves, or of fewer different bytes, can stand in a copy by chance.
const TELLING: usize = 32;
const DIFFERENT: usize = 8;
/// Hidden leaves that are sought in a copy.
const SOUGHT: usize = 8;
/// Lines of a layer.
const LINES: usize = 64;

/// Cuts the bytes and checks what must hold.
///
/// # Panics
/// Where it does not.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let hint = hint_of(input.byte());
    let (at, len) = (input.short(), input.short());
    let source = input.rest();
    memory::within(HELD + HELD_EACH * source.len(), || {
        let carved = carve(source, hint);
        of_text(&carved);
        of_copy(&carved, at, len);
    });
    if hint == Hint::Lines {
        release(source, at);
    }
}

fn hint_of(byte: u8) -> Hint {
    match byte % 6 {
        0 => Hint::Recording,
        1 => Hint::Lines,
        2 => Hint::Csv,
        3 => Hint::Spans(Syntax::Json),
        4 => Hint::Spans(Syntax::Html),
        _ => Hint::Whole,
    }
}

/// A source and its leaves.
pub struct Carved {
    layout: Layout,
    leaves: Vec<(u64, Vec<u8>)>,
}

/// Cuts a source forward and leaf by leaf, and puts it together again.
///
/// # Panics
/// If the two disagree, ticks or profile are not the shape's, or the leaves don't give the source.
pub fn carve(source: &[u8], hint: Hint) -> Carved {
    let mut file = Cursor::new(source);
    let layout = Layout::scan(&mut file, source.len() as u64, hint).expect("a source in memory can be read");
    let mut leaves = Vec::new();
    layout
        .for_each_leaf::<_, CarveError, _>(&mut file, |index, ticks, payload| {
            assert_eq!(index, leaves.len() as u64);
            leaves.push((ticks, payload.to_vec()));
            Ok(())
        })
        .expect("what was scanned can be read");
    assert_eq!(leaves.len() as u64, layout.leaf_count());
    assert_eq!(leaves.iter().map(|leaf| leaf.0).sum::<u64>(), layout.ticks_total());
    let profile = layout.profile().to_string();
    assert!(profile.len() <= 64 && profile.is_ascii());
    let read: Profile = profile.parse().expect("a profile that was written");
    let shape = Shape::new(read, layout.leaf_count(), layout.ticks_total()).expect("a shape that was found");
    assert_eq!(shape, layout.shape());
    // What is not as it was hinted is whole, or of text lines.
    let hinted = read.hint() == Some(hint) || read == Profile::Chunk;
    assert!(hinted || (matches!(hint, Hint::Spans(_)) && matches!(read, Profile::Lines(_))), "{read} for {hint:?}");
    let step = (leaves.len() / SINGLE).max(1);
    let mut leaf = Vec::new();
    for index in (0..leaves.len()).step_by(step).chain([leaves.len() - 1]) {
        let ticks = layout.read_leaf(&mut file, index as u64, &mut leaf).expect("a leaf that is there");
        assert_eq!((ticks, &leaf), (leaves[index].0, &leaves[index].1), "leaf {index} of {profile}");
        assert_eq!(shape.ticks_of(index as u64), Some(ticks));
    }
    assert!(layout.read_leaf(&mut file, layout.leaf_count(), &mut leaf).is_err());
    assert_eq!(shape.ticks_of(layout.leaf_count()), None);
    let mut back = Vec::new();
    let from = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
        leaf.clone_from(&leaves[usize::try_from(index).expect("a leaf in memory")].1);
        Ok(())
    };
    let written = reassemble(shape, from, &mut back).expect("leaves of a source");
    assert_eq!(written, back.len() as u64);
    assert!(back == source, "the leaves of {profile} give another source");
    Carved { layout, leaves }
}

/// Of text: rows lie in the table, and no strike reaches past what is struck.
fn of_text(carved: &Carved) {
    let (layout, shape) = (&carved.layout, carved.layout.shape());
    let pieces = shape.packets().end;
    if shape.profile() == Profile::Csv {
        let mut seen = 0;
        for row in 1.. {
            let Ok(run) = layout.row_leaves(row, None) else { break };
            assert!(run.start == seen && run.end() <= pieces, "row {row}");
            let cells = (1..).map_while(|column| layout.row_leaves(row, Some(column)).ok());
            assert!(cells.zip(run.start..).all(|(cell, at)| cell == Run { start: at, len: 1 }), "row {row}");
            seen = run.end();
        }
        assert_eq!(seen, pieces, "rows are all of the cells");
    }
    if matches!(shape.profile(), Profile::Lines(_)) && pieces > 0 {
        let cuts = cuts::lines(shape, &[(1, 1), (pieces, pieces)]).expect("lines that are there");
        assert_eq!(cuts.runs.iter().map(|run| run.len).sum::<u64>(), pieces.min(2));
        assert!(cuts::lines(shape, &[(pieces, pieces + 1)]).is_err());
    }
}

/// Of sound: hides some leaves, chosen and planned, and looks at the copy.
fn of_copy(carved: &Carved, at: u16, len: u16) {
    let shape = carved.layout.shape();
    let packets = shape.packets();
    if !has_copy(shape.profile()) || packets.is_empty() {
        return;
    }
    let count = packets.end - packets.start;
    let start = packets.start + u64::from(at) % count;
    let chosen = Run { start, len: (u64::from(len) + 1).min(packets.end - start) };
    let all = [Run { start: packets.start, len: count }];
    let nothing_open = copy(carved, &all);
    look(carved, &[chosen], &nothing_open);
    let range = TimeRange::new(u64::from(at), u64::from(at) + u64::from(len)).expect("forward");
    let plan = cuts::recording(shape, &[range]).expect("a recording");
    let duration = shape.duration_ms().expect("a recording");
    assert!(plan.withheld.iter().all(|range| range.start < range.end && range.end <= duration));
    assert!(plan.runs.iter().all(|run| run.len > 0 && run.end() <= shape.leaf_count()));
    let (meta, container) = (shape.meta().expect("META"), shape.container().expect("a container"));
    assert!([meta, container].iter().all(|leaf| plan.runs.iter().any(|run| run.contains(*leaf))));
    for run in plan.runs.iter().flat_map(|run| cuts::time_of(shape, *run)) {
        assert!(plan.withheld.iter().any(|all| all.start <= run.start && run.end <= all.end), "a cut past its range");
    }
    look(carved, &plan.runs, &nothing_open);
}

/// Takes so much, and no more.
struct Prefix(Vec<u8>);

impl Write for Prefix {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > COPY_MAX {
            return Err(Error::other("enough was seen"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The copy with these runs hidden, as far as it is looked at.
fn copy(carved: &Carved, runs: &[Run]) -> Vec<u8> {
    let shape = carved.layout.shape();
    let mut out = Prefix(Vec::new());
    let made = (|| {
        let mut copy = Copy::new(shape, &carved.leaves[0].1, &mut out)?;
        let packets = shape.packets();
        let mut index = packets.start;
        while index < packets.end {
            if let Some(run) = runs.iter().find(|run| run.contains(index)) {
                let leaves = run.end().min(packets.end) - index;
                copy.packet(Leaf::Hidden { leaves, ticks: shape.ticks_in(index, leaves).expect("in the object") })?;
                index += leaves;
            } else {
                copy.packet(Leaf::Open(&carved.leaves[index as usize].1))?;
                index += 1;
            }
        }
        copy.finish().map(drop)
    })();
    match made {
        Ok(()) | Err(CarveError::Io(_)) => out.0,
        Err(refused) => panic!("no copy of {}: {refused}", shape.profile()),
    }
}

/// Checks that the copy has nothing of a hidden leaf: whatever that said, the copy would be the same; where no source can be made that
/// says something else, since its container has sums of it, the leaf is not in there.
fn look(carved: &Carved, runs: &[Run], nothing_open: &[u8]) {
    let shown = copy(carved, runs);
    let is_hidden = |index: usize| runs.iter().any(|run| run.contains(index as u64));
    match otherwise(carved, &is_hidden) {
        Some(other) => {
            assert!(copy(&other, runs) == shown, "the copy of {} follows what is hidden", carved.layout.profile());
        }
        None => absent(carved, &shown, &is_hidden, nothing_open),
    }
}

/// Checks that no hidden leaf is in the copy, but for what an open one has too, or a copy of nothing.
fn absent(carved: &Carved, shown: &[u8], is_hidden: &dyn Fn(usize) -> bool, nothing_open: &[u8]) {
    let hidden = carved.leaves.iter().enumerate();
    let hidden = hidden.filter(|(index, (ticks, leaf))| is_hidden(*index) && *ticks > 0 && leaf.len() >= TELLING);
    let mut open = Vec::new();
    for (index, (_, leaf)) in carved.leaves.iter().enumerate().filter(|(index, _)| !is_hidden(*index)) {
        if index > 0 && is_hidden(index - 1) {
            // What is hidden between doesn't make the two neighbours.
            open.extend([0; 4]);
        }
        open.extend_from_slice(leaf);
    }
    for (index, (_, leaf)) in hidden.take(SOUGHT) {
        // Where an open leaf has the most of it too, what the copy puts around that may give the rest.
        let middle = &leaf[leaf.len() / 4..leaf.len() / 4 * 3];
        let is_telling = middle.iter().collect::<BTreeSet<_>>().len() >= DIFFERENT;
        let told = holds(shown, leaf) && !holds(&open, middle) && !holds(nothing_open, middle);
        assert!(!told || !is_telling, "leaf {index} of {} is hidden and in the copy", carved.layout.profile());
    }
}

/// The source that says something else in what is hidden; none where that is not cut as this one is.
fn otherwise(carved: &Carved, is_hidden: &dyn Fn(usize) -> bool) -> Option<Carved> {
    let mut leaves = carved.leaves.clone();
    for (_, (_, leaf)) in leaves.iter_mut().enumerate().filter(|(index, (ticks, _))| is_hidden(*index) && *ticks > 0) {
        // A head says how long a leaf is.
        let from = (leaf.len() / 2).max(1).min(leaf.len());
        leaf[from..].iter_mut().for_each(|byte| *byte = !*byte);
    }
    let shape = carved.layout.shape();
    let mut source = Vec::new();
    let from = |index: u64, leaf: &mut Vec<u8>| -> Result<(), CarveError> {
        leaf.clone_from(&leaves[usize::try_from(index).expect("a leaf in memory")].1);
        Ok(())
    };
    reassemble(shape, from, &mut source).ok()?;
    let other = carve(&source, shape.profile().hint()?);
    let pairs = leaves.iter().zip(&other.leaves).enumerate();
    let open_are = pairs.into_iter().all(|(index, (one, two))| index == 0 || is_hidden(index) || one == two);
    let same = other.layout.shape() == shape && open_are;
    same.then_some(other)
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    let first = sought[0];
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte == first);
    places.into_iter().any(|(at, _)| bytes[at..].starts_with(sought))
}

/// Makes a layer of the lines, some of them protected, and reads it as who has none of those: whatever they say, it reads the same.
fn release(source: &[u8], chosen: u16) {
    let text = String::from_utf8_lossy(source);
    let lines: Vec<&str> = text.split('\n').take(LINES).collect();
    let is_protected = |at: usize| chosen >> (at % 16) & 1 == 1;
    let kind = if chosen & 1 == 0 { ReleaseKind::Text } else { ReleaseKind::Transcript };
    let another =
        |at: usize, line: &str| if is_protected(at) && !line.is_empty() { "?".to_owned() } else { line.to_owned() };
    let others: Vec<String> = lines.iter().enumerate().map(|(at, line)| another(at, line)).collect();
    let (Some(shown), Some(other)) = (layer(kind, &lines, &is_protected), layer(kind, &others, &is_protected)) else {
        return;
    };
    assert!(shown == other, "a protected line makes a difference");
}

/// The layer without its protected lines, as text and as captions; none where a line passes a limit.
fn layer(kind: ReleaseKind, lines: &[impl AsRef<str>], is_protected: &dyn Fn(usize) -> bool) -> Option<[Vec<u8>; 2]> {
    let head = Head { title: "T".into(), made_from: Vec::new(), statement: "S".into(), language: "en".into() };
    let mut builder = ReleaseBuilder::new(kind, head).expect("a head within its limits");
    for (at, pair) in lines.chunks(2).enumerate() {
        let spans =
            pair.iter().map(AsRef::as_ref).enumerate().filter(|(_, line)| !line.is_empty()).map(|(n, line)| Span {
                text: line.to_owned(),
                protect: is_protected(2 * at + n).then(|| Protection { label: "B".into(), reason: "name".into() }),
            });
        let range = TimeRange::new(at as u64 * 1000, at as u64 * 1000 + 500).expect("forward");
        let segment = Segment { place: Place::time(range), speaker: None, spans: spans.collect() };
        match builder.segment(segment) {
            Ok(()) => {}
            Err(CarveError::BadRelease { .. }) => return None,
            Err(other) => panic!("no layer: {other}"),
        }
    }
    let made = builder.finish().expect("few leaves");
    let leaves = || {
        (0u64..).zip(&made.payloads).map(|(index, payload)| {
            match made.protected.iter().any(|run| run.contains(index)) {
                true => Leaf::Hidden { leaves: 1, ticks: 1 },
                false => Leaf::Open(payload),
            }
        })
    };
    let (mut text, mut captions) = (Vec::new(), Vec::new());
    render_text(made.shape, leaves(), &mut text).expect("a layer that was built");
    if kind == ReleaseKind::Transcript {
        render_vtt(made.shape, leaves(), &mut captions).expect("a transcript that was built");
    }
    Some([text, captions])
}
