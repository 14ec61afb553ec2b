//! An object of the vault as the bundle reads it: its leaves, or its bytes, as often as asked.
//!
//! Keeps: the leaves are those of the record, or it is an error. Does not know: what is hidden.

use crate::Watch;
use crate::heard::shape_of_record;
use casemate_bundle::BundleError;
use casemate_bundle::material::{LeafSink, LeafSource};
use casemate_carve::{Hint, Layout, Shape};
use casemate_vault::{Form, ObjectReader, StoredObject, Vault};
use std::io::{BufReader, Read, Write};

/// Longest leaf of an object that is stored as leaves: those are release layers.
const LEAF_BYTES_MAX: u64 = 1 << 24;
const COPY_PIECE: usize = 256 * 1024;

/// An object that leaves.
pub(crate) struct VaultLeaves<'v> {
    vault: &'v Vault,
    watch: &'v Watch<'v>,
    item: u64,
    pub object: StoredObject,
    pub shape: Shape,
    layout: Option<Layout>,
}

impl<'v> VaultLeaves<'v> {
    /// Finds the leaves of `object`, for item number `item`.
    pub fn open(vault: &'v Vault, watch: &'v Watch<'v>, item: u64, object: StoredObject) -> Result<Self, BundleError> {
        let unreadable = |cause: &str| BundleError::Unreadable { item, cause: cause.to_owned() };
        let shape = shape_of_record(&object.record).ok_or_else(|| unreadable("its profile is not known"))?;
        let mut this = Self { vault, watch, item, object, shape, layout: None };
        if this.object.form == Form::Source {
            let size = this.object.size;
            let hint = shape.profile().hint().ok_or_else(|| unreadable("its profile is not that of a file"))?;
            let layout = match hint {
                Hint::Whole => Layout::whole(size)?,
                hint => Layout::scan(&mut this.reader()?, size, hint)?,
            };
            if layout.shape() != shape {
                return Err(unreadable("it does not divide into the leaves of its record"));
            }
            this.layout = Some(layout);
        }
        Ok(this)
    }

    fn reader(&self) -> Result<ObjectReader, BundleError> {
        self.vault.read(&self.object).map_err(|e| BundleError::Unreadable { item: self.item, cause: e.to_string() })
    }

    fn go_on(&self) -> Result<(), BundleError> {
        if self.watch.stopped() { Err(std::io::Error::other("stopped").into()) } else { Ok(()) }
    }

    /// The first of leaves that are stored one after the other: CFG, where the profile has one.
    pub fn first(&self) -> Result<Vec<u8>, BundleError> {
        let mut payload = Vec::new();
        self.stored_leaf(&mut BufReader::new(self.reader()?), &mut payload)?;
        Ok(payload)
    }

    /// The next leaf of such; answers its ticks.
    fn stored_leaf(&self, reader: &mut impl Read, payload: &mut Vec<u8>) -> Result<u64, BundleError> {
        let mut number = [0u8; 8];
        reader.read_exact(&mut number)?;
        let ticks = u64::from_be_bytes(number);
        reader.read_exact(&mut number)?;
        let len = u64::from_be_bytes(number);
        if len > LEAF_BYTES_MAX {
            let cause = format!("a leaf of {len} bytes, the limit is {LEAF_BYTES_MAX}");
            return Err(BundleError::Unreadable { item: self.item, cause });
        }
        payload.resize(usize::try_from(len).unwrap_or(0), 0);
        reader.read_exact(payload)?;
        Ok(ticks)
    }

    /// Leaves stored one after the other: ticks, length, payload.
    fn stored_leaves(&self, sink: &mut LeafSink<'_>) -> Result<(), BundleError> {
        let mut reader = BufReader::new(self.reader()?);
        let mut payload = Vec::new();
        for _ in 0..self.shape.leaf_count() {
            let ticks = self.stored_leaf(&mut reader, &mut payload)?;
            sink(ticks, &payload)?;
        }
        Ok(())
    }
}

impl LeafSource for VaultLeaves<'_> {
    fn for_each(&self, sink: &mut LeafSink<'_>) -> Result<(), BundleError> {
        self.go_on()?;
        match &self.layout {
            None => self.stored_leaves(sink),
            Some(layout) => layout.for_each_leaf::<_, BundleError, _>(&mut self.reader()?, |index, ticks, payload| {
                if index % 4096 == 0 {
                    self.go_on()?;
                }
                sink(ticks, payload)
            }),
        }
    }

    fn copy(&self, out: &mut dyn Write) -> Result<(), BundleError> {
        let mut reader = self.reader()?;
        let mut piece = vec![0; COPY_PIECE];
        loop {
            self.go_on()?;
            let n = reader.read(&mut piece)?;
            if n == 0 {
                return Ok(());
            }
            out.write_all(piece.get(..n).unwrap_or_default())?;
        }
    }
}
