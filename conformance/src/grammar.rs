//! Records that are sealed and hashed as they should be, and break the grammar all the same.

use crate::seal::{file, hash, plaintext};
use crate::street::{MEMBERS, NEW};

const ID: &str = MEMBERS[0];
const NUMBER: &str = "20261121093015600000";

/// What is wrong, and the file.
pub(crate) fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let mut broken = texts();
    broken.extend(encodings());
    broken.extend(hashes());
    broken
}

/// Numbered, so that every record is another one.
fn texts() -> Vec<(&'static str, Vec<u8>)> {
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
    ];
    records.into_iter().map(|(what, record)| (what, file(&record, NEW))).collect()
}

fn encodings() -> Vec<(&'static str, Vec<u8>)> {
    let record = format!("{ID},150,{NUMBER}");
    let line = format!("{record},{}", hash(record.as_bytes(), NEW.secret));
    let utf_16: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), line.as_bytes()].concat();
    // ３０ in CP932.
    let cp932 = [b"\x82\x52\x82\x4f".as_slice(), record.as_bytes()].concat();
    let cp932_line = [cp932.as_slice(), b",", hash(&cp932, NEW.secret).as_bytes()].concat();
    vec![
        ("full-width digits in UTF-8", file(&format!("{ID},１５０,{NUMBER}"), NEW)),
        ("full-width digits in CP932", plaintext(&cp932_line, NEW)),
        ("the line in UTF-16", plaintext(&utf_16, NEW)),
        ("a byte order mark in front", plaintext(&marked, NEW)),
        ("a zero byte in the ID", file(&format!("{ID}\0,150,{NUMBER}"), NEW)),
    ]
}

fn hashes() -> Vec<(&'static str, Vec<u8>)> {
    let record = format!("{ID},151,{NUMBER}");
    let right = hash(record.as_bytes(), NEW.secret);
    let with = |hash: &str| plaintext(format!("{record},{hash}").as_bytes(), NEW);
    vec![
        ("a hash in capitals", with(&right.to_uppercase())),
        ("half a hash", with(&right[..16])),
        ("a line end after the hash", with(&format!("{right}\n"))),
        ("a hash without the secret", with(&hash(record.as_bytes(), ""))),
        ("the hash of another record", with(&hash(b"30010100000017,152,20261121093015600000", NEW.secret))),
    ]
}
