//! What is asked of the ledger.
//!
//! A request is complete: who, under which key, and what, with the limits that hold today. What
//! only the identity part can know (whose visit this is, whether the currency counts here) is
//! settled before, and enters as a value.

use super::AccountId;
mod merge_points;
mod taken_tickets;
mod tickets;

pub use merge_points::{MergePoints, RefundMerge};
pub use taken_tickets::TakenTickets;
pub use tickets::{
    ClearTicket, CloseDay, IssueTicket, LapseTicket, ReissueTicket, UnclearTicket, VoidTicket,
};

use super::account::PartnerId;
use super::actor::Actor;
use super::answer::Refusal;
use super::lot::{LotId, LotOrigin};
use super::operation::{IdentifiedBy, OperationKind};
use crate::canonical::Canonical;
use crate::currency::CurrencyCode;
use crate::issuer::BookCode;
use crate::operation_key::OperationKey;
use crate::person::PersonId;
use crate::points::Points;
use crate::site::SiteId;
use crate::ticket::TicketNumber;
use jiff::civil::Date;

/// SHA-256 over what was asked, so that one key cannot ask for two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestHash(pub [u8; 32]);

impl RequestHash {
    /// The hash of a request's fields, each length-prefixed so that none can run into the next.
    ///
    /// Hash what the caller sent, not what the cloud knows about it: limits change, a repeated
    /// request must not.
    pub fn of<'f>(fields: impl IntoIterator<Item = &'f [u8]>) -> Self {
        let mut bytes = Canonical::tagged("madoguchi/request/1");
        for field in fields {
            bytes.bytes(field);
        }
        Self(bytes.sha256())
    }
}

/// One request: who asks, under which key, for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// The actor's home book, which remembers the key: a terminal's municipality, `000000` for
    /// residents and partners, a job's own.
    pub home: BookCode,
    /// The caller's key.
    pub key: OperationKey,
    /// What was asked, hashed.
    pub hash: RequestHash,
    /// What is asked.
    pub asked: Asked,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Give points to a resident.
    Grant(GrantPoints),
    /// Pay with points.
    Use(UsePoints),
    /// Undo a use.
    Void(VoidUse),
    /// Book what is left of a lot after its last day.
    Lapse(LapseLot),
    /// Make a ticket of points.
    IssueTicket(IssueTicket),
    /// Print a ticket anew, under another number.
    ReissueTicket(ReissueTicket),
    /// Undo a ticket's issue.
    VoidTicket(VoidTicket),
    /// Take a used ticket out of circulation.
    ClearTicket(ClearTicket),
    /// Undo a clearing.
    UnclearTicket(UnclearTicket),
    /// Book what a ticket holds after its last day.
    LapseTicket(LapseTicket),
    /// Merge points into a shopping street's own.
    Merge(MergePoints),
    /// Give the points of a merge back that its street has taken back.
    RefundMerge(RefundMerge),
    /// Close the day of a terminal.
    CloseDay(CloseDay),
    /// What became of this key? Unknown, it is abandoned for ever.
    Resolve,
    /// Known beforehand to be refused; only a first answer under this key goes before it.
    Barred(Barred),
}

/// Give points to a resident, as one new lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantPoints {
    /// The currency.
    pub currency: CurrencyCode,
    /// To whom.
    pub person: PersonId,
    /// How many.
    pub points: Points,
    /// The lot's last day, by the rule of the day of the grant; `None` = it never lapses.
    pub last_day: Option<Date>,
    /// Where the points come from.
    pub origin: LotOrigin,
    /// The company that owes them to the issuer; `None` = the issuer puts them out itself.
    pub partner: Option<PartnerId>,
    /// Where the grant takes place, if at a site.
    pub site: Option<SiteId>,
    /// How the person was known.
    pub identified_by: Option<IdentifiedBy>,
}

/// So many points of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The currency.
    pub currency: CurrencyCode,
    /// How many.
    pub points: Points,
}

/// Pay with points of one or several currencies, all or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsePoints {
    person: PersonId,
    site: SiteId,
    parts: Vec<Part>,
    identified_by: IdentifiedBy,
    limits: Limits,
}

/// The municipality's limits for uses without a signature (row D5); `None` = no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most one use may take, over all its parts.
    pub per_use: Option<Points>,
    /// The most one resident may use on one Japan date at this municipality's terminals.
    pub per_day: Option<Points>,
}

/// Why parts do not make a use. Nothing is remembered of such a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAUse {
    /// No part at all.
    #[error("a use takes at least one amount")]
    NoParts,
    /// One currency twice.
    #[error("a currency can be named once only")]
    CurrencyTwice,
    /// More than one operation may move.
    #[error("the sum is too large")]
    SumOutOfRange,
}

impl UsePoints {
    /// Checks that the parts make one use: at least one, no currency twice, a sum in range.
    pub fn new(
        person: PersonId,
        site: SiteId,
        parts: Vec<Part>,
        identified_by: IdentifiedBy,
        limits: Limits,
    ) -> Result<Self, NotAUse> {
        let Some((first, others)) = parts.split_first() else {
            return Err(NotAUse::NoParts);
        };
        let twice = |index: usize| parts[..index].iter().any(|part| part.currency == parts[index].currency);
        if (1..parts.len()).any(twice) {
            return Err(NotAUse::CurrencyTwice);
        }
        others
            .iter()
            .try_fold(first.points, |sum, part| sum.checked_add(part.points))
            .ok_or(NotAUse::SumOutOfRange)?;
        Ok(Self { person, site, parts, identified_by, limits })
    }

