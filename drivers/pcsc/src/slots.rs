//! What changed at the readers between two looks, pure.

use madoguchi_port::reader::{ReaderEvent, ReaderName};
use std::collections::BTreeMap;
use std::time::Instant;

/// What the PC/SC service says about one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// A card lies there.
    pub(crate) card: bool,
    /// How often a card came or went, as counted by the service. Tells that a card was exchanged
    /// between two looks.
    pub(crate) count: u32,
}

/// The slots known so far.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    known: BTreeMap<ReaderName, Slot>,
}

impl Slots {
    /// Takes what is seen now over what was known, and says what happened in between. `at` is when
    /// the service reported it.
    pub(crate) fn look(&mut self, seen: &BTreeMap<ReaderName, Slot>, at: Instant) -> Vec<ReaderEvent> {
        let mut events = Vec::new();
        for reader in self.known.keys().filter(|reader| !seen.contains_key(reader)) {
            events.push(ReaderEvent::ReaderDetached(reader.clone()));
        }
        for (reader, now) in seen {
            let before = self.known.get(reader);
            if before.is_none() {
                events.push(ReaderEvent::ReaderAttached(reader.clone()));
            }
            let had_card = before.is_some_and(|before| before.card);
            let exchanged = before.is_some_and(|before| before.count != now.count);
            if had_card && (!now.card || exchanged) {
                events.push(ReaderEvent::CardRemoved { reader: reader.clone() });
            }
            if now.card && (!had_card || exchanged) {
                events.push(ReaderEvent::CardInserted { reader: reader.clone(), at });
            }
        }
        self.known.clone_from(seen);
        events
    }
}

/// Whether a resident's card can lie on this reader. Others report a card that is always there: the
/// slots for a reader's own security module, and those that Windows makes in software.
pub(crate) fn holds_residents_cards(reader: &str) -> bool {
    const IN_SOFTWARE: [&str; 3] =
        ["Windows Hello for Business", "Microsoft Virtual Smart Card", "Microsoft UICC ISO Reader"];
    let security_module = reader.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "SAM");
    !security_module && !IN_SOFTWARE.iter().any(|name| reader.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at what each line says (`<reader>:<card><count>` with `+` for a card and `-` for none)
    /// and checks what happened in between.
    fn check(table: &[(&str, &str)]) {
        let mut slots = Slots::default();
        for (number, (seen, expected)) in table.iter().enumerate() {
            let seen = seen.split_whitespace().map(slot).collect();
            let happened: Vec<String> = slots.look(&seen, Instant::now()).iter().map(in_words).collect();
            assert_eq!(happened.join(", "), *expected, "line {number}");
        }
    }

    fn slot(text: &str) -> (ReaderName, Slot) {
        let (name, state) = text.split_once(':').expect("a colon");
        let (card, count) = state.split_at(1);
        (ReaderName(name.to_owned()), Slot { card: card == "+", count: count.parse().expect("a count") })
    }

    fn in_words(event: &ReaderEvent) -> String {
        match event {
            ReaderEvent::ServiceAbsent | ReaderEvent::ServiceReady => unreachable!("not of a slot"),
            ReaderEvent::ReaderAttached(reader) => format!("{reader} attached"),
            ReaderEvent::ReaderDetached(reader) => format!("{reader} detached"),
            ReaderEvent::CardInserted { reader, .. } => format!("card on {reader}"),
            ReaderEvent::CardRemoved { reader } => format!("card off {reader}"),
        }
    }

    #[test]
    fn what_happened_follows_from_two_looks() {
        check(&[
            ("", ""),
            ("A:-0", "A attached"),
            ("A:-0 B:+1", "B attached, card on B"),
            ("A:-0 B:+1", ""),
            ("A:+1 B:-2", "card on A, card off B"),
            ("A:+3 B:-2", "card off A, card on A"), // exchanged between two looks
            ("A:-6 B:-4", "card off A"),            // came and went besides
            ("B:+5", "A detached, card on B"),
            ("", "B detached"),
            ("B:+5", "B attached, card on B"),
        ]);
    }

    #[test]
    fn slots_of_security_modules_and_of_windows_itself_hold_no_residents_card() {
        let table = [
            ("Virtual PCD 00 00", true),
            ("SONY FeliCa RC-S300/P (1234567) 00 00", true),
            ("Sony FeliCa Port/PaSoRi 4.0 0", true),
            ("SAMSUNG NFC Reader 0", true),
            ("ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00", true),
            ("ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] 01 00", false),
            ("ACS ACR1252 1S CL Reader SAM 0", false),
            ("Windows Hello for Business 1", false),
            ("Microsoft UICC ISO Reader 4d3f 0", false),
            ("Microsoft Virtual Smart Card 0", false),
        ];
        for (reader, holds) in table {
            assert_eq!(holds_residents_cards(reader), holds, "{reader}");
        }
    }
}
