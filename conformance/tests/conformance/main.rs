//! The kit on receivers: one that does right, written from the published page in shell, and the same one made wrong
//! in one place after the other. Each is caught, and for what it does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_conformance::{Finding, Profile, Receiver, ReceiverFault, Wrong, examine};
use madoguchi_domain::language::Language;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

fn right() -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/merge-files/receiver.sh");
    fs::read_to_string(file).unwrap()
}

/// The right receiver with one place changed.
fn with(place: &str, change: &str) -> String {
    let right = right();
    assert_eq!(right.matches(place).count(), 1, "{place} stands once in the receiver");
    right.replace(place, change)
}

fn examined(script: &str) -> Vec<Finding> {
    examined_for(Profile::One, script)
}

fn examined_for(profile: Profile, script: &str) -> Vec<Finding> {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("receiver.sh");
    fs::write(&file, script).unwrap();
    let words = ["sh", file.to_str().unwrap(), "{folder}", "{keys}", "{members}", "{data}"];
    // Nothing is waited for this long; a machine that does other things may be slow.
    let (command, patience) = (words.map(str::to_owned).to_vec(), Duration::from_mins(5));
    let receiver = Receiver { command, book_back: None, decline: None, profile, patience };
    examine(&receiver, &place.path().join("kit")).unwrap()
}

fn is_caught(script: &str, file: &str, wrong: Wrong) {
    let findings = examined(script);
    assert!(findings.contains(&Finding { file: file.to_owned(), wrong }), "{findings:#?}");
}

#[test]
fn a_receiver_built_from_the_published_page_does_right() {
    assert_eq!(examined(&right()), []);
}

#[test]
fn one_that_does_not_compare_the_hash_is_caught() {
    let comparing =
        r#"[ "$stated" = "$(hash_of "$record" "$(echo "$secrets" | sed -n "${place}p")")" ] || continue"#;
    is_caught(&with(comparing, ""), "the right key, a wrong secret", Wrong::NotInQuarantine);
}

