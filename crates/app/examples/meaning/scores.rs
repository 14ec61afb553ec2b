//! How well files were found: recall among the first ten, and the reciprocal rank of the first that answers.
//!
//! Keeps: one way of counting for every way of searching. Does not know: how files were found.

use std::collections::BTreeMap;

use crate::questions::Question;

/// Files that are looked at.
pub const TOP: usize = 10;
/// What is added to a rank when rankings are merged (Cormack, Clarke, Büttcher 2009).
const RANK_OFFSET: f64 = 60.0;

#[derive(Default)]
struct Score {
    recall: f64,
    rank: f64,
    count: usize,
}

/// Scores by language and way.
#[derive(Default)]
pub struct Scores(BTreeMap<(String, &'static str), Score>);

impl Scores {
    pub fn take(&mut self, question: &Question, way: &'static str, found: &[String]) {
        let first = &found[..found.len().min(TOP)];
        let rank = first.iter().position(|file| question.files.contains(file)).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        let right = question.files.iter().filter(|file| first.contains(file)).count();
        let recall = right as f64 / question.files.len().min(TOP) as f64;
        for group in ["all", &question.language] {
            let score = self.0.entry((group.to_owned(), way)).or_default();
            score.recall += recall;
            score.rank += rank;
            score.count += 1;
        }
    }

    pub fn print(&self) {
        println!("{:<14} {:<8} {:>9} {:>7}", "questions in", "found by", "recall@10", "MRR@10");
        for group in ["all", "fr", "zh", "en"] {
            for way in ["words", "meaning", "both"] {
                let Some(score) = self.0.get(&(group.to_owned(), way)) else { continue };
                let mean = |sum: f64| sum / score.count as f64;
                let name = format!("{group} ({})", score.count);
                println!("{name:<14} {way:<8} {:>9.2} {:>7.2}", mean(score.recall), mean(score.rank));
            }
        }
    }
}

/// Rankings as one, by the sum of reciprocal ranks.
pub fn merged(rankings: &[&Vec<String>]) -> Vec<String> {
    let mut sums: BTreeMap<&String, f64> = BTreeMap::new();
    for ranking in rankings {
        for (at, file) in ranking.iter().enumerate() {
            *sums.entry(file).or_default() += 1.0 / (RANK_OFFSET + (at + 1) as f64);
        }
    }
    let mut all: Vec<_> = sums.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().map(|(file, _)| file.clone()).collect()
}
