//! A paired program asks for a card.

use super::library::{Library, said};
use crate::town::card_of;
use madoguchi_wire::window::{CardExpectation, CardState, Notice, PairingNamed, RegisterServiceIdArguments};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn the_card_on_the_reader_becomes_the_librarys_number() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.puts_on("taro");
    assert_eq!(
        program.reads(10).await,
        (200, json!({ "result": "customer_number", "number": "0012345678" }))
    );
    let shown = library.at.counter.look_at_bridge().await.unwrap();
    assert_eq!(shown.pairings.len(), 1);
    assert!(shown.pairings[0].last_asked_at_ms.is_some(), "the clerk sees when it asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_waits_for_the_next_card() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let reading = program.begins_to_read(60);
    library.waits_for(1).await;
    library.puts_on("taro");
    assert_eq!(reading.await.unwrap().1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leads_to_no_number_is_told_apart() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    assert_eq!(program.reads(1).await, (200, json!({ "result": "no_card_in_time" })));
    library.puts_on("hanako");
    assert_eq!(program.reads(10).await, (200, json!({ "result": "not_registered" })));
    library.takes_off();
    library.at.desk.hold();
    library.puts_on("taro");
    let reading = program.begins_to_read(10);
    tokio::task::block_in_place(|| library.at.desk.wait_for_a_reading());
    library.takes_off();
    assert_eq!(reading.await.unwrap(), (200, json!({ "result": "card_removed" })));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_cards_the_one_put_on_last_is_told_and_then_the_one_that_still_lies_there() {
    let told = |resident| match resident {
        "taro" => json!({ "result": "customer_number", "number": "0012345678" }),
        _ => json!({ "result": "not_registered" }),
    };
    for (first, last) in [("hanako", "taro"), ("taro", "hanako")] {
        let library = Library::opens().await;
        let program = library.pairs("図書館システム", None).await;
        library.at.desk.attach("second reader");
        library.puts_on(first);
        library.sees_cards(1).await;
        library.at.desk.put_on("second reader", card_of(last));
        library.sees_cards(2).await;
        assert_eq!(program.reads(10).await, (200, told(last)));
        library.at.desk.take_off("second reader");
        library.sees_cards(1).await;
        assert_eq!(program.reads(10).await, (200, told(first)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_can_be_cancelled_and_one_program_cancels_no_others() {
    let library = Library::opens().await;
    let (one, other) = (library.pairs("one", None).await, library.pairs("other", None).await);
    let (of_one, of_other) = (one.begins_to_read(60), other.begins_to_read(60));
    library.waits_for(2).await;
    let cancelled = one.request(Method::POST, "/v1/cancel_reads").json(&json!({})).send().await.unwrap();
    assert_eq!(said(cancelled).await, (200, json!({ "cancelled": 1 })));
    assert_eq!(of_one.await.unwrap().1, json!({ "result": "cancelled" }));
    library.puts_on("taro");
    assert_eq!(of_other.await.unwrap().1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_goes_away_leaves_its_place_in_the_line() {
    let library = Library::opens().await;
    let (gone, next) = (library.pairs("gone", None).await, library.pairs("next", None).await);
    let first = gone.begins_to_read(120);
    library.waits_for(1).await;
    let second = next.begins_to_read(60);
    library.waits_for(2).await;
    first.abort();
    library.waits_for(1).await;
    library.puts_on("taro");
    assert_eq!(second.await.unwrap().1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clerks_own_reading_comes_first_and_the_program_is_served_after_it() {
    let mut library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let reading = program.begins_to_read(60);
    library.waits_for(1).await;
    library.at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
    library.at.desk.hold();
    library.puts_on("taro");
    let begun = |notice| matches!(notice, Notice::Card(CardState::Reading)).then_some(());
    library.at.hears(begun).await;
    assert!(!reading.is_finished(), "the clerk's goes on");
    library.at.desk.let_go();
    let found = library
        .at
        .hears(|notice| match notice {
            Notice::Card(CardState::ServiceIdRead { found }) => Some(found),
            _ => None,
        })
        .await;
    assert_eq!(found.number.as_deref(), Some("0012345678"));
    assert_eq!(tokio::time::timeout(LIMIT, reading).await.unwrap().unwrap().1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaired_program_is_cut_off_also_while_it_waits() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let reading = program.begins_to_read(60);
    library.waits_for(1).await;
    let shown = library.at.counter.look_at_bridge().await.unwrap();
    let named = PairingNamed { pairing: shown.pairings[0].pairing };
    assert!(library.at.counter.unpair(named).await.unwrap().pairings.is_empty());
    assert_eq!(reading.await.unwrap().1, json!({ "result": "cancelled" }));
    let (status, problem) = program.reads(1).await;
    assert_eq!((status, &problem["code"]), (401, &json!("program_not_paired")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_asks_all_the_time_is_slowed_and_the_clerk_is_not() {
    let mut library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.puts_on("taro");
    let mut refused = 0;
    for _ in 0..12 {
        let asked: Vec<_> = (0..20).map(|_| program.begins_to_read(1)).collect();
        for answer in asked {
            let (status, body) = answer.await.unwrap();
            assert!([200, 429].contains(&status), "{status} {body}");
            refused += usize::from(status == 429);
        }
    }
    assert!(refused > 100, "{refused} of 240");
    // The cloud still looks this terminal's cards up for the clerk.
    library.at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
    let read = library
        .at
        .hears(|notice| match notice {
            Notice::Card(CardState::ServiceIdRead { .. }) => Some(Ok(())),
            Notice::Card(CardState::Failed { failure }) => Some(Err(failure.code)),
            _ => None,
        })
        .await;
    assert_eq!(read, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_at_once_of_one_program_take_nothing_from_another() {
    let library = Library::opens().await;
    let (busy, other) = (library.pairs("busy", None).await, library.pairs("other", None).await);
    library.puts_on("taro");
    let calls = (0..1_000).map(|_| {
        let call = busy.request(Method::POST, "/v1/cancel_reads").json(&json!({}));
        tokio::spawn(async move { said(call.send().await.unwrap()).await })
    });
    let calls: Vec<_> = calls.collect();
    assert_eq!(other.reads(30).await.1["number"], "0012345678", "in their midst");
    let mut refused = 0;
    for call in calls {
        let (status, body) = call.await.unwrap();
        assert!([200, 429].contains(&status), "{status} {body}");
        refused += usize::from(status == 429);
    }
    assert!(refused > 500, "{refused} of 1,000");
    assert_eq!(other.reads(30).await.1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_while_it_waits_leaves_its_place_in_the_line() {
    let library = Library::opens().await;
    let (killed, next) = (library.pairs("killed", None).await, library.pairs("next", None).await);
    let mut curl = tokio::process::Command::new("curl")
        .args(["--silent", "--json", r#"{"wait_s":120}"#])
        .args(["--header", &format!("Authorization: Bearer {}", killed.token)])
        .arg(format!("http://{}/v1/read_card", killed.address()))
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    library.waits_for(1).await;
    let second = next.begins_to_read(60);
    library.waits_for(2).await;
    curl.kill().await.unwrap();
    library.waits_for(1).await;
    library.puts_on("taro");
    assert_eq!(second.await.unwrap().1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_64_characters_typed_full_width_and_with_blanks_arrives_as_it_was_understood() {
    let mut library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.at.counter.expect_card(CardExpectation::ServiceIdNow).await.unwrap();
    library.puts_on("hanako");
    let read = |notice| match notice {
        Notice::Card(CardState::ServiceIdRead { found }) => Some(found.visit),
        _ => None,
    };
    let visit = library.at.hears(read).await;
    let number = format!("{}　{}", "０１２３４５６７".repeat(4), "89 ABCDE-".repeat(4));
    let arguments = RegisterServiceIdArguments { visit, number, replaces: None };
    library.at.counter.register_service_id(arguments).await.unwrap();
    let understood = format!("{}{}", "01234567".repeat(4), "89ABCDE-".repeat(4));
    assert_eq!(understood.len(), 64);
    assert_eq!(program.reads(10).await.1["number"], understood.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waited_while_the_program_was_closed_asks_again_with_the_same_token() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let waiting = program.begins_to_read(60);
    library.waits_for(1).await;
    let library = library.opens_again().await;
    assert!(waiting.await.is_err(), "it was hung up on");
    library.puts_on("taro");
    assert_eq!(program.reads(30).await.1["number"], "0012345678");
}