#[test]
fn one_that_adds_a_repeated_file_again_is_caught() {
    let script = with(r#"before=$(grep ",$number\$" "$data/received")"#, "before=");
    is_caught(&script, "a file", Wrong::CreditedTwice);
}

#[test]
fn one_that_knows_files_by_their_names_is_caught() {
    let script = with(
        r#"before=$(grep ",$number\$" "$data/received")"#,
        r#"before=; if [ -e "$folder/processed/$(basename "$1")" ]; then before=$record; fi"#,
    );
    is_caught(&script, "a file", Wrong::CreditedTwice);
}

#[test]
fn one_that_takes_half_written_files_is_caught() {
    let script = with("*.part | ack_*)", "ack_*)");
    is_caught(&script, "a file that is still being written (.part)", Wrong::TakenHalfWritten);
}

#[test]
fn one_that_has_forgotten_the_old_key_is_caught() {
    let script = with("for key in $aes_keys; do", "for key in $(echo \"$aes_keys\" | head -n 1); do");
    is_caught(&script, "a file under the old key, which is still valid", Wrong::NotCredited);
}

#[test]
fn one_that_deletes_what_it_cannot_open_is_caught() {
    let script =
        with("        shelve \"$1\" quarantine\n        return", "        rm \"$1\"\n        return");
    is_caught(&script, "cut by one byte", Wrong::NotInQuarantine);
}

#[test]
fn one_that_stops_at_a_damaged_file_is_caught() {
    let script = with("        shelve \"$1\" quarantine\n        return", "        exit 1");
    is_caught(&script, "a good file after damaged ones", Wrong::LeftWaiting);
}

#[test]
fn one_that_does_not_answer_is_caught() {
    let script = with(r#"mv "$folder/ack_${street}_$1.dat.part" "$folder/ack_${street}_$1.dat""#, ":");
    is_caught(&script, "a file", Wrong::NotAnswered);
}

#[test]
fn one_whose_answers_are_not_proven_is_caught() {
    let script = with("-hmac \"$newest_secret\"", "-hmac \"$street\"");
    is_caught(&script, "a file", Wrong::AnswerNotProven);
}

#[test]
fn one_that_adds_points_for_nobody_is_caught() {
    let script = with(r#"! grep -Fxq -e "${record%%,*}" "$members""#, "false");
    is_caught(&script, "points of nobody who is a member", Wrong::Credited);
}

#[test]
fn one_that_takes_other_content_for_a_repetition_is_caught() {
    let script = with(r#"[ "$before" = "$record" ]"#, r#"[ -n "$before" ]"#);
    let other = "a number that came before, with other content";
    is_caught(&script, other, Wrong::AnsweredOtherwise("other_content"));
}

#[test]
fn one_that_takes_any_number_for_points_is_caught() {
    let script = with("[1-9][0-9]{0,9}", "[-+0-9.]*");
    is_caught(&script, "points with a leading zero", Wrong::NotInQuarantine);
}

#[test]
fn one_that_takes_a_day_that_does_not_exist_is_caught() {
    let script = with("is_a_time \"${record##*,}\" || continue", "");
    is_caught(&script, "a number whose day does not exist", Wrong::NotInQuarantine);
}

#[test]
fn one_that_says_what_kind_of_damage_it_was_is_caught() {
    let script = with(
        "is_visible_ascii \"$data/plain\" || continue",
        "is_visible_ascii \"$data/plain\" || { echo 'no text' >&2; continue; }",
    );
    let findings = examined(&script);
    assert!(findings.iter().any(|finding| finding.wrong == Wrong::ToldApart), "{findings:#?}");
}

fn tells_apart(script: &str) -> bool {
    examined(script).iter().any(|finding| finding.wrong == Wrong::ToldApart)
}

#[test]
fn one_that_numbers_its_errors_is_caught_also_where_it_says_the_time_beside() {
    let opening = "is_visible_ascii \"$data/plain\" || continue";
    let numbered = "is_visible_ascii \"$data/plain\" || { echo 2 > \"$data/code\"; continue; }";
    let script = with(opening, numbered)
        .replace("touch \"$data/received\"", "touch \"$data/received\"; echo 1 > \"$data/code\"")
        .replace(
            "        shelve \"$1\" quarantine\n        return",
            "        echo \"$(date +%T.%N) code $(cat \"$data/code\")\" >&2\n        shelve \"$1\" quarantine\n        return",
        );
    assert!(tells_apart(&script));
}

#[test]
fn one_that_says_the_time_alone_tells_nothing() {
    let script = with(
        "        shelve \"$1\" quarantine\n        return",
        "        echo \"$(date +%FT%T.%N) $$ not received\" >&2\n        shelve \"$1\" quarantine\n        return",
    );
    assert_eq!(examined(&script), []);
}

#[test]
fn one_that_sorts_quarantine_by_the_kind_of_damage_is_caught() {
    let opening = "is_visible_ascii \"$data/plain\" || continue";
    let sorting =
        "is_visible_ascii \"$data/plain\" || { mkdir -p \"$folder/quarantine/padding\"; continue; }";
    assert!(tells_apart(&with(opening, sorting)));
}

#[test]
fn one_that_read_its_members_once_is_caught() {
    let reading = "folder=$1 keys=$2 members=$3 data=$4";
    let once = "folder=$1 keys=$2 members=$4/members data=$4; [ -e \"$members\" ] || cp \"$3\" \"$members\"";
    let script = with(reading, once);
    is_caught(&script, "points of somebody who has joined since", Wrong::NotCredited);
    is_caught(&script, "points of somebody who is no member any more", Wrong::Credited);
}

#[test]
fn one_that_takes_nothing_back_is_caught_where_it_says_how_it_does() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("receiver.sh");
    fs::write(&file, right()).unwrap();
    let words = ["sh", file.to_str().unwrap(), "{folder}", "{keys}", "{members}", "{data}"];
    let nothing = Some(vec!["true".to_owned(), "{number}".to_owned()]);
    let receiver = Receiver {
        command: words.map(str::to_owned).to_vec(),
        book_back: nothing.clone(),
        decline: nothing,
        profile: Profile::One,
        patience: Duration::from_mins(5),
    };
    let findings = examine(&receiver, &place.path().join("kit")).unwrap();
    let found = |file: &str, wrong: Wrong| findings.contains(&Finding { file: file.to_owned(), wrong });
    assert!(found("a merge that was booked back", Wrong::AnsweredOtherwise("booked_back")), "{findings:#?}");
    assert!(found("a number that was declined", Wrong::Credited), "{findings:#?}");
}

#[test]
fn one_that_lists_other_points_than_the_file_says_is_caught() {
    let script = with(
        "        echo \"$record\"\n        answer",
        "        echo \"${record%%,*},1,$number\"\n        answer",
    );
    is_caught(&script, "a file", Wrong::CreditedOtherwise);
}

#[test]
fn one_that_knows_profile_1_alone_is_caught_where_the_street_has_agreed_on_profile_2() {
    let findings = examined_for(Profile::Two, &right());
    let is_found = |file: &str, wrong: Wrong| findings.contains(&Finding { file: file.to_owned(), wrong });
    assert!(is_found("a file", Wrong::NotCredited), "{findings:#?}");
    assert!(!is_found("signed by nobody", Wrong::NotInQuarantine), "{findings:#?}");
}

#[test]
fn one_that_does_not_start_or_does_not_end_is_said() {
    let place = tempfile::tempdir().unwrap();
    let receiver = |command: &[&str], patience| Receiver {
        command: command.iter().map(|word| (*word).to_owned()).collect(),
        book_back: None,
        decline: None,
        profile: Profile::One,
        patience,
    };
    let missing = examine(&receiver(&["/nowhere/receiver"], Duration::from_mins(5)), &place.path().join("1"));
    assert!(matches!(missing, Err(ReceiverFault::NotStarted(_))));
    // It waits for a word that never comes.
    let fifo = place.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let waiting = receiver(&["cat", fifo.to_str().unwrap()], Duration::from_millis(50));
    let waited = examine(&waiting, &place.path().join("2"));
    assert!(matches!(waited, Err(ReceiverFault::DidNotEnd(_))));
}

#[test]
fn every_finding_is_said_in_both_languages() {
    for wrong in [Wrong::NotCredited, Wrong::AnsweredOtherwise("received"), Wrong::ListUnreadable("x".into())]
    {
        let (ja, en) = (wrong.words(Language::Ja), wrong.words(Language::En));
        assert!(!ja.is_ascii() && en.is_ascii(), "{ja} {en}");
    }
}
