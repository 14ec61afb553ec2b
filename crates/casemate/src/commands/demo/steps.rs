//! The demo's steps, each one use case after another on the open case.
//!
//! Keeps: what the plan expects and does not come is said as odd, not passed over. Does not know: their order.

use super::plan::{Disclosure, Person, Script};
use super::stage::Says;
use crate::commands::{
    disclose as disclose_command, init as init_command, intake as intake_command, redact as redact_command,
    verify as verify_command,
};
use crate::commands::{search as search_command, wording};
use crate::failure::Failure;
use crate::{advice, moment};
use casemate_app::disclose::{DiscloseRequest, disclose};
use casemate_app::heard::{HeardRequest, NATURAL_SPEED, record_heard};
use casemate_app::intake::{AddRequest, Further, add};
use casemate_app::people::{ConsentGiven, NewPerson, add_person, consent, set_alias};
use casemate_app::redact::{self, KeepRequest, StrikeRequest, StrikeWhat, Which};
use casemate_app::search::{SearchRequest, search};
use casemate_app::{AppError, Session, Watch, listing, text, transcribe, verify};
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_case::plan::Reason;
use casemate_vault::Passphrase;
use casemate_verify::words::{self, Which as Shown};
use casemate_verify::{Finding, zip};
use casemate_words::{Language, message};
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Hits shown of each search.
const HITS: usize = 3;
/// Strikes and reasons shown of each exhibit.
const LINES: usize = 5;
/// Findings on each item that the demo counts instead of listing them.
const COUNTED: [&str; 5] = ["logged", "census", "rendering", "parent", "container"];
/// Length of a local file header before its name (APPNOTE 4.3.7); a strict zip has no extra field below 4 GiB.
const LOCAL_HEADER_BYTES: u64 = 30;

/// A new case under a passphrase made here.
///
/// # Errors
/// The use case's.
pub fn init(root: &Path, language: Language, says: &mut Says) -> Result<Passphrase, Failure> {
    let (case, passphrase) = init_command::generated(root)?;
    let path = root.display().to_string();
    says.say(&message(language, "cli-init-done", &[("path", path.into()), ("case", case.into())]));
    says.say(&message(language, "cli-init-passphrase", &[("passphrase", passphrase.reveal().into())]));
    Ok(passphrase)
}

/// The open case.
pub struct Opened<'s> {
    /// The case.
    pub session: Session,
    /// The story.
    pub script: &'s Script,
    /// The language of what is said.
    pub language: Language,
}

