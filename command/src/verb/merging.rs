//! Points merged into a shopping street's own.

use super::points::{parts, resident_pin, told};
use crate::at_counter::AtCounter;
use crate::command_line::Amounts;
use crate::outcome::Outcome;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::language::Language;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::window::{MergePointsArguments, MergePointsWithPinArguments, OperationNamed};

/// Merges points of the card; one currency at a time.
pub(crate) async fn merge(
    at: &mut AtCounter,
    street: IdProviderId,
    amounts: Amounts,
    language: Language,
) -> Result<Outcome, Failure> {
    let visit = at.visit().await?;
    let [part] = <[_; 1]>::try_from(parts(&visit, &amounts.points)?)
        .map_err(|_| Failure::of(ErrorCode::AmountInvalid))?;
    let visit = visit.visit;
    let operation = if amounts.pin {
        let pin = resident_pin(at, visit, amounts.last_try, language).await?;
        at.counter.merge_points_with_pin(MergePointsWithPinArguments { visit, street, part, pin }).await?
    } else {
        at.counter.merge_points(MergePointsArguments { visit, street, part }).await?
    };
    told(at, &operation).await
}

/// The newest merges.
pub(crate) async fn merges(at: &AtCounter) -> Result<Outcome, Failure> {
    let list = at.counter.list_merges().await?;
    let line = |merge: &madoguchi_wire::window::MergeShown| {
        Bilingual::from(format!("{} {} {}", merge.merge.number, merge.merge.street_name, merge.points))
    };
    let lines = list.merges.iter().map(line).collect();
    Ok(Outcome::done(&list, lines))
}

/// The file once more.
pub(crate) async fn put_file(at: &AtCounter, key: OperationKey) -> Result<Outcome, Failure> {
    let put = at.counter.put_merge_file(OperationNamed { key }).await?;
    let name = Bilingual::from(put.number.to_string());
    Ok(Outcome::done(&put, vec![name]))
}
