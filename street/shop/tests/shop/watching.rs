//! The watched folder: what comes is received while nobody presses anything, and what stands in the way is told once.

use crate::scene::{Scene, TARO, finds, joins};
use madoguchi_shop::Shop;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::street::{MergesReceived, StreetNotice, StreetSettings};
use std::fs;
use tokio::sync::mpsc::UnboundedReceiver;

/// A shop that watches, with a member, and what it tells.
async fn watching(scene: &Scene) -> (Shop, UnboundedReceiver<StreetNotice>) {
    let shop = scene.registered().await;
    let notices = shop.notices();
    joins(&shop, TARO).await;
    let settings = StreetSettings { watch: true, ..shop.settings() };
    shop.save_street_settings(settings).await.unwrap();
    (shop, notices)
}

/// What the watch tells while it looks several times.
async fn told(scene: &Scene, notices: &mut UnboundedReceiver<StreetNotice>) -> Vec<MergesReceived> {
    for _ in 0..3 {
        scene.lets_the_watch_look().await;
    }
    let mut told = Vec::new();
    while let Ok(notice) = notices.try_recv() {
        let StreetNotice::Received(received) = notice else { continue };
        told.push(received);
    }
    told
}

fn codes(told: &[MergesReceived]) -> Vec<Option<ErrorCode>> {
    told.iter().map(|received| received.failure.as_ref().map(|failure| failure.code)).collect()
}

#[tokio::test]
async fn what_comes_into_the_watched_folder_is_received_and_told_once() {
    let scene = Scene::new();
    let (shop, mut notices) = watching(&scene).await;
    assert!(told(&scene, &mut notices).await.is_empty(), "an empty folder is no news");
    scene.drops(TARO, 1_500, 1);
    let told = told(&scene, &mut notices).await;
    let sums: Vec<_> = told.iter().map(|received| (received.received, received.points)).collect();
    assert_eq!((sums, codes(&told)), (vec![(1, 1_500)], vec![None]));
    assert_eq!(finds(&shop, TARO).await.balance, 1_500);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_once_shown_where_one_looks_and_told_when_it_is_well() {
    let scene = Scene::new();
    let (shop, mut notices) = watching(&scene).await;
    scene.drops(TARO, 1_500, 1);
    fs::write(scene.path("drop/processed"), "in the way of the folder").unwrap();
    assert_eq!(codes(&told(&scene, &mut notices).await), [Some(ErrorCode::DropFolderFailed)]);
    assert!(told(&scene, &mut notices).await.is_empty(), "said once");
    let looked = shop.look_at_drop_folder().await.unwrap();
    assert_eq!(looked.failure.map(|failure| failure.code), Some(ErrorCode::DropFolderFailed));
    assert!(looked.waiting > 0);
    fs::remove_file(scene.path("drop/processed")).unwrap();
    let told = told(&scene, &mut notices).await;
    assert_eq!((codes(&told), told[0].received), (vec![None], 1));
    assert_eq!(shop.look_at_drop_folder().await.unwrap().failure, None);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_may_only_be_read_is_told_as_that() {
    let scene = Scene::new();
    let (_shop, mut notices) = watching(&scene).await;
    fs::rename(scene.path("drop"), scene.path("writable")).unwrap();
    // Of the kernel: it has files, and nobody makes any there, whatever the rights of whoever runs this.
    std::os::unix::fs::symlink("/sys/kernel", scene.path("drop")).unwrap();
    assert_eq!(codes(&told(&scene, &mut notices).await), [Some(ErrorCode::DropFolderReadOnly)]);
    fs::remove_file(scene.path("drop")).unwrap();
    fs::rename(scene.path("writable"), scene.path("drop")).unwrap();
    let told = told(&scene, &mut notices).await;
    assert_eq!((codes(&told), told[0].files.len()), (vec![None], 0), "well again, with nothing to receive");
}

#[tokio::test]
async fn missing_keys_and_a_share_that_is_away_are_told_each_once() {
    let scene = Scene::new();
    let (_shop, mut notices) = watching(&scene).await;
    fs::rename(scene.path("drop"), scene.path("away")).unwrap();
    assert_eq!(codes(&told(&scene, &mut notices).await), [Some(ErrorCode::DropFolderGone)]);
    fs::rename(scene.path("away"), scene.path("drop")).unwrap();
    scene.forgets_all_keys();
    assert_eq!(codes(&told(&scene, &mut notices).await), [Some(ErrorCode::MergeKeysMissing)]);
}
