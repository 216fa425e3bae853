//! Which card is read, and what is said where there is no number.

use super::*;
use crate::card_descriptions::folder::FileFault;
use madoguchi_domain::card_description::parse;
use madoguchi_port::card_kind::FELICA_WITH_NUMBER;
use madoguchi_port::felica::{FelicaReading, Idm};

fn slot(name: &str, card: CardSeen) -> SlotSeen {
    SlotSeen { reader: ReaderName(name.to_owned()), takes_residents_cards: true, card }
}

fn lies(atr: &[u8]) -> CardSeen {
    CardSeen::Card { atr: atr.to_vec(), kept_by_another_program: false }
}

fn felica() -> CardSeen {
    lies(&FELICA_WITH_NUMBER)
}

fn other() -> CardSeen {
    lies(&[0x3B, 0x80])
}

/// The reader whose card is read, with 「FeliCa」 where its answer to reset says so; or the failure's code.
fn taken(first: CardSeen, second: CardSeen) -> Result<Option<(String, bool)>, ErrorCode> {
    let slots = [slot("A", first), slot("B", second)];
    let seen = library_card_among(&slots).map_err(|failure| failure.code)?;
    Ok(seen.map(|seen| (seen.reader.to_string(), seen.is_felica)))
}

#[test]
fn of_a_felica_card_and_another_the_felica_card_is_read_in_either_order() {
    assert_eq!(taken(felica(), other()), Ok(Some(("A".into(), true))));
    assert_eq!(taken(other(), felica()), Ok(Some(("B".into(), true))));
    assert_eq!(taken(CardSeen::Mute, felica()), Ok(Some(("B".into(), true))));
    assert_eq!(taken(CardSeen::Nothing, other()), Ok(Some(("B".into(), false))), "its reader may not say");
}

#[test]
fn two_felica_cards_and_cards_that_do_not_answer_are_said() {
    assert_eq!(taken(felica(), felica()), Err(ErrorCode::SeveralLibraryCards));
    assert_eq!(taken(CardSeen::Mute, CardSeen::Nothing), Err(ErrorCode::CardUnresponsive));
    assert_eq!(taken(CardSeen::Nothing, CardSeen::Nothing), Ok(None));
}

fn file(text: &str) -> DescriptionFile {
    let said = parse(format!("name = \"図書館\"\n{text}").as_bytes()).map_err(FileFault::Wrong);
    DescriptionFile { name: "a.toml".to_owned(), said }
}

fn number(read: Result<CustomerNumberRead, Failure>) -> Result<String, ErrorCode> {
    match read.map_err(|failure| failure.code)? {
        CustomerNumberRead::Number { number, .. } => Ok(number.0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_blank_place_is_said_to_be_blank_and_another_card_not_to_be_known() {
    let files =
        [file("[felica]\nsystem = \"FE00\"\nservice = \"3A4B\"\nlength = 8\nencoding = \"ascii_digits\"\n")];
    let areas = areas(&files);
    let holds = |bytes: Option<&[u8]>| {
        let reading = FelicaReading { idm: Idm([1; 8]), areas: vec![bytes.map(<[u8]>::to_vec)] };
        number(number_of(&files, &Tried::Card { reading, areas: areas.clone() }))
    };
    assert_eq!(holds(Some(b"1234567800000000")).as_deref(), Ok("12345678"));
    assert_eq!(holds(Some(&[0; 16])), Err(ErrorCode::CardNumberBlank));
    assert_eq!(holds(Some(&[0xFF; 16])), Err(ErrorCode::CardNumberBlank));
    assert_eq!(holds(Some(&[b' '; 16])), Err(ErrorCode::CardNumberBlank));
    assert_eq!(holds(Some(b"ABCDEFGH00000000")), Err(ErrorCode::CardNotDescribed));
    assert_eq!(holds(None), Err(ErrorCode::CardNotDescribed));
}

#[test]
fn a_scan_is_taken_as_typed_unless_a_description_is_for_scans() {
    let scan = |files: &[DescriptionFile], typed: &str| number(number_in_scan(files, typed.to_owned()));
    assert_eq!(scan(&[], "A123B").as_deref(), Ok("A123B"));
    assert_eq!(scan(&[file("[idm]")], "A123B").as_deref(), Ok("A123B"));
    let jan = [file("[wedge]\nsymbology = \"jan\"")];
    assert_eq!(scan(&jan, "4901234567894").as_deref(), Ok("4901234567894"));
    assert_eq!(scan(&jan, "4901234567895"), Err(ErrorCode::CardNumberMisread));
    assert_eq!(scan(&jan, "123"), Err(ErrorCode::CardNotDescribed));
}
