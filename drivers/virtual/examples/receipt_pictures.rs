//! Prints sample receipts on virtual printers and keeps their pictures, to look at:
//! `cargo run -p madoguchi-virtual --example receipt_pictures -- FOLDER`.

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::{PaperLine, Receipt, ReceiptAccount, ReceiptKind, test_paper};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_port::paper::{PaperPrinter, PrintTarget};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("where to? give a folder")?);
    let printers = Printers::new(&system_font_folders(), Roll::MM80);
    for (build, name) in [
        (Build::MM80, "80"),
        (Build::MM58, "58"),
        (Build::MM80.without_kanji(), "80-without-kanji"),
        (Build::MM58.without_kanji(), "58-without-kanji"),
    ] {
        let printer = VirtualPrinter::on_the_network(build)?;
        let target = PrintTarget::Receipt(printer.known_as());
        for (sample, lines) in samples()? {
            printers.print(sample, &lines, &target)?;
            if let Some(paper) = printer.papers().last() {
                paper.save(&folder.join(format!("{name}-{sample}.png")))?;
            }
        }
    }
    Ok(())
}

/// A name and what is printed.
type Sample = (&'static str, Vec<PaperLine>);

fn samples() -> Result<[Sample; 4], Box<dyn Error>> {
    let used = a_use()?;
    let mut again = used.clone();
    again.site = "𠮷野家具店（葛城市立図書館ミュージアムショップ内）髙﨑本店".into();
    again.printed_before = 2;
    again.accounts.push(ReceiptAccount {
        currency: "かながわ子育て応援キャンペーンポイント".into(),
        before: 9_999_999,
        points: 9_999_000,
        after: 999,
        next_lapse: None,
    });
    Ok([
        ("use", used.lines(Language::Ja)),
        ("english", used.lines(Language::En)),
        ("again", again.lines(Language::Ja)),
        ("test", test_paper(Language::Ja)),
    ])
}

fn a_use() -> Result<Receipt, Box<dyn Error>> {
    Ok(Receipt {
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
        terminal: TerminalId::parse("12004431")?,
        masked_mykey_id: "MY****56".into(),
        staff_name: None,
        signed: false,
        printed_before: 0,
        training: false,
    })
}
