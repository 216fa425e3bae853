//! A failure as it reaches a screen: sentences filled in, in both languages.

use super::catalogue::ErrorCode;
use serde::{Deserialize, Serialize};

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Bilingual {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl From<String> for Bilingual {
    /// A number or a name, the same in both languages.
    fn from(text: String) -> Self {
        Self { en: text.clone(), ja: text }
    }
}

impl From<&str> for Bilingual {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The mark and sound of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// × refused: this will not work as it is.
    Stop,
    /// △ look here: it can go on after something was done.
    Check,
}

/// Whether points moved; the first thing an error says where points are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PointsMoved {
    /// Points are not concerned.
    NotConcerned,
    /// They did not move.
    No,
    /// It is not known yet.
    Unknown,
}

/// One row of the catalogue: (what happened, what to do now) per language.
pub(super) struct Entry {
    pub(super) tone: Tone,
    pub(super) points: PointsMoved,
    pub(super) ja: (&'static str, &'static str),
    pub(super) en: (&'static str, &'static str),
}

/// A failure with its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Failure {
    /// The stable code; what a program decides by.
    pub code: ErrorCode,
    /// Its number, small at the sentence's end.
    pub number: String,
    /// Its mark.
    pub tone: Tone,
    /// Whether points moved.
    pub points: PointsMoved,
    /// What happened.
    pub what: Bilingual,
    /// What to do now.
    pub now: Bilingual,
    /// In how many seconds it can be tried again, where that is known. For programs; a person reads it in `now`.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub retry_after_s: Option<u64>,
}

impl Failure {
    /// The failure of a code that needs no values.
    pub fn of(code: ErrorCode) -> Self {
        Self::with(code, &[])
    }

    /// The failure of a code, each `{name}` in its sentences replaced by the value given for it.
    pub fn with(code: ErrorCode, values: &[(&str, Bilingual)]) -> Self {
        let Entry { tone, points, ja, en } = code.entry();
        let in_japanese = |sentence| fill(sentence, values, |value| &value.ja);
        let in_english = |sentence| fill(sentence, values, |value| &value.en);
        Self {
            code,
            number: code.number().to_owned(),
            tone,
            points,
            what: Bilingual { ja: in_japanese(ja.0), en: in_english(en.0) },
            now: Bilingual { ja: in_japanese(ja.1), en: in_english(en.1) },
            retry_after_s: seconds(values),
        }
    }
}

/// The value of that name, where it is a number.
fn seconds(values: &[(&str, Bilingual)]) -> Option<u64> {
    values.iter().find(|(name, _)| *name == "seconds").and_then(|(_, value)| value.en.parse().ok())
}

fn fill(sentence: &str, values: &[(&str, Bilingual)], side: impl Fn(&Bilingual) -> &String) -> String {
    values
        .iter()
        .fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), side(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_its_sentences_in_both_languages() {
        for &code in ErrorCode::ALL {
            let failure = Failure::of(code);
            for text in [&failure.what.ja, &failure.now.ja] {
                assert!(text.ends_with('。'), "{code:?}: {text}");
                assert!(!text.contains('！'), "{code:?}: {text}");
            }
            for text in [&failure.what.en, &failure.now.en] {
                assert!(text.ends_with('.'), "{code:?}: {text}");
            }
        }
    }

    #[test]
    fn numbers_are_unique() {
        let numbers: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.number()).collect();
        assert_eq!(numbers.len(), ErrorCode::ALL.len());
    }

    #[test]
    fn how_long_to_wait_is_known_to_programs_as_well() {
        let failure = Failure::with(ErrorCode::TooManyRequests, &[("seconds", "12".into())]);
        assert_eq!(failure.retry_after_s, Some(12));
        assert_eq!(Failure::of(ErrorCode::TooManyRequests).retry_after_s, None);
    }

    #[test]
    fn values_stand_in_their_places() {
        let failure = Failure::with(ErrorCode::Insufficient, &[("available", "3,000".into())]);
        assert_eq!(failure.what.ja, "残高が足りません。使えるのは 3,000ポイントまでです。");
        assert_eq!(failure.what.en, "The balance is too low. Up to 3,000 points can be used.");
    }

    #[test]
    fn a_value_can_have_a_name_in_each_language() {
        let field = Bilingual { ja: "郵便番号".into(), en: "postal code".into() };
        let failure = Failure::with(ErrorCode::ContactIncomplete, &[("field", field)]);
        assert_eq!(failure.what.ja, "郵便番号の入力に、足りないところがあります。");
        assert_eq!(failure.what.en, "Something is missing in: postal code.");
    }

    #[test]
    fn both_languages_name_the_same_values() {
        let names = |text: &str| -> HashSet<String> {
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next().map(str::to_owned)).collect()
        };
        for &code in ErrorCode::ALL {
            let failure = Failure::of(code);
            let ja = names(&format!("{}{}", failure.what.ja, failure.now.ja));
            let en = names(&format!("{}{}", failure.what.en, failure.now.en));
            assert_eq!(ja, en, "{code:?}");
        }
    }
}
