//! What happened in a run, line by line, and its fingerprint: the same seed must leave the same trace.
//!
//! Only what is decided stands here. What the cloud draws from the operating system (tokens, nonces,
//! accounts' random names) decides nothing and is left out.

use super::store::Engine;
use std::fmt;

/// How many of the last lines a failure shows.
const SHOWN: usize = 60;

/// The lines of a run.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    lines: Vec<String>,
}

impl Trace {
    /// Notes what happened.
    pub fn note(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// FNV-1a over all lines.
    pub fn fingerprint(&self) -> u64 {
        let bytes = self.lines.iter().flat_map(|line| line.bytes().chain([b'\n']));
        bytes
            .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// All lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// A promise was broken in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The run's seed.
    pub seed: u64,
    /// What kept its books.
    pub engine: Engine,
    /// What was promised, and what was found instead.
    pub what: String,
    /// The last things that happened before.
    pub before: Vec<String>,
}

impl Broken {
    /// A broken promise at the end of a trace.
    pub fn after(seed: u64, engine: Engine, what: String, trace: &Trace) -> Self {
        let shown = trace.lines.len().saturating_sub(SHOWN);
        Self { seed, engine, what, before: trace.lines[shown..].to_vec() }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.before {
            writeln!(f, "  {line}")?;
        }
        writeln!(f, "seed {} on {}: {}", self.seed, self.engine.name(), self.what)?;
        let (seed, engine) = (self.seed, self.engine.name());
        write!(f, "replay it with: ./dev simulate --on {engine} --from {seed} --seeds 1 --trace")
    }
}

impl std::error::Error for Broken {}
