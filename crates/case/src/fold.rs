//! The case as its acts make it: people, aliases, consents, hearing, plans, disclosures.
//!
//! Keeps: the same acts in the same order give the same fold; a later act of class *last* shows, earlier ones stay in
//! the log; an act that isn't understood is counted. Does not know: where acts come from.

use crate::audience::Profile;
use crate::coverage::Coverage;
use crate::kinds::{CaseAct, Consent, Correction, Disclosed, Heard, Kept, Merged, from_act};
use crate::names::fold_latin;
use crate::person::{Name, Person, PersonId};
use crate::plan::Plan;
use casemate_proof::{Act, ObjectRoot};
use std::collections::BTreeMap;

/// Fewest hex digits by which a person's id is told.
const ID_DIGITS_LEAST: usize = 6;

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// No person of this id or name.
    #[error("no such person")]
    NoSuchPerson,
    /// The alias belongs to somebody else in this audience.
    #[error("the alias is taken in this audience")]
    AliasTaken,
    /// The person has another alias in this audience already: one alias a person and audience, never reused.
    #[error("the person already has an alias in this audience")]
    AliasFixed,
    /// An alias that holds one of the person's names.
    #[error("the alias tells the name")]
    AliasTells,
    /// Somebody with all of these names is known already.
    #[error("a person of these names is known")]
    PersonKnown,
    /// Empty text where a name or alias is needed.
    #[error("an empty name or alias")]
    Empty,
}

/// The fold of casework.
#[derive(Clone, Debug, Default)]
pub struct CaseFile {
    people: BTreeMap<PersonId, Person>,
    /// Who was merged into whom.
    merged: BTreeMap<PersonId, PersonId>,
    aliases: BTreeMap<(String, String), PersonId>,
    alias_of: BTreeMap<(PersonId, String), String>,
    consents: BTreeMap<(PersonId, Profile), Consent>,
    heard: BTreeMap<ObjectRoot, Vec<Heard>>,
    plans: BTreeMap<(ObjectRoot, String), Plan>,
    kept: BTreeMap<(ObjectRoot, String), Vec<Kept>>,
    corrections: BTreeMap<ObjectRoot, Vec<Correction>>,
    disclosures: Vec<Disclosed>,
    not_understood: u64,
}

impl CaseFile {
    /// Applies one act. Acts must come in the order of the case (`log.md`).
    pub fn apply(&mut self, act: &Act) {
        match from_act(act) {
            CaseAct::Person(p) => self.described(p),
            CaseAct::Merged(m) => self.merge(&m),
            CaseAct::Alias { person, audience, alias } => {
                let person = self.now(person);
                // The first holder keeps it: an alias is never reused, even where two devices gave it at once.
                let holder = *self.aliases.entry((audience.clone(), alias.clone())).or_insert(person);
                if holder == person {
                    self.alias_of.entry((person, audience)).or_insert(alias);
                }
            }
            CaseAct::Consent(mut c) => {
                c.person = self.now(c.person);
                self.consents.insert((c.person, c.profile), c);
            }
            CaseAct::Heard(h) => self.heard.entry(h.exhibit).or_default().push(h),
            CaseAct::Plan { exhibit, mut plan, .. } => {
                plan.strikes.iter_mut().for_each(|s| s.person = s.person.map(|id| self.now(id)));
                self.plans.insert((exhibit, plan.audience.clone()), plan);
            }
            CaseAct::Kept(mut k) => {
                k.finds.iter_mut().for_each(|(_, person)| *person = person.map(|id| self.now(id)));
                self.kept.entry((k.exhibit, k.audience.clone())).or_default().push(k);
            }
            CaseAct::Corrected(c) => self.corrections.entry(c.exhibit).or_default().push(c),
            CaseAct::Disclosed(d) => self.disclosures.push(d),
            CaseAct::Unknown => self.not_understood += 1,
        }
    }

    /// Whom an id stands for: its person, or the one into whom that person was merged.
    #[must_use]
    pub fn now(&self, id: PersonId) -> PersonId {
        self.merged.get(&id).copied().unwrap_or(id)
    }

