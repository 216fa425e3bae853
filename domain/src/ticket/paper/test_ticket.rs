//! A ticket that shows how tickets will look on a printer, and is none.

use super::{TicketFace, TicketPaper};
use crate::ticket::TicketNumber;
use jiff::civil::date;

/// As long as a ticket's code, in the same letters, and no ticket's: it reads as another version.
const CODE: &str = "TEST.000000.000000000000.0.0000000000000000";

/// The test ticket: worth nothing, of nobody, marked at both ends.
pub fn test_ticket() -> TicketPaper {
    let face = TicketFace {
        points: 1_000,
        issuer_name: "〇〇市".into(),
        event_name: None,
        issued_on: date(2026, 4, 1),
        last_day: date(2026, 5, 1),
        issued_at: "見本".into(),
        training: true,
    };
    TicketPaper { face, number: TicketNumber::ZERO, code: CODE.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticket::TicketCode;

    #[test]
    fn no_cloud_ever_sees_its_code() {
        assert!(TicketCode::scanned(&test_ticket().code).is_err());
    }

    #[test]
    fn it_says_that_it_cannot_be_used() {
        assert!(test_ticket().face.training);
    }
}
