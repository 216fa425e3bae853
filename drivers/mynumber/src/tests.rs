//! What the driver says to a card, and what it makes of the answers.

use crate::MyNumberCard;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_doubles::Script;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::ReaderName;
use madoguchi_port::resident_card::{ResidentCard, TypedPassword, TypedPin};
use madoguchi_port::session::{Disposition, Sharing};
use secrecy::SecretString;
use std::sync::Arc;

const SELECT: &str = "00A4040C 0A D392F000260100000001";
const READ: &str = "00B08A00 00";
const SELECT_PIN: &str = "00A4020C 02 0018 -> 9000";
const TRIES: &str = "00200080";
const VERIFY: &str = "00200080 04 31323334";
const SELECT_KEY: &str = "00A4020C 02 0017 -> 9000";
const SIGN: &str = "802A0080 33 3031300D060960864801650304020105000420 32xAB 00";

/// A certificate of 300 bytes as far as it matters: serial 01 02, an issuer of one attribute.
const BEGINNING: &str =
    "30820128 30820110 A003020102 02020102 300D06092A864886F70D01010B0500 300D310B3009060355040613024A50";
const BEGINNING_LENGTH: usize = 4 + 4 + 5 + 4 + 15 + 15;
const ISSUER: &str = "300d310b3009060355040613024a50";

fn reader() -> ReaderName {
    ReaderName("Scripted 0".to_owned())
}

fn play<T>(script: &str, work: impl FnOnce(&MyNumberCard) -> T) -> (T, Vec<(Sharing, Option<Disposition>)>) {
    let script = Script::new(script);
    let outcome = work(&MyNumberCard::on(Arc::new(script.clone())));
    (outcome, script.sessions())
}

fn identify(script: &str) -> Result<CertificateName, CardFault> {
    let (outcome, sessions) = play(script, |card| card.identify(&reader()));
    assert_eq!(sessions, [(Sharing::Shared, Some(Disposition::Leave))]);
    outcome
}

fn certificate(script: &str) -> Result<Vec<u8>, CardFault> {
    let (outcome, sessions) = play(script, |card| card.certificate(&reader()));
    assert_eq!(sessions, [(Sharing::Shared, Some(Disposition::Leave))]);
    outcome
}

fn pin(digits: &str) -> TypedPin {
    TypedPin { digits: SecretString::from(digits), last_try_agreed: false }
}

fn sign_with(script: &str, pin: &TypedPin) -> Result<Vec<u8>, CardFault> {
    let (outcome, sessions) = play(script, |card| card.sign(&reader(), &the_name(), pin, &[0xAB; 32]));
    assert_eq!(sessions, [(Sharing::Exclusive, Some(Disposition::Unpower))], "power goes on every way out");
    let signed = outcome?;
    assert_eq!(signed.certificate.len(), 300);
    Ok(signed.signature)
}

/// With a card that shows whose it is.
fn sign(script: &str) -> Result<Vec<u8>, CardFault> {
    sign_with(&format!("{SELECT} -> 9000\n{}\n{script}", whole_certificate()), &pin("1234"))
}

fn whole_certificate() -> String {
    format!("{READ} -> {}\n00B00100 2C -> 44xDD 9000", first_chunk())
}

fn the_name() -> CertificateName {
    CertificateName { issuer_der: hex::decode(ISSUER).expect("hex"), serial: "0102".to_owned() }
}

fn first_chunk() -> String {
    format!("{BEGINNING} {}xEE 9000", 256 - BEGINNING_LENGTH)
}

#[test]
fn a_card_is_identified_by_two_commands() {
    let first = first_chunk();
    assert_eq!(identify(&format!("{SELECT} -> 9000\n{READ} -> {first}")), Ok(the_name()));
}

#[test]
fn a_card_without_short_identifiers_is_asked_by_selection() {
    let first = first_chunk();
    for refusal in ["6A86", "6A82", "6B00", "6981"] {
        let script = format!(
            "{SELECT} -> 9000
             {READ} -> {refusal}
             00A4020C 02 000A -> 9000
             00B00000 00 -> {first}"
        );
        assert_eq!(identify(&script), Ok(the_name()), "{refusal}");
    }
}

