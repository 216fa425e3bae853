//! Records that are sealed as they should be, and break the grammar all the same.

use crate::profile::{Damaged, Profile, Under};
use crate::street::MEMBERS;

const ID: &str = MEMBERS[0];
const NUMBER: &str = "20261121093015600000";

/// What is wrong, and the file.
pub(crate) fn broken(profile: Profile) -> Vec<Damaged> {
    let longest = "x".repeat(65);
    let records = [
        ("points with a leading zero", format!("{ID},0150,{NUMBER}")),
        ("no points (0)", format!("{ID},0,{NUMBER}")),
        ("points below zero", format!("{ID},-5,{NUMBER}")),
        ("points with a sign", format!("{ID},+5,{NUMBER}")),
        ("points with a fraction", format!("{ID},1.5,{NUMBER}")),
        ("more points than any merge has", format!("{ID},10000000000,{NUMBER}")),
        ("points beyond 64 bits", format!("{ID},18446744073709551617,{NUMBER}")),
        ("no points field", format!("{ID},,{NUMBER}")),
        ("an empty ID", format!(",150,{NUMBER}")),
        ("an ID of 65 characters", format!("{longest},150,{NUMBER}")),
        ("a blank in front", format!(" {ID},150,{NUMBER}")),
        ("a blank after a comma", format!("{ID}, 150,{NUMBER}")),
        ("a number of 19 digits", format!("{ID},150,{}", &NUMBER[1..])),
        ("a number of 21 digits", format!("{ID},150,{NUMBER}0")),
        ("a number whose day does not exist", format!("{ID},150,20260230093015600000")),
        ("a field missing", format!("{ID},{NUMBER}")),
        ("a field too many", format!("{ID},150,{NUMBER},1")),
        ("two records in one file", format!("{ID},150,{NUMBER}\n{ID},150,20261121093015600001")),
        ("a line end after the record", format!("{ID},150,{NUMBER}\n")),
        ("a carriage return after the record", format!("{ID},150,{NUMBER}\r")),
        ("full-width digits in UTF-8", format!("{ID},１５０,{NUMBER}")),
        ("a zero byte in the ID", format!("{ID}\0,150,{NUMBER}")),
    ];
    records.into_iter().map(|(what, record)| (what, profile.file(&record, Under::New))).collect()
}
