//! What another program's window hears, on a real X server of the test's own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use madoguchi_keyboard::DesktopKeyboard;
use madoguchi_port::keyboard::{EndKey, Keyboard, Typing};
use madoguchi_virtual::display::VirtualDisplay;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, InputFocus, PropMode, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

const LIMIT: Duration = Duration::from_secs(20);

/// Another program's window with the focus.
struct Field {
    x: RustConnection,
    window: Window,
}

impl Field {
    fn on(display: &VirtualDisplay, pid: u32) -> Self {
        let (x, screen) = x11rb::connect(Some(display.name())).unwrap();
        let root = x.setup().roots[screen].root;
        let window = x.generate_id().unwrap();
        let hears = CreateWindowAux::new().event_mask(EventMask::KEY_PRESS | EventMask::STRUCTURE_NOTIFY);
        x.create_window(0, window, root, 0, 0, 100, 100, 0, WindowClass::INPUT_OUTPUT, 0, &hears).unwrap();
        let property = x.intern_atom(false, b"_NET_WM_PID").unwrap().reply().unwrap().atom;
        x.change_property32(PropMode::REPLACE, window, property, AtomEnum::CARDINAL, &[pid]).unwrap();
        x.map_window(window).unwrap();
        x.flush().unwrap();
        while !matches!(x.wait_for_event().unwrap(), Event::MapNotify(_)) {}
        x.set_input_focus(InputFocus::PARENT, window, 0u32).unwrap();
        x.sync().unwrap();
        Self { x, window }
    }

    /// What was typed into it, up to this many keys; each key by the symbol it has as it is pressed.
    fn hears(&self, keys: usize) -> String {
        let (mut heard, since) = (String::new(), Instant::now());
        while heard.chars().count() < keys && since.elapsed() < LIMIT {
            let Some(Event::KeyPress(press)) = self.x.poll_for_event().unwrap() else {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            };
            assert_eq!(press.event, self.window);
            let symbols = self.x.get_keyboard_mapping(press.detail, 1).unwrap().reply().unwrap().keysyms;
            heard.push(match symbols[0] {
                0xff0d => '\n',
                0xff09 => '\t',
                symbol => char::from_u32(symbol).unwrap(),
            });
        }
        heard
    }
}

fn typed(display: &VirtualDisplay, field: &Field, text: &str, end: Option<EndKey>) -> String {
    let keyboard = DesktopKeyboard::on(display.name().to_owned());
    assert_eq!(keyboard.is_focus_elsewhere(), Ok(true));
    let typing = Typing { text, end, pause: Duration::from_millis(5) };
    let hearing = text.chars().count() + usize::from(end.is_some());
    std::thread::scope(|scope| {
        let heard = scope.spawn(|| field.hears(hearing));
        keyboard.type_text(&typing).unwrap();
        heard.join().unwrap()
    })
}

#[test]
fn a_number_arrives_as_it_is_with_the_key_after_it() {
    let display = VirtualDisplay::open().unwrap();
    let field = Field::on(&display, 1);
    assert_eq!(typed(&display, &field, "0012345678", None), "0012345678");
    assert_eq!(typed(&display, &field, "G-2041766", Some(EndKey::Enter)), "G-2041766\n");
    assert_eq!(typed(&display, &field, "aA~!/", Some(EndKey::Tab)), "aA~!/\t");
}

#[test]
fn a_layout_without_these_characters_changes_nothing() {
    let display = VirtualDisplay::open().unwrap();
    let field = Field::on(&display, 1);
    // Cyrillic letters where the digits were.
    let (first, width) = (10, 2);
    let letters: Vec<u32> = (0..20).map(|letter| 0x6c0 + letter).collect();
    field.x.change_keyboard_mapping(10, first, width, &letters).unwrap().check().unwrap();
    assert_eq!(typed(&display, &field, "0012345678", Some(EndKey::Enter)), "0012345678\n");
}

#[test]
fn every_key_is_as_it_was_afterwards() {
    let display = VirtualDisplay::open().unwrap();
    let field = Field::on(&display, 1);
    let setup = field.x.setup();
    let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
    let layout = || field.x.get_keyboard_mapping(first, count).unwrap().reply().unwrap().keysyms;
    let before = layout();
    typed(&display, &field, "0012345678", Some(EndKey::Enter));
    assert!(layout() == before);
}

#[test]
fn our_own_window_is_not_elsewhere() {
    let display = VirtualDisplay::open().unwrap();
    let _field = Field::on(&display, std::process::id());
    assert_eq!(DesktopKeyboard::on(display.name().to_owned()).is_focus_elsewhere(), Ok(false));
}

#[test]
fn what_has_no_key_is_not_typed_at_all() {
    let display = VirtualDisplay::open().unwrap();
    let typing = Typing { text: "図書館", end: None, pause: Duration::ZERO };
    assert!(DesktopKeyboard::on(display.name().to_owned()).type_text(&typing).is_err());
    let nowhere = DesktopKeyboard::on(":4711".into());
    assert!(nowhere.type_text(&Typing { text: "1", end: None, pause: Duration::ZERO }).is_err());
}
