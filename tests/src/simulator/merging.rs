//! Merging into the street: counters that merge, files on their way, the street that takes them in or back, its answers,
//! and the municipality's refunds.
//!
//! Belongs here: what is done and what befalls it. The ledger, the seals, the street's books and folder, and the
//! refund are the shipped ones; a counter speaks to the ledger as the desks do, and keeps what its journal would: which
//! file has yet to be laid down. Does not: whether it was right (`bookkeeper`, `places`), the terminal's own verbs for
//! it (the counter's tests).

mod answers;

use super::bookkeeper::{Asked, AskedMerge, Objection, Scope};
use super::cloud::sealed_file;
use super::street::{Street, street};
use super::tally::Happening;
use super::town::{LIMIT_PER_DAY, LIMIT_PER_USE, RESIDENTS, STREET, resident};
use super::world::World;
use madoguchi_domain::ledger::{
    self, Answer, Done, IdentifiedBy, Limits, MergePoints, OperationNumber, Part,
};
use madoguchi_domain::merge_file::{MergeRecord, StreetPointId, file_name};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_street::Fault;
use madoguchi_street::books::NotDone;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The most that is merged at once, in points: more than the limits let through.
const MOST_MERGED: i64 = 1_000;
/// The most that is done in a row.
const MOST_IN_A_ROW: i64 = 5;
/// How many of the residents are members of the street when a run begins.
const FIRST_MEMBERS: usize = 4;
/// The most moments for which a street's power lasts that is about to go: a pass over eight files has some eighty.
const POWER_LASTS: i64 = 80;
/// The same where little is to be done: a booking back and its answer have a dozen.
const POWER_LASTS_BRIEFLY: i64 = 13;
/// How often the municipality asks before it must have an answer.
const TRIES: usize = 5;
/// How often the street passes and answers are carried until nothing is left to do.
const HEALED_WITHIN: usize = 4;

/// A merge that took place.
#[derive(Debug, Clone)]
struct Made {
    record: MergeRecord,
    number: OperationNumber,
    scope: Scope,
}

/// The street, and what is on its way to it.
pub struct Merging {
    /// The street's PC.
    pub street: Street,
    made: Vec<Made>,
    /// Files that a counter has yet to lay down, and files that were lost: both can be had again.
    on_their_way: BTreeSet<String>,
    /// What the cloud has been told that the street took back.
    taken_back: BTreeSet<String>,
    refunds: BTreeMap<String, OperationNumber>,
    copies: usize,
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Merge,
    LayDown,
    LayAgain,
    Lose,
    Damage,
    Receive,
    Carry,
    Join,
    Use,
    BookBack,
    Decline,
    Refund,
}

const DEEDS: &[(usize, Deed)] = &[
    (26, Deed::Merge),
    (22, Deed::LayDown),
    (8, Deed::LayAgain),
    (4, Deed::Lose),
    (4, Deed::Damage),
    (24, Deed::Receive),
    (14, Deed::Carry),
    (3, Deed::Join),
    (4, Deed::Use),
    (12, Deed::BookBack),
    (7, Deed::Decline),
    (16, Deed::Refund),
];

impl Merging {
    /// With a street's new PC, and some members.
    pub fn with(street: Street, now_ms: i64) -> Self {
        for number in 0..FIRST_MEMBERS {
            street.joins(&point_id(number), now_ms).expect("a new street's books");
        }
        Self {
            street,
            made: Vec::new(),
            on_their_way: BTreeSet::new(),
            taken_back: BTreeSet::new(),
            refunds: BTreeMap::new(),
            copies: 0,
        }
    }

    /// Whether its file has yet to be laid down, or was lost and can be fetched again.
    pub fn is_on_its_way(&self, number: &str) -> bool {
        self.on_their_way.contains(number)
    }

    /// Whether the street's word that it took this back has reached the cloud.
    pub fn has_said_it_took_back(&self, number: &str) -> bool {
        self.taken_back.contains(number)
    }

    /// A file is laid down under this name, or cut off before it has one.
    fn lays(&self, name: &str, bytes: &[u8], is_cut: bool) {
        let folder = self.street.folder();
        let draft = folder.join(format!("{name}.part"));
        let written = if is_cut { bytes.len() / 2 } else { bytes.len() };
        fs::write(&draft, &bytes[..written]).expect("the folder");
        if !is_cut {
            fs::rename(draft, folder.join(name)).expect("the folder");
        }
    }

    fn copy_name(&mut self) -> String {
        self.copies += 1;
        format!("copy {}.dat", self.copies)
    }
}

