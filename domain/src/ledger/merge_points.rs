//! Merge: lots of a resident → what is owed to a shopping street, and what the street's file says of it
//! (row F2).
//!
//! Of its own municipality's points alone: the street's debtor is the one whose residents it serves.
//!
//! No terminal takes it back: the file may have been received already. The street books it back in its own
//! books and the municipality refunds ([`super::refund_merge`]; rows F8, K8).

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::{At, Batch};
use super::changes::PostedMerge;
use super::decide::{Plan, PlannedMerge, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::{draw, usable};
use super::operation::{OperationKind, OperationNumber, Outcome};
use super::posting::{Draft, Leg};
use super::request::MergePoints;
use super::use_points::{Taking, counts_towards_the_day, over_limit};
use crate::day::{from_millis, japan_time};
use crate::issuer::BookCode;
use crate::merge_file::{MergeRecord, TransactionNumber};

pub(super) fn judge(batch: &Batch<'_>, home: BookCode, merge: &MergePoints) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Merge, refusal));
    let (currency, points) = (merge.part.currency, merge.part.points);
    if currency.book != home {
        return refuse(Refusal::NotUsableHere { currency });
    }
    let account = AccountTitle::resident(currency, merge.person);
    let lots = batch.books.lots(&account)?;
    let before = usable(lots, batch.at.date);
    let Some(drawn) = draw(lots, points.get(), batch.at.date) else {
        return refuse(Refusal::Insufficient { currency, usable: before });
    };
    let taking = Taking {
        person: merge.person,
        total: points.get(),
        identified_by: merge.identified_by,
        limits: merge.limits,
    };
    if let Some(refusal) = over_limit(batch, home, &taking)? {
        return refuse(refusal);
    }
    // A fault has to come before anything is posted.
    transaction_number(batch.at, 0)?;
    let mut legs: Vec<Leg> =
        drawn.into_iter().map(|(lot, taken)| Leg::of_lot(account, lot, -taken)).collect();
    legs.push(Leg::plain(AccountTitle::street(currency, merge.street), points.get()));
    let draft = Draft {
        kind: OperationKind::Merge,
        outcome: Outcome::Done,
        site: Some(merge.site),
        identified_by: Some(merge.identified_by),
        reverses: Vec::new(),
        touches: None,
        legs,
    };
    Ok(Verdict::Post(Box::new(Plan {
        person: Some(merge.person),
        parts: vec![PlannedPart { account, points, before }],
        day_change: if counts_towards_the_day(merge.identified_by) { points.get() } else { 0 },
        merge: Some(PlannedMerge { street: merge.street, point_id: merge.point_id.clone(), points }),
        ..Plan::of(draft)
    })))
}

/// Keeps what the file says, under the number of the operation that was posted.
pub(super) fn keep(
    batch: &mut Batch<'_>,
    number: OperationNumber,
    merge: &PlannedMerge,
) -> Result<TransactionNumber, Fault> {
    let transaction = transaction_number(batch.at, number.seq)?;
    let record = MergeRecord { point_id: merge.point_id.clone(), points: merge.points, number: transaction };
    let (book, seq) = (number.book, number.seq);
    batch.books.merged.push(PostedMerge { book, seq, street: merge.street, record });
    Ok(transaction)
}

/// Time never falls within a book and its numbers are dense, so no second of a street's book has two of
/// the same six digits.
fn transaction_number(at: At, seq: i64) -> Result<TransactionNumber, Fault> {
    let at = from_millis(at.at_ms).map(japan_time).ok_or(Fault::OutOfRange)?;
    let sequence = u64::try_from(seq).map_err(|_| Fault::OutOfRange)?;
    TransactionNumber::new(at, sequence).map_err(|_| Fault::OutOfRange)
}
