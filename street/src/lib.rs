//! A shopping street's own point software (商店街ポイント活用ソフト).
//!
//! Belongs here: the street's members, its books, taking in merged points (合算ポイント受取). Does not: the
//! municipality's points, terminal and cloud, which it knows as any third party would: by the merge file
//! (docs/merge-file.md); command lines and windows.
//! Why it exists: a street without a system of its own has one, and `madoguchi-receive` receives by the
//! same rules for a street that has.

pub mod books;
pub mod counter;
mod fault;
mod key_sheet;
mod keys;
pub mod receiving;

pub use fault::{Fault, FolderFault, FolderTrouble};
pub use key_sheet::NotAKeySheet;
pub use keys::{KeptBefore, MergeKeys};
