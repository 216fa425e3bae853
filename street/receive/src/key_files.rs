//! Keys in files that nobody else may read, for a server without a credential store.

use crate::trouble::Trouble;
use madoguchi_port::vault::{Vault, VaultFault};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Reads a key sheet, if nobody else may.
pub(crate) fn read_sheet(file: &Path) -> Result<Zeroizing<String>, Trouble> {
    if open_to_others(file).map_err(Trouble::SheetUnreadable)? {
        return Err(Trouble::SheetOpenToOthers);
    }
    fs::read_to_string(file).map(Zeroizing::new).map_err(Trouble::SheetUnreadable)
}

#[cfg(unix)]
fn open_to_others(file: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(file)?.permissions().mode() & 0o077 != 0)
}

/// Rights are the folder's there, and an administrator's to set.
#[cfg(not(unix))]
fn open_to_others(file: &Path) -> io::Result<bool> {
    fs::metadata(file).map(|_| false)
}

/// A folder of secrets, one file each. Their only protection are the rights of these files.
pub(crate) struct KeyFiles {
    folder: PathBuf,
}

impl KeyFiles {
    /// In this folder, which is made when the first secret is kept.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name.replace('/', "."))
    }

    fn write(&self, file: &Path, secret: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let draft = file.with_extension("part");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut written = options.open(&draft)?;
        written.write_all(secret)?;
        written.sync_all()?;
        fs::rename(draft, file)
    }
}

impl Vault for KeyFiles {
    fn probe(&self) -> Result<(), VaultFault> {
        let name = "probe";
        self.put(name, &[0; 32])?;
        self.delete(name)
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), VaultFault> {
        self.write(&self.file(name), secret).map_err(|error| failed(&error))
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultFault> {
        match fs::read(self.file(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn delete(&self, name: &str) -> Result<(), VaultFault> {
        match fs::remove_file(self.file(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&error)),
            _ => Ok(()),
        }
    }
}

fn failed(error: &io::Error) -> VaultFault {
    VaultFault::Failed(error.to_string())
}
