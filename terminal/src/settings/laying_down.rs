//! Settings that whoever looks after PCs lays down: a file with the cloud's authority beside it, and starting with the PC.
//!
//! Belongs here: what may be laid down, and that what is there stays. Does not: which folder (`madoguchi-pc`), what a
//! clerk chooses (`settings.rs`).
//! Why the program does it and not its setup: the file is read by whom it is for, before anything is laid down, and put
//! in its place whole.

use super::{AUTHORITY, BYTE_ORDER_MARK, FILE, SettingsFile, not_written, parsed, put_whole, text_of};
use crate::cloud::{CloudAddress, CloudLines};
use crate::words::setting_wrong;
use madoguchi_wire::failure::Failure;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use toml::{Table, Value};

/// The setting that says whether the program starts with the PC.
const START_WITH_PC: &str = "start_with_pc";
/// As the systems' own editors end a line.
const LINE_END: &str = if cfg!(windows) { "\r\n" } else { "\n" };

/// What became of what was to be laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaidDown {
    /// It lies there.
    New,
    /// Somebody had chosen already: that stays.
    StaysAsItWas,
}

/// A cloud's authority that is carried along: its file, and what it is called below the settings' folder.
struct Carried {
    file: PathBuf,
    name: PathBuf,
}

/// Lays a `settings.toml` down into a folder that has none, with the PEM file of the cloud's authority: the one that is
/// named here, else the one that the settings name by a path relative to them. Both are read and checked first. Blocks.
pub fn lay_down_settings(
    from: &Path,
    authority: Option<&Path>,
    folder: &Path,
    lines: &dyn CloudLines,
) -> Result<LaidDown, Failure> {
    if folder.join(FILE).exists() {
        return Ok(LaidDown::StaysAsItWas);
    }
    let text = text_of(from)?.ok_or_else(|| setting_wrong(FILE))?;
    let said = parsed(&text, from)?;
    let carried = carried(&said, from, authority)?;
    let file = checked(said, carried.as_ref())?;
    check_way(&file, carried.as_ref(), lines)?;
    if let Some(carried) = &carried {
        lay_beside(folder, carried)?;
    }
    // Named by the word that was told and not by the file itself.
    let text = match (authority, carried) {
        (Some(_), Some(carried)) => {
            let named = Value::String(carried.name.to_string_lossy().into_owned());
            in_front(&text, &format!("{AUTHORITY} = {named}"))
        }
        _ => text,
    };
    put_whole(folder, FILE, text.as_bytes())?;
    Ok(LaidDown::New)
}

/// Says in a folder's settings that the program starts with the PC, unless they say so or otherwise already.
/// Everything else in them stays as it is, letter by letter. Blocks.
pub fn start_with_pc_unless_said(folder: &Path) -> Result<LaidDown, Failure> {
    let path = folder.join(FILE);
    let text = text_of(&path)?.unwrap_or_default();
    if parsed(&text, &path)?.contains_key(START_WITH_PC) {
        return Ok(LaidDown::StaysAsItWas);
    }
    let text = in_front(&text, &format!("{START_WITH_PC} = true"));
    parsed(&text, &path)?;
    put_whole(folder, FILE, text.as_bytes())?;
    Ok(LaidDown::New)
}

/// A line before the first one: what comes after may belong to a table.
fn in_front(text: &str, line: &str) -> String {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    format!("{line}{LINE_END}{text}")
}

fn carried(said: &Table, from: &Path, told: Option<&Path>) -> Result<Option<Carried>, Failure> {
    let wrong = || setting_wrong(AUTHORITY);
    let named = match said.get(AUTHORITY) {
        Some(Value::String(named)) if !named.trim().is_empty() => Some(PathBuf::from(named.trim())),
        _ => None,
    };
    match (told, named) {
        // One of the two would not be followed.
        (Some(_), Some(_)) => Err(wrong()),
        (Some(file), None) => {
            let name = file.file_name().filter(|name| *name != OsStr::new(FILE)).ok_or_else(wrong)?;
            Ok(Some(Carried { file: file.into(), name: name.into() }))
        }
        (None, Some(named)) if named.is_relative() => {
            let stays_below = named.components().all(|part| matches!(part, Component::Normal(_)));
            let beside = from.parent().unwrap_or(Path::new("")).join(&named);
            if stays_below { Ok(Some(Carried { file: beside, name: named })) } else { Err(wrong()) }
        }
        (None, _) => Ok(None),
    }
}

