//! Logs that authorities have stamped, and bundles that carry the tokens.

use crate::common::Case;
use crate::shop::{self, SALT, Shop};
use casemate_bundle::material::StampMaterial;
use casemate_bundle::pack;
use casemate_proof::CaseId;
use casemate_stamp::{Kept, Request, TokenDer, stamped};
use casemate_vault::stamp::StampAct;
use casemate_verify::statement::Mode;

/// A token of the usual authority over the head that the log had at `size`.
#[allow(dead_code)]
pub fn stamp(case: &Case, size: u64) -> StampMaterial {
    stamp_by(case, size, "p256")
}

/// The same by the signer of this name.
#[allow(dead_code)]
pub fn stamp_by(case: &Case, size: u64, signer: &str) -> StampMaterial {
    let (note, consistency) = case.earlier(size);
    let request = Request { imprint: stamped(&SALT, note.as_bytes()), nonce: None, policy: None };
    let answer = Shop::usual().reply(signer, &request.to_der(), "");
    let token = TokenDer::read(&answer).unwrap().as_bytes().to_vec();
    let kept = Kept { salt: SALT, token, certificates: vec![], lists: vec![] };
    StampMaterial { note, consistency, kept, logged: None }
}

/// A bundle of two items with these tokens.
pub fn bundle(case: &Case, stamps: Vec<StampMaterial>) -> Vec<u8> {
    of(case, stamps, ("recording", "wav"))
}

/// A bundle of two small items with these tokens.
#[allow(dead_code)]
pub fn small(case: &Case, stamps: Vec<StampMaterial>) -> Vec<u8> {
    of(case, stamps, ("calls", "csv"))
}

fn of(case: &Case, stamps: Vec<StampMaterial>, second: (&'static str, &str)) -> Vec<u8> {
    let mut log = case.log();
    log.stamps = stamps;
    let items = vec![case.item(1, "letter", Mode::Whole, "txt"), case.item(2, second.0, Mode::Partial, second.1)];
    pack(&case.material(Some(log), items), Vec::new()).unwrap().1
}

/// Signers whose certificates end in 2025 and 2045.
pub fn ageing() -> Shop {
    let shop = Shop::new();
    shop.issue("root", shop::Kind::P256, None, shop::ROOT);
    for (name, until) in [("first", "20250101000000Z"), ("second", shop::TO)] {
        shop.key(name, shop::Kind::P256);
        shop.certify(name, &format!("/CN={name}"), Some("root"), shop::SIGNER, shop::FROM, until, &[]);
    }
    shop
}

/// A case whose log was stamped by each of these in turn, each token recorded before the next was asked for; and the tokens.
pub fn stamped_in_turn(shop: &Shop, stamps: &[(&str, &str)]) -> (Case, Vec<StampMaterial>) {
    let mut recorded = Vec::new();
    let case = Case::followed_by(40, &mut |note, size| {
        let Some((signer, time)) = stamps.get(recorded.len()) else { return Vec::new() };
        let salt = [recorded.len() as u8; 32];
        let hash = stamped(&salt, note.as_bytes()).hash().to_vec();
        let token = shop.token(&shop::Info { hash, ..shop::Info::at(time) }.der(), signer, &[]);
        let token = token.as_bytes().to_vec();
        let act = StampAct {
            salt,
            note: note.as_bytes().to_vec(),
            size,
            token: token.clone(),
            certificates: vec![],
            lists: vec![],
            authority: None,
            on: "2026-03-01T09:00:00Z".to_owned(),
        };
        recorded.push((size, Kept { salt, token, certificates: vec![], lists: vec![] }));
        vec![act.to_act(&CaseId([40; 32]))]
    });
    let logged = case.of_kind("timestamp");
    let materials = recorded.into_iter().zip(logged).map(|((size, kept), logged)| {
        let (note, consistency) = case.earlier(size);
        StampMaterial { note, kept, consistency, logged: Some(logged) }
    });
    let materials = materials.collect();
    (case, materials)
}
