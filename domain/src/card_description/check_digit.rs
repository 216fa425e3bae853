//! Check characters of numbers and bar codes.
//!
//! | kind | rule | source |
//! |---|---|---|
//! | modulus 10, weight 3 | from the right 3, 1, 3, 1 …; what is missing to the next ten | JAN (JIS X 0501) |
//! | modulus 10, weight 2 | from the right 2, 1, 2, 1 …, cross sums; what is missing to the next ten | Luhn (ISO/IEC 7812-1) |
//! | modulus 11, weight 2–7 | from the right 2 to 7 over and over; 11 less the rest, 0 for 10 and 11 | usual on NW-7 |
//! | seven check | the rest of the number by 7 | usual on NW-7 (7DR) |
//! | modulus 16 | values of all characters, start and stop included; what is missing to the next 16 | NW-7 |
//! | modulus 43 | the rest of the sum of all values | Code 39 (JIS X 0503) |

/// How the last character follows from those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// As JAN has it.
    Modulus10Weight3,
    /// Luhn.
    Modulus10Weight2,
    /// Weights 2 to 7 from the right.
    Modulus11Weight2To7,
    /// 7DR.
    SevenCheck,
    /// NW-7's, over start and stop as well.
    Nw7Modulus16,
    /// Code 39's.
    Code39Modulus43,
}

/// NW-7's characters by their values.
const NW7: &str = "0123456789-$:/.+ABCD";
/// Code 39's characters by their values.
const CODE39: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

impl CheckDigit {
    /// Whether the last character of `body` is right. `frame` are start and stop where the scanner typed
    /// them; NW-7's modulus 16 cannot be checked without.
    pub(super) fn is_right(self, body: &str, frame: Option<[char; 2]>) -> bool {
        let Some((check, rest)) = split_last(body) else { return false };
        self.of(rest, frame) == Some(check)
    }

    fn of(self, rest: &str, frame: Option<[char; 2]>) -> Option<char> {
        match self {
            Self::Modulus10Weight3 => digit(ten_less(weighted(rest, |place| 3 - 2 * (place % 2))?)),
            Self::Modulus10Weight2 => digit(ten_less(cross_sums(rest)?)),
            Self::Modulus11Weight2To7 => {
                let sum = weighted(rest, |place| place % 6 + 2)?;
                digit(match 11 - sum % 11 {
                    10 | 11 => 0,
                    check => check,
                })
            }
            Self::SevenCheck => {
                digits(rest)?.try_fold(0, |rest, digit| Some((rest * 10 + digit) % 7)).and_then(digit)
            }
            Self::Nw7Modulus16 => {
                let sum = values(NW7, rest)? + values(NW7, &String::from_iter(frame?))?;
                NW7.chars().nth((16 - sum % 16) % 16)
            }
            Self::Code39Modulus43 => CODE39.chars().nth(values(CODE39, rest)? % 43),
        }
    }
}

fn split_last(body: &str) -> Option<(char, &str)> {
    let mut characters = body.chars();
    let last = characters.next_back()?;
    (!characters.as_str().is_empty()).then_some((last, characters.as_str()))
}

fn digits(text: &str) -> Option<impl DoubleEndedIterator<Item = u32>> {
    let all = text.chars().all(|character| character.is_ascii_digit());
    all.then(|| text.chars().filter_map(|character| character.to_digit(10)))
}

fn digit(value: u32) -> Option<char> {
    char::from_digit(value, 10)
}

const fn ten_less(sum: u32) -> u32 {
    (10 - sum % 10) % 10
}

/// The sum of the digits, each times the weight of its place from the right.
fn weighted(text: &str, weight: impl Fn(usize) -> usize) -> Option<u32> {
    let weights = (0..).map(|place| u32::try_from(weight(place)).unwrap_or(0));
    Some(digits(text)?.rev().zip(weights).map(|(digit, weight)| digit * weight).sum())
}

fn cross_sums(text: &str) -> Option<u32> {
    let doubled = |(place, digit): (usize, u32)| match digit * 2 {
        _ if place % 2 == 1 => digit,
        twice @ 0..=9 => twice,
        twice => twice - 9,
    };
    Some(digits(text)?.rev().enumerate().map(doubled).sum())
}

fn values(alphabet: &str, text: &str) -> Option<usize> {
    text.chars().map(|character| alphabet.chars().position(|known| known == character)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [CheckDigit; 6] = [
        CheckDigit::Modulus10Weight3,
        CheckDigit::Modulus10Weight2,
        CheckDigit::Modulus11Weight2To7,
        CheckDigit::SevenCheck,
        CheckDigit::Nw7Modulus16,
        CheckDigit::Code39Modulus43,
    ];

    #[test]
    fn published_examples_are_right_and_every_other_check_character_is_wrong() {
        // JAN: worked examples of the symbology's guides; Luhn: ISO/IEC 7812-1's; NW-7's modulus 16: two
        // makers' worked examples (A37859B, A789A, A01234B); Code 39: the usual CODE39W. Modulus 11 and 7DR
        // were worked out by hand: 2×5+3×4+4×3+5×2+6×1 = 50, 11 − 50 mod 11 = 5; 12345 mod 7 = 4.
        let table = [
            (CheckDigit::Modulus10Weight3, "4901234567894", None),
            (CheckDigit::Modulus10Weight3, "4569951116179", None),
            (CheckDigit::Modulus10Weight3, "01234565", None),
            (CheckDigit::Modulus10Weight2, "79927398713", None),
            (CheckDigit::Modulus11Weight2To7, "123455", None),
            (CheckDigit::SevenCheck, "123454", None),
            (CheckDigit::Nw7Modulus16, "37859+", Some(['A', 'B'])),
            (CheckDigit::Nw7Modulus16, "7898", Some(['A', 'A'])),
            (CheckDigit::Nw7Modulus16, "012345", Some(['A', 'B'])),
            (CheckDigit::Code39Modulus43, "CODE39W", None),
        ];
        for (check, body, frame) in table {
            assert!(check.is_right(body, frame), "{check:?} {body}");
            let (right, rest) = split_last(body).unwrap();
            for other in CODE39.chars().filter(|other| *other != right) {
                assert!(!check.is_right(&format!("{rest}{other}"), frame), "{check:?} {rest}{other}");
            }
        }
    }

    #[test]
    fn a_rest_of_ten_or_eleven_is_said_as_nought_by_modulus_eleven() {
        assert!(CheckDigit::Modulus11Weight2To7.is_right("60", None), "6 × 2 = 12, 11 − 1 = 10");
        assert!(CheckDigit::Modulus11Weight2To7.is_right("000", None), "11 − 0 = 11");
    }

    #[test]
    fn nw7s_modulus_16_needs_start_and_stop() {
        assert!(!CheckDigit::Nw7Modulus16.is_right("37859+", None));
    }

    proptest! {
        #[test]
        fn any_text_is_right_or_wrong_and_nothing_else(body in any::<String>(), start in any::<char>()) {
            for check in ALL {
                let _ = check.is_right(&body, Some([start, 'A']));
                let _ = check.is_right(&body, None);
            }
        }

        #[test]
        fn every_number_of_digits_has_one_check_digit(rest in "[0-9]{1,63}") {
            let of_digits = |check: &&CheckDigit| {
                !matches!(check, CheckDigit::Nw7Modulus16 | CheckDigit::Code39Modulus43)
            };
            for check in ALL.iter().filter(of_digits) {
                let right = (0..10).filter(|last| check.is_right(&format!("{rest}{last}"), None)).count();
                prop_assert_eq!(right, 1, "{:?}", check);
            }
        }
    }
}
