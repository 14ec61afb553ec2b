//! The closed lists of words that replies hold where the program has text, as the API's description names them.
//!
//! Keeps: a word of a list is one that the program writes; the API's contract test holds replies against them. Does not
//! know: messages for people.

use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A recipient profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Profile)]
pub enum ProfileWord {
    /// A court and the other side.
    Court,
    /// A newspaper.
    Press,
}

impl From<ProfileWord> for Profile {
    fn from(word: ProfileWord) -> Self {
        match word {
            ProfileWord::Court => Self::Court,
            ProfileWord::Press => Self::Press,
        }
    }
}

/// What was decided about a person and a kind of recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Decision)]
pub enum DecisionWord {
    /// The person has agreed.
    Agreed,
    /// The person can't be asked; whoever records it answers for what leaves.
    Unasked,
    /// The person has refused.
    Refused,
}

impl From<DecisionWord> for Decision {
    fn from(word: DecisionWord) -> Self {
        match word {
            DecisionWord::Agreed => Self::Agreed,
            DecisionWord::Unasked => Self::Unasked,
            DecisionWord::Refused => Self::Refused,
        }
    }
}

impl From<Decision> for DecisionWord {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Agreed => Self::Agreed,
            Decision::Unasked => Self::Unasked,
            Decision::Refused => Self::Refused,
        }
    }
}

/// What an exhibit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Kind)]
pub enum KindWord {
    /// Sound.
    Recording,
    /// PDF and other paged papers.
    Document,
    /// E-mail.
    Mail,
    /// A chat export.
    Chat,
    /// A list of calls.
    CallLog,
    /// Rows and columns.
    Table,
    /// HTML.
    Web,
    /// Plain text.
    Text,
    /// Read, and none of these.
    Other,
    /// Not read yet.
    File,
}

impl KindWord {
    /// As passages are indexed and exhibits are listed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Document => "document",
            Self::Mail => "mail",
            Self::Chat => "chat",
            Self::CallLog => "call-log",
            Self::Table => "table",
            Self::Web => "web",
            Self::Text => "text",
            Self::Other => "other",
            Self::File => "file",
        }
    }
}

/// What a passage is of: as [`KindWord`], but for exhibits that nobody has read, which have no passages.
pub use casemate_ports::reading::Kind as PassageWord;

/// A language that texts are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Language)]
pub enum LanguageWord {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// French.
    Fr,
}

impl LanguageWord {
    /// As passages are indexed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// Which text of an exhibit is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Layer)]
pub enum LayerWord {
    /// A machine's draft of what is said.
    Transcript,
    /// Its finished beginning.
    TranscriptPart,
    /// What a reader found in the file.
    Reading,
    /// Any of these, as named persons corrected it.
    Corrected,
}

/// Who may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Compartment)]
pub enum CompartmentWord {
    /// Originals and real names.
    Identity,
    /// Reviewed views, aliases.
    Case,
    /// What a newspaper may read.
    Press,
    /// One of a later version.
    Later,
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Script)]
pub enum ScriptWord {
    /// Chinese characters.
    Han,
    /// Hanyu pinyin.
    Pinyin,
    /// Latin letters as in the passport.
    Passport,
    /// Another.
    Other,
}

/// Why something is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Reason)]
pub enum ReasonWord {
    /// A protected person's name.
    Name,
    /// Something that tells who they are.
    Identifier,
    /// A third person's private life.
    PrivateLife,
    /// Between lawyer and client.
    Privilege,
}

/// How sure a find of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Sure)]
pub enum SureWord {
    /// The name as written.
    Exact,
    /// Part of it.
    Part,
    /// Something that sounds like it.
    Sounds,
    /// Something nearly like it.
    Near,
}

/// What an identifier is that stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = IdentifierKind)]
pub enum IdentifierWord {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a passport, an identity card, a residence permit.
    Document,
    /// The number of a bank account or a card.
    Account,
    /// A name on a network.
    Handle,
    /// A date of birth.
    BirthDate,
    /// Where somebody lives or stays.
    Address,
}

/// What a check came to: what was not checked is neither proven nor failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Outcome)]
pub enum OutcomeWord {
    /// It holds.
    Proven,
    /// It does not.
    Failed,
    /// Nobody can say.
    NotChecked,
}

/// How an exhibit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Mode)]
pub enum ModeWord {
    /// Every byte.
    Whole,
    /// Its sound with parts withheld.
    Partial,
    /// Only its text, with names struck.
    Release,
    /// Text alone, of a preview.
    Text,
    /// Not at all.
    Nothing,
}
