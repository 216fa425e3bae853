//! The rules of the counter, pure.
//!
//! Belongs here: ids with their check digits, points, who must sign in, the ledger's decisions and its
//! chain, the state machine of an intent, the fingerprint's bytes, what papers say.
//! Does not belong here: input and output, the clock, randomness, async, SQL, JSON on a border.
//! Time, ids and random numbers come in as arguments, so that a simulator can replay any of it.
//! Why it exists: terminal, cloud and simulator must decide alike, to the point.

mod canonical;
pub mod card_description;
pub mod certificate;
pub mod contact;
pub mod currency;
pub mod customer_number;
pub mod day;
pub mod day_close;
pub mod digits;
pub mod fingerprint;
pub mod id_provider;
pub mod intent;
pub mod issuer;
pub mod language;
pub mod ledger;
pub mod merge_file;
pub mod mykey_id;
pub mod operation_key;
pub mod page_origin;
pub mod person;
pub mod points;
pub mod receipt;
pub mod service_id;
pub mod session_proof;
pub mod sign_in;
pub mod site;
pub mod terminal;
pub mod ticket;
pub mod use_proof;
