//! What a scanner or a clerk typed, as a ticket; everything else is refused on the spot: it is neither
//! sent nor kept.

use madoguchi_domain::ticket::{TicketCode, TicketNumber};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::NamedTicket;

/// The longest text worth reading; a code has 42 characters.
const LONGEST: usize = 100;

/// The code of a QR, or a number of twelve digits, full-width and in fours as well. A ticket of training is
/// none where tickets are real, and the other way round; only its code says which it is.
pub(super) fn scanned(text: &str, training: bool) -> Result<NamedTicket, Failure> {
    if text.chars().count() > LONGEST {
        return Err(Failure::of(ErrorCode::NotATicket));
    }
    if let Ok(code) = TicketCode::scanned(text) {
        match (training, code.training) {
            (false, true) => return Err(Failure::of(ErrorCode::TicketOfTraining)),
            (true, false) => return Err(Failure::of(ErrorCode::TicketNotOfTraining)),
            (false, false) | (true, true) => {}
        }
        return Ok(NamedTicket::Code { code: code.to_string() });
    }
    TicketNumber::typed(text)
        .map(|number| NamedTicket::Number { number })
        .map_err(|_| Failure::of(ErrorCode::NotATicket))
}

/// The ticket's number, however it is named.
pub(super) fn number_of(named: &NamedTicket) -> Option<TicketNumber> {
    match named {
        NamedTicket::Code { code } => TicketCode::scanned(code).ok().map(|code| code.number),
        NamedTicket::Number { number } => Some(*number),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_and_numbers_in_every_way_of_writing_are_tickets() {
        let code = "T1.141305.987654321012.7.0123456789ABCDEF";
        for text in [code.to_owned(), code.to_lowercase(), format!("{code}\r")] {
            assert!(scanned(&text, false).unwrap() == NamedTicket::Code { code: code.to_owned() }, "{text}");
        }
        let number = TicketNumber::parse("987654321012").unwrap();
        for text in ["987654321012", "9876 5432 1012", "9876-5432-1012", "９８７６　５４３２　１０１２"]
        {
            assert!(scanned(text, false).unwrap() == NamedTicket::Number { number }, "{text}");
        }
        for text in [code, "987654321012"] {
            assert_eq!(number_of(&scanned(text, false).unwrap()), Some(number));
        }
    }

    #[test]
    fn a_code_of_training_is_taken_in_training_and_nowhere_else() {
        let real = "T1.141305.987654321012.7.0123456789ABCDEF";
        let training = "K1.141305.987654321012.7.0123456789ABCDEF";
        assert_eq!(scanned(training, false).unwrap_err().code, ErrorCode::TicketOfTraining);
        assert_eq!(scanned(real, true).unwrap_err().code, ErrorCode::TicketNotOfTraining);
        assert!(scanned(training, true).unwrap() == NamedTicket::Code { code: training.to_owned() });
        assert!(scanned(real, false).is_ok());
    }

    #[test]
    fn links_other_codes_thirteen_digits_and_half_a_number_are_none() {
        for text in [
            "https://example.jp/ticket/987654321012",
            "4901234567894",
            "49012345",
            "987654",
            "T1.141305.987654321012.7.0123456789",
            "",
            &"9".repeat(5_000),
        ] {
            assert_eq!(scanned(text, false).unwrap_err().code, ErrorCode::NotATicket, "{text}");
        }
    }
}
