//! The operating system's credential store: the Secret Service on Linux, Credential Manager on
//! Windows.
//!
//! Belongs here: keeping bytes by name in that store, and telling "there is none" from "it failed".
//! Does not belong here: what the bytes are, or a way around a missing store. There is none: without
//! a credential store a terminal is not registered (docs/terminal.md).
//! Why it exists: a terminal's key must not be in a file, so that a copied folder is worth nothing.

use keyring::{Entry, Error};
use madoguchi_port::vault::{Vault, VaultFault};
use zeroize::Zeroizing;

/// The name under which the probe leaves a secret for a moment.
const PROBE: &str = "probe";

/// The store of the user who is signed in to the PC.
///
/// All calls block, some 10 to 80 ms; never make them on a window's thread.
#[derive(Debug, Clone)]
pub struct OsVault {
    service: String,
}

impl OsVault {
    /// A part of the store, by the name under which its entries stand there (`madoguchi`).
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }

    /// Forgets every secret in this part of the store, by whatever name; how many there were. Whoever takes the program
    /// from a PC knows no names.
    pub fn forget_all(&self) -> Result<usize, VaultFault> {
        if Entry::store_status().is_err() {
            return Err(VaultFault::Absent);
        }
        let found = keyring_core::Entry::search(
            &self.all_of_it().iter().map(|(key, value)| (*key, value.as_str())).collect(),
        );
        let mut forgotten = 0;
        for entry in found.map_err(|error| fault(&error))? {
            if entry.get_specifiers().is_some_and(|(service, _)| service != self.service) {
                continue;
            }
            match entry.delete_credential() {
                Ok(()) => forgotten += 1,
                Err(Error::NoEntry) => {}
                Err(error) => return Err(fault(&error)),
            }
        }
        Ok(forgotten)
    }

    /// What the Secret Service looks for: entries of this attribute.
    #[cfg(not(windows))]
    fn all_of_it(&self) -> [(&'static str, String); 1] {
        [("service", self.service.clone())]
    }

    /// What the Credential Manager's entries are looked through for: their names end so.
    #[cfg(windows)]
    fn all_of_it(&self) -> [(&'static str, String); 1] {
        [("pattern", format!(r"\.{}$", self.service))]
    }

    #[cfg(not(windows))]
    fn entry(&self, name: &str) -> Result<Entry, VaultFault> {
        Entry::new(&self.service, name).map_err(|error| fault(&error))
    }

    /// An entry that stays on this PC. By itself the store lets a profile that roams carry it to every PC its user
    /// signs in to, and the key is this terminal's.
    #[cfg(windows)]
    fn entry(&self, name: &str) -> Result<Entry, VaultFault> {
        if Entry::store_status().is_err() {
            return Err(fault(&Error::NoDefaultStore));
        }
        let stays = std::collections::HashMap::from([("persistence", "Local")]);
        let inner = keyring_core::Entry::new_with_modifiers(&self.service, name, &stays);
        inner.map(|inner| Entry { inner }).map_err(|error| fault(&error))
    }
}

impl Vault for OsVault {
    fn probe(&self) -> Result<(), VaultFault> {
        let mut secret = Zeroizing::new([0; 32]);
        getrandom::fill(secret.as_mut_slice())
            .map_err(|_| VaultFault::Failed("no random bytes for the probe".into()))?;
        // A name of its own, so that two programs can probe at once.
        let name = format!("{PROBE}-{}", hex::encode(&secret[..8]));
        self.put(&name, secret.as_slice())?;
        let kept = self.get(&name);
        self.delete(&name)?;
        match kept? {
            Some(kept) if kept.as_slice() == secret.as_slice() => Ok(()),
            _ => Err(VaultFault::Failed("a secret did not come back as it was kept".into())),
        }
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), VaultFault> {
        self.entry(name)?.set_secret(secret).map_err(|error| fault(&error))
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultFault> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    fn delete(&self, name: &str) -> Result<(), VaultFault> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

/// Which situation an error is. Never shows the error's own data: some variants carry the secret.
fn fault(error: &Error) -> VaultFault {
    match error {
        Error::NoDefaultStore | Error::NoStorageAccess(_) => VaultFault::Absent,
        Error::PlatformFailure(cause) => VaultFault::Failed(format!("the platform's store: {cause}")),
        Error::Ambiguous(_) => VaultFault::Failed("several entries have this name".into()),
        Error::TooLong(what, most) => VaultFault::Failed(format!("{what} is longer than {most}")),
        Error::Invalid(what, why) => VaultFault::Failed(format!("{what} is invalid: {why}")),
        Error::BadEncoding(_) | Error::BadDataFormat(_, _) | Error::BadStoreFormat(_) => {
            VaultFault::Failed("the entry has another form than it was kept in".into())
        }
        _ => VaultFault::Failed("an error of a kind that was not foreseen".into()),
    }
}
