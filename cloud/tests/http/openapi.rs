//! The API's description is generated; this fails when the file is not up to date.
//!
//! `REGENERATE=1 cargo test -p madoguchi-cloud --test http` rewrites `docs/openapi.json`.

use crate::actors::Town;
use madoguchi_cloud::terminal_api;
use serde_json::Value;

fn described() -> String {
    let mut text = serde_json::to_string_pretty(&terminal_api::openapi()).unwrap();
    text.push('\n');
    text
}

#[test]
fn the_description_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    if std::env::var_os("REGENERATE").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs")).unwrap();
        std::fs::write(path, described()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == described(),
        "docs/openapi.json is not up to date; rewrite it with REGENERATE=1 cargo test -p madoguchi-cloud --test http"
    );
}

#[test]
fn every_route_for_terminals_is_described_as_a_post() {
    let description: Value = serde_json::from_str(&described()).unwrap();
    for name in [
        "begin_registration",
        "register_terminal",
        "request_challenge",
        "open_session",
        "sign_in",
        "sign_out",
        "look_up_points",
        "request_use_nonce",
        "use_points",
        "void_use",
        "resolve_operation",
        "issue_ticket",
        "reissue_ticket",
        "void_ticket",
        "look_up_ticket",
        "clear_ticket",
        "unclear_ticket",
        "list_tickets",
        "list_clearing_sites",
        "look_up_service_id",
        "register_service_id",
        "preview_day",
        "close_day",
        "list_day_closes",
        "list_operations",
        "site_statement",
    ] {
        assert!(description["paths"][format!("/terminal/v1/{name}")]["post"].is_object(), "{name}");
    }
    assert!(!described().contains("echo"), "the benchmark's yardstick is served to nobody");
}

#[tokio::test]
async fn the_cloud_describes_itself_and_its_health() {
    let town = Town::open().await;
    let get = async |path: &str| -> (u16, Value) {
        let reply = town.line.http.get(format!("http://{}{path}", town.line.address)).send().await.unwrap();
        (reply.status().as_u16(), serde_json::from_str(&reply.text().await.unwrap()).unwrap())
    };
    let (status, description) = get("/openapi.json").await;
    assert_eq!(status, 200);
    assert_eq!(description, serde_json::from_str::<Value>(&described()).unwrap());
    let (status, health) = get("/health").await;
    assert_eq!((status, &health["name"], &health["database"]), (200, &"kawasaki-test".into(), &"ok".into()));
    assert_eq!(health["time_ms"], town.cloud.clock.now_ms());
    let (status, problem) = get("/terminal/v1/no_such_route").await;
    assert_eq!((status, &problem["code"]), (422, &"malformed".into()));
}
