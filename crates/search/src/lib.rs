//! The rebuildable index.
