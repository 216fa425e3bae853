//! A disk of a few mebibytes for one cloud: in memory, in a mount namespace that only whoever is told of it
//! sees, gone with the test. An ordinary user may make one, too.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What fills it up.
const BALLAST: &str = "ballast";

/// A disk that is soon full.
pub(crate) struct SmallDisk {
    place: PathBuf,
    /// Lives in the namespace, and keeps it.
    keeper: Child,
}

impl SmallDisk {
    /// Puts a disk in the place of this empty folder.
    pub(crate) fn at(place: &Path, mebibytes: u32) -> Self {
        fs::create_dir(place).unwrap();
        let mount = r#"mount -t tmpfs -o "$1" small "$2" && echo here && exec cat"#;
        let mut unshare = Command::new("unshare");
        if !we_are_root() {
            unshare.arg("--map-root-user");
        }
        unshare
            .args(["--mount", "sh", "-c", mount, "sh", &format!("size={mebibytes}m,mode=0700")])
            .arg(place);
        let mut keeper = unshare.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "here\n", "no disk in memory can be had");
        Self { place: place.to_owned(), keeper }
    }

    /// Where a file on it is, for whoever sees it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.join(name)
    }

    /// Where the same file is for this program.
    fn seen_from_here(&self, name: &str) -> PathBuf {
        let inside = self.path(name);
        Path::new("/proc")
            .join(self.keeper.id().to_string())
            .join("root")
            .join(inside.strip_prefix("/").unwrap())
    }

    /// The same command, seeing this disk.
    pub(crate) fn seen_by(&self, command: &Command) -> Command {
        let mut seeing = Command::new("nsenter");
        seeing.args(["--target", &self.keeper.id().to_string(), "--mount"]);
        if !we_are_root() {
            seeing.args(["--user", "--preserve-credentials"]);
        }
        let folder = command.get_current_dir().unwrap_or(&self.place);
        seeing.args(["sh", "-c", r#"cd "$1" && shift && exec "$@""#, "sh"]).arg(folder);
        seeing.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => seeing.env(name, value),
                None => seeing.env_remove(name),
            };
        }
        seeing
    }

    /// Copies a file onto it.
    pub(crate) fn takes(&self, file: &Path, name: &str) {
        fs::copy(file, self.seen_from_here(name)).unwrap();
    }

    /// Copies a file from it.
    pub(crate) fn gives(&self, name: &str, file: &Path) {
        fs::copy(self.seen_from_here(name), file).unwrap();
    }

    /// Fills it to the brim.
    pub(crate) fn fills_up(&self) {
        let mut ballast = fs::File::create(self.seen_from_here(BALLAST)).unwrap();
        let full = loop {
            // A byte at last, so that no page is left.
            if let Err(full) = ballast.write_all(&[1; 4_096]) {
                break full;
            }
        };
        assert_eq!(full.kind(), io::ErrorKind::StorageFull, "{full}");
    }

    /// There is room again.
    pub(crate) fn has_room(&self) {
        fs::remove_file(self.seen_from_here(BALLAST)).unwrap();
    }

    /// Nobody may write on it any more. Nobody may be about to.
    pub(crate) fn becomes_read_only(&self) {
        self.is_mounted_anew("remount,ro");
    }

    /// It can be written on again.
    pub(crate) fn becomes_writable(&self) {
        self.is_mounted_anew("remount,rw");
    }

    fn is_mounted_anew(&self, how: &str) {
        let mut mount = Command::new("mount");
        mount.args(["-o", how]).arg(&self.place);
        let mounted = self.seen_by(&mount).output().unwrap();
        assert!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn we_are_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
