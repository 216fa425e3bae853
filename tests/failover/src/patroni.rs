//! Patroni: who leads, who follows, and changing that on purpose.

use crate::Outcome;
use crate::configuration::{self, Secrets};
use crate::machine::Machine;
use madoguchi_tests::scene::program::Environment;
use madoguchi_tests::scene::trouble::Trouble;
use serde::Deserialize;

/// Where a machine keeps Patroni's configuration here; in earnest it is `/etc/patroni/config.yml`.
const CONFIGURATION: &str = "etc/config.yml";

/// What Patroni says of the cluster.
#[derive(Debug, Deserialize)]
pub(crate) struct Members {
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    name: String,
    role: String,
    state: String,
}

impl Members {
    /// The machine that leads.
    pub(crate) fn primary(&self) -> Option<&str> {
        self.in_role("leader")
    }

    /// The machine without which no use is acknowledged.
    pub(crate) fn synchronous_replica(&self) -> Option<&str> {
        self.in_role("sync_standby")
    }

    fn in_role(&self, role: &str) -> Option<&str> {
        let works = |member: &&Member| {
            member.role == role && matches!(member.state.as_str(), "running" | "streaming")
        };
        self.members.iter().find(works).map(|member| member.name.as_str())
    }
}

/// Starts Patroni on this machine; it founds the cluster, or joins it.
pub(crate) fn start(machine: &mut Machine, secrets: &Secrets) -> Outcome<()> {
    let text = configuration::patroni(machine.name(), machine.address(), secrets)?;
    machine.configure("config.yml", &text)?;
    let environment = Environment::from([("LANG".to_owned(), "C.UTF-8".to_owned())]);
    machine.start("patroni", &[CONFIGURATION], &environment)
}

/// What the Patroni of this machine knows of the cluster.
pub(crate) async fn members(machine: &Machine, http: &reqwest::Client) -> Option<Members> {
    let url = format!("http://{}:8008/cluster", machine.address());
    http.get(url).send().await.ok()?.json().await.ok()
}

/// What a machine has changed is written down now, so that nobody waits for it when it stops or takes over.
fn checkpoint(machine: &Machine) -> Outcome<()> {
    let done = machine.run(&["psql", "-c", "checkpoint"])?;
    let said = String::from_utf8_lossy(&done.stderr);
    if done.status.success() { Ok(()) } else { Err(Trouble::not_started("checkpoint", &said)) }
}

/// The operator hands the primary's place over, as the document says.
pub(crate) fn switch_over(on: &Machine, to: &Machine) -> Outcome<()> {
    checkpoint(on)?;
    checkpoint(to)?;
    let (from, to) = (on.name(), to.name());
    let command = [
        "patronictl",
        "-c",
        CONFIGURATION,
        "switchover",
        "--leader",
        from,
        "--candidate",
        to,
        "--force",
        "madoguchi",
    ];
    let done = on.run(&command)?;
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    if done.status.success() && said.contains("Successfully") {
        return Ok(());
    }
    Err(Trouble::not_started("patronictl switchover", &said))
}
