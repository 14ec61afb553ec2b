//! What is delivered of an item: its original, or the open leaves with what can be heard or read of them.
//!
//! Keeps: each file is what a verifier makes from the same leaves. Does not know: where the leaves come from, proofs.

use crate::bagging::Files;
use crate::content::Content;
use crate::error::BundleError;
use crate::material::{ItemMaterial, LeafSource};
use crate::playable::{Audible, is_hidden, playable};
use casemate_carve::release::Unit;
use casemate_carve::{Leaf, Profile, Run, Shape, release};
use casemate_proof::disclosure::write_payload_head;
use casemate_verify::statement::{File, Mode, Role};
use std::io::Write;

/// An item as it is delivered.
pub(crate) struct Delivery<'a> {
    /// Number of the item.
    pub number: u64,
    /// How it is shown.
    pub mode: Mode,
    /// File name ending of the original or the playable copy.
    pub ending: &'a str,
    /// The object's shape.
    pub shape: Shape,
    /// Runs of leaves that are withheld, sorted and apart.
    pub hidden: &'a [Run],
    /// The leaves; of hidden ones the payload is not looked at.
    pub leaves: &'a dyn LeafSource,
}

impl<'a> Delivery<'a> {
    /// Of material.
    pub(crate) fn of(item: &'a ItemMaterial<'a>) -> Self {
        Self {
            number: item.number,
            mode: item.mode,
            ending: &item.ending,
            shape: item.shape,
            hidden: &item.hidden,
            leaves: item.leaves,
        }
    }

    fn audible(&self) -> Audible<'a> {
        Audible { number: self.number, shape: self.shape, hidden: self.hidden, leaves: self.leaves }
    }
}

/// Adds the files of an item.
pub(crate) fn deliver<'a>(item: &Delivery<'a>, files: &mut Files<'a>) -> Result<Vec<File>, BundleError> {
    let mut delivered = Vec::new();
    let name = format!("{:03}", item.number);
    let mut put = |path: String, role: Role, content: Content<'a>| {
        files.insert(path.clone(), content);
        delivered.push(File { path, role });
    };
    let (ending, leaves, hidden) = (item.ending, item.leaves, item.hidden);
    let copy = |audible: Audible<'a>| Content::made(move |out| playable(&audible, out));
    match item.mode {
        Mode::Whole => {
            put(format!("data/{name}/original.{ending}"), Role::Original, Content::made(move |out| leaves.copy(out)));
        }
        Mode::Partial => {
            put(
                format!("data/{name}/leaves"),
                Role::Leaves,
                Content::made(move |out| open_leaves(leaves, hidden, out)),
            );
            if item.shape.profile().is_timed() {
                put(format!("data/{name}/recording.{ending}"), Role::Playable, copy(item.audible()));
            } else if item.shape.profile() == Profile::Tiles {
                put(format!("data/{name}/pages.pdf"), Role::Pages, copy(item.audible()));
            }
        }
        Mode::Release | Mode::Text => {
            if item.mode == Mode::Release {
                let stream = Content::made(move |out| open_leaves(leaves, hidden, out));
                put(format!("data/{name}/leaves"), Role::Leaves, stream);
            }
            put(format!("data/{name}/text.txt"), Role::Text, Content::Bytes(rendered(item, Role::Text)?));
            if item.mode == Mode::Release && item.shape.profile() == Profile::ReleaseTranscript {
                put(format!("data/{name}/transcript.vtt"), Role::Vtt, Content::Bytes(rendered(item, Role::Vtt)?));
            }
        }
    }
    Ok(delivered)
}

fn open_leaves(leaves: &dyn LeafSource, hidden: &[Run], out: &mut dyn Write) -> Result<(), BundleError> {
    let (mut index, mut head) = (0u64, Vec::new());
    leaves.for_each(&mut |ticks, payload| {
        if !is_hidden(hidden, index) {
            head.clear();
            write_payload_head(&mut head, ticks, payload.len() as u64);
            out.write_all(&head)?;
            out.write_all(payload)?;
        }
        index += 1;
        Ok(())
    })
}

/// Leaves the seal numbers of its sources out of a layer's head: with them two bundles could be joined.
fn forget_sources(units: &mut [Option<Vec<u8>>]) -> Result<(), BundleError> {
    if let Some(Some(payload)) = units.first_mut()
        && let Unit::Head(mut head) = Unit::decode(payload)?
    {
        head.made_from.clear();
        *payload = Unit::Head(head).encode()?;
    }
    Ok(())
}

/// A release layer as the recipient reads it.
fn rendered(item: &Delivery<'_>, role: Role) -> Result<Vec<u8>, BundleError> {
    let mut units: Vec<Option<Vec<u8>>> = Vec::new();
    item.leaves.for_each(&mut |_, payload| {
        let hidden = is_hidden(item.hidden, units.len() as u64);
        units.push((!hidden).then(|| payload.to_vec()));
        Ok(())
    })?;
    if item.mode == Mode::Text {
        forget_sources(&mut units)?;
    }
    let leaves = units.iter().map(|unit| match unit {
        Some(payload) => Leaf::Open(payload),
        None => Leaf::Hidden { leaves: 1, ticks: 1 },
    });
    let mut out = Vec::new();
    if role == Role::Vtt {
        release::render_vtt(item.shape, leaves, &mut out)?;
    } else {
        release::render_text(item.shape, leaves, &mut out)?;
    }
    Ok(out)
}
