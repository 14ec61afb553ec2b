//! Damage is named, and what is whole stays readable.
