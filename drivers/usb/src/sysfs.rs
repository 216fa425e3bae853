//! The Linux kernel's list of USB devices (`/sys/bus/usb/devices`, sysfs-bus-usb).
//!
//! A device is a folder such as `1-4.2`, each of its interfaces a folder beside it, such as `1-4.2:1.0`.

use crate::models;
use madoguchi_port::look::{UsbReader, UsbReaders};
use std::fs;
use std::path::{Path, PathBuf};

/// The interface class of smart card devices, CCID (USB class codes, `0Bh`).
const SMART_CARD: &str = "0b";
/// The kernel's name for interfaces that a program drives, such as pcscd: nobody holds them back.
const DRIVEN_BY_A_PROGRAM: &str = "usbfs";

/// Readers in a folder like the kernel's.
#[derive(Debug, Clone)]
pub struct SysfsReaders {
    folder: PathBuf,
}

impl SysfsReaders {
    /// Devices listed in this folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    fn folders(&self) -> Option<Vec<PathBuf>> {
        let mut folders: Vec<_> =
            fs::read_dir(&self.folder).ok()?.flatten().map(|entry| entry.path()).collect();
        folders.sort();
        Some(folders)
    }
}

impl UsbReaders for SysfsReaders {
    /// `None` where there is no such folder, as on a system without USB.
    fn attached(&self) -> Option<Vec<UsbReader>> {
        let folders = self.folders()?;
        Some(folders.iter().filter_map(|device| reader(device, &interfaces_of(device, &folders))).collect())
    }
}

fn interfaces_of<'a>(device: &Path, folders: &'a [PathBuf]) -> Vec<&'a Path> {
    let prefix = format!("{}:", file_name(device));
    folders.iter().map(PathBuf::as_path).filter(|folder| file_name(folder).starts_with(&prefix)).collect()
}

/// The device as a reader, if it is one. A folder without numbers is no device.
fn reader(device: &Path, interfaces: &[&Path]) -> Option<UsbReader> {
    let ids = (number(device, "idVendor")?, number(device, "idProduct")?);
    let model = models::name(ids);
    let is_smart_card = |interface: &&Path| text(interface, "bInterfaceClass").as_deref() == Some(SMART_CARD);
    if model.is_none() && !interfaces.iter().any(is_smart_card) {
        return None;
    }
    let said = ["manufacturer", "product"].into_iter().filter_map(|word| text(device, word));
    let said = said.collect::<Vec<_>>().join(" ");
    let name = model.map(str::to_owned).or((!said.is_empty()).then_some(said));
    Some(UsbReader {
        name: name.unwrap_or_else(|| format!("USB {:04X}:{:04X}", ids.0, ids.1)),
        ids,
        held_by: interfaces.iter().find_map(|interface| kernel_driver(interface)),
    })
}

/// The kernel's own driver of an interface, such as `port100` or `pn533_usb`.
fn kernel_driver(interface: &Path) -> Option<String> {
    let driver = fs::read_link(interface.join("driver")).ok()?;
    Some(file_name(&driver)).filter(|name| name != DRIVEN_BY_A_PROGRAM)
}

fn number(folder: &Path, file: &str) -> Option<u16> {
    u16::from_str_radix(&text(folder, file)?, 16).ok()
}

fn text(folder: &Path, file: &str) -> Option<String> {
    let bytes = fs::read(folder.join(file)).ok()?;
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
