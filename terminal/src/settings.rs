//! Settings: one file, `settings.toml`, that a person can read and lay down, and the settings screen
//! writes.
//!
//! Belongs here: the file, its defaults, checking, following a change. Does not: anything that must
//! survive a power cut with an operation (the store) or must not be read (the credential store).
//! Why a file: whoever looks after many PCs lays down the cloud's address and authority once, for all users
//! of a PC or for one; what a clerk chooses stands beside it. A field that the user's own file leaves out is that
//! of the file for all, else its default; an unknown one is a mistake. A relative path of the authority is meant from
//! the folder of the file that says it, so that both can be carried from PC to PC.

mod laying_down;

pub use laying_down::{LaidDown, lay_down_settings, start_with_pc_unless_said};

use crate::cloud::{CloudAddress, CloudLine, CloudLines};
use crate::counter::Folders;
use crate::hand_over;
use crate::merging;
use crate::printer::ticket_target;
use crate::running::{Running, lock};
use crate::words::setting_wrong;
use madoguchi_desk::printing::target;
use madoguchi_domain::language::Language;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{
    HandOver, Printer, ResidentWindow, Settings, SheetPrinter, SignInState, StreetFolder, Theme,
    TicketPrinter, TicketSheet,
};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::{Table, Value};

/// The file's name in the settings folder.
const FILE: &str = "settings.toml";
/// The setting that names the cloud's authority.
const AUTHORITY: &str = "cloud_authority";
/// In front of a text that an editor of Windows wrote.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// The text sizes that can be chosen, in percent.
const TEXT_SIZES: [u16; 5] = [100, 125, 150, 175, 200];
/// Minutes without a key or a touch after which the terminal can lock itself; 0 = never.
const LOCK_AFTER_MINUTES: [u16; 5] = [0, 5, 15, 30, 60];
/// The loudest.
const MOST_VOLUME: u8 = 3;

/// The settings in force and the line they lead to.
pub(crate) struct Preferences {
    pub(crate) settings: Settings,
    pub(crate) line: Result<Arc<dyn CloudLine>, Failure>,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SettingsFile {
    cloud_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_authority: Option<String>,
    language: Language,
    text_size: u16,
    theme: Theme,
    sound_volume: u8,
    resident_window: ResidentWindow,
    lock_after_minutes: u16,
    bridge: bool,
    start_with_pc: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    printer: Option<Printer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket_printer: Option<TicketPrinter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hand_over: Option<HandOver>,
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "street_folder")]
    street_folders: Vec<StreetFolder>,
}

impl Default for SettingsFile {
    fn default() -> Self {
        Self {
            cloud_address: String::new(),
            cloud_authority: None,
            language: Language::Ja,
            text_size: 100,
            theme: Theme::Light,
            sound_volume: 2,
            resident_window: ResidentWindow::Off,
            lock_after_minutes: 0,
            bridge: false,
            start_with_pc: false,
            printer: None,
            ticket_printer: None,
            hand_over: None,
            street_folders: Vec::new(),
        }
    }
}

impl Preferences {
    /// Reads the settings. A file that makes no sense leaves the defaults in force and the line out of order,
    /// with the reason. Blocks.
    pub(crate) fn read(folders: &Folders, lines: &dyn CloudLines) -> Self {
        let papers = &folders.papers;
        match read(folders) {
            Ok(file) => {
                let settings = file.resolved(papers);
                let line = line(&settings, lines);
                Self { settings, line }
            }
            Err(failure) => Self { settings: SettingsFile::default().resolved(papers), line: Err(failure) },
        }
    }
}

