//! Voice activity: the 16 kHz Silero network (two convolution stages, one LSTM cell, about 300,000 weights) computed
//! here, from the weights its authors publish as `safetensors`. Small enough that a general runner would be most of
//! the code.
//!
//! Keeps: one probability for each [`FRAME`] samples; the same samples after a [`Vad::reset`] give the same answer.
//! Does not know: what is done with the probabilities.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::SpeechError;

/// Samples a probability stands for (32 ms at 16 kHz).
pub const FRAME: usize = 512;
/// Samples of the frame before that the network sees again.
const CONTEXT: usize = 64;
/// Samples mirrored at the end.
const MIRROR: usize = 64;
const WINDOW: usize = 256;
const HOP: usize = 128;
/// Columns of the spectrum of one frame: (64 + 512 + 64 − 256) / 128 + 1.
const COLUMNS: usize = 4;
const BINS: usize = 129;
const HIDDEN: usize = 128;
/// Longest JSON header of a weight file, in bytes.
const MAX_HEADER: usize = 64 << 10;

/// A convolution of width 3 with padding 1, as rows of `inputs × 3` weights.
#[derive(Debug)]
struct Convolution {
    weights: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    stride: usize,
}

/// The network's weights, to be shared by the channels of a recording.
#[derive(Debug)]
pub struct VadWeights {
    spectrum: Vec<f32>,
    convolutions: [Convolution; 4],
    input_gates: Vec<f32>,
    hidden_gates: Vec<f32>,
    gate_bias: Vec<f32>,
    last: Vec<f32>,
    last_bias: f32,
}

/// The state of one channel.
#[derive(Clone, Debug)]
pub struct Vad {
    context: [f32; CONTEXT],
    hidden: [f32; HIDDEN],
    cell: [f32; HIDDEN],
}

