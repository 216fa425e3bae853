//! Merges that the street takes back (row F8): what stands in the books, what the municipality is told, and what
//! becomes of their files afterwards.

use crate::scene::{HANAKO, NOW, SECRET, Scene, TARO, id, record, sealed};
use madoguchi_domain::merge_file::{
    Acknowledgement, MergeRecord, Reception, SharedSecret, TakenBack, acknowledgement_file_name,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_street::books::{Act, Books, IdKind, NotDone, TakenBackMerge, WasReceived, Whereabouts};
use madoguchi_street::receiving::Tally;
use rusqlite::Connection;
use std::fs;

/// What the answer in the folder says of a merge, if one lies there.
fn answered(scene: &Scene, merge: &MergeRecord) -> Option<Reception> {
    let name = acknowledgement_file_name(crate::scene::street(), merge.number);
    let bytes = fs::read(scene.drop_folder().join(name)).ok()?;
    let said = Acknowledgement::open(&bytes, [&SharedSecret::parse(SECRET).unwrap()]).unwrap();
    assert_eq!(said.number, merge.number);
    Some(said.reception)
}

const fn booked_back(posting: i64) -> Reception {
    Reception::TakenBack(TakenBack::BookedBack { posting })
}

const DECLINED: Reception = Reception::TakenBack(TakenBack::Declined);

fn uses(books: &Books, who: &str, points: i64) {
    let member = books.member(&id(who)).unwrap().unwrap().number;
    let key = OperationKey::new(9, &[9; 10]);
    books.act(key, Act::Use { member, points: Points::new(points).unwrap() }, NOW).unwrap().unwrap();
}

/// Taro's merge of 1,500, received, its answer carried.
fn received() -> (Scene, MergeRecord) {
    let (scene, merge) = (Scene::new(), record(TARO, 1500, 42));
    scene.drops(&merge);
    scene.receive();
    scene.carries_the_answers();
    (scene, merge)
}

#[test]
fn a_booking_back_is_told_to_the_municipality_with_its_number() {
    let (scene, merge) = received();
    let books = scene.books();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    assert_eq!((done.change, done.balance, done.voids), (-1500, 0, Some(1)));
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
    let listed = TakenBackMerge {
        number: merge.number,
        how: TakenBack::BookedBack { posting: done.posting },
        points: Some(merge.points),
        at_ms: NOW,
        is_answered: true,
    };
    assert_eq!(books.taken_back(10).unwrap(), [listed]);
    let member = books.member(&id(TARO)).unwrap().unwrap().number;
    let numbers: Vec<_> = books.history(member, 10).unwrap().iter().map(|line| line.merge).collect();
    assert_eq!(
        numbers,
        [Some(merge.number); 2],
        "both lines say by which number the municipality knows them"
    );
}

#[test]
fn a_void_at_the_counter_is_told_the_same_and_only_of_merges() {
    let (scene, merge) = received();
    let books = scene.books();
    uses(&books, TARO, 100);
    let key = |number| OperationKey::new(number, &[1; 10]);
    books.act(key(1), Act::Void { posting: 2 }, NOW).unwrap().unwrap();
    let done = books.act(key(2), Act::Void { posting: 1 }, NOW).unwrap().unwrap();
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
    assert_eq!(scene.found_in(&books).answers.len(), 1);
}

#[test]
fn points_that_were_used_are_not_booked_back_and_nothing_is_told() {
    let (scene, merge) = received();
    let books = scene.books();
    uses(&books, TARO, 1);
    let refused = books.book_back(merge.number, NOW).unwrap();
    assert_eq!(refused, Err(NotDone::NotEnough { balance: 1499 }));
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), None);
}

#[test]
fn what_is_booked_back_before_the_office_was_told_of_it_is_no_credit() {
    let (scene, merge) = received();
    scene.drops(&record(HANAKO, 20, 43));
    scene.receive();
    let books = scene.books();
    books.book_back(merge.number, NOW).unwrap().unwrap();
    let told: Vec<_> = books.credits_after(0, 10).unwrap().iter().map(|credit| credit.number).collect();
    assert_eq!(told, [record(HANAKO, 20, 43).number]);
}

