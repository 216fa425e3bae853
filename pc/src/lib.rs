//! This PC: the real devices behind the ports, and where its user keeps what a terminal keeps.
//!
//! Belongs here: which driver stands behind which port, the folders, the names in the credential store.
//! Does not belong here: what is done with them (`terminal`), a window, a command line.
//! Why it exists: two programs open the same counter, one with a window and one without. What the one keeps
//! the other finds.

pub use madoguchi_pcsc::end_process;

use madoguchi_clipboard::DesktopClipboard;
use madoguchi_device::SystemSources;
use madoguchi_felica::FelicaOnReaders;
use madoguchi_folder::SystemFolders;
use madoguchi_keyboard::DesktopKeyboard;
use madoguchi_mynumber::MyNumberCard;
use madoguchi_pcsc::PcscReaders;
use madoguchi_port::reader::CardReaders;
use madoguchi_port::vault::VaultFault;
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_terminal::{Drivers, Folders, Parts};
use madoguchi_usb::SystemUsb;
use madoguchi_vault::OsVault;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The program's folder among those of its user; the window's identifier is the same.
const IDENTIFIER: &str = "jp.madoguchi.terminal";
/// The name under which the credential store keeps this program's keys.
const CREDENTIALS: &str = "madoguchi";
/// The same in training, where none of those keys can be asked for.
const CREDENTIALS_OF_TRAINING: &str = "madoguchi-training";
/// The same of a shopping street's own software on this PC.
const CREDENTIALS_OF_STREET: &str = "madoguchi-street";
/// The name of the folder for receipts as PDF in the person's documents.
const PAPERS: &str = "窓口";

/// What a start of a program was told of folders; what it was not told is the user's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The folder of this terminal's store.
    pub data: Option<PathBuf>,
    /// The folder of `settings.toml`; where it is told, the settings of all users are not followed.
    pub settings: Option<PathBuf>,
    /// The folder for receipts as PDF until a clerk chooses otherwise.
    pub papers: Option<PathBuf>,
    /// Whether it is training, whose folders lie in these.
    pub training: bool,
}

/// The system names no folder for what a user's programs keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system names no folder for what this user's programs keep; name one with --data-dir")]
pub struct NoFolder;

/// Where this terminal keeps what it keeps: as told, else in the user's own folders.
pub fn folders(told: Told) -> Result<Folders, NoFolder> {
    let users = || dirs::data_local_dir().map(|folder| folder.join(IDENTIFIER));
    let data = told.data.or_else(users).ok_or(NoFolder)?;
    let settings_for_all = told.settings.is_none().then(settings_for_all);
    let settings = told.settings.unwrap_or_else(|| data.clone());
    let papers = told.papers.unwrap_or_else(|| papers_of_the_person(&data));
    let folders = Folders { data, settings, settings_for_all, papers };
    Ok(if told.training { folders.in_training() } else { folders })
}

/// Where whoever looks after the PC lays down `settings.toml` for all its users; they may read it.
fn settings_for_all() -> PathBuf {
    if cfg!(windows) {
        let programs = std::env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
        PathBuf::from(programs).join("Madoguchi")
    } else {
        PathBuf::from("/etc/madoguchi")
    }
}

/// A bare system names no folder for documents.
fn papers_of_the_person(data: &Path) -> PathBuf {
    dirs::document_dir().unwrap_or_else(|| data.to_path_buf()).join(PAPERS)
}

/// A folder the person chose is never made for them: it may be on a disk that is not plugged in. This
/// one is the program's. Where it cannot be made, printing says so.
pub fn make_folder_of_papers(folders: &Folders) {
    if let Err(error) = std::fs::create_dir_all(&folders.papers) {
        tracing::warn!(%error, "the folder for papers could not be made");
    }
}

/// Forgets every key that this user's credential store keeps for a program of ours: what was sealed with them is worth
/// nothing from then on. How many there were.
pub fn forget_keys() -> Result<usize, VaultFault> {
    [CREDENTIALS, CREDENTIALS_OF_TRAINING, CREDENTIALS_OF_STREET]
        .into_iter()
        .try_fold(0, |forgotten, part| Ok(forgotten + OsVault::new(part).forget_all()?))
}

/// The counter's parts on this PC.
pub fn parts(folders: Folders, training: bool) -> Parts {
    let credentials = if training { CREDENTIALS_OF_TRAINING } else { CREDENTIALS };
    let readers: Arc<dyn CardReaders> = Arc::new(PcscReaders);
    let drivers = Drivers {
        card: Arc::new(MyNumberCard::on(Arc::clone(&readers))),
        felica: Arc::new(FelicaOnReaders::on(Arc::clone(&readers))),
        readers,
        usb: Arc::new(SystemUsb),
        vault: Arc::new(OsVault::new(credentials)),
        clipboard: Arc::new(DesktopClipboard::default()),
        keyboard: Arc::new(DesktopKeyboard::default()),
        sources: Arc::new(SystemSources::default()),
        drop_folders: Arc::new(SystemFolders),
        printer: Arc::new(Printers::new(&system_font_folders(), Roll::MM80)),
    };
    Parts { training, ..Parts::new(drivers, folders) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_start_that_was_told_its_settings_follows_no_others() {
        let told = Told { settings: Some("/laid".into()), data: Some("/kept".into()), ..Told::default() };
        let folders = folders(told).unwrap();
        assert_eq!((folders.settings, folders.settings_for_all), ("/laid".into(), None));
    }

    #[test]
    fn training_has_folders_of_its_own_below_the_real_ones() {
        let told = Told { data: Some("/kept".into()), training: true, ..Told::default() };
        let folders = folders(told).unwrap();
        assert_eq!(folders.data, Path::new("/kept/training"));
        assert_eq!(folders.settings, Path::new("/kept/training"));
        assert!(folders.settings_for_all.unwrap().ends_with("training"));
    }
}
