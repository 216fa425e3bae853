//! The paper in a clerk's hand: what its code or its typed number says, and how far that proves itself
//! (rows E3, E6).

use super::problem::Declined;
use crate::database::Connection;
use crate::keys::wrapped::{self, KeyTrouble, OpenKey, WrappedFor, Wrapping};
use crate::ticket::tag;
use madoguchi_domain::ticket::{TicketCode, TicketNumber};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::NamedTicket;

/// What a paper says.
#[derive(Clone, Copy)]
pub(super) struct Paper {
    /// Its number.
    pub(super) number: TicketNumber,
    /// Its code, where that was scanned.
    pub(super) code: Option<TicketCode>,
}

/// How far a paper proves itself.
pub(super) enum Proof {
    /// The tag is the cloud's, made under this key.
    Right(OpenKey),
    /// It is not.
    Wrong,
    /// There is no tag, or the key it was made under is gone.
    None,
}

impl Paper {
    /// What is no ticket's code at all is malformed, and nothing is remembered of it.
    /// A code of the other kind of cloud is no ticket of this one; terminals tell the clerk before they ask.
    pub(super) fn read(named: &NamedTicket, training: bool) -> Result<Self, Declined> {
        match named {
            NamedTicket::Number { number } => Ok(Self { number: *number, code: None }),
            NamedTicket::Code { code } => match TicketCode::scanned(code) {
                Ok(code) if code.training != training => Err(Declined::because(if code.training {
                    ErrorCode::TicketOfTraining
                } else {
                    ErrorCode::TicketNotOfTraining
                })),
                Ok(code) => Ok(Self { number: code.number, code: Some(code) }),
                Err(_) => Err(Declined::field(ErrorCode::Malformed, "ticket")),
            },
        }
    }

    /// What its code proves, by the keys as they are in the database.
    pub(super) fn proof(&self, read: &Connection, wrapping: &Wrapping) -> Result<Proof, Declined> {
        let Some(code) = &self.code else { return Ok(Proof::None) };
        let of = WrappedFor::TicketTag(code.issuer);
        let Some(key) = wrapped::numbered(read, of, code.key.0.into())? else { return Ok(Proof::Wrong) };
        match wrapping.open(&key) {
            Ok(Some(key)) if tag::is_right(&key, code) => Ok(Proof::Right(key)),
            Ok(Some(_)) => Ok(Proof::Wrong),
            Ok(None) | Err(KeyTrouble::OtherKeyEncryptionKey) => Ok(Proof::None),
            Err(trouble) => Err(trouble.into()),
        }
    }
}
