//! Who may know whom. The folders are the layers; `cargo metadata` says who depends on whom.

use crate::tree::{root, sources};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::collections::{BTreeMap, BTreeSet};

/// Each room and the rooms it may know. What stands in no row is a room nobody thought about.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("madoguchi-domain", &[]),
    ("madoguchi-wire", &["madoguchi-domain"]),
    ("madoguchi-port", &["madoguchi-domain"]),
    ("madoguchi-pcsc", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-mynumber", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-felica", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-device", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-usb", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-autostart", &[]),
    ("madoguchi-clipboard", &["madoguchi-port"]),
    ("madoguchi-doorkeeper", &[]),
    ("madoguchi-folder", &["madoguchi-port"]),
    ("madoguchi-keyboard", &["madoguchi-port"]),
    ("madoguchi-tray", &[]),
    ("madoguchi-peer", &["madoguchi-port"]),
    ("madoguchi-vault", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-printer", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-virtual", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-doubles", &["madoguchi-domain", "madoguchi-port"]),
    ("madoguchi-store", &["madoguchi-wire"]),
    ("madoguchi-desk", &["madoguchi-domain", "madoguchi-wire", "madoguchi-port"]),
    ("madoguchi-street", &["madoguchi-domain", "madoguchi-port", "madoguchi-store"]),
    (
        "madoguchi-shop",
        &[
            "madoguchi-desk",
            "madoguchi-domain",
            "madoguchi-wire",
            "madoguchi-port",
            "madoguchi-store",
            "madoguchi-street",
        ],
    ),
    (
        "madoguchi-receive",
        &["madoguchi-domain", "madoguchi-port", "madoguchi-store", "madoguchi-street", "madoguchi-vault"],
    ),
    ("madoguchi-conformance", &["madoguchi-domain"]),
    (
        "madoguchi-terminal",
        &["madoguchi-desk", "madoguchi-domain", "madoguchi-wire", "madoguchi-port", "madoguchi-store"],
    ),
    ("madoguchi-bridge", &["madoguchi-domain", "madoguchi-wire", "madoguchi-port", "madoguchi-terminal"]),
    ("madoguchi-cloud", &["madoguchi-domain", "madoguchi-wire"]),
    (
        "madoguchi-pc",
        &[
            "madoguchi-port",
            "madoguchi-terminal",
            "madoguchi-pcsc",
            "madoguchi-mynumber",
            "madoguchi-felica",
            "madoguchi-folder",
            "madoguchi-device",
            "madoguchi-usb",
            "madoguchi-vault",
            "madoguchi-clipboard",
            "madoguchi-keyboard",
            "madoguchi-printer",
        ],
    ),
    (
        "madoguchi-command",
        &[
            "madoguchi-domain",
            "madoguchi-wire",
            "madoguchi-terminal",
            "madoguchi-bridge",
            "madoguchi-peer",
            "madoguchi-pc",
        ],
    ),
    (
        "madoguchi",
        &[
            "madoguchi-autostart",
            // One program that goes by three names.
            "madoguchi-command",
            "madoguchi-receive",
            "madoguchi-doorkeeper",
            "madoguchi-wire",
            "madoguchi-terminal",
            "madoguchi-pc",
            "madoguchi-shop",
            "madoguchi-printer",
            "madoguchi-vault",
            "madoguchi-bridge",
            "madoguchi-peer",
            "madoguchi-tray",
            "madoguchi-pcsc",
            "madoguchi-felica",
        ],
    ),
];

/// The crates that are no rooms: they stand outside and may look into all of them.
const OUTSIDE: [&str; 5] =
    ["madoguchi-tests", "madoguchi-bare", "madoguchi-bench", "madoguchi-failover", "madoguchi-postgres"];

/// What stands in for the real thing and must not be shipped.
const STAND_INS: [&str; 2] = ["madoguchi-virtual", "madoguchi-doubles"];

/// The programs that leave this source tree.
const SHIPPED: [&str; 5] =
    ["madoguchi", "madoguchi-command", "madoguchi-cloud", "madoguchi-receive", "madoguchi-conformance"];

/// What reaches outside: nothing the rules may lean on.
const REACHES_OUTSIDE: &[&str] =
    &["tokio", "reqwest", "rusqlite", "tokio-postgres", "axum", "pcsc", "keyring"];

fn metadata() -> Metadata {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new()
        .manifest_path(manifest)
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo metadata")
}

fn is_shipped(kind: DependencyKind) -> bool {
    kind != DependencyKind::Development
}

fn shipped_dependencies(package: &Package) -> BTreeSet<&str> {
    package.dependencies.iter().filter(|on| is_shipped(on.kind)).map(|on| on.name.as_str()).collect()
}

/// Everything that ends up in a package, through any number of others.
fn tree_of(metadata: &Metadata, name: &str) -> BTreeSet<String> {
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let nodes: BTreeMap<&PackageId, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let start = metadata.workspace_packages().into_iter().find(|package| package.name == name);
    let mut open = vec![&start.expect("a room of the workspace").id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let shipped =
                |on: &&cargo_metadata::NodeDep| on.dep_kinds.iter().any(|kind| is_shipped(kind.kind));
            open.extend(nodes[id].deps.iter().filter(shipped).map(|on| &on.pkg));
        }
    }
    seen.into_iter().map(|id| metadata[id].name.to_string()).collect()
}

