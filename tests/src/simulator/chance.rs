//! Chance: every choice of a run comes from its seed and from nowhere else.

/// A stream of choices (`SplitMix64`, Steele, Lea and Flood 2014: small, and the same everywhere).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The choices of a seed.
    pub const fn of_seed(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for somebody whose number of draws must not shift everybody else's.
    #[must_use]
    pub fn apart(&mut self, whose: u64) -> Self {
        Self { state: self.next() ^ whose.wrapping_mul(0xA076_1D64_78BD_642F) }
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `end`, 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = usize::try_from(last - first + 1).unwrap_or(1);
        first + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Whether something happens that happens so many times out of a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of several.
    pub fn of<'t, T>(&mut self, several: &'t [T]) -> &'t T {
        &several[self.below(several.len())]
    }

    /// One of several, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, several: &[(usize, T)]) -> T {
        let mut left = self.below(several.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in several {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        several[0].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_choices_again() {
        let choices = |seed| {
            let mut chance = Chance::of_seed(seed);
            (0..20).map(|_| chance.next()).collect::<Vec<_>>()
        };
        assert_eq!(choices(7), choices(7));
        assert_ne!(choices(7), choices(8));
    }

    #[test]
    fn every_choice_is_made_sooner_or_later() {
        let mut chance = Chance::of_seed(1);
        let mut met = [0; 3];
        for _ in 0..300 {
            met[chance.weighted(&[(1, 0), (2, 1), (3, 2)])] += 1;
        }
        assert!(met.iter().all(|times| *times > 0) && met[0] < met[2], "{met:?}");
        assert!((0..100).all(|_| (3..=5).contains(&chance.between(3, 5))));
    }
}
