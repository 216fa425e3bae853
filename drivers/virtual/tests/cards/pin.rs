//! The PIN: tries, lock, signature, and that nothing of it stays behind.

use crate::counter::{Counter, SELECT_JPKI, SIGN, VERIFY_1234, apdus, holder, name, pin, say};
use crate::openssl;
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::CardReaders;
use madoguchi_port::resident_card::{CardSignature, ResidentCard, TypedPin};
use madoguchi_port::session::{Disposition, Sharing};
use madoguchi_virtual::desk::at_own_desk;

const REFUSED: StatusWord = StatusWord(0x6982);

#[test]
fn a_signature_is_one_that_openssl_verifies() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let challenge = b"a challenge of the cloud";
        let signed =
            counter.card.sign(&name(0), &holder(desk, "hanako"), &pin("1234"), &openssl::sha256(challenge));
        let CardSignature { certificate, signature } = signed.unwrap();
        assert_eq!(certificate, std::fs::read(desk.folder("hanako").join("auth.crt.der")).unwrap());
        let hanako = desk.folder("hanako").join("auth.crt.pem");
        assert!(openssl::verifies(&hanako, challenge, &signature));
        assert!(!openssl::verifies(&hanako, b"another one", &signature));
        assert!(!openssl::verifies(&desk.folder("taro").join("auth.crt.pem"), challenge, &signature));
    });
}

#[test]
fn a_phone_signs_alike() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "phone");
        let phone = holder(desk, "phone");
        assert_eq!(counter.card.identify(&name(0)), Err(CardFault::PinFirst));
        assert_eq!(counter.card.identify_with_pin(&name(0), &pin("1234")), Ok(phone.clone()));
        assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, REFUSED], "power went");
        let signed = counter.card.sign(&name(0), &phone, &pin("1234"), &openssl::sha256(b"x"));
        let CardSignature { signature, .. } = signed.unwrap();
        assert!(openssl::verifies(&desk.folder("phone").join("auth.crt.pem"), b"x", &signature));
    });
}

#[test]
fn tries_are_counted_down_and_the_card_locks() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let sign = |digits| counter.sign(desk, &pin(digits)).map(drop);
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
        assert_eq!(sign("0000"), Err(CardFault::WrongPin { tries_left: 2 }));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(2));
        assert_eq!(sign("1234"), Ok(()));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3), "the right PIN restores them");
        assert_eq!(sign("0000"), Err(CardFault::WrongPin { tries_left: 2 }));
        assert_eq!(sign("0000"), Err(CardFault::WrongPin { tries_left: 1 }));
        assert_eq!(sign("0000"), Err(CardFault::PinLocked));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(0));
        assert_eq!(sign("1234"), Err(CardFault::PinLocked), "also the right one");
        assert!(counter.card.identify(&name(0)).is_ok(), "the card is still readable");
    });
}

#[test]
fn a_pin_that_is_none_costs_no_try() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        for typed in ["", "123", "12345", "abcd", "１２３４"] {
            assert_eq!(counter.sign(desk, &pin(typed)), Err(CardFault::MalformedPin));
        }
        assert_eq!(apdus(desk), [""; 0], "nothing was said to the card");
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
    });
}

#[test]
fn the_last_try_needs_a_yes_of_its_own() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        for _ in 0..2 {
            counter.sign(desk, &pin("0000")).unwrap_err();
        }
        for digits in ["0000", "1234"] {
            let unasked = TypedPin { last_try_agreed: false, ..pin(digits) };
            assert_eq!(counter.sign(desk, &unasked), Err(CardFault::LastPinTry));
        }
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(1), "nothing was spent");
        assert!(counter.sign(desk, &pin("1234")).is_ok());
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
    });
}

#[test]
fn a_pin_is_not_sent_to_a_card_put_there_meanwhile() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "taro");
        assert_eq!(counter.sign(desk, &pin("1234")), Err(CardFault::OtherCard));
        assert!(!apdus(desk).iter().any(|apdu| apdu.starts_with("00 20")), "{:?}", apdus(desk));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
    });
}

#[test]
fn another_phone_hears_the_pin_and_signs_nothing() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "phone");
        assert_eq!(counter.sign(desk, &pin("1234")), Err(CardFault::OtherCard));
        assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, REFUSED], "power went");
    });
}

#[test]
fn nobody_can_sign_after_us() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        counter.sign(desk, &pin("1234")).unwrap();
        // At once: pcscd itself powers down a card that nobody has used for a second.
        assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, REFUSED]);
    });
}

#[test]
fn a_pin_session_that_is_dropped_leaves_nothing_verified() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let mut session = counter.readers.open(&name(0), Sharing::Exclusive).unwrap();
        assert_eq!(say(&mut *session, SELECT_JPKI), StatusWord::OK);
        assert_eq!(say(&mut *session, VERIFY_1234), StatusWord::OK);
        drop(session);
        assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, REFUSED]);
    });
}

#[test]
fn a_card_left_as_it_is_would_still_sign_for_others() {
    // Why a session with a PIN must not be left so: this is what real cards do.
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let mut holding_power = counter.readers.open(&name(0), Sharing::Shared).unwrap();
        say(&mut *holding_power, SELECT_JPKI);
        say(&mut *holding_power, VERIFY_1234);
        holding_power.end(Disposition::Leave).unwrap();
        assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, StatusWord::OK]);
    });
}
