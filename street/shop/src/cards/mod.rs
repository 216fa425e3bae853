//! Cards on this PC's reader, asked of Madoguchi as any vendor's program asks it (seed 001 §16, row C4).
//!
//! Belongs here: the pairing and its token, the question, whose card it was. Does not: a reader, a card, the platform;
//! they are Madoguchi's, which lets one program at a time read and the municipal counter first (docs/street.md).

mod line;
mod pairing;
mod read;

pub(crate) use read::CardDesk;
