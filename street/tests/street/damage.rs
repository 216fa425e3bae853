//! Files that are not genuine: whatever is wrong with them, they look the same from outside.

use crate::keys::sheet_2;
use crate::scene::{Found, SECRET, Scene, TARO, key, record, sealed};
use aes::Aes128;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use ed25519_dalek::{Signer, SigningKey};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    Profile1Key, Profile2Header, Profile2Key, SharedSecret, seal_profile_1, seal_profile_2,
};
use madoguchi_street::receiving::Tally;
use md5::{Digest, Md5};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const ONE_REFUSED: Tally = Tally {
    received: 0,
    points: 0,
    already_received: 0,
    taken_back: 0,
    unknown_member: 0,
    other_content: 0,
    not_genuine: 1,
    unreadable: 0,
};

/// What is left of a file that is not genuine.
fn refused() -> Found {
    Found {
        waiting: Vec::new(),
        processed: Vec::new(),
        quarantine: vec!["file.dat".into()],
        answers: std::collections::BTreeMap::default(),
        taro: 0,
        hanako: 0,
        credits: Vec::new(),
    }
}

#[test]
fn one_bit_flipped_at_every_position_adds_nothing_and_ends_in_quarantine() {
    let scene = Scene::new();
    let file = sealed(&record(TARO, 1500, 42));
    for bit in 0..file.len() * 8 {
        let mut damaged = file.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        scene.lays(&format!("bit-{bit:04}.dat"), &damaged);
    }
    let bits = u64::try_from(file.len() * 8).unwrap();
    assert_eq!(scene.receive(), Tally { not_genuine: bits, ..Tally::default() });
    let found = scene.found();
    assert_eq!((found.quarantine.len(), found.credits.len(), found.answers.len()), (file.len() * 8, 0, 0));
}

#[test]
fn a_file_longer_than_any_is_refused_without_being_read_whole() {
    let scene = Scene::new();
    let file = std::fs::File::create(scene.drop_folder().join("file.dat")).unwrap();
    // A hole: as long as a disk, and no bytes.
    file.set_len(1 << 40).unwrap();
    assert_eq!(scene.receive(), ONE_REFUSED);
    assert_eq!(scene.found(), refused());
}

/// Everything that can be wrong with a file.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let good = || sealed(&record(TARO, 1500, 42));
    let length = good().len();
    let another_street = Profile1Key {
        aes: [2; 16],
        secret: SharedSecret::parse("0123456789abcdefghijklmnopqrstuv").unwrap(),
    };
    let profile_2 = seal_profile_2(
        IdProviderId::parse("300101").unwrap(),
        &record(TARO, 1500, 42),
        Profile2Header { key: 0, signer: 1, nonce: [5; 12] },
        &Profile2Key { aes: [9; 32] },
        &ed25519_dalek::SigningKey::from_bytes(&[7; 32]),
    )
    .unwrap();
    prop_oneof![
        (0..length * 8).prop_map(move |bit| {
            let mut file = good();
            file[bit / 8] ^= 1 << (bit % 8);
            file
        }),
        (0..length).prop_map(move |length| good()[..length].to_vec()),
        prop::collection::vec(any::<u8>(), 1..400).prop_map(move |more| [good(), more].concat()),
        prop::collection::vec(any::<u8>(), 0..400),
        Just(seal_profile_1(&record(TARO, 1500, 42), &another_street, [5; 16])),
        Just(seal_profile_1(&record(TARO, 1500, 42), &key(3), [5; 16])),
        Just(profile_2),
    ]
}

/// What a seal can hold and no record can be.
fn no_record() -> impl Strategy<Value = Vec<u8>> {
    let texts = prop_oneof![
        "[!-+\\--~]{0,200}",
        "[!-+\\--~]{1,20},0[0-9]{0,9},20261121093015000042",
        "[!-+\\--~]{1,20},[+-][0-9]{1,9},20261121093015000042",
        "[!-+\\--~]{1,20},[0-9]{11,30},20261121093015000042",
        "[!-+\\--~]{65,120},1500,20261121093015000042",
        ",1500,20261121093015000042",
        "30010100000017,1500,[0-9]{0,19}",
        "30010100000017,1500,2026(1[3-9]|[2-9][0-9])21093015000042",
        "30010100000017,1500,20261121093015000042[,\n\r \u{0}][!-~]{0,20}",
        "[一-龥]{1,20},1500,20261121093015000042",
    ];
    prop_oneof![
        texts.prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..200).prop_map(|bytes| [b"\xff".as_slice(), &bytes].concat()),
    ]
}

