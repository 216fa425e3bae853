//! Files of profile 2 that are not genuine.

use crate::course::record;
use crate::profile::Damaged;
use crate::seal_1;
use crate::seal_2::{HEADER, SIGNATURE, file, sealed, signed};
use crate::street::{CLOUD, FOREIGN_2, Key2, MEMBERS, NEW, NEW_2, NOT_THE_CLOUD, STREET};

const ID: &str = MEMBERS[0];
const ANOTHER_STREET: &str = "300102";

fn text(sequence: u32) -> String {
    record(ID, 900, sequence).text()
}

fn whole(sequence: u32) -> Vec<u8> {
    file(STREET, &text(sequence), NEW_2, CLOUD)
}

pub(crate) fn files() -> Vec<Damaged> {
    let mut files = tampered();
    files.extend(cut_and_lengthened());
    files.extend(under_wrong_keys());
    files
}

/// One bit flipped, and the signature made anew or not.
fn tampered() -> Vec<Damaged> {
    let length = whole(100).len();
    let flipped = |sequence, at: usize| {
        let mut bytes = whole(sequence);
        bytes[at] ^= 1;
        bytes
    };
    let mut resigned = sealed(STREET, &text(107), NEW_2);
    resigned[HEADER] ^= 1;
    vec![
        ("one bit flipped in the mark at its beginning", flipped(101, 7)),
        ("one bit flipped in the number of the street's key", flipped(102, 9)),
        ("one bit flipped in the number of the cloud's key", flipped(103, 11)),
        ("one bit flipped in the nonce", flipped(104, 15)),
        ("one bit flipped in what is sealed", flipped(105, HEADER + 20)),
        ("one bit flipped in the tag", flipped(106, length - SIGNATURE - 1)),
        ("one bit flipped in the signature", flipped(108, length - 1)),
        ("one bit flipped in what is sealed, then signed", signed(resigned, CLOUD)),
    ]
}

fn cut_and_lengthened() -> Vec<Damaged> {
    let cut = |length: usize| whole(210)[..length].to_vec();
    let length = whole(210).len();
    vec![
        ("cut by one byte", cut(length - 1)),
        ("cut by its signature", cut(length - SIGNATURE)),
        ("cut to its header", cut(HEADER)),
        ("cut to nothing", cut(0)),
        ("a byte more at its end", [whole(220), b"\n".to_vec()].concat()),
        ("longer than any merge file", vec![b'm'; 4096]),
    ]
}

fn under_wrong_keys() -> Vec<Damaged> {
    let unknown = Key2 { number: 9, ..NEW_2 };
    vec![
        ("sealed with another street's key", file(STREET, &text(223), FOREIGN_2, CLOUD)),
        ("under a number that no key has", file(STREET, &text(224), unknown, CLOUD)),
        ("signed by somebody who is not the cloud", file(STREET, &text(225), NEW_2, NOT_THE_CLOUD)),
        ("signed by nobody", [sealed(STREET, &text(226), NEW_2), vec![0; SIGNATURE]].concat()),
        ("another street's, under the same key", file(ANOTHER_STREET, &text(227), NEW_2, CLOUD)),
        ("a file of profile 1", seal_1::file(&text(228), NEW)),
    ]
}

pub(crate) fn alike() -> Vec<Damaged> {
    let text = text(700);
    let good = whole(700);
    let no_number = format!("{ID},900,{}", "x".repeat(20));
    let mut damaged = sealed(STREET, &text, NEW_2);
    damaged[HEADER] ^= 1;
    vec![
        ("a wrong signature", file(STREET, &text, NEW_2, NOT_THE_CLOUD)),
        ("a seal that does not open", signed(damaged, CLOUD)),
        ("a wrong key", file(STREET, &text, FOREIGN_2, CLOUD)),
        ("a key that is not known", file(STREET, &text, Key2 { number: 9, ..NEW_2 }, CLOUD)),
        ("another street's", file(ANOTHER_STREET, &text, NEW_2, CLOUD)),
        ("a record that breaks the grammar", file(STREET, &no_number, NEW_2, CLOUD)),
        ("noise", vec![0x5a; good.len()]),
    ]
}
