//! Card readers on the USB, whether the PC/SC service knows them or not.
//!
//! Belongs here: telling from the operating system's list of USB devices which of them are readers.
//! Does not belong here: speaking to one; PC/SC does (`drivers/pcsc`).
//! Why it exists: a reader without a driver is invisible to PC/SC, and a clerk who is told "no reader"
//! while it lies there with its lamp on looks for the mistake in the wrong place.
//!
//! Linux says so in sysfs. Other operating systems are not asked yet: [`SystemUsb`] answers `None` there.

mod models;
mod sysfs;

pub use sysfs::SysfsReaders;

use madoguchi_port::look::{UsbReader, UsbReaders};

/// The USB of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemUsb;

impl UsbReaders for SystemUsb {
    #[cfg(target_os = "linux")]
    fn attached(&self) -> Option<Vec<UsbReader>> {
        SysfsReaders::at("/sys/bus/usb/devices").attached()
    }

    #[cfg(not(target_os = "linux"))]
    fn attached(&self) -> Option<Vec<UsbReader>> {
        None
    }
}
