//! Windows: key events put into the stream of the keyboard (`SendInput`).
//!
//! Windows lets no program type into one of higher rights, and says nothing of it: a library's system that was
//! started as administrator gets nothing.

use crate::key_sequence::{Stroke, strokes};
use madoguchi_port::keyboard::{EndKey, Keyboard, KeyboardFault, Typing};
use std::fmt;
use std::thread;
use winsafe::co::{KEYEVENTF, VK};
use winsafe::{HWND, HwKbMouse, KEYBDINPUT, SendInput};

/// The keyboard of the desktop this program runs on.
#[derive(Debug, Clone, Default)]
pub struct DesktopKeyboard;

fn fault(error: impl fmt::Display) -> KeyboardFault {
    KeyboardFault(error.to_string())
}

impl Keyboard for DesktopKeyboard {
    fn is_focus_elsewhere(&self) -> Result<bool, KeyboardFault> {
        // For a moment, between two windows, none is in front.
        let Some(front) = HWND::GetForegroundWindow() else { return Ok(false) };
        let (_, owner) = front.GetWindowThreadProcessId();
        Ok(owner != std::process::id())
    }

    fn type_text(&self, typing: &Typing<'_>) -> Result<(), KeyboardFault> {
        for stroke in strokes(typing)? {
            press(stroke)?;
            thread::sleep(typing.pause);
        }
        Ok(())
    }
}

/// Down and up together: nobody else's key comes between.
fn press(stroke: Stroke) -> Result<(), KeyboardFault> {
    let events = [KEYEVENTF::default(), KEYEVENTF::KEYUP].map(|way| HwKbMouse::Kb(event(stroke, way)));
    SendInput(&events).map(drop).map_err(fault)
}

fn event(stroke: Stroke, way: KEYEVENTF) -> KEYBDINPUT {
    let mut event = KEYBDINPUT::default();
    match stroke {
        Stroke::Character(unit) => {
            event.wScan = unit;
            event.dwFlags = KEYEVENTF::UNICODE | way;
        }
        Stroke::Key(key) => {
            event.wVk = match key {
                EndKey::Enter => VK::RETURN,
                EndKey::Tab => VK::TAB,
            };
            event.dwFlags = way;
        }
    }
    event
}
