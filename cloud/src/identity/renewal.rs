//! Renewed cards (row B4): the certificate authority's word on which certificate a new one follows.
//!
//! Belongs here: the port to the authority, and taking a new certificate over. Does not: asking a real
//! authority, which answers registered parties only; where none is set up, nobody is taken over.
//! A terminal sends issuer and serial alone, so the period of the new certificate is part of the answer.

mod example;

pub use example::{ExampleRenewals, NoExampleRenewals};

use super::certificate::{self, CertificateFile};
use crate::database::{self, Connection};
use madoguchi_domain::certificate::CertificateName;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

/// How many cards a person may have had without showing any of them here.
const LONGEST_CHAIN: usize = 8;

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
}

/// What a question to the authority comes to: `None` where it knows of no predecessor.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<Renewal>, NoAnswer>> + Send + 'a>>;

/// The certificate authority's old-to-new answer.
pub trait Renewals: Debug + Send + Sync {
    /// Which certificate this one follows.
    fn renewal<'a>(&'a self, of: &'a CertificateName) -> Answer<'a>;
}

/// The certificates a new one follows, newest first, as far back as the authority knows.
pub async fn chain(authority: &dyn Renewals, newest: &CertificateName) -> Result<Vec<Renewal>, NoAnswer> {
    let mut chain: Vec<Renewal> = Vec::new();
    let mut asked = newest.clone();
    while chain.len() < LONGEST_CHAIN {
        let Some(renewal) = authority.renewal(&asked).await? else { break };
        // An answer about another certificate than the one asked about is none.
        if renewal.certificate.name != asked {
            break;
        }
        asked = renewal.predecessor.clone();
        chain.push(renewal);
    }
    Ok(chain)
}

/// Takes the newest certificate of a chain over from the first predecessor that is known. `false`: none
/// is, or the newest is known already, perhaps since a moment ago.
pub fn take_over(write: &Connection, chain: &[Renewal], now_ms: i64) -> database::Result<bool> {
    let Some(newest) = chain.first() else { return Ok(false) };
    if certificate::find(write, &newest.certificate.name)?.is_some() {
        return Ok(true);
    }
    for renewal in chain {
        if let Some(known) = certificate::find(write, &renewal.predecessor)? {
            // A card whose place was taken already is followed by one other and no second one.
            if known.until_ms.is_some() {
                return Ok(false);
            }
            certificate::take_over(write, &known, &newest.certificate, now_ms)?;
            return Ok(true);
        }
    }
    Ok(false)
}
