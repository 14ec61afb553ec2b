//! Packing: every file of the bag, its manifests, the signature, the zip (`docs/format/bundle.md`).
//!
//! Keeps: same material, same bytes; K, names of original files and unsalted hashes of withheld content never enter.
//! Does not know: gates, consent.

use crate::bagging::{Files, Packed, write};
use crate::content::Content;
use crate::delivery::{Delivery, deliver};
use crate::discloser;
use crate::error::BundleError;
use crate::material::{
    HoldingAct, ItemMaterial, LogMaterial, LoggedAct, Material, OtherAct, StampMaterial, WitnessMaterial,
};
use crate::readme::{self, Told, ToldEntry, ToldItem};
use casemate_proof::act::SealedAct;
use casemate_proof::disclosure::write_payload;
use casemate_proof::{Disclosure, Mask, ObjectHasher, Prover, commitment};
use casemate_stamp::{TokenDer, pem};
use casemate_verify::bag;
use casemate_verify::check::{
    ACT_OPEN, CENSUS_ROOT_LEAF, COMMIT_MAP_LEAF, OBJECT_LEAVES, STAMP_OPEN, encode_consistency, encode_row,
};
use casemate_verify::discloser::Passed;
use casemate_verify::statement::{Item, Mode, Statement};
use std::io::Write;

/// Packs a bundle into `out`.
///
/// # Errors
/// Material that does not fit, an object that can't be read, a full disk.
pub fn pack<W: Write>(material: &Material<'_>, out: W) -> Result<(Packed, W), BundleError> {
    let mut files = Files::new();
    let (mut items, mut masks) = (Vec::new(), Vec::new());
    for item in &material.items {
        items.push(add_item(material, item, &mut files)?);
        masks.push(mask(item)?);
    }
    if let Some(log) = &material.log {
        add_log(log, &mut files)?;
    }
    let statement = statement(material, items);
    let encoded = statement.encode()?;
    Statement::decode(&encoded)?;
    files.insert("disclosure.cbor".into(), Content::Bytes(encoded));
    files.insert("bagit.txt".into(), Content::Bytes(bag::BAGIT_TXT.into()));
    let label = match (&material.log, masks) {
        (Some(log), masks) => Some(first_discloser(material, log, &statement, masks)?),
        (None, _) => None,
    };
    let info = readme::bag_info(&statement, label.as_deref());
    files.insert("bag-info.txt".into(), Content::Bytes(info.into_bytes()));
    let told = told(material);
    for (language, name) in readme::LANGUAGES {
        files.insert(name.into(), Content::Bytes(readme::text(language, &told, &statement).into_bytes()));
    }
    write(&material.key, files, None, out)
}

/// What the pages for people tell.
fn told<'a>(material: &'a Material<'a>) -> Told<'a> {
    let log = material.log.as_ref();
    let size = log.map(|log| readme::log_size(&log.checkpoint));
    let items = material.items.iter().map(|item| ToldItem {
        number: item.number,
        title: &item.title,
        mode: item.mode,
        shape: item.shape,
        hidden: &item.hidden,
        logged: item.act.as_ref().zip(size).map(|(act, size)| ToldEntry {
            seal: item.root().seal_number().to_string(),
            index: act.index(),
            entries: act.entries(size),
        }),
        made_from: item.made_from,
        reasons: &item.reasons,
    });
    Told {
        checkpoint: log.map(|log| log.checkpoint.as_str()),
        stamps: log.map_or(0, |log| log.stamps.len() as u64),
        items: items.collect(),
        disclosers: Vec::new(),
    }
}

fn statement(material: &Material<'_>, items: Vec<Item>) -> Statement {
    let mut aliases = material.aliases.clone();
    aliases.sort_unstable();
    aliases.dedup();
    Statement {
        profile: if material.log.is_some() { "court" } else { "press" }.into(),
        case: material.log.as_ref().map(|l| l.case),
        key: material.key.public(),
        purpose: material.purpose.clone(),
        recipient: material.recipient.clone(),
        date: material.date.clone(),
        previous: material.previous,
        items,
        aliases,
        language: material.language.tag().into(),
        narrowed: None,
    }
}

