//! The names, in both languages, that fill the places in the catalogue's sentences.
//!
//! Belongs here: names of fingerprint sources. Does not: those that every counter needs (`desk`), sentences; those are the
//! catalogue's (`madoguchi_wire::failure`).

pub(crate) use madoguchi_desk::words::{contact_field, setting_wrong};
use madoguchi_domain::fingerprint::SourceName;
use madoguchi_wire::failure::Bilingual;

fn both(ja: &str, en: &str) -> Bilingual {
    Bilingual { ja: ja.into(), en: en.into() }
}

/// Fingerprint sources, listed.
pub(crate) fn sources(names: &[SourceName]) -> Bilingual {
    let listed: Vec<_> = names.iter().map(|&name| source(name)).collect();
    let join = |separator: &str, side: fn(&Bilingual) -> &str| {
        listed.iter().map(side).collect::<Vec<_>>().join(separator)
    };
    Bilingual { ja: join("、", |name| &name.ja), en: join(", ", |name| &name.en) }
}

fn source(name: SourceName) -> Bilingual {
    match name {
        SourceName::MachineId => both("システムのID", "machine ID"),
        SourceName::CpuModel => both("CPUの型名", "CPU model"),
        SourceName::BoardName => both("基板の名称", "mainboard name"),
        SourceName::InstallationValue | SourceName::WindowsInstallation => {
            both("インストールの値", "installation value")
        }
        SourceName::CpuSerial => both("CPUの番号", "CPU serial"),
        SourceName::BoardSerial => both("基板の番号", "mainboard serial"),
        SourceName::HardwareId => both("機器構成の値", "hardware value"),
    }
}
