//! Profile 1 as `openssl` and `md5sum` make it, and as an attacker between cloud and street would try it.

use super::super::record::tests::{a_record, a_text, is_a_record};
use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use std::path::PathBuf;
use std::process::Command;

#[derive(Deserialize)]
struct Vector {
    name: String,
    key: String,
    secret: String,
    iv: String,
    record: String,
    hash: String,
    file: String,
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/merge-files").join(name)
}

fn vectors() -> Vec<Vector> {
    let text = std::fs::read_to_string(fixture("profile-1-vectors.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

fn key(byte: u8, secret: char) -> Profile1Key {
    let secret = std::iter::repeat_n(secret, 32).collect::<String>();
    Profile1Key { aes: [byte; 16], secret: SharedSecret::parse(&secret).unwrap() }
}

#[test]
fn the_vectors_seal_to_their_bytes_and_open_again() {
    for vector in vectors() {
        let secret = SharedSecret::parse(&vector.secret).unwrap();
        let key = Profile1Key { aes: bytes(&vector.key), secret };
        let record = MergeRecord::parse(&vector.record).unwrap();
        let file = seal_profile_1(&record, &key, bytes(&vector.iv));
        assert_eq!(hash(vector.record.as_bytes(), &key.secret), vector.hash, "{}", vector.name);
        assert_eq!(hex::encode(&file), vector.file, "{}", vector.name);
        assert_eq!(open_profile_1(&file, &[key]), Ok(record), "{}", vector.name);
    }
}

/// The vectors come from `openssl enc` and `md5sum` alone; this program has no part in them.
#[test]
fn openssl_and_md5sum_alone_make_the_same_vectors() {
    let output = Command::new("sh").arg(fixture("profile_1_vectors.sh")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let committed = std::fs::read(fixture("profile-1-vectors.json")).unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), String::from_utf8(committed).unwrap());
}

proptest! {
    #[test]
    fn what_is_sealed_opens_and_no_file_is_longer_than_the_longest(record in a_record(), iv: [u8; 16]) {
        let file = seal_profile_1(&record, &key(1, 'a'), iv);
        prop_assert!(file.len() <= LONGEST_FILE);
        prop_assert_eq!(open_profile_1(&file, &[key(1, 'a')]), Ok(record));
    }

    #[test]
    fn whatever_else_lies_in_the_folder_does_not_open(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(open_profile_1(&bytes, &[key(1, 'a'), key(2, 'b')]), Err(NotGenuine));
    }
}

/// Any text under the right key and secret: all that stands between it and the street's books is the grammar.
fn sealed_text(text: &[u8], iv: [u8; 16]) -> Vec<u8> {
    let key = key(1, 'a');
    let plaintext = [text, b",", hash(text, &key.secret).as_bytes()].concat();
    let encryptor = cbc::Encryptor::<Aes128>::new(&key.aes.into(), &iv.into());
    [iv.to_vec(), encryptor.encrypt_padded_vec::<Pkcs7>(&plaintext)].concat()
}

proptest! {
    #[test]
    fn of_what_is_sealed_right_only_records_open(text in a_text(), iv: [u8; 16]) {
        let file = sealed_text(&text, iv);
        let opened = open_profile_1(&file, &[key(2, 'b'), key(1, 'a')]);
        prop_assert_eq!(opened.is_ok(), is_a_record(&text) && file.len() <= LONGEST_FILE);
        prop_assert!(opened.is_err() || opened.unwrap().to_string().as_bytes() == text);
    }
}

fn sample() -> (MergeRecord, Vec<u8>) {
    let record = MergeRecord::parse("30010100000017,1500,20261121093015000042").unwrap();
    let file = seal_profile_1(&record, &key(1, 'a'), [5; 16]);
    (record, file)
}

#[test]
fn one_bit_flipped_anywhere_is_the_same_error() {
    let (_, file) = sample();
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(open_profile_1(&damaged, &[key(1, 'a')]), Err(NotGenuine), "bit {bit}");
    }
}

#[test]
fn a_file_cut_anywhere_or_with_more_behind_it_is_the_same_error() {
    let (_, file) = sample();
    for length in 0..file.len() {
        assert_eq!(open_profile_1(&file[..length], &[key(1, 'a')]), Err(NotGenuine), "{length} bytes");
    }
    for more in [1, 15, 16, 400] {
        let longer = [file.as_slice(), &vec![b'0'; more]].concat();
        assert_eq!(open_profile_1(&longer, &[key(1, 'a')]), Err(NotGenuine), "{more} bytes more");
    }
}

#[test]
fn two_keys_are_valid_at_once_while_a_street_changes_them() {
    let (record, file) = sample();
    assert_eq!(open_profile_1(&file, &[key(2, 'b'), key(1, 'a')]), Ok(record.clone()));
    assert_eq!(open_profile_1(&file, &[key(1, 'a'), key(2, 'b')]), Ok(record));
    assert_eq!(open_profile_1(&file, &[]), Err(NotGenuine));
}

#[test]
fn neither_the_key_nor_the_secret_alone_makes_a_file_genuine() {
    let (_, file) = sample();
    assert_eq!(open_profile_1(&file, &[key(1, 'b')]), Err(NotGenuine));
    assert_eq!(open_profile_1(&file, &[key(2, 'a')]), Err(NotGenuine));
}

#[test]
fn a_short_secret_is_refused() {
    for text in ["", "abc", "abcdefghijklmnopqrstuvwxyz01234", "abcdefghijklmnopqrstuvwxyz0123 5"] {
        assert!(SharedSecret::parse(text).is_err(), "{text}");
    }
}
