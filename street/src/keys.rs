//! The keys a street opens merge files with: as they are handed over (a key sheet), and as they are kept.
//!
//! A sheet names one street and one profile, with one or two keys, the newest first:
//!
//! ```toml
//! street = "300101"
//! profile = 1
//!
//! [[key]]
//! aes = "000102030405060708090a0b0c0d0e0f"
//! secret = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E"
//! ```
//!
//! Under profile 2 each key has its `number` and 64 hexadecimal digits of `aes`, and `[[signer]]` names the
//! cloud's keys: `number` and `ed25519` (64 hexadecimal digits).

use ed25519_dalek::VerifyingKey;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    Acknowledgement, LONGEST_FILE, MergeRecord, NotGenuine, Profile1Key, Profile2Header, Profile2Key,
    SharedSecret, open_profile_1, open_profile_2,
};
use madoguchi_port::vault::{Vault, VaultFault};
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A street's keys. No `Debug`.
pub struct MergeKeys {
    street: IdProviderId,
    profile: Profile,
    /// Of its keys: answers are sealed with the newest one's.
    secrets: Secrets,
}

struct Secrets {
    newest: SharedSecret,
    older: Option<SharedSecret>,
}

enum Profile {
    One(Vec<Profile1Key>),
    Two { keys: Vec<(u16, Profile2Key)>, signers: Vec<(u16, VerifyingKey)> },
}

/// The text is no key sheet. It says which line of thought is wrong, never what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAKeySheet {
    /// No TOML, or not these fields.
    #[error("the key sheet has other fields than it should")]
    Form,
    /// The profile is neither 1 nor 2.
    #[error("the profile is 1 or 2")]
    Profile,
    /// None, or too many.
    #[error("one key, or two while they change")]
    HowMany,
    /// An AES key of the wrong length or no hexadecimal digits.
    #[error("a key has the wrong length or is not hexadecimal")]
    Key,
    /// The shared secret.
    #[error("a shared secret is 32 to 64 ASCII letters and digits")]
    Secret,
    /// The cloud's key is missing, or is none.
    #[error("profile 2 needs the cloud's signature keys")]
    Signer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    street: IdProviderId,
    profile: u8,
    key: Vec<KeyRow>,
    #[serde(default)]
    signer: Vec<SignerRow>,
}

#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct KeyRow {
    #[serde(default)]
    number: u16,
    aes: String,
    secret: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignerRow {
    number: u16,
    ed25519: String,
}

impl MergeKeys {
    /// Reads a key sheet.
    pub fn parse(sheet: &str) -> Result<Self, NotAKeySheet> {
        // The error would quote the line.
        let sheet: Sheet = toml::from_str(sheet).map_err(|_| NotAKeySheet::Form)?;
        let secrets = match sheet.key.as_slice() {
            [newest] => Secrets { newest: newest.shared_secret()?, older: None },
            [newest, older] => {
                Secrets { newest: newest.shared_secret()?, older: Some(older.shared_secret()?) }
            }
            _ => return Err(NotAKeySheet::HowMany),
        };
        let profile = match sheet.profile {
            1 => Profile::One(sheet.key.iter().map(KeyRow::of_profile_1).collect::<Result<_, _>>()?),
            2 => Profile::Two {
                keys: sheet.key.iter().map(KeyRow::of_profile_2).collect::<Result<_, _>>()?,
                signers: signers(&sheet.signer)?,
            },
            _ => return Err(NotAKeySheet::Profile),
        };
        Ok(Self { street: sheet.street, profile, secrets })
    }

    /// Keeps a sheet in the credential store, in place of the one before. It is checked first.
    pub fn keep(vault: &dyn Vault, sheet: &str) -> Result<Result<Self, NotAKeySheet>, VaultFault> {
        match Self::parse(sheet) {
            Ok(keys) => vault.put(&kept_as(keys.street), sheet.as_bytes()).map(|()| Ok(keys)),
            Err(wrong) => Ok(Err(wrong)),
        }
    }

    /// The keys that were kept for a street, if any were.
    pub fn kept(vault: &dyn Vault, street: IdProviderId) -> Result<Option<Self>, VaultFault> {
        let sheet: Option<Zeroizing<Vec<u8>>> = vault.get(&kept_as(street))?;
        Ok(sheet.and_then(|sheet| std::str::from_utf8(&sheet).ok().and_then(|text| Self::parse(text).ok())))
    }

    /// Whose keys they are.
    pub fn street(&self) -> IdProviderId {
        self.street
    }

    /// Opens a file with whichever key fits: one reason for everything that is wrong.
    pub fn open(&self, file: &[u8]) -> Result<MergeRecord, NotGenuine> {
        if file.len() > LONGEST_FILE {
            return Err(NotGenuine);
        }
        match &self.profile {
            Profile::One(keys) => open_profile_1(file, keys),
            Profile::Two { keys, signers } => {
                let header = Profile2Header::read(file).ok_or(NotGenuine)?;
                let key = of_number(keys, header.key).ok_or(NotGenuine)?;
                let signer = of_number(signers, header.signer).ok_or(NotGenuine)?;
                open_profile_2(self.street, file, key, signer)
            }
        }
    }

    /// An answer's bytes.
    pub(crate) fn seal(&self, answer: Acknowledgement) -> Vec<u8> {
        answer.sealed(&self.secrets.newest)
    }

    /// Whether these bytes are an answer of this street's.
    pub(crate) fn is_answer(&self, bytes: &[u8]) -> bool {
        let secrets = [&self.secrets.newest].into_iter().chain(&self.secrets.older);
        Acknowledgement::open(bytes, secrets).is_ok()
    }
}

fn kept_as(street: IdProviderId) -> String {
    format!("street/{street}/merge-keys")
}

fn of_number<K>(keys: &[(u16, K)], wanted: u16) -> Option<&K> {
    keys.iter().find(|(number, _)| *number == wanted).map(|(_, key)| key)
}

impl KeyRow {
    fn shared_secret(&self) -> Result<SharedSecret, NotAKeySheet> {
        SharedSecret::parse(&self.secret).map_err(|_| NotAKeySheet::Secret)
    }

    fn of_profile_1(&self) -> Result<Profile1Key, NotAKeySheet> {
        Ok(Profile1Key { aes: bytes(&self.aes)?, secret: self.shared_secret()? })
    }

    fn of_profile_2(&self) -> Result<(u16, Profile2Key), NotAKeySheet> {
        self.shared_secret()?;
        Ok((self.number, Profile2Key { aes: bytes(&self.aes)? }))
    }
}

fn signers(rows: &[SignerRow]) -> Result<Vec<(u16, VerifyingKey)>, NotAKeySheet> {
    let signer = |row: &SignerRow| {
        let bytes = bytes(&row.ed25519).map_err(|_| NotAKeySheet::Signer)?;
        Ok((row.number, VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKeySheet::Signer)?))
    };
    if rows.is_empty() {
        return Err(NotAKeySheet::Signer);
    }
    rows.iter().map(signer).collect()
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NotAKeySheet> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAKeySheet::Key)?;
    Ok(bytes)
}
