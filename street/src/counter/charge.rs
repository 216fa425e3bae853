//! Charging points onto a stored-value card: the points leave first, the card is told after, and what the card
//! says decides. As with every money that crosses a gap, "it did not happen" is said only when that is sure.

use crate::Fault;
use crate::books::{Act, Books, ChargeState, Done, MemberNumber, NotDone};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_port::stored_value::{ChargeFault, StoredValueCard};

/// How a charge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charged {
    /// The amount is on the card.
    OnTheCard(Done),
    /// It is not, and the points are back.
    Undone(Done),
    /// The card did not answer. The same key with the same card tells later; until then the points are away.
    Unclear(Done),
}

/// Charges under a key, once. The same key again finds out what became of it and never charges twice.
pub fn charge(
    books: &Books,
    card: &dyn StoredValueCard,
    key: OperationKey,
    member: MemberNumber,
    points: Points,
    at_ms: i64,
) -> Result<Result<Charged, NotDone>, Fault> {
    let Ok(serial) = card.serial() else {
        return Ok(match books.done(key)? {
            Some(done) => Ok(known(books, done)?.unwrap_or(Charged::Unclear(done))),
            None => Err(NotDone::NoCard),
        });
    };
    let done = match books.act(key, Act::Charge { member, points, card: serial }, at_ms)? {
        Ok(done) => done,
        Err(not) => return Ok(Err(not)),
    };
    if let Some(charged) = known(books, done)? {
        return Ok(Ok(charged));
    }
    if !books.charge_is_of(done.posting, serial)? {
        return Ok(Err(NotDone::AnotherCard));
    }
    // A reference that the card knows is not charged again, so asking and charging are one. One that refuses
    // may have charged at the first try, of which nothing was heard.
    Ok(Ok(match card.charge(points, key).or_else(|fault| refused(card, key, fault)) {
        Ok(()) => {
            books.charge_is_done(done.posting)?;
            Charged::OnTheCard(done)
        }
        Err(ChargeFault::Refused) => {
            books.charge_is_undone(done.posting, at_ms)?;
            Charged::Undone(done)
        }
        Err(ChargeFault::NoAnswer) => Charged::Unclear(done),
    }))
}

/// What stands in the books of it already.
fn known(books: &Books, done: Done) -> Result<Option<Charged>, Fault> {
    Ok(match books.charge_state(done.posting)? {
        Some(ChargeState::Done) => Some(Charged::OnTheCard(done)),
        Some(ChargeState::Undone) => Some(Charged::Undone(done)),
        Some(ChargeState::Open) | None => None,
    })
}

fn refused(card: &dyn StoredValueCard, key: OperationKey, fault: ChargeFault) -> Result<(), ChargeFault> {
    match fault {
        ChargeFault::Refused if card.has_charged(key)? => Ok(()),
        fault => Err(fault),
    }
}
