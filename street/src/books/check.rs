//! Whether the books agree with themselves.

use super::Books;
use crate::Fault;

/// What does not agree: rows that must not be there, by the question that found them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the books do not agree: {0:?}")]
pub struct BooksDoNotAgree(pub Vec<(&'static str, i64)>);

/// Each counts what must not be.
const QUESTIONS: [(&str, &str); 8] = [
    (
        "postings whose entries do not sum to zero",
        "select count(*) from (select posting from entry group by posting having sum(points) <> 0)",
    ),
    ("postings without entries", "select count(*) from posting where seq not in (select posting from entry)"),
    (
        "members whose balance is not the sum of their entries",
        "select count(*) from member where balance <> (
             select coalesce(sum(entry.points), 0) from posting
             join entry on entry.posting = posting.seq and entry.account = 'member'
             where posting.member = member.id)",
    ),
    (
        "postings whose balance is not the sum of the entries up to them",
        "select count(*) from (
             select posting.balance_after, sum(entry.points) over (
                 partition by posting.member order by posting.seq) as summed
             from posting join entry on entry.posting = posting.seq and entry.account = 'member')
         where balance_after <> summed",
    ),
    (
        "voids that do not mirror what they void",
        "select count(*) from posting
         join entry mirror on mirror.posting = posting.seq
         left join entry voided on voided.posting = posting.voids and voided.account = mirror.account
         where posting.kind = 'void' and coalesce(voided.points, 0) <> -mirror.points",
    ),
    (
        "merges without a received number",
        "select count(*) from posting where kind = 'merge'
         and seq not in (select posting from received)",
    ),
    (
        "merges booked back of which the municipality is not told",
        "select count(*) from received join posting on posting.voids = received.posting
         where not exists (select 1 from answer where answer.number = received.number
             and answer.reception = 'booked_back' and answer.posting = posting.seq)",
    ),
    (
        "numbers declined of which the municipality is not told",
        "select count(*) from declined where not exists (
             select 1 from answer where answer.number = declined.number and answer.reception = 'declined')",
    ),
];

impl Books {
    /// Checks every balance against the history.
    pub fn check(&self) -> Result<Result<(), BooksDoNotAgree>, Fault> {
        let mut wrong = Vec::new();
        for (question, sql) in QUESTIONS {
            let count: i64 = self.store.read(|read| read.query_row(sql, [], |row| row.get(0)))?;
            if count > 0 {
                wrong.push((question, count));
            }
        }
        Ok(if wrong.is_empty() { Ok(()) } else { Err(BooksDoNotAgree(wrong)) })
    }
}
