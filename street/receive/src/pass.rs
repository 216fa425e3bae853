//! One pass after the other: members, files, credits, a sentence.

use crate::command_line::{BooksOf, TakeIn};
use crate::key_files::{KeyFiles, read_sheet};
use crate::trouble::Trouble;
use crate::{credits, quarantine, words};
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_port::vault::Vault;
use madoguchi_store::Mains;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_street::books::{Admission, Books, Ground, IdKind};
use madoguchi_street::receiving::{FILES_PER_COMMIT, LocalFolder, Receiving, Tally};
use madoguchi_street::{Fault, MergeKeys};
use madoguchi_vault::OsVault;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) const DONE: u8 = 0;
const SET_ASIDE: u8 = 3;
const ALARM: u8 = 4;
/// More than anybody reads.
pub(crate) const MOST_LISTED: u32 = 10_000;
/// Our part of the credential store.
const SERVICE: &str = "madoguchi-street";

/// Takes in once, or again and again.
pub(crate) fn take_in(asked: &TakeIn, language: Language) -> Result<u8, Trouble> {
    let (books, keys) = open(&asked.books)?;
    let mut members = Members::default();
    let Some(seconds) = asked.watch else {
        return once(asked, &books, &keys, &mut members, language).map(exit_code);
    };
    let mut said = String::new();
    loop {
        match once(asked, &books, &keys, &mut members, language) {
            Ok(_) => said.clear(),
            // A share that is away for the night is said once.
            Err(trouble) if trouble.may_pass() => {
                let words = words::of_trouble(&trouble, language);
                if words != said {
                    eprintln!("{words}");
                    said = words;
                }
            }
            Err(trouble) => return Err(trouble),
        }
        thread::sleep(Duration::from_secs(seconds));
    }
}

/// Keeps a sheet in the credential store.
pub(crate) fn keep_keys(from: &Path) -> Result<u8, Trouble> {
    let sheet = read_sheet(from)?;
    MergeKeys::keep(&OsVault::new(SERVICE), &sheet).map_err(Fault::from)??;
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

fn once(
    asked: &TakeIn,
    books: &Books,
    keys: &MergeKeys,
    members: &mut Members,
    language: Language,
) -> Result<Tally, Trouble> {
    let folder = LocalFolder::at(&asked.folder);
    let admission = if asked.members.is_some() { Admission::Members } else { Admission::Everybody };
    let receiving = Receiving { books, keys, folder: &folder, admission, files_per_commit: FILES_PER_COMMIT };
    // A start may have brought other keys, another list of members, or none.
    let is_news = match &asked.members {
        Some(list) => members.are_news(list, books)?,
        None => members.read_none(),
    };
    let pass = if is_news { receiving.receive_set_aside(now_ms()) } else { receiving.receive(now_ms()) };
    // Also what a pass took in that ended in a fault, or the one before it.
    credits::hand_out(books, asked.format, asked.list.as_deref())?;
    let tally = pass?;
    if !tally.is_nothing() {
        eprintln!("{}", words::of_tally(&tally, language));
    }
    Ok(tally)
}

/// The list of members as it was read last; nothing before the first pass.
#[derive(Default)]
struct Members {
    text: Option<String>,
}

impl Members {
    /// Lets those join who are new on the list; whether the list was another one before.
    fn are_news(&mut self, list: &Path, books: &Books) -> Result<bool, Trouble> {
        let text = std::fs::read_to_string(list).map_err(Trouble::MembersUnreadable)?;
        if self.text.as_ref() == Some(&text) {
            return Ok(false);
        }
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let ids = lines
            .map(|(at, line)| StreetPointId::parse(line.trim()).map_err(|_| Trouble::NotAMember(at + 1)))
            .collect::<Result<Vec<_>, _>>()?;
        books.join_all(IdKind::PointId, &ids, now_ms())?;
        self.text = Some(text);
        Ok(true)
    }

    /// There is no list; whether this is the first pass.
    fn read_none(&mut self) -> bool {
        self.text.replace(String::new()).is_none()
    }
}

const fn exit_code(tally: Tally) -> u8 {
    if tally.other_content > 0 {
        ALARM
    } else if tally.unknown_member + tally.not_genuine > 0 {
        SET_ASIDE
    } else {
        DONE
    }
}

pub(crate) fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}
