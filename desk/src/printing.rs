//! From the printer's setting to the driver's target, and what is said of a paper that came out or did not (row D3).

use crate::words::setting_wrong;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{Connection, PaperFault, PaperRoll, PrintTarget, Printed, ReceiptPrinter};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{self as window, PaperLineKind, PrintedPaper, Printer, PrinterConnection};

/// Where receipt printers listen.
const RAW_PORT: u16 = 9100;

/// Where a setting leads; a setting that leads nowhere is named.
pub fn target(printer: &Printer) -> Result<PrintTarget, Failure> {
    let named = |text: &str| match text.trim() {
        "" => Err(setting_wrong("printer")),
        text => Ok(text.to_owned()),
    };
    Ok(match printer {
        Printer::Folder { path } => PrintTarget::Folder(named(path)?.into()),
        Printer::Queue { name } => PrintTarget::Queue(named(name)?),
        Printer::Receipt { connection, roll, kanji } => PrintTarget::Receipt(ReceiptPrinter {
            connection: match connection {
                PrinterConnection::Network { address } => network(&named(address)?)?,
                PrinterConnection::Device { path } => Connection::Device(named(path)?.into()),
                PrinterConnection::Queue { name } => Connection::Queue(named(name)?),
            },
            roll: match roll {
                window::PaperRoll::Mm80 => PaperRoll::Mm80,
                window::PaperRoll::Mm58 => PaperRoll::Mm58,
            },
            kanji: *kanji,
        }),
    })
}

/// `host`, `host:port`, `[::1]:port`.
fn network(address: &str) -> Result<Connection, Failure> {
    let wrong = || setting_wrong("printer");
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, port.parse().ok().filter(|&port| port != 0).ok_or_else(wrong)?)
        }
        _ => (address, RAW_PORT),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
    if host.is_empty() || !host.chars().all(is_name) {
        return Err(wrong());
    }
    Ok(Connection::Network { host: host.to_owned(), port })
}

/// What a person calls the place.
fn name(printer: &Printer) -> String {
    match printer {
        Printer::Folder { path: name }
        | Printer::Queue { name }
        | Printer::Receipt {
            connection:
                PrinterConnection::Network { address: name }
                | PrinterConnection::Device { path: name }
                | PrinterConnection::Queue { name },
            ..
        } => name.trim().to_owned(),
    }
}

/// What a person is told of a paper that came out; `printed` is how often it did by now.
pub fn came_out(paper: Printed, place: &Printer, printed: u32) -> PrintedPaper {
    match paper {
        Printed::File(path) => PrintedPaper::File { path: path.display().to_string(), printed },
        Printed::Job(_) => PrintedPaper::Queue { printer: name(place), printed },
        Printed::Paper => PrintedPaper::Paper { printer: name(place), printed },
    }
}

/// How a person is told that a paper did not come out.
pub fn not_printed(fault: &PaperFault, printer: &Printer) -> Failure {
    let named = |code| Failure::with(code, &[("printer", name(printer).into())]);
    match fault {
        PaperFault::MissingCharacters(characters) => {
            let listed = characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
            Failure::with(ErrorCode::CharactersMissing, &[("characters", listed.into())])
        }
        PaperFault::NoFont => Failure::of(ErrorCode::FontMissing),
        PaperFault::NotWritten(place) => {
            Failure::with(ErrorCode::PaperNotWritten, &[("place", place.display().to_string().into())])
        }
        PaperFault::NotMade(reason) => {
            tracing::error!(reason, "a page could not be made");
            Failure::of(ErrorCode::Unforeseen)
        }
        PaperFault::NoPrintingSystem => Failure::of(ErrorCode::PrintingServiceStopped),
        PaperFault::QueueGone(_) => named(ErrorCode::PrinterUnknown),
        PaperFault::QueuePaused(_) => named(ErrorCode::PrinterPaused),
        PaperFault::QueueRefused(_) => named(ErrorCode::PrinterRefused),
        PaperFault::QueueSilent(_) => named(ErrorCode::PrinterSilent),
        PaperFault::PrinterGone(_) => named(ErrorCode::PrinterUnreachable),
        PaperFault::PaperOut => Failure::of(ErrorCode::PaperOut),
        PaperFault::CoverOpen => Failure::of(ErrorCode::PrinterCoverOpen),
        PaperFault::PrinterStopped => Failure::of(ErrorCode::PrinterStopped),
        PaperFault::CutShort => Failure::of(ErrorCode::PaperIncomplete),
    }
}

/// A line of paper as the window draws it.
pub fn shown(line: PaperLine) -> window::PaperLine {
    let alone = |kind, text| window::PaperLine { kind, text, value: None };
    let pair = |kind, text, value| window::PaperLine { kind, text, value: Some(value) };
    match line {
        PaperLine::Title(text) => alone(PaperLineKind::Title, text),
        PaperLine::Centred(text) => alone(PaperLineKind::Centred, text),
        PaperLine::Boxed(text) => alone(PaperLineKind::Boxed, text),
        PaperLine::Text(text) => alone(PaperLineKind::Text, text),
        PaperLine::Strong(text) => alone(PaperLineKind::Strong, text),
        PaperLine::Pair(text, value) => pair(PaperLineKind::Pair, text, value),
        PaperLine::LargePair(text, value) => pair(PaperLineKind::LargePair, text, value),
        PaperLine::SumPair(text, value) => pair(PaperLineKind::SumPair, text, value),
        PaperLine::SmallPair(text, value) => pair(PaperLineKind::SmallPair, text, value),
        PaperLine::Note(text) => alone(PaperLineKind::Note, text),
        PaperLine::Rule => alone(PaperLineKind::Rule, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Printer {
        Printer::Receipt {
            connection: PrinterConnection::Network { address: address.into() },
            roll: window::PaperRoll::Mm80,
            kanji: true,
        }
    }

    #[test]
    fn an_address_has_a_host_and_a_port_or_the_usual_one() {
        for (address, host, port) in [
            ("192.0.2.10", "192.0.2.10", 9100),
            (" printer.example.jp:9101 ", "printer.example.jp", 9101),
            ("[2001:db8::1]:9100", "2001:db8::1", 9100),
            ("2001:db8::1", "2001:db8::1", 9100),
        ] {
            let Ok(PrintTarget::Receipt(printer)) = target(&at(address)) else {
                unreachable!("{address} is an address")
            };
            assert_eq!(printer.connection, Connection::Network { host: host.into(), port });
        }
    }

    #[test]
    fn what_is_no_address_is_no_setting() {
        for address in [
            "",
            "  ",
            ":9100",
            "printer:",
            "printer:0",
            "printer:99999",
            "プリンター",
            "a b:9100",
            "http://x:9",
        ] {
            let failure = target(&at(address)).err();
            assert_eq!(failure.map(|failure| failure.code), Some(ErrorCode::SettingsInvalid), "{address}");
        }
    }
}
