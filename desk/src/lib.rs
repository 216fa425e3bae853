//! What the programs of a counter do alike, the municipality's and a street's.
//!
//! Belongs here: the clock as a port, the way from the printer's setting to the driver's target, how a paper is shown,
//! the names that fill sentences. Does not: a verb of a counter, a store, a screen, a device.
//! Why it exists: the two know nothing of each other, and a printer fails at both with the same words.

pub mod clock;
pub mod printing;
pub mod words;
