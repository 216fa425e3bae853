//! The street of a run: its shipped books and receiving on real files, whose power may go between any two writes of the
//! books and any two steps in the agreed folder.
//!
//! Belongs here: what the street's people do, each a start of their program. Does not: who asks for it (`merging`),
//! whether it was right (`places`).

use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{Acknowledgement, SharedSecret, StreetPointId, TransactionNumber};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_doubles::MemoryVault;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_store::{Moment, PowerSupply};
use madoguchi_street::books::{Act, Admission, Books, Done, Ground, IdKind, NotDone, WasReceived};
use madoguchi_street::receiving::{DropFolder, FILES_PER_COMMIT, LocalFolder, Receiving, Shelf, Tally};
use madoguchi_street::{Fault, MergeKeys};
use rusqlite::Connection;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Burns down by one at every moment; once burnt it stays so until it is replaced.
struct Fuse(AtomicI64);

impl Fuse {
    fn burns(&self) -> bool {
        self.0.fetch_sub(1, Ordering::SeqCst) > 0
    }
}

impl PowerSupply for Fuse {
    fn holds(&self, _moment: Moment) -> bool {
        self.burns()
    }
}

/// The street's PC and the agreed folder.
pub struct Street {
    place: PathBuf,
    vault: Arc<MemoryVault>,
    keys: MergeKeys,
    secret: SharedSecret,
    fuse: Arc<Fuse>,
}

impl Street {
    /// A new PC in a folder of the run, with the key sheet that the municipality handed over.
    pub fn found(place: &Path, sheet: &str) -> Self {
        fs::create_dir_all(place.join("drop")).expect("a folder of the run");
        let keys = MergeKeys::parse(sheet).expect("a key sheet");
        let secret = sheet.lines().find_map(|line| line.strip_prefix("secret = \"")?.strip_suffix('"'));
        let secret = SharedSecret::parse(secret.expect("a secret")).expect("a secret of the cloud's");
        let fuse = Arc::new(Fuse(AtomicI64::new(i64::MAX)));
        Self { place: place.to_owned(), vault: Arc::default(), keys, secret, fuse }
    }

    /// The agreed folder.
    pub fn folder(&self) -> PathBuf {
        self.place.join("drop")
    }

    /// The power goes after so many moments.
    pub fn power_lasts(&self, moments: i64) {
        self.fuse.0.store(moments, Ordering::SeqCst);
    }

    /// It is back.
    pub fn power_is_back(&self) {
        self.power_lasts(i64::MAX);
    }

    /// 合算ポイント受取; also of what lies in quarantine.
    pub fn receives(&self, at_ms: i64) -> Result<Tally, Fault> {
        self.at_work(|receiving, _| receiving.receive_set_aside(at_ms))
    }

    /// A member joins.
    pub fn joins(&self, who: &StreetPointId, at_ms: i64) -> Result<(), Fault> {
        self.at_work(|_, books| books.join(IdKind::PointId, who, at_ms).map(drop))
    }

    /// A member uses points, if there are so many.
    pub fn uses(
        &self,
        who: &StreetPointId,
        points: Points,
        key: OperationKey,
        at_ms: i64,
    ) -> Result<(), Fault> {
        self.at_work(|_, books| {
            let Some(member) = books.member(who)? else { return Ok(()) };
            books.act(key, Act::Use { member: member.number, points }, at_ms).map(drop)
        })
    }

    /// A merge is booked back, and answered.
    pub fn books_back(&self, number: TransactionNumber, at_ms: i64) -> Result<Result<Done, NotDone>, Fault> {
        self.at_work(|receiving, books| {
            let done = books.book_back(number, at_ms)?;
            receiving.answer()?;
            Ok(done)
        })
    }

    /// A number is declined, and answered.
    pub fn declines(&self, number: TransactionNumber, at_ms: i64) -> Result<Result<(), WasReceived>, Fault> {
        self.at_work(|receiving, books| {
            let declined = books.decline(number, at_ms)?;
            receiving.answer()?;
            Ok(declined)
        })
    }

    /// What the books themselves find wrong.
    pub fn check(&self) -> Result<(), String> {
        let checked = self.at_work(|_, books| books.check());
        checked.map_err(|fault| fault.to_string())?.map_err(|wrong| wrong.to_string())
    }

    /// The number in a file that lies somewhere, if it is one of the street's.
    pub fn number_in(&self, file: &Path) -> Option<TransactionNumber> {
        Some(self.keys.open(&fs::read(file).ok()?).ok()?.number)
    }

