//! Answers of many kinds of PCs, read and measured.

use super::*;
use madoguchi_domain::fingerprint::{Measurement, SourceName, TooWeak, changed_sources, measure};
use proptest::prelude::*;
use serde::Deserialize;
use std::path::Path;

/// One kind of PC, as `fixtures/fingerprint/windows` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    processor_id: Option<String>,
    board_serial: Option<String>,
    hardware_config: Option<String>,
    machine_guid: Option<String>,
    good: Vec<String>,
}

impl Kind {
    fn named(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/fingerprint/windows");
        let text = std::fs::read_to_string(folder.join(name).with_extension("toml")).expect("a fixture");
        toml::from_str(&text).expect("a kind of PC")
    }

    fn answers(&self) -> WindowsAnswers {
        let table = self.processor_id.as_ref().zip(self.board_serial.as_ref());
        WindowsAnswers {
            smbios: table.map(|(processor, board)| smbios(processor, board)),
            hardware_config: self.hardware_config.clone(),
            machine_guid: self.machine_guid.clone(),
        }
    }

    fn measured(&self) -> Result<Measurement, TooWeak> {
        measure(&self.answers().readings())
    }
}

/// A table as firmware makes it: the BIOS first, the board, the processor, the end.
fn smbios(processor_id: &str, board_serial: &str) -> Vec<u8> {
    let mut id = hex::decode(processor_id).expect("16 hex digits");
    id.reverse();
    let mut processor = vec![4, 0x30, 4, 0, 1, 3, 0xcd, 2];
    processor.extend(id);
    processor.resize(0x30, 0);
    let mut board = vec![2, 0x0f, 2, 0, 1, 2, 3, 4, 5, 9, 6, 3, 0, 10, 0];
    board.truncate(0x0f);
    let mut bios = vec![0, 0x18, 0, 0, 1, 2, 0, 0xf0, 3];
    bios.resize(0x18, 0);
    let structures = [
        structure(bios, &["Maker", "1.2.3", "01/02/2024"]),
        structure(board, &["Maker", "Board", "A00", board_serial, "", "Here"]),
        structure(processor, &["CPU 1", "Maker", "Model"]),
        structure(vec![127, 4, 127, 0], &[]),
    ];
    let table = structures.concat();
    let length = u32::try_from(table.len()).expect("a short table").to_le_bytes();
    [[0, 3, 2, 0].as_slice(), &length, &table].concat()
}

/// A structure with its texts. An empty text cannot stand in one; a blank stands for it.
fn structure(fixed: Vec<u8>, texts: &[&str]) -> Vec<u8> {
    let mut bytes = fixed;
    for text in texts {
        bytes.extend(if text.is_empty() { b" " } else { text.as_bytes() });
        bytes.push(0);
    }
    bytes.extend(if texts.is_empty() { [0, 0].as_slice() } else { &[0] });
    bytes
}

const KINDS: [&str; 7] = [
    "office-laptop",
    "self-built",
    "oem-tablet",
    "blank-serial",
    "virtual-machine",
    "without-firmware-table",
    "junk-everywhere",
];

#[test]
fn of_each_kind_of_pc_what_is_good_is_taken_and_junk_is_not() {
    for name in KINDS {
        let kind = Kind::named(name);
        let good: Vec<String> = match kind.measured() {
            Ok(measured) => measured.digests.iter().map(|source| source.name.as_str().to_owned()).collect(),
            Err(TooWeak { missing }) => {
                assert!(kind.good.len() < 2, "{name} is refused");
                SourceName::WINDOWS
                    .into_iter()
                    .filter(|source| !missing.contains(source))
                    .map(|source| source.as_str().to_owned())
                    .collect()
            }
        };
        assert_eq!(good, kind.good, "{name}");
    }
}

#[test]
fn fewer_than_two_good_sources_are_refused() {
    for name in ["without-firmware-table", "junk-everywhere"] {
        assert!(Kind::named(name).measured().is_err(), "{name}");
    }
}

#[test]
fn the_processors_id_is_written_as_windows_writes_it() {
    let readings = Kind::named("office-laptop").answers().readings();
    let values: Vec<_> = readings.iter().map(|reading| reading.value.as_deref()).collect();
    assert_eq!(
        values,
        [
            Some("BFEBFBFF000806EA"),
            Some("/7QX4ZZ3/CN0000000000Z9/"),
            Some("4c4c4544-0051-5810-8034-b7c04f5a5a33"),
            Some("5b3c2a10-77d4-4d0e-9c55-0e8a4f1d2b3c"),
        ]
    );
}

#[test]
fn two_pcs_of_one_model_differ_and_a_copied_disk_in_one_does_not() {
    let one = Kind::named("self-built");
    let other = Kind {
        machine_guid: Some("10000000-2000-4000-8000-300000000000".into()),
        ..Kind::named("self-built")
    };
    let copied = Kind::named("self-built");
    let fingerprint = |kind: &Kind| kind.measured().unwrap().fingerprint;
    assert_ne!(fingerprint(&one), fingerprint(&other));
    assert_eq!(fingerprint(&one), fingerprint(&copied), "the cloud refuses the second");
}

#[test]
fn a_new_board_and_a_new_windows_are_each_named() {
    let before = Kind::named("office-laptop");
    let new_board = Kind { board_serial: Some("/9ZZ8YY7/".into()), ..Kind::named("office-laptop") };
    let new_windows = Kind {
        machine_guid: Some("12345678-9abc-4def-8123-456789abcdef".into()),
        ..Kind::named("office-laptop")
    };
    let changed =
        |now: &Kind| changed_sources(&before.measured().unwrap().digests, &now.measured().unwrap().digests);
    assert_eq!(changed(&new_board), [SourceName::BoardSerial]);
    assert_eq!(changed(&new_windows), [SourceName::WindowsInstallation]);
}

proptest! {
    #[test]
    fn no_table_however_broken_is_more_than_missing(
        cut in 0_usize..200,
        (place, byte) in (0_usize..200, any::<u8>()),
    ) {
        let mut table = smbios("BFEBFBFF000806EA", "S1");
        if let Some(wrong) = table.get_mut(place) {
            *wrong = byte;
        }
        table.truncate(cut);
        let answers = WindowsAnswers { smbios: Some(table), ..WindowsAnswers::default() };
        prop_assert_eq!(answers.readings().len(), 4);
    }
}
