//! A page of an exhibit as a picture, drawn by the worker: the browser and the reader never meet the document itself.
//!
//! Keeps: nothing drawn is written to a disk; what can't be drawn is told by the finding's name. Does not know: who looks.

use crate::catalogue::Exhibit;
use crate::sound::Source;
use crate::{AppError, Session};
use casemate_media::{Event, Limits, Program, run_job};
use casemate_ports::reading::Reading;
use casemate_ports::worker::{DrawJob, Job, LettersJob, PictureFormat};
use std::sync::atomic::AtomicBool;

/// The original of an exhibit, ready to be drawn without the session.
pub struct Sheet {
    worker: Program,
    source: Box<dyn Source>,
    exhibit: u64,
}

/// A page in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its shape.
    pub format: PictureFormat,
    /// Red, green, blue, row after row from the top.
    pub pixels: Vec<u8>,
}

/// The original of an exhibit, ready to be drawn.
///
/// # Errors
/// No worker, damage.
pub fn sheet(session: &Session, exhibit: &Exhibit) -> Result<Sheet, AppError> {
    let worker = session.tools.worker.clone().ok_or(AppError::NoProgram("casemate-worker"))?;
    Ok(Sheet { worker, source: Box::new(session.original(exhibit)?), exhibit: exhibit.number })
}

impl Sheet {
    /// Draws page `page` (from 1), `width` pixels across or less.
    ///
    /// # Errors
    /// [`AppError::NotDrawn`]; the worker does not start; the original can't be read.
    pub fn draw(mut self, page: u32, width: u16) -> Result<Picture, AppError> {
        let job = Job::Draw(DrawJob { page, width });
        let (mut format, mut pixels) = (None, Vec::new());
        let never = AtomicBool::new(false);
        let mut hear = |event: Event<'_>| match event {
            Event::Picture(told) => format = Some(told),
            Event::Pixels(bytes) => pixels.extend_from_slice(bytes),
            _ => {}
        };
        let outcome = run_job(&self.worker, &job, &mut self.source, &Limits::drawing(), &never, &mut hear)?;
        match format.filter(|_| outcome.whole) {
            Some(format) => Ok(Picture { format, pixels }),
            None => {
                let finding = outcome.reading.findings.into_iter().next_back().map(|f| f.id).unwrap_or_default();
                Err(AppError::NotDrawn { exhibit: self.exhibit, page, finding })
            }
        }
    }

    /// Where each letter of page `page` (from 1) is drawn.
    ///
    /// # Errors
    /// As [`Self::draw`].
    pub fn letters(mut self, page: u32) -> Result<Reading, AppError> {
        let never = AtomicBool::new(false);
        let job = Job::Letters(LettersJob { page });
        let outcome = run_job(&self.worker, &job, &mut self.source, &Limits::placing(), &never, &mut |_| ())?;
        match outcome.reading.findings.last() {
            None if outcome.whole => Ok(outcome.reading),
            finding => {
                let finding = finding.map(|f| f.id.clone()).unwrap_or_default();
                Err(AppError::NotDrawn { exhibit: self.exhibit, page, finding })
            }
        }
    }
}
