//! How the cloud reaches PostgreSQL: through TLS to a server that proves who it is, and to whichever of
//! several hosts can be written to.

use crate::engine::Place;
use crate::town::{Town, city, person};
use madoguchi_cloud::database::{CannotOpen, Database};
use madoguchi_cloud::ledger::NotPosted;
use madoguchi_postgres::{End, Server};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// An authority that proves that a server is `localhost`.
struct Authority {
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), "authority", &["-subj", "/CN=An authority of a test"]);
        let authority = Self { folder };
        let signed = ["-CA", "authority.crt", "-CAkey", "authority.key", "-subj", "/CN=localhost"];
        let server =
            ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
        make(authority.folder.path(), "server", &[&signed[..], &server[..]].concat());
        authority
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("authority.crt")
    }

    fn servers(&self) -> (Vec<u8>, Vec<u8>) {
        let read = |name: &str| fs::read(self.folder.path().join(name)).unwrap();
        (read("server.crt"), read("server.key"))
    }

    fn a_server(&self) -> Server {
        let (certificate, key) = self.servers();
        Server::start_on_the_network(&certificate, &key)
    }
}

/// `openssl` makes a key and a certificate for it.
fn make(folder: &Path, name: &str, arguments: &[&str]) {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-keyout", &format!("{name}.key"), "-out", &format!("{name}.crt")])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// An address through TLS; the database's name is that of a local address.
fn through_tls(hosts: &str, local_address: &str, authority: &Authority) -> String {
    let database = local_address.rsplit_once('/').unwrap().1;
    format!("postgres://madoguchi@{hosts}/{database}?sslrootcert={}", authority.certificate().display())
}

fn refusal(address: &str) -> String {
    match Database::open(address.parse::<madoguchi_cloud::database::Address>().unwrap()) {
        Ok(_) => panic!("{address} was opened"),
        Err(CannotOpen::Failed(error)) => error.to_string(),
        Err(other) => panic!("{address}: {other}"),
    }
}

/// Of one process: four that read, four that post batches, one that writes everything else.
const SESSIONS: &str = "9";

#[tokio::test]
async fn points_cross_the_network_through_tls_to_a_server_that_proves_who_it_is() {
    let (authority, another) = (Authority::new(), Authority::new());
    let server = authority.a_server();
    let here = server.new_database();
    let hosts = format!("localhost:{}", server.port());
    let town = Town::at(Place::Server(through_tls(&hosts, &here, &authority))).await;
    town.grants(person(1), city(), 100, None).await;
    let in_the_clear = "select count(*) from pg_stat_ssl s join pg_stat_activity a on a.pid = s.pid
                        where a.application_name = 'madoguchi-cloud' and not s.ssl";
    assert_eq!(server.run("postgres", in_the_clear), "0");
    let encrypted = in_the_clear.replace("not s.ssl", "s.ssl");
    assert_eq!(server.run("postgres", &encrypted), SESSIONS);

    let refused = refusal(&through_tls(&hosts, &here, &another));
    assert!(refused.contains("invalid peer certificate"), "{refused}");
    let by_number = format!("127.0.0.1:{}", server.port());
    let refused = refusal(&through_tls(&by_number, &here, &authority));
    assert!(refused.contains("not valid for name"), "{refused}");
    server.ends(End::Fast);
    let refused = refusal(&through_tls(&hosts, &here, &authority));
    assert!(refused.contains("no database server lets the cloud in"), "{refused}");
}

#[tokio::test]
async fn of_several_hosts_the_one_that_can_be_written_to_is_taken_also_after_a_replica_took_over() {
    let authority = Authority::new();
    let primary = authority.a_server();
    let here = primary.new_database();
    let (certificate, key) = authority.servers();
    let replica = Server::start_as_replica_of(&primary, &certificate, &key);
    let hosts = format!("localhost:{},localhost:{}", replica.port(), primary.port());
    let town = Town::at(Place::Server(through_tls(&hosts, &here, &authority))).await;
    town.grants(person(1), city(), 100, None).await;
    town.uses(person(1), 10).await;
    let sessions = "select count(*) from pg_stat_activity where application_name = 'madoguchi-cloud'";
    assert_eq!(
        (primary.run("postgres", sessions), replica.run("postgres", sessions)),
        (SESSIONS.into(), "0".into())
    );

    primary.ends(End::Killed);
    let request = town.use_request(1, person(1), &[(city(), 10)]);
    let not_posted = town.post(request.clone()).await.unwrap_err();
    assert_eq!(not_posted, NotPosted::Busy, "nobody can be written to");
    replica.takes_over();
    let posting = async {
        loop {
            match town.post(request.clone()).await {
                Ok(posted) => break posted,
                Err(NotPosted::Busy) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(other) => panic!("{other}"),
            }
        }
    };
    assert!(tokio::time::timeout(Duration::from_mins(1), posting).await.unwrap().first);
    assert_eq!(town.balance(person(1), city()).await, 80);
    town.is_in_order().await;
}
