//! The bundle that goes on: what is delivered of each item, the statement, the pages for people.
//!
//! Keeps: what is not narrowed is copied byte for byte; nothing that tells of what is withheld now is taken over.
//! Does not know: what was asked to be withheld, who disclosed before.

use super::received::Received;
use super::text::Text;
use super::{Kept, NarrowError, Narrowing, PASSAGE_CHARS_MIN, hidden_runs};
use crate::audit::Forbidden;
use crate::bagging::Files;
use crate::content::Content;
use crate::delivery::{Delivery, deliver};
use crate::error::BundleError;
use crate::readme::{self, Told, ToldEntry, ToldItem};
use casemate_carve::Run;
use casemate_proof::TlogProof;
use casemate_proof::log::Via;
use casemate_verify::bag;
use casemate_verify::statement::{Item, Narrowed, Statement};
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// Adds what is delivered and what proves it; answers the items of the statement.
pub(super) fn deliver_all<'a, R: Read + Seek>(
    received: &'a Received<'a, R>,
    kept: &'a [Kept<'a, R>],
    narrowing: &Narrowing,
    files: &mut Files<'a>,
) -> Result<Vec<Item>, NarrowError> {
    let numbers: BTreeSet<u64> = kept.iter().map(|k| k.wide.item.number).collect();
    let mut items = Vec::new();
    for each in kept {
        let earlier = each.wide.item;
        let number = earlier.number;
        let mut item = earlier.clone();
        if let Some(title) = narrowing.asked.titles.get(&number) {
            item.title.clone_from(title);
        }
        item.mode = each.mode;
        item.made_from = earlier.made_from.filter(|from| numbers.contains(from));
        if each.narrower {
            let delivery = Delivery {
                number,
                mode: each.mode,
                ending: each.wide.ending(),
                shape: each.wide.shape,
                hidden: &each.hidden,
                leaves: &each.wide,
            };
            item.files = deliver(&delivery, files)?;
            // What was struck for which reason could tell of what is withheld now: the narrower gives their own.
            item.reasons = vec![(narrowing.asked.reason.clone(), added(each))];
            let disclosure = each.disclosure()?.encode();
            files.insert(format!("proof/{number:03}.object"), Content::Bytes(disclosure));
        } else {
            for file in &earlier.files {
                let path = file.path.clone();
                files.insert(path.clone(), Content::made(move |out| received.copy(&path, out)));
            }
        }
        items.push(item);
    }
    for path in received.names().filter(|path| goes_on(path, &numbers)) {
        let owned = path.to_owned();
        files.entry(owned.clone()).or_insert_with(|| Content::made(move |out| received.copy(&owned, out)));
    }
    Ok(items)
}

/// How many stretches are withheld that were open.
fn added<R>(each: &Kept<'_, R>) -> u64 {
    let places = |runs: &[Run]| runs.iter().map(|run| (run.start, run.len)).collect::<BTreeSet<_>>();
    let was = places(&hidden_runs(&each.wide.disclosure.mask));
    places(&each.hidden).difference(&was).count() as u64
}

/// Whether a file of the proof is that of the log or of an item that goes on.
fn goes_on(path: &str, numbers: &BTreeSet<u64>) -> bool {
    let Some(name) = path.strip_prefix("proof/") else { return false };
    if name.starts_with("disclosers/") {
        return false;
    }
    let number: Option<u64> = name.split_once('.').and_then(|(number, _)| number.parse().ok());
    number.is_none_or(|number| numbers.contains(&number))
}

