//! Writes sample tickets, or the list of a cleared pile, to look at:
//! `cargo run -p madoguchi-printer --example sample_ticket -- OUT.pdf [a6|a4] [usual|event|long|training|english|pile]`.

use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::ticket::{ClearedPile, ClearedTicket, TicketFace, TicketNumber, TicketPaper};
use madoguchi_port::paper::Sheet;
use madoguchi_printer::{Printers, Roll, system_font_folders};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("where to? give a file name")?;
    let sheet = match arguments.next().as_deref() {
        None | Some("a6") => Sheet::A6,
        Some("a4") => Sheet::A4,
        Some(other) => return Err(format!("there is no sheet {other}").into()),
    };
    let printer = Printers::new(&system_font_folders(), Roll::MM80);
    let (face, language) = match arguments.next().as_deref() {
        None | Some("usual") => (usual(), Language::Ja),
        Some("event") => (event(), Language::Ja),
        Some("long") => (long(), Language::Ja),
        Some("training") => (TicketFace { training: true, ..event() }, Language::Ja),
        Some("english") => (event(), Language::En),
        Some("pile") => {
            let pdf = printer.pile_sheets("消込明細", &pile()?, Language::Ja, sheet)?;
            return Ok(std::fs::write(out, pdf)?);
        }
        Some(other) => return Err(format!("there is no sample {other}").into()),
    };
    let count = if sheet == Sheet::A4 { 4 } else { 1 };
    let tickets: Vec<_> = (0..count)
        .map(|index| {
            let number = TicketNumber::from_number(987_654_321_012 + index)?;
            Ok(TicketPaper {
                face: face.clone(),
                number,
                code: format!("T1.141305.{number}.7.0123456789ABCDEF"),
            })
        })
        .collect::<Result<_, Box<dyn Error>>>()?;
    std::fs::write(out, printer.ticket_sheets("ポイント券", &tickets, language, sheet)?)?;
    Ok(())
}

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

fn event() -> TicketFace {
    TicketFace { event_name: Some("夏まつりイベント".into()), ..usual() }
}

/// The longest names, the largest number, every mark.
fn long() -> TicketFace {
    TicketFace {
        points: 9_999_999_999,
        issuer_name: "神奈川県足柄上郡広域行政事務組合自治体ポイント共同運営協議会連合".into(),
        event_name: Some("かながわ子育て応援キャンペーンポイント還元大感謝祭イベント二〇二六".into()),
        issued_at: "神奈川県商工会連合会足柄上地域広域支援センター山北出張所別館窓口".into(),
        training: true,
        ..usual()
    }
}

fn pile() -> Result<ClearedPile, Box<dyn Error>> {
    let ticket = |index: u64| {
        let number = TicketNumber::from_number(index * 98_765_432_101 % 1_000_000_000_000)?;
        Ok(ClearedTicket { number, points: 500 })
    };
    Ok(ClearedPile {
        site: "やまだ八百屋".into(),
        cleared_at: "みなみ商工会".into(),
        at_ms: 1_795_152_720_000,
        tickets: (1..=123).map(ticket).collect::<Result<_, Box<dyn Error>>>()?,
        unconfirmed: 2,
        printed_before: 1,
        revised: false,
        training: false,
    })
}
