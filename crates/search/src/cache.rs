//! Clear frames kept in memory: least recently used out first (by the clock rule), under a fixed bound.
//!
//! Keeps: never more frames than the bound. Frames that the engine still reads live on until it lets go.
//! Does not know: how a frame is opened, files, names.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Which frame: the opened file's serial number, the frame's number.
pub(crate) type FrameKey = (u64, u64);

struct Slot {
    key: FrameKey,
    frame: Arc<[u8]>,
    used: bool,
}

#[derive(Default)]
struct Ring {
    slots: Vec<Slot>,
    places: HashMap<FrameKey, usize>,
    hand: usize,
}

/// A bounded cache of frames.
pub(crate) struct FrameCache {
    ring: Mutex<Ring>,
    bound: usize,
}

impl FrameCache {
    /// Holds at most `bound` frames, at least one.
    pub(crate) fn new(bound: usize) -> Self {
        Self { ring: Mutex::default(), bound: bound.max(1) }
    }

    pub(crate) fn find(&self, key: FrameKey) -> Option<Arc<[u8]>> {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let at = *ring.places.get(&key)?;
        let slot = ring.slots.get_mut(at)?;
        slot.used = true;
        Some(Arc::clone(&slot.frame))
    }

    pub(crate) fn keep(&self, key: FrameKey, frame: Arc<[u8]>) {
        let mut guard = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let ring = &mut *guard;
        if ring.places.contains_key(&key) {
            return;
        }
        let slot = Slot { key, frame, used: false };
        if ring.slots.len() < self.bound {
            ring.places.insert(key, ring.slots.len());
            ring.slots.push(slot);
            return;
        }
        loop {
            let at = ring.hand;
            ring.hand = (at + 1) % self.bound;
            match ring.slots.get_mut(at) {
                Some(old) if old.used => old.used = false,
                Some(old) => {
                    ring.places.remove(&old.key);
                    *old = slot;
                    ring.places.insert(key, at);
                    return;
                }
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_holds_and_used_frames_stay() {
        let cache = FrameCache::new(3);
        let frame = |n: u8| Arc::from(vec![n].into_boxed_slice());
        for n in 0..3 {
            cache.keep((0, u64::from(n)), frame(n));
        }
        assert!(cache.find((0, 0)).is_some());
        cache.keep((0, 3), frame(3));
        assert!(cache.find((0, 0)).is_some());
        assert!(cache.find((0, 1)).is_none());
        assert_eq!(cache.find((0, 3)).unwrap().as_ref(), [3]);
        for n in 4..200u8 {
            cache.keep((1, u64::from(n)), frame(n));
        }
        let ring = cache.ring.lock().unwrap();
        assert_eq!((ring.slots.len(), ring.places.len()), (3, 3));
    }
}
