//! Tickets on receipt printers as they take them: every code read from the paper by a real reader of codes.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test's own helpers may fail loudly

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::{TicketFace, TicketNumber, TicketPaper};
use madoguchi_port::paper::{PaperPrinter, PrintTarget, Printed, TicketTarget};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_virtual::printer::{Build, Paper, VirtualPrinter};
use std::process::Command;

fn tickets() -> Vec<TicketPaper> {
    let usual = TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: None,
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: "みなみ商工会".into(),
        training: false,
    };
    let crowded = TicketFace {
        points: 9_999_999_999,
        issuer_name: "神奈川県足柄上郡広域行政事務組合自治体ポイント共同運営協議会".into(),
        event_name: Some("かながわ子育て応援キャンペーンポイント還元大感謝祭二〇二六".into()),
        issued_at: "𠮷野商工会髙﨑支部".into(),
        training: true,
        ..usual.clone()
    };
    [usual, crowded]
        .into_iter()
        .zip([987_654_321_012, 5])
        .map(|(face, number)| {
            let number = TicketNumber::from_number(number).unwrap();
            TicketPaper { face, number, code: format!("T1.141305.{number}.999.0123456789ABCDEF") }
        })
        .collect()
}

/// What a reader of codes finds on a paper.
fn code(paper: &Paper) -> String {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("ticket.png");
    paper.save(&picture).unwrap();
    let read = Command::new("zbarimg").args(["--quiet", "--raw", "--nodbus"]).arg(&picture).output();
    String::from_utf8(read.expect("zbar-tools is installed").stdout).unwrap().trim().to_owned()
}

#[test]
fn each_ticket_is_cut_off_with_a_code_that_can_be_read() {
    let printers = Printers::new(&system_font_folders(), Roll::MM80);
    for build in [Build::MM80, Build::MM58, Build::MM80.without_kanji(), Build::MM58.without_kanji()] {
        let printer = VirtualPrinter::on_the_network(build).unwrap();
        let target = TicketTarget::Roll(PrintTarget::Receipt(printer.known_as()));
        let tickets = tickets();
        for language in [Language::Ja, Language::En] {
            let came = printers.print_tickets("ポイント券", &tickets, language, &target);
            assert_eq!(came, Ok(Printed::Paper), "{build:?}");
        }
        let read: Vec<_> = printer.wait_for_papers(4).iter().map(code).collect();
        let codes: Vec<_> = tickets.iter().chain(&tickets).map(|ticket| ticket.code.clone()).collect();
        assert_eq!(read, codes, "{build:?}");
    }
}

#[test]
fn a_printer_with_kanji_writes_number_and_days_in_its_own_letters() {
    let printers = Printers::new(&system_font_folders(), Roll::MM80);
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    let target = TicketTarget::Roll(PrintTarget::Receipt(printer.known_as()));
    printers.print_tickets("ポイント券", &tickets()[..1], Language::Ja, &target).unwrap();
    let papers = printer.wait_for_papers(1);
    let rows: Vec<&str> = papers[0].rows.iter().map(|row| row.trim()).collect();
    for row in [
        "川崎市",
        "ポイント券",
        "9876 5432 1012",
        "2026年12月20日まで",
        "発行 2026年11月20日",
        "みなみ商工会",
    ] {
        assert!(rows.contains(&row), "{row} in {rows:?}");
    }
}
