//! The engine's fields, and a passage as its document.
//!
//! Keeps: a document gives back its passage byte for byte. Does not know: queries, keys.

use minicbor::{Decoder, Encoder};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{IndexSettings, TantivyDocument, Term};

use crate::analysis::{SOUND, TEXT};
use crate::fold::fold_str;
use crate::passage::{Id, Passage};
use crate::when::When;

/// The fields of the schema.
#[derive(Clone)]
pub(crate) struct Fields {
    pub schema: Schema,
    pub text: Field,
    pub sound: Field,
    pub speaker: Field,
    pub kind: Field,
    pub language: Field,
    pub person: Field,
    pub exhibit: Field,
    pub derivative: Field,
    /// Exhibit number.
    pub number: Field,
    /// Derivative and position, for order.
    pub ordinal: Field,
    pub start: Field,
    /// Last second.
    pub end: Field,
    /// The number that stands for the text, see [`crate::frames::IndexKeys::text_key`].
    pub text_key: Field,
    pub body: Field,
}

/// Name of the column that orders first.
pub(crate) const NUMBER: &str = "number";
/// Name of the column that orders then.
pub(crate) const ORDINAL: &str = "ordinal";
/// Name of the column of the numbers that stand for texts.
pub(crate) const TEXT_KEY: &str = "text_key";

impl Fields {
    pub(crate) fn new() -> Self {
        let mut builder = Schema::builder();
        let analysed = |name: &str, option| {
            let indexing = TextFieldIndexing::default().set_tokenizer(name).set_index_option(option);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(true))
        };
        let text = builder.add_text_field("text", analysed(TEXT, IndexRecordOption::WithFreqsAndPositions));
        let sound = builder.add_text_field("sound", analysed(SOUND, IndexRecordOption::WithFreqsAndPositions));
        let speaker = builder.add_text_field("speaker", analysed(TEXT, IndexRecordOption::WithFreqsAndPositions));
        let kind = builder.add_text_field("kind", STRING);
        let language = builder.add_text_field("language", STRING);
        let person = builder.add_text_field("person", STRING);
        let exhibit = builder.add_bytes_field("exhibit", INDEXED);
        let derivative = builder.add_bytes_field("derivative", INDEXED);
        let number = builder.add_u64_field(NUMBER, FAST);
        let ordinal = builder.add_u64_field(ORDINAL, FAST);
        let start = builder.add_i64_field("start", FAST);
        let end = builder.add_i64_field("end", FAST);
        let text_key = builder.add_u64_field(TEXT_KEY, FAST | INDEXED);
        let body = builder.add_bytes_field("body", STORED);
        let schema = builder.build();
        Self {
            schema,
            text,
            sound,
            speaker,
            kind,
            language,
            person,
            exhibit,
            derivative,
            number,
            ordinal,
            start,
            end,
            text_key,
            body,
        }
    }

    pub(crate) fn settings() -> IndexSettings {
        IndexSettings::default()
    }

    pub(crate) fn exhibit_term(&self, exhibit: &Id) -> Term {
        Term::from_field_bytes(self.exhibit, exhibit)
    }

    pub(crate) fn derivative_term(&self, derivative: &Id) -> Term {
        Term::from_field_bytes(self.derivative, derivative)
    }

    /// A passage as its document; `text_key` stands for its text.
    pub(crate) fn document(&self, passage: &Passage, text_key: u64) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.text, &passage.text);
        document.add_text(self.sound, &passage.text);
        if let Some(speaker) = &passage.speaker {
            document.add_text(self.speaker, speaker);
        }
        document.add_text(self.kind, fold_str(&passage.kind));
        for tag in language_terms(&passage.language) {
            document.add_text(self.language, tag);
        }
        for person in &passage.persons {
            document.add_text(self.person, person);
        }
        document.add_bytes(self.exhibit, &passage.exhibit);
        document.add_bytes(self.derivative, &passage.derivative);
        document.add_u64(self.number, passage.exhibit_no);
        document.add_u64(self.ordinal, ordinal(&passage.derivative, passage.index));
        if let Some(when) = passage.when {
            document.add_i64(self.start, when.start());
            document.add_i64(self.end, when.end().saturating_sub(1));
        }
        document.add_u64(self.text_key, text_key);
        document.add_bytes(self.body, &body(passage));
        document
    }

    /// The passage of a stored document.
    pub(crate) fn passage(&self, document: &TantivyDocument) -> Option<Passage> {
        let body = document.get_first(self.body)?;
        read_body(body.as_value().as_bytes()?).ok()
    }
}

