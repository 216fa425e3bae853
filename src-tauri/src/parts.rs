//! The parts of the shipped counter: this PC's real devices, and where things are kept.

use crate::command_line::CommandLine;
use crate::look_up_log::LookUpLog;
use crate::restart::Mode;
use madoguchi_clipboard::DesktopClipboard;
use madoguchi_device::SystemSources;
use madoguchi_felica::FelicaOnReaders;
use madoguchi_folder::SystemFolders;
use madoguchi_keyboard::DesktopKeyboard;
use madoguchi_mynumber::MyNumberCard;
use madoguchi_pcsc::PcscReaders;
use madoguchi_port::reader::CardReaders;
use madoguchi_printer::{Printers, Roll, system_font_folders};
use madoguchi_terminal::{Drivers, Folders, Parts};
use madoguchi_usb::SystemUsb;
use madoguchi_vault::OsVault;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::path::PathResolver;
use tauri::{Error, Runtime};

/// The name under which the credential store keeps this program's keys.
const CREDENTIALS: &str = "madoguchi";
/// The same in training, where none of those keys can be asked for.
const CREDENTIALS_OF_TRAINING: &str = "madoguchi-training";
/// The name of the folder for receipts as PDF in the person's documents.
const PAPERS: &str = "窓口";

/// Where this terminal keeps what it keeps: as told, else in the user's own folders.
pub(crate) fn folders<R: Runtime>(told: CommandLine, system: &PathResolver<R>) -> Result<Folders, Error> {
    let data = told.data.map_or_else(|| system.app_local_data_dir(), Ok)?;
    let settings_for_all = told.settings.is_none().then(settings_for_all);
    let settings = told.settings.unwrap_or_else(|| data.clone());
    let papers = told.papers.unwrap_or_else(|| papers_of_the_person(system, &data));
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

/// A folder the person chose is never made for them: it may be on a disk that is not plugged in. This
/// one is the program's. Where it cannot be made, printing says so.
pub(crate) fn make_folder_of_papers(folders: &Folders) {
    if let Err(error) = std::fs::create_dir_all(&folders.papers) {
        tracing::warn!(%error, "the folder for papers could not be made");
    }
}

/// A bare system names no folder for documents.
fn papers_of_the_person<R: Runtime>(system: &PathResolver<R>, data: &Path) -> PathBuf {
    system.document_dir().unwrap_or_else(|_| data.to_path_buf()).join(PAPERS)
}

/// The counter's parts on this PC.
pub(crate) fn of_this_pc(folders: Folders, mode: Mode) -> Parts {
    let credentials = match mode {
        Mode::Real => CREDENTIALS,
        Mode::Training => CREDENTIALS_OF_TRAINING,
    };
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
    let training = mode == Mode::Training;
    Parts { observer: Some(Arc::new(LookUpLog)), training, ..Parts::new(drivers, folders) }
}
