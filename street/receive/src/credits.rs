//! Handing credits out: every one at least once, with a number by which a second time is known.
//!
//! A credit is noted as handed out after it was: a power cut in between hands it out again. Whoever reads
//! the list takes each transaction number once.

use crate::command_line::Format;
use crate::trouble::Trouble;
use jiff::Timestamp;
use madoguchi_street::books::{Books, Credit};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

const COLUMNS: &str = "posting,point_id,points,number,received_at\n";
/// As many are held in memory.
const AT_ONCE: usize = 1_000;

#[derive(Serialize)]
struct Line<'a> {
    posting: i64,
    point_id: &'a str,
    points: i64,
    number: String,
    received_at: String,
}

/// Hands out what was not yet.
pub(crate) fn hand_out(books: &Books, format: Format, list: Option<&Path>) -> Result<(), Trouble> {
    let mut first = true;
    loop {
        let credits = books.credits_after(books.told()?, AT_ONCE)?;
        let Some(newest) = credits.last() else { return Ok(()) };
        let lines: String = credits.iter().map(|credit| line(credit, format)).collect();
        write(&lines, format, list, first).map_err(Trouble::NotHandedOut)?;
        books.tell(newest.posting)?;
        first = false;
    }
}

fn write(lines: &str, format: Format, list: Option<&Path>, first: bool) -> io::Result<()> {
    let columns = if format == Format::Csv { COLUMNS } else { "" };
    if let Some(list) = list {
        let mut file = OpenOptions::new().create(true).append(true).open(list)?;
        let columns = if file.metadata()?.len() == 0 { columns } else { "" };
        file.write_all(format!("{columns}{lines}").as_bytes())?;
        file.sync_all()
    } else {
        let mut out = io::stdout().lock();
        let columns = if first { columns } else { "" };
        write!(out, "{columns}{lines}")?;
        out.flush()
    }
}

fn line(credit: &Credit, format: Format) -> String {
    let received_at = Timestamp::from_millisecond(credit.at_ms).map(|at| at.to_string()).unwrap_or_default();
    let (posting, points, number) = (credit.posting, credit.points.get(), credit.number.to_string());
    let point_id = credit.point_id.as_str();
    match format {
        Format::Csv => format!("{posting},{},{points},{number},{received_at}\n", cell(point_id)),
        Format::JsonLines => {
            let line = Line { posting, point_id, points, number, received_at };
            // A line of numbers and texts has no way not to be JSON.
            format!("{}\n", serde_json::to_string(&line).unwrap_or_default())
        }
    }
}

/// An ID as a cell: quoted where it needs to be, and never a formula (docs/security.md 20).
fn cell(id: &str) -> String {
    let plain = if id.starts_with(['=', '+', '-', '@']) { format!("'{id}") } else { id.to_owned() };
    if plain.contains('"') { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn an_id_is_a_text_in_every_spreadsheet() {
        for (id, wanted) in [
            ("30010100000017", "30010100000017"),
            ("=1+1", "'=1+1"),
            ("-5", "'-5"),
            ("a\"b", "\"a\"\"b\""),
            ("@\"", "\"'@\"\"\""),
        ] {
            assert_eq!(cell(id), wanted);
        }
    }
}
