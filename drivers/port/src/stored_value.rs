//! A card that holds an amount itself (電子マネー, チャージ式ポイントカード), onto which points can be charged.

use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;

/// What tells one card from all others: a FeliCa card's IDm, a chip's serial number. Personal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CardSerial(pub [u8; 8]);

/// A stored-value card on a reader.
pub trait StoredValueCard: Send + Sync {
    /// Which card it is.
    fn serial(&self) -> Result<CardSerial, ChargeFault>;
    /// Charges an amount under a reference. A reference that this card has charged before changes nothing.
    fn charge(&self, amount: Points, reference: OperationKey) -> Result<(), ChargeFault>;
    /// Whether this reference was charged onto this card.
    fn has_charged(&self, reference: OperationKey) -> Result<bool, ChargeFault>;
}

/// Why a card did not say that it charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChargeFault {
    /// It refused: nothing was charged, now or later. A limit, a blocked card, another kind of card.
    #[error("the card refused the charge")]
    Refused,
    /// It was taken away, or did not answer: it may have charged or not.
    #[error("the card did not answer")]
    NoAnswer,
}
