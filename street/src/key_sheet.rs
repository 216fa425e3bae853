//! The key sheet: the TOML in which a street's keys are handed over, and kept.
//!
//! It names one street and a profile, with one or two keys, the newest first:
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
//! cloud's keys: `number` and `ed25519` (64 hexadecimal digits). A sheet as it is kept may hold keys of both
//! profiles while a street changes from one to the other: a `[[key]]` with a `profile` of its own is of that one.
//! `mykey_ids = true` stands where the street's files name MyKey IDs, which no screen shows whole.

use ed25519_dalek::VerifyingKey;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{Profile1Key, Profile2Key, SharedSecret};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// As many keys of a profile are good at once: an old and a new one while they change.
const MOST_OF_A_PROFILE: usize = 2;

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

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    pub(crate) street: IdProviderId,
    profile: u8,
    /// Whether the files name MyKey IDs.
    #[serde(default, skip_serializing_if = "is_unsaid")]
    pub(crate) mykey_ids: bool,
    key: Vec<KeyRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signer: Vec<SignerRow>,
}

#[derive(Clone, Deserialize, Serialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct KeyRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<u8>,
    #[serde(default)]
    number: u16,
    aes: String,
    secret: String,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct SignerRow {
    number: u16,
    ed25519: String,
}

// The signature is serde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_unsaid(said: &bool) -> bool {
    !said
}

/// What a sheet holds, checked.
#[derive(Default)]
pub(crate) struct SheetKeys {
    pub(crate) of_profile_1: Vec<Profile1Key>,
    pub(crate) of_profile_2: Vec<(u16, Profile2Key)>,
    pub(crate) signers: Vec<(u16, VerifyingKey)>,
    /// Of all keys, the newest first.
    pub(crate) secrets: Vec<SharedSecret>,
}

impl Sheet {
    /// Reads a sheet's form; what stands in it, [`Sheet::keys`] checks.
    pub(crate) fn read(text: &str) -> Result<Self, NotAKeySheet> {
        // The error would quote the line.
        let mut sheet: Self = toml::from_str(text).map_err(|_| NotAKeySheet::Form)?;
        for key in &mut sheet.key {
            key.profile = key.profile.or(Some(sheet.profile));
        }
        Ok(sheet)
    }

    /// As it is kept.
    pub(crate) fn text(&self) -> Result<Zeroizing<String>, NotAKeySheet> {
        toml::to_string(self).map(Zeroizing::new).map_err(|_| NotAKeySheet::Form)
    }

    /// The keys that stand in it.
    pub(crate) fn keys(&self) -> Result<SheetKeys, NotAKeySheet> {
        let mut keys = SheetKeys::default();
        for row in &self.key {
            keys.secrets.push(row.shared_secret()?);
            match row.profile {
                Some(1) => keys.of_profile_1.push(row.of_profile_1()?),
                Some(2) => keys.of_profile_2.push(row.of_profile_2()?),
                _ => return Err(NotAKeySheet::Profile),
            }
        }
        let most = keys.of_profile_1.len().max(keys.of_profile_2.len());
        if !(1..=MOST_OF_A_PROFILE).contains(&most) {
            return Err(NotAKeySheet::HowMany);
        }
        keys.signers = self.signer.iter().map(SignerRow::key).collect::<Result<_, _>>()?;
        if keys.signers.is_empty() && !keys.of_profile_2.is_empty() {
            return Err(NotAKeySheet::Signer);
        }
        Ok(keys)
    }

    /// This sheet beside what was kept before: the cloud seals under the older key until it is retired, so that must
    /// go on opening files. Of each profile the newest two stay, by their numbers where all have one.
    pub(crate) fn joined_by(self, kept: &Self) -> Self {
        let Self { street, profile, mykey_ids, mut key, mut signer } = self;
        for before in &kept.key {
            if !key.iter().any(|new| new.replaces(before)) {
                key.push(before.clone());
            }
        }
        if key.iter().all(|key| key.number > 0) {
            key.sort_by_key(|key| Reverse(key.number));
        }
        let (mut ones, mut twos) = (0, 0);
        key.retain(|key| {
            let of_its_profile = if key.profile == Some(1) { &mut ones } else { &mut twos };
            *of_its_profile += 1;
            *of_its_profile <= MOST_OF_A_PROFILE
        });
        for before in &kept.signer {
            if !signer.iter().any(|new| new.number == before.number) {
                signer.push(before.clone());
            }
        }
        Self { street, profile, mykey_ids, key, signer }
    }
}

impl KeyRow {
    /// The same key once more, or another under the number by which files of profile 2 name it.
    fn replaces(&self, before: &Self) -> bool {
        let same_number = self.profile == Some(2) && self.number == before.number;
        self.profile == before.profile && (self.aes == before.aes || same_number)
    }

    fn shared_secret(&self) -> Result<SharedSecret, NotAKeySheet> {
        SharedSecret::parse(&self.secret).map_err(|_| NotAKeySheet::Secret)
    }

    fn of_profile_1(&self) -> Result<Profile1Key, NotAKeySheet> {
        Ok(Profile1Key { aes: bytes(&self.aes)?, secret: self.shared_secret()? })
    }

    fn of_profile_2(&self) -> Result<(u16, Profile2Key), NotAKeySheet> {
        Ok((self.number, Profile2Key { aes: bytes(&self.aes)? }))
    }
}

impl SignerRow {
    fn key(&self) -> Result<(u16, VerifyingKey), NotAKeySheet> {
        let bytes = bytes(&self.ed25519).map_err(|_| NotAKeySheet::Signer)?;
        Ok((self.number, VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKeySheet::Signer)?))
    }
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NotAKeySheet> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAKeySheet::Key)?;
    Ok(bytes)
}
