//! What a list or a table tells at a glance: the state of plans, the counts of a search, one person where there were two.

use crate::common::{Desk, HAN, call, lines, open, unwatched};
use casemate_app::AppError;
use casemate_app::listing::{self, PageRequest};
use casemate_app::people::{NameForm, NewPerson, PersonView, add_person, list_people, merge, set_alias, split};
use casemate_app::planned::PlanState;
use casemate_app::redact::{drop_strike, propose, review};
use casemate_app::search::{FacetsRequest, Narrowing, facets};
use casemate_app::words::{KindWord, LanguageWord};
use casemate_case::audience::Profile;
use casemate_case::fold::CaseError;
use casemate_ports::reading::Kind;

fn form(script: &str, text: &str) -> NameForm {
    NameForm { script: script.into(), text: text.into() }
}

fn described(names: Vec<NameForm>) -> NewPerson {
    NewPerson { names, ..NewPerson::default() }
}

fn court(desk: &Desk) -> Option<PlanState> {
    listing::list(&desk.session).exhibits[0].plans.court.clone()
}

#[test]
fn a_list_tells_the_state_of_each_plan() {
    let mut desk = Desk::new(vec![call(1)]);
    desk.man();
    assert_eq!(court(&desk), None);
    propose(&mut desk.session, "1", Profile::Court).unwrap();
    let proposed = court(&desk).unwrap();
    assert!(proposed.strikes > 0 && proposed.current, "{proposed:?}");
    assert_eq!((proposed.open, &proposed.reviewer), (0, &None));
    review(&mut desk.session, "1", Profile::Court, "R. Vial", None).unwrap();
    assert_eq!(court(&desk).unwrap().reviewer.as_deref(), Some("R. Vial"));
    drop_strike(&mut desk.session, "1", Profile::Court, 1).unwrap();
    let dropped = court(&desk).unwrap();
    assert_eq!((dropped.open, dropped.strikes, dropped.reviewer), (1, proposed.strikes - 1, None));
    // Nothing of the exhibit changed, but somebody else is named in it now.
    add_person(&mut desk.session, &NewPerson { protected: true, ..described(vec![form("han", "你好")]) }).unwrap();
    assert_eq!(court(&desk).unwrap().open, 2);
    assert_eq!(listing::list(&desk.session).exhibits[0].plans.press, None);
}

#[test]
fn a_review_keeps_how_many_strikes_were_looked_at_until_the_plan_changes() {
    let mut desk = Desk::new(vec![call(1)]);
    desk.man();
    let strikes = propose(&mut desk.session, "1", Profile::Court).unwrap().strikes.len() as u64;
    let signed =
        |desk: &mut Desk, looked| review(&mut desk.session, "1", Profile::Court, "R. Vial", looked).unwrap().looked;
    assert_eq!(signed(&mut desk, None), None);
    assert_eq!(signed(&mut desk, Some(1)), Some(1));
    assert_eq!(signed(&mut desk, Some(99)), Some(strikes), "no more than there are");
    let root = desk.root();
    let Desk { dir: _dir, session } = desk;
    session.close();
    let mut again = open(&root);
    assert_eq!(
        casemate_app::redact::show(&again, "1", Profile::Court).unwrap().looked,
        Some(strikes),
        "it is in the log"
    );
    let dropped = drop_strike(&mut again, "1", Profile::Court, 1).unwrap();
    assert_eq!((dropped.reviewer, dropped.looked), (None, None));
}

#[test]
fn a_page_of_the_list_is_of_one_kind_and_counts_all() {
    let text = |name, says| lines(name, Kind::Text, &[says]);
    let desk = Desk::new(vec![call(1), text("a.txt", "x"), text("b.txt", "y"), text("c.TXT", "z")]);
    let asked = PageRequest { kind: Some(KindWord::Text), words: ".txt".into(), offset: 1, limit: 1 };
    let page = listing::page(&desk.session, &asked);
    assert_eq!((page.total, page.exhibits.len(), page.exhibits[0].exhibit), (3, 1, 3));
}

