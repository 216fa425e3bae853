//! The power supply, as a port: a test can cut it between any two durable writes.

/// A moment around one durable write, named by what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The write is about to begin.
    Before(&'static str),
    /// The write is on the disk; nobody has been told.
    After(&'static str),
}

/// Whether there still is power. Once it is gone it must stay gone: the program is dead.
pub trait PowerSupply: Send + Sync {
    /// Asked around every durable write; `false` = the power is cut at this moment.
    fn holds(&self, moment: Moment) -> bool;
}

/// Power that never fails as long as the program runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mains;

impl PowerSupply for Mains {
    fn holds(&self, _moment: Moment) -> bool {
        true
    }
}
