//! What is told from a folder like the kernel's.
#![allow(clippy::unwrap_used)]

use madoguchi_port::look::{UsbReader, UsbReaders};
use madoguchi_usb::SysfsReaders;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A device with its files, and its interfaces with class and driver.
fn plug_in(bus: &Path, port: &str, files: &[(&str, &str)], interfaces: &[(&str, Option<&str>)]) {
    let device = bus.join(port);
    fs::create_dir(&device).unwrap();
    for (file, text) in files {
        fs::write(device.join(file), format!("{text}\n")).unwrap();
    }
    for (number, (class, driver)) in interfaces.iter().enumerate() {
        let interface = bus.join(format!("{port}:1.{number}"));
        fs::create_dir(&interface).unwrap();
        fs::write(interface.join("bInterfaceClass"), format!("{class}\n")).unwrap();
        if let Some(driver) = driver {
            let target = format!("../../../../bus/usb/drivers/{driver}");
            std::os::unix::fs::symlink(target, interface.join("driver")).unwrap();
        }
    }
}

fn attached(bus: &TempDir) -> Vec<UsbReader> {
    SysfsReaders::at(bus.path()).attached().unwrap()
}

#[test]
fn readers_are_told_from_other_devices() {
    let bus = tempfile::tempdir().unwrap();
    plug_in(bus.path(), "usb1", &[("idVendor", "1d6b"), ("idProduct", "0002")], &[("09", Some("hub"))]);
    plug_in(bus.path(), "1-1", &[("idVendor", "046d"), ("idProduct", "c31c")], &[("03", Some("usbhid"))]);
    fs::create_dir(bus.path().join("1-0:1.0")).unwrap();
    assert_eq!(attached(&bus), []);

    let rc_s300 = [
        ("idVendor", "054c"),
        ("idProduct", "0dc8"),
        ("manufacturer", "SONY"),
        ("product", "FeliCa RC-S300/S"),
    ];
    plug_in(bus.path(), "1-4.2", &rc_s300, &[("0b", Some("usbfs"))]);
    plug_in(
        bus.path(),
        "1-4.3",
        &[("idVendor", "072f"), ("idProduct", "2200")],
        &[("0b", Some("pn533_usb"))],
    );
    let rc_s380 = [("idVendor", "054c"), ("idProduct", "06c3"), ("product", "RC-S380/P")];
    plug_in(bus.path(), "2-1", &rc_s380, &[("ff", Some("port100"))]);
    let reader = |name: &str, ids, held_by: Option<&str>| UsbReader {
        name: name.to_owned(),
        ids,
        held_by: held_by.map(str::to_owned),
    };
    assert_eq!(
        attached(&bus),
        [
            reader("SONY FeliCa RC-S300/S", (0x054C, 0x0DC8), None),
            reader("USB 072F:2200", (0x072F, 0x2200), Some("pn533_usb")),
            reader("Sony PaSoRi RC-S380/P", (0x054C, 0x06C3), Some("port100")),
        ]
    );
}

#[test]
fn a_second_interface_can_be_the_reader() {
    let bus = tempfile::tempdir().unwrap();
    plug_in(bus.path(), "3-1", &[("idVendor", "1050"), ("idProduct", "0406")], &[("03", None), ("0b", None)]);
    assert_eq!(attached(&bus).len(), 1);
}

#[test]
fn odd_files_are_no_reader_and_no_panic() {
    let bus = tempfile::tempdir().unwrap();
    plug_in(bus.path(), "1-1", &[("idVendor", "zzzz"), ("idProduct", "0dc8")], &[("0b", None)]);
    plug_in(bus.path(), "1-2", &[("idVendor", "054c")], &[("0b", None)]);
    assert_eq!(attached(&bus), []);
}

#[test]
fn a_system_without_usb_does_not_say() {
    let bus = tempfile::tempdir().unwrap();
    assert_eq!(SysfsReaders::at(bus.path().join("nowhere")).attached(), None);
}
