//! Registrations: a device becomes a terminal, once per generation, until its municipality releases it.

use super::{id_provider, registry};
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::terminal_api::{Contact, OwnIdProvider};

/// The device of a terminal's current generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// SHA-256 over what tells this computer from others.
    pub fingerprint: [u8; 32],
    /// The Ed25519 public key made on it.
    pub public_key: [u8; 32],
}

/// The device registered in this generation, whether or not the registration has ended.
pub fn device(read: &Connection, terminal: TerminalId, generation: u32) -> database::Result<Option<Device>> {
    read.query_row(
        "select fingerprint, public_key from registration where terminal = $1 and generation = $2",
        params![terminal.number(), generation],
        |row| Ok(Device { fingerprint: row.get(0)?, public_key: row.get(1)? }),
    )
    .optional()
}

/// The ID provider that was chosen at the registration of this generation.
pub fn id_provider(
    read: &Connection,
    terminal: TerminalId,
    generation: u32,
) -> database::Result<Option<OwnIdProvider>> {
    read.query_row(
        "select p.id, p.name, p.keeps_mykey_ids, p.address_notices from registration r join id_provider p on p.id = r.id_provider
         where r.terminal = $1 and r.generation = $2",
        params![terminal.number(), generation],
        id_provider::own_from_row,
    )
    .optional()
}

/// When the terminal was registered for the first time, milliseconds since 1970 (UTC).
pub fn first_registered_at(read: &Connection, terminal: TerminalId) -> database::Result<Option<i64>> {
    read.query_row(
        "select min(registered_at_ms) from registration where terminal = $1",
        params![terminal.number()],
        |row| row.get(0),
    )
}

/// Whether an active registration of another terminal has this fingerprint.
pub fn is_taken(read: &Connection, fingerprint: &[u8; 32], other_than: TerminalId) -> database::Result<bool> {
    read.query_row(
        "select exists (select 1 from registration
                        where fingerprint = $1 and ended_at_ms is null and terminal <> $2)",
        params![fingerprint, other_than.number()],
        |row| row.get(0),
    )
}

/// Writes down a registration.
pub fn add(
    write: &Connection,
    terminal: TerminalId,
    generation: u32,
    device: &Device,
    contact: &Contact,
    now_ms: i64,
) -> database::Result<()> {
    write.execute(
        "insert into registration (terminal, generation, fingerprint, public_key, staff_name, shop_name,
             postal_code, address, phone, mail, id_provider, registered_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            terminal.number(),
            generation,
            device.fingerprint,
            device.public_key,
            contact.staff_name.trim(),
            contact.shop_name.trim(),
            contact.postal_code,
            contact.address.trim(),
            contact.phone,
            contact.mail.trim(),
            contact.id_provider,
            now_ms
        ],
    )?;
    registry::mark_changed(write)
}

/// Ends a terminal's registration and its sessions; what was registered stays as history.
pub fn end(write: &Connection, terminal: TerminalId, now_ms: i64) -> database::Result<()> {
    write.execute(
        "update registration set ended_at_ms = $1 where terminal = $2 and ended_at_ms is null",
        params![now_ms, terminal.number()],
    )?;
    write.execute("delete from session where terminal = $1", params![terminal.number()])?;
    registry::mark_changed(write)
}
