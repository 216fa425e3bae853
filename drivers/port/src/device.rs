//! What makes this PC this PC: the sources of its fingerprint, raw, before any judgement.

/// One source of the device fingerprint, by its place in the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceName {
    /// Linux: /etc/machine-id.
    MachineId,
    /// Linux: the CPU's model name.
    CpuModel,
    /// Linux: the mainboard's name.
    BoardName,
    /// Linux: the value made when Madoguchi was installed on this system.
    InstallationValue,
}

/// What one source said. No `Debug` of the value outside tests: it names a machine.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceReading {
    /// Which source.
    pub name: SourceName,
    /// Its text as read, or `None` where it could not be read.
    pub value: Option<String>,
}

/// The operating system's answers, in the order of the specification.
pub trait FingerprintSources: Send + Sync {
    /// Reads every source once. A source that cannot be read is `None`, never an error.
    fn read(&self) -> Vec<SourceReading>;
}