impl SettingsFile {
    fn resolved(self, papers: &Path) -> Settings {
        let path = papers.display().to_string();
        let sheets =
            |path| TicketPrinter::Sheets { sheet: TicketSheet::A6, printer: SheetPrinter::Folder { path } };
        Settings {
            cloud_address: self.cloud_address,
            cloud_authority: self.cloud_authority,
            ticket_printer: self.ticket_printer.unwrap_or_else(|| sheets(path.clone())),
            printer: self.printer.unwrap_or(Printer::Folder { path }),
            hand_over: self.hand_over.unwrap_or(HandOver::Shown),
            street_folders: self.street_folders,
            bridge: self.bridge,
            start_with_pc: self.start_with_pc,
            language: self.language,
            text_size: self.text_size,
            theme: self.theme,
            sound_volume: self.sound_volume,
            resident_window: self.resident_window,
            lock_after_minutes: self.lock_after_minutes,
        }
    }

    fn of(settings: &Settings) -> Self {
        Self {
            cloud_address: settings.cloud_address.clone(),
            cloud_authority: settings.cloud_authority.clone(),
            language: settings.language,
            text_size: settings.text_size,
            theme: settings.theme,
            sound_volume: settings.sound_volume,
            resident_window: settings.resident_window.clone(),
            lock_after_minutes: settings.lock_after_minutes,
            printer: Some(settings.printer.clone()),
            ticket_printer: Some(settings.ticket_printer.clone()),
            hand_over: Some(settings.hand_over.clone()),
            street_folders: settings.street_folders.clone(),
            bridge: settings.bridge,
            start_with_pc: settings.start_with_pc,
        }
    }
}

/// How a window looks: all that it needs to know before the counter is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The language of its words.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// The size of its type, in percent.
    pub text_size: u16,
}

impl From<&Settings> for Look {
    fn from(settings: &Settings) -> Self {
        Self { language: settings.language, theme: settings.theme, text_size: settings.text_size }
    }
}

/// The look that the settings name; that of the defaults where they cannot be read, and the counter says so.
pub fn look_in(folders: &Folders) -> Look {
    let SettingsFile { language, theme, text_size, .. } = read(folders).unwrap_or_default();
    Look { language, theme, text_size }
}

/// Whether the settings let other programs ask; not where they cannot be read.
pub fn lets_programs_ask(folders: &Folders) -> bool {
    read(folders).is_ok_and(|file| file.bridge)
}

/// Whether the settings want the program started with the PC; not where they cannot be read.
pub fn starts_with_pc(folders: &Folders) -> bool {
    read(folders).is_ok_and(|file| file.start_with_pc)
}

/// What the file for all users says, and before it what the user's own does.
fn read(folders: &Folders) -> Result<SettingsFile, Failure> {
    let mut said = for_all(folders)?;
    let own = folders.settings.join(FILE);
    said.extend(table(&own)?);
    said.try_into().map_err(|error: toml::de::Error| {
        tracing::warn!(error = error.message(), path = %own.display(), "the settings make no sense");
        setting_wrong(FILE)
    })
}

fn for_all(folders: &Folders) -> Result<Table, Failure> {
    folders.settings_for_all.as_ref().map_or_else(|| Ok(Table::new()), |folder| table(&folder.join(FILE)))
}

/// What a file says; nothing of a file that is not there.
fn table(path: &Path) -> Result<Table, Failure> {
    let Some(text) = text_of(path)? else { return Ok(Table::new()) };
    let mut said = parsed(&text, path)?;
    if let (Some(Value::String(authority)), Some(folder)) = (said.get_mut(AUTHORITY), path.parent())
        && !authority.trim().is_empty()
        && let Some(beside) = folder.join(authority.trim()).to_str()
    {
        beside.clone_into(authority);
    }
    Ok(said)
}

/// A file as it is; `None` where there is none.
fn text_of(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "the settings cannot be read");
            Err(setting_wrong(FILE))
        }
    }
}

/// Editors of Windows put a byte order mark in front.
fn parsed(text: &str, path: &Path) -> Result<Table, Failure> {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).parse().map_err(|error: toml::de::Error| {
        tracing::warn!(error = error.message(), path = %path.display(), "the settings make no sense");
        setting_wrong(FILE)
    })
}

