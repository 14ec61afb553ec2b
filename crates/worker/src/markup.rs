//! XML as a stream of what opens, what closes and what is said.
//!
//! Keeps: no entity but the five and those of characters is resolved, nothing is fetched, depth is bounded; a fault ends the
//! stream and is told. Does not know: any vocabulary.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::text;

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 512;

/// One thing of a stream; names without their prefix.
pub enum Mark<'a> {
    Open(&'a str, Attributes<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// What an element says in its tag.
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, by its name without prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| unescaped(&attribute.value))
    }

    /// The value of an attribute that has a prefix: `id` is one thing and `r:id` another.
    pub fn prefixed(&self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == name)
            .map(|attribute| unescaped(&attribute.value))
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |text| text.into_owned())
}

/// Tells what is in the bytes; false if they end in a fault: what was told before stands.
pub fn walk(bytes: &[u8], mut tell: impl FnMut(Mark<'_>)) -> bool {
    let Some(decoded) = text::decode(bytes) else { return false };
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return false;
                }
                tell(Mark::Open(start.local_name().as_ref(), Attributes(&start)));
            }
            Ok(Event::Empty(start)) => {
                let name = start.local_name();
                tell(Mark::Open(name.as_ref(), Attributes(&start)));
                tell(Mark::Close(name.as_ref()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                tell(Mark::Close(end.local_name().as_ref()));
            }
            Ok(Event::Text(said)) => tell(Mark::Text(&said.xml10_content())),
            Ok(Event::CData(said)) => tell(Mark::Text(&said.xml10_content())),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(c)) => tell(Mark::Text(c.encode_utf8(&mut [0; 4]))),
                _ => match resolve_predefined_entity(&reference.xml10_content()) {
                    Some(said) => tell(Mark::Text(said)),
                    // An entity of the document's own: its name is all that is said.
                    None => tell(Mark::Text(&format!("&{};", reference.xml10_content()))),
                },
            },
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The text of each element of these names, the first of each, in the order asked for.
pub fn texts_of(bytes: &[u8], names: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<Option<String>> = vec![None; names.len()];
    let mut open: Option<usize> = None;
    walk(bytes, |mark| match mark {
        Mark::Open(name, _) => open = names.iter().position(|wanted| *wanted == name),
        Mark::Close(_) => open = None,
        Mark::Text(said) => {
            if let Some(place) = open.and_then(|place| found.get_mut(place)) {
                place.get_or_insert_default().push_str(said);
            }
        }
    });
    let told = names.iter().zip(found).filter_map(|(name, text)| Some(((*name).to_owned(), text?)));
    told.filter(|(_, text)| !text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(xml: &str) -> (String, bool) {
        let mut all = String::new();
        let whole = walk(xml.as_bytes(), |mark| match mark {
            Mark::Open(name, attributes) => {
                all.push_str(&format!("<{name}{}>", attributes.get("k").unwrap_or_default()))
            }
            Mark::Close(name) => all.push_str(&format!("</{name}>")),
            Mark::Text(text) => all.push_str(text),
        });
        (all, whole)
    }

    #[test]
    fn names_lose_their_prefix_and_only_plain_entities_are_resolved() {
        let xml = "<w:p x:k=\"a&amp;b\">a&lt;&#26519;<br/><![CDATA[<x>]]>&own;</w:p>";
        assert_eq!(told(xml), ("<pa&b>a<林<br></br><x>&own;</p>".to_owned(), true));
    }

    #[test]
    fn a_bomb_of_entities_says_its_name() {
        let xml = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert_eq!(told(xml).0, "<x>&b;</x>");
    }

    #[test]
    fn too_deep_is_a_fault_and_what_was_told_stands() {
        let (all, whole) = told(&"<a>".repeat(100_000));
        assert!(!whole);
        assert_eq!(all.len(), 3 * MAX_DEPTH);
        assert!(!told("<a>text<").1);
    }

    #[test]
    fn texts_are_had_by_name() {
        let xml = b"<c><t>One</t><t>Two</t><u> </u><v>x&amp;y</v></c>";
        assert_eq!(texts_of(xml, &["v", "t", "u"]), [("v".into(), "x&y".into()), ("t".into(), "OneTwo".into())]);
    }
}
