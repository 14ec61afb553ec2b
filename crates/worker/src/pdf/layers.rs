//! A document with all its layers switched on: made by adding another catalogue behind its bytes.
//!
//! Keeps: the bytes before stay as they are. Does not know: what a layer shows.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Dict;

/// The document with all layers switched on.
pub fn all_layers(bytes: &[u8], pdf: &Pdf) -> Option<Pdf> {
    let xref = pdf.xref();
    if !xref.has_optional_content_groups() {
        return None;
    }
    let root = xref.get::<Dict<'_>>(xref.root_id())?;
    let tree = root.get_ref("Pages")?;
    let mark = b"startxref";
    let at = bytes.windows(mark.len()).rposition(|w| w == mark)?;
    let rest = bytes.get(at + mark.len()..)?;
    let digits: String = rest.iter().skip_while(|b| b.is_ascii_whitespace()).map(|b| char::from(*b)).take(20).collect();
    let old: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let mut out = bytes.to_vec();
    out.push(b'\n');
    let number = u32::try_from(pdf.len()).ok()?.saturating_add(100_000);
    let here = out.len();
    out.extend(
        format!("{number} 0 obj\n<</Type/Catalog/Pages {} {} R>>\nendobj\n", tree.obj_number, tree.gen_number).bytes(),
    );
    let table = out.len();
    out.extend(
        format!(
            "xref\n{number} 1\n{here:010} 00000 n \ntrailer\n<</Root {number} 0 R/Size {}/Prev {old}{}>>\nstartxref\n{table}\n%%EOF\n",
            number + 1,
            keys(bytes)
        )
        .bytes(),
    );
    Pdf::new(out).ok().filter(|all| all.pages().len() == pdf.pages().len())
}

/// The entry that a trailer needs to be read with the keys of the document, where it is encrypted.
pub fn keys(bytes: &[u8]) -> String {
    let tail = |name: &[u8]| {
        let at = bytes.windows(name.len()).rposition(|w| w == name)?;
        bytes.get(at..at + 300.min(bytes.len() - at))
    };
    let mut out = String::new();
    if let Some(entry) = tail(b"/Encrypt") {
        let text: String = entry.iter().map(|b| char::from(*b)).collect();
        let mut words = text.split_whitespace();
        let plain = [words.next(), words.next(), words.next(), words.next()];
        if let [Some("/Encrypt"), Some(n), Some(g), Some(r)] = plain
            && r.starts_with('R')
            && n.bytes().chain(g.bytes()).all(|b| b.is_ascii_digit())
        {
            out.push_str(&format!("/Encrypt {n} {g} R"));
        }
    }
    if let Some(entry) = tail(b"/ID").filter(|_| !out.is_empty()) {
        let open = entry.iter().position(|b| *b == b'[').unwrap_or(entry.len());
        let close = entry.iter().position(|b| *b == b']').unwrap_or(0);
        let id = entry.get(open..=close).unwrap_or_default();
        if id.iter().all(|b| b.is_ascii_hexdigit() || b"[]<> \r\n".contains(b)) {
            out.push_str("/ID");
            out.extend(id.iter().map(|b| char::from(*b)));
        }
    }
    out
}
