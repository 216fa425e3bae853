//! The load: clerks who go on working while the books' machines fail, and what each was told.

mod acknowledgements;
mod actors;
mod rows;
mod town;
mod uses;

use crate::Outcome;
pub(crate) use acknowledgements::Acknowledgements;
use clap::ValueEnum;
pub(crate) use rows::Rows;
pub(crate) use uses::Uses;

/// What clerks do meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// They use points at terminals of two clouds.
    Uses,
    /// They write rows under keys: the database by itself, without the cloud.
    Rows,
}

/// Clerks at work.
pub(crate) trait Load {
    /// When they were answered.
    fn acknowledgements(&self) -> &Acknowledgements;

    /// All begin to work.
    async fn begin(&mut self) -> Outcome<()>;

    /// All finish what they have begun and go home; the books are compared with what they were told,
    /// from the first scenario on.
    async fn end(&mut self) -> Outcome<Verdict>;
}

/// What came of one scenario.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdict {
    /// Uses that were said to have taken place.
    pub(crate) acknowledged: usize,
    /// Of these, the ones that are not in the books.
    pub(crate) lost: usize,
    /// Uses that took effect more than once.
    pub(crate) doubled: usize,
    /// Clerks who were told that a use did not take place though it did, and uses nobody was told of.
    pub(crate) told_wrong: usize,
}

impl Verdict {
    /// Whether every promise was kept.
    pub(crate) fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.told_wrong == 0
    }
}
