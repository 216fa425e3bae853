//! The issuing desk: a ticket is issued once or not at all, and its number goes to a printer once or not at
//! all, whatever happens in between.

use crate::cloud::{Mishap, municipal};
use crate::desk_book::DeskBook;
use crate::shop::{AtCounter, Shop, issue_of, made};
use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::TicketNumberPart;
use madoguchi_port::paper::PaperFault;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationKind, Ticket, TicketFate, TicketOrder, TicketsListed};
use madoguchi_wire::window::{
    IssueTicketArguments, IssueTicketWithPinArguments, LastOperation, OperationNamed, OperationState,
    PrintedTicket, ResidentStep, ResidentView, TicketNamed, TicketsSought, Visit,
};
use std::collections::HashSet;
use std::sync::Arc;

fn is_done(operation: &LastOperation) -> bool {
    matches!(operation.state, OperationState::Done { .. })
}

async fn issued(shop: &Shop, at: &mut AtCounter, typed: &str) -> LastOperation {
    let visit = at.taps(shop).await;
    at.issues(&visit, typed).await.unwrap()
}

fn numbers_printed(shop: &Shop) -> Vec<String> {
    shop.tray.tickets().iter().map(|taken| taken.ticket.number.to_string()).collect()
}

#[tokio::test]
async fn points_become_a_ticket_that_is_printed_with_what_the_cloud_said() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let operation = issued(&shop, &mut at, "１，０００").await;
    assert_eq!((operation.kind, operation.points), (OperationKind::IssueTicket, 1_000));
    let made = made(&operation);
    assert_eq!((made.ticket.last_day, made.handed_to_printer), (date(2026, 12, 20), false));
    assert_eq!(shop.cloud.balance(), 2_000);

    assert!(matches!(at.prints(&operation).await, Ok(PrintedTicket::Printed { .. })));
    let taken = shop.tray.tickets();
    assert_eq!((taken.len(), taken[0].ticket.number), (1, made.ticket.number));
    assert!(taken[0].ticket.code.contains(&made.ticket.number.to_string()));
    assert!(!taken[0].title.contains(&made.ticket.number.to_string()), "files and queues show the title");
}

#[tokio::test]
async fn the_paper_is_drawn_before_anything_is_issued() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let preview = at.counter.preview_ticket(issue_of(&visit, "1000")).await.unwrap();
    assert!(preview.width > 0 && !preview.marks.is_empty());
    assert_eq!((shop.cloud.calls("issue_ticket"), shop.tray.tickets().len()), (0, 0));
}

#[tokio::test]
async fn what_is_no_ticket_is_told_before_anything_is_written_or_sent() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    for typed in ["0", "", "1.5", "abc"] {
        let failure = at.issues(&visit, typed).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::AmountInvalid, "{typed:?}");
    }
    for last_day in [date(2026, 11, 19), date(2026, 12, 21)] {
        let issue = IssueTicketArguments { last_day, ..issue_of(&visit, "100") };
        let failure = at.counter.issue_ticket(issue).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::LastDayOutOfRange);
        assert!(failure.what.ja.contains("11月20日から12月20日"), "{}", failure.what.ja);
    }
    assert_eq!((shop.cloud.calls("issue_ticket"), at.last().await), (0, None));
}

#[tokio::test]
async fn nothing_is_issued_while_the_printer_is_known_not_to_be_ready() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    shop.tray.refuse(Some(PaperFault::PaperOut));
    assert_eq!(at.issues(&visit, "100").await.unwrap_err().code, ErrorCode::PaperOut);
    assert_eq!((shop.cloud.calls("issue_ticket"), shop.cloud.balance()), (0, 3_000));
    shop.tray.refuse(None);
    assert!(is_done(&at.issues(&visit, "100").await.unwrap()), "the visit still stands");
}

