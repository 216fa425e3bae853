//! What the second bookkeeper would have written of scans at terminals: before the books are asked, the cloud
//! looks at the paper and at whose stamp it bears.

use super::verdict::Verdict;
use super::{Bookkeeper, OfTicket};
use crate::simulator::rows::Posted;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;

/// A ticket that was scanned or typed at a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedScan {
    /// At which terminal.
    pub terminal: usize,
    /// The site of the stamp.
    pub site: SiteId,
    /// The number on the paper.
    pub number: TicketNumber,
    /// How the paper shows it.
    pub paper: Paper,
}

/// How a paper shows its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// In a code of the cloud's own.
    Code,
    /// In a code whose tag somebody invented.
    Forged,
    /// In digits, which a clerk types.
    Number,
}

impl Bookkeeper {
    /// Whether a ticket can still be cleared, as far as the books were read.
    pub fn is_open(&self, number: TicketNumber) -> bool {
        self.tickets.get(&number).is_some_and(|ticket| ticket.state == "open")
    }

    /// The book whose points a ticket holds.
    pub fn book_of_ticket(&self, number: TicketNumber) -> Option<BookCode> {
        self.tickets.get(&number).map(|ticket| ticket.currency.book)
    }

    pub(super) fn judge_scan(&self, asked: &AskedScan, home: &Posted) -> Verdict {
        let Some(ticket) = self.tickets.get(&asked.number) else { return Verdict::Refused("ticket_unknown") };
        let (currency, here) = (ticket.currency, self.town.terminals[asked.terminal].home());
        let is_code = asked.paper != Paper::Number;
        if is_code && currency.book != here && !self.town.any_counts_in(currency.book, here) {
            return Verdict::Refused("ticket_of_another");
        }
        if asked.paper == Paper::Forged {
            return Verdict::Refused("ticket_forged");
        }
        if !self.town.counts_with_stamp(currency, asked.site, here) {
            let is_known_here = currency.book == here || self.town.counts_in(currency, here);
            return Verdict::Refused(if is_known_here { "ticket_elsewhere" } else { "ticket_of_another" });
        }
        self.judge_of_ticket(OfTicket::Clear(asked.site), asked.number, home)
    }
}
