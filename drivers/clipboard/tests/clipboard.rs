//! What another program of the desktop is given, on a real X server of the test's own.
//!
//! A clipboard is found by what the process is told of its desktop. So each test runs itself once more in a
//! process that is told of a server of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use madoguchi_clipboard::DesktopClipboard;
use madoguchi_port::clipboard::Clipboard;
use madoguchi_virtual::display::VirtualDisplay;
use std::env;
use std::process::Command;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{CURRENT_TIME, NONE};

const LIMIT: Duration = Duration::from_secs(20);
const OWN_DISPLAY: &str = "CLIPBOARD_TEST_HAS_ITS_OWN_DISPLAY";

/// Runs `story` of the test called `name` on a display of its own.
fn on_a_display(name: &str, story: impl FnOnce()) {
    if env::var_os(OWN_DISPLAY).is_some() {
        return story();
    }
    let display = VirtualDisplay::open().unwrap();
    let told = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("DISPLAY", display.name())
        .env_remove("WAYLAND_DISPLAY")
        .env(OWN_DISPLAY, "yes")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    let complained = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.status.success() && said.contains("1 passed"), "{said}\n{complained}");
}

/// Another program, which pastes and copies.
struct Program {
    x: RustConnection,
    window: Window,
}

impl Program {
    fn open() -> Self {
        let (x, screen) = x11rb::connect(None).unwrap();
        let root = x.setup().roots[screen].root;
        let window = x.generate_id().unwrap();
        let hears = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        x.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_OUTPUT, 0, &hears).unwrap();
        x.sync().unwrap();
        Self { x, window }
    }

    fn atom(&self, name: &str) -> Atom {
        self.x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn next_event(&self) -> Event {
        let since = Instant::now();
        loop {
            if let Some(event) = self.x.poll_for_event().unwrap() {
                return event;
            }
            assert!(since.elapsed() < LIMIT, "nothing came");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// What is in the clipboard in this form; `None` where nothing is.
    fn pastes(&self, form: &str) -> Option<String> {
        let (clipboard, place) = (self.atom("CLIPBOARD"), self.atom("PASTED"));
        self.x.convert_selection(self.window, clipboard, self.atom(form), place, CURRENT_TIME).unwrap();
        self.x.flush().unwrap();
        let told = loop {
            if let Event::SelectionNotify(told) = self.next_event() {
                break told;
            }
        };
        if told.property == NONE {
            return None;
        }
        let pasted = self.x.get_property(true, self.window, place, NONE, 0, 1024).unwrap().reply().unwrap();
        Some(String::from_utf8(pasted.value).unwrap())
    }

    /// Takes the clipboard for a text of its own.
    fn copies(&self) {
        self.x.set_selection_owner(self.window, self.atom("CLIPBOARD"), CURRENT_TIME).unwrap();
        self.x.sync().unwrap();
    }

    /// Hands its text to whoever asks for it, once.
    fn is_asked(&self, text: &str) {
        let utf_8 = self.atom("UTF8_STRING");
        loop {
            let Event::SelectionRequest(asked) = self.next_event() else { continue };
            if asked.target == utf_8 {
                self.x
                    .change_property8(
                        PropMode::REPLACE,
                        asked.requestor,
                        asked.property,
                        utf_8,
                        text.as_bytes(),
                    )
                    .unwrap();
                return self.tells(&asked, asked.property);
            }
            self.tells(&asked, NONE);
        }
    }

    fn tells(&self, asked: &SelectionRequestEvent, property: Atom) {
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property,
        };
        self.x.send_event(false, asked.requestor, EventMask::NO_EVENT, told).unwrap();
        self.x.flush().unwrap();
    }

    fn owns_the_clipboard(&self) -> bool {
        let owner = self.x.get_selection_owner(self.atom("CLIPBOARD")).unwrap().reply().unwrap().owner;
        owner == self.window
    }
}

#[test]
fn another_program_pastes_the_number_until_it_is_taken_out() {
    on_a_display("another_program_pastes_the_number_until_it_is_taken_out", || {
        let (clipboard, program) = (DesktopClipboard::default(), Program::open());
        assert_eq!(program.pastes("UTF8_STRING"), None);
        clipboard.put("0012345678").unwrap();
        assert_eq!(program.pastes("UTF8_STRING").as_deref(), Some("0012345678"));
        clipboard.put("2900012345").unwrap();
        clipboard.clear_if("0012345678").unwrap();
        assert_eq!(program.pastes("UTF8_STRING").as_deref(), Some("2900012345"), "the next one stays");
        clipboard.clear_if("2900012345").unwrap();
        assert_eq!(program.pastes("UTF8_STRING"), None);
        clipboard.clear_if("2900012345").unwrap();
    });
}

#[test]
fn programs_that_keep_what_was_copied_are_asked_not_to() {
    on_a_display("programs_that_keep_what_was_copied_are_asked_not_to", || {
        let (clipboard, program) = (DesktopClipboard::default(), Program::open());
        clipboard.put("0012345678").unwrap();
        assert_eq!(program.pastes("x-kde-passwordManagerHint").as_deref(), Some("secret"));
    });
}

#[test]
fn what_somebody_copied_since_stays() {
    on_a_display("what_somebody_copied_since_stays", || {
        let (clipboard, program) = (DesktopClipboard::default(), Program::open());
        clipboard.put("0012345678").unwrap();
        program.copies();
        std::thread::scope(|scope| {
            scope.spawn(|| program.is_asked("a title"));
            clipboard.clear_if("0012345678").unwrap();
        });
        assert!(program.owns_the_clipboard());
    });
}

#[test]
fn a_desktop_that_is_away_is_a_fault() {
    if env::var_os(OWN_DISPLAY).is_some() {
        return assert!(DesktopClipboard::default().put("1").is_err());
    }
    let told = Command::new(env::current_exe().unwrap())
        .args(["--exact", "a_desktop_that_is_away_is_a_fault"])
        .envs([("DISPLAY", ":4711"), (OWN_DISPLAY, "yes")])
        .env_remove("WAYLAND_DISPLAY")
        .status()
        .unwrap();
    assert!(told.success());
}
