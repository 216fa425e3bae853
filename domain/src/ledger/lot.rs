//! Lots: points of one resident account with one last day and one origin.

use super::answer::NextLapse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A lot's number within its book: 1, 2, 3 … in the order of granting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LotId(pub i64);

/// Where a lot's points came from; kept through every move (row K1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LotOrigin {
    /// What kind of source.
    pub kind: OriginKind,
    /// Which one: a program's number, a partner's 処理番号, a coupon's number, an order's number.
    pub reference: String,
}

/// The kinds of sources of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A grant program (付与事業).
    Program,
    /// A partner company's points or miles.
    Partner,
    /// A coupon code.
    Coupon,
    /// A purchase of premium points.
    Purchase,
}

impl OriginKind {
    /// The stable name, as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Partner => "partner",
            Self::Coupon => "coupon",
            Self::Purchase => "purchase",
        }
    }

    /// Reads the stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Program, Self::Partner, Self::Coupon, Self::Purchase]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A lot as the books have it.
///
/// Its origin stays in its row: no decision of drawing or giving back depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// Its number in the book.
    pub id: LotId,
    /// The last day, Japan date, through whose 24:00 it may be drawn; `None` = never lapses.
    pub last_day: Option<Date>,
    /// The operation that granted it.
    pub origin_seq: i64,
    /// What was granted, in points.
    pub amount: i64,
    /// What is left of it, 0 to `amount`.
    pub remaining: i64,
}

impl Lot {
    /// Whether points can be drawn from it on that Japan date (`docs/ledger.md`, rule 1).
    pub fn is_usable_on(&self, today: Date) -> bool {
        self.remaining > 0 && self.last_day.is_none_or(|last_day| last_day >= today)
    }

    /// Whether its last day has passed.
    pub fn is_past_on(&self, today: Date) -> bool {
        self.last_day.is_some_and(|last_day| last_day < today)
    }

    /// Its place in the order of drawing: last day (none last), granted, id.
    fn drawing_order(&self) -> (bool, Option<Date>, i64, LotId) {
        (self.last_day.is_none(), self.last_day, self.origin_seq, self.id)
    }
}

/// What can be drawn from these lots on that day.
pub(super) fn usable(lots: &[Lot], today: Date) -> i64 {
    lots.iter().filter(|lot| lot.is_usable_on(today)).map(|lot| lot.remaining).sum()
}

/// What lapses first among these lots, if anything ever does: the points of the earliest last day.
pub(super) fn next_lapse(lots: &[Lot], today: Date) -> Option<NextLapse> {
    let dated =
        || lots.iter().filter(|lot| lot.is_usable_on(today)).filter_map(|lot| Some((lot.last_day?, lot)));
    let last_day = dated().map(|(day, _)| day).min()?;
    let points = dated().filter(|(day, _)| *day == last_day).map(|(_, lot)| lot.remaining).sum();
    Some(NextLapse { points, last_day })
}

/// Which lots give how much of `points`, in the order of drawing; `None` if they do not suffice.
pub(super) fn draw(lots: &[Lot], points: i64, today: Date) -> Option<Vec<(LotId, i64)>> {
    let mut usable: Vec<&Lot> = lots.iter().filter(|lot| lot.is_usable_on(today)).collect();
    usable.sort_by_key(|lot| lot.drawing_order());
    let mut drawn = Vec::with_capacity(2);
    let mut missing = points;
    for lot in usable {
        if missing == 0 {
            break;
        }
        let taken = lot.remaining.min(missing);
        drawn.push((lot.id, taken));
        missing -= taken;
    }
    (missing == 0).then_some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn lot(id: i64, last_day: Option<Date>, origin_seq: i64, remaining: i64) -> Lot {
        Lot { id: LotId(id), last_day, origin_seq, amount: 1_000, remaining }
    }

    /// Case, lots, points asked, (lot, taken) or refused.
    type Row = (&'static str, Vec<Lot>, i64, Option<Vec<(i64, i64)>>);

    /// One row per case: lots as (id, last day, granted, remaining), points, what is drawn.
    #[test]
    fn the_earliest_last_day_is_drawn_first() {
        let today = date(2026, 11, 20);
        let march = Some(date(2027, 3, 31));
        let today_itself = Some(today);
        let yesterday = Some(date(2026, 11, 19));
        let table: Vec<Row> = vec![
            (
                "dated before undated",
                vec![lot(1, None, 1, 100), lot(2, march, 2, 100)],
                150,
                Some(vec![(2, 100), (1, 50)]),
            ),
            (
                "earlier day first",
                vec![lot(1, march, 1, 100), lot(2, today_itself, 9, 100)],
                100,
                Some(vec![(2, 100)]),
            ),
            (
                "same day: granted first",
                vec![lot(2, march, 7, 100), lot(3, march, 4, 100)],
                120,
                Some(vec![(3, 100), (2, 20)]),
            ),
            (
                "same grant: smaller id",
                vec![lot(9, march, 4, 10), lot(8, march, 4, 10)],
                15,
                Some(vec![(8, 10), (9, 5)]),
            ),
            ("the last day itself still counts", vec![lot(1, today_itself, 1, 5)], 5, Some(vec![(1, 5)])),
            ("the day after does not", vec![lot(1, yesterday, 1, 5)], 5, None),
            (
                "spent lots are passed over",
                vec![lot(1, march, 1, 0), lot(2, march, 2, 5)],
                5,
                Some(vec![(2, 5)]),
            ),
            ("short by one", vec![lot(1, march, 1, 5), lot(2, None, 2, 5)], 11, None),
            (
                "to the last point",
                vec![lot(1, march, 1, 5), lot(2, None, 2, 5)],
                10,
                Some(vec![(1, 5), (2, 5)]),
            ),
        ];
        for (case, lots, points, expected) in table {
            let expected = expected
                .map(|rows| rows.into_iter().map(|(id, taken)| (LotId(id), taken)).collect::<Vec<_>>());
            assert_eq!(draw(&lots, points, today), expected, "{case}");
        }
    }

    #[test]
    fn what_lapses_next_is_the_sum_of_the_earliest_day() {
        let today = date(2026, 11, 20);
        let march = date(2027, 3, 31);
        let lots = [
            lot(1, None, 1, 100),
            lot(2, Some(march), 2, 30),
            lot(3, Some(march), 3, 20),
            lot(4, Some(date(2028, 3, 31)), 4, 7),
            lot(5, Some(date(2026, 11, 19)), 5, 9),
        ];
        assert_eq!(next_lapse(&lots, today), Some(NextLapse { points: 50, last_day: march }));
        assert_eq!(next_lapse(&lots[..1], today), None);
    }
}
