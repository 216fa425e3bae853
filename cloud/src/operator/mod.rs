//! What the operator and the municipalities set up: issuers, currencies, sites, terminals, persons, and
//! points given by hand.
//!
//! Belongs here: one function per act, with its checks. Does not belong here: reading a command line or
//! a web form; the command line and later the consoles are thin faces over these functions.
//! Why it exists: whoever asks, the same rules hold.

pub mod account;
pub mod currency;
pub mod example;
pub mod grant;
pub mod id_provider;
pub mod municipality;
pub mod person;
pub mod site;
pub mod street;
pub mod terminal;
pub mod ticket;

use crate::database::{self, NotRead, NotWritten};
use crate::identity::certificate::NotACertificate;
use crate::identity::password::HashFailed;
use crate::keys::wrapped::KeyTrouble;
use crate::ledger::NotPosted;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::Refusal;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;

/// Why something could not be set up. Said to the operator, so in English as the command line is.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// No such issuer.
    #[error("there is no municipality or prefecture {0}; add it first")]
    UnknownIssuer(IssuerCode),
    /// No such book.
    #[error("{0} is no issuer's book")]
    NotAnIssuer(BookCode),
    /// No such site.
    #[error("there is no site {}", .0.0)]
    UnknownSite(SiteId),
    /// The site belongs to another municipality.
    #[error("site {} belongs to another municipality", .0.0)]
    SiteElsewhere(SiteId),
    /// No such terminal, or it was deleted.
    #[error("there is no terminal {0}")]
    UnknownTerminal(TerminalId),
    /// The terminal ID is taken.
    #[error("terminal {0} exists already")]
    TerminalExists(TerminalId),
    /// All terminal IDs of a range are taken.
    #[error("no terminal ID is left")]
    NoTerminalIdLeft,
    /// No such currency.
    #[error("there is no currency {} in book {}", .0.number.0, .0.book)]
    UnknownCurrency(CurrencyCode),
    /// Another currency of the book has this name.
    #[error("{0} has other points of this name")]
    CurrencyDiffers(BookCode),
    /// A municipality has one currency of its own.
    #[error("{0} has its municipal points already")]
    MunicipalCurrencyExists(BookCode),
    /// A period that ends before it begins.
    #[error("the period ends before it begins")]
    PeriodBackwards,
    /// Nobody has this MyKey ID.
    #[error("nobody has this MyKey ID")]
    UnknownPerson,
    /// Nobody is looked up without a reason.
    #[error("say why this person's account is looked at")]
    ReasonMissing,
    /// Somebody has or had this MyKey ID.
    #[error("this MyKey ID is or was somebody's")]
    MyKeyIdTaken,
    /// The certificate is registered already.
    #[error("this certificate is somebody's already")]
    CertificateTaken,
    /// An ID of an ID provider has six digits.
    #[error("an ID provider's ID has six digits")]
    NotAnIdProviderId,
    /// No such ID provider.
    #[error("there is no ID provider {0}")]
    UnknownIdProvider(IdProviderId),
    /// The ID provider is no shopping street.
    #[error("ID provider {0} is no shopping street")]
    NotAStreet(IdProviderId),
    /// Two keys of a street are good at once, no more.
    #[error("street {0} has two keys already; retire the older one when the street confirms the newer")]
    TwoStreetKeys(IdProviderId),
    /// A street's only key seals its files.
    #[error("key {1} is the only one of street {0}; make the next one and hand it over first")]
    OnlyStreetKey(IdProviderId, u32),
    /// No such key, or it was retired.
    #[error("street {0} has no key {1}, or it was retired")]
    UnknownStreetKey(IdProviderId, u32),
    /// A key is handed over once.
    #[error("key {1} of street {0} was handed over for this profile already; make the next one instead")]
    StreetKeyHandedOver(IdProviderId, u32),
    /// A key seals nothing before the street has it.
    #[error("the other key of street {0} was not handed over for its profile yet")]
    StreetKeyNotHandedOver(IdProviderId),
    /// A profile is in use once the street has a key for it.
    #[error("street {0} has no key for that profile yet; hand one over first: export-key --profile")]
    ProfileNotHandedOver(IdProviderId),
    /// No merge has this number.
    #[error("street {0} has no merge {1}")]
    UnknownMerge(IdProviderId, TransactionNumber),
    /// What the street may still receive is not refunded.
    #[error(
        "street {0} has not said that it took merge {1} back; it books it back or declines its number first"
    )]
    NotTakenBack(IdProviderId, TransactionNumber),
    /// The street says of one number that it added it and that it never did, or of two that one posting of its books
    /// took both back.
    #[error(
        "street {0} contradicts itself about merge {1}: received and declined, or booked back by a posting that it \
         gave for another merge too; ask there which is so"
    )]
    StreetContradictsItself(IdProviderId, TransactionNumber),
    /// A limit must be positive and the day's not below the use's.
    #[error("limits are positive, and the limit per day is not below the limit per use")]
    LimitsOutOfOrder,
    /// Where nobody signs in, nobody can give a name.
    #[error("a staff name is given when signing in, so it cannot be asked for where nobody signs in")]
    StaffNameWithoutSignIn,
    /// Nothing to unlock.
    #[error("terminal {0} has guessed no ticket numbers today, or was unlocked already")]
    NotSlowed(TerminalId),
    /// A key cannot be had.
    #[error(transparent)]
    Key(#[from] KeyTrouble),
    /// The ledger refused.
    #[error("the ledger refuses: {}", .0.code())]
    Refused(Refusal),
    /// The ledger gave no answer.
    #[error(transparent)]
    NotPosted(#[from] NotPosted),
    /// The file holds no certificate.
    #[error(transparent)]
    NotACertificate(#[from] NotACertificate),
    /// A password could not be made.
    #[error(transparent)]
    Password(#[from] HashFailed),
    /// The computer gives no random numbers.
    #[error("no random numbers: {0}")]
    NoRandomness(#[from] getrandom::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] database::Error),
    /// The database is busy.
    #[error("the database is busy; try again")]
    Busy,
    /// The database may or may not have kept it.
    #[error("whether it was written is not known; look before trying again")]
    Unknown,
}

impl From<NotWritten<Self>> for OperatorError {
    fn from(error: NotWritten<Self>) -> Self {
        match error {
            NotWritten::Failed(error) => error,
            NotWritten::Busy => Self::Busy,
            NotWritten::Unknown => Self::Unknown,
        }
    }
}

impl From<NotRead<Self>> for OperatorError {
    fn from(error: NotRead<Self>) -> Self {
        match error {
            NotRead::Failed(error) => error,
            NotRead::Busy => Self::Busy,
        }
    }
}
