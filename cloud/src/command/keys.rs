//! The cloud's keys: the one from outside, and those it wraps.

use super::issuer::issuer_code;
use super::{Outcome, Place};
use clap::Subcommand;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::keys::wrapped::{self, Wrapping};
use madoguchi_cloud::keys::{KeyEncryptionKey, make_key_file};
use madoguchi_cloud::operator::{OperatorError, ticket};
use madoguchi_domain::issuer::IssuerCode;
use std::env;
use std::error::Error;
use std::path::PathBuf;

/// `keys …`
#[derive(Subcommand)]
pub(super) enum Keys {
    /// Make a new key-encryption key in a file that only its owner can read.
    Make {
        /// The file; it must not exist yet.
        file: PathBuf,
    },
    /// Wrap the keys in the database anew, by another key-encryption key. While the cloud does not serve.
    Rotate {
        /// The file of the new key-encryption key, as `keys make` made it.
        new_file: PathBuf,
        /// The file of the one in use, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
    },
    /// After the key-encryption key was lost: make new keys, wrapped by the one that is in use now. Codes on
    /// tickets that are out there cannot be proven any more; their numbers can be typed.
    ReplaceLost {
        /// The file of the key-encryption key in use, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
    },
    /// Make the next key for the tickets of an issuer; prints its number. Tickets issued before stay good.
    NextTicketKey {
        /// The issuer's 6-digit code.
        #[arg(value_parser = issuer_code)]
        issuer: IssuerCode,
        /// The key-encryption key's file, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
    },
}

impl Keys {
    pub(super) async fn run(self, place: &Place) -> Outcome {
        match self {
            Self::Make { file } => {
                make_key_file(&file)?;
                println!("{}", file.display());
            }
            Self::Rotate { new_file, key_file } => {
                let old = wrapping(place, key_file)?;
                let new = Wrapping::by(&KeyEncryptionKey::load(None, Some(&new_file))?);
                let database = place.open()?;
                let rewrapped = database
                    .write(move |write| wrapped::rewrap(write, &old, &new).map_err(OperatorError::from));
                println!("{}", rewrapped.await.map_err(OperatorError::from)?);
            }
            Self::ReplaceLost { key_file } => {
                let (wrapping, now_ms) = (wrapping(place, key_file)?, Clock::System.now_ms());
                let database = place.open()?;
                let replaced = database.write(move |write| {
                    wrapped::replace_lost(write, &wrapping, now_ms).map_err(OperatorError::from)
                });
                println!("{}", replaced.await.map_err(OperatorError::from)?);
            }
            Self::NextTicketKey { issuer, key_file } => {
                let (wrapping, now_ms) = (wrapping(place, key_file)?, Clock::System.now_ms());
                let database = place.open()?;
                let next =
                    database.write(move |write| ticket::begin_next_key(write, &wrapping, issuer, now_ms));
                println!("{}", next.await.map_err(OperatorError::from)?);
            }
        }
        Ok(())
    }
}

/// By the key-encryption key in use.
pub(super) fn wrapping(place: &Place, key_file: Option<PathBuf>) -> Result<Wrapping, Box<dyn Error>> {
    let credentials = env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let of_settings = place.settings_file()?.key_file;
    let key_file = key_file.or(of_settings);
    let key = KeyEncryptionKey::load(credentials.as_deref(), key_file.as_deref())?;
    Ok(Wrapping::by(&key))
}