impl Opened<'_> {
    fn path(&self, path: &str) -> PathBuf {
        self.script.folder.join(path)
    }

    /// The exhibit that was taken in from a path of the plan.
    fn exhibit(&self, path: &str) -> Result<u64, Failure> {
        let wanted = Path::new(path);
        let of = |e: &listing::Listed| Path::new(&e.source).ends_with(wanted);
        let found = listing::list(&self.session).exhibits.into_iter().find(of);
        found.map(|e| e.exhibit).ok_or_else(|| AppError::NoExhibit(path.to_owned()).into())
    }

    /// Seals and reads.
    ///
    /// # Errors
    /// The use case's.
    pub fn add(&mut self, watch: &Watch<'_>, says: &mut Says) -> Result<(), Failure> {
        let paths = self.script.plan.intake.paths.iter().map(|p| self.path(p)).collect();
        let reply = add(
            &RefCell::new(&mut self.session),
            &AddRequest { paths, further: Further { ocr: true, transcribe: false, meaning: true } },
            watch,
        )?;
        if reply.stopped {
            return Err(AppError::Stopped.into());
        }
        says.say(&intake_command::added(&reply, self.language));
        for unread in &self.script.plan.intake.unread {
            let number = self.exhibit(&unread.path)?;
            if !reply.not_read.iter().any(|n| n.exhibit == number) {
                says.odd(message(self.language, "cli-demo-not-named", &[("path", unread.path.as_str().into())]));
            }
        }
        Ok(())
    }

    /// Transcribes every recording.
    ///
    /// # Errors
    /// The use case's.
    pub fn transcribe(&mut self, watch: &Watch<'_>, says: &mut Says) -> Result<(), Failure> {
        let reply = transcribe::transcribe(&RefCell::new(&mut self.session), &[], watch)?;
        if reply.stopped {
            return Err(AppError::Stopped.into());
        }
        for recording in &self.script.plan.recording {
            let number = self.exhibit(&recording.path)?;
            match text::read(&self.session, &number.to_string()) {
                Ok(read) => {
                    let first = read.reading.passages.iter().map(|p| p.text.trim()).find(|t| !t.is_empty());
                    let length = moment::clock(read.reading.duration_ms.unwrap_or(0));
                    let line = format!("{number:>3}  {length}  {:<22}  {}", recording.path, first.unwrap_or("–"));
                    says.say(&crate::screen::fitted(&crate::screen::plain(&line), 110));
                }
                Err(e) => says.odd(advice::told(&e.into(), self.language).what),
            }
        }
        Ok(())
    }

    /// The searches of the plan.
    ///
    /// # Errors
    /// The use case's.
    pub fn search(&mut self, watch: &Watch<'_>, says: &mut Says) -> Result<(), Failure> {
        for wanted in &self.script.plan.search {
            let request = SearchRequest { query: wanted.query.clone(), limit: None, ranked: false, meaning: false };
            let mut reply = search(&self.session, &request, watch)?;
            for path in &wanted.finds {
                let number = self.exhibit(path)?;
                // An attachment is an exhibit of its own, that says in which one it was.
                let inside = format!("#{number} ›");
                if !reply.hits.iter().any(|h| h.exhibit == number || h.source.starts_with(&inside)) {
                    let values = [("query", wanted.query.as_str().into()), ("path", path.as_str().into())];
                    says.odd(message(self.language, "cli-demo-not-found", &values));
                }
            }
            says.say(&format!("» {}", wanted.query));
            reply.hits.truncate(HITS);
            says.say(&format!("{}\n", search_command::text(&reply, self.language, false)));
        }
        Ok(())
    }

    /// People, aliases, consents.
    ///
    /// # Errors
    /// The use cases'.
    pub fn people(&mut self, says: &mut Says) -> Result<(), Failure> {
        let by = self.script.person(&self.script.plan.disclosure.reviewer)?.name();
        for person in self.script.people.iter().filter(|p| !p.names.is_empty()) {
            let view = add_person(&mut self.session, &described(person))?;
            let withheld = view.protected || view.red;
            for profile in Profile::ALL {
                // Whom a court may read by name needs no alias there.
                let needed = withheld || profile == Profile::Press;
                if let Some(alias) = person.alias.get(profile.word()).filter(|_| needed) {
                    set_alias(&mut self.session, wording::short(&view.id), profile, alias)?;
                }
                if self.script.plan.consent.get(profile.word()).is_some_and(|ids| ids.contains(&person.id)) {
                    let basis = message(self.language, "cli-demo-consent", &[]);
                    let given = ConsentGiven {
                        person: wording::short(&view.id).to_owned(),
                        profile,
                        decision: Decision::Agreed,
                        basis,
                        by: by.to_owned(),
                    };
                    consent(&mut self.session, &given)?;
                }
            }
            let alias = |word: &str| person.alias.get(word).map_or("–", String::as_str).to_owned();
            let aliases = format!("{} · {}", alias("court"), alias("press"));
            let mark = if withheld { "●" } else { " " };
            says.say(&format!("{mark} {} → {aliases}", person.name()));
        }
        Ok(())
    }

    /// Tries to disclose before anything was heard or reviewed, and shows why it is refused.
    ///
    /// # Errors
    /// Any other than the refusal.
    pub fn refused(
        &mut self,
        what: &Disclosure,
        dir: &Path,
        watch: &Watch<'_>,
        says: &mut Says,
    ) -> Result<(), Failure> {
        let request = self.request(what, &dir.join("too-early.zip"))?;
        match disclose(&mut self.session, &request, watch) {
            Err(AppError::Blocked(blocks)) => {
                let told = advice::told(&AppError::Blocked(blocks).into(), self.language);
                says.say(&told.what);
                told.reasons.iter().take(LINES).for_each(|reason| says.say(&format!("  - {reason}")));
                self.more(told.reasons.len(), says);
                Ok(())
            }
            Err(other) => Err(other.into()),
            Ok(_) => {
                says.odd(message(self.language, "cli-demo-not-refused", &[]));
                Ok(())
            }
        }
    }

    /// Who listened.
    ///
    /// # Errors
    /// The use case's.
    pub fn heard(&mut self, says: &mut Says) -> Result<(), Failure> {
        for recording in &self.script.plan.recording {
            let number = self.exhibit(&recording.path)?;
            let listener = self.script.person(&recording.heard_by)?.name().to_owned();
            let exhibit = number.to_string();
            let request =
                HeardRequest { exhibit, listener: listener.clone(), ranges: Vec::new(), speed: NATURAL_SPEED };
            let reply = record_heard(&mut self.session, &request)?;
            says.say(&format!("{number:>3}  {}  {:<22}  {listener}", moment::clock(reply.heard_ms), recording.path));
        }
        Ok(())
    }

    /// Proposes, strikes what no finder can know, judges what is no name, reviews.
    ///
    /// # Errors
    /// The use cases'.
    pub fn redact(&mut self, what: &Disclosure, says: &mut Says) -> Result<(), Failure> {
        let (profile, reviewer) = (self.profile(what)?, self.script.person(&what.reviewer)?.name().to_owned());
        for path in &what.paths {
            let exhibit = self.exhibit(path)?.to_string();
            redact::propose(&mut self.session, &exhibit, profile)?;
            self.strike_identifiers(&exhibit, profile)?;
            for strike in what.strike.iter().filter(|s| s.path == *path) {
                self.strike(&exhibit, profile, &strike.text, strike.person.as_deref())?;
            }
            for keep in what.keep.iter().filter(|k| k.path == *path) {
                let (which, why) = (Which::Within(keep.text.clone()), keep.why.clone());
                let (exhibit, reviewer) = (exhibit.clone(), reviewer.clone());
                redact::keep(&mut self.session, &KeepRequest { exhibit, profile, which, reviewer, why })?;
            }
            let mut plan = redact::review(&mut self.session, &exhibit, profile, &reviewer, None)?;
            let strikes = plan.strikes.len();
            if !plan.open.is_empty() {
                says.odd(message(self.language, "cli-plan-open", &[("count", plan.open.len().into())]));
            }
            let head = redact_command::heading(&plan, self.language);
            plan.strikes.truncate(LINES);
            says.say(&head);
            says.say(&redact_command::strikes(&plan, self.language));
            self.more(strikes, says);
            says.say(&format!("{}\n", redact_command::state(&plan, self.language).trim()));
        }
        Ok(())
    }

    /// Says how many lines of `all` were left out.
    fn more(&self, all: usize, says: &mut Says) {
        if let Some(rest) = all.checked_sub(LINES).filter(|n| *n > 0) {
            says.say(&format!("     {}", message(self.language, "cli-demo-more", &[("count", rest.into())])));
        }
    }

    /// Numbers and addresses of those whose names are withheld, wherever they are written.
    fn strike_identifiers(&mut self, exhibit: &str, profile: Profile) -> Result<(), Failure> {
        let withheld = |p: &&Person| p.protected || p.red || profile == Profile::Press;
        for person in self.script.people.iter().filter(withheld) {
            for identifier in &person.identifiers {
                let whose = (!person.names.is_empty()).then_some(person.id.as_str());
                match self.strike(exhibit, profile, identifier, whose) {
                    // It does not stand in this one.
                    Err(Failure::App(AppError::Form { .. } | AppError::NotRead(_))) => {}
                    other => other?,
                }
            }
        }
        Ok(())
    }

    fn strike(&mut self, exhibit: &str, profile: Profile, text: &str, person: Option<&str>) -> Result<(), Failure> {
        let person = person.map(|id| self.script.person(id).map(|p| p.name().to_owned())).transpose()?;
        let request = StrikeRequest {
            exhibit: exhibit.to_owned(),
            profile,
            what: StrikeWhat::Text(text.to_owned()),
            reason: Reason::Identifier,
            person,
        };
        redact::strike(&mut self.session, &request)?;
        Ok(())
    }

    fn profile(&self, what: &Disclosure) -> Result<Profile, Failure> {
        let unknown = || AppError::Form { what: "a profile", found: what.profile.clone() };
        Ok(Profile::from_word(&what.profile).ok_or_else(unknown)?)
    }

    fn request(&self, what: &Disclosure, to: &Path) -> Result<DiscloseRequest, Failure> {
        let exhibits = what.paths.iter().map(|p| self.exhibit(p).map(|n| n.to_string()));
        Ok(DiscloseRequest {
            profile: self.profile(what)?,
            exhibits: exhibits.collect::<Result<_, _>>()?,
            recipient: what.recipient.clone(),
            purpose: what.purpose.clone(),
            language: Language::parse(&what.language).unwrap_or(self.language),
            uncover: false,
            cover: false,
            in_part: false,
            destination: to.to_path_buf(),
        })
    }

    /// Makes the bundle; answers the key that signed it.
    ///
    /// # Errors
    /// A gate that is shut.
    pub fn disclose(
        &mut self,
        what: &Disclosure,
        to: &Path,
        watch: &Watch<'_>,
        says: &mut Says,
    ) -> Result<String, Failure> {
        let request = self.request(what, to)?;
        let reply = match disclose(&mut self.session, &request, watch) {
            Ok(reply) => reply,
            Err(e) => {
                let failure = e.into();
                advice::told(&failure, self.language).reasons.iter().for_each(|reason| says.say(reason));
                return Err(failure);
            }
        };
        says.say(&disclose_command::text(&reply, self.language));
        Ok(reply.signer)
    }

    /// As its recipient would.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn verify(&self, bundle: &Path, signer: &str, says: &mut Says) -> Result<(), Failure> {
        let verdict = verify::verify_file(bundle, &[signer.to_owned()])?;
        if verdict.failed() {
            says.odd(words::headline(self.language, &verdict));
            says.say(&verify_command::report(&verdict, self.language, Shown::Failed));
            return Ok(());
        }
        says.say(&words::headline(self.language, &verdict));
        says.say("");
        let counted = |f: &&Finding| f.item.is_some() && COUNTED.contains(&f.id);
        for f in verdict.findings.iter().filter(|f| !counted(f)) {
            let outcome = words::outcome(self.language, f.status);
            let subject = words::subject(self.language, f);
            says.say(&format!("{outcome} · {subject}: {}", words::sentence(self.language, f)));
        }
        let rest = verdict.findings.iter().filter(counted).count();
        if rest > 0 {
            says.say(&message(self.language, "cli-demo-more", &[("count", rest.into())]));
        }
        Ok(())
    }

    /// Changes one byte of a copy and shows that it is refused, by name.
    ///
    /// # Errors
    /// The copy can't be made.
    pub fn tamper(&self, bundle: &Path, copy: &Path, signer: &str, says: &mut Says) -> Result<(), Failure> {
        let (name, at) = flip(bundle, copy)?;
        let values = [("file", name.into()), ("at", at.into())];
        says.say(&message(self.language, "cli-demo-flipped", &values));
        let verdict = verify::verify_file(copy, &[signer.to_owned()])?;
        says.say(&verify_command::report(&verdict, self.language, Shown::Failed));
        if !verdict.failed() {
            says.odd(message(self.language, "cli-demo-not-refused", &[]));
        }
        Ok(())
    }

    /// The whole case.
    ///
    /// # Errors
    /// The use case's.
    pub fn verify_case(&self, watch: &Watch<'_>, says: &mut Says) -> Result<(), Failure> {
        let verdict = verify::verify_case(&self.session, watch)?;
        says.say(&verify_command::case_text(&verdict, self.language, Shown::All));
        if verdict.damaged {
            says.odd(message(self.language, "cli-demo-damaged", &[]));
        }
        Ok(())
    }
}

