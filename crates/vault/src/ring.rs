//! The rings: for each compartment, one random key a subject, in pages of 64 under page keys under the ring's root key.
//!
//! Keeps: a key is on disk, encrypted and durable, before anything is encrypted under it; only pages of the own lane are
//! written, so two lanes never write one file. A key is found by a random id, which does not say whose it is.
//! Deliberately does not know: bodies, objects, who the subjects are.

use std::collections::HashMap;

use casemate_ports::store::CaseStore;
use casemate_proof::{CaseId, Compartment, LaneId, SubjectId};

use crate::VaultError;
use crate::ambient::Ambient;
use crate::places;
use crate::sealed_file;
use crate::secret::{Guarded, KEY_LEN, Key};

/// Keys in a page.
pub(crate) const PAGE_KEYS: usize = 64;
/// Bytes of a key's id.
pub(crate) const KEY_ID_LEN: usize = 16;
/// Subject ‖ id ‖ key.
const SLOT_LEN: usize = 32 + KEY_ID_LEN + KEY_LEN;
const PAGE_LEN: usize = PAGE_KEYS * SLOT_LEN;
/// Pages of one lane in one ring.
const PAGES_MAX: u32 = 1 << 24;

const RING_TAG: &[u8] = b"casemate/ring/v1\0";
const PAGE_TAG: &[u8] = b"casemate/page/v1\0";

/// Names a subject's key in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(pub(crate) [u8; KEY_ID_LEN]);

struct Page {
    lane: LaneId,
    number: u32,
    used: usize,
    slots: Guarded<PAGE_LEN>,
}

impl Page {
    fn slot(&self, n: usize) -> Option<&[u8; SLOT_LEN]> {
        self.slots.bytes().chunks_exact(SLOT_LEN).nth(n).and_then(|s| s.try_into().ok())
    }
}

/// A ring whose compartment key is at hand.
pub(crate) struct Ring {
    case: CaseId,
    word: &'static str,
    generation: u64,
    root: Key,
    pages: Vec<Page>,
    by_id: HashMap<KeyId, (usize, usize)>,
    by_subject: HashMap<SubjectId, KeyId>,
    /// Pages that did not open: their keys are missing, the others serve.
    damaged: Vec<(LaneId, u32, VaultError)>,
}

impl Ring {
    /// Makes an empty ring and its root file.
    pub(crate) fn create(
        store: &dyn CaseStore,
        case: CaseId,
        compartment: Compartment,
        compartment_key: &Key,
        ambient: &mut Ambient,
    ) -> Result<Self, VaultError> {
        let word = places::compartment_word(compartment).ok_or(VaultError::Sealed(compartment))?;
        let ring = Self {
            case,
            word,
            generation: 0,
            root: Key::draw(ambient)?,
            pages: Vec::new(),
            by_id: HashMap::new(),
            by_subject: HashMap::new(),
            damaged: Vec::new(),
        };
        let key = compartment_key.derive(&[RING_TAG]);
        sealed_file::put(store, &places::ring(word)?, &case, 0, &key, ring.root.bytes(), ambient)?;
        Ok(ring)
    }

    /// Opens a ring with all its pages.
    pub(crate) fn open(
        store: &dyn CaseStore,
        case: CaseId,
        compartment: Compartment,
        compartment_key: &Key,
    ) -> Result<Self, VaultError> {
        let word = places::compartment_word(compartment).ok_or(VaultError::Sealed(compartment))?;
        let name = places::ring(word)?;
        let opened = sealed_file::take(store, &name, &case, |_| compartment_key.derive(&[RING_TAG]))?;
        let root: &[u8; KEY_LEN] =
            opened.content.as_slice().try_into().map_err(|_| VaultError::damaged(&name, "not a key"))?;
        let mut ring = Self {
            case,
            word,
            generation: opened.generation,
            root: Key::new(root),
            pages: Vec::new(),
            by_id: HashMap::new(),
            by_subject: HashMap::new(),
            damaged: Vec::new(),
        };
        for listed in store.list(&places::ring_pages(word)?)? {
            let Some((lane, number)) = page_name(listed.name.leaf()) else { continue };
            match ring.load_page(store, lane, number) {
                Err(e) if e.is_damage() => ring.damaged.push((lane, number, e)),
                other => other?,
            }
        }
        Ok(ring)
    }

    fn page_key(&self, lane: &LaneId, number: u32) -> zeroize::Zeroizing<[u8; KEY_LEN]> {
        self.root.derive(&[PAGE_TAG, &lane.0, &number.to_be_bytes()])
    }

