//! The paper of an operation, on the screen and printed.

use crate::shop::Shop;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::PaperFault;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{OperationNamed, PaperLineKind, PrintedPaper};

fn counts(paper: &PrintedPaper) -> u32 {
    match paper {
        PrintedPaper::File { printed, .. }
        | PrintedPaper::Queue { printed, .. }
        | PrintedPaper::Paper { printed, .. } => *printed,
    }
}

#[tokio::test]
async fn a_receipt_is_shown_printed_and_printed_again_as_a_reprint() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "1500").await.unwrap().key;
    let named = || OperationNamed { key };

    let preview = at.counter.preview_receipt(named()).await.unwrap();
    assert_eq!(preview.printed, 0);
    let pairs: Vec<_> = preview
        .lines
        .iter()
        .filter(|line| line.kind == PaperLineKind::LargePair)
        .filter_map(|line| line.value.clone())
        .collect();
    assert_eq!(pairs, ["−1,500"]);

    assert_eq!(counts(&at.counter.print_receipt(named()).await.unwrap()), 1);
    assert_eq!(counts(&at.counter.print_receipt(named()).await.unwrap()), 2);
    let papers = shop.tray.papers();
    let is_marked = |paper: usize| {
        papers[paper]
            .lines
            .iter()
            .any(|line| matches!(line, PaperLine::Boxed(mark) if mark.contains("再発行")))
    };
    assert_eq!((is_marked(0), is_marked(1)), (false, true));
    assert_eq!(papers[0].title, "receipt-20261120-1");
}

#[tokio::test]
async fn a_paper_that_did_not_come_out_is_not_counted() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "1500").await.unwrap().key;
    for (fault, code, counted) in [
        (PaperFault::NotWritten("/full".into()), ErrorCode::PaperNotWritten, 0),
        (PaperFault::MissingCharacters(vec!['𠮷']), ErrorCode::CharactersMissing, 0),
        (PaperFault::NoFont, ErrorCode::FontMissing, 0),
        (PaperFault::NoPrintingSystem, ErrorCode::PrintingServiceStopped, 0),
        (PaperFault::QueueGone("counter".into()), ErrorCode::PrinterUnknown, 0),
        (PaperFault::QueuePaused("counter".into()), ErrorCode::PrinterPaused, 0),
        (PaperFault::QueueRefused("counter".into()), ErrorCode::PrinterRefused, 0),
        (PaperFault::PrinterGone("counter".into()), ErrorCode::PrinterUnreachable, 0),
        (PaperFault::PaperOut, ErrorCode::PaperOut, 0),
        (PaperFault::CoverOpen, ErrorCode::PrinterCoverOpen, 0),
        (PaperFault::PrinterStopped, ErrorCode::PrinterStopped, 0),
        (PaperFault::QueueSilent("counter".into()), ErrorCode::PrinterSilent, 1),
        (PaperFault::CutShort, ErrorCode::PaperIncomplete, 2),
    ] {
        shop.tray.refuse(Some(fault.clone()));
        let failure = at.counter.print_receipt(OperationNamed { key }).await.unwrap_err();
        let printed = at.counter.preview_receipt(OperationNamed { key }).await.unwrap().printed;
        assert_eq!((failure.code, printed), (code, counted), "{fault:?}");
    }
    shop.tray.refuse(None);
    assert_eq!(counts(&at.counter.print_receipt(OperationNamed { key }).await.unwrap()), 3);
}

#[tokio::test]
async fn a_refused_use_has_no_receipt() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "3001").await.unwrap().key;
    let failure = at.counter.print_receipt(OperationNamed { key }).await.unwrap_err();
    assert_eq!(failure.code, ErrorCode::UnknownOperation);
    assert!(shop.tray.papers().is_empty());
}
