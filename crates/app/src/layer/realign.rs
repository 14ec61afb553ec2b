//! The times of words after a person has changed the text: what stayed keeps its time, what is new shares the time of
//! what it replaced.
//!
//! Keeps: words stay in order and inside the passage's time; a person's word has full confidence. Does not know: sound.
//! A shared time is as good as the length of words tells.

use casemate_ports::reading::Word;
use std::ops::Range;

/// Confidence of what a person wrote.
const SURE: u16 = 1000;

/// Unchanged characters that part two changes. Nearer ones count as one: a new word between them may lie anywhere in
/// their time.
const APART: usize = 12;

/// The words of `new`, given those of `old`.
pub(super) fn realign(old: &str, words: &[Word], new: &str) -> Vec<Word> {
    if words.is_empty() {
        return Vec::new();
    }
    let (before, after): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let (mut words, mut text) = (words.to_vec(), before.clone());
    // From the back, so that places before a change stay what they are.
    for (gone, come) in changes(&before, &after).into_iter().rev() {
        let mut next = text.clone();
        next.splice(gone, after.get(come).unwrap_or_default().iter().copied());
        words = changed_once(&text, &words, &next);
        text = next;
    }
    words
}

/// Which characters became which, in order.
fn changes(before: &[char], after: &[char]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, before, after);
    let same = ops.iter().filter(|op| op.tag() == similar::DiffTag::Equal);
    let same = same.map(|op| (op.old_range(), op.new_range()));
    let end = (before.len()..before.len(), after.len()..after.len());
    let (mut old, mut new) = (0, 0);
    for (was, is) in same.chain([end]) {
        let (gone, come) = (old..was.start, new..is.start);
        (old, new) = (was.end, is.end);
        match out.last_mut() {
            _ if gone.is_empty() && come.is_empty() => {}
            Some(last) if gone.start.saturating_sub(last.0.end) < APART => {
                (last.0.end, last.1.end) = (gone.end, come.end);
            }
            _ => out.push((gone, come)),
        }
    }
    out
}

/// The words after one stretch of the text has changed.
fn changed_once(before: &[char], words: &[Word], after: &[char]) -> Vec<Word> {
    let same = |a: &mut dyn Iterator<Item = &char>, b: &mut dyn Iterator<Item = &char>| {
        a.zip(b).take_while(|(x, y)| x == y).count()
    };
    let head = same(&mut before.iter(), &mut after.iter());
    let rest = before.len().min(after.len()) - head;
    let tail = same(&mut before.iter().rev(), &mut after.iter().rev()).min(rest);
    let ends = |w: &Word| (w.at + w.chars) as usize;
    // A word that the change touches and would join is part of it.
    let stays_before = |w: &Word| ends(w) < head || (ends(w) == head && !joined(after, head));
    let kept_head = words.iter().take_while(|w| stays_before(w)).count();
    let from_tail = before.len() - tail;
    let stays_after =
        |w: &Word| w.at as usize > from_tail || (w.at as usize == from_tail && !joined(after, after.len() - tail));
    let changed = words.get(kept_head..).unwrap_or_default();
    let kept_tail = changed.iter().rev().take_while(|w| stays_after(w)).count();
    let (gone, last) = changed.split_at(changed.len() - kept_tail);
    let mut out: Vec<Word> = words.iter().take(kept_head).cloned().collect();
    let start = out.last().map_or(0, ends);
    let shift = after.len() as i64 - before.len() as i64;
    let moved: Vec<Word> =
        last.iter().map(|w| Word { at: u32::try_from(i64::from(w.at) + shift).unwrap_or(w.at), ..w.clone() }).collect();
    let end = moved.first().map_or(after.len(), |w| w.at as usize);
    out.extend(shared(after, (start, end), span(&out, gone, &moved)));
    out.extend(moved);
    out
}

/// Whether the characters on both sides of a place are of one word.
fn joined(text: &[char], at: usize) -> bool {
    let of_word = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace() && !is_alone(*c));
    at > 0 && of_word(text.get(at - 1)) && of_word(text.get(at))
}

