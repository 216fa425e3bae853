//! The fingerprint sources of Windows, read from its registry.
//!
//! All four can be read by every user and are the same for each. The firmware's table lies there as
//! the driver `mssmbios` found it at start, so that nobody has to ask the management service (WMI),
//! which may be switched off or slow.

use crate::windows_answers::WindowsAnswers;
use madoguchi_port::device::{FingerprintSources, SourceReading};
use windows_registry::LOCAL_MACHINE;

/// Key and value of each answer.
const SMBIOS: (&str, &str) = (r"SYSTEM\CurrentControlSet\Services\mssmbios\Data", "SMBiosData");
const HARDWARE_CONFIG: (&str, &str) = (r"SYSTEM\HardwareConfig", "LastConfig");
const MACHINE_GUID: (&str, &str) = (r"SOFTWARE\Microsoft\Cryptography", "MachineGuid");

/// The sources of this Windows.
#[derive(Debug, Clone, Copy, Default)]
pub struct WindowsSources;

impl FingerprintSources for WindowsSources {
    fn read(&self) -> Vec<SourceReading> {
        let answers = WindowsAnswers {
            smbios: bytes(SMBIOS),
            hardware_config: text(HARDWARE_CONFIG),
            machine_guid: text(MACHINE_GUID),
        };
        answers.readings()
    }
}

fn text((key, name): (&str, &str)) -> Option<String> {
    LOCAL_MACHINE.open(key).and_then(|key| key.get_string(name)).ok()
}

fn bytes((key, name): (&str, &str)) -> Option<Vec<u8>> {
    let value = LOCAL_MACHINE.open(key).and_then(|key| key.get_value(name)).ok()?;
    Some(value.to_vec())
}
