//! A counter without a window: what vendors script, with the real PC/SC service, keyring, cloud and line.
//!
//! Belongs here: each verb of `madoguchi-terminal` once, from the command line to the books. Does not belong
//! here: the rules behind the verbs, which are tested where they live.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;
mod programs;
mod stores;

use madoguchi_tests::scene::loader::Loader;
use madoguchi_tests::scene::program::own_program;
use madoguchi_tests::scene::script::Script;
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{FormTwo, Shop, form_two, library, shop_of_the_street};
use std::process::Command;

fn at_a_shop(walk: impl FnOnce(&Shop, &Script<'_>) -> Result<(), Trouble>) {
    let shop = Shop::open_on_this_display().unwrap();
    let walked = walk(&shop, &Script::on(&shop.pc));
    shop.cloud.check_books().unwrap();
    walked.unwrap();
}

#[test]
fn a_script_registers_looks_up_uses_prints_and_voids() {
    at_a_shop(|shop, script| {
        script.registers(&form_two())?.exits(0)?;
        shop.reader.put_on("hanako")?;
        let before = script.runs(&["look-up"])?.exits(0)?.points("/answer/accounts/0/balance")?;
        let used = script.runs(&["use", "141305/1=300"])?.exits(0)?;
        assert_eq!(used.points("/answer/state/accounts/0/after")?, before - 300);
        let key = used.text("/answer/key")?;
        let paper = script.runs(&["print", &key])?.exits(0)?.text("/answer/path")?;
        assert!(std::fs::read(paper)?.starts_with(b"%PDF"));
        let voided = script.runs(&["void", &key])?.exits(0)?;
        assert_eq!(voided.points("/answer/state/accounts/0/after")?, before);
        let today = script.runs(&["operations"])?.exits(0)?;
        assert_eq!((today.points("/answer/uses")?, today.points("/answer/voids")?), (1, 1));
        script.runs(&["resolve"])?.exits(0).map(drop)
    });
}

#[test]
fn the_windows_program_is_the_command_and_the_receiver_where_their_names_call_it() {
    let folder = tempfile::tempdir().unwrap();
    for (name, verb) in [("madoguchi-terminal", "register-service-id"), ("madoguchi-receive", "take-in")] {
        let called = folder.path().join(name);
        std::os::unix::fs::symlink(own_program("madoguchi").unwrap(), &called).unwrap();
        let said = Command::new(&called).arg("--help").env_clear().output().unwrap();
        assert!(said.status.success(), "{said:?}");
        assert!(String::from_utf8_lossy(&said.stdout).contains(verb), "{said:?}");
    }
}

#[test]
fn no_library_tidies_up_under_the_threads_that_are_still_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let loader = Loader::tells_in(folder.path());
    let mut command = Command::new(own_program("madoguchi-terminal").unwrap());
    command.arg("--data-dir").arg(folder.path()).args(["--json", "status"]).envs(loader.environment());
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(done.stdout.ends_with(b"}\n"), "what was told is whole: {done:?}");
    assert!(loader.has_begun("libpcsclite").unwrap());
    assert!(!loader.has_ended("libpcsclite").unwrap());
}

#[test]
fn above_the_limit_the_card_signs_with_the_pin_from_standard_input() {
    at_a_shop(|shop, script| {
        script.registers(&form_two())?.exits(0)?;
        shop.reader.put_on("taro")?;
        let refused = script.runs(&["use", "141305/1=3500"])?;
        assert_eq!(refused.exit, 6, "{refused:?}");
        script.runs_and_types(&["use", "--pin", "141305/1=3500"], "0000\n")?.exits(5)?;
        script.runs_and_types(&["use", "--pin", "141305/1=3500"], "1234\n")?.exits(0).map(drop)
    });
}

