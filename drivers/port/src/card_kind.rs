//! What kind of card lies on a reader, as far as that can be told without reading anything on it.

/// A kind of card that residents hold out at a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// マイナンバーカード: the JPKI application, its auth certificate free to read.
    MyNumber,
    /// The JPKI application of a phone: its auth certificate is behind the PIN.
    MyNumberOnPhone,
    /// FeliCa: transit cards, electronic money, many members' and library cards.
    Felica,
    /// Another contactless memory card, such as MIFARE.
    Memory,
    /// 運転免許証.
    DrivingLicence,
    /// 在留カード or 特別永住者証明書.
    ResidenceCard,
    /// A bank's or credit card (EMV).
    BankCard,
    /// パスポート.
    Passport,
    /// None of these.
    Unknown,
}

/// The beginning of a contactless memory card's ATR and the registered identifier of the PC/SC
/// workgroup (PC/SC part 3 supplement 3.1.3.2.3.1).
const MEMORY_CARD: [u8; 12] = [0x3B, 0x8F, 0x80, 0x01, 0x80, 0x4F, 0x0C, 0xA0, 0x00, 0x00, 0x03, 0x06];
/// The standard byte that stands for FeliCa.
const FELICA: u8 = 0x11;
/// Names by which readers made before that standard byte say FeliCa at 212 and 424 kbit/s.
const FELICA_BY_NAME: [[u8; 2]; 2] = [[0xF0, 0x11], [0xF0, 0x12]];

/// How the answer to reset begins where the reader writes a FeliCa card's own number behind it (SCM).
pub const FELICA_WITH_NUMBER: [u8; 7] = [0x3B, 0x8C, 0x80, 0x01, 0x04, 0x43, 0xFD];

impl CardKind {
    /// The kind of a contactless memory card, which has no applications to select, by its answer to
    /// reset; `None` for every other card.
    pub fn of_memory_card(atr: &[u8]) -> Option<Self> {
        if atr.starts_with(&FELICA_WITH_NUMBER) {
            return Some(Self::Felica);
        }
        let [standard, name @ ..] = atr.strip_prefix(&MEMORY_CARD)? else { return Some(Self::Memory) };
        let named_felica = FELICA_BY_NAME.iter().any(|felica| name.starts_with(felica));
        Some(if *standard == FELICA || named_felica { Self::Felica } else { Self::Memory })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).expect("hex")).expect("a digit");
        digits.chunks(2).map(|pair| digit(pair[0]) * 16 + digit(pair[1])).collect()
    }

    #[test]
    fn memory_cards_say_in_their_atr_what_they_are() {
        let table = [
            ("3B8F8001804F0CA000000306 11 003B 00000000 42", Some(CardKind::Felica)),
            ("3B8F8001804F0CA000000306 03 F011 00000000 8A", Some(CardKind::Felica)),
            ("3B8F8001804F0CA000000306 03 F012 00000000 89", Some(CardKind::Felica)),
            ("3B8F8001804F0CA000000306 03 0001 00000000 6A", Some(CardKind::Memory)),
            ("3B8F8001804F0CA000000306", Some(CardKind::Memory)),
            ("3B8C80010443FD 012E4CD7995A3B77 5B", Some(CardKind::Felica)),
            ("3BE000FF8131FE4514", None),
            ("3B80800101", None),
            ("", None),
        ];
        for (atr, kind) in table {
            assert_eq!(CardKind::of_memory_card(&bytes(atr)), kind, "{atr}");
        }
    }
}
