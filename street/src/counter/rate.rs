//! How many points a purchase gives: 100 yen = 1 point, unless the street says otherwise (row F7).

use madoguchi_domain::points::Points;

/// A street's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointRate {
    yen: i64,
    points: i64,
    minimum_yen: i64,
}

/// A rate of nothing, or out of all bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate is 1 to 1,000,000 yen for 1 to 10,000 points, from 0 to 10,000,000 yen")]
pub struct NotARate;

impl Default for PointRate {
    fn default() -> Self {
        Self { yen: 100, points: 1, minimum_yen: 0 }
    }
}

impl PointRate {
    /// `points` for every full `yen`, for purchases of at least `minimum_yen`.
    pub fn new(yen: i64, points: i64, minimum_yen: i64) -> Result<Self, NotARate> {
        let fits = (1..=1_000_000).contains(&yen)
            && (1..=10_000).contains(&points)
            && (0..=10_000_000).contains(&minimum_yen);
        if fits { Ok(Self { yen, points, minimum_yen }) } else { Err(NotARate) }
    }

    /// What a purchase gives; `None` = nothing. What is paid with points gives none: `yen` is the rest.
    pub fn points_for(self, yen: i64) -> Option<Points> {
        if yen < self.minimum_yen {
            return None;
        }
        (yen / self.yen).checked_mul(self.points).and_then(|points| Points::new(points).ok())
    }
}
