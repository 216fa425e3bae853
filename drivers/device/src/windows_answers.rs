//! What Windows answered, as readings of the four sources.
//!
//! Belongs here: which answer is which source, and how it is written. Does not: asking Windows
//! (`windows`), judging a text (the domain). Pure, so that the answers of many kinds of PCs can be
//! tried on any system.

use crate::smbios::Table;
use madoguchi_port::device::{SourceName, SourceReading};

/// What Windows answered; `None` where it did not.
#[derive(Clone, Default)]
pub(crate) struct WindowsAnswers {
    /// The firmware's table with Windows' head.
    pub(crate) smbios: Option<Vec<u8>>,
    /// The id Windows makes of the PC's make-up, `{…}`.
    pub(crate) hardware_config: Option<String>,
    /// The id Windows makes of itself when it is installed.
    pub(crate) machine_guid: Option<String>,
}

impl WindowsAnswers {
    /// The readings in the order of the specification.
    pub(crate) fn readings(&self) -> Vec<SourceReading> {
        SourceName::WINDOWS.map(|name| SourceReading { name, value: self.value(name) }).into()
    }

    fn value(&self, name: SourceName) -> Option<String> {
        let table = self.smbios.as_deref().map(Table::of_windows);
        match name {
            SourceName::CpuSerial => table?.processor_id(),
            SourceName::BoardSerial => table?.board_serial(),
            SourceName::HardwareId => self.hardware_config.as_deref().map(without_braces),
            SourceName::WindowsInstallation => self.machine_guid.as_deref().map(without_braces),
            SourceName::MachineId
            | SourceName::CpuModel
            | SourceName::BoardName
            | SourceName::InstallationValue => None,
        }
    }
}

/// Windows writes an id with braces in one place and without in another.
fn without_braces(id: &str) -> String {
    let id = id.trim();
    id.strip_prefix('{').and_then(|id| id.strip_suffix('}')).unwrap_or(id).to_owned()
}

#[cfg(test)]
mod tests;