    /// Whose points.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Where they are used.
    pub const fn site(&self) -> SiteId {
        self.site
    }

    /// The amounts, in the caller's order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How the person was known.
    pub const fn identified_by(&self) -> IdentifiedBy {
        self.identified_by
    }

    /// The limits that hold without a signature.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// All parts together.
    pub fn total(&self) -> i64 {
        self.parts.iter().map(|part| part.points.get()).sum()
    }
}

/// Undo a use of the same terminal on the same Japan date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoidUse {
    /// The use's number in the terminal's home book.
    pub target_seq: i64,
}

/// Book what is left of one lot after its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LapseLot {
    /// The currency of the lot's account.
    pub currency: CurrencyCode,
    /// Whose account.
    pub person: PersonId,
    /// The account's number in the book.
    pub account: AccountId,
    /// The lot.
    pub lot: LotId,
}

/// A request that the identity part already refuses, posted all the same: a known key still gets
/// its first answer, an unknown one remembers the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred {
    /// What was asked for.
    pub kind: OperationKind,
    /// Why not.
    pub refusal: Refusal,
}

impl Request {
    /// Asks what became of a key.
    pub const fn resolve(actor: Actor, home: BookCode, key: OperationKey) -> Self {
        Self { actor, home, key, hash: RequestHash([0; 32]), asked: Asked::Resolve }
    }

    /// The ticket it names, if it names one.
    pub const fn ticket(&self) -> Option<TicketNumber> {
        match &self.asked {
            Asked::ReissueTicket(reissue) => Some(reissue.ticket),
            Asked::VoidTicket(void) => Some(void.ticket),
            Asked::ClearTicket(clear) => Some(clear.ticket),
            Asked::LapseTicket(lapse) => Some(lapse.ticket),
            Asked::Grant(_)
            | Asked::Use(_)
            | Asked::Void(_)
            | Asked::Lapse(_)
            | Asked::IssueTicket(_)
            | Asked::UnclearTicket(_)
            | Asked::Merge(_)
            | Asked::RefundMerge(_)
            | Asked::CloseDay(_)
            | Asked::Resolve
            | Asked::Barred(_) => None,
        }
    }

    /// The operation of its home book that it undoes, where it names one by its number.
    pub const fn target_seq(&self) -> Option<i64> {
        match &self.asked {
            Asked::Void(void) => Some(void.target_seq),
            Asked::UnclearTicket(unclear) => Some(unclear.target_seq),
            Asked::RefundMerge(refund) => Some(refund.target_seq),
            _ => None,
        }
    }

    /// Whether it makes a ticket, and needs a free number.
    pub const fn makes_a_ticket(&self) -> bool {
        matches!(self.asked, Asked::IssueTicket(_) | Asked::ReissueTicket(_))
    }

    /// Whether the last day close of its actor has a say in it.
    pub const fn asks_for_the_last_close(&self) -> bool {
        matches!(
            self.asked,
            Asked::Void(_) | Asked::VoidTicket(_) | Asked::UnclearTicket(_) | Asked::CloseDay(_)
        )
    }

    /// The books it touches as far as the request itself says; a void also touches its target's, and
    /// whoever names a ticket that ticket's.
    pub fn books(&self) -> Vec<BookCode> {
        let mut books = vec![self.home];
        match &self.asked {
            Asked::Grant(grant) => books.push(grant.currency.book),
            Asked::Use(used) => books.extend(used.parts.iter().map(|part| part.currency.book)),
            Asked::Lapse(lapse) => books.push(lapse.currency.book),
            Asked::IssueTicket(issue) => books.push(issue.part.currency.book),
            Asked::LapseTicket(lapse) => books.push(lapse.book),
            Asked::Merge(merge) => books.push(merge.part.currency.book),
            Asked::Void(_)
            | Asked::ReissueTicket(_)
            | Asked::VoidTicket(_)
            | Asked::ClearTicket(_)
            | Asked::UnclearTicket(_)
            | Asked::RefundMerge(_)
            | Asked::CloseDay(_)
            | Asked::Resolve
            | Asked::Barred(_) => {}
        }
        books.sort_unstable();
        books.dedup();
        books
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::currency::CurrencyNumber;
    use crate::points::MOST_POINTS;
    use uuid::Uuid;

    fn part(number: u32, points: i64) -> Part {
        let currency = CurrencyCode { book: BookCode::RESERVED, number: CurrencyNumber(number) };
        Part { currency, points: Points::new(points).unwrap() }
    }

    #[test]
    fn parts_that_make_no_use_are_told_apart() {
        let table = [
            (vec![], Err(NotAUse::NoParts)),
            (vec![part(1, 5), part(1, 5)], Err(NotAUse::CurrencyTwice)),
            (vec![part(1, MOST_POINTS), part(2, 1)], Err(NotAUse::SumOutOfRange)),
            (vec![part(1, 5), part(2, 6)], Ok(11)),
        ];
        for (parts, expected) in table {
            let limits = Limits { per_use: None, per_day: None };
            let made =
                UsePoints::new(PersonId(Uuid::nil()), SiteId(1), parts, IdentifiedBy::Certificate, limits);
            assert_eq!(made.map(|made| made.total()), expected);
        }
    }

    #[test]
    fn fields_of_a_request_cannot_run_into_each_other() {
        assert_ne!(RequestHash::of([b"ab".as_slice(), b"c"]), RequestHash::of([b"a".as_slice(), b"bc"]));
    }
}