impl Default for Vad {
    fn default() -> Self {
        Self { context: [0.0; CONTEXT], hidden: [0.0; HIDDEN], cell: [0.0; HIDDEN] }
    }
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

impl VadWeights {
    /// Reads `silero_vad_16k.safetensors` (format: 8 bytes little-endian length, JSON header, raw tensors).
    ///
    /// # Errors
    /// [`SpeechError::Weights`] when a tensor is missing or has another shape.
    pub fn parse(bytes: &[u8]) -> Result<Self, SpeechError> {
        let cut = SpeechError::Weights("cut short");
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or(cut)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > MAX_HEADER || length > rest.len() {
            return Err(SpeechError::Weights("header longer than its limit or the file"));
        }
        let (header, data) = rest.split_at(length);
        let header: BTreeMap<String, Tensor> =
            serde_json::from_slice(header).map_err(|_| SpeechError::Weights("header is not its JSON"))?;
        let load = |name: &str, shape: &[usize]| tensor(&header, data, name, shape);
        let convolution = |name: &str, outputs: usize, inputs: usize, stride: usize| {
            Ok::<_, SpeechError>(Convolution {
                weights: load(&format!("{name}.weight"), &[outputs, inputs, 3])?,
                bias: load(&format!("{name}.bias"), &[outputs])?,
                inputs,
                stride,
            })
        };
        let input_bias = load("lstm_cell.bias_ih", &[4 * HIDDEN])?;
        let hidden_bias = load("lstm_cell.bias_hh", &[4 * HIDDEN])?;
        Ok(Self {
            spectrum: load("stft_conv.weight", &[2 * BINS, 1, WINDOW])?,
            convolutions: [
                convolution("conv1", 128, BINS, 1)?,
                convolution("conv2", 64, 128, 2)?,
                convolution("conv3", 64, 64, 2)?,
                convolution("conv4", HIDDEN, 64, 1)?,
            ],
            input_gates: load("lstm_cell.weight_ih", &[4 * HIDDEN, HIDDEN])?,
            hidden_gates: load("lstm_cell.weight_hh", &[4 * HIDDEN, HIDDEN])?,
            gate_bias: input_bias.iter().zip(&hidden_bias).map(|(a, b)| a + b).collect(),
            last: load("final_conv.weight", &[1, HIDDEN, 1])?,
            last_bias: load("final_conv.bias", &[1])?.first().copied().unwrap_or_default(),
        })
    }
}

fn tensor(
    header: &BTreeMap<String, Tensor>,
    data: &[u8],
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, SpeechError> {
    let found = header.get(name).ok_or(SpeechError::Weights("a tensor is missing"))?;
    if found.dtype != "F32" || found.shape != shape {
        return Err(SpeechError::Weights("a tensor has another shape"));
    }
    let (from, to) = found.data_offsets;
    let bytes = data.get(from..to).ok_or(SpeechError::Weights("a tensor reaches outside the file"))?;
    let (words, rest) = bytes.as_chunks::<4>();
    if words.len() != shape.iter().product::<usize>() || !rest.is_empty() {
        return Err(SpeechError::Weights("a tensor's bytes don't fit its shape"));
    }
    Ok(words.iter().map(|w| f32::from_le_bytes(*w)).collect())
}

impl Vad {
    /// Forgets what was heard.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The probability, 0 to 1, that `frame` holds a voice. A shorter last frame is filled up with silence.
    pub fn hear(&mut self, weights: &VadWeights, frame: &[i16]) -> f32 {
        let mut sound = [0.0f32; CONTEXT + FRAME + MIRROR];
        let (context, rest) = sound.split_at_mut(CONTEXT);
        context.copy_from_slice(&self.context);
        for (to, from) in rest.iter_mut().zip(frame.iter().take(FRAME)) {
            *to = f32::from(*from) / 32_768.0;
        }
        // Mirrored without repeating the last sample, as the network was trained.
        let end = CONTEXT + FRAME;
        for k in 0..MIRROR {
            sound[end + k] = sound[end - 2 - k];
        }
        self.context.copy_from_slice(&sound[FRAME..end]);
        let mut columns = spectrum(&weights.spectrum, &sound);
        for convolution in &weights.convolutions {
            columns = convolve(convolution, &columns);
        }
        let features = columns.first().map(Vec::as_slice).unwrap_or_default();
        self.step(weights, features);
        let sum: f32 = self.hidden.iter().zip(&weights.last).map(|(h, w)| h.max(0.0) * w).sum();
        sigmoid(sum + weights.last_bias)
    }

    fn step(&mut self, weights: &VadWeights, features: &[f32]) {
        let mut gates = [0.0f32; 4 * HIDDEN];
        let rows = weights.input_gates.chunks_exact(HIDDEN).zip(weights.hidden_gates.chunks_exact(HIDDEN));
        for ((gate, (of_input, of_hidden)), bias) in gates.iter_mut().zip(rows).zip(&weights.gate_bias) {
            *gate = dot(of_input, features) + dot(of_hidden, &self.hidden) + bias;
        }
        let (input, rest) = gates.split_at(HIDDEN);
        let (forget, rest) = rest.split_at(HIDDEN);
        let (candidate, output) = rest.split_at(HIDDEN);
        for k in 0..HIDDEN {
            self.cell[k] = sigmoid(forget[k]) * self.cell[k] + sigmoid(input[k]) * candidate[k].tanh();
            self.hidden[k] = sigmoid(output[k]) * self.cell[k].tanh();
        }
    }
}

/// Magnitudes, one vector a column.
fn spectrum(weights: &[f32], sound: &[f32; CONTEXT + FRAME + MIRROR]) -> Vec<Vec<f32>> {
    let (real, imaginary) = weights.split_at(BINS * WINDOW);
    (0..COLUMNS)
        .map(|column| {
            let part = &sound[column * HOP..column * HOP + WINDOW];
            let rows = real.chunks_exact(WINDOW).zip(imaginary.chunks_exact(WINDOW));
            rows.map(|(re, im)| dot(re, part).hypot(dot(im, part))).collect()
        })
        .collect()
}

/// One convolution and its rectifier; columns in, columns out.
fn convolve(layer: &Convolution, columns: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let row = layer.inputs * 3;
    let mut seen = vec![0.0f32; row];
    (0..columns.len())
        .step_by(layer.stride)
        .map(|centre| {
            let at = |k: usize| (centre + k).checked_sub(1).and_then(|c| columns.get(c));
            for k in 0..3 {
                for (i, slot) in seen.iter_mut().skip(k).step_by(3).enumerate() {
                    *slot = at(k).and_then(|c| c.get(i)).copied().unwrap_or(0.0);
                }
            }
            let rows = layer.weights.chunks_exact(row).zip(&layer.bias);
            rows.map(|(weights, bias)| (dot(weights, &seen) + bias).max(0.0)).collect()
        })
        .collect()
}

/// Sixteen sums side by side, so that the compiler may use vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<16>();
    let (b, b_rest) = b.as_chunks::<16>();
    let mut sums = [0.0f32; 16];
    for (x, y) in a.iter().zip(b) {
        for k in 0..16 {
            sums[k] += x[k] * y[k];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_weight_file_is_refused() {
        for bytes in
            [&b""[..], &[0; 7], &[0xff; 64], &[2, 0, 0, 0, 0, 0, 0, 0, b'{', b'}'], b"\x08\0\0\0\0\0\0\0{\"a\":1}x"]
        {
            assert!(matches!(VadWeights::parse(bytes), Err(SpeechError::Weights(_))));
        }
        let huge = r#"{"final_conv.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,18446744073709551615]}}"#;
        let mut file = (huge.len() as u64).to_le_bytes().to_vec();
        file.extend(huge.as_bytes());
        assert!(matches!(VadWeights::parse(&file), Err(SpeechError::Weights(_))));
        let header: BTreeMap<String, Tensor> = serde_json::from_str(huge).unwrap();
        assert!(tensor(&header, &[0; 8], "final_conv.bias", &[1]).is_err());
    }

    #[test]
    fn dot_equals_the_plain_sum() {
        let a: Vec<f32> = (0..37).map(|k| k as f32).collect();
        assert_eq!(dot(&a, &a), a.iter().map(|x| x * x).sum::<f32>());
    }
}
