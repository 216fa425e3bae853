//! The books by themselves: whose they are, who is in them, what can never be changed.

use crate::scene::{HANAKO, NOW, Scene, TARO, id, record};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_store::Mains;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_street::Fault;
use madoguchi_street::books::{Books, Ground, IdKind, IdTaken};
use std::sync::Arc;

#[test]
fn an_id_leads_to_one_member_only() {
    let books = Scene::new().books();
    assert_eq!(books.join(IdKind::Card, &id(TARO), NOW).unwrap(), Err(IdTaken));
    let hanako = books.member(&id(HANAKO)).unwrap().unwrap();
    assert_eq!(books.add_id(hanako.number, IdKind::Card, &id(TARO), NOW).unwrap(), Err(IdTaken));
    books.add_id(hanako.number, IdKind::Card, &id("2112345678901"), NOW).unwrap().unwrap();
    assert_eq!(books.member(&id("2112345678901")).unwrap(), Some(hanako));
}

#[test]
fn another_street_does_not_open_the_books() {
    let scene = Scene::new();
    let ground = Ground {
        vault: Arc::new(madoguchi_doubles::MemoryVault::default()),
        entropy: Arc::new(SystemEntropy),
        power: Arc::new(Mains),
    };
    let another = IdProviderId::parse("300102").unwrap();
    assert_eq!(Books::open(&scene.data(), another, &ground).err(), Some(Fault::AnotherStreet));
}

#[test]
fn a_copied_folder_is_worth_nothing_on_another_pc() {
    let scene = Scene::new();
    scene.vault().clear();
    assert_eq!(scene.books_on(Arc::new(Mains)).err(), Some(Fault::KeyMissing));
    let file = std::fs::read(scene.data().join("street.sqlite")).unwrap();
    assert!(!file.windows(TARO.len()).any(|bytes| bytes == TARO.as_bytes()), "no ID stands in the file");
}

#[test]
fn what_happened_can_not_be_edited_or_deleted() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    let file = rusqlite::Connection::open(scene.data().join("street.sqlite")).unwrap();
    for sql in [
        "update posting set at_ms = 0",
        "delete from posting",
        "update entry set points = points * 2",
        "delete from entry",
        "update received set number = '1'",
        "delete from received",
    ] {
        assert!(file.execute(sql, []).is_err(), "{sql}");
    }
    drop(file);
    assert_eq!(scene.found().taro, 1500);
}

#[test]
fn a_balance_that_does_not_follow_from_the_history_is_found() {
    let scene = Scene::new();
    scene.drops(&record(TARO, 1500, 42));
    scene.receive();
    let file = rusqlite::Connection::open(scene.data().join("street.sqlite")).unwrap();
    file.execute("update member set balance = balance + 1 where balance > 0", []).unwrap();
    drop(file);
    assert_eq!(scene.books().check().unwrap().unwrap_err().0.len(), 1);
}
