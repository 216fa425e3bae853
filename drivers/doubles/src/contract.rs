//! What every implementation of a port does, as functions that assert it.

mod cards;
mod felica;
mod folders;
mod papers;

pub use cards::{Hands, cards};
pub use felica::{FELICA_AREA, FELICA_BLOCK, FelicaHands, felica};
pub use folders::drop_folders;
pub use papers::{Places, papers};

use madoguchi_port::vault::Vault;

/// The contract of [`Vault`]: run against the operating system's store and against the one in memory.
///
/// # Panics
/// Where the vault breaks the contract.
pub fn vault(vault: &dyn Vault) {
    assert_eq!(vault.probe(), Ok(()), "a vault proves itself");
    assert_eq!(vault.get("nothing"), Ok(None), "what was never kept is not there");

    let bytes: Vec<u8> = (0..=255).collect();
    assert_eq!(vault.put("first", &bytes), Ok(()));
    assert_eq!(vault.put("second", b"other"), Ok(()));
    assert_eq!(kept(vault, "first"), Some(bytes), "all bytes come back as they were");
    assert_eq!(kept(vault, "second"), Some(b"other".to_vec()), "names are apart");

    assert_eq!(vault.put("first", b"replaced"), Ok(()));
    assert_eq!(kept(vault, "first"), Some(b"replaced".to_vec()), "a name holds one secret");

    assert_eq!(vault.delete("first"), Ok(()));
    assert_eq!(kept(vault, "first"), None);
    assert_eq!(vault.delete("first"), Ok(()), "deleting twice is no error");
    assert_eq!(kept(vault, "second"), Some(b"other".to_vec()), "deleting one leaves the other");
    assert_eq!(vault.delete("second"), Ok(()));
}

fn kept(vault: &dyn Vault, name: &str) -> Option<Vec<u8>> {
    let secret = vault.get(name);
    assert!(secret.is_ok(), "reading {name}: {secret:?}");
    secret.ok().flatten().map(|secret| secret.to_vec())
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::{MemoryFolders, MemoryVault, PaperTray};
    use madoguchi_port::paper::PrintTarget;
    use std::path::Path;

    #[test]
    fn the_tray_keeps_the_contract() {
        let places = Places {
            good: PrintTarget::Queue("counter".into()),
            nowhere: PrintTarget::Queue("nowhere".into()),
        };
        super::papers(&PaperTray::default(), &places);
    }

    #[test]
    fn the_folders_in_memory_keep_the_contract() {
        let (folder, gone) = (Path::new("/street"), Path::new("/gone"));
        super::drop_folders(&MemoryFolders::with(folder), folder, gone);
    }

    #[test]
    fn the_vault_in_memory_keeps_the_contract() {
        super::vault(&MemoryVault::default());
    }
}
