//! What happened to a member's points, newest first, and the same as CSV.

use super::act::kind;
use super::{Books, Done, MemberNumber, PostingKind};
use crate::Fault;
use madoguchi_domain::day::{from_millis, japan_time};
use madoguchi_domain::language::Language;
use madoguchi_domain::merge_file::TransactionNumber;
use rusqlite::{OptionalExtension, Row};

/// One posting, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Its number.
    pub posting: i64,
    /// What it was.
    pub kind: PostingKind,
    /// By how much the balance changed.
    pub change: i64,
    /// The balance after it.
    pub balance: i64,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// What it voided.
    pub voids: Option<i64>,
    /// What voided it.
    pub voided_by: Option<i64>,
    /// Whose.
    pub member: MemberNumber,
    /// 取引済番号 of a merge and of its booking back: by it the municipality knows both.
    pub merge: Option<TransactionNumber>,
}

const COLUMNS: &str = "select posting.seq, posting.kind, entry.points, posting.balance_after, posting.at_ms,
                              posting.voids, later.seq, posting.member, received.number
                       from posting
                       join entry on entry.posting = posting.seq and entry.account = 'member'
                       left join posting later on later.voids = posting.seq
                       left join received on received.posting = coalesce(posting.voids, posting.seq)";

impl HistoryLine {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            posting: row.get(0)?,
            kind: kind(&row.get::<_, String>(1)?)?,
            change: row.get(2)?,
            balance: row.get(3)?,
            at_ms: row.get(4)?,
            voids: row.get(5)?,
            voided_by: row.get(6)?,
            member: MemberNumber(row.get(7)?),
            merge: row
                .get::<_, Option<String>>(8)?
                .map(|number| TransactionNumber::parse(&number).map_err(|_| rusqlite::Error::InvalidQuery))
                .transpose()?,
        })
    }

    /// What was done, as the act told it.
    pub fn done(&self) -> Done {
        let Self { posting, kind, member, change, balance, voids, at_ms, .. } = *self;
        Done { posting, kind, member, change, balance, voids, at_ms }
    }
}

impl Books {
    /// A member's last postings, newest first.
    pub fn history(&self, member: MemberNumber, most: u32) -> Result<Vec<HistoryLine>, Fault> {
        self.history_before(member, i64::MAX, most)
    }

    /// A member's last postings before one, newest first.
    pub fn history_before(
        &self,
        member: MemberNumber,
        posting: i64,
        most: u32,
    ) -> Result<Vec<HistoryLine>, Fault> {
        let sql = format!(
            "{COLUMNS} where posting.member = ?1 and posting.seq < ?2 order by posting.seq desc limit ?3"
        );
        Ok(self.store.read(|read| {
            read.prepare_cached(&sql)?.query_map((member.0, posting, most), HistoryLine::read)?.collect()
        })?)
    }

    /// One posting.
    pub fn posting(&self, posting: i64) -> Result<Option<HistoryLine>, Fault> {
        let sql = format!("{COLUMNS} where posting.seq = ?1");
        Ok(self
            .store
            .read(|read| read.prepare_cached(&sql)?.query_row([posting], HistoryLine::read).optional())?)
    }

    /// The postings from one moment until before another, newest first.
    pub fn postings_between(&self, from_ms: i64, until_ms: i64) -> Result<Vec<HistoryLine>, Fault> {
        let sql =
            format!("{COLUMNS} where posting.at_ms >= ?1 and posting.at_ms < ?2 order by posting.seq desc");
        Ok(self.store.read(|read| {
            read.prepare_cached(&sql)?.query_map((from_ms, until_ms), HistoryLine::read)?.collect()
        })?)
    }
}

/// The lines as CSV with a byte order mark, for a spreadsheet. No cell begins a formula: all are numbers, dates
/// and words of ours.
pub fn history_csv(lines: &[HistoryLine], language: Language) -> String {
    let columns = match language {
        Language::Ja => "番号,日時,内容,ポイント,残高,取消した番号,取消された番号,取引済番号",
        Language::En => "number,time,what,points,balance,voids,voided by,transaction",
    };
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let line = |line: &HistoryLine| {
        let HistoryLine { posting, change, balance, .. } = line;
        let at = from_millis(line.at_ms).map(|at| japan_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string());
        let at = at.unwrap_or_default();
        let (what, voids, by) = (line.kind.words(language), number(line.voids), number(line.voided_by));
        let merge = line.merge.map(|number| number.to_string()).unwrap_or_default();
        format!("{posting},{at},{what},{change},{balance},{voids},{by},{merge}\r\n")
    };
    format!("\u{feff}{columns}\r\n{}", lines.iter().map(line).collect::<String>())
}

impl PostingKind {
    /// What it is called.
    pub const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Merge, Language::Ja) => "合算ポイント受取",
            (Self::Merge, Language::En) => "Merged points",
            (Self::Ticket, Language::Ja) => "ポイント券の加算",
            (Self::Ticket, Language::En) => "Point ticket",
            (Self::Purchase, Language::Ja) => "お買い物ポイント",
            (Self::Purchase, Language::En) => "Points for a purchase",
            (Self::Use, Language::Ja) => "ポイント利用",
            (Self::Use, Language::En) => "Points used",
            (Self::Charge, Language::Ja) => "カードへのチャージ",
            (Self::Charge, Language::En) => "Charged onto a card",
            (Self::Void, Language::Ja) => "取消",
            (Self::Void, Language::En) => "Void",
        }
    }
}
