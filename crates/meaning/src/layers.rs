//! What is done to rows of numbers between two products.
//!
//! Keeps: each row by itself. Does not know: the network.

/// Each row to mean 0 and variance 1, then scaled and moved.
pub(crate) fn normalise(rows: &mut [f32], scale: &[f32], shift: &[f32], epsilon: f32) {
    for row in rows.chunks_exact_mut(scale.len().max(1)) {
        let mean = mean(row);
        row.iter_mut().for_each(|value| *value -= mean);
        let factor = 1.0 / (square(row) / count(row) + epsilon).sqrt();
        for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *value = *value * factor * scale + shift;
        }
    }
}

/// Each row to length 1; a row of nothing but zeros stays.
pub(crate) fn to_length_one(row: &mut [f32], epsilon: f32) {
    let factor = 1.0 / square(row).max(epsilon).sqrt();
    row.iter_mut().for_each(|value| *value *= factor);
}

/// Moves each row, and cuts off what is below 0.
pub(crate) fn rectify_moved(rows: &mut [f32], shift: &[f32]) {
    for row in rows.chunks_exact_mut(shift.len().max(1)) {
        row.iter_mut().zip(shift).for_each(|(value, shift)| *value = (*value + shift).max(0.0));
    }
}

/// Cuts off what is below 0.
pub(crate) fn rectify(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}

/// Adds number by number.
pub(crate) fn add(to: &mut [f32], values: &[f32]) {
    to.iter_mut().zip(values).for_each(|(to, value)| *to += value);
}

/// A count that is small, as a number.
pub(crate) fn small(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::from(u16::MAX), f32::from)
}

fn count(row: &[f32]) -> f32 {
    small(row.len().max(1))
}

fn mean(row: &[f32]) -> f32 {
    summed(row, |value| value) / count(row)
}

fn square(row: &[f32]) -> f32 {
    summed(row, |value| value * value)
}

/// Eight sums side by side: exacter than one, and as the processor likes it.
fn summed(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut sums = [0.0f32; 8];
    for eight in eights {
        sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += of(*value));
    }
    sums.iter().sum::<f32>() + rest.iter().map(|value| of(*value)).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_normalised_each_by_itself() {
        let mut rows = [1.0, 3.0, 10.0, 10.0];
        normalise(&mut rows, &[2.0, 1.0], &[0.5, 0.0], 0.0001);
        let wanted = [-2.0 / 1.0001f32.sqrt() + 0.5, 1.0 / 1.0001f32.sqrt(), 0.5, 0.0];
        assert!(rows.iter().zip(wanted).all(|(row, wanted)| (row - wanted).abs() < 1e-6), "{rows:?}");
        let mut one = [3.0, 4.0];
        to_length_one(&mut one, 1e-12);
        assert!((one[0] - 0.6).abs() < 1e-6 && (one[1] - 0.8).abs() < 1e-6);
        let mut nothing = [0.0; 3];
        to_length_one(&mut nothing, 1e-12);
        assert_eq!(nothing, [0.0; 3]);
        assert!((summed(&[0.1; 21], |v| v) - 2.1).abs() < 1e-6);
    }

    #[test]
    fn what_is_below_nothing_is_cut_off() {
        let mut rows = [-1.0, 2.0, -3.0, 0.5];
        rectify_moved(&mut rows, &[2.0, -1.0]);
        assert_eq!(rows, [1.0, 1.0, 0.0, 0.0]);
        let mut values = [-1.0, 2.0];
        rectify(&mut values);
        add(&mut values, &[1.0, 1.0]);
        assert_eq!(values, [1.0, 3.0]);
    }
}
