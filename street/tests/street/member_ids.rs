//! A member's IDs: corrected and removed, told ever after, and free for somebody else.

use crate::scene::{HANAKO, NOW, Scene, TARO, id, record};
use madoguchi_street::books::{Books, IdEvent, IdKind, IdNotChanged, MemberNumber};

const CARD: &str = "2112345678901";
const MISTYPED: &str = "2112345678910";

fn number(books: &Books, member: &str) -> MemberNumber {
    books.member(&id(member)).unwrap().unwrap().number
}

fn changes(books: &Books, member: MemberNumber) -> Vec<(IdEvent, String)> {
    let changes = books.id_changes(member).unwrap();
    changes.into_iter().map(|change| (change.event, change.id.as_str().to_owned())).collect()
}

#[test]
fn a_wrong_card_is_corrected_and_both_stay_told() {
    let books = Scene::new().books();
    let taro = number(&books, TARO);
    books.add_id(taro, IdKind::Card, &id(MISTYPED), NOW).unwrap().unwrap();
    books.correct_id(taro, &id(MISTYPED), &id(CARD), NOW + 1).unwrap().unwrap();
    assert_eq!(number(&books, CARD), taro);
    assert_eq!(books.member(&id(MISTYPED)).unwrap(), None);
    let known: Vec<_> = books.enrolled(taro.get()).unwrap().unwrap().ids;
    assert_eq!(known.len(), 2, "{known:?}");
    assert_eq!(known[1].kind, IdKind::Card, "of the kind of the wrong one");
    let told = [
        (IdEvent::Added, CARD.to_owned()),
        (IdEvent::Removed, MISTYPED.to_owned()),
        (IdEvent::Added, MISTYPED.to_owned()),
    ];
    assert_eq!(changes(&books, taro), told);
}

#[test]
fn a_removed_card_can_be_somebody_elses_and_neither_history_forgets_it() {
    let books = Scene::new().books();
    let (taro, hanako) = (number(&books, TARO), number(&books, HANAKO));
    books.add_id(taro, IdKind::Card, &id(CARD), NOW).unwrap().unwrap();
    books.remove_id(taro, &id(CARD), NOW).unwrap().unwrap();
    books.add_id(hanako, IdKind::Card, &id(CARD), NOW).unwrap().unwrap();
    assert_eq!(number(&books, CARD), hanako);
    assert_eq!(changes(&books, taro).len(), 2);
    assert_eq!(changes(&books, hanako), [(IdEvent::Added, CARD.to_owned())]);
}

#[test]
fn what_is_not_theirs_the_only_one_or_taken_changes_nothing() {
    let books = Scene::new().books();
    let (taro, hanako) = (number(&books, TARO), number(&books, HANAKO));
    assert_eq!(books.remove_id(taro, &id(TARO), NOW).unwrap(), Err(IdNotChanged::OnlyOne));
    assert_eq!(books.remove_id(taro, &id(HANAKO), NOW).unwrap(), Err(IdNotChanged::NotTheirs));
    assert_eq!(books.correct_id(taro, &id(TARO), &id(HANAKO), NOW).unwrap(), Err(IdNotChanged::Taken));
    assert_eq!(books.correct_id(taro, &id(CARD), &id(MISTYPED), NOW).unwrap(), Err(IdNotChanged::NotTheirs));
    assert_eq!((number(&books, TARO), number(&books, HANAKO)), (taro, hanako));
    assert!(changes(&books, taro).is_empty() && changes(&books, hanako).is_empty());
}

#[test]
fn an_id_that_a_merge_named_ends_as_well_and_the_credit_still_names_it() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    let books = scene.books();
    let taro = number(&books, TARO);
    books.correct_id(taro, &id(TARO), &id(CARD), NOW).unwrap().unwrap();
    assert_eq!(books.credits_after(0, 10).unwrap()[0].point_id, id(TARO));
    assert_eq!(books.member(&id(CARD)).unwrap().unwrap().balance, 1500);
    assert!(books.check().unwrap().is_ok());
    drop(books);
    scene.drops(&record(TARO, 300, 43));
    scene.receive();
    assert_eq!(scene.books().member(&id(CARD)).unwrap().unwrap().balance, 1500, "the next one waits");
}

#[test]
fn a_change_is_never_edited_or_deleted() {
    let scene = Scene::new();
    let books = scene.books();
    let taro = number(&books, TARO);
    books.add_id(taro, IdKind::Card, &id(CARD), NOW).unwrap().unwrap();
    drop(books);
    let file = rusqlite::Connection::open(scene.data().join("street.sqlite")).unwrap();
    for sql in ["update member_id_change set at_ms = 0", "delete from member_id_change"] {
        assert!(file.execute(sql, []).is_err(), "{sql}");
    }
}
