//! A text as the rules read it: one character for one, full-width forms as ASCII, every space and dash plain, and digits
//! that are spoken in Han written as digits.
//!
//! Keeps: the n-th character stands for the n-th of the original. Does not know: what an identifier looks like.

use std::ops::Range;

/// Han digits in a row that are a number told digit by digit; a year has four.
const SPOKEN: usize = 7;
const FULL_WIDTH: Range<u32> = 0xff01..0xff5f;
const FULL_TO_ASCII: u32 = 0xfee0;

/// The normal form.
pub(super) struct Normal {
    text: String,
    spoken: Vec<Range<usize>>,
}

impl Normal {
    pub fn of(text: &str) -> Self {
        let mut chars: Vec<char> = text.chars().map(plain).collect();
        let mut runs = Vec::new();
        let mut from = 0;
        while from < chars.len() {
            let run = chars.iter().skip(from).take_while(|c| han_digit(**c).is_some()).count();
            if run >= SPOKEN {
                runs.push(from..from + run);
                for c in chars.iter_mut().skip(from).take(run) {
                    *c = han_digit(*c).unwrap_or(*c);
                }
            }
            from += run.max(1);
        }
        let text: String = chars.iter().collect();
        let mut places = Places { rest: text.char_indices(), at: 0 };
        let spoken =
            runs.into_iter().map(|run| places.byte_at(run.start, text.len())..places.byte_at(run.end, text.len()));
        let spoken = spoken.collect();
        Self { text, spoken }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Runs of Han digits, in bytes.
    pub fn spoken(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.spoken.iter().cloned()
    }

    /// Turns bytes into characters, in rising order.
    pub fn places(&self) -> Places<'_> {
        Places { rest: self.text.char_indices(), at: 0 }
    }
}

/// A walk through a text that counts.
pub(super) struct Places<'t> {
    rest: std::str::CharIndices<'t>,
    at: usize,
}

impl Places<'_> {
    /// The number of the character that begins at a byte; never smaller than that of the call before.
    pub fn char_at(&mut self, byte: usize) -> usize {
        while self.rest.offset() < byte && self.rest.next().is_some() {
            self.at += 1;
        }
        self.at
    }

    /// The byte where a character begins.
    fn byte_at(&mut self, char: usize, end: usize) -> usize {
        while self.at < char && self.rest.next().is_some() {
            self.at += 1;
        }
        self.rest.offset().min(end)
    }
}

fn plain(c: char) -> char {
    match c {
        _ if FULL_WIDTH.contains(&u32::from(c)) => char::from_u32(u32::from(c) - FULL_TO_ASCII).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\n' | '\r' => c,
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

fn han_digit(c: char) -> Option<char> {
    Some(match c {
        '零' | '〇' => '0',
        '一' | '幺' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}
