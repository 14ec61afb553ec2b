//! The shapes of what others say of the log.
//!
//! Keeps: of each authority that was asked there is a stamp or an error. Does not know: calls.

use crate::refusal::Advice;
use casemate_app::timestamp::TimestampReply;
use serde::Serialize;
use utoipa::ToSchema;

/// What came of asking several authorities.
#[derive(Serialize, ToSchema)]
#[schema(as = StampedOnline)]
pub struct Stamped {
    /// One by one.
    pub asked: Vec<One>,
}

/// What came of asking one.
#[derive(Serialize, ToSchema)]
#[schema(as = StampedBy)]
pub struct One {
    /// Its address.
    pub address: String,
    /// What it says, where it was recorded.
    pub stamp: Option<TimestampReply>,
    /// Why nothing was.
    pub error: Option<Advice>,
}
