//! etcd, where the cluster keeps who leads it: three members, so that one may be missing.

use crate::Outcome;
use crate::configuration;
use crate::machine::Machine;
use madoguchi_tests::scene::patience::until_some;
use std::time::Duration;

/// Finding each other takes a second or two on a quiet machine.
const UNTIL_HEALTHY: Duration = Duration::from_mins(1);

/// Starts the member on this machine.
pub(crate) fn start(machine: &mut Machine) -> Outcome<()> {
    let environment = configuration::etcd(machine.name(), machine.address())?;
    machine.start("etcd", &[], &environment)
}

/// Waits until the member on this machine answers with a leader known.
pub(crate) async fn is_healthy(machine: &Machine, http: &reqwest::Client) -> Outcome<()> {
    let url = format!("http://{}:2379/health", machine.address());
    let answered = || async {
        let answer = http.get(&url).send().await.ok()?;
        answer.status().is_success().then_some(())
    };
    let waited = until_some(&format!("etcd on {} is healthy", machine.name()), UNTIL_HEALTHY, answered).await;
    waited.map_err(|trouble| trouble.and(&machine.last_words("etcd")))
}
