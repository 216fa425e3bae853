//! One pass after the other: members, files, credits, a sentence.

use crate::command_line::{BooksOf, KeepKeys, TakeIn};
use crate::key_files::{KeyFiles, read_sheet};
use crate::members::Members;
use crate::trouble::Trouble;
use crate::{credits, quarantine, words};
use madoguchi_domain::language::Language;
use madoguchi_port::vault::Vault;
use madoguchi_store::Mains;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_street::books::{Books, Ground};
use madoguchi_street::receiving::{FILES_PER_COMMIT, LocalFolder, Receiving, Tally};
use madoguchi_street::{Fault, KeptBefore, MergeKeys};
use madoguchi_vault::OsVault;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) const DONE: u8 = 0;
const SET_ASIDE: u8 = 3;
const ALARM: u8 = 4;
const UNFINISHED: u8 = 5;
/// More than anybody reads.
pub(crate) const MOST_LISTED: u32 = 10_000;
/// Our part of the credential store.
const SERVICE: &str = "madoguchi-street";

/// Takes in once, or again and again.
pub(crate) fn take_in(asked: &TakeIn, language: Language) -> Result<u8, Trouble> {
    let (books, keys) = open(&asked.books)?;
    let mut members = Members::default();
    let Some(seconds) = asked.watch else {
        let tally = once(asked, &books, &keys, &mut members)?;
        if !tally.is_nothing() {
            eprintln!("{}", words::of_tally(&tally, language));
        }
        return Ok(exit_code(tally));
    };
    let mut said = String::new();
    loop {
        let (words, stays) = match once(asked, &books, &keys, &mut members) {
            Ok(tally) if tally.is_nothing() => (String::new(), true),
            Ok(tally) => (words::of_tally(&tally, language), tally.is_of_those_that_stay()),
            Err(trouble) if trouble.may_pass() => (words::of_trouble(&trouble, language), true),
            Err(trouble) => return Err(trouble),
        };
        // A share that is away for the night, or a file that somebody has open, is said once.
        let is_old = stays && words == said;
        if !words.is_empty() && !is_old {
            eprintln!("{words}");
        }
        said = words;
        thread::sleep(Duration::from_secs(seconds));
    }
}

/// Keeps a sheet in the credential store.
pub(crate) fn keep_keys(KeepKeys { from, alone }: &KeepKeys) -> Result<u8, Trouble> {
    let sheet = read_sheet(from)?;
    let before = if *alone { KeptBefore::End } else { KeptBefore::Stay };
    MergeKeys::keep(&OsVault::new(SERVICE), &sheet, before).map_err(Fault::from)??;
    Ok(DONE)
}

/// Checks the books.
pub(crate) fn check(asked: &BooksOf) -> Result<u8, Trouble> {
    let (books, _) = open(asked)?;
    books.check()??;
    Ok(DONE)
}

/// Lists what lies in quarantine.
pub(crate) fn set_aside(asked: &BooksOf) -> Result<u8, Trouble> {
    let (books, _) = open(asked)?;
    quarantine::list(&books.set_aside(MOST_LISTED)?).map_err(Trouble::NotHandedOut)?;
    Ok(DONE)
}

pub(crate) fn open(asked: &BooksOf) -> Result<(Books, MergeKeys), Trouble> {
    let (vault, keys): (Arc<dyn Vault>, MergeKeys) = match (&asked.keys, asked.street) {
        (Some(sheet), _) => {
            let keys = MergeKeys::parse(&read_sheet(sheet)?)?;
            (Arc::new(KeyFiles::in_folder(asked.data.join("keys"))), keys)
        }
        (None, Some(street)) => {
            let vault = OsVault::new(SERVICE);
            let keys = MergeKeys::kept(&vault, street).map_err(Fault::from)?.ok_or(Trouble::NoKeysKept)?;
            (Arc::new(vault), keys)
        }
        (None, None) => return Err(Trouble::NoKeysKept),
    };
    let ground = Ground { vault, entropy: Arc::new(SystemEntropy), power: Arc::new(Mains) };
    Ok((Books::open(&asked.data, keys.street(), &ground)?, keys))
}

fn once(asked: &TakeIn, books: &Books, keys: &MergeKeys, members: &mut Members) -> Result<Tally, Trouble> {
    members.read(asked.members.as_deref())?;
    let folder = LocalFolder::at(&asked.folder);
    let receiving = Receiving {
        books,
        keys,
        folder: &folder,
        admission: members.admission(),
        files_per_commit: FILES_PER_COMMIT,
    };
    let are_news = members.are_news();
    let pass = if are_news { receiving.receive_set_aside(now_ms()) } else { receiving.receive(now_ms()) };
    // Where a share was away, or somebody has a file open, not all was tried.
    if pass.as_ref().is_ok_and(|tally| tally.unreadable == 0) {
        members.were_tried();
    }
    // Also what a pass took in that ended in a fault, or the one before it.
    credits::hand_out(books, asked.format, asked.list.as_deref())?;
    Ok(pass?)
}

const fn exit_code(tally: Tally) -> u8 {
    if tally.other_content > 0 {
        ALARM
    } else if tally.unknown_member + tally.not_genuine > 0 {
        SET_ASIDE
    } else if tally.unreadable > 0 {
        // Last of them, since the next pass says it again.
        UNFINISHED
    } else {
        DONE
    }
}

pub(crate) fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}
