//! Sessions: an opaque token of 256 random bits that stands for a proven terminal for 15 minutes.
//!
//! The database keeps only the token's SHA-256; a stolen database opens no session.

use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::terminal::TerminalId;
use sha2::{Digest, Sha256};
use std::fmt;

/// How long a session lasts, in milliseconds.
pub const LIFETIME_MS: i64 = 15 * 60 * 1000;

/// SHA-256 of a token: its name in the database and in the cache.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}

impl TokenHash {
    /// The hash of a token's bytes.
    pub fn of(token: &[u8; 32]) -> Self {
        Self(Sha256::digest(token).into())
    }
}

/// A session as it stands in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRow {
    /// Whose.
    pub terminal: TerminalId,
    /// Opened in this generation of the terminal; another one ends it.
    pub generation: u32,
    /// When it ends, milliseconds since 1970 (UTC).
    pub expires_at_ms: i64,
}

/// Opens a session; sessions that are over are cleared away.
pub fn open(write: &Connection, token: TokenHash, session: SessionRow, now_ms: i64) -> database::Result<()> {
    write.execute("delete from session where expires_at_ms <= $1", params![now_ms])?;
    write
        .execute(
            "insert into session (token_hash, terminal, generation, expires_at_ms) values ($1, $2, $3, $4)",
            params![token.0, session.terminal.number(), session.generation, session.expires_at_ms],
        )
        .map(drop)
}

/// Finds a session by its token.
pub fn find(read: &Connection, token: TokenHash) -> database::Result<Option<SessionRow>> {
    read.query_row(
        "select terminal, generation, expires_at_ms from session where token_hash = $1",
        params![token.0],
        |row| {
            Ok(SessionRow {
                terminal: TerminalId::from_number(row.get(0)?).map_err(|e| super::column::invalid(0, e))?,
                generation: row.get(1)?,
                expires_at_ms: row.get(2)?,
            })
        },
    )
    .optional()
}
