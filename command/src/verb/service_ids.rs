//! The card and this terminal's ID provider.

use crate::at_counter::AtCounter;
use crate::outcome::{Outcome, both};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::RegisterServiceIdArguments;

/// The customer number of the card.
pub(crate) async fn look_up(at: &mut AtCounter) -> Result<Outcome, Failure> {
    let found = at.service_id().await?;
    at.counter.leave_visit().await?;
    let number = match &found.number {
        Some(number) => number.as_str().into(),
        None => both("まだ登録されていません。", "Not registered yet."),
    };
    Ok(Outcome::done(&found, vec![number]))
}

/// Registers a number for the card.
pub(crate) async fn register(
    at: &mut AtCounter,
    number: String,
    replaces: Option<String>,
) -> Result<Outcome, Failure> {
    let visit = at.service_id().await?.visit;
    let arguments = RegisterServiceIdArguments { visit, number, replaces };
    let registered = at.counter.register_service_id(arguments).await?;
    Ok(Outcome::done(&registered, vec![both("登録しました。", "Registered.")]))
}
