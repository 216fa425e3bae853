//! Everything that can go wrong, by a stable code, with its sentences in both languages.
//!
//! Belongs here: the codes, their kinds, and for each the two sentences a person needs: what
//! happened, what to do now. Does not belong here: finding out which code applies.
//! Why it exists: the code decides what a program does, the sentences what a person does; neither is
//! ever derived from the other.

mod catalogue;
mod codes;
mod filled;
mod of_the_street;
mod of_this_pc;

pub use catalogue::ErrorCode;
pub use filled::{Bilingual, Failure, PointsMoved, Tone};
