//! The custody log and the object construction: pure.
