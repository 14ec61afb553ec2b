//! One job from start to end: fences, greeting, the job, its bytes, the reader, the goodbye.
//!
//! Keeps: fences before bytes; a reader's panic or a limit reached is a finding and the answer still ends whole.
//! Does not know: the readers.

use std::io::{BufReader, BufWriter, Read, Stdin, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use casemate_ports::reading::Severity;
use casemate_ports::worker::{Ask, Fence, FrameError, Job};

use crate::bounds::Bounds;
use crate::fences::{missing, raise};
use crate::reply::{Reply, ReplyError};
use crate::spool::{Spool, SpoolError};

/// Exit code when a required fence is missing.
pub const EXIT_FENCE_MISSING: u8 = 3;
/// Exit code when the parent did not keep to the protocol, or is gone.
pub const EXIT_PROTOCOL: u8 = 4;

/// Why no job was done.
#[derive(Debug, thiserror::Error)]
pub enum ServingError {
    /// Required fences that don't stand.
    #[error("required fences are missing: {0}")]
    FenceMissing(String),
    /// The parent's frames.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// The answer.
    #[error(transparent)]
    Reply(#[from] ReplyError),
    /// Scratch memory.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// Frames out of order.
    #[error("the parent sent {0}")]
    Order(&'static str),
}

/// A job ready to be done: behind fences, its bytes spooled.
#[derive(Debug)]
pub struct Serving<W: Write> {
    /// What is to be done.
    pub job: Job,
    /// The exhibit's bytes.
    pub spool: Spool,
    /// Where the answer goes.
    pub reply: Reply<W>,
}

impl Serving<Box<dyn Write>> {
    /// Raises the fences, greets, takes the job and its bytes from stdin.
    ///
    /// # Errors
    /// [`ServingError`]; the parent has been told where it still listens.
    pub fn start(tool: &str, bounds: &Bounds) -> Result<Self, ServingError> {
        let fences = raise(bounds);
        let input: BufReader<Stdin> = BufReader::new(std::io::stdin());
        let output = Box::new(BufWriter::new(std::io::stdout()));
        Self::take(tool, &fences, bounds.spool, input, output)
    }
}

impl<W: Write> Serving<W> {
    fn take(tool: &str, fences: &[Fence], limit: u64, mut input: impl Read, output: W) -> Result<Self, ServingError> {
        let mut reply = Reply::new(output);
        reply.hello(tool, fences)?;
        let missing = missing(fences).join(", ");
        if !missing.is_empty() {
            reply.finding("fence-missing", Severity::Unread, &missing)?;
            reply.done()?;
            return Err(ServingError::FenceMissing(missing));
        }
        let Some(Ask::Job(job)) = Ask::read(&mut input)? else {
            return Err(ServingError::Order("no job"));
        };
        let mut spool = Spool::new(limit)?;
        loop {
            match Ask::read(&mut input)? {
                Some(Ask::Bytes(bytes)) => {
                    if let Err(e) = spool.push(&bytes) {
                        reply.finding("too-large", Severity::Unread, &e.to_string())?;
                        reply.done()?;
                        return Err(e.into());
                    }
                }
                Some(Ask::End) => return Ok(Self { job, spool, reply }),
                Some(Ask::Job(_)) => return Err(ServingError::Order("a second job")),
                None => return Err(ServingError::Order("no end")),
            }
        }
    }

    /// Lets `reader` do the job and ends the answer.
    ///
    /// # Errors
    /// [`ServingError`] when the parent can't be answered any more.
    pub fn finish(
        self,
        reader: impl FnOnce(&Job, Spool, &mut Reply<W>) -> Result<(), ReplyError>,
    ) -> Result<(), ServingError> {
        let Self { job, spool, mut reply } = self;
        // The default hook would print the panic, which may quote the exhibit.
        std::panic::set_hook(Box::new(|_| {}));
        match catch_unwind(AssertUnwindSafe(|| reader(&job, spool, &mut reply))) {
            Ok(Ok(())) => {}
            Ok(Err(ReplyError::Full { what, limit })) => {
                let detail = format!("more than {limit} {what}; the rest was left unread");
                reply.finding("too-much", Severity::Partial, &detail)?;
            }
            Ok(Err(e)) => return Err(e.into()),
            Err(_) => {
                let severity = if reply.passages() == 0 { Severity::Unread } else { Severity::Partial };
                reply.finding("reader-panicked", severity, "the reader met a case it does not know")?;
            }
        }
        Ok(reply.done()?)
    }
}

/// Raises the fences and writes what came of each, as a JSON list and a line end: a worker's answer to `--fences --json`.
/// Gives the exit code: 0, or [`EXIT_FENCE_MISSING`], or [`EXIT_PROTOCOL`] where nobody listens.
pub fn tell_fences(bounds: &Bounds, to: &mut impl Write) -> u8 {
    let fences = raise(bounds);
    let told = serde_json::to_writer(&mut *to, &fences).is_ok() && writeln!(to).is_ok() && to.flush().is_ok();
    match (told, missing(&fences).is_empty()) {
        (true, true) => 0,
        (true, false) => EXIT_FENCE_MISSING,
        (false, _) => EXIT_PROTOCOL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casemate_ports::worker::{Answer, ReadJob};

    fn asked(asks: &[Ask]) -> Vec<u8> {
        let mut wire = Vec::new();
        for a in asks {
            a.write(&mut wire).unwrap();
        }
        wire
    }

    fn job() -> Ask {
        Ask::Job(Job::Read(ReadJob::default()))
    }

    fn fence(granted: bool) -> Fence {
        Fence { name: "seccomp".into(), required: true, granted, detail: String::new() }
    }

    fn ids(wire: &[u8]) -> Vec<String> {
        let mut from = wire;
        std::iter::from_fn(|| Answer::read(&mut from).unwrap())
            .filter_map(|a| if let Answer::Finding(f) = a { Some(f.id) } else { None })
            .collect()
    }

    #[test]
    fn without_a_required_fence_no_byte_is_read() {
        struct Forbidden;
        impl Read for Forbidden {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                panic!("read behind a missing fence");
            }
        }
        let mut wire = Vec::new();
        let e = Serving::take("t", &[fence(false)], 10, Forbidden, &mut wire).unwrap_err();
        assert!(matches!(e, ServingError::FenceMissing(name) if name == "seccomp"));
        assert_eq!(ids(&wire), ["fence-missing"]);
    }

    #[test]
    fn too_large_an_input_is_a_finding() {
        let input = asked(&[job(), Ask::Bytes(vec![0; 11]), Ask::End]);
        let mut wire = Vec::new();
        assert!(Serving::take("t", &[fence(true)], 10, input.as_slice(), &mut wire).is_err());
        assert_eq!(ids(&wire), ["too-large"]);
    }

    #[test]
    fn an_order_that_is_not_the_protocols_is_refused() {
        for asks in [vec![Ask::End], vec![job(), job()], vec![job(), Ask::Bytes(vec![1])]] {
            let input = asked(&asks);
            let got = Serving::take("t", &[fence(true)], 10, input.as_slice(), Vec::new());
            assert!(matches!(got, Err(ServingError::Order(_))));
        }
    }

    #[test]
    fn a_panic_is_a_finding_and_the_answer_ends() {
        let input = asked(&[job(), Ask::Bytes(b"boom".to_vec()), Ask::End]);
        let mut wire = Vec::new();
        let serving = Serving::take("t", &[fence(true)], 10, input.as_slice(), &mut wire).unwrap();
        serving.finish(|_, mut spool, _| panic!("{:?}", spool.all())).unwrap();
        assert_eq!(ids(&wire), ["reader-panicked"]);
    }
}
