//! Stores of earlier programs: each in `fixtures/stores` is opened and brought up; a newer one is left alone.
//!
//! A fixture is a folder named by what it is and the version of its layout (`terminal-9`). Before a program is given
//! out, `REGENERATE=1 cargo test --workspace --features madoguchi-tests/journeys --test without_window stores` keeps
//! its stores, made from invented data, where their layouts are new. Those that are there are never made again: they
//! are what earlier programs wrote.

use crate::at_a_shop;
use madoguchi_tests::scene::program::own_program;
use madoguchi_tests::scene::script::Script;
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{Shop, shop_of_the_street};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/stores")
}

/// The fixtures of one kind, each copied into a folder of its own: what is tried may write.
fn kept(kind: &str) -> Vec<(String, TempDir)> {
    let of_kind =
        |entry: fs::DirEntry| entry.file_name().into_string().ok().filter(|name| name.starts_with(kind));
    let mut kept: Vec<_> = fs::read_dir(fixtures())
        .unwrap()
        .flatten()
        .filter_map(of_kind)
        .map(|name| {
            let copy = tempfile::tempdir().unwrap();
            copy_all(&fixtures().join(&name), copy.path());
            (name, copy)
        })
        .collect();
    kept.sort_by_key(|(name, _)| version_of(name));
    assert!(!kept.is_empty(), "no fixture of a {kind} store");
    kept
}

fn version_of(fixture: &str) -> Option<i64> {
    fixture.rsplit('-').next()?.parse().ok()
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), &place).unwrap();
            if place.extension().is_some_and(|ending| ending == "toml" || ending == "key")
                || to.ends_with("keys")
            {
                keep_to_oneself(&place);
            }
        }
    }
}

