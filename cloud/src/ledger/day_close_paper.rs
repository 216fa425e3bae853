//! What a day close said when it was first asked for, kept as it was said: currencies are renamed, papers are
//! not (row K7).

use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::terminal::TerminalId;

/// The paper of a terminal's close, if it was kept.
pub fn find(
    read: &Connection,
    home: BookCode,
    terminal: TerminalId,
    number: u32,
) -> database::Result<Option<String>> {
    read.query_row(
        "select paper from day_close_paper where book = $1 and terminal = $2 and number = $3",
        params![home.as_str(), terminal.number(), number],
        |row| row.get(0),
    )
    .optional()
}

/// Keeps a paper, unless one was kept before: whoever was first is right.
pub fn keep(
    write: &Connection,
    home: BookCode,
    terminal: TerminalId,
    number: u32,
    paper: &str,
) -> database::Result<()> {
    write
        .execute(
            "insert into day_close_paper (book, terminal, number, paper) values ($1, $2, $3, $4)
             on conflict (book, terminal, number) do nothing",
            params![home.as_str(), terminal.number(), number, paper],
        )
        .map(drop)
}
