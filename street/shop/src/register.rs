//! `register_street`: this PC becomes a shop of a street (seed 001 §13 (ア)).
//!
//! The merge keys are the proof: whoever has the street's key sheet was given it by the street. Everything is checked
//! before anything is kept; the registration is written last, so that a power cut leaves a PC that asks again.

use crate::failure::{no_key_sheet, told};
use crate::password;
use crate::registration::{contact_as_typed, street_name, street_number};
use crate::shop::{Open, Shop, Standing, Working, lock};
use crate::store::{self, KeptRegistration, KeptSignIn};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_street::books::Books;
use madoguchi_street::receiving::{DropFolder, LocalFolder};
use madoguchi_street::{Fault, KeptBefore, MergeKeys};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{KeySheetNamed, MergeKeysTaken, StreetCounter, StreetRegistration};
use std::path::Path;
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// A sheet has a few hundred characters; more is another file.
const LARGEST_SHEET: u64 = 64 * 1024;

impl Shop {
    /// `register_street`.
    pub async fn register_street(&self, asked: StreetRegistration) -> Result<StreetCounter, Failure> {
        self.blocking(move |open| {
            open.register(asked)?;
            open.shown()
        })
        .await
    }

    /// `take_merge_keys`: beside those that are there, since files under them are still on the way.
    pub async fn take_merge_keys(&self, asked: KeySheetNamed) -> Result<MergeKeysTaken, Failure> {
        self.for_the_clerk(move |open, working| {
            let street = lock(&working.registered).street;
            let keys = open.take_keys(street, &asked.path)?;
            Ok(MergeKeysTaken { keys: u32::try_from(keys.how_many()).unwrap_or(u32::MAX) })
        })
        .await
    }
}

impl Open {
    fn register(&self, asked: StreetRegistration) -> Result<(), Failure> {
        let StreetRegistration {
            terminal,
            password,
            street,
            street_name: name,
            key_sheet,
            drop_folder,
            contact,
        } = asked;
        let password = password::chosen(&Zeroizing::new(password))?;
        let terminal = password::terminal(&terminal)?;
        let street = street_number(&street)?;
        let street_name = street_name(&name)?;
        let contact = contact_as_typed(contact)?;
        folder_is_there(&drop_folder)?;
        // Held to the end: two registrations at once would be one too many.
        let mut standing = lock(&self.standing);
        let store = match &*standing {
            Standing::Unregistered(store) => Arc::clone(store),
            Standing::Working(_) => return Err(Failure::of(ErrorCode::AlreadyRegistered)),
            Standing::Barred(failure) => return Err(failure.clone()),
        };
        self.keys_at_registration(street, &key_sheet)?;
        self.choose_drop_folder(&drop_folder)?;
        let books =
            Books::open(&self.parts.folders.data, street, &self.ground()).map_err(|fault| told(&fault))?;
        let kept = KeptRegistration { terminal, password: password::hash(&password)?, street_name, contact };
        let Self { parts, .. } = self;
        let registered = store::register(&store, &*parts.vault, &*parts.entropy, street, kept)
            .and_then(|registered| {
                // Whoever has just typed the password need not type it again.
                let signed_in = KeptSignIn { signed_in_at_ms: self.now_ms(), ..KeptSignIn::default() };
                store::keep_sign_in(&store, signed_in)?;
                Ok(registered)
            })
            .map_err(|fault| told(&fault))?;
        tracing::info!(street = street.as_str(), "registered with a street");
        *standing = Standing::Working(Arc::new(Working { store, books, registered: Mutex::new(registered) }));
        Ok(())
    }

    /// Keys that were put into the credential store before need no sheet.
    fn keys_at_registration(&self, street: IdProviderId, sheet: &str) -> Result<(), Failure> {
        if !sheet.trim().is_empty() {
            return self.take_keys(street, sheet).map(drop);
        }
        let kept = MergeKeys::kept(&*self.parts.vault, street).map_err(|fault| told(&fault.into()))?;
        let kept = kept.ok_or_else(|| Failure::of(ErrorCode::KeySheetUnreadable))?;
        self.heed(&kept)
    }

    fn take_keys(&self, street: IdProviderId, path: &str) -> Result<MergeKeys, Failure> {
        let sheet = read_sheet(Path::new(path.trim()))?;
        let keys = MergeKeys::parse(&sheet).map_err(no_key_sheet)?;
        if keys.street() != street {
            return Err(Failure::of(ErrorCode::KeySheetOfAnotherStreet));
        }
        // First: no file is opened under keys whose IDs would be shown whole.
        self.heed(&keys)?;
        let kept = MergeKeys::keep(&*self.parts.vault, &sheet, KeptBefore::Stay);
        kept.map_err(|fault| told(&fault.into()))?.map_err(no_key_sheet)
    }
}

/// A folder that is mistyped is found out here and not by the first file that does not come.
fn folder_is_there(folder: &str) -> Result<(), Failure> {
    if folder.trim().is_empty() {
        return Err(Failure::of(ErrorCode::DropFolderGone));
    }
    let looked = LocalFolder::at(Path::new(folder.trim())).waiting();
    looked.map(drop).map_err(|error| told(&Fault::from(error)))
}

fn read_sheet(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let unreadable = |error: &std::io::Error| {
        tracing::warn!(%error, "the key sheet cannot be read");
        Failure::of(ErrorCode::KeySheetUnreadable)
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !size.is_file() || size.len() > LARGEST_SHEET {
        return Err(Failure::of(ErrorCode::KeySheetInvalid));
    }
    std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| unreadable(&error))
}
