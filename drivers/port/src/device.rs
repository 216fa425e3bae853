//! What makes this PC this PC: the sources of its fingerprint, raw, before any judgement.

pub use madoguchi_domain::fingerprint::{SourceName, SourceReading};

/// The operating system's answers, in the order of the specification.
pub trait FingerprintSources: Send + Sync {
    /// Reads every source of this platform once, in order. A source that cannot be read is `None`, never an error.
    fn read(&self) -> Vec<SourceReading>;
}
