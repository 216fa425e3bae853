//! Shopping streets that points are merged into: their keys, what they have not acknowledged, and what they have
//! taken back (rows F5, F8, K11; docs/merge-file.md).
//!
//! The rules of a change of keys: the next one is made and handed over, once, while the old one still
//! seals; when the street confirms that it has it, the old one is retired and the next one seals. A change of profile
//! goes the same way: a key is handed over for the other profile first.

use super::OperatorError;
use crate::database::{self, Connection};
use crate::identity::street::{self, Street};
use crate::keys::wrapped::Wrapping;
use crate::keys::wrapped::street::{self as keys, MergeProfile, OpenStreetKey, StreetKey};
use crate::ledger::Ledger;
use crate::ledger::read::{self, MergeStanding};
use ed25519_dalek::VerifyingKey;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, Done, Job, OperationNumber, RefundMerge, Refusal, Request, RequestHash,
};
use madoguchi_domain::merge_file::{TakenBack, TransactionNumber};
use madoguchi_domain::operation_key::OperationKey;
use zeroize::Zeroizing;

/// A street's key sheet: one key as it is handed over, once. No `Debug`.
pub struct KeySheet {
    /// The street.
    pub street: Street,
    /// The key's number.
    pub number: u32,
    /// For which profile it is handed over.
    pub profile: MergeProfile,
    /// Its bytes.
    pub key: OpenStreetKey,
    /// The cloud's signature key, with its number: proves files of profile 2.
    pub cloud: (u32, VerifyingKey),
}

impl KeySheet {
    /// As it is handed over: TOML, with what the profile needs (docs/receiver.md). The secret proves the
    /// street's answers under either profile.
    pub fn text(&self) -> Zeroizing<String> {
        let Self { street, number, profile, key, cloud: (signer, verifies) } = self;
        let hexed = |bytes: &[u8]| Zeroizing::new(hex::encode(bytes));
        let (profile, aes, signer) = match profile {
            MergeProfile::One => (1, hexed(&key.profile_1.aes), String::new()),
            MergeProfile::Two => {
                let public = hex::encode(verifies.as_bytes());
                let signer = format!("\n[[signer]]\nnumber = {signer}\ned25519 = \"{public}\"\n");
                (2, hexed(&key.profile_2.aes), signer)
            }
        };
        let (aes, secret) = (aes.as_str(), key.profile_1.secret.expose());
        // Whoever reads the files must know that what they name is nothing to show.
        let mykey_ids = if street.keeps_mykey_ids { "mykey_ids = true\n" } else { "" };
        Zeroizing::new(format!(
            "street = \"{}\"\nprofile = {profile}\n{mykey_ids}\n[[key]]\nnumber = {number}\naes = \"{aes}\"\n\
             secret = \"{secret}\"\n{signer}",
            street.id
        ))
    }
}

/// Sets how a street's files are sealed and whether it keeps MyKey IDs. A street that has keys changes its profile once it
/// has one for the other: files under any other key it could not open.
pub fn set(
    write: &Connection,
    id: IdProviderId,
    profile: MergeProfile,
    keeps_mykey_ids: bool,
) -> Result<(), OperatorError> {
    let standing = known(write, id)?;
    let good = good(write, id)?;
    let has_one = good.iter().any(|key| key.is_handed_over_for(profile));
    if profile != standing.profile && !has_one && good.iter().any(StreetKey::is_handed_over) {
        return Err(OperatorError::ProfileNotHandedOver(id));
    }
    Ok(street::set(write, id, profile, keeps_mykey_ids)?)
}

/// Makes a street's next key; says its number. It seals once the one before is retired.
pub fn make_key(
    write: &Connection,
    wrapping: &Wrapping,
    id: IdProviderId,
    now_ms: i64,
) -> Result<u32, OperatorError> {
    known(write, id)?;
    if good(write, id)?.len() >= 2 {
        return Err(OperatorError::TwoStreetKeys(id));
    }
    Ok(keys::make_next(write, wrapping, id, now_ms)?)
}

/// All keys a street ever had, oldest first.
pub fn list_keys(read: &Connection, id: IdProviderId) -> Result<Vec<StreetKey>, OperatorError> {
    known(read, id)?;
    Ok(keys::all(read, id)?)
}

/// What the street needs of a key, once for each profile: whoever lost it gets the next one. Without a profile it is the
/// street's; for the other one before the street changes to it. What is only presumed to have been handed over may be so
/// once more.
pub fn export_key(
    write: &Connection,
    wrapping: &Wrapping,
    id: IdProviderId,
    (number, profile): (u32, Option<MergeProfile>),
    now_ms: i64,
) -> Result<KeySheet, OperatorError> {
    let street = known(write, id)?;
    let profile = profile.unwrap_or(street.profile);
    let found = good(write, id)?.into_iter().find(|key| key.number == number);
    let found = found.ok_or(OperatorError::UnknownStreetKey(id, number))?;
    if found.handed_over_for(profile).is_some_and(|handed| !handed.is_presumed) {
        return Err(OperatorError::StreetKeyHandedOver(id, number));
    }
    let key = keys::open(write, wrapping, id, number)?;
    let key = key.ok_or(OperatorError::UnknownStreetKey(id, number))?;
    let (signer, signature) = keys::signer(write, wrapping)?;
    keys::note_export(write, id, (number, profile), now_ms)?;
    Ok(KeySheet { street, number, profile, key, cloud: (signer, signature.verifying_key()) })
}

