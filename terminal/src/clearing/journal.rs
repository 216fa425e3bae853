//! The journal of scans: every scan, written down before it is sent, and what the cloud said to it.

use super::pile::PileRow;
use super::row::{Mark, ScanRow, Stamp, TakeBack, Way, mark_replaced};
use super::scanned::number_of;
use super::word::Word;
use crate::entropy::Entropy;
use crate::store::{SealedPlace, Store, StoreFault, StoreKey};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use madoguchi_wire::terminal_api::{ClearingSite, NamedTicket};
use madoguchi_wire::window::PileOfSite;
use rusqlite::{Row, ToSql, Transaction, params};
use std::sync::Arc;
use uuid::Uuid;

const COLUMNS: &str = "key, scan.pile, scan.site, scan.site_name, scan.is_own, scanned_at_ms, named, answer, \
                       back_key, back_answer, found_later, unmatched";

/// How many sites are offered first.
const MOST_RECENT: i64 = 6;

/// How many finished piles can be found again: a busy chamber's week.
const MOST_LISTED: u32 = 40;

/// The scans of one registration.
#[derive(Clone)]
pub(crate) struct ScanJournal {
    store: Arc<Store>,
    entropy: Arc<dyn Entropy>,
    registration: i64,
    key: StoreKey,
}

impl ScanJournal {
    /// The scans of a registration, their sealed columns under `key`.
    pub(crate) fn new(
        store: Arc<Store>,
        entropy: Arc<dyn Entropy>,
        registration: i64,
        key: StoreKey,
    ) -> Self {
        Self { store, entropy, registration, key }
    }

