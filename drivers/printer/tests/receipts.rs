//! Receipts as their readers meet them: the PDF's text, fonts and size; what cannot be printed; the
//! file in the folder. The PDF is read back by poppler, not by the library that wrote it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test's own helpers may fail loudly

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::receipt::{PaperLine, Receipt, ReceiptAccount, ReceiptKind, ReceiptMerge};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::contract::{self, Places};
use madoguchi_port::paper::{PaperFault, PaperPrinter, PrintTarget, Printed};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

static PRINTER: LazyLock<Printers> = LazyLock::new(|| Printers::new(&system_font_folders(), Roll::MM80));

fn receipt(site: &str) -> Receipt {
    Receipt {
        kind: ReceiptKind::Use,
        site: site.into(),
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
        signed: false,
        staff_name: None,
        printed_before: 0,
        training: false,
    }
}

fn pdf_of(site: &str) -> Result<Vec<u8>, PaperFault> {
    PRINTER.pdf("明細", &receipt(site).lines(Language::Ja))
}

/// What a poppler program says about a PDF.
fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("poppler-utils is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(pdf: &[u8]) -> Vec<String> {
    poppler("pdftotext", &["-layout"], pdf)
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn a_receipt_reads_back_row_by_row() {
    assert_eq!(
        rows(&pdf_of("やまだ八百屋").unwrap()),
        [
            "ポイントご利用明細",
            "（お客様控え）",
            "やまだ八百屋",
            "2026年11月20日（金）14:32",
            "川崎市ポイント",
            "ご利用前の残高 3,000",
            "ご利用 −1,500",
            "ご利用後の残高 1,500",
            "うち 500 は 2027年3月31日まで",
            "取引番号 20261120-15",
            "端末 1200 4431",
            "マイキーID MY****56",
            "お会計から 1,500円 を差し引きました。",
            "この明細は領収書ではありません。",
            "残高はマイページでもご覧になれます。",
        ]
    );
}

#[test]
fn a_merges_receipt_reads_back_with_its_street_and_the_number_of_its_file() {
    let number = TransactionNumber::parse("20261120143200000015").unwrap();
    let merge = Some(ReceiptMerge { street: "銀座街".into(), number });
    let merged = Receipt { kind: ReceiptKind::Merge, merge, ..receipt("銀座街のパン屋") };
    let rows = rows(&PRINTER.pdf("明細", &merged.lines(Language::Ja)).unwrap());
    assert_eq!(
        rows[..8],
        [
            "商店街ポイント合算明細",
            "（お客様控え）",
            "銀座街のパン屋",
            "2026年11月20日（金）14:32",
            "川崎市ポイント",
            "合算前の残高 3,000",
            "合算 −1,500",
            "合算後の残高 1,500",
        ]
    );
    // The long number has a row of its own.
    assert_eq!(rows[10..13], ["合算先 銀座街", "取引済番号", "20261120143200000015"]);
    let said = rows.concat().replace(' ', "");
    assert!(said.contains("1,500ポイントを、銀座街のポイントに合算しました。"), "{said}");
    assert!(said.contains("合算先の商店街が受け取ると、商店街のポイントが増えます。"), "{said}");
    assert!(!said.contains("お会計"), "nothing was paid: {said}");
}

#[test]
fn an_english_receipt_reads_back() {
    let pdf = PRINTER.pdf("Receipt", &receipt("Yamada Grocery").lines(Language::En)).unwrap();
    let rows = rows(&pdf);
    for row in ["Points used", "Balance before 3,000", "Used −1,500", "500 of it valid until 31 March 2027"]
    {
        assert!(rows.iter().any(|found| found == row), "{row} in {rows:#?}");
    }
}

#[test]
fn a_reprint_says_so_first() {
    let again = Receipt { printed_before: 2, ..receipt("やまだ八百屋") };
    let pdf = PRINTER.pdf("明細", &again.lines(Language::Ja)).unwrap();
    assert_eq!(rows(&pdf).first().map(String::as_str), Some("再発行（2回目）"));
}

#[test]
fn every_font_is_embedded_as_a_subset_with_its_text() {
    let fonts = poppler("pdffonts", &[], &pdf_of("やまだ八百屋").unwrap());
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "regular and bold: {fonts:#?}");
    for font in fonts {
        let (tag, _) = font.split_once('+').unwrap_or_default();
        assert!(tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()), "{font}");
        let columns: Vec<_> = font.split_whitespace().collect();
        let [emb, sub, uni] = columns[columns.len() - 5..columns.len() - 2] else {
            unreachable!("three columns")
        };
        assert_eq!([emb, sub, uni], ["yes", "yes", "yes"], "{font}");
    }
}

