//! One card, several descriptions: which is read, what counts, what is said.

use super::folder::{DescriptionFile, FileFault};
use super::{Tried, areas, outcomes, reader_taken, telling};
use madoguchi_domain::card_description::{FelicaArea, parse};
use madoguchi_port::card_kind::FELICA_WITH_NUMBER;
use madoguchi_port::felica::{FelicaReading, Idm};
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::window::{DescriptionFault, DescriptionSaid, NoNumber, NumberMade, NumberShown};

const PLACE: &str = "[felica]\nsystem = \"FE00\"\nservice = \"3A4B\"\nencoding = \"ascii_digits\"\n";

fn file(name: &str, text: &str) -> DescriptionFile {
    let said = parse(format!("name = \"{name}\"\n{text}").as_bytes()).map_err(FileFault::Wrong);
    DescriptionFile { name: format!("{name}.toml"), said }
}

fn made(files: &[DescriptionFile], tried: &Tried) -> Vec<NumberMade> {
    let told = telling::files(files, outcomes(files, tried).as_deref());
    let made = |said| match said {
        DescriptionSaid::Card { made, .. } => made,
        DescriptionSaid::Wrong { .. } => NumberMade::NotTried,
    };
    told.into_iter().map(|file| made(file.said)).collect()
}

fn number(text: &str) -> NumberShown {
    NumberShown(text.to_owned())
}

/// A card that has the first area asked for and no other.
fn card(files: &[DescriptionFile], bytes: &[u8]) -> Tried {
    let areas = areas(files);
    let read = areas.iter().enumerate().map(|(place, _)| (place == 0).then(|| bytes.to_vec())).collect();
    let reading = FelicaReading { idm: Idm([1, 0xFE, 0, 0, 0, 0, 0, 9]), areas: read };
    Tried::Card { reading, areas }
}

#[test]
fn places_that_several_descriptions_share_are_read_once() {
    let files = [
        file("a", &format!("{PLACE}length = 4")),
        file("b", &format!("{PLACE}length = 8")),
        file("c", &format!("{PLACE}length = 17")),
        file("d", "[idm]"),
        file("e", "[felica]"),
    ];
    let area = |blocks| FelicaArea { system: 0xFE00, service: 0x3A4B, first_block: 0, blocks };
    assert_eq!(areas(&files), [area(1), area(2)]);
}

#[test]
fn of_two_descriptions_that_claim_a_card_the_first_counts_and_the_other_is_said() {
    let files = [
        file("a", &format!("{PLACE}length = 4\n[number]\nprefix = \"9\"")),
        file("b", &format!("{PLACE}offset = 4\nlength = 4")),
        file("c", "[wedge]\nsymbology = \"any\""),
        file("d", "[idm]"),
    ];
    let expected = [
        NumberMade::None { why: NoNumber::OtherPrefix },
        NumberMade::Number { number: number("5678") },
        NumberMade::None { why: NoNumber::OtherSource },
        NumberMade::AlsoNumber { number: number("01FE000000000009") },
    ];
    assert_eq!(made(&files, &card(&files, b"1234567800000000")), expected);
}

#[test]
fn a_scan_is_for_the_descriptions_of_scans() {
    let files = [file("a", "[idm]"), file("b", "[wedge]\nsymbology = \"nw7\"")];
    let expected =
        [NumberMade::None { why: NoNumber::OtherSource }, NumberMade::Number { number: number("12345") }];
    assert_eq!(made(&files, &Tried::Scan("A12345B".to_owned())), expected);
    assert_eq!(made(&files, &Tried::Nothing), [NumberMade::NotTried, NumberMade::NotTried]);
}

#[test]
fn a_wrong_file_is_said_with_its_place_and_keeps_the_others_from_nothing() {
    let files = [file("a", "[felica]\nsystem = 1"), file("b", "[idm]")];
    let tried = card(&files, &[]);
    let told = telling::files(&files, outcomes(&files, &tried).as_deref());
    let expected = DescriptionFault::OtherSort {
        word: "system".to_owned(),
        wanted: madoguchi_wire::window::SortOfValue::Text,
    };
    assert_eq!(told[0].said, DescriptionSaid::Wrong { line: 3, column: 10, wrong: expected });
    assert!(matches!(&told[1].said, DescriptionSaid::Card { made: NumberMade::Number { .. }, .. }));
}

#[test]
fn of_two_cards_the_felica_card_is_read_in_either_order() {
    let slot = |name: &str, card| SlotSeen {
        reader: ReaderName(name.to_owned()),
        takes_residents_cards: true,
        card,
    };
    let lies = |atr: &[u8]| CardSeen::Card { atr: atr.to_vec(), kept_by_another_program: false };
    let felica = || lies(&FELICA_WITH_NUMBER);
    let other = || lies(&[0x3B, 0x80]);
    let taken =
        |first, second| reader_taken(&[slot("A", first), slot("B", second)]).map(|reader| reader.0.clone());
    assert_eq!(taken(felica(), other()).as_deref(), Some("A"));
    assert_eq!(taken(other(), felica()).as_deref(), Some("B"));
    assert_eq!(taken(CardSeen::Nothing, other()).as_deref(), Some("B"));
    assert_eq!(taken(CardSeen::Mute, CardSeen::Nothing), None);
}
