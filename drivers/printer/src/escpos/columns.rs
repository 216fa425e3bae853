//! A paper's lines set in columns of half-width letters, as a receipt printer prints them itself.
//!
//! Belongs here: breaking, centring, the right edge, larger and stronger letters. Does not: bytes.
//! Pure; it is asked only for lines whose every character is a [`Letter`].

use super::kanji::Letter;
use crate::breaking;
use madoguchi_domain::receipt::PaperLine;

/// The least distance between a label and its number, in columns.
const GAP: usize = 2;

/// How large letters are, in times the plain ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) wide: u8,
    pub(super) high: u8,
}

const PLAIN: Size = Size { wide: 1, high: 1 };
const HIGH: Size = Size { wide: 1, high: 2 };
const DOUBLE: Size = Size { wide: 2, high: 2 };

/// Letters of one size and strength.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) size: Size,
    pub(super) strong: bool,
}

/// One row of the paper, left to right.
pub(super) type Row = Vec<Span>;

/// Whether a printer's ROM has every character of the line.
pub(super) fn in_letters(line: &PaperLine) -> bool {
    line.texts().flat_map(str::chars).all(|c| Letter::of(c).is_some())
}

/// Sets one line; `columns` is the paper's width. Boxes and rules have no letters and no rows.
pub(super) fn set(line: &PaperLine, columns: usize) -> Vec<Row> {
    match line {
        PaperLine::Title(text) => centred(text, &[DOUBLE, HIGH], true, columns),
        PaperLine::Centred(text) => centred(text, &[PLAIN], false, columns),
        PaperLine::Text(text) | PaperLine::Note(text) => left(text, false, columns),
        PaperLine::Strong(text) => left(text, true, columns),
        PaperLine::Pair(label, number) | PaperLine::SumPair(label, number) => {
            pair(label, number, &[PLAIN], true, columns)
        }
        PaperLine::LargePair(label, number) => pair(label, number, &[DOUBLE, HIGH], true, columns),
        PaperLine::SmallPair(label, number) => pair(label, number, &[PLAIN], false, columns),
        PaperLine::Boxed(_) | PaperLine::Rule => Vec::new(),
    }
}

fn width(text: &str) -> usize {
    text.chars().filter_map(Letter::of).map(Letter::columns).sum()
}

fn width_at(text: &str, size: Size) -> usize {
    width(text) * usize::from(size.wide)
}

/// The first size at which the text takes one row, or the last.
fn fitting(text: &str, sizes: &[Size], columns: usize) -> Size {
    let fits = sizes.iter().find(|&&size| width_at(text, size) <= columns);
    *fits.or(sizes.last()).unwrap_or(&PLAIN)
}

fn broken(text: &str, columns: usize) -> Vec<&str> {
    let advance = |c| Letter::of(c).map_or(0.0, |letter| if letter.columns() == 2 { 2.0 } else { 1.0 });
    // No paper is wider than a few dozen columns; f32 holds them exactly.
    let limit = f32::from(u16::try_from(columns).unwrap_or(u16::MAX));
    breaking::lines(text, limit, advance)
}

fn blank(columns: usize) -> Span {
    Span { text: " ".repeat(columns), size: PLAIN, strong: false }
}

fn left(text: &str, strong: bool, columns: usize) -> Vec<Row> {
    broken(text, columns)
        .into_iter()
        .map(|text| vec![Span { text: text.to_owned(), size: PLAIN, strong }])
        .collect()
}

fn centred(text: &str, sizes: &[Size], strong: bool, columns: usize) -> Vec<Row> {
    let size = fitting(text, sizes, columns);
    broken(text, columns / usize::from(size.wide))
        .into_iter()
        .map(|text| {
            let before = columns.saturating_sub(width_at(text, size)) / 2;
            vec![blank(before), Span { text: text.to_owned(), size, strong }]
        })
        .collect()
}

