//! Prints sample tickets, a day close and a pile's list on virtual printers and keeps their pictures, to
//! look at: `cargo run -p madoguchi-virtual --example ticket_pictures -- FOLDER`.

use jiff::civil::date;
use madoguchi_domain::day_close::{DayCloseCount, DayCloseKind, DayClosePaper, DayCloseTickets};
use madoguchi_domain::language::Language;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::{
    ClearedPile, ClearedTicket, TicketFace, TicketNumber, TicketPaper, TicketState,
};
use madoguchi_port::paper::{PaperPrinter, PrintTarget, TicketTarget};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("where to? give a folder")?);
    let printers = Printers::new(&system_font_folders(), Roll::MM80);
    for (build, name) in
        [(Build::MM80, "80"), (Build::MM58, "58"), (Build::MM80.without_kanji(), "80-without-kanji")]
    {
        let printer = VirtualPrinter::on_the_network(build)?;
        let roll = PrintTarget::Receipt(printer.known_as());
        let on_roll = TicketTarget::Roll(roll.clone());
        for (sample, face, language) in faces() {
            printers.print_tickets(sample, &[ticket(face)?], language, &on_roll)?;
            keep(&printer, &folder.join(format!("{name}-{sample}.png")))?;
        }
        printers.print("day-close", &day_close()?.lines(Language::Ja), &roll)?;
        keep(&printer, &folder.join(format!("{name}-day-close.png")))?;
        printers.print_pile("pile", &pile()?, Language::Ja, &on_roll)?;
        keep(&printer, &folder.join(format!("{name}-pile.png")))?;
    }
    Ok(())
}

fn keep(printer: &VirtualPrinter, file: &Path) -> Result<(), Box<dyn Error>> {
    printer.papers().last().ok_or("no paper came out")?.save(file)?;
    Ok(())
}

fn faces() -> [(&'static str, TicketFace, Language); 3] {
    let usual = TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: None,
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: "みなみ商工会".into(),
        training: false,
    };
    let event = TicketFace { event_name: Some("夏まつりイベント".into()), ..usual.clone() };
    let long = TicketFace {
        points: 9_999_999_999,
        issuer_name: "神奈川県足柄上郡広域行政事務組合自治体ポイント共同運営協議会".into(),
        event_name: Some("かながわ子育て応援キャンペーンポイント還元大感謝祭二〇二六".into()),
        issued_at: "神奈川県商工会連合会足柄上地域広域支援センター山北出張所窓口".into(),
        training: true,
        ..usual.clone()
    };
    [("ticket", usual, Language::Ja), ("long", long, Language::Ja), ("english", event, Language::En)]
}

fn ticket(face: TicketFace) -> Result<TicketPaper, Box<dyn Error>> {
    let number = TicketNumber::from_number(987_654_321_012)?;
    Ok(TicketPaper { face, number, code: format!("T1.141305.{number}.7.0123456789ABCDEF") })
}

fn day_close() -> Result<DayClosePaper, Box<dyn Error>> {
    let count = |kind, currency: &str, count, points| DayCloseCount {
        kind,
        currency: currency.into(),
        count,
        points,
    };
    let tickets =
        |state, count, points| DayCloseTickets {
            currency: "川崎市ポイント".into(), state, count, points
        };
    Ok(DayClosePaper {
        number: 12,
        site: "みなみ商工会".into(),
        terminal: TerminalId::parse("12004431")?,
        at_ms: 1_795_165_320_000,
        since_ms: Some(1_795_078_920_000),
        counts: vec![
            count(DayCloseKind::Use, "川崎市ポイント", 12, 18_500),
            count(DayCloseKind::Use, "夏まつりポイント", 3, 900),
            count(DayCloseKind::Void, "川崎市ポイント", 1, 500),
            count(DayCloseKind::IssueTicket, "川崎市ポイント", 8, 12_000),
            count(DayCloseKind::ClearTicket, "川崎市ポイント", 312, 312_000),
        ],
        tickets: vec![
            tickets(TicketState::Open, 5, 8_000),
            tickets(TicketState::Cleared, 2, 3_000),
            tickets(TicketState::Reissued, 1, 1_000),
        ],
        head: "0123456789abcdef".repeat(4),
        printed_before: 1,
        training: true,
    })
}

fn pile() -> Result<ClearedPile, Box<dyn Error>> {
    let tickets = (0..12).map(|index| {
        let number = TicketNumber::from_number(987_654_321_012 - index * 54_321_987)?;
        Ok(ClearedTicket { number, points: 1_000 })
    });
    Ok(ClearedPile {
        site: "やまだ八百屋".into(),
        cleared_at: "みなみ商工会".into(),
        at_ms: 1_795_152_720_000,
        tickets: tickets.collect::<Result<_, Box<dyn Error>>>()?,
        unconfirmed: 2,
        printed_before: 0,
        revised: false,
        training: false,
    })
}
