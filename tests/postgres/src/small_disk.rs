//! A disk of a few mebibytes for one server: in memory, in a mount namespace that nobody else sees, and
//! gone with the server. An ordinary user may make one, too.

use crate::installation::{its_numbers, our_numbers, we_are_root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A disk that is soon full.
#[derive(Debug, Clone)]
pub(crate) struct SmallDisk {
    /// Where the server finds it.
    pub(crate) place: PathBuf,
    pub(crate) mebibytes: u32,
}

impl SmallDisk {
    /// The same command, seeing this disk at its place.
    pub(crate) fn seen_by(&self, command: &Command) -> Command {
        let mut seeing = Command::new("unshare");
        let root = we_are_root();
        let (user, group) = if root { its_numbers() } else { our_numbers() };
        let (user, group) = (user.to_string(), group.to_string());
        let owner = if root { format!(",uid={user},gid={group}") } else { String::new() };
        let options = format!("size={}m,mode=0700{owner}", self.mebibytes);
        let mount = r#"mount -t tmpfs -o "$1" small "$2" && shift 2 && exec "$@""#;
        if !root {
            seeing.arg("--map-root-user");
        }
        seeing.args(["--mount", "sh", "-c", mount, "sh", &options]).arg(&self.place);
        if !root {
            // Back to who we are: PostgreSQL runs as nobody's root.
            seeing.args(["unshare", "--user", "--map-user", &user, "--map-group", &group]);
        }
        seeing.arg(command.get_program()).args(command.get_args());
        seeing
    }

    /// The place of a server's, made beforehand.
    pub(crate) fn place_in(folder: &Path) -> PathBuf {
        folder.join("small")
    }
}
