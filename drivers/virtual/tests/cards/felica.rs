//! FeliCa cards on the real PC/SC service, through our driver: every dialect and every card.

use crate::counter::{Counter, apdus, name, vanishing};
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_felica::FelicaOnReaders;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaCards, FelicaDialect};
use madoguchi_port::look::CardSeen;
use madoguchi_port::reader::CardReaders;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::card::{FelicaContents, FelicaReader, FelicaService, FelicaSystem, VirtualCard};
use madoguchi_virtual::desk::{Desk, at_own_desk};
use madoguchi_virtual::reader::{Behaviour, Vanish};
use madoguchi_virtual::sample::{Application, SampleCard};

/// Where the library's card keeps its number, and the street's.
const LIBRARY: FelicaArea = FelicaArea { system: 0xFE00, service: 0x3A4B, first_block: 0, blocks: 1 };
const STREET: FelicaArea = FelicaArea { system: 0x88B4, service: 0x000B, first_block: 0, blocks: 1 };
const LIBRARYS_BLOCK: &[u8; 16] = b"012900012345    ";
const STREETS_BLOCK: &[u8; 16] = b"0000980012345677";

const READERS: [(FelicaReader, FelicaDialect); 6] = [
    (FelicaReader::Pn532, FelicaDialect::Pn532),
    (FelicaReader::CardFrames, FelicaDialect::CardFrames),
    (FelicaReader::SonySession, FelicaDialect::SonySession),
    (FelicaReader::StandardSession, FelicaDialect::StandardSession),
    (FelicaReader::SelectedService, FelicaDialect::SelectedService),
    (FelicaReader::ServiceCommands, FelicaDialect::ServiceCommands),
];

fn felica(counter: &Counter) -> FelicaOnReaders {
    FelicaOnReaders::on(counter.readers.clone())
}

fn on(reader: FelicaReader) -> Behaviour {
    Behaviour { felica: reader, ..Behaviour::default() }
}

fn take_off(desk: &mut Desk, counter: &Counter) {
    desk.readers[0].remove();
    counter.wait_for_no_card(0);
}

fn on_every_reader(desk: &mut Desk, sample: &str, check: impl Fn(&Counter, &FelicaOnReaders, FelicaDialect)) {
    let counter = Counter::open();
    for (reader, dialect) in READERS {
        desk.readers[0].behave(on(reader));
        counter.lay(desk, sample);
        check(&counter, &felica(&counter), dialect);
        take_off(desk, &counter);
    }
}

#[test]
fn a_cards_number_is_read_through_every_dialect() {
    at_own_desk(|desk| {
        on_every_reader(desk, "library", |_, cards, dialect| {
            let read = cards.read(&name(0), &[LIBRARY, STREET]).unwrap();
            assert_eq!(read.areas[0].as_deref(), Some(&LIBRARYS_BLOCK[..]), "{dialect:?}");
            assert_eq!(read.areas[1], None, "{dialect:?}: no such system here");
            assert_eq!(cards.dialect(&name(0)), Ok(dialect));
        });
    });
}

#[test]
fn a_lite_card_on_an_older_reader_is_read_through_every_dialect() {
    at_own_desk(|desk| {
        on_every_reader(desk, "street", |counter, cards, dialect| {
            let blank = FelicaArea { first_block: 1, ..STREET };
            let missing = FelicaArea { first_block: 2, ..STREET };
            let read = cards.read(&name(0), &[STREET, blank, missing, LIBRARY]).unwrap();
            assert_eq!(read.areas[0].as_deref(), Some(&STREETS_BLOCK[..]), "{dialect:?}");
            assert_eq!(read.areas[1].as_deref(), Some(&[0; 16][..]), "{dialect:?}: nobody has written there");
            assert_eq!(read.areas[2..], [None, None], "{dialect:?}: no such block, no such system");
            let slots = counter.readers.look().unwrap();
            match &slots[0].card {
                CardSeen::Card { atr, .. } => {
                    assert_eq!(CardKind::of_memory_card(atr), Some(CardKind::Felica));
                }
                other => panic!("{other:?}"),
            }
        });
    });
}

