//! The printer: how it is, shown beside every screen, and the paper that tries it.

use crate::shop::{AtCounter, Shop};
use madoguchi_port::paper::{
    Connection, PaperFault, PaperRoll, PrintTarget, ReceiptPrinter, Sheet, SheetTarget, TicketTarget,
};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::{
    self as window, DeviceState, Notice, OperationNamed, Printer, PrinterConnection, Settings, SheetPrinter,
    TestTicket, TicketPrinter, TicketSheet,
};

fn receipt_printer(address: &str) -> Printer {
    let connection = PrinterConnection::Network { address: address.into() };
    Printer::Receipt { connection, roll: window::PaperRoll::Mm58, kanji: false }
}

async fn hears_printer(at: &mut AtCounter, wanted: Option<ErrorCode>) {
    at.hears(|notice| match notice {
        Notice::Devices(devices) => {
            let now = match &devices.printer {
                DeviceState::Ready { .. } => Some(None),
                DeviceState::Missing { failure } => Some(Some(failure.code)),
                DeviceState::Looking => None,
            };
            (now == Some(wanted)).then_some(())
        }
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn what_a_print_finds_out_stands_beside_every_screen_until_a_print_succeeds() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let key = at.uses(&visit, "1500").await.unwrap().key;
    shop.tray.refuse(Some(PaperFault::PaperOut));
    at.counter.print_receipt(OperationNamed { key }).await.unwrap_err();
    hears_printer(&mut at, Some(ErrorCode::PaperOut)).await;
    shop.tray.refuse(None);
    at.counter.print_receipt(OperationNamed { key }).await.unwrap();
    hears_printer(&mut at, None).await;
}

#[tokio::test]
async fn a_printer_that_is_not_ready_is_looked_at_until_it_is() {
    let shop = Shop::new();
    shop.tray.refuse(Some(PaperFault::QueuePaused("counter".into())));
    let mut at = shop.opens().await;
    hears_printer(&mut at, Some(ErrorCode::PrinterPaused)).await;
    shop.tray.refuse(None);
    hears_printer(&mut at, None).await;
}

#[tokio::test]
async fn a_receipt_printer_is_set_tried_and_kept() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let printer = receipt_printer("192.0.2.10:9101");
    at.counter.print_test_paper(printer.clone()).await.unwrap();
    let tried = &shop.tray.papers()[0];
    let connection = Connection::Network { host: "192.0.2.10".into(), port: 9101 };
    let expected = ReceiptPrinter { connection, roll: PaperRoll::Mm58, kanji: false };
    assert_eq!((tried.title.as_str(), &tried.target), ("test-print", &PrintTarget::Receipt(expected)));

    let before = at.counter.open_counter().await.unwrap().settings;
    assert_ne!(before.printer, printer, "trying is not choosing");
    let chosen = Settings { printer, ..before };
    at.counter.save_settings(chosen.clone()).await.unwrap();
    drop(at);
    assert_eq!(shop.opens().await.counter.open_counter().await.unwrap().settings, chosen);
}

#[tokio::test]
async fn a_trial_says_what_is_wrong() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let nowhere = at.counter.print_test_paper(receipt_printer("")).await.unwrap_err();
    assert_eq!(nowhere.code, ErrorCode::SettingsInvalid);
    shop.tray.refuse(Some(PaperFault::CoverOpen));
    let open = at.counter.print_test_paper(receipt_printer("192.0.2.10")).await.unwrap_err();
    assert_eq!(open.code, ErrorCode::PrinterCoverOpen);
}

#[tokio::test]
async fn an_address_that_is_none_is_not_kept() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let before = at.counter.open_counter().await.unwrap().settings;
    let wrong = Settings { printer: receipt_printer("printer:nine"), ..before.clone() };
    assert_eq!(at.counter.save_settings(wrong).await.unwrap_err().code, ErrorCode::SettingsInvalid);
    assert_eq!(at.counter.open_counter().await.unwrap().settings, before);
}

#[tokio::test]
async fn a_tickets_printer_is_set_tried_and_kept() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let before = at.counter.open_counter().await.unwrap().settings;
    let queue = |name: &str| TicketPrinter::Sheets {
        sheet: TicketSheet::A4,
        printer: SheetPrinter::Queue { name: name.into() },
    };
    let test = |name: &str| TestTicket { printer: before.printer.clone(), ticket_printer: queue(name) };
    at.counter.print_test_ticket(test("counter")).await.unwrap();
    let tried = &shop.tray.tickets()[0];
    assert_eq!(tried.target, TicketTarget::Sheets(Sheet::A4, SheetTarget::Queue("counter".into())));
    assert!(tried.ticket.face.training, "it says that it is none");

    let gone = at.counter.print_test_ticket(test("gone")).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::PrinterUnknown);
    assert!(gone.what.ja.contains("gone"), "the tickets' printer is named, not the receipts'");
    let nowhere = at.counter.print_test_ticket(test(" ")).await.unwrap_err();
    assert_eq!(nowhere.code, ErrorCode::SettingsInvalid);

    let chosen = Settings { ticket_printer: queue("counter"), ..before.clone() };
    at.counter.save_settings(chosen.clone()).await.unwrap();
    drop(at);
    assert_eq!(shop.opens().await.counter.open_counter().await.unwrap().settings, chosen);
}
