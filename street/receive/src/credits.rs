//! Handing credits out: every one at least once, with a number by which a second time is known.
//!
//! A credit is noted as handed out after it was: a power cut in between hands it out again. Whoever reads
//! the list takes each transaction number once. A line of the list is whole: what was written of one when the disk was
//! full or the power was cut is taken away again, and a credit never begins behind what somebody else left unended.

use crate::command_line::Format;
use crate::trouble::Trouble;
use jiff::Timestamp;
use madoguchi_street::books::{Books, Credit};
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

const COLUMNS: &str = "posting,point_id,points,number,received_at\n";
/// As many are held in memory.
const AT_ONCE: usize = 1_000;
/// No line of ours is longer, in bytes.
const LONGEST_LINE: u64 = 512;

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
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(list)?;
        append(&mut file, columns, lines)
    } else {
        let mut out = io::stdout().lock();
        let columns = if first { columns } else { "" };
        write!(out, "{columns}{lines}")?;
        out.flush()
    }
}

/// Adds whole lines or none.
fn append(list: &mut File, columns: &str, lines: &str) -> io::Result<()> {
    let (kept, unended) = last_line(list)?;
    let is_ours = columns.starts_with(&unended) || lines.lines().any(|line| line.starts_with(&unended));
    // Anything else was whole to whoever saved the list without a line end.
    let (kept, end) = if is_ours { (kept, "") } else { (list.metadata()?.len(), "\n") };
    list.set_len(kept)?;
    let columns = if kept == 0 { columns } else { "" };
    list.seek(SeekFrom::Start(kept))?;
    let added = list.write_all(format!("{end}{columns}{lines}").as_bytes()).and_then(|()| list.sync_all());
    if added.is_err() {
        // They are handed out once more. That it cannot be cut off either, is seen the next time.
        let _ = list.set_len(kept);
    }
    added
}

/// Where the last line that has an end ends, and what stands behind it; as text only what can be a line of ours.
fn last_line(list: &mut File) -> io::Result<(u64, String)> {
    let length = list.metadata()?.len();
    list.seek(SeekFrom::Start(length.saturating_sub(LONGEST_LINE)))?;
    let mut tail = Vec::new();
    list.take(LONGEST_LINE).read_to_end(&mut tail)?;
    let unended = tail.iter().rev().take_while(|byte| **byte != b'\n').count();
    let text = String::from_utf8_lossy(&tail[tail.len() - unended..]).into_owned();
    Ok((length - u64::try_from(unended).unwrap_or_default(), text))
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
    use super::{COLUMNS, append, cell};
    use std::io::{Read, Seek, Write};

    const LINES: &str =
        "17,30010100000017,5,20261121093015000001,t\n18,30010100000025,6,20261121093015000002,t\n";

    /// The list after the credits were added behind something.
    fn added_behind(before: &str) -> String {
        let mut list = tempfile::tempfile().unwrap();
        list.write_all(before.as_bytes()).unwrap();
        append(&mut list, COLUMNS, LINES).unwrap();
        let mut after = String::new();
        list.rewind().unwrap();
        list.read_to_string(&mut after).unwrap();
        after
    }

    #[test]
    fn what_a_power_cut_left_of_the_list_never_swallows_a_credit() {
        let whole = format!("{COLUMNS}16,x,1,n,t\n");
        let written = format!("{COLUMNS}{LINES}");
        for cut in 0..written.len() {
            let after = added_behind(&written[..cut]);
            assert!(after.starts_with(COLUMNS) && after.ends_with(LINES), "{cut}: {after}");
            assert_eq!(after.matches("posting").count(), 1, "{cut}: {after}");
            let lines = after.lines().all(|line| line.split(',').count() == 5);
            assert!(lines, "{cut}: {after}");
        }
        assert_eq!(added_behind(&format!("{whole}18,300")), format!("{whole}{LINES}"));
    }

    #[test]
    fn a_list_that_somebody_saved_without_a_line_end_keeps_its_last_line() {
        let saved = format!("{COLUMNS}16,x,1,n,t");
        assert_eq!(added_behind(&saved), format!("{saved}\n{LINES}"));
        let long = "x".repeat(2_000);
        assert_eq!(added_behind(&long), format!("{long}\n{LINES}"));
    }

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
