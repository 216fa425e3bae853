//! Whether two halves take turns, or everybody who is there goes along: whichever gets more done.
//!
//! Halves that take turns let requests be read while the ones before are written, and share what a commit costs
//! beside its requests among half as many. Which weighs more depends on the engine, on where its server stands
//! and on what else the machine does, so both are tried for a short while now and then.

use std::time::{Duration, Instant};

/// How those who wait go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In two halves, one after the other.
    InTurns,
    /// Everybody who is there.
    Together,
}

/// How long one way is gone before it is looked at what it came to.
const SPELL: Duration = Duration::from_millis(200);

/// After so many spells the other way is tried again, for one.
const SPELLS_BETWEEN_TRIALS: u32 = 16;

/// What each way has come to.
#[derive(Debug)]
pub(super) struct Pace {
    way: Way,
    /// When this spell began, and how many were answered in it.
    began: Option<Instant>,
    answered: u32,
    /// Spells since the other way was tried.
    spells: u32,
    /// Answers a second, when it was last gone.
    in_turns: Option<f64>,
    together: Option<f64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { way: Way::InTurns, began: None, answered: 0, spells: 0, in_turns: None, together: None }
    }
}

impl Pace {
    /// So many were answered now: how the next go.
    pub(super) fn after(&mut self, answered: usize, now: Instant) -> Way {
        let began = *self.began.get_or_insert(now);
        let lasted = now.saturating_duration_since(began);
        // Those of the commit that began the spell were posted before it.
        if began != now {
            self.answered = self.answered.saturating_add(u32::try_from(answered).unwrap_or(u32::MAX));
        }
        if lasted >= SPELL {
            self.end_spell(f64::from(self.answered) / lasted.as_secs_f64());
            (self.began, self.answered) = (Some(now), 0);
        }
        self.way
    }

    /// There are too few for halves, or the disk is slow: what was found out may no longer be true.
    pub(super) fn pauses(&mut self) {
        (self.began, self.answered) = (None, 0);
    }

    fn end_spell(&mut self, rate: f64) {
        *match self.way {
            Way::InTurns => &mut self.in_turns,
            Way::Together => &mut self.together,
        } = Some(rate);
        self.spells += 1;
        let (Some(in_turns), Some(together)) = (self.in_turns, self.together) else {
            self.way = self.other();
            return;
        };
        let better = if in_turns >= together { Way::InTurns } else { Way::Together };
        if self.way == better && self.spells >= SPELLS_BETWEEN_TRIALS {
            (self.way, self.spells) = (self.other(), 0);
        } else {
            self.way = better;
        }
    }

    const fn other(&self) -> Way {
        match self.way {
            Way::InTurns => Way::Together,
            Way::Together => Way::InTurns,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of so many commits go in turns, where a commit takes so long either way.
    fn commits_in_turns(commits: u32, in_turns: Duration, together: Duration) -> u32 {
        let (mut pace, mut now, mut count) = (Pace::default(), Instant::now(), 0);
        let mut way = pace.after(64, now);
        for _ in 0..commits {
            now += if way == Way::InTurns { in_turns } else { together };
            way = pace.after(64, now);
            count += u32::from(way == Way::InTurns);
        }
        count
    }

    #[test]
    fn the_way_that_gets_more_done_is_gone_most_of_the_time() {
        let (quick, slow) = (Duration::from_millis(4), Duration::from_millis(6));
        assert!(commits_in_turns(5_000, quick, slow) > 4_500);
        assert!(commits_in_turns(5_000, slow, quick) < 500);
    }

    #[test]
    fn the_other_way_is_tried_again() {
        let (quick, slow) = (Duration::from_millis(4), Duration::from_millis(6));
        let in_turns = commits_in_turns(5_000, slow, quick);
        assert!(in_turns > 100, "{in_turns}");
    }

    #[test]
    fn a_pause_is_no_part_of_a_spell() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.after(64, start);
        pace.pauses();
        assert_eq!(pace.after(64, start + SPELL * 10), Way::InTurns, "a new spell began");
        assert_eq!(pace.after(64, start + SPELL * 11), Way::Together, "the other way is not known yet");
    }
}
