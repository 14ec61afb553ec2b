//! Long work leaves the session to others: what is asked meanwhile is answered meanwhile.

use crate::common::{Desk, call, unwatched};
use casemate_app::Lend;
use casemate_app::intake::{Arrival, take_in};
use casemate_app::search::{SearchRequest, search};
use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Longest that a piece of the source waits for the answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// More than is sealed without threads, so that it is sealed as a large upload is.
const LARGE: usize = 5 << 20;

/// A source that stops in its middle until somebody was answered.
struct Halting {
    bytes: Cursor<Vec<u8>>,
    half: Sender<()>,
    answered: Receiver<()>,
    waited: Option<bool>,
}

impl Read for Halting {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.bytes.position() as usize > LARGE / 2 && self.waited.is_none() {
            self.half.send(()).ok();
            self.waited = Some(self.answered.recv_timeout(PATIENCE).is_ok());
        }
        self.bytes.read(out)
    }
}

impl Seek for Halting {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}

#[test]
fn a_search_is_answered_while_an_upload_is_sealed() {
    let Desk { dir: _dir, session } = Desk::new(vec![call(1)]);
    let case = Mutex::new(session);
    let (half, at_half) = channel();
    let (answer, answered) = channel();
    let bytes = Cursor::new((0..LARGE).map(|n| (n % 251) as u8).collect());
    let mut source = Halting { bytes, half, answered, waited: None };
    let arrival = Arrival { name: "long.bin".into(), from: "phone/long.bin".into(), modified_ms: None };
    let reply = std::thread::scope(|scope| {
        let sealing = scope.spawn(|| (take_in(&case, &arrival, &mut source).unwrap(), source.waited));
        at_half.recv_timeout(PATIENCE).unwrap();
        let request = SearchRequest { query: "exhibit:1".into(), limit: Some(5), ranked: false, meaning: false };
        let found = case.with(|session| unwatched(|watch| search(session, &request, watch))).unwrap();
        assert!(found.total > 0);
        answer.send(()).unwrap();
        sealing.join().unwrap()
    });
    let (reply, waited) = reply;
    assert_eq!(waited, Some(true), "the answer came before the sealing went on");
    assert_eq!(reply.sealed.iter().map(|s| (s.exhibit, s.size)).collect::<Vec<_>>(), [(2, LARGE as u64)]);
}