#[tokio::test]
async fn a_number_is_never_printed_twice() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let operation = issued(&shop, &mut at, "1000").await;
    let (one, other) = tokio::join!(at.prints(&operation), at.prints(&operation));
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|printed| **printed).count(), 1);
    assert_eq!(at.prints(&operation).await, Err(ErrorCode::TicketHandedOver));
    assert!(made(&at.last().await.unwrap()).handed_to_printer);
    shop.closes(at).await;
    let at = shop.opens().await;
    assert_eq!(at.prints(&operation).await, Err(ErrorCode::TicketHandedOver), "not after a restart either");
    assert!(made(&at.last().await.unwrap()).handed_to_printer);
    assert_eq!(numbers_printed(&shop).len(), 1);
}

#[tokio::test]
async fn a_printer_that_is_gone_before_it_has_the_number_can_be_seen_to_and_asked_again() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let operation = issued(&shop, &mut at, "1000").await;
    shop.tray.refuse(Some(PaperFault::PrinterGone("192.0.2.10".into())));
    assert_eq!(at.prints(&operation).await, Err(ErrorCode::PrinterUnreachable));
    assert!(!made(&at.last().await.unwrap()).handed_to_printer);
    shop.tray.refuse(None);
    assert!(matches!(at.prints(&operation).await, Ok(PrintedTicket::Printed { .. })));
}

#[tokio::test]
async fn a_reissue_has_a_new_number_and_pressed_twice_it_is_one() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let operation = issued(&shop, &mut at, "1000").await;
    let old: Ticket = made(&operation).ticket.clone();
    at.prints(&operation).await.unwrap();
    let reissued = at.reissues(&old).await.unwrap();
    let new = made(&reissued);
    assert_eq!((reissued.kind, new.handed_to_printer), (OperationKind::ReissueTicket, false));
    assert!(new.ticket.number != old.number);
    assert_eq!((new.ticket.points, new.ticket.last_day), (old.points, old.last_day));
    at.prints(&reissued).await.unwrap();

    let again = at.reissues(&old).await.unwrap();
    assert_eq!((again.key, made(&again).handed_to_printer), (reissued.key, true), "its first answer");
    assert_eq!(shop.cloud.desk(DeskBook::fates), [TicketFate::Reissued, TicketFate::Open]);
    assert_eq!(shop.cloud.balance(), 2_000, "debited once");
    assert_eq!(numbers_printed(&shop).len(), 2);
}

#[tokio::test]
async fn a_ticket_of_the_list_can_be_reissued_and_voided_by_a_desk_that_did_not_make_it() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let ticket = made(&issued(&shop, &mut at, "1000").await).ticket.clone();
    drop(at);
    shop.cloud.release();
    let other = Shop::of_cloud(std::sync::Arc::clone(&shop.cloud));
    let at = other.opens_registered().await;
    let unknown = at.reissues(&ticket).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::TicketUnknown, "nobody can name a ticket that was not shown");
    let listed = at.counter.list_tickets(TicketsListed::IssuedToday).await.unwrap();
    assert_eq!((listed.count, listed.tickets[0].ticket.number), (1, ticket.number));
    let reissued = at.reissues(&ticket).await.unwrap();
    let new = TicketNamed { ticket: made(&reissued).ticket.number };
    let voided = at.counter.void_ticket(new.clone()).await.unwrap();
    assert_eq!((voided.kind, voided.points), (OperationKind::VoidTicket, 1_000));
    assert_eq!(other.cloud.balance(), 3_000);
    let refused = at.counter.void_ticket(new).await.unwrap();
    let OperationState::Refused { failure } = refused.state else { panic!("{:?}", refused.state) };
    assert_eq!(failure.code, ErrorCode::TicketVoided);
}

#[tokio::test]
async fn a_desk_that_is_held_up_for_guessing_hears_so() {
    for code in [ErrorCode::TicketGuessingSlowed, ErrorCode::TicketGuessingLocked] {
        let shop = Shop::new();
        let mut at = shop.opens_registered().await;
        let ticket = made(&issued(&shop, &mut at, "1000").await).ticket.clone();
        shop.cloud.will("void_ticket", Mishap::Problem(code));
        let named = TicketNamed { ticket: ticket.number };
        let voided = at.while_time_passes(at.counter.void_ticket(named)).await.unwrap();
        let OperationState::Refused { failure } = voided.state else { panic!("{:?}", voided.state) };
        assert_eq!(failure.code, code);
    }
}

