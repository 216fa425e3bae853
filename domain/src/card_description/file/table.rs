//! A part of the file, and its values by word. Every refusal says where.

use super::{Fault, Sort, WhatIsWrong};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands, in bytes from the text's beginning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

/// The values that may stand behind a word, and what each means, in the same order.
pub(super) struct Choices<T: 'static> {
    pub(super) names: &'static [&'static str],
    pub(super) meanings: &'static [T],
}

/// A table of the file.
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    at: usize,
}

impl<'a> Table<'a> {
    pub(super) fn whole(table: &'a Spanned<DeTable<'a>>) -> Self {
        Self { entries: table.get_ref(), at: table.span().start }
    }

    /// Where it begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.value(word).is_some()
    }

    pub(super) fn at_word(&self, word: &str) -> usize {
        self.entries.keys().find(|key| key.get_ref() == word).map_or(self.at, |key| key.span().start)
    }

    /// The first word that is none of these is refused.
    pub(super) fn has_only(&self, known: &'static [&'static str]) -> Result<(), Fault> {
        let unknown = self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        match unknown.min_by_key(|key| key.span().start) {
            Some(key) => {
                let word = shortened(key.get_ref());
                Err(Fault { at: key.span().start, what: WhatIsWrong::UnknownWord { word, known } })
            }
            None => Ok(()),
        }
    }

    fn value(&self, word: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.iter().find(|(key, _)| key.get_ref() == word).map(|(_, value)| value)
    }

    fn needed<T>(&self, word: &'static str, found: Option<T>) -> Result<T, Fault> {
        found.ok_or(Fault { at: self.at, what: WhatIsWrong::MissingWord { word } })
    }

    /// A part in brackets, if it is there.
    pub(super) fn part(&self, word: &str) -> Result<Option<Self>, Fault> {
        let Some(value) = self.value(word) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Table(entries) => Ok(Some(Self { entries, at: self.at_word(word) })),
            _ => Err(other_sort(value, word, Sort::Part)),
        }
    }

    pub(super) fn needed_part(&self, word: &'static str) -> Result<Self, Fault> {
        self.needed(word, self.part(word)?)
    }

    pub(super) fn text(&self, word: &'static str, most: usize) -> Result<Place<&'a str>, Fault> {
        self.needed(word, self.text_if_any(word, most)?)
    }

    /// A text of 1 to so many characters.
    pub(super) fn text_if_any(&self, word: &str, most: usize) -> Result<Option<Place<&'a str>>, Fault> {
        let Some(value) = self.value(word) else { return Ok(None) };
        let text = text(value, word)?;
        let characters = text.trim().chars().count();
        if characters == 0 || characters > most || text.chars().any(char::is_control) {
            let what = WhatIsWrong::TextLength { word: word.to_owned(), most };
            return Err(Fault { at: value.span().start, what });
        }
        Ok(Some(Place { value: text, at: value.span().start }))
    }

    pub(super) fn yes_or_no(&self, word: &str) -> Result<bool, Fault> {
        match self.value(word) {
            None => Ok(false),
            Some(value) => match value.get_ref() {
                DeValue::Boolean(yes) => Ok(*yes),
                _ => Err(other_sort(value, word, Sort::YesOrNo)),
            },
        }
    }

    /// One of the values that have a meaning.
    pub(super) fn choice<T: Copy>(
        &self,
        word: &str,
        choices: &Choices<T>,
    ) -> Result<Option<Place<T>>, Fault> {
        let Some(value) = self.value(word) else { return Ok(None) };
        let said = text(value, word)?;
        let at = value.span().start;
        let chosen = choices.names.iter().zip(choices.meanings).find(|(name, _)| **name == said);
        let what = || WhatIsWrong::UnknownChoice { word: word.to_owned(), known: choices.names };
        let (_, meant) = chosen.ok_or_else(|| Fault { at, what: what() })?;
        Ok(Some(Place { value: *meant, at }))
    }

    pub(super) fn needed_choice<T: Copy>(
        &self,
        word: &'static str,
        choices: &Choices<T>,
    ) -> Result<Place<T>, Fault> {
        self.needed(word, self.choice(word, choices)?)
    }

    /// Four hexadecimal digits.
    pub(super) fn code(&self, word: &'static str) -> Result<Place<u16>, Fault> {
        let value = self.needed(word, self.value(word))?;
        let said = text(value, word)?;
        let at = value.span().start;
        let is_code = said.len() == 4 && said.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u16::from_str_radix(said, 16) {
            Ok(code) if is_code => Ok(Place { value: code, at }),
            _ => Err(Fault { at, what: WhatIsWrong::NoCode { word: word.to_owned() } }),
        }
    }

    /// A whole number between two; `otherwise` where the word may be left out.
    pub(super) fn number(
        &self,
        word: &'static str,
        otherwise: Option<u16>,
        least: u64,
        most: u64,
    ) -> Result<u16, Fault> {
        match (self.value(word), otherwise) {
            (None, Some(otherwise)) => Ok(otherwise),
            (value, _) => {
                let value = self.needed(word, value)?;
                let number = number_in(value, word, Sort::Number, least, most)?;
                Ok(u16::try_from(number).unwrap_or(u16::MAX))
            }
        }
    }

    /// A whole number, or two of them between brackets.
    pub(super) fn range(
        &self,
        word: &str,
        least: u64,
        most: u64,
    ) -> Result<Option<Place<(u64, u64)>>, Fault> {
        let Some(value) = self.value(word) else { return Ok(None) };
        let one = |value| number_in(value, word, Sort::NumberOrRange, least, most);
        let ends = if let DeValue::Array(pair) = value.get_ref() {
            let [first, second] = &pair[..] else {
                return Err(other_sort(value, word, Sort::NumberOrRange));
            };
            (one(first)?, one(second)?)
        } else {
            let number = one(value)?;
            (number, number)
        };
        Ok(Some(Place { value: ends, at: value.span().start }))
    }
}

fn text<'a>(value: &'a Spanned<DeValue<'a>>, word: &str) -> Result<&'a str, Fault> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.as_ref()),
        _ => Err(other_sort(value, word, Sort::Text)),
    }
}

fn number_in(
    value: &Spanned<DeValue<'_>>,
    word: &str,
    sort: Sort,
    least: u64,
    most: u64,
) -> Result<u64, Fault> {
    let DeValue::Integer(integer) = value.get_ref() else { return Err(other_sort(value, word, sort)) };
    match u64::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => {
            let what = WhatIsWrong::OutOfRange { word: word.to_owned(), least, most };
            Err(Fault { at: value.span().start, what })
        }
    }
}

fn other_sort(value: &Spanned<DeValue<'_>>, word: &str, wanted: Sort) -> Fault {
    Fault { at: value.span().start, what: WhatIsWrong::OtherSort { word: word.to_owned(), wanted } }
}

/// A word of the file as it is shown: a hostile one may be as long as the file.
fn shortened(word: &str) -> String {
    const MOST: usize = 32;
    let printable = word.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c });
    let mut shown: String = printable.take(MOST).collect();
    if word.chars().count() > MOST {
        shown.push('…');
    }
    shown
}
