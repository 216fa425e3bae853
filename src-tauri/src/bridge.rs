//! The loopback API, open or not as the settings say (row C4).
//!
//! Belongs here: starting and ending it with the program. Does not: anything it answers (`bridge/`).

use madoguchi_bridge::keep_open;
use madoguchi_peer::SystemPeers;
use madoguchi_terminal::Counter;
use madoguchi_wire::bridge::PORT;
use madoguchi_wire::window::{BridgeStanding, Settings};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::{AppHandle, Manager};

/// The loopback API while it is open.
#[derive(Default)]
pub(crate) struct Serving(Mutex<Option<JoinHandle<()>>>);

/// Opens it or closes it.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    let programs = program.state::<Counter>().programs();
    let serving = program.state::<Serving>();
    let mut serving = serving.0.lock().unwrap_or_else(PoisonError::into_inner);
    match (settings.bridge, serving.take()) {
        (true, Some(open)) => *serving = Some(open),
        (true, None) => *serving = Some(spawn(keep_open(PORT, programs, Arc::new(SystemPeers)))),
        (false, Some(open)) => {
            open.abort();
            programs.stand(BridgeStanding::Off);
        }
        (false, None) => {}
    }
}
