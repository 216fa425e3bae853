//! 合算ポイント受取 as a person sees it: each file with what became of it.

use crate::scene::{STREET, Scene, TARO, acts, code, finds, joins, key_sheet_of};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::street::{
    ActAsked, FileVerdict, HistorySought, KeySheetNamed, MemberId, MemberIdKind, MergeNamed,
    MergeWhereabouts, PostingNamed, StreetSettings,
};

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
    assert_eq!(good.member_id, Some(MemberId { kind: MemberIdKind::PointId, id: TARO.into() }));
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
    let named = HistorySought { member: member.member, before: None };
    let merge = shop.show_member(named).await.unwrap().lines.remove(0);
    let posting = PostingNamed { posting: merge.posting };
    assert_eq!(code(shop.void_posting(posting).await), Some(ErrorCode::PostingNotVoidable));
    let back = shop.book_back(posting).await.unwrap();
    assert_eq!((back.change, back.balance), (-500, 0));
    assert_eq!((&back.merge, back.merge.as_deref()), (&merge.merge, Some(number(1).as_str())));
    assert_eq!(shop.book_back(posting).await.unwrap().posting, back.posting, "pressed twice it is one");
    scene.drops(TARO, 500, 1);
    assert_eq!(shop.receive_merges().await.unwrap().already_received, 1);
    assert_eq!(finds(&shop, TARO).await.balance, 0);
}

/// 取引済番号 of a merge that the scene drops.
fn number(sequence: u32) -> String {
    format!("20261121093015{sequence:06}")
}

fn named(sequence: u32) -> MergeNamed {
    MergeNamed { number: number(sequence) }
}

#[tokio::test]
async fn a_stranger_whose_file_is_genuine_is_named_and_can_be_let_in() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    scene.drops(TARO, 800, 1);
    let received = shop.receive_merges().await.unwrap();
    let taro = Some(MemberId { kind: MemberIdKind::PointId, id: TARO.into() });
    assert_eq!((&received.files[0].member_id, received.files[0].member), (&taro, None));
    assert_eq!(shop.look_at_drop_folder().await.unwrap().set_aside[0].member_id, taro);
    let MergeWhereabouts::SetAside { file } = shop.find_merge(named(1)).await.unwrap().whereabouts else {
        panic!("it lies in quarantine")
    };
    assert_eq!(file.member_id, taro);
    assert_eq!(code(shop.join_set_aside(named(2)).await), Some(ErrorCode::FileNamesNobody));
    let joined = shop.join_set_aside(named(1)).await.unwrap();
    assert_eq!(Some(&joined.ids[0]), taro.as_ref());
    assert_eq!(shop.receive_merges().await.unwrap().points, 800);
}

#[tokio::test]
async fn where_a_street_keeps_mykey_ids_no_screen_shows_one_whole() {
    const MYKEY: &str = "MK00HANAKO12MA78";
    let scene = Scene::new();
    let shop = scene.registered().await;
    let settings = StreetSettings { keeps_mykey_ids: true, ..shop.settings() };
    shop.save_street_settings(settings).await.unwrap();
    scene.drops(MYKEY, 800, 1);
    let masked = MemberId { kind: MemberIdKind::MykeyId, id: "************MA78".into() };
    let received = shop.receive_merges().await.unwrap();
    assert_eq!(received.files[0].member_id.as_ref(), Some(&masked));
    assert_eq!(shop.look_at_drop_folder().await.unwrap().set_aside[0].member_id.as_ref(), Some(&masked));
    assert_eq!(joins(&shop, MYKEY).await.ids, std::slice::from_ref(&masked), "typed, it is one as well");
    let received = shop.receive_merges().await.unwrap();
    assert_eq!((received.points, received.files[0].member_id.as_ref()), (800, Some(&masked)));
    // What is known of the member counts, also after the street has changed its mind.
    let settings = StreetSettings { keeps_mykey_ids: false, ..shop.settings() };
    shop.save_street_settings(settings).await.unwrap();
    scene.drops(MYKEY, 100, 2);
    assert_eq!(shop.receive_merges().await.unwrap().files[0].member_id, Some(masked));
}

