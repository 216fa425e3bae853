//! A shop's counter: points given, used, added from paper, charged onto a card, taken back.

use crate::scene::{HANAKO, NOW, Scene, TARO, id, record};
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_doubles::PurseCard;
use madoguchi_street::books::{Act, Books, Done, MemberNumber, NotDone, PostingKind, history_csv};
use madoguchi_street::counter::{Charged, NotARate, PointRate, Slip, charge};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

fn key(number: u8) -> OperationKey {
    OperationKey::new(1_795_221_000_000, &[number; 10])
}

fn points(points: i64) -> Points {
    Points::new(points).unwrap()
}

fn ticket(text: &str) -> TicketNumber {
    TicketNumber::parse(text).unwrap()
}

fn member(books: &Books, who: &str) -> MemberNumber {
    books.member(&id(who)).unwrap().unwrap().number
}

fn balance(books: &Books, who: &str) -> i64 {
    books.member(&id(who)).unwrap().unwrap().balance
}

fn done(books: &Books, number: u8, act: Act) -> Done {
    books.act(key(number), act, NOW).unwrap().unwrap()
}

fn refused(books: &Books, number: u8, act: Act) -> NotDone {
    books.act(key(number), act, NOW).unwrap().unwrap_err()
}

#[test]
fn a_hundred_yen_give_a_point_unless_the_street_says_otherwise() {
    let usual = PointRate::default();
    for (yen, given) in
        [(99, None), (100, Some(1)), (199, Some(1)), (12_345, Some(123)), (0, None), (-500, None)]
    {
        assert_eq!(usual.points_for(yen).map(Points::get), given, "{yen} yen");
    }
    let fair = PointRate::new(100, 5, 1_000).unwrap();
    assert_eq!(fair.points_for(999), None);
    assert_eq!(fair.points_for(1_050).map(Points::get), Some(50));
    assert_eq!(fair.points_for(i64::MAX), None, "no sum of this world");
    for (yen, points, minimum) in [(0, 1, 0), (100, 0, 0), (100, 1, -1)] {
        assert_eq!(PointRate::new(yen, points, minimum), Err(NotARate));
    }
}

#[test]
fn points_are_given_and_used_and_never_more_than_there_are() {
    let books = Scene::new().books();
    let taro = member(&books, TARO);
    assert_eq!(done(&books, 1, Act::Purchase { member: taro, points: points(120) }).balance, 120);
    let used = done(&books, 2, Act::Use { member: taro, points: points(100) });
    assert_eq!((used.kind, used.change, used.balance), (PostingKind::Use, -100, 20));
    let too_many = Act::Use { member: taro, points: points(21) };
    assert_eq!(refused(&books, 3, too_many), NotDone::NotEnough { balance: 20 });
    assert_eq!((balance(&books, TARO), balance(&books, HANAKO)), (20, 0));
    books.check().unwrap().unwrap();
}

#[test]
fn the_same_key_again_gives_the_first_answer_and_another_act_under_it_is_refused() {
    let books = Scene::new().books();
    let taro = member(&books, TARO);
    let act = Act::Purchase { member: taro, points: points(120) };
    let first = done(&books, 1, act);
    done(&books, 2, Act::Use { member: taro, points: points(20) });
    assert_eq!(done(&books, 1, act), first);
    assert_eq!(refused(&books, 1, Act::Purchase { member: taro, points: points(121) }), NotDone::AnotherAct);
    assert_eq!(balance(&books, TARO), 100);
}

#[test]
fn a_paper_ticket_is_added_once_in_the_street_and_again_only_after_it_was_taken_back() {
    let books = Scene::new().books();
    let (taro, hanako) = (member(&books, TARO), member(&books, HANAKO));
    let number = ticket("987654321012");
    let added = done(&books, 1, Act::Ticket { member: taro, number, points: points(500) });
    let second = Act::Ticket { member: hanako, number, points: points(500) };
    assert_eq!(refused(&books, 2, second), NotDone::TicketTaken);
    done(&books, 3, Act::Void { posting: added.posting });
    assert_eq!(done(&books, 2, second).balance, 500);
    assert_eq!((balance(&books, TARO), balance(&books, HANAKO)), (0, 500));
}

#[test]
fn a_void_is_a_mirror_and_happens_once() {
    let books = Scene::new().books();
    let taro = member(&books, TARO);
    let given = done(&books, 1, Act::Purchase { member: taro, points: points(300) });
    let used = done(&books, 2, Act::Use { member: taro, points: points(100) });
    let voided = Act::Void { posting: used.posting };
    assert_eq!(done(&books, 3, voided).change, 100);
    assert_eq!(done(&books, 3, voided).balance, 300);
    assert_eq!(refused(&books, 4, voided), NotDone::AlreadyVoided);
    let of_a_void = Act::Void { posting: done(&books, 3, voided).posting };
    assert_eq!(refused(&books, 5, of_a_void), NotDone::NotVoidable);
    assert_eq!(refused(&books, 6, Act::Void { posting: 9_999 }), NotDone::NoSuchPosting);
    done(&books, 7, Act::Use { member: taro, points: points(250) });
    let spent = Act::Void { posting: given.posting };
    assert_eq!(refused(&books, 8, spent), NotDone::NotEnough { balance: 50 });
    books.check().unwrap().unwrap();
}

