//! The page as a reader of the paper would judge it, with a face whose widths are known.

use super::*;
use crate::page::ABOVE_BASELINE;
use proptest::prelude::*;

/// Japanese is one em wide, ASCII half, bold as wide as regular.
struct HalfAndFull;

impl Measure for HalfAndFull {
    fn advance(&self, _: Weight, c: char) -> f32 {
        if c.is_ascii() { 0.5 } else { 1.0 }
    }
}

/// Words with the rectangle they cover.
#[derive(Debug, Clone)]
struct Placed {
    words: String,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
}

impl Placed {
    fn overlaps(&self, other: &Self) -> bool {
        let height = 0.8 * self.size.max(other.size);
        (self.baseline - other.baseline).abs() < height.min(0.8 * self.size.min(other.size))
            && self.left < other.right - 0.01
            && other.left < self.right - 0.01
    }
}

fn placed(page: &Page) -> Vec<Placed> {
    page.marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Words { x, baseline, size, weight, words } => {
                let width: f32 = words.chars().map(|c| HalfAndFull.advance(*weight, c)).sum::<f32>() * size;
                Some(Placed {
                    words: words.clone(),
                    left: *x,
                    right: x + width,
                    baseline: *baseline,
                    size: *size,
                })
            }
            _ => None,
        })
        .collect()
}

fn blocks(lines: &[PaperLine]) -> Vec<Block> {
    lines.iter().cloned().map(Block::Line).collect()
}

fn page(lines: &[PaperLine]) -> Page {
    set(&blocks(lines), Roll::MM80, &HalfAndFull)
}

fn words(page: &Page) -> Vec<String> {
    placed(page).into_iter().map(|placed| placed.words).collect()
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

const LEFT: f32 = 4.0 * MM;
const RIGHT: f32 = 76.0 * MM;

#[test]
fn a_label_stands_left_and_its_number_right_on_one_baseline() {
    for line in [
        PaperLine::Pair("残高".into(), "3,000".into()),
        PaperLine::LargePair("ご利用".into(), "-1,500".into()),
        PaperLine::SumPair("残高".into(), "1,500".into()),
        PaperLine::SmallPair("端末".into(), "1200 4431".into()),
    ] {
        let both = placed(&page(&[line]));
        assert!(close(both[0].left, LEFT) && close(both[1].right, RIGHT));
        assert!(close(both[0].baseline, both[1].baseline));
    }
}

#[test]
fn numbers_of_one_column_end_at_one_edge() {
    let page = page(&[
        PaperLine::Pair("前".into(), "1".into()),
        PaperLine::LargePair("使".into(), "-999,999".into()),
        PaperLine::SumPair("後".into(), "9,999,999,999".into()),
    ]);
    let ends: Vec<_> = placed(&page).into_iter().skip(1).step_by(2).map(|number| number.right).collect();
    assert_eq!(ends.len(), 3);
    assert!(ends.iter().all(|&end| close(end, RIGHT)), "{ends:?}");
}

#[test]
fn a_label_that_meets_its_number_is_broken_and_keeps_it_on_its_last_line() {
    let page = page(&[PaperLine::Pair("神奈川県の応援ポイントのご利用前の残高".into(), "9,999,999".into())]);
    let rows = placed(&page);
    assert_eq!(
        words(&page),
        ["神奈川県の応援ポイントの", "ご利用前の残高", "9,999,999"].map(str::to_owned).to_vec()
    );
    assert!(close(rows[1].baseline, rows[2].baseline));
    assert!(rows[0].baseline < rows[1].baseline);
}

#[test]
fn a_number_that_leaves_no_room_stands_below_its_label() {
    let page = page(&[PaperLine::LargePair("ご利用の合計".into(), "-10,000,000,500".into())]);
    let rows = placed(&page);
    assert_eq!(words(&page), ["ご利用の合計", "-10,000,000,500"]);
    assert!(rows[0].baseline < rows[1].baseline);
    assert!(close(rows[1].right, RIGHT));
}

#[test]
fn titles_stand_in_the_middle() {
    let page = page(&[PaperLine::Title("明細".into())]);
    let title = &placed(&page)[0];
    assert!(close(title.left + title.right, page.width));
}

#[test]
fn a_mark_has_a_frame_around_all_its_lines() {
    let page = page(&[PaperLine::Boxed("再発行（2回目）とても長い印が二行にわたるとき".into())]);
    let Some(Mark::Frame { x, y, width, height, .. }) =
        page.marks.iter().find(|mark| matches!(mark, Mark::Frame { .. }))
    else {
        unreachable!("a boxed line has a frame");
    };
    let rows = placed(&page);
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(row.left > *x && row.right < x + width);
        assert!(row.baseline - ABOVE_BASELINE * row.size > *y && row.baseline < y + height);
    }
}

#[test]
fn the_sum_stands_under_a_solid_rule_and_sections_between_dashed_ones() {
    let page = page(&[PaperLine::SumPair("後".into(), "1".into()), PaperLine::Rule]);
    let dashes: Vec<_> = page
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rule { dashed, from, to, .. } => {
                assert!(close(*from, LEFT) && close(*to, RIGHT));
                Some(*dashed)
            }
            _ => None,
        })
        .collect();
    assert_eq!(dashes, [false, true]);
}

#[test]
fn a_page_is_as_long_as_its_lines_and_never_wider_than_long() {
    let short = page(&[PaperLine::Text("短い".into())]);
    assert!(short.height >= short.width);
    let long = page(&vec![PaperLine::Text("行".into()); 40]);
    let longer = page(&vec![PaperLine::Text("行".into()); 41]);
    assert!((longer.height - long.height - BODY.leading).abs() <= DOT);
}

#[test]
fn empty_words_take_no_room() {
    assert!(placed(&page(&[PaperLine::Text(String::new()), PaperLine::Note(" ".into())])).is_empty());
}

fn a_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ぁ-んァ-ヶ一-三。、（）「」 ー]{0,40}",
        "[A-Za-z0-9,. -]{0,60}",
        "[0-9,]{1,60}",
        any::<String>(),
    ]
}

fn a_line() -> impl Strategy<Value = PaperLine> {
    (a_text(), a_text(), 0..11_u8).prop_map(|(a, b, kind)| match kind {
        0 => PaperLine::Title(a),
        1 => PaperLine::Centred(a),
        2 => PaperLine::Boxed(a),
        3 => PaperLine::Text(a),
        4 => PaperLine::Strong(a),
        5 => PaperLine::Pair(a, b),
        6 => PaperLine::LargePair(a, b),
        7 => PaperLine::SumPair(a, b),
        8 => PaperLine::SmallPair(a, b),
        9 => PaperLine::Note(a),
        _ => PaperLine::Rule,
    })
}

proptest! {
    #[test]
    fn nothing_is_overprinted_and_nothing_leaves_the_printable_width(
        lines in prop::collection::vec(a_line(), 0..12),
        roll in prop_oneof![Just(Roll::MM80), Just(Roll::MM58)],
    ) {
        let page = set(&blocks(&lines), roll, &HalfAndFull);
        let placed = placed(&page);
        for (index, words) in placed.iter().enumerate() {
            prop_assert!(words.left >= roll.left() - 0.05 && words.right <= roll.right() + 0.05, "{words:?}");
            prop_assert!(words.baseline > TOP && words.baseline < page.height - BOTTOM, "{words:?}");
            for other in &placed[index + 1..] {
                prop_assert!(!words.overlaps(other), "{words:?} and {other:?}");
            }
        }
    }
}
