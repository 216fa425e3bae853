//! What happens to the cluster, one failure after the other.

use crate::Outcome;
use crate::cluster::{Cluster, Roles};
use crate::load::{Load, Verdict};
use clap::ValueEnum;
use madoguchi_tests::scene::trouble::Trouble;
use std::time::{Duration, Instant};

/// Answers that show that clerks are working.
const AT_WORK: usize = 200;
/// Longer than any failure here may last.
const UNTIL_AT_WORK: Duration = Duration::from_mins(2);
/// Shorter than the primary takes to go on without its replica. What it acknowledged in this time would
/// be lost.
const LEFT_BEHIND: Duration = Duration::from_secs(2);

/// A failure, or the operator's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scenario {
    /// The operator hands the primary's place over.
    SwitchOver,
    /// `kill -9` of the primary's PostgreSQL.
    ProcessKilled,
    /// The primary's machine loses its power.
    NodeKilled,
    /// The same, a moment after the replica has stopped hearing from it.
    NodeKilledAhead,
    /// `kill -9` of the primary's Patroni; its PostgreSQL runs on.
    PatroniKilled,
    /// The replica's machine loses its power.
    ReplicaGone,
    /// The primary's network cable is pulled out.
    PrimaryCutOff,
    /// All of etcd is gone.
    EtcdGone,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) scenario: Scenario,
    /// The longest time without an answer from the failure on.
    pub(crate) silence: Duration,
    /// The same from the moment things were put right again.
    pub(crate) silence_when_mended: Duration,
    pub(crate) verdict: Verdict,
}

impl Scenario {
    /// What a reader of the table is told.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::SwitchOver => "planned switch-over",
            Self::ProcessKilled => "PostgreSQL killed",
            Self::NodeKilled => "primary's machine without power",
            Self::NodeKilledAhead => "the same, its replica left behind",
            Self::PatroniKilled => "Patroni alone killed",
            Self::ReplicaGone => "replica's machine without power",
            Self::PrimaryCutOff => "primary's cable pulled",
            Self::EtcdGone => "etcd gone",
        }
    }

    /// At most so long without answers, where there is a goal.
    pub(crate) const fn goal(self) -> Option<Duration> {
        match self {
            Self::SwitchOver => Some(Duration::from_secs(3)),
            Self::ProcessKilled => Some(Duration::from_secs(5)),
            Self::NodeKilled | Self::ReplicaGone => Some(Duration::from_secs(15)),
            Self::NodeKilledAhead | Self::PatroniKilled | Self::PrimaryCutOff | Self::EtcdGone => None,
        }
    }

    /// Whether the replica becomes the primary.
    const fn moves_the_primary(self) -> bool {
        !matches!(self, Self::ReplicaGone | Self::EtcdGone)
    }

    /// Plays it on a whole cluster, under load, and leaves a whole cluster.
    pub(crate) async fn play(self, cluster: &mut Cluster, load: &mut impl Load) -> Outcome<Played> {
        let roles = cluster.is_whole().await?;
        load.begin().await?;
        let answers = load.acknowledgements().clone();
        answers.come(AT_WORK, UNTIL_AT_WORK).await?;
        let broken = Instant::now();
        self.breaks(cluster, &roles).await?;
        if self.moves_the_primary() {
            cluster.leads(&roles.replica).await?;
        }
        answers.come(AT_WORK, UNTIL_AT_WORK).await?;
        self.endures(cluster, &roles).await?;
        let mended = Instant::now();
        self.mends(cluster, &roles)?;
        cluster.is_whole().await?;
        answers.come(AT_WORK, UNTIL_AT_WORK).await?;
        let ended = Instant::now();
        let verdict = load.end().await?;
        Ok(Played {
            scenario: self,
            silence: answers.longest_silence(broken, mended),
            silence_when_mended: answers.longest_silence(mended, ended),
            verdict,
        })
    }

    async fn breaks(self, cluster: &Cluster, roles: &Roles) -> Outcome<()> {
        let primary = cluster.machine(&roles.primary)?;
        match self {
            Self::SwitchOver => crate::patroni::switch_over(primary, cluster.machine(&roles.replica)?),
            Self::ProcessKilled => primary.kill("postgres"),
            Self::NodeKilled => primary.lose_power(),
            Self::NodeKilledAhead => {
                let replica = cluster.machine(&roles.replica)?;
                replica.pull_cable()?;
                tokio::time::sleep(LEFT_BEHIND).await;
                primary.lose_power()?;
                replica.plug_cable()
            }
            Self::PatroniKilled => primary.kill("patroni"),
            Self::ReplicaGone => cluster.machine(&roles.replica)?.lose_power(),
            Self::PrimaryCutOff => primary.pull_cable(),
            Self::EtcdGone => cluster.machines().try_for_each(|machine| machine.kill("etcd")),
        }
    }

    /// What is looked at while it is broken.
    async fn endures(self, cluster: &Cluster, roles: &Roles) -> Outcome<()> {
        match self {
            Self::PatroniKilled => second_primary_acknowledges_nothing(cluster, roles),
            // Longer than a primary keeps its place without etcd's word.
            Self::EtcdGone => {
                tokio::time::sleep(Duration::from_secs(20)).await;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn mends(self, cluster: &mut Cluster, roles: &Roles) -> Outcome<()> {
        match self {
            Self::SwitchOver | Self::ProcessKilled => Ok(()),
            Self::NodeKilled | Self::NodeKilledAhead => cluster.start_machine(&roles.primary),
            Self::PatroniKilled => cluster.start_patroni(&roles.primary),
            Self::ReplicaGone => cluster.start_machine(&roles.replica),
            Self::PrimaryCutOff => cluster.machine(&roles.primary)?.plug_cable(),
            Self::EtcdGone => cluster.start_etcd(),
        }
    }
}

/// Two machines take themselves for the primary. Whoever gets past the fence to the old one can write
/// there, but hears no acknowledgement: the replica that would have to have it follows no longer.
fn second_primary_acknowledges_nothing(cluster: &Cluster, roles: &Roles) -> Outcome<()> {
    let old = cluster.machine(&roles.primary)?;
    let recovering = old.run(&["psql", "-Atc", "select pg_is_in_recovery()"])?;
    if recovering.stdout != b"f\n" {
        return Err(Trouble::new("the old primary is none any more: there is nothing to be fenced against"));
    }
    let written = old.run(&["timeout", "6", "psql", "-c", "create table past_the_fence ()"])?;
    if written.status.success() {
        return Err(Trouble::new("the old primary has acknowledged a write that the new one does not have"));
    }
    Ok(())
}
