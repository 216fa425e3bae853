//! What every way of printing keeps to.
//!
//! Belongs here: sentences that hold for a folder, a queue, a receipt printer and the tray. Does not:
//! what the paper looks like.

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::{ClearedPile, ClearedTicket, TicketFace, TicketNumber, TicketPaper};
use madoguchi_port::paper::{
    Connection, DrawnMark, PaperFault, PaperPrinter, PrintTarget, Printed, Sheet, SheetTarget, TicketTarget,
};

/// No font has these.
const IN_NO_FONT: [char; 2] = ['🍅', '🥕'];

/// A place for papers and one where nothing can be printed.
pub struct Places {
    /// Papers come out there.
    pub good: PrintTarget,
    /// Nothing takes them there.
    pub nowhere: PrintTarget,
}

/// A short paper with letters, numbers and a rule.
fn a_paper() -> Vec<PaperLine> {
    vec![
        PaperLine::Title("ポイントご利用明細".into()),
        PaperLine::Rule,
        PaperLine::Text("葛\u{e0100}城の八百屋 ABC ｶﾅ".into()),
        PaperLine::LargePair("ご利用".into(), "−1,500".into()),
        PaperLine::Boxed("再発行（1回目）".into()),
    ]
}

/// The contract of [`PaperPrinter`]: run against every way of printing and against the tray.
///
/// # Panics
/// Where the printer breaks the contract.
pub fn papers(printer: &dyn PaperPrinter, places: &Places) {
    a_paper_goes_where_it_is_sent(printer, places);
    nowhere_is_said_and_leaves_no_doubt(printer, places);
    characters_no_font_has_are_named(printer, places);
    tickets_go_where_they_are_sent(printer, places);
    a_ticket_that_cannot_be_printed_is_not(printer, places);
    a_ticket_is_drawn_before_it_has_a_number(printer, places);
    a_piles_list_goes_where_tickets_do(printer, places);
}

/// A paper that can be printed is, and the answer says the kind of place it went to.
fn a_paper_goes_where_it_is_sent(printer: &dyn PaperPrinter, places: &Places) {
    assert_eq!(printer.ready(&places.good), Ok(()));
    let answer = printer.print("明細 20261120-15", &a_paper(), &places.good);
    assert!(went_to(&places.good, &answer), "{:?}: {answer:?}", places.good);
}

/// Whether an answer says the kind of place a paper was to go to.
fn went_to(target: &PrintTarget, answer: &Result<Printed, PaperFault>) -> bool {
    match (target, answer) {
        (PrintTarget::Folder(folder), Ok(Printed::File(path))) => path.starts_with(folder),
        (PrintTarget::Queue(queue), Ok(Printed::Job(job))) => job.starts_with(queue),
        (PrintTarget::Receipt(_), Ok(Printed::Paper | Printed::Job(_))) => true,
        _ => false,
    }
}

/// What is nowhere is said to be nowhere, before anything is printed: no paper is in doubt.
fn nowhere_is_said_and_leaves_no_doubt(printer: &dyn PaperPrinter, places: &Places) {
    for fault in
        [printer.ready(&places.nowhere).err(), printer.print("明細", &a_paper(), &places.nowhere).err()]
    {
        assert!(
            fault.as_ref().is_some_and(|fault| !fault.leaves_paper_in_doubt()),
            "refused, and surely not printed: {fault:?}"
        );
        if let Some(queue) = queue_of(&places.nowhere) {
            assert_eq!(fault, Some(PaperFault::QueueGone(queue.to_owned())), "the queue is named");
        }
    }
}

/// The queue that leads to a place, if one does.
fn queue_of(target: &PrintTarget) -> Option<&str> {
    match target {
        PrintTarget::Queue(queue) => Some(queue),
        PrintTarget::Receipt(printer) => match &printer.connection {
            Connection::Queue(queue) => Some(queue),
            Connection::Network { .. } | Connection::Device(_) => None,
        },
        PrintTarget::Folder(_) => None,
    }
}

/// Characters that cannot be printed are named, each once in the order of the text.
fn characters_no_font_has_are_named(printer: &dyn PaperPrinter, places: &Places) {
    let lines = vec![PaperLine::Text("🍅トマト🍅屋🥕".into())];
    let refused = printer.print("明細", &lines, &places.good);
    assert_eq!(refused, Err(PaperFault::MissingCharacters(IN_NO_FONT.into())));
}