#[test]
fn once_a_reader_is_known_a_number_takes_two_exchanges_with_the_card() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let cards = felica(&counter);
        counter.lay(desk, "library");
        cards.read(&name(0), &[LIBRARY]).unwrap();
        let before = apdus(desk).len();
        cards.read(&name(0), &[LIBRARY]).unwrap();
        let said = apdus(desk)[before..].to_vec();
        assert_eq!(said, ["FF CA 00 00 -> 9000", "FF 00 00 00 -> 9000", "FF 00 00 00 -> 9000"]);
        let before = apdus(desk).len();
        cards.read(&name(0), &[]).unwrap();
        assert_eq!(apdus(desk)[before..], ["FF CA 00 00 -> 9000"], "the card's own number needs none");
    });
}

/// Two systems; what is wanted stands in the second one, whose IDm is another.
fn card_of_two_systems() -> VirtualCard {
    let service = FelicaService { code: LIBRARY.service, blocks: vec![*LIBRARYS_BLOCK; 4] };
    let system =
        |code, first, services| FelicaSystem { code, idm: [first, 0xFE, 1, 2, 3, 4, 5, 6], services };
    let systems = vec![system(0x0003, 0x01, Vec::new()), system(0xFE00, 0x11, vec![service])];
    VirtualCard::of(&SampleCard {
        id: "two".to_owned(),
        name: "two systems".to_owned(),
        atr: hex::decode("3B8C80010443FD01FE01020304050642").unwrap(),
        application: Application::Felica(FelicaContents { is_lite: false, systems }),
    })
}

#[test]
fn a_cards_second_system_is_reached_where_the_reader_lets_choose_it() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let four = FelicaArea { blocks: 4, ..LIBRARY };
        for (reader, dialect) in READERS {
            desk.readers[0].behave(on(reader));
            desk.readers[0].insert(card_of_two_systems());
            counter.wait_for_card(0);
            let read = felica(&counter).read(&name(0), &[four]).unwrap();
            let chooses = !matches!(dialect, FelicaDialect::SelectedService | FelicaDialect::ServiceCommands);
            let expected = chooses.then(|| LIBRARYS_BLOCK.repeat(4));
            assert_eq!(read.areas, [expected], "{dialect:?}");
            take_off(desk, &counter);
        }
    });
}

#[test]
fn a_reader_that_knows_only_the_cards_number_is_said_to_read_no_blocks() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let cards = felica(&counter);
        desk.readers[0].behave(on(FelicaReader::NumberOnly));
        counter.lay(desk, "library");
        assert_eq!(cards.read(&name(0), &[LIBRARY]), Err(CardFault::NoFelicaDialect));
        assert_eq!(cards.dialect(&name(0)), Err(CardFault::NoFelicaDialect));
        assert!(cards.read(&name(0), &[]).is_ok(), "the card's own number is there");
        // Another reader in its place, under the same name.
        desk.readers[0].behave(on(FelicaReader::Pn532));
        assert_eq!(cards.dialect(&name(0)), Ok(FelicaDialect::Pn532));
        desk.readers[0].behave(on(FelicaReader::CardFrames));
        assert!(cards.read(&name(0), &[LIBRARY]).unwrap().areas[0].is_some(), "asked anew");
    });
}

#[test]
fn a_my_number_card_is_no_felica_card() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let read = felica(&counter).read(&name(0), &[LIBRARY]);
        assert!(matches!(read, Err(CardFault::NotFelica | CardFault::NoFelicaDialect)), "{read:?}");
        assert!(counter.card.identify(&name(0)).is_ok(), "and is left as it was");
    });
}