/// The street has confirmed the newer key: the older one seals nothing any more.
pub fn retire_key(
    write: &Connection,
    id: IdProviderId,
    number: u32,
    now_ms: i64,
) -> Result<(), OperatorError> {
    let street = known(write, id)?;
    let good = good(write, id)?;
    let Some(going) = good.iter().find(|key| key.number == number) else {
        return Err(OperatorError::UnknownStreetKey(id, number));
    };
    let Some(staying) = good.iter().find(|key| key.number != number) else {
        return Err(OperatorError::OnlyStreetKey(id, number));
    };
    let had_it = staying.number > number || going.is_handed_over_for(street.profile);
    if had_it && !staying.is_handed_over_for(street.profile) {
        return Err(OperatorError::StreetKeyNotHandedOver(id));
    }
    Ok(keys::retire(write, id, number, now_ms)?)
}

/// The merges into a street with which somebody still has something to do, oldest first (rows F8, K11).
pub fn waiting(read: &Connection, id: IdProviderId) -> Result<Vec<MergeStanding>, OperatorError> {
    known(read, id)?;
    Ok(read::waiting_merges(read, id.into())?)
}

/// The merges that a street has taken back, with their refunds, oldest first (row F8).
pub fn taken_back(read: &Connection, id: IdProviderId) -> Result<Vec<MergeStanding>, OperatorError> {
    known(read, id)?;
    Ok(read::merges_taken_back(read, id.into())?)
}

/// The municipality refunds a merge that its street has taken back (rows F8, K8), once: asked for again, it is the
/// same refund. Without the street's proven word nothing is refunded, since its file may still be received.
pub async fn refund(
    ledger: &Ledger,
    id: IdProviderId,
    number: TransactionNumber,
) -> Result<Done, OperatorError> {
    let standing = ledger.database().read(move |read| to_refund(read, id, number)).await?;
    let merge = (standing.merge.book, standing.merge.seq);
    if let Some(refund) = standing.refund {
        return refunded(ledger, refund).await;
    }
    let unanswered = OperatorError::NotTakenBack(id, number);
    let taken_back = standing.taken_back().ok_or(unanswered)?;
    match ledger.post(refund_request(merge, number, taken_back)).await?.answer {
        Answer::Done(done) => Ok(done),
        // Somebody else was quicker.
        Answer::Refused(Refusal::AlreadyVoided { by }) => refunded(ledger, by).await,
        Answer::Refused(refusal) => Err(OperatorError::Refused(refusal)),
        Answer::Abandoned => Err(OperatorError::Refused(Refusal::Abandoned)),
    }
}

fn to_refund(
    read: &Connection,
    id: IdProviderId,
    number: TransactionNumber,
) -> Result<MergeStanding, OperatorError> {
    known(read, id)?;
    let merge = read::merge_numbered(read, id.into(), number)?;
    let standing = read::merge_standing(read, merge.ok_or(OperatorError::UnknownMerge(id, number))?)?;
    if standing.refund.is_none() && standing.contradicts_itself() {
        return Err(OperatorError::StreetContradictsItself(id, number));
    }
    Ok(standing)
}

/// What a refund was answered.
async fn refunded(ledger: &Ledger, refund: OperationNumber) -> Result<Done, OperatorError> {
    let answer = ledger
        .database()
        .read(move |read| read::answer_at(read, refund).map_err(OperatorError::from))
        .await?;
    match answer {
        Some(Answer::Done(done)) => Ok(done),
        _ => Err(OperatorError::Refused(Refusal::UnknownTarget)),
    }
}

/// Key and hash are of the merge alone, so that two who refund it at once do so once, also where the street has said
/// more between the one and the other.
fn refund_request((book, seq): (BookCode, i64), number: TransactionNumber, taken_back: TakenBack) -> Request {
    Request {
        actor: Actor::Job(Job::Command),
        home: book,
        key: OperationKey::derived(&format!("merge_refund:{book}:{seq}")),
        hash: RequestHash::of([b"refund_merge".as_slice(), number.to_string().as_bytes()]),
        asked: Asked::RefundMerge(RefundMerge { target_seq: seq, number, taken_back }),
    }
}

fn known(read: &Connection, id: IdProviderId) -> Result<Street, OperatorError> {
    street::find(read, id)?.ok_or(OperatorError::NotAStreet(id))
}

fn good(read: &Connection, id: IdProviderId) -> database::Result<Vec<StreetKey>> {
    let mut keys = keys::all(read, id)?;
    keys.retain(|key| key.retired_ms.is_none());
    Ok(keys)
}
