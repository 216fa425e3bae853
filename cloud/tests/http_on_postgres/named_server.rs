//! The server named where an operator names it: on the command line or in the environment, instead of
//! the settings' database; and what is said when that does not work.

use madoguchi_postgres::Server;
use std::path::Path;
use std::process::{Command, Output};

/// The environment in which an operator keeps the address out of sight.
const IN_THE_ENVIRONMENT: &str = "MADOGUCHI_CLOUD_DATABASE";

fn run(folder: &Path, environment: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi-cloud"));
    command.current_dir(folder).args(arguments).env_remove("RUST_LOG").env_remove(IN_THE_ENVIRONMENT);
    command.envs(environment.map(|address| (IN_THE_ENVIRONMENT, address)));
    command.output().unwrap()
}

#[track_caller]
fn prints(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refuses(output: Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_server_is_named_on_the_command_line_or_in_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("cloud.toml");
    std::fs::write(&settings, "database = 'settings.sqlite'\n").unwrap();
    let address = Server::shared().new_database();
    let named = |arguments: &[&str]| {
        let before = ["--settings", "cloud.toml", "--database", &address];
        prints(run(folder.path(), None, &[&before[..], arguments].concat()))
    };
    assert_eq!(named(&["migrate"]), "the schema is up to date\n");
    named(&["municipality", "add", "141305", "川崎市"]);
    assert_eq!(named(&["currency", "add", "municipal", "141305", "川崎市ポイント"]), "141305 1\n");
    assert!(!folder.path().join("settings.sqlite").exists(), "the settings' database was taken");

    let from_outside = |arguments: &[&str]| prints(run(folder.path(), Some(&address), arguments));
    assert_eq!(from_outside(&["site", "add", "141305", "やまだ八百屋"]), "1\n");
    assert!(from_outside(&["check-books"]).contains("book 141305: 0 operations"));
    let helped = from_outside(&["--help"]);
    assert!(!helped.contains(&address), "the address, which may hold a password, is shown:\n{helped}");
}

#[test]
fn a_server_that_cannot_be_used_is_said_in_one_line_and_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let address = Server::shared().new_database();
    let missing = format!("{address}_that_is_not_there");
    let unknown_authority = "postgres://cloud:geheim@localhost:1/points?sslrootcert=nowhere.pem";
    for (address, said) in [
        ("postgres://cloud:geheim@localhost:1/points", "no database server lets the cloud in"),
        ("postgres://cloud:geheim@db.example.jp/points", "sslrootcert"),
        ("postgres://cloud:geheim@localhost:port/points", "not an address of a PostgreSQL server"),
        (unknown_authority, "the certificate authority nowhere.pem cannot be used"),
        (&missing, "does not exist"),
    ] {
        let refused = refuses(run(folder.path(), Some(address), &["check-books"]));
        assert!(refused.contains(said), "{said} is not in: {refused}");
        assert!(!refused.contains("geheim"), "{refused}");
        for (settings, said) in
            [(format!("database = '{address}'\n"), said), (format!("database = '{address}\n"), "line 1")]
        {
            std::fs::write(folder.path().join("cloud.toml"), settings).unwrap();
            let refused = refuses(run(folder.path(), None, &["--settings", "cloud.toml", "check-books"]));
            assert!(refused.contains(said), "{said} is not in: {refused}");
            assert!(!refused.contains("geheim"), "{refused}");
        }
    }
}
