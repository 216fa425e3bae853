//! What readers say that no sample card brings about: refusals, other dialects, nonsense.

use crate::FelicaOnReaders;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_doubles::Script;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaCards, FelicaDialect, FelicaReading, Idm};
use madoguchi_port::reader::ReaderName;
use madoguchi_port::session::{Disposition, Sharing};
use std::sync::Arc;

const AREA: FelicaArea = FelicaArea { system: 0xFE00, service: 0x1A8B, first_block: 0, blocks: 1 };
const IDM: &str = "012E4CD7995A3B77";
/// An ACR122 refuses nothing it can hand on; this reader is none.
const NO_PN532: &str = "FF00000002D402 -> 6300";
const NO_SESSIONS: &str = "FF5000000281 0000 -> 6D00
                           FF5000000282 0000 -> 6D00
                           FFC200000281 0000 -> 6D00
                           FFC200000282 0000 -> 6D00";

fn reader() -> ReaderName {
    ReaderName("Reader 0".to_owned())
}

fn cards(script: &Script) -> FelicaOnReaders {
    FelicaOnReaders::on(Arc::new(script.clone()))
}

fn read(text: &str) -> Result<FelicaReading, CardFault> {
    let script = Script::new(text);
    let read = cards(&script).read(&reader(), &[AREA]);
    let left_as_it_is = (Sharing::Shared, Some(Disposition::Leave));
    assert!(script.sessions().iter().all(|session| *session == left_as_it_is));
    read
}

fn number_of(read: Result<FelicaReading, CardFault>) -> Option<Vec<u8>> {
    read.unwrap().areas.pop().unwrap()
}

#[test]
fn a_reader_that_carries_frames_needs_two_exchanges_once_it_is_known() {
    let ask = format!(
        "FFCA000000 -> {IDM} 9000
         {NO_PN532}
         FF00000006 0600FFFF0100 -> 1401 {IDM} 8xF0 88B4 9000"
    );
    let number = "FF00000006 0600FE000100 -> 1401 112E4CD7995A3B77 8xF0 FE00 9000
         FF00000010 1006 112E4CD7995A3B77 018B1A018000 -> 1D07 112E4CD7995A3B77 000001 16x31 9000";
    let script = Script::new(&format!("{ask}\n{number}\nFFCA000000 -> {IDM} 9000\n{number}"));
    let cards = cards(&script);
    for _ in 0..2 {
        assert_eq!(number_of(cards.read(&reader(), &[AREA])), Some(vec![0x31; 16]));
    }
    assert_eq!(script.sessions().len(), 2);
}

#[test]
fn a_byte_that_some_readers_put_behind_the_frame_is_dropped() {
    let read = read(&format!(
        "FFCA000000 -> {IDM} 9000
         {NO_PN532}
         FF00000006 0600FFFF0100 -> 1201 {IDM} 8xF0 00 9000
         FF00000006 0600FE000100 -> 1401 {IDM} 8xF0 FE00 00 9000
         FF00000010 1006 {IDM} 018B1A018000 -> 1D07 {IDM} 000001 16x32 00 9000"
    ));
    assert_eq!(number_of(read), Some(vec![0x32; 16]));
}

#[test]
fn the_cards_own_number_needs_no_exchange_at_all() {
    let script = Script::new(&format!("FFCA000000 -> {IDM} 9000"));
    let read = cards(&script).read(&reader(), &[]).unwrap();
    assert_eq!(read.idm, Idm([0x01, 0x2E, 0x4C, 0xD7, 0x99, 0x5A, 0x3B, 0x77]));
    assert_eq!(script.sessions().len(), 1);
}

#[test]
fn other_cards_are_no_felica_cards() {
    for number in ["04A1B2C3", "04112233445566", "E004010012345678", ""] {
        assert_eq!(read(&format!("FFCA000000 -> {number} 9000")), Err(CardFault::NotFelica), "{number}");
    }
    assert_eq!(read("FFCA000000 -> 6A81"), Err(CardFault::NoFelicaDialect));
}

#[test]
fn a_reader_that_answers_in_no_dialect_is_said_to_be_one() {
    let nothing = format!(
        "FFCA000000 -> {IDM} 9000
         FF00000002D402 -> 6D00
         FF00000006 0600FFFF0100 -> 6D00
         {NO_SESSIONS}
         FFA40001020B00 -> 6D00
         FF46010104 0B008000 -> 6D00"
    );
    assert_eq!(read(&nothing), Err(CardFault::NoFelicaDialect));
    let script = Script::new(&nothing);
    assert_eq!(cards(&script).dialect(&reader()), Err(CardFault::NoFelicaDialect));
    assert_eq!(script.sessions().len(), 1);
}

#[test]
fn blocks_by_a_selected_service_are_good_only_if_the_card_is_still_the_same() {
    let before = format!(
        "FFCA000000 -> {IDM} 9000
         FF00000002D402 -> 6D00
         FF00000006 0600FFFF0100 -> 6D00
         {NO_SESSIONS}
         FFA40001020B00 -> 6A82
         FFA40001028B1A -> 9000
         FFB0000000 -> 16x33 9000"
    );
    assert_eq!(number_of(read(&format!("{before}\nFFCA000000 -> {IDM} 9000"))), Some(vec![0x33; 16]));
    let other = read(&format!("{before}\nFFCA000000 -> 012E4CD7995A3B78 9000"));
    assert_eq!(other, Err(CardFault::OtherCard));
}

