//! All three together: the counter merges, the street receives, its answers come back. At the end every point
//! that left the municipality's residents has one place: the street's books, a file that waits, or a file that the
//! street has set aside; and nothing is waited for that was received.
//!
//! Real are the counter with its store and folders, the cloud with its database, the street's receiving on its own
//! database. The power is cut at steps on either side.

// ./dev test builds the programs first.
#[cfg(feature = "journeys")]
mod program;

use crate::counter::{AtCounter, Pc, STREET_SHOP, is_done};
use crate::town::Town;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::Wrapping;
use madoguchi_cloud::operator;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_doubles::MemoryVault;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_store::{Mains, Moment, PowerSupply};
use madoguchi_street::MergeKeys;
use madoguchi_street::books::{Admission, Books, Ground};
use madoguchi_street::receiving::{FILES_PER_COMMIT, LocalFolder, Receiving};
use madoguchi_wire::window::{LastOperation, MergePointsArguments, VisitPart};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// In each round.
const POINTS: i64 = 100;
/// Within the limit of a day without PIN, and with what Hanako has.
const ROUNDS: i64 = 14;

fn ginza() -> IdProviderId {
    IdProviderId::parse("140002").unwrap()
}

/// Holds for so many moments, then never again; mended by setting it anew.
#[derive(Default)]
pub(crate) struct Fuse(AtomicI64);

impl Fuse {
    pub(crate) fn that_lasts() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }

    pub(crate) fn lasts(&self, moments: i64) {
        self.0.store(moments, Ordering::SeqCst);
    }
}

impl PowerSupply for Fuse {
    fn holds(&self, _moment: Moment) -> bool {
        self.0.fetch_sub(1, Ordering::SeqCst) > 0
    }
}

/// The street's office: its database, its key sheet, and the folder that was agreed on.
struct Office {
    place: TempDir,
    vault: Arc<MemoryVault>,
    keys: MergeKeys,
    /// As it was handed over, for the program.
    #[cfg_attr(not(feature = "journeys"), expect(dead_code))]
    sheet: String,
    fuse: Arc<Fuse>,
}

impl Office {
    /// The operator makes the street's key and hands it over.
    async fn of(town: &Town) -> Self {
        let wrapping = || Wrapping::by(&KeyEncryptionKey::from_bytes([7; 32]));
        let now_ms = town.cloud.clock.now_ms();
        let number = town
            .cloud
            .database
            .write(move |write| operator::street::make_key(write, &wrapping(), ginza(), now_ms))
            .await
            .unwrap();
        let sheet = town
            .cloud
            .database
            .write(move |write| {
                operator::street::export_key(write, &wrapping(), ginza(), (number, None), now_ms)
            })
            .await
            .unwrap();
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("drop")).unwrap();
        let keys = MergeKeys::parse(&sheet.text()).unwrap();
        let sheet = sheet.text().to_string();
        Self { place, vault: Arc::default(), keys, sheet, fuse: Arc::default() }
    }

    fn folder(&self) -> PathBuf {
        self.place.path().join("drop")
    }

    fn books(&self, power: Arc<dyn PowerSupply>) -> Result<Books, madoguchi_street::Fault> {
        let ground = Ground { vault: self.vault.clone(), entropy: Arc::new(SystemEntropy), power };
        Books::open(&self.place.path().join("data"), ginza(), &ground)
    }

    /// 合算ポイント受取, as far as the power lasts.
    fn receives(&self, power: Arc<dyn PowerSupply>) -> Result<(), madoguchi_street::Fault> {
        let books = self.books(power)?;
        let folder = LocalFolder::at(&self.folder());
        let receiving = Receiving {
            books: &books,
            keys: &self.keys,
            folder: &folder,
            // The street's system knows its members; here every genuine file is somebody's.
            admission: Admission::Everybody,
            files_per_commit: FILES_PER_COMMIT,
        };
        receiving.receive(0).map(drop)
    }

    fn receives_until_the_power_goes(&self, moments: i64) -> bool {
        self.fuse.lasts(moments);
        self.receives(self.fuse.clone()).is_ok()
    }

    /// Points in the street's books, once for each number.
    fn credited(&self) -> i64 {
        let books = self.books(Arc::new(Mains)).unwrap();
        books.check().unwrap().unwrap();
        books.credits_after(0, 1_000).unwrap().iter().map(|credit| credit.points.get()).sum()
    }

    /// Points in files whose number is not in the books yet.
    fn waiting_and_set_aside(&self) -> i64 {
        let known: Vec<_> = self.books(Arc::new(Mains)).unwrap().credits_after(0, 1_000).unwrap();
        let mut points = 0;
        for folder in [self.folder(), self.folder().join("quarantine")] {
            for file in merge_files(&folder) {
                let record = self.keys.open(&fs::read(file).unwrap()).unwrap();
                if known.iter().all(|credit| credit.number != record.number) {
                    points += record.points.get();
                }
            }
        }
        points
    }

    fn answers(&self) -> usize {
        named(&self.folder(), "ack_").len()
    }
}

