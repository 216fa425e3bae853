//! A training cloud says what it is, and nothing of it is worth anything to a real one (docs/security.md 17).

use crate::actors::{SampleCard, Town};
use crate::process::{Process, prints, run, settle};
use madoguchi_domain::ticket::TicketCode;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::Refusal;
use serde_json::Value;

#[tokio::test]
async fn a_cloud_says_what_it_is_before_anybody_says_anything_to_it() {
    for (town, training) in [(Town::open().await, false), (Town::for_training().await, true)] {
        let greengrocer = town.greengrocer().await;
        assert_eq!(greengrocer.challenge().await.training, training);
        let health = town.line.http.get(format!("http://{}/health", town.line.address)).send().await.unwrap();
        let health: Value = serde_json::from_str(&health.text().await.unwrap()).unwrap();
        assert_eq!(health["training"], training);
    }
}

#[tokio::test]
async fn a_ticket_of_training_is_none_in_a_real_cloud_and_the_other_way_round() {
    let (real, training) = (Town::open().await, Town::for_training().await);
    let mut codes = Vec::new();
    for town in [&real, &training] {
        let hanako = town.resident_with(3_000).await;
        let chamber = town.chamber().await.at_work().await;
        let paper = chamber.ticket(1_000, &hanako).await;
        assert_eq!(TicketCode::scanned(&paper.code).unwrap().training, town.cloud.training);
        codes.push(paper.code);
    }
    for (town, code, refused) in [
        (&real, &codes[1], ErrorCode::TicketOfTraining),
        (&training, &codes[0], ErrorCode::TicketNotOfTraining),
    ] {
        town.takes_tickets("やまだ八百屋").await;
        let shop = town.greengrocer().await.at_work().await;
        assert_eq!(shop.clears(code).now().await.code(), (422, refused));
        assert_eq!(shop.looks_up_code(code).await.code(), (422, refused));
        // The same code under the other kind's name: its tag is made over other bytes, with another key.
        let disguised = TicketCode { training: town.cloud.training, ..TicketCode::scanned(code).unwrap() };
        let refusal = shop.clears(&disguised.to_string()).now().await.refused();
        assert!(matches!(refusal, Refusal::TicketForged | Refusal::TicketUnknown), "{refusal:?}");
    }
}

#[tokio::test]
async fn what_a_card_signs_for_points_proves_nothing_in_training() {
    let town = Town::for_training().await;
    let card = SampleCard::named("hanako");
    let hanako = town.holder_of(&card, 20_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let visit = shop.visit(&hanako).await;
    let used = shop.uses(4_000);
    let nonce = used.nonce(&visit).await;
    let signed_for_points = used.signed_by(&card, &visit, &nonce);
    assert_eq!(shop.post("use_points", &signed_for_points).await.refused(), Refusal::SignatureWrong);
}

#[tokio::test]
async fn books_are_served_as_what_they_were_founded_as_and_never_as_the_other() {
    for (first, other, said) in [
        (&["serve"][..], &["serve", "--training"][..], "these are real books"),
        (&["serve", "--training"], &["serve"], "the books of a training cloud"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        settle(folder.path());
        prints(folder.path(), &["municipality", "add", "141305", "訓練市"]);
        Process::serves_with(folder.path(), first).dies();
        let refused = run(folder.path(), other);
        assert!(!refused.status.success());
        let words = String::from_utf8_lossy(&refused.stderr);
        assert!(words.contains(said), "{words}");
        Process::serves_with(folder.path(), first).dies();
    }
}
