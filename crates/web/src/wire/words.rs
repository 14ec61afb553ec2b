//! The closed lists of words that the web's own shapes hold where the program has text, as the API's description names
//! them.
//!
//! Keeps: a word of a list is one that a shape writes; the contract test holds replies against them. Does not know:
//! messages for people.
#![allow(dead_code, reason = "they describe text; nothing makes them")]

use serde::Serialize;
use utoipa::ToSchema;

/// What became of a file.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is an exhibit now.
    Sealed,
    /// Its bytes were here.
    Duplicate,
    /// It was not taken in.
    Refused,
}

/// A gate of a disclosure.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateId {
    /// Each plan was reviewed by a named person.
    Reviewed,
    /// Each affected person's decision is on record.
    Consent,
    /// Every second that leaves was heard.
    Heard,
    /// No withheld name is open.
    Names,
    /// Nothing is hidden that left before.
    Union,
}

/// Whether a gate lets through.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// It does.
    Open,
    /// It does not.
    Closed,
    /// Nobody can say.
    NotChecked,
}

/// What keeps a gate shut.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockId {
    /// Nobody reviewed the plan.
    NotReviewed,
    /// Some of it nobody heard.
    NotHeard,
    /// A withheld name is not struck.
    NameOpen,
    /// A number, address or date that tells who somebody is stands open.
    IdentifierOpen,
    /// No decision is on record, or a refusal.
    NoConsent,
    /// What is to be hidden has left before.
    OpenedBefore,
    /// What is to be shown was withheld before.
    Uncovered,
}

/// Why the pages of a document stay though its text leaves.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StaysWord {
    /// A page is not drawn.
    NotDrawn,
    /// What is struck is not found among its letters.
    NotPlaced,
    /// Too many pages, or too large ones.
    TooLarge,
}

/// What a bundle's verification comes to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictWord {
    /// Nothing that was checked failed.
    NothingFailed,
    /// Something failed.
    Failed,
}

/// What one look of the doctor came to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Health)]
pub enum HealthWord {
    /// It holds.
    Ok,
    /// It does not; the work goes on.
    Warning,
    /// Nobody can say.
    NotChecked,
}

/// How an item of a bundle is divided.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Divided)]
pub enum DividedWord {
    /// By times.
    Time,
    /// By passages.
    Passages,
    /// By lines.
    Lines,
    /// By rows and cells.
    Rows,
    /// By pages and rectangles.
    Pages,
    /// Whole or not at all.
    Never,
}
