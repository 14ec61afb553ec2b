//! A bundle in an ASiC-E container: read by other programs (python's zipfile, `openssl ts -verify`), and what is refused.

use crate::common::{Desk, lines, unwatched};
use crate::shop::Shop;
use casemate_app::asic::{AsicQuestion, contain};
use casemate_app::disclose::disclose;
use casemate_app::timestamp::Answer;
use casemate_app::{AppError, Held};
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_ports::reading::Kind;
use std::path::{Path, PathBuf};
use std::process::Command;

fn bundle() -> (Desk, PathBuf) {
    let mut desk = Desk::new(vec![lines("list.txt", Kind::Text, &["a list of ships", "and of ports"])]);
    desk.man();
    desk.consent(Profile::Court, Decision::Agreed);
    desk.plan("1", Profile::Court);
    let request = desk.request(Profile::Court, &["1"], "court.casemate");
    unwatched(|watch| disclose(&mut desk.session, &request, watch)).unwrap();
    let path = request.destination.clone();
    (desk, path)
}

fn answered(question: &AsicQuestion) -> Answer {
    let answer = Shop::usual().reply("rsa", &question.request(), "");
    Answer { answer, roots: vec![Shop::usual().der("root")], ..Answer::default() }
}

/// What `python3 -c` says.
fn python(code: &str, arguments: &[&Path]) -> String {
    let output = Command::new("python3")
        .arg("-c")
        .arg(code)
        .args(arguments)
        .output()
        .expect("python3 is installed (script/setup)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const LOOK: &str = "
import base64, hashlib, re, sys, zipfile
box = zipfile.ZipFile(sys.argv[1])
assert box.testzip() is None
raw = open(sys.argv[1], 'rb').read()
first = box.infolist()[0]
assert first.filename == 'mimetype' and first.compress_type == 0 and first.extra == b''
assert raw[30:38] == b'mimetype' and raw[38:].startswith(b'application/vnd.etsi.asic-e+zip'), raw[:90]
manifest = box.read('META-INF/ASiCManifest.xml')
inside = box.read('bundle.zip')
assert inside == open(sys.argv[2], 'rb').read(), 'the bundle stands in it as it is'
said = re.search(rb'<ds:DigestValue>(.*?)</ds:DigestValue>', manifest)[1]
assert base64.b64decode(said) == hashlib.sha256(inside).digest()
open(sys.argv[3], 'wb').write(manifest)
open(sys.argv[4], 'wb').write(box.read('META-INF/timestamp.tst'))
import xml.dom.minidom
root = xml.dom.minidom.parseString(manifest).documentElement
assert root.namespaceURI == 'http://uri.etsi.org/02918/v1.2.1#'
print([e.getAttribute('URI') for e in root.childNodes if e.nodeType == 1])
";

#[test]
fn a_container_is_read_by_others_and_its_token_verified_by_openssl() {
    let (desk, path) = bundle();
    let held = Held::on_disk(&path);
    let asked = AsicQuestion::about(&held, None).unwrap();
    let question = AsicQuestion::from_bytes(&asked.to_bytes().unwrap()).unwrap();
    assert_eq!(question, asked);
    let folder = path.parent().unwrap();
    let to = folder.join("court.asice");
    let made = unwatched(|watch| contain(&held, &question, &answered(&question), &to, watch)).unwrap();
    assert_eq!((made.says.pinned, made.says.authority.as_str()), (true, "CN=rsa, O=Invented Time"));
    let (manifest, token) = (folder.join("manifest.xml"), folder.join("token.tst"));
    assert_eq!(python(LOOK, &[&to, &path, &manifest, &token]).trim(), "['META-INF/timestamp.tst', 'bundle.zip']");
    let root = folder.join("root.der");
    std::fs::write(&root, Shop::usual().der("root")).unwrap();
    let pem = folder.join("root.pem");
    let ssl = |arguments: &[&std::ffi::OsStr]| {
        Command::new("openssl").args(arguments).output().expect("openssl is installed (script/setup)")
    };
    let os = |text: &'static str| std::ffi::OsStr::new(text);
    assert!(
        ssl(&[os("x509"), os("-inform"), os("DER"), os("-in"), root.as_os_str(), os("-out"), pem.as_os_str()])
            .status
            .success()
    );
    let said = ssl(&[
        os("ts"),
        os("-verify"),
        os("-token_in"),
        os("-in"),
        token.as_os_str(),
        os("-data"),
        manifest.as_os_str(),
        os("-CAfile"),
        pem.as_os_str(),
    ]);
    let words = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success() && words.contains("Verification: OK"), "{words}");
    let again = unwatched(|watch| contain(&held, &question, &answered(&question), &to, watch));
    assert!(matches!(again, Err(AppError::File { .. })), "a file that is there is never overwritten");
    drop(desk);
}

#[test]
fn another_bundle_another_question_and_a_torn_bundle_are_refused() {
    let (desk, path) = bundle();
    let folder = path.parent().unwrap();
    let held = Held::on_disk(&path);
    let question = AsicQuestion::about(&held, None).unwrap();
    let other = AsicQuestion::about(&held, None).unwrap();
    assert_ne!(question.request(), other.request(), "each has a number of its own");
    let to = folder.join("court.asice");
    let made = |held: &Held, question: &AsicQuestion, answer: &Answer| {
        unwatched(|watch| contain(held, question, answer, &to, watch))
    };
    assert!(matches!(made(&held, &question, &answered(&other)), Err(AppError::Stamp(_))));
    let longer = folder.join("longer.zip");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.push(0);
    std::fs::write(&longer, bytes).unwrap();
    let longer = Held::on_disk(&longer);
    assert!(matches!(AsicQuestion::about(&longer, None), Err(AppError::BundleRefused { .. })));
    assert!(matches!(made(&longer, &question, &answered(&question)), Err(AppError::Form { .. })));
    assert!(!to.exists(), "nothing stands under its name");
    assert!(
        std::fs::read_dir(folder).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".partial"))
    );
    drop(desk);
}
