//! What of a text can stand on paper at all.
//!
//! Belongs here: which characters are invisible by nature and therefore dropped. Does not: which
//! characters a font has (`font`).

/// The text without characters that draw nothing: controls, variation selectors, marks of
/// direction, joiners, byte-order marks, tags.
///
/// A font draws a box for most of them. Variation selectors only choose between shapes of the
/// character before them (U+845B U+E0100, 葛 as in 葛城), which stays readable without. Spaces of
/// other widths, which few fonts have, become plain ones.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| if c.is_whitespace() && c != IDEOGRAPHIC_SPACE { ' ' } else { c })
        .collect()
}

const IDEOGRAPHIC_SPACE: char = '\u{3000}';

/// Cc of Unicode's general categories, `Default_Ignorable_Code_Point` as far as fonts meet it, and
/// the two separators U+2028 and U+2029, which are line breaks by another name.
const fn is_invisible(c: char) -> bool {
    c.is_ascii_control()
        || matches!(
            c,
            '\u{0080}'..='\u{009f}'
                | '\u{00ad}'
                | '\u{034f}'
                | '\u{061c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variation_selectors_are_dropped_and_their_character_stays() {
        assert_eq!(visible("葛\u{e0100}城市"), "葛城市");
        assert_eq!(visible("☎\u{fe0e}"), "☎");
    }

    #[test]
    fn controls_and_marks_of_direction_are_dropped() {
        assert_eq!(visible("\u{202e}やまだ\0\t\n\u{7f}\u{85}\u{200b}八百屋\u{feff}"), "やまだ八百屋");
    }

    #[test]
    fn spaces_stay_and_unusual_ones_become_plain() {
        assert_eq!(visible("訓練　この紙 は"), "訓練　この紙 は");
        assert_eq!(visible("a\u{a0}b\u{2004}c\u{202f}d"), "a b c d");
    }
}
