//! What a shop's counter does with the street's points, beyond one act in the books.
//!
//! Belongs here: how many points a purchase gives, charging a card, what the paper says. Does not: the acts
//! themselves (`books`), screens.

mod charge;
mod rate;
mod slip;

pub use charge::{Charged, charge};
pub use rate::{NotARate, PointRate};
pub use slip::Slip;
