//! Character references of web pages, as characters.
//!
//! Keeps: a letter with a mark becomes the letter and the mark; a name that is not known is told. Does not know: tags.

/// A text without references.
pub(super) struct Entities {
    pub text: String,
    /// Whether a name was not known.
    pub unknown: bool,
}

/// Longest name.
const NAME_CHARS: usize = 31;

/// Endings of names of letters, and the mark that each stands for.
const MARKS: [(&str, char); 14] = [
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circ", '\u{302}'),
    ("uml", '\u{308}'),
    ("tilde", '\u{303}'),
    ("ring", '\u{30a}'),
    ("cedil", '\u{327}'),
    ("caron", '\u{30c}'),
    ("ogon", '\u{328}'),
    ("macr", '\u{304}'),
    ("breve", '\u{306}'),
    ("dot", '\u{307}'),
    ("dblac", '\u{30b}'),
    ("slash", '\u{338}'),
];

const NAMES: [(&str, &str); 62] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("shy", ""),
    ("zwj", ""),
    ("zwnj", ""),
    ("lrm", ""),
    ("rlm", ""),
    ("szlig", "ß"),
    ("aelig", "æ"),
    ("AElig", "Æ"),
    ("oelig", "œ"),
    ("OElig", "Œ"),
    ("eth", "ð"),
    ("ETH", "Ð"),
    ("thorn", "þ"),
    ("THORN", "Þ"),
    ("inodot", "ı"),
    ("aring", "å"),
    ("Aring", "Å"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("lstrok", "ł"),
    ("Lstrok", "Ł"),
    ("dstrok", "đ"),
    ("Dstrok", "Đ"),
    ("hyphen", "-"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsaquo", "‹"),
    ("rsaquo", "›"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("euro", "€"),
    ("pound", "£"),
    ("yen", "¥"),
    ("cent", "¢"),
    ("sect", "§"),
    ("para", "¶"),
    ("times", "×"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("frac12", "½"),
];

/// Undoes them.
pub(super) fn undone(text: &str) -> Entities {
    let (mut out, mut unknown) = (String::with_capacity(text.len()), false);
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        rest = reference.get(1..).unwrap_or_default();
        let taken = match rest.strip_prefix('#') {
            Some(number) => numeric(number).map(|(c, len)| (c.to_string(), len + 1)),
            None => named(rest),
        };
        match taken {
            Some((said, len)) => {
                out.push_str(&said);
                rest = rest.get(len..).unwrap_or_default();
            }
            None => {
                unknown |= rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#');
                out.push('&');
            }
        }
    }
    out.push_str(rest);
    Entities { text: out, unknown }
}

/// The character of a number, and how long it is written, `;` included where it stands.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let len = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let c = char::from_u32(u32::from_str_radix(digits.get(..len)?, radix).ok()?)?;
    let ended = usize::from(digits.get(len..)?.starts_with(';'));
    Some((c, before + len + ended))
}

fn named(text: &str) -> Option<(String, usize)> {
    let len = text.bytes().take(NAME_CHARS).take_while(u8::is_ascii_alphanumeric).count();
    let (name, ended) = (text.get(..len)?, text.get(len..)?.starts_with(';'));
    let known = NAMES.iter().find(|(known, _)| *known == name).map(|(_, said)| (*said).to_owned());
    let said = known.or_else(|| {
        let (first, ending) = name.split_at_checked(1)?;
        let mark = MARKS.iter().find(|(known, _)| *known == ending)?.1;
        Some(format!("{first}{mark}"))
    })?;
    Some((said, len + usize::from(ended)))
}
