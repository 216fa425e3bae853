//! The card is pulled at every command of every operation, before the card hears it and instead of
//! its answer: said in one way each time, and the next try works.

use crate::counter::{Counter, apdus, holder, name, pin, vanishing};
use madoguchi_port::fault::CardFault;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::{Desk, at_own_desk};
use madoguchi_virtual::reader::{Behaviour, Vanish};

fn check<T>(desk: &mut Desk, sample: &str, work: impl Fn(&Counter) -> Result<T, CardFault>) {
    let counter = Counter::open();
    counter.lay(desk, sample);
    work(&counter).map(drop).unwrap();
    let commands = u32::try_from(desk.readers[0].apdu_count()).unwrap();
    assert!(commands >= 2);
    for number in 1..=commands {
        for vanish in [Vanish::Before(number), Vanish::InsteadOfAnswer(number)] {
            desk.readers[0].behave(vanishing(vanish));
            let fault = work(&counter).map(drop).expect_err("the card is gone");
            assert!(matches!(fault, CardFault::CardRemoved | CardFault::NoCard), "{vanish:?}: {fault:?}");
            let card = desk.readers[0].remove().expect("the card in the hand");
            counter.wait_for_no_card(0);
            desk.readers[0].behave(Behaviour::default());
            desk.readers[0].insert(card);
            counter.wait_for_card(0);
            let next_try = work(&counter).map(drop);
            assert_eq!(next_try, Ok(()), "after {vanish:?}");
        }
    }
}

#[test]
fn while_it_is_identified() {
    at_own_desk(|desk| check(desk, "hanako", |counter| counter.card.identify(&name(0))));
}

#[test]
fn while_its_certificate_is_read() {
    at_own_desk(|desk| check(desk, "hanako", |counter| counter.card.certificate(&name(0))));
}

#[test]
fn while_it_signs() {
    at_own_desk(|desk| {
        let hanako = holder(desk, "hanako");
        check(desk, "hanako", |counter| counter.card.sign(&name(0), &hanako, &pin("1234"), &[7; 32]));
    });
}

#[test]
fn while_a_phone_is_identified() {
    at_own_desk(|desk| {
        check(desk, "phone", |counter| counter.card.identify_with_pin(&name(0), &pin("1234")));
    });
}

#[test]
fn while_a_phone_signs() {
    at_own_desk(|desk| {
        let phone = holder(desk, "phone");
        check(desk, "phone", |counter| counter.card.sign(&name(0), &phone, &pin("1234"), &[7; 32]));
    });
}

#[test]
fn while_its_tries_are_read() {
    at_own_desk(|desk| check(desk, "hanako", |counter| counter.card.pin_tries_left(&name(0))));
}

#[test]
fn a_try_that_was_lost_with_the_answer_is_still_counted() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        counter.sign(desk, &pin("1234")).unwrap();
        let verify = apdus(desk).iter().rposition(|apdu| apdu.starts_with("00 20")).unwrap();
        let verify = u32::try_from(verify + 1).unwrap();
        desk.readers[0].behave(vanishing(Vanish::InsteadOfAnswer(verify)));
        assert_eq!(counter.sign(desk, &pin("0000")), Err(CardFault::CardRemoved));
        let card = desk.readers[0].remove().expect("the card in the hand");
        counter.wait_for_no_card(0);
        desk.readers[0].insert(card);
        counter.wait_for_card(0);
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(2), "tried once, never repeated");
    });
}
