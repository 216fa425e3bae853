//! Receipts on a receipt printer as it takes them: over the network and through a device file, with
//! every fault a counter meets.
#![allow(clippy::unwrap_used, clippy::panic)] // a test's own helpers may fail loudly

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::receipt::{PaperLine, Receipt, ReceiptAccount, ReceiptKind, ReceiptMerge};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::contract::{self, Places};
use madoguchi_port::paper::{Connection, PaperFault, PaperPrinter, PrintTarget, Printed, ReceiptPrinter};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_virtual::printer::{Build, Paper, VirtualPrinter};
use proptest::prelude::*;
use std::sync::LazyLock;
use tempfile::TempDir;

static PRINTERS: LazyLock<Printers> = LazyLock::new(|| Printers::new(&system_font_folders(), Roll::MM80));

fn receipt() -> Receipt {
    Receipt {
        kind: ReceiptKind::Use,
        site: "やまだ八百屋".into(),
        at_ms: 1_795_152_720_000,
        accounts: vec![ReceiptAccount {
            currency: "川崎市ポイント".into(),
            before: 3_000,
            points: 1_500,
            after: 1_500,
            next_lapse: Some((500, date(2027, 3, 31))),
        }],
        number: "20261120-15".into(),
        voided_number: None,
        merge: None,
        terminal: TerminalId::parse("12004431").unwrap(),
        masked_mykey_id: "MY****56".into(),
        staff_name: None,
        signed: false,
        printed_before: 0,
        training: false,
    }
}

fn lines() -> Vec<PaperLine> {
    receipt().lines(Language::Ja)
}

fn reprint() -> Vec<PaperLine> {
    Receipt { printed_before: 1, ..receipt() }.lines(Language::Ja)
}

fn print(printer: &VirtualPrinter, lines: &[PaperLine]) -> Result<Printed, PaperFault> {
    PRINTERS.print("明細", lines, &PrintTarget::Receipt(printer.known_as()))
}

fn ready(printer: &VirtualPrinter) -> Result<(), PaperFault> {
    PRINTERS.ready(&PrintTarget::Receipt(printer.known_as()))
}

/// A paper's letters, row by row, without the blanks between.
fn read(paper: &Paper) -> Vec<String> {
    let words = |row: &String| row.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    paper.rows.iter().map(words).filter(|row| !row.is_empty()).collect()
}

/// One printer per way to it, each with the folder its device file lies in.
fn both_ways(build: Build) -> [(VirtualPrinter, TempDir); 2] {
    let folder = || tempfile::tempdir().unwrap();
    let (unused, devices) = (folder(), folder());
    let network = VirtualPrinter::on_the_network(build).unwrap();
    let device = VirtualPrinter::behind_a_device_file(build, devices.path()).unwrap();
    [(network, unused), (device, devices)]
}

#[test]
fn a_network_printer_keeps_the_contract() {
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    // Nobody listens there: multiplexing by name was given up before there were PCs.
    let nowhere = Connection::Network { host: "127.0.0.1".to_owned(), port: 1 };
    keeps_the_contract(&printer, nowhere);
}

#[test]
fn a_device_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let printer = VirtualPrinter::behind_a_device_file(Build::MM58, folder.path()).unwrap();
    keeps_the_contract(&printer, Connection::Device(folder.path().join("lp1")));
}

fn keeps_the_contract(printer: &VirtualPrinter, nowhere: Connection) {
    let known = printer.known_as();
    let places = Places {
        good: PrintTarget::Receipt(known.clone()),
        nowhere: PrintTarget::Receipt(ReceiptPrinter { connection: nowhere, ..known }),
    };
    contract::papers(&*PRINTERS, &places);
    let papers = printer.papers().len();
    assert_eq!(papers, 4, "a paper, two tickets and a list: only what could be printed was printed");
}

