//! An office with a folder, a key sheet and the program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_madoguchi-receive");
pub(crate) const KEY: &str = "30313233343536373839616263646566";
const SECRET: &str = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E";

/// An office with a folder and a key sheet.
pub(crate) struct Office(TempDir);

impl Office {
    pub(crate) fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("drop")).unwrap();
        let office = Self(place);
        let sheet =
            format!("street = \"300101\"\nprofile = 1\n[[key]]\naes = \"{KEY}\"\nsecret = \"{SECRET}\"\n");
        office.has_the_sheet(&sheet);
        office
    }

    pub(crate) fn sheet(&self) -> String {
        fs::read_to_string(self.at("keys.toml")).unwrap()
    }

    pub(crate) fn has_the_sheet(&self, sheet: &str) {
        fs::write(self.at("keys.toml"), sheet).unwrap();
        fs::set_permissions(self.at("keys.toml"), fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// One of the commands about the books alone.
    pub(crate) fn asks(&self, command: &str) -> Output {
        let mut asked = Command::new(PROGRAM);
        asked.arg(command).arg("--data").arg(self.at("data")).arg("--keys").arg(self.at("keys.toml"));
        asked.output().unwrap()
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A terminal drops a file, which `openssl` and `md5sum` sealed.
    pub(crate) fn is_given(&self, record: &str) {
        let number = record.rsplit(',').next().unwrap();
        let file = self.at(&format!("drop/merge_300101_{number}.dat"));
        let script = r#"hash=$(printf '%s,%s' "$1" "$2" | md5sum | cut -d' ' -f1)
            { printf 0123456789abcdef
              printf '%s,%s' "$1" "$hash" |
                  openssl enc -aes-128-cbc -K "$3" -iv 30313233343536373839616263646566; } > "$4.part"
            mv "$4.part" "$4""#;
        let sealed = Command::new("sh").args(["-c", script, "sh", record, SECRET, KEY]).arg(file).status();
        assert!(sealed.unwrap().success());
    }

    pub(crate) fn takes_in(&self, more: &[&str]) -> Output {
        self.command(more).output().unwrap()
    }

    pub(crate) fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(["--language", "en", "take-in", "--folder"]).arg(self.at("drop"));
        command.arg("--data").arg(self.at("data")).arg("--keys").arg(self.at("keys.toml")).args(more);
        command
    }
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
