//! The parent side of the workers.
