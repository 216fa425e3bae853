//! Settings: one file, `settings.toml`, that a person can read and lay down, and the settings screen writes.
//!
//! A field left out has its default; an unknown one is a mistake, and the defaults are in force.

use crate::parts::Folders;
use crate::shop::{Open, Shop, lock};
use madoguchi_desk::printing::{not_printed, target};
use madoguchi_desk::words::setting_wrong;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::test_paper;
use madoguchi_port::paper::PaperFault;
use madoguchi_street::MergeKeys;
use madoguchi_street::counter::PointRate;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{StreetRate, StreetSettings};
use madoguchi_wire::window::{Printer, SignInState, Theme};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

const FILE: &str = "settings.toml";
/// The text sizes that can be chosen, in percent.
const TEXT_SIZES: [u16; 5] = [100, 125, 150, 175, 200];
/// Minutes; 0 = never.
const LOCK_AFTER_MINUTES: [u16; 5] = [0, 5, 15, 30, 60];
const MOST_VOLUME: u8 = 3;
const TEST_TITLE: &str = "test-print";

/// The settings in force.
pub(crate) struct Preferences {
    pub(crate) settings: StreetSettings,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsFile {
    drop_folder: String,
    watch: bool,
    keeps_mykey_ids: bool,
    language: Language,
    text_size: u16,
    theme: Theme,
    sound_volume: u8,
    lock_after_minutes: u16,
    rate: StreetRate,
    #[serde(skip_serializing_if = "Option::is_none")]
    printer: Option<Printer>,
}

impl Default for SettingsFile {
    fn default() -> Self {
        Self {
            drop_folder: String::new(),
            watch: false,
            keeps_mykey_ids: false,
            language: Language::Ja,
            text_size: 100,
            theme: Theme::Light,
            sound_volume: 2,
            lock_after_minutes: 0,
            // 100 yen = 1 point (row F7).
            rate: StreetRate { yen: 100, points: 1, minimum_yen: 0 },
            printer: None,
        }
    }
}

/// Language, colours and size of type before the counter is open: those of the settings in a folder, or the defaults.
pub fn look_in(folder: &Path) -> (Language, Theme, u16) {
    let SettingsFile { language, theme, text_size, .. } = read(&folder.join(FILE));
    (language, theme, text_size)
}

impl Preferences {
    pub(crate) fn read(folders: &Folders) -> Self {
        let file = read(&folders.settings.join(FILE));
        let papers = Printer::Folder { path: folders.papers.display().to_string() };
        let settings = StreetSettings {
            drop_folder: file.drop_folder,
            watch: file.watch,
            keeps_mykey_ids: file.keeps_mykey_ids,
            rate: file.rate,
            printer: file.printer.unwrap_or(papers),
            language: file.language,
            text_size: file.text_size,
            theme: file.theme,
            sound_volume: file.sound_volume,
            lock_after_minutes: file.lock_after_minutes,
        };
        Self { settings }
    }
}

impl Shop {
    /// `save_street_settings`. A locked counter may change how it looks and sounds, not what it does.
    pub async fn save_street_settings(&self, settings: StreetSettings) -> Result<StreetSettings, Failure> {
        self.blocking(move |open| {
            check(&settings)?;
            let keeps_mykey_ids = settings.keeps_mykey_ids || open.keys_name_mykey_ids();
            let settings = StreetSettings { keeps_mykey_ids, ..settings };
            let before = lock(&open.preferences).settings.clone();
            if !differs_for_the_eyes_only(&before, &settings) {
                let working = open.working()?;
                if open.sign_in_state(&working)? != SignInState::SignedIn {
                    return Err(Failure::of(ErrorCode::SignInNeeded));
                }
            }
            open.keep_settings(settings)
        })
        .await
    }

    /// `list_street_printers`.
    pub async fn list_street_printers(&self) -> Result<Vec<String>, Failure> {
        self.blocking(|open| match open.parts.printer.queues() {
            Err(PaperFault::NoPrintingSystem) => Ok(Vec::new()),
            queues => queues.map_err(|fault| not_printed(&fault, &lock(&open.preferences).settings.printer)),
        })
        .await
    }

    /// `print_street_test_paper`.
    pub async fn print_street_test_paper(&self, printer: Printer) -> Result<(), Failure> {
        self.for_the_clerk(move |open, _| {
            let place = target(&printer)?;
            let lines = test_paper(open.language());
            let put = open.parts.printer.print(TEST_TITLE, &lines, &place);
            put.map(drop).map_err(|fault| not_printed(&fault, &printer))
        })
        .await
    }
}

impl Open {
    pub(crate) fn language(&self) -> Language {
        lock(&self.preferences).settings.language
    }

