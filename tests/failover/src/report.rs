//! The table: what happened, how long nobody was answered, and whether every promise was kept.

use crate::scenario::Played;
use std::fmt;

/// All that happened in one run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    lines: Vec<String>,
    broken_promises: usize,
}

impl Report {
    /// Adds a line below the others, and answers it.
    pub(crate) fn add(&mut self, played: &Played) -> &str {
        self.broken_promises += usize::from(!played.verdict.is_clean());
        self.lines.push(line(played));
        self.lines.last().map_or("", String::as_str)
    }

    /// Whether every promise was kept. Times are goals, not promises: they depend on the machine.
    pub(crate) fn is_clean(&self) -> bool {
        self.broken_promises == 0
    }
}

fn line(played: &Played) -> String {
    let (silence, verdict) = (played.silence.as_secs_f64(), played.verdict);
    let (goal, met) = match played.scenario.goal() {
        Some(goal) if played.silence <= goal => (format!("{} s", goal.as_secs()), "ok"),
        Some(goal) => (format!("{} s", goal.as_secs()), "**missed**"),
        None => ("–".to_owned(), ""),
    };
    format!(
        "| {} | {silence:.1} s | {goal} | {met} | {:.1} s | {} | {} | {} | {} | {} |",
        played.scenario.words(),
        played.silence_when_mended.as_secs_f64(),
        verdict.acknowledged,
        verdict.lost,
        verdict.doubled,
        verdict.told_wrong,
        machine_load(),
    )
}

/// How many programs wanted a processor in the last minute: without it no time says anything.
fn machine_load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| what happened | longest time without answers | goal | | until whole again | acknowledged | lost | \
             doubled | told wrong | load |"
        )?;
        writeln!(f, "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|")?;
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}
