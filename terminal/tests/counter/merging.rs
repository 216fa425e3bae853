//! Municipal points become a street's own: the debit, and the file in the street's folder.

use crate::cloud::{GENUINE, Mishap, municipal, street};
use crate::shop::{AtCounter, STREET_FOLDER, Shop, typed_pin};
use madoguchi_doubles::Card;
use madoguchi_port::drop_folder::{DropFault, DropFolders};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::MergeReception;
use madoguchi_wire::window::{
    CardExpectation, LastOperation, MergeFileState, MergePointsArguments, MergePointsWithPinArguments,
    MergeShown, Notice, OperationNamed, OperationState, Settings, SignInState, StreetFolder, Visit,
    VisitNamed, VisitPart,
};
use std::path::Path;
use std::time::Duration;

const NAME: &str = "merge_140002_20261120143200000001.dat";

fn folder() -> &'static Path {
    Path::new(STREET_FOLDER)
}

impl Shop {
    fn lies(&self) -> Vec<String> {
        self.drop_folders.names(folder()).unwrap_or_default()
    }

    /// A terminal that is registered and whose settings name the street's folder.
    async fn opens_with_a_street(&self) -> AtCounter {
        let at = self.opens_registered().await;
        let named = StreetFolder { street: street().to_string(), folder: STREET_FOLDER.into() };
        let settings = at.counter.open_counter().await.unwrap().settings;
        let settings = Settings { street_folders: vec![named], ..settings };
        at.counter.save_settings(settings).await.unwrap();
        at
    }

    /// Time passes until so much lies in the street's folder.
    async fn comes_to_lie(&self, at: &AtCounter, names: &[&str]) {
        let lies = async {
            while self.lies() != names {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let lies = at.while_time_passes(lies);
        tokio::time::timeout(Duration::from_mins(1), lies).await.expect("the file is laid down");
    }
}

impl AtCounter {
    fn merge_of(visit: &Visit, typed: &str) -> MergePointsArguments {
        let part = VisitPart { currency: municipal(), typed: typed.into() };
        MergePointsArguments { visit: visit.visit, street: street(), part }
    }

    async fn merges(&self, visit: &Visit, typed: &str) -> Result<LastOperation, Failure> {
        self.counter.merge_points(Self::merge_of(visit, typed)).await
    }

    async fn puts_again(&self, merged: &LastOperation) -> Result<MergeFileState, ErrorCode> {
        let put = self.counter.put_merge_file(OperationNamed { key: merged.key }).await;
        put.map(|merge| merge.file).map_err(|failure| failure.code)
    }

    /// Waits until the window is told that the street has answered the newest merge like this.
    async fn hears_answered(&mut self, wanted: MergeReception) {
        self.hears(|notice| match notice {
            Notice::Merges(told) => (told.merges[0].reception == Some(wanted)).then_some(()),
            _ => None,
        })
        .await;
    }

    async fn listed(&self) -> Vec<MergeShown> {
        self.counter.list_merges().await.unwrap().merges
    }
}

fn file_of(operation: &LastOperation) -> MergeFileState {
    match &operation.state {
        OperationState::Done { merge: Some(merge), .. } => merge.file.clone(),
        other => panic!("no merge: {other:?}"),
    }
}

fn is_not_put(state: &MergeFileState) -> bool {
    matches!(state, MergeFileState::NotPut { failure } if failure.code == ErrorCode::MergeFileNotPut)
}

#[tokio::test]
async fn merged_points_lie_as_a_file_in_the_streets_folder() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    let merged = at.merges(&visit, "1500").await.unwrap();
    assert_eq!(file_of(&merged), MergeFileState::Put { name: NAME.into() });
    assert_eq!(shop.lies(), [NAME]);
    let content = shop.drop_folders.read(folder(), NAME, 320).unwrap().unwrap();
    assert_eq!(content, b"1500 to the street", "as the cloud gave it");
    assert_eq!(shop.cloud.balance(), 1_500);
    assert_eq!(at.merges(&visit, "1").await.unwrap_err().code, ErrorCode::VisitExpired, "it has served");
}

#[tokio::test]
async fn the_streets_are_told_with_the_resident_and_the_folder_each_needs() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    let streets = at.counter.list_merge_streets(VisitNamed { visit: visit.visit }).await.unwrap().streets;
    let told: Vec<_> =
        streets.iter().map(|known| (known.name.as_str(), known.is_member, known.has_folder)).collect();
    assert_eq!(told, [("銀座街", true, true), ("仲見世", false, false)]);
}

