//! What keeps the books that are measured, and what is asked of it.

use crate::Trouble;
use crate::town::{Town, Where};
use madoguchi_cloud::database::Address;
use madoguchi_postgres::{Disk, Server};
use std::fs;
use std::path::Path;

/// What keeps the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// How a row of the table begins.
    pub(crate) const fn uses(self) -> &'static str {
        match self {
            Self::Sqlite => "Uses",
            Self::Postgres => "Uses on PostgreSQL",
        }
    }

    /// What is wanted at 64 clients.
    pub(crate) const fn goals(self, place: Where) -> Goals {
        match (self, place) {
            (Self::Sqlite, _) => {
                Goals { share_of_echo: Some(0.35), times_one_commit_each: Some(4.0), times_plain: None }
            }
            (Self::Postgres, Where::ManyShops) => {
                Goals { share_of_echo: None, times_one_commit_each: None, times_plain: Some(3.0) }
            }
            (Self::Postgres, Where::OneShop) => {
                Goals { share_of_echo: None, times_one_commit_each: None, times_plain: Some(8.0) }
            }
        }
    }
}

/// At least so much; none = shown without a goal.
pub(crate) struct Goals {
    pub(crate) share_of_echo: Option<f64>,
    pub(crate) times_one_commit_each: Option<f64>,
    pub(crate) times_plain: Option<f64>,
}

/// Two databases with the same town in them.
pub(crate) struct Databases {
    pub(crate) together: String,
    pub(crate) one_each: String,
    /// The server they are on, if they are on one.
    _server: Option<Server>,
}

impl Databases {
    /// Founds the town once and copies it. Files lie in the folder, a server's in the folder for temporary
    /// files.
    pub(crate) fn with(town: Town, engine: Engine, folder: &Path) -> Result<Self, Trouble> {
        match engine {
            Engine::Sqlite => {
                let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
                let (together, one_each) = (file("together.sqlite"), file("one-each.sqlite"));
                town.found(together.parse::<Address>()?)?;
                fs::copy(&together, &one_each)?;
                Ok(Self { together, one_each, _server: None })
            }
            Engine::Postgres => {
                let server = Server::start(Disk::WaitedFor);
                let together = server.new_database();
                town.found(together.parse::<Address>()?)?;
                let one_each = server.new_database_like(&together);
                Ok(Self { together, one_each, _server: Some(server) })
            }
        }
    }
}