/// Pulled at every command of a reading, before it is heard and instead of its answer. `harmless` commands
/// at the end only put the reader back: by then the number is there.
fn pulled_at_every_command(desk: &mut Desk, reader: FelicaReader, harmless: u32) {
    let counter = Counter::open();
    let cards = felica(&counter);
    desk.readers[0].behave(on(reader));
    counter.lay(desk, "street");
    cards.read(&name(0), &[STREET]).unwrap();
    let before = desk.readers[0].apdu_count();
    cards.read(&name(0), &[STREET]).unwrap();
    let commands = u32::try_from(desk.readers[0].apdu_count() - before).unwrap() - harmless;
    for number in 1..=commands {
        for vanish in [Vanish::Before(number), Vanish::InsteadOfAnswer(number)] {
            desk.readers[0].behave(Behaviour { felica: reader, ..vanishing(vanish) });
            let fault = cards.read(&name(0), &[STREET]).expect_err("the card is gone");
            let gone = matches!(fault, CardFault::CardRemoved | CardFault::NoCard);
            assert!(gone, "{vanish:?}: {fault:?}");
            let card = desk.readers[0].remove().expect("the card in the hand");
            counter.wait_for_no_card(0);
            desk.readers[0].behave(on(reader));
            desk.readers[0].insert(card);
            counter.wait_for_card(0);
            assert_eq!(cards.read(&name(0), &[STREET]).map(drop), Ok(()), "after {vanish:?}");
        }
    }
}

#[test]
fn a_card_pulled_while_frames_are_carried_is_a_removed_card_and_the_next_try_works() {
    at_own_desk(|desk| pulled_at_every_command(desk, FelicaReader::CardFrames, 0));
}

#[test]
fn a_card_pulled_in_a_transparent_session_is_a_removed_card_and_the_next_try_works() {
    at_own_desk(|desk| pulled_at_every_command(desk, FelicaReader::StandardSession, 1));
}

#[test]
fn a_card_pulled_while_its_service_is_read_is_a_removed_card_and_the_next_try_works() {
    at_own_desk(|desk| pulled_at_every_command(desk, FelicaReader::SelectedService, 0));
}

#[test]
fn a_my_number_card_and_a_librarys_card_lie_side_by_side_in_either_order() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        let cards = felica(&counter);
        for (resident, library) in [(0, 1), (1, 0)] {
            for first in [resident, library] {
                let second = resident + library - first;
                for place in [first, second] {
                    let sample = if place == resident { "hanako" } else { "library" };
                    let card = desk.card(sample);
                    desk.readers[place].insert(card);
                    counter.wait_for_card(place);
                }
                assert!(counter.card.identify(&name(resident)).is_ok());
                let read = cards.read(&name(library), &[LIBRARY]).unwrap();
                assert_eq!(read.areas[0].as_deref(), Some(&LIBRARYS_BLOCK[..]));
                assert_eq!(counter.card.identify(&name(library)), Err(CardFault::NotMyNumberCard));
                for place in [first, second] {
                    desk.readers[place].remove();
                    counter.wait_for_no_card(place);
                }
            }
        }
    });
}

#[test]
fn a_transcript_of_every_reader_names_its_dialect_and_nothing_of_the_card() {
    at_own_desk(|desk| {
        on_every_reader(desk, "library", |_, cards, dialect| {
            let lines = cards.transcript(&name(0), &[LIBRARY]).unwrap();
            let text = lines.join("\n");
            let spoken = lines.iter().position(|line| *line == format!("{dialect:?}")).expect("its dialect");
            let said = lines[spoken..].iter().find(|line| line.starts_with("= "));
            assert_eq!(said.map(String::as_str), Some("= spoken, 1 of 1 areas read"), "{text}");
            let digits = text.replace(' ', "");
            for secret in ["4D41444F", "32393030", "8CA996"] {
                assert!(!digits.contains(secret), "{text}");
            }
        });
    });
}

#[test]
fn one_transcript_tells_of_every_reader() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "street");
        let text = felica(&counter).transcript_of_all().unwrap().join("\n");
        assert!(text.contains("= spoken, 1 of 2 areas read"), "{text}");
        assert!(text.contains(&format!("reader: {} (empty)", name(1))), "{text}");
    });
}

#[test]
fn a_slow_card_is_waited_for() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        desk.readers[0].behave(Behaviour {
            delay: std::time::Duration::from_millis(120),
            ..on(FelicaReader::ServiceCommands)
        });
        counter.lay(desk, "library");
        let read = felica(&counter).read(&name(0), &[LIBRARY]).unwrap();
        assert_eq!(read.areas[0].as_deref(), Some(&LIBRARYS_BLOCK[..]));
    });
}
