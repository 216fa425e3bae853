//! Where a line of Japanese may end, and where it ends best.
//!
//! Belongs here: choosing breaks in one paragraph. Does not: fonts (the caller measures), the page.
//!
//! The standard (UAX #14) says where a line *may* end: never before 。、）」 or small kana, never
//! after （「, never inside a number or a Latin word. Among these the paragraph takes the fewest
//! lines and then the most even ones, preferring the start of a phrase, so that no line holds a
//! lone "す。" and no number loses its unit.

use std::ops::Range;
use unicode_linebreak::linebreaks;

/// The price of one more line: higher than any number of awkward breaks, lower than a split number.
const LINE: f32 = 1_000.0;
/// The price of a line that is all slack; half the slack costs a quarter.
const SLACK: f32 = 60.0;
/// The price of a break inside what belongs together: a word too long for any line.
const TORN: f32 = 5_000.0;

/// A place where a line may end.
struct Break {
    /// Byte index of the next line's first character.
    at: usize,
    /// What ending a line here costs.
    price: f32,
}

/// Splits `text` into lines no wider than `limit`; `advance` measures one character in its unit.
///
/// A line that cannot be narrower (one character) may stand out. Spaces at a line's end are cut.
pub(crate) fn lines(text: &str, limit: f32, advance: impl Fn(char) -> f32) -> Vec<&str> {
    let pens = pens(text, advance);
    let width = |range: &Range<usize>| pens[trimmed_end(text, range)] - pens[range.start];
    let breaks = breaks(text, limit, width);
    best_breaks(text, &breaks, limit, width)
        .into_iter()
        .map(|range| &text[range.start..trimmed_end(text, &range)])
        .collect()
}

/// The pen's place before each byte; meaningful at character boundaries.
fn pens(text: &str, advance: impl Fn(char) -> f32) -> Vec<f32> {
    let mut pens = Vec::with_capacity(text.len() + 1);
    let mut pen = 0.0;
    for c in text.chars() {
        pens.extend(std::iter::repeat_n(pen, c.len_utf8()));
        pen += advance(c);
    }
    pens.push(pen);
    pens
}

fn trimmed_end(text: &str, range: &Range<usize>) -> usize {
    range.start + text[range.clone()].trim_end().len()
}

/// Every allowed break, and for a stretch wider than a line each of its characters, too.
fn breaks(text: &str, limit: f32, width: impl Fn(&Range<usize>) -> f32) -> Vec<Break> {
    let mut breaks = vec![Break { at: 0, price: 0.0 }];
    let mut start = 0;
    for (end, _) in linebreaks(text) {
        if width(&(start..end)) > limit {
            let inside = text[start..end].char_indices().skip(1).map(|(index, _)| start + index);
            breaks.extend(inside.map(|at| Break { at, price: TORN }));
        }
        breaks.push(Break { at: end, price: price(text, end) });
        start = end;
    }
    breaks
}

/// Chooses the cheapest chain of breaks from the start to the end (dynamic programming).
fn best_breaks(
    text: &str,
    breaks: &[Break],
    limit: f32,
    width: impl Fn(&Range<usize>) -> f32,
) -> Vec<Range<usize>> {
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for (index, end) in breaks.iter().enumerate().skip(1) {
        let mut cheapest = (f32::INFINITY, index - 1);
        for from in (0..index).rev() {
            let line = width(&(breaks[from].at..end.at));
            if line > limit && from + 1 < index {
                break;
            }
            let slack = ((limit - line) / limit).clamp(0.0, 1.0);
            let cost = best[from].0 + LINE + SLACK * slack * slack + end.price;
            if cost < cheapest.0 {
                cheapest = (cost, from);
            }
        }
        best.push(cheapest);
    }
    let mut ranges = Vec::new();
    let mut index = breaks.len() - 1;
    while index > 0 {
        let from = best[index].1;
        ranges.push(breaks[from].at..breaks[index].at);
        index = from;
    }
    ranges.reverse();
    ranges.retain(|range| !text[range.clone()].trim().is_empty());
    ranges
}

/// What kind of script a character is, as far as phrases show it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hiragana,
    Katakana,
    Kanji,
    Digit,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a0}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Katakana,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' => {
            Script::Kanji
        }
        '0'..='9' | '０'..='９' => Script::Digit,
        _ => Script::Other,
    }
}

/// What it costs to end a line before the byte `at`: little at the start of a phrase, much inside
/// a word, more than a line between a number and its unit or its next group of digits.
fn price(text: &str, at: usize) -> f32 {
    let (before, after) = text.split_at(at);
    let Some(next) = after.chars().next() else {
        return 0.0;
    };
    let spaced = before.ends_with(char::is_whitespace);
    let Some(last) = before.trim_end().chars().next_back() else {
        return 0.0;
    };
    match (script(last), script(next)) {
        (Script::Digit, Script::Digit) => 3.0 * LINE,
        _ if is_inside_an_ending(before, after) => 300.0,
        // "1,500円 を": the space only sets off the number, the particle belongs to it.
        (Script::Digit | Script::Kanji, Script::Hiragana) if spaced => 120.0,
        _ if spaced || ENDS_A_PHRASE.contains(&last) => 0.0,
        (Script::Digit, Script::Hiragana | Script::Katakana | Script::Kanji) => 3.0 * LINE,
        (Script::Katakana, Script::Katakana) => 200.0,
        (Script::Kanji | Script::Katakana, Script::Hiragana) => 120.0,
        (Script::Hiragana, Script::Hiragana) if HONORIFICS.contains(&next) => 30.0,
        (Script::Hiragana, Script::Kanji) if HONORIFICS.contains(&last) => 120.0,
        (Script::Kanji, Script::Kanji) => 80.0,
        (Script::Hiragana, Script::Hiragana) => 60.0,
        (Script::Hiragana, _) => 10.0,
        _ => 40.0,
    }
}

