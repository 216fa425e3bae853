//! Files that are not genuine: whatever is wrong with them, they look the same from outside.

use crate::scene::{Found, Scene, TARO, key, record, sealed};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    Profile1Key, Profile2Header, Profile2Key, SharedSecret, seal_profile_1, seal_profile_2,
};
use madoguchi_street::receiving::Tally;
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

#[test]
fn every_kind_of_damage_gives_the_same_answer_and_the_same_side_effects() {
    let scene = Scene::new();
    let is_refused = |file: Vec<u8>| {
        scene.lays("file.dat", &file);
        prop_assert_eq!(scene.receive(), ONE_REFUSED);
        prop_assert_eq!(scene.found(), refused());
        std::fs::remove_file(scene.drop_folder().join("quarantine/file.dat")).unwrap();
        Ok(())
    };
    TestRunner::default().run(&damaged(), is_refused).unwrap();
}
