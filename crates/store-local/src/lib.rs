//! The case folder on a local disk.
