//! The program without its window, for other programs on the PC (row C4).
//!
//! Belongs here: that it goes on when its window is closed, and that a later start opens the window again. Does not
//! belong here: what is answered (`bridge/`), starting with the PC (`autostart.rs`).
//! Why without a window and not with a hidden one: what is not there cannot come forward, take the focus or hold
//! somebody's balances, and a web view is most of the program's memory.

use crate::command_line::{BACKGROUND, CommandLine, END};
use crate::restart::Mode;
use crate::{MAIN, not_opened, open_window, parts, resident_window, web_view};
use madoguchi_terminal::{Counter, Look, starts_with_pc};
use madoguchi_wire::window::Settings;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager, RunEvent};

/// That somebody wants the window, for as long as nobody has taken it up.
#[derive(Default)]
pub(crate) struct WindowWanted(AtomicBool);

impl WindowWanted {
    fn is_wanted(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it is wanted and not taken up yet.
    pub(crate) fn is_there(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Whether it is wanted. True once: whoever asked takes it up.
    pub(crate) fn is_taken_up(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

/// Whether a start asks for no window.
pub(crate) fn is_asked_for(arguments: &[String]) -> bool {
    arguments.contains(&format!("--{BACKGROUND}"))
}

/// Whether a start asks the program that runs to end.
pub(crate) fn is_told_to_end(arguments: &[String]) -> bool {
    arguments.contains(&format!("--{END}"))
}

/// Whether the PC has begun this start for a user who has not chosen so. Known before anything is opened or made: the PC
/// does so for each of its users, and many never sit at the counter.
pub(crate) fn is_begun_by_pc_alone(told: &CommandLine) -> bool {
    told.with_pc && !parts::folders(told.clone()).is_ok_and(|folders| starts_with_pc(&folders))
}

/// Whether a start without a window has nothing to do: nobody wants it in the tray, none may ask it, and no
/// doorkeeper can come to it whose callers would have to be hung up on. A page that opens `madoguchi:` where the
/// clerk has chosen 使わない begins such a start.
pub(crate) fn has_nothing_to_do(settings: &Settings) -> bool {
    !settings.bridge && !settings.start_with_pc && madoguchi_doorkeeper::meeting_place().is_none()
}

/// The last window is closed: the program goes on where other programs may ask and one is paired. Where it was
/// told to end (`AppHandle::exit`), it ends.
pub(crate) fn go_on_where_wanted(program: &AppHandle, event: &RunEvent) {
    let RunEvent::ExitRequested { code: None, api, .. } = event else { return };
    let Some(counter) = program.try_state::<Counter>() else { return };
    if counter.settings().bridge && counter.programs().are_paired() {
        api.prevent_exit();
        counter.window_closed();
        tracing::info!("the window is closed; other programs can still ask");
    }
}

/// Opens the window that is not there. From a thread of its own: the window's builder waits for the one that runs
/// the windows. Somebody who presses twice opens one.
pub(crate) fn show_window(program: &AppHandle) {
    static OPENING: Mutex<()> = Mutex::new(());
    // Said first: either the counter is open by then, or it looks at this once it is.
    program.state::<WindowWanted>().is_wanted();
    let program = program.clone();
    std::thread::spawn(move || {
        let _turn = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(counter), Some(mode)) = (program.try_state::<Counter>(), program.try_state::<Mode>())
        else {
            return;
        };
        if !program.state::<WindowWanted>().is_taken_up() || program.get_webview_window(MAIN).is_some() {
            return;
        }
        if let Err(error) = web_view::must_be_there() {
            tracing::error!(%error, "there is nothing to show a window in");
            // Other programs are answered all the same.
            return not_opened::tell(&error);
        }
        let settings = counter.settings();
        match open_window(&program, Look::from(&settings), *mode) {
            Ok(()) => resident_window::follow(&program, &settings),
            Err(error) => tracing::error!(%error, window = MAIN, "the window could not be opened"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use std::fs;

    #[test]
    fn a_start_by_the_pc_makes_nothing_for_a_user_who_has_not_chosen_it() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().to_str().unwrap();
        let start = |words: &[&str]| {
            let told = ["madoguchi", "--background", "--data-dir", own, "--settings-dir", own];
            is_begun_by_pc_alone(&CommandLine::parse_from(told.iter().chain(words)))
        };
        assert!(start(&["--with-pc"]), "nothing is chosen yet");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(!start(&[]), "somebody else has begun it");
        let settings = folder.path().join("settings.toml");
        fs::write(&settings, "start_with_pc = true\n").unwrap();
        assert!(!start(&["--with-pc"]));
        fs::write(&settings, "start_with_pc = false\n").unwrap();
        assert!(start(&["--with-pc"]));
    }

    #[test]
    fn a_start_asks_for_no_window_by_its_word_alone() {
        let told = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert!(is_asked_for(&told(&["madoguchi", "--background"])));
        assert!(!is_asked_for(&told(&["madoguchi", "--data-dir", "/background"])));
    }

    #[test]
    fn a_window_that_is_wanted_is_opened_by_one() {
        let wanted = WindowWanted::default();
        assert!(!wanted.is_taken_up());
        wanted.is_wanted();
        wanted.is_wanted();
        assert!(wanted.is_taken_up());
        assert!(!wanted.is_taken_up());
    }
}