    fn load_page(&mut self, store: &dyn CaseStore, lane: LaneId, number: u32) -> Result<(), VaultError> {
        let name = places::ring_page(self.word, &lane, number)?;
        let opened = sealed_file::take(store, &name, &self.case, |_| self.page_key(&lane, number))?;
        if opened.generation != self.generation {
            return Err(VaultError::damaged(&name, "of another generation than its ring"));
        }
        let bytes: &[u8; PAGE_LEN] =
            opened.content.as_slice().try_into().map_err(|_| VaultError::damaged(&name, "not a page of 64 keys"))?;
        let mut page = Page { lane, number, used: 0, slots: Guarded::new(bytes) };
        let at = self.pages.len();
        let mut found = Vec::new();
        while let Some((subject, id, _)) = page.slot(page.used).and_then(split) {
            found.push((subject, id, page.used));
            page.used += 1;
        }
        self.pages.push(page);
        for (subject, id, slot) in found {
            self.by_id.insert(id, (at, slot));
            self.by_subject.entry(subject).or_insert(id);
        }
        Ok(())
    }

    /// The key of an id.
    pub(crate) fn key(&self, id: KeyId) -> Option<&[u8; KEY_LEN]> {
        let (page, slot) = self.by_id.get(&id)?;
        self.pages.get(*page)?.slot(*slot)?.last_chunk::<KEY_LEN>()
    }

    /// The id of a subject's key.
    pub(crate) fn id_of(&self, subject: &SubjectId) -> Option<KeyId> {
        self.by_subject.get(subject).copied()
    }

    /// Draws keys for the subjects that have none and writes the pages they stand on, each once.
    pub(crate) fn ensure(
        &mut self,
        store: &dyn CaseStore,
        lane: &LaneId,
        subjects: &[SubjectId],
        ambient: &mut Ambient,
    ) -> Result<(), VaultError> {
        let mut touched = Vec::new();
        for subject in subjects {
            if self.by_subject.contains_key(subject) {
                continue;
            }
            let at = self.page_with_room(lane)?;
            let id = KeyId(ambient.draw()?);
            let Some(page) = self.pages.get_mut(at) else { continue };
            let used = page.used;
            if let Some(slot) = page.slots.bytes_mut().chunks_exact_mut(SLOT_LEN).nth(used) {
                let (head, key) = slot.split_at_mut(32 + KEY_ID_LEN);
                head.copy_from_slice(&[&subject.0[..], &id.0].concat());
                ambient.random.fill(key)?;
            }
            page.used += 1;
            self.by_id.insert(id, (at, used));
            self.by_subject.insert(*subject, id);
            if !touched.contains(&at) {
                touched.push(at);
            }
        }
        for at in touched {
            let Some(page) = self.pages.get(at) else { continue };
            let name = places::ring_page(self.word, &page.lane, page.number)?;
            let key = self.page_key(&page.lane, page.number);
            sealed_file::put(store, &name, &self.case, self.generation, &key, page.slots.bytes(), ambient)?;
        }
        Ok(())
    }

    fn page_with_room(&mut self, lane: &LaneId) -> Result<usize, VaultError> {
        let own = self.pages.iter().enumerate().filter(|(_, page)| page.lane == *lane);
        let last = own.max_by_key(|(_, page)| page.number);
        if let Some((at, page)) = last
            && page.used < PAGE_KEYS
        {
            return Ok(at);
        }
        // A damaged page is never written over.
        let taken = self.damaged.iter().filter(|(owner, _, _)| owner == lane).map(|(_, number, _)| *number);
        let number = taken.chain(last.map(|(_, page)| page.number)).max().map_or(0, |number| number + 1);
        if number >= PAGES_MAX {
            let limit = u64::from(PAGES_MAX);
            return Err(VaultError::Limit { what: "pages of a ring", found: u64::from(number), limit });
        }
        self.pages.push(Page { lane: *lane, number, used: 0, slots: Guarded::zeroed() });
        Ok(self.pages.len() - 1)
    }

    /// The pages that did not open.
    pub(crate) fn damaged(&self) -> impl Iterator<Item = &VaultError> {
        self.damaged.iter().map(|(_, _, why)| why)
    }

    /// A key for bytes that are no act: an index, a snapshot. It goes when the ring is rotated.
    pub(crate) fn side_key(&self, label: &[u8]) -> zeroize::Zeroizing<[u8; KEY_LEN]> {
        self.root.derive(&[b"casemate/side/v1\0", label])
    }

    /// How many of the pages the system keeps in memory, and how many there are.
    pub(crate) fn locked(&self) -> (usize, usize) {
        (self.pages.iter().filter(|p| p.slots.is_locked()).count(), self.pages.len())
    }
}

