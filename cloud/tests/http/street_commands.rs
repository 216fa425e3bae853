//! `madoguchi-cloud street …` as an operator has it, verb by verb.

use crate::actors::{Device, Terminal, Town};
use crate::place::on_postgres;
use crate::process::{Process, prints, run, settle};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::terminal_api::{AcknowledgeMergeAnswer, RegisterTerminalRequest};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const STREET: &str = "140002";

fn a_town_with_a_street() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    settle(folder.path());
    for words in [
        ["municipality", "add", "141305", "川崎市"].as_slice(),
        &["currency", "add", "municipal", "141305", "川崎市ポイント"],
        &["id-provider", "add", "141305", STREET, "銀座街", "--street"],
        &["site", "add", "141305", "銀座街のパン屋"],
    ] {
        prints(folder.path(), words);
    }
    folder
}

fn street(folder: &Path, words: &[&str]) -> String {
    prints(folder, &[&["street"], words].concat())
}

/// What is complained of, where the command does not do it.
fn complains(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, &[&["street"], words].concat());
    assert!(!output.status.success(), "{words:?} was done");
    assert!(output.stdout.is_empty(), "{words:?} says something all the same");
    String::from_utf8(output.stderr).unwrap()
}

fn hmac(secret: &str, said: &str) -> String {
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha256", "-hmac", secret, "-r"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    openssl.stdin.take().unwrap().write_all(said.as_bytes()).unwrap();
    let output = String::from_utf8(openssl.wait_with_output().unwrap().stdout).unwrap();
    output.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn keys_are_made_handed_over_once_and_changed_one_after_the_other() {
    let folder = a_town_with_a_street();
    let at = folder.path();
    assert_eq!(street(at, &["keys", STREET]), "");
    assert_eq!(street(at, &["make-key", STREET]), "1\n");
    let sheet = street(at, &["export-key", STREET, "1"]);
    assert!(sheet.contains("street = \"140002\"") && sheet.contains("profile = 1"), "{sheet}");
    assert!(!sheet.contains("mykey_ids"), "{sheet}");
    complains(at, &["export-key", STREET, "1"]);
    complains(at, &["retire-key", STREET, "1"]);
    assert_eq!(street(at, &["make-key", STREET]), "2\n");
    complains(at, &["make-key", STREET]);
    complains(at, &["retire-key", STREET, "1"]);
    assert!(complains(at, &["set", STREET, "--profile", "2"]).contains("no key for that profile"));
    let second = street(at, &["export-key", STREET, "2", "--profile", "2"]);
    assert!(second.contains("profile = 2") && second.contains("[[signer]]"), "{second}");
    complains(at, &["retire-key", STREET, "1"]);
    street(at, &["set", STREET, "--profile", "2"]);
    street(at, &["retire-key", STREET, "1"]);
    let keys = street(at, &["keys", STREET]);
    let ends: Vec<_> = keys.lines().map(|line| (&line[..1], line.ends_with(" -"))).collect();
    assert_eq!(ends, [("1", false), ("2", true)], "{keys}");
}

/// The database as the program before step 15 left it: each key handed over, for which profile nobody knows.
fn is_one_of_before_the_profiles(folder: &Path, profile: u8) {
    let before = format!(
        "drop trigger if exists day_close_paper_is_never_changed;
         drop trigger if exists day_close_paper_is_never_deleted;
         update wrapped_key set exported_ms = 1 where purpose in ('merge_file_1', 'merge_file_2');
         alter table wrapped_key drop column export_is_presumed;
         update id_provider set merge_profile = {profile} where id = '{STREET}';
         delete from schema_step where number >= 15;"
    );
    rusqlite::Connection::open(folder.join("cloud.sqlite")).unwrap().execute_batch(&before).unwrap();
}

#[test]
fn a_key_of_an_earlier_program_is_handed_over_again_for_the_profile_that_the_street_lacks() {
    if on_postgres() {
        // The step is the same text there; this takes it back in a file.
        return;
    }
    let folder = a_town_with_a_street();
    let at = folder.path();
    street(at, &["make-key", STREET]);
    let first = street(at, &["export-key", STREET, "1"]);
    is_one_of_before_the_profiles(at, 2);
    prints(at, &["migrate"]);
    let presumed = || street(at, &["keys", STREET]).contains('?');
    assert!(presumed());
    let second = street(at, &["export-key", STREET, "1", "--profile", "2"]);
    assert!(second.contains("profile = 2") && second.contains("[[signer]]"), "{second}");
    assert!(!presumed());
    complains(at, &["export-key", STREET, "1", "--profile", "2"]);
    assert_eq!(street(at, &["export-key", STREET, "1", "--profile", "1"]), first, "the other one, too");
    complains(at, &["export-key", STREET, "1", "--profile", "1"]);
}

#[test]
fn a_street_that_is_none_is_told_by_every_verb() {
    let folder = a_town_with_a_street();
    prints(folder.path(), &["id-provider", "add", "141305", "140001", "川崎市立図書館"]);
    for provider in ["140001", "140009"] {
        for words in [
            ["set", provider].as_slice(),
            &["make-key", provider],
            &["keys", provider],
            &["export-key", provider, "1"],
            &["retire-key", provider, "1"],
            &["waiting", provider],
            &["taken-back", provider],
            &["refund", provider, "20261121093015000042"],
        ] {
            assert!(complains(folder.path(), words).contains(provider), "{words:?}");
        }
    }
}

#[tokio::test]
async fn what_a_street_has_not_received_is_listed_and_what_it_took_back_is_refunded() {
    let folder = a_town_with_a_street();
    let at = folder.path();
    street(at, &["set", STREET, "--keeps-mykey-ids"]);
    street(at, &["make-key", STREET]);
    let sheet = street(at, &["export-key", STREET, "1"]);
    assert!(sheet.contains("\nmykey_ids = true\n"), "the sheet says what the files name");
    let secret = sheet
        .lines()
        .find_map(|line| line.strip_prefix("secret = \"")?.strip_suffix('"'))
        .unwrap()
        .to_owned();
    assert_eq!(street(at, &["waiting", STREET]), "");
    let new = ["terminal", "add", "--municipality", "141305", "--site", "1", "--kind", "point_use_counter"];
    let handed_out = prints(at, &new);
    let (id, password) = handed_out.trim().split_once(' ').unwrap();
    prints(at, &["terminal", "functions", id, "use_points", "merge_points"]);
    let card = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/cards/hanako/auth.crt.pem");
    prints(at, &["person", "add", "HANAKO01", card]);
    let town = Town::of_sample_cards().await;
    let hanako = town.holder_of(&crate::actors::SampleCard::named("hanako"), 1).await;
    prints(at, &["grant", "HANAKO01", "2000", "--book", "141305", "--program", "健康づくり事業"]);
    let cloud = Process::serves_with(at, &["serve", "--demo", "--key-file", "kek"]);
    let mut shop = Terminal::new(&cloud.line, TerminalId::parse(id).unwrap());
    shop.device = Device::named("the shop's PC");
    let request = RegisterTerminalRequest { password: password.to_owned(), ..shop.registration() };
    assert!(shop.post("register_terminal", &request).await.status.is_success());
    shop.goes_on().await;
    assert!(shop.signs_in_with(password).await.status.is_success());
    let number = shop.merges(500).of_the(&hanako).await.done().merge.unwrap().number;
    assert_eq!(street(at, &["waiting", STREET]), format!("{number} 500 -\n"));
    let number = number.to_string();
    assert!(complains(at, &["refund", STREET, &number]).contains("has not said that it took merge"));
    complains(at, &["refund", STREET, "20261121093015000042"]);
    complains(at, &["refund", STREET, "42"]);
    assert_eq!(street(at, &["taken-back", STREET]), "");
    // The street's answer is sealed with the secret of its sheet, by openssl alone.
    let said = format!("{number},booked_back,57");
    let answer = format!("{said},{}", hmac(&secret, &said));
    let carried: AcknowledgeMergeAnswer = shop.carries_answer(&hex::encode(answer)).await.ok();
    assert!(matches!(carried, AcknowledgeMergeAnswer::Acknowledged { .. }), "{carried:?}");
    assert_eq!(street(at, &["waiting", STREET]), format!("{number} 500 booked_back:57 refund\n"));
    assert_eq!(street(at, &["taken-back", STREET]), format!("{number} 500 booked_back:57 -\n"));
    let refund = street(at, &["refund", STREET, &number]);
    assert!(refund.ends_with(" 500 0\n"), "{refund}");
    assert_eq!(street(at, &["refund", STREET, &number]), refund);
    let (refund, _) = refund.split_once(' ').unwrap();
    assert_eq!(street(at, &["waiting", STREET]), "");
    assert_eq!(street(at, &["taken-back", STREET]), format!("{number} 500 booked_back:57 {refund}\n"));
    prints(at, &["check-books"]);
}