#[test]
fn facets_are_counted_under_what_is_chosen_in_the_other_groups() {
    let letter = lines("letter.txt", Kind::Text, &["回来吧", "林慕川"]);
    let mut desk = Desk::new(vec![call(1), letter]);
    desk.man();
    let asked = |query: &str, chosen: &Narrowing, meaning: bool| {
        let request = FacetsRequest { query: query.into(), chosen: chosen.clone(), meaning };
        unwatched(|w| facets(&desk.session, &request, w))
    };
    let count = |chosen: &Narrowing| asked("回来 OR 林慕川", chosen, false).unwrap();
    let all = count(&Narrowing::default());
    assert_eq!(all.kinds, [("recording".to_owned(), 3), ("text".to_owned(), 2)], "the file's name counts");
    assert_eq!(all.languages, [("zh".to_owned(), 4)], "told by their characters, where no engine told it");
    let text = count(&Narrowing { kind: Some(Kind::Text), ..Narrowing::default() });
    assert_eq!(text.kinds, all.kinds, "its own choice can be changed for any other");
    assert_eq!((all.people[0].count, text.people[0].count), (2, 1));
    let man = count(&Narrowing { person: Some("LIN MUCHUAN".into()), ..Narrowing::default() });
    assert_eq!(man.people, all.people);
    assert!(man.kinds.iter().map(|(_, n)| n).sum::<u64>() < all.kinds.iter().map(|(_, n)| n).sum());
    let french = count(&Narrowing { language: Some(LanguageWord::Fr), ..Narrowing::default() });
    assert!(french.kinds.is_empty() && french.people.is_empty());
    let nobody = Narrowing { person: Some("nobody".into()), ..Narrowing::default() };
    assert!(matches!(asked("回来", &nobody, false), Err(AppError::NotOnePerson { found: 0 })));
    let close = asked("nobody said this kind:recording", &Narrowing::default(), true).unwrap();
    assert!(close.kinds.len() == 1 && close.kinds[0].1 >= 3, "by meaning, whatever the words: {close:?}");
}

#[test]
fn two_people_become_one_and_names_part_again_without_a_deletion() {
    let mut desk = Desk::new(vec![call(1)]);
    desk.man();
    let other = described(vec![form("other", "Mr Lin of the harbour"), form("other", "Lin M.")]);
    let other = add_person(&mut desk.session, &other).unwrap();
    set_alias(&mut desk.session, &other.id, Profile::Court, "Monsieur B").unwrap();
    let acts = desk.session.acts();
    let one = merge(&mut desk.session, &other.id, HAN, "R. Vial").unwrap();
    assert_eq!((one.names.len(), one.protected, one.aliases["court"].as_str()), (5, true, "Monsieur A"));
    assert_eq!(list_people(&desk.session).len(), 1);
    assert_eq!(desk.session.acts(), acts + 2, "one act and its commit: all that was there is there");
    assert!(merge(&mut desk.session, &other.id, HAN, "R. Vial").is_err(), "one already");
    let taken = set_alias(&mut desk.session, HAN, Profile::Press, "Monsieur B");
    assert!(matches!(taken, Err(AppError::Case(CaseError::AliasFixed))));
    let root = desk.root();
    desk.session.close();
    desk.session = open(&root);
    assert_eq!(list_people(&desk.session), std::slice::from_ref(&one), "it is in the log");
    let log = listing::log(&desk.session).unwrap();
    assert!(log.acts.iter().any(|a| a.kind == "merge" && a.by.as_deref() == Some("R. Vial")));

    let gone = split(&mut desk.session, HAN, &[form("other", "Lin M.")]).unwrap();
    let texts = |p: &PersonView| p.names.iter().map(|n| n.text.clone()).collect::<Vec<_>>();
    assert_eq!((texts(&gone.person), gone.from.names.len()), (vec!["Lin M.".to_owned()], 4));
    assert!(gone.person.protected && gone.person.aliases.is_empty() && gone.person.consents.is_empty());
    assert_eq!(list_people(&desk.session).len(), 2);
    for names in [vec![], vec![form("other", "nobody's")], gone.from.names.clone()] {
        let refused = split(&mut desk.session, HAN, &names);
        assert!(matches!(refused, Err(AppError::Form { .. })), "{names:?}");
    }
}

#[test]
fn an_identical_second_person_is_made_only_where_somebody_says_so() {
    let mut desk = Desk::new(Vec::new());
    desk.man();
    let same = described(vec![form("passport", "Lin Muchuan")]);
    let again = add_person(&mut desk.session, &same);
    assert!(matches!(again, Err(AppError::Case(CaseError::PersonKnown))));
    assert_eq!(list_people(&desk.session).len(), 1);
    add_person(&mut desk.session, &NewPerson { another: true, ..same }).unwrap();
    let more = described(vec![form("passport", "Lin Muchuan"), form("other", "the elder")]);
    add_person(&mut desk.session, &more).unwrap();
    assert_eq!(list_people(&desk.session).len(), 3);
}