    /// The answers that lie in the folder, by their names.
    pub fn answers(&self) -> Vec<(PathBuf, Acknowledgement)> {
        let named = self.files("").into_iter().filter(|file| name_of(file).starts_with("ack_"));
        let said = |file: PathBuf| {
            let bytes = fs::read(&file).expect("an answer that lies there");
            let said = Acknowledgement::open(&bytes, [&self.secret]).expect("an answer of the street's");
            (file, said)
        };
        named.filter(|file| is_whole(file)).map(said).collect()
    }

    /// The whole files in the agreed folder or one below it, by their names; none are answers there.
    pub fn merge_files(&self, below: &str) -> Vec<PathBuf> {
        let mut files = self.files(below);
        files.retain(|file| is_whole(file) && !name_of(file).starts_with("ack_"));
        files
    }

    /// Reads the street's database with statements of the checkers' own.
    pub fn database(&self) -> Connection {
        Connection::open(self.place.join("data/street.sqlite")).expect("the street's database")
    }

    fn files(&self, below: &str) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.folder().join(below)) else { return Vec::new() };
        let mut files: Vec<_> =
            entries.flatten().map(|entry| entry.path()).filter(|at| at.is_file()).collect();
        files.sort();
        files
    }

    fn at_work<T>(&self, work: impl FnOnce(&Receiving<'_>, &Books) -> Result<T, Fault>) -> Result<T, Fault> {
        let power: Arc<dyn PowerSupply> = self.fuse.clone();
        let ground = Ground { vault: self.vault.clone(), entropy: Arc::new(SystemEntropy), power };
        let books = Books::open(&self.place.join("data"), street(), &ground)?;
        let folder = FusedFolder { folder: LocalFolder::at(&self.folder()), fuse: Arc::clone(&self.fuse) };
        let receiving = Receiving {
            books: &books,
            keys: &self.keys,
            folder: &folder,
            admission: Admission::Members,
            files_per_commit: FILES_PER_COMMIT,
        };
        work(&receiving, &books)
    }
}

/// The street's ID as an ID provider.
pub fn street() -> IdProviderId {
    IdProviderId::try_from(super::town::STREET).expect("a street")
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What ends so is being written.
fn is_whole(file: &Path) -> bool {
    file.extension().is_none_or(|end| end != "part")
}

/// The real folder on the PC's fuse.
struct FusedFolder {
    folder: LocalFolder,
    fuse: Arc<Fuse>,
}

impl FusedFolder {
    fn step<T>(&self, step: impl FnOnce(&LocalFolder) -> io::Result<T>) -> io::Result<T> {
        self.alive()?;
        let done = step(&self.folder)?;
        self.alive()?;
        Ok(done)
    }

    fn alive(&self) -> io::Result<()> {
        if self.fuse.burns() { Ok(()) } else { Err(io::Error::other("the power is cut")) }
    }
}

impl DropFolder for FusedFolder {
    fn prepare(&self) -> io::Result<()> {
        self.step(DropFolder::prepare)
    }

    fn waiting(&self) -> io::Result<Vec<OsString>> {
        self.step(DropFolder::waiting)
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.step(|folder| folder.read(name))
    }

    fn answer(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.step(|folder| folder.answer(name))
    }

    fn draft(&self, name: &str, answer: &[u8]) -> io::Result<()> {
        // What was written until then lies there, cut off.
        if !self.fuse.burns() {
            self.folder.draft(name, &answer[..answer.len() / 2])?;
        }
        self.step(|folder| folder.draft(name, answer))
    }

    fn sync(&self) -> io::Result<()> {
        // Memory has nothing to flush, and a system-wide flush would cost every run beside it.
        self.alive()
    }

    fn publish(&self, name: &str) -> io::Result<()> {
        self.step(|folder| folder.publish(name))
    }

    fn shelve(&self, name: &OsStr, which: Shelf) -> io::Result<()> {
        self.step(|folder| folder.shelve(name, which))
    }

    fn set_aside(&self) -> io::Result<Vec<OsString>> {
        self.step(DropFolder::set_aside)
    }

    fn read_set_aside(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        self.step(|folder| folder.read_set_aside(name))
    }

    fn bring_back(&self, name: &OsStr) -> io::Result<()> {
        self.step(|folder| folder.bring_back(name))
    }
}
