//! A street with two members, an agreed folder, and terminals that drop files into it.

use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    Acknowledgement, MergeRecord, Profile1Key, SharedSecret, StreetPointId, TransactionNumber, file_name,
    seal_profile_1,
};
use madoguchi_domain::points::Points;
use madoguchi_doubles::MemoryVault;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_store::{Mains, PowerSupply};
use madoguchi_street::books::{Admission, Books, Ground, IdKind};
use madoguchi_street::receiving::{DropFolder, FILES_PER_COMMIT, LocalFolder, Receiving, Tally};
use madoguchi_street::{Fault, MergeKeys};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const SECRET: &str = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E";
pub(crate) const TARO: &str = "30010100000017";
pub(crate) const HANAKO: &str = "30010100000025";
/// 2026-11-21 09:30 in Japan.
pub(crate) const NOW: i64 = 1_795_221_000_000;

/// The street's PC, and the folder.
pub(crate) struct Scene {
    place: TempDir,
    vault: Arc<MemoryVault>,
    pub(crate) keys: MergeKeys,
}

/// What a person finds afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) waiting: Vec<String>,
    pub(crate) processed: Vec<String>,
    pub(crate) quarantine: Vec<String>,
    pub(crate) answers: BTreeMap<String, String>,
    pub(crate) taro: i64,
    pub(crate) hanako: i64,
    pub(crate) credits: Vec<(String, i64)>,
}

impl Scene {
    /// Founded, with Taro and Hanako as members.
    pub(crate) fn new() -> Self {
        Self::with_keys(&key_sheet("300101", &[1]))
    }

    /// The same with the keys of a sheet.
    pub(crate) fn with_keys(sheet: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("drop")).unwrap();
        let keys = MergeKeys::parse(sheet).unwrap();
        let scene = Self { place, vault: Arc::new(MemoryVault::default()), keys };
        let books = scene.books();
        for member in [TARO, HANAKO] {
            books.join(IdKind::PointId, &id(member), NOW).unwrap().unwrap();
        }
        drop(books);
        scene
    }

    pub(crate) fn books(&self) -> Books {
        self.books_on(Arc::new(Mains)).unwrap()
    }

    pub(crate) fn books_on(&self, power: Arc<dyn PowerSupply>) -> Result<Books, Fault> {
        let ground = Ground { vault: self.vault.clone(), entropy: Arc::new(SystemEntropy), power };
        Books::open(&self.place.path().join("data"), street(), &ground)
    }

    pub(crate) fn vault(&self) -> &MemoryVault {
        &self.vault
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.place.path().join("data")
    }

    pub(crate) fn drop_folder(&self) -> PathBuf {
        self.place.path().join("drop")
    }

    pub(crate) fn folder(&self) -> LocalFolder {
        LocalFolder::at(&self.drop_folder())
    }

    /// A terminal drops a file under the name that it has.
    pub(crate) fn drops(&self, record: &MergeRecord) {
        self.lays(&file_name(street(), record.number), &sealed(record));
    }

    pub(crate) fn lays(&self, name: &str, bytes: &[u8]) {
        fs::write(self.drop_folder().join(name), bytes).unwrap();
    }

    /// The clerk presses 合算ポイント受取.
    pub(crate) fn receive(&self) -> Tally {
        self.receive_with(&self.books(), &self.folder()).unwrap()
    }

    pub(crate) fn receive_with(&self, books: &Books, folder: &dyn DropFolder) -> Result<Tally, Fault> {
        self.receiving(books, folder).receive(NOW)
    }

    pub(crate) fn receiving<'a>(&'a self, books: &'a Books, folder: &'a dyn DropFolder) -> Receiving<'a> {
        Receiving {
            books,
            keys: &self.keys,
            folder,
            admission: Admission::Members,
            files_per_commit: FILES_PER_COMMIT,
        }
    }

    /// A terminal carries the answers to the cloud and takes them away.
    pub(crate) fn carries_the_answers(&self) {
        for name in names(&self.drop_folder()).into_iter().filter(|name| name.starts_with("ack_")) {
            fs::remove_file(self.drop_folder().join(name)).unwrap();
        }
    }

    pub(crate) fn found(&self) -> Found {
        self.found_in(&self.books())
    }

    /// The same where the books are open.
    pub(crate) fn found_in(&self, books: &Books) -> Found {
        books.check().unwrap().unwrap();
        let balance = |member| books.member(&id(member)).unwrap().unwrap().balance;
        let credits = books.credits_after(0, 1_000).unwrap();
        let (mut waiting, mut answers) = (Vec::new(), BTreeMap::new());
        for name in names(&self.drop_folder()) {
            if name.starts_with("ack_") && Path::new(&name).extension().is_some_and(|end| end == "dat") {
                let said = fs::read(self.drop_folder().join(&name)).unwrap();
                answers.insert(name, reception(&said));
            } else {
                waiting.push(name);
            }
        }
        Found {
            waiting,
            processed: names(&self.drop_folder().join("processed")),
            quarantine: names(&self.drop_folder().join("quarantine")),
            answers,
            taro: balance(TARO),
            hanako: balance(HANAKO),
            credits: credits.iter().map(|credit| (credit.number.to_string(), credit.points.get())).collect(),
        }
    }
}

/// Proven with the street's secret.
fn reception(answer: &[u8]) -> String {
    let secret = SharedSecret::parse(SECRET).unwrap();
    Acknowledgement::open(answer, [&secret]).unwrap().reception.code().to_owned()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn street() -> IdProviderId {
    IdProviderId::parse("300101").unwrap()
}

pub(crate) fn id(text: &str) -> StreetPointId {
    StreetPointId::parse(text).unwrap()
}

pub(crate) fn record(member: &str, points: i64, sequence: u32) -> MergeRecord {
    let number = TransactionNumber::parse(&format!("20261121093015{sequence:06}")).unwrap();
    MergeRecord { point_id: id(member), points: Points::new(points).unwrap(), number }
}

pub(crate) fn key(byte: u8) -> Profile1Key {
    Profile1Key { aes: [byte; 16], secret: SharedSecret::parse(SECRET).unwrap() }
}

pub(crate) fn sealed(record: &MergeRecord) -> Vec<u8> {
    seal_profile_1(record, &key(1), [5; 16])
}

pub(crate) fn key_sheet(street: &str, bytes: &[u8]) -> String {
    let key = |byte: &u8| {
        format!("[[key]]\naes = \"{}\"\nsecret = \"{SECRET}\"\n", format!("{byte:02x}").repeat(16))
    };
    format!("street = \"{street}\"\nprofile = 1\n{}", bytes.iter().map(key).collect::<String>())
}