    /// A later description replaces the earlier; one of somebody who was merged adds its names, for a name that another device
    /// wrote down meanwhile must be withheld too.
    fn described(&mut self, person: Person) {
        let id = self.now(person.id);
        match self.people.get_mut(&id).filter(|_| id != person.id) {
            Some(one) => one.take_over(&person),
            None => drop(self.people.insert(person.id, person)),
        }
    }

    /// What is said of `m.person` is said of whoever stays: names, aliases where there is none yet, decisions (the more
    /// careful stands), strikes and judgements. Nothing where that would go round in a circle, or nobody stays.
    fn merge(&mut self, m: &Merged) {
        let (from, into) = (self.now(m.person), self.now(m.into));
        if from == into || !self.people.contains_key(&into) {
            return;
        }
        self.merged.values_mut().filter(|to| **to == from).for_each(|to| *to = into);
        self.merged.insert(from, into);
        if let (Some(gone), Some(one)) = (self.people.remove(&from), self.people.get_mut(&into)) {
            one.take_over(&gone);
        }
        self.aliases.values_mut().filter(|holder| **holder == from).for_each(|holder| *holder = into);
        let of = |(id, _): &(PersonId, String), _: &mut String| *id == from;
        for ((_, audience), alias) in self.alias_of.extract_if(.., of).collect::<Vec<_>>() {
            self.alias_of.entry((into, audience)).or_insert(alias);
        }
        for profile in Profile::ALL {
            let Some(decision) = self.consents.remove(&(from, profile)) else { continue };
            let decision = Consent { person: into, ..decision };
            let stays = self.consents.entry((into, profile)).or_insert_with(|| decision.clone());
            if decision.decision > stays.decision {
                *stays = decision;
            }
        }
        let strikes = self.plans.values_mut().flat_map(|p| &mut p.strikes).filter(|s| s.person == Some(from));
        strikes.for_each(|s| s.person = Some(into));
        let finds = self.kept.values_mut().flatten().flat_map(|k| &mut k.finds).filter(|(_, id)| *id == Some(from));
        finds.for_each(|(_, id)| *id = Some(into));
    }