#[test]
fn a_word_that_was_never_to_be_said_is_found_in_the_books() {
    for word in ["booked_back", "declined"] {
        let (scene, merge) = received();
        let books = scene.books();
        if word == "booked_back" {
            books.book_back(merge.number, NOW).unwrap().unwrap();
        } else {
            books.decline(record(HANAKO, 20, 43).number, NOW).unwrap().unwrap();
        }
        books.check().unwrap().unwrap();
        drop(books);
        let file = Connection::open(scene.data().join("street.sqlite")).unwrap();
        file.execute("delete from answer where reception = ?1", [word]).unwrap();
        drop(file);
        assert_eq!(scene.books().check().unwrap().unwrap_err().0.len(), 1, "{word}");
    }
}

#[test]
fn a_merge_is_booked_back_once_and_told_again_when_it_is_asked_for_again() {
    let (scene, merge) = received();
    let books = scene.books();
    let first = books.book_back(merge.number, NOW).unwrap().unwrap();
    for _ in 0..2 {
        scene.receiving(&books, &scene.folder()).answer().unwrap();
        assert_eq!(answered(&scene, &merge), Some(booked_back(first.posting)));
        scene.carries_the_answers();
        assert_eq!(books.book_back(merge.number, NOW + 1).unwrap(), Ok(first));
    }
    books.check().unwrap().unwrap();
}

#[test]
fn the_file_of_what_was_booked_back_adds_nothing_and_is_answered_the_same_again() {
    let (scene, merge) = received();
    let books = scene.books();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    scene.carries_the_answers();
    scene.lays("renamed.dat", &sealed(&merge));
    let again = scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(again, Tally { taken_back: 1, ..Tally::default() });
    assert_eq!(
        answered(&scene, &merge),
        Some(booked_back(done.posting)),
        "never received, which it is no more"
    );
    let found = scene.found_in(&books);
    assert!(found.quarantine.is_empty() && found.waiting.is_empty() && found.taro == 0, "{found:?}");
}

#[test]
fn other_content_under_a_number_that_was_booked_back_does_not_silence_the_last_word() {
    let (scene, merge) = received();
    let books = scene.books();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    scene.lays("other.dat", &sealed(&record(TARO, 9, 42)));
    assert_eq!(scene.receive_with(&books, &scene.folder()).unwrap().other_content, 1);
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
}

#[test]
fn a_declined_number_is_never_added_whenever_its_file_comes() {
    let (scene, merge) = (Scene::new(), record(TARO, 1500, 42));
    let books = scene.books();
    books.decline(merge.number, NOW).unwrap().unwrap();
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), Some(DECLINED));
    scene.carries_the_answers();
    scene.drops(&merge);
    let late = scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(late, Tally { taken_back: 1, ..Tally::default() });
    assert_eq!((answered(&scene, &merge), scene.found_in(&books).taro), (Some(DECLINED), 0));
    assert_eq!(books.book_back(merge.number, NOW).unwrap(), Err(NotDone::NoSuchPosting));
}

#[test]
fn what_was_received_is_not_declined_booked_back_or_not() {
    let (scene, merge) = received();
    let books = scene.books();
    assert_eq!(books.decline(merge.number, NOW).unwrap(), Err(WasReceived));
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    assert_eq!(books.decline(merge.number, NOW).unwrap(), Err(WasReceived));
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
}

#[test]
fn a_file_in_quarantine_leaves_it_when_its_number_is_declined_and_its_member_joins_in_vain() {
    let scene = Scene::new();
    let strangers = record("30010100000033", 700, 7);
    scene.drops(&strangers);
    let books = scene.books();
    assert_eq!(scene.receive_with(&books, &scene.folder()).unwrap().unknown_member, 1);
    scene.carries_the_answers();
    books.decline(strangers.number, NOW).unwrap().unwrap();
    let member = books.join(IdKind::PointId, &strangers.point_id, NOW).unwrap().unwrap();
    let passed = scene.receiving(&books, &scene.folder()).receive_set_aside(NOW).unwrap();
    assert_eq!(passed, Tally { taken_back: 1, ..Tally::default() });
    let found = scene.found_in(&books);
    assert!(found.quarantine.is_empty() && books.set_aside(10).unwrap().is_empty(), "{found:?}");
    assert_eq!(books.history(member, 10).unwrap(), []);
    assert_eq!(answered(&scene, &strangers), Some(DECLINED));
}

