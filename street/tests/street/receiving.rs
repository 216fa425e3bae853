//! 合算ポイント受取 on a day when nothing goes wrong with the PC.

use crate::scene::{HANAKO, NOW, Scene, TARO, id, names, record, sealed};
use madoguchi_street::books::{Admission, Books, IdKind, SetAsideReason};
use madoguchi_street::receiving::{Receiving, Tally};
use std::fs;

#[test]
fn a_file_adds_its_points_once_leaves_the_folder_and_is_answered() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    assert_eq!(scene.receive(), Tally { received: 1, points: 1500, ..Tally::default() });
    let found = scene.found();
    assert_eq!((found.taro, found.hanako), (1500, 0));
    assert_eq!(found.processed, ["merge_300101_20261121093015000042.dat"]);
    assert!(found.waiting.is_empty() && found.quarantine.is_empty());
    let answer = ("ack_300101_20261121093015000042.dat".to_owned(), "received".to_owned());
    assert_eq!(found.answers.into_iter().collect::<Vec<_>>(), [answer]);
    assert!(scene.receive().is_nothing(), "the street's own answers are no merge files");
}

#[test]
fn the_same_file_again_under_its_name_or_another_adds_nothing_and_is_no_error() {
    let scene = Scene::new();
    let merge = record(TARO, 1500, 42);
    scene.drops(&merge);
    scene.lays("a copy.dat", &sealed(&merge));
    assert_eq!(scene.receive(), Tally { received: 1, points: 1500, already_received: 1, ..Tally::default() });
    scene.drops(&merge);
    assert_eq!(scene.receive(), Tally { already_received: 1, ..Tally::default() });
    let found = scene.found();
    assert_eq!((found.taro, found.credits.len()), (1500, 1));
    assert_eq!(
        found.processed,
        ["a copy.dat", "merge_300101_20261121093015000042.dat", "merge_300101_20261121093015000042.dat.2"]
    );
}

#[test]
fn a_file_in_two_folders_of_one_street_is_received_once() {
    let scene = Scene::new();
    let other = tempfile::tempdir().unwrap();
    let merge = record(TARO, 1500, 42);
    scene.drops(&merge);
    fs::write(other.path().join("merge.dat"), sealed(&merge)).unwrap();
    let second = madoguchi_street::receiving::LocalFolder::at(other.path());
    let books = scene.books();
    assert_eq!(scene.receive_with(&books, &scene.folder()).unwrap().received, 1);
    assert_eq!(scene.receive_with(&books, &second).unwrap().already_received, 1);
    drop(books);
    assert_eq!(scene.found().taro, 1500);
    assert_eq!(names(other.path()), ["ack_300101_20261121093015000042.dat"]);
}

#[test]
fn the_same_number_with_another_record_is_kept_aside_as_an_alarm() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    scene.carries_the_answers();
    scene.lays("another.dat", &sealed(&record(HANAKO, 1500, 42)));
    assert_eq!(scene.receive(), Tally { other_content: 1, ..Tally::default() });
    let found = scene.found();
    assert_eq!((found.taro, found.hanako), (1500, 0));
    assert_eq!(found.quarantine, ["another.dat"]);
    assert_eq!(found.answers["ack_300101_20261121093015000042.dat"], "other_content");
}

#[test]
fn points_of_nobody_who_is_known_wait_until_the_member_has_joined() {
    let scene = Scene::new();
    scene.drops(&record("30010100000033", 700, 1));
    assert_eq!(scene.receive(), Tally { unknown_member: 1, ..Tally::default() });
    let found = scene.found();
    assert_eq!(found.quarantine, ["merge_300101_20261121093015000001.dat"]);
    assert_eq!(found.answers["ack_300101_20261121093015000001.dat"], "unknown_member");
    scene.carries_the_answers();

    let (books, folder) = (scene.books(), scene.folder());
    let again = scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert!(again.is_nothing(), "nobody has joined yet");
    books.join(IdKind::PointId, &id("30010100000033"), NOW).unwrap().unwrap();
    let again = scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert_eq!(again, Tally { received: 1, points: 700, ..Tally::default() });
    assert_eq!(books.member(&id("30010100000033")).unwrap().unwrap().balance, 700);
    drop(books);
    let found = scene.found();
    assert!(found.quarantine.is_empty());
    assert_eq!(found.answers["ack_300101_20261121093015000001.dat"], "received");
}

