//! The visit: what a card that was read leads to, kept for five minutes or until the clerk goes on.
//!
//! The cloud's token of the visit stays here; the window knows its number only.

use crate::journal::NamedCurrency;
use crate::running::{Running, lock};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{LookUpPointsAnswer, OperationKind, UsableAccount};
use madoguchi_wire::window::{MergeStreetShown, Period, Visit};
use std::time::Duration;
use zeroize::Zeroizing;

/// The card of a visit.
#[derive(Clone)]
pub(crate) struct VisitCard {
    /// Where it was read; it must lie there again to sign.
    pub(crate) reader: ReaderName,
    /// Issuer and serial: no other card hears its PIN.
    pub(crate) name: CertificateName,
}

/// Which card a visit was opened by.
pub(crate) enum ShownCard {
    /// The resident's own.
    Residents(VisitCard),
    /// That of the street that this terminal is of.
    OfStreet(MergeStreetShown),
}

/// A visit whose balances are on the screen.
#[derive(Clone)]
pub(crate) struct HeldVisit {
    /// Its number.
    pub(crate) number: u32,
    /// The resident's card; none where the street's own was shown.
    card: Option<VisitCard>,
    /// The cloud's token of it.
    pub(crate) token: Zeroizing<String>,
    /// The masked MyKey ID.
    pub(crate) masked_mykey_id: String,
    /// The currencies that can be used.
    pub(crate) currencies: Vec<NamedCurrency>,
    /// The accounts as the card's owner may see them.
    pub(crate) accounts: Vec<UsableAccount>,
    /// The last days a ticket may bear that is issued now.
    pub(crate) ticket_days: Period,
    /// How long it lasts from when it was opened.
    pub(crate) lasts: Duration,
}

impl HeldVisit {
    /// The cloud's answer to a look-up, as kept here and as shown.
    pub(crate) fn split(
        number: u32,
        shown: ShownCard,
        answer: LookUpPointsAnswer,
        lasts: Duration,
        ticket_days: Period,
    ) -> (Self, Visit) {
        let currencies = answer
            .accounts
            .iter()
            .map(|account| NamedCurrency { currency: account.currency, name: account.name.clone() })
            .collect();
        let (card, by_card_of) = match shown {
            ShownCard::Residents(card) => (Some(card), None),
            ShownCard::OfStreet(street) => (None, Some(street)),
        };
        let held = Self {
            number,
            card,
            token: Zeroizing::new(answer.visit),
            masked_mykey_id: answer.masked_mykey_id.clone(),
            currencies,
            accounts: answer.accounts.clone(),
            ticket_days: ticket_days.clone(),
            lasts,
        };
        let shown = Visit {
            visit: number,
            masked_mykey_id: answer.masked_mykey_id,
            accounts: answer.accounts,
            left_today: answer.left_today,
            per_use: answer.per_use,
            by_card_of,
            ticket_days,
        };
        (held, shown)
    }

    /// The resident's card, for everything but a merge: a street's card says who somebody is to that street, and
    /// can sign nothing.
    pub(crate) fn residents_card(&self) -> Result<&VisitCard, Failure> {
        self.card.as_ref().ok_or_else(|| Failure::of(ErrorCode::NotMyNumberCard))
    }

    /// Whether the visit's terminal can use this currency.
    pub(crate) fn offers(&self, currency: CurrencyCode) -> bool {
        self.currencies.iter().any(|offered| offered.currency == currency)
    }
}

impl Running {
    /// The visit of this number; every other is stale: a card put on meanwhile is never charged.
    pub(crate) fn held_visit(&self, number: u32) -> Result<HeldVisit, Failure> {
        lock(&self.visit)
            .clone()
            .filter(|visit| visit.number == number)
            .ok_or_else(|| Failure::of(ErrorCode::VisitExpired))
    }

    /// Forgets the visit, whichever it is.
    pub(crate) fn forget_visit(&self) {
        *lock(&self.visit) = None;
        *lock(&self.service_id) = None;
        self.resident.forget_visit();
    }

    /// A use, the issue of a ticket or a merge took place: its visit has served. A refused one can be corrected and
    /// tried again.
    pub(crate) fn use_up_visit(&self, kind: OperationKind) {
        if matches!(kind, OperationKind::Use | OperationKind::IssueTicket | OperationKind::MergePoints) {
            // What was used stays on the resident's screen until the clerk goes on.
            *lock(&self.visit) = None;
        }
    }
}