#[tokio::test]
async fn a_key_sheet_that_says_so_masks_mykey_ids_also_of_members_who_joined_before() {
    const MYKEY: &str = "MK00HANAKO12MA78";
    let masked = MemberId { kind: MemberIdKind::MykeyId, id: "************MA78".into() };
    let scene = Scene::new();
    let shop = scene.registered().await;
    assert_eq!(joins(&shop, MYKEY).await.ids[0].id, MYKEY, "a number as any other");
    let sheet = key_sheet_of(STREET, 2).replace("profile = 1\n", "profile = 1\nmykey_ids = true\n");
    std::fs::write(scene.path("second.toml"), sheet).unwrap();
    let path = scene.path("second.toml").display().to_string();
    shop.take_merge_keys(KeySheetNamed { path }).await.unwrap();
    assert!(shop.settings().keeps_mykey_ids);
    let member = finds(&shop, MYKEY).await;
    assert_eq!(member.ids, std::slice::from_ref(&masked));
    scene.drops(MYKEY, 800, 1);
    assert_eq!(shop.receive_merges().await.unwrap().files[0].member_id.as_ref(), Some(&masked));
    let named = HistorySought { member: member.member, before: None };
    assert_eq!(shop.show_member(named).await.unwrap().lines[0].member_id, masked.id);
    assert_eq!(shop.list_street_day().await.unwrap().postings[0].member_id, masked.id);
    let unset = StreetSettings { keeps_mykey_ids: false, ..shop.settings() };
    assert!(
        shop.save_street_settings(unset).await.unwrap().keeps_mykey_ids,
        "what the sheet says stays said"
    );
}

#[tokio::test]
async fn of_two_equal_merges_the_right_one_is_found_by_its_number_and_booked_back() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    scene.drops(TARO, 500, 1);
    scene.drops(TARO, 500, 2);
    shop.receive_merges().await.unwrap();
    let typed =
        MergeNamed { number: "２０２６１１２１ ０９３０１５ ０００００１".into() };
    let MergeWhereabouts::Received { posting } = shop.find_merge(typed).await.unwrap().whereabouts else {
        panic!("it was received")
    };
    assert_eq!(posting.merge, Some(number(1)));
    shop.book_back(PostingNamed { posting: posting.posting }).await.unwrap();
    let found = shop.find_merge(named(1)).await.unwrap();
    // The first answer still lies in the folder: the later one waits for its place.
    assert!(
        matches!(found.whereabouts, MergeWhereabouts::BookedBack { is_answered: false, .. }),
        "{found:?}"
    );
    std::fs::remove_file(scene.path(&format!("drop/ack_300101_{}.dat", number(1)))).unwrap();
    let found = shop.answer_merge_again(named(1)).await.unwrap();
    assert!(matches!(found.whereabouts, MergeWhereabouts::BookedBack { is_answered: true, .. }), "{found:?}");
    let other = shop.find_merge(named(2)).await.unwrap();
    assert!(matches!(other.whereabouts, MergeWhereabouts::Received { .. }), "{other:?}");
    let short = MergeNamed { number: "2026".into() };
    assert_eq!(code(shop.find_merge(short).await), Some(ErrorCode::MergeNumberInvalid));
}

#[tokio::test]
async fn a_number_is_declined_at_the_counter_and_its_file_adds_nothing() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let member = joins(&shop, TARO).await;
    let declined = shop.decline_merge(named(1)).await.unwrap();
    assert!(
        matches!(declined.whereabouts, MergeWhereabouts::Declined { is_answered: true, .. }),
        "{declined:?}"
    );
    scene.drops(TARO, 500, 1);
    assert_eq!(shop.receive_merges().await.unwrap().files[0].verdict, FileVerdict::TakenBack);
    assert_eq!(finds(&shop, TARO).await.balance, member.balance);
    scene.drops(TARO, 500, 2);
    shop.receive_merges().await.unwrap();
    assert_eq!(code(shop.decline_merge(named(2)).await), Some(ErrorCode::MergeReceivedBefore));
}

#[tokio::test]
async fn points_that_were_used_meanwhile_are_said_so_and_not_as_a_wrong_amount() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    scene.drops(TARO, 500, 1);
    shop.receive_merges().await.unwrap();
    let member = finds(&shop, TARO).await;
    acts(&shop, &member, ActAsked::Use { points: "100".into() }).await.unwrap();
    let MergeWhereabouts::Received { posting } = shop.find_merge(named(1)).await.unwrap().whereabouts else {
        panic!("it was received")
    };
    let refused = shop.book_back(PostingNamed { posting: posting.posting }).await;
    assert_eq!(code(refused), Some(ErrorCode::PointsUsedMeanwhile));
}

#[tokio::test]
async fn what_happened_before_the_last_lines_is_reached_as_well() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    let member = joins(&shop, TARO).await.member;
    for sequence in 0..203 {
        scene.drops(TARO, 1, sequence);
    }
    shop.receive_merges().await.unwrap();
    let last = shop.show_member(HistorySought { member, before: None }).await.unwrap();
    assert_eq!((last.lines.len(), last.has_earlier), (200, true));
    let before = last.lines.last().map(|line| line.posting);
    let first = shop.show_member(HistorySought { member, before }).await.unwrap();
    assert_eq!((first.lines.len(), first.has_earlier), (3, false));
    assert_eq!(first.lines.last().and_then(|line| line.merge.clone()), Some(number(0)));
}
