//! The town before every run: the cloud set up and all terminals registered, made once and copied.

use super::chance::Chance;
use super::cloud::{CloudProcess, street_sheet};
use super::files::Files;
use super::line::Mailbag;
use super::pc::{Make, Pc};
use super::registration::register;
use super::stillness;
use super::store::{Engine, Store};
use super::street::street;
use super::time::Time;
use super::town::{FIRST_DAY, REGISTERED, Town};
use jiff::tz::offset;
use madoguchi_doubles::MemoryVault;
use madoguchi_port::vault::Vault;
use madoguchi_postgres::{Disk, Server};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tempfile::TempDir;

/// The town as every run finds it.
pub struct Template {
    /// Who and what there is.
    pub town: Town,
    /// The key sheet of the street.
    pub sheet: String,
    cloud: Prepared,
    terminals: Vec<(Files, MemoryVault)>,
}

/// The cloud's database after the setting up.
enum Prepared {
    Files(Files),
    Server { server: Arc<Server>, address: String },
}

/// The template, made by whoever asks first; SQLite's is everybody's.
static FILES: OnceLock<Arc<Template>> = OnceLock::new();

/// Servers that no run has at the moment, each with a town of its own: a run may kill its server.
static SERVERS: Mutex<Vec<Arc<Template>>> = Mutex::new(Vec::new());

/// A template for the time of a run.
pub struct Lent(Arc<Template>);

impl Lent {
    /// The template of an engine.
    pub fn of(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                Self(Arc::clone(FILES.get_or_init(|| make(|folder| Store::in_folder(&folder.join("cloud"))))))
            }
            Engine::Postgres => Self(servers().pop().unwrap_or_else(|| make(|_| on_a_new_server()))),
        }
    }
}

impl Deref for Lent {
    type Target = Template;

    fn deref(&self) -> &Template {
        &self.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // A run that fell over may have left its server anyhow.
        if matches!(self.cloud, Prepared::Server { .. }) && !std::thread::panicking() {
            servers().push(Arc::clone(&self.0));
        }
    }
}

fn servers() -> MutexGuard<'static, Vec<Arc<Template>>> {
    SERVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_a_new_server() -> Store {
    let server = Arc::new(Server::start(Disk::NotWaitedFor));
    let address = server.new_database();
    Store::Server { server, address }
}

fn make(store: impl FnOnce(&Path) -> Store + Send) -> Arc<Template> {
    // Whoever asks may stand in a runtime of their own.
    let made = std::thread::scope(|scope| {
        let work = || stillness::runtime().expect("a runtime").block_on(set_up(store));
        scope.spawn(work).join()
    });
    Arc::new(made.expect("the town can be set up"))
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
    /// A database for a run like the town's; files lie in the run's folder.
    pub fn store(&self, folder: &Path) -> Store {
        match &self.cloud {
            Prepared::Files(files) => {
                let store = Store::in_folder(folder);
                files.lay_down(&store.life_folder().unwrap_or_default());
                store
            }
            Prepared::Server { server, address } => {
                Store::Server { server: Arc::clone(server), address: server.new_database_like(address) }
            }
        }
    }

    /// A run has ended, and so has its cloud.
    pub fn clear_away(&self, run: &Store) {
        if let Store::Server { server, address } = run {
            server.drops(address);
        }
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

async fn set_up(store: impl FnOnce(&Path) -> Store) -> Template {
    let cards = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cards");
    let town = Town::with_cards_from(&cards);
    let work = short_lived_folder();
    let time = Time::from(first_day_at(8));
    let process = CloudProcess::start(store(work.path()), &time);
    let (setting_up, now_ms) = (town.clone(), time.now_ms());
    let set_up = process.cloud().database.write(move |write| setting_up.set_up(write, now_ms)).await;
    set_up.expect("a town that a cloud takes");
    let sheet = street_sheet(&process, town.terminals[0].municipality, street()).await;
    let mut terminals = Vec::new();
    for terminal in 0..REGISTERED {
        let vault = Arc::new(MemoryVault::default());
        let disk = begin(&town, &process, &time, terminal, &work, &vault).await;
        terminals.push((Files::of(&disk), copy_of(&vault)));
    }
    // Closing brings everything into the one file, and nobody is in the database any more.
    let cloud = match process.close() {
        Store::Server { server, address } => Prepared::Server { server, address },
        files @ Store::Files { .. } => Prepared::Files(Files::of(&files.life_folder().unwrap_or_default())),
    };
    Template { town, sheet, cloud, terminals }
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
