//! Packing: every file of the bag, its manifests, the signature, the zip (`docs/format/bundle.md`).
//!
//! Keeps: same material, same bytes; K, names of original files and unsalted hashes of withheld content never enter.
//! Does not know: gates, consent.

use crate::content::{Content, Measure};
use crate::error::BundleError;
use crate::material::{HoldingAct, ItemMaterial, LogMaterial, LoggedAct, Material, OtherAct, StampMaterial};
use crate::playable::{Audible, is_hidden, playable};
use crate::readme;
use casemate_carve::release::Unit;
use casemate_carve::{Leaf, Profile, release};
use casemate_proof::act::SealedAct;
use casemate_proof::disclosure::{write_payload, write_payload_head};
use casemate_proof::{Disclosure, Mask, ObjectHasher, Prover, SecretKey, commitment, sshsig};
use casemate_stamp::{TokenDer, pem};
use casemate_verify::bag;
use casemate_verify::check::{
    ACT_OPEN, CENSUS_ROOT_LEAF, COMMIT_MAP_LEAF, DISCLOSURE_NAMESPACE, OBJECT_LEAVES, STAMP_OPEN, encode_consistency,
    encode_row,
};
use casemate_verify::statement::{File, Item, Mode, Role, Statement};
use casemate_verify::zip::{ROOT, ZipWriter};
use std::collections::BTreeMap;
use std::io::Write;

/// What a bundle came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// SHA-256 of `disclosure.sig`: what a later disclosure names as its previous.
    pub signature_hash: [u8; 32],
    /// Bytes of the bundle.
    pub bytes: u64,
    /// The key that signed, 64 hex digits: what the recipient pins.
    pub signer: String,
}

type Files<'a> = BTreeMap<String, Content<'a>>;

/// Packs a bundle into `out`.
///
/// # Errors
/// Material that does not fit, an object that can't be read, a full disk.
pub fn pack<W: Write>(material: &Material<'_>, out: W) -> Result<(Packed, W), BundleError> {
    let mut files = Files::new();
    let mut items = Vec::new();
    for item in &material.items {
        items.push(add_item(material, item, &mut files)?);
    }
    if let Some(log) = &material.log {
        add_log(log, &mut files)?;
    }
    let statement = statement(material, items);
    let encoded = statement.encode()?;
    Statement::decode(&encoded)?;
    files.insert("disclosure.cbor".into(), Content::Bytes(encoded));
    files.insert("bagit.txt".into(), Content::Bytes(bag::BAGIT_TXT.into()));
    files.insert("bag-info.txt".into(), Content::Bytes(readme::bag_info(&statement).into_bytes()));
    for (language, name) in readme::LANGUAGES {
        files.insert(name.into(), Content::Bytes(readme::text(language, material, &statement).into_bytes()));
    }
    write(&material.key, files, out)
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
    }
}

