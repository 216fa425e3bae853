//! The keys a street opens merge files with: as they are kept, and what they do.
//!
//! Belongs here: keeping a sheet beside those kept before, opening files, sealing answers. Does not: what a sheet looks
//! like (`key_sheet`).

use crate::key_sheet::{NotAKeySheet, Sheet, SheetKeys};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    Acknowledgement, LONGEST_FILE, MergeRecord, NotGenuine, Profile2Header, SharedSecret, open_profile_1,
    open_profile_2,
};
use madoguchi_port::vault::{Vault, VaultFault};

/// A street's keys. No `Debug`.
pub struct MergeKeys {
    street: IdProviderId,
    names_mykey_ids: bool,
    keys: SheetKeys,
    /// The newest one's: answers are sealed with it.
    newest_secret: SharedSecret,
}

/// What becomes of the keys that were kept before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBefore {
    /// They stay beside the new ones, the newest two of each profile: files under them are still on the way.
    Stay,
    /// They end: the street has no more to expect under them, or must not trust them any longer.
    End,
}

impl MergeKeys {
    /// Reads a key sheet.
    pub fn parse(sheet: &str) -> Result<Self, NotAKeySheet> {
        Self::of(&Sheet::read(sheet)?)
    }

    fn of(sheet: &Sheet) -> Result<Self, NotAKeySheet> {
        let keys = sheet.keys()?;
        let newest_secret = keys.secrets.first().cloned().ok_or(NotAKeySheet::HowMany)?;
        Ok(Self { street: sheet.street, names_mykey_ids: sheet.mykey_ids, keys, newest_secret })
    }

    /// Keeps a sheet in the credential store. It is checked first.
    pub fn keep(
        vault: &dyn Vault,
        sheet: &str,
        before: KeptBefore,
    ) -> Result<Result<Self, NotAKeySheet>, VaultFault> {
        let new = match Sheet::read(sheet).and_then(|new| new.keys().map(|_| new)) {
            Ok(new) => new,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let kept = match before {
            KeptBefore::Stay => sheet_kept(vault, new.street)?,
            KeptBefore::End => None,
        };
        let joined = match kept {
            Some(kept) => new.joined_by(&kept),
            None => new,
        };
        match Self::of(&joined).and_then(|keys| Ok((keys, joined.text()?))) {
            Ok((keys, text)) => vault.put(&kept_as(keys.street), text.as_bytes()).map(|()| Ok(keys)),
            Err(wrong) => Ok(Err(wrong)),
        }
    }

    /// The keys that were kept for a street, if any were.
    pub fn kept(vault: &dyn Vault, street: IdProviderId) -> Result<Option<Self>, VaultFault> {
        Ok(sheet_kept(vault, street)?.and_then(|sheet| Self::of(&sheet).ok()))
    }

    /// Whose keys they are.
    pub fn street(&self) -> IdProviderId {
        self.street
    }

    /// Whether the files under them name MyKey IDs, as their sheet says.
    pub fn names_mykey_ids(&self) -> bool {
        self.names_mykey_ids
    }

    /// How many there are: files under any of them open.
    pub fn how_many(&self) -> usize {
        self.keys.secrets.len()
    }

    /// Opens a file with whichever key fits: one reason for everything that is wrong.
    pub fn open(&self, file: &[u8]) -> Result<MergeRecord, NotGenuine> {
        if file.len() > LONGEST_FILE {
            return Err(NotGenuine);
        }
        // Both are tried to the end, whatever the first gave.
        let of_profile_2 = self.open_profile_2(file);
        let of_profile_1 = open_profile_1(file, &self.keys.of_profile_1);
        of_profile_2.or(of_profile_1)
    }

    fn open_profile_2(&self, file: &[u8]) -> Result<MergeRecord, NotGenuine> {
        let header = Profile2Header::read(file).ok_or(NotGenuine)?;
        let key = of_number(&self.keys.of_profile_2, header.key).ok_or(NotGenuine)?;
        let signer = of_number(&self.keys.signers, header.signer).ok_or(NotGenuine)?;
        open_profile_2(self.street, file, key, signer)
    }

    /// An answer's bytes.
    pub(crate) fn seal(&self, answer: Acknowledgement) -> Vec<u8> {
        answer.sealed(&self.newest_secret)
    }

    /// Whether these bytes are an answer of this street's.
    pub(crate) fn is_answer(&self, bytes: &[u8]) -> bool {
        Acknowledgement::open(bytes, &self.keys.secrets).is_ok()
    }
}

/// A sheet that is kept and cannot be read is as good as none.
fn sheet_kept(vault: &dyn Vault, street: IdProviderId) -> Result<Option<Sheet>, VaultFault> {
    let sheet = vault.get(&kept_as(street))?;
    let read = |text: &str| Sheet::read(text).ok().filter(|sheet| sheet.keys().is_ok());
    Ok(sheet.and_then(|sheet| std::str::from_utf8(&sheet).ok().and_then(read)))
}

fn kept_as(street: IdProviderId) -> String {
    format!("street/{street}/merge-keys")
}

fn of_number<K>(keys: &[(u16, K)], wanted: u16) -> Option<&K> {
    keys.iter().find(|(number, _)| *number == wanted).map(|(_, key)| key)
}
