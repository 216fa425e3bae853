//! Shopping streets that points are merged into: profile, keys, what they have not acknowledged, refunds.

use super::issuer::id_provider_id;
use super::keys::wrapping;
use super::ticket::japan_time;
use super::{Outcome, Place};
use clap::Subcommand;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::keys::wrapped::street::{HandedOver, MergeProfile, StreetKey};
use madoguchi_cloud::ledger::Ledger;
use madoguchi_cloud::ledger::read::MergeStanding;
use madoguchi_cloud::operator::{OperatorError, street as operator};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::ledger::Done;
use madoguchi_domain::merge_file::{Reception, TransactionNumber};
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
    /// A street's keys: number, made, handed over for profile 1, for profile 2, retired. A `?` behind a time: the profile
    /// is presumed, and the key may be handed over for it once more.
    Keys {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
    },
    /// Print the street's key sheet with this key, once for each profile (docs/receiver.md). To be handed over by hand.
    ExportKey {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// The key's number.
        number: u32,
        /// For this profile, before the street changes to it; otherwise for the one it has.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        profile: Option<u8>,
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
    /// The merges with which somebody still has something to do: number, points, what the street said, and where
    /// that is known, what is to be done. Not received; taken back and not refunded; or said to be both.
    Waiting {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
    },
    /// The merges that a street has taken back: number, points, what it said (a booking back with its number in the
    /// street's books), the municipality's refund.
    TakenBack {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
    },
    /// Refund a merge that its street has taken back, once; prints the refund's number, the points, and how many of
    /// them lapsed at once because their last day is over.
    Refund {
        /// The street's 6-digit ID.
        #[arg(value_parser = id_provider_id)]
        street: IdProviderId,
        /// 取引済番号, 20 digits.
        #[arg(value_parser = TransactionNumber::parse)]
        number: TransactionNumber,
    },
}

impl Street {
    pub(super) async fn run(self, place: &Place) -> Outcome {
        let (database, now_ms) = (place.open()?, Clock::System.now_ms());
        match self {
            Self::Set { street, profile, keeps_mykey_ids } => {
                let profile = profile_numbered(profile);
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
            Self::ExportKey { street, number, profile, key_file } => {
                let which = (number, profile.map(profile_numbered));
                let wrapping = wrapping(place, key_file)?;
                let exported = database
                    .write(move |write| operator::export_key(write, &wrapping, street, which, now_ms));
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
            Self::TakenBack { street } => {
                let taken_back = database.read(move |read| operator::taken_back(read, street)).await;
                taken_back.map_err(OperatorError::from)?.iter().for_each(print_taken_back);
            }
            Self::Refund { street, number } => {
                print_refund(&operator::refund(&Ledger::new(database, Clock::System), street, number).await?);
            }
        }
        Ok(())
    }
}

fn print_key(key: &StreetKey) {
    let at = |at_ms: Option<i64>| at_ms.map_or_else(|| "-".to_owned(), japan_time);
    let handed = |handed: Option<HandedOver>| {
        let presumed = if handed.is_some_and(|handed| handed.is_presumed) { "?" } else { "" };
        format!("{}{presumed}", at(handed.map(|handed| handed.at_ms)))
    };
    let (one, two, retired) = (handed(key.handed_over_1), handed(key.handed_over_2), at(key.retired_ms));
    println!("{} {} {one} {two} {retired}", key.number, japan_time(key.created_ms));
}

const fn profile_numbered(profile: u8) -> MergeProfile {
    if profile == 2 { MergeProfile::Two } else { MergeProfile::One }
}

fn print_waiting(standing: &MergeStanding) {
    let to_do = if standing.contradicts_itself() {
        " contradiction"
    } else if standing.taken_back().is_some() {
        " refund"
    } else {
        ""
    };
    println!("{}{to_do}", line_of(standing));
}

fn print_taken_back(standing: &MergeStanding) {
    let refund = standing.refund.map_or_else(|| "-".to_owned(), |number| number.to_string());
    println!("{} {refund}", line_of(standing));
}

/// Number, points, and everything that the street said.
fn line_of(MergeStanding { merge, said, .. }: &MergeStanding) -> String {
    let word = |said: &Reception| match said.posting() {
        Some(posting) => format!("{}:{posting}", said.code()),
        None => said.code().to_owned(),
    };
    let words: Vec<_> = said.iter().map(word).collect();
    let said = if words.is_empty() { "-".to_owned() } else { words.join(",") };
    format!("{} {} {said}", merge.record.number, merge.record.points.get())
}

fn print_refund(refund: &Done) {
    let given_back: i64 = refund.parts.iter().map(|part| part.points.get()).sum();
    let usable: i64 = refund.parts.iter().map(|part| part.after - part.before).sum();
    println!("{} {given_back} {}", refund.number, given_back - usable);
}