#[test]
fn a_receipt_reads_back_row_by_row() {
    for build in [Build::MM80, Build::MM58] {
        for (printer, _folder) in both_ways(build) {
            assert_eq!(print(&printer, &lines()), Ok(Printed::Paper));
            let rows = read(&printer.papers()[0]);
            let narrow = build == Build::MM58;
            let my_page: &[&str] = if narrow {
                &["残高は", "マイページでもご覧になれます。"]
            } else {
                &["残高はマイページでもご覧になれます。"]
            };
            let to_the_till: &[&str] = if narrow {
                &["お会計から 1,500円 を", "差し引きました。"]
            } else {
                &["お会計から 1,500円 を差し引きました。"]
            };
            let expected = [
                &[
                    "ポイントご利用明細",
                    "（お客様控え）",
                    "やまだ八百屋",
                    "2026年11月20日（金）14:32",
                    "川崎市ポイント",
                    "ご利用前の残高 3,000",
                    "ご利用 －1,500",
                    "ご利用後の残高 1,500",
                    "うち 500 は 2027年3月31日まで",
                    "取引番号 20261120-15",
                    "端末 1200 4431",
                    "マイキーID MY****56",
                ],
                to_the_till,
                &["この明細は領収書ではありません。"],
                my_page,
            ];
            assert_eq!(rows, expected.concat());
        }
    }
}

#[test]
fn a_merges_receipt_reads_back_on_both_rolls() {
    let number = TransactionNumber::parse("20261120143200000015").unwrap();
    let merge = Some(ReceiptMerge { street: "銀座街".into(), number });
    let merged = Receipt { kind: ReceiptKind::Merge, merge, ..receipt() }.lines(Language::Ja);
    for build in [Build::MM80, Build::MM58] {
        for (printer, _folder) in both_ways(build) {
            assert_eq!(print(&printer, &merged), Ok(Printed::Paper));
            // A narrow roll breaks its rows elsewhere.
            let said = read(&printer.papers()[0]).concat().replace(' ', "");
            for words in [
                "商店街ポイント合算明細",
                "合算前の残高3,000合算－1,500合算後の残高1,500",
                "合算先銀座街取引済番号20261120143200000015",
                "1,500ポイントを、銀座街のポイントに合算しました。",
            ] {
                assert!(said.contains(words), "{words} in {said}");
            }
        }
    }
}

#[test]
fn rules_boxes_and_rare_characters_are_drawn() {
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    let plain = [PaperLine::Text("吉野家具店".into())];
    let rare = [PaperLine::Text("𠮷野家具店（髙﨑）".into())];
    let boxed = [PaperLine::Boxed("再発行（1回目）".into())];
    for lines in [plain.as_slice(), &rare, &boxed] {
        print(&printer, lines).unwrap();
    }
    let papers = printer.papers();
    assert_eq!((read(&papers[0]), papers[0].pictures), (vec!["吉野家具店".to_owned()], 0));
    for paper in &papers[1..] {
        assert!(read(paper).is_empty() && paper.pictures > 500, "{}", paper.pictures);
    }
}

#[test]
fn a_printer_without_kanji_gets_pictures_alone() {
    for build in [Build::MM80, Build::MM58] {
        for (printer, _folder) in both_ways(build.without_kanji()) {
            assert_eq!(print(&printer, &lines()), Ok(Printed::Paper));
            let papers = printer.papers();
            assert!(read(&papers[0]).is_empty());
            assert!(papers[0].pictures > 5_000);
        }
    }
}

#[test]
fn every_trouble_is_named_and_nothing_comes_out_until_it_is_over() {
    type Hand = fn(&VirtualPrinter, bool);
    let troubles: [(Hand, PaperFault); 3] = [
        (|printer, on| printer.has_paper(!on), PaperFault::PaperOut),
        (|printer, on| printer.cover_is_open(on), PaperFault::CoverOpen),
        (|printer, on| printer.cutter_is_jammed(on), PaperFault::PrinterStopped),
    ];
    for (printer, _folder) in both_ways(Build::MM80) {
        for (hand, fault) in &troubles {
            let before = printer.papers().len();
            hand(&printer, true);
            assert_eq!(ready(&printer), Err(fault.clone()));
            assert_eq!(print(&printer, &lines()), Err(fault.clone()));
            assert!(!fault.leaves_paper_in_doubt());
            hand(&printer, false);
            assert_eq!(printer.papers().len(), before, "{fault}: nothing came out");
            assert_eq!((ready(&printer), print(&printer, &lines())), (Ok(()), Ok(Printed::Paper)));
        }
    }
}

