//! The folder is not what it was: gone, full, read-only, in use.

use crate::scene::{HANAKO, NOW, Scene, TARO, id, record, sealed};
use madoguchi_street::books::{IdKind, Verdict};
use madoguchi_street::receiving::{DropFolder, LocalFolder, Shelf, Taken, Tally};
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
            let only_this_file = matches!(step, Step::Read | Step::Shelve) && kind != ErrorKind::NotFound;
            match pass {
                Ok(tally) if only_this_file => {
                    let (received, points) = if step == Step::Shelve { (1, 1500) } else { (0, 0) };
                    assert_eq!(tally, Tally { received, points, unreadable: 1, ..Tally::default() });
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

/// A real folder in which one file cannot be read or moved: somebody has it open.
struct Holding {
    folder: LocalFolder,
    held: &'static str,
}

impl Holding {
    fn unless_held(&self, name: &OsStr) -> io::Result<&LocalFolder> {
        if name == self.held { Err(ErrorKind::ResourceBusy.into()) } else { Ok(&self.folder) }
    }
}

impl DropFolder for Holding {
    fn prepare(&self) -> io::Result<()> {
        self.folder.prepare()
    }

    fn waiting(&self) -> io::Result<Vec<OsString>> {
        self.folder.waiting()
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.folder.read(name)
    }

    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.folder.answer(name)
    }

    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()> {
        self.folder.draft(name, answer)
    }

    fn sync(&self) -> io::Result<()> {
        self.folder.sync()
    }

    fn publish(&self, name: &str) -> io::Result<()> {
        self.folder.publish(name)
    }

    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()> {
        self.unless_held(name)?.shelve(name, which)
    }

    fn set_aside(&self) -> io::Result<Vec<OsString>> {
        self.folder.set_aside()
    }

    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.unless_held(name)?.read_set_aside(name)
    }

    fn bring_back(&self, name: &OsStr) -> io::Result<()> {
        self.unless_held(name)?.bring_back(name)
    }
}

#[test]
fn a_file_that_cannot_be_moved_is_told_once_and_stops_no_file_behind_it() {
    let scene = Scene::new();
    scene.lays("a.dat", &sealed(&record(TARO, 10, 1)));
    scene.lays("b.dat", &sealed(&record(HANAKO, 20, 2)));
    let (books, folder) = (scene.books(), Holding { folder: scene.folder(), held: "a.dat" });
    let mut told = Vec::new();
    let mut pass = || {
        let mut tell = |taken: Taken<'_>| told.push((taken.name.to_owned(), taken.verdict));
        scene.receiving(&books, &folder).receive_each(NOW, &mut tell).unwrap()
    };
    assert_eq!(pass(), Tally { received: 2, points: 30, unreadable: 1, ..Tally::default() });
    assert_eq!(pass(), Tally { unreadable: 1, ..Tally::default() });
    assert_eq!(told, [("a.dat".into(), Verdict::Received), ("b.dat".into(), Verdict::Received)]);
    let found = scene.found_in(&books);
    assert_eq!((found.taro, found.hanako, found.answers.len()), (10, 20, 2));
    assert_eq!((found.waiting, found.processed), (vec!["a.dat".to_owned()], vec!["b.dat".to_owned()]));
    assert_eq!(scene.receive_with(&books, &scene.folder()).unwrap().already_received, 1);
}

#[test]
fn a_number_with_other_content_is_an_alarm_also_where_its_file_cannot_be_moved() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 10, 1));
    scene.receive();
    scene.lays("a.dat", &sealed(&record(HANAKO, 10, 1)));
    let folder = Holding { folder: scene.folder(), held: "a.dat" };
    let tally = scene.receive_with(&scene.books(), &folder).unwrap();
    assert_eq!(tally, Tally { other_content: 1, unreadable: 1, ..Tally::default() });
}

#[test]
fn a_file_in_quarantine_that_cannot_be_read_stops_no_other_and_stays_listed() {
    let scene = Scene::new();
    for (name, member, sequence) in [("a.dat", "30010100000033", 1), ("b.dat", "30010100000041", 2)] {
        scene.lays(name, &sealed(&record(member, 700, sequence)));
    }
    scene.receive();
    let (books, folder) = (scene.books(), Holding { folder: scene.folder(), held: "a.dat" });
    books.join(IdKind::PointId, &id("30010100000041"), NOW).unwrap().unwrap();
    scene.drops(&record(TARO, 10, 3));
    let tally = scene.receiving(&books, &folder).receive_set_aside(NOW).unwrap();
    assert_eq!(tally, Tally { received: 2, points: 710, unreadable: 1, ..Tally::default() });
    let listed: Vec<_> = books.set_aside(10).unwrap().into_iter().map(|file| file.name).collect();
    assert_eq!(listed, ["a.dat"]);
}

#[test]
fn a_name_as_long_as_names_can_be_comes_twice_and_both_are_moved() {
    let scene = Scene::new();
    let longest = format!("{}.dat", "m".repeat(251));
    for sequence in 1..=3 {
        scene.lays(&longest, &sealed(&record(TARO, 10, sequence)));
        assert_eq!(scene.receive(), Tally { received: 1, points: 10, ..Tally::default() });
    }
    assert_eq!((scene.found().processed.len(), scene.found().taro), (3, 30));
}

#[test]
fn what_has_the_name_of_an_answer_holds_up_that_answer_alone_and_is_said() {
    let scene = Scene::new();
    let planted = scene.drop_folder().join("ack_300101_20261121093015000001.dat");
    fs::create_dir(&planted).unwrap();
    scene.drops(&record(TARO, 10, 1));
    scene.drops(&record(HANAKO, 20, 2));
    let books = scene.books();
    for _ in 0..2 {
        let pass = scene.receive_with(&books, &scene.folder());
        assert!(matches!(pass, Err(Fault::Folder(fault)) if fault.trouble == FolderTrouble::Failed));
        let found = scene.found_in(&books);
        assert_eq!((found.taro, found.hanako, found.processed.len()), (10, 20, 2));
        let answers: Vec<_> = found.answers.into_keys().collect();
        assert_eq!(answers, ["ack_300101_20261121093015000002.dat"]);
    }
    fs::remove_dir(&planted).unwrap();
    scene.receive_with(&books, &scene.folder()).unwrap();
    assert_eq!(scene.found_in(&books).answers.len(), 2);
}

#[cfg(unix)]
#[test]
fn nothing_that_was_planted_in_the_folder_is_written_through_or_waited_for() {
    use std::os::unix::fs::symlink;
    let scene = Scene::new();
    let canary = scene.data().join("canary");
    fs::write(&canary, "the user's own").unwrap();
    let answer = "ack_300101_20261121093015000001.dat";
    let (in_folder, in_draft) = (|name: &str| scene.drop_folder().join(name), format!("{answer}.part"));
    for name in [".madoguchi-receive.part", answer, &in_draft] {
        symlink(&canary, in_folder(name)).unwrap();
    }
    for name in ["ack_300101_20261121093015000002.dat", "ack_300101_20261121093015000002.dat.part"] {
        let pipe = std::process::Command::new("mkfifo").arg(in_folder(name)).status();
        assert!(pipe.unwrap().success());
    }
    scene.drops(&record(TARO, 10, 1));
    scene.drops(&record(HANAKO, 20, 2));
    assert_eq!(scene.receive(), Tally { received: 2, points: 30, ..Tally::default() });
    assert_eq!(fs::read_to_string(&canary).unwrap(), "the user's own");
    assert_eq!(scene.found().answers.len(), 2);
}