/// A text under the right key and secret.
fn sealed_1(text: &[u8]) -> Vec<u8> {
    let mut md5 = Md5::new();
    md5.update([text, b",", SECRET.as_bytes()].concat());
    let plaintext = [text, b",", hex::encode(md5.finalize()).as_bytes()].concat();
    let encryptor = cbc::Encryptor::<Aes128>::new(&[1; 16].into(), &[5; 16].into());
    [[5; 16].to_vec(), encryptor.encrypt_padded_vec::<Pkcs7>(&plaintext)].concat()
}

/// A text under the right key, signed by the cloud.
fn sealed_2(text: &[u8]) -> Vec<u8> {
    let header = [b"MGCHMRG2".as_slice(), &3_u16.to_be_bytes(), &1_u16.to_be_bytes(), &[5; 12]].concat();
    let payload = Payload { msg: text, aad: &header };
    let sealed = Aes256Gcm::new(&[9; 32].into()).encrypt(&Nonce::from([5; 12]), payload).unwrap();
    let body = [header, sealed].concat();
    let signed = [b"madoguchi/merge-file/2".as_slice(), &body].concat();
    let signature = SigningKey::from_bytes(&[7; 32]).sign(&signed).to_bytes();
    [body, signature.to_vec()].concat()
}

/// Everything that can be wrong with a file of profile 2.
fn damaged_2() -> impl Strategy<Value = Vec<u8>> {
    let text = || [b"300101,".as_slice(), record(TARO, 1500, 42).to_string().as_bytes()].concat();
    let good = move || sealed_2(&text());
    let length = good().len();
    let others = [b"300102,".as_slice(), record(TARO, 1500, 42).to_string().as_bytes()].concat();
    prop_oneof![
        (0..length * 8).prop_map(move |bit| {
            let mut file = good();
            file[bit / 8] ^= 1 << (bit % 8);
            file
        }),
        (0..length).prop_map(move |length| good()[..length].to_vec()),
        no_record().prop_map(|text| sealed_2(&[b"300101,".as_slice(), &text].concat())),
        Just(sealed_2(&others)),
        Just(sealed(&record(TARO, 1500, 42))),
    ]
}

fn are_refused_alike(scene: &Scene, files: &impl Strategy<Value = Vec<u8>>) {
    let is_refused = |file: Vec<u8>| {
        scene.lays("file.dat", &file);
        prop_assert_eq!(scene.receive(), ONE_REFUSED);
        prop_assert_eq!(scene.found(), refused());
        std::fs::remove_file(scene.drop_folder().join("quarantine/file.dat")).unwrap();
        Ok(())
    };
    TestRunner::default().run(files, is_refused).unwrap();
}

#[test]
fn what_is_sealed_right_and_says_what_it_should_is_received_under_either_profile() {
    let text = record(TARO, 1500, 42).to_string();
    let scene = Scene::new();
    scene.lays("file.dat", &sealed_1(text.as_bytes()));
    assert_eq!(scene.receive().received, 1, "so only the text is wrong with the others");
    let scene = Scene::with_keys(&sheet_2());
    scene.lays("file.dat", &sealed_2(format!("300101,{text}").as_bytes()));
    assert_eq!(scene.receive().received, 1);
}

#[test]
fn every_kind_of_damage_gives_the_same_answer_and_the_same_side_effects() {
    let sealed_right = no_record().prop_map(|text| sealed_1(&text));
    are_refused_alike(&Scene::new(), &prop_oneof![2 => damaged(), 1 => sealed_right]);
}

#[test]
fn every_kind_of_damage_under_profile_2_does_too() {
    are_refused_alike(&Scene::with_keys(&sheet_2()), &damaged_2());
}
