//! Agreed folders in memory, on a network and a disk that a test takes away.

use madoguchi_port::drop_folder::{DropFault, DropFolders};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds folders and the files in them.
#[derive(Default)]
pub struct MemoryFolders(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    folders: BTreeMap<PathBuf, BTreeMap<String, Vec<u8>>>,
    faults: BTreeMap<PathBuf, DropFault>,
    full_after_the_check: BTreeSet<PathBuf>,
}

impl MemoryFolders {
    /// With one folder that is there and empty.
    pub fn with(folder: impl Into<PathBuf>) -> Self {
        let folders = Self::default();
        folders.inside().folders.insert(folder.into(), BTreeMap::new());
        folders
    }

    /// From now on the folder cannot be used; `None`: it can again.
    pub fn trouble(&self, folder: &Path, fault: Option<DropFault>) {
        let mut inside = self.inside();
        inside.full_after_the_check.remove(folder);
        match fault {
            Some(fault) => inside.faults.insert(folder.to_owned(), fault),
            None => inside.faults.remove(folder),
        };
    }

    /// The next check finds room, and then there is none.
    pub fn fills_up_after_the_check(&self, folder: &Path) {
        self.inside().full_after_the_check.insert(folder.to_owned());
    }

    /// Another program lays a file down.
    pub fn laid_down(&self, folder: &Path, name: &str, content: &[u8]) {
        let mut inside = self.inside();
        inside.folders.entry(folder.to_owned()).or_default().insert(name.to_owned(), content.to_vec());
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn folder(&mut self, folder: &Path) -> Result<&mut BTreeMap<String, Vec<u8>>, DropFault> {
        match self.faults.get(folder) {
            Some(fault) => Err(fault.clone()),
            None => self.folders.get_mut(folder).ok_or(DropFault::Absent),
        }
    }
}

impl DropFolders for MemoryFolders {
    fn check(&self, folder: &Path, _bytes: usize) -> Result<(), DropFault> {
        let mut inside = self.inside();
        inside.folder(folder)?;
        if inside.full_after_the_check.remove(folder) {
            inside.faults.insert(folder.to_owned(), DropFault::Full);
        }
        Ok(())
    }

    fn put(&self, folder: &Path, name: &str, content: &[u8]) -> Result<(), DropFault> {
        self.inside().folder(folder)?.insert(name.to_owned(), content.to_vec());
        Ok(())
    }

    fn names(&self, folder: &Path) -> Result<Vec<String>, DropFault> {
        Ok(self.inside().folder(folder)?.keys().cloned().collect())
    }

    fn read(&self, folder: &Path, name: &str, most: usize) -> Result<Option<Vec<u8>>, DropFault> {
        let found = self.inside().folder(folder)?.get(name).cloned();
        Ok(found.filter(|content| content.len() <= most))
    }

    fn remove(&self, folder: &Path, name: &str) -> Result<(), DropFault> {
        self.inside().folder(folder)?.remove(name);
        Ok(())
    }
}
