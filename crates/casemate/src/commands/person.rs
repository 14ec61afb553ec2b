//! `casemate person`: names, aliases, consents.
//!
//! Keeps: names are shown on standard output alone, to whoever opened the case. Does not know: where names stand.

use super::wording;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::screen::Table;
use casemate_app::Session;
use casemate_app::people::{self, ConsentGiven, NameForm, NewPerson, PersonView};
use casemate_app::words::DecisionWord;
use casemate_case::audience::Profile;
use casemate_case::kinds::Decision;
use casemate_words::{Language, message};
use serde::Serialize;

const AFTER: &str = "\
Examples:
  casemate person add --han 唐远山 --passport 'TANG YUANSHAN' --name 'Victor Tang' --role applicant --protected --red
  casemate person ls
  casemate person alias 唐远山 court 'Monsieur A'
  casemate person alias 唐远山 press H
  casemate person merge 'Mr Tang' 唐远山 --by 'Claire Lambert'
  casemate person split 唐远山 'V. Tang'
  casemate person consent 唐远山 court --basis 'letter of 3 May' --by 'Claire Lambert'
  casemate person consent 唐明月 press --refused --basis 'told her lawyer' --by 'Claire Lambert'
  casemate person consent 唐月华 court --unasked --basis 'detained; her threat is the evidence' --by 'Claire Lambert'";

