//! Deliberate breakage, to see whether the checkers notice: a simulator that finds nothing wrong with a
//! broken system proves nothing about a sound one.

use super::cloud::CloudProcess;
use super::files::copy_folder;
use super::line::Letter;
use super::pc::Pc;
use super::store::Engine;
use super::street::Street;
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::{OperationAnswer, Refusal, SignOutAnswer};
use std::fs;
use std::path::PathBuf;

/// What is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The cloud takes a repeated request for a new one.
    CloudForgetsKeys,
    /// The terminal says "did not take place" without having asked the cloud.
    TerminalSaysNotDoneUnasked,
    /// The cloud answers a resolve without writing it down, so that a late original gets through.
    CloudForgetsResolves,
    /// The cloud answers before its commit, then dies.
    CloudAnswersBeforeCommit,
    /// An entry of the books is lost.
    BooksLoseAnEntry,
    /// A balance is kept wrong.
    BooksMiscount,
    /// A void gives back one point more than was used.
    LotsGrow,
    /// The terminal sends one point more than was typed.
    TerminalChargesOneMore,
    /// The card's signature gets lost on the way.
    SignatureIsLost,
    /// The terminal forgets its journal in a power cut.
    TerminalForgetsItsJournal,
    /// The terminal forgets what it did first.
    TerminalForgetsItsFirstOperation,
    /// The terminal forgets in a power cut that it was locked, and the cloud never heard of it.
    TerminalForgetsItsLock,
    /// The cloud shows one point more than there is.
    CloudShowsOneMore,
    /// The cloud says one point more than it booked.
    CloudSaysOneMore,
    /// The cloud answers a repeated request otherwise than the first time.
    CloudChangesItsAnswer,
    /// The books forget that a ticket was cleared.
    BooksForgetAClearing,
    /// The cloud takes a clearing that is sent again for a new one.
    CloudForgetsScans,
    /// The cloud says of a cleared ticket one point more than it booked.
    CloudSaysOneMoreOfATicket,
    /// The cloud says that it is too late to take a clearing back, and does not hear of it.
    CloudDeclinesUnheard,
    /// The terminal forgets a scan in a power cut.
    TerminalForgetsAScan,
    /// The terminal forgets in a power cut what was found out of finished piles.
    TerminalForgetsWhatWasFoundLater,
    /// A counter takes a file for laid down that it did not lay down.
    TerminalLosesFiles,
    /// The street counts the municipality as owing one point more than a merge says.
    StreetAddsOneMore,
    /// The street forgets that a number came.
    StreetForgetsANumber,
    /// The street forgets what it declined, and takes it in after all.
    StreetForgetsWhatItDeclined,
    /// The cloud believes a word that no street has said.
    CloudInventsAWord,
    /// The cloud forgets what streets answered.
    CloudForgetsAnswers,
}

