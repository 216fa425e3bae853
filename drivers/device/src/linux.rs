//! Linux: four sources that can be read without root and are the same for every user.

use crate::installation;
use madoguchi_port::device::{FingerprintSources, SourceName, SourceReading};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The first CPU's model name stands near the top; a file of a hundred cores need not be read whole.
const MOST_BYTES: u64 = 64 * 1024;

/// Where the sources are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinuxPaths {
    /// The machine id (`machine-id(5)`).
    pub machine_id: PathBuf,
    /// The kernel's description of the CPUs (`proc_cpuinfo(5)`).
    pub cpuinfo: PathBuf,
    /// The mainboard's name from its firmware (SMBIOS type 2).
    pub board_name: PathBuf,
    /// The installation value, one for all users of the system. Made by [`LinuxSources::read`] where
    /// it is missing and the folder can be written; a package makes it when it is installed.
    pub installation: PathBuf,
}

impl Default for LinuxPaths {
    fn default() -> Self {
        Self {
            machine_id: "/etc/machine-id".into(),
            cpuinfo: "/proc/cpuinfo".into(),
            board_name: "/sys/class/dmi/id/board_name".into(),
            installation: "/var/lib/madoguchi/installation".into(),
        }
    }
}

/// The sources of a Linux system.
#[derive(Debug, Clone, Default)]
pub struct LinuxSources {
    paths: LinuxPaths,
}

impl LinuxSources {
    /// Sources read at these paths.
    pub fn new(paths: LinuxPaths) -> Self {
        Self { paths }
    }

    fn value(&self, name: SourceName) -> Option<String> {
        match name {
            SourceName::MachineId => text(&self.paths.machine_id),
            SourceName::CpuModel => text(&self.paths.cpuinfo).as_deref().and_then(model_name),
            SourceName::BoardName => text(&self.paths.board_name),
            SourceName::InstallationValue => {
                installation::make_where_missing(&self.paths.installation);
                text(&self.paths.installation)
            }
            SourceName::CpuSerial
            | SourceName::BoardSerial
            | SourceName::HardwareId
            | SourceName::WindowsInstallation => None,
        }
    }
}

impl FingerprintSources for LinuxSources {
    fn read(&self) -> Vec<SourceReading> {
        SourceName::LINUX.map(|name| SourceReading { name, value: self.value(name) }).into()
    }
}

/// A file's beginning as text, odd bytes replaced; `None` where it cannot be read.
fn text(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The value of the first `model name` line.
fn model_name(cpuinfo: &str) -> Option<String> {
    cpuinfo
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(field, _)| field.trim() == "model name")
        .map(|(_, value)| value.trim().to_owned())
}
