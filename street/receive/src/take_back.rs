//! Merges that the office takes back: booked back or declined, answered at once, and listed as CSV (row F8).

use crate::command_line::{BooksOf, TakeBack};
use crate::pass::{DONE, MOST_LISTED, now_ms, open};
use crate::trouble::Trouble;
use jiff::Timestamp;
use madoguchi_domain::merge_file::TakenBack;
use madoguchi_street::MergeKeys;
use madoguchi_street::books::{Admission, Books, TakenBackMerge};
use madoguchi_street::receiving::{FILES_PER_COMMIT, LocalFolder, Receiving};
use std::io::{self, Write};

const COLUMNS: &str = "number,how,posting,points,since,answered";

/// Books the points of a number back; prints by which posting.
pub(crate) fn book_back(asked: &TakeBack) -> Result<u8, Trouble> {
    let (books, keys) = open(&asked.books)?;
    let done = books.book_back(asked.number, now_ms())?.map_err(Trouble::NotBookedBack)?;
    println!("{}", done.posting);
    answer(asked, &books, &keys)
}

/// Declines a number.
pub(crate) fn decline(asked: &TakeBack) -> Result<u8, Trouble> {
    let (books, keys) = open(&asked.books)?;
    books.decline(asked.number, now_ms())?.map_err(Trouble::NotDeclined)?;
    answer(asked, &books, &keys)
}

/// It stands in the books already: where the folder is away, the next pass answers.
fn answer(asked: &TakeBack, books: &Books, keys: &MergeKeys) -> Result<u8, Trouble> {
    let folder = LocalFolder::at(&asked.folder);
    let admission = Admission::Everybody;
    Receiving { books, keys, folder: &folder, admission, files_per_commit: FILES_PER_COMMIT }.answer()?;
    Ok(DONE)
}

/// Lists what was taken back, newest number first.
pub(crate) fn list(asked: &BooksOf) -> Result<u8, Trouble> {
    let (books, _) = open(asked)?;
    print(&books.taken_back(MOST_LISTED)?).map_err(Trouble::NotHandedOut)?;
    Ok(DONE)
}

fn print(merges: &[TakenBackMerge]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{COLUMNS}")?;
    for merge in merges {
        writeln!(out, "{}", line(merge))?;
    }
    out.flush()
}

fn line(merge: &TakenBackMerge) -> String {
    let (how, posting) = match merge.how {
        TakenBack::BookedBack { posting } => ("booked_back", posting.to_string()),
        TakenBack::Declined => ("declined", String::new()),
    };
    let points = merge.points.map(|points| points.get().to_string()).unwrap_or_default();
    let since = Timestamp::from_millisecond(merge.at_ms).map(|at| at.to_string()).unwrap_or_default();
    let answered = if merge.is_answered { "yes" } else { "no" };
    format!("{},{how},{posting},{points},{since},{answered}", merge.number)
}
