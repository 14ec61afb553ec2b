//! `casemate heard`: who has listened to which seconds.
//!
//! Keeps: only a named person counts. Does not know: whether they listened with care.

use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::moment;
use casemate_app::heard::{self, CoverageReply, HeardRequest, NATURAL_SPEED};
use casemate_words::{Language, message};

const AFTER: &str = "\
Examples:
  casemate heard 4                                     what nobody has heard yet
  casemate heard 4 --by 'Élodie Roux'                  the whole of it
  casemate heard 4 --by 'Élodie Roux' --from 00:12 --to 01:30 --speed 1.5";

/// Fastest and slowest listening that counts, times natural speed.
const SPEEDS: (f64, f64) = (0.25, 4.0);

/// Record that somebody has listened to a recording.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Heard {
    /// Number of the recording
    exhibit: String,

    /// Who listened; without it, what was heard so far is shown
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// From where
    #[arg(long, value_name = "TIME", value_parser = moment::parse, requires = "by")]
    from: Option<u64>,

    /// To where
    #[arg(long, value_name = "TIME", value_parser = moment::parse, requires = "by")]
    to: Option<u64>,

    /// At what speed, times natural
    #[arg(long, value_name = "X", value_parser = speed, requires = "by")]
    speed: Option<u64>,
}

fn speed(text: &str) -> Result<u64, String> {
    let (least, most) = SPEEDS;
    let given: f64 = text.parse().map_err(|_| format!("{text:?} is not a number"))?;
    if (least..=most).contains(&given) {
        Ok((given * NATURAL_SPEED as f64).round() as u64)
    } else {
        Err(format!("from {least} to {most}"))
    }
}

impl Heard {
    /// Does it.
    ///
    /// # Errors
    /// No such recording; a range past its end.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let reply = match &self.by {
            None => heard::coverage(&desk.read()?, &self.exhibit)?,
            Some(listener) => {
                let mut session = desk.write()?;
                let ranges = match (self.from, self.to) {
                    (None, None) => Vec::new(),
                    (from, Some(to)) => vec![(from.unwrap_or(0), to)],
                    (Some(from), None) => vec![(from, heard::coverage(&session, &self.exhibit)?.duration_ms)],
                };
                let request = HeardRequest {
                    exhibit: self.exhibit.clone(),
                    listener: listener.clone(),
                    ranges,
                    speed: self.speed.unwrap_or(NATURAL_SPEED),
                };
                let reply = heard::record_heard(&mut session, &request)?;
                session.close();
                reply
            }
        };
        desk.answer(&reply, || text(&reply, desk.language()))?;
        Ok(Exit::Done)
    }
}

fn text(reply: &CoverageReply, language: Language) -> String {
    let clock = moment::clock;
    let values = [
        ("exhibit", reply.exhibit.into()),
        ("heard", clock(reply.heard_ms).into()),
        ("duration", clock(reply.duration_ms).into()),
    ];
    let mut out = message(language, "cli-heard", &values) + "\n";
    for l in &reply.listeners {
        let ranges: Vec<String> =
            l.ranges.iter().map(|[a, b]| format!("{}–{}", clock(*a), clock(b.saturating_add(999)))).collect();
        out.push_str(&format!("  {}  {}  {}\n", l.on, crate::screen::plain(&l.listener), ranges.join(", ")));
    }
    if !reply.gaps.is_empty() {
        let gaps: Vec<String> =
            reply.gaps.iter().map(|[a, b]| format!("{}–{}", clock(*a), clock(b.saturating_add(999)))).collect();
        out.push_str(&message(language, "cli-heard-gaps", &[("gaps", gaps.join(", ").into())]));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::speed;

    #[test]
    fn speeds_are_bounded() {
        assert_eq!(speed("1"), Ok(1000));
        assert_eq!(speed("1.25"), Ok(1250));
        for bad in ["0", "-1", "9", "NaN", "inf", "x"] {
            assert!(speed(bad).is_err(), "{bad}");
        }
    }
}
