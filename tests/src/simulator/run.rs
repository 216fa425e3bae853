//! A run: a seed, some days at the counters, everything healed, everything checked.

use super::bookkeeper::{Bookkeeper, Objection};
use super::chance::Chance;
use super::clerk::Clerk;
use super::cloud::CloudProcess;
use super::desks::{Desk, Papers};
use super::line::Mailbag;
use super::merging::Merging;
use super::pc::Make;
use super::sabotage::Sabotage;
use super::scans::Scans;
use super::stillness;
use super::store::Engine;
use super::street::Street;
use super::tally::{Happening, Tally};
use super::template::{Lent, Template, first_day_at, short_lived_folder};
use super::testimony::Testimony;
use super::time::Time;
use super::trace::{Broken, Trace};
use super::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many things are done in a run.
const ACTS: usize = 52;
/// How often out of a hundred a clerk does the next thing before the answer to the first is there.
const AT_ONCE: usize = 20;
/// How many grants there are before the counters open.
const FIRST_GRANTS: usize = 30;
/// How often out of a hundred a late letter arrives between two acts.
const LATE_LETTERS: usize = 35;
/// A day, in milliseconds.
const DAY_MS: i64 = 86_400_000;
/// Longer than the longest pause before a terminal asks again, in milliseconds.
const LONGEST_PAUSE_MS: i64 = 31_000;
/// How often a terminal may ask before it must have learned everything.
const HEALED_WITHIN: usize = 20;

/// What a run left behind.
#[derive(Debug, Clone)]
pub struct Run {
    /// What happened.
    pub trace: Trace,
    /// How often.
    pub tally: Tally,
}

/// Lets a run happen on an engine; `sabotage` breaks something on purpose.
///
/// # Errors
///
/// The first broken promise.
pub fn simulate(seed: u64, engine: Engine, sabotage: Option<Sabotage>) -> Result<Run, Box<Broken>> {
    let template = Lent::of(engine);
    let folder = short_lived_folder();
    let runtime = stillness::runtime().expect("a runtime");
    let (world, lived) = runtime.block_on(async {
        let mut world = begin(seed, sabotage, &template, folder.path());
        let lived = live(&mut world).await;
        (world, lived)
    });
    let World { trace, tally, cloud, .. } = world;
    // The terminals' tasks go with the runtime.
    drop(runtime);
    template.clear_away(&cloud.close());
    match lived {
        Ok(()) => Ok(Run { trace, tally }),
        Err(what) => Err(Box::new(Broken::after(seed, engine, what, &trace))),
    }
}

fn begin(seed: u64, sabotage: Option<Sabotage>, template: &Template, folder: &Path) -> World {
    let mut chance = Chance::of_seed(seed);
    let town = template.town.clone();
    let hour = *chance.of(&[9, 14, 19, 23]);
    let time = Time::from(first_day_at(hour));
    let mishaps = *chance.of(&[0, 5, 15, 30, 45]);
    let bag = Mailbag::default();
    let desks = Desk::of(&town);
    let street = Street::found(&folder.join("street"), &template.sheet);
    let merging = Merging::with(street, time.now_ms());
    let cloud = CloudProcess::start(template.store(&folder.join("cloud")), &time);
    let terminals = 2 + chance.below(town.terminals.len() - 1);
    let pcs: Vec<_> = (0..terminals)
        .map(|place| {
            let clock_off_ms = *chance.of(&[0, 0, DAY_MS, -DAY_MS]);
            let make = Make {
                place,
                folder: folder.join(format!("terminal-{place}")),
                time: time.clone(),
                clock_off_ms,
                chance: chance.apart(place as u64),
                bag: bag.clone(),
            };
            template.pc(make)
        })
        .collect();
    World {
        cloud,
        clerks: pcs.iter().map(|_| Clerk::default()).collect(),
        scans: pcs.iter().map(|_| Scans::default()).collect(),
        pcs,
        bookkeeper: Bookkeeper::of(&town),
        testimony: Testimony::of(&town),
        chance,
        town,
        time,
        trace: Trace::default(),
        tally: Tally::default(),
        bag,
        late: Vec::new(),
        opened: BTreeMap::new(),
        newest: BTreeMap::new(),
        sabotage,
        mishaps,
        first_answers: BTreeMap::new(),
        desks,
        papers: Papers::default(),
        merging,
        served: BTreeSet::new(),
    }
}

/// What somebody does next.
#[derive(Debug, Clone, Copy)]
enum Next {
    OneClerk,
    SeveralClerks,
    RushHour,
    Grant,
    Desk,
    Pile,
    Street,
    Lapse,
    RestartCloud,
    CloudClock,
    AMoment,
    AWhile,
    TowardsMidnight,
    ANight,
}