#[test]
fn where_the_offices_own_system_keeps_the_members_everybody_is_taken_in_and_told_once() {
    let scene = Scene::new();
    scene.drops(&record("30010100000033", 700, 1));
    scene.drops(&record(TARO, 300, 2));
    let (books, folder) = (scene.books(), scene.folder());
    let receiving = Receiving { admission: Admission::Everybody, ..scene.receiving(&books, &folder) };
    assert_eq!(receiving.receive(NOW).unwrap().received, 2);
    let credits = books.credits_after(books.told().unwrap(), 10).unwrap();
    let said: Vec<_> = credits.iter().map(|credit| (credit.point_id.as_str(), credit.points.get())).collect();
    assert_eq!(said, [("30010100000033", 700), (TARO, 300)]);
    books.tell(credits[1].posting).unwrap();
    books.tell(credits[0].posting).unwrap();
    assert!(books.credits_after(books.told().unwrap(), 10).unwrap().is_empty());
}

#[test]
fn a_member_is_found_by_the_mykey_id_where_the_street_keeps_it() {
    let scene = Scene::new();
    let books = scene.books();
    let taro = books.member(&id(TARO)).unwrap().unwrap();
    books.add_id(taro.number, IdKind::MykeyId, &id("MY123456"), NOW).unwrap().unwrap();
    scene.drops(&record("MY123456", 500, 7));
    scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(books.member(&id(TARO)).unwrap().unwrap().balance, 500);
    assert_eq!(books.credits_after(0, 1).unwrap()[0].point_id, id("MY123456"));
}

#[test]
fn half_written_files_folders_links_and_hidden_names_are_left_alone() {
    let scene = Scene::new();
    let merge = sealed(&record(TARO, 1500, 42));
    for name in ["merge.dat.part", "merge.PART", ".merge.dat"] {
        scene.lays(name, &merge);
    }
    fs::create_dir(scene.drop_folder().join("merge.dat")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", scene.drop_folder().join("link.dat")).unwrap();
    assert!(scene.receive().is_nothing());
    let found = scene.found();
    assert_eq!(found.waiting, [".merge.dat", "merge.PART", "merge.dat.part"]);
    assert_eq!((found.processed.len(), found.quarantine.len()), (0, 0));
    fs::rename(scene.drop_folder().join("merge.dat.part"), scene.drop_folder().join("whole.dat")).unwrap();
    assert_eq!(scene.receive().received, 1);
}

#[test]
fn many_files_in_several_commits_are_each_received_once() {
    let scene = Scene::new();
    for sequence in 0..50 {
        scene.drops(&record(TARO, 10, sequence));
    }
    let (books, folder) = (scene.books(), scene.folder());
    let receiving = Receiving { files_per_commit: 7, ..scene.receiving(&books, &folder) };
    assert_eq!(receiving.receive(NOW).unwrap(), Tally { received: 50, points: 500, ..Tally::default() });
    drop(books);
    let found = scene.found();
    assert_eq!((found.taro, found.processed.len(), found.answers.len()), (500, 50, 50));
}

#[test]
fn a_clock_set_back_a_day_changes_nothing() {
    let scene = Scene::new();
    let (books, folder) = (scene.books(), scene.folder());
    scene.drops(&record(TARO, 10, 2));
    scene.receiving(&books, &folder).receive(NOW).unwrap();
    scene.drops(&record(TARO, 10, 1));
    scene.drops(&record(TARO, 10, 2));
    let yesterday = scene.receiving(&books, &folder).receive(NOW - 86_400_000).unwrap();
    assert_eq!((yesterday.received, yesterday.already_received), (1, 1));
    drop(books);
    assert_eq!(scene.found().taro, 20);
}

#[test]
fn what_was_set_aside_is_listed_with_its_reason_until_it_is_received() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 10, 1));
    scene.lays("other.dat", &sealed(&record(HANAKO, 10, 1)));
    scene.lays("stranger.dat", &sealed(&record("30010100000033", 700, 3)));
    scene.lays("damaged.dat", b"damaged");
    scene.receive();
    let (books, folder) = (scene.books(), scene.folder());
    let listed = || {
        let listed = books.set_aside(10).unwrap();
        listed.into_iter().map(|file| (file.name, file.reason)).collect::<Vec<_>>()
    };
    let wanted = [
        ("stranger.dat".to_owned(), SetAsideReason::UnknownMember),
        ("other.dat".to_owned(), SetAsideReason::OtherContent),
        ("damaged.dat".to_owned(), SetAsideReason::NotGenuine),
    ];
    assert_eq!(listed(), wanted);
    let whose = |name: &str| {
        let file = books.set_aside(10).unwrap().into_iter().find(|file| file.name == name).unwrap();
        file.point_id.map(|id| id.as_str().to_owned())
    };
    assert_eq!(whose("stranger.dat").as_deref(), Some("30010100000033"), "what is genuine says whose it is");
    assert_eq!(whose("damaged.dat"), None);
    books.join(IdKind::PointId, &id("30010100000033"), NOW).unwrap().unwrap();
    scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert_eq!(listed(), wanted[1..]);
}

