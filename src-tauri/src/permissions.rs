//! The four lists of commands are one: declared on the wire, registered here, named to the build
//! script, permitted to the window they are for.

use crate::command_names::COMMAND_NAMES;
use crate::commands::REGISTERED;
use crate::street;
use madoguchi_wire::window::street::STREET_COMMANDS;
use madoguchi_wire::window::{COMMANDS, RESIDENT_COMMANDS};
use serde_json::Value;

/// What of Tauri itself the window may use: hearing notices.
const OF_TAURI: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

const CLERKS: &str = include_str!("../capabilities/main.json");
const RESIDENTS: &str = include_str!("../capabilities/resident.json");
const STREETS: &str = include_str!("../capabilities/street.json");

fn capability(file: &str) -> Value {
    serde_json::from_str(file).expect("the capability file is JSON")
}

fn permitted(file: &str) -> Vec<String> {
    let file = capability(file);
    let permissions = file["permissions"].as_array().expect("a list of permissions").iter();
    permissions.map(|permission| permission.as_str().expect("a name").to_owned()).collect()
}

fn allowing(commands: &[&str]) -> Vec<String> {
    commands.iter().map(|command| format!("allow-{}", command.replace('_', "-"))).collect()
}

#[test]
fn every_declared_command_is_registered_and_no_other() {
    assert_eq!(REGISTERED, [COMMANDS, RESIDENT_COMMANDS].concat());
    assert_eq!(street::REGISTERED, STREET_COMMANDS);
}

#[test]
fn every_declared_command_has_a_permission_of_its_own() {
    assert_eq!(COMMAND_NAMES, [COMMANDS, RESIDENT_COMMANDS, STREET_COMMANDS].concat());
}

#[test]
fn the_clerks_window_may_use_the_declared_commands_and_hear_notices_and_nothing_else() {
    let expected = [OF_TAURI.map(str::to_owned).to_vec(), allowing(COMMANDS)].concat();
    assert_eq!(permitted(CLERKS), expected);
}

#[test]
fn the_residents_window_may_ask_what_it_shows_and_hear_no_notice() {
    assert_eq!(permitted(RESIDENTS), allowing(RESIDENT_COMMANDS));
}

#[test]
fn the_streets_window_may_use_its_own_commands_and_none_of_the_counters() {
    let expected = [OF_TAURI.map(str::to_owned).to_vec(), allowing(STREET_COMMANDS)].concat();
    assert_eq!(permitted(STREETS), expected);
    assert!(STREET_COMMANDS.iter().all(|command| !COMMANDS.contains(command)));
}

#[test]
fn each_window_has_its_capability_and_no_page_from_elsewhere_has_any() {
    for (file, window) in
        [(CLERKS, crate::MAIN), (RESIDENTS, crate::resident_window::RESIDENT), (STREETS, street::STREET)]
    {
        let file = capability(file);
        assert_eq!(file["windows"], serde_json::json!([window]));
        assert!(file.get("remote").is_none() && file.get("webviews").is_none(), "{file}");
    }
}

#[test]
fn the_page_may_load_and_reach_nothing_but_the_program() {
    let configuration: Value =
        serde_json::from_str(include_str!("../tauri.conf.json")).expect("the configuration is JSON");
    let policy = configuration["app"]["security"]["csp"].as_object().expect("a policy");
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["connect-src"], "ipc: http://ipc.localhost");
    for (directive, sources) in policy {
        let sources = sources.as_str().expect("sources");
        assert!(!sources.contains("unsafe") && !sources.contains('*'), "{directive} {sources}");
    }
}
