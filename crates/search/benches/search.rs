//! Speed of the index on generated passages: building, warm search against the same index in clear memory, a cold
//! process, memory.
//!
//! Keeps: both sides of each ratio run in this process, on the same index, interleaved. Fiction only.
//! `cargo bench -p casemate-search [-- PASSAGES]`; 100,000 unless told.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use casemate_search::{FolderStore, Index, Options, Order, Passage, Query, Searcher, When};

const KEY: [u8; 32] = [3; 32];
const HANZI: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车";
const LATIN: &str = "the of and a to in he have it that for they with as not on she at by this we you do but from or which one would all will there say who make when can more if no man out other so what time up go about than into could state only new year some take come these know see use get like then first any work now may such give over think most even find day also after way many must look before great back through long where much should well people down own just because good each those feel seem how high too place little world very still nation hand old life tell write become here show house both between need mean call develop under last right move thing general school never same another begin while number part turn real leave might want point form off child few small since against ask late home interest large person end open public follow during present without again hold govern around possible head consider word program problem however lead system set order eye plan run keep face fact group play stand increase early course change help line le la les un une des et est dans que qui pour pas sur avec plus par avocat témoin préfecture hôtel procès audience société téléphone numéro années déjà être avoir même après très été père mère frère sœur œuvre français étranger";

/// A small generator (splitmix64): the same passages on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Small numbers are likelier, roughly as words are.
    fn zipf(&mut self, size: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((size as f64 + 1.0).powf(unit) - 1.0) as usize).min(size - 1)
    }
}

fn passage(dice: &mut Dice, number: u64, hanzi: &[char], latin: &[&str]) -> Passage {
    let mut text = String::new();
    let chinese = dice.next().is_multiple_of(2);
    for at in 0..(12 + dice.next() % 28) {
        if chinese {
            text.push(hanzi[dice.zipf(hanzi.len())]);
            if at % 11 == 10 {
                text.push('，');
            }
        } else {
            text.push_str(latin[dice.zipf(latin.len())]);
            if dice.next().is_multiple_of(50) {
                text.push_str(&format!(" ref{}", dice.next() % 50_000));
            }
            text.push_str(if at % 9 == 8 { ", " } else { " " });
        }
    }
    if dice.next().is_multiple_of(500) {
        text.push_str(if chinese { "林慕川" } else { "Lin Muchuan" });
    }
    let exhibit_no = number / 200 + 1;
    let mut id = [0u8; 16];
    id[..8].copy_from_slice(&Dice(exhibit_no).next().to_be_bytes());
    let day = (dice.next() % 3000) as i64 * 86_400 + 1_500_000_000;
    Passage {
        exhibit_no,
        exhibit: id,
        derivative: id,
        index: (number % 200) as u32,
        kind: ["recording", "mail", "chat", "document"][dice.zipf(4)].to_owned(),
        language: if chinese { "zh" } else { "en" }.to_owned(),
        when: Some(When::new(day, day + 60)),
        speaker: Some(format!("Voice {}", dice.next() % 9)),
        persons: vec![format!("person-{}", dice.zipf(200))],
        place: number.to_be_bytes().to_vec(),
        text,
    }
}

const QUERIES: &[&str] = &[
    "地产",
    "林慕川",
    "lin muchuan",
    "后来",
    "的",
    "国家社会",
    "lawyer OR avocat",
    "temoin",
    "\"number part\"",
    "\"the state of\"",
    "ref12345",
    "ref123*",
    "hotel kind:mail",
    "person:person-7 prefecture",
    "date:2019-03 school",
    "lang:zh 电力 -大",
    "(社会 OR government) 公",
    "exhibit:17 the",
    "frere soeur",
    "学法所民得",
];

fn once(searcher: &Searcher, query: &Query) -> Duration {
    let start = Instant::now();
    let page = searcher.page(query, Order::Case, None, 20).unwrap();
    std::hint::black_box(page);
    start.elapsed()
}

fn percentile(times: &mut [Duration], per_cent: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() * per_cent / 100).min(times.len() - 1)].as_secs_f64() * 1e3
}

fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse().ok()).unwrap_or(0) / 1024
}

