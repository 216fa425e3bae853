//! Tickets and lists on sheets as their readers meet them: the code under a real reader of codes, the
//! words under poppler, neither of them the library that wrote the page.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test's own helpers may fail loudly

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::{ClearedPile, ClearedTicket, TicketFace, TicketNumber, TicketPaper};
use madoguchi_port::paper::{PaperPrinter, PrintTarget, Printed, Sheet, TicketTarget};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

static PRINTER: LazyLock<Printers> = LazyLock::new(|| Printers::new(&system_font_folders(), Roll::MM80));

fn usual() -> TicketFace {
    TicketFace {
        points: 1_000,
        issuer_name: "川崎市".into(),
        event_name: None,
        issued_on: date(2026, 11, 20),
        last_day: date(2026, 12, 20),
        issued_at: "みなみ商工会".into(),
        training: false,
    }
}

/// The longest names, the largest number, every mark.
fn crowded() -> TicketFace {
    TicketFace {
        points: 9_999_999_999,
        issuer_name: "神奈川県足柄上郡広域行政事務組合自治体ポイント共同運営協議会".into(),
        event_name: Some("かながわ子育て応援キャンペーンポイント還元大感謝祭二〇二六".into()),
        issued_at: "神奈川県商工会連合会足柄上地域広域支援センター山北出張所窓口".into(),
        training: true,
        ..usual()
    }
}

fn tickets(face: &TicketFace, count: u64) -> Vec<TicketPaper> {
    (0..count)
        .map(|index| {
            let number = TicketNumber::from_number(index * 98_765_432_101).unwrap();
            TicketPaper {
                face: face.clone(),
                number,
                code: format!("T1.141305.{number}.999.0123456789ABCDEF"),
            }
        })
        .collect()
}

/// What a reader of codes finds on all pages of a PDF, at 150 dots in an inch.
fn codes(pdf: &[u8]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    run(Command::new("pdftoppm").args(["-r", "150", "-png"]).arg(&file).arg(folder.path().join("page")));
    let pages = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let pictures: Vec<_> = pages.filter(|path| path.extension().is_some_and(|end| end == "png")).collect();
    let found = run(Command::new("zbarimg").args(["--quiet", "--raw", "--nodbus"]).args(pictures));
    found.lines().map(str::to_owned).collect()
}

/// The PDF's words, without the blanks between.
fn words(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    run(Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-"))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("poppler-utils and zbar-tools are installed");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn expected(tickets: &[TicketPaper]) -> BTreeSet<String> {
    tickets.iter().map(|ticket| ticket.code.clone()).collect()
}

#[test]
fn every_code_is_read_from_a6_and_a4() {
    for face in [usual(), crowded()] {
        for (sheet, count) in [(Sheet::A6, 2), (Sheet::A4, 5)] {
            for language in [Language::Ja, Language::En] {
                let tickets = tickets(&face, count);
                let pdf = PRINTER.ticket_sheets("ポイント券", &tickets, language, sheet).unwrap();
                assert_eq!(codes(&pdf), expected(&tickets), "{sheet:?} {language:?}");
            }
        }
    }
}

#[test]
fn the_roll_as_pdf_has_the_same_code_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let target = TicketTarget::Roll(PrintTarget::Folder(folder.path().to_owned()));
    let tickets = tickets(&crowded(), 1);
    let printed = PRINTER.print_tickets("ポイント券", &tickets, Language::Ja, &target);
    let Ok(Printed::File(path)) = printed else { unreachable!("{printed:?}") };
    let pdf = fs::read(path).unwrap();
    assert_eq!(codes(&pdf), expected(&tickets));
    assert!(words(&pdf).contains(&tickets[0].number.spaced()));
}

#[test]
fn a_ticket_reads_back_whole() {
    for (face, language) in [(usual(), Language::Ja), (usual(), Language::En), (crowded(), Language::Ja)] {
        let tickets = tickets(&face, 1);
        let pdf = PRINTER.ticket_sheets("ポイント券", &tickets, language, Sheet::A6).unwrap();
        let read = words(&pdf);
        assert!(read.contains(&tickets[0].number.spaced()), "{read}");
        let words = face.words(language);
        for text in [&words.last_day, &words.issued, &words.title, &words.points, &words.stamps[0]] {
            assert!(bare(&read).contains(&bare(text)), "{text} in {read}");
        }
        assert_eq!(read.contains("訓練"), face.training);
    }
}

#[test]
fn sheets_have_the_size_they_are_called_by() {
    for (sheet, size) in [(Sheet::A6, [297.64, 419.53]), (Sheet::A4, [595.28, 841.89])] {
        let pdf = PRINTER.ticket_sheets("ポイント券", &tickets(&usual(), 1), Language::Ja, sheet).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.pdf");
        fs::write(&file, pdf).unwrap();
        let said = run(Command::new("pdfinfo").arg(&file));
        let line = said.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap();
        let sides: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        for (side, expected) in sides.iter().zip(size) {
            assert!((side - expected).abs() < 0.1, "{line}");
        }
    }
}

fn pile(count: u64) -> ClearedPile {
    let ticket = |index| ClearedTicket {
        number: TicketNumber::from_number(index * 1_234_567_891 % 1_000_000_000_000).unwrap(),
        points: 500,
    };
    ClearedPile {
        site: "やまだ八百屋".into(),
        cleared_at: "みなみ商工会".into(),
        at_ms: 1_795_152_720_000,
        tickets: (0..count).map(ticket).collect(),
        unconfirmed: 2,
        printed_before: 1,
        revised: true,
        training: true,
    }
}

#[test]
fn a_long_list_has_every_ticket_once_and_adds_up_on_its_last_page() {
    for sheet in [Sheet::A4, Sheet::A6] {
        let pile = pile(123);
        let pdf = PRINTER.pile_sheets("消込明細", &pile, Language::Ja, sheet).unwrap();
        let read = words(&pdf);
        let pages: Vec<&str> = read.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        assert!(pages.len() > 1);
        for (index, page) in pages.iter().enumerate() {
            assert!(page.contains(&format!("{} / {}", index + 1, pages.len())), "{page}");
            assert_eq!(page.matches("訓練").count(), 2, "{page}");
            assert!(page.contains("やまだ八百屋") && page.contains("再印刷（1回目）"), "{page}");
        }
        for ticket in &pile.tickets {
            assert_eq!(read.matches(&ticket.number.spaced()).count(), 1);
        }
        let last = pages.last().unwrap();
        assert!(last.contains("合計 123枚") && last.contains("61,500ポイント"), "{last}");
        assert!(pages[..pages.len() - 1].iter().all(|page| !page.contains("合計 123枚")));
    }
}

#[test]
fn the_sum_so_far_goes_on_over_the_pages() {
    let pdf = PRINTER.pile_sheets("消込明細", &pile(123), Language::Ja, Sheet::A4).unwrap();
    let mut so_far = 0;
    for row in words(&pdf).lines().filter(|row| row.split_whitespace().count() == 6) {
        let last = row.split_whitespace().last().unwrap().replace(',', "");
        if let Ok(sum) = last.parse::<i64>() {
            so_far += 500;
            assert_eq!(sum, so_far, "{row}");
        }
    }
    assert_eq!(so_far, 61_500);
}

#[test]
fn an_empty_list_is_a_page_that_says_so() {
    let pdf = PRINTER.pile_sheets("消込明細", &pile(0), Language::Ja, Sheet::A4).unwrap();
    assert!(words(&pdf).contains("合計 0枚"));
}