#[test]
fn a_card_that_sleeps_once_after_power_up_is_asked_again() {
    let first = first_chunk();
    assert_eq!(identify(&format!("{SELECT} -> 6F00\n{SELECT} -> 9000\n{READ} -> {first}")), Ok(the_name()));
    let dead = CardFault::Unexpected { step: "SELECT", status: 0x6F00 };
    assert_eq!(identify(&format!("{SELECT} -> 6F00\n{SELECT} -> 6F00")), Err(dead));
}

#[test]
fn what_is_no_my_number_card_is_said_so() {
    for refusal in ["6A82", "6A81", "6A86", "6D00", "6E00"] {
        assert_eq!(identify(&format!("{SELECT} -> {refusal}")), Err(CardFault::NotMyNumberCard), "{refusal}");
    }
}

#[test]
fn a_phone_wants_the_pin_first() {
    assert_eq!(identify(&format!("{SELECT} -> 9000\n{READ} -> 6982")), Err(CardFault::PinFirst));
    assert_eq!(certificate(&format!("{SELECT} -> 9000\n{READ} -> 6982")), Err(CardFault::PinFirst));
}

#[test]
fn an_issuer_that_goes_on_is_read_on() {
    // The issuer's length says 240 bytes, so the name ends at 277.
    let long = "30820128 30820110 A003020102 02020102 300D06092A864886F70D01010B0500 3081F0";
    let script = format!(
        "{SELECT} -> 9000
         {READ} -> {long} {}x31 9000
         00B00100 2C -> 44x31 9000",
        256 - 35
    );
    let name = identify(&script).expect("a name");
    assert_eq!((name.issuer_der.len(), name.serial.as_str()), (243, "0102"));
}

#[test]
fn nonsense_is_no_certificate_and_no_panic() {
    let table = [
        ("256xFF 9000", 0),
        ("9000", 0x9000),
        ("30 9000", 0),
        ("3003 020101 9000", 0),
        ("30820128 30820110 0200 9000", 0),
        ("6F00", 0x6F00),
    ];
    for (answer, status) in table {
        let refused = identify(&format!("{SELECT} -> 9000\n{READ} -> {answer}"));
        assert!(
            matches!(&refused, Err(CardFault::Unexpected { status: said, .. }) if *said == status),
            "{answer}: {refused:?}"
        );
    }
}

#[test]
fn the_whole_certificate_is_sized_by_its_header_and_the_padding_left_out() {
    let first = first_chunk();
    let content = certificate(&format!("{SELECT} -> 9000\n{READ} -> {first}\n00B00100 2C -> 44xDD 9000"));
    let content = content.expect("a certificate");
    assert_eq!((content.len(), content[255], content[256]), (300, 0xEE, 0xDD));

    let padded = certificate(&format!("{SELECT} -> 9000\n{READ} -> 3003020101 251xFF 9000"));
    assert_eq!(padded, Ok(hex::decode("3003020101").expect("hex")));
}

#[test]
fn a_card_that_gives_less_than_asked_is_asked_for_the_rest() {
    let script = format!(
        "{SELECT} -> 9000
         {READ} -> {BEGINNING} {}xEE 9000
         00B000F0 3C -> 40xDD 6282
         00B00118 14 -> 20xCC 9000",
        240 - BEGINNING_LENGTH
    );
    assert_eq!(certificate(&script).expect("a certificate").len(), 300);
}

#[test]
fn a_file_that_ends_before_its_certificate_is_refused() {
    let first = first_chunk();
    let refused = certificate(&format!("{SELECT} -> 9000\n{READ} -> {first}\n00B00100 2C -> 6B00"));
    assert_eq!(refused, Err(CardFault::Unexpected { step: "READ BINARY", status: 0x6B00 }));
}

#[test]
fn lengths_in_other_dialects_are_understood() {
    let fetched = format!(
        "{SELECT} -> 9000
         {READ} -> 61C0
         00C00000 C0 -> {BEGINNING} {}xEE 6140
         00C00000 40 -> 64xEE 9000",
        192 - BEGINNING_LENGTH
    );
    assert_eq!(identify(&fetched), Ok(the_name()));
    let exact = format!(
        "{SELECT} -> 9000
         {READ} -> 6CFF
         00B08A00 FF -> {BEGINNING} {}xEE 9000",
        255 - BEGINNING_LENGTH
    );
    assert_eq!(identify(&exact), Ok(the_name()));
}

