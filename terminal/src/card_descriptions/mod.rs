//! カードの読み方: the card descriptions of this terminal, and what each makes of a card or a scan (row C5).
//!
//! Belongs here: reading the folder anew each time, so that a changed file counts at once; the one reading of
//! the card that all descriptions share. What a description says and finds is `domain`'s, how it is told
//! the window is `telling`.

mod folder;
mod read_customer_number;
mod street_card;
mod telling;
#[cfg(test)]
mod tests;

use crate::card_fault::told;
use crate::running::Running;
use folder::DescriptionFile;
use madoguchi_domain::card_description::{CardDescription, FelicaArea, NoNumber, NumberSource};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_port::card_kind::CardKind;
use madoguchi_port::felica::FelicaReading;
use madoguchi_port::look::{CardSeen, SlotSeen};
use madoguchi_port::reader::ReaderName;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{CardDescriptionsTried, TryCardDescriptions, WhatWasTried};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What descriptions are tried on.
enum Tried {
    Nothing,
    Card { reading: FelicaReading, areas: Vec<FelicaArea> },
    Scan(String),
    Unread(Failure),
}

impl Running {
    /// What each description makes of the scan, or of the card on the reader.
    pub(crate) async fn try_card_descriptions(
        self: &Arc<Self>,
        asked: TryCardDescriptions,
    ) -> Result<CardDescriptionsTried, Failure> {
        self.at_card(move |running| {
            let folder = running.folder_of_descriptions();
            let files = folder::read(&folder);
            let tried = match asked.scanned {
                Some(scanned) => Tried::Scan(scanned.0),
                None => running.card_on_a_reader(&areas(&files)),
            };
            Ok(CardDescriptionsTried {
                folder: folder.display().to_string(),
                files: telling::files(&files, outcomes(&files, &tried).as_deref()),
                tried: match tried {
                    Tried::Nothing => WhatWasTried::Nothing,
                    Tried::Card { .. } => WhatWasTried::Card,
                    Tried::Scan(_) => WhatWasTried::Scan,
                    Tried::Unread(failure) => WhatWasTried::Unread { failure },
                },
            })
        })
        .await
    }

    /// The folder, made where it is missing, with examples to copy from.
    pub(crate) async fn make_card_descriptions_folder(self: &Arc<Self>) -> Result<PathBuf, Failure> {
        self.blocking(|running| {
            let folder = running.folder_of_descriptions();
            folder::make(&folder).map_err(|error| {
                tracing::error!(%error, "the folder of card descriptions cannot be made");
                Failure::of(ErrorCode::StoreNotWritable)
            })?;
            Ok(folder)
        })
        .await
    }

    /// Whether any description wants blocks of a FeliCa card: only then the reader has to read them.
    pub(crate) fn wants_felica_blocks(&self) -> bool {
        !areas(&folder::read(&self.folder_of_descriptions())).is_empty()
    }

    fn folder_of_descriptions(&self) -> PathBuf {
        self.parts.folders.settings.join(folder::NAME)
    }

    fn card_on_a_reader(&self, areas: &[FelicaArea]) -> Tried {
        let drivers = &self.parts.drivers;
        let reader = match drivers.readers.look() {
            Ok(slots) => reader_taken(&slots).cloned(),
            Err(fault) => return Tried::Unread(told(&fault)),
        };
        let Some(reader) = reader else { return Tried::Nothing };
        match drivers.felica.read(&reader, areas) {
            Ok(reading) => Tried::Card { reading, areas: areas.to_vec() },
            Err(fault) => Tried::Unread(told(&fault)),
        }
    }
}

/// Of two cards the FeliCa card, however they were put on.
fn reader_taken(slots: &[SlotSeen]) -> Option<&ReaderName> {
    let with_card = || {
        slots.iter().filter(|slot| slot.takes_residents_cards && matches!(slot.card, CardSeen::Card { .. }))
    };
    let is_felica = |slot: &&SlotSeen| match &slot.card {
        CardSeen::Card { atr, .. } => CardKind::of_memory_card(atr) == Some(CardKind::Felica),
        CardSeen::Mute | CardSeen::Nothing => false,
    };
    with_card().find(is_felica).or_else(|| with_card().next()).map(|slot| &slot.reader)
}

/// What has to be read for all descriptions, each place once.
fn areas(files: &[DescriptionFile]) -> Vec<FelicaArea> {
    let places = files.iter().filter_map(|file| match file.said.as_ref().ok()?.source {
        NumberSource::Felica(place) => Some(place.area),
        NumberSource::Idm | NumberSource::Wedge(_) => None,
    });
    places.collect::<BTreeSet<_>>().into_iter().collect()
}

/// What each file makes of it, in the files' order; a file that is wrong makes nothing. `None` where
/// nothing was tried.
fn outcomes(files: &[DescriptionFile], tried: &Tried) -> Option<Vec<Result<CustomerNumber, NoNumber>>> {
    let of = |description: &CardDescription| match tried {
        Tried::Scan(typed) => description.in_scan(typed),
        Tried::Card { reading, areas } => of_card(description, reading, areas),
        Tried::Nothing | Tried::Unread(_) => Err(NoNumber::OtherSource),
    };
    match tried {
        Tried::Nothing | Tried::Unread(_) => None,
        Tried::Card { .. } | Tried::Scan(_) => {
            Some(files.iter().map(|file| file.said.as_ref().map_or(Err(NoNumber::OtherSource), of)).collect())
        }
    }
}

fn of_card(
    description: &CardDescription,
    reading: &FelicaReading,
    areas: &[FelicaArea],
) -> Result<CustomerNumber, NoNumber> {
    match description.source {
        NumberSource::Idm => description.in_idm(reading.idm.0),
        NumberSource::Felica(place) => {
            let read = areas.iter().zip(&reading.areas).find(|(area, _)| **area == place.area);
            description.in_blocks(read.and_then(|(_, bytes)| bytes.as_deref()))
        }
        NumberSource::Wedge(_) => Err(NoNumber::OtherSource),
    }
}
