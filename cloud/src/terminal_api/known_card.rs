//! Whose card it is: by its certificate, or by the one it follows (row B4).
//!
//! A new card is taken over at its first use, whatever that is, and once. Only a card that nobody knows
//! costs a question to the authority; it may be away, and then the card has no MyKey ID for now.

use super::problem::Declined;
use crate::cloud::Cloud;
use crate::database::{Connection, NotRead};
use crate::identity::certificate::{self, CertificateRow};
use crate::identity::renewal;
use crate::trust_anchors;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_wire::failure::ErrorCode;

/// Issuer and serial as a terminal sends them. The published sample cards count in a demonstration only.
pub(super) fn named(cloud: &Cloud, issuer: &str, serial: &str) -> Result<CertificateName, Declined> {
    let name = certificate::name_from_hex(issuer, serial).ok_or(Declined::because(ErrorCode::Malformed))?;
    if trust_anchors::is_published_issuer(&name.issuer_der) && !cloud.demo {
        return Err(Declined::because(ErrorCode::CardWithoutMykeyId));
    }
    Ok(name)
}

/// Reads what a card leads to, in one state of the database.
pub(super) async fn read_of_card<T, F>(
    cloud: &Cloud,
    name: CertificateName,
    now_ms: i64,
    read_of: F,
) -> Result<T, Declined>
where
    T: Send + 'static,
    F: Fn(&Connection, CertificateRow) -> Result<T, Declined> + Clone + Send + 'static,
{
    if let Some(found) = read_if_known(cloud, name.clone(), now_ms, read_of.clone()).await? {
        return Ok(found);
    }
    let unknown = Declined::because(ErrorCode::CardWithoutMykeyId);
    if !is_taken_over(cloud, &name, now_ms).await? {
        return Err(unknown);
    }
    read_if_known(cloud, name, now_ms, read_of).await?.ok_or(unknown)
}

async fn read_if_known<T, F>(
    cloud: &Cloud,
    name: CertificateName,
    now_ms: i64,
    read_of: F,
) -> Result<Option<T>, NotRead<Declined>>
where
    T: Send + 'static,
    F: Fn(&Connection, CertificateRow) -> Result<T, Declined> + Send + 'static,
{
    let find = move |read: &Connection| {
        let Some(card) = certificate::find(read, &name)? else { return Ok(None) };
        if card.until_ms.is_some() {
            return Err(Declined::because(ErrorCode::CardRenewed));
        }
        if !card.is_valid_at(now_ms) {
            return Err(Declined::because(ErrorCode::CardExpired));
        }
        read_of(read, card).map(Some)
    };
    cloud.database.read(find).await
}

async fn is_taken_over(cloud: &Cloud, name: &CertificateName, now_ms: i64) -> Result<bool, Declined> {
    let Some(authority) = &cloud.authority else { return Ok(false) };
    let chain = match renewal::chain(&**authority, name).await {
        Ok(chain) => chain,
        Err(no_answer) => {
            tracing::warn!(%no_answer, "a new card cannot be taken over");
            return Ok(false);
        }
    };
    if chain.is_empty() {
        return Ok(false);
    }
    let taken_over = cloud
        .database
        .write(move |write| renewal::take_over(write, &chain, now_ms).map_err(Declined::from))
        .await?;
    tracing::info!(taken_over, "a new card");
    Ok(taken_over)
}
