//! Terminals: their municipality, site, kind, functions, status and generation (rows A5, A7).

use super::column::{UnknownValue, invalid};
use super::named::{name_of, parse};
use super::registry;
use crate::database::{self, Connection, Optional, Row, params};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};

/// Whether a terminal is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalStatus {
    /// It is.
    Active,
    /// Not until its municipality resumes it.
    Suspended,
    /// Never again; its history stays.
    Deleted,
}

/// A terminal as its municipality set it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    /// 端末ID.
    pub id: TerminalId,
    /// The municipality it belongs to.
    pub municipality: IssuerCode,
    /// Where it stands.
    pub site: SiteId,
    /// The kind under which Form I counts it.
    pub kind: TerminalKind,
    /// What it may do, in the menu's order.
    pub functions: Vec<TerminalFunction>,
    /// Whether it is let in.
    pub status: TerminalStatus,
    /// Counts its registrations: a release starts the next one.
    pub generation: u32,
}

/// A terminal with the hash of its password. No `Debug`.
pub struct TerminalWithPassword {
    /// The terminal.
    pub terminal: Terminal,
    /// The argon2id hash of the current generation's password, as a PHC string.
    pub password_hash: String,
}

const COLUMNS: &str = "id, municipality, site, kind, functions, status, generation, password_hash";

/// Adds a terminal.
pub fn add(write: &Connection, terminal: &Terminal, password_hash: &str) -> database::Result<()> {
    write.execute(
        "insert into terminal (id, municipality, site, kind, functions, status, generation, password_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            terminal.id.number(),
            terminal.municipality.as_str(),
            terminal.site.0,
            name_of(&terminal.kind),
            functions_text(&terminal.functions),
            status_name(terminal.status),
            terminal.generation,
            password_hash
        ],
    )?;
    registry::mark_changed(write)
}

/// Finds a terminal.
pub fn find(read: &Connection, id: TerminalId) -> database::Result<Option<TerminalWithPassword>> {
    read.query_row(&format!("select {COLUMNS} from terminal where id = $1"), params![id.number()], from_row)
        .optional()
}

/// The largest terminal ID in a range that is taken, for handing out the next one.
pub fn highest_id(read: &Connection, from: u32, to: u32) -> database::Result<Option<u32>> {
    read.query_row("select max(id) from terminal where id between $1 and $2", params![from, to], |row| {
        row.get(0)
    })
}

/// Changes whether a terminal is let in. `false`: there is no such terminal.
pub fn set_status(write: &Connection, id: TerminalId, status: TerminalStatus) -> database::Result<bool> {
    let changed = write.execute(
        "update terminal set status = $1 where id = $2 and status <> 'deleted'",
        params![status_name(status), id.number()],
    )?;
    registry::mark_changed(write)?;
    Ok(changed == 1)
}

/// Changes what a terminal may do. `false`: there is no such terminal.
pub fn set_functions(
    write: &Connection,
    id: TerminalId,
    functions: &[TerminalFunction],
) -> database::Result<bool> {
    let changed = write.execute(
        "update terminal set functions = $1 where id = $2 and status <> 'deleted'",
        params![functions_text(functions), id.number()],
    )?;
    registry::mark_changed(write)?;
    Ok(changed == 1)
}

/// Starts a terminal's next generation with a new password. `false`: there is no such terminal.
pub fn start_generation(write: &Connection, id: TerminalId, password_hash: &str) -> database::Result<bool> {
    let changed = write.execute(
        "update terminal set generation = generation + 1, password_hash = $1
         where id = $2 and status <> 'deleted'",
        params![password_hash, id.number()],
    )?;
    registry::mark_changed(write)?;
    Ok(changed == 1)
}

fn from_row(row: &Row<'_>) -> database::Result<TerminalWithPassword> {
    let functions: String = row.get(4)?;
    let terminal = Terminal {
        id: TerminalId::from_number(row.get(0)?).map_err(|e| invalid(0, e))?,
        municipality: IssuerCode::parse(&row.get::<String>(1)?).map_err(|e| invalid(1, e))?,
        site: SiteId(row.get(2)?),
        kind: parse(&row.get::<String>(3)?).map_err(|e| invalid(3, e))?,
        functions: functions
            .split_ascii_whitespace()
            .map(|name| parse_function(name).ok_or_else(|| invalid(4, UnknownValue)))
            .collect::<Result<_, _>>()?,
        status: parse_status(&row.get::<String>(5)?).ok_or_else(|| invalid(5, UnknownValue))?,
        generation: row.get(6)?,
    };
    Ok(TerminalWithPassword { terminal, password_hash: row.get(7)? })
}

/// A function by the name it has in JSON, as an operator types it.
pub fn parse_function(name: &str) -> Option<TerminalFunction> {
    parse(name).ok()
}

/// A kind by the name it has in JSON, as an operator types it.
pub fn parse_kind(name: &str) -> Option<TerminalKind> {
    parse(name).ok()
}

fn functions_text(functions: &[TerminalFunction]) -> String {
    let mut sorted = functions.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.iter().map(name_of).collect::<Vec<_>>().join(" ")
}

const fn status_name(status: TerminalStatus) -> &'static str {
    match status {
        TerminalStatus::Active => "active",
        TerminalStatus::Suspended => "suspended",
        TerminalStatus::Deleted => "deleted",
    }
}

fn parse_status(name: &str) -> Option<TerminalStatus> {
    [TerminalStatus::Active, TerminalStatus::Suspended, TerminalStatus::Deleted]
        .into_iter()
        .find(|status| status_name(*status) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_functions_are_read_back_by_their_names() {
        for function in TerminalKind::ServiceIdCounter.default_functions(true) {
            assert_eq!(parse_function(&name_of(function)), Some(*function));
        }
        assert_eq!(parse_kind("grant_desk"), Some(TerminalKind::GrantDesk));
        assert_eq!(parse_function("fly"), None);
    }
}
