//! The same run with `madoguchi-receive` itself as the street's side: an office with a system of its own, which is killed
//! in the middle, takes a merge back, and gets it refunded.

use super::{Office, POINTS, debited, ginza, merge_files, not_received, soon};
use crate::counter::{AtCounter, Pc, STREET_SHOP, is_done};
use crate::town::Town;
use madoguchi_cloud::operator;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_tests::scene::program::own_program;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

/// How often the program is killed, each time a little later.
const KILLS: u32 = 12;

impl Office {
    /// The program with the office's own key sheet and data.
    fn command(&self, verb: &str, with_folder: bool) -> Command {
        let sheet = self.place.path().join("keys.toml");
        fs::write(&sheet, &self.sheet).unwrap();
        fs::set_permissions(&sheet, fs::Permissions::from_mode(0o600)).unwrap();
        let mut command = Command::new(own_program("madoguchi-receive").unwrap());
        command.args(["--language", "en", verb, "--data"]).arg(self.place.path().join("program"));
        command.arg("--keys").arg(sheet);
        if with_folder {
            command.arg("--folder").arg(self.folder());
        }
        command
    }

    fn takes_in(&self) -> Output {
        let list = self.place.path().join("credits.csv");
        let output = self.command("take-in", true).arg("--list").arg(list).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn takes_back(&self, verb: &str, number: &str) -> String {
        let output = self.command(verb, true).arg(number).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// What the office's own system was told, each number once: a credit may be told twice after a power cut.
    fn told(&self) -> BTreeMap<String, i64> {
        let list = fs::read_to_string(self.place.path().join("credits.csv")).unwrap_or_default();
        let told = list.lines().filter(|line| !line.starts_with("posting")).map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            (cells[3].to_owned(), cells[2].parse().unwrap())
        });
        told.collect()
    }

    /// Points by number as the program's database has them, booked back ones too.
    fn received(&self) -> BTreeMap<String, i64> {
        let file = self.place.path().join("program/street.sqlite");
        if !file.is_file() {
            return BTreeMap::new();
        }
        let books = Connection::open(file).unwrap();
        let sql = "select received.number, entry.points from received
                   join entry on entry.posting = received.posting and entry.account = 'member'";
        let Ok(mut received) = books.prepare(sql) else { return BTreeMap::new() };
        received.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    }

    /// Every point that was merged is in the program's books or in a file whose number is not.
    async fn has_every_point_of(&self, town: &Town, when: &str) {
        let received = self.received();
        let mut elsewhere = BTreeMap::new();
        for folder in [self.folder(), self.folder().join("quarantine")] {
            for file in merge_files(&folder) {
                let record = self.keys.open(&fs::read(file).unwrap()).unwrap();
                elsewhere.insert(record.number.to_string(), record.points.get());
            }
        }
        elsewhere.retain(|number, _| !received.contains_key(number));
        let (here, there): (i64, i64) = (received.values().sum(), elsewhere.values().sum());
        assert_eq!(debited(town).await, here + there, "{when}: {received:?}, {elsewhere:?}");
    }
}

async fn street_shop(town: &Town, office: &Office) -> (Pc, AtCounter) {
    let pc = Pc::named("komugi").with_a_folder_of("140002", &office.folder());
    let at = pc.opens_in(town).await;
    at.registers_for(STREET_SHOP, Some("140002")).await.unwrap();
    (pc, at)
}

/// A counter looks for answers when it starts.
async fn carries_answers(pc: &Pc, town: &Town, office: &Office) -> AtCounter {
    let mut at = pc.opens_in(town).await;
    if at.last().await.is_some() {
        at.hears_fate().await;
    }
    soon("all answers are carried", async || office.answers() == 0).await;
    at
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receiver_is_killed_at_any_moment_and_every_point_has_one_place() {
    let town = Town::open().await;
    let office = Office::of(&town).await;
    let (pc, mut at) = street_shop(&town, &office).await;
    let mut killed = 0;
    for later in 0..KILLS {
        assert!(is_done(&at.merges(POINTS).await.unwrap()));
        let mut program = office.command("take-in", true);
        program.arg("--list").arg(office.place.path().join("credits.csv"));
        let mut program = program.spawn().unwrap();
        thread::sleep(Duration::from_millis(u64::from(later) * 3));
        killed += u32::from(program.try_wait().unwrap().is_none());
        program.kill().unwrap();
        program.wait().unwrap();
        office.has_every_point_of(&town, &format!("killed {later}")).await;
    }
    assert!(killed > 0, "it was never in the middle of anything");
    office.takes_in();
    office.has_every_point_of(&town, "in the end").await;
    let received = office.received();
    assert_eq!(received.values().sum::<i64>(), i64::from(KILLS) * POINTS);
    assert_eq!(office.told(), received, "each credit is handed out");
    assert!(merge_files(&office.folder()).is_empty());
    drop(at);
    let _at = carries_answers(&pc, &town, &office).await;
    assert_eq!(not_received(&town).await, 0);
    assert!(office.command("check", false).status().unwrap().success());
    assert!(town.books_are_right().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_takes_back_is_answered_and_refunded() {
    let town = Town::open().await;
    let office = Office::of(&town).await;
    let (pc, mut at) = street_shop(&town, &office).await;
    let before = at.taps("hanako").await.accounts[0].balance;
    assert!(is_done(&at.merges(300).await.unwrap()));
    office.takes_in();
    assert!(is_done(&at.merges(200).await.unwrap()));
    let unreceived = office.keys.open(&fs::read(&merge_files(&office.folder())[0]).unwrap()).unwrap().number;
    let (received, _) = office.received().pop_first().unwrap();
    drop(at);
    let at = carries_answers(&pc, &town, &office).await;
    assert_eq!(office.takes_back("book-back", &received), "2");
    assert_eq!(office.takes_back("book-back", &received), "2", "asked for again it is the same");
    office.takes_back("decline", &unreceived.to_string());
    assert_eq!(office.command("decline", true).arg(&received).status().unwrap().code(), Some(14));
    assert_eq!(
        office.command("book-back", true).arg(unreceived.to_string()).status().unwrap().code(),
        Some(14)
    );
    drop(at);
    let mut at = carries_answers(&pc, &town, &office).await;
    for number in [TransactionNumber::parse(&received).unwrap(), unreceived] {
        operator::street::refund(&town.cloud.ledger, ginza(), number).await.unwrap();
    }
    assert_eq!(not_received(&town).await, 0);
    // The declined file still lies there, and is worth nothing any more.
    let late = office.takes_in();
    assert!(String::from_utf8_lossy(&late.stderr).contains("A number that was taken back"), "{late:?}");
    assert_eq!(office.received().len(), 1);
    let listed = office.command("taken-back", false).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains(&format!("{received},booked_back,2,300,")), "{listed}");
    assert!(listed.contains(&format!("{unreceived},declined,,,")), "{listed}");
    assert_eq!(at.taps("hanako").await.accounts[0].balance, before);
    assert!(town.books_are_right().await);
}
