//! The journal of intents: every operation, written down before it is sent.
//!
//! Belongs here: the rows of `intent`, sealed and opened. Does not: what to do with them
//! (`carry_out`), the rule (`madoguchi_domain::intent`).

mod currencies;
mod row;
mod series;

pub(crate) use currencies::{NamedCurrency, name_of};
pub(crate) use row::{Intent, Journal};
pub(crate) use series::{Series, made};
