//! The cluster: two machines with the books, a witness, and the proxy on the way to them.

use crate::books::Books;
use crate::configuration::{self, Secrets};
use crate::machine::{AUTHORITY, Machine};
use crate::patroni::Members;
use crate::{Outcome, etcd, patroni, proxy};
use madoguchi_tests::scene::patience::until_some;
use madoguchi_tests::scene::program::Program;
use madoguchi_tests::scene::trouble::Trouble;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Founding, copying a primary and rewinding take seconds on a quiet machine.
const UNTIL_WHOLE: Duration = Duration::from_mins(3);
/// One question to Patroni; a machine without power does not answer.
const UNTIL_ANSWERED: Duration = Duration::from_secs(1);
/// Patroni itself looks every other second.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// The cluster of `docs/failover.md`.
pub(crate) struct Cluster {
    books: [Machine; 2],
    witness: Machine,
    secrets: Secrets,
    authority: PathBuf,
    http: reqwest::Client,
    /// Lives as long as the cluster.
    _proxy: Program,
}

impl Cluster {
    /// Founds it on empty machines under this folder, with an empty database for the cloud.
    pub(crate) async fn found(run: &Path) -> Outcome<Self> {
        let secrets = Secrets::draw();
        let books = [
            Machine::set_up("books-1", Ipv4Addr::new(10, 77, 0, 1), run)?,
            Machine::set_up("books-2", Ipv4Addr::new(10, 77, 0, 2), run)?,
        ];
        let certificates = run.join("certificates");
        configuration::make_certificates(&certificates)?;
        for machine in &books {
            machine.take_certificate(&certificates)?;
        }
        let witness = Machine::set_up("witness", Ipv4Addr::new(10, 77, 0, 3), run)?;
        let http = reqwest::Client::builder()
            .timeout(UNTIL_ANSWERED)
            // A connection kept to a machine without power would answer for a new one.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| Trouble::new(error.to_string()))?;
        let proxy = proxy::start(&run.join("logs"))?;
        let authority = certificates.join(AUTHORITY);
        let mut cluster = Self { books, witness, secrets, authority, http, _proxy: proxy };
        cluster.begin().await?;
        Ok(cluster)
    }

    async fn begin(&mut self) -> Outcome<()> {
        let [first, second] = &mut self.books;
        for machine in [&mut *first, &mut *second, &mut self.witness] {
            etcd::start(machine)?;
        }
        for machine in [&*first, &*second, &self.witness] {
            etcd::is_healthy(machine, &self.http).await?;
        }
        patroni::start(first, &self.secrets)?;
        self.leads("books-1").await?;
        patroni::start(&mut self.books[1], &self.secrets)?;
        self.make_database()?;
        self.is_whole().await.map(drop)
    }

    fn make_database(&self) -> Outcome<()> {
        let first = &self.books[0];
        let file = first.configure("database.sql", &configuration::database(&self.secrets)?)?;
        let done = first.run(&["psql", "--set=ON_ERROR_STOP=1", "--file", &file.display().to_string()])?;
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(()) } else { Err(Trouble::not_started("psql", &said)) }
    }

    /// The cloud's way to its database.
    pub(crate) fn books(&self) -> Outcome<Books> {
        Books::at(&self.secrets.of("madoguchi"), &self.authority)
    }

    /// A machine with books.
    pub(crate) fn machine(&self, name: &str) -> Outcome<&Machine> {
        let found = self.books.iter().find(|machine| machine.name() == name);
        found.ok_or_else(|| Trouble::new(format!("no machine is called {name}")))
    }

    /// All machines.
    pub(crate) fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.books.iter().chain([&self.witness])
    }

    /// Starts etcd on all machines.
    pub(crate) fn start_etcd(&mut self) -> Outcome<()> {
        self.books.iter_mut().chain([&mut self.witness]).try_for_each(etcd::start)
    }

    /// Starts everything on a machine that was without power.
    pub(crate) fn start_machine(&mut self, name: &str) -> Outcome<()> {
        self.machine(name)?.get_power()?;
        for machine in self.books.iter_mut().filter(|machine| machine.name() == name) {
            etcd::start(machine)?;
            patroni::start(machine, &self.secrets)?;
        }
        Ok(())
    }

    /// Starts Patroni on a machine where it was killed.
    pub(crate) fn start_patroni(&mut self, name: &str) -> Outcome<()> {
        let mut named = self.books.iter_mut().filter(|machine| machine.name() == name);
        named.try_for_each(|machine| patroni::start(machine, &self.secrets))
    }

    /// Waits until both machines say that one leads and the other has everything; says which is which.
    pub(crate) async fn is_whole(&self) -> Outcome<Roles> {
        let [first, second] = &self.books;
        let agreed = || async {
            let (one, other) =
                tokio::join!(patroni::members(first, &self.http), patroni::members(second, &self.http));
            let agreed =
                Roles::of(&one?).filter(|roles| other.as_ref().and_then(Roles::of).as_ref() == Some(roles));
            if agreed.is_none() {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            agreed
        };
        let whole = until_some("one machine leads and the other follows in step", UNTIL_WHOLE, agreed).await;
        whole.map_err(|trouble| self.with_last_words(trouble))
    }

    /// Waits until this machine leads.
    pub(crate) async fn leads(&self, name: &str) -> Outcome<()> {
        let led = || async {
            for machine in &self.books {
                let members = patroni::members(machine, &self.http).await;
                if members.as_ref().and_then(Members::primary) == Some(name) {
                    return Some(());
                }
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
            None
        };
        let leads = until_some(&format!("{name} leads"), UNTIL_WHOLE, led).await;
        leads.map_err(|trouble| self.with_last_words(trouble))
    }

    fn with_last_words(&self, trouble: Trouble) -> Trouble {
        let said = |machine: &Machine| format!("{}:\n{}", machine.name(), machine.last_words("patroni"));
        trouble.and(&self.books.iter().map(said).collect::<Vec<_>>().join("\n"))
    }
}

/// Which machine is which at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Roles {
    pub(crate) primary: String,
    pub(crate) replica: String,
}

impl Roles {
    fn of(members: &Members) -> Option<Self> {
        let primary = members.primary()?.to_owned();
        Some(Self { primary, replica: members.synchronous_replica()?.to_owned() })
    }
}
