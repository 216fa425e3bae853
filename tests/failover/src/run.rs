//! One run: a cluster is founded, everything asked for happens to it, and the table is said.

use crate::Outcome;
use crate::cluster::Cluster;
use crate::command_line::CommandLine;
use crate::load::{Load, Rows, Uses, Work};
use crate::report::Report;
use std::fs;

/// Runs from the program's first thread: the machines' programs live as long as it.
#[tokio::main]
pub(crate) async fn all(asked: &CommandLine) -> Outcome<bool> {
    fs::create_dir_all(&asked.folder)?;
    let folder = asked.folder.canonicalize()?;
    let run = folder.join("run");
    // What an earlier run left.
    if run.exists() {
        fs::remove_dir_all(&run)?;
    }
    eprintln!("Founding the cluster; what its programs say is kept in {}", run.join("logs").display());
    let mut cluster = Cluster::found(&run).await?;
    let books = cluster.books()?;
    let report = match asked.work {
        Work::Uses => play(asked, &mut cluster, &mut Uses::set_up(&run, books).await?).await?,
        Work::Rows => play(asked, &mut cluster, &mut Rows::set_up(books).await?).await?,
    };
    println!("{report}");
    fs::write(folder.join("failover.md"), report.to_string())?;
    Ok(report.is_clean())
}

async fn play(asked: &CommandLine, cluster: &mut Cluster, load: &mut impl Load) -> Outcome<Report> {
    let mut report = Report::default();
    for _ in 0..asked.times.get() {
        for scenario in asked.scenarios() {
            eprintln!("{} …", scenario.words());
            let line = report.add(&scenario.play(cluster, load).await?);
            eprintln!("{line}");
        }
    }
    Ok(report)
}