fn split(slot: &[u8; SLOT_LEN]) -> Option<(SubjectId, KeyId, &[u8; KEY_LEN])> {
    let (subject, rest) = slot.split_first_chunk::<32>()?;
    let (id, key) = rest.split_first_chunk::<KEY_ID_LEN>()?;
    // An id of zeros marks a slot that was never used.
    (*id != [0; KEY_ID_LEN]).then_some(())?;
    Some((SubjectId(*subject), KeyId(*id), key.try_into().ok()?))
}

fn page_name(leaf: &str) -> Option<(LaneId, u32)> {
    let (lane, number) = leaf.split_once('.')?;
    let number = u32::from_str_radix(number, 16).ok().filter(|_| number.len() == 8)?;
    Some((lane.parse().ok()?, number))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use casemate_ports::store::{BlobStore, SmallStore, StoreName};
    use casemate_testkit::MemoryStore;

    fn subject(n: u32) -> SubjectId {
        let mut id = [0; 32];
        id[..4].copy_from_slice(&n.to_be_bytes());
        SubjectId(id)
    }

    #[test]
    fn keys_outlive_the_process_and_fill_pages_of_64() {
        let (store, ambient) = (MemoryStore::new(), &mut Ambient::system());
        let (case, lane, root) = (CaseId([1; 32]), LaneId([2; 32]), Key::draw(ambient).unwrap());
        let mut ring = Ring::create(&store, case, Compartment::Case, &root, ambient).unwrap();
        let all: Vec<_> = (0..130).map(subject).collect();
        ring.ensure(&store, &lane, &all[..1], ambient).unwrap();
        ring.ensure(&store, &lane, &all, ambient).unwrap();
        ring.ensure(&store, &lane, &all, ambient).unwrap();
        let again = Ring::open(&store, case, Compartment::Case, &root).unwrap();
        assert_eq!(store.list(&StoreName::new("keys/case/pages").unwrap()).unwrap().len(), 3);
        let mut keys = std::collections::BTreeSet::new();
        for s in &all {
            let id = again.id_of(s).unwrap();
            assert_eq!(Some(id), ring.id_of(s));
            assert_eq!(again.key(id), ring.key(id));
            keys.insert(*again.key(id).unwrap());
        }
        assert_eq!(keys.len(), 130);
        assert_eq!(again.id_of(&subject(130)), None);
        assert_eq!(again.key(KeyId([0; KEY_ID_LEN])), None);
    }

    #[test]
    fn lanes_write_pages_of_their_own() {
        let (store, ambient) = (MemoryStore::new(), &mut Ambient::system());
        let (case, root) = (CaseId([1; 32]), Key::draw(ambient).unwrap());
        let mut one = Ring::create(&store, case, Compartment::Press, &root, ambient).unwrap();
        let mut two = Ring::open(&store, case, Compartment::Press, &root).unwrap();
        one.ensure(&store, &LaneId([1; 32]), &[subject(1)], ambient).unwrap();
        two.ensure(&store, &LaneId([2; 32]), &[subject(2)], ambient).unwrap();
        let both = Ring::open(&store, case, Compartment::Press, &root).unwrap();
        assert!(both.id_of(&subject(1)).is_some() && both.id_of(&subject(2)).is_some());
    }

    #[test]
    fn a_page_opens_only_in_its_place_and_whole() {
        let (store, ambient) = (MemoryStore::new(), &mut Ambient::system());
        let (case, root) = (CaseId([1; 32]), Key::draw(ambient).unwrap());
        let (a, b) = (LaneId([1; 32]), LaneId([2; 32]));
        let mut ring = Ring::create(&store, case, Compartment::Case, &root, ambient).unwrap();
        ring.ensure(&store, &a, &[subject(1)], ambient).unwrap();
        let name = places::ring_page("case", &a, 0).unwrap();
        let bytes = store.small(&name).unwrap();
        for at in (0..bytes.len()).step_by(97) {
            let mut bad = bytes.clone();
            bad[at] ^= 0x40;
            store.tamper(name.as_str(), Some(bad));
            let mut hurt = Ring::open(&store, case, Compartment::Case, &root).unwrap();
            assert_eq!((hurt.damaged().count(), hurt.id_of(&subject(1))), (1, None), "byte {at}");
            hurt.ensure(&store.image(), &a, &[subject(2)], ambient).unwrap();
            assert_eq!(hurt.pages[0].number, 1, "a damaged page is not written over");
        }
        store.tamper(name.as_str(), None);
        store.tamper(places::ring_page("case", &b, 0).unwrap().as_str(), Some(bytes));
        let moved = Ring::open(&store, case, Compartment::Case, &root).unwrap();
        assert_eq!(moved.damaged().count(), 1);
        let foreign = Ring::open(&store, case, Compartment::Case, &Key::draw(ambient).unwrap());
        assert!(matches!(foreign, Err(VaultError::Damaged { .. })));
    }
}
