//! Terminals: handed out, released, suspended, resumed, deleted, given functions (rows A2, A5, A7).
//!
//! All of these take effect at running servers within a second.

use super::OperatorError;
use crate::database::Connection;
use crate::identity::password::TerminalPassword;
use crate::identity::terminal::{self, Terminal, TerminalStatus};
use crate::identity::{issuer, registration, sign_in, site};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};

/// A terminal to be.
#[derive(Debug, Clone)]
pub struct NewTerminal {
    /// Its ID; none = the next free one.
    pub id: Option<TerminalId>,
    /// The municipality it belongs to.
    pub municipality: IssuerCode,
    /// Where it will stand.
    pub site: SiteId,
    /// The kind under which Form I counts it.
    pub kind: TerminalKind,
    /// Whether its ID provider is a shopping street, which decides a kind-ア terminal's functions.
    pub of_a_street: bool,
}

/// The first terminal ID handed out.
const FIRST_ID: u32 = 10_000_001;
/// The last there can be: eight digits.
const LAST_ID: u32 = 99_999_999;

/// Adds a terminal with its password, and says its ID.
pub fn add(
    write: &Connection,
    new: &NewTerminal,
    password: &TerminalPassword,
) -> Result<TerminalId, OperatorError> {
    if issuer::find(write, new.municipality)?.is_none() {
        return Err(OperatorError::UnknownIssuer(new.municipality));
    }
    let municipality_of_site =
        site::municipality_of(write, new.site)?.ok_or(OperatorError::UnknownSite(new.site))?;
    if municipality_of_site != new.municipality.as_str() {
        return Err(OperatorError::SiteElsewhere(new.site));
    }
    let id = match new.id {
        Some(id) if terminal::find(write, id)?.is_some() => return Err(OperatorError::TerminalExists(id)),
        Some(id) => id,
        None => next_id(write)?,
    };
    let terminal = Terminal {
        id,
        municipality: new.municipality,
        site: new.site,
        kind: new.kind,
        functions: new.kind.default_functions(new.of_a_street).to_vec(),
        status: TerminalStatus::Active,
        generation: 1,
    };
    terminal::add(write, &terminal, &password.hash()?)?;
    Ok(id)
}

fn next_id(write: &Connection) -> Result<TerminalId, OperatorError> {
    let next = terminal::highest_id(write, FIRST_ID, LAST_ID)?.map_or(FIRST_ID, |highest| highest + 1);
    TerminalId::from_number(next).map_err(|_| OperatorError::NoTerminalIdLeft)
}

/// Releases a terminal: its device and its sessions are let in no more, and it can be registered anew
/// with the new password.
pub fn release(
    write: &Connection,
    id: TerminalId,
    password: &TerminalPassword,
    now_ms: i64,
) -> Result<(), OperatorError> {
    existing(id, terminal::start_generation(write, id, &password.hash()?)?)?;
    sign_in::close(write, id, now_ms)?;
    registration::end(write, id, now_ms)?;
    Ok(())
}

/// Suspends a terminal until it is resumed; its sign-in is over.
pub fn suspend(write: &Connection, id: TerminalId, now_ms: i64) -> Result<(), OperatorError> {
    existing(id, terminal::set_status(write, id, TerminalStatus::Suspended)?)?;
    sign_in::close(write, id, now_ms)?;
    Ok(())
}

/// Lets a suspended terminal in again.
pub fn resume(write: &Connection, id: TerminalId) -> Result<(), OperatorError> {
    existing(id, terminal::set_status(write, id, TerminalStatus::Active)?)
}

/// Deletes a terminal; what it did and how it was registered stays.
pub fn delete(write: &Connection, id: TerminalId, now_ms: i64) -> Result<(), OperatorError> {
    existing(id, terminal::set_status(write, id, TerminalStatus::Deleted)?)?;
    sign_in::close(write, id, now_ms)?;
    registration::end(write, id, now_ms)?;
    Ok(())
}

/// Sets what a terminal may do.
pub fn set_functions(
    write: &Connection,
    id: TerminalId,
    functions: &[TerminalFunction],
) -> Result<(), OperatorError> {
    existing(id, terminal::set_functions(write, id, functions)?)
}

fn existing(id: TerminalId, changed: bool) -> Result<(), OperatorError> {
    if changed { Ok(()) } else { Err(OperatorError::UnknownTerminal(id)) }
}