/// What a user's own file has to say where `for_all` is said already. What is the same is left out, so that it
/// follows when the file for all is changed; what was taken away is said to be empty.
fn own(settings: &Settings, for_all: &Table) -> Result<Table, toml::ser::Error> {
    let mut own = Table::try_from(SettingsFile::of(settings))?;
    for (field, said) in for_all {
        match (own.get(field), said) {
            (Some(chosen), said) if chosen == said => {
                own.remove(field);
            }
            (None, Value::String(_)) => {
                own.insert(field.clone(), Value::String(String::new()));
            }
            (None, Value::Array(_)) => {
                own.insert(field.clone(), Value::Array(Vec::new()));
            }
            _ => {}
        }
    }
    Ok(own)
}

/// The line to the cloud that the settings name.
fn line(settings: &Settings, lines: &dyn CloudLines) -> Result<Arc<dyn CloudLine>, Failure> {
    let authority = settings.cloud_authority.as_ref().filter(|file| !file.trim().is_empty());
    let address = CloudAddress {
        url: settings.cloud_address.trim().to_owned(),
        authority: authority.map(|file| PathBuf::from(file.trim())),
    };
    Ok(lines.open(&address)?)
}

/// What is wrong with settings as typed, if anything is.
fn check(settings: &Settings) -> Result<(), Failure> {
    target(&settings.printer)?;
    ticket_target(&settings.printer, &settings.ticket_printer)?;
    hand_over::check(&settings.hand_over)?;
    merging::check(&settings.street_folders)?;
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

/// What may change at a locked terminal: how it looks and sounds, not where it leads.
fn differs_for_the_eyes_only(before: &Settings, after: &Settings) -> bool {
    let as_before = Settings {
        language: before.language,
        text_size: before.text_size,
        theme: before.theme,
        sound_volume: before.sound_volume,
        ..after.clone()
    };
    as_before == *before
}

/// Writes the user's own file.
fn write(folders: &Folders, settings: &Settings) -> Result<(), Failure> {
    // A file for all that cannot be read is told at the next start; the clerk's choice is kept meanwhile.
    let own = own(settings, &for_all(folders).unwrap_or_default()).map_err(|error| not_written(&error))?;
    let text = toml::to_string(&own).map_err(|error| not_written(&error))?;
    put_whole(&folders.settings, FILE, text.as_bytes())
}

fn not_written(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "the settings could not be written");
    Failure::of(ErrorCode::StoreNotWritable)
}

/// Writes a file whole beside its place, then moves it there: a power cut or a full disk leaves the old one or the
/// new one.
fn put_whole(folder: &Path, name: &str, content: &[u8]) -> Result<(), Failure> {
    let draft = folder.join(format!("{name}.new"));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::File::create(&draft))
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&draft, folder.join(name)))
        .map_err(|error| not_written(&error))
}

impl Running {
    /// Keeps settings and follows them: another line, another printer. Whoever stands before a locked
    /// terminal cannot lead it elsewhere, where the next password would be heard.
    pub(crate) async fn save_settings(self: &Arc<Self>, settings: Settings) -> Result<Settings, Failure> {
        let is_locked = self.sign_in_shown().state == SignInState::Locked;
        self.blocking(move |running| {
            check(&settings)?;
            if is_locked && !differs_for_the_eyes_only(&lock(&running.preferences).settings, &settings) {
                return Err(Failure::of(ErrorCode::SignInNeeded));
            }
            let leads_elsewhere = {
                let before = &lock(&running.preferences).settings;
                before.cloud_address != settings.cloud_address
                    || before.cloud_authority != settings.cloud_authority
            };
            // An address that is out of order already must not keep a clerk from larger letters.
            let new_line = if leads_elsewhere { Some(line(&settings, &*running.parts.lines)?) } else { None };
            write(&running.parts.folders, &settings)?;
            lock(&running.preferences).settings = settings.clone();
            running.resident.show_anew();
            if let Some(line) = new_line {
                lock(&running.preferences).line = Ok(line);
                running.forget_visit();
                running.end_session();
            }
            Ok(settings)
        })
        .await
        .inspect(|_| self.start_looking_at_printer())
    }
}

#[cfg(test)]
mod tests;
