//! A cloud in a process of its own, as in life: the real router, with the echo beside it, on a real
//! socket.

use crate::command_line::Serve;
use crate::load::{Load, Round, Route, Visitors};
use crate::{Trouble, plain};
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::{Cloud, Conduct};
use madoguchi_cloud::database::Address;
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::ledger::lapse_job::lapse_due_tickets;
use madoguchi_cloud::ledger::{Ledger, SystemRandoms};
use madoguchi_cloud::serve::{PlainListener, on};
use madoguchi_cloud::terminal_api::{PerMinute, router_with_echo};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// Serves until standard input ends, so that no server outlives its measurement.
#[tokio::main]
pub(crate) async fn serve(asked: &Serve) -> Result<(), Trouble> {
    madoguchi_cloud::logging::start();
    let key = KeyEncryptionKey::load(None, Some(&asked.key_file))?;
    let mut cloud = Cloud::open(asked.database.parse::<Address>()?, &key, conduct())?;
    if let Some(most) = asked.most_per_commit {
        cloud.ledger = Ledger::with(cloud.database.clone(), Clock::System, Box::new(SystemRandoms), most);
    }
    let cloud = Arc::new(cloud);
    let mut router = router_with_echo(Arc::clone(&cloud));
    if asked.plain {
        router = plain::beside(router, &asked.database).await?;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    if asked.lapse {
        tokio::spawn(lapse(cloud));
    }
    on(PlainListener(listener), router, end_of_input()).await?;
    Ok(())
}

/// Books the tickets whose day has passed, and says how many seconds that took.
async fn lapse(cloud: Arc<Cloud>) {
    let began = Instant::now();
    match lapse_due_tickets(&cloud.ledger, cloud.clock.today()).await {
        Ok(_) => println!("{:.3}", began.elapsed().as_secs_f64()),
        // Whoever waits for a number hears of it.
        Err(error) => println!("{error}"),
    }
}

/// How a measured cloud conducts itself.
pub(crate) fn conduct() -> Conduct {
    let per_minute = PerMinute { look_ups: NonZeroU32::MAX, unproven: NonZeroU32::MAX };
    Conduct {
        name: "bench".to_owned(),
        clock: Clock::System,
        behind_proxy: false,
        demo: false,
        training: false,
        trust_anchors: Vec::new(),
        authority: None,
        per_minute,
    }
}

async fn end_of_input() {
    // Nothing is ever written to it; an error ends it as well.
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0])).await;
}

/// Linux tells processor time in hundredths of a second, whatever the kernel counts in.
const MS_PER_TICK: u64 = 10;

/// A serving process; it ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Server {
    /// Starts one on a database, with these further arguments of [`Serve`].
    pub(crate) fn start(
        database: impl AsRef<OsStr>,
        key_file: &Path,
        further: &[&str],
    ) -> Result<Self, Trouble> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("serve").arg("--database").arg(database).arg("--key-file").arg(key_file).args(further);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = BufReader::new(child.stdout.take().ok_or("the cloud has no output")?);
        let mut server = Self { child, output, address: (Ipv4Addr::LOCALHOST, 0).into() };
        server.address = server.says()?.parse().map_err(|_| "the cloud did not say where it listens")?;
        Ok(server)
    }

    /// Its next line.
    pub(crate) fn says(&mut self) -> Result<String, Trouble> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// Puts a load on it and says what came of it.
    pub(crate) fn under(&self, load: Load, route: Route, visitors: &Visitors) -> Result<Round, Trouble> {
        let before = self.processor_time()?;
        let round = load.on(self.address, route, visitors)?;
        Ok(round.with_processor_time(self.processor_time()?.saturating_sub(before)))
    }

    /// The processor time it has taken since it began, all its threads together.
    fn processor_time(&self) -> Result<Duration, Trouble> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name may hold anything, so what is counted begins behind it: proc(5) fields 14 and 15.
        let (_, fields) = stat.rsplit_once(") ").ok_or("the server's processor time is not told")?;
        let ticks = |field: usize| fields.split(' ').nth(field - 3)?.parse::<u64>().ok();
        let ticks = ticks(14).zip(ticks(15)).ok_or("the server's processor time is not told")?;
        Ok(Duration::from_millis((ticks.0 + ticks.1) * MS_PER_TICK))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // Whatever it ended with was said on standard error.
        let _ = self.child.wait();
    }
}
