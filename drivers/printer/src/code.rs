//! A ticket's QR: from its text to black modules.
//!
//! Belongs here: the error correction level and the modules. Does not: where the code stands, how it is
//! drawn.
//!
//! Receipt printers could draw it themselves (`GS ( k`), but not all that have kanji can, and one that
//! cannot prints the command as letters; as a picture it is the same everywhere, dot for dot.

use qrcode::{Color, EcLevel, QrCode};

/// Level Q: a quarter of the symbol may be lost to a fold or a stamp. A ticket's code (43 characters at
/// most, alphanumeric) then takes version 3, as small as at level M.
const LEVEL: EcLevel = EcLevel::Q;

/// White around a code, in modules (ISO/IEC 18004, 7.3.7).
pub(crate) const QUIET_ZONE: f32 = 4.0;

/// A code's modules, row by row.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Modules {
    /// How many there are in a row, and rows.
    across: usize,
    dark: Vec<bool>,
}

impl std::fmt::Debug for Modules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Modules({})", self.across)
    }
}

/// The text is longer than any QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong;

impl Modules {
    /// The code of a text, as small as it can be.
    pub(crate) fn of(text: &str) -> Result<Self, TooLong> {
        let code = QrCode::with_error_correction_level(text, LEVEL).map_err(|_| TooLong)?;
        let across = code.width();
        let dark = code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Ok(Self { across, dark })
    }

    /// How many modules there are in a row.
    pub(crate) const fn across(&self) -> usize {
        self.across
    }

    /// Every longest stretch of dark modules in a row: column, row, length.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.dark.chunks(self.across).enumerate().flat_map(|(row, modules)| {
            let mut column = 0;
            modules.chunk_by(|one, next| one == next).filter_map(move |run| {
                let from = column;
                column += run.len();
                run.first().is_some_and(|&dark| dark).then_some((from, row, run.len()))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tickets_code_takes_version_3_at_most() {
        for text in
            ["T1.141305.987654321012.7.0123456789ABCDEF", "T1.141305.000000000000.999.FFFFFFFFFFFFFFFF"]
        {
            assert_eq!(Modules::of(text).map(|modules| modules.across()), Ok(29), "{text}");
        }
    }

    #[test]
    fn the_stretches_are_all_that_is_dark() {
        let modules = Modules::of("T1.141305.987654321012.7.0123456789ABCDEF").unwrap();
        let mut dark = vec![false; modules.across() * modules.across()];
        for (column, row, length) in modules.stretches() {
            let from = row * modules.across() + column;
            dark[from..from + length].fill(true);
        }
        assert_eq!(dark, modules.dark);
    }

    #[test]
    fn a_text_longer_than_any_code_is_refused() {
        assert_eq!(Modules::of(&"x".repeat(4_000)).err(), Some(TooLong));
    }
}
