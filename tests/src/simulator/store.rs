//! Where the cloud of a run keeps its database, on either engine: how it is lost with the cloud or
//! under it, and how writing is made to fail.
//!
//! Belongs here: all that a run does to a database behind the cloud's back. Does not belong here: the
//! cloud, which is the shipped one and knows nothing of it.

use super::files::copy_folder;
use madoguchi_cloud::database::Address;
use madoguchi_postgres::{End, Server};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The database's file in the cloud's folder.
const DATABASE: &str = "cloud.db";

/// What keeps the books of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Files in a folder of the run's own.
    Sqlite,
    /// A database on a real server, which a run has for itself.
    Postgres,
}

impl Engine {
    /// As the command line names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// How writing fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteFault {
    /// A statement fails: everything is rolled back, and the cloud knows it.
    Statement,
    /// The disk is full; SQLite rolls back by itself.
    DiskFull,
    /// The commit itself fails, and the cloud does not know what became of it.
    Commit,
}

/// A run's database.
pub enum Store {
    /// SQLite's files; each life of the cloud has a folder of its own in this one.
    Files {
        /// The folder of all lives.
        folder: PathBuf,
        /// Which life it is.
        life: u32,
    },
    /// A database of a server's.
    Server {
        /// The server.
        server: Arc<Server>,
        /// The address of the database there.
        address: String,
    },
}

impl Store {
    /// SQLite's files in this folder, where there may be some already.
    pub fn in_folder(folder: &Path) -> Self {
        let store = Self::Files { folder: folder.to_owned(), life: 0 };
        fs::create_dir_all(store.life_folder().unwrap_or_default()).expect("a folder for the cloud");
        store
    }

    /// Which engine it is.
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Files { .. } => Engine::Sqlite,
            Self::Server { .. } => Engine::Postgres,
        }
    }

    /// Where the cloud finds it.
    pub fn address(&self) -> Address {
        match self {
            Self::Files { folder, life } => Address::File(folder.join(life_name(*life)).join(DATABASE)),
            Self::Server { address, .. } => address.parse().expect("an address of the tests' own server"),
        }
    }

    /// The folder in which the files of the present life lie; a server's are its own.
    pub fn life_folder(&self) -> Option<PathBuf> {
        match self {
            Self::Files { folder, life } => Some(folder.join(life_name(*life))),
            Self::Server { .. } => None,
        }
    }

    /// The cloud is killed now: its next life begins with a copy of the files as they lie, write-ahead
    /// log and all. A server has everything as it is. Returns the folder that may be cleared away once
    /// the dead has let go of it.
    pub fn is_left_by_the_dead(&mut self) -> Option<PathBuf> {
        let left_behind = self.life_folder()?;
        let found = self.next_life()?;
        fs::create_dir_all(&found).expect("a folder for the next life");
        for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
            if left_behind.join(&name).exists() {
                fs::copy(left_behind.join(&name), found.join(&name)).expect("what lay on the disk");
            }
        }
        Some(left_behind)
    }

    /// The next life begins with files that lay there earlier.
    pub fn goes_back_to(&mut self, earlier: &Path) {
        let left_behind = self.life_folder().expect("files can be put back, a server cannot");
        let found = self.next_life().expect("a folder");
        copy_folder(earlier, &found);
        fs::remove_dir_all(left_behind).expect("the old life's folder");
    }

    /// The server under the cloud ends in this way, and comes back.
    pub fn server_is_lost(&self, how: End) {
        if let Self::Server { server, .. } = self {
            server.ends(how);
            server.starts();
        }
    }

    fn next_life(&mut self) -> Option<PathBuf> {
        if let Self::Files { life, .. } = self {
            *life += 1;
        }
        self.life_folder()
    }
}

fn life_name(life: u32) -> String {
    format!("life-{life}")
}

impl Engine {
    /// Statements after which every operation that is written fails in this way.
    pub fn breaking(self, fault: WriteFault) -> String {
        match self {
            Self::Sqlite => breaking_sqlite(fault),
            Self::Postgres => breaking_postgres(fault),
        }
    }

    /// Statements after which writing works again.
    pub const fn mending(self) -> &'static str {
        match self {
            Self::Sqlite => "drop trigger if exists temp.broken;",
            Self::Postgres => {
                "drop trigger if exists broken on operation; drop function if exists break_writing();"
            }
        }
    }
}

/// By a temporary trigger on the one connection that writes; a reference that leads nowhere is found out
/// by the commit, not by the statement.
fn breaking_sqlite(fault: WriteFault) -> String {
    let trigger = match fault {
        WriteFault::Statement => "select raise(abort, 'broken by the run')",
        WriteFault::DiskFull => "insert into ballast values (zeroblob(1000000))",
        WriteFault::Commit => "insert into orphan values (1)",
    };
    format!(
        "create temp table if not exists ballast (weight blob);
         pragma temp.max_page_count = 16;
         create temp table if not exists parent (id integer primary key);
         create temp table if not exists orphan
             (parent integer references parent (id) deferrable initially deferred);
         create temp trigger broken after insert on main.operation begin {trigger}; end;"
    )
}

/// By a trigger in the database. The commit fails for good: the server hangs up in the middle of it.
fn breaking_postgres(fault: WriteFault) -> String {
    let (when, fails) = match fault {
        WriteFault::Statement => ("immediate", "raise exception 'broken by the run'"),
        WriteFault::DiskFull => ("immediate", "raise exception 'no space left' using errcode = 'disk_full'"),
        WriteFault::Commit => {
            ("deferred", "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(60)")
        }
    };
    format!(
        "create function break_writing() returns trigger language plpgsql as
         $$ begin {fails}; return null; end $$;
         create constraint trigger broken after insert on operation deferrable initially {when}
         for each row execute function break_writing();"
    )
}