    /// Begins a pile.
    pub(super) fn begin(&self, stamp: &Stamp, at_ms: i64) -> Result<i64, StoreFault> {
        self.store.write("pile", |write| {
            write.execute(
                "insert into pile (registration, store_key, opened_at_ms, site, site_name, is_own)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    self.registration,
                    self.key.name(),
                    at_ms,
                    stamp.site.site.0,
                    stamp.site.name,
                    stamp.is_own
                ],
            )?;
            Ok(write.last_insert_rowid())
        })
    }

    /// The next tickets of a pile bear another stamp.
    pub(super) fn restamp(&self, pile: i64, stamp: &Stamp) -> Result<(), StoreFault> {
        self.store.write("stamp", |write| {
            write.execute(
                "update pile set site = ?2, site_name = ?3, is_own = ?4 where pile = ?1",
                params![pile, stamp.site.site.0, stamp.site.name, stamp.is_own],
            )?;
            Ok(())
        })
    }

    /// A pile is done.
    pub(super) fn finish(&self, pile: i64, at_ms: i64) -> Result<(), StoreFault> {
        self.store.write("pile finished", |write| {
            write.execute("update pile set finished_at_ms = ?2 where pile = ?1", params![pile, at_ms])?;
            Ok(())
        })
    }

    /// Writes a scan durably. Nothing may be sent before this has returned. Answers the mark of its number.
    pub(super) fn write(&self, scan: &ScanRow) -> Result<Option<Mark>, StoreFault> {
        let key = scan.key.to_string();
        let named = self.key.seal(&*self.entropy, place(&key, "named"), &scan.named)?;
        self.store.write("scan", |write| {
            write.execute(
                "insert into scan (key, pile, site, site_name, is_own, scanned_at_ms, state, named)
                 values (?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7)",
                params![
                    key,
                    scan.pile,
                    scan.stamp.site.site.0,
                    scan.stamp.site.name,
                    scan.stamp.is_own,
                    scan.scanned_at_ms,
                    named
                ],
            )?;
            Ok(())
        })?;
        mark_of(&self.key, scan.named.as_ref())
    }

    /// Writes what the cloud said to a scan; a number that is not kept goes, but for its hash. `found_later`: whether
    /// somebody has to be told of it as a conflict. Answers whether somebody has to be told of it at all: what is
    /// cleared stands on no list that was printed before.
    pub(super) fn settle(&self, scan: &ScanRow, word: &Word, found_later: bool) -> Result<bool, StoreFault> {
        let key = scan.key.to_string();
        let sealed = self.key.seal(&*self.entropy, place(&key, "answer"), word)?;
        let unmatched = scan.named.as_ref().filter(|named| word.forgets(named));
        let unmatched = mark_of(&self.key, unmatched)?;
        let is_done = word.done().is_some();
        let state = if is_done { "cleared" } else { "refused" };
        self.store.write("scan's answer", |write| {
            let found_later = if is_done { changes_its_list(write, scan)? } else { found_later };
            write.execute(
                "update scan set state = ?2, answer = ?3, found_later = ?4, unmatched = ?5,
                     named = case when ?5 is null then named end
                 where key = ?1 and state = 'open'",
                params![key, state, sealed, found_later, unmatched.map(Vec::from)],
            )?;
            Ok(found_later)
        })
    }

    /// Writes durably that a clearing is to be taken back, and under which key.
    pub(super) fn begin_take_back(&self, scan: OperationKey, back: OperationKey) -> Result<(), StoreFault> {
        self.store.write("taking back", |write| {
            let begun = write.execute(
                "update scan set state = 'taking_back', back_key = ?2, back_answer = null, found_later = 0
                 where key = ?1 and state = 'cleared'",
                params![scan.to_string(), back.to_string()],
            )?;
            // Taken back in memory alone, it would be cleared anew at the next start.
            if begun == 1 {
                Ok(())
            } else {
                Err(StoreFault::Damaged("a clearing that is not written".into()))
            }
        })
    }

    /// Writes what the cloud said to a taking back.
    pub(super) fn settle_take_back(
        &self,
        scan: &ScanRow,
        word: &Word,
        found_later: bool,
    ) -> Result<bool, StoreFault> {
        let key = scan.key.to_string();
        let sealed = self.key.seal(&*self.entropy, place(&key, "back_answer"), word)?;
        let is_done = word.done().is_some();
        let state = if is_done { "taken_back" } else { "cleared" };
        self.store.write("taking back's answer", |write| {
            if is_done {
                changes_its_list(write, scan)?;
            }
            write.execute(
                "update scan set state = ?2, back_answer = ?3, found_later = ?4
                 where key = ?1 and state = 'taking_back'",
                params![key, state, sealed, found_later],
            )?;
            Ok(found_later)
        })
    }

    /// Somebody has seen these of what was found later.
    pub(super) fn acknowledge(&self, seen: &[OperationKey]) -> Result<(), StoreFault> {
        self.store.write("acknowledgement", |write| {
            let mut acknowledge = write.prepare_cached("update scan set found_later = 0 where key = ?1")?;
            for key in seen {
                acknowledge.execute([key.to_string()])?;
            }
            Ok(())
        })
    }

    /// The newest pile, open or finished, with its scans, oldest first.
    pub(super) fn newest(&self) -> Result<Option<(PileRow, Vec<ScanRow>)>, StoreFault> {
        Ok(self.piles("order by pile desc limit 1", &[])?.pop())
    }

    /// A finished pile with its scans, oldest first.
    pub(super) fn finished_pile(&self, pile: i64) -> Result<Option<(PileRow, Vec<ScanRow>)>, StoreFault> {
        Ok(self.piles("and pile = ?3 and finished_at_ms is not null", &[pile])?.pop())
    }

    /// The piles finished last, the latest first; those in which nothing was scanned are none.
    pub(super) fn finished_last(&self) -> Result<Vec<(PileRow, Vec<ScanRow>)>, StoreFault> {
        let which = format!(
            "and finished_at_ms is not null and exists (select 1 from scan where scan.pile = pile.pile)
             order by pile desc limit {MOST_LISTED}"
        );
        self.piles(&which, &[])
    }

    /// The scans of a finished pile that bear a site's stamp, oldest first; none where there are none.
    pub(super) fn finished(&self, of: PileOfSite) -> Result<Option<FinishedRows>, StoreFault> {
        let Some((row, mut scans)) = self.finished_pile(of.pile)? else { return Ok(None) };
        scans.retain(|scan| scan.stamp.site.site == of.site);
        let site = scans.first().map(|scan| scan.stamp.site.clone());
        Ok(site.zip(row.finished_at_ms).map(|(site, at_ms)| FinishedRows { site, at_ms, scans }))
    }

    fn piles(&self, which: &str, bound: &[i64]) -> Result<Vec<(PileRow, Vec<ScanRow>)>, StoreFault> {
        let sql = format!(
            "select pile, site, site_name, is_own, finished_at_ms from pile
             where registration = ?1 and store_key = ?2 {which}"
        );
        let store_key = self.key.name();
        let mut values: Vec<&dyn ToSql> = vec![&self.registration, &store_key];
        values.extend(bound.iter().map(|value| value as &dyn ToSql));
        let rows: Vec<PileRow> = self.store.read(|read| {
            let mut statement = read.prepare_cached(&sql)?;
            statement.query_map(values.as_slice(), pile_row)?.collect()
        })?;
        let with_scans = |row: PileRow| {
            let mut scans = self.scans("scan.pile = ?3", &row.pile)?;
            mark_replaced(&mut scans);
            Ok((row, scans))
        };
        rows.into_iter().map(with_scans).collect()
    }

    /// A scan of any pile.
    pub(super) fn scan(&self, key: OperationKey) -> Result<Option<ScanRow>, StoreFault> {
        Ok(self.scans("scan.key = ?3", &key.to_string())?.pop())
    }

    /// Counts the paper of a pile's list for a site, or takes the count back; answers how often it is printed
    /// now, and whether it says anything else than the first.
    pub(super) fn count_print(&self, of: PileOfSite, by: i32) -> Result<(u32, bool), StoreFault> {
        self.store.write("print of a pile", |write| {
            Ok(write.query_row(
                "insert into pile_paper (pile, site, printed) values (?1, ?2, max(?3, 0))
                 on conflict (pile, site) do update set
                     printed = max(printed + ?3, 0), changed = changed and printed + ?3 > 0
                 returning printed, changed",
                params![of.pile, of.site.0, by],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?)
        })
    }

    /// Scans of piles before this one that the cloud still has to answer, or whose refusal nobody has seen.
    pub(super) fn earlier_than(&self, pile: i64) -> Result<Vec<ScanRow>, StoreFault> {
        self.scans("scan.pile < ?3 and (state in ('open', 'taking_back') or found_later = 1)", &pile)
    }

    /// What was scanned since a moment of this PC's clock and stands cleared.
    pub(super) fn cleared_since(&self, at_ms: i64) -> Result<Vec<ScanRow>, StoreFault> {
        // Whole piles are passed over that were finished before.
        let since = "scan.state = 'cleared' and scan.scanned_at_ms >= ?3 and scan.pile in
                     (select pile from pile where finished_at_ms is null or finished_at_ms >= ?3)";
        self.scans(since, &at_ms)
    }

    /// The sites chosen last, the latest first.
    pub(super) fn recent_sites(&self) -> Result<Vec<ClearingSite>, StoreFault> {
        let sql = "select scan.site, scan.site_name from scan join pile using (pile)
                   where registration = ?1 group by scan.site order by max(seq) desc limit ?2";
        self.store.read(|read| {
            let mut statement = read.prepare_cached(sql)?;
            let sites = statement.query_map(params![self.registration, MOST_RECENT], |row| {
                Ok(ClearingSite { site: SiteId(row.get(0)?), name: row.get(1)? })
            })?;
            sites.collect()
        })
    }

    fn scans(&self, condition: &str, bound: &dyn ToSql) -> Result<Vec<ScanRow>, StoreFault> {
        let sql = format!(
            "select {COLUMNS} from scan join pile using (pile)
             where registration = ?1 and store_key = ?2 and {condition} order by seq"
        );
        let rows: Vec<Columns> = self.store.read(|read| {
            let mut statement = read.prepare_cached(&sql)?;
            let values = params![self.registration, self.key.name(), bound];
            statement.query_map(values, Columns::read)?.collect()
        })?;
        rows.into_iter().map(|columns| columns.open(&self.key)).collect()
    }
}