#[test]
fn a_file_that_an_earlier_program_set_aside_says_whose_it_is_after_the_next_look() {
    let scene = Scene::new();
    scene.lays("stranger.dat", &sealed(&record("30010100000033", 700, 3)));
    scene.lays("damaged.dat", b"damaged");
    scene.receive();
    // As an earlier program left it, and the step that added the column.
    let store = rusqlite::Connection::open(scene.data().join("street.sqlite")).unwrap();
    assert_eq!(store.execute("update set_aside set point_id = null", []).unwrap(), 2);
    drop(store);
    let (books, folder) = (scene.books(), scene.folder());
    let whose = || {
        let file = books.set_aside_numbered(record("30010100000033", 700, 3).number).unwrap().unwrap();
        file.point_id.map(|id| id.as_str().to_owned())
    };
    assert_eq!(whose(), None);
    for _ in 0..2 {
        scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
        assert_eq!(whose().as_deref(), Some("30010100000033"));
    }
    assert_eq!(listed(&books).len(), 2, "each is listed once");
}

#[test]
fn an_empty_folder_is_looked_at_without_being_written() {
    let scene = Scene::new();
    assert!(scene.receive().is_nothing());
    assert_eq!(fs::read_dir(scene.drop_folder()).unwrap().count(), 0);
}

#[test]
fn an_answer_waits_until_the_one_before_it_was_carried() {
    let scene = Scene::new();
    let answers = || scene.found().answers.into_values().collect::<Vec<_>>();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    scene.lays("another.dat", &sealed(&record(HANAKO, 1500, 42)));
    scene.receive();
    assert_eq!(answers(), ["received"], "nobody has carried it");
    scene.carries_the_answers();
    scene.receive();
    assert_eq!(answers(), ["other_content"]);
    scene.carries_the_answers();
    scene.receive();
    assert!(answers().is_empty(), "each is laid down once");
}

#[test]
fn what_is_no_answer_makes_none_wait() {
    let scene = Scene::new();
    scene.lays("ack_300101_20261121093015000042.dat", b"20261121093015000042,received,0000");
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    assert_eq!(scene.found().answers.into_values().collect::<Vec<_>>(), ["received"]);
}

fn listed(books: &Books) -> Vec<(String, SetAsideReason)> {
    books.set_aside(10).unwrap().into_iter().map(|file| (file.name, file.reason)).collect()
}

#[test]
fn what_a_person_took_out_of_quarantine_is_listed_no_more_and_is_again_where_it_comes_back() {
    let scene = Scene::new();
    scene.lays("damaged.dat", b"damaged");
    scene.receive();
    let (books, folder) = (scene.books(), scene.folder());
    let receives = || scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert!(receives().is_nothing());
    assert_eq!(listed(&books), [("damaged.dat".to_owned(), SetAsideReason::NotGenuine)]);
    fs::remove_file(scene.drop_folder().join("quarantine/damaged.dat")).unwrap();
    receives();
    assert_eq!(listed(&books), []);
    scene.lays("damaged.dat", b"damaged");
    assert_eq!(receives().not_genuine, 1);
    assert_eq!(listed(&books), [("damaged.dat".to_owned(), SetAsideReason::NotGenuine)]);
}

#[test]
fn a_file_that_is_written_to_its_end_in_quarantine_is_listed_as_what_it_is_by_now() {
    let scene = Scene::new();
    let merge = sealed(&record("30010100000033", 700, 1));
    scene.lays("merge.dat", &merge[..40]);
    scene.receive();
    let (books, folder) = (scene.books(), scene.folder());
    let receives = || scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert_eq!(listed(&books), [("merge.dat".to_owned(), SetAsideReason::NotGenuine)]);
    fs::write(scene.drop_folder().join("quarantine/merge.dat"), &merge).unwrap();
    receives();
    assert_eq!(listed(&books), [("merge.dat".to_owned(), SetAsideReason::UnknownMember)]);
    books.join(IdKind::PointId, &id("30010100000033"), NOW).unwrap().unwrap();
    assert_eq!(receives().received, 1);
    assert_eq!(listed(&books), []);
}
