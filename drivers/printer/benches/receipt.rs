//! How long one receipt takes: `cargo bench -p madoguchi-printer`.
//!
//! Medians of 200 in one process; writing and fsync of the same bytes stand beside the file.

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::{PaperLine, Receipt, ReceiptAccount, ReceiptKind};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_port::paper::{PaperPrinter, PrintTarget};
use madoguchi_printer::{Printers, Roll, system_font_folders};
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

const TIMES: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let printer = Printers::new(&system_font_folders(), Roll::MM80);
    row("fonts found and read, once", start.elapsed());

    let usual = lines("やまだ八百屋")?;
    let start = Instant::now();
    printer.pdf("明細", &usual)?;
    row("the first receipt", start.elapsed());
    row("a receipt as PDF", median(|| printer.pdf("明細", &usual).map(drop))?);

    let start = Instant::now();
    let rare = lines("𠮷野家具店")?;
    match printer.pdf("明細", &rare) {
        Ok(_) => {
            row("the first with a rare character", start.elapsed());
            row("a receipt with a rare character", median(|| printer.pdf("明細", &rare).map(drop))?);
        }
        Err(fault) => println!("a receipt with a rare character: {fault}"),
    }

    let folder = tempfile::tempdir()?;
    let target = PrintTarget::Folder(folder.path().to_owned());
    let mut number = 0;
    row(
        "a receipt into a folder, on the disk",
        median(|| {
            number += 1;
            printer.print(&format!("明細 {number}"), &usual, &target).map(drop)
        })?,
    );
    let pdf = printer.pdf("明細", &usual)?;
    row(
        "  of which writing and fsync alone",
        median(|| {
            number += 1;
            let mut file = File::create_new(folder.path().join(number.to_string()))?;
            file.write_all(&pdf)?;
            file.sync_all()
        })?,
    );
    println!("{:>10} bytes in a receipt", pdf.len());
    Ok(())
}

fn row(what: &str, time: Duration) {
    println!("{:>10.2} ms  {what}", time.as_secs_f64() * 1_000.0);
}

fn median<E>(mut work: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[TIMES / 2])
}

fn lines(site: &str) -> Result<Vec<PaperLine>, Box<dyn Error>> {
    let receipt = Receipt {
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
        terminal: TerminalId::parse("12004431")?,
        masked_mykey_id: "MY****56".into(),
        signed: false,
        staff_name: None,
        printed_before: 0,
        training: false,
    };
    Ok(receipt.lines(Language::Ja))
}
