//! A model that runs: numbers in, numbers out.
//!
//! Keeps: whatever the bytes of a model are, the answer is numbers or an error. Does not know: what they mean.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{Tensor, TensorView};

use crate::OcrError;

/// Longest model, bytes.
pub const MAX_MODEL: usize = 64 << 20;

/// A model and the threads that run it.
pub struct Net {
    name: &'static str,
    model: Model,
    threads: Arc<ThreadPool>,
}

/// What a model answers.
pub struct Answer {
    /// Extent of each dimension.
    pub shape: Vec<usize>,
    /// As many numbers, the last dimension together.
    pub numbers: Vec<f32>,
}

impl Net {
    /// Reads a model in ONNX.
    pub fn load(name: &'static str, bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, OcrError> {
        let refuse = |why: String| OcrError::Model { model: name, why };
        if bytes.len() > MAX_MODEL {
            return Err(refuse("longer than MAX_MODEL".to_owned()));
        }
        let read = catch_unwind(AssertUnwindSafe(|| ModelOptions::with_all_ops().prepack_weights(true).load(bytes)));
        let model = match read {
            Ok(Ok(model)) => model,
            Ok(Err(why)) => return Err(refuse(why.to_string())),
            Err(_) => return Err(refuse("its bytes broke the reader".to_owned())),
        };
        if model.input_ids().len() != 1 || model.output_ids().len() != 1 {
            return Err(refuse("not of one input and one output".to_owned()));
        }
        Ok(Self { name, model, threads: Arc::clone(threads) })
    }

    /// Runs it on numbers of this shape.
    pub fn run(&self, shape: [usize; 4], numbers: &[f32]) -> Result<Answer, OcrError> {
        let stop = |why: String| OcrError::Run { model: self.name, why };
        let (Some(&input), Some(&output)) = (self.model.input_ids().first(), self.model.output_ids().first()) else {
            return Err(stop("nothing to put in".to_owned()));
        };
        if numbers.len() != shape.iter().product::<usize>() {
            return Err(stop("another number of numbers".to_owned()));
        }
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let ran = catch_unwind(AssertUnwindSafe(|| {
            let given = TensorView::from_data(shape.as_slice(), numbers);
            self.model.run(vec![(input, given.into())], &[output], Some(options))
        }));
        let answer = match ran {
            Ok(Ok(answers)) => answers.into_iter().next(),
            Ok(Err(why)) => return Err(stop(why.to_string())),
            Err(_) => return Err(stop("it broke off".to_owned())),
        };
        let tensor: Option<Tensor<f32>> = answer.and_then(|answer| answer.try_into().ok());
        let tensor = tensor.ok_or_else(|| stop("no numbers came out".to_owned()))?;
        Ok(Answer { shape: tensor.shape().to_vec(), numbers: tensor.into_data() })
    }

    /// Why an answer is not one.
    pub fn odd(&self, why: &str) -> OcrError {
        OcrError::Run { model: self.name, why: why.to_owned() }
    }
}