pub(super) fn statement<R: Read + Seek>(
    received: &Received<'_, R>,
    kept: &[Kept<'_, R>],
    items: Vec<Item>,
    disclosers: u64,
    narrowing: &Narrowing,
) -> Result<Statement, NarrowError> {
    let mut people = BTreeSet::new();
    for each in kept.iter().filter(|k| k.is_text()) {
        people.extend(Text::read(&each.wide)?.people(&each.hidden));
    }
    let earlier = &received.statement;
    let statement = Statement {
        profile: earlier.profile.clone(),
        case: earlier.case,
        key: narrowing.key.public(),
        purpose: narrowing.asked.purpose.clone(),
        recipient: narrowing.asked.recipient.clone(),
        date: narrowing.date.clone(),
        previous: Some(received.signature_hash),
        items,
        // An alias that stands nowhere any more would tell that somebody is withheld.
        aliases: earlier.aliases.iter().filter(|alias| people.contains(*alias)).cloned().collect(),
        language: narrowing.language.tag().into(),
        narrowed: Some(Narrowed { name: narrowing.asked.name.clone(), disclosers }),
    };
    Statement::decode(&statement.encode().map_err(BundleError::from)?).map_err(BundleError::from)?;
    Ok(statement)
}

/// Files in which a passage still stands that is withheld now somewhere else. Sound and pictures are not looked at.
pub(super) fn elsewhere<R: Read + Seek>(kept: &[Kept<'_, R>], files: &Files<'_>) -> Result<Vec<String>, NarrowError> {
    let mut passages = BTreeSet::new();
    for each in kept.iter().filter(|k| k.narrower && k.is_text()) {
        passages.extend(Text::read(&each.wide)?.texts(&each.hidden));
    }
    passages.retain(|text| text.chars().count() >= PASSAGE_CHARS_MIN);
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let passages = Forbidden::words(passages);
    let mut found = Vec::new();
    for each in kept.iter().filter(|k| !casemate_carve::copy::has_copy(k.wide.shape.profile())) {
        let folder = format!("data/{:03}/", each.wide.item.number);
        for (path, content) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            if content.find(&passages)?.is_some() {
                found.push(path.clone());
            }
        }
    }
    Ok(found)
}

/// Adds the statement, the pages for people and the bag's own files.
pub(super) fn add_pages<'a, R: Read + Seek>(
    received: &Received<'_, R>,
    kept: &'a [Kept<'a, R>],
    statement: &Statement,
    disclosers: Vec<readme::ToldDiscloser>,
    files: &mut Files<'a>,
) -> Result<(), NarrowError> {
    let checkpoint = String::from_utf8_lossy(&received.small("proof/checkpoint")?).into_owned();
    let own = readme::log_size(&checkpoint);
    let mut items = Vec::new();
    for (each, item) in kept.iter().zip(&statement.items) {
        items.push(ToldItem {
            number: item.number,
            title: &item.title,
            mode: each.mode,
            shape: each.wide.shape,
            hidden: &each.hidden,
            logged: Some(entry(received, item, own)?),
            made_from: item.made_from,
            reasons: &item.reasons,
        });
    }
    let stamps = received.names().filter(|n| n.starts_with("proof/time/") && n.ends_with(".note")).count() as u64;
    let told = Told { checkpoint: Some(&checkpoint), stamps, items, disclosers };
    for (language, name) in readme::LANGUAGES {
        files.insert(name.into(), Content::Bytes(readme::text(language, &told, statement).into_bytes()));
    }
    files.insert("bagit.txt".into(), Content::Bytes(bag::BAGIT_TXT.into()));
    files.insert("bag-info.txt".into(), Content::Bytes(readme::bag_info(statement, None).into_bytes()));
    let encoded = statement.encode().map_err(BundleError::from)?;
    files.insert("disclosure.cbor".into(), Content::Bytes(encoded));
    Ok(())
}

fn entry<R: Read + Seek>(received: &Received<'_, R>, item: &Item, own: u64) -> Result<ToldEntry, NarrowError> {
    let seal = item.root.map(|root| root.seal_number().to_string()).unwrap_or_default();
    let file = |ending: &str| format!("proof/{:03}.{ending}", item.number);
    if received.has(&file("via")) {
        let via = Via::decode(&received.small(&file("via"))?).ok_or(NarrowError::Disclosers)?;
        return Ok(ToldEntry { seal, index: via.index, entries: via.head.size });
    }
    let proof = TlogProof::decode(&received.small(&file("tlog"))?).map_err(|_| NarrowError::Disclosers)?;
    Ok(ToldEntry { seal, index: proof.index, entries: own })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_goes_on_and_of_items_those_that_are_kept() {
        let kept = BTreeSet::from([1, 1000]);
        for path in
            ["checkpoint", "lane.act", "census.tlog", "time/02.note", "001.via", "001.commit.act", "1000.census"]
        {
            assert!(goes_on(&format!("proof/{path}"), &kept), "{path}");
        }
        for path in
            ["proof/002.act", "proof/002.commit.tlog", "proof/disclosers/01.sig", "data/001/leaves", "bag-info.txt"]
        {
            assert!(!goes_on(path, &kept), "{path}");
        }
    }
}
