//! The documented configuration files, made this machine's.
//!
//! What an IT officer copies from `docs/failover/` is what runs here: the files are taken as they are;
//! only the machine's own name and address and the secrets change, as their first lines say.

use crate::Outcome;
use madoguchi_tests::scene::program::Environment;
use madoguchi_tests::scene::trouble::Trouble;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The machine whose files the documentation shows.
const SHOWN: (&str, Ipv4Addr) = ("books-1", Ipv4Addr::new(10, 77, 0, 1));
/// What stands for a secret.
const SECRET: &str = "change-me";

/// The secrets of one run.
#[derive(Debug, Clone)]
pub(crate) struct Secrets(String);

impl Secrets {
    pub(crate) fn draw() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// Under this name it stands in the files.
    pub(crate) fn of(&self, name: &str) -> String {
        format!("{}-{name}", self.0)
    }

    fn fill_in(&self, text: &str) -> String {
        text.replace(SECRET, &self.0)
    }
}

fn documented(name: &str) -> Outcome<String> {
    let file = path(name);
    std::fs::read_to_string(&file)
        .map_err(|error| Trouble::not_started(&file.display().to_string(), &error.to_string()))
}

/// Where a documented file is.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/failover").join(name)
}

/// `/etc/default/etcd` of a machine.
pub(crate) fn etcd(machine: &str, address: Ipv4Addr) -> Outcome<Environment> {
    let text = documented("etcd.env")?;
    let settings = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    let own = |(name, value): (&str, &str)| {
        // The list of all members is the same everywhere.
        let value = if name == "ETCD_INITIAL_CLUSTER" {
            value.to_owned()
        } else {
            value.replace(SHOWN.0, machine).replace(&SHOWN.1.to_string(), &address.to_string())
        };
        (name.to_owned(), value)
    };
    Ok(settings.map(own).collect())
}

/// `/etc/patroni/config.yml` of a machine.
pub(crate) fn patroni(machine: &str, address: Ipv4Addr, secrets: &Secrets) -> Outcome<String> {
    let own_keys = ["name:", "listen:", "connect_address:"];
    let own = |line: &str| {
        if own_keys.iter().any(|key| line.trim_start().starts_with(key)) {
            line.replace(SHOWN.0, machine).replace(&SHOWN.1.to_string(), &address.to_string())
        } else {
            line.to_owned()
        }
    };
    let text = documented("patroni.yml")?;
    Ok(secrets.fill_in(&text.lines().map(own).collect::<Vec<_>>().join("\n")))
}

/// Has the documented script make the authority and the machines' certificates in this folder.
pub(crate) fn make_certificates(folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    let done = Command::new("sh").arg(path("certificates.sh")).arg(folder).output()?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() { Ok(()) } else { Err(Trouble::not_started("certificates.sh", &said)) }
}

/// What the operator says to a new cluster.
pub(crate) fn database(secrets: &Secrets) -> Outcome<String> {
    Ok(secrets.fill_in(&documented("database.sql")?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SECOND: (&str, Ipv4Addr) = ("books-2", Ipv4Addr::new(10, 77, 0, 2));

    #[test]
    fn the_second_machine_is_named_as_itself_and_knows_the_first() {
        let patroni = patroni(SECOND.0, SECOND.1, &Secrets::draw()).unwrap();
        for own in ["name: books-2", "  listen: 10.77.0.2:8008", "  connect_address: 10.77.0.2:5432"] {
            assert!(patroni.lines().any(|line| line == own), "{own}");
        }
        assert!(patroni.contains("hosts: [10.77.0.1:2379, 10.77.0.2:2379, 10.77.0.3:2379]"));
        let etcd = etcd(SECOND.0, SECOND.1).unwrap();
        assert_eq!(etcd["ETCD_NAME"], "books-2");
        assert_eq!(etcd["ETCD_LISTEN_CLIENT_URLS"], "http://10.77.0.2:2379");
        assert!(etcd["ETCD_INITIAL_CLUSTER"].starts_with("books-1=http://10.77.0.1:2380,"));
    }

    #[test]
    fn no_secret_stays_as_documented() {
        let secrets = Secrets::draw();
        let filled_in =
            [patroni(SECOND.0, SECOND.1, &secrets).unwrap(), database(&secrets).unwrap()].concat();
        let settings = filled_in.lines().filter(|line| !line.trim_start().starts_with('#'));
        assert!(settings.clone().all(|line| !line.contains(SECRET)));
        assert!(settings.clone().any(|line| line.contains(&secrets.of("madoguchi"))));
    }
}
