//! 合算ポイント受取 as a person sees it: each file with what became of it.

use crate::scene::{Scene, TARO, code, finds, joins};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::street::{FileVerdict, PostingNamed};

#[tokio::test]
async fn each_file_is_told_and_the_balance_has_grown_once() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    scene.drops(TARO, 1_500, 1);
    std::fs::write(scene.path("drop/broken.dat"), b"broken").unwrap();
    assert_eq!(shop.look_at_drop_folder().await.unwrap().waiting, 2);
    let received = shop.receive_merges().await.unwrap();
    assert_eq!((received.received, received.points, received.set_aside), (1, 1_500, 1));
    let verdicts: Vec<_> = received.files.iter().map(|file| file.verdict).collect();
    assert!(verdicts.contains(&FileVerdict::Received) && verdicts.contains(&FileVerdict::NotGenuine));
    let good = received.files.iter().find(|file| file.verdict == FileVerdict::Received).unwrap();
    assert_eq!(good.member_id.as_deref(), Some(TARO));
    scene.drops(TARO, 1_500, 1);
    let again = shop.receive_merges().await.unwrap();
    assert_eq!((again.received, again.already_received), (0, 1));
    assert_eq!(finds(&shop, TARO).await.balance, 1_500);
    let folder = shop.look_at_drop_folder().await.unwrap();
    assert_eq!(folder.waiting, 0);
    assert_eq!(folder.set_aside.len(), 1);
}

#[tokio::test]
async fn a_strangers_points_come_once_the_stranger_has_joined() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    scene.drops(TARO, 800, 1);
    let received = shop.receive_merges().await.unwrap();
    assert_eq!(received.files[0].verdict, FileVerdict::UnknownMember);
    joins(&shop, TARO).await;
    let received = shop.receive_merges().await.unwrap();
    assert_eq!((received.received, received.points), (1, 800));
    assert_eq!(finds(&shop, TARO).await.balance, 800);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_said_and_what_lies_there_later_is_received() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    std::fs::rename(scene.path("drop"), scene.path("away")).unwrap();
    let looked = shop.look_at_drop_folder().await.unwrap();
    assert_eq!(looked.failure.map(|failure| failure.code), Some(ErrorCode::DropFolderGone));
    let received = shop.receive_merges().await.unwrap();
    assert_eq!(received.failure.map(|failure| failure.code), Some(ErrorCode::DropFolderGone));
    std::fs::rename(scene.path("away"), scene.path("drop")).unwrap();
    scene.drops(TARO, 100, 1);
    assert_eq!(shop.receive_merges().await.unwrap().points, 100);
}

#[tokio::test]
async fn a_merge_is_booked_back_once_and_its_number_stays_received() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let member = joins(&shop, TARO).await;
    scene.drops(TARO, 500, 1);
    shop.receive_merges().await.unwrap();
    let named = madoguchi_wire::window::street::MemberNamed { member: member.member };
    let merge = shop.show_member(named).await.unwrap().lines.remove(0);
    let posting = PostingNamed { posting: merge.posting };
    assert_eq!(code(shop.void_posting(posting).await), Some(ErrorCode::PostingNotVoidable));
    let back = shop.book_back(posting).await.unwrap();
    assert_eq!((back.change, back.balance), (-500, 0));
    assert_eq!(shop.book_back(posting).await.unwrap().posting, back.posting, "pressed twice it is one");
    scene.drops(TARO, 500, 1);
    assert_eq!(shop.receive_merges().await.unwrap().already_received, 1);
    assert_eq!(finds(&shop, TARO).await.balance, 0);
}