const NEXT: &[(usize, Next)] = &[
    (50, Next::OneClerk),
    (20, Next::SeveralClerks),
    (10, Next::RushHour),
    (8, Next::Grant),
    (18, Next::Desk),
    (22, Next::Pile),
    (18, Next::Street),
    (3, Next::Lapse),
    (1, Next::RestartCloud),
    (2, Next::CloudClock),
    (8, Next::AMoment),
    (3, Next::AWhile),
    (3, Next::TowardsMidnight),
    (1, Next::ANight),
];

async fn live(world: &mut World) -> Result<(), Objection> {
    for terminal in 0..world.pcs.len() {
        world.switch_on(terminal);
    }
    world.settle().await?;
    for _ in 0..FIRST_GRANTS {
        world.grant().await?;
    }
    for _ in 0..ACTS {
        match world.chance.weighted(NEXT) {
            Next::OneClerk => {
                let terminal = world.chance.below(world.pcs.len());
                world.act(terminal).await?;
                if world.chance.percent(AT_ONCE) {
                    world.tally.count(Happening::TwoThingsAtOnce);
                    world.act(terminal).await?;
                }
            }
            Next::SeveralClerks => {
                for terminal in 0..world.pcs.len() {
                    world.act(terminal).await?;
                }
            }
            Next::Grant => world.grant().await?,
            Next::Desk => world.at_the_desks().await?,
            Next::Pile => world.at_a_pile().await?,
            Next::Street => world.at_the_street().await?,
            Next::Lapse => world.lapse().await?,
            Next::RushHour => world.rush_hour().await?,
            Next::RestartCloud => world.restart_cloud().await,
            Next::CloudClock => world.set_cloud_clock(),
            Next::AMoment => {
                let span_ms = world.chance.between(1, 60_000);
                world.pass(span_ms);
            }
            Next::AWhile => {
                let span_ms = world.chance.between(60_000, 3_600_000);
                world.pass(span_ms);
            }
            Next::TowardsMidnight => world.pass_towards_midnight(),
            Next::ANight => world.pass(DAY_MS / 2),
        }
        world.settle().await?;
        if !world.late.is_empty() && world.chance.percent(LATE_LETTERS) {
            world.deliver_late().await?;
            world.settle().await?;
        }
    }
    heal(world).await?;
    check(world).await?;
    start_again(world).await
}

/// The line is good, nothing fails any more, and everybody learns what became of everything.
async fn heal(world: &mut World) -> Result<(), Objection> {
    world.note("everything heals");
    world.mishaps = 0;
    world.time.set_cloud_behind(0);
    for terminal in 0..world.pcs.len() {
        world.pcs[terminal].power().stays();
    }
    world.settle().await?;
    let early = world.chance.below(world.late.len() + 1);
    for _ in 0..early {
        world.deliver_late().await?;
    }
    for terminal in 0..world.pcs.len() {
        if world.pcs[terminal].is_off() {
            world.switch_on(terminal);
        }
    }
    world.settle().await?;
    world.register_all().await?;
    world.sign_in_all().await?;
    for _ in 0..HEALED_WITHIN {
        world.unlock_tickets().await;
        let mut unsettled = false;
        for place in 0..world.pcs.len() {
            unsettled |=
                world.testimony.is_unsettled(place, &world.town) || world.waits_for_a_scan(place).await;
        }
        if !unsettled {
            break;
        }
        world.pass(LONGEST_PAUSE_MS);
        world.settle().await?;
    }
    while !world.late.is_empty() {
        world.deliver_late().await?;
    }
    world.settle_merges().await?;
    world.lapse().await
}

/// Everything that must hold when nothing is under way.
async fn check(world: &mut World) -> Result<(), Objection> {
    world.read_books(true)?;
    world.testimony.settle_up(&world.bookkeeper, &world.town)?;
    world.check_papers()?;
    world.check_piles().await?;
    world.check_places()?;
    world.check_merges_are_settled().await?;
    world.bookkeeper.compare(&world.books())
}

/// Every program starts once more: what it shows is what was said before, and the books stand still.
async fn start_again(world: &mut World) -> Result<(), Objection> {
    for terminal in 0..world.pcs.len() {
        world.cut_power(terminal);
        world.switch_on(terminal);
    }
    world.settle().await?;
    check(world).await?;
    for terminal in 0..world.pcs.len() {
        world.cut_power(terminal);
        world.check_journal(terminal)?;
        world.check_scan_journal(terminal)?;
    }
    Ok(())
}
