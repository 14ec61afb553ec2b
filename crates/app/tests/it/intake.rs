//! Sealing many files in one intake.

use crate::common::{Desk, open, unwatched};
use casemate_app::AppError;
use casemate_app::intake::{AddRequest, Further, add};
use casemate_app::listing::list;
use std::cell::RefCell;
use std::fs;

#[test]
fn files_are_numbered_in_their_order_and_the_same_bytes_sealed_once() {
    let mut desk = Desk::new(Vec::new());
    let folder = desk.out("papers");
    fs::create_dir(&folder).unwrap();
    // Of one length, so that only their bytes tell them apart; every third comes twice, at once or later; one is large.
    let text = |n: u32| format!("{n:04} they came to the flat again\n").into_bytes();
    for n in 0..90 {
        fs::write(folder.join(format!("{n:04}-a")), text(n)).unwrap();
        if n % 3 == 0 {
            fs::write(folder.join(format!("{n:04}-b")), text(n)).unwrap();
            fs::write(folder.join(format!("zz-{n:04}")), text(n)).unwrap();
        }
    }
    fs::write(folder.join("0041-large"), vec![7; 3 << 20]).unwrap();
    let request =
        AddRequest { paths: vec![folder.clone()], further: Further { ocr: false, transcribe: false, meaning: false } };
    // Nothing reads here: what was sealed stays.
    let case = RefCell::new(&mut desk.session);
    let added = unwatched(|watch| add(&case, &request, watch));
    assert!(matches!(added, Err(AppError::NoProgram(_))));
    let root = desk.root();
    desk.session.close();
    let session = open(&root);
    let names: Vec<_> = list(&session).exhibits.into_iter().map(|e| (e.exhibit, e.source)).collect();
    let mut wanted: Vec<_> = (0..90).map(|n| format!("{n:04}-a")).collect();
    wanted.insert(42, "0041-large".into());
    let path = |name: String| folder.join(name).display().to_string();
    assert_eq!(names, (1..).zip(wanted.into_iter().map(path)).collect::<Vec<_>>());
    let verdict = unwatched(|watch| casemate_app::verify::verify_case(&session, watch)).unwrap();
    assert!(!verdict.damaged, "{:?}", verdict.findings);
}
