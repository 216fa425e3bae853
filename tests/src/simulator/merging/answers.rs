//! The street's answers, carried to the cloud, and the municipality's refunds on them.

use super::{HEALED_WITHIN, Made, TRIES};
use crate::simulator::bookkeeper::{Asked, Objection};
use crate::simulator::store::WriteFault;
use crate::simulator::street::street;
use crate::simulator::tally::Happening;
use crate::simulator::town::STREET;
use crate::simulator::world::World;
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::ledger::{acknowledge_merge, read};
use madoguchi_cloud::operator::{OperatorError, street as operator};
use madoguchi_domain::ledger::Done;
use madoguchi_domain::merge_file::{Acknowledgement, Reception, TransactionNumber};
use madoguchi_domain::operation_key::OperationKey;
use std::fs;

impl World {
    /// Every answer in the folder is carried to the cloud and taken away; a counter whose power goes in between carries
    /// it once more.
    pub(super) async fn carry_answers(&mut self) -> Result<(), Objection> {
        for (file, said) in self.merging.street.answers() {
            self.carry_answer(said).await?;
            self.happens(Happening::AnswersCarried, &format!("{} {}", said.number, said.reception.code()));
            if self.chance.percent(self.mishaps) {
                self.tally.count(Happening::AnswerCarriedTwice);
                self.carry_answer(said).await?;
                continue;
            }
            fs::remove_file(file).expect("an answer that lies there");
        }
        if let Some(sabotage) = self.sabotage {
            sabotage.after_answers(&self.cloud).await;
        }
        Ok(())
    }

    async fn carry_answer(&mut self, said: Acknowledgement) -> Result<(), Objection> {
        let (terminal, now_ms) = (self.town.terminals[0].id, self.time.cloud_ms());
        let kept = self.cloud.cloud().database.write(move |write: &Connection| {
            let Some(merge) = read::merge_numbered(write, STREET, said.number)? else { return Ok(false) };
            acknowledge_merge(write, &merge, said.reception, terminal, now_ms)?;
            Ok::<_, OperatorError>(true)
        });
        match kept.await {
            Ok(true) => {}
            Ok(false) => return Err(format!("K11: the street answers {}, which nobody merged", said.number)),
            Err(error) => return Err(format!("an answer is not kept: {:?}", OperatorError::from(error))),
        }
        if let Reception::TakenBack(_) = said.reception {
            self.merging.taken_back.insert(said.number.to_string());
        }
        Ok(())
    }

    /// The municipality refunds one merge, if the street has said that it took it back.
    pub(super) async fn refund_one(&mut self) -> Result<(), Objection> {
        let Some(made) = self.some_merge() else { return Ok(()) };
        self.refund(&made).await
    }

    async fn refund(&mut self, made: &Made) -> Result<(), Objection> {
        let number = made.record.number;
        let key = OperationKey::derived(&format!("merge_refund:{}:{}", made.number.book, made.number.seq));
        let scope = ("job:command".to_owned(), key.to_string());
        self.bookkeeper.hear(scope, Asked::Refund(made.scope.clone()))?;
        let befalls = self.chance.percent(self.mishaps);
        match (befalls, self.chance.below(3)) {
            (true, 0) => {
                let (one, other) = tokio::join!(self.asks_for_refund(number), self.asks_for_refund(number));
                if one? != other? {
                    return Err(format!("I7: two refunds of {number} were answered differently"));
                }
                self.happens(Happening::RefundedAtOnce, &number.to_string());
            }
            (true, 1) => {
                self.happens(Happening::CrashUnderARefund, "before the commit");
                self.cloud.break_writing(WriteFault::Commit).await;
                // What it says now, nobody hears.
                let _ = operator::refund(&self.cloud.cloud().ledger, street(), number).await;
                self.something_dies().await;
                self.cloud.mend_writing().await;
            }
            (true, _) => {
                self.happens(Happening::CrashUnderARefund, "after the commit");
                self.asks_for_refund(number).await?;
                self.something_dies().await;
            }
            (false, _) => {}
        }
        let refunded = self.asks_for_refund(number).await?;
        self.hears_of_refund(number, refunded)
    }

    fn hears_of_refund(
        &mut self,
        number: TransactionNumber,
        refunded: Option<Done>,
    ) -> Result<(), Objection> {
        let named = number.to_string();
        match (refunded, self.merging.has_said_it_took_back(&named)) {
            (Some(_), false) => Err(format!("F8: merge {number} is refunded without the street's word")),
            (None, true) => Err(format!("F8: merge {number} has the street's word and is not refunded")),
            (None, false) => {
                self.happens(Happening::NotRefunded, &named);
                Ok(())
            }
            (Some(done), true) => {
                self.note(&format!("refunded: {number} as {}", done.number));
                let first = *self.merging.refunds.entry(named).or_insert(done.number);
                if first == done.number && done.merge == Some(number) {
                    Ok(())
                } else {
                    Err(format!("I7: the refund of {number} was {first} and is {}", done.number))
                }
            }
        }
    }

    /// The refund, or that the street has not said its word.
    async fn asks_for_refund(&self, number: TransactionNumber) -> Result<Option<Done>, Objection> {
        let mut last = None;
        for _ in 0..TRIES {
            match operator::refund(&self.cloud.cloud().ledger, street(), number).await {
                Ok(done) => return Ok(Some(done)),
                Err(OperatorError::NotTakenBack(..)) => return Ok(None),
                Err(
                    error @ (OperatorError::StreetContradictsItself(..)
                    | OperatorError::UnknownMerge(..)
                    | OperatorError::Refused(_)),
                ) => return Err(format!("F8: the refund of {number}: {error}")),
                Err(error) => last = Some(error),
            }
        }
        Err(format!("a refund gets no answer: {last:?}"))
    }

    /// Every file is laid down, received and answered, every word is carried, and what was taken back is refunded.
    pub(in crate::simulator) async fn settle_merges(&mut self) -> Result<(), Objection> {
        for _ in 0..HEALED_WITHIN {
            let made = self.merging.made.clone();
            for made in &made {
                if self.merging.is_on_its_way(&made.record.number.to_string()) {
                    self.lay(made, false, false).await;
                }
            }
            self.street_receives()?;
            self.carry_answers().await?;
            for made in &made {
                if self.merging.has_said_it_took_back(&made.record.number.to_string()) {
                    self.refund(made).await?;
                }
            }
        }
        self.read_books(true)?;
        self.check_places()
    }

    /// What the municipality lists as left to do, by its number.
    pub(in crate::simulator) async fn listed_as_waiting(&self) -> Result<Vec<String>, Objection> {
        let waiting = self.cloud.cloud().database.read(|read| operator::waiting(read, street())).await;
        let waiting = waiting.map_err(|error| format!("no list: {:?}", OperatorError::from(error)))?;
        match waiting.iter().find(|standing| standing.contradicts_itself()) {
            Some(both) => {
                Err(format!("F8: {} is said to be received and declined", both.merge.record.number))
            }
            None => Ok(waiting.iter().map(|standing| standing.merge.record.number.to_string()).collect()),
        }
    }
}