#[test]
fn an_answer_without_end_is_given_up() {
    let endless = "00C00000 10 -> 16xEE 6110\n".repeat(8);
    let refused = identify(&format!("{SELECT} -> 9000\n{READ} -> 6110\n{endless}"));
    assert_eq!(refused, Err(CardFault::Unexpected { step: "GET RESPONSE", status: 0x6110 }));
}

#[test]
fn tries_are_read_from_either_wording() {
    let table = [
        ("63C3", Ok(3)),
        ("63C1", Ok(1)),
        ("63C0", Ok(0)),
        ("6983", Ok(0)),
        ("6984", Ok(0)),
        ("9000", Err(CardFault::Unexpected { step: "tries left", status: 0x9000 })),
        ("6300", Err(CardFault::Unexpected { step: "tries left", status: 0x6300 })),
    ];
    for (answer, expected) in table {
        let script = format!("{SELECT} -> 9000\n{SELECT_PIN}\n{TRIES} -> {answer}");
        let (tries, _) = play(&script, |card| card.pin_tries_left(&reader()));
        assert_eq!(tries, expected, "{answer}");
    }
}

#[test]
fn a_signature_is_made_in_one_exclusive_session() {
    let script = format!(
        "{SELECT_PIN}
         {TRIES} -> 63C3
         {VERIFY} -> 9000
         {SELECT_KEY}
         {SIGN} -> 256x5A 9000"
    );
    assert_eq!(sign(&script), Ok(vec![0x5A; 256]));
}

#[test]
fn a_wrong_pin_is_presented_once() {
    let table = [
        ("63C2", CardFault::WrongPin { tries_left: 2 }),
        ("63C1", CardFault::WrongPin { tries_left: 1 }),
        ("63C0", CardFault::PinLocked),
        ("6983", CardFault::PinLocked),
        ("6984", CardFault::PinLocked),
        ("6F00", CardFault::Unexpected { step: "VERIFY", status: 0x6F00 }),
    ];
    for (answer, expected) in table {
        let script = format!("{SELECT_PIN}\n{TRIES} -> 63C3\n{VERIFY} -> {answer}");
        assert_eq!(sign(&script), Err(expected), "{answer}");
    }
}

#[test]
fn the_last_try_is_spent_only_where_that_was_agreed_to() {
    let head = format!("{SELECT} -> 9000\n{}\n{SELECT_PIN}\n{TRIES} -> 63C1", whole_certificate());
    assert_eq!(sign_with(&head, &pin("1234")), Err(CardFault::LastPinTry));
    let agreed = TypedPin { last_try_agreed: true, ..pin("1234") };
    let wrong = format!("{head}\n{VERIFY} -> 63C0");
    assert_eq!(sign_with(&wrong, &agreed), Err(CardFault::PinLocked));
    let right = format!("{head}\n{VERIFY} -> 9000\n{SELECT_KEY}\n{SIGN} -> 256x5A 9000");
    assert_eq!(sign_with(&right, &agreed), Ok(vec![0x5A; 256]));
}

#[test]
fn another_card_hears_no_pin() {
    let other = whole_certificate().replace("02020102", "02020103");
    let script = format!("{SELECT} -> 9000\n{other}");
    assert_eq!(sign_with(&script, &pin("1234")), Err(CardFault::OtherCard));
}

#[test]
fn a_phone_shows_whose_it_is_after_the_pin_and_signs_only_if_it_is_the_one() {
    let certificate = whole_certificate();
    let head = format!(
        "{SELECT} -> 9000\n{READ} -> 6982\n{SELECT_PIN}\n{TRIES} -> 63C3\n{VERIFY} -> 9000\n{certificate}"
    );
    let right = format!("{head}\n{SELECT_KEY}\n{SIGN} -> 256x5A 9000");
    assert_eq!(sign_with(&right, &pin("1234")), Ok(vec![0x5A; 256]));
    let other = head.replace("02020102", "02020103");
    assert_eq!(sign_with(&other, &pin("1234")), Err(CardFault::OtherCard));
}

