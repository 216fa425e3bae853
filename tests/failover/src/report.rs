//! The table: what happened, how long nobody was answered, and whether every promise was kept.

use crate::scenario::Played;
use std::fmt;

/// All that happened in one run.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<(Played, String)>);

impl Report {
    /// Adds a line below the others.
    pub(crate) fn add(&mut self, played: Played) {
        // How many programs wanted a processor in the last minute: without it no time says anything.
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or_default().to_owned();
        self.0.push((played, load));
    }

    /// Whether every promise was kept. Times are goals, not promises: they depend on the machine.
    pub(crate) fn is_clean(&self) -> bool {
        self.0.iter().all(|(played, _)| played.verdict.is_clean())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| what happened | longest time without answers | goal | | until whole again | acknowledged | lost | \
             doubled | told wrong | load |"
        )?;
        writeln!(f, "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|")?;
        for (played, load) in &self.0 {
            let (silence, verdict) = (played.silence.as_secs_f64(), played.verdict);
            let (goal, met) = match played.scenario.goal() {
                Some(goal) if played.silence <= goal => (format!("{} s", goal.as_secs()), "ok"),
                Some(goal) => (format!("{} s", goal.as_secs()), "**missed**"),
                None => ("–".to_owned(), ""),
            };
            writeln!(
                f,
                "| {} | {silence:.1} s | {goal} | {met} | {:.1} s | {} | {} | {} | {} | {load} |",
                played.scenario.words(),
                played.silence_when_mended.as_secs_f64(),
                verdict.acknowledged,
                verdict.lost,
                verdict.doubled,
                verdict.told_wrong,
            )?;
        }
        Ok(())
    }
}