fn add_log(log: &LogMaterial, files: &mut Files<'_>) -> Result<(), BundleError> {
    files.insert("proof/checkpoint".into(), Content::Bytes(log.checkpoint.clone().into()));
    files.insert("proof/checkpoint.sig".into(), Content::Bytes(log.checkpoint_sig.clone().into()));
    add_act("lane", &log.lane, &(0..16).collect::<Vec<_>>(), files)?;
    for (number, stamp) in (1usize..).zip(&log.stamps) {
        add_stamp(number, stamp, files)?;
    }
    for (number, witness) in (1usize..).zip(&log.witnesses) {
        add_witness(number, witness, files)?;
    }
    add_act("census", &log.census, &[0, CENSUS_ROOT_LEAF], files)
}

fn add_stamp(number: usize, stamp: &StampMaterial, files: &mut Files<'_>) -> Result<(), BundleError> {
    if number > bag::STAMPS_MAX {
        return Err(BundleError::Stamps { most: bag::STAMPS_MAX });
    }
    let kept = &stamp.kept;
    let mut add = |ending, bytes| files.insert(bag::stamp_file(number, ending), Content::Bytes(bytes));
    add("note", stamp.note.clone().into());
    add("proof", encode_consistency(&stamp.consistency)?);
    add("salt", kept.salt.to_vec());
    add("tsr", TokenDer::read(&kept.token)?.to_response());
    if !kept.certificates.is_empty() {
        add("crt", pem::of_certificates(&kept.certificates).into());
    }
    if !kept.lists.is_empty() {
        add("crl", pem::of_lists(&kept.lists).into());
    }
    let Some(logged) = &stamp.logged else { return Ok(()) };
    add_act(&bag::stamp_name(number), logged, &STAMP_OPEN, files)
}

fn add_witness(number: usize, witness: &WitnessMaterial, files: &mut Files<'_>) -> Result<(), BundleError> {
    if number > bag::WITNESSES_MAX {
        return Err(BundleError::Witnesses { most: bag::WITNESSES_MAX });
    }
    let mut add = |ending, bytes| files.insert(bag::witness_file(number, ending), Content::Bytes(bytes));
    add("note", witness.note.clone().into());
    add("proof", encode_consistency(&witness.consistency)?);
    add("key", format!("{}\n", witness.key).into());
    Ok(())
}

fn add_act(name: &str, logged: &LoggedAct, open: &[u64], files: &mut Files<'_>) -> Result<(), BundleError> {
    files.insert(format!("proof/{name}.tlog"), Content::Bytes(logged.proof.encode().into()));
    show_act(name, &logged.act, open, files)
}

/// The act that holds an object, and its proof.
fn add_holding(name: &str, holding: &HoldingAct, open: &[u64], files: &mut Files<'_>) -> Result<(), BundleError> {
    match holding {
        HoldingAct::Own(logged) => add_act(name, logged, open, files),
        HoldingAct::Other(other) => {
            let OtherAct { act, via, commit } = &**other;
            files.insert(format!("proof/{name}.via"), Content::Bytes(via.encode()?));
            add_act(&format!("{name}.commit"), commit, &[0, COMMIT_MAP_LEAF], files)?;
            show_act(name, act, open, files)
        }
    }
}

fn show_act(name: &str, act: &SealedAct, open: &[u64], files: &mut Files<'_>) -> Result<(), BundleError> {
    let leaves = act.payloads.len() as u64;
    let hidden: Vec<std::ops::Range<u64>> = (0..leaves).filter(|i| !open.contains(i)).map(|i| i..i + 1).collect();
    let mask = Mask::hiding(leaves, &hidden)?;
    let record = &act.record;
    let mut hasher = ObjectHasher::new(&act.key, *record.oid(), leaves, record.profile(), record.timebase())?;
    let mut prover = Prover::new(&act.key, record.clone(), mask)?;
    let mut stream = Vec::new();
    for (index, payload) in (0u64..).zip(&act.payloads) {
        prover.leaf(1, hasher.leaf(1, payload)?)?;
        if open.contains(&index) {
            write_payload(&mut stream, 1, payload);
        }
    }
    files.insert(format!("proof/{name}.act"), Content::Bytes(prover.finish()?.encode()));
    files.insert(format!("proof/{name}.leaves"), Content::Bytes(stream));
    Ok(())
}

