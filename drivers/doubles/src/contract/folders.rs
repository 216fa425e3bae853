//! The contract of agreed folders.

use madoguchi_port::drop_folder::{DropFault, DropFolders};
use std::path::Path;

/// The contract of [`DropFolders`]: run against the system's folders and those in memory. `folder` is there and
/// empty, `gone` is not.
///
/// # Panics
/// Where the folders break the contract.
pub fn drop_folders(folders: &dyn DropFolders, folder: &Path, gone: &Path) {
    assert_eq!(folders.check(folder, 320), Ok(()));
    assert_eq!(folders.names(folder), Ok(Vec::new()), "a check leaves nothing behind");

    assert_eq!(folders.put(folder, "b.dat", b"second"), Ok(()));
    assert_eq!(folders.put(folder, "a.dat", b"first"), Ok(()));
    assert_eq!(folders.names(folder), Ok(vec!["a.dat".into(), "b.dat".into()]), "whole files, sorted");
    assert_eq!(folders.read(folder, "a.dat", 5), Ok(Some(b"first".to_vec())));
    assert_eq!(folders.read(folder, "a.dat", 4), Ok(None), "longer than asked for");
    assert_eq!(folders.read(folder, "c.dat", 5), Ok(None));
    assert_eq!(folders.put(folder, "a.dat", b"new"), Ok(()));
    assert_eq!(
        folders.read(folder, "a.dat", 5),
        Ok(Some(b"new".to_vec())),
        "a file of that name is replaced"
    );

    assert_eq!(folders.remove(folder, "a.dat"), Ok(()));
    assert_eq!(folders.remove(folder, "a.dat"), Ok(()), "removing twice is no error");
    assert_eq!(folders.names(folder), Ok(vec!["b.dat".into()]));

    assert_eq!(folders.check(gone, 320), Err(DropFault::Absent));
    assert_eq!(folders.put(gone, "a.dat", b"first"), Err(DropFault::Absent), "a folder is never made");
    assert_eq!(folders.names(gone), Err(DropFault::Absent));
}
