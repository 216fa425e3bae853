//! The loopback API, open or not as the settings say (row C4).
//!
//! Belongs here: starting and ending it with the program, and where its port comes from. Does not: anything it
//! answers (`bridge/`), how the system hands a port over (`drivers/doorkeeper`).

use crate::tray;
use madoguchi_bridge::{HeldPort, keep_closed, keep_open};
use madoguchi_doorkeeper::{answer_doorkeepers, ask_for_the_port, meeting_place};
use madoguchi_peer::SystemPeers;
use madoguchi_terminal::Counter;
use madoguchi_wire::bridge::PORT;
use madoguchi_wire::window::{BridgeStanding, Settings};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::{AppHandle, Manager};

/// The loopback API, open or closed.
pub(crate) struct Serving {
    held: HeldPort,
    now: Mutex<Option<Now>>,
}

/// What is done at the port.
struct Now {
    is_open: bool,
    task: JoinHandle<()>,
}

impl Serving {
    /// From now on takes the port where the system holds it for this program.
    pub(crate) fn with_the_systems_port() -> Self {
        let (teller, held) = HeldPort::asked_for_by(ask_for_the_port);
        if let Some(place) = meeting_place() {
            let answers = answer_doorkeepers(&place, move |port| teller.tell(port));
            if let Err(error) = answers {
                tracing::warn!(%error, "a port that the system holds cannot be handed over");
            }
        }
        Self { held, now: Mutex::default() }
    }
}

/// Opens it or closes it, and shows in the tray that it is open.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    tray::follow(program, settings);
    let programs = program.state::<Counter>().programs();
    let serving = program.state::<Serving>();
    let mut now = serving.now.lock().unwrap_or_else(PoisonError::into_inner);
    if now.as_ref().is_some_and(|now| now.is_open == settings.bridge) {
        return;
    }
    if let Some(before) = now.take() {
        before.task.abort();
    }
    let held = serving.held.clone();
    let task = if settings.bridge {
        spawn(keep_open(PORT, held, programs, Arc::new(SystemPeers)))
    } else {
        programs.stand(BridgeStanding::Off);
        spawn(keep_closed(held))
    };
    *now = Some(Now { is_open: settings.bridge, task });
}
