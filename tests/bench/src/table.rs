//! The table: each figure with its goal, what was measured, and whether it was met.

use crate::command_line::Extent;
use jiff::Zoned;
use std::fmt;

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    figure: String,
    goal: String,
    measured: String,
    met: Option<bool>,
}

impl Row {
    /// A figure that has a goal.
    pub(crate) fn with_goal(
        figure: impl Into<String>,
        goal: impl Into<String>,
        measured: String,
        met: bool,
    ) -> Self {
        Self { figure: figure.into(), goal: goal.into(), measured, met: Some(met) }
    }

    /// A figure that is shown beside the others.
    pub(crate) fn beside(figure: impl Into<String>, measured: String) -> Self {
        Self { figure: figure.into(), goal: "–".to_owned(), measured, met: None }
    }
}

/// All figures of one run.
#[derive(Debug)]
pub(crate) struct Table {
    machine: String,
    extent: Extent,
    rows: Vec<Row>,
}

impl Table {
    /// An empty table.
    pub(crate) const fn of(machine: String, extent: Extent) -> Self {
        Self { machine, extent, rows: Vec::new() }
    }

    /// Adds lines below the others.
    pub(crate) fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| figure | goal | measured | |")?;
        writeln!(f, "|---|---|---|---|")?;
        for row in &self.rows {
            let verdict = match row.met {
                Some(true) => "ok",
                Some(false) => "**missed**",
                None => "",
            };
            writeln!(f, "| {} | {} | {} | {verdict} |", row.figure, row.goal, row.measured)?;
        }
        let extent = match self.extent {
            Extent::Full => "full",
            Extent::Quick => "quick",
        };
        let today = Zoned::now().date();
        writeln!(f, "\n{today}, {extent} run. {}. Load and cloud share the processors.", self.machine)
    }
}