#[test]
fn a_phone_is_identified_after_its_pin() {
    let script = format!(
        "{SELECT} -> 9000\n{READ} -> 6982\n{SELECT_PIN}\n{TRIES} -> 63C3\n{VERIFY} -> 9000\n{READ} -> {}",
        first_chunk()
    );
    let (outcome, sessions) = play(&script, |card| card.identify_with_pin(&reader(), &pin("1234")));
    assert_eq!(outcome, Ok(the_name()));
    assert_eq!(sessions, [(Sharing::Exclusive, Some(Disposition::Unpower))]);
}

#[test]
fn a_card_in_a_phones_place_is_identified_and_hears_no_pin() {
    let script = format!("{SELECT} -> 9000\n{READ} -> {}", first_chunk());
    let (outcome, _) = play(&script, |card| card.identify_with_pin(&reader(), &pin("1234")));
    assert_eq!(outcome, Ok(the_name()));
}

#[test]
fn a_locked_pin_is_not_presented() {
    for answer in ["63C0", "6983", "6984"] {
        let script = format!("{SELECT_PIN}\n{TRIES} -> {answer}");
        assert_eq!(sign(&script), Err(CardFault::PinLocked), "{answer}");
    }
}

#[test]
fn a_pin_that_is_none_never_reaches_a_reader() {
    let (outcome, sessions) = play("", |card| card.sign(&reader(), &the_name(), &pin("12345"), &[0; 32]));
    assert_eq!(outcome, Err(CardFault::MalformedPin));
    assert_eq!(sessions, []);
}

#[test]
fn a_card_that_leaves_is_said_to_have_left_and_the_session_is_ended() {
    let removed = CardFault::CardRemoved;
    assert_eq!(identify(&format!("{SELECT} -> gone")), Err(removed.clone()));
    assert_eq!(identify(&format!("{SELECT} -> 9000\n{READ} -> gone")), Err(removed.clone()));
    assert_eq!(sign(&format!("{SELECT_PIN}\n{TRIES} -> 63C3\n{VERIFY} -> gone")), Err(removed));
}

#[test]
fn a_signature_of_another_length_is_refused() {
    let script =
        format!("{SELECT_PIN}\n{TRIES} -> 63C3\n{VERIFY} -> 9000\n{SELECT_KEY}\n{SIGN} -> 255x5A 9000");
    let refused = CardFault::Unexpected { step: "COMPUTE DIGITAL SIGNATURE", status: 0x9000 };
    assert_eq!(sign(&script), Err(refused));
}

const LICENCE: &str = "00A4040C 10 A0000002310100000000000000000000";
const RESIDENCE: &str = "00A4040C 10 D392F0004F0200000000000000000000";
const PAYMENT: &str = "00A40400 0E 325041592E5359532E4444463031 00";
const PAYMENT_BY_CONTACT: &str = "00A40400 0E 315041592E5359532E4444463031 00";
const PASSPORT: &str = "00A4040C 07 A0000002471001";

#[test]
fn a_card_is_recognised_by_its_applications_alone() {
    let no = "6A82";
    let tried = |commands: &[&str]| {
        commands.iter().fold(String::new(), |script, command| script + command + " -> " + no + "\n")
    };
    let others = [LICENCE, RESIDENCE, PAYMENT, PAYMENT_BY_CONTACT, PASSPORT];
    let table = [
        (format!("{SELECT} -> 9000\n00B08A00 01 -> 30 9000"), CardKind::MyNumber),
        (format!("{SELECT} -> 9000\n00B08A00 01 -> 6A86"), CardKind::MyNumber),
        (format!("{SELECT} -> 9000\n00B08A00 01 -> 6982"), CardKind::MyNumberOnPhone),
        (format!("{SELECT} -> {no}\n{LICENCE} -> 9000"), CardKind::DrivingLicence),
        (format!("{SELECT} -> {no}\n{}{RESIDENCE} -> 9000", tried(&others[..1])), CardKind::ResidenceCard),
        (format!("{SELECT} -> {no}\n{}{PAYMENT} -> 6F0A 9000", tried(&others[..2])), CardKind::BankCard),
        (
            format!("{SELECT} -> 6D00\n{}{PAYMENT_BY_CONTACT} -> 9000", tried(&others[..3])),
            CardKind::BankCard,
        ),
        (format!("{SELECT} -> 6985\n{}{PASSPORT} -> 9000", tried(&others[..4])), CardKind::Passport),
        (format!("{SELECT} -> {no}\n{}", tried(&others)), CardKind::Unknown),
    ];
    for (script, kind) in table {
        let (recognised, sessions) = play(&script, |card| card.recognise(&reader()));
        assert_eq!(recognised, Ok(kind), "{script}");
        assert_eq!(sessions, [(Sharing::Shared, Some(Disposition::Leave))]);
    }
}