#[tokio::test]
async fn above_the_limit_the_card_signs_the_issue() {
    let shop = Shop::new();
    shop.cloud.set_balance(9_000);
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let over = at.issues(&visit, "5000").await.unwrap();
    assert!(matches!(over.state, OperationState::Refused { .. }));
    shop.desk.put_on(crate::shop::READER, madoguchi_doubles::Card::of(crate::cloud::SERIAL));
    let IssueTicketArguments { visit, part, last_day, count } = issue_of(&visit, "5000");
    let pin = crate::shop::typed_pin("1234", false);
    let signed = IssueTicketWithPinArguments { visit, part, last_day, count, pin };
    let issued = at.counter.issue_ticket_with_pin(signed).await.unwrap();
    assert!(is_done(&issued), "{:?}", issued.state);
    assert_eq!(shop.cloud.balance(), 4_000);
}

#[tokio::test]
async fn each_mishap_on_the_way_ends_in_the_right_word() {
    for (mishap, took_place) in
        [(Mishap::AnswerLost, true), (Mishap::LostOnTheWay, false), (Mishap::Unreachable, false)]
    {
        let shop = Shop::new();
        let mut at = shop.opens_registered().await;
        let visit = at.taps(&shop).await;
        shop.cloud.will("issue_ticket", mishap);
        let told = at.while_time_passes(at.issues(&visit, "1000")).await.unwrap();
        assert_eq!(is_done(&told), took_place, "{mishap:?}: {:?}", told.state);
        assert_eq!(shop.cloud.desk(|desk| desk.fates().len()), usize::from(took_place));
    }
}

async fn issues_and_prints(at: &AtCounter, visit: &Visit) -> Option<LastOperation> {
    let told = at.while_time_passes(at.issues(visit, "1000")).await.ok()?;
    if is_done(&told) {
        let _ = at.prints(&told).await;
    }
    Some(told)
}

/// Whatever moment the power is cut at, afterwards the word is right, and the paper can be had: under the
/// first number where that never went to a printer, else under a new one.
#[tokio::test]
async fn the_power_is_cut_at_every_write_between_the_click_and_the_paper() {
    let mut ends = HashSet::new();
    for moments in 0..10 {
        let mut shop = Shop::new();
        drop(shop.opens_registered().await);
        shop.power = moments;
        let mut at = shop.opens().await;
        at.hears_registered_or_is().await;
        let visit = at.taps(&shop).await;
        issues_and_prints(&at, &visit).await;
        shop.closes(at).await;
        let took_place = shop.cloud.done() == 1;
        let printed = numbers_printed(&shop).len();

        shop.power = i64::MAX;
        let mut at = shop.opens().await;
        let last = match at.last().await {
            Some(last) if last.state == OperationState::Checking => Some(at.hears_fate().await),
            last => last,
        };
        let Some(last) = last.filter(is_done) else {
            assert!(!took_place && printed == 0, "{moments}");
            ends.insert("nothing");
            continue;
        };
        assert!(took_place, "{moments}");
        let was_handed = made(&last).handed_to_printer;
        assert!(was_handed || printed == 0, "a paper of which nobody knows ({moments})");
        let paper = if was_handed {
            assert_eq!(at.prints(&last).await, Err(ErrorCode::TicketHandedOver), "{moments}");
            at.reissues(&made(&last).ticket).await.unwrap()
        } else {
            last
        };
        assert!(matches!(at.prints(&paper).await, Ok(PrintedTicket::Printed { .. })), "{moments}");
        let numbers = numbers_printed(&shop);
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len(), "twice ({moments})");
        assert_eq!(shop.cloud.balance(), 2_000, "debited once ({moments})");
        ends.insert(match (was_handed, printed) {
            (false, _) => "issued",
            (true, 0) => "handed over without a paper",
            (true, _) => "printed",
        });
    }
    assert_eq!(ends.len(), 4, "every end was met: {ends:?}");
}

