//! Key sheets as streets get them, and as they should not be.

use crate::scene::{SECRET, TARO, key, key_sheet, record, street};
use ed25519_dalek::SigningKey;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    MergeRecord, NotGenuine, Profile2Header, Profile2Key, seal_profile_1, seal_profile_2,
};
use madoguchi_doubles::MemoryVault;
use madoguchi_street::{KeptBefore, MergeKeys, NotAKeySheet};

fn merge() -> MergeRecord {
    record(TARO, 1500, 42)
}

fn sheet_1(bytes: &[u8]) -> String {
    key_sheet("300101", bytes)
}

/// A street's sheet of profile 2: key 3, the cloud's key 1.
pub(crate) fn sheet_2() -> String {
    let (aes, signer) = (hex::encode([9; 32]), hex::encode(SigningKey::from_bytes(&[7; 32]).verifying_key()));
    format!(
        "street = \"300101\"\nprofile = 2\n[[key]]\nnumber = 3\naes = \"{aes}\"\nsecret = \"{SECRET}\"\n\
         [[signer]]\nnumber = 1\ned25519 = \"{signer}\"\n"
    )
}

/// What is kept after a sheet was taken beside the ones before.
fn keeps(vault: &MemoryVault, sheet: &str) -> MergeKeys {
    MergeKeys::keep(vault, sheet, KeptBefore::Stay).unwrap().unwrap();
    MergeKeys::kept(vault, street()).unwrap().unwrap()
}

/// A sheet as the cloud hands one key over.
fn numbered(number: u16) -> String {
    let byte = u8::try_from(number).unwrap();
    sheet_1(&[byte]).replace("[[key]]", &format!("[[key]]\nnumber = {number}"))
}

fn opens(keys: &MergeKeys, byte: u8) -> bool {
    keys.open(&seal_profile_1(&merge(), &key(byte), [5; 16])) == Ok(merge())
}

fn file_2(street: &str, key: u16, signer: u16) -> Vec<u8> {
    let header = Profile2Header { key, signer, nonce: [5; 12] };
    let street = IdProviderId::parse(street).unwrap();
    let cloud = SigningKey::from_bytes(&[7; 32]);
    seal_profile_2(street, &merge(), header, &Profile2Key { aes: [9; 32] }, &cloud).unwrap()
}

#[test]
fn the_old_and_the_new_key_open_their_files_while_they_change() {
    let keys = MergeKeys::parse(&sheet_1(&[2, 1])).unwrap();
    for byte in [1, 2] {
        assert_eq!(keys.open(&seal_profile_1(&merge(), &key(byte), [5; 16])), Ok(merge()));
    }
    assert_eq!(keys.open(&seal_profile_1(&merge(), &key(3), [5; 16])), Err(NotGenuine));
}

#[test]
fn a_street_of_profile_2_takes_its_own_files_and_none_of_profile_1() {
    let keys = MergeKeys::parse(&sheet_2()).unwrap();
    assert_eq!(keys.open(&file_2("300101", 3, 1)), Ok(merge()));
    for foreign in [file_2("300102", 3, 1), file_2("300101", 4, 1), file_2("300101", 3, 2)] {
        assert_eq!(keys.open(&foreign), Err(NotGenuine));
    }
    assert_eq!(keys.open(&seal_profile_1(&merge(), &key(1), [5; 16])), Err(NotGenuine));
}

#[test]
fn a_wrong_sheet_is_refused_and_says_what_kind_of_wrong_without_the_key() {
    let one = sheet_1(&[1]);
    let cases = [
        (one.replace("profile = 1", "profile = 3"), NotAKeySheet::Profile),
        (sheet_1(&[1, 2, 3]), NotAKeySheet::HowMany),
        (one.replace("aes = \"01", "aes = \""), NotAKeySheet::Key),
        (one.replace(SECRET, "short"), NotAKeySheet::Secret),
        (one.replace("300101", "30010"), NotAKeySheet::Form),
        (one.replace("secret", "sekret"), NotAKeySheet::Form),
        (sheet_2().split("[[signer]]").next().unwrap().to_owned(), NotAKeySheet::Signer),
    ];
    for (sheet, wrong) in cases {
        assert_eq!(MergeKeys::parse(&sheet).err(), Some(wrong));
        assert!(!wrong.to_string().contains("0101"));
    }
}

#[test]
fn kept_keys_are_found_again_by_their_street_and_a_wrong_sheet_replaces_nothing() {
    let vault = MemoryVault::default();
    keeps(&vault, &sheet_1(&[1]));
    assert!(MergeKeys::keep(&vault, "street = 1", KeptBefore::Stay).unwrap().is_err());
    let kept = MergeKeys::kept(&vault, street()).unwrap().unwrap();
    assert_eq!(kept.open(&seal_profile_1(&merge(), &key(1), [5; 16])), Ok(merge()));
    assert!(MergeKeys::kept(&vault, IdProviderId::parse("300102").unwrap()).unwrap().is_none());
}

#[test]
fn a_sheet_that_is_taken_leaves_the_key_before_it_until_a_third_comes() {
    let vault = MemoryVault::default();
    keeps(&vault, &sheet_1(&[1]));
    let keys = keeps(&vault, &sheet_1(&[2]));
    assert_eq!((opens(&keys, 1), opens(&keys, 2), keys.how_many()), (true, true, 2));
    let keys = keeps(&vault, &sheet_1(&[2]));
    assert_eq!((opens(&keys, 1), keys.how_many()), (true, 2), "the same sheet once more ends nothing");
    let keys = keeps(&vault, &sheet_1(&[3]));
    assert_eq!([1, 2, 3].map(|byte| opens(&keys, byte)), [false, true, true]);
    let ended = MergeKeys::keep(&vault, &sheet_1(&[4]), KeptBefore::End).unwrap().unwrap();
    assert_eq!([2, 3, 4].map(|byte| opens(&ended, byte)), [false, false, true]);
}

#[test]
fn by_their_numbers_the_newest_stay_also_when_an_old_sheet_is_taken_late() {
    let vault = MemoryVault::default();
    for number in [2, 3, 1] {
        keeps(&vault, &numbered(number));
    }
    let keys = MergeKeys::kept(&vault, street()).unwrap().unwrap();
    assert_eq!([1, 2, 3].map(|byte| opens(&keys, byte)), [false, true, true]);
}

#[test]
fn while_a_street_changes_its_profile_files_of_both_are_opened() {
    let vault = MemoryVault::default();
    keeps(&vault, &numbered(1));
    let keys = keeps(&vault, &sheet_2());
    assert!(opens(&keys, 1));
    assert_eq!(keys.open(&file_2("300101", 3, 1)), Ok(merge()));
    let keys = MergeKeys::keep(&vault, &sheet_2(), KeptBefore::End).unwrap().unwrap();
    assert!(!opens(&keys, 1), "a street that has changed takes none of profile 1");
}
