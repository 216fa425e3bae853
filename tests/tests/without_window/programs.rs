//! Other programs on the PC, let in by a script; the cloud that is named by one, and one that has no name.

use crate::at_a_shop;
use madoguchi_tests::scene::program::own_program;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::scene::vendor::{PairedProgram, TurnAtThePort};
use madoguchi_tests::shop::library;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a verb that goes on tells at once, as JSON.
fn told(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

#[test]
fn a_program_is_paired_asks_for_a_card_and_is_unpaired() {
    let _turn = TurnAtThePort::wait().unwrap();
    at_a_shop(|shop, script| {
        script.registers_at_the_provider(&library(), "140001")?.exits(0)?;
        let mut bridge = script.starts(&["bridge", "--pair", "図書館システム"])?;
        let code = bridge.hears("the code", |line| {
            Some(told(line)?.pointer("/answer/offered/code")?.as_str()?.to_owned())
        })?;
        let (program, _) = PairedProgram::pairs_with(&code)?;
        shop.reader.put_on("taro")?;
        assert!(program.is_told("0012345678"));
        bridge.stop()?;
        assert!(program.asks().is_err(), "nobody answers any more");
        let paired = script.runs(&["pairings"])?.exits(0)?;
        assert_eq!(paired.text("/answer/pairings/0/name")?, "図書館システム");
        let number = paired.points("/answer/pairings/0/pairing")?.to_string();
        script.runs(&["unpair", &number])?.exits(0)?;
        let none = script.runs(&["pairings"])?.exits(0)?;
        assert!(none.at("/answer/pairings")?.as_array().is_some_and(Vec::is_empty));
        Ok(())
    });
}

#[test]
fn the_cloud_that_is_named_stands_in_the_settings_and_plain_http_leads_nowhere_else() {
    at_a_shop(|shop, script| {
        let settings = shop.pc.folder().join("settings.toml");
        let kept = || std::fs::read_to_string(&settings).map_err(Trouble::from);
        let before = kept()?;
        assert_ne!(script.runs(&["connect", "http://cloud.example.jp"])?.exit, 0);
        assert_eq!(kept()?, before);
        let authority = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/ca/auth-ca.crt.pem");
        let authority = authority.display().to_string();
        script.runs(&["connect", "https://cloud.example.jp", "--authority", &authority])?.exits(0)?;
        let kept = kept()?;
        assert!(kept.contains("cloud_address = \"https://cloud.example.jp\""), "{kept}");
        assert!(kept.contains(&authority), "{kept}");
        Ok(())
    });
}

/// Where the package's unit leaves a cloud that has no name yet.
#[test]
fn a_cloud_whose_settings_cannot_be_followed_ends_with_a_code_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cloud.toml");
    let ends = |settings: &str| {
        fs::write(&file, settings).unwrap();
        let mut cloud = Command::new(own_program("madoguchi-cloud").unwrap());
        let said = cloud.args(["serve", "--settings"]).arg(&file).output().unwrap();
        (said.status.code(), String::from_utf8_lossy(&said.stderr).into_owned())
    };
    let (nameless, said) = ends("listen = \"127.0.0.1:0\"\ndatabase = \"/nowhere/cloud.sqlite\"\n");
    assert!(said.contains("`name` is missing"), "{said}");
    assert_eq!(nameless, Some(78));
    assert_eq!(ends("nmae = \"kawasaki\"\n").0, Some(78));
    let named = "name = \"kawasaki\"\nlisten = \"127.0.0.1:0\"\ndatabase = \"/nowhere/cloud.sqlite\"\n";
    assert_eq!(ends(named).0, Some(1), "a disk that is not there yet may be there at the next start");
}
