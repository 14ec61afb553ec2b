//! Release layers: a text or transcript sealed after the names are known, each protected span one leaf.
//!
//! Keeps: what is withheld stands in leaves of its own, each directly behind an open label; times are whole seconds;
//! a rendering never shows how much is withheld.
//! Does not know: who the names belong to, or why an alias was chosen.
