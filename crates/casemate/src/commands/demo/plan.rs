//! The demo's data: `people.toml` and `plan.toml`.
//!
//! Keeps: what is not in its form is refused by file. Does not know: what is done with it.

use crate::failure::Failure;
use crate::secret::small_text;
use casemate_app::people::NameForm;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Longest file of the two, bytes.
const FILE_MAX: u64 = 1 << 20;

/// Both files, and where they lie.
pub struct Script {
    /// The demo's folder.
    pub folder: PathBuf,
    /// The people.
    pub people: Vec<Person>,
    /// What is done.
    pub plan: Plan,
}

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

/// A person of the demo.
#[derive(Deserialize)]
pub struct Person {
    /// Short name used in the plan.
    pub id: String,
    /// Written forms.
    pub names: Vec<NameForm>,
    /// Role in the case.
    pub role: String,
    /// Relation to the person whom the case is about.
    pub relation: String,
    /// Withheld from a court as well.
    pub protected: bool,
    /// Never by name.
    pub red: bool,
    /// Audience → alias.
    pub alias: BTreeMap<String, String>,
    /// Numbers and addresses that tell who it is.
    #[serde(default)]
    pub identifiers: Vec<String>,
}

/// What the demo does.
#[derive(Deserialize)]
pub struct Plan {
    /// What is taken in.
    pub intake: Intake,
    /// Recordings and who listened.
    #[serde(default)]
    pub recording: Vec<Recording>,
    /// Searches.
    #[serde(default)]
    pub search: Vec<Search>,
    /// Profile → ids of those who agreed.
    pub consent: BTreeMap<String, Vec<String>>,
    /// The bundle for the court.
    pub disclosure: Disclosure,
    /// The bundle for the newspaper.
    pub press: Disclosure,
}

/// Paths from the demo's folder.
#[derive(Deserialize)]
pub struct Intake {
    /// Files and folders.
    pub paths: Vec<String>,
    /// Files that can't be read.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// A file that can't be read.
#[derive(Deserialize)]
pub struct Unread {
    /// Path.
    pub path: String,
}

/// A recording.
#[derive(Deserialize)]
pub struct Recording {
    /// Path.
    pub path: String,
    /// Id of who listened.
    pub heard_by: String,
}

/// A search and what it must find.
#[derive(Deserialize)]
pub struct Search {
    /// The query.
    pub query: String,
    /// Paths of exhibits.
    pub finds: Vec<String>,
}

/// A bundle.
#[derive(Deserialize)]
pub struct Disclosure {
    /// The recipient's profile.
    pub profile: String,
    /// The recipient.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// The language of its papers.
    pub language: String,
    /// Id of who reviews.
    pub reviewer: String,
    /// Paths, in the order of the bundle.
    pub paths: Vec<String>,
    /// Finds that are no names.
    #[serde(default)]
    pub keep: Vec<Keep>,
    /// What no finder can know.
    #[serde(default)]
    pub strike: Vec<Strike>,
}

/// A find that is no name.
#[derive(Deserialize)]
pub struct Keep {
    /// Path.
    pub path: String,
    /// Words that it stands in.
    pub text: String,
    /// Why it is none.
    pub why: String,
}

/// Words that are struck.
#[derive(Deserialize)]
pub struct Strike {
    /// Path.
    pub path: String,
    /// The words.
    pub text: String,
    /// Id of whom they would tell.
    pub person: Option<String>,
}

impl Script {
    /// Reads both files.
    ///
    /// # Errors
    /// One is missing or not in its form.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let people: People = toml(&folder.join("people.toml"))?;
        let plan: Plan = toml(&folder.join("plan.toml"))?;
        Ok(Self { folder: folder.to_path_buf(), people: people.person, plan })
    }

    /// The person of an id.
    ///
    /// # Errors
    /// There is none.
    pub fn person(&self, id: &str) -> Result<&Person, Failure> {
        self.people.iter().find(|p| p.id == id).ok_or_else(|| Failure::DemoForm {
            file: self.folder.join("people.toml"),
            why: format!("nobody has the id {id}"),
        })
    }
}

impl Person {
    /// The most usual name.
    pub fn name(&self) -> &str {
        self.names.first().map_or(self.id.as_str(), |n| n.text.as_str())
    }
}

fn toml<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = small_text(path, FILE_MAX).map_err(Failure::file(path))?;
    toml::from_str(&text).map_err(|e| Failure::DemoForm { file: path.to_path_buf(), why: e.message().to_owned() })
}