#[tokio::test]
async fn a_folder_that_takes_no_file_is_told_while_no_point_has_moved() {
    for fault in [DropFault::Absent, DropFault::NotWritable, DropFault::Full] {
        let shop = Shop::new();
        let mut at = shop.opens_with_a_street().await;
        let visit = at.taps(&shop).await;
        shop.drop_folders.trouble(folder(), Some(fault.clone()));
        let refused = at.merges(&visit, "1500").await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::StreetFolderUnusable, "{fault}");
        assert_eq!((shop.cloud.calls("merge_points"), shop.cloud.balance()), (0, 3_000), "{fault}");
        assert!(at.last().await.is_none(), "nothing was written down ({fault})");
        shop.drop_folders.trouble(folder(), None);
        at.merges(&visit, "1500").await.unwrap();
        assert_eq!(shop.lies(), [NAME], "the visit can be used after all ({fault})");
    }
}

#[tokio::test]
async fn without_a_folder_in_the_settings_nothing_is_merged() {
    let shop = Shop::new();
    let mut at = shop.opens_registered().await;
    let visit = at.taps(&shop).await;
    assert_eq!(at.merges(&visit, "1500").await.unwrap_err().code, ErrorCode::StreetFolderUnset);
    assert_eq!(shop.cloud.calls("merge_points"), 0);
}

#[tokio::test]
async fn a_disk_that_fills_up_after_the_check_leaves_a_merge_whose_file_is_put_later() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    shop.drop_folders.fills_up_after_the_check(folder());
    let merged = at.merges(&visit, "1500").await.unwrap();
    assert!(is_not_put(&file_of(&merged)), "{merged:?}");
    assert!(is_not_put(&at.listed().await[0].merge.file));
    assert_eq!(at.puts_again(&merged).await, Err(ErrorCode::MergeFileNotPut));
    shop.drop_folders.trouble(folder(), None);
    assert_eq!(at.puts_again(&merged).await, Ok(MergeFileState::Put { name: NAME.into() }));
    assert_eq!(file_of(&at.last().await.unwrap()), MergeFileState::Put { name: NAME.into() });
    assert_eq!((shop.lies(), shop.cloud.balance()), (vec![NAME.to_owned()], 1_500));
    assert_eq!(shop.cloud.calls("merge_points"), 1, "never a second merge");
}

#[tokio::test]
async fn a_file_that_could_not_be_put_is_put_at_the_next_start() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    shop.drop_folders.fills_up_after_the_check(folder());
    at.merges(&visit, "1500").await.unwrap();
    shop.closes(at).await;
    shop.drop_folders.trouble(folder(), None);
    let at = shop.opens().await;
    shop.comes_to_lie(&at, &[NAME]).await;
    let content = shop.drop_folders.read(folder(), NAME, 320).unwrap().unwrap();
    assert_eq!(content, b"fetched again", "the key of the one that was kept may be retired by now");
    let told = async {
        while file_of(&at.last().await.unwrap()) != (MergeFileState::Put { name: NAME.into() }) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), told).await.expect("the clerk is told as well");
}

#[tokio::test]
async fn a_share_that_comes_back_gets_its_file_by_itself_and_without_the_cloud_the_one_that_was_kept() {
    for cloud_is_away in [false, true] {
        let shop = Shop::new();
        let mut at = shop.opens_with_a_street().await;
        let visit = at.taps(&shop).await;
        shop.drop_folders.fills_up_after_the_check(folder());
        let merged = at.merges(&visit, "1500").await.unwrap();
        assert!(is_not_put(&file_of(&merged)), "{merged:?}");
        if cloud_is_away {
            shop.cloud.will("merge_file", Mishap::Unreachable);
        }
        shop.drop_folders.trouble(folder(), None);
        shop.comes_to_lie(&at, &[NAME]).await;
        let content = shop.drop_folders.read(folder(), NAME, 320).unwrap().unwrap();
        let expected: &[u8] = if cloud_is_away { b"1500 to the street" } else { b"fetched again" };
        assert_eq!(content, expected);
        assert_eq!((shop.cloud.balance(), shop.cloud.calls("merge_points")), (1_500, 1));
    }
}

