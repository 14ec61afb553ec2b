//! A workshop of certificates and stamps: authorities, revocation lists and tokens made by `openssl` in a temporary folder, and
//! stamps whose every field a test may choose.

use casemate_stamp::{Asked, Given, Imprint, Refusal, Salt, TokenDer, Verdict, stamped, verify};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

pub const SALT: Salt = [7; 32];
pub const NOTE: &[u8] = b"casemate/aa\n5\nroot\n\n\xe2\x80\x94 casemate/aa sig\n";
/// From and until when usual certificates are valid, as `openssl ca` wants it.
pub const FROM: &str = "20200101000000Z";
pub const TO: &str = "20450101000000Z";
/// When usual stamps were made.
pub const MADE: &str = "20240601120000Z";
pub const POLICY: &str = "1.2.3.4.1";

pub const ROOT: &str =
    "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
pub const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
pub const SIGNER: &str = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";

/// A kind of key, as arguments of `openssl genpkey`.
#[derive(Clone, Copy)]
pub enum Kind {
    Rsa(u32),
    RsaPss,
    P256,
    P384,
    P521,
}

pub struct Shop {
    dir: TempDir,
}

/// One value in DER.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [head, content.to_vec()].concat()
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// Replaces one place of bytes with others of the same length; it must be there exactly `times`.
pub fn edited(bytes: &[u8], from: &[u8], to: &[u8], times: usize) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..=bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(places.len(), times, "places of the edited bytes");
    let mut out = bytes.to_vec();
    places.iter().for_each(|at| out[*at..*at + to.len()].copy_from_slice(to));
    out
}

impl Shop {
    pub fn new() -> Self {
        let shop = Self { dir: tempfile::tempdir().unwrap() };
        shop.write(
            "ca.cnf",
            b"[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\nemail_in_dn=no\ndefault_days=30\n[p]\ncommonName=supplied\norganizationName=optional\n",
        );
        shop.write("index", b"");
        shop
    }

