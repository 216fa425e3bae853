//! The day close: numbered, never changed, printed as often as it is wanted.

use crate::cloud::Mishap;
use crate::shop::{AtCounter, Shop};
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::PaperFault;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{DayClose, OperationKind};
use madoguchi_wire::window::{DayCloseNamed, LastOperation, OperationState, PrintedPaper};

fn closed(operation: &LastOperation) -> &DayClose {
    match &operation.state {
        OperationState::Done { day_close: Some(close), .. } => close,
        other => panic!("no close: {other:?}"),
    }
}

async fn prints(at: &AtCounter, number: u32) -> Result<u32, ErrorCode> {
    match at.counter.print_day_close(DayCloseNamed { number }).await {
        Ok(
            PrintedPaper::File { printed, .. }
            | PrintedPaper::Queue { printed, .. }
            | PrintedPaper::Paper { printed, .. },
        ) => Ok(printed),
        Err(failure) => Err(failure.code),
    }
}

fn lines(shop: &Shop, paper: usize) -> String {
    shop.tray.papers()[paper].lines.iter().flat_map(PaperLine::texts).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_day_is_looked_at_closed_and_printed_and_the_second_paper_says_so() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    at.issues(&visit, "1000").await.unwrap();
    let preview = at.counter.preview_day().await.unwrap();
    assert_eq!((preview.number, preview.lines[0].points), (0, 1_000));

    let operation = at.counter.close_day().await.unwrap();
    assert_eq!((operation.kind, operation.points), (OperationKind::CloseDay, 0));
    assert_eq!(closed(&operation).number, 1);
    assert_eq!((prints(&at, 1).await, prints(&at, 1).await), (Ok(1), Ok(2)));
    assert!(!lines(&shop, 0).contains("再印刷"));
    assert!(lines(&shop, 1).contains("再印刷（1回目）"), "{}", lines(&shop, 1));

    shop.closes(at).await;
    let at = shop.opens().await;
    let closes = at.counter.list_day_closes().await.unwrap();
    assert_eq!((closes.len(), closes[0].close.number, closes[0].printed), (1, 1, 2));
    assert_eq!(prints(&at, 1).await, Ok(3));
    assert_eq!(prints(&at, 7).await, Err(ErrorCode::UnknownOperation));
}

#[tokio::test]
async fn a_paper_that_surely_did_not_come_out_is_not_counted() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    at.counter.close_day().await.unwrap();
    shop.tray.refuse(Some(PaperFault::PaperOut));
    assert_eq!(prints(&at, 1).await, Err(ErrorCode::PaperOut));
    shop.tray.refuse(Some(PaperFault::CutShort));
    assert_eq!(prints(&at, 1).await, Err(ErrorCode::PaperIncomplete));
    shop.tray.refuse(None);
    assert_eq!(prints(&at, 1).await, Ok(2), "the one that may have come out counts");
}

#[tokio::test]
async fn a_close_whose_answer_is_lost_is_one_close_and_told_at_the_next_start() {
    let shop = Shop::new();
    let at = shop.opens_registered().await;
    shop.cloud.will("close_day", Mishap::AnswerLost);
    let told = at.while_time_passes(at.counter.close_day()).await.unwrap();
    assert_eq!(closed(&told).number, 1);
    shop.closes(at).await;
    let at = shop.opens().await;
    let last = at.last().await.unwrap();
    assert_eq!((last.kind, closed(&last).number, last.acknowledged), (OperationKind::CloseDay, 1, false));
    assert_eq!(shop.cloud.desk(|desk| desk.closes().len()), 1);
}
