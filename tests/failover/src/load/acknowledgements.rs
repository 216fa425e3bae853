//! When clerks got their answers.

use crate::Outcome;
use madoguchi_tests::scene::patience::until_some;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The moments of all final answers, shared by all clerks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Acknowledgements(Arc<Mutex<Vec<Instant>>>);

impl Acknowledgements {
    /// A clerk was answered, now.
    pub(crate) fn note(&self) {
        self.moments().push(Instant::now());
    }

    /// Waits until clerks have been answered so many times from now on.
    pub(crate) async fn come(&self, count: usize, limit: Duration) -> Outcome<()> {
        let before = self.moments().len();
        let enough = || async { (self.moments().len() >= before + count).then_some(()) };
        until_some(&format!("{count} clerks are answered"), limit, enough).await
    }

    /// The longest time between these two moments in which no clerk was answered.
    pub(crate) fn longest_silence(&self, from: Instant, to: Instant) -> Duration {
        let mut moments = self.moments().clone();
        moments.retain(|moment| (from..=to).contains(moment));
        moments.extend([from, to]);
        moments.sort_unstable();
        moments.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
    }

    fn moments(&self) -> MutexGuard<'_, Vec<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_lasts_from_one_answer_to_the_next_or_to_an_end() {
        let begin = Instant::now();
        let after = |seconds| begin + Duration::from_secs(seconds);
        let silence = |answered: &[u64]| {
            let moments = answered.iter().map(|seconds| after(*seconds)).collect();
            Acknowledgements(Arc::new(Mutex::new(moments))).longest_silence(after(10), after(30))
        };
        assert_eq!(silence(&[11, 14, 23, 29]), Duration::from_secs(9));
        assert_eq!(silence(&[29, 11]), Duration::from_secs(18), "clerks are not heard in order");
        assert_eq!(silence(&[9, 12, 31]), Duration::from_secs(18), "what was before and after is left out");
        assert_eq!(silence(&[]), Duration::from_secs(20));
    }
}
