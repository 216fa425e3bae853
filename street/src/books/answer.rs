//! Answers that are owed to the municipality: written down with the points, laid into the folder after.

use super::Books;
use crate::Fault;
use madoguchi_domain::merge_file::{Acknowledgement, Reception, TransactionNumber};
use madoguchi_store::StoreFault;

impl Books {
    /// Some of the answers that do not lie in the folder yet, by their numbers, after a number.
    pub fn answers_owed(
        &self,
        after: Option<TransactionNumber>,
        most: usize,
    ) -> Result<Vec<Acknowledgement>, Fault> {
        let sql = "select number, reception, posting from answer where written = 0 and number > ?1
                   order by number limit ?2";
        let after = after.map(|number| number.to_string()).unwrap_or_default();
        let rows: Vec<(String, String, Option<i64>)> = self.store.read(|read| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            read.prepare_cached(sql)?
                .query_map((after, i64::try_from(most).unwrap_or(i64::MAX)), row)?
                .collect()
        })?;
        let parsed = |(number, reception, posting): (String, String, Option<i64>)| {
            let number = TransactionNumber::parse(&number).ok()?;
            Some(Acknowledgement { number, reception: Reception::read(&reception, posting)? })
        };
        let damaged = || StoreFault::Damaged("an answer".into()).into();
        rows.into_iter().map(|row| parsed(row).ok_or_else(damaged)).collect()
    }

    /// These lie in the folder.
    pub fn answers_written(&self, answers: &[Acknowledgement]) -> Result<(), Fault> {
        Ok(self.store.write("answers written", |write| {
            let sql = "update answer set written = 1 where number = ?1 and reception = ?2";
            let mut written = write.prepare_cached(sql)?;
            for answer in answers {
                written.execute((answer.number.to_string(), answer.reception.code()))?;
            }
            Ok(())
        })?)
    }
}
