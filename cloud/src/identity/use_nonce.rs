//! Nonces for signed uses: for one terminal, visit and operation key, good for 120 seconds, once.
//!
//! Stored when it is handed out, so every process of a cloud knows it. That it serves once needs no
//! mark: it is bound to one operation key, and the ledger decides a key once. A request repeated after
//! its answer was lost is a known key and gets that answer, however old the nonce has become.

use super::visit;
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::terminal::TerminalId;
use sha2::{Digest, Sha256};

/// How long a nonce can be signed and sent, in milliseconds.
pub const LIFETIME_MS: i64 = 120_000;

/// A nonce as it stands in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseNonce {
    /// 32 random bytes.
    pub nonce: [u8; 32],
    /// The visit it was handed out for.
    pub visit: VisitHash,
    /// When it ends, milliseconds since 1970 (UTC).
    pub expires_at_ms: i64,
}

/// SHA-256 of a sealed visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitHash([u8; 32]);

impl VisitHash {
    /// Of the visit as a terminal carries it.
    pub fn of(sealed: &str) -> Self {
        Self(Sha256::digest(sealed.as_bytes()).into())
    }
}

/// Hands a nonce out; one handed out before for the same key is void. Those of visits that are over are
/// cleared away: till then an expired one can be told from one that never was.
pub fn hand_out(
    write: &Connection,
    terminal: TerminalId,
    key: OperationKey,
    new: &UseNonce,
    now_ms: i64,
) -> database::Result<()> {
    write.execute("delete from use_nonce where expires_at_ms <= $1", params![now_ms - visit::LIFETIME_MS])?;
    write
        .execute(
            "insert into use_nonce (terminal, key, visit, nonce, expires_at_ms) values ($1, $2, $3, $4, $5)
             on conflict (terminal, key) do update
             set visit = excluded.visit, nonce = excluded.nonce, expires_at_ms = excluded.expires_at_ms",
            params![terminal.number(), key.0.as_bytes(), new.visit.0, new.nonce, new.expires_at_ms],
        )
        .map(drop)
}

/// The nonce handed out last for a terminal's key.
pub fn find(
    read: &Connection,
    terminal: TerminalId,
    key: OperationKey,
) -> database::Result<Option<UseNonce>> {
    read.query_row(
        "select nonce, visit, expires_at_ms from use_nonce where terminal = $1 and key = $2",
        params![terminal.number(), key.0.as_bytes()],
        |row| Ok(UseNonce { nonce: row.get(0)?, visit: VisitHash(row.get(1)?), expires_at_ms: row.get(2)? }),
    )
    .optional()
}
