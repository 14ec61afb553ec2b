//! One item: its act in the log, its object, its census row.
//!
//! Keeps: what an item claims and what it proves are told apart. Does not know: how an object is rebuilt.

use super::ahead::Ahead;
use super::chain::Chain;
use super::facts::Files;
use super::log::{Holding, Lane};
use super::object;
use super::refusal::ItemError;
use crate::statement::{Item, Statement};
use crate::verdict::{Finding, Status, Verdict};
use casemate_proof::ObjectRoot;
use std::io::{Read, Seek};

/// Adds the findings on one item.
pub(super) fn verify<R: Read + Seek>(
    files: &Files<'_, R>,
    ahead: Option<&Ahead<'_>>,
    statement: &Statement,
    item: &Item,
    lane: Option<&Lane>,
    chain: Option<&Chain>,
    verdict: &mut Verdict,
) {
    let n = item.number;
    let Some(root) = object::root_of(item) else {
        verdict.add(Finding::new("object", Status::NotChecked).of(n).fact("reason", "text-without-proof"));
        return;
    };
    let name = format!("{n:03}");
    match lane {
        Some(lane) => held(files, statement, item, lane, &name, root, verdict),
        None => verdict.add(Finding::new("logged", Status::NotChecked).of(n)),
    }
    let answered = ahead.and_then(|ahead| ahead.answer(item));
    match answered.unwrap_or_else(|| object::rebuild(files, item, root)) {
        Ok(done) => {
            done.findings(item, verdict);
            if statement.narrowed.is_some() && done.runs() > 0 {
                let unknown = || Finding::new("withheld-by", Status::NotChecked).of(n);
                verdict.add(chain.map_or_else(unknown, |chain| chain.withheld_by(item, done.shape())));
            }
        }
        Err(failed) => {
            let id = if matches!(failed, ItemError::Rendering) { "rendering" } else { "object" };
            verdict.add(Finding::from_result(id, &Err::<(), _>(failed)).of(n));
        }
    }
}

fn held<R: Read + Seek>(
    files: &Files<'_, R>,
    statement: &Statement,
    item: &Item,
    lane: &Lane,
    name: &str,
    root: ObjectRoot,
    verdict: &mut Verdict,
) {
    let n = item.number;
    let logged = lane.object_logged(files, name, &root);
    let finding = Finding::from_result("logged", &logged).of(n).fact("seal", root.seal_number());
    verdict.add(match &logged {
        Ok(Holding { index, lane: Some(lane), .. }) => {
            finding.fact("index", index).fact("lane", crate::bag::hex(&lane.0))
        }
        Ok(Holding { index, .. }) => finding.fact("index", index),
        Err(_) => finding,
    });
    if let (Ok(Holding { parents, .. }), Some(from)) = (&logged, item.made_from) {
        let source = statement.items.iter().find(|i| i.number == from).and_then(|i| i.root);
        let status = match source {
            Some(source) if parents.contains(&source) => Status::Proven,
            _ => Status::Failed,
        };
        verdict.add(Finding::new("parent", status).of(n).fact("from", from));
    }
    let census = lane.census(files, name, &root);
    let finding = Finding::from_result("census", &census).of(n);
    verdict.add(match &census {
        Ok(row) => finding.fact("acts", row.count),
        Err(_) => finding,
    });
}