/// Version control keeps no rights; a key that others may read is refused.
fn keep_to_oneself(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

fn user_version(file: &Path) -> i64 {
    let open = Connection::open(file).unwrap();
    open.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn last_step(file: &Path) -> i64 {
    let open = Connection::open(file).unwrap();
    open.query_row("select max(number) from schema_step", [], |row| row.get(0)).unwrap()
}

fn cloud(words: &[&str], database: &Path) -> Output {
    let mut cloud = Command::new(own_program("madoguchi-cloud").unwrap());
    cloud.args(words).arg("--database").arg(database).output().unwrap()
}

fn receiver(verb: &str, store: &Path) -> Output {
    let mut receiver = Command::new(own_program("madoguchi-receive").unwrap());
    receiver.arg(verb).arg("--data").arg(store).arg("--keys").arg(store.join("sheet.toml"));
    receiver.output().unwrap()
}

/// Three stores as this program writes them: of a terminal, a cloud and a street, after one merge.
fn written_now(shop: &Shop, script: &Script<'_>) -> Result<TempDir, Trouble> {
    let street = StreetDesk::of(shop)?;
    script.registers_at_the_provider(&shop_of_the_street(), "140002")?.exits(0)?;
    shop.reader.put_on("hanako")?;
    script.runs(&["merge", "--street", "140002", "141305/1=1500"])?.exits(0)?;
    let written = tempfile::tempdir()?;
    let place = |kind: &str| written.path().join(kind);
    copy_all(street.folder(), &place("merged"));
    for kind in ["street", "terminal", "cloud"] {
        fs::create_dir(place(kind))?;
    }
    fs::copy(street.sheet(), place("street").join("sheet.toml"))?;
    keep_to_oneself(&place("street").join("sheet.toml"));
    let mut taken = Command::new(own_program("madoguchi-receive")?);
    taken.args(["take-in", "--folder"]).arg(place("merged")).arg("--data").arg(place("street"));
    let taken = taken.arg("--keys").arg(place("street").join("sheet.toml")).output()?;
    assert!(taken.status.success(), "{taken:?}");
    shop.cloud.stop()?;
    for (kept, file) in [
        (shop.pc.data().join("terminal.sqlite"), place("terminal").join("terminal.sqlite")),
        (shop.cloud.database(), place("cloud").join("cloud.sqlite")),
    ] {
        in_one_file(&kept);
        fs::copy(kept, file)?;
    }
    in_one_file(&place("street").join("street.sqlite"));
    Ok(written)
}

/// What still stands in the log beside a store goes into its file.
fn in_one_file(store: &Path) {
    let open = Connection::open(store).unwrap();
    open.pragma_update(None, "journal_mode", "delete").unwrap();
}

#[test]
fn todays_stores_are_written_whole_and_kept_where_that_is_asked_for() {
    at_a_shop(|shop, script| {
        let written = written_now(shop, script)?;
        let of = |kind: &str| written.path().join(kind);
        let versions = [
            ("terminal", user_version(&of("terminal").join("terminal.sqlite"))),
            ("cloud", last_step(&of("cloud").join("cloud.sqlite"))),
            ("street", user_version(&of("street").join("street.sqlite"))),
        ];
        for (kind, version) in versions {
            let fixture = fixtures().join(format!("{kind}-{version}"));
            if !fixture.exists() && std::env::var_os("REGENERATE").is_some() {
                copy_all(&of(kind), &fixture);
            }
            assert!(version > 0, "a {kind} store without a version");
            let newest = kept(kind).iter().filter_map(|(name, _)| version_of(name)).max();
            assert!(newest <= Some(version), "a fixture of a {kind} store is newer than the program");
        }
        Ok(())
    });
}

#[test]
fn a_terminals_store_of_every_earlier_program_is_opened_and_brought_up() {
    at_a_shop(|shop, script| {
        let today = written_now(shop, script)?;
        let today = user_version(&today.path().join("terminal/terminal.sqlite"));
        for (name, store) in kept("terminal") {
            let folder = store.path().to_str().unwrap();
            // It opens, and says that its keys are another PC's: the store itself is in order.
            let came = script.runs(&["--data-dir", folder, "status"])?;
            assert_eq!(came.exit, 3, "{name}: {came:?}");
            assert_eq!(came.text("/failure/number")?, "T-110", "{name}");
            assert_eq!(user_version(&store.path().join("terminal.sqlite")), today, "{name}");
        }
        Ok(())
    });
}

#[test]
fn a_clouds_books_of_every_earlier_program_are_opened_brought_up_and_right() {
    for (name, store) in kept("cloud") {
        let database = store.path().join("cloud.sqlite");
        for words in [&["migrate"][..], &["check-books"]] {
            let done = cloud(words, &database);
            assert!(done.status.success(), "{name}: {done:?}");
        }
    }
}

#[test]
fn a_streets_books_of_every_earlier_program_are_opened_and_right() {
    for (name, store) in kept("street") {
        let done = receiver("check", store.path());
        assert!(done.status.success(), "{name}: {done:?}");
    }
}

#[test]
fn an_older_program_leaves_a_newer_store_alone_and_says_so() {
    at_a_shop(|_, script| {
        for (kind, file) in [("terminal", "terminal.sqlite"), ("street", "street.sqlite")] {
            let (_, store) = kept(kind).pop().unwrap();
            let file = store.path().join(file);
            Connection::open(&file).unwrap().pragma_update(None, "user_version", 9_999).unwrap();
            let before = fs::read(&file)?;
            if kind == "terminal" {
                let came =
                    script.runs(&["--data-dir", store.path().to_str().unwrap(), "status"])?.exits(12)?;
                assert_eq!(came.text("/failure/number")?, "L-502");
                assert!(came.text("/failure/what/ja")?.contains("新しい版"));
            } else {
                assert_eq!(receiver("check", store.path()).status.code(), Some(11));
            }
            assert!(before == fs::read(&file)?, "the newer store of a {kind} was written to");
        }
        let (_, store) = kept("cloud").pop().unwrap();
        let database = store.path().join("cloud.sqlite");
        let newer = "insert into schema_step values (9999, 'later', zeroblob(32))";
        Connection::open(&database).unwrap().execute(newer, []).unwrap();
        let refused = cloud(&["check-books"], &database);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("too old"), "{refused:?}");
        Ok(())
    });
}