/// The tag and each of its leading parts: `zh-hant-tw`, `zh-hant`, `zh`.
fn language_terms(tag: &str) -> Vec<String> {
    let mut rest = tag.to_ascii_lowercase();
    let mut terms = Vec::new();
    while !rest.is_empty() {
        terms.push(rest.clone());
        rest.truncate(rest.rfind('-').unwrap_or(0));
    }
    terms
}

/// Orders passages of one exhibit: by derivative (its first four bytes stand for it), then by position.
pub(crate) fn ordinal(derivative: &Id, index: u32) -> u64 {
    let [a, b, c, d, ..] = *derivative;
    u64::from(u32::from_be_bytes([a, b, c, d])) << 32 | u64::from(index)
}

fn body(passage: &Passage) -> Vec<u8> {
    let mut out = Vec::with_capacity(passage.text.len() + passage.place.len() + 128);
    // Writing into a vector can't fail.
    let _ = encode(&mut Encoder::new(&mut out), passage);
    out
}

type Unwritten = minicbor::encode::Error<std::convert::Infallible>;

fn encode(to: &mut Encoder<&mut Vec<u8>>, passage: &Passage) -> Result<(), Unwritten> {
    to.array(11)?.u64(passage.exhibit_no)?.bytes(&passage.exhibit)?.bytes(&passage.derivative)?.u32(passage.index)?;
    to.str(&passage.kind)?.str(&passage.language)?;
    match passage.when {
        Some(when) => to.array(2)?.i64(when.start())?.i64(when.end())?,
        None => to.null()?,
    };
    match &passage.speaker {
        Some(speaker) => to.str(speaker)?,
        None => to.null()?,
    };
    to.array(passage.persons.len() as u64)?;
    for person in &passage.persons {
        to.str(person)?;
    }
    to.bytes(&passage.place)?.str(&passage.text)?;
    Ok(())
}

fn read_body(bytes: &[u8]) -> Result<Passage, minicbor::decode::Error> {
    let mut from = Decoder::new(bytes);
    let wrong = minicbor::decode::Error::message;
    if from.array()? != Some(11) {
        return Err(wrong("fields"));
    }
    let exhibit_no = from.u64()?;
    let exhibit = Id::try_from(from.bytes()?).map_err(|_| wrong("exhibit"))?;
    let derivative = Id::try_from(from.bytes()?).map_err(|_| wrong("derivative"))?;
    let index = from.u32()?;
    let (kind, language) = (from.str()?.to_owned(), from.str()?.to_owned());
    let when = if from.datatype()? == minicbor::data::Type::Null {
        from.null()?;
        None
    } else {
        from.array()?;
        Some(When::new(from.i64()?, from.i64()?))
    };
    let speaker = if from.datatype()? == minicbor::data::Type::Null {
        from.null()?;
        None
    } else {
        Some(from.str()?.to_owned())
    };
    let mut persons = Vec::new();
    for _ in 0..from.array()?.unwrap_or(0) {
        persons.push(from.str()?.to_owned());
    }
    let (place, text) = (from.bytes()?.to_vec(), from.str()?.to_owned());
    Ok(Passage { exhibit_no, exhibit, derivative, index, kind, language, when, speaker, persons, place, text })
}