/// People: names, aliases, consents.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Person {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a person, with every form of the name that may turn up
    Add(Box<Add>),
    /// List people with their aliases and consents
    Ls,
    /// Give the name that an audience knows a person by; it can't be changed or given to another
    Alias {
        /// A name, an alias, or the beginning of the id
        person: String,
        /// The audience
        #[arg(value_parser = profile)]
        audience: Profile,
        /// The alias; it must not hold any name
        alias: String,
    },
    /// Make one of two people who turn out to be one; nobody is deleted, the one stands for both
    Merge {
        /// Who was described twice: a name, an alias, or the beginning of the id
        from: String,
        /// Who stays
        into: String,
        /// Who says so
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    /// Take names off a person and give them to somebody new
    Split {
        /// A name, an alias, or the beginning of the id
        person: String,
        /// The names, as the list shows them
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Record what a person decided about a kind of recipient
    Consent {
        /// A name, an alias, or the beginning of the id
        person: String,
        /// The kind of recipient
        #[arg(value_parser = profile)]
        profile: Profile,
        /// The person has refused
        #[arg(long, conflicts_with = "unasked")]
        refused: bool,
        /// The person can't be asked (is detained, not found, endangered by the question): --basis says why, and why it may
        /// leave all the same; --by answers for it
        #[arg(long)]
        unasked: bool,
        /// How it is known
        #[arg(long, value_name = "TEXT")]
        basis: String,
        /// Who records it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// A name in Chinese characters
    #[arg(long, value_name = "NAME")]
    han: Vec<String>,
    /// A name in pinyin
    #[arg(long, value_name = "NAME")]
    pinyin: Vec<String>,
    /// A name as a passport has it
    #[arg(long, value_name = "NAME")]
    passport: Vec<String>,
    /// Any other form: Latin, a nickname, a title with a name
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// Role in the case
    #[arg(long, default_value = "", hide_default_value = true)]
    role: String,
    /// Relation to the person whom the case is about
    #[arg(long)]
    relation: Option<String>,
    /// The name is withheld from courts as well
    #[arg(long)]
    protected: bool,
    /// The name never leaves without a written reason
    #[arg(long)]
    red: bool,
    /// A note for the team
    #[arg(long)]
    note: Option<String>,
    /// Somebody else, though all of these names are known
    #[arg(long)]
    another: bool,
    /// Describe this person anew (a name, an alias, or the beginning of the id)
    #[arg(long, value_name = "PERSON")]
    instead_of: Option<String>,
}

/// Reads a profile's word.
///
/// # Errors
/// Another word.
pub fn profile(word: &str) -> Result<Profile, String> {
    let known = || Profile::ALL.map(Profile::word).join(" or ");
    Profile::from_word(word).ok_or_else(|| format!("not {}", known()))
}

#[derive(Serialize)]
struct People {
    people: Vec<PersonView>,
}

impl Add {
    fn request(&self) -> NewPerson {
        let forms = [("han", &self.han), ("pinyin", &self.pinyin), ("passport", &self.passport), ("other", &self.name)];
        let form = |script: &str, text: &String| NameForm { script: script.to_owned(), text: text.clone() };
        NewPerson {
            instead_of: self.instead_of.clone(),
            names: forms.iter().flat_map(|(script, texts)| texts.iter().map(|t| form(script, t))).collect(),
            role: self.role.clone(),
            protected: self.protected,
            red: self.red,
            note: self.note.clone(),
            relation: self.relation.clone(),
            another: self.another,
        }
    }
}

impl Person {
    /// Does it.
    ///
    /// # Errors
    /// Nobody of that name, an alias that is taken or tells the name.
    pub fn run(&self, desk: &Desk) -> Result<Exit, Failure> {
        let language = desk.language();
        if matches!(self.command, Command::Ls) {
            let people = People { people: people::list_people(&desk.read()?) };
            desk.answer(&people, || table(&people.people, language))?;
            return Ok(Exit::Done);
        }
        if let Command::Add(add) = &self.command
            && add.request().names.is_empty()
        {
            return Err(Failure::Usage("no-name"));
        }
        let mut session = desk.write()?;
        let view = match &self.command {
            Command::Add(add) => people::add_person(&mut session, &add.request())?,
            Command::Merge { from, into, by } => people::merge(&mut session, from, into, by)?,
            Command::Split { person, names } => {
                let forms = borne(&session, person, names)?;
                people::split(&mut session, person, &forms)?.person
            }
            Command::Alias { person, audience, alias } => people::set_alias(&mut session, person, *audience, alias)?,
            Command::Consent { person, profile, refused, unasked, basis, by } => {
                let (person, basis, by) = (person.clone(), basis.clone(), by.clone());
                let decision = match (refused, unasked) {
                    (true, _) => Decision::Refused,
                    (_, true) => Decision::Unasked,
                    _ => Decision::Agreed,
                };
                people::consent(&mut session, &ConsentGiven { person, profile: *profile, decision, basis, by })?
            }
            Command::Ls => return Ok(Exit::Done),
        };
        session.close();
        desk.answer(&view, || table(std::slice::from_ref(&view), language))?;
        Ok(Exit::Done)
    }
}

/// The names that a person bears, as they are written there.
fn borne(session: &Session, person: &str, names: &[String]) -> Result<Vec<NameForm>, Failure> {
    let id = people::id_text(session.one_person(person)?.id);
    let forms = people::list_people(session).into_iter().find(|p| p.id == id).map(|p| p.names).unwrap_or_default();
    let own = |text: &String| NameForm { script: "other".into(), text: text.clone() };
    let form = |text: &String| forms.iter().find(|f| f.text == *text).cloned().unwrap_or_else(|| own(text));
    Ok(names.iter().map(form).collect())
}

fn table(people: &[PersonView], language: Language) -> String {
    if people.is_empty() {
        return message(language, "cli-person-none", &[]) + "\n";
    }
    let head = |id| message(language, id, &[]);
    let mut table = Table::default()
        .column("id", false)
        .column(head("cli-column-person"), false)
        .column(head("cli-column-protection"), false);
    for p in Profile::ALL {
        table = table.column(message(language, &format!("profile-{}", p.word()), &[]), false);
    }
    table = table.column(head("cli-column-role"), false).column(head("cli-column-names"), false);
    for p in people {
        let mut names = p.names.iter().map(|n| n.text.clone());
        let protection = match (p.red, p.protected) {
            (true, _) => head("cli-person-red"),
            (false, true) => head("cli-person-protected"),
            (false, false) => "–".to_owned(),
        };
        let mut row = vec![wording::short(&p.id).to_owned(), names.next().unwrap_or_default(), protection];
        row.extend(Profile::ALL.map(|profile| audience(p, profile.word())));
        row.push(p.role.clone());
        row.push(names.collect::<Vec<_>>().join(" · "));
        table.row(row);
    }
    format!("{}\n{}\n", table.text(), head("cli-person-legend"))
}

/// Alias and decision: `Monsieur A ✓`.
fn audience(p: &PersonView, word: &str) -> String {
    let alias = p.aliases.get(word).map_or("–", String::as_str);
    match p.consents.get(word).map(|c| c.decision) {
        Some(DecisionWord::Agreed) => format!("{alias} ✓"),
        Some(DecisionWord::Unasked) => format!("{alias} (✓)"),
        Some(DecisionWord::Refused) => format!("{alias} ✗"),
        None => format!("{alias} ?"),
    }
}