#[test]
fn a_session_is_ended_also_where_the_card_left_in_its_middle() {
    let begin = "FFC2000002 8100 00 -> C003009000 9000
                 FFC2000002 8300 00 -> C003009000 9000
                 FFC2000002 8400 00 -> C003009000 9000
                 FFC2000204 8F020300 00 -> C003009000 9000";
    let text = format!(
        "FFCA000000 -> {IDM} 9000
         FF00000002D402 -> 6D00
         FF00000006 0600FFFF0100 -> 6D00
         FF5000000281 0000 -> 6D00
         FF5000000282 0000 -> 6D00
         {begin}
         FFC200010F 5F4604A0860100 9506 0600FFFF0100 00 -> C003009000 920100 96020000 9714 1401 {IDM} 8xF0 88B4 9000
         FFC2000002 8200 00 -> C003009000 9000
         {begin}
         FFC200010F 5F4604A0860100 9506 0600FE000100 00 -> C003009000 9714 1401 {IDM} 8xF0 FE00 9000
         FFC2000119 5F4604A0860100 9510 1006 {IDM} 018B1A018000 00 -> C003026401 9000
         FFC2000002 8200 00 -> C003009000 9000"
    );
    assert_eq!(read(&text), Err(CardFault::CardRemoved));
}

/// Every answer a card can garble, after polling has gone well.
#[test]
fn garbled_answers_are_faults_of_the_port_and_never_a_number() {
    let unexpected = || CardFault::Unexpected { step: "reading blocks", status: 0 };
    let table = [
        (format!("1D07 {IDM} 000001 15x31 9000"), unexpected()),
        (format!("1D07 {IDM} 000002 16x31 9000"), unexpected()),
        (format!("1D09 {IDM} 000001 16x31 9000"), unexpected()),
        (format!("1E07 {IDM} 000001 16x31 9000"), unexpected()),
        (format!("0C07 {IDM} 0000 9000"), unexpected()),
        ("1D07 0101010101010101 000001 16x31 9000".to_owned(), CardFault::OtherCard),
        ("9000".to_owned(), CardFault::CardRemoved),
        ("6300".to_owned(), CardFault::CardRemoved),
        ("6401".to_owned(), CardFault::CardRemoved),
        ("gone".to_owned(), CardFault::CardRemoved),
    ];
    for (answer, fault) in table {
        let outcome = read(&format!(
            "FFCA000000 -> {IDM} 9000
             {NO_PN532}
             FF00000006 0600FFFF0100 -> 1401 {IDM} 8xF0 FE00 9000
             FF00000006 0600FE000100 -> 1401 {IDM} 8xF0 FE00 9000
             FF00000010 1006 {IDM} 018B1A018000 -> {answer}"
        ));
        assert_eq!(outcome, Err(fault), "{answer}");
    }
}

#[test]
fn a_transcript_tries_every_dialect_and_says_nothing_of_the_card() {
    let script = Script::new(&format!(
        "FFCA000000 -> {IDM} 9000
         {NO_PN532}
         FF00000006 0600FFFF0100 -> 1401 {IDM} 8xF0 FE00 9000
         FF00000006 0600FE000100 -> 1401 {IDM} 8xF0 FE00 9000
         FF00000010 1006 {IDM} 018B1A018000 -> 1D07 {IDM} 000001 16x31 9000
         {NO_SESSIONS}
         FFA40001020B00 -> 6D00
         FF46010104 0B008000 -> 6D00"
    ));
    let lines = cards(&script).transcript(&reader(), &[AREA]).unwrap();
    assert_eq!(script.sessions().len(), 1);
    let text = lines.join("\n");
    assert!(text.contains("CardFrames") && text.contains("= spoken, 1 of 1 areas read"), "{text}");
    assert!(!text.replace(' ', "").contains("4CD7995A") && !text.contains("31 31"), "{text}");
}

#[test]
fn a_reader_that_gives_no_number_of_a_felica_card_is_quoted_all_the_same() {
    for (answer, quoted, fault) in [
        ("6A81".to_owned(), "6A81", CardFault::NoFelicaDialect),
        (format!("0000{IDM} 9000"), "[10 bytes] 9000", CardFault::NotFelica),
        ("gone".to_owned(), "", CardFault::CardRemoved),
    ] {
        let script = Script::new(&format!("FFCA000000 -> {answer}"));
        let lines = cards(&script).transcript(&reader(), &[AREA]).unwrap();
        let [of_the_reader, asked, end] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(of_the_reader, "reader: Reader 0");
        assert!(asked.starts_with("> FF CA 00 00 00  < ") && asked.ends_with(quoted), "{asked}");
        assert_eq!(*end, format!("= {fault}"));
    }
}

#[test]
fn a_reader_is_asked_anew_where_another_one_answers_under_its_name() {
    let known = |cards: &FelicaOnReaders| cards.known().get(&reader()).copied();
    let script = Script::new(&format!(
        "FFCA000000 -> {IDM} 9000
         {NO_PN532}
         FF00000006 0600FFFF0100 -> 1401 {IDM} 8xF0 FE00 9000
         FFCA000000 -> {IDM} 9000
         FF00000006 0600FE000100 -> 6D00
         FF00000002D402 -> D50332010607 9000
         FF00000009 D44A010100FFFF0100 -> D54B0101 1401 {IDM} 8xF0 FE00 9000
         FF00000002D402 -> D50332010607 9000
         FF00000009 D44A010100FE000100 -> D54B0101 1401 {IDM} 8xF0 FE00 9000
         FF00000013 D44001 1006 {IDM} 018B1A018000 -> D54100 1D07 {IDM} 000001 16x34 9000"
    ));
    let cards = cards(&script);
    assert_eq!(cards.dialect(&reader()), Ok(FelicaDialect::CardFrames));
    assert_eq!(number_of(cards.read(&reader(), &[AREA])), Some(vec![0x34; 16]));
    assert_eq!(known(&cards), Some(FelicaDialect::Pn532));
    assert_eq!(script.sessions().len(), 2);
}
