//! The town before every run: the cloud set up and all terminals registered, made once and copied.

use super::chance::Chance;
use super::cloud::{self, CloudProcess};
use super::files::Files;
use super::line::Mailbag;
use super::pc::{Make, Pc};
use super::registration::register;
use super::stillness;
use super::time::Time;
use super::town::{FIRST_DAY, REGISTERED, Town};
use jiff::tz::offset;
use madoguchi_doubles::MemoryVault;
use madoguchi_port::vault::Vault;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// The town as every run finds it.
pub struct Template {
    /// Who and what there is.
    pub town: Town,
    cloud: Files,
    terminals: Vec<(Files, MemoryVault)>,
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
        self.cloud.lay_down(&cloud::first_life(folder));
    }

    /// A terminal's PC in a run's folder, switched off; registered, unless its clerk has yet to do so.
    pub fn pc(&self, make: Make) -> Pc {
        let Some((disk, vault)) = self.terminals.get(make.place) else {
            return Pc::make(make, Arc::default());
        };
        let pc = Pc::make(make, Arc::new(copy_of(vault)));
        disk.lay_down(&pc.disk());
        pc
    }
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
    let work = short_lived_folder();
    let time = Time::from(first_day_at(8));
    let process = CloudProcess::start(&work.path().join("cloud"), &time);
    let (setting_up, now_ms) = (town.clone(), time.now_ms());
    let set_up = process.cloud().database.write(move |write| setting_up.set_up(write, now_ms)).await;
    set_up.expect("a town that a cloud takes");
    let mut terminals = Vec::new();
    for terminal in 0..REGISTERED {
        let vault = Arc::new(MemoryVault::default());
        let disk = begin(&town, &process, &time, terminal, &work, &vault).await;
        terminals.push((Files::of(&disk), copy_of(&vault)));
    }
    // Closing brings everything into the one file.
    drop(process);
    let cloud = Files::of(&cloud::first_life(&work.path().join("cloud")));
    Template { town, cloud, terminals }
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
        folder: work.path().join(format!("terminal-{terminal}")),
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
    pc.close();
    stillness::comes().await;
    pc.disk()
}