/// A finished pile, as far as it is one site's.
pub(super) struct FinishedRows {
    /// The site of the stamps.
    pub(super) site: ClearingSite,
    /// When the pile was finished, by this PC's clock.
    pub(super) at_ms: i64,
    /// Oldest first.
    pub(super) scans: Vec<ScanRow>,
}

fn pile_row(row: &Row<'_>) -> rusqlite::Result<PileRow> {
    Ok(PileRow {
        pile: row.get(0)?,
        stamp: Stamp {
            site: ClearingSite { site: SiteId(row.get(1)?), name: row.get(2)? },
            is_own: row.get(3)?,
        },
        finished_at_ms: row.get(4)?,
    })
}

/// A row as it stands in the table.
struct Columns {
    key: String,
    pile: i64,
    stamp: Stamp,
    scanned_at_ms: i64,
    named: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    back_key: Option<String>,
    back_answer: Option<Vec<u8>>,
    found_later: bool,
    unmatched: Option<Mark>,
}

impl Columns {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            pile: row.get(1)?,
            stamp: Stamp {
                site: ClearingSite { site: SiteId(row.get(2)?), name: row.get(3)? },
                is_own: row.get(4)?,
            },
            scanned_at_ms: row.get(5)?,
            named: row.get(6)?,
            answer: row.get(7)?,
            back_key: row.get(8)?,
            back_answer: row.get(9)?,
            found_later: row.get(10)?,
            unmatched: row.get(11)?,
        })
    }

    fn open(self, key: &StoreKey) -> Result<ScanRow, StoreFault> {
        let back_answer =
            self.back_answer.map(|sealed| key.open(place(&self.key, "back_answer"), &sealed)).transpose()?;
        let back_key = self.back_key.as_deref().map(operation_key).transpose()?;
        let named = self.named.map(|sealed| key.open(place(&self.key, "named"), &sealed)).transpose()?;
        Ok(ScanRow {
            mark: if self.unmatched.is_some() { self.unmatched } else { mark_of(key, named.as_ref())? },
            named,
            word: self.answer.map(|sealed| key.open(place(&self.key, "answer"), &sealed)).transpose()?,
            take_back: back_key.map(|key| TakeBack { key, word: back_answer }),
            pile: self.pile,
            stamp: self.stamp,
            scanned_at_ms: self.scanned_at_ms,
            scanned_running: None,
            found_later: self.found_later,
            way: Way::Waits(None),
            is_sent: false,
            senseless: 0,
            was_slowed: false,
            is_replaced: false,
            revision: 0,
            key: operation_key(&self.key)?,
        })
    }
}

/// What a list that was printed says is not so any more; whether one was.
fn changes_its_list(write: &Transaction<'_>, scan: &ScanRow) -> Result<bool, StoreFault> {
    let changed = write.execute(
        "update pile_paper set changed = 1 where pile = ?1 and site = ?2 and printed > 0",
        params![scan.pile, scan.stamp.site.site.0],
    )?;
    Ok(changed > 0)
}

/// The hash of a ticket's number under the store's key.
fn mark_of(key: &StoreKey, named: Option<&NamedTicket>) -> Result<Option<Mark>, StoreFault> {
    let number = named.and_then(number_of);
    number.map(|number| key.hash("unmatched", number.to_string().as_bytes())).transpose()
}

fn place<'r>(row: &'r str, column: &'static str) -> SealedPlace<'r> {
    SealedPlace { table: "scan", row, column }
}

fn operation_key(text: &str) -> Result<OperationKey, StoreFault> {
    Uuid::try_parse(text).map(OperationKey).map_err(|_| StoreFault::Damaged("a scan's key".into()))
}