    /// A root on P-256, an authority with RSA, and signers of every kind below it. Made once.
    pub fn usual() -> &'static Self {
        static USUAL: OnceLock<Shop> = OnceLock::new();
        USUAL.get_or_init(|| {
            let shop = Self::new();
            shop.issue("root", Kind::P256, None, ROOT);
            shop.issue("between", Kind::Rsa(2048), Some("root"), AUTHORITY);
            shop.issue("rsa", Kind::Rsa(2048), Some("between"), SIGNER);
            shop.issue("pss", Kind::Rsa(2048), Some("between"), SIGNER);
            shop.issue("p256", Kind::P256, Some("between"), SIGNER);
            shop.issue("p384", Kind::P384, Some("between"), SIGNER);
            shop
        })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: &[u8]) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Runs `openssl` in the folder; whether it went well, and what it said.
    pub fn tried(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new("openssl").args(arguments).current_dir(self.dir.path()).output();
        let output = output.expect("openssl is installed (script/setup)");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    pub fn openssl(&self, arguments: &[&str]) {
        let (well, said) = self.tried(arguments);
        assert!(well, "openssl {arguments:?}\n{said}");
    }

    pub fn key(&self, name: &str, kind: Kind) {
        let key = format!("{name}.key");
        let bits;
        let options: Vec<&str> = match kind {
            Kind::Rsa(size) => {
                bits = format!("rsa_keygen_bits:{size}");
                vec!["-algorithm", "RSA", "-pkeyopt", &bits]
            }
            Kind::RsaPss => vec!["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"],
            Kind::P256 => vec!["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            Kind::P384 => vec!["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            Kind::P521 => vec!["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
        };
        self.openssl(
            &[&["genpkey", "-quiet", "-out", &key][..], &options]
                .concat()
                .into_iter()
                .filter(|word| *word != "-quiet")
                .collect::<Vec<_>>(),
        );
    }

    /// A certificate `name.pem` for a new key; without an issuer it signs itself.
    pub fn issue(&self, name: &str, kind: Kind, issuer: Option<&str>, extensions: &str) {
        self.key(name, kind);
        self.certify(name, &format!("/O=Invented Time/CN={name}"), issuer, extensions, FROM, TO, &[]);
    }

    /// A certificate for a key that is there.
    #[allow(clippy::too_many_arguments)]
    pub fn certify(
        &self,
        name: &str,
        subject: &str,
        issuer: Option<&str>,
        extensions: &str,
        from: &str,
        to: &str,
        more: &[&str],
    ) {
        let file = |ending: &str| format!("{name}.{ending}");
        let (key, request, out, text) = (file("key"), file("csr"), file("pem"), file("ext"));
        self.write(&text, format!("[e]\n{extensions}").as_bytes());
        self.openssl(&["req", "-new", "-key", &key, "-subj", subject, "-out", &request]);
        let (by, by_key) = (format!("{}.pem", issuer.unwrap_or(name)), format!("{}.key", issuer.unwrap_or(name)));
        let signer: Vec<&str> = match issuer {
            None => vec!["-selfsign", "-keyfile", &by_key],
            Some(_) => vec!["-cert", &by, "-keyfile", &by_key],
        };
        let usual = ["ca", "-config", "ca.cnf", "-batch", "-notext", "-in", &request, "-out", &out];
        let dates = ["-startdate", from, "-enddate", to, "-extfile", &text, "-extensions", "e"];
        self.openssl(&[&usual[..], &dates, &signer, more].concat());
    }

    pub fn der(&self, name: &str) -> Vec<u8> {
        casemate_stamp::pem::certificates(&self.read(&format!("{name}.pem"))).unwrap().remove(0)
    }

    /// A revocation list of `issuer` with lines `(certificate, when, reason)`; an empty reason is not written.
    pub fn list(&self, issuer: &str, revoked: &[(&str, &str, &str)], this: &str, next: &str) -> Vec<u8> {
        let lines = revoked.iter().map(|(name, at, reason)| {
            let (_, serial) = self.tried(&["x509", "-in", &format!("{name}.pem"), "-noout", "-serial"]);
            let serial = serial.trim().trim_start_matches("serial=").to_owned();
            let reason = if reason.is_empty() { String::new() } else { format!(",{reason}") };
            format!("R\t450101000000Z\t{}{reason}\t{serial}\tunknown\t/CN={name}\n", &at[2..])
        });
        self.write("revoked", lines.collect::<String>().as_bytes());
        let config = String::from_utf8(self.read("ca.cnf")).unwrap().replace("database=index", "database=revoked");
        self.write(
            "crl.cnf",
            format!("{config}[x]\nauthorityKeyIdentifier=keyid\n")
                .replace("policy=p", "policy=p\ncrl_extensions=x")
                .as_bytes(),
        );
        let (by, by_key) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let dates = ["-crl_lastupdate", this, "-crl_nextupdate", next];
        let usual = ["ca", "-config", "crl.cnf", "-gencrl", "-cert", &by, "-keyfile", &by_key, "-out", "list.pem"];
        self.openssl(&[&usual[..], &dates].concat());
        casemate_stamp::pem::lists(&self.read("list.pem")).unwrap().remove(0)
    }

    /// What `openssl ts -reply`, the authority, answers to a request.
    pub fn reply(&self, signer: &str, request: &[u8], options: &str) -> Vec<u8> {
        // Several tests ask at once; each call has files of its own.
        static CALLS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let call = CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = |what: &str| format!("{what}-{call}");
        let (query, out, config) = (name("query"), name("reply"), name("ts"));
        self.write(&query, request);
        let usual = format!(
            "[tsa]\ndefault_tsa=t\n[t]\nserial={serial}\nsigner_cert={signer}.pem\nsigner_key={signer}.key\ncerts=between.pem\n\
             default_policy={POLICY}\nother_policies=1.2.3.4.5\ndigests=sha256,sha384,sha512\naccuracy=secs:1,millisecs:500,microsecs:100\n\
             ordering=yes\ntsa_name=yes\n{options}\n",
            serial = name("serial")
        );
        let usual = if options.contains("signer_digest") { usual } else { format!("{usual}signer_digest=sha256\n") };
        self.write(&config, usual.as_bytes());
        self.openssl(&["ts", "-reply", "-queryfile", &query, "-config", &config, "-out", &out]);
        self.read(&out)
    }

    /// A token over any stamp, signed by `openssl cms`: what no honest authority would sign.
    pub fn token(&self, info: &[u8], signer: &str, more: &[&str]) -> TokenDer {
        TokenDer::read(&self.signed(info, signer, more)).unwrap()
    }

    pub fn signed(&self, info: &[u8], signer: &str, more: &[&str]) -> Vec<u8> {
        let place = tempfile::Builder::new().tempdir_in(self.dir.path()).unwrap();
        let place = place.path().file_name().unwrap().to_str().unwrap().to_owned();
        let (content, out) = (format!("{place}/info"), format!("{place}/token"));
        self.write(&content, info);
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let usual = ["cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-cades", "-outform", "DER"];
        let usual =
            [&usual[..], &["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", &content, "-out", &out]].concat();
        let digest: &[&str] = if more.contains(&"-md") { &[] } else { &["-md", "sha256"] };
        self.openssl(&[&usual[..], &["-signer", &certificate, "-inkey", &key], digest, more].concat());
        self.read(&out)
    }
}

/// The fields of a stamp, in DER or as text.
#[derive(Clone)]
pub struct Info {
    pub version: u8,
    pub policy: Vec<u8>,
    pub hash: Vec<u8>,
    pub serial: Vec<u8>,
    pub time: String,
    /// Whatever follows: accuracy, ordering, nonce, name, extensions.
    pub rest: Vec<u8>,
}

/// SHA-256, as `AlgorithmIdentifier`.
pub const SHA256: [u8; 15] = [0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0];

impl Info {
    pub fn usual() -> Self {
        Self {
            version: 1,
            policy: vec![0x2a, 3, 4, 1],
            hash: imprint().hash().to_vec(),
            serial: vec![0x11, 0x22],
            time: MADE.to_owned(),
            rest: Vec::new(),
        }
    }

    pub fn at(time: &str) -> Self {
        Self { time: time.to_owned(), ..Self::usual() }
    }

    pub fn with(rest: &[u8]) -> Self {
        Self { rest: rest.to_vec(), ..Self::usual() }
    }

    pub fn der(&self) -> Vec<u8> {
        sequence(&[
            &tlv(2, &[self.version]),
            &tlv(6, &self.policy),
            &sequence(&[&SHA256, &tlv(4, &self.hash)]),
            &tlv(2, &self.serial),
            &tlv(0x18, self.time.as_bytes()),
            &self.rest,
        ])
    }
}

pub fn imprint() -> Imprint {
    stamped(&SALT, NOTE)
}

/// Verifies a stamp of the note with what is given.
pub fn verified(
    token: &TokenDer,
    roots: &[Vec<u8>],
    certificates: &[Vec<u8>],
    lists: &[Vec<u8>],
) -> Result<Verdict, Refusal> {
    let imprint = imprint();
    verify(token, &Asked { imprint: &imprint, nonce: None, policy: None }, &Given { roots, certificates, lists })
}

/// Verifies in the usual shop: root pinned, the authority between at hand.
pub fn usually(token: &TokenDer) -> Result<Verdict, Refusal> {
    let shop = Shop::usual();
    verified(token, &[shop.der("root")], &[shop.der("between")], &[])
}

/// The name of a refusal.
pub fn id(result: Result<Verdict, Refusal>) -> &'static str {
    result.expect_err("it must be refused").id()
}
