//! The jobs that look at pages.
//!
//! Keeps: nothing. Does not know: how a page is drawn.

use serde::{Deserialize, Serialize};

/// Parameters of [`super::Job::Draw`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawJob {
    /// Which page, from 1; a picture has one.
    pub page: u32,
    /// Pixels across, 1 to [`super::MAX_WIDTH`]; fewer where the page would pass [`super::MAX_PIXELS`].
    pub width: u16,
}

/// Parameters of [`super::Job::Letters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LettersJob {
    /// Which page, from 1.
    pub page: u32,
}

/// Parameters of [`super::Job::Audit`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditJob {}

/// Parameters of [`super::Job::Recognise`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecogniseJob {
    /// Which page, from 1, is the first that is looked at.
    pub from_page: u32,
}
