//! The town before every run: the cloud set up and all terminals registered, made once and copied.

use super::chance::Chance;
use super::cloud::{self, CloudProcess, DATABASE};
use super::line::Mailbag;
use super::pc::{Make, Pc, copy_folder};
use super::registration::register;
use super::stillness;
use super::time::Time;
use super::town::{FIRST_DAY, REGISTERED, Town};
use jiff::tz::offset;
use madoguchi_doubles::MemoryVault;
use madoguchi_port::vault::Vault;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// The town as every run finds it.
pub struct Template {
    /// Who and what there is.
    pub town: Town,
    folder: TempDir,
    vaults: Vec<MemoryVault>,
}

/// The template, made by whoever asks first.
pub fn template() -> &'static Template {
    static MADE: OnceLock<Template> = OnceLock::new();
    MADE.get_or_init(|| {
        // Whoever asks may stand in a runtime of their own.
        std::thread::spawn(|| stillness::runtime().expect("a runtime").block_on(make()))
            .join()
            .expect("the town can be set up")
    })
}

/// A folder that needs no disk where the system offers one: a run's files live for a second.
pub fn short_lived_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder for a run")
}

/// The first day at so many hours in Japan, milliseconds since 1970 (UTC).
pub fn first_day_at(hour: i8) -> i64 {
    let at = FIRST_DAY.at(hour, 0, 0, 0);
    offset(9).to_timestamp(at).expect("a day of the calendar").as_millisecond()
}

impl Template {
    /// Lays the cloud's database down in a run's folder.
    pub fn lay_down_cloud(&self, folder: &Path) {
        cloud::lay_down(&self.folder.path().join("cloud"), folder);
    }

    /// A terminal's PC in a run's folder, switched off; registered, unless its clerk has yet to do so.
    pub fn pc(&self, make: Make) -> Pc {
        let vault = self.vaults.get(make.place).map(copy_of).unwrap_or_default();
        if make.place < REGISTERED {
            copy_folder(&disk_of(self.folder.path(), make.place), &make.folder.join("life-0"));
        }
        Pc::make(make, Arc::new(vault))
    }
}

fn disk_of(folder: &Path, terminal: usize) -> PathBuf {
    folder.join(format!("terminal-{terminal}"))
}

fn copy_of(vault: &MemoryVault) -> MemoryVault {
    let copy = MemoryVault::default();
    for name in vault.names() {
        if let Ok(Some(secret)) = vault.get(&name) {
            copy.put(&name, &secret).expect("an unlocked store");
        }
    }
    copy
}

async fn make() -> Template {
    let cards = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cards");
    let town = Town::with_cards_from(&cards);
    let folder = short_lived_folder();
    let work = short_lived_folder();
    let time = Time::from(first_day_at(8));
    let process = CloudProcess::start(&work.path().join("cloud"), &time);
    let (setting_up, now_ms) = (town.clone(), time.now_ms());
    let set_up = process.cloud().database.write(move |write| setting_up.set_up(write, now_ms)).await;
    set_up.expect("a town that a cloud takes");
    let mut vaults = Vec::new();
    for terminal in 0..REGISTERED {
        let vault = Arc::new(MemoryVault::default());
        let disk = begin(&town, &process, &time, terminal, &work, &vault).await;
        copy_folder(&disk, &disk_of(folder.path(), terminal));
        vaults.push(copy_of(&vault));
    }
    let database = process.database();
    // Closing brings everything into the one file that is copied.
    drop(process);
    fs::create_dir_all(folder.path().join("cloud")).expect("a folder");
    fs::copy(database, folder.path().join("cloud").join(DATABASE)).expect("the cloud's database");
    Template { town, folder, vaults }
}

/// Registers a terminal as its clerk does, and says where its disk is.
async fn begin(
    town: &Town,
    process: &CloudProcess,
    time: &Time,
    terminal: usize,
    work: &TempDir,
    vault: &Arc<MemoryVault>,
) -> PathBuf {
    let bag = Mailbag::default();
    let make = Make {
        place: terminal,
        folder: disk_of(work.path(), terminal),
        time: time.clone(),
        clock_off_ms: 0,
        chance: Chance::of_seed(terminal as u64),
        bag: bag.clone(),
    };
    let mut pc = Pc::make(make, Arc::clone(vault));
    pc.switch_on();
    while !pc.has_started().await {
        stillness::comes().await;
    }
    let counter = Arc::clone(pc.counter().expect("it has started"));
    let registering = tokio::spawn(register(counter, town.terminals[terminal].clone()));
    while !registering.is_finished() || !bag.is_empty() {
        stillness::comes().await;
        for letter in bag.letters() {
            let reply = process.answer(&letter).await;
            if let Some(waiting) = bag.take(&letter) {
                waiting.answer(Ok(reply));
            }
        }
    }
    let registered = registering.await.expect("a registration that ends");
    registered.unwrap_or_else(|failure| panic!("terminal {terminal} is not registered: {:?}", failure.code));
    let disk = pc.disk();
    pc.close();
    stillness::comes().await;
    disk
}
