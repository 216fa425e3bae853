//! Where a test's cloud keeps its database: these tests are built twice, once for each engine.

use madoguchi_cloud::database::Address;
use madoguchi_postgres::Server;
use std::fs;
use std::path::Path;

/// Whether this is the program that runs on PostgreSQL (`tests/http_on_postgres`).
pub(crate) fn on_postgres() -> bool {
    env!("CARGO_CRATE_NAME") == "http_on_postgres"
}

/// The database that belongs to a folder, as the settings name it; made at the first question.
pub(crate) fn database_of(folder: &Path) -> String {
    if !on_postgres() {
        return folder.join("cloud.sqlite").to_str().unwrap().to_owned();
    }
    let note = folder.join("database");
    fs::read_to_string(&note).unwrap_or_else(|_| {
        let address = Server::shared().new_database();
        belongs(folder, &address);
        address
    })
}

/// From now on this database belongs to the folder.
pub(crate) fn belongs(folder: &Path, address: &str) {
    fs::write(folder.join("database"), address).unwrap();
}

/// The same, parsed.
pub(crate) fn address_of(folder: &Path) -> Address {
    database_of(folder).parse().unwrap()
}
