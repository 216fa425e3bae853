//! The stores on which the contracts run.

use madoguchi_cloud::database::Address;
use madoguchi_postgres::Server;
use tempfile::TempDir;

/// Which store a contract runs on.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty database, gone with the test.
pub enum Place {
    Folder(TempDir),
    Server(String),
}

impl Engine {
    /// A place for a new database.
    pub fn place(self) -> Place {
        match self {
            Self::Sqlite => Place::Folder(tempfile::tempdir().unwrap()),
            Self::Postgres => Place::Server(Server::shared().new_database()),
        }
    }
}

impl Place {
    pub fn address(&self) -> Address {
        match self {
            Self::Folder(folder) => Address::File(folder.path().join("cloud.sqlite")),
            Self::Server(address) => address.parse().unwrap(),
        }
    }
}

/// Runs each contract on each engine, as a test of its own.
macro_rules! on_every_engine {
    ($($contract:ident),* $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $contract() {
                    super::$contract(crate::town::Town::on(crate::engine::Engine::Sqlite).await).await;
                }
            )*
        }
        mod on_postgres {
            $(
                #[tokio::test]
                async fn $contract() {
                    super::$contract(crate::town::Town::on(crate::engine::Engine::Postgres).await).await;
                }
            )*
        }
    };
}
pub(crate) use on_every_engine;
