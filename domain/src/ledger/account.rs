//! Accounts: whose points, of which currency, in which book.
//!
//! An account is named three ways, each for its reader: its *title* says what it is for and is how
//! a decision finds it; its *id* is its dense number within the book, for rows; its *name* is 128
//! random bits, for the chain, so that a published line says nothing about a person.

use super::lot::{Lot, LotId};
use crate::currency::CurrencyCode;
use crate::id_provider::{IdProviderId, NotAnIdProviderId};
use crate::issuer::BookCode;
use crate::person::PersonId;
use crate::site::SiteId;
use serde::{Deserialize, Serialize};

/// An account's number within its book: 1, 2, 3 … in the order of opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// An account's random name, under which it stands in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(pub [u8; 16]);

/// A partner company (地域経済応援ポイント協力会社).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartnerId(pub i64);

/// A shopping street that points are merged into: its number as an ID provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StreetId(pub i64);

impl From<IdProviderId> for StreetId {
    fn from(provider: IdProviderId) -> Self {
        let digits = provider.as_str().bytes().map(|digit| i64::from(digit - b'0'));
        Self(digits.fold(0, |number, digit| number * 10 + digit))
    }
}

impl TryFrom<StreetId> for IdProviderId {
    type Error = NotAnIdProviderId;

    fn try_from(StreetId(number): StreetId) -> Result<Self, NotAnIdProviderId> {
        Self::parse(&format!("{number:06}"))
    }
}

/// What an account is for, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// Minus what the issuer put out.
    Issued,
    /// Minus what this company owes the issuer.
    Partner(PartnerId),
    /// A resident's points; the only kind that has lots.
    Resident(PersonId),
    /// What open tickets keep.
    Held,
    /// Owed to a shop or another place where points are used.
    Site(SiteId),
    /// Owed to a shopping street for merged points.
    Street(StreetId),
    /// What lapsed or was revoked.
    Lapsed,
    /// What was paid out, less what was paid in.
    Bank,
}

impl AccountKind {
    /// The kind's stable name, as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Partner(_) => "partner",
            Self::Resident(_) => "resident",
            Self::Held => "held",
            Self::Site(_) => "site",
            Self::Street(_) => "street",
            Self::Lapsed => "lapsed",
            Self::Bank => "bank",
        }
    }

    /// Whether the balance may fall below zero (invariant I5): the accounts that say who owes.
    pub const fn may_be_negative(self) -> bool {
        matches!(self, Self::Issued | Self::Partner(_) | Self::Bank)
    }

    /// Whether every entry names a lot (invariant I3).
    pub const fn has_lots(self) -> bool {
        matches!(self, Self::Resident(_))
    }
}

/// What an account is: its currency (and with it its book), its kind and owner. Unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountTitle {
    /// The currency, which lies in one book.
    pub currency: CurrencyCode,
    /// What for, and whose.
    pub kind: AccountKind,
}

impl AccountTitle {
    /// A resident's account.
    pub const fn resident(currency: CurrencyCode, person: PersonId) -> Self {
        Self { currency, kind: AccountKind::Resident(person) }
    }

    /// What is owed to a site.
    pub const fn site(currency: CurrencyCode, site: SiteId) -> Self {
        Self { currency, kind: AccountKind::Site(site) }
    }

    /// What is owed to a street.
    pub const fn street(currency: CurrencyCode, street: StreetId) -> Self {
        Self { currency, kind: AccountKind::Street(street) }
    }

    /// What the issuer put out.
    pub const fn issued(currency: CurrencyCode) -> Self {
        Self { currency, kind: AccountKind::Issued }
    }

    /// What open tickets keep.
    pub const fn held(currency: CurrencyCode) -> Self {
        Self { currency, kind: AccountKind::Held }
    }

    /// What lapsed.
    pub const fn lapsed(currency: CurrencyCode) -> Self {
        Self { currency, kind: AccountKind::Lapsed }
    }

    /// The book the account stands in.
    pub const fn book(&self) -> BookCode {
        self.currency.book
    }
}

/// Where an entry stands in its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryPosition {
    /// The operation's number in the book.
    pub seq: i64,
    /// The line within the operation, from 1.
    pub line: i64,
}

/// An account as the books have it, with those of its lots that a decision may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number in the book.
    pub id: AccountId,
    /// Its name in the chain.
    pub name: AccountName,
    /// The sum of its entries.
    pub balance: i64,
    /// How many entries it has; the next one's `account_seq` is one more.
    pub entries: i64,
    /// Where its newest entry stands.
    pub last_entry: Option<EntryPosition>,
    /// A resident's lots that still have points, and those a reversal names.
    pub lots: Vec<Lot>,
}

impl Account {
    /// An account nobody has used yet.
    pub const fn opened(id: AccountId, name: AccountName) -> Self {
        Self { id, name, balance: 0, entries: 0, last_entry: None, lots: Vec::new() }
    }

    /// One of its lots.
    pub fn lot(&self, id: LotId) -> Option<&Lot> {
        self.lots.iter().find(|lot| lot.id == id)
    }
}
