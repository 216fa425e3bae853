//! Numbers as people type them at a counter: full-width digits, thousands separators, spaces.
//!
//! Belongs here: turning typed text into ASCII digits. Does not: what the number means.

/// Turns full-width digits into ASCII ones and drops what only groups them (commas, spaces).
///
/// Anything else stays, so that the caller's own check can refuse it: "1.5" keeps its point,
/// "－1" keeps a sign (as ASCII "-"), letters stay letters.
pub fn to_ascii_digits(typed: &str) -> String {
    typed
        .trim()
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
            ',' | '，' | '、' | ' ' | '\u{3000}' => None,
            '－' | '−' => Some('-'),
            '．' => Some('.'),
            other => Some(other),
        })
        .collect()
}

/// The half-width form of a full-width letter, digit or sign; every other character as it is.
pub fn to_half_width(character: char) -> char {
    const FIRST: u32 = '！' as u32;
    const LAST: u32 = '～' as u32;
    match character as u32 {
        full @ FIRST..=LAST => char::from_u32(full - FIRST + '!' as u32).unwrap_or(character),
        _ if character == '−' => '-',
        _ => character,
    }
}

/// Whether `text` is exactly `length` ASCII digits.
pub fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_digits_and_separators_are_understood() {
        assert_eq!(to_ascii_digits("　１，５００ "), "1500");
        assert_eq!(to_ascii_digits("1,500"), "1500");
    }

    #[test]
    fn what_is_not_a_digit_stays_visible_to_the_caller() {
        assert_eq!(to_ascii_digits("1.5"), "1.5");
        assert_eq!(to_ascii_digits("−1"), "-1");
        assert_eq!(to_ascii_digits("十"), "十");
    }

    #[test]
    fn only_ascii_digits_of_the_length_asked_for_are_digits() {
        assert!(is_digits("12004431", 8));
        for text in ["1200443", "120044310", "1200443a", "１２", "+1200443", ""] {
            assert!(!is_digits(text, 8), "{text}");
        }
    }

    #[test]
    fn full_width_letters_and_signs_have_half_width_forms() {
        let half: String = "Ａｚ０９！～－−漢カ".chars().map(to_half_width).collect();
        assert_eq!(half, "Az09!~--漢カ");
    }

    proptest! {
        #[test]
        fn turning_digits_twice_changes_nothing_more(typed in any::<String>()) {
            let once = to_ascii_digits(&typed);
            prop_assert_eq!(to_ascii_digits(&once), once.trim());
        }
    }
}
