//! The merges as the cloud's books have them, with their refunds.

use super::Books;
use crate::simulator::bookkeeper::Objection;
use madoguchi_cloud::database::params;

/// What the cloud keeps of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// 取引済番号.
    pub number: String,
    /// How many points left the resident.
    pub points: i64,
    /// Whether they were given back.
    pub is_refunded: bool,
}

impl Books {
    /// Every merge, by its number.
    pub fn merges(&self) -> Result<Vec<MergeRow>, Objection> {
        self.read(|read| {
            let sql = "select m.number, m.points, r.seq from merge m
                       left join operation r on r.book = m.book and r.reverses = m.seq order by m.number";
            read.query_all(sql, params![], |row| {
                let is_refunded = row.get::<Option<i64>>(2)?.is_some();
                Ok(MergeRow { number: row.get(0)?, points: row.get(1)?, is_refunded })
            })
        })
    }
}
