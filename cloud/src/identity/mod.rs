//! Who is who: terminals, sessions, visits, persons and their certificates, issuers and currencies.
//!
//! Belongs here: the tables of `0002_identity.sql`, `0003_use_nonce.sql`, `0004_sign_in.sql`,
//! `0007_service_ids.sql` and `0012_address_notices.sql`, the port to the certificate authority, and the proofs by which a terminal and a card are known. Does not belong here: points (the ledger), HTTP (the
//! API's rooms).
//! Why it exists: only this room ties the ledger's random person ids to a MyKey ID or a certificate.
//!
//! Growth rule: one file per thing that is known; its functions take a connection and never open one.

pub mod address_notice;
pub mod authority;
pub mod card_proof;
pub mod certificate;
pub mod challenge;
pub mod contact;
pub mod currency;
pub mod id_provider;
pub mod issuer;
pub mod look_up_audit;
pub mod operator_audit;
pub mod password;
pub mod password_tries;
pub mod person;
pub mod registration;
pub mod registry;
pub mod renewal;
pub mod service_id;
pub mod session;
pub mod session_cache;
pub mod sign_in;
pub mod sign_in_rule;
pub mod site;
pub mod street;
pub mod terminal;
pub mod use_nonce;
pub mod visit;

mod column;
mod named;