    /// People, by id.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// The person of this id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&self.now(id))
    }

    /// People one of whose names, or whose alias in any audience, or whose id's beginning, is `word`.
    #[must_use]
    pub fn people_called(&self, word: &str) -> Vec<&Person> {
        let folded = fold_latin(word);
        let by_id = |id: &PersonId| word.len() >= ID_DIGITS_LEAST && id.hex().starts_with(&word.to_ascii_lowercase());
        let merged: Vec<PersonId> = self.merged.iter().filter(|(id, _)| by_id(id)).map(|(_, into)| *into).collect();
        let named = |p: &&Person| {
            p.names.iter().any(|n| fold_latin(&n.text) == folded)
                || by_id(&p.id)
                || merged.contains(&p.id)
                || self.aliases.iter().any(|((_, a), id)| *id == p.id && fold_latin(a) == folded)
        };
        self.people.values().filter(named).collect()
    }

    /// Somebody who has every one of these names already, written without regard to case and marks.
    #[must_use]
    pub fn namesake(&self, names: &[Name]) -> Option<&Person> {
        let same = |a: &Name, b: &Name| fold_latin(&a.text) == fold_latin(&b.text);
        let has = |p: &&Person| names.iter().all(|n| p.names.iter().any(|known| same(known, n)));
        self.people.values().find(has).filter(|_| !names.is_empty())
    }

    /// A person's alias for an audience.
    #[must_use]
    pub fn alias(&self, person: PersonId, audience: &str) -> Option<&str> {
        self.alias_of.get(&(self.now(person), audience.to_owned())).map(String::as_str)
    }

    /// A person's aliases: (audience, alias).
    pub fn aliases_of(&self, person: PersonId) -> impl Iterator<Item = (&str, &str)> {
        let person = self.now(person);
        let of = self.alias_of.iter().filter(move |((id, _), _)| *id == person);
        of.map(|((_, audience), alias)| (audience.as_str(), alias.as_str()))
    }

    /// Whether an alias may be given.
    ///
    /// # Errors
    /// Taken, fixed, telling, empty, or nobody to give it to.
    pub fn admit_alias(&self, person: PersonId, audience: &str, alias: &str) -> Result<(), CaseError> {
        let person = self.now(person);
        let known = self.people.get(&person).ok_or(CaseError::NoSuchPerson)?;
        if alias.trim().is_empty() || audience.trim().is_empty() {
            return Err(CaseError::Empty);
        }
        let tells = |p: &Person| !crate::names::NameFinder::new([p]).find([alias]).is_empty();
        if tells(known) {
            return Err(CaseError::AliasTells);
        }
        match self.aliases.get(&(audience.to_owned(), alias.to_owned())) {
            Some(holder) if *holder != person => return Err(CaseError::AliasTaken),
            _ => {}
        }
        match self.alias(person, audience) {
            Some(other) if other != alias => Err(CaseError::AliasFixed),
            _ => Ok(()),
        }
    }

    /// The newest consent on record.
    #[must_use]
    pub fn consent(&self, person: PersonId, profile: Profile) -> Option<&Consent> {
        self.consents.get(&(self.now(person), profile))
    }

    /// What named people have heard of a recording.
    #[must_use]
    pub fn heard(&self, exhibit: &ObjectRoot) -> Coverage {
        let acts = self.heard.get(exhibit).map(Vec::as_slice).unwrap_or_default();
        Coverage::of(acts.iter().flat_map(|h| h.ranges.iter().copied()))
    }

    /// Who listened to a recording.
    #[must_use]
    pub fn listeners(&self, exhibit: &ObjectRoot) -> &[Heard] {
        self.heard.get(exhibit).map(Vec::as_slice).unwrap_or_default()
    }

    /// The newest plan for an exhibit and an audience.
    #[must_use]
    pub fn plan(&self, exhibit: &ObjectRoot, audience: &str) -> Option<&Plan> {
        self.plans.get(&(*exhibit, audience.to_owned()))
    }

    /// Finds in a reading of an exhibit that somebody judged to be no names, for an audience.
    #[must_use]
    pub fn kept(&self, exhibit: &ObjectRoot, audience: &str) -> &[Kept] {
        self.kept.get(&(*exhibit, audience.to_owned())).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every correction of an exhibit's readings, oldest first, those undone and those that undo among them.
    #[must_use]
    pub fn corrections(&self, exhibit: &ObjectRoot) -> &[Correction] {
        self.corrections.get(exhibit).map(Vec::as_slice).unwrap_or_default()
    }

    /// The corrections of one reading that stand: none that was undone, and none that undoes.
    pub fn standing(&self, exhibit: &ObjectRoot, reading: &[u8; 32]) -> impl Iterator<Item = &Correction> {
        let all = self.corrections(exhibit);
        let undone: std::collections::BTreeSet<[u8; 16]> = all.iter().filter_map(|c| c.undoes).collect();
        let reading = *reading;
        all.iter().filter(move |c| c.reading == reading && c.undoes.is_none() && !undone.contains(&c.id))
    }

    /// Everything that left, oldest first.
    #[must_use]
    pub fn disclosures(&self) -> &[Disclosed] {
        &self.disclosures
    }

    /// Acts of kinds that this version doesn't know (the vault's own kinds among them, if they were applied).
    #[must_use]
    pub fn not_understood(&self) -> u64 {
        self.not_understood
    }

    /// Leaf runs that would be hidden now though an earlier disclosure left them open.
    #[must_use]
    pub fn opened_before(&self, root: &ObjectRoot, hidden: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let earlier = self.disclosures.iter().flat_map(|d| &d.items).filter(|i| i.root == *root);
        let mut out: Vec<(u64, u64)> = earlier.flat_map(|item| subtract(hidden, &item.hidden)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Leaf runs that an earlier disclosure for the profile withheld and that would be open now, `hidden` being what
    /// is withheld now.
    #[must_use]
    pub fn withheld_before(&self, profile: Profile, root: &ObjectRoot, hidden: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let earlier = self.disclosures.iter().filter(|d| d.profile == profile).flat_map(|d| &d.items);
        let mut out: Vec<_> = earlier.filter(|i| i.root == *root).flat_map(|i| subtract(&i.hidden, hidden)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The parts of the runs `from` that no run of `minus` covers. Both sorted and apart; runs are (start, length).
fn subtract(from: &[(u64, u64)], minus: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut out = Vec::new();
    for &(start, len) in from {
        let end = start.saturating_add(len);
        let mut at = start;
        for &(m_start, m_len) in minus {
            let m_end = m_start.saturating_add(m_len);
            if m_end <= at || m_start >= end {
                continue;
            }
            if m_start > at {
                out.push((at, m_start - at));
            }
            at = at.max(m_end);
        }
        if at < end {
            out.push((at, end - at));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Decision, DisclosedItem, alias_act, consent_act, disclosed_act, merge_act, person_act};
    use crate::person::{Name, Script};

    fn person(n: u8, name: &str) -> Person {
        Person {
            id: PersonId([n; 32]),
            names: vec![Name { script: Script::Passport, text: name.into() }],
            role: String::new(),
            protected: true,
            red: false,
            note: None,
            relation: None,
        }
    }

    fn two() -> CaseFile {
        let mut case = CaseFile::default();
        case.apply(&person_act(&person(1, "Lin Muchuan")));
        case.apply(&person_act(&person(2, "Henri Beaumont")));
        case.apply(&alias_act(PersonId([1; 32]), "court", "A"));
        case
    }

    #[test]
    fn an_alias_is_of_one_person_and_never_tells() {
        let case = two();
        let (a, b) = (PersonId([1; 32]), PersonId([2; 32]));
        assert_eq!(case.admit_alias(a, "court", "A"), Ok(()));
        assert_eq!(case.admit_alias(b, "court", "A"), Err(CaseError::AliasTaken));
        assert_eq!(case.admit_alias(a, "court", "X"), Err(CaseError::AliasFixed));
        assert_eq!(case.admit_alias(b, "press", "A"), Ok(()));
        assert_eq!(case.admit_alias(b, "press", "Mr Bomon"), Err(CaseError::AliasTells));
        assert_eq!(case.admit_alias(b, "press", " "), Err(CaseError::Empty));
        assert_eq!(case.admit_alias(PersonId([3; 32]), "press", "C"), Err(CaseError::NoSuchPerson));
    }

    #[test]
    fn two_devices_that_gave_one_alias_leave_it_with_the_first() {
        let mut case = two();
        case.apply(&alias_act(PersonId([2; 32]), "court", "A"));
        assert_eq!(case.alias(PersonId([1; 32]), "court"), Some("A"));
        assert_eq!(case.alias(PersonId([2; 32]), "court"), None);
    }

    #[test]
    fn people_are_found_by_name_without_case_or_marks_and_by_alias() {
        let case = two();
        assert_eq!(case.people_called("henri BEAUMONT").len(), 1);
        assert_eq!(case.people_called("a").len(), 1);
        assert_eq!(case.people_called("nobody").len(), 0);
        assert_eq!(case.people_called(&"01".repeat(32)).len(), 1);
        assert_eq!(case.people_called("010101").len(), 1);
        let id = case.people_called("a")[0].id.hex();
        assert_eq!((case.people_called(&id[..6]).len(), case.people_called(&id).len()), (1, 1));
        assert_eq!(case.people_called(&id[..5]).len() + case.people_called(&format!("{id}0")).len(), 0);
    }

    #[test]
    fn what_is_said_of_two_is_said_of_the_one_they_are() {
        let (a, b) = (PersonId([1; 32]), PersonId([2; 32]));
        let decided = |person, decision| Consent {
            person,
            profile: Profile::Court,
            decision,
            basis: "a letter".into(),
            by: "R. Vial".into(),
            on: String::new(),
        };
        let merged = |person, into| merge_act(&Merged { person, into, by: "R. Vial".into(), on: String::new() });
        let mut case = two();
        case.apply(&alias_act(b, "court", "B"));
        case.apply(&alias_act(b, "press", "H"));
        case.apply(&consent_act(&decided(a, Decision::Unasked)));
        case.apply(&consent_act(&decided(b, Decision::Refused)));
        case.apply(&merge_act(&Merged { person: b, into: PersonId([9; 32]), by: String::new(), on: String::new() }));
        assert_eq!(case.people().count(), 2, "nobody to merge into");
        case.apply(&merged(b, a));
        assert_eq!(case.people().count(), 1);
        let one = case.person(b).unwrap();
        assert_eq!((one.id, one.names.len(), one.protected), (a, 2, true));
        assert_eq!((case.alias(b, "court"), case.alias(a, "press")), (Some("A"), Some("H")));
        assert_eq!(case.people_called("B").len() + case.people_called(&b.hex()).len(), 2, "the alias stays taken");
        assert_eq!(case.consent(a, Profile::Court).unwrap().decision, Decision::Refused, "a refusal stands");
        // Another device described the one who is gone, before it knew.
        case.apply(&person_act(&person(2, "Henri B.")));
        assert_eq!((case.people().count(), case.person(a).unwrap().names.len()), (1, 3));
        // Round in a circle: the first stands.
        case.apply(&merged(a, b));
        assert_eq!(case.person(b).unwrap().id, a);
        case.apply(&person_act(&person(3, "Third")));
        case.apply(&merged(a, PersonId([3; 32])));
        assert_eq!(case.now(b), PersonId([3; 32]));
    }

    #[test]
    fn what_was_open_can_not_be_hidden_later() {
        let mut case = CaseFile::default();
        let root = ObjectRoot([7; 32]);
        let left = Disclosed {
            profile: Profile::Court,
            recipient: String::new(),
            purpose: String::new(),
            items: vec![DisclosedItem { number: 1, root, hidden: vec![(10, 5)], passed: 0 }],
            seed: [0; 32],
            on: String::new(),
            signature: None,
        };
        case.apply(&disclosed_act([0; 32], &left));
        assert_eq!(case.opened_before(&root, &[(10, 5)]), []);
        assert_eq!(case.opened_before(&root, &[(11, 2)]), []);
        assert_eq!(case.opened_before(&root, &[(8, 10)]), [(8, 2), (15, 3)]);
        assert_eq!(case.opened_before(&ObjectRoot([6; 32]), &[(0, 9)]), []);
        assert_eq!(case.withheld_before(Profile::Court, &root, &[(8, 10)]), []);
        assert_eq!(case.withheld_before(Profile::Court, &root, &[(11, 2)]), [(10, 1), (13, 2)]);
        assert_eq!(case.withheld_before(Profile::Press, &root, &[]), [], "another audience");
    }

    proptest::proptest! {
        #[test]
        fn subtract_is_set_difference(a in runs(), b in runs()) {
            let member = |runs: &[(u64, u64)], x: u64| runs.iter().any(|&(s, l)| x >= s && x < s + l);
            let d = subtract(&a, &b);
            for x in 0..120 {
                proptest::prop_assert_eq!(member(&d, x), member(&a, x) && !member(&b, x));
            }
        }
    }

    /// Sorted runs that lie apart.
    fn runs() -> impl proptest::strategy::Strategy<Value = Vec<(u64, u64)>> {
        use proptest::strategy::Strategy;
        proptest::collection::vec((1u64..8, 1u64..8), 0..6).prop_map(|steps| {
            let mut at = 0;
            steps
                .into_iter()
                .map(|(gap, len)| {
                    let start = at + gap;
                    at = start + len;
                    (start, len)
                })
                .collect()
        })
    }
}
