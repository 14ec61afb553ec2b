//! Paragraphs as they are told: counted, with who wrote them.
//!
//! Keeps: one number for each paragraph that says something. Does not know: kinds of papers.

use casemate_ports::reading::{Passage, Place};

use crate::out::{Out, Read, passage};

/// Longest paragraph of one passage, bytes; a longer one is several of one place.
const MAX_BYTES: usize = 32 << 10;

/// A text with who wrote it, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub by: Option<String>,
    pub when: Option<String>,
}

impl Said {
    pub fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Tells paragraphs of one part of a paper, counted from 1; `around` puts their place into the part.
pub fn tell(paragraphs: Vec<Said>, around: impl Fn(Place) -> Place, out: &mut Out) -> Read {
    for (number, said) in (1u64..).zip(paragraphs.into_iter().filter(|said| !said.text.trim().is_empty())) {
        let mut rest = said.text.trim_end_matches('\n');
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.floor_char_boundary(MAX_BYTES));
            let place = around(Place::Lines { first: number, last: number });
            out.passage(Passage { speaker: said.by.clone(), when: said.when.clone(), ..passage(place, now) })?;
            rest = later;
        }
    }
    Ok(())
}

/// Into a part of that name.
pub fn within(name: &str) -> impl Fn(Place) -> Place {
    move |inside| Place::Part { name: name.to_owned(), inside: Box::new(inside) }
}
