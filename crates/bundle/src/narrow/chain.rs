//! The disclosers of a narrowed bundle: those before, as far as they may be told, and the narrower.
//!
//! Keeps: an earlier discloser's signature stays; of what they signed only what the narrower passes on is open.
//! Does not know: what is withheld of the items.

use super::received::{Received, Wide};
use super::words::Sought;
use super::{NarrowError, Narrowing};
use crate::bagging::Files;
use crate::content::Content;
use crate::discloser::{self, Opened, Secret};
use crate::error::BundleError;
use crate::readme::{ToldDiscloser, ToldSigned};
use casemate_proof::disclosure::{Narrower, verify_whole, write_payload};
use casemate_proof::log::SignedGrant;
use casemate_proof::{Act, Disclosure, Mask, ObjectRoot, Signature, Value};
use casemate_verify::discloser::{
    DISCLOSERS_MAX, Discloser, Head, LEAVES_BEFORE_ITEMS, Part, Passed, Shown, file, sign,
};
use casemate_verify::statement::Statement;
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// A discloser, with what they signed.
pub(super) struct Link {
    opened: Opened,
    signature: Signature,
}

/// Those who disclosed before.
pub(super) struct Before {
    links: Vec<Link>,
    /// The first left no statement that can be narrowed.
    first_unknown: bool,
}

/// Those who disclosed the bundle that was received.
pub(super) fn before<R: Read + Seek>(received: &Received<'_, R>, wides: &[Wide<'_, R>]) -> Result<Before, NarrowError> {
    let statement = &received.statement;
    let Some(narrowed) = &statement.narrowed else {
        let first = first(received, wides)?;
        return Ok(Before { first_unknown: first.is_none(), links: first.into_iter().collect() });
    };
    let mut links = Vec::new();
    for place in 1..=narrowed.disclosers {
        let disclosure = Disclosure::decode(&received.small(&file(place, "object"))?).map_err(BundleError::from)?;
        let stream = received.small(&file(place, "leaves"))?;
        let signature = received.small(&file(place, "sig"))?;
        let signature = Signature::from_slice(&signature).ok_or(NarrowError::Disclosers)?;
        links.push(Link { opened: Opened { disclosure, stream }, signature });
    }
    let first = links.first().map(Link::shown).transpose()?;
    Ok(Before { first_unknown: first.is_some_and(|first| first.head.part == Part::Narrower), links })
}

/// The first discloser's statement, made again from their bundle; none where it does not carry one that holds.
fn first<R: Read + Seek>(received: &Received<'_, R>, wides: &[Wide<'_, R>]) -> Result<Option<Link>, NarrowError> {
    let info = received.small("bag-info.txt")?;
    let label = std::str::from_utf8(&info).ok().and_then(discloser::read_label);
    let (Some((secret, signature)), Some(case)) = (label, received.statement.case) else { return Ok(None) };
    let passed = wides.iter().filter_map(|wide| {
        let root = wide.item.root?;
        Some(Passed { number: wide.item.number, root, mask: wide.disclosure.mask.clone() })
    });
    let first = discloser::first(case, &received.statement, passed.collect());
    let link = Link { opened: secret.open(&first)?, signature };
    Ok(link.shown().is_ok().then_some(link))
}

impl Link {
    fn shown(&self) -> Result<Shown, NarrowError> {
        let read = Shown::read(&self.opened.disclosure, &self.opened.stream, &self.signature.0);
        read.map_err(|_| NarrowError::Disclosers)
    }

    /// Hides of what they signed the texts that may not be told and the items that are not passed on.
    fn narrow(self, kept: &BTreeSet<u64>, untold: bool, sought: &Sought) -> Result<Self, NarrowError> {
        let Self { opened: Opened { disclosure, stream }, signature } = self;
        let (_, open) = verify_whole(&disclosure, &stream).map_err(BundleError::from)?;
        let goes = |index: u64, payload: &[u8]| -> Result<bool, BundleError> {
            let value = Value::decode(payload)?;
            Ok(match index {
                0 => false,
                index if index < LEAVES_BEFORE_ITEMS => untold || value.as_text().is_some_and(|t| sought.is_in(t)),
                _ => {
                    let number = value.as_map().and_then(|map| map.get(&0)).and_then(Value::as_uint);
                    !number.is_some_and(|number| kept.contains(&number))
                }
            })
        };
        let mut hidden: Vec<std::ops::Range<u64>> =
            disclosure.mask.ranges().filter(|(_, open)| !open).map(|(range, _)| range).collect();
        for leaf in &open {
            if goes(leaf.index, leaf.payload)? {
                hidden.push(leaf.index..leaf.index.saturating_add(1));
            }
        }
        let mask = Mask::hiding(disclosure.record.leaves(), &hidden).map_err(BundleError::from)?;
        let mut narrower = Narrower::new(&disclosure, mask.clone()).map_err(BundleError::from)?;
        let mut kept_stream = Vec::new();
        for leaf in &open {
            narrower.leaf(leaf.ticks, leaf.payload).map_err(BundleError::from)?;
            if mask.is_open(leaf.index) {
                write_payload(&mut kept_stream, leaf.ticks, leaf.payload);
            }
        }
        let disclosure = narrower.finish().map_err(BundleError::from)?;
        Ok(Self { opened: Opened { disclosure, stream: kept_stream }, signature })
    }