#[tokio::test]
async fn whatever_the_cloud_answers_to_a_merge_that_it_knows_the_street_gets_its_file() {
    for code in [ErrorCode::FunctionNotAllowed, ErrorCode::CloudFailed, ErrorCode::SignInNeeded] {
        let shop = Shop::new();
        let mut at = shop.opens_with_a_street().await;
        let visit = at.taps(&shop).await;
        shop.drop_folders.fills_up_after_the_check(folder());
        at.merges(&visit, "1500").await.unwrap();
        shop.cloud.will("merge_file", Mishap::Problem(code));
        shop.drop_folders.trouble(folder(), None);
        shop.comes_to_lie(&at, &[NAME]).await;
        let content = shop.drop_folders.read(folder(), NAME, 320).unwrap().unwrap();
        assert_eq!(content, b"1500 to the street", "as it was kept ({code:?})");
    }
}

#[tokio::test]
async fn a_file_that_is_owed_is_put_while_the_counter_is_locked_and_the_lock_stays_one() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    shop.drop_folders.fills_up_after_the_check(folder());
    at.merges(&visit, "1500").await.unwrap();
    at.counter.lock().await.unwrap();
    shop.drop_folders.trouble(folder(), None);
    shop.comes_to_lie(&at, &[NAME]).await;
    let asked = shop.cloud.calls("merge_receptions");
    let minutes = tokio::time::timeout(Duration::from_secs(1), std::future::pending::<()>());
    assert!(at.while_time_passes(minutes).await.is_err());
    assert_eq!(at.sign_in().await.state, SignInState::Locked, "no day that is over");
    assert_eq!((shop.cloud.calls("merge_file"), shop.cloud.calls("merge_receptions")), (0, asked));
}

#[tokio::test]
async fn a_merge_that_the_cloud_does_not_know_keeps_no_other_file_waiting() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let mut merged = Vec::new();
    for typed in ["500", "700"] {
        let visit = at.taps(&shop).await;
        shop.drop_folders.trouble(folder(), None);
        shop.drop_folders.fills_up_after_the_check(folder());
        merged.push(at.merges(&visit, typed).await.unwrap());
    }
    assert!(at.listed().await.iter().all(|merge| is_not_put(&merge.merge.file)));
    shop.cloud.forgets(merged[0].key);
    shop.drop_folders.trouble(folder(), None);
    shop.comes_to_lie(&at, &["merge_140002_20261120143200000002.dat"]).await;
}

#[tokio::test]
async fn whoever_looks_at_the_list_or_has_not_for_an_hour_learns_that_a_received_merge_was_booked_back() {
    for looks in [true, false] {
        let shop = Shop::new();
        let mut at = shop.opens_with_a_street().await;
        let visit = at.taps(&shop).await;
        let merged = at.merges(&visit, "1500").await.unwrap();
        shop.cloud.was_answered(merged.key, MergeReception::Received);
        at.hears_answered(MergeReception::Received).await;
        shop.cloud.was_answered(merged.key, MergeReception::BookedBack);
        if looks {
            assert_eq!(at.listed().await[0].reception, Some(MergeReception::Received), "as known so far");
        } else {
            at.clock.pass(Duration::from_mins(61));
        }
        at.hears_answered(MergeReception::BookedBack).await;
    }
}

#[tokio::test]
async fn an_answer_that_another_terminal_carried_is_seen_here_too() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    let merged = at.merges(&visit, "1500").await.unwrap();
    assert_eq!(at.listed().await[0].reception, None);
    for reception in [MergeReception::UnknownMember, MergeReception::Received] {
        shop.cloud.was_answered(merged.key, reception);
        let seen = async {
            while at.listed().await[0].reception != Some(reception) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let seen = at.while_time_passes(seen);
        tokio::time::timeout(Duration::from_mins(1), seen).await.expect("the cloud is asked");
    }
    // Received it is asked for once more at the next start: it may be booked back since.
    shop.cloud.was_answered(merged.key, MergeReception::BookedBack);
    shop.closes(at).await;
    let at = shop.opens().await;
    let seen = async {
        while at.listed().await[0].reception != Some(MergeReception::BookedBack) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let seen = at.while_time_passes(seen);
    tokio::time::timeout(Duration::from_mins(1), seen).await.expect("the cloud is asked at the start");
}

#[tokio::test]
async fn two_streets_cannot_share_a_folder_however_it_is_written() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let settings = at.counter.open_counter().await.unwrap().settings;
    let place = tempfile::tempdir().unwrap();
    let ginza = place.path().join("ginza");
    std::fs::create_dir(&ginza).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&ginza, place.path().join("link")).unwrap();
    let shared = |one: &str, other: &str| {
        let named = |street: &str, folder: &str| StreetFolder {
            street: street.into(),
            folder: if folder.starts_with('/') {
                folder.into()
            } else {
                place.path().join(folder).display().to_string()
            },
        };
        Settings { street_folders: vec![named("140002", one), named("140003", other)], ..settings.clone() }
    };
    let mut cases = vec![("ginza", "ginza/"), ("ginza", "ginza/../ginza"), ("/away/a", "/away/./b/../a")];
    if cfg!(unix) {
        cases.push(("ginza", "link"));
    }
    for (one, other) in cases {
        let refused = at.counter.save_settings(shared(one, other)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::StreetFolderShared, "{one} and {other}");
    }
    at.counter.save_settings(shared("ginza", "other")).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_was_lost_still_puts_the_file() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    shop.cloud.will("merge_points", Mishap::AnswerLost);
    let merged = at.while_time_passes(at.merges(&visit, "1500")).await.unwrap();
    assert_eq!(file_of(&merged), MergeFileState::Put { name: NAME.into() });
    assert_eq!((shop.lies(), shop.cloud.done()), (vec![NAME.to_owned()], 1));
}

