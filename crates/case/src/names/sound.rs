//! A rough phonetic key for Latin letters, so that a name misheard by a speech engine is still offered.
//!
//! Keeps: equal spellings have equal keys. Does not know: languages; the key only serves to offer, never to decide.

/// Keys shorter than this are never compared: too many ordinary words sound alike.
const SHORTEST_KEY: usize = 5;
/// Similarity (1000 less the Damerau–Levenshtein distance per mille of the longer key) from which words are offered.
const NEAR: u32 = 750;

const REWRITES: &[(&str, &str)] = &[
    ("eaux", "o"),
    ("eau", "o"),
    ("tch", "ch"),
    ("sch", "sh"),
    ("ph", "f"),
    ("ck", "k"),
    ("qu", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("au", "o"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("ai", "e"),
    ("ei", "e"),
    ("zh", "ch"),
    ("wh", "w"),
    ("x", "sh"),
    ("c", "k"),
    ("q", "ch"),
    ("y", "i"),
    ("z", "s"),
];

/// The phonetic key of folded letters.
pub(super) fn key(folded: &str) -> String {
    let mut out = String::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let hit = REWRITES.iter().find(|(from, _)| rest.starts_with(from) && !(*from == "c" && rest.starts_with("ch")));
        let taken = hit.map_or(first.len_utf8(), |(from, _)| from.len());
        let put = hit.map_or_else(|| rest.get(..taken).unwrap_or_default(), |(_, to)| to);
        if !out.ends_with(put) {
            out.push_str(put);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// How near two keys are, per mille, where that is near enough to offer.
pub(super) fn near(name: &str, heard: &str) -> Option<u32> {
    if name.len() < SHORTEST_KEY || heard.len() < SHORTEST_KEY - 1 {
        return None;
    }
    // Each letter that one has more than the other is a step at least.
    if name.len().abs_diff(heard.len()) * 4 > name.len().max(heard.len()) && name.is_ascii() && heard.is_ascii() {
        return None;
    }
    let distance = u32::try_from(strsim::damerau_levenshtein(name, heard)).ok()?;
    let longer = u32::try_from(name.chars().count().max(heard.chars().count())).ok()?;
    let score = 1000 - distance.min(longer).checked_mul(1000)?.checked_div(longer)?;
    (score >= NEAR).then_some(score)
}
