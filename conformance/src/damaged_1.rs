//! Files of profile 1 that are not genuine.

use crate::course::record;
use crate::profile::Damaged;
use crate::seal_1::{file, hash, plaintext};
use crate::street::{FOREIGN, Key, MEMBERS, NEW};

const ID: &str = MEMBERS[0];

fn whole(sequence: u32) -> Vec<u8> {
    file(&record(ID, 900, sequence).text(), NEW)
}

pub(crate) fn files() -> Vec<Damaged> {
    let mut files = tampered();
    files.extend(cut_and_lengthened());
    files.extend(under_wrong_keys());
    files.extend(encodings());
    files.extend(hashes());
    files
}

fn tampered() -> Vec<Damaged> {
    let flipped = |at: u8| {
        let mut bytes = whole(100 + u32::from(at));
        bytes[usize::from(at)] ^= 1;
        bytes
    };
    let mut swapped = whole(222);
    swapped.copy_within(16..32, 32);
    vec![
        ("one bit flipped in the IV", flipped(3)),
        ("one bit flipped in the first block", flipped(20)),
        ("one bit flipped in the last but one block", flipped(70)),
        ("one bit flipped in the last block", flipped(95)),
        ("two blocks in another order", swapped),
    ]
}

fn cut_and_lengthened() -> Vec<Damaged> {
    let cut = |length: usize| whole(210)[..length].to_vec();
    vec![
        ("cut by one byte", cut(95)),
        ("cut by one block", cut(80)),
        ("cut in the middle of a block", cut(41)),
        ("cut to its IV", cut(16)),
        ("cut to nothing", cut(0)),
        ("a byte more at its end", [whole(220), b"\n".to_vec()].concat()),
        ("a block more at its end", [whole(221), vec![0; 16]].concat()),
        ("longer than any merge file", vec![b'm'; 4096]),
    ]
}

fn under_wrong_keys() -> Vec<Damaged> {
    let sealed = |sequence, key| file(&record(ID, 900, sequence).text(), key);
    vec![
        ("sealed with another street's key", sealed(223, FOREIGN)),
        ("the right key, a wrong secret", sealed(224, Key { secret: FOREIGN.secret, ..NEW })),
        ("a wrong key, the right secret", sealed(225, Key { aes: FOREIGN.aes, ..NEW })),
    ]
}

fn encodings() -> Vec<Damaged> {
    let record = record(ID, 150, 230).text();
    let line = format!("{record},{}", hash(record.as_bytes(), NEW.secret));
    let utf_16: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), line.as_bytes()].concat();
    // ３０ in CP932.
    let cp932 = [b"\x82\x52\x82\x4f".as_slice(), record.as_bytes()].concat();
    let cp932_line = [cp932.as_slice(), b",", hash(&cp932, NEW.secret).as_bytes()].concat();
    vec![
        ("full-width digits in CP932", plaintext(&cp932_line, NEW)),
        ("the line in UTF-16", plaintext(&utf_16, NEW)),
        ("a byte order mark in front", plaintext(&marked, NEW)),
    ]
}

fn hashes() -> Vec<Damaged> {
    let text = record(ID, 151, 231).text();
    let right = hash(text.as_bytes(), NEW.secret);
    let another = hash(record(ID, 152, 231).text().as_bytes(), NEW.secret);
    let with = |hash: &str| plaintext(format!("{text},{hash}").as_bytes(), NEW);
    vec![
        ("a record without a hash", plaintext(text.as_bytes(), NEW)),
        ("a hash in capitals", with(&right.to_uppercase())),
        ("half a hash", with(&right[..16])),
        ("a line end after the hash", with(&format!("{right}\n"))),
        ("a hash without the secret", with(&hash(text.as_bytes(), ""))),
        ("the hash of another record", with(&another)),
    ]
}

pub(crate) fn alike() -> Vec<Damaged> {
    let text = record(ID, 900, 700).text();
    let good = file(&text, NEW);
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        bytes
    };
    let no_number = format!("{ID},900,{}", "x".repeat(20));
    vec![
        ("a record that is not the hash's", flipped(3)),
        ("a block in the middle that is noise", flipped(40)),
        ("a padding that is none", flipped(good.len() - 17)),
        ("a last block that is noise", flipped(good.len() - 1)),
        ("a wrong key", file(&text, FOREIGN)),
        ("a wrong secret", file(&text, Key { secret: FOREIGN.secret, ..NEW })),
        ("a record that breaks the grammar", file(&no_number, NEW)),
        ("no commas at all", plaintext(&[b'x'; 72], NEW)),
        ("noise", vec![0x5a; good.len()]),
    ]
}
