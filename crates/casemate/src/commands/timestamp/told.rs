//! What `casemate timestamp` says.
//!
//! Keeps: what was not checked is said beside what was; names out of certificates can't command the terminal. Does not know: how a stamp is verified.

use crate::advice::Told;
use crate::screen::{self, Table};
use casemate_app::timestamp::{Says, StampState, StampStatus, TimestampReply, TimestampStatus};
use casemate_words::{Language, Value, message};

fn plain(text: &str) -> Value<'static> {
    screen::plain(text).into()
}

/// A stamp that was recorded.
pub fn stamp(reply: &TimestampReply, language: Language) -> String {
    let Says { time, accuracy, authority, .. } = &reply.says;
    let values = [("time", plain(time)), ("size", reply.size.into()), ("authority", plain(authority))];
    let accuracy = accuracy
        .iter()
        .map(|accuracy| message(language, "cli-timestamp-accuracy", &[("accuracy", plain(accuracy))]) + "\n");
    let until = message(language, "cli-timestamp-until", &[("until", plain(&reply.says.valid_until))]) + "\n";
    let first = message(language, "cli-timestamp", &values) + "\n";
    first + &accuracy.collect::<String>() + &checked(&reply.says, language) + &until
}

/// What of a token was checked, and what was not.
pub fn checked(says: &Says, language: Language) -> String {
    let line = |id: &str, values: &[(&str, Value<'_>)]| message(language, id, values) + "\n";
    let root = [("root", plain(&says.root))];
    let trust = line(if says.pinned { "cli-timestamp-pinned" } else { "cli-timestamp-unpinned" }, &root);
    let revocation = match &says.revocation_as_of {
        Some(at) => line("cli-timestamp-not-revoked", &[("time", plain(at))]),
        None => line("cli-timestamp-revocation-unchecked", &[]),
    };
    let qualified = if says.states_qualified { "cli-timestamp-qualified" } else { "cli-timestamp-unqualified" };
    trust + &revocation + &line(qualified, &[])
}

/// What came of asking one of several authorities.
pub fn one(address: &str, reply: Option<&TimestampReply>, error: Option<&Told>, language: Language) -> String {
    let said = reply.map(|reply| stamp(reply, language)).unwrap_or_default();
    let failed = error.map(|told| format!("{}\n{}\n", told.what, told.advice)).unwrap_or_default();
    format!("{}\n{said}{failed}", screen::plain(address))
}

/// The stamps of the log, and what to do.
pub fn status(status: &TimestampStatus, language: Language) -> String {
    let say = |id: &str| message(language, id, &[]);
    let values = [("covered", status.covered.into()), ("size", status.size.into())];
    if status.stamps.is_empty() {
        return say("cli-timestamps-none") + "\n";
    }
    let head = |id: &str| say(&format!("cli-timestamps-{id}"));
    let mut table = Table::default()
        .column(head("entry"), true)
        .column(head("time"), false)
        .column(head("authority"), false)
        .column(head("covers"), true)
        .column(head("until"), false)
        .column(head("state"), false)
        .column(head("remarks"), false);
    for stamp in &status.stamps {
        table.row(row(stamp, language));
    }
    let mut out = table.text() + "\n" + &message(language, "cli-timestamps-covered", &values) + "\n";
    // Where the newest is good, it renews what it covers.
    let newest = status.stamps.iter().rev().find(|stamp| stamp.state != StampState::Refused);
    if newest.is_none_or(|stamp| stamp.state != StampState::Good) {
        out += &(say("cli-timestamps-again") + "\n");
    }
    out
}

fn row(stamp: &StampStatus, language: Language) -> [String; 7] {
    let says = stamp.says.as_ref();
    let of = |what: fn(&Says) -> &str| says.map(|reply| what(&reply.says).to_owned()).unwrap_or_default();
    let state = match stamp.state {
        StampState::Good => "good",
        StampState::Ageing => "ageing",
        StampState::Over => "over",
        StampState::Refused => "refused",
    };
    [
        stamp.entry.to_string(),
        of(|says| &says.time),
        of(|says| &says.authority),
        stamp.size.to_string(),
        stamp.good_until.clone().unwrap_or_default(),
        message(language, &format!("cli-timestamps-state-{state}"), &[]),
        remarks(stamp, language),
    ]
}

fn remarks(stamp: &StampStatus, language: Language) -> String {
    let Some(TimestampReply { says, .. }) = &stamp.says else { return stamp.cause.clone().unwrap_or_default() };
    let noted = [
        (!says.pinned, "trust"),
        (says.revocation_as_of.is_none(), "revocation"),
        (says.states_qualified, "qualified"),
    ];
    let words = noted.iter().filter(|(noted, _)| *noted);
    let words = words.map(|(_, id)| message(language, &format!("cli-timestamps-note-{id}"), &[]));
    words.collect::<Vec<_>>().join("; ")
}