fn add_log(log: &LogMaterial, files: &mut Files<'_>) -> Result<(), BundleError> {
    files.insert("proof/checkpoint".into(), Content::Bytes(log.checkpoint.clone().into()));
    files.insert("proof/checkpoint.sig".into(), Content::Bytes(log.checkpoint_sig.clone().into()));
    add_act("lane", &log.lane, &(0..16).collect::<Vec<_>>(), files)?;
    for (number, stamp) in (1usize..).zip(&log.stamps) {
        add_stamp(number, stamp, files)?;
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
    let delivered = deliver(item, &name, files)?;
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

fn deliver<'a>(item: &'a ItemMaterial<'a>, name: &str, files: &mut Files<'a>) -> Result<Vec<File>, BundleError> {
    let mut delivered = Vec::new();
    let mut put = |path: String, role: Role, content: Content<'a>| {
        files.insert(path.clone(), content);
        delivered.push(File { path, role });
    };
    let ending = &item.ending;
    match item.mode {
        Mode::Whole => {
            put(format!("data/{name}/original.{ending}"), Role::Original, Content::made(|out| item.leaves.copy(out)));
        }
        Mode::Partial => {
            put(format!("data/{name}/leaves"), Role::Leaves, Content::made(|out| open_leaves(item, out)));
            if item.shape.profile().is_timed() {
                let path = format!("data/{name}/recording.{ending}");
                put(path, Role::Playable, Content::made(|out| playable(&audible(item), out)));
            } else if item.shape.profile() == Profile::Tiles {
                let path = format!("data/{name}/pages.pdf");
                put(path, Role::Pages, Content::made(|out| playable(&audible(item), out)));
            }
        }
        Mode::Release | Mode::Text => {
            if item.mode == Mode::Release {
                put(format!("data/{name}/leaves"), Role::Leaves, Content::made(|out| open_leaves(item, out)));
            }
            put(format!("data/{name}/text.txt"), Role::Text, Content::Bytes(rendered(item, Role::Text)?));
            if item.mode == Mode::Release && item.shape.profile() == Profile::ReleaseTranscript {
                put(format!("data/{name}/transcript.vtt"), Role::Vtt, Content::Bytes(rendered(item, Role::Vtt)?));
            }
        }
    }
    Ok(delivered)
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

fn disclosure(item: &ItemMaterial<'_>) -> Result<Disclosure, BundleError> {
    let ranges: Vec<std::ops::Range<u64>> = item.hidden.iter().map(|r| r.start..r.end()).collect();
    let record = &item.record;
    let mask = Mask::hiding(record.leaves(), &ranges)?;
    let mut hasher = ObjectHasher::new(&item.key, *record.oid(), record.leaves(), record.profile(), record.timebase())?;
    let mut prover = Prover::new(&item.key, record.clone(), mask)?;
    item.leaves.for_each(&mut |ticks, payload| Ok(prover.leaf(ticks, hasher.leaf(ticks, payload)?)?))?;
    Ok(prover.finish()?)
}

fn open_leaves(item: &ItemMaterial<'_>, out: &mut dyn Write) -> Result<(), BundleError> {
    let (mut index, mut head) = (0u64, Vec::new());
    item.leaves.for_each(&mut |ticks, payload| {
        if !is_hidden(&item.hidden, index) {
            head.clear();
            write_payload_head(&mut head, ticks, payload.len() as u64);
            out.write_all(&head)?;
            out.write_all(payload)?;
        }
        index += 1;
        Ok(())
    })
}

fn audible<'i>(item: &'i ItemMaterial<'_>) -> Audible<'i> {
    Audible { number: item.number, shape: item.shape, hidden: &item.hidden, leaves: item.leaves }
}

/// Leaves the seal numbers of its sources out of a layer's head: with them two bundles could be joined.
fn forget_sources(units: &mut [Option<Vec<u8>>]) -> Result<(), BundleError> {
    if let Some(Some(payload)) = units.first_mut()
        && let Unit::Head(mut head) = Unit::decode(payload)?
    {
        head.made_from.clear();
        *payload = Unit::Head(head).encode()?;
    }
    Ok(())
}

/// A release layer as the recipient reads it.
fn rendered(item: &ItemMaterial<'_>, role: Role) -> Result<Vec<u8>, BundleError> {
    let mut units: Vec<Option<Vec<u8>>> = Vec::new();
    item.leaves.for_each(&mut |_, payload| {
        let hidden = is_hidden(&item.hidden, units.len() as u64);
        units.push((!hidden).then(|| payload.to_vec()));
        Ok(())
    })?;
    if item.mode == Mode::Text {
        forget_sources(&mut units)?;
    }
    let leaves = units.iter().map(|unit| match unit {
        Some(payload) => Leaf::Open(payload),
        None => Leaf::Hidden { leaves: 1, ticks: 1 },
    });
    let mut out = Vec::new();
    if role == Role::Vtt {
        release::render_vtt(item.shape, leaves, &mut out)?;
    } else {
        release::render_text(item.shape, leaves, &mut out)?;
    }
    Ok(out)
}

fn write<W: Write>(key: &SecretKey, mut files: Files<'_>, out: W) -> Result<(Packed, W), BundleError> {
    let mut measures: BTreeMap<String, Measure> = BTreeMap::new();
    for (path, content) in &files {
        measures.insert(path.clone(), content.measure()?);
    }
    let list = |measures: &BTreeMap<String, Measure>, payload: bool| -> String {
        let files = measures.iter().filter(|(path, _)| path.starts_with(bag::PAYLOAD) == payload);
        files.map(|(path, m)| bag::line(&m.sha256, path)).collect()
    };
    let mut add = |path: &str, bytes: Vec<u8>, measures: &mut BTreeMap<String, Measure>| -> Result<(), BundleError> {
        let content = Content::Bytes(bytes);
        measures.insert(path.to_owned(), content.measure()?);
        files.insert(path.to_owned(), content);
        Ok(())
    };
    add(bag::MANIFEST, list(&measures, true).into_bytes(), &mut measures)?;
    let tags = list(&measures, false).into_bytes();
    let signature = sshsig::sign(DISCLOSURE_NAMESPACE, &tags, key);
    add(bag::TAG_MANIFEST, tags, &mut measures)?;
    let signature_hash = bag::sha256(&mut signature.as_bytes())?;
    add(bag::SIGNATURE, signature.into_bytes(), &mut measures)?;
    let mut zip = ZipWriter::new(casemate_verify::zip::Measured::new(out));
    for (path, content) in &files {
        let measure = measures.get(path).map(|m| m.zip).unwrap_or_default();
        zip.add(&format!("{ROOT}{path}"), measure, |out| content.write(out))?;
    }
    let ((bytes, _), out) = zip.finish()?.into_parts();
    Ok((Packed { signature_hash, bytes, signer: bag::hex(key.public().as_bytes()) }, out))
}