fn named(folder: &Path, begins: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with(begins)).collect()
}

fn merge_files(folder: &Path) -> Vec<PathBuf> {
    named(folder, "merge_")
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "dat"))
        .collect()
}

/// What the books say that 銀座街 is owed.
async fn debited(town: &Town) -> i64 {
    let sum = town.cloud.database.read(|read| {
        read.query_row("select coalesce(sum(points), 0) from merge", &[], |row| row.get::<i64>(0))
    });
    sum.await.unwrap()
}

async fn not_received(town: &Town) -> usize {
    town.cloud.database.read(|read| operator::street::waiting(read, ginza())).await.unwrap().len()
}

impl AtCounter {
    async fn merges(&mut self, points: i64) -> Option<LastOperation> {
        let visit = self.taps("hanako").await;
        let currency = visit.accounts[0].currency;
        let part = VisitPart { currency, typed: points.to_string() };
        let asked = MergePointsArguments { visit: visit.visit, street: ginza(), part };
        self.counter.merge_points(asked).await.ok()
    }
}

/// Looks again until it is so; what is waited for happens within a start of the counter.
async fn soon(what: &str, is_so: impl AsyncFn() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), wait).await.unwrap_or_else(|_| panic!("{what}"));
}

async fn adds_up(town: &Town, office: &Office, when: &str) {
    let (debited, credited, files) = (debited(town).await, office.credited(), office.waiting_and_set_aside());
    assert_eq!(debited, credited + files, "{when}: {credited} in the street's books, {files} in files");
}

#[tokio::test(flavor = "multi_thread")]
async fn points_are_merged_received_and_acknowledged_and_nothing_is_waited_for() {
    let town = Town::open().await;
    let office = Office::of(&town).await;
    let pc = Pc::named("komugi").with_a_folder_of("140002", &office.folder());
    let mut at = pc.opens_in(&town).await;
    at.registers_for(STREET_SHOP, Some("140002")).await.unwrap();
    assert!(is_done(&at.merges(1_500).await.unwrap()));
    assert_eq!((debited(&town).await, not_received(&town).await), (1_500, 1));
    adds_up(&town, &office, "the file waits").await;
    office.receives(Arc::new(Mains)).unwrap();
    assert_eq!((office.credited(), office.waiting_and_set_aside(), office.answers()), (1_500, 0, 1));
    drop(at);
    let at = pc.opens_in(&town).await;
    soon("the answer is carried", async || office.answers() == 0 && not_received(&town).await == 0).await;
    let listed = at.counter.list_merges().await.unwrap().merges;
    assert!(listed[0].reception.is_some(), "the clerk sees it: {listed:?}");
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_goes_on_either_side_and_every_point_has_one_place() {
    let town = Town::open().await;
    let office = Office::of(&town).await;
    let pc = Pc::named("komugi").with_a_folder_of("140002", &office.folder());
    let at = pc.opens_in(&town).await;
    at.registers_for(STREET_SHOP, Some("140002")).await.unwrap();
    drop(at);
    let (mut cut_at_the_counter, mut cut_at_the_street) = (0, 0);
    for round in 0..ROUNDS {
        let mut at = pc.opens_in(&town).await;
        // A use or a file of the round before may be found out first.
        if at.last().await.is_some() {
            at.hears_fate().await;
        }
        pc.power_lasts(round);
        let merged = at.merges(POINTS).await.is_some_and(|merged| is_done(&merged));
        cut_at_the_counter += i32::from(!merged);
        drop(at);
        pc.power_is_back();
        adds_up_or_is_to_come(&town, &office, &format!("round {round}, after the counter")).await;
        cut_at_the_street += i32::from(!office.receives_until_the_power_goes(ROUNDS - 1 - round));
        adds_up_or_is_to_come(&town, &office, &format!("round {round}, after the street")).await;
    }
    assert!(cut_at_the_counter > 0 && cut_at_the_street > 0, "{cut_at_the_counter}, {cut_at_the_street}");
    // The last start lays down what was not, the last pass takes it in, one more start carries the answers.
    let mut at = pc.opens_in(&town).await;
    at.hears_fate().await;
    drop(at);
    adds_up(&town, &office, "everything is put").await;
    office.receives(Arc::new(Mains)).unwrap();
    let _at = pc.opens_in(&town).await;
    soon("all answers are carried", async || office.answers() == 0 && not_received(&town).await == 0).await;
    adds_up(&town, &office, "everything is received").await;
    assert_eq!(office.waiting_and_set_aside(), 0);
    assert!(town.books_are_right().await);
}

/// Between a power cut and the next start a file may not lie there yet; never is there one too many.
async fn adds_up_or_is_to_come(town: &Town, office: &Office, when: &str) {
    let (debited, credited, files) = (debited(town).await, office.credited(), office.waiting_and_set_aside());
    assert!(credited + files <= debited, "{when}: {debited} debited, {credited} received, {files} in files");
    assert!(
        debited - credited - files <= POINTS,
        "{when}: {debited} debited, {credited} received, {files} in files"
    );
}
