//! The tray of a desktop: it draws nothing, it knows which icons there are and clicks on them.
//!
//! Belongs here: the watcher that freedesktop.org's `StatusNotifierItem` asks for, on the desktop's own bus. Does not
//! belong here: what an icon is for.

use super::desktop::Desktop;
use super::trouble::Trouble;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use zbus::blocking::{Connection, Proxy, connection, fdo::DBusProxy};
use zbus::{interface, names::BusName};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const ITEM_PATH: &str = "/StatusNotifierItem";

type Items = Arc<Mutex<BTreeSet<String>>>;

/// The tray.
pub struct Tray {
    bus: Connection,
    items: Items,
}

/// What programs tell of their icons.
struct Watcher(Items);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// By the name on the bus under which the item is found.
    fn register_status_notifier_item(&self, service: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(service.to_owned());
    }

    #[zbus(property)]
    #[allow(clippy::unused_self, reason = "the bus asks an object")]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Tray {
    /// Stands on this desktop from now on.
    pub fn on(desktop: &Desktop) -> Result<Self, Trouble> {
        let address = desktop.environment().get("DBUS_SESSION_BUS_ADDRESS");
        let address = address.ok_or_else(|| Trouble::new("a desktop without a session bus"))?;
        let items = Items::default();
        let bus = connection::Builder::address(address.as_str())
            .and_then(|builder| builder.serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&items))))
            .and_then(|builder| builder.name(WATCHER))
            .and_then(connection::Builder::build)
            .map_err(lost)?;
        Ok(Self { bus, items })
    }

    /// How many icons there are: those whose programs have gone are none.
    pub fn icons(&self) -> usize {
        self.there().map_or(0, |items| items.len())
    }

    /// What the one icon says it is.
    pub fn title(&self) -> Result<String, Trouble> {
        self.only_one()?.get_property("Title").map_err(lost)
    }

    /// A person clicks on the one icon.
    pub fn is_clicked(&self) -> Result<(), Trouble> {
        self.only_one()?.call_method("Activate", &(0_i32, 0_i32)).map(drop).map_err(lost)
    }

    fn only_one(&self) -> Result<Proxy<'_>, Trouble> {
        let [item] = <[String; 1]>::try_from(self.there()?)
            .map_err(|items| Trouble::new(format!("one icon, not {items:?}")))?;
        Proxy::new(&self.bus, item, ITEM_PATH, ITEM).map_err(lost)
    }

    fn there(&self) -> Result<Vec<String>, Trouble> {
        let bus = DBusProxy::new(&self.bus).map_err(lost)?;
        let told: Vec<String> =
            self.items.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        let is_there = |name: &String| {
            BusName::try_from(name.as_str()).is_ok_and(|name| bus.name_has_owner(name).unwrap_or(false))
        };
        Ok(told.into_iter().filter(is_there).collect())
    }
}

fn lost(why: impl std::fmt::Display) -> Trouble {
    Trouble::new(format!("the tray: {why}"))
}
