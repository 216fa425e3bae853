//! Where the points of every merge are: in the street's books, in a file that waits or that is set aside, or taken back.
//! Nowhere twice, and never nowhere.
//!
//! Belongs here: the sum "municipal debit = street credit + waiting + quarantine + taken back", read with statements
//! of its own from both databases and from the folder. Does not: what each line of the ledger should be
//! (`bookkeeper`).

use super::bookkeeper::Objection;
use super::merging::Merging;
use super::rows::MergeRow;
use super::street::Street;
use super::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// Where the points of a merge are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceOfPoints {
    /// A member's, at the street.
    Credited,
    /// In a file on its way, or in the folder; or in one that is lost and can be fetched again.
    Waiting,
    /// In a file that the street has set aside.
    SetAside,
    /// Booked back, or the number was declined.
    TakenBack,
}

/// What the street's books say, read beside its program.
struct StreetBooks {
    /// Points by number, and whether they were booked back.
    received: BTreeMap<String, (i64, bool)>,
    declined: BTreeSet<String>,
    /// What the municipality owes for merges, booked back ones given back.
    credit: i64,
}

impl StreetBooks {
    fn of(street: &Street) -> Self {
        let database = street.database();
        let received = "select received.number, entry.points, later.seq from received
                        join entry on entry.posting = received.posting and entry.account = 'member'
                        left join posting later on later.voids = received.posting";
        let mut received = database.prepare(received).expect("the street's tables");
        let row = |row: &rusqlite::Row<'_>| {
            let is_booked_back = row.get::<_, Option<i64>>(2)?.is_some();
            Ok((row.get(0)?, (row.get(1)?, is_booked_back)))
        };
        let received = received.query_map([], row).expect("rows").collect::<Result<_, _>>().expect("rows");
        let mut declined = database.prepare("select number from declined").expect("the street's tables");
        let declined = declined.query_map([], |row| row.get(0)).expect("rows");
        let declined = declined.collect::<Result<_, _>>().expect("rows");
        let credit = "select coalesce(-sum(points), 0) from entry where account = 'merges'";
        let credit = database.query_row(credit, [], |row| row.get(0)).expect("a sum");
        Self { received, declined, credit }
    }
}

impl World {
    /// Every merge has one place, the sum is right, and nothing is refunded that is not taken back.
    pub(super) fn check_places(&self) -> Result<(), Objection> {
        let merges = self.books().merges()?;
        let places = places(&self.merging, &merges)?;
        for merge in &merges {
            let place = places[&merge.number];
            if merge.is_refunded && place != PlaceOfPoints::TakenBack {
                return Err(format!("F8: merge {} is refunded and {place:?}", merge.number));
            }
            if self.merging.has_said_it_took_back(&merge.number) && place != PlaceOfPoints::TakenBack {
                return Err(format!("F8: the street said it took {} back, which is {place:?}", merge.number));
            }
        }
        Ok(())
    }

    /// Nothing is under way any more: all that is taken back is refunded, and the municipality's list of what is left
    /// to do is what the street has set aside.
    pub(super) async fn check_merges_are_settled(&self) -> Result<(), Objection> {
        let merges = self.books().merges()?;
        let places = places(&self.merging, &merges)?;
        for merge in &merges {
            let place = places[&merge.number];
            if (place == PlaceOfPoints::TakenBack) != merge.is_refunded {
                return Err(format!(
                    "F8: merge {} is {place:?}; refunded: {}",
                    merge.number, merge.is_refunded
                ));
            }
            if place == PlaceOfPoints::Waiting {
                return Err(format!("F8: merge {} still waits", merge.number));
            }
        }
        let set_aside: Vec<_> = places
            .iter()
            .filter(|(_, place)| **place == PlaceOfPoints::SetAside)
            .map(|(number, _)| number)
            .collect();
        let listed = self.listed_as_waiting().await?;
        if listed.iter().collect::<Vec<_>>() != set_aside {
            return Err(format!("K11: {listed:?} is listed as left to do, {set_aside:?} is"));
        }
        self.merging.street.check().map_err(|wrong| format!("the street's books: {wrong}"))
    }
}

fn places(merging: &Merging, merges: &[MergeRow]) -> Result<BTreeMap<String, PlaceOfPoints>, Objection> {
    let books = StreetBooks::of(&merging.street);
    let in_files = |below| -> BTreeSet<String> {
        let files = merging.street.merge_files(below);
        files
            .iter()
            .filter_map(|file| merging.street.number_in(file))
            .map(|number| number.to_string())
            .collect()
    };
    let (waiting, set_aside) = (in_files(""), in_files("quarantine"));
    let mut places = BTreeMap::new();
    let mut elsewhere = 0;
    for merge in merges {
        let number = &merge.number;
        let received = books.received.get(number);
        if received.is_some() && books.declined.contains(number) {
            return Err(format!("F8: the street has received and declined {number}"));
        }
        if received.is_some_and(|(points, _)| *points != merge.points) {
            return Err(format!("F6: {received:?} was added under {number}, not {}", merge.points));
        }
        let place = match received {
            Some((_, false)) => PlaceOfPoints::Credited,
            Some((_, true)) => PlaceOfPoints::TakenBack,
            None if books.declined.contains(number) => PlaceOfPoints::TakenBack,
            None if waiting.contains(number) || merging.is_on_its_way(number) => PlaceOfPoints::Waiting,
            None if set_aside.contains(number) => PlaceOfPoints::SetAside,
            None => return Err(format!("F8: the points of merge {number} are nowhere")),
        };
        if place != PlaceOfPoints::Credited {
            elsewhere += merge.points;
        }
        places.insert(number.clone(), place);
    }
    let debited: i64 = merges.iter().map(|merge| merge.points).sum();
    if debited != books.credit + elsewhere {
        return Err(format!(
            "F8: {debited} points were merged, {} stand at the street and {elsewhere} elsewhere: they do not add up",
            books.credit
        ));
    }
    match books.received.keys().find(|number| !places.contains_key(*number)) {
        Some(nobodys) => Err(format!("F6: the street has added {nobodys}, which nobody merged")),
        None => Ok(places),
    }
}
