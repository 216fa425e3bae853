//! `read_customer_number`: the institution's own card, on a reader or scanned, becomes the number that is to
//! stand in the field of 画面 23 (row C1).

use super::folder::{self, DescriptionFile};
use super::{Tried, areas, outcomes};
use crate::card_fault::told;
use crate::programs::CardLying;
use crate::running::Running;
use madoguchi_domain::card_description::{NoNumber, NumberSource, meet};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{CustomerNumberRead, NumberShown, ReadCustomerNumberArguments};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What was read, and the card on a reader that it was read from.
pub(crate) struct ReadFrom {
    pub(crate) read: CustomerNumberRead,
    pub(crate) library_card: Option<CardLying>,
}

impl Running {
    /// The number of the scan, or of the FeliCa card on a reader.
    pub(crate) async fn read_customer_number(
        self: &Arc<Self>,
        asked: ReadCustomerNumberArguments,
    ) -> Result<ReadFrom, Failure> {
        let Some(NumberShown(scanned)) = asked.scanned else {
            return self.at_card(Self::number_on_a_reader).await;
        };
        self.blocking(move |running| {
            let files = folder::read(&running.folder_of_descriptions());
            let read = number_in_scan(&files, scanned)?;
            Ok(ReadFrom { read, library_card: None })
        })
        .await
    }

    fn number_on_a_reader(&self) -> Result<ReadFrom, Failure> {
        let nothing = |read| Ok(ReadFrom { read, library_card: None });
        let slots = self.parts.drivers.readers.look().map_err(|fault| told(&fault))?;
        let Some(seen) = library_card_among(&slots)? else { return nothing(CustomerNumberRead::NoCard) };
        let library_card = self.lying.on(seen.reader);
        let files = folder::read(&self.folder_of_descriptions());
        let areas = areas(&files);
        let begun = Instant::now();
        let read = self.parts.drivers.felica.read(seen.reader, &areas);
        let card_took = begun.elapsed();
        let reading = match read {
            Ok(reading) => reading,
            Err(CardFault::NotFelica | CardFault::NoFelicaDialect) if !seen.is_felica => {
                return nothing(CustomerNumberRead::OtherCard);
            }
            Err(fault) => return Err(told(&fault)),
        };
        let read = number_of(&files, &Tried::Card { reading, areas })?;
        if let Some(card) = &library_card {
            let ms = |time: Duration| time.as_secs_f64() * 1e3;
            tracing::info!(inserted_ms = ms(card.at.elapsed()), card_ms = ms(card_took), "library card read");
        }
        Ok(ReadFrom { read, library_card })
    }
}

/// Where the institution's card may lie.
#[derive(Debug, PartialEq, Eq)]
struct Seen<'a> {
    reader: &'a ReaderName,
    /// By its answer to reset; some readers do not say.
    is_felica: bool,
}

/// Of a FeliCa card and another one the FeliCa card; two FeliCa cards are two customers' or one too many.
fn library_card_among(slots: &[SlotSeen]) -> Result<Option<Seen<'_>>, Failure> {
    let residents = || slots.iter().filter(|slot| slot.takes_residents_cards);
    let mut felica = residents().filter(|slot| match &slot.card {
        CardSeen::Card { atr, .. } => CardKind::of_memory_card(atr) == Some(CardKind::Felica),
        CardSeen::Mute | CardSeen::Nothing => false,
    });
    match (felica.next(), felica.next()) {
        (Some(_), Some(_)) => return Err(Failure::of(ErrorCode::SeveralLibraryCards)),
        (Some(slot), None) => return Ok(Some(Seen { reader: &slot.reader, is_felica: true })),
        (None, _) => {}
    }
    if let Some(slot) = residents().find(|slot| matches!(slot.card, CardSeen::Card { .. })) {
        return Ok(Some(Seen { reader: &slot.reader, is_felica: false }));
    }
    // Two cards in one field answer like none that can be understood.
    let is_mute = residents().any(|slot| slot.card == CardSeen::Mute);
    if is_mute { Err(told(&CardFault::Unresponsive)) } else { Ok(None) }
}

/// What a scan says.
pub(super) struct Scanned {
    pub(super) text: String,
    /// The description's name for the card it is from.
    pub(super) card: Option<String>,
}

/// Where no description is for scans, a scan is what it was typed as.
pub(super) fn in_scan(files: &[DescriptionFile], typed: String) -> Result<Scanned, Failure> {
    let is_of_scans = |file: &DescriptionFile| {
        file.said.as_ref().is_ok_and(|said| matches!(said.source, NumberSource::Wedge(_)))
    };
    if files.iter().any(is_of_scans) {
        let (number, card) = of_all(files, &Tried::Scan(typed))?;
        return Ok(Scanned { text: number.expose().to_owned(), card });
    }
    Ok(Scanned { text: typed, card: None })
}

fn number_in_scan(files: &[DescriptionFile], typed: String) -> Result<CustomerNumberRead, Failure> {
    let Scanned { text, card } = in_scan(files, typed)?;
    Ok(CustomerNumberRead::Number { number: NumberShown(text), card })
}

fn number_of(files: &[DescriptionFile], tried: &Tried) -> Result<CustomerNumberRead, Failure> {
    let (number, card) = of_all(files, tried)?;
    Ok(CustomerNumberRead::Number { number: NumberShown(number.expose().to_owned()), card })
}

/// The number that counts, with the description's name for the card.
pub(super) fn of_all(
    files: &[DescriptionFile],
    tried: &Tried,
) -> Result<(CustomerNumber, Option<String>), Failure> {
    let made = outcomes(files, tried).unwrap_or_default();
    let counts = meet(&made).first;
    let number = counts.and_then(|place| made.get(place)?.as_ref().ok().cloned());
    let Some(number) = number else { return Err(Failure::of(why_none(&made))) };
    let file = counts.and_then(|place| files.get(place)?.said.as_ref().ok());
    Ok((number, file.map(|description| description.name.clone())))
}

/// What comes nearest to a number says why there is none.
fn why_none(made: &[Result<CustomerNumber, NoNumber>]) -> ErrorCode {
    let any = |why: NoNumber| made.iter().any(|made| made.as_ref().err() == Some(&why));
    if any(NoNumber::WrongCheck) {
        ErrorCode::CardNumberMisread
    } else if any(NoNumber::Blank) {
        ErrorCode::CardNumberBlank
    } else {
        ErrorCode::CardNotDescribed
    }
}

#[cfg(test)]
mod tests;
