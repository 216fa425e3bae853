//! What came of a load: how many a second, and how long they took.

use crate::Trouble;
use std::time::Duration;

/// One round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Round {
    /// Answered requests a second.
    pub(crate) per_second: f64,
    /// Half took no longer, in milliseconds.
    pub(crate) p50_ms: f64,
    /// Ninety-nine of a hundred took no longer, in milliseconds.
    pub(crate) p99_ms: f64,
    /// What each answer cost the cloud's process in processor time, in microseconds; unlike the
    /// others it hardly depends on what else the machine does.
    pub(crate) cloud_us: f64,
    /// How many were answered, those of the warm-up too.
    answered: usize,
}

impl Round {
    #[allow(clippy::cast_precision_loss)] // Counts of requests are far below 2⁵².
    pub(super) fn of(
        mut latencies: Vec<Duration>,
        measured: Duration,
        answered: usize,
    ) -> Result<Self, Trouble> {
        latencies.sort_unstable();
        let at = |percent: usize| {
            latencies
                .get((latencies.len() * percent).div_ceil(100).saturating_sub(1))
                .ok_or("nothing was answered")
        };
        Ok(Self {
            per_second: latencies.len() as f64 / measured.as_secs_f64(),
            p50_ms: at(50)?.as_secs_f64() * 1e3,
            p99_ms: at(99)?.as_secs_f64() * 1e3,
            cloud_us: f64::NAN,
            answered,
        })
    }

    /// The same with the processor time of the cloud during all of it.
    #[allow(clippy::cast_precision_loss)] // As above.
    pub(crate) fn with_processor_time(self, cloud: Duration) -> Self {
        Self { cloud_us: cloud.as_secs_f64() * 1e6 / self.answered as f64, ..self }
    }
}

/// The rounds of one load; what is said of them are medians.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rounds(Vec<Round>);

impl Rounds {
    /// One round more.
    pub(crate) fn push(&mut self, round: Round) {
        self.0.push(round);
    }

    /// The median of what each round says.
    pub(crate) fn median(&self, of: impl Fn(&Round) -> f64) -> f64 {
        median(self.0.iter().map(of).collect())
    }

    /// How many times as many a second as `other`: the median of the ratios of neighbouring rounds.
    pub(crate) fn times(&self, other: &Self) -> f64 {
        median(
            self.0.iter().zip(&other.0).map(|(mine, theirs)| mine.per_second / theirs.per_second).collect(),
        )
    }
}

/// The middle value.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (Some(upper), 0) => f64::midpoint(values[middle - 1], *upper),
        (Some(value), _) => *value,
        (None, _) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_middles() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 3.0, 2.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_percentile_is_a_latency_that_was_measured() {
        let latencies = (1..=200).map(Duration::from_millis).rev().collect();
        let round = Round::of(latencies, Duration::from_secs(2), 250).ok();
        let said = round.map(|round| (round.per_second, round.p50_ms, round.p99_ms));
        assert_eq!(said, Some((100.0, 100.0, 198.0)));
    }
}
