//! HTML as the text that a reader sees, block by block, with the source's lines.
//!
//! Keeps: tokens only, no tree, so nesting costs nothing; scripts, styles and comments are dropped, hidden text is not
//! (it may be evidence). Does not know: style sheets, pictures.

use std::borrow::Cow;
use std::cell::RefCell;

use casemate_ports::reading::{Kind, Place};
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use crate::out::{Out, Read, about, passage};
use crate::saved::saved;
use crate::text::Decoded;

/// Longest block, bytes; a longer one is several.
const MAX_BLOCK: usize = 16 << 10;

/// A block of text: first line, last line, text.
pub type Block = (u64, u64, String);

/// Reads a page.
pub fn read(bytes: &[u8], source: &Decoded, out: &mut Out) -> Read {
    let text = text_of(bytes, source);
    let page = blocks(&text);
    let mut metadata = vec![("encoding".to_owned(), source.encoding.to_owned())];
    metadata.extend(page.title.map(|t| ("title".to_owned(), t)));
    metadata.extend(saved(&text));
    out.about(about(Kind::Web, "text/html", metadata))?;
    for (first, last, text) in page.blocks {
        out.passage(passage(Place::Lines { first, last }, text))?;
    }
    Ok(())
}

/// A page's characters: by the encoding that it names, where its bytes don't already tell.
pub fn text_of<'t>(bytes: &[u8], source: &'t Decoded) -> Cow<'t, str> {
    declared_encoding(bytes, source).map_or(Cow::Borrowed(&source.text), Cow::Owned)
}

/// What a page says about its encoding counts where its bytes don't already.
fn declared_encoding(bytes: &[u8], source: &Decoded) -> Option<String> {
    if source.encoding == "UTF-8" || source.encoding.starts_with("UTF-16") {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?).to_ascii_lowercase();
    let after = head.split("charset=").nth(1)?.trim_start_matches(['"', '\'']);
    let label = after.split(['"', '\'', ' ', ';', '>', '/']).next()?;
    let (text, _, damaged) = encoding_rs::Encoding::for_label(label.as_bytes())?.decode(bytes);
    (!damaged).then(|| text.into_owned())
}

/// A page taken apart.
#[derive(Debug, Default)]
pub struct Page {
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The text of a page.
pub fn blocks(html: &str) -> Page {
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    // It pauses where a page names its encoding; there is nothing to wait for.
    loop {
        let _paused = tokenizer.feed(&queue);
        if queue.is_empty() {
            break;
        }
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.take();
    state.close();
    let title = state.title.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
    Page { title: title.filter(|t| !t.is_empty()), blocks: state.blocks }
}

#[derive(Default)]
struct Reader {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    blocks: Vec<Block>,
    open: String,
    first: u64,
    last: u64,
    dropping: Option<String>,
    title: Option<String>,
    in_title: bool,
    pre: bool,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.tag(&tag),
            Token::CharacterTokens(text) => state.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opening = tag.kind == TagKind::StartTag;
        if opening && let Some(label) = tag.attrs.iter().find(|a| matches!(&*a.name.local, "alt" | "title")) {
            self.text(&label.value.clone(), self.last.max(1));
            self.open.push(' ');
        }
        match name {
            "script" | "style" | "noframes" | "template" => {
                self.dropping = opening.then(|| name.to_owned());
                return match (opening, name) {
                    (true, "script") => TokenSinkResult::RawData(ScriptData),
                    (true, "style" | "noframes") => TokenSinkResult::RawData(Rawtext),
                    _ => TokenSinkResult::Continue,
                };
            }
            "title" | "textarea" => {
                self.close();
                self.in_title = opening && name == "title" && self.title.is_none();
                if opening {
                    let kind: RawKind = Rcdata;
                    return TokenSinkResult::RawData(kind);
                }
            }
            "pre" => {
                self.close();
                self.pre = opening;
            }
            "br" => self.open.push('\n'),
            "td" | "th" | "option" if opening => self.open.push('\t'),
            _ if is_block(name) => self.close(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn text(&mut self, text: &str, line: u64) {
        if self.dropping.is_some() {
            return;
        }
        if self.in_title {
            self.title.get_or_insert_default().push_str(text);
        }
        if self.open.trim().is_empty() && !text.trim().is_empty() {
            self.first = line;
        }
        self.last = line;
        if self.pre {
            self.open.push_str(text);
        } else {
            for c in text.chars() {
                let space = c.is_ascii_whitespace();
                if !space {
                    self.open.push(c);
                } else if !self.open.ends_with([' ', '\n', '\t']) {
                    self.open.push(' ');
                }
            }
        }
        if self.open.len() > MAX_BLOCK {
            self.close();
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        let text = text.trim();
        if !text.is_empty() {
            let first = self.first.max(1);
            // The tokenizer names the line on which a run of text ends; a block is never before the last one.
            let floor = self.blocks.last().map_or(1, |b| b.0);
            let first = first.max(floor);
            self.blocks.push((first, self.last.max(first), text.to_owned()));
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> Vec<String> {
        blocks(html).blocks.into_iter().map(|b| b.2).collect()
    }

    #[test]
    fn text_is_kept_and_machinery_is_not() {
        let html = "<html><head><title>The &amp; title</title><style>p{x:y}</style></head><body><script>var a='<p>no</p>';</script>\n<p>One <b>bo</b>ld&eacute;</p><table><tr><td>a</td><td>b</td></tr></table><!-- gone --><img alt=\"a seal\"></body>";
        let page = blocks(html);
        assert_eq!(page.title.as_deref(), Some("The & title"));
        assert_eq!(said(html), ["The & title", "One boldé", "a\tb", "a seal"]);
    }

    #[test]
    fn lines_are_the_sources() {
        let page = blocks("<p>one\n<p>two\n\n<p>five");
        let lines: Vec<u64> = page.blocks.iter().map(|b| b.0).collect();
        assert!(lines.is_sorted());
        assert_eq!(page.blocks[2].2, "five");
    }

    #[test]
    fn depth_and_unclosed_tags_cost_nothing() {
        let deep = "<div>".repeat(200_000) + "bottom";
        assert_eq!(said(&deep), ["bottom"]);
        assert_eq!(said("<script>never closed"), Vec::<String>::new());
        assert_eq!(said("<p>cut in a tag <a href=\"x"), ["cut in a tag"]);
    }
}
