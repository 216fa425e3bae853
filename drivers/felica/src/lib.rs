//! FeliCa cards behind the port, whatever reader they lie on.
//!
//! Belongs here: FeliCa's frames ([`frame`]), the ways readers are asked to carry them ([`dialect`]), which
//! of them a reader speaks, and a transcript for readers nobody here has seen ([`transcript`]). Polling and
//! Read Without Encryption only: nothing is written, no key is used.
//! Does not belong here: PC/SC, where on a card a number stands (`madoguchi_domain::card_description`).
//! Why it exists: PC/SC has no common way to read a FeliCa card's blocks; whoever wants a customer number
//! asks for blocks and knows neither maker nor frame.

mod dialect;
mod frame;
mod record;
mod talk;
mod transcript;

use dialect::Speech;
use madoguchi_domain::card_description::FelicaArea;
use madoguchi_port::fault::CardFault;
use madoguchi_port::felica::{FelicaCards, FelicaDialect, FelicaReading, Idm};
use madoguchi_port::reader::{CardReaders, ReaderName};
use madoguchi_port::session::Sharing;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use talk::Talk;

/// FeliCa cards on the readers of a PC/SC service, or of whatever stands in for one.
pub struct FelicaOnReaders {
    readers: Arc<dyn CardReaders>,
    /// What each reader was found to speak. Asked anew where it refuses that all the same.
    known: Mutex<HashMap<ReaderName, FelicaDialect>>,
}

impl FelicaOnReaders {
    /// Cards on these readers.
    pub fn on(readers: Arc<dyn CardReaders>) -> Self {
        Self { readers, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<ReaderName, FelicaDialect>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One session with the card, ended whatever comes of it. FeliCa keeps no state that outlives it.
    fn with_card<T>(
        &self,
        reader: &ReaderName,
        work: impl FnOnce(&mut Talk, Idm) -> Result<T, CardFault>,
    ) -> Result<T, CardFault> {
        let mut talk = Talk::over(self.readers.open(reader, Sharing::Shared)?);
        let outcome = talk.idm().and_then(|idm| work(&mut talk, idm));
        talk.end();
        outcome
    }

    /// In the dialect known, else in the first one the reader answers in.
    fn read_areas(
        &self,
        reader: &ReaderName,
        talk: &mut Talk,
        idm: Idm,
        areas: &[FelicaArea],
    ) -> Result<Vec<Option<Vec<u8>>>, CardFault> {
        let known = self.known().get(reader).copied();
        if let Some(dialect) = known {
            match dialect::read(dialect, talk, idm, areas)? {
                Speech::Answered(areas) => return Ok(areas),
                // Another reader under the same name.
                Speech::NotSpoken => _ = self.known().remove(reader),
            }
        }
        let dialect = dialect::ask(talk, idm)?;
        self.known().insert(reader.clone(), dialect);
        match dialect::read(dialect, talk, idm, areas)? {
            Speech::Answered(areas) => Ok(areas),
            Speech::NotSpoken => Err(CardFault::NoFelicaDialect),
        }
    }
}

impl FelicaCards for FelicaOnReaders {
    fn read(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<FelicaReading, CardFault> {
        self.with_card(reader, |talk, idm| {
            if areas.is_empty() {
                return Ok(FelicaReading { idm, areas: Vec::new() });
            }
            let areas = self.read_areas(reader, talk, idm, areas)?;
            Ok(FelicaReading { idm, areas })
        })
    }

    fn dialect(&self, reader: &ReaderName) -> Result<FelicaDialect, CardFault> {
        if let Some(known) = self.known().get(reader).copied() {
            return Ok(known);
        }
        self.with_card(reader, |talk, idm| {
            let dialect = dialect::ask(talk, idm)?;
            self.known().insert(reader.clone(), dialect);
            Ok(dialect)
        })
    }

    fn transcript(&self, reader: &ReaderName, areas: &[FelicaArea]) -> Result<Vec<String>, CardFault> {
        let mut talk = Talk::recorded(self.readers.open(reader, Sharing::Shared)?);
        talk.note(format!("reader: {reader}"));
        match talk.idm() {
            Ok(idm) => dialect::try_all(&mut talk, idm, areas),
            // Of another card, or of a reader nobody knows: what it did say is the news.
            Err(fault) => talk.note(format!("= {fault}")),
        }
        Ok(talk.end())
    }
}

#[cfg(test)]
mod tests;
