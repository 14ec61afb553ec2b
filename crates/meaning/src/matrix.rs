//! The one product of matrices, on one thread.
//!
//! Keeps: shapes that don't fit give an empty product, never a panic. Does not know: what is multiplied.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// A matrix, row after row.
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Matrix {
    /// `left` (rows of `self.rows` numbers) times this one.
    pub(crate) fn times(&self, left: &[f32]) -> Vec<f32> {
        let count = left.len() / self.rows.max(1);
        if left.len() != count * self.rows || self.values.len() != self.rows * self.columns {
            return Vec::new();
        }
        let mut out = vec![0.0; count * self.columns];
        let shapes = (
            ArrayView2::from_shape((count, self.rows), left),
            ArrayView2::from_shape((self.rows, self.columns), &self.values),
            ArrayViewMut2::from_shape((count, self.columns), &mut out),
        );
        match shapes {
            (Ok(left), Ok(right), Ok(mut into)) => general_mat_mul(1.0, &left, &right, 0.0, &mut into),
            _ => return Vec::new(),
        }
        out
    }

    /// Its matrices side by side: each of the same rows.
    pub(crate) fn beside(parts: &[Self]) -> Self {
        let rows = parts.first().map_or(0, |part| part.rows);
        let columns = parts.iter().map(|part| part.columns).sum();
        let mut values = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for part in parts {
                values.extend(part.values.iter().skip(row * part.columns).take(part.columns));
            }
        }
        Self { rows, columns, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize, values: &[f32]) -> Matrix {
        Matrix { rows, columns, values: values.to_vec() }
    }

    #[test]
    fn a_product_is_that_of_the_definition() {
        let right = matrix(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(right.times(&[1.0, 0.0, 0.0, 1.0, 2.0, -1.0]), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, -2.0, -1.0, 0.0]);
        assert!(right.times(&[1.0, 2.0, 3.0]).is_empty(), "half a row");
        assert!(matrix(2, 3, &[0.0; 5]).times(&[1.0, 2.0]).is_empty());
    }

    #[test]
    fn side_by_side() {
        let both = Matrix::beside(&[matrix(2, 1, &[1.0, 3.0]), matrix(2, 2, &[5.0, 6.0, 7.0, 8.0])]);
        assert_eq!((both.rows, both.columns, both.values), (2, 3, vec![1.0, 5.0, 6.0, 3.0, 7.0, 8.0]));
    }
}