#[test]
fn a_merge_that_the_street_books_back_stays_received() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    let books = scene.books();
    let merge = books.history(member(&books, TARO), 10).unwrap()[0].posting;
    assert_eq!(done(&books, 1, Act::Void { posting: merge }).balance, 0);
    scene.drops(&record(TARO, 1500, 42));
    assert_eq!(scene.receive_with(&books, &scene.folder()).unwrap().taken_back, 1);
    assert_eq!(balance(&books, TARO), 0);
}

#[test]
fn a_charge_takes_the_points_and_puts_them_on_the_card_once() {
    let books = Scene::new().books();
    let (taro, card) = (member(&books, TARO), PurseCard::of_serial([1; 8]));
    done(&books, 1, Act::Purchase { member: taro, points: points(300) });
    let charged = || charge(&books, &card, key(2), taro, points(200), NOW).unwrap().unwrap();
    assert!(matches!(charged(), Charged::OnTheCard(_)));
    assert!(matches!(charged(), Charged::OnTheCard(_)));
    assert_eq!((card.amount(), balance(&books, TARO)), (200, 100));
    let too_much = charge(&books, &card, key(3), taro, points(101), NOW).unwrap();
    assert_eq!(too_much, Err(NotDone::NotEnough { balance: 100 }));
}

#[test]
fn a_card_that_refuses_gives_the_points_back_once() {
    let books = Scene::new().books();
    let (taro, card) = (member(&books, TARO), PurseCard::of_serial([1; 8]));
    done(&books, 1, Act::Purchase { member: taro, points: points(300) });
    card.refuses(true);
    let charged = || charge(&books, &card, key(2), taro, points(200), NOW).unwrap().unwrap();
    assert!(matches!(charged(), Charged::Undone(_)));
    card.refuses(false);
    assert!(matches!(charged(), Charged::Undone(_)), "what was said stays said");
    assert_eq!((card.amount(), balance(&books, TARO)), (0, 300));
    books.check().unwrap().unwrap();
}

#[test]
fn a_card_taken_away_in_the_middle_is_asked_when_it_is_back() {
    for has_heard in [true, false] {
        let books = Scene::new().books();
        let (taro, card) = (member(&books, TARO), PurseCard::of_serial([1; 8]));
        done(&books, 1, Act::Purchase { member: taro, points: points(300) });
        if has_heard {
            card.leaves_after_the_charge();
        } else {
            card.leaves_before_the_charge();
        }
        let charged = || charge(&books, &card, key(2), taro, points(200), NOW).unwrap().unwrap();
        assert!(matches!(charged(), Charged::Unclear(_)));
        assert!(matches!(charged(), Charged::Unclear(_)), "it is still away");
        assert_eq!(books.open_charges(taro).unwrap().len(), 1);
        assert_eq!(books.open_charges(taro).unwrap()[0].1, key(2));
        let another = PurseCard::of_serial([2; 8]);
        let on_another = charge(&books, &another, key(2), taro, points(200), NOW).unwrap();
        assert_eq!((on_another, another.amount()), (Err(NotDone::AnotherCard), 0));
        card.is_away(false);
        // A card that was blocked meanwhile still says what it charged.
        card.refuses(true);
        let (on_the_card, left) = if has_heard { (200, 100) } else { (0, 300) };
        assert_eq!(matches!(charged(), Charged::OnTheCard(_)), has_heard);
        assert_eq!((card.amount(), balance(&books, TARO)), (on_the_card, left));
        assert!(books.open_charges(taro).unwrap().is_empty());
    }
}

#[test]
fn without_a_card_nothing_is_begun() {
    let books = Scene::new().books();
    let (taro, card) = (member(&books, TARO), PurseCard::of_serial([1; 8]));
    done(&books, 1, Act::Purchase { member: taro, points: points(300) });
    card.is_away(true);
    let charged = charge(&books, &card, key(2), taro, points(200), NOW).unwrap();
    assert_eq!((charged, balance(&books, TARO)), (Err(NotDone::NoCard), 300));
}

