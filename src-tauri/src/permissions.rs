//! The four lists of commands are one: declared on the wire, registered here, named to the build
//! script, permitted to the window.

use crate::command_names::COMMAND_NAMES;
use crate::commands::REGISTERED;
use madoguchi_wire::window::COMMANDS;
use serde_json::Value;

/// What of Tauri itself the window may use: hearing notices.
const OF_TAURI: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

fn capability_file() -> Value {
    serde_json::from_str(include_str!("../capabilities/main.json")).expect("the capability file is JSON")
}

fn permitted() -> Vec<String> {
    let file = capability_file();
    let permissions = file["permissions"].as_array().expect("a list of permissions").iter();
    permissions.map(|permission| permission.as_str().expect("a name").to_owned()).collect()
}

#[test]
fn every_declared_command_is_registered_and_no_other() {
    assert_eq!(REGISTERED, COMMANDS);
}

#[test]
fn every_declared_command_has_a_permission_of_its_own() {
    assert_eq!(COMMAND_NAMES, COMMANDS);
}

#[test]
fn the_window_may_use_the_declared_commands_and_hear_notices_and_nothing_else() {
    let own = COMMANDS.iter().map(|command| format!("allow-{}", command.replace('_', "-")));
    let expected: Vec<_> = OF_TAURI.map(str::to_owned).into_iter().chain(own).collect();
    assert_eq!(permitted(), expected);
}

#[test]
fn only_the_counters_window_is_permitted_anything_and_no_page_from_elsewhere() {
    let file = capability_file();
    assert_eq!(file["windows"], serde_json::json!([crate::MAIN]));
    assert!(file.get("remote").is_none() && file.get("webviews").is_none(), "{file}");
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