fn a_ticket(issued_at: &str) -> TicketPaper {
    let face = TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: Some("夏まつりイベント".into()),
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: issued_at.into(),
        training: true,
    };
    let Ok(number) = TicketNumber::from_number(987_654_321_012) else { unreachable!("twelve digits") };
    TicketPaper { face, number, code: format!("T1.141305.{number}.7.0123456789ABCDEF") }
}

/// The ways tickets go to a place: on its roll and, unless it has only a roll, on sheets.
fn ways_to(target: &PrintTarget) -> Vec<TicketTarget> {
    let on_sheets = match target {
        PrintTarget::Folder(folder) => Some(SheetTarget::Folder(folder.clone())),
        PrintTarget::Queue(queue) => Some(SheetTarget::Queue(queue.clone())),
        PrintTarget::Receipt(_) => None,
    };
    let sheets = [Sheet::A6, Sheet::A4].map(|sheet| {
        let on_sheets = on_sheets.clone()?;
        Some(TicketTarget::Sheets(sheet, on_sheets))
    });
    std::iter::once(TicketTarget::Roll(target.clone())).chain(sheets.into_iter().flatten()).collect()
}

/// Several tickets go in one job, whatever they are printed on.
fn tickets_go_where_they_are_sent(printer: &dyn PaperPrinter, places: &Places) {
    let tickets = [a_ticket("みなみ商工会"), a_ticket("きた商工会")];
    for way in ways_to(&places.good) {
        let answer = printer.print_tickets("ポイント券", &tickets, Language::Ja, &way);
        assert!(went_to(&places.good, &answer), "{way:?}: {answer:?}");
    }
    for way in ways_to(&places.nowhere) {
        let fault = printer.print_tickets("ポイント券", &tickets, Language::Ja, &way).err();
        assert_eq!(fault.map(|fault| fault.leaves_paper_in_doubt()), Some(false), "{way:?}");
    }
}

/// Of tickets one of which cannot be printed, none is.
fn a_ticket_that_cannot_be_printed_is_not(printer: &dyn PaperPrinter, places: &Places) {
    let tickets = [a_ticket("みなみ商工会"), a_ticket("🍅屋🥕")];
    for way in ways_to(&places.good) {
        let refused = printer.print_tickets("ポイント券", &tickets, Language::Ja, &way);
        assert_eq!(refused, Err(PaperFault::MissingCharacters(IN_NO_FONT.into())), "{way:?}");
    }
}

/// A preview says what the paper will, as far as it is known.
fn a_ticket_is_drawn_before_it_has_a_number(printer: &dyn PaperPrinter, places: &Places) {
    let face = a_ticket("みなみ商工会").face;
    for way in ways_to(&places.good) {
        for language in [Language::Ja, Language::En] {
            let Ok(drawing) = printer.draw_ticket(&face, language, &way) else {
                unreachable!("{way:?} can be drawn")
            };
            let mut drawn = String::new();
            for mark in &drawing.marks {
                if let DrawnMark::Words { words, x, length, baseline, .. } = mark {
                    drawn.push_str(words);
                    assert!(x + length <= drawing.width && *baseline <= drawing.height, "{words}");
                }
            }
            let drawn: String = drawn.chars().filter(|c| !c.is_whitespace()).collect();
            for text in face.words(language).texts() {
                let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                assert!(drawn.contains(&text), "{text} in {drawn}");
            }
        }
    }
}

/// A list as long as several pages goes in one job; one that cannot be printed names what is missing.
fn a_piles_list_goes_where_tickets_do(printer: &dyn PaperPrinter, places: &Places) {
    let ticket = a_ticket("みなみ商工会");
    let pile = ClearedPile {
        site: "やまだ八百屋".into(),
        cleared_at: "みなみ商工会".into(),
        at_ms: 1_795_152_720_000,
        tickets: vec![ClearedTicket { number: ticket.number, points: 500 }; 70],
        unconfirmed: 2,
        printed_before: 1,
        revised: true,
        training: true,
    };
    for way in ways_to(&places.good) {
        let answer = printer.print_pile("消込明細", &pile, Language::Ja, &way);
        assert!(went_to(&places.good, &answer), "{way:?}: {answer:?}");
        let elsewhere = ClearedPile { site: "🍅屋🥕".into(), ..pile.clone() };
        let refused = printer.print_pile("消込明細", &elsewhere, Language::Ja, &way);
        assert_eq!(refused, Err(PaperFault::MissingCharacters(IN_NO_FONT.into())), "{way:?}");
    }
}
