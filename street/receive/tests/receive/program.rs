//! Exit codes, lists, members, a watched folder; and the conformance kit.

use crate::office::{KEY, Office, PROGRAM, complained, said};
use madoguchi_conformance::{Profile, Receiver as Examined, examine};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

#[test]
fn the_conformance_kit_finds_nothing_wrong_with_it() {
    let place = tempfile::tempdir().unwrap();
    for (profile, format, folder) in [(Profile::One, "csv", "1"), (Profile::Two, "json-lines", "2")] {
        let places = ["--folder {folder}", "--keys {keys}", "--members {members}", "--data {data}"];
        let words = |text: String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let takes_back =
            |verb| words(format!("{PROGRAM} {verb} {{number}} {} {} {}", places[0], places[1], places[3]));
        let receiver = Examined {
            command: words(format!("{PROGRAM} take-in {} --format {format}", places.join(" "))),
            book_back: Some(takes_back("book-back")),
            decline: Some(takes_back("decline")),
            profile,
            patience: Duration::from_mins(5),
        };
        assert_eq!(examine(&receiver, &place.path().join(folder)).unwrap(), []);
    }
}

#[test]
fn a_credit_is_handed_out_once_and_a_second_pass_says_nothing() {
    let office = Office::new();
    office.is_given("30010100000017,1500,20261121093015000042");
    let first = office.takes_in(&[]);
    assert_eq!(first.status.code(), Some(0), "{}", complained(&first));
    let listed = said(&first);
    let (columns, line) = listed.split_once('\n').unwrap();
    assert_eq!(columns, "posting,point_id,points,number,received_at");
    assert!(line.starts_with("1,30010100000017,1500,20261121093015000042,20"), "{line}");
    assert_eq!(complained(&first), "Received 1 files, 1,500 points (0 had come before)\n");
    let second = office.takes_in(&[]);
    assert_eq!((said(&second), complained(&second)), (String::new(), String::new()));
}

#[test]
fn credits_are_added_to_a_list_under_one_line_of_column_names() {
    let office = Office::new();
    let list = office.at("credits.csv");
    for sequence in 1..=2 {
        office.is_given(&format!("30010100000017,10,2026112109301500000{sequence}"));
        let done = office.takes_in(&["--list", list.to_str().unwrap()]);
        assert_eq!((done.status.code(), said(&done)), (Some(0), String::new()));
    }
    let listed = fs::read_to_string(list).unwrap();
    assert_eq!(listed.lines().count(), 3, "{listed}");
    assert_eq!(listed.matches("posting").count(), 1);
}

#[test]
fn points_that_could_not_be_listed_are_listed_the_next_time() {
    let office = Office::new();
    office.is_given("30010100000017,10,20261121093015000001");
    let nowhere = office.at("no/such/folder/credits.csv");
    let failed = office.takes_in(&["--list", nowhere.to_str().unwrap()]);
    assert_eq!(failed.status.code(), Some(13));
    assert!(said(&office.takes_in(&[])).contains("20261121093015000001"));
}

