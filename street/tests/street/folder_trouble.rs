//! The folder is not what it was: gone, full, read-only, in use.

use crate::scene::{Scene, TARO, record};
use madoguchi_street::receiving::{DropFolder, LocalFolder, Shelf, Tally};
use madoguchi_street::{Fault, FolderTrouble};
use std::cell::Cell;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};

/// Which step a troubled folder fails at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Prepare,
    List,
    Read,
    Draft,
    Sync,
    Publish,
    Shelve,
}

const STEPS: [Step; 7] =
    [Step::Prepare, Step::List, Step::Read, Step::Draft, Step::Sync, Step::Publish, Step::Shelve];

/// A real folder that fails at one step, as its operating system would say it.
struct Troubled {
    folder: LocalFolder,
    step: Step,
    kind: ErrorKind,
    /// A share that vanished stays away.
    gone: Cell<bool>,
}

impl Troubled {
    fn at(&self, step: Step) -> io::Result<&LocalFolder> {
        let fails = step == self.step || self.gone.get();
        self.gone.set(self.gone.get() || (fails && self.kind == ErrorKind::NotFound));
        if fails { Err(self.kind.into()) } else { Ok(&self.folder) }
    }
}

impl DropFolder for Troubled {
    fn prepare(&self) -> io::Result<()> {
        self.at(Step::Prepare)?.prepare()
    }

    fn waiting(&self) -> io::Result<Vec<OsString>> {
        self.at(Step::List)?.waiting()
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.at(Step::Read)?.read(name)
    }

    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.folder.answer(name)
    }

    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()> {
        self.at(Step::Draft)?.draft(name, answer)
    }

    fn sync(&self) -> io::Result<()> {
        self.at(Step::Sync)?.sync()
    }

    fn publish(&self, name: &str) -> io::Result<()> {
        self.at(Step::Publish)?.publish(name)
    }

    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()> {
        self.at(Step::Shelve)?.shelve(name, which)
    }

    fn set_aside(&self) -> io::Result<Vec<OsString>> {
        self.folder.set_aside()
    }

    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.folder.read_set_aside(name)
    }

    fn bring_back(&self, name: &OsStr) -> io::Result<()> {
        self.folder.bring_back(name)
    }
}

#[test]
fn a_full_read_only_or_vanished_folder_is_said_and_the_next_pass_finishes() {
    let undisturbed = Scene::new();
    undisturbed.drops(&record(TARO, 1500, 42));
    undisturbed.receive();
    let wanted = undisturbed.found();
    for (kind, trouble) in [
        (ErrorKind::StorageFull, FolderTrouble::Full),
        (ErrorKind::ReadOnlyFilesystem, FolderTrouble::ReadOnly),
        (ErrorKind::PermissionDenied, FolderTrouble::ReadOnly),
        (ErrorKind::NotFound, FolderTrouble::Gone),
        (ErrorKind::TimedOut, FolderTrouble::Failed),
    ] {
        for step in STEPS {
            let scene = Scene::new();
            scene.drops(&record(TARO, 1500, 42));
            let folder = Troubled { folder: scene.folder(), step, kind, gone: Cell::new(false) };
            let books = scene.books();
            let pass = scene.receive_with(&books, &folder);
            drop(books);
            let only_this_file = step == Step::Read && kind != ErrorKind::NotFound;
            match pass {
                Ok(tally) if only_this_file => {
                    assert_eq!(tally, Tally { unreadable: 1, ..Tally::default() });
                }
                Err(Fault::Folder(fault)) if !only_this_file => assert_eq!(fault.trouble, trouble),
                other => panic!("{step:?}, {kind:?}: {other:?}"),
            }
            scene.receive();
            assert_eq!(scene.found(), wanted, "{step:?}, {kind:?}");
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_not_made() {
    let scene = Scene::new();
    let gone = scene.drop_folder().join("gone");
    let fault = scene.receive_with(&scene.books(), &LocalFolder::at(&gone)).unwrap_err();
    assert!(matches!(fault, Fault::Folder(fault) if fault.trouble == FolderTrouble::Gone));
    assert!(!gone.exists());
}

#[test]
fn a_file_in_the_place_of_the_folder_for_processed_ones_stops_before_anything_is_added() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    fs::write(scene.drop_folder().join("processed"), b"").unwrap();
    assert!(scene.receive_with(&scene.books(), &scene.folder()).is_err());
    assert_eq!(scene.found().taro, 0);
    fs::remove_file(scene.drop_folder().join("processed")).unwrap();
    assert_eq!(scene.receive().received, 1);
}
