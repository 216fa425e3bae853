//! freedesktop.org's `StatusNotifierItem`: an object on the session bus that the desktop's tray draws.

use crate::{TrayWish, TrayWords};
use ksni::blocking::{Handle, TrayMethods as _};
use ksni::menu::StandardItem;
use ksni::{Category, MenuItem, ToolTip, Tray};

/// The icon's name among those of the system, and the item's own.
const NAME: &str = "madoguchi";

/// The desktop cannot be told of an icon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tray cannot be used: {0}")]
pub struct TrayFault(pub String);

/// An icon in the tray until it is dropped. It appears as soon as somebody shows icons.
pub struct TrayIcon(Handle<Item>);

impl TrayIcon {
    /// Shows it and tells what those want who click on it.
    pub fn show(words: TrayWords, tell: impl Fn(TrayWish) + Send + 'static) -> Result<Self, TrayFault> {
        let item = Item { words, tell: Box::new(tell) };
        let shown = item.assume_sni_available(true).spawn();
        shown.map(Self).map_err(|error| TrayFault(error.to_string()))
    }
}

impl Drop for TrayIcon {
    fn drop(&mut self) {
        // It goes by itself with the connection; nobody waits for that.
        drop(self.0.shutdown());
    }
}

struct Item {
    words: TrayWords,
    tell: Box<dyn Fn(TrayWish) + Send>,
}

impl Item {
    fn wish(label: &str, wish: TrayWish) -> MenuItem<Self> {
        let activate = Box::new(move |item: &mut Self| (item.tell)(wish));
        StandardItem { label: label.to_owned(), activate, ..Default::default() }.into()
    }
}

impl Tray for Item {
    fn id(&self) -> String {
        NAME.to_owned()
    }

    fn category(&self) -> Category {
        Category::ApplicationStatus
    }

    fn title(&self) -> String {
        self.words.title.clone()
    }

    fn icon_name(&self) -> String {
        NAME.to_owned()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.words.title.clone(), ..Default::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        (self.tell)(TrayWish::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        vec![Self::wish(&self.words.open, TrayWish::Open), Self::wish(&self.words.end, TrayWish::End)]
    }
}
