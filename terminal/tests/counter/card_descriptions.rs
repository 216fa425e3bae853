//! カードの読み方, with files somebody puts into the folder while the program runs.

use crate::cloud::SERIAL;
use crate::shop::{AtCounter, READER, Shop};
use madoguchi_doubles::Card;
use madoguchi_doubles::contract::{FELICA_AREA, FELICA_BLOCK};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    CardDescriptionsTried, DescriptionSaid, ExamineReaderArguments, NumberMade, NumberShown, OtherCard,
    ReaderFinding, TryCardDescriptions, WhatWasTried,
};

const LIBRARY: &str = "name = \"図書館\"\n[felica]\nsystem = \"FE00\"\nservice = \"3A4B\"\noffset = 2\n\
                       length = 10\nencoding = \"ascii_digits\"\n";
const NW7: &str = "name = \"バーコード\"\n[wedge]\nsymbology = \"nw7\"\n";

async fn tried(at: &AtCounter, scanned: Option<&str>) -> CardDescriptionsTried {
    let scanned = scanned.map(|typed| NumberShown(typed.to_owned()));
    at.counter.try_card_descriptions(TryCardDescriptions { scanned }).await.unwrap()
}

/// The number that counts, if there is one.
fn number(tried: &CardDescriptionsTried) -> Option<&str> {
    tried.files.iter().find_map(|file| match &file.said {
        DescriptionSaid::Card { made: NumberMade::Number { number }, .. } => Some(number.0.as_str()),
        _ => None,
    })
}

fn librarys_card() -> Card {
    Card::felica([1, 0xFE, 0, 0, 0, 0, 0, 1], &[(FELICA_AREA, FELICA_BLOCK)])
}

#[tokio::test]
async fn a_file_counts_as_soon_as_it_lies_in_the_folder() {
    let shop = Shop::new();
    let at = shop.opens().await;
    assert!(tried(&at, None).await.files.is_empty());
    let folder = at.counter.make_card_descriptions_folder().await.unwrap();
    assert!(tried(&at, None).await.files.is_empty(), "examples are to be copied");
    shop.desk.put_on(READER, librarys_card());
    assert_eq!(tried(&at, None).await.tried, WhatWasTried::Card);

    std::fs::write(folder.join("library.toml"), LIBRARY).unwrap();
    assert_eq!(number(&tried(&at, None).await), Some("2900012345"));
    std::fs::write(folder.join("nw7.toml"), NW7).unwrap();
    assert_eq!(number(&tried(&at, Some("A0042B")).await), Some("0042"));

    std::fs::write(folder.join("library.toml"), "name = ").unwrap();
    let wrong = tried(&at, None).await;
    assert_eq!(number(&wrong), None);
    assert!(matches!(wrong.files[0].said, DescriptionSaid::Wrong { line: 1, .. }));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_the_files_are_shown_all_the_same() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let folder = at.counter.make_card_descriptions_folder().await.unwrap();
    std::fs::write(folder.join("library.toml"), LIBRARY).unwrap();
    assert_eq!(tried(&at, None).await.tried, WhatWasTried::Nothing);

    shop.desk.put_on(READER, Card::of(SERIAL));
    let unread = tried(&at, None).await;
    let code = match unread.tried {
        WhatWasTried::Unread { failure } => failure.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code, ErrorCode::NotFelica);
    assert_eq!(unread.files.len(), 1);
}

#[tokio::test]
async fn a_reader_that_reads_no_blocks_is_a_finding_where_a_description_wants_some() {
    let shop = Shop::new();
    let at = shop.opens().await;
    shop.desk.read_no_felica_blocks();
    shop.desk.put_on(READER, librarys_card());
    let found = async || {
        at.counter.examine_reader(ExamineReaderArguments { pin_tries: false }).await.unwrap().finding
    };
    assert_eq!(
        found().await,
        ReaderFinding::OtherCard { kind: OtherCard::Felica },
        "nobody wants its blocks"
    );
    let folder = at.counter.make_card_descriptions_folder().await.unwrap();
    std::fs::write(folder.join("library.toml"), LIBRARY).unwrap();
    assert_eq!(found().await, ReaderFinding::FelicaUnread);
}
