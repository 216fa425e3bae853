//! A street receives what waited for it: files by the thousand in one folder, after a closed week.
//!
//! The same files twice, in commits of many and in commits of one; real files on the measured disk, every commit
//! and every answer flushed. Then the books are counted, and received a second time.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::table::Row;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    MergeRecord, Profile1Key, SharedSecret, StreetPointId, TransactionNumber, file_name, seal_profile_1,
};
use madoguchi_domain::points::Points;
use madoguchi_doubles::MemoryVault;
use madoguchi_store::Mains;
use madoguchi_store::entropy::SystemEntropy;
use madoguchi_street::MergeKeys;
use madoguchi_street::books::{Admission, Books, Ground, IdKind};
use madoguchi_street::receiving::{FILES_PER_COMMIT, LocalFolder, Receiving, Tally};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;

const STREET: &str = "300101";
const KEY: [u8; 16] = *b"0123456789abcdef";
const SECRET: &str = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E";
const POINTS: i64 = 20;
const MEMBERS: u32 = 500;
const AT_LEAST: f64 = 5.0;
const MOST_MIB: f64 = 100.0;

/// Receives in turns; what is said is the median of the turns.
pub(crate) fn measure(folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let (files, turns) = match extent {
        Extent::Full => (10_000, 3),
        Extent::Quick => (1_000, 1),
    };
    eprintln!("Receiving {files} waiting merge files");
    // Taken away after the last turn: for some seconds after files are deleted by the thousand, ext4 searches past
    // each of them whenever it makes a new one, which no street's folder has before it.
    let folders = tempfile::tempdir_in(folder)?;
    let (mut together, mut each, mut memory, mut not_once) = (Vec::new(), Vec::new(), 0_f64, 0);
    for _ in 0..turns {
        let many = receive(&folders, files, FILES_PER_COMMIT)?;
        let one = receive(&folders, files, 1)?;
        together.push(f64::from(files) / many.seconds);
        each.push(f64::from(files) / one.seconds);
        memory = memory.max(many.memory);
        not_once += many.not_once + one.not_once;
    }
    let (together, each) = (median(together), median(each));
    Ok(vec![
        Row::with_goal(
            format!("{files} merge files received: ÷ one commit each"),
            format!("≥ {AT_LEAST}"),
            format!("{:.1} ({together:.0}/s against {each:.0}/s)", together / each),
            together / each >= AT_LEAST,
        ),
        Row::with_goal(
            "Memory while they are received, at most",
            format!("< {MOST_MIB} MiB"),
            format!("{memory:.0} MiB"),
            memory < MOST_MIB,
        ),
        Row::with_goal("Merge files not received exactly once", "0", not_once.to_string(), not_once == 0),
    ])
}

struct Received {
    seconds: f64,
    /// MiB, the whole process.
    memory: f64,
    not_once: u64,
}

fn receive(folders: &TempDir, files: u32, files_per_commit: usize) -> Result<Received, Trouble> {
    let place = tempfile::tempdir_in(folders)?.keep();
    let drop_folder = place.join("drop");
    lay(&drop_folder, files)?;
    let ground = Ground {
        vault: Arc::new(MemoryVault::default()),
        entropy: Arc::new(SystemEntropy),
        power: Arc::new(Mains),
    };
    let books = Books::open(&place.join("data"), IdProviderId::parse(STREET)?, &ground)?;
    let members = (0..MEMBERS).map(member).collect::<Result<Vec<_>, _>>()?;
    books.join_all(IdKind::PointId, &members, 0)?;
    let keys = MergeKeys::parse(&format!(
        "street = \"{STREET}\"\nprofile = 1\n[[key]]\naes = \"{}\"\nsecret = \"{SECRET}\"\n",
        hex::encode(KEY)
    ))?;
    let folder = LocalFolder::at(&drop_folder);
    let receiving = Receiving {
        books: &books,
        keys: &keys,
        folder: &folder,
        admission: Admission::Members,
        files_per_commit,
    };
    // The peak of memory begins anew here.
    fs::write("/proc/self/clear_refs", "5")?;
    let began = Instant::now();
    let tally = receiving.receive(0)?;
    let seconds = began.elapsed().as_secs_f64();
    let memory = peak_of_memory()?;
    let wanted = POINTS * i64::from(files);
    if books.all_balances()? != wanted || books.check()?.is_err() {
        return Err(format!("{} points stand in the books, not {wanted}", books.all_balances()?).into());
    }
    let again = receiving.receive(0)?;
    let not_once = u64::from(files) - tally.received + u64::from(again != Tally::default());
    Ok(Received { seconds, memory, not_once })
}

/// Drops the files, as terminals would over a week.
fn lay(folder: &Path, files: u32) -> Result<(), Trouble> {
    fs::create_dir(folder)?;
    let key = Profile1Key { aes: KEY, secret: SharedSecret::parse(SECRET)? };
    for sequence in 0..files {
        let number = TransactionNumber::parse(&format!("20261121093015{sequence:06}"))?;
        let record =
            MergeRecord { point_id: member(sequence % MEMBERS)?, points: Points::new(POINTS)?, number };
        let mut iv = [0; 16];
        iv[..4].copy_from_slice(&sequence.to_be_bytes());
        let name = file_name(IdProviderId::parse(STREET)?, number);
        fs::write(folder.join(name), seal_profile_1(&record, &key, iv))?;
    }
    Ok(())
}

fn member(number: u32) -> Result<StreetPointId, Trouble> {
    Ok(StreetPointId::parse(&format!("300101{number:08}"))?)
}

/// In MiB, since it began anew.
fn peak_of_memory() -> Result<f64, Trouble> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kibibytes: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok())
        .ok_or("the system does not say how much memory a process held")?;
    Ok(kibibytes / 1024.0)
}