fn open(root: &Path) -> Index {
    Index::open(Arc::new(FolderStore::new(root).unwrap()), &KEY, Options::default()).unwrap()
}

/// What a cold process does: open, ask once, end.
fn cold(root: &Path, query: &str) {
    let searcher = open(root).searcher().unwrap();
    let page = searcher.page(&Query::parse(query).unwrap(), Order::Case, None, 20).unwrap();
    println!("    {} answers to {query}, {} MB at most", page.total, memory("VmHWM"));
}

fn build(root: &Path, count: u64) {
    let (hanzi, latin): (Vec<char>, Vec<&str>) = (HANZI.chars().collect(), LATIN.split(' ').collect());
    let mut dice = Dice(1);
    let passages: Vec<Passage> = (0..count).map(|n| passage(&mut dice, n, &hanzi, &latin)).collect();
    let bytes: usize = passages.iter().map(|p| p.text.len()).sum();
    let before = memory("VmRSS");
    let start = Instant::now();
    let index = Index::create(Arc::new(FolderStore::new(root).unwrap()), &KEY, Options::default()).unwrap();
    let mut writer = index.writer(64_000_000).unwrap();
    for passage in &passages {
        writer.add(passage).unwrap();
    }
    writer.commit(b"bench").unwrap();
    writer.finish().unwrap();
    let time = start.elapsed().as_secs_f64();
    let disk: u64 = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    println!(
        "build: {count} passages ({:.1} MB of text) in {time:.2} s = {:.0} a second",
        bytes as f64 / 1e6,
        count as f64 / time
    );
    println!(
        "    on disk {:.1} MB = {:.2} of the text; memory {before} MB before, {} MB at most",
        disk as f64 / 1e6,
        disk as f64 / bytes as f64,
        memory("VmHWM")
    );
}

fn warm(root: &Path) {
    let index = open(root);
    let (sealed, clear) = (index.searcher().unwrap(), index.clear_copy_in_memory().unwrap());
    let queries: Vec<Query> = QUERIES.iter().map(|text| Query::parse(text).unwrap()).collect();
    for query in &queries {
        assert_eq!(sealed.count(query).unwrap(), clear.count(query).unwrap());
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut each, rounds) = (vec![(Vec::new(), Vec::new()); queries.len()], 40);
    for _ in 0..rounds {
        for (at, query) in queries.iter().enumerate() {
            let (a, b) = (once(&sealed, query), once(&clear, query));
            ours.push(a);
            theirs.push(b);
            each[at].0.push(a);
            each[at].1.push(b);
        }
    }
    for (at, (a, b)) in each.iter_mut().enumerate() {
        let total = sealed.count(&queries[at]).unwrap();
        println!(
            "    {:<28} {total:>7} answers  p50 {:.3} ms, in clear {:.3} ms",
            QUERIES[at],
            percentile(a, 50),
            percentile(b, 50)
        );
    }
    for per_cent in [50, 95, 99] {
        let (a, b) = (percentile(&mut ours, per_cent), percentile(&mut theirs, per_cent));
        let limit = if per_cent == 95 { " (limit 2.00)" } else { "" };
        println!("warm p{per_cent}: {a:.3} ms, the same index in clear {b:.3} ms: ratio {:.2}{limit}", a / b);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().filter(|a| a != "--bench").collect();
    if let [_, flag, root, query] = arguments.as_slice()
        && flag == "--cold"
    {
        return cold(Path::new(root), query);
    }
    let count = arguments.get(1).and_then(|count| count.parse().ok()).unwrap_or(100_000);
    let root = std::env::temp_dir().join(format!("casemate-search-bench-{}", std::process::id()));
    build(&root, count);
    warm(&root);
    for query in ["lawyer OR 地产", "lin muchuan", "林慕川"] {
        let start = Instant::now();
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        let ended = child.arg("--cold").arg(&root).arg(query).status().unwrap();
        assert!(ended.success());
        println!("cold: process start to end {:.1} ms (limit 150)", start.elapsed().as_secs_f64() * 1e3);
    }
    std::fs::remove_dir_all(&root).unwrap();
}
