//! What is asked for.

use crate::load::Work;
use crate::scenario::Scenario;
use clap::{Parser, ValueEnum};
use std::num::NonZeroU32;
use std::path::PathBuf;

/// Breaks the PostgreSQL cluster of docs/failover.md under load and checks every promise.
#[derive(Parser)]
#[command(name = "failover")]
pub(crate) struct CommandLine {
    /// What is to happen, in this order. All of it, when nothing is named.
    #[arg(value_enum)]
    scenarios: Vec<Scenario>,
    /// How often.
    #[arg(long, default_value = "1")]
    pub(crate) times: NonZeroU32,
    /// What clerks do meanwhile.
    #[arg(long, value_enum, default_value = "uses")]
    pub(crate) work: Work,
    /// For the machines' disks, the logs and the table.
    #[arg(long, default_value = "out/failover")]
    pub(crate) folder: PathBuf,
}

impl CommandLine {
    /// What is to happen.
    pub(crate) fn scenarios(&self) -> &[Scenario] {
        if self.scenarios.is_empty() { Scenario::value_variants() } else { &self.scenarios }
    }
}
