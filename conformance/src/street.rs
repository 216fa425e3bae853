//! The invented street whose files the kit makes: two keys under each profile, a secret each, members; and the
//! cloud that signs. Nothing of it is secret.

use crate::profile::Profile;
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

/// A key under profile 2, with its number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key2 {
    pub(crate) number: u16,
    pub(crate) aes: [u8; 32],
}

/// As [`NEW`] and [`OLD`]; the secrets are the same, for the answers.
pub(crate) const NEW_2: Key2 = Key2 { number: 3, aes: *b"0123456789abcdef0123456789abcdef" };
pub(crate) const OLD_2: Key2 = Key2 { number: 2, aes: *b"fedcba9876543210fedcba9876543210" };
/// Another street's, which happens to have the same number.
pub(crate) const FOREIGN_2: Key2 = Key2 { number: 3, aes: *b"another street's key, as long..." };

/// The seed of the cloud's signature key, and its number.
pub(crate) const CLOUD: [u8; 32] = [7; 32];
pub(crate) const CLOUD_NUMBER: u16 = 1;
/// Somebody else's.
pub(crate) const NOT_THE_CLOUD: [u8; 32] = [8; 32];

/// The street's ID as ID provider.
pub(crate) const STREET: &str = "300101";

/// The members at first; nobody else is one.
pub(crate) const MEMBERS: [&str; 5] = [
    "30010100000017",
    "30010100000025",
    "A12-3.4$/+%*:B",
    "7",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-",
];
/// Has not joined at first.
pub(crate) const STRANGER: &str = "30010100009999";

/// The members after some rounds: the stranger has joined, and the fourth of the others has left.
pub(crate) const LATER_MEMBERS: [&str; 5] = [MEMBERS[0], MEMBERS[1], MEMBERS[2], STRANGER, MEMBERS[4]];

/// The ID, parsed.
pub(crate) fn street() -> Result<IdProviderId, NotAnIdProviderId> {
    IdProviderId::parse(STREET)
}

/// The key sheet and the list of members, as a street has them.
pub(crate) fn write_sheets(profile: Profile, keys: &Path, members: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // A receiver may refuse a sheet that others can read.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(keys)?.write_all(profile.key_sheet().as_bytes())?;
    write_members(members, &MEMBERS)
}

/// The list of members, one ID a line.
pub(crate) fn write_members(list: &Path, members: &[&str]) -> io::Result<()> {
    let lines: Vec<_> = members.iter().flat_map(|member| [*member, "\n"]).collect();
    fs::write(list, lines.concat())
}
