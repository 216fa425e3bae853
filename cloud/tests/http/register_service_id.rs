//! `register_service_id`: one number per provider and person, replaced only by whoever saw it.

use crate::actors::{Outcome, Resident, Terminal, Town, a_key, not_as_shown, registered};
use madoguchi_cloud::database::params;
use madoguchi_wire::failure::ErrorCode;
use serde_json::json;

const LIBRARY: &str = "140001";
const STREET: &str = "140002";

async fn a_library() -> (Town, Terminal, Resident) {
    let town = Town::open().await;
    let hanako = town.resident().await;
    let library = town.library().await.of_provider(LIBRARY).at_work().await;
    (town, library, hanako)
}

#[tokio::test]
async fn a_number_is_registered_and_shown_from_then_on() {
    let (_town, library, hanako) = a_library().await;
    assert_eq!(library.registers_number("0012345678").for_the(&hanako).await, registered("0012345678"));
    assert_eq!(library.number_of(&hanako).await.as_deref(), Some("0012345678"));
}

#[tokio::test]
async fn a_second_number_is_not_put_over_the_first_which_is_said() {
    let (_town, library, hanako) = a_library().await;
    library.registers_number("1").for_the(&hanako).await;
    assert_eq!(library.registers_number("2").for_the(&hanako).await, not_as_shown("1"));
    assert_eq!(library.number_of(&hanako).await.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_correction_replaces_exactly_what_was_shown_and_keeps_it_as_history() {
    let (town, library, hanako) = a_library().await;
    library.registers_number("1").for_the(&hanako).await;
    town.seconds_pass(60);
    let correction = library.registers_number("2").in_place_of("1");
    assert_eq!(correction.for_the(&hanako).await, registered("2"));
    let late = library.registers_number("3").in_place_of("1");
    assert_eq!(late.for_the(&hanako).await, not_as_shown("2"));
    let person = hanako.person;
    let history: Vec<(String, i64, Option<i64>)> = town
        .cloud
        .database
        .read(move |read| {
            read.query_all(
                "select number, from_ms, until_ms from service_id where person = $1 order by from_ms",
                params![person.0.as_bytes()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .await
        .unwrap();
    let numbers: Vec<_> = history.iter().map(|(number, ..)| number.as_str()).collect();
    assert_eq!(numbers, ["1", "2"]);
    assert_eq!(history[0].2, Some(history[1].1), "one ends as the next begins");
    assert_eq!(history[1].2, None);
}

#[tokio::test]
async fn a_correction_of_a_card_that_has_nothing_changes_nothing() {
    let (town, library, _) = a_library().await;
    let other = town.resident().await;
    let correction = library.registers_number("2").in_place_of("1");
    assert_eq!(correction.for_the(&other).await, Outcome::NotAsShown(None));
    assert_eq!(library.number_of(&other).await, None);
}

#[tokio::test]
async fn somebody_elses_number_is_refused_and_stays_theirs() {
    let (town, library, hanako) = a_library().await;
    let taro = town.resident().await;
    library.registers_number("1").for_the(&hanako).await;
    let refused = library.registers_number("1").asked_for(&taro).await;
    assert_eq!(
        refused.ok::<serde_json::Value>(),
        json!({ "outcome": "somebody_elses" }),
        "and whose is not said"
    );
    assert_eq!(library.number_of(&hanako).await.as_deref(), Some("1"));
    assert_eq!(library.number_of(&taro).await, None);
    library.registers_number("2").for_the(&taro).await;
    assert_eq!(library.registers_number("1").in_place_of("2").for_the(&taro).await, Outcome::SomebodyElses);
}

#[tokio::test]
async fn another_provider_may_give_the_same_number_to_another_person() {
    let (town, library, hanako) = a_library().await;
    let taro = town.resident().await;
    let baker = town.baker_of_the_street().await.of_provider(STREET).at_work().await;
    library.registers_number("1").for_the(&hanako).await;
    assert_eq!(baker.registers_number("1").for_the(&taro).await, registered("1"));
}

#[tokio::test]
async fn a_number_that_was_corrected_away_can_be_given_to_its_owner() {
    let (town, library, hanako) = a_library().await;
    let taro = town.resident().await;
    library.registers_number("1").for_the(&hanako).await;
    library.registers_number("2").in_place_of("1").for_the(&hanako).await;
    assert_eq!(library.registers_number("1").for_the(&taro).await, registered("1"));
}

#[tokio::test]
async fn a_repeated_request_has_the_effect_of_one_also_after_the_visit_is_over() {
    let (town, library, hanako) = a_library().await;
    let visit = library.service_id_visit(&hanako).await;
    let registration = library.registers_number("1").under(a_key()).during(&visit);
    assert_eq!(registration.for_the(&hanako).await, registered("1"));
    town.seconds_pass(301);
    assert_eq!(registration.for_the(&hanako).await, registered("1"));
    assert_eq!(rows(&town).await, 1);
}

#[tokio::test]
async fn a_repeated_request_does_not_undo_what_another_counter_corrected_since() {
    let (town, library, hanako) = a_library().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    library.registers_number("1").for_the(&hanako).await;
    let visit = library.service_id_visit(&hanako).await;
    let correction = library.registers_number("2").in_place_of("1").during(&visit);
    assert_eq!(correction.for_the(&hanako).await, registered("2"));
    assert_eq!(second.registers_number("1").in_place_of("2").for_the(&hanako).await, registered("1"));
    assert_eq!(correction.for_the(&hanako).await, not_as_shown("1"));
    assert_eq!(library.number_of(&hanako).await.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_key_belongs_to_one_registration() {
    let (town, library, hanako) = a_library().await;
    let taro = town.resident().await;
    let key = a_key();
    library.registers_number("1").under(key).for_the(&hanako).await;
    for reply in [
        library.registers_number("2").under(key).asked_for(&hanako).await,
        library.registers_number("1").under(key).asked_for(&taro).await,
    ] {
        assert_eq!(reply.code(), (422, ErrorCode::Malformed));
    }
}

#[tokio::test]
async fn of_two_counters_at_once_one_registers_and_the_other_is_told() {
    let (town, library, hanako) = a_library().await;
    let taro = town.resident().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    let (first, other) = (library.registers_number("1"), second.registers_number("2"));
    let (first, other) = tokio::join!(first.for_the(&hanako), other.for_the(&hanako));
    let stands = library.number_of(&hanako).await.unwrap();
    let told = [first, other];
    assert!(told.contains(&registered(&stands)) && told.contains(&not_as_shown(&stands)), "{told:?}");
    let (for_hanako, for_taro) =
        (library.registers_number("9").in_place_of(&stands), second.registers_number("9"));
    let (for_hanako, for_taro) = tokio::join!(for_hanako.for_the(&hanako), for_taro.for_the(&taro));
    let told = [for_hanako, for_taro];
    assert!(told.contains(&registered("9")) && told.contains(&Outcome::SomebodyElses), "{told:?}");
}

#[tokio::test]
async fn a_visit_is_good_here_and_for_five_minutes() {
    let (town, library, hanako) = a_library().await;
    let second = town.librarys_second().await.of_provider(LIBRARY).at_work().await;
    let visit = library.service_id_visit(&hanako).await;
    let elsewhere = second.registers_number("1").during(&visit).asked_for(&hanako).await;
    assert_eq!(elsewhere.code(), (422, ErrorCode::Malformed));
    town.seconds_pass(300);
    let late = library.registers_number("1").during(&visit).asked_for(&hanako).await;
    assert_eq!(late.code(), (410, ErrorCode::VisitExpired));
    assert_eq!(rows(&town).await, 0);
}

#[tokio::test]
async fn what_is_no_number_is_malformed() {
    let (town, library, hanako) = a_library().await;
    for number in ["", " ", "1,2", "図書", &"9".repeat(65)] {
        let reply = library.registers_number(number).asked_for(&hanako).await;
        assert_eq!(reply.code(), (422, ErrorCode::Malformed), "{number}");
    }
    let longest = "9".repeat(64);
    assert_eq!(library.registers_number(&longest).for_the(&hanako).await, registered(&longest));
    assert_eq!(rows(&town).await, 1);
}

#[tokio::test]
async fn a_terminal_without_the_function_registers_nothing() {
    let (town, library, hanako) = a_library().await;
    let shop = town.greengrocer().await.at_work().await;
    let visit = library.service_id_visit(&hanako).await;
    let reply = shop.registers_number("1").during(&visit).asked_for(&hanako).await;
    assert_eq!(reply.code(), (403, ErrorCode::FunctionNotAllowed));
}

#[tokio::test]
async fn what_was_registered_is_never_edited() {
    let (town, library, hanako) = a_library().await;
    library.registers_number("1").for_the(&hanako).await;
    for change in ["update service_id set number = '2'", "delete from service_id"] {
        let written = town.cloud.database.write(move |write| write.execute(change, params![])).await;
        assert!(written.is_err(), "{change}");
    }
}

async fn rows(town: &Town) -> i64 {
    let count = |read: &madoguchi_cloud::database::Connection| {
        read.query_row("select count(*) from service_id", params![], |row| row.get(0))
    };
    town.cloud.database.read(count).await.unwrap()
}
