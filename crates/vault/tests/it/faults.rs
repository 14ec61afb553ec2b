//! I4: a crash at any write loses nothing acknowledged, and nothing is deleted.
