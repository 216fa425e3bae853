//! Renewed cards (row B4): the certificate authority's word on which certificate a new one follows, and taking
//! a new certificate over, with the signing certificate of the address notices (row C6).

use super::authority::{CertificateAuthority, NoAnswer, Renewal};
use super::{address_notice, certificate};
use crate::database::{self, Connection};
use madoguchi_domain::certificate::CertificateName;

/// How many cards a person may have had without showing any of them here.
const LONGEST_CHAIN: usize = 8;

/// The certificates a new one follows, newest first, as far back as the authority knows.
pub async fn chain(
    authority: &dyn CertificateAuthority,
    newest: &CertificateName,
) -> Result<Vec<Renewal>, NoAnswer> {
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
    for (steps, renewal) in chain.iter().enumerate() {
        if let Some(known) = certificate::find(write, &renewal.predecessor)? {
            // A card whose place was taken already is followed by one other and no second one.
            if known.until_ms.is_some() {
                return Ok(false);
            }
            certificate::take_over(write, &known, &newest.certificate, now_ms)?;
            // From the oldest of these cards to the newest.
            for signing in chain[..=steps].iter().rev().filter_map(|renewal| renewal.signing.as_ref()) {
                address_notice::follow(write, known.person, signing)?;
            }
            return Ok(true);
        }
    }
    Ok(false)
}
