//! What a description makes of what was read or scanned.

use super::{CardDescription, CheckDigit, FelicaPlace, NumberShape, NumberSource, Symbology};
use crate::customer_number::{CustomerNumber, NotACustomerNumber};
use crate::digits::to_half_width;

/// The longest scan looked at, in characters; what a wedge types beyond is no member's number.
const LONGEST_SCAN: usize = 256;

/// Why a description finds no number, one variant per sentence a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// The description is for another sort of card: a scan for a FeliCa card, or the other way round.
    OtherSource,
    /// The card has no such system or service, or hands these blocks out to nobody.
    NotOnThisCard,
    /// Nothing is written there.
    Blank,
    /// The bytes are not written as the description says.
    OtherEncoding,
    /// The scan is none of this bar code.
    OtherSymbology,
    /// So many characters, and not as many as the description says.
    OtherLength {
        /// How many there are.
        found: usize,
    },
    /// It begins otherwise.
    OtherPrefix,
    /// The check character is wrong, or cannot be checked because the scanner leaves start and stop out.
    WrongCheck,
    /// It holds what cannot be printed, or is longer than any customer number.
    NoCustomerNumber,
}

impl CardDescription {
    /// What stands in the area that was read; `None` where the card did not hand it out.
    pub fn in_blocks(&self, read: Option<&[u8]>) -> Result<CustomerNumber, NoNumber> {
        let NumberSource::Felica(place) = &self.source else { return Err(NoNumber::OtherSource) };
        let text = text_at(place, read.ok_or(NoNumber::NotOnThisCard)?)?;
        self.shape.number(text.trim(), None)
    }

    /// The card's own number, as 16 hexadecimal digits.
    pub fn in_idm(&self, idm: [u8; 8]) -> Result<CustomerNumber, NoNumber> {
        match self.source {
            NumberSource::Idm => self.shape.number(&hex::encode_upper(idm), None),
            NumberSource::Felica(_) | NumberSource::Wedge(_) => Err(NoNumber::OtherSource),
        }
    }

    /// What a scanner typed.
    pub fn in_scan(&self, typed: &str) -> Result<CustomerNumber, NoNumber> {
        let NumberSource::Wedge(symbology) = self.source else { return Err(NoNumber::OtherSource) };
        let typed: String = typed.trim().chars().take(LONGEST_SCAN + 1).map(to_half_width).collect();
        if typed.is_empty() {
            return Err(NoNumber::Blank);
        }
        if typed.chars().count() > LONGEST_SCAN {
            return Err(NoNumber::NoCustomerNumber);
        }
        let scanned = symbology.scanned(&typed).ok_or(NoNumber::OtherSymbology)?;
        if symbology == Symbology::Jan && !CheckDigit::Modulus10Weight3.is_right(&scanned.body, None) {
            return Err(NoNumber::WrongCheck);
        }
        self.shape.number(&scanned.body, scanned.frame)
    }
}

fn text_at(place: &FelicaPlace, read: &[u8]) -> Result<String, NoNumber> {
    let start = usize::from(place.offset);
    let bytes = read.get(start..start + usize::from(place.length)).ok_or(NoNumber::NotOnThisCard)?;
    place.encoding.decode(bytes)
}

/// A scan without what only frames it.
struct Scanned {
    body: String,
    /// Start and stop of NW-7, where the scanner types them.
    frame: Option<[char; 2]>,
}

impl Symbology {
    fn scanned(self, typed: &str) -> Option<Scanned> {
        match self {
            Self::Any => Some(Scanned { body: typed.to_owned(), frame: None }),
            Self::Jan => {
                let is_jan = matches!(typed.len(), 8 | 13) && typed.bytes().all(|byte| byte.is_ascii_digit());
                is_jan.then(|| Scanned { body: typed.to_owned(), frame: None })
            }
            Self::Code39 => {
                let body = typed.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).unwrap_or(typed);
                let is_character =
                    |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-. $/+%".contains(c);
                let fits = !body.is_empty() && body.chars().all(is_character);
                fits.then(|| Scanned { body: body.to_owned(), frame: None })
            }
            Self::Nw7 => nw7(typed),
        }
    }
}

fn nw7(typed: &str) -> Option<Scanned> {
    let is_frame = |c: &char| matches!(c.to_ascii_uppercase(), 'A'..='D');
    let is_character = |c: char| c.is_ascii_digit() || "-$:/.+".contains(c);
    let start = typed.chars().next().filter(is_frame);
    let stop = typed.chars().next_back().filter(is_frame);
    let (body, frame) = match (start, stop) {
        (Some(start), Some(stop)) if typed.len() > 2 => {
            (&typed[1..typed.len() - 1], Some([start.to_ascii_uppercase(), stop.to_ascii_uppercase()]))
        }
        _ => (typed, None),
    };
    body.chars().all(is_character).then(|| Scanned { body: body.to_owned(), frame })
}

impl NumberShape {
    fn number(&self, text: &str, frame: Option<[char; 2]>) -> Result<CustomerNumber, NoNumber> {
        let text: String = text.chars().map(to_half_width).collect();
        let found = text.chars().count();
        if !self.length.contains(&found) {
            return Err(NoNumber::OtherLength { found });
        }
        let behind_prefix = text.strip_prefix(&self.prefix).ok_or(NoNumber::OtherPrefix)?;
        if self.check.is_some_and(|check| !check.is_right(&text, frame)) {
            return Err(NoNumber::WrongCheck);
        }
        let kept = if self.drop_prefix { behind_prefix } else { &text };
        let kept = if self.drop_check { without_last(kept) } else { kept };
        CustomerNumber::parse(kept).map_err(|fault| match fault {
            NotACustomerNumber::Blank => NoNumber::Blank,
            NotACustomerNumber::TooLong | NotACustomerNumber::Unprintable => NoNumber::NoCustomerNumber,
        })
    }
}

fn without_last(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next_back();
    characters.as_str()
}

#[cfg(test)]
mod tests;
