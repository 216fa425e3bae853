//! The street's file and the folder agreed on for it.

use crate::journal::{Intent, Journal};
use crate::running::{Running, lock};
use crate::words::setting_wrong;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{LONGEST_FILE, file_name};
use madoguchi_port::drop_folder::DropFault;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{MergeFile, OperationAnswer};
use madoguchi_wire::window::{MergeFileState, StreetFolder};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What is wrong with the folders of streets as typed, if anything is.
pub(crate) fn check(folders: &[StreetFolder]) -> Result<(), Failure> {
    let mut known: Vec<(IdProviderId, PathBuf)> = Vec::new();
    for StreetFolder { street, folder } in folders {
        let street = IdProviderId::parse(street).map_err(|_| setting_wrong("street_folders"))?;
        if folder.trim().is_empty() || known.iter().any(|(other, _)| *other == street) {
            return Err(setting_wrong("street_folders"));
        }
        let place = place_of(Path::new(folder.trim()));
        if let Some((other, _)) = known.iter().find(|(_, taken)| *taken == place) {
            // The first that receives there would put the other's files into its quarantine.
            let streets = format!("{other}, {street}");
            return Err(Failure::with(ErrorCode::StreetFolderShared, &[("streets", streets.into())]));
        }
        known.push((street, place));
    }
    Ok(())
}

/// Where a folder really is: links are followed, and where it cannot be looked at, on a share that is away, its name
/// is put in order at least.
fn place_of(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| {
        let mut place = PathBuf::new();
        for part in folder.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    place.pop();
                }
                // The file systems of Windows tell no large letters from small ones.
                part if cfg!(windows) => place.push(part.as_os_str().to_ascii_lowercase()),
                part => place.push(part),
            }
        }
        place
    })
}

impl Running {
    /// The folder of a street, where the settings name one.
    pub(super) fn street_folder(&self, street: IdProviderId) -> Option<PathBuf> {
        let named = self.street_folders().into_iter().find(|(named, _)| *named == street)?;
        Some(named.1)
    }

    /// The streets that the settings name a folder for.
    pub(super) fn street_folders(&self) -> Vec<(IdProviderId, PathBuf)> {
        let preferences = lock(&self.preferences);
        let named = preferences.settings.street_folders.iter();
        named
            .filter_map(|named| Some((IdProviderId::parse(&named.street).ok()?, named.folder.trim().into())))
            .collect()
    }

    /// The folder is there, takes writing and has room: known before any point moves.
    pub(super) async fn street_folder_ready(self: &Arc<Self>, street: IdProviderId) -> Result<(), Failure> {
        let named = lock(&self.street_names).get(&street).cloned();
        let named = named.unwrap_or_else(|| street.as_str().to_owned());
        let Some(folder) = self.street_folder(street) else {
            return Err(Failure::with(ErrorCode::StreetFolderUnset, &[("street", named.into())]));
        };
        self.blocking(move |running| {
            running.parts.drivers.drop_folders.check(&folder, LONGEST_FILE).map_err(|fault| {
                tracing::warn!(%fault, %street, "a street's folder takes no file");
                Failure::with(ErrorCode::StreetFolderUnusable, &[("street", named.into())])
            })
        })
        .await
    }

    /// Whether a street's folder takes a file now. Blocks.
    pub(super) fn takes_files_of(&self, street: IdProviderId) -> bool {
        let checked = self
            .street_folder(street)
            .map(|folder| self.parts.drivers.drop_folders.check(&folder, LONGEST_FILE));
        matches!(checked, Some(Ok(())))
    }

    /// Lays the file of a merge that took place into its folder and notes that. Blocks.
    pub(super) fn put_file(&self, journal: &Journal, intent: &Intent, file: &MergeFile) -> MergeFileState {
        let name = file_name(file.street, file.number);
        match self.laid_down(&name, file) {
            Ok(()) => {
                // Not noted, it is laid down once more: the street knows it by its number.
                if let Err(fault) = journal.note_file_put(intent.key) {
                    tracing::warn!(%fault, key = %intent.key, "a file's place could not be noted");
                }
                MergeFileState::Put { name }
            }
            Err(fault) => {
                tracing::warn!(%fault, street = %file.street, "a street's file could not be laid down");
                MergeFileState::NotPut { failure: Failure::of(ErrorCode::MergeFileNotPut) }
            }
        }
    }

    fn laid_down(&self, name: &str, file: &MergeFile) -> Result<(), DropFault> {
        let folder = self.street_folder(file.street).ok_or(DropFault::Absent)?;
        let content = hex::decode(&file.file).map_err(|error| DropFault::Failed(error.to_string()))?;
        self.parts.drivers.drop_folders.put(&folder, name, &content)
    }
}

/// The file in the answer of a merge that took place.
pub(crate) fn file_of(intent: &Intent) -> Option<&MergeFile> {
    match &intent.answer {
        Some(OperationAnswer::Done(done)) => done.merge.as_ref(),
        _ => None,
    }
}
