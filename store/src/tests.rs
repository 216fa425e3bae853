//! The file as a small program of its own would keep it.

use crate::entropy::SystemEntropy;
use crate::{Layout, Mains, SealedPlace, Step, StoreFault, StoreFile, StoreKey};
use std::path::Path;
use std::sync::Arc;

const FIRST: Layout = Layout {
    file: "notes.sqlite",
    application: 0x4e4f_5445,
    steps: &[Step {
        from: 0,
        to: 1,
        sql: "create table store (one integer primary key check (one = 1), id text not null);
              create table note (text text not null)",
    }],
};

const SECOND: Layout = Layout {
    steps: &[
        FIRST.steps[0],
        Step { from: 1, to: 2, sql: "alter table note add column author text not null default 'nobody'" },
    ],
    ..FIRST
};

fn open(folder: &Path, layout: &Layout) -> Result<StoreFile, StoreFault> {
    StoreFile::open(folder, layout, &SystemEntropy, Arc::new(Mains))
}

fn note(store: &StoreFile, text: &str) {
    store.write("note", |write| Ok(write.execute("insert into note (text) values (?1)", [text])?)).unwrap();
}

fn authors(store: &StoreFile) -> Vec<String> {
    store
        .read(|read| read.prepare("select author from note")?.query_map([], |row| row.get(0))?.collect())
        .unwrap()
}

#[test]
fn an_older_store_is_brought_up_with_what_it_holds_and_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let id = {
        let store = open(folder.path(), &FIRST).unwrap();
        note(&store, "kept");
        store.id().to_owned()
    };
    let store = open(folder.path(), &SECOND).unwrap();
    assert_eq!((authors(&store), store.id()), (vec!["nobody".to_owned()], id.as_str()));
}

#[test]
fn an_empty_folder_gets_the_newest_tables_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &SECOND).unwrap();
    note(&store, "first");
    assert_eq!(authors(&store), ["nobody"]);
}

#[test]
fn a_newer_store_and_another_programs_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), &SECOND).unwrap());
    assert_eq!(open(folder.path(), &FIRST).err(), Some(StoreFault::Newer { version: 2 }));
    let other = Layout { application: 1, ..SECOND };
    assert!(matches!(open(folder.path(), &other), Err(StoreFault::Damaged(_))));
    assert!(open(folder.path(), &SECOND).is_ok());
}

#[test]
fn a_version_nobody_knows_a_way_up_from_is_damage_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), &FIRST).unwrap());
    let leaping = Layout { steps: &[Step { from: 0, to: 3, sql: "" }], ..FIRST };
    assert!(matches!(open(folder.path(), &leaping), Err(StoreFault::Damaged(_))));
    assert!(open(folder.path(), &FIRST).is_ok());
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &SECOND).unwrap();
    let failed = store.write("note", |write| {
        write.execute("insert into note (text) values ('half')", [])?;
        Err::<(), _>(StoreFault::Sealed)
    });
    assert_eq!((failed, authors(&store)), (Err(StoreFault::Sealed), Vec::new()));
}

#[test]
fn a_sealed_value_opens_under_its_key_and_in_its_place_only() {
    let key = |byte| StoreKey::new("key", &[byte; 32]).unwrap();
    let place = |row| SealedPlace { table: "note", row, column: "text" };
    let sealed = key(1).seal(&SystemEntropy, place("1"), &"kept").unwrap();
    assert_eq!(key(1).open::<String>(place("1"), &sealed), Ok("kept".to_owned()));
    assert_eq!(key(1).open::<String>(place("2"), &sealed), Err(StoreFault::Sealed));
    assert_eq!(key(2).open::<String>(place("1"), &sealed), Err(StoreFault::Sealed));
}
