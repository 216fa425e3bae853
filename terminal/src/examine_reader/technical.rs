//! What whoever helps on the telephone asks for: names and codes, nothing of what is on a card.

use super::finding::{Facts, slot_taken};
use madoguchi_port::card_kind::FELICA_WITH_NUMBER;
use madoguchi_port::look::{CardSeen, SlotSeen, UsbReader};
use madoguchi_wire::window::{TechnicalDetail, TechnicalLine};
use std::env::consts::{ARCH, OS};

pub(super) fn lines(facts: &Facts) -> Vec<TechnicalLine> {
    let mut lines = vec![line(TechnicalDetail::Service, service(facts))];
    lines.extend(facts.slots.iter().flatten().map(|slot| line(TechnicalDetail::Reader, reader(slot))));
    lines.extend(facts.usb.iter().flatten().map(|reader| line(TechnicalDetail::Usb, usb(reader))));
    lines.extend(atr(facts).map(|atr| line(TechnicalDetail::Atr, hex::encode_upper(atr))));
    lines.extend(facts.last_fault.iter().map(|fault| line(TechnicalDetail::LastFault, fault.to_string())));
    lines.push(line(TechnicalDetail::Version, format!("{}  {OS} {ARCH}", env!("CARGO_PKG_VERSION"))));
    lines
}

fn line(about: TechnicalDetail, said: String) -> TechnicalLine {
    TechnicalLine { about, said }
}

fn service(facts: &Facts) -> String {
    match &facts.slots {
        Ok(slots) => format!("PC/SC: {} slots", slots.len()),
        Err(fault) => format!("PC/SC: {fault}"),
    }
}

fn reader(slot: &SlotSeen) -> String {
    let card = match &slot.card {
        CardSeen::Nothing => "empty",
        CardSeen::Mute => "mute card",
        CardSeen::Card { kept_by_another_program: true, .. } => "card, exclusive",
        CardSeen::Card { .. } => "card",
    };
    let left_out = if slot.takes_residents_cards { "" } else { ", not used" };
    format!("{} ({card}{left_out})", slot.reader)
}

fn usb(reader: &UsbReader) -> String {
    let (maker, product) = reader.ids;
    let held_by = reader.held_by.as_ref().map(|driver| format!(", held by {driver}")).unwrap_or_default();
    format!("{} ({maker:04X}:{product:04X}{held_by})", reader.name)
}

/// An answer to reset names the sort of a chip, at most its batch; where a reader adds the card's own
/// number, that is left out.
fn atr(facts: &Facts) -> Option<&[u8]> {
    match &slot_taken(facts.slots.as_deref().ok()?)?.card {
        CardSeen::Card { atr, .. } if atr.starts_with(&FELICA_WITH_NUMBER) => {
            atr.get(..FELICA_WITH_NUMBER.len())
        }
        CardSeen::Card { atr, .. } => Some(atr),
        CardSeen::Mute | CardSeen::Nothing => None,
    }
}
