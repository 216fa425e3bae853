//! Profile 2 as an attacker between cloud and street would try it.

use super::super::record::tests::{a_record, a_text, is_a_record};
use super::*;
use proptest::prelude::*;

fn street() -> IdProviderId {
    IdProviderId::parse("300101").unwrap()
}

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn sealed(record: &MergeRecord, nonce: [u8; 12]) -> Vec<u8> {
    let header = Profile2Header { key: 3, signer: 1, nonce };
    seal_profile_2(street(), record, header, &Profile2Key { aes: [9; 32] }, &signer()).unwrap()
}

fn opened(file: &[u8]) -> Result<MergeRecord, NotGenuine> {
    open_profile_2(street(), file, &Profile2Key { aes: [9; 32] }, &signer().verifying_key())
}

proptest! {
    #[test]
    fn what_is_sealed_opens_and_no_file_is_longer_than_the_longest(record in a_record(), nonce: [u8; 12]) {
        let file = sealed(&record, nonce);
        prop_assert!(file.len() <= LONGEST_FILE);
        prop_assert_eq!(Profile2Header::read(&file), Some(Profile2Header { key: 3, signer: 1, nonce }));
        prop_assert_eq!(opened(&file), Ok(record));
    }

    #[test]
    fn whatever_else_lies_in_the_folder_does_not_open(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(opened(&bytes), Err(NotGenuine));
    }
}

/// Any text under the right key, sealed and signed by the cloud: all that is left is the street and the grammar.
fn sealed_text(text: &[u8], nonce: [u8; 12]) -> Vec<u8> {
    let header = Profile2Header { key: 3, signer: 1, nonce }.bytes().to_vec();
    let payload = Payload { msg: text, aad: &header };
    let sealed = cipher(&Profile2Key { aes: [9; 32] }).encrypt(&Nonce::from(nonce), payload).unwrap();
    let body = [header, sealed].concat();
    let signature = signer().sign(&signed(&body));
    [body, signature.to_bytes().to_vec()].concat()
}

proptest! {
    #[test]
    fn of_what_is_sealed_and_signed_right_only_this_streets_records_open(
        street in prop_oneof![Just("300101,"), Just("300102,"), Just("300101"), Just("")],
        text in a_text(),
        nonce: [u8; 12],
    ) {
        let file = sealed_text(&[street.as_bytes(), &text].concat(), nonce);
        let opened = opened(&file);
        let is_ours = street == "300101," && is_a_record(&text) && file.len() <= LONGEST_FILE;
        // A text may bring the street itself, behind no other.
        let brings_it = street.is_empty() && text.strip_prefix(b"300101,").is_some_and(is_a_record);
        let completes_it = street == "300101" && text.strip_prefix(b",").is_some_and(is_a_record);
        prop_assert_eq!(opened.is_ok(), is_ours || brings_it || completes_it);
    }
}

fn sample() -> Vec<u8> {
    let record = MergeRecord::parse("30010100000017,1500,20261121093015000042").unwrap();
    sealed(&record, [5; 12])
}

#[test]
fn one_bit_flipped_anywhere_is_the_same_error() {
    let file = sample();
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(opened(&damaged), Err(NotGenuine), "bit {bit}");
    }
}

#[test]
fn a_file_cut_anywhere_or_with_more_behind_it_is_the_same_error() {
    let file = sample();
    for length in 0..file.len() {
        assert_eq!(opened(&file[..length]), Err(NotGenuine), "{length} bytes");
    }
    assert_eq!(opened(&[file.as_slice(), b"\n"].concat()), Err(NotGenuine));
}

#[test]
fn another_streets_file_does_not_open_even_under_the_same_key() {
    let other = IdProviderId::parse("300102").unwrap();
    let key = Profile2Key { aes: [9; 32] };
    assert_eq!(open_profile_2(other, &sample(), &key, &signer().verifying_key()), Err(NotGenuine));
}

#[test]
fn who_has_the_streets_key_but_not_the_clouds_signature_makes_no_file() {
    let record = MergeRecord::parse("30010100000017,1500,20261121093015000042").unwrap();
    let header = Profile2Header { key: 3, signer: 1, nonce: [5; 12] };
    let another = SigningKey::from_bytes(&[8; 32]);
    let forged = seal_profile_2(street(), &record, header, &Profile2Key { aes: [9; 32] }, &another).unwrap();
    assert_eq!(opened(&forged), Err(NotGenuine));
}