fn described(person: &Person) -> NewPerson {
    NewPerson {
        instead_of: None,
        names: person.names.clone(),
        role: person.role.clone(),
        protected: person.protected,
        red: person.red,
        note: None,
        relation: Some(person.relation.clone()),
        another: false,
    }
}

/// Copies a bundle with one bit changed in the middle of its largest payload; answers the payload's name and the place.
fn flip(bundle: &Path, copy: &Path) -> Result<(String, u64), Failure> {
    let mut from = File::open(bundle).map_err(Failure::file(bundle))?;
    let archive = zip::read(&mut from).map_err(|e| AppError::Bundle(e.into()))?;
    let payloads = archive.entries().iter().filter(|e| e.name.contains("/data/"));
    let largest = payloads.max_by_key(|e| e.size).ok_or_else(|| AppError::NoExhibit("data".to_owned()))?;
    let at = largest.offset + LOCAL_HEADER_BYTES + largest.name.len() as u64 + largest.size / 2;
    std::fs::copy(bundle, copy).map_err(Failure::file(copy))?;
    let changed = || -> std::io::Result<()> {
        let mut file = File::options().read(true).write(true).open(copy)?;
        let mut byte = [0u8];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut byte)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&byte.map(|b| b ^ 1))?;
        file.sync_all()
    };
    changed().map_err(Failure::file(copy))?;
    Ok((largest.name.clone(), at))
}
