//! Where the database is: a file for SQLite, an address for PostgreSQL.

use super::postgres::{NotAServer, Server};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A database, as the settings and the command line name it.
#[derive(Debug, Clone)]
pub enum Address {
    /// A file of SQLite's.
    File(PathBuf),
    /// `postgres://…`.
    Server(Box<Server>),
}

impl FromStr for Address {
    type Err = NotAServer;

    fn from_str(text: &str) -> Result<Self, NotAServer> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Server(Box::new(text.parse()?)))
        } else {
            Ok(Self::File(PathBuf::from(text)))
        }
    }
}

impl From<&Path> for Address {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Address {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

/// Without a password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(server) => write!(f, "{server}"),
        }
    }
}
