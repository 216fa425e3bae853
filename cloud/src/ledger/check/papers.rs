//! What day closes said on paper, against what the operations between them come to (row K7).
//!
//! Names are not compared: currencies are renamed, papers are not. A close without a paper is none that anybody
//! was told of: it is drawn when somebody asks.

use super::super::{day_close_paper, read};
use crate::database::{self, Connection, params};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::invariants::{Invariant, Violation};
use madoguchi_domain::ledger::{Actor, Answer, Done, OperationKind, Outcome, PostedOperation};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// The kinds that stand on a paper, by the name they have there.
pub const ON_PAPER: [(OperationKind, &str); 8] = [
    (OperationKind::Use, "use"),
    (OperationKind::Void, "void"),
    (OperationKind::TicketIssue, "issue_ticket"),
    (OperationKind::Reissue, "reissue_ticket"),
    (OperationKind::TicketVoid, "void_ticket"),
    (OperationKind::Clear, "clear_ticket"),
    (OperationKind::Unclear, "unclear_ticket"),
    (OperationKind::Merge, "merge_points"),
];

/// What is proved of a paper. It is kept as terminals are told it.
#[derive(Deserialize)]
struct Said {
    number: u32,
    at_ms: i64,
    since_ms: Option<i64>,
    lines: Vec<Line>,
    /// None where it was said before papers told of tickets.
    tickets: Option<Vec<Tickets>>,
    head: String,
}

#[derive(Deserialize)]
struct Line {
    kind: String,
    count: u32,
    points: i64,
}

#[derive(Deserialize)]
struct Tickets {
    count: u32,
    points: i64,
}

/// The papers of one book, met operation by operation.
pub(super) struct Papers {
    book: BookCode,
    running: HashMap<Actor, read::Running>,
    closed_at_ms: HashMap<Actor, i64>,
    met: i64,
    violations: Vec<Violation>,
}

impl Papers {
    pub(super) fn of(book: BookCode) -> Self {
        let (running, closed_at_ms) = (HashMap::new(), HashMap::new());
        Self { book, running, closed_at_ms, met: 0, violations: Vec::new() }
    }

    /// The book's next operation.
    pub(super) fn operation(&mut self, read: &Connection, posted: &PostedOperation) -> database::Result<()> {
        let Some(Answer::Done(done)) = &posted.answer else { return Ok(()) };
        let actor = posted.operation.actor;
        let Actor::Terminal(terminal) = actor else { return Ok(()) };
        if posted.operation.outcome != Outcome::Done {
            return Ok(());
        }
        let Some(number) = done.close else {
            self.running.entry(actor).or_default().add(done);
            return Ok(());
        };
        let running = self.running.remove(&actor).unwrap_or_default();
        let before = self.closed_at_ms.insert(actor, done.at_ms);
        let Some(paper) = day_close_paper::find(read, self.book, terminal, number)? else { return Ok(()) };
        self.met += 1;
        let head = read::head_at(read, self.book, posted.operation.seq)?;
        let head = head.map(|head| hex::encode(head.0)).unwrap_or_default();
        let is_right = serde_json::from_str::<Said>(&paper)
            .is_ok_and(|said| said.is_what_happened(&running.day(), done, before, &head));
        if !is_right {
            self.violate(format!("day close {number} of {actor}: its paper says what did not happen"));
        }
        Ok(())
    }

    /// After the last operation.
    pub(super) fn finish(mut self, read: &Connection) -> database::Result<Vec<Violation>> {
        let kept: i64 = read.query_row(
            "select count(*) from day_close_paper where book = $1",
            params![self.book.as_str()],
            |row| row.get(0),
        )?;
        if kept != self.met {
            let strays = kept - self.met;
            self.violate(format!("{strays} papers of day closes: kept, but nobody closed a day"));
        }
        Ok(self.violations)
    }

    fn violate(&mut self, row: String) {
        self.violations.push(Violation { invariant: Invariant::DayClosed, book: self.book, row });
    }
}

impl Said {
    fn is_what_happened(&self, day: &read::Day, done: &Done, before: Option<i64>, head: &str) -> bool {
        (Some(self.number), self.at_ms, self.since_ms) == (done.close, done.at_ms, before)
            && self.head == head
            && self.sums() == sums(day)
            && self.tickets.as_ref().is_none_or(|tickets| total(tickets) == made(day))
    }

    fn sums(&self) -> BTreeMap<&str, Vec<(u32, i64)>> {
        by_kind(self.lines.iter().map(|line| (line.kind.as_str(), line.count, line.points)))
    }
}

fn sums(day: &read::Day) -> BTreeMap<&str, Vec<(u32, i64)>> {
    let name = |kind| ON_PAPER.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name);
    by_kind(day.sums.iter().filter_map(|sum| Some((name(sum.kind)?, sum.count, sum.points))))
}

/// How often and how many points of each kind, of whatever currencies.
fn by_kind<'n>(lines: impl Iterator<Item = (&'n str, u32, i64)>) -> BTreeMap<&'n str, Vec<(u32, i64)>> {
    let mut of_kind: BTreeMap<&str, Vec<(u32, i64)>> = BTreeMap::new();
    for (kind, count, points) in lines {
        of_kind.entry(kind).or_default().push((count, points));
    }
    for sums in of_kind.values_mut() {
        sums.sort_unstable();
    }
    of_kind
}

/// Whatever their states are, no ticket is missing and none is there twice.
fn total(tickets: &[Tickets]) -> (i64, i64) {
    tickets.iter().fold((0, 0), |(count, points), one| (count + i64::from(one.count), points + one.points))
}

fn made(day: &read::Day) -> (i64, i64) {
    let makes = |kind| matches!(kind, OperationKind::TicketIssue | OperationKind::Reissue);
    day.sums
        .iter()
        .filter(|sum| makes(sum.kind))
        .fold((0, 0), |(count, points), sum| (count + i64::from(sum.count), points + sum.points))
}