/// A character that is a word by itself.
fn is_alone(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

/// The time of what was replaced; where nothing was, the pause between the words beside it.
fn span(before: &[Word], gone: &[Word], after: &[Word]) -> (u64, u64) {
    let start = gone.first().map(|w| w.start_ms).or(before.last().map(|w| w.end_ms));
    let end = gone.last().map(|w| w.end_ms).or(after.first().map(|w| w.start_ms));
    let start = start.or(end).unwrap_or(0);
    (start, end.unwrap_or(start).max(start))
}

/// The words of a stretch of text, sharing a time by their length.
fn shared(text: &[char], (from, to): (usize, usize), (start, end): (u64, u64)) -> Vec<Word> {
    let words = split(text, from, to);
    let total: u64 = words.iter().map(|(_, n)| *n as u64).sum::<u64>().max(1);
    let mut done = 0u64;
    let at = |done: u64| start + (end - start) * done / total;
    let one = |(first, count): (usize, usize)| {
        let start_ms = at(done);
        done += count as u64;
        Word {
            at: u32::try_from(first).unwrap_or(u32::MAX),
            chars: u32::try_from(count).unwrap_or(u32::MAX),
            start_ms,
            end_ms: at(done),
            confidence: SURE,
        }
    };
    words.into_iter().map(one).collect()
}

/// First character and length of each word: runs between spaces, and each Han character alone.
fn split(text: &[char], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.iter().enumerate().take(to).skip(from) {
        let alone = is_alone(*c);
        if c.is_whitespace() {
            open = false;
        } else if alone || !open {
            out.push((at, 1));
            open = !alone;
        } else if let Some((_, count)) = out.last_mut() {
            *count += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Word> {
        let all: Vec<char> = text.chars().collect();
        let rows = split(&all, 0, all.len()).into_iter().enumerate();
        rows.map(|(n, (at, chars))| Word {
            at: at as u32,
            chars: chars as u32,
            start_ms: 1000 * n as u64,
            end_ms: 1000 * n as u64 + 800,
            confidence: 500,
        })
        .collect()
    }

    fn told(text: &str, words: &[Word]) -> Vec<(String, u64, u64)> {
        let part = |w: &Word| text.chars().skip(w.at as usize).take(w.chars as usize).collect();
        words.iter().map(|w| (part(w), w.start_ms, w.end_ms)).collect()
    }

    #[test]
    fn one_word_changed_keeps_the_others_times() {
        let old = "he came from Bomon yesterday";
        let new = "he came from Beaumont yesterday";
        let found = realign(old, &words(old), new);
        let want = [
            ("he", 0, 800),
            ("came", 1000, 1800),
            ("from", 2000, 2800),
            ("Beaumont", 3000, 3800),
            ("yesterday", 4000, 4800),
        ];
        assert_eq!(told(new, &found), want.map(|(w, a, b)| (w.to_owned(), a, b)));
        assert_eq!(found.iter().map(|w| w.confidence).collect::<Vec<_>>(), [500, 500, 500, 1000, 500]);
    }

    #[test]
    fn what_lies_between_two_changes_keeps_time_and_doubt() {
        let old = "he came from Bomon yesterday to see his sister Marie";
        let new = "she came from Bomon yesterday to see his sister Maria";
        let (before, found) = (words(old), realign(old, &words(old), new));
        assert_eq!(told(new, &found).first(), Some(&("she".into(), 0, 800)));
        assert_eq!(told(new, &found).last(), Some(&("Maria".into(), 9000, 9800)));
        let kept = |w: &Word| (w.start_ms, w.end_ms, w.confidence);
        assert!(found[1..9].iter().map(kept).eq(before[1..9].iter().map(kept)));
        assert_eq!((found[0].confidence, found[9].confidence), (1000, 1000));
    }

    #[test]
    fn han_characters_share_what_they_replace() {
        let (old, new) = ("找远三谈话", "找唐远山谈话");
        let found = told(new, &realign(old, &words(old), new));
        assert_eq!(found[0], ("找".into(), 0, 800));
        assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<String>(), "找唐远山谈话");
        assert_eq!(found[1..4].iter().map(|f| f.1).collect::<Vec<_>>(), [1000, 1600, 2200], "they share 1.0 to 2.8 s");
        assert_eq!(found.last().map(|f| (f.1, f.2)), Some((4000, 4800)));
    }

    #[test]
    fn words_added_and_taken_away_at_the_ends() {
        let old = "come home";
        for new in ["please come home", "come home now", "home", "come", "go away"] {
            let found = realign(old, &words(old), new);
            let spelled: Vec<String> = told(new, &found).into_iter().map(|f| f.0).collect();
            assert_eq!(spelled.join(" "), new);
        }
    }

    proptest! {
        #[test]
        fn words_cover_the_text_in_order(old in "[a-c山水 ]{0,24}", new in "[a-c山水 ]{0,24}") {
            let before = words(&old);
            let found = realign(&old, &before, &new);
            if !before.is_empty() {
                let spelled: String = told(&new, &found).into_iter().map(|f| f.0).collect();
                let plain: String = new.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(spelled, plain);
                prop_assert!(found.windows(2).all(|w| w[0].at + w[0].chars <= w[1].at));
                prop_assert!(found.windows(2).all(|w| w[0].start_ms <= w[1].start_ms));
                prop_assert!(found.iter().all(|w| w.start_ms <= w.end_ms));
            }
        }
    }
}