#[tokio::test]
async fn the_power_is_cut_at_every_write_and_points_and_file_still_agree() {
    let mut outcomes = Vec::new();
    for moments in 0..10 {
        let mut shop = Shop::new();
        drop(shop.opens_with_a_street().await);
        shop.power = moments;
        let mut at = shop.opens().await;
        at.hears_registered_or_is().await;
        let visit = at.taps(&shop).await;
        // With the power gone nobody is told anything.
        let _ = at.while_time_passes(at.merges(&visit, "1500")).await;
        drop(at);
        let took_place = shop.cloud.done() == 1;

        shop.power = i64::MAX;
        let mut at = shop.opens().await;
        if at.last().await.is_some_and(|last| last.state == OperationState::Checking) {
            at.hears_fate().await;
        }
        let expected: &[&str] = if took_place { &[NAME] } else { &[] };
        shop.comes_to_lie(&at, expected).await;
        assert_eq!(shop.cloud.balance(), if took_place { 1_500 } else { 3_000 });
        outcomes.push(took_place);
    }
    assert!(outcomes.contains(&true) && outcomes.contains(&false), "{outcomes:?}");
}

#[tokio::test]
async fn the_list_says_what_still_lies_there_and_what_the_street_has_taken() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    for typed in ["500", "700"] {
        let visit = at.taps(&shop).await;
        at.merges(&visit, typed).await.unwrap();
    }
    shop.drop_folders.remove(folder(), NAME).unwrap();
    let listed = at.listed().await;
    let second = "merge_140002_20261120143200000002.dat".to_owned();
    let states: Vec<_> = listed.iter().map(|shown| (shown.points, shown.merge.file.clone())).collect();
    assert_eq!(states, [(700, MergeFileState::Lies { name: second }), (500, MergeFileState::Taken)]);
    shop.drop_folders.trouble(folder(), Some(DropFault::Absent));
    assert_eq!(at.listed().await[0].merge.file, MergeFileState::Unseen);
}

#[tokio::test]
async fn a_file_that_was_lost_is_fetched_again_and_without_the_cloud_put_as_it_was() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    let merged = at.merges(&visit, "1500").await.unwrap();
    let content = || shop.drop_folders.read(folder(), NAME, 320).unwrap().unwrap();
    at.puts_again(&merged).await.unwrap();
    assert_eq!(content(), b"fetched again");
    shop.cloud.will("merge_file", Mishap::Unreachable);
    at.while_time_passes(at.puts_again(&merged)).await.unwrap();
    assert_eq!(content(), b"1500 to the street");
    assert_eq!((shop.lies().len(), shop.cloud.balance()), (1, 1_500));
}

