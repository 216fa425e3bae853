//! Texts that vendors leave where a serial or name should be. Equal on thousands of machines, so
//! they say nothing.

/// Whole texts, normalised, that say nothing.
const WORDS: &[&str] = &[
    "BASE BOARD",
    "BASE BOARD SERIAL NUMBER",
    "BLANK",
    "BOARD SERIAL NUMBER",
    "CHASSIS SERIAL NUMBER",
    "DEFAULT",
    "DEFAULT STRING",
    "EMPTY",
    "INVALID",
    "MB-1234567890",
    "N/A",
    "NONE",
    "NOT APPLICABLE",
    "NOT AVAILABLE",
    "NOT PRESENT",
    "NOT SPECIFIED",
    "NULL",
    "O.E.M.",
    "OEM",
    "SERIAL NUMBER",
    "SYSTEM PRODUCT NAME",
    "SYSTEM SERIAL NUMBER",
    "TBD",
    "TO BE FILLED BY O.E.M",
    "TO BE FILLED BY O.E.M.",
    "TO BE FILLED BY OEM",
    "TYPE2 - BOARD SERIAL NUMBER",
    "UNDEFINED",
    "UNINITIALIZED",
    "UNKNOWN",
    // A UUID that one vendor's reference firmware carries to every board made from it.
    "03000200-0400-0500-0006-000700080009",
];

/// Whether a normalised text says nothing about its machine.
pub(super) fn is_junk(text: &str) -> bool {
    WORDS.contains(&text) || is_one_character(text) || is_counted(text)
}

/// "0", "00000000-0000-…", "FFFFFFFF", "........": one character, punctuation between it aside.
fn is_one_character(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    match letters.next() {
        Some(first) => letters.all(|c| c == first),
        None => true,
    }
}

/// "123456789", "0123456789", "12345": somebody counted.
fn is_counted(text: &str) -> bool {
    let plain = text.strip_prefix('0').unwrap_or(text);
    plain.len() >= 3 && "1234567890".starts_with(plain)
}
