//! The mirror of one earlier operation, line by line, into the same lots with their dates.

use super::account::AccountTitle;
use super::fault::Fault;
use super::posting::{Leg, LegLot};
use super::state::{Books, Target};
use jiff::civil::Date;

/// The lines that undo the target. A lot past its last day is refilled and lapses at once, in the
/// same operation: what lapsed meanwhile does not come back to life.
pub(super) fn mirror(books: &Books, target: &Target, today: Date) -> Result<Vec<Leg>, Fault> {
    let mut legs = Vec::with_capacity(target.lines.len());
    let mut lapses = Vec::new();
    for (title, lot, amount) in &target.lines {
        let amount = amount.checked_neg().ok_or(Fault::OutOfRange)?;
        let Some(id) = lot else {
            legs.push(Leg::plain(*title, amount));
            continue;
        };
        let lot =
            books.account(title)?.and_then(|account| account.lot(*id)).ok_or(Fault::NotLoaded("lot"))?;
        legs.push(Leg { title: *title, lot: LegLot::Of(*id), amount });
        if lot.is_past_on(today) {
            lapses.push(Leg::of_lot(*title, *id, -amount));
            lapses.push(Leg::plain(AccountTitle::lapsed(title.currency), amount));
        }
    }
    legs.append(&mut lapses);
    Ok(legs)
}
