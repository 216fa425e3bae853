//! `./dev simulate`: runs of the simulator, as many as wanted, from any seed.

use clap::{Parser, ValueEnum};
use madoguchi_tests::simulator::{Broken, Engine, Tally, simulate};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// Lets seeded worlds live and checks every promise in them.
#[derive(Parser)]
#[command(name = "simulate")]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// What keeps the books.
    #[arg(long, value_enum, default_value_t = On::Sqlite)]
    on: On,
    /// Shows everything that happens; for one seed.
    #[arg(long)]
    trace: bool,
}

/// What keeps the books of a world.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum On {
    /// Files of the world's own.
    Sqlite,
    /// A real server, which dies as well; one for each processor.
    Postgres,
}

impl From<On> for Engine {
    fn from(on: On) -> Self {
        match on {
            On::Sqlite => Self::Sqlite,
            On::Postgres => Self::Postgres,
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Standard output is gone; so is whoever would read a word about it.
            drop(error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let (tally, broken) = all(arguments);
    for (shown, trace) in &tally.traces {
        for line in trace {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "fingerprint {shown:016x}")?;
    }
    write!(out, "{}", tally.counted)?;
    for broken in &broken {
        writeln!(out, "{broken}")?;
    }
    let first = broken.iter().map(|broken| broken.seed).min();
    match first {
        None => writeln!(out, "{} seeds: every promise kept", arguments.seeds)?,
        Some(seed) => writeln!(out, "{} seeds are broken, the first is {seed}", broken.len())?,
    }
    Ok(broken.is_empty())
}

/// What many runs left behind.
#[derive(Default)]
struct Left {
    counted: Tally,
    traces: Vec<(u64, Vec<String>)>,
}

/// All seeds, shared out among the processors.
fn all(arguments: &Arguments) -> (Left, Vec<Broken>) {
    let next = AtomicU64::new(arguments.from);
    let left = Mutex::new((Left::default(), Vec::new()));
    let end = arguments.from.saturating_add(arguments.seeds);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= end {
                return;
            }
            let lived = simulate(seed, arguments.on.into(), None);
            let Ok(mut left) = left.lock() else { return };
            match lived {
                Ok(run) => {
                    left.0.counted.add(&run.tally);
                    if arguments.trace {
                        left.0.traces.push((run.trace.fingerprint(), run.trace.lines().to_vec()));
                    }
                }
                Err(broken) => left.1.push(*broken),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    left.into_inner().unwrap_or_default()
}