#[tokio::test]
async fn numbers_and_codes_lie_sealed_on_the_disk() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let operation = issued(&shop, &mut at, "1000").await;
    let number = made(&operation).ticket.number.to_string();
    at.reissues(&made(&operation).ticket).await.unwrap();
    shop.closes(at).await;
    for file in std::fs::read_dir(shop.data()).unwrap().map(Result::unwrap) {
        let bytes = std::fs::read(file.path()).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(&number) && !holds("0123456789ABCDEF"), "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn the_resident_sees_the_sum_and_the_last_day() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let IssueTicketArguments { visit: number, part, last_day, .. } = issue_of(&visit, "1000");
    let parts = madoguchi_wire::window::UsePointsArguments { visit: number, parts: vec![part] };
    let step = ResidentStep::Confirm { parts, last_day: Some(last_day), sending: false };
    at.counter.show_resident(step).await.unwrap();
    let ResidentView::Ask { sums, last_day: shown, .. } = at.counter.resident_screen().view else {
        panic!("a question is shown")
    };
    assert_eq!((sums[0].points, sums[0].after, shown), (1_000, 2_000, Some(last_day)));
    let issued = at.issues(&visit, "1000").await.unwrap();
    at.counter.show_resident(ResidentStep::Done { key: issued.key }).await.unwrap();
    let ResidentView::Done { sums, last_day: shown } = at.counter.resident_screen().view else {
        panic!("the end is shown")
    };
    assert_eq!((sums[0].after, shown), (2_000, Some(last_day)));
}

#[tokio::test]
async fn a_ticket_behind_the_end_of_its_list_is_found_by_a_part_of_its_number_and_can_be_named() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let mut numbers = Vec::new();
    for _ in 0..5 {
        numbers.push(made(&issued(&shop, &mut at, "100").await).ticket.number);
    }
    drop(at);
    shop.cloud.release();
    let other = Shop::of_cloud(std::sync::Arc::clone(&shop.cloud));
    let at = other.opens_registered().await;
    let listed = at.counter.list_tickets(TicketsListed::Open).await.unwrap();
    let first = numbers[0];
    assert!(listed.count == 5 && listed.tickets.iter().all(|listed| listed.ticket.number != first));
    let digits = TicketNumberPart::try_from(first.to_string()[2..].to_owned()).unwrap();
    let sought =
        TicketsSought { which: TicketsListed::Open, digits: Some(digits), order: TicketOrder::Earliest };
    let found = at.counter.find_tickets(sought).await.unwrap();
    assert_eq!((found.count, found.tickets[0].ticket.number), (1, first));
    let reissued = at.counter.reissue_ticket(TicketNamed { ticket: first }).await.unwrap();
    assert_eq!(made(&reissued).ticket.points, 100, "it was shown, so it can be named");
}

#[tokio::test]
async fn tickets_speak_the_language_of_the_terminal() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let settings = madoguchi_wire::window::Settings { language: Language::En, ..at.counter.settings() };
    at.counter.save_settings(settings).await.unwrap();
    let operation = issued(&shop, &mut at, "1000").await;
    at.prints(&operation).await.unwrap();
    assert_eq!(shop.tray.tickets()[0].language, Language::En);
    assert_eq!(made(&operation).ticket.currency, municipal());
}

#[tokio::test]
async fn a_ticket_that_another_pc_issued_is_in_no_list_of_receipts_and_is_not_printed_here() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    let issued = at.issues(&visit, "500").await.unwrap();
    at.prints(&issued).await.unwrap();
    let reissued = at.reissues(&made(&issued).ticket).await.unwrap();
    let visit = at.taps(&shop).await;
    let used = at.uses(&visit, "100").await.unwrap();
    drop(at);
    // The PC broke down; another one took its place.
    shop.cloud.release();
    let other = Shop::of_cloud(Arc::clone(&shop.cloud));
    let at = other.opens_registered().await;
    let day = at.counter.list_operations().await.unwrap();
    assert_eq!(day.operations.iter().map(|listed| listed.key).collect::<Vec<_>>(), [used.key]);
    for operation in [&issued, &reissued] {
        assert_eq!(
            at.prints(operation).await,
            Err(ErrorCode::TicketHandedOver),
            "it may have come out there"
        );
        let failure = at.counter.preview_receipt(OperationNamed { key: operation.key }).await.unwrap_err();
        assert_ne!(failure.code, ErrorCode::StoreDamaged, "{failure:?}");
    }
}
