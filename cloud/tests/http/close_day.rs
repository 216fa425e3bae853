//! `close_day`, `preview_day`, `list_day_closes`: numbered, never changed, reprintable.

use crate::actors::{Terminal, Town, a_key};
use madoguchi_cloud::database::params;
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_cloud::ledger::day_close_paper;
use madoguchi_domain::ledger::{Actor, Answer, Asked, CloseDay, Request, RequestHash};
use madoguchi_domain::ticket::TicketState;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{DayClose, OperationKind, Refusal};
use serde_json::json;

/// Kind, currency, count and points of each line.
fn lines(close: &DayClose) -> Vec<(OperationKind, &str, u32, i64)> {
    close.lines.iter().map(|line| (line.kind, line.currency.as_str(), line.count, line.points)).collect()
}

/// Currency, state, count and points of each line about tickets.
fn tickets(close: &DayClose) -> Vec<(&str, TicketState, u32, i64)> {
    close.tickets.iter().map(|line| (line.currency.as_str(), line.state, line.count, line.points)).collect()
}

#[tokio::test]
async fn a_close_counts_what_the_terminal_did_since_the_one_before() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    town.gives(&hanako, town.sora_points(), 500, None).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let (chamber, shop) = (town.chamber().await.at_work().await, town.greengrocer().await.at_work().await);
    let (first, second) = (chamber.ticket(1_000, &hanako).await, chamber.ticket(200, &hanako).await);
    chamber.voids_ticket(second.ticket.number).await.done();
    let new = chamber.reissues(first.ticket.number).await.done().ticket.unwrap();
    chamber.issues(300).of(town.sora_points()).to(&hanako).await.done();
    let clearing = a_key();
    chamber.clears(&new.code).for_site(site).under(clearing).now().await.done();
    chamber.takes_back(clearing).await.done();
    shop.uses(100).from(&hanako).await.done();
    let expected = [
        (OperationKind::IssueTicket, "川崎市ポイント", 2, 1_200),
        (OperationKind::IssueTicket, "宙フェスポイント", 1, 300),
        (OperationKind::ReissueTicket, "川崎市ポイント", 1, 1_000),
        (OperationKind::VoidTicket, "川崎市ポイント", 1, 200),
        (OperationKind::ClearTicket, "川崎市ポイント", 1, 1_000),
        (OperationKind::UnclearTicket, "川崎市ポイント", 1, 1_000),
    ];
    let preview = chamber.previews_day().await;
    assert_eq!((preview.number, preview.since_ms, lines(&preview)), (0, None, expected.to_vec()));
    let by_state = [
        ("川崎市ポイント", TicketState::Open, 1, 1_000),
        ("川崎市ポイント", TicketState::Reissued, 1, 1_000),
        ("川崎市ポイント", TicketState::Voided, 1, 200),
        ("宙フェスポイント", TicketState::Open, 1, 300),
    ];
    assert_eq!(tickets(&preview), by_state, "each number that was made, the one taken back is open again");
    let done = chamber.closes_day().await.done();
    assert_eq!(done.kind, OperationKind::CloseDay);
    let close = done.day_close.unwrap();
    assert_eq!((close.number, close.date.to_string().as_str(), close.at_ms), (1, "2026-11-20", done.at_ms));
    assert_eq!((lines(&close), tickets(&close)), (expected.to_vec(), by_state.to_vec()));
    assert_eq!(close.head.len(), 64);
    assert!(chamber.previews_day().await.lines.is_empty());
    let of_the_shop = shop.previews_day().await;
    assert_eq!(lines(&of_the_shop), [(OperationKind::Use, "川崎市ポイント", 1, 100)]);
    town.seconds_pass(60);
    chamber.ticket(50, &hanako).await;
    let second = chamber.closes_day().await.done().day_close.unwrap();
    assert_eq!((second.number, second.since_ms), (2, Some(close.at_ms)));
    assert_eq!(lines(&second), [(OperationKind::IssueTicket, "川崎市ポイント", 1, 50)]);
    assert_eq!(chamber.day_closes().await, [second, close]);
    assert_eq!(violations(&town).await, Vec::<String>::new(), "the books agree with what was said");
}

