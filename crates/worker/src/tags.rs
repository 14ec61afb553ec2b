//! HTML as a stream of tags and words, for readers of a known shape.
//!
//! Keeps: tokens only, no tree; scripts and styles are passed over. Does not know: any shape.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tokenizer::states::{Rawtext, ScriptData};
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// One thing of a page.
pub enum Mark<'a> {
    Open(&'a str, &'a [Attribute]),
    Close(&'a str),
    Text(&'a str),
}

/// What a tag says under a name.
pub fn says<'a>(attributes: &'a [Attribute], name: &str) -> &'a str {
    attributes.iter().find(|attribute| &*attribute.name.local == name).map_or("", |attribute| &*attribute.value)
}

/// Whether a tag is of a class.
pub fn is_of(classes: &str, class: &str) -> bool {
    classes.split_ascii_whitespace().any(|own| own == class)
}

/// Tells what is in a page.
pub fn walk(page: &str, tell: impl FnMut(Mark<'_>)) {
    let queue = BufferQueue::default();
    queue.push_back(page.into());
    let sink = Sink { tell: RefCell::new(tell), dropping: RefCell::new(false) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    loop {
        let _paused = tokenizer.feed(&queue);
        if queue.is_empty() {
            break;
        }
    }
    tokenizer.end();
}

struct Sink<F> {
    tell: RefCell<F>,
    dropping: RefCell<bool>,
}

impl<F: FnMut(Mark<'_>)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut tell = self.tell.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let machinery = matches!(&*tag.name, "script" | "style");
                let opening = tag.kind == TagKind::StartTag;
                if machinery {
                    *self.dropping.borrow_mut() = opening;
                    return match (opening, &*tag.name) {
                        (true, "script") => TokenSinkResult::RawData(ScriptData),
                        (true, _) => TokenSinkResult::RawData(Rawtext),
                        _ => TokenSinkResult::Continue,
                    };
                }
                match opening {
                    true => tell(Mark::Open(&tag.name, &tag.attrs)),
                    false => tell(Mark::Close(&tag.name)),
                }
            }
            Token::CharacterTokens(text) if !*self.dropping.borrow() => tell(Mark::Text(&text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