#[test]
fn every_room_knows_only_the_rooms_it_may() {
    let metadata = metadata();
    let rooms: BTreeSet<&str> = metadata.workspace_packages().iter().map(|room| room.name.as_str()).collect();
    for room in metadata.workspace_packages() {
        if OUTSIDE.contains(&room.name.as_str()) {
            continue;
        }
        let row = MAY_KNOW.iter().find(|(name, _)| room.name == *name);
        let (name, may_know) = row.unwrap_or_else(|| panic!("{} has no row in MAY_KNOW", room.name));
        for known in shipped_dependencies(room).intersection(&rooms) {
            assert!(may_know.contains(known), "{name} must not know {known}");
        }
    }
}

#[test]
fn no_stand_in_is_in_anything_that_is_shipped() {
    let metadata = metadata();
    for program in SHIPPED {
        let tree = tree_of(&metadata, program);
        for stand_in in STAND_INS {
            assert!(!tree.contains(stand_in), "{program} has {stand_in} in it");
        }
    }
}

#[test]
fn the_rules_reach_nothing_outside() {
    let metadata = metadata();
    let domain = tree_of(&metadata, "madoguchi-domain");
    for forbidden in REACHES_OUTSIDE {
        assert!(!domain.contains(*forbidden), "madoguchi-domain leans on {forbidden}");
    }
    let reads_itself = [
        "Timestamp::now",
        "Zoned::now",
        "Uuid::new_v4",
        "Uuid::now_v7",
        "getrandom",
        "SystemTime::now",
        "Instant::now",
        "std::fs",
        "std::net",
        "std::env",
    ];
    // Tests may read their vectors.
    let rules = sources("domain/src", &["rs"]).into_iter().filter(|source| !source.is_tests());
    for source in rules {
        for forbidden in reads_itself {
            assert!(!source.code().contains(forbidden), "{}: {forbidden}", source.path.display());
        }
    }
}

#[test]
fn only_the_windows_know_tauri() {
    for room in metadata().workspace_packages() {
        let knows = room.dependencies.iter().any(|on| on.name.starts_with("tauri"));
        // The second is the barest window, to compare with.
        let is_window = ["madoguchi", "madoguchi-bare"].contains(&room.name.as_str());
        assert_eq!(knows, is_window, "{}", room.name);
    }
}

#[test]
fn the_terminal_runs_without_a_window_and_serves_nobody() {
    let tree = tree_of(&metadata(), "madoguchi-terminal");
    for forbidden in ["tauri", "wry", "axum", "madoguchi-cloud", "pcsc", "keyring"] {
        assert!(!tree.contains(forbidden), "madoguchi-terminal leans on {forbidden}");
    }
}

#[test]
fn only_the_backend_folder_of_the_screens_knows_tauri() {
    let borders =
        ["resident.ts", "streetTauri.ts", "tauri.ts"].map(|file| root().join("ui/src/backend").join(file));
    let mut knowing: Vec<_> = sources("ui/src", &["ts", "svelte"])
        .into_iter()
        .filter(|source| source.text.contains("@tauri-apps"))
        .map(|source| source.path)
        .collect();
    knowing.sort();
    assert_eq!(knowing, borders, "each window has one file that is its border to the program");
}