#[test]
fn each_kind_of_failure_has_its_exit_code_and_its_sentences() {
    at_a_shop(|shop, script| {
        let status = script.runs(&["status"])?.exits(0)?;
        assert_eq!(status.text("/answer/place/state")?, "unregistered");
        let wrong = FormTwo { password: "wrong1234".to_owned(), ..form_two() };
        let wrong = script.registers(&wrong)?.exits(3)?;
        assert_eq!(wrong.text("/failure/number")?, "T-101");
        assert!(wrong.text("/failure/what/ja")?.contains("端末パスワード"));
        script.registers(&form_two())?.exits(0)?;
        let nothing = script.runs(&["--wait", "1", "look-up"]);
        assert_eq!(nothing?.exits(5)?.text("/failure/number")?, "C-130");
        script.runs(&["lock"])?.exits(0)?;
        shop.reader.put_on("hanako")?;
        script.runs(&["use", "141305/1=300"])?.exits(3)?;
        script.runs(&["sign-in"])?.exits(12)?;
        script.runs_and_types(&["sign-in"], "yaoya2345\n")?.exits(0)?;
        shop.cloud.stop()?;
        script.runs(&["look-up"])?.exits(4)?;
        shop.cloud.start()?;
        shop.reader.stop_service()?;
        script.runs(&["look-up"])?.exits(5)?;
        let examined = script.runs(&["examine-reader"])?.exits(0)?;
        assert_eq!(examined.text("/answer/finding/finding")?, "service_stopped");
        script.runs(&["use"])?.exits(2).map(drop)
    });
}

#[test]
fn while_another_program_holds_the_store_that_is_said_and_nothing_of_the_disk() {
    at_a_shop(|shop, script| {
        script.registers(&form_two())?.exits(0)?;
        let other = rusqlite::Connection::open(shop.pc.data().join("terminal.sqlite")).unwrap();
        other.execute_batch("pragma locking_mode = exclusive; begin immediate; rollback;").unwrap();
        let held = script.runs(&["operations"])?.exits(12)?;
        assert_eq!(held.text("/failure/number")?, "L-507");
        drop(other);
        script.runs(&["operations"])?.exits(0).map(drop)
    });
}

#[test]
fn a_library_looks_up_and_registers_a_customer_number() {
    at_a_shop(|shop, script| {
        script.registers_at_the_provider(&library(), "140001")?.exits(0)?;
        shop.reader.put_on("taro")?;
        let found = script.runs(&["look-up-service-id"])?.exits(0)?;
        let had = found.at("/answer/number")?.as_str().map(str::to_owned);
        let replaces = had.iter().flat_map(|number| ["--replaces", number]);
        let words: Vec<&str> = ["register-service-id", "2900001"].into_iter().chain(replaces).collect();
        script.runs(&words)?.exits(0)?;
        let now = script.runs(&["look-up-service-id"])?.exits(0)?;
        assert_eq!(now.text("/answer/number")?, "2900001");
        Ok(())
    });
}

#[test]
fn a_library_card_says_its_number_and_each_description_what_it_makes_of_it() {
    at_a_shop(|shop, script| {
        script.registers_at_the_provider(&library(), "140001")?.exits(0)?;
        shop.pc.knows_the_sample_cards()?;
        let nothing = script.runs(&["--wait", "1", "read-customer-number"])?;
        assert_eq!(nothing.text("/failure/number")?, "C-130");
        shop.reader.put_on("library")?;
        let read = script.runs(&["read-customer-number"])?.exits(0)?;
        assert_eq!(read.text("/answer/number")?, "2900012345");
        let tried = script.runs(&["try-card-descriptions"])?.exits(0)?;
        assert_eq!(tried.text("/answer/files/0/file")?, "10-library.toml");
        assert_eq!(tried.text("/answer/files/0/said/made/number")?, "2900012345");
        shop.reader.take_off()?;
        shop.reader.put_on("hanako")?;
        let residents = script.runs(&["read-customer-number"])?;
        assert_eq!(residents.text("/failure/number")?, "C-119");
        Ok(())
    });
}

#[test]
fn merged_points_lie_as_a_file_in_the_streets_folder() {
    at_a_shop(|shop, script| {
        let street = StreetDesk::of(shop)?;
        script.registers_at_the_provider(&shop_of_the_street(), "140002")?.exits(0)?;
        shop.reader.put_on("hanako")?;
        let merged = script.runs(&["merge", "--street", "140002", "141305/1=1500"])?.exits(0)?;
        assert_eq!(street.opens_the_only_file()?.points, "1500");
        let list = script.runs(&["merges"])?.exits(0)?;
        assert_eq!(list.points("/answer/merges/0/points")?, 1_500);
        street.takes_the_files()?;
        script.runs(&["put-merge-file", &merged.text("/answer/key")?])?.exits(0)?;
        street.opens_the_only_file().map(drop)
    });
}
