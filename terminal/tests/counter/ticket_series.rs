//! Several tickets in one go: each is issued once or not at all, and all that are issued come out together,
//! whatever happens in between.

use crate::cloud::Mishap;
use crate::desk_book::DeskBook;
use crate::shop::{AtCounter, READER, Shop, issue_of, made, typed_pin};
use madoguchi_doubles::Card;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{
    CardExpectation, IssueTicketArguments, IssueTicketWithPinArguments, LastOperation, OperationState,
    PrintedTicket, ResidentStep, ResidentView, TicketSeries, Visit,
};
use std::collections::HashSet;

async fn issues(at: &AtCounter, visit: &Visit, typed: &str, count: u32) -> Result<LastOperation, Failure> {
    at.counter.issue_ticket(IssueTicketArguments { count, ..issue_of(visit, typed) }).await
}

fn series(operation: &LastOperation) -> &TicketSeries {
    operation.series.as_ref().expect("it is one of several")
}

/// How many tickets the window knows of.
fn known(operation: &LastOperation) -> usize {
    let this = matches!(operation.state, OperationState::Done { .. });
    operation.series.as_ref().map_or(0, |series| series.before.len()) + usize::from(this)
}

fn printed(shop: &Shop) -> Vec<String> {
    shop.tray.tickets().iter().map(|taken| taken.ticket.number.to_string()).collect()
}

#[tokio::test]
async fn four_tickets_are_four_issues_and_one_print() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let last = issues(&at, &visit, "500", 4).await.unwrap();
    assert_eq!((last.points, series(&last).wanted, known(&last)), (500, 4, 4));
    assert_eq!((shop.cloud.calls("issue_ticket"), shop.cloud.balance()), (4, 1_000));
    let Ok(PrintedTicket::Printed { .. }) = at.prints(&last).await else { panic!("nothing came out") };
    let papers = printed(&shop);
    assert_eq!(papers.iter().collect::<HashSet<_>>().len(), 4, "each its own number: {papers:?}");
    assert_eq!(papers[3], made(&last).ticket.number.to_string(), "in the order in which they were issued");
    assert_eq!(at.prints(&last).await, Err(ErrorCode::TicketHandedOver));
    let last = at.last().await.unwrap();
    assert!(series(&last).before.iter().chain([made(&last)]).all(|made| made.handed_to_printer));
}

#[tokio::test]
async fn one_ticket_is_no_series() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    assert_eq!(issues(&at, &visit, "500", 1).await.unwrap().series, None);
}

#[tokio::test]
async fn none_and_more_than_eight_are_not_asked_for() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    for count in [0, 9, u32::MAX] {
        assert_eq!(issues(&at, &visit, "100", count).await.unwrap_err().code, ErrorCode::AmountInvalid);
    }
    assert_eq!((shop.cloud.calls("issue_ticket"), at.last().await), (0, None));
}

#[tokio::test]
async fn what_was_issued_before_a_refusal_stands_and_can_be_printed() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let last = issues(&at, &visit, "1000", 4).await.unwrap();
    assert!(matches!(last.state, OperationState::Refused { .. }), "the balance was 3,000: {:?}", last.state);
    assert_eq!((known(&last), shop.cloud.balance()), (3, 0));
    at.prints(&last).await.unwrap();
    assert_eq!(printed(&shop).len(), 3);
}

#[tokio::test]
async fn an_answer_that_is_lost_ends_in_the_right_word_for_all() {
    for (mishap, tickets) in [(Mishap::AnswerLost, 3), (Mishap::LostOnTheWay, 0)] {
        let shop = Shop::new();
        let mut at = shop.opens_registered().await;
        let visit = at.taps(&shop).await;
        shop.cloud.will("issue_ticket", mishap);
        let last = at.while_time_passes(issues(&at, &visit, "500", 3)).await.unwrap();
        assert_eq!(
            (known(&last), shop.cloud.desk(|desk| desk.fates().len())),
            (tickets, tickets),
            "{mishap:?}"
        );
    }
}

#[tokio::test]
async fn with_a_pin_the_card_signs_each_and_one_that_is_taken_away_ends_it() {
    let shop = Shop::new();
    shop.cloud.holds(9_000);
    let mut at = shop.opens_registered().await;
    at.counter.expect_card(CardExpectation::NextCard).await.unwrap();
    shop.desk.put_on(READER, Card::of(crate::cloud::SERIAL));
    let visit = at.hears_visit().await;
    let IssueTicketArguments { visit, part, last_day, .. } = issue_of(&visit, "4000");
    let asked = |pin| IssueTicketWithPinArguments {
        visit,
        part: part.clone(),
        last_day,
        count: 3,
        pin: typed_pin(pin, false),
    };
    let wrong = at.counter.issue_ticket_with_pin(asked("0000")).await.unwrap_err();
    assert_eq!(
        (wrong.code, shop.cloud.balance()),
        (ErrorCode::WrongPin, 9_000),
        "one try, and nothing issued"
    );
    let last = at.counter.issue_ticket_with_pin(asked("1234")).await.unwrap();
    assert!(matches!(last.state, OperationState::Refused { .. }), "twice 4,000 of 9,000: {:?}", last.state);
    assert_eq!((known(&last), shop.cloud.balance()), (2, 1_000));
}

#[tokio::test]
async fn the_resident_sees_what_it_came_to() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let last = issues(&at, &visit, "500", 4).await.unwrap();
    at.counter.show_resident(ResidentStep::Done { key: last.key }).await.unwrap();
    let ResidentView::Done { sums, .. } = at.counter.resident_screen().view else {
        panic!("the end is shown")
    };
    assert_eq!((sums[0].before, sums[0].points, sums[0].after), (3_000, 2_000, 1_000));
}

/// Whatever moment the power is cut at: every ticket that was issued is known afterwards, its paper can be had,
/// and no number is printed twice.
#[tokio::test]
async fn the_power_is_cut_at_every_write_of_a_series() {
    let mut issued = HashSet::new();
    for moments in 0..24 {
        let mut shop = Shop::new();
        drop(shop.opens_registered().await);
        shop.power = moments;
        let mut at = shop.opens().await;
        at.hears_registered_or_is().await;
        let visit = at.taps(&shop).await;
        if let Ok(last) = at.while_time_passes(issues(&at, &visit, "500", 3)).await {
            let _ = at.prints(&last).await;
        }
        shop.closes(at).await;
        let (before, came_out) = (shop.cloud.desk(DeskBook::fates).len(), printed(&shop).len());

        shop.power = i64::MAX;
        let mut at = shop.opens().await;
        let last = match at.last().await {
            Some(last) if last.state == OperationState::Checking => Some(at.hears_fate().await),
            last => last,
        };
        assert_eq!(last.as_ref().map_or(0, known), before, "{moments}");
        issued.insert((before, came_out));
        let Some(last) = last.filter(|last| known(last) > 0) else { continue };
        match at.prints(&last).await {
            Ok(_) => assert_eq!((came_out, printed(&shop).len()), (0, before), "{moments}"),
            Err(code) => {
                assert_eq!(code, ErrorCode::TicketHandedOver, "{moments}");
                assert!(series(&last).before.iter().all(|made| made.handed_to_printer), "{moments}");
            }
        }
        let numbers = printed(&shop);
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len(), "twice ({moments})");
    }
    for end in [(0, 0), (1, 0), (2, 0), (3, 0), (3, 3)] {
        assert!(issued.contains(&end), "{end:?} was not met: {issued:?}");
    }
}
