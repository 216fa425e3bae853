//! `./dev failover`: the PostgreSQL cluster of `docs/failover.md`, founded on this computer and broken
//! under load, one failure after the other.
//!
//! Belongs here: machines on a network of their own, the cluster on them from the very files the
//! document names, the failures, the load, and what came of it in one table. Does not belong here: how
//! the ledger behaves on one database (its own tests), how fast it is (`tests/bench`).
//! Why it exists: that no acknowledged use is lost when a machine dies is a property of a deployment,
//! so the deployment itself is what is tested.

mod books;
mod cloud;
mod cluster;
mod command_line;
mod configuration;
mod etcd;
mod lan;
mod load;
mod machine;
mod patroni;
mod proxy;
mod report;
mod run;
mod scenario;

use clap::Parser;
use command_line::CommandLine;
use madoguchi_tests::scene::trouble::Trouble;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let done = if lan::inside() { run::all(&command_line) } else { lan::run_inside() };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("madoguchi-failover: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// What most of this program can end in.
type Outcome<T> = Result<T, Trouble>;