#[test]
fn the_last_word_waits_until_the_earlier_answer_was_carried() {
    let (scene, merge) = (Scene::new(), record(TARO, 1500, 42));
    scene.drops(&merge);
    let books = scene.books();
    scene.receive_with(&books, &scene.folder()).unwrap();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(answered(&scene, &merge), Some(Reception::Received));
    assert!(!books.taken_back(10).unwrap()[0].is_answered);
    scene.carries_the_answers();
    scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
}

#[test]
fn books_of_an_earlier_program_owe_the_answers_to_what_they_had_booked_back() {
    let (scene, merge) = received();
    scene.drops(&record(HANAKO, 20, 43));
    scene.receive();
    let books = scene.books();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    drop(books);
    let file = scene.data().join("street.sqlite");
    Connection::open(file).unwrap().execute_batch(AS_BEFORE).unwrap();
    let books = scene.books();
    scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(answered(&scene, &merge), Some(booked_back(done.posting)));
    assert_eq!(answered(&scene, &record(HANAKO, 20, 43)), Some(Reception::Received));
    books.check().unwrap().unwrap();
}

/// The tables as version 1 has them: a booking back left its merge's answer as it was.
const AS_BEFORE: &str = "
    drop trigger declined_is_not_received; drop trigger received_is_not_declined; drop table declined;
    create table answer_1 (number text primary key, reception text not null
        check (reception in ('received', 'unknown_member', 'other_content')),
        written integer not null default 0 check (written in (0, 1))) strict, without rowid;
    insert into answer_1 select number, 'received', 1 from answer;
    drop table answer;
    alter table answer_1 rename to answer;
    create index answer_unwritten on answer (number) where written = 0;
    alter table set_aside drop column point_id; drop index set_aside_lying;
    alter table set_aside drop column left_at_ms;
    drop table member_id_change; alter table member_id drop column ended_at_ms;
    pragma user_version = 1;";

#[test]
fn a_declined_number_stays_so_in_the_books() {
    let (scene, merge) = (Scene::new(), record(TARO, 1500, 42));
    scene.books().decline(merge.number, NOW).unwrap().unwrap();
    let books = Connection::open(scene.data().join("street.sqlite")).unwrap();
    for forbidden in ["delete from declined", "update declined set at_ms = 0"] {
        assert!(books.execute(forbidden, []).is_err(), "{forbidden}");
    }
}

#[test]
fn a_merge_is_found_by_its_number_wherever_it_stands_and_its_answer_given_again() {
    let (scene, merge) = received();
    let strangers = record("30010100000033", 700, 7);
    scene.drops(&strangers);
    let books = scene.books();
    scene.receive_with(&books, &scene.folder()).unwrap();
    let declined = record(HANAKO, 5, 99);
    assert_eq!(books.whereabouts(declined.number).unwrap(), Whereabouts::Unknown);
    books.decline(declined.number, NOW).unwrap().unwrap();
    let not_yet = Whereabouts::Declined { at_ms: NOW, is_answered: false };
    assert_eq!(books.whereabouts(declined.number).unwrap(), not_yet);
    let Whereabouts::SetAside(file) = books.whereabouts(strangers.number).unwrap() else {
        panic!("not aside")
    };
    assert_eq!(file.point_id.as_ref(), Some(&strangers.point_id));
    let Whereabouts::Received(line) = books.whereabouts(merge.number).unwrap() else {
        panic!("not received")
    };
    assert_eq!((line.posting, line.merge), (1, Some(merge.number)));
    books.answer_again(merge.number).unwrap();
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    assert_eq!(answered(&scene, &merge), Some(Reception::Received), "the answer was lost on the way");
    scene.carries_the_answers();
    let done = books.book_back(merge.number, NOW).unwrap().unwrap();
    scene.receiving(&books, &scene.folder()).answer().unwrap();
    let found = books.whereabouts(merge.number).unwrap();
    let Whereabouts::BookedBack { void, is_answered: true } = found else { panic!("{found:?}") };
    assert_eq!(void.posting, done.posting);
    books.check().unwrap().unwrap();
}
