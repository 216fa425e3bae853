//! What a program of a counter keeps on its disk: one SQLite file, durable, with sealed columns.
//!
//! Belongs here: the file, its versions, durable writes, sealed values, the randomness and the power
//! supply as ports. Does not: anybody's tables or rows, keys (the credential store keeps them), settings (a
//! file that a person can read).
//! Why it exists: the terminal and a street's software keep theirs alike; what was written is there after a
//! power cut, and worth nothing on another PC (docs/security.md 13).

pub mod entropy;
mod fault;
mod file;
mod layout;
mod power;
mod seal;

pub use fault::StoreFault;
pub use file::StoreFile;
pub use layout::{Layout, Step};
pub use power::{Mains, Moment, PowerSupply};
pub use seal::{Place as SealedPlace, StoreKey};

#[cfg(test)]
mod tests;
