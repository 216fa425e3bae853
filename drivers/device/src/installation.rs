//! The installation value: 64 random hex digits, made once per system, readable by every user.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Readable by all: the value is a label, not a secret, and must be the same for every user.
const FOR_EVERY_USER: u32 = 0o644;

/// Makes the value at `path` unless it is there. A user who may not write there goes without it; the
/// source is then missing, which the fingerprint says.
pub(crate) fn make_where_missing(path: &Path) {
    if path.exists() {
        return;
    }
    if let Err(error) = make(path) {
        tracing::warn!(path = %path.display(), %error, "the installation value could not be made");
    }
}

/// Written whole beside its place, then linked into it: two programs that start at once, or a power
/// cut, leave one whole value or none.
fn make(path: &Path) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let value = hex::encode(random);
    let draft = folder.join(format!(".installation-{}", &value[..16]));
    let written = write_durably(&draft, &value).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.and(removed),
    }
}

fn write_durably(path: &Path, value: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FOR_EVERY_USER).open(path)?;
    // The mode above is narrowed by the user's mask; this one is not.
    file.set_permissions(Permissions::from_mode(FOR_EVERY_USER))?;
    writeln!(file, "{value}")?;
    file.sync_all()
}
