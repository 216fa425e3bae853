//! Other programs on the PC: how long a paired one waits for the number of a card that lies there, and what a
//! hundred that wait for a card cost the counter's program. The real window, PC/SC service and cloud, real HTTP over
//! the loopback interface.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::table::Row;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::vendor::{examples, run};
use madoguchi_tests::shop::Shop;
use reqwest::Client;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

const READ_CARD: &str = "http://127.0.0.1:24725/v1/read_card";
const CARD: &str = "taro";
const ANSWERED_MS: f64 = 60.0;
/// A terminal's programs may read 40 cards a minute, one of them half as many.
const PACE: Duration = Duration::from_millis(1_700);
const NOT_COUNTED: usize = 2;
const WAITING: usize = 100;
/// One program waits for eight cards at once, and asks ten times a second.
const PROGRAMS: usize = 13;
const BETWEEN_REQUESTS: Duration = Duration::from_millis(120);
/// Of one core, while they wait.
const MOST_OF_A_CORE: f64 = 0.01;
/// Linux tells processor time in hundredths of a second, whatever the kernel counts in.
const SECONDS_PER_TICK: f64 = 0.01;

/// Asks and waits.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let (reads, watched) = match extent {
        Extent::Full => (40, Duration::from_secs(30)),
        Extent::Quick => (6, Duration::from_secs(5)),
    };
    eprintln!("Asking for a card {reads} times, and {WAITING} programs waiting for {watched:?}");
    let shop = Shop::open()?;
    let clerk = Clerk::at_a_library(&shop).await?;
    clerk.lets_other_programs_ask().await?;
    let [pair, _] =
        <[String; 2]>::try_from(examples("sh")?).map_err(|_| "docs/bridge.md has two examples")?;
    let mut tokens = Vec::with_capacity(PROGRAMS);
    for number in 0..PROGRAMS {
        let name = format!("図書館システム{number}");
        let code = clerk.reads_out_a_code_for(&name).await?;
        let paired = run(&pair, &[("CODE", &code)])?;
        tokens.push(paired["token"].as_str().ok_or("no token")?.to_owned());
        clerk.sees(&format!("「{name}」をつなぎました")).await?;
    }
    let http = Client::new();
    let answered = answered_in(&clerk, &http, &tokens, reads).await?;
    clerk.gives_the_card_back()?;
    // The screen of other programs looks at them once a second; it is not what waits here.
    clerk.presses("もどる").await?;
    let program = counters_program(&shop)?;
    let idle = share_of_a_core(program, watched).await?;
    let waiting = begin_to_wait(&http, &tokens).await;
    let with_waiting = share_of_a_core(program, watched).await?;
    if waiting.iter().any(JoinHandle::is_finished) {
        return Err("a program that was to wait was answered".into());
    }
    for one in waiting {
        one.abort();
    }
    clerk.closes_the_window().await?;
    Ok(vec![answer_row(&answered), waiting_row(idle, with_waiting, watched)])
}

/// Request to answer with the card on the reader, in milliseconds.
async fn answered_in(
    clerk: &Clerk<'_>,
    http: &Client,
    tokens: &[String],
    reads: usize,
) -> Result<Vec<f64>, Trouble> {
    clerk.puts_on(CARD)?;
    let mut answered = Vec::with_capacity(reads);
    for (read, token) in tokens.iter().cycle().take(NOT_COUNTED + reads).enumerate() {
        let asked = Instant::now();
        let said: Value = request(http, token).send().await?.json().await?;
        if said["result"] != "customer_number" {
            return Err(format!("no number: {said}").into());
        }
        if read >= NOT_COUNTED {
            answered.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        tokio::time::sleep(PACE).await;
    }
    Ok(answered)
}

fn request(http: &Client, token: &str) -> reqwest::RequestBuilder {
    http.post(READ_CARD).bearer_auth(token).json(&json!({ "wait_s": 120 }))
}

async fn begin_to_wait(http: &Client, tokens: &[String]) -> Vec<JoinHandle<()>> {
    let mut waiting = Vec::with_capacity(WAITING);
    for program in 0..WAITING {
        let asked = request(http, &tokens[program % tokens.len()]).send();
        // Whoever is hung up on at the end has waited long enough.
        waiting.push(tokio::spawn(async move { drop(asked.await) }));
        tokio::time::sleep(BETWEEN_REQUESTS / u32::try_from(tokens.len()).unwrap_or(1)).await;
    }
    waiting
}

/// The process whose folder is this shop's.
fn counters_program(shop: &Shop) -> Result<u32, Trouble> {
    let wanted = format!("--data-dir\0{}\0", shop.pc.data().display());
    let is_counters = |process: &u32| {
        let told = fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
        told.contains(&wanted)
            && told.split('\0').next().is_some_and(|program| program.ends_with("madoguchi"))
    };
    let processes = fs::read_dir("/proc")?.flatten();
    let mut numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.find(is_counters).ok_or_else(|| "the counter's program is not found".into())
}

/// How much of one core a process takes for so long.
async fn share_of_a_core(process: u32, watched: Duration) -> Result<f64, Trouble> {
    let before = processor_seconds(process)?;
    let began = Instant::now();
    tokio::time::sleep(watched).await;
    Ok((processor_seconds(process)? - before) / began.elapsed().as_secs_f64())
}

fn processor_seconds(process: u32) -> Result<f64, Trouble> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name may hold anything, so what is counted begins behind it: proc(5) fields 14 and 15.
    let (_, fields) = stat.rsplit_once(") ").ok_or("the program's processor time is not told")?;
    let ticks = |field: usize| fields.split(' ').nth(field - 3)?.parse::<f64>().ok();
    let (user, system) = ticks(14).zip(ticks(15)).ok_or("the program's processor time is not told")?;
    Ok((user + system) * SECONDS_PER_TICK)
}

fn answer_row(answered: &[f64]) -> Row {
    let middle = median(answered.to_vec());
    let latest = answered.iter().copied().fold(f64::NAN, f64::max);
    Row::with_goal(
        format!(
            "Other programs: request to answer, card on the reader, cloud on this PC, median of {}",
            answered.len()
        ),
        format!("< {ANSWERED_MS} ms"),
        format!("{middle:.1} ms (all within {latest:.1} ms)"),
        middle < ANSWERED_MS,
    )
}

fn waiting_row(idle: f64, with_waiting: f64, watched: Duration) -> Row {
    let cost = with_waiting - idle;
    Row::with_goal(
        format!("Other programs: {WAITING} waiting for a card, of one core over {} s", watched.as_secs()),
        format!("< {:.0} %", MOST_OF_A_CORE * 100.0),
        format!("{:.2} % ({:.2} % with them, {:.2} % without)", cost * 1e2, with_waiting * 1e2, idle * 1e2),
        cost < MOST_OF_A_CORE,
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_process_has_taken_some_time() {
        assert!(super::processor_seconds(std::process::id()).is_ok_and(|seconds| seconds >= 0.0));
    }
}
