//! Row B4: a new card of a known person is taken over at its first use, whatever that is, and once.

use crate::actors::{Resident, Town};
use jiff::Timestamp;
use madoguchi_cloud::database::params;
use madoguchi_cloud::identity::authority::Renewal;
use madoguchi_cloud::identity::certificate::CertificateFile;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_wire::failure::ErrorCode;

const LIBRARY: &str = "140001";

fn certificate(serial: &str) -> CertificateFile {
    let instant = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
    CertificateFile {
        name: CertificateName { issuer_der: b"\x30\x0bO=JPKI-like".to_vec(), serial: serial.to_owned() },
        not_before_ms: instant("2025-01-01T00:00:00Z"),
        not_after_ms: instant("2030-01-01T00:00:00Z"),
    }
}

fn follows(new: &str, old: &str) -> Renewal {
    Renewal { certificate: certificate(new), predecessor: certificate(old).name, signing: None }
}

fn with_card(resident: &Resident, serial: &str) -> Resident {
    Resident { card: certificate(serial).name, ..resident.clone() }
}

#[tokio::test]
async fn points_and_service_ids_go_with_the_person_to_the_new_card() {
    let town = Town::where_cards_are_renewed(vec![follows("0b", "0a")]).await;
    let before = town.resident_of(certificate("0a")).await;
    town.gives(&before, town.kawasaki_points(), 3_000, None).await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    library.registers_number("1").for_the(&before).await;
    let shop = town.greengrocer().await.at_work().await;
    let now = with_card(&before, "0b");
    assert_eq!(shop.visit(&now).await.accounts[0].balance, 3_000);
    assert_eq!(library.number_of(&now).await.as_deref(), Some("1"));
    assert_eq!(shop.looks_up(&before).await.code(), (404, ErrorCode::CardRenewed), "the old one ends");
}

#[tokio::test]
async fn the_library_may_be_the_first_to_see_it_and_history_is_kept() {
    let town = Town::where_cards_are_renewed(vec![follows("0b", "0a")]).await;
    let before = town.resident_of(certificate("0a")).await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    library.registers_number("1").for_the(&before).await;
    let now = with_card(&before, "0b");
    for _ in 0..2 {
        assert_eq!(library.number_of(&now).await.as_deref(), Some("1"));
    }
    let at_ms = town.cloud.clock.now_ms();
    let ends: Vec<(String, Option<i64>, Option<i64>)> = town
        .cloud
        .database
        .read(|read| {
            read.query_all(
                "select serial, from_ms, until_ms from certificate order by serial",
                params![],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .await
        .unwrap();
    assert_eq!(ends, [("0a".to_owned(), None, Some(at_ms)), ("0b".to_owned(), Some(at_ms), None)]);
}

#[tokio::test]
async fn two_counters_that_see_it_first_at_once_both_find_its_owner() {
    let town = Town::where_cards_are_renewed(vec![follows("0b", "0a")]).await;
    let before = town.resident_of(certificate("0a")).await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    let now = with_card(&before, "0b");
    let (first, other) = tokio::join!(library.number_of(&now), second.number_of(&now));
    assert_eq!((first, other), (None, None));
}

#[tokio::test]
async fn cards_that_were_never_shown_in_between_are_stepped_over() {
    let town = Town::where_cards_are_renewed(vec![follows("0b", "0a"), follows("0c", "0b")]).await;
    let first = town.resident_of(certificate("0a")).await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    library.registers_number("1").for_the(&first).await;
    assert_eq!(library.number_of(&with_card(&first, "0c")).await.as_deref(), Some("1"));
    let between = library.looks_up_service_id(&with_card(&first, "0b")).await;
    assert_eq!(between.code(), (404, ErrorCode::CardWithoutMykeyId), "it was replaced before it was shown");
}

#[tokio::test]
async fn a_card_that_follows_nobody_known_or_only_itself_leads_to_nobody() {
    let town = Town::where_cards_are_renewed(vec![follows("0b", "ee"), follows("0c", "0c")]).await;
    let somebody = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    for serial in ["0b", "0c", "0d"] {
        let reply = library.looks_up_service_id(&with_card(&somebody, serial)).await;
        assert_eq!(reply.code(), (404, ErrorCode::CardWithoutMykeyId), "{serial}");
    }
}

#[tokio::test]
async fn without_an_authority_to_ask_a_new_card_leads_to_nobody() {
    let town = Town::open().await;
    let before = town.resident_of(certificate("0a")).await;
    let shop = town.greengrocer().await.at_work().await;
    assert_eq!(shop.looks_up(&with_card(&before, "0b")).await.code(), (404, ErrorCode::CardWithoutMykeyId));
}