/// The settings as this program would follow them.
fn checked(mut said: Table, carried: Option<&Carried>) -> Result<SettingsFile, Failure> {
    if let Some(carried) = carried {
        let named = carried.file.to_str().ok_or_else(|| setting_wrong(AUTHORITY))?;
        said.insert(AUTHORITY.to_owned(), Value::String(named.to_owned()));
    }
    said.try_into().map_err(|error: toml::de::Error| {
        tracing::warn!(error = error.message(), "the settings make no sense");
        setting_wrong(FILE)
    })
}

/// That an authority which is carried along is one; an address need not be said here.
fn check_way(file: &SettingsFile, carried: Option<&Carried>, lines: &dyn CloudLines) -> Result<(), Failure> {
    if carried.is_none() || file.cloud_address.trim().is_empty() {
        return Ok(());
    }
    let address = CloudAddress {
        url: file.cloud_address.trim().to_owned(),
        authority: file.cloud_authority.as_ref().map(PathBuf::from),
    };
    lines.open(&address)?;
    Ok(())
}

fn lay_beside(folder: &Path, carried: &Carried) -> Result<(), Failure> {
    let content = std::fs::read(&carried.file).map_err(|error| {
        tracing::warn!(%error, path = %carried.file.display(), "the authority cannot be read");
        setting_wrong(AUTHORITY)
    })?;
    let place = folder.join(&carried.name);
    let (Some(folder), Some(name)) = (place.parent(), carried.name.file_name().and_then(OsStr::to_str))
    else {
        return Err(not_written(&"the authority's file has no name in Unicode"));
    };
    put_whole(folder, name, &content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::cloud::HttpsLines;
    use madoguchi_wire::failure::ErrorCode;
    use std::fs;
    use tempfile::TempDir;

    const CLOUD: &str = "cloud_address = \"https://cloud.example.jp\"\n";

    fn folder_with(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let place = folder.path().join(name);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        folder
    }

    /// A certificate, as an authority's file has it.
    fn pem() -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/ca/auth-ca.crt.pem"))
            .unwrap()
    }

    fn text_in(folder: &TempDir, name: &str) -> String {
        fs::read_to_string(folder.path().join(name)).unwrap()
    }

    fn laid(from: &TempDir, authority: Option<&Path>, into: &Path) -> Result<LaidDown, ErrorCode> {
        lay_down_settings(&from.path().join(FILE), authority, into, &HttpsLines::default())
            .map_err(|failure| failure.code)
    }

    /// What a folder's settings are afterwards, and what became of it.
    fn started_with(text: &str) -> (String, Result<LaidDown, ErrorCode>) {
        let folder = folder_with(&[(FILE, text)]);
        let became = start_with_pc_unless_said(folder.path()).map_err(|failure| failure.code);
        (text_in(&folder, FILE), became)
    }

    #[test]
    fn the_authority_beside_the_settings_is_laid_down_with_them() {
        let settings = format!("{CLOUD}cloud_authority = \"authorities/ca.pem\"\n");
        let from = folder_with(&[(FILE, &settings), ("authorities/ca.pem", &pem())]);
        let into = tempfile::tempdir().unwrap();
        assert_eq!(laid(&from, None, &into.path().join("made")), Ok(LaidDown::New));
        let made = into.path().join("made");
        assert_eq!(fs::read_to_string(made.join(FILE)).unwrap(), settings);
        assert_eq!(fs::read_to_string(made.join("authorities/ca.pem")).unwrap(), pem());
        let read = super::super::table(&made.join(FILE)).unwrap();
        let beside = made.join("authorities/ca.pem").to_str().unwrap().to_owned();
        assert_eq!(
            read.get(AUTHORITY),
            Some(&Value::String(beside)),
            "it is meant from the settings' folder"
        );
    }

    #[test]
    fn an_authority_that_is_told_is_named_in_the_settings() {
        let from = folder_with(&[(FILE, &format!("\u{feff}{CLOUD}")), ("市.pem", &pem())]);
        let into = tempfile::tempdir().unwrap();
        assert_eq!(laid(&from, Some(&from.path().join("市.pem")), into.path()), Ok(LaidDown::New));
        assert_eq!(text_in(&into, FILE), format!("cloud_authority = \"市.pem\"{LINE_END}{CLOUD}"));
        assert_eq!(text_in(&into, "市.pem"), pem());
    }

    #[test]
    fn what_cannot_be_followed_is_not_laid_down() {
        let relative = format!("{CLOUD}cloud_authority = \"ca.pem\"\n");
        let outside = format!("{CLOUD}cloud_authority = \"../ca.pem\"\n");
        for (settings, authority) in [
            ("cloud_adress = 1", pem()),
            ("cloud_address = \"http", pem()),
            (relative.as_str(), "no certificate".to_owned()),
            (outside.as_str(), pem()),
        ] {
            let from = folder_with(&[(FILE, settings), ("ca.pem", &authority)]);
            let into = tempfile::tempdir().unwrap();
            assert!(laid(&from, None, into.path()).is_err(), "{settings}");
            assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0, "{settings}");
        }
        let nothing = tempfile::tempdir().unwrap();
        assert_eq!(laid(&nothing, None, nothing.path()), Err(ErrorCode::SettingsInvalid));
        let twice = folder_with(&[(FILE, &relative), ("ca.pem", &pem())]);
        let other = twice.path().join("ca.pem");
        assert_eq!(laid(&twice, Some(&other), nothing.path()), Err(ErrorCode::SettingsInvalid));
    }

    #[test]
    fn settings_that_are_there_are_what_somebody_chose() {
        let from = folder_with(&[(FILE, CLOUD)]);
        let into = folder_with(&[(FILE, "language = \"en\"\n")]);
        assert_eq!(laid(&from, None, into.path()), Ok(LaidDown::StaysAsItWas));
        assert_eq!(text_in(&into, FILE), "language = \"en\"\n");
    }

    #[test]
    fn starting_with_the_pc_is_said_before_what_the_settings_say() {
        let with_table = "# 窓口\n[printer]\nto = \"queue\"\nname = \"受付\"\n";
        let (text, became) = started_with(with_table);
        assert_eq!(
            (text, became),
            (format!("start_with_pc = true{LINE_END}{with_table}"), Ok(LaidDown::New))
        );
        let (text, became) = started_with(&format!("\u{feff}{with_table}"));
        assert_eq!(became, Ok(LaidDown::New), "an editor's mark in front");
        assert_eq!(text, format!("start_with_pc = true{LINE_END}{with_table}"));
    }

    #[test]
    fn settings_that_say_it_either_way_stay_as_they_are() {
        for said in ["start_with_pc = false\n", "  start_with_pc = true\n", "\t\"start_with_pc\"=false\r\n"] {
            assert_eq!(started_with(said), (said.to_owned(), Ok(LaidDown::StaysAsItWas)), "{said}");
        }
        let nonsense = "cloud_address = \"http";
        assert_eq!(started_with(nonsense), (nonsense.to_owned(), Err(ErrorCode::SettingsInvalid)));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn on_a_full_disk_the_settings_stay_whole() {
        let folder = folder_with(&[(FILE, CLOUD)]);
        std::os::unix::fs::symlink("/dev/full", folder.path().join(format!("{FILE}.new"))).unwrap();
        let became = start_with_pc_unless_said(folder.path()).map_err(|failure| failure.code);
        assert_eq!(became, Err(ErrorCode::StoreNotWritable));
        assert_eq!(text_in(&folder, FILE), CLOUD);
    }
}
