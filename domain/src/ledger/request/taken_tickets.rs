//! Whose tickets the site of a stamp takes (rows D1, E3, E6).
//!
//! The identity part knows which points count where; which points a ticket holds only its book knows. So the
//! one says beforehand what would be taken, and the ledger compares: nobody has to look at the ticket twice.

use crate::currency::CurrencyCode;
use crate::issuer::{BookCode, IssuerCode};
use crate::ledger::Refusal;

/// The points whose tickets are taken at one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenTickets {
    /// The book of the site's municipality.
    pub own: BookCode,
    /// Those that count at the site.
    pub at_site: Vec<CurrencyCode>,
    /// Those that count at some other site of the municipality.
    pub elsewhere: Vec<CurrencyCode>,
}

impl TakenTickets {
    /// Why a ticket of these points is not taken at the site, if it is not.
    pub fn refusal(&self, currency: CurrencyCode) -> Option<Refusal> {
        if self.at_site.contains(&currency) {
            return None;
        }
        if currency.book == self.own || self.elsewhere.contains(&currency) {
            return Some(Refusal::TicketElsewhere { currency });
        }
        // A book of no issuer's has no tickets.
        let issuer = IssuerCode::parse(currency.book.as_str()).ok();
        Some(issuer.map_or(Refusal::TicketUnknown, |issuer| Refusal::TicketOfAnother { issuer }))
    }

    /// Whether any points of an issuer count in the municipality at all.
    pub fn any_of(&self, issuer: IssuerCode) -> bool {
        let book = BookCode::from(issuer);
        book == self.own || self.at_site.iter().chain(&self.elsewhere).any(|currency| currency.book == book)
    }
}