#[test]
fn a_card_that_leaves_while_it_is_recognised_is_said_to_have_left() {
    for script in [format!("{SELECT} -> gone"), format!("{SELECT} -> 6A82\n{LICENCE} -> gone")] {
        let (recognised, _) = play(&script, |card| card.recognise(&reader()));
        assert_eq!(recognised, Err(CardFault::CardRemoved));
    }
}

const PRESENT: &str = "00B08800 03 -> 8F8F00 9000";
const SELECT_SIGNING_PASSWORD: &str = "00A4020C 02 001B -> 9000";
const VERIFY_SIGNING_PASSWORD: &str = "00200080 06 414243313233";

fn signing_with(script: &str, characters: &str) -> Result<CertificateName, CardFault> {
    let password = TypedPassword { characters: SecretString::from(characters), last_try_agreed: false };
    let (outcome, sessions) =
        play(script, |card| card.signing_certificate(&reader(), &the_name(), &password));
    assert_eq!(sessions, [(Sharing::Exclusive, Some(Disposition::Unpower))], "power goes on every way out");
    outcome
}

#[test]
fn the_signing_certificate_is_named_by_its_first_bytes_after_its_password() {
    let first = first_chunk();
    let script = format!(
        "{SELECT} -> 9000
         {READ} -> {first}
         {PRESENT}
         {SELECT_SIGNING_PASSWORD}
         {TRIES} -> 63C5
         {VERIFY_SIGNING_PASSWORD} -> 9000
         00B08100 00 -> {first}"
    );
    assert_eq!(signing_with(&script, "abc123"), Ok(the_name()), "small letters mean capitals");
}

#[test]
fn a_wrong_signing_password_is_counted_and_a_locked_one_is_not_said() {
    let first = first_chunk();
    let before = format!("{SELECT} -> 9000\n{READ} -> {first}\n{PRESENT}\n{SELECT_SIGNING_PASSWORD}");
    let wrong = format!("{before}\n{TRIES} -> 63C5\n{VERIFY_SIGNING_PASSWORD} -> 63C4");
    assert_eq!(signing_with(&wrong, "ABC123"), Err(CardFault::WrongPin { tries_left: 4 }));
    assert_eq!(signing_with(&format!("{before}\n{TRIES} -> 63C0"), "ABC123"), Err(CardFault::PinLocked));
    assert_eq!(signing_with(&format!("{before}\n{TRIES} -> 63C1"), "ABC123"), Err(CardFault::LastPinTry));
}

#[test]
fn no_other_card_no_phone_and_no_card_without_the_certificate_hears_the_password() {
    let other = first_chunk().replace("02020102", "02020103");
    let read = |answer: &str| format!("{SELECT} -> 9000\n{READ} -> {answer}");
    assert_eq!(signing_with(&read(&other), "ABC123"), Err(CardFault::OtherCard));
    assert_eq!(signing_with(&read("6982"), "ABC123"), Err(CardFault::PinFirst));
    let childs = format!("{}\n00B08800 03 -> 008F00 9000", read(&first_chunk()));
    assert_eq!(signing_with(&childs, "ABC123"), Err(CardFault::NoSigningCertificate));
}

#[test]
fn what_is_no_signing_password_is_not_said_to_the_card() {
    let password = TypedPassword { characters: SecretString::from("ABC12"), last_try_agreed: true };
    let (outcome, sessions) = play("", |card| card.signing_certificate(&reader(), &the_name(), &password));
    assert_eq!(outcome, Err(CardFault::MalformedPassword));
    assert_eq!(sessions, []);
}
