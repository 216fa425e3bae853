//! Shopping streets that points are merged into: profile, keys, and what they have not acknowledged.

use super::issuer::id_provider_id;
use super::keys::wrapping;
use super::ticket::japan_time;
use super::{Outcome, Place};
use clap::Subcommand;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::keys::wrapped::street::{MergeProfile, StreetKey};
use madoguchi_cloud::ledger::read::WaitingMerge;
use madoguchi_cloud::operator::{OperatorError, street as operator};
use madoguchi_domain::id_provider::IdProviderId;
use std::path::PathBuf;

/// `street …`
#[derive(Subcommand)]
pub(super) enum Street {
    /// Set how a street's files are sealed and by which ID it knows residents.
    Set {
        /// Its 6-digit ID as an ID provider.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// 1 as the manual has it, 2 for streets that can (docs/merge-file.md).
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
        profile: u8,
        /// It keeps MyKey IDs, so its files name those.
        #[arg(long)]
        keeps_mykey_ids: bool,
    },
    /// Make a street's next key; prints its number. It seals nothing until the one before is retired.
    MakeKey {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// The key-encryption key's file, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
    },
    /// A street's keys: number, made, handed over, retired.
    Keys {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
    },
    /// Print the street's key sheet with this key, once (docs/receiver.md). To be handed over by hand.
    ExportKey {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// The key's number.
        number: u32,
        /// The key-encryption key's file, instead of the settings' one.
        #[arg(long)]
        key_file: Option<PathBuf>,
    },
    /// Retire the older key, once the street has the newer one in place.
    RetireKey {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// The key's number.
        number: u32,
    },
    /// The merges that a street has not said it received: number, points, and what it said instead.
    Waiting {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
    },
}

impl Street {
    pub(super) async fn run(self, place: &Place) -> Outcome {
        let (database, now_ms) = (place.open()?, Clock::System.now_ms());
        match self {
            Self::Set { street, profile, keeps_mykey_ids } => {
                let profile = if profile == 2 { MergeProfile::Two } else { MergeProfile::One };
                let set = database.write(move |write| operator::set(write, street, profile, keeps_mykey_ids));
                set.await.map_err(OperatorError::from)?;
            }
            Self::MakeKey { street, key_file } => {
                let wrapping = wrapping(place, key_file)?;
                let made =
                    database.write(move |write| operator::make_key(write, &wrapping, street, now_ms)).await;
                println!("{}", made.map_err(OperatorError::from)?);
            }
            Self::Keys { street } => {
                let keys = database.read(move |read| operator::list_keys(read, street)).await;
                keys.map_err(OperatorError::from)?.iter().for_each(print_key);
            }
            Self::ExportKey { street, number, key_file } => {
                let wrapping = wrapping(place, key_file)?;
                let exported = database
                    .write(move |write| operator::export_key(write, &wrapping, street, number, now_ms));
                print!("{}", *exported.await.map_err(OperatorError::from)?.text());
            }
            Self::RetireKey { street, number } => {
                let retired =
                    database.write(move |write| operator::retire_key(write, street, number, now_ms));
                retired.await.map_err(OperatorError::from)?;
            }
            Self::Waiting { street } => {
                let waiting = database.read(move |read| operator::waiting(read, street)).await;
                waiting.map_err(OperatorError::from)?.iter().for_each(print_waiting);
            }
        }
        Ok(())
    }
}

fn print_key(key: &StreetKey) {
    let at = |at_ms: Option<i64>| at_ms.map_or_else(|| "-".to_owned(), japan_time);
    println!("{} {} {} {}", key.number, japan_time(key.created_ms), at(key.exported_ms), at(key.retired_ms));
}

fn print_waiting(WaitingMerge { merge, said }: &WaitingMerge) {
    println!(
        "{} {} {}",
        merge.record.number,
        merge.record.points.get(),
        said.map_or("-", |said| said.code())
    );
}
