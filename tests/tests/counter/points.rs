//! Points at the counter, as the books see them.

use crate::counter::{FIRST, Pc, SECOND, is_done, refusal};
use crate::town::Town;
use madoguchi_domain::day::{business_date, from_millis};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{OperationNamed, OperationState, Period, PrintedPaper};

#[tokio::test(flavor = "multi_thread")]
async fn a_use_its_receipt_its_void_and_the_days_list() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let mut at = pc.opens_in(&town).await;
    let profile = at.registers(FIRST).await.unwrap();
    assert_eq!(profile.site_name, "やまだ八百屋");

    let visit = at.taps("hanako").await;
    assert_eq!((visit.masked_mykey_id.as_str(), visit.accounts[0].balance), ("MY****56", 3_000));
    let used = at.uses(&visit, &["１，５００"]).await.unwrap();
    let OperationState::Done { accounts, .. } = &used.state else { panic!("{:?}", used.state) };
    assert_eq!((accounts[0].before, accounts[0].after), (3_000, 1_500));

    let printed = at.counter.print_receipt(OperationNamed { key: used.key }).await.unwrap();
    assert!(matches!(printed, PrintedPaper::File { printed: 1, .. }));
    assert_eq!(pc.tray().papers().len(), 1);

    let voided = at.counter.void_use(OperationNamed { key: used.key }).await.unwrap();
    assert!(is_done(&voided));
    let again = at.counter.void_use(OperationNamed { key: used.key }).await.unwrap();
    assert_eq!(refusal(&again), Some(ErrorCode::AlreadyVoided));
    assert_eq!(at.taps("hanako").await.accounts[0].balance, 3_000);

    let day = at.counter.list_operations().await.unwrap();
    assert_eq!((day.uses, day.voids, day.points), (1, 1, 0));
    let today = business_date(from_millis(used.at_ms).unwrap());
    let statement = at.counter.site_statement(Period { from: today, to: today }).await.unwrap();
    assert!(statement.lines.is_empty(), "a voided use is in no statement");
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_use_takes_from_several_accounts_and_two_books() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let mut at = pc.opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    let visit = at.taps("taro").await;
    let balances: Vec<i64> = visit.accounts.iter().map(|account| account.balance).collect();
    let mut sorted = balances.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [500, 800, 12_000]);
    let used = at.uses(&visit, &["100", "20", "3"]).await.unwrap();
    let OperationState::Done { accounts, .. } = &used.state else { panic!("{:?}", used.state) };
    assert_eq!(accounts.iter().map(|moved| moved.points).collect::<Vec<_>>(), [100, 20, 3]);
    assert_eq!(used.points, 123);
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clouds_refusals_are_told_in_its_figures() {
    let town = Town::open().await;
    let pc = Pc::named("first");
    let mut at = pc.opens_in(&town).await;
    at.registers(FIRST).await.unwrap();
    let rich = at.taps("taro").await;
    let over = at.uses(&rich, &["3001"]).await.unwrap();
    let OperationState::Refused { failure } = &over.state else { panic!("{:?}", over.state) };
    assert!(failure.what.ja.contains("1回 3,000ポイント"), "{}", failure.what.ja);
    let visit = at.taps("hanako").await;
    assert!(is_done(&at.uses(&visit, &["2999"]).await.unwrap()));
    let visit = at.taps("hanako").await;
    let short = at.uses(&visit, &["2"]).await.unwrap();
    assert_eq!(refusal(&short), Some(ErrorCode::Insufficient));
    assert!(is_done(&at.uses(&visit, &["1"]).await.unwrap()));
    assert_eq!(at.taps_in_vain("ichiro").await, ErrorCode::CardWithoutMykeyId);
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_terminals_one_person_one_balance_at_once() {
    let town = Town::open().await;
    let (one, other) = (Pc::named("first"), Pc::named("second"));
    let mut at_one = one.opens_in(&town).await;
    let mut at_other = other.opens_in(&town).await;
    at_one.registers(FIRST).await.unwrap();
    at_other.registers(SECOND).await.unwrap();
    let visit_one = at_one.taps("hanako").await;
    let visit_other = at_other.taps("hanako").await;
    let (first, second) =
        tokio::join!(at_one.uses(&visit_one, &["2000"]), at_other.uses(&visit_other, &["2000"]));
    let outcomes = [first.unwrap(), second.unwrap()];
    assert_eq!(outcomes.iter().filter(|used| is_done(used)).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().find_map(refusal), Some(ErrorCode::Insufficient));
    assert!(town.books_are_right().await);
}