#[tokio::test]
async fn a_close_says_what_had_become_of_its_tickets_by_then_and_not_later() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let site = town.takes_tickets("やまだ八百屋").await;
    let mut chamber = town.chamber().await.at_work().await;
    let last_day = "2026-11-20".parse().unwrap();
    let cleared = chamber.ticket(100, &hanako).await;
    let later = chamber.ticket(200, &hanako).await;
    chamber.issues(300).until(last_day).to(&hanako).await.done();
    chamber.clears(&cleared.code).for_site(site).now().await.done();
    town.it_is("2026-11-21T09:00:00+09:00");
    chamber.begins_the_day().await;
    closes_without_hearing_of_it(&town, &chamber).await;
    town.seconds_pass(60);
    chamber.clears(&later.code).for_site(site).now().await.done();
    let close = chamber.day_closes().await.remove(0);
    let by_then = [
        ("川崎市ポイント", TicketState::Open, 1, 200),
        ("川崎市ポイント", TicketState::Cleared, 1, 100),
        ("川崎市ポイント", TicketState::Lapsed, 1, 300),
    ];
    assert_eq!(tickets(&close), by_then);
    assert_eq!(violations(&town).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_close_said_is_neither_changed_nor_deleted_and_a_wrong_paper_is_found() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    chamber.ticket(100, &hanako).await;
    let close = chamber.closes_day().await.done().day_close.unwrap();
    for damage in ["update day_close_paper set paper = '{}'", "delete from day_close_paper"] {
        let damaged = town.cloud.database.write(move |write| write.execute(damage, params![])).await;
        assert!(damaged.is_err(), "{damage}");
    }
    assert_eq!(chamber.day_closes().await, std::slice::from_ref(&close));
    for (number, wrong) in [
        (2, DayClose { lines: Vec::new(), ..close.clone() }),
        (3, DayClose { tickets: Vec::new(), lines: Vec::new(), since_ms: None, ..close.clone() }),
    ] {
        closes_without_hearing_of_it(&town, &chamber).await;
        keeps(&town, &chamber, &DayClose { number, ..wrong }).await;
    }
    let found = violations(&town).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("I11 ") && one.contains("did not happen")), "{found:?}");
    keeps(&town, &chamber, &DayClose { number: 9, ..close }).await;
    let found = violations(&town).await;
    assert!(found.len() == 3 && found[2].contains("nobody closed a day"), "{found:?}");
}

/// The day is closed, and the line breaks before anybody has drawn what it says.
async fn closes_without_hearing_of_it(town: &Town, terminal: &Terminal) {
    let site = town.site("みなみ商工会").await;
    let close = Request {
        actor: Actor::Terminal(terminal.id),
        home: town.kawasaki_points().book,
        key: a_key(),
        hash: RequestHash::of([b"close_day".as_slice()]),
        asked: Asked::CloseDay(CloseDay { site }),
    };
    let posted = town.cloud.ledger.post(close).await.unwrap();
    assert!(matches!(posted.answer, Answer::Done(_)), "{posted:?}");
}

/// Somebody says something else of a close before it is drawn.
async fn keeps(town: &Town, terminal: &Terminal, close: &DayClose) {
    let (home, id, number) = (town.kawasaki_points().book, terminal.id, close.number);
    let paper = serde_json::to_string(close).unwrap();
    town.write(move |write| Ok(day_close_paper::keep(write, home, id, number, &paper)?)).await;
}

async fn violations(town: &Town) -> Vec<String> {
    let report = town.cloud.database.read(check_books).await.unwrap();
    report.violations.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_close_stays_as_it_was_said_whatever_is_called_otherwise_later() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    chamber.ticket(100, &hanako).await;
    let key = a_key();
    let first = chamber.closes_day_under(key).await.done();
    town.write(|write| {
        write.execute("update currency set name = 'かわさきコイン' where number = 1", params![])?;
        Ok(())
    })
    .await;
    chamber.ticket(100, &hanako).await;
    assert_eq!(chamber.closes_day_under(key).await.done(), first, "pressed twice it is one close");
    assert_eq!(chamber.resolves(key).await.done(), first);
    assert_eq!(chamber.day_closes().await, [first.day_close.unwrap()]);
}

#[tokio::test]
async fn a_close_whose_answer_was_lost_before_it_was_drawn_is_drawn_when_it_is_asked_for() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let chamber = town.chamber().await.at_work().await;
    chamber.ticket(100, &hanako).await;
    let preview = chamber.previews_day().await;
    closes_without_hearing_of_it(&town, &chamber).await;
    chamber.ticket(200, &hanako).await;
    let drawn = chamber.day_closes().await;
    assert_eq!((drawn.len(), drawn[0].number, lines(&drawn[0])), (1, 1, lines(&preview)));
    assert_eq!(tickets(&drawn[0]), tickets(&preview));
    assert_eq!(chamber.day_closes().await, drawn, "and stays as it was drawn first");
}

#[tokio::test]
async fn a_use_before_a_close_is_not_voided_any_more() {
    let town = Town::open().await;
    let hanako = town.resident_with(3_000).await;
    let shop = town.greengrocer().await.at_work().await;
    let (before, after) = (a_key(), a_key());
    shop.uses(100).under(before).from(&hanako).await.done();
    shop.closes_day().await.done();
    shop.uses(200).under(after).from(&hanako).await.done();
    let listed: madoguchi_wire::terminal_api::ListOperationsAnswer =
        shop.post("list_operations", &json!({})).await.ok();
    let voidable: Vec<_> =
        listed.operations.iter().filter(|operation| operation.can_be_voided).map(|o| o.key).collect();
    assert_eq!(voidable, [after]);
    assert_eq!(shop.voids(before).await.refused(), Refusal::DayClosed { number: 1 });
    shop.voids(after).await.done();
}

#[tokio::test]
async fn closing_needs_a_function_about_points_and_somebody_signed_in() {
    let town = Town::open().await;
    let mut shop = town.greengrocer().await.at_work().await;
    town.it_is("2026-11-21T00:00:00+09:00");
    shop.goes_on().await;
    assert_eq!(shop.closes_day().await.code(), (401, ErrorCode::SignInNeeded));
}