    /// The street's rate; settings that were laid down wrong give the usual one.
    pub(crate) fn rate(&self) -> PointRate {
        let rate = lock(&self.preferences).settings.rate;
        rate_of(rate).unwrap_or_else(|_| {
            tracing::warn!("the rate in the settings is none; 100 yen give 1 point");
            PointRate::default()
        })
    }

    /// The folder that was named when the PC was registered.
    pub(crate) fn choose_drop_folder(&self, folder: &str) -> Result<(), Failure> {
        let settings = lock(&self.preferences).settings.clone();
        let folder = folder.trim().to_owned();
        if folder.is_empty() {
            return Err(Failure::of(ErrorCode::DropFolderGone));
        }
        self.keep_settings(StreetSettings { drop_folder: folder, ..settings }).map(drop)
    }

    /// Where the key sheet says that the files name MyKey IDs, the street keeps those.
    pub(crate) fn heed(&self, keys: &MergeKeys) -> Result<(), Failure> {
        let settings = lock(&self.preferences).settings.clone();
        if settings.keeps_mykey_ids || !keys.names_mykey_ids() {
            return Ok(());
        }
        self.keep_settings(StreetSettings { keeps_mykey_ids: true, ..settings }).map(drop)
    }

    /// What the kept sheet says, nobody takes back on the screen.
    fn keys_name_mykey_ids(&self) -> bool {
        let keys = self.working().and_then(|working| working.keys(self));
        keys.is_ok_and(|keys| keys.names_mykey_ids())
    }

    fn keep_settings(&self, settings: StreetSettings) -> Result<StreetSettings, Failure> {
        write(&self.parts.folders.settings, &settings)?;
        lock(&self.preferences).settings = settings.clone();
        Ok(settings)
    }
}

fn rate_of(rate: StreetRate) -> Result<PointRate, Failure> {
    let StreetRate { yen, points, minimum_yen } = rate;
    PointRate::new(yen.into(), points.into(), minimum_yen.into()).map_err(|_| setting_wrong("rate"))
}

fn check(settings: &StreetSettings) -> Result<(), Failure> {
    target(&settings.printer)?;
    rate_of(settings.rate)?;
    if !TEXT_SIZES.contains(&settings.text_size) {
        return Err(setting_wrong("text_size"));
    }
    if settings.sound_volume > MOST_VOLUME {
        return Err(setting_wrong("sound_volume"));
    }
    if !LOCK_AFTER_MINUTES.contains(&settings.lock_after_minutes) {
        return Err(setting_wrong("lock_after_minutes"));
    }
    Ok(())
}

fn differs_for_the_eyes_only(before: &StreetSettings, after: &StreetSettings) -> bool {
    let as_before = StreetSettings {
        language: before.language,
        text_size: before.text_size,
        theme: before.theme,
        sound_volume: before.sound_volume,
        ..after.clone()
    };
    as_before == *before
}

fn read(path: &Path) -> SettingsFile {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return SettingsFile::default(),
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "the settings cannot be read");
            return SettingsFile::default();
        }
    };
    toml::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!(error = error.message(), path = %path.display(), "the settings make no sense");
        SettingsFile::default()
    })
}

/// Whole beside its place, then moved there: a power cut leaves the old one or the new one.
fn write(folder: &Path, settings: &StreetSettings) -> Result<(), Failure> {
    let not_written = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "the settings could not be written");
        Failure::of(ErrorCode::StoreNotWritable)
    };
    let StreetSettings {
        drop_folder,
        watch,
        keeps_mykey_ids,
        rate,
        printer,
        language,
        text_size,
        theme,
        sound_volume,
        lock_after_minutes,
    } = settings.clone();
    let printer = Some(printer);
    let file = SettingsFile {
        drop_folder,
        watch,
        keeps_mykey_ids,
        language,
        text_size,
        theme,
        sound_volume,
        lock_after_minutes,
        rate,
        printer,
    };
    let text = toml::to_string(&file).map_err(|error| not_written(&error))?;
    let draft = folder.join(format!("{FILE}.new"));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::File::create(&draft))
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&draft, folder.join(FILE)))
        .map_err(|error| not_written(&error))
}
