//! The invented street whose files the kit makes: two keys, a secret each, members. Nothing of it is secret.

use madoguchi_domain::id_provider::{IdProviderId, NotAnIdProviderId};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// A key and its secret, both published.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) aes: [u8; 16],
    pub(crate) secret: &'static str,
}

/// Sealed with since the street changed its keys.
pub(crate) const NEW: Key = Key { aes: *b"0123456789abcdef", secret: "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E" };
/// Valid beside it until the street confirms.
pub(crate) const OLD: Key = Key { aes: *b"fedcba9876543210", secret: "Ow3Xk8RtVb5Ny1QpLz6Hc9Mj4Gd7Sf2A" };
/// Another street's.
pub(crate) const FOREIGN: Key = Key { aes: *b"another street's", secret: "Zt5Rw8Yq2Xv7Bn4Mk9Lp3Jh6Gf1Ds0Ca" };

/// The street's ID as ID provider.
pub(crate) const STREET: &str = "300101";

/// The members; nobody else is one.
pub(crate) const MEMBERS: [&str; 5] = [
    "30010100000017",
    "30010100000025",
    "A12-3.4$/+%*:B",
    "7",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-",
];
/// Has not joined.
pub(crate) const STRANGER: &str = "30010100009999";

/// The ID, parsed.
pub(crate) fn street() -> Result<IdProviderId, NotAnIdProviderId> {
    IdProviderId::parse(STREET)
}

/// The key sheet and the list of members, as a street has them.
pub(crate) fn write_sheets(keys: &Path, members: &Path) -> io::Result<()> {
    let key =
        |key: Key| format!("\n[[key]]\naes = \"{}\"\nsecret = \"{}\"\n", hex::encode(key.aes), key.secret);
    let sheet = format!("street = \"{STREET}\"\nprofile = 1\n{}{}", key(NEW), key(OLD));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // A receiver may refuse a sheet that others can read.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(keys)?.write_all(sheet.as_bytes())?;
    fs::write(members, MEMBERS.map(|member| format!("{member}\n")).concat())
}
