//! The API's description is generated; this fails when the file is not up to date.
//!
//! `REGENERATE=1 cargo test -p madoguchi-bridge` rewrites `docs/bridge.openapi.json`.
#![allow(clippy::unwrap_used)]

use serde_json::Value;

fn described() -> String {
    let mut text = serde_json::to_string_pretty(&madoguchi_bridge::openapi()).unwrap();
    text.push('\n');
    text
}

#[test]
fn the_description_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/bridge.openapi.json");
    if std::env::var_os("REGENERATE").is_some() {
        std::fs::write(path, described()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == described(),
        "docs/bridge.openapi.json is not up to date; rewrite it with REGENERATE=1 cargo test -p madoguchi-bridge"
    );
}

#[test]
fn every_call_that_is_let_in_is_described() {
    let description: Value = serde_json::from_str(&described()).unwrap();
    for (path, method) in [
        ("/v1/pair", "post"),
        ("/v1/read_card", "post"),
        ("/v1/cancel_reads", "post"),
        ("/v1/events", "get"),
        ("/v1/openapi.json", "get"),
    ] {
        assert!(description["paths"][path][method].is_object(), "{path}");
    }
    assert_eq!(description["paths"].as_object().unwrap().len(), 5);
}