impl Sabotage {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::CloudForgetsKeys,
        Self::TerminalSaysNotDoneUnasked,
        Self::CloudForgetsResolves,
        Self::CloudAnswersBeforeCommit,
        Self::BooksLoseAnEntry,
        Self::BooksMiscount,
        Self::LotsGrow,
        Self::TerminalChargesOneMore,
        Self::SignatureIsLost,
        Self::TerminalForgetsItsJournal,
        Self::TerminalForgetsItsFirstOperation,
        Self::TerminalForgetsItsLock,
        Self::CloudShowsOneMore,
        Self::CloudSaysOneMore,
        Self::CloudChangesItsAnswer,
        Self::BooksForgetAClearing,
        Self::CloudForgetsScans,
        Self::CloudSaysOneMoreOfATicket,
        Self::CloudDeclinesUnheard,
        Self::TerminalForgetsAScan,
        Self::TerminalForgetsWhatWasFoundLater,
        Self::TerminalLosesFiles,
        Self::StreetAddsOneMore,
        Self::StreetForgetsANumber,
        Self::StreetForgetsWhatItDeclined,
        Self::CloudInventsAWord,
        Self::CloudForgetsAnswers,
    ];

    /// A letter as it leaves the terminal's PC.
    pub fn on_the_way(self, letter: &Letter) -> Letter {
        match (self, letter.route) {
            (Self::TerminalChargesOneMore, "use_points") => changed(letter, |body| {
                if let Some(points) = body["parts"][0]["points"].as_i64() {
                    body["parts"][0]["points"] = (points + 1).into();
                }
            }),
            (Self::SignatureIsLost, "use_points") => changed(letter, |body| {
                body["signature"] = serde_json::Value::Null;
            }),
            (Self::CloudForgetsResolves, "resolve_operation") => with_other_key(letter),
            _ => letter.clone(),
        }
    }

    /// A letter as the cloud takes it that may have had it before.
    pub fn a_second_time(self, letter: &Letter) -> Letter {
        match (self, letter.route) {
            (Self::CloudForgetsKeys, "use_points" | "void_use")
            | (Self::CloudForgetsScans, "clear_ticket") => with_other_key(letter),
            _ => letter.clone(),
        }
    }

    /// What the terminal hears without the cloud having been asked.
    pub fn instead_of_the_cloud(self, letter: &Letter) -> Option<Reply> {
        let body = match (self, letter.route) {
            (Self::TerminalSaysNotDoneUnasked, "resolve_operation") => {
                serde_json::to_vec(&OperationAnswer::Refused(Refusal::Abandoned))
            }
            (Self::CloudDeclinesUnheard, "unclear_ticket") => {
                serde_json::to_vec(&OperationAnswer::Refused(Refusal::TooLateToVoid))
            }
            (Self::TerminalForgetsItsLock, "sign_out") => serde_json::to_vec(&SignOutAnswer {}),
            _ => return None,
        };
        Some(Reply { status: 200, body: body.ok()? })
    }

    /// Keeps what lay on the cloud's disk, where it is to be lost. Files can be put back; a server's
    /// database cannot.
    pub fn before_the_cloud(self, cloud: &CloudProcess, letter: &Letter) -> Option<PathBuf> {
        if self != Self::CloudAnswersBeforeCommit || letter.route != "use_points" {
            return None;
        }
        let lies = cloud.store().life_folder()?;
        let kept = lies.with_extension("before");
        copy_folder(&lies, &kept);
        Some(kept)
    }

    /// Breaks the books after an answer.
    pub async fn after_the_cloud(self, cloud: &mut CloudProcess, letter: &Letter, kept: Option<PathBuf>) {
        if let Some(kept) = kept {
            cloud.crash_back_to(&kept);
            fs::remove_dir_all(kept).expect("what was kept");
            return;
        }
        if let Some(statements) = self.on_the_books(letter, cloud.store().engine()) {
            cloud.on_the_writing_connection(statements.to_owned()).await;
        }
    }

    fn on_the_books(self, letter: &Letter, engine: Engine) -> Option<&'static str> {
        Some(match (self, letter.route, engine) {
            (Self::BooksLoseAnEntry, "use_points", Engine::Sqlite) => {
                "drop trigger if exists entry_is_never_deleted;
                 delete from entry where line = 1 and (book, seq) in (
                     select o.book, o.seq from operation o
                     where o.kind = 'use' and o.outcome = 'done' order by o.at_ms desc limit 1);"
            }
            (Self::BooksLoseAnEntry, "use_points", Engine::Postgres) => {
                "drop trigger if exists entry_is_never_edited on entry;
                 delete from entry where line = 1 and (book, seq) in (
                     select o.book, o.seq from operation o
                     where o.kind = 'use' and o.outcome = 'done' order by o.at_ms desc limit 1);"
            }
            (Self::BooksMiscount, "use_points", _) => {
                "update balance set balance = balance + 1 where kind = 'site'
                     and account = (select max(account) from balance where kind = 'site');"
            }
            (Self::LotsGrow, "void_use", Engine::Sqlite) => {
                "update wallet set accounts = json_replace(accounts, '$[0].lots[0].remaining',
                     json_extract(accounts, '$[0].lots[0].remaining') + 1);"
            }
            (Self::LotsGrow, "void_use", Engine::Postgres) => {
                "update wallet set accounts = jsonb_set(accounts::jsonb, '{0,lots,0,remaining}',
                     to_jsonb((accounts::jsonb #>> '{0,lots,0,remaining}')::bigint + 1))::text
                 where accounts::jsonb #> '{0,lots,0,remaining}' is not null;"
            }
            _ => return None,
        })
    }

    /// Breaks the books after something was done at a desk.
    pub async fn after_a_desk(self, cloud: &CloudProcess) {
        if self == Self::BooksForgetAClearing {
            let statement = "update ticket set state = 'open', closed_book = null, closed_on = null,
                closed_seq = null, closed_at_ms = null, closed_by = null, closed_site = null
                where state = 'cleared'";
            cloud.on_the_writing_connection(statement.to_owned()).await;
        }
    }

    /// Whether a file never reaches its folder, and its counter does not know.
    pub fn loses_files(self) -> bool {
        self == Self::TerminalLosesFiles
    }

    /// Breaks the street's books after something was done there.
    pub fn after_the_street(self, street: &Street) {
        let statements = match self {
            Self::StreetAddsOneMore => {
                "drop trigger if exists entry_is_never_edited;
                 update entry set points = points - 1
                     where account = 'merges' and posting = (select max(posting) from received);"
            }
            Self::StreetForgetsANumber => {
                "drop trigger if exists received_is_never_deleted;
                 delete from received where number = (select max(number) from received);"
            }
            Self::StreetForgetsWhatItDeclined => {
                "drop trigger if exists declined_is_never_deleted; delete from declined;"
            }
            _ => return,
        };
        street.database().execute_batch(statements).expect("statements of the run itself");
    }

    /// Breaks what the cloud keeps of the streets' answers.
    pub async fn after_answers(self, cloud: &CloudProcess) {
        let statement = match self {
            Self::CloudInventsAWord => {
                "insert into merge_acknowledgement (book, seq, reception, terminal, at_ms)
                     select m.book, m.seq, 'declined', (select min(id) from terminal), 0 from merge m
                     where not exists (select 1 from merge_acknowledgement a where a.book = m.book and a.seq = m.seq)"
            }
            Self::CloudForgetsAnswers => "delete from merge_acknowledgement",
            _ => return,
        };
        cloud.on_the_writing_connection(statement.to_owned()).await;
    }

    /// Falsifies an answer.
    pub fn in_the_answer(self, letter: &Letter, reply: &mut Reply) {
        if reply.status != 200 {
            return;
        }
        let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&reply.body) else { return };
        let number = match (self, letter.route) {
            (Self::CloudShowsOneMore, "look_up_points") => {
                body.pointer_mut("/accounts/0/by_last_day/0/points")
            }
            (Self::CloudSaysOneMore, "use_points") => body.pointer_mut("/accounts/0/after"),
            (Self::CloudSaysOneMoreOfATicket, "clear_ticket") => body.pointer_mut("/cleared/ticket/points"),
            (Self::CloudChangesItsAnswer, "resolve_operation") => body.pointer_mut("/at_ms"),
            _ => None,
        };
        if let Some(number) = number
            && let Some(points) = number.as_i64()
        {
            *number = (points + 1).into();
            reply.body = serde_json::to_vec(&body).unwrap_or_default();
        }
    }

    /// Breaks a terminal's disk in a power cut.
    pub fn after_a_power_cut(self, pc: &Pc) {
        match self {
            Self::TerminalForgetsItsJournal => pc.run_on_its_store("delete from intent;"),
            Self::TerminalForgetsItsFirstOperation => pc.run_on_its_store(
                "delete from intent where seq = (select min(seq) from intent)
                     and (select count(*) from intent) > 1;",
            ),
            Self::TerminalForgetsAScan => {
                pc.run_on_its_store("delete from scan where seq = (select max(seq) from scan);");
            }
            Self::TerminalForgetsWhatWasFoundLater => pc.run_on_its_store("update scan set found_later = 0;"),
            Self::TerminalForgetsItsLock => pc.run_on_its_store("delete from sign_in;"),
            _ => {}
        }
    }
}

fn changed(letter: &Letter, change: impl FnOnce(&mut serde_json::Value)) -> Letter {
    let mut body = serde_json::from_slice(&letter.body).unwrap_or_default();
    change(&mut body);
    Letter { body: serde_json::to_vec(&body).unwrap_or_default(), ..letter.clone() }
}

/// The same letter under a key that nobody knows.
fn with_other_key(letter: &Letter) -> Letter {
    changed(letter, |body| {
        let key = body["key"].as_str().unwrap_or_default();
        let other = key.chars().rev().collect::<String>();
        body["key"] = format!("{}-{}", &key[..23], &other[..12]).into();
    })
}