/// A label at the left edge and its number at the right one. Where they do not fit beside each other,
/// the label takes rows of its own above.
fn pair(label: &str, number: &str, sizes: &[Size], strong: bool, columns: usize) -> Vec<Row> {
    let size = fitting(number, sizes, columns);
    let taken = width_at(number, size);
    let mut labels = broken(label, columns);
    let beside = labels.last().is_some_and(|last| width(last) + GAP + taken <= columns);
    let last = if beside { labels.pop().unwrap_or_default() } else { "" };
    let mut rows: Vec<Row> = labels.into_iter().flat_map(|text| left(text, false, columns)).collect();
    let numbers = broken(number, columns / usize::from(size.wide));
    for (row, text) in numbers.into_iter().enumerate() {
        let label = if row == 0 { last } else { "" };
        let between = columns.saturating_sub(width(label) + width_at(text, size));
        let label = Span { text: label.to_owned(), size: PLAIN, strong: false };
        rows.push(vec![label, blank(between), Span { text: text.to_owned(), size, strong }]);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row as it looks: larger letters take more columns, shown by blanks after each.
    fn shown(row: &Row) -> String {
        let mut text = String::new();
        for span in row {
            for c in span.text.chars() {
                text.push(c);
                let columns = Letter::of(c).map_or(0, Letter::columns);
                text.push_str(&" ".repeat(columns * usize::from(span.size.wide - 1)));
            }
        }
        text.trim_end().to_owned()
    }

    fn rows(line: &PaperLine, columns: usize) -> Vec<String> {
        set(line, columns).iter().map(shown).collect()
    }

    #[test]
    fn a_number_stands_at_the_right_edge() {
        let pair = PaperLine::Pair("ご利用前の残高".into(), "3,000".into());
        assert_eq!(rows(&pair, 32), ["ご利用前の残高             3,000"]);
        let large = PaperLine::LargePair("ご利用".into(), "-1,500".into());
        assert_eq!(rows(&large, 32), ["ご利用              - 1 , 5 0 0"]);
    }

    #[test]
    fn a_title_is_double_where_it_fits_and_high_where_not() {
        let title = PaperLine::Title("ポイントご利用明細".into());
        assert_eq!(set(&title, 48)[0][1].size, DOUBLE);
        assert_eq!(set(&title, 32)[0][1].size, HIGH);
    }

    #[test]
    fn a_label_too_long_for_its_number_stands_above() {
        let pair = PaperLine::Pair("かながわ子育て応援キャンペーン".into(), "9,999,999".into());
        assert_eq!(rows(&pair, 32), ["かながわ子育て応援キャンペーン", "                       9,999,999"]);
    }

    fn a_text() -> impl Strategy<Value = String> {
        "[ぁ-ん。、（）ァ-ヶ一-三0-9a-z,ｱ-ﾝ ]{0,60}"
    }

    fn a_line() -> impl Strategy<Value = PaperLine> {
        (a_text(), "−?[0-9,]{1,14}", 0..8).prop_map(|(text, number, kind)| match kind {
            0 => PaperLine::Title(text),
            1 => PaperLine::Centred(text),
            2 => PaperLine::Text(text),
            3 => PaperLine::Strong(text),
            4 => PaperLine::Pair(text, number),
            5 => PaperLine::LargePair(text, number),
            6 => PaperLine::SmallPair(text, number),
            _ => PaperLine::Note(text),
        })
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_is_lost_and_no_row_is_wider_than_the_paper(
            line in a_line(),
            columns in prop_oneof![Just(48_usize), Just(32)],
        ) {
            let rows = set(&line, columns);
            let bare = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let printed: String = rows.iter().flatten().map(|span| span.text.as_str()).collect();
            prop_assert_eq!(bare(printed), bare(line.texts().collect()));
            for row in rows {
                let taken: usize = row.iter().map(|span| width_at(&span.text, span.size)).sum();
                prop_assert!(taken <= columns, "{} of {}", taken, columns);
            }
        }
    }
}
