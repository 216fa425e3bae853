//! The cloud's key-encryption key, the keys derived from it, and those it wraps (docs/security.md 14).
//!
//! Belongs here: reading the one key from a systemd credential or a file nobody else can read, deriving
//! a key per purpose, wrapping the keys that must outlive it. Does not belong here: what a purpose does
//! with its key.
//! Why it exists: one secret to keep, and no key ever serves two purposes.

pub mod wrapped;

use hkdf::Hkdf;
use sha2::Sha256;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The name of the credential that systemd puts into `$CREDENTIALS_DIRECTORY`.
pub const CREDENTIAL: &str = "madoguchi-kek";

/// The key-encryption key: 32 bytes from outside the database. No `Debug`, wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct KeyEncryptionKey([u8; 32]);

/// What a derived key is for; each purpose has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sealing visits (AES-256-GCM).
    Visit,
    /// Recognising the cloud's own challenges (HMAC-SHA-256).
    Challenge,
    /// Wrapping the keys that stand in the database (AES-256-GCM).
    Wrapping,
    /// Naming this key-encryption key beside what it wraps: its first 8 bytes say nothing of the key.
    Name,
}

/// Why there is no usable key-encryption key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Neither a credential nor a file is named.
    #[error(
        "no key: give it as the systemd credential `{CREDENTIAL}` or name a file in `key_file` (make one with `madoguchi-cloud keys make <file>`)"
    )]
    Missing,
    /// The file cannot be read.
    #[error("the key file {path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody else may read the file.
    #[error("the key file {0} may be read by others; set its mode to 0600")]
    TooOpen(PathBuf),
    /// The content is not 64 hex digits.
    #[error("the key file {0} does not hold 64 hex digits")]
    Malformed(PathBuf),
}

impl KeyEncryptionKey {
    /// A key from its bytes, for a cloud that lives no longer than a test.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the key: the systemd credential if there is one, else the file the settings name.
    pub fn load(credentials_directory: Option<&Path>, key_file: Option<&Path>) -> Result<Self, KeyError> {
        let credential =
            credentials_directory.map(|folder| folder.join(CREDENTIAL)).filter(|path| path.exists());
        match (credential, key_file) {
            // systemd shows a credential to the unit's own user only; its mode is systemd's affair.
            (Some(path), _) => Self::read(&path),
            (None, Some(path)) => {
                refuse_if_open_to_others(path)?;
                Self::read(path)
            }
            (None, None) => Err(KeyError::Missing),
        }
    }

    fn read(path: &Path) -> Result<Self, KeyError> {
        let unreadable = |source| KeyError::Unreadable { path: path.to_owned(), source };
        let mut text = fs::read_to_string(path).map_err(unreadable)?;
        let mut bytes = [0; 32];
        let decoded = hex::decode_to_slice(text.trim(), &mut bytes);
        text.zeroize();
        decoded.map_err(|_| KeyError::Malformed(path.to_owned()))?;
        Ok(Self(bytes))
    }

    /// The key of one purpose: HKDF-SHA-256 without salt, info `madoguchi/<purpose>/1`.
    pub fn derive(&self, purpose: Purpose) -> [u8; 32] {
        let info: &[u8] = match purpose {
            Purpose::Visit => b"madoguchi/visit/1",
            Purpose::Challenge => b"madoguchi/challenge/1",
            Purpose::Wrapping => b"madoguchi/wrapping/1",
            Purpose::Name => b"madoguchi/key-name/1",
        };
        let mut key = [0; 32];
        // 32 bytes are one block of SHA-256; only more than 255 blocks are refused.
        let expanded = Hkdf::<Sha256>::new(None, &self.0).expand(info, &mut key);
        debug_assert!(expanded.is_ok());
        key
    }
}

/// Makes a new key file that only its owner can read. An existing file is left alone and refused.
pub fn make_key_file(path: &Path) -> io::Result<()> {
    use io::Write;
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut text = hex::encode(bytes);
    bytes.zeroize();
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    text.zeroize();
    written
}

#[cfg(unix)]
fn refuse_if_open_to_others(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let found =
        fs::metadata(path).map_err(|source| KeyError::Unreadable { path: path.to_owned(), source })?;
    let for_others = found.permissions().mode() & 0o077;
    if for_others == 0 { Ok(()) } else { Err(KeyError::TooOpen(path.to_owned())) }
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_path: &Path) -> Result<(), KeyError> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_its_own_key() {
        let key = KeyEncryptionKey::from_bytes([7; 32]);
        assert_ne!(key.derive(Purpose::Visit), key.derive(Purpose::Challenge));
        assert_ne!(key.derive(Purpose::Visit), KeyEncryptionKey::from_bytes([8; 32]).derive(Purpose::Visit));
    }

    #[test]
    fn a_made_key_file_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kek");
        make_key_file(&path).unwrap();
        assert!(KeyEncryptionKey::load(None, Some(&path)).is_ok());
        assert!(make_key_file(&path).is_err(), "an existing key is never overwritten");
    }

    #[test]
    fn the_credential_goes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CREDENTIAL), hex::encode([9; 32])).unwrap();
        let key = KeyEncryptionKey::load(Some(folder.path()), Some(Path::new("/nowhere"))).unwrap();
        assert!(key.derive(Purpose::Visit) == KeyEncryptionKey([9; 32]).derive(Purpose::Visit));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kek");
        make_key_file(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(KeyEncryptionKey::load(None, Some(&path)), Err(KeyError::TooOpen(_))));
    }

    #[test]
    fn no_key_and_a_malformed_key_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(KeyEncryptionKey::load(None, None), Err(KeyError::Missing)));
        fs::write(folder.path().join(CREDENTIAL), "short").unwrap();
        assert!(matches!(KeyEncryptionKey::load(Some(folder.path()), None), Err(KeyError::Malformed(_))));
    }
}
