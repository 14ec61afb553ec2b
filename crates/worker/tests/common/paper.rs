//! Small PDF documents, written by hand.

/// A document in the making: numbered objects, from 1; the first is its catalogue.
#[derive(Clone)]
pub struct Paper {
    objects: Vec<Vec<u8>>,
    /// Entries of the page beside those that it always has.
    pub page: String,
    /// Entries of the catalogue beside its pages.
    pub root: String,
    /// Entries of the page's resources beside its font.
    pub resources: String,
}

const CATALOGUE: usize = 1;
const PAGES: usize = 2;
const PAGE: usize = 3;
const CONTENT: usize = 4;
const FONT: usize = 5;

/// A stream with its dictionary.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{entries}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

impl Paper {
    /// One page with that content, 400 points wide and 300 high, and Helvetica as /F1.
    pub fn of(content: &str) -> Self {
        let mut paper = Self {
            objects: vec![Vec::new(); 5],
            page: "/MediaBox[0 0 400 300]".to_owned(),
            root: String::new(),
            resources: String::new(),
        };
        paper.set(CONTENT, stream("", content.as_bytes()));
        paper.set(FONT, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
        paper
    }

    fn set(&mut self, number: usize, object: Vec<u8>) {
        self.objects[number - 1] = object;
    }

    /// One object more; its number.
    pub fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// The document's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut whole = self.clone();
        let (root, page, more) = (&self.root, &self.page, &self.resources);
        whole.set(CATALOGUE, format!("<</Type/Catalog/Pages {PAGES} 0 R{root}>>").into_bytes());
        whole.set(PAGES, format!("<</Type/Pages/Count 1/Kids[{PAGE} 0 R]>>").into_bytes());
        let resources = format!("<</Font<</F1 {FONT} 0 R>>{more}>>");
        let page =
            format!("<</Type/Page/Parent {PAGES} 0 R{page}/Resources{resources}/Contents {CONTENT} 0 R>>").into_bytes();
        whole.set(PAGE, page);
        let all: Vec<usize> = (1..=whole.objects.len()).collect();
        let mut out = b"%PDF-1.7\n".to_vec();
        whole.append(&mut out, &all, None);
        out
    }

    /// The same with a later version behind it, in which the page has other content.
    pub fn then(&self, content: &str) -> Vec<u8> {
        let mut out = self.bytes();
        let old = out.windows(9).rposition(|w| w == b"startxref").unwrap() + 10;
        let old: String = out[old..].iter().map(|b| char::from(*b)).take_while(char::is_ascii_digit).collect();
        let mut newer = self.clone();
        newer.set(CONTENT, stream("", content.as_bytes()));
        newer.append(&mut out, &[CONTENT], Some(&old));
        out
    }

    fn append(&self, out: &mut Vec<u8>, numbers: &[usize], previous: Option<&str>) {
        let mut table = String::from("xref\n");
        if previous.is_none() {
            table.push_str("0 1\n0000000000 65535 f \n");
        }
        for number in numbers {
            table.push_str(&format!("{number} 1\n{:010} 00000 n \n", out.len()));
            out.extend(format!("{number} 0 obj\n").bytes());
            out.extend_from_slice(&self.objects[number - 1]);
            out.extend_from_slice(b"\nendobj\n");
        }
        let (at, size) = (out.len(), self.objects.len() + 1);
        let previous = previous.map(|p| format!("/Prev {p}")).unwrap_or_default();
        out.extend(table.bytes());
        out.extend(
            format!("trailer\n<</Root {CATALOGUE} 0 R/Size {size}{previous}>>\nstartxref\n{at}\n%%EOF\n").bytes(),
        );
    }
}
