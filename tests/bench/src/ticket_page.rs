//! How long a ticket's page takes: from what it says to the PDF's bytes, as the printer's driver makes it.
//!
//! Beside it four tickets on A4 and the bytes for a receipt printer, of the same minute.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::table::Row;
use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::{TicketFace, TicketNumber, TicketPaper};
use madoguchi_port::paper::{Connection, PaperRoll, ReceiptPrinter, Sheet};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use std::time::Instant;

const MOST_MS: f64 = 30.0;
/// Fonts are read once in the life of a program.
const NOT_COUNTED: usize = 3;
const TITLE: &str = "ticket";

/// Makes pages, every one of another number.
pub(crate) fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let times = match extent {
        Extent::Full => 300,
        Extent::Quick => 100,
    };
    eprintln!("Making a ticket's page {times} times");
    let printer = Printers::new(&system_font_folders(), Roll::MM80);
    let a6 = timed(times, 1, |tickets| {
        Ok(printer.ticket_sheets(TITLE, tickets, Language::Ja, Sheet::A6).map(|pdf| pdf.len())?)
    })?;
    let a4 = timed(times, 4, |tickets| {
        Ok(printer.ticket_sheets(TITLE, tickets, Language::Ja, Sheet::A4).map(|pdf| pdf.len())?)
    })?;
    let receipt_printer =
        ReceiptPrinter { connection: Connection::Queue(TITLE.into()), roll: PaperRoll::Mm80, kanji: true };
    let roll = timed(times, 1, |tickets| {
        Ok(printer.ticket_escpos(tickets, Language::Ja, &receipt_printer).map(|bytes| bytes.len())?)
    })?;
    Ok(vec![
        Row::with_goal("Ticket page as PDF, A6", "< 30 ms", said(&a6), a6.ms < MOST_MS),
        Row::beside("Four tickets on A4", said(&a4)),
        Row::beside("A ticket for a receipt printer, 80 mm", said(&roll)),
    ])
}

/// The median, and how long the last paper is.
struct Timed {
    ms: f64,
    bytes: usize,
}

fn said(Timed { ms, bytes }: &Timed) -> String {
    format!("{ms:.1} ms, {} KiB", bytes.div_ceil(1024))
}

fn timed(
    times: usize,
    on_one: u64,
    make: impl Fn(&[TicketPaper]) -> Result<usize, Trouble>,
) -> Result<Timed, Trouble> {
    let mut measured = Vec::with_capacity(times);
    let mut bytes = 0;
    for (round, first) in (0..NOT_COUNTED + times).zip((0..).step_by(4)) {
        let tickets = tickets(first, on_one)?;
        let begun = Instant::now();
        bytes = make(&tickets)?;
        if round >= NOT_COUNTED {
            measured.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    Ok(Timed { ms: median(measured), bytes })
}

fn tickets(first: u64, count: u64) -> Result<Vec<TicketPaper>, Trouble> {
    let face = TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: Some("夏まつりイベント".into()),
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: "みなみ商工会".into(),
        training: false,
    };
    (first..first + count)
        .map(|index| {
            let number = TicketNumber::from_number(index * 98_765_431 % 1_000_000_000_000)?;
            let code = format!("T1.141305.{number}.7.{:016X}", index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            Ok(TicketPaper { face: face.clone(), number, code })
        })
        .collect()
}
