//! The desk of a shopping street: the agreed folder, the key sheet, and a file opened by `openssl` alone.

use super::trouble::Trouble;
use crate::shop::Shop;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The street of the example.
pub const STREET: &str = "140002";

/// What the street's office has.
pub struct StreetDesk {
    folder: PathBuf,
    sheet: PathBuf,
    key: String,
    secret: String,
}

/// What a merge file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRecord {
    /// The resident's number in the street's books.
    pub point_id: String,
    /// How many points.
    pub points: String,
    /// 取引済番号.
    pub number: String,
}

impl StreetDesk {
    /// The operator makes the street's key and hands it over; whoever looks after the PC sets the folder.
    pub fn of(shop: &Shop) -> Result<Self, Trouble> {
        let sheet = shop.cloud.hands_over_a_street_key(STREET)?;
        let folder = shop.pc.has_a_folder_of_the_street(STREET)?;
        let kept = folder.with_extension("toml");
        fs::write(&kept, &sheet)?;
        Ok(Self { folder, sheet: kept, key: field(&sheet, "aes")?, secret: field(&sheet, "secret")? })
    }

    /// The agreed folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The key sheet as it was handed over.
    pub fn sheet(&self) -> &Path {
        &self.sheet
    }

    /// Opens the one file that lies there, as the published page says and with nothing but `openssl` and `md5sum`.
    pub fn opens_the_only_file(&self) -> Result<MergeRecord, Trouble> {
        let files: Vec<_> = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path()).collect();
        let [file] = &files[..] else {
            return Err(Trouble::new(format!("one file lies in the folder, not {files:?}")));
        };
        let bytes = fs::read(file)?;
        let (iv, sealed) = bytes.split_at_checked(16).ok_or_else(|| Trouble::new("the file is too short"))?;
        let iv = hexed(iv);
        let plain = run("openssl", &["enc", "-d", "-aes-128-cbc", "-K", &self.key, "-iv", &iv], sealed)?;
        let (record, hash) =
            plain.rsplit_once(',').ok_or_else(|| Trouble::new(format!("no record: {plain}")))?;
        let expected = run("md5sum", &[], format!("{record},{}", self.secret).as_bytes())?;
        if expected.split_whitespace().next() != Some(hash) {
            return Err(Trouble::new(format!("the hash is {hash}, not {expected}")));
        }
        let mut fields = record.split(',').map(str::to_owned);
        let mut next = || fields.next().ok_or_else(|| Trouble::new(format!("a field is missing: {record}")));
        Ok(MergeRecord { point_id: next()?, points: next()?, number: next()? })
    }

    /// The street's software takes what lies there.
    pub fn takes_the_files(&self) -> Result<(), Trouble> {
        for entry in fs::read_dir(&self.folder)?.flatten() {
            fs::remove_file(entry.path())?;
        }
        Ok(())
    }

    /// The share with the folder is gone.
    pub fn folder_goes(&self) -> Result<(), Trouble> {
        Ok(fs::rename(&self.folder, self.elsewhere())?)
    }

    /// It is there again.
    pub fn folder_comes_back(&self) -> Result<(), Trouble> {
        Ok(fs::rename(self.elsewhere(), &self.folder)?)
    }

    fn elsewhere(&self) -> PathBuf {
        self.folder.with_extension("away")
    }
}

/// A field of the key sheet.
fn field(sheet: &str, name: &str) -> Result<String, Trouble> {
    let begins = format!("{name} = \"");
    let value = sheet.lines().find_map(|line| line.strip_prefix(&begins)?.strip_suffix('"'));
    value.map(str::to_owned).ok_or_else(|| Trouble::new(format!("the key sheet has no {name}")))
}

fn hexed(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing into a text cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn run(program: &str, arguments: &[&str], input: &[u8]) -> Result<String, Trouble> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    let done = child.wait_with_output()?;
    if !done.status.success() {
        return Err(Trouble::not_started(program, &String::from_utf8_lossy(&done.stderr)));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
