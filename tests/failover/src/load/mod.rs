//! The load: clerks who go on working while the books' machines fail, and what each was told.

mod acknowledgements;
mod rows;

pub(crate) use acknowledgements::Acknowledgements;
pub(crate) use rows::Rows;

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
