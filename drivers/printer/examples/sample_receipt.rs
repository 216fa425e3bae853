//! Writes a sample receipt to look at:
//! `cargo run -p madoguchi-printer --example sample_receipt -- OUT.pdf [use|void|long|english]`.

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::{Receipt, ReceiptAccount, ReceiptKind};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_printer::{Printers, Roll, system_font_folders};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("where to? give a file name")?;
    let (receipt, language) = match arguments.next().as_deref() {
        None | Some("use") => (a_use()?, Language::Ja),
        Some("void") => (a_void()?, Language::Ja),
        Some("long") => (a_long_one()?, Language::Ja),
        Some("english") => (a_use()?, Language::En),
        Some(other) => return Err(format!("there is no sample {other}").into()),
    };
    let printer = Printers::new(&system_font_folders(), Roll::MM80);
    let pdf = printer.pdf("ポイントご利用明細 20261120-15", &receipt.lines(language))?;
    std::fs::write(out, pdf)?;
    Ok(())
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
        signed: false,
        staff_name: None,
        printed_before: 0,
        training: false,
    })
}

fn a_void() -> Result<Receipt, Box<dyn Error>> {
    let used = a_use()?;
    let given_back = used.accounts.iter().cloned().map(|account| ReceiptAccount {
        before: account.after,
        after: account.before,
        ..account
    });
    Ok(Receipt {
        kind: ReceiptKind::Void,
        accounts: given_back.collect(),
        number: "20261120-16".into(),
        voided_number: Some("20261120-15".into()),
        printed_before: 1,
        training: false,
        ..used
    })
}

/// Long names, rare characters, several accounts, large numbers.
fn a_long_one() -> Result<Receipt, Box<dyn Error>> {
    let mut receipt = a_use()?;
    receipt.site = "𠮷野家具店（葛\u{e0100}城市立図書館ミュージアムショップ内）髙﨑本店".into();
    receipt.printed_before = 2;
    receipt.accounts.push(ReceiptAccount {
        currency: "神奈川県かながわ子育て応援キャンペーンポイント".into(),
        before: 9_999_999_999,
        points: 9_999_999_000,
        after: 999,
        next_lapse: None,
    });
    Ok(receipt)
}