#[tokio::test]
async fn a_streets_answer_is_carried_once_and_taken_away_and_anything_else_stays() {
    let shop = Shop::new();
    let answer = [GENUINE, b"received"].concat();
    shop.drop_folders.laid_down(folder(), "ack_140002_20261120143200000001.dat", &answer);
    shop.drop_folders.laid_down(folder(), "ack_140002_20261120143200000009.dat", b"made up");
    shop.drop_folders.laid_down(folder(), "ack_140002_20261120143200000002.dat.part", &answer);
    let at = shop.opens_with_a_street().await;
    let left = ["ack_140002_20261120143200000002.dat.part", "ack_140002_20261120143200000009.dat"];
    let carried = async {
        while shop.lies() != left || shop.cloud.calls("acknowledge_merge") < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let carried = at.while_time_passes(carried);
    tokio::time::timeout(Duration::from_mins(1), carried).await.expect("the answers are carried");
    at.clock.pass(Duration::from_mins(10));
    assert_eq!(shop.cloud.calls("acknowledge_merge"), 2, "what is no answer is not sent again");
}

#[tokio::test]
async fn the_clerk_sees_what_the_street_answered_also_when_it_answers_anew() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    at.merges(&visit, "1500").await.unwrap();
    assert_eq!(at.listed().await[0].reception, None);
    let answers = "ack_140002_20261120143200000001.dat";
    for (said, reception) in [
        (b"unknown_member".as_slice(), MergeReception::UnknownMember),
        (b"received".as_slice(), MergeReception::Received),
        (b"unknown_member".as_slice(), MergeReception::Received),
        (b"declined".as_slice(), MergeReception::Declined),
        (b"booked_back".as_slice(), MergeReception::BookedBack),
        (b"received".as_slice(), MergeReception::BookedBack),
    ] {
        shop.drop_folders.laid_down(folder(), answers, &[GENUINE, said].concat());
        let carried = async {
            while shop.lies().contains(&answers.to_owned()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let carried = at.while_time_passes(carried);
        tokio::time::timeout(Duration::from_mins(1), carried).await.expect("the answer is carried");
        assert_eq!(at.listed().await[0].reception, Some(reception));
    }
}

#[tokio::test]
async fn an_answer_that_the_street_has_replaced_meanwhile_is_not_taken_away_unread() {
    let shop = Shop::new();
    let answers = "ack_140002_20261120143200000001.dat";
    shop.drop_folders.laid_down(folder(), answers, &[GENUINE, b"unknown_member"].concat());
    shop.cloud.will("acknowledge_merge", Mishap::Held);
    let at = shop.opens_with_a_street().await;
    let carried = async {
        while shop.cloud.calls("acknowledge_merge") < 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        shop.drop_folders.laid_down(folder(), answers, &[GENUINE, b"received"].concat());
        shop.cloud.let_go();
        while shop.lies().contains(&answers.to_owned()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let carried = at.while_time_passes(carried);
    tokio::time::timeout(Duration::from_mins(1), carried).await.expect("the later answer is carried");
    assert_eq!(shop.cloud.calls("acknowledge_merge"), 2, "both were carried");
}

#[tokio::test]
async fn the_receipt_says_where_the_points_went() {
    let shop = Shop::new();
    let mut at = shop.opens_with_a_street().await;
    let visit = at.taps(&shop).await;
    let merged = at.merges(&visit, "1500").await.unwrap();
    let receipt = at.counter.preview_receipt(OperationNamed { key: merged.key }).await.unwrap();
    let said = |text: &str, value: &str| {
        receipt.lines.iter().any(|line| line.text == text && line.value.as_deref() == Some(value))
    };
    assert!(said("合算先", "銀座街") && said("取引済番号", "20261120143200000001"), "{receipt:?}");
    at.counter.print_receipt(OperationNamed { key: merged.key }).await.unwrap();
    assert_eq!(shop.tray.papers()[0].title, "receipt-20261120-1");
}

#[tokio::test]
async fn above_the_limit_the_card_signs_this_very_merge() {
    let shop = Shop::new();
    shop.cloud.holds(9_000);
    let mut at = shop.opens_with_a_street().await;
    at.counter.expect_card(CardExpectation::NextCard).await.unwrap();
    shop.desk.put_on(crate::shop::READER, Card::of(crate::cloud::SERIAL));
    let visit = at.hears_visit().await;
    let MergePointsArguments { visit, street, part } = AtCounter::merge_of(&visit, "4000");
    let pin = typed_pin("1234", false);
    let signed = MergePointsWithPinArguments { visit, street, part, pin };
    let merged = at.counter.merge_points_with_pin(signed).await.unwrap();
    assert_eq!(file_of(&merged), MergeFileState::Put { name: NAME.into() });
    assert_eq!(shop.cloud.balance(), 5_000);
}

#[tokio::test]
async fn folders_that_make_no_sense_are_refused_where_they_are_set() {
    let shop = Shop::new();
    let at = shop.opens().await;
    let settings = at.counter.open_counter().await.unwrap().settings;
    let named = |street: &str, folder: &str| StreetFolder { street: street.into(), folder: folder.into() };
    for wrong in [
        vec![named("14000", "/ginza")],
        vec![named("140002", " ")],
        vec![named("140002", "/ginza"), named("140002", "/other")],
    ] {
        let wrong = Settings { street_folders: wrong, ..settings.clone() };
        assert_eq!(at.counter.save_settings(wrong).await.unwrap_err().code, ErrorCode::SettingsInvalid);
    }
}