#[test]
fn the_history_says_what_was_voided_and_by_what_and_is_a_table_for_spreadsheets() {
    let books = Scene::new().books();
    let taro = member(&books, TARO);
    let given = done(&books, 1, Act::Purchase { member: taro, points: points(300) });
    let void = done(&books, 2, Act::Void { posting: given.posting });
    let lines = books.history(taro, 10).unwrap();
    assert_eq!((lines[0].voids, lines[1].voided_by), (Some(given.posting), Some(void.posting)));
    assert_eq!(books.history(taro, 1).unwrap().len(), 1);
    let csv = history_csv(&lines, Language::Ja);
    let wanted = "\u{feff}番号,日時,内容,ポイント,残高,取消した番号,取消された番号,取引済番号\r\n\
                  2,2026-11-21 09:30:00,取消,-300,0,1,,\r\n\
                  1,2026-11-21 09:30:00,お買い物ポイント,300,300,,2,\r\n";
    assert_eq!(csv, wanted);
}

#[test]
fn the_paper_says_before_what_and_after_and_marks_a_reprint_and_a_void() {
    let books = Scene::new().books();
    let taro = member(&books, TARO);
    done(&books, 1, Act::Purchase { member: taro, points: points(3_000) });
    let used = done(&books, 2, Act::Use { member: taro, points: points(1_200) });
    let slip = |done, printed_before| Slip {
        street: "ブレーメン商店街".into(),
        shop: "やまだ八百屋".into(),
        done,
        merge: None,
        printed_before,
    };
    let lines = slip(used, 0).lines(Language::Ja);
    for line in [
        PaperLine::Pair("前の残高".into(), "3,000".into()),
        PaperLine::LargePair("ポイント利用".into(), "-1,200".into()),
        PaperLine::SumPair("残高".into(), "1,800".into()),
        PaperLine::Text("2026-11-21 09:30".into()),
    ] {
        assert!(lines.contains(&line), "{lines:?}");
    }
    assert!(slip(used, 1).lines(Language::Ja).contains(&PaperLine::Boxed("再発行 1".into())));
    let number = TransactionNumber::parse("20261121093015000042").unwrap();
    let of_a_merge = Slip { merge: Some(number), ..slip(used, 0) }.lines(Language::Ja);
    let said = PaperLine::SmallPair("取引済番号".into(), number.to_string());
    assert!(of_a_merge.contains(&said) && !slip(used, 0).lines(Language::Ja).contains(&said));
    let void = done(&books, 3, Act::Void { posting: used.posting });
    assert!(slip(void, 0).lines(Language::En).contains(&PaperLine::Boxed("Void".into())));
}

/// What a counter may do next; numbers choose among what there is.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Purchase(bool, i64),
    Use(bool, i64),
    Ticket(bool, u8),
    Void(u8),
    Again,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (any::<bool>(), 1..500_i64).prop_map(|(who, points)| Deed::Purchase(who, points)),
        (any::<bool>(), 1..500_i64).prop_map(|(who, points)| Deed::Use(who, points)),
        (any::<bool>(), 0..4_u8).prop_map(|(who, number)| Deed::Ticket(who, number)),
        (0..20_u8).prop_map(Deed::Void),
        Just(Deed::Again),
    ];
    prop::collection::vec(deed, 1..20)
}

#[test]
fn whatever_counters_do_every_balance_follows_from_the_history_and_nothing_is_below_zero() {
    let scene = Scene::new();
    let books = scene.books();
    let members = [member(&books, TARO), member(&books, HANAKO)];
    TestRunner::default()
        .run(&deeds(), |deeds| {
            let mut last: Option<(OperationKey, Act)> = None;
            for (place, deed) in deeds.iter().enumerate() {
                let newest = members.iter().flat_map(|member| books.history(*member, 20).unwrap());
                let newest: Vec<_> = newest.map(|line| line.posting).collect();
                let act = match *deed {
                    Deed::Purchase(who, sum) => {
                        Act::Purchase { member: members[usize::from(who)], points: points(sum) }
                    }
                    Deed::Use(who, sum) => {
                        Act::Use { member: members[usize::from(who)], points: points(sum) }
                    }
                    Deed::Ticket(who, number) => Act::Ticket {
                        member: members[usize::from(who)],
                        number: ticket(&format!("00000000000{number}")),
                        points: points(50),
                    },
                    Deed::Void(which) => match newest.get(usize::from(which)) {
                        Some(posting) => Act::Void { posting: *posting },
                        None => continue,
                    },
                    Deed::Again => match last {
                        Some((key, act)) => {
                            let before = books.all_balances().unwrap();
                            let _ = books.act(key, act, NOW).unwrap();
                            prop_assert_eq!(books.all_balances().unwrap(), before);
                            continue;
                        }
                        None => continue,
                    },
                };
                let key = OperationKey::derived(&format!("{deeds:?}{place}{}", newest.len()));
                let done = books.act(key, act, NOW).unwrap();
                last = done.is_ok().then_some((key, act));
            }
            prop_assert_eq!(books.check().unwrap(), Ok(()));
            Ok(())
        })
        .unwrap();
}
