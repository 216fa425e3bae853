//! The certificate authority, as far as the cloud asks it: which card follows which (row B4), and whether a
//! signing certificate has lapsed (row C6).
//!
//! Belongs here: the port, and what its answers say. Does not: what is done with them (`renewal`,
//! `address_notice`), asking a real authority, which answers registered parties only; where none is set up,
//! no new card is taken over and no address is ever said to be checked.
//! A terminal sends issuer and serial alone, so the period of a new certificate is part of the answer.

mod example;
mod in_time;

pub use example::{ExampleAuthority, NoExampleAuthority};
pub use in_time::InTime;

use super::certificate::CertificateFile;
use madoguchi_domain::certificate::CertificateName;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

/// The authority gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("the certificate authority gave no answer: {0}")]
pub struct NoAnswer(pub String);

/// What the authority says of a certificate that follows another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The new one.
    pub certificate: CertificateFile,
    /// The one it follows, of the same person.
    pub predecessor: CertificateName,
    /// The signing certificates of the two cards, where both have one. Each follows the other only where what
    /// it says of its holder is the same: an address that changed is no renewal.
    pub signing: Option<SigningRenewal>,
}

/// A signing certificate and the one it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningRenewal {
    /// The new one.
    pub certificate: CertificateName,
    /// The one it follows, of the same person.
    pub predecessor: CertificateName,
}

/// What a question to the authority comes to.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, NoAnswer>> + Send + 'a>>;

/// The certificate authority's answers.
pub trait CertificateAuthority: Debug + Send + Sync {
    /// Which certificate this one follows; `None` where it knows of no predecessor.
    fn renewal<'a>(&'a self, of: &'a CertificateName) -> Answer<'a, Option<Renewal>>;

    /// Whether a signing certificate has lapsed, as it does when its holder's name or address changes.
    fn has_lapsed<'a>(&'a self, signing: &'a CertificateName) -> Answer<'a, bool>;
}
