//! Open, append, read; keys, segments, recovery.
