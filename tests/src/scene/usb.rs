//! The USB of a PC, as far as its programs can see it.
//!
//! Belongs here: a folder laid out like the kernel's list of devices, which a program sees in the place of
//! the computer's own. Does not: readers that PC/SC knows ([`super::reader`]); those hang on no USB.
//! Why not a setting of the program: what it is told to look at says nothing of where it looks.

use super::trouble::Trouble;
use std::fs;
use std::path::{Path, PathBuf};

/// What is plugged in: the numbers and words a device says of itself, and the kernel's driver that holds it.
#[derive(Debug, Clone, Copy)]
pub struct UsbDevice {
    /// Maker and product, in hexadecimal digits.
    pub ids: (&'static str, &'static str),
    /// What it calls itself.
    pub product: &'static str,
    /// The class of its interface, in hexadecimal digits.
    pub class: &'static str,
    /// The kernel's driver.
    pub driver: &'static str,
}

/// A reader older than CCID: the kernel takes it for itself, and no PC/SC driver knows it.
pub const READER_WITHOUT_DRIVER: UsbDevice =
    UsbDevice { ids: ("054c", "06c3"), product: "RC-S380/P", class: "ff", driver: "port100" };

/// The ports of a PC.
pub struct Usb {
    buses: PathBuf,
}

impl Usb {
    /// Ports with nothing in them.
    pub fn in_folder(folder: &Path) -> Result<Self, Trouble> {
        let usb = Self { buses: folder.join("buses") };
        fs::create_dir_all(usb.devices())?;
        Ok(usb)
    }

    fn devices(&self) -> PathBuf {
        self.buses.join("usb/devices")
    }

    /// Plugs a device in.
    pub fn plug_in(&self, port: &str, device: UsbDevice) -> Result<(), Trouble> {
        let interface = self.devices().join(format!("{port}:1.0"));
        fs::create_dir(&interface)?;
        fs::write(interface.join("bInterfaceClass"), format!("{}\n", device.class))?;
        let driver = format!("../../../../bus/usb/drivers/{}", device.driver);
        std::os::unix::fs::symlink(driver, interface.join("driver"))?;
        let folder = self.devices().join(port);
        fs::create_dir(&folder)?;
        for (file, word) in
            [("idVendor", device.ids.0), ("idProduct", device.ids.1), ("product", device.product)]
        {
            fs::write(folder.join(file), format!("{word}\n"))?;
        }
        Ok(())
    }

    /// Pulls it out.
    pub fn pull_out(&self, port: &str) -> Result<(), Trouble> {
        fs::remove_dir_all(self.devices().join(port))?;
        fs::remove_dir_all(self.devices().join(format!("{port}:1.0")))?;
        Ok(())
    }

    /// What is to be said before a program and its arguments, so that it sees these ports: the folder lies
    /// over the kernel's in a mount namespace of its own.
    pub fn seen_by(&self) -> Vec<String> {
        let lay_over = r#"mount --bind "$0" /sys/bus && exec "$@""#;
        let words = ["unshare", "--mount", "sh", "-c", lay_over];
        words.into_iter().map(ToOwned::to_owned).chain([self.buses.display().to_string()]).collect()
    }
}