/// Whether a break there would tear one of the endings every sentence has.
fn is_inside_an_ending(before: &str, after: &str) -> bool {
    ENDINGS.iter().any(|ending| {
        let mut inside = ending.char_indices().skip(1);
        inside.any(|(index, _)| before.ends_with(&ending[..index]) && after.starts_with(&ending[index..]))
    })
}

/// No line begins in the middle of one: a lone "す。" is no line.
const ENDINGS: [&str; 5] = ["です", "ます", "ません", "ください", "ました"];

/// After these a phrase has ended: punctuation, and を, which is nothing but a particle.
const ENDS_A_PHRASE: [char; 5] = ['。', '、', '！', '？', 'を'];

/// These belong to the kanji after them: ご覧, お会計.
const HONORIFICS: [char; 2] = ['ご', 'お'];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Japanese is one wide, ASCII half.
    fn advance(c: char) -> f32 {
        if c.is_ascii() { 0.5 } else { 1.0 }
    }

    /// What no line may end inside of.
    fn stretches(text: &str) -> impl Iterator<Item = &str> {
        let mut start = 0;
        linebreaks(text).map(move |(end, _)| {
            let stretch = &text[start..end];
            start = end;
            stretch
        })
    }

    fn broken(text: &str, limit: f32) -> Vec<&str> {
        lines(text, limit, advance)
    }

    #[test]
    fn what_fits_stays_on_one_line() {
        assert_eq!(broken("やまだ八百屋", 6.0), ["やまだ八百屋"]);
        assert!(broken("", 6.0).is_empty());
        assert!(broken("  ", 6.0).is_empty());
    }

    #[test]
    fn a_sentence_ends_a_line_before_a_word_is_split() {
        assert_eq!(broken("残高です。次の", 5.0), ["残高です。", "次の"]);
    }

    #[test]
    fn a_phrase_starts_a_line_rather_than_the_middle_of_a_word() {
        assert_eq!(
            broken("残高はマイページでもご覧になれます。", 15.0),
            ["残高は", "マイページでもご覧になれます。"]
        );
        assert_eq!(broken("くわしくはご覧ください", 7.0), ["くわしくは", "ご覧ください"]);
    }

    #[test]
    fn the_ending_of_a_sentence_stays_whole() {
        assert_eq!(broken("期限は20日です。次を", 7.0), ["期限は", "20日です。次を"]);
        assert_eq!(broken("全額でお使いください。", 9.0), ["全額で", "お使いください。"]);
    }

    #[test]
    fn a_number_keeps_its_digits_and_its_unit() {
        assert_eq!(
            broken("お会計から1,500円を差し引きました。", 8.0),
            ["お会計から", "1,500円を", "差し引きました。"]
        );
        assert_eq!(broken("番号 1200 4431", 6.0), ["番号", "1200 4431"]);
        assert_eq!(
            broken("お会計から 1,500円 を差し引きました。", 12.0),
            ["お会計から 1,500円 を", "差し引きました。"]
        );
    }

    #[test]
    fn latin_words_stay_whole_and_lose_the_space_at_the_end() {
        assert_eq!(broken("My Page shows your balance too.", 9.0), ["My Page shows", "your balance too."]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_torn() {
        assert_eq!(broken("ABCDEFGHIJ", 2.5), ["ABCDE", "FGHIJ"]);
        assert_eq!(broken("ああ", 0.5), ["あ", "あ"]);
    }

    proptest! {
        #[test]
        fn no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(
            text in "([ぁ-ん]{1,3}[。、）」ー]?|[（「][ァ-ヶ一-三]){1,30}",
            limit in 6.0_f32..20.0,
        ) {
            // A stretch without any place to end a line, wider than one, is torn wherever it is full.
            prop_assume!(stretches(&text).all(|stretch| stretch.chars().map(advance).sum::<f32>() <= limit));
            let lines = broken(&text, limit);
            for line in lines.iter().skip(1) {
                prop_assert!(!line.starts_with(['。', '、', '）', '」', 'ー', 'ゃ', 'ッ']), "{line}");
            }
            for line in &lines[..lines.len() - 1] {
                prop_assert!(!line.ends_with(['（', '「']), "{line}");
            }
        }

        #[test]
        fn nothing_but_spaces_is_lost_and_no_line_is_too_wide(text in "[ぁ-ん。、（）「」0-9a-c ァ-ヶ一-三]{0,80}", limit in 2.0_f32..20.0) {
            let lines = broken(&text, limit);
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            for line in lines {
                let width: f32 = line.chars().map(advance).sum();
                prop_assert!(width <= limit + 0.001, "{line} is {width} wide");
            }
        }
    }
}