/// By which ID the street knows a resident.
fn point_id(number: usize) -> StreetPointId {
    StreetPointId::parse(&format!("GINZA{number:02}")).expect("an ID")
}

impl World {
    /// Something is done about merges, a few things in a row.
    pub(super) async fn at_the_street(&mut self) -> Result<(), Objection> {
        for _ in 0..self.chance.between(1, MOST_IN_A_ROW) {
            let deed = self.chance.weighted(DEEDS);
            self.does(deed).await?;
            self.read_books(true)?;
            self.check_places()?;
        }
        Ok(())
    }

    async fn does(&mut self, deed: Deed) -> Result<(), Objection> {
        match deed {
            Deed::Merge => self.merge().await,
            Deed::LayDown => self.lay_down().await,
            Deed::LayAgain => self.lay_again().await,
            Deed::Lose => {
                self.lose_a_file();
                Ok(())
            }
            Deed::Damage => self.damage_a_file().await,
            Deed::Receive => self.street_receives(),
            Deed::Carry => self.carry_answers().await,
            Deed::Join => {
                let who = point_id(self.chance.below(RESIDENTS));
                let _ = self.with_the_streets_power(|street, at_ms| street.joins(&who, at_ms));
                Ok(())
            }
            Deed::Use => {
                self.member_uses();
                Ok(())
            }
            Deed::BookBack => self.book_back(),
            Deed::Decline => {
                self.decline();
                Ok(())
            }
            Deed::Refund => self.refund_one().await,
        }
    }

    async fn merge(&mut self) -> Result<(), Objection> {
        // The desks of the street's own municipality.
        let desk = self.chance.below(2);
        let currency = self.town.currencies[self.chance.below(self.town.currencies.len())].code;
        let who = self.chance.below(RESIDENTS);
        let most = if self.chance.percent(20) { MOST_MERGED } else { MOST_MERGED / 5 };
        let Ok(points) = Points::new(self.chance.between(1, most)) else { return Ok(()) };
        let limit = |points| Points::new(points).ok();
        let merge = ledger::Asked::Merge(MergePoints {
            person: resident(who),
            site: self.desks[desk].site,
            part: Part { currency, points },
            street: STREET,
            point_id: point_id(who),
            identified_by: IdentifiedBy::Certificate,
            limits: Limits { per_use: limit(LIMIT_PER_USE), per_day: limit(LIMIT_PER_DAY) },
        });
        let asked = AskedMerge { person: resident(who), currency, points: points.get() };
        let request = self.request(desk, merge, Asked::Merge(asked))?;
        let scope = self.desk_scope(desk, request.key);
        let answer = self.ask(desk, request).await?;
        if let Answer::Done(Done { number, merge: Some(file), .. }) = answer {
            let record = MergeRecord { point_id: point_id(who), points, number: file };
            self.merging.on_their_way.insert(file.to_string());
            self.merging.made.push(Made { record, number, scope });
        }
        Ok(())
    }

    /// One of the merges that took place, mostly a new one.
    fn some_merge(&mut self) -> Option<Made> {
        let made = &self.merging.made;
        let newest = if self.chance.percent(70) { made.len().saturating_sub(4) } else { 0 };
        (!made.is_empty()).then(|| made[newest + self.chance.below(made.len() - newest)].clone())
    }

    /// A counter lays down a file that it has yet to lay down; its power may go in the middle.
    async fn lay_down(&mut self) -> Result<(), Objection> {
        let on_their_way: Vec<_> = self.merging.on_their_way.iter().cloned().collect();
        if on_their_way.is_empty() {
            return Ok(());
        }
        let number = on_their_way[self.chance.below(on_their_way.len())].clone();
        let made = self.merging.made.iter().find(|made| made.record.number.to_string() == number).cloned();
        let Some(made) = made else { return Err(format!("nobody merged {number}")) };
        if self.sabotage.is_some_and(super::sabotage::Sabotage::loses_files) {
            self.merging.on_their_way.remove(&number);
            return Ok(());
        }
        let is_cut = self.chance.percent(self.mishaps);
        self.lay(&made, is_cut, false).await;
        Ok(())
    }

    /// The file of a merge, wherever it is by now: fetched again, sometimes under a name of its own.
    async fn lay_again(&mut self) -> Result<(), Objection> {
        let Some(made) = self.some_merge() else { return Ok(()) };
        self.happens(Happening::FileFetchedAgain, &made.record.number.to_string());
        let is_copy = self.chance.percent(50);
        self.lay(&made, false, is_copy).await;
        Ok(())
    }