fn add_item<'a>(
    material: &'a Material<'a>,
    item: &'a ItemMaterial<'a>,
    files: &mut Files<'a>,
) -> Result<Item, BundleError> {
    let number = item.number;
    let bad = |what| BundleError::Material { item: number, what };
    let name = format!("{number:03}");
    let press = material.log.is_none();
    if press != (item.mode == Mode::Text) {
        return Err(bad("a press bundle carries text, and only a press bundle does"));
    }
    let delivered = deliver(&Delivery::of(item), files)?;
    if !press {
        let (act, census) = item.act.as_ref().zip(item.census.as_ref()).ok_or(bad("its act is missing"))?;
        let object_leaf = OBJECT_LEAVES.iter().find(|(kind, _)| *kind == act.act().act.kind);
        let (_, leaf) = object_leaf.ok_or(bad("its act is of another kind"))?;
        let open: Vec<u64> = ACT_OPEN.into_iter().chain([*leaf]).collect();
        add_holding(&name, act, &open, files)?;
        files.insert(format!("proof/{name}.object"), Content::Bytes(disclosure(item)?.encode()));
        files.insert(format!("proof/{name}.census"), Content::Bytes(encode_row(&census.0, &census.1)?));
    }
    let salt = press_salt(&material.seed, number);
    Ok(Item {
        number,
        title: item.title.clone(),
        mode: item.mode,
        root: (!press).then(|| item.root()),
        files: delivered,
        reasons: item.reasons.clone(),
        made_from: item.made_from,
        commitment: press.then(|| commitment::press_commitment(&salt, &item.root())),
    })
}

/// Salt of a press commitment: HMAC-SHA-256 of the bundle's seed.
fn press_salt(seed: &[u8; 32], number: u64) -> [u8; 32] {
    use hmac::{Hmac, KeyInit, Mac};
    // A key of 32 bytes is always accepted.
    Hmac::<sha2::Sha256>::new_from_slice(seed).map_or([0; 32], |mut mac| {
        mac.update(b"casemate/press-salt/v1\0");
        mac.update(&number.to_be_bytes());
        mac.finalize().into_bytes().into()
    })
}

fn mask(item: &ItemMaterial<'_>) -> Result<Mask, BundleError> {
    let ranges: Vec<std::ops::Range<u64>> = item.hidden.iter().map(|r| r.start..r.end()).collect();
    Ok(Mask::hiding(item.record.leaves(), &ranges)?)
}

/// What the recipient passes on if they narrow this bundle: that this key opened these leaves, and no more.
fn first_discloser(
    material: &Material<'_>,
    log: &LogMaterial,
    statement: &Statement,
    masks: Vec<Mask>,
) -> Result<String, BundleError> {
    let passed = material.items.iter().zip(masks);
    let items = passed.map(|(item, mask)| Passed { number: item.number, root: item.root(), mask });
    let first = discloser::first(log.case, statement, items.collect());
    let secret = discloser::Secret::of(&material.seed);
    let root = secret.open(&first)?.root();
    Ok(discloser::label(&secret, &casemate_verify::discloser::sign(&root, &material.key)))
}

fn disclosure(item: &ItemMaterial<'_>) -> Result<Disclosure, BundleError> {
    let record = &item.record;
    let mask = mask(item)?;
    let mut hasher = ObjectHasher::new(&item.key, *record.oid(), record.leaves(), record.profile(), record.timebase())?;
    let mut prover = Prover::new(&item.key, record.clone(), mask)?;
    item.leaves.for_each(&mut |ticks, payload| Ok(prover.leaf(ticks, hasher.leaf(ticks, payload)?)?))?;
    Ok(prover.finish()?)
}