#[test]
fn a_printer_that_is_gone_is_missed_and_found_again() {
    for (mut printer, _folder) in both_ways(Build::MM80) {
        let target = printer.known_as();
        printer.switch_off();
        for outcome in [ready(&printer), print(&printer, &lines()).map(drop)] {
            assert!(matches!(outcome, Err(PaperFault::PrinterGone(_))), "{outcome:?}");
        }
        printer.switch_on().unwrap();
        assert_eq!(printer.known_as(), target);
        assert_eq!(print(&printer, &lines()), Ok(Printed::Paper));
    }
}

#[test]
fn a_printer_that_does_not_answer_is_not_sent_a_receipt() {
    for (printer, _folder) in both_ways(Build::MM80) {
        printer.is_silent(true);
        assert!(matches!(print(&printer, &lines()), Err(PaperFault::PrinterGone(_))));
        assert!(printer.uncut().is_none(), "nothing was printed");
        printer.is_silent(false);
        assert_eq!(print(&printer, &lines()), Ok(Printed::Paper));
        assert_eq!(printer.papers().len(), 1);
    }
}

/// Bytes of questions before the job, and of the job.
fn lengths(printer: &VirtualPrinter) -> (usize, usize) {
    (4 * 3, PRINTERS.escpos(&lines(), &printer.known_as()).unwrap().len())
}

#[test]
fn a_receipt_cut_short_is_in_doubt_and_its_reprint_comes_whole() {
    for (mut printer, _folder) in both_ways(Build::MM80) {
        let (questions, job) = lengths(&printer);
        // In the middle of the zeros, of letters, of pictures, before the cut.
        for part in [0.1, 0.4, 0.55, 0.7, 0.85, 0.99] {
            let before = printer.papers().len();
            let bytes = questions + share(job, part);
            printer.line_is_cut_after(bytes);
            let fault = print(&printer, &lines()).unwrap_err();
            assert_eq!(
                (fault.clone(), fault.leaves_paper_in_doubt()),
                (PaperFault::CutShort, true),
                "{part}"
            );
            printer.unplug_and_plug_in().unwrap();
            assert_eq!(print(&printer, &reprint()), Ok(Printed::Paper));
            let rows = read(&printer.wait_for_papers(before + 1)[before]);
            let whole = ["ご利用後の残高 1,500", "残高はマイページでもご覧になれます。"];
            assert!(whole.iter().all(|row| rows.iter().any(|found| found == row)), "{part}: {rows:#?}");
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
fn share(bytes: usize, part: f64) -> usize {
    (bytes as f64 * part) as usize
}

#[test]
fn paper_that_ends_in_mid_receipt_leaves_it_in_doubt() {
    for (printer, _folder) in both_ways(Build::MM80) {
        let (questions, job) = lengths(&printer);
        printer.paper_ends_after(questions + job / 2);
        assert_eq!(print(&printer, &lines()), Err(PaperFault::CutShort));
        assert_eq!(ready(&printer), Err(PaperFault::PaperOut));
        printer.has_paper(true);
        assert_eq!(print(&printer, &reprint()), Ok(Printed::Paper));
        // The printer kept what it was sent, and goes on with it.
        assert_eq!(printer.wait_for_papers(2).len(), 2);
    }
}

fn a_site() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[ぁ-んァ-ヶ一-龥々ー・（）「」。、&A-Z0-9 　ｱ-ﾝ]{0,80}",
        1 => "(\\PC|[\u{0}-\u{1f}\u{202a}-\u{202e}髙﨑𠮷①\\\\~¥‾]){0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_site_is_called_the_printer_understands_it(
        site in a_site(),
        build in prop_oneof![Just(Build::MM80), Just(Build::MM58), Just(Build::MM58.without_kanji())],
    ) {
        let printer = VirtualPrinter::on_the_network(build).unwrap();
        let lines = Receipt { site: site.clone(), printed_before: 3, ..receipt() }.lines(Language::Ja);
        match print(&printer, &lines) {
            Ok(printed) => {
                prop_assert_eq!(printed, Printed::Paper);
                prop_assert_eq!(printer.papers().len(), 1);
            }
            Err(PaperFault::MissingCharacters(missing)) => {
                prop_assert!(!missing.is_empty() && missing.iter().all(|&c| site.contains(c)));
                prop_assert!(printer.uncut().is_none() && printer.papers().is_empty());
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
