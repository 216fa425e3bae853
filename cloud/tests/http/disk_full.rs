//! A cloud whose file lies on a disk that is full, or that may not be written on, for real.

use crate::actors::Town;
use crate::killed::{
    Answered, CutOff, Intent, RESIDENTS, all_begin_the_day, assert_the_books_hold_each_use_once,
    find_out_what_became_of_unanswered, many_terminals_in, uses_until_cut_off,
};
use crate::process::{Process, madoguchi_cloud, prints, settle};
use crate::small_disk::SmallDisk;
use madoguchi_wire::failure::ErrorCode;
use std::process::Command;
use tempfile::TempDir;

/// A new database takes less than one of them.
const MEBIBYTES: u32 = 8;
const FILE: &str = "cloud.sqlite";
const USES_BEFORE: usize = 48;

/// Moves a cloud's file onto a small disk.
fn moves_onto_a_small_disk(folder: &TempDir) -> SmallDisk {
    assert!(!folder.path().join("cloud.sqlite-wal").exists(), "the file is not whole");
    let disk = SmallDisk::at(&folder.path().join("small"), MEBIBYTES);
    disk.takes(&folder.path().join(FILE), FILE);
    disk
}

/// A command of the cloud's whose file is on the disk.
fn with_its_file_on(disk: &SmallDisk, folder: &TempDir, word: &str) -> Command {
    let mut cloud = madoguchi_cloud(folder.path());
    disk.seen_by(cloud.arg("--database").arg(disk.path(FILE)).arg(word))
}

/// Told that it did not happen, or that nobody knows yet: never that it happened, never nothing.
fn assert_turned_away(cut_off: &CutOff) {
    let (status, code) = cut_off.as_ref().unwrap().code();
    assert_eq!(status, 503);
    assert!(matches!(code, ErrorCode::CloudBusy | ErrorCode::OperationUnresolved), "{code:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_turns_uses_away_whole_and_all_goes_on_when_there_is_room() {
    let (folder, mut terminals, residents) = many_terminals_in(Town::open().await).await;
    settle(folder.path());
    let disk = moves_onto_a_small_disk(&folder);
    let cloud = Process::runs(&mut with_its_file_on(&disk, &folder, "serve"));
    all_begin_the_day(&mut terminals, &cloud).await;
    let uses = Answered::default();
    let working: Vec<_> = (0..terminals.len())
        .map(|index| {
            let (terminal, resident) = (terminals[index].clone(), index % RESIDENTS);
            let by = residents[resident].clone();
            tokio::spawn(uses_until_cut_off(terminal, by, index, resident, uses.clone()))
        })
        .collect();
    uses.are(USES_BEFORE).await;
    disk.fills_up();
    let mut intents: Vec<Intent> = Vec::new();
    for work in working {
        let (asked, cut_off) = work.await.unwrap();
        assert_turned_away(&cut_off);
        intents.extend(asked);
    }
    // What can be seen is still seen, and who asks again hears the same.
    let mut visits = Vec::new();
    for (index, terminal) in terminals.iter().enumerate() {
        let visit = terminal.visit(&residents[index % RESIDENTS]).await;
        let (intent, cut_off) = Intent::asked((index, terminal), (index % RESIDENTS, &visit), 1).await;
        assert_turned_away(&cut_off.expect("nothing can be written"));
        intents.push(intent);
        visits.push(visit);
    }

    disk.has_room();
    find_out_what_became_of_unanswered(&terminals, &mut intents).await;
    for (index, (terminal, visit)) in terminals.iter().zip(&visits).enumerate() {
        let (intent, cut_off) = Intent::asked((index, terminal), (index % RESIDENTS, visit), 1).await;
        assert!(cut_off.is_none(), "{cut_off:?}");
        intents.push(intent);
    }
    let (status, _) = cloud.told_to_end().await;
    assert!(status.success(), "{status}");
    disk.gives(FILE, &folder.path().join(FILE));
    let at_least = USES_BEFORE + terminals.len();
    assert_the_books_hold_each_use_once(folder.path(), &residents, &intents, at_least).await;
    let report = prints(folder.path(), &["check-books"]);
    assert!(report.contains("book 141305"), "{report}");
}

#[tokio::test]
async fn a_disk_that_is_read_only_is_said_at_the_start_and_once_it_is_not_the_cloud_starts() {
    let (folder, mut terminals, residents) = many_terminals_in(Town::open().await).await;
    settle(folder.path());
    let disk = moves_onto_a_small_disk(&folder);
    disk.becomes_read_only();
    let start = with_its_file_on(&disk, &folder, "serve");
    let refused = Command::new("timeout")
        .args(["60"])
        .arg(start.get_program())
        .args(start.get_args())
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("madoguchi-cloud: the database cannot be opened"), "{said}");

    disk.becomes_writable();
    let cloud = Process::runs(&mut with_its_file_on(&disk, &folder, "serve"));
    all_begin_the_day(&mut terminals, &cloud).await;
    terminals[0].uses(1).from(&residents[0]).await.done();
}