#[test]
fn a_receipt_stays_under_100_kilobytes() {
    let pdf = pdf_of("やまだ八百屋").unwrap();
    assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
}

#[test]
fn the_page_is_80_mm_wide_and_as_long_as_it_must_be() {
    let information = poppler("pdfinfo", &[], &pdf_of("やまだ八百屋").unwrap());
    let size = information.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap();
    let sides: Vec<f64> = size.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [width, height] = sides.as_slice() else { unreachable!("width and height in {size}") };
    assert!((width - 226.77).abs() < 0.01, "{width}");
    assert!((300.0..400.0).contains(height), "{height}");
}

#[test]
fn characters_no_font_has_are_named_and_nothing_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let printed = PRINTER.print(
        "明細",
        &receipt("🍅トマト🍅屋🥕").lines(Language::Ja),
        &PrintTarget::Folder(folder.path().to_owned()),
    );
    assert_eq!(printed, Err(PaperFault::MissingCharacters(vec!['🍅', '🥕'])));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn variation_selectors_and_controls_leave_no_box() {
    let pdf = pdf_of("葛\u{e0100}城\u{202e}書\0店\u{200b}").unwrap();
    assert!(rows(&pdf).contains(&"葛城書店".to_owned()));
}

#[test]
fn a_folder_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        good: PrintTarget::Folder(folder.path().to_owned()),
        nowhere: PrintTarget::Folder(folder.path().join("gone")),
    };
    contract::papers(&*PRINTER, &places);
}

#[test]
fn a_paper_goes_into_the_folder_under_its_title() {
    let folder = tempfile::tempdir().unwrap();
    let target = PrintTarget::Folder(folder.path().to_owned());
    let lines = receipt("やまだ八百屋").lines(Language::Ja);
    let printed = PRINTER.print("明細 20261120-15", &lines, &target);
    let path = folder.path().join("明細 20261120-15.pdf");
    assert_eq!(printed, Ok(Printed::File(path.clone())));
    assert!(rows(&fs::read(path).unwrap()).contains(&"取引番号 20261120-15".to_owned()));
}

#[test]
fn without_a_font_the_printer_says_so() {
    let empty = tempfile::tempdir().unwrap();
    let printer = Printers::new(&[empty.path().to_owned(), Path::new("/nowhere").to_owned()], Roll::MM80);
    assert_eq!(printer.pdf("明細", &receipt("店").lines(Language::Ja)), Err(PaperFault::NoFont));
}

#[test]
fn a_paper_longer_than_a_pdf_page_is_refused() {
    let lines = vec![PaperLine::Text("行".into()); 1_000];
    assert!(matches!(PRINTER.pdf("明細", &lines), Err(PaperFault::NotMade(_))));
}

fn a_site() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        2 => "[ぁ-んァ-ヶ一-龥々ー・（）「」。、&A-Z0-9 　]{0,200}",
        1 => "(\\PC|[\u{0}-\u{1f}\u{202a}-\u{202e}\u{5d0}-\u{5ea}\u{627}-\u{64a}🍅-🍎]){0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_site_is_called_it_is_printed_or_exactly_what_is_missing_is_named(site in a_site()) {
        match pdf_of(&site) {
            Ok(pdf) => prop_assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 200_000),
            Err(PaperFault::MissingCharacters(missing)) => {
                prop_assert!(!missing.is_empty());
                for &c in &missing {
                    prop_assert!(site.contains(c));
                    let alone = pdf_of(&c.to_string()).map(|_| "printed");
                    prop_assert_eq!(alone, Err(PaperFault::MissingCharacters(vec![c])));
                }
                let rest: String = site.chars().filter(|c| !missing.contains(c)).collect();
                prop_assert!(pdf_of(&rest).is_ok());
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