#[test]
fn a_list_that_was_cut_off_in_a_line_loses_no_credit() {
    let office = Office::new();
    let list = office.at("credits.csv");
    for before in ["17,3001", "posting,point_id,points,number,received_at\n1,30010100"] {
        fs::write(&list, before).unwrap();
        office.is_given("30010100000017,10,20261121093015000001");
        let _ = fs::remove_dir_all(office.at("data"));
        let done = office.takes_in(&["--list", list.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
        let listed = fs::read_to_string(&list).unwrap();
        let whole = "1,30010100000017,10,20261121093015000001,";
        assert!(listed.lines().any(|line| line.starts_with(whole)), "{listed}");
        assert!(listed.ends_with('\n') && !listed.contains("300101001,"), "{listed}");
    }
}

#[test]
fn a_script_sees_by_the_exit_code_what_has_to_be_looked_at() {
    let office = Office::new();
    office.is_given("30010100000017,10,20261121093015000001");
    assert_eq!(office.takes_in(&[]).status.code(), Some(0));
    fs::write(office.at("drop/damaged.dat"), b"damaged").unwrap();
    assert_eq!(office.takes_in(&[]).status.code(), Some(3));
    office.is_given("30010100000017,11,20261121093015000001");
    let alarm = office.takes_in(&[]);
    assert_eq!(alarm.status.code(), Some(4));
    assert!(complained(&alarm).contains("ALARM"));
    fs::rename(office.at("drop"), office.at("away")).unwrap();
    assert_eq!(office.takes_in(&[]).status.code(), Some(10));
    fs::rename(office.at("away"), office.at("drop")).unwrap();
    fs::set_permissions(office.at("keys.toml"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(office.takes_in(&[]).status.code(), Some(12));
}

#[test]
fn who_joins_the_list_of_members_gets_what_waited() {
    let office = Office::new();
    let members = office.at("members.txt");
    let with_members = ["--members", members.to_str().unwrap()];
    fs::write(&members, "30010100000025\n").unwrap();
    office.is_given("30010100000017,10,20261121093015000001");
    assert_eq!(office.takes_in(&with_members).status.code(), Some(3));
    fs::write(&members, "30010100000025\n\n30010100000017\n").unwrap();
    let joined = office.takes_in(&with_members);
    assert_eq!(joined.status.code(), Some(0));
    assert!(said(&joined).contains("30010100000017,10,20261121093015000001"));
    fs::write(&members, "an ID, and more\n").unwrap();
    assert_eq!(office.takes_in(&with_members).status.code(), Some(13));
}

#[test]
fn who_was_taken_off_the_list_of_members_receives_no_more() {
    let office = Office::new();
    let members = office.at("members.txt");
    let with_members = ["--members", members.to_str().unwrap()];
    fs::write(&members, "30010100000017\n30010100000025\n").unwrap();
    office.is_given("30010100000017,10,20261121093015000001");
    assert_eq!(office.takes_in(&with_members).status.code(), Some(0));
    fs::write(&members, "30010100000025\n").unwrap();
    office.is_given("30010100000017,10,20261121093015000002");
    let off = office.takes_in(&with_members);
    assert_eq!((off.status.code(), said(&off)), (Some(3), String::new()), "{}", complained(&off));
    assert!(said(&office.asks("set-aside")).contains("unknown_member,20261121093015000002"));
    fs::write(&members, "30010100000017\n").unwrap();
    assert!(said(&office.takes_in(&with_members)).contains("30010100000017,10,20261121093015000002"));
}

#[test]
fn what_came_before_its_key_is_received_once_the_key_is_there() {
    let office = Office::new();
    let sheet = office.sheet();
    office.has_the_sheet(&sheet.replace(KEY, "ffffffffffffffffffffffffffffffff"));
    office.is_given("30010100000017,10,20261121093015000001");
    assert_eq!(office.takes_in(&[]).status.code(), Some(3));
    let listed = said(&office.asks("set-aside"));
    assert!(listed.contains("\"merge_300101_20261121093015000001.dat\",not_genuine,,"), "{listed}");
    office.has_the_sheet(&sheet);
    assert!(said(&office.takes_in(&[])).contains("30010100000017,10,20261121093015000001"));
    assert_eq!(said(&office.asks("set-aside")), "name,reason,number,since,point_id\n");
}

#[test]
fn what_lies_in_quarantine_is_listed_with_its_reason_until_it_is_received() {
    let office = Office::new();
    let members = office.at("members.txt");
    let with_members = ["--members", members.to_str().unwrap()];
    fs::write(&members, "30010100000025\n").unwrap();
    office.is_given("30010100000017,10,20261121093015000001");
    office.takes_in(&with_members);
    let number = "unknown_member,20261121093015000001";
    assert!(said(&office.asks("set-aside")).contains(number));
    fs::write(&members, "30010100000017\n").unwrap();
    office.takes_in(&with_members);
    assert!(!said(&office.asks("set-aside")).contains(number));
}

#[test]
fn the_books_can_be_checked() {
    let office = Office::new();
    office.is_given("30010100000017,10,20261121093015000001");
    office.takes_in(&[]);
    assert_eq!(office.asks("check").status.code(), Some(0));
    let file = office.at("data/street.sqlite");
    let mut damaged = fs::OpenOptions::new().write(true).open(file).unwrap();
    damaged.write_all(b"something else").unwrap();
    assert_eq!(office.asks("check").status.code(), Some(11));
}

/// A receiver that watches; it ends with the test, however that ends.
struct Watching {
    program: Child,
    lines: Receiver<String>,
    complaints: Receiver<String>,
}

impl Watching {
    fn start(office: &Office, more: &[&str]) -> Self {
        let words = [&["--watch", "1", "--format", "json-lines"], more].concat();
        let mut program =
            office.command(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = lines_of(program.stdout.take().unwrap());
        let complaints = lines_of(program.stderr.take().unwrap());
        Self { program, lines, complaints }
    }

    /// The next line, however long the machine takes within reason.
    fn says(&self) -> String {
        self.lines.recv_timeout(Duration::from_mins(5)).expect("a line")
    }

    fn complains(&self) -> String {
        self.complaints.recv_timeout(Duration::from_mins(5)).expect("a complaint")
    }
}

fn lines_of(said: impl Read + Send + 'static) -> Receiver<String> {
    let (told, lines) = mpsc::channel();
    let said = BufReader::new(said).lines();
    thread::spawn(move || said.map_while(Result::ok).try_for_each(|line| told.send(line)));
    lines
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn a_watched_folder_is_received_while_the_program_runs() {
    let office = Office::new();
    let watching = Watching::start(&office, &[]);
    for sequence in 1..=2 {
        office.is_given(&format!("30010100000017,10,2026112109301500000{sequence}"));
        let line = watching.says();
        assert!(line.contains(&format!("2026112109301500000{sequence}")), "{line}");
    }
}

#[test]
fn who_joins_while_the_share_is_away_gets_what_waited_once_it_is_back() {
    let office = Office::new();
    let members = office.at("members.txt");
    let with_members = ["--members", members.to_str().unwrap()];
    fs::write(&members, "30010100000025\n").unwrap();
    office.is_given("30010100000017,10,20261121093015000001");
    assert_eq!(office.takes_in(&with_members).status.code(), Some(3));
    fs::write(&members, "30010100000025\n30010100000017\n").unwrap();
    fs::rename(office.at("drop"), office.at("away")).unwrap();
    let watching = Watching::start(&office, &with_members);
    assert!(watching.complains().contains("The folder is not there."));
    fs::rename(office.at("away"), office.at("drop")).unwrap();
    let line = watching.says();
    assert!(line.contains("20261121093015000001"), "{line}");
}
