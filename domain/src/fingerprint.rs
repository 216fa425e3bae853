//! The device fingerprint: 32 bytes that name this PC, and what they are made of.
//!
//! Belongs here: which sources count and in which order (row A4), how their texts are made alike,
//! which texts say nothing, the exact bytes, and which source changed. Does not: reading any of them.
//! A fingerprint is a label, not a secret (docs/security.md 6): it can be copied and authorises nothing.
//! `docs/fingerprint.md` gives the bytes in words; `fixtures/fingerprint/vectors.json` in examples.

mod junk;

use sha2::{Digest, Sha256};
use std::fmt;

/// Begins the bytes of a fingerprint; a digest for one purpose is none for another.
const PURPOSE: &[u8] = b"madoguchi/fingerprint/1";
/// Begins the bytes of one source's digest.
const SOURCE_PURPOSE: &[u8] = b"madoguchi/fingerprint-source/1";
/// With fewer good sources a PC cannot be told from others.
const FEWEST_GOOD_SOURCES: usize = 2;

/// One source of the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceName {
    /// Linux: `/etc/machine-id`.
    MachineId,
    /// Linux: the CPU's model name.
    CpuModel,
    /// Linux: the mainboard's name.
    BoardName,
    /// Linux: the value made when Madoguchi was installed on this system.
    InstallationValue,
    /// Windows: the CPU's serial (processor id).
    CpuSerial,
    /// Windows: the mainboard's serial.
    BoardSerial,
    /// Windows: the value it derives from hardware and software make-up.
    HardwareId,
    /// Windows: the value of the Windows installation.
    WindowsInstallation,
}

impl SourceName {
    /// The sources on Linux, in the order of their bytes.
    pub const LINUX: [Self; 4] = [Self::MachineId, Self::CpuModel, Self::BoardName, Self::InstallationValue];
    /// The sources on Windows, in the order of their bytes.
    pub const WINDOWS: [Self; 4] =
        [Self::CpuSerial, Self::BoardSerial, Self::HardwareId, Self::WindowsInstallation];

    /// Its name in stored digests and published vectors. Never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MachineId => "machine_id",
            Self::CpuModel => "cpu_model",
            Self::BoardName => "board_name",
            Self::InstallationValue => "installation_value",
            Self::CpuSerial => "cpu_serial",
            Self::BoardSerial => "board_serial",
            Self::HardwareId => "hardware_id",
            Self::WindowsInstallation => "windows_installation",
        }
    }

    /// The source of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::LINUX.into_iter().chain(Self::WINDOWS).find(|source| source.as_str() == name)
    }
}

/// What one source said. `Debug` does not show the value: it names a machine.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceReading {
    /// Which source.
    pub name: SourceName,
    /// Its text as read, or `None` where it could not be read.
    pub value: Option<String>,
}

impl fmt::Debug for SourceReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.value.is_some() { ".." } else { "absent" };
        write!(f, "SourceReading({:?} {value})", self.name)
    }
}

/// The fingerprint of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// The digest of one good source: enough to say that it changed, not what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SourceDigest {
    /// Which source.
    pub name: SourceName,
    /// SHA-256 of its purpose, name and normalised text.
    pub digest: [u8; 32],
}

/// A device, measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// One digest per good source, in order.
    pub digests: Vec<SourceDigest>,
    /// Sources that were missing or said nothing, in order.
    pub missing: Vec<SourceName>,
}

/// Fewer than two sources say anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fewer than two good fingerprint sources; missing: {missing:?}")]
pub struct TooWeak {
    /// Sources that were missing or said nothing, in order.
    pub missing: Vec<SourceName>,
}

/// Measures a device from the readings of all four sources of its platform, in order
/// ([`SourceName::LINUX`] or [`SourceName::WINDOWS`]).
pub fn measure(readings: &[SourceReading]) -> Result<Measurement, TooWeak> {
    let mut bytes = PURPOSE.to_vec();
    let mut digests = Vec::new();
    let mut missing = Vec::new();
    for reading in readings {
        if let Some(text) = reading.value.as_deref().and_then(normalised) {
            push(&mut bytes, &text);
            digests.push(SourceDigest { name: reading.name, digest: source_digest(reading.name, &text) });
        } else {
            push(&mut bytes, "");
            missing.push(reading.name);
        }
    }
    if digests.len() < FEWEST_GOOD_SOURCES {
        return Err(TooWeak { missing });
    }
    Ok(Measurement { fingerprint: Fingerprint(Sha256::digest(&bytes).into()), digests, missing })
}

/// The sources that differ between two measurements: changed, gone, or new.
pub fn changed_sources(before: &[SourceDigest], now: &[SourceDigest]) -> Vec<SourceName> {
    let find = |digests: &[SourceDigest], name| {
        digests.iter().find(|source| source.name == name).map(|source| source.digest)
    };
    SourceName::LINUX
        .into_iter()
        .chain(SourceName::WINDOWS)
        .filter(|&name| find(before, name) != find(now, name))
        .collect()
}

/// A source's text made alike however it was written: controls count as blanks, the ends are trimmed,
/// runs of blanks become one space, a to z become capitals. `None` where nothing is left, where it is
/// longer than 1,024 bytes, or where it is junk.
pub fn normalised(text: &str) -> Option<String> {
    let blanked: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = blanked.split_whitespace().collect();
    let text = words.join(" ").to_ascii_uppercase();
    let good = !text.is_empty() && text.len() <= 1024 && !junk::is_junk(&text);
    good.then_some(text)
}

/// Appends a text with its length before it, so that no two lists of texts share their bytes.
fn push(bytes: &mut Vec<u8>, text: &str) {
    // Texts are at most 1,024 bytes long; two bytes always hold the length.
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

fn source_digest(name: SourceName, text: &str) -> [u8; 32] {
    let mut bytes = SOURCE_PURPOSE.to_vec();
    push(&mut bytes, name.as_str());
    push(&mut bytes, text);
    Sha256::digest(&bytes).into()
}

#[cfg(test)]
mod tests;
