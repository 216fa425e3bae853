//! The monitors of this PC: their names, which of them is the one the settings mean, and who notices that
//! one came or went.
//!
//! Belongs here: what is asked of the desktop about its monitors. Does not: what is shown on them
//! ([`crate::resident_window`]).

use crate::{MAIN, resident_window};
use madoguchi_terminal::Counter;
use madoguchi_wire::window as wire;
use std::time::Duration;
use tauri::{AppHandle, Manager, Monitor};

/// How often it is looked which monitors there are: no desktop tells a program of all systems.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The monitors of this PC, for the settings.
pub(crate) fn listed(program: &AppHandle) -> Vec<wire::Monitor> {
    there(program).into_iter().map(|(named, _)| named).collect()
}

/// The monitor that the settings mean by this name.
pub(crate) fn named(program: &AppHandle, wanted: &str) -> Option<Monitor> {
    let there = there(program);
    let names: Vec<_> = there.iter().map(|(named, _)| named.clone()).collect();
    let place = meant(wanted, &names)?;
    there.into_iter().nth(place).map(|(_, monitor)| monitor)
}

/// Has the resident's window follow when a monitor comes or goes, for as long as the program runs.
pub(crate) async fn watch(program: AppHandle) {
    let mut before = listed(&program);
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        let now = listed(&program);
        if now != before {
            resident_window::follow(&program, &program.state::<Counter>().settings());
            before = now;
        }
    }
}

fn there(program: &AppHandle) -> Vec<(wire::Monitor, Monitor)> {
    let clerks = program.get_webview_window(MAIN).and_then(|window| window.current_monitor().ok().flatten());
    let clerks = clerks.as_ref().map(name_of);
    let listed = program.available_monitors().inspect_err(|error| {
        tracing::warn!(%error, "the monitors cannot be listed");
    });
    let named = |monitor: Monitor| {
        let name = name_of(&monitor);
        (wire::Monitor { is_clerks: Some(&name) == clerks.as_ref(), name }, monitor)
    };
    listed.unwrap_or_default().into_iter().map(named).collect()
}

/// Two monitors of one model differ by where they stand.
pub(crate) fn name_of(monitor: &Monitor) -> String {
    let (size, at) = (monitor.size(), monitor.position());
    let model = monitor.name().map_or("", String::as_str);
    format!("{model} {}×{}+{}+{}", size.width, size.height, at.x, at.y).trim_start().to_owned()
}

/// The place of the monitor that is meant by a name. One that came back at another place or in another size
/// is known by its model, if no other is of that model; the one the clerk looks at never is.
fn meant(wanted: &str, there: &[wire::Monitor]) -> Option<usize> {
    if let Some(place) = there.iter().position(|monitor| monitor.name == wanted) {
        return Some(place);
    }
    let model = model_in(wanted)?;
    let of_that_model = |(place, monitor): (usize, &wire::Monitor)| {
        (!monitor.is_clerks && model_in(&monitor.name) == Some(model)).then_some(place)
    };
    let mut found = there.iter().enumerate().filter_map(of_that_model);
    found.next().filter(|_| found.next().is_none())
}

/// What stands before size and place; a monitor need not say its model.
fn model_in(name: &str) -> Option<&str> {
    name.rsplit_once(' ').map(|(model, _)| model)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitors(names: &[&str]) -> Vec<wire::Monitor> {
        let at_its_place =
            |(place, name): (usize, &&str)| wire::Monitor { name: (*name).to_owned(), is_clerks: place == 0 };
        names.iter().enumerate().map(at_its_place).collect()
    }

    #[test]
    fn a_monitor_is_found_by_its_name() {
        let there =
            monitors(&["DELL U2415 1280×800+0+0", "EIZO EV 1280×800+1280+0", "EIZO EV 1280×800+2560+0"]);
        assert_eq!(meant("EIZO EV 1280×800+2560+0", &there), Some(2));
        assert_eq!(meant("DELL U2415 1280×800+0+0", &there), Some(0), "whoever chooses the clerk's gets it");
    }

    #[test]
    fn one_that_came_back_elsewhere_is_known_by_its_model() {
        let there = monitors(&["DELL U2415 1280×800+0+0", "EIZO EV 1920×1200+1280+0"]);
        assert_eq!(meant("EIZO EV 1280×800+2560+0", &there), Some(1));
    }

    #[test]
    fn what_may_be_another_one_is_not_taken_for_it() {
        let two = monitors(&["DELL U2415 1280×800+0+0", "EIZO EV 800×600+0+0", "EIZO EV 800×600+800+0"]);
        assert_eq!(meant("EIZO EV 1280×800+2560+0", &two), None, "two of its model");
        let clerks = monitors(&["EIZO EV 1280×800+0+0"]);
        assert_eq!(meant("EIZO EV 1280×800+2560+0", &clerks), None, "the clerk's is left alone");
        let nameless = monitors(&["1280×800+0+0", "1280×800+1280+0"]);
        assert_eq!(meant("1280×800+2560+0", &nameless), None, "none that says its model");
        assert_eq!(meant("", &nameless), None);
    }
}