    fn add(&self, place: u64, files: &mut Files<'_>) {
        let mut put = |ending, bytes| files.insert(file(place, ending), Content::Bytes(bytes));
        put("object", self.opened.disclosure.encode());
        put("leaves", self.opened.stream.clone());
        put("sig", self.signature.0.to_vec());
    }
}

impl Before {
    /// How many they are.
    pub(super) fn many(&self) -> u64 {
        (self.links.len() as u64).saturating_add(u64::from(self.first_unknown))
    }

    /// How many the bundle will show, the narrower counted.
    pub(super) fn and_one(&self) -> Result<u64, NarrowError> {
        let all = (self.links.len() as u64).saturating_add(1);
        if all > DISCLOSERS_MAX { Err(NarrowError::TooMany { most: DISCLOSERS_MAX }) } else { Ok(all) }
    }

    /// Adds the files of all, the narrower's last; answers them for the pages.
    pub(super) fn with(
        self,
        narrowing: &Narrowing,
        statement: &Statement,
        items: Vec<Passed>,
        granted: [u8; 32],
        sought: &Sought,
        files: &mut Files<'_>,
    ) -> Result<Vec<ToldDiscloser>, NarrowError> {
        let kept: BTreeSet<u64> = items.iter().map(|item| item.number).collect();
        let unknown = self.first_unknown.then_some(ToldDiscloser { key: granted, signed: None });
        let ahead = u64::from(self.first_unknown);
        let mut told: Vec<ToldDiscloser> = unknown.into_iter().collect();
        let mut previous: Option<ObjectRoot> = None;
        for (place, link) in (1u64..).zip(self.links) {
            let untold = narrowing.asked.untold.contains(&(place + ahead));
            let link = link.narrow(&kept, untold, sought)?;
            let shown = link.shown()?;
            told.push(in_words(&shown));
            previous = Some(shown.root);
            link.add(place, files);
        }
        let head = Head {
            part: Part::Narrower,
            key: statement.key,
            case: statement.case.ok_or(NarrowError::Press)?,
            date: statement.date.clone(),
            previous,
            narrowed: statement.previous,
        };
        let name = narrowing.asked.name.clone();
        let (purpose, recipient) = (statement.purpose.clone(), statement.recipient.clone());
        let own = Discloser { head, name, purpose, recipient, items };
        let opened = Secret::of(&narrowing.seed).open(&own)?;
        let signature = sign(&opened.root(), &narrowing.key);
        let link = Link { opened, signature };
        told.push(in_words(&link.shown()?));
        link.add(told.len() as u64 - ahead, files);
        Ok(told)
    }
}

/// The disclosure key that the case's owner granted.
pub(super) fn granted<R: Read + Seek>(received: &Received<'_, R>) -> Result<[u8; 32], NarrowError> {
    let act = Disclosure::decode(&received.small("proof/lane.act")?).map_err(BundleError::from)?;
    let leaves = received.small("proof/lane.leaves")?;
    let (_, open) = verify_whole(&act, &leaves).map_err(BundleError::from)?;
    let payloads: Vec<Vec<u8>> = open.iter().map(|leaf| leaf.payload.to_vec()).collect();
    let payloads = payloads.as_slice().try_into().map_err(|_| NarrowError::Disclosers)?;
    let act = Act::from_payloads(payloads).map_err(BundleError::from)?;
    let signed = SignedGrant::from_act(&act).map_err(|_| NarrowError::Disclosers)?;
    Ok(*signed.grant.keys.disclosure.as_bytes())
}

fn in_words(shown: &Shown) -> ToldDiscloser {
    let signed = ToldSigned { name: shown.name.clone(), date: shown.head.date.clone() };
    ToldDiscloser { key: *shown.head.key.as_bytes(), signed: Some(signed) }
}