    async fn lay(&mut self, made: &Made, is_cut: bool, is_copy: bool) {
        let bytes = sealed_file(&self.cloud, made.record.clone()).await;
        let name = if is_copy { self.merging.copy_name() } else { file_name(street(), made.record.number) };
        self.merging.lays(&name, &bytes, is_cut);
        if !is_cut {
            self.merging.on_their_way.remove(&made.record.number.to_string());
            self.happens(Happening::FileLaidDown, &name);
        }
    }

    /// A file is gone before anybody took it in.
    fn lose_a_file(&mut self) {
        let files = self.merging.street.merge_files("");
        if files.is_empty() {
            return;
        }
        let file = &files[self.chance.below(files.len())];
        let number = self.merging.street.number_in(file);
        fs::remove_file(file).expect("a file that lies there");
        if let Some(number) = number {
            self.merging.on_their_way.insert(number.to_string());
            self.happens(Happening::FileLost, &number.to_string());
        }
    }

    /// Beside the good one comes one with a bit flipped; what was in it nobody can tell.
    async fn damage_a_file(&mut self) -> Result<(), Objection> {
        let Some(made) = self.some_merge() else { return Ok(()) };
        let mut bytes = sealed_file(&self.cloud, made.record).await;
        let bit = self.chance.below(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let name = self.merging.copy_name();
        self.merging.lays(&name, &bytes, false);
        self.happens(Happening::FileDamaged, &name);
        Ok(())
    }

    /// Lets the street's people do something; with mishaps about, its power may go in the middle of it.
    fn with_the_streets_power<T>(
        &mut self,
        work: impl FnOnce(&Street, i64) -> Result<T, Fault>,
    ) -> Option<T> {
        let at_ms = self.time.now_ms();
        if self.chance.percent(self.mishaps) {
            let most = if self.chance.percent(60) { POWER_LASTS_BRIEFLY } else { POWER_LASTS };
            self.merging.street.power_lasts(self.chance.between(0, most));
        }
        let done = work(&self.merging.street, at_ms);
        self.merging.street.power_is_back();
        if done.is_err() {
            self.happens(Happening::StreetLostPower, "the street");
        }
        done.ok()
    }

    fn street_receives(&mut self) -> Result<(), Objection> {
        let Some(tally) = self.with_the_streets_power(Street::receives) else { return Ok(()) };
        self.note(&format!("the street: {tally:?}"));
        for (count, happening) in [
            (tally.received, Happening::MergeReceived),
            (tally.already_received, Happening::MergeCameAgain),
            (tally.unknown_member, Happening::MergeSetAside),
            (tally.taken_back, Happening::MergeCameInVain),
        ] {
            if count > 0 {
                self.tally.count(happening);
            }
        }
        if tally.other_content > 0 {
            return Err("F6: one number came with two contents".into());
        }
        if let Some(sabotage) = self.sabotage {
            sabotage.after_the_street(&self.merging.street);
        }
        Ok(())
    }

    fn member_uses(&mut self) {
        let who = point_id(self.chance.below(RESIDENTS));
        let Ok(points) = Points::new(self.chance.between(1, MOST_MERGED / 5)) else { return };
        let random: [u8; 10] = std::array::from_fn(|_| self.chance.next().to_le_bytes()[0]);
        let key = OperationKey::new(self.time.now_ms().unsigned_abs(), &random);
        let _ = self.with_the_streets_power(|street, at_ms| street.uses(&who, points, key, at_ms));
    }

    fn book_back(&mut self) -> Result<(), Objection> {
        let Some(made) = self.some_merge() else { return Ok(()) };
        let number = made.record.number;
        match self.with_the_streets_power(|street, at_ms| street.books_back(number, at_ms)) {
            Some(Ok(_)) => self.happens(Happening::BookedBack, &number.to_string()),
            Some(Err(NotDone::NotEnough { .. })) => {
                self.happens(Happening::NotBookedBack, &number.to_string());
            }
            Some(Err(NotDone::NoSuchPosting)) | None => {}
            Some(Err(other)) => return Err(format!("F8: {number} was not booked back: {other}")),
        }
        Ok(())
    }

    fn decline(&mut self) {
        let Some(made) = self.some_merge() else { return };
        let number = made.record.number;
        if let Some(Ok(())) = self.with_the_streets_power(|street, at_ms| street.declines(number, at_ms)) {
            self.happens(Happening::NumberDeclined, &number.to_string());
        }
        if let Some(sabotage) = self.sabotage {
            sabotage.after_the_street(&self.merging.street);
        }
    }
}
