//! The card's answers, as transcripts: one command and what must come back per line.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_virtual::card::{FelicaReader, LengthDialect, VirtualCard};
use madoguchi_virtual::desk::fixture_cards;
use madoguchi_virtual::sample::SampleCard;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier;

fn sample(id: &str) -> SampleCard {
    SampleCard::load(&fixture_cards().join(id)).unwrap()
}

fn hanako() -> VirtualCard {
    VirtualCard::of(&sample("hanako"))
}

/// Plays a transcript. A line is `power up`, `power down`, `reset`, or `<command> -> [<n> bytes ]<SW>`;
/// blanks within a command and what follows `#` do not count.
fn check(card: &mut VirtualCard, transcript: &str) {
    for (number, line) in transcript.lines().enumerate() {
        let line = line.split('#').next().unwrap().trim();
        match line {
            "" => {}
            "power up" => card.power_up(),
            "power down" => card.power_down(),
            "reset" => card.reset(),
            _ => {
                let (command, expected) = line.split_once("->").expect("an arrow");
                let command = hex::decode(command.replace(' ', "")).expect("hex");
                let answer = card.respond(&command);
                assert_eq!(in_words(&answer), expected.trim(), "line {number}: {line}");
            }
        }
    }
}

fn in_words(answer: &[u8]) -> String {
    let (data, status) = answer.split_at(answer.len() - 2);
    let status = hex::encode_upper(status);
    if data.is_empty() { status } else { format!("{} bytes {status}", data.len()) }
}

#[test]
fn only_the_jpki_application_can_be_selected() {
    check(
        &mut hanako(),
        "power up
         00A40000                              -> 6A86  # no application yet
         00A4020C 02 000A                      -> 6A82
         00A4040C 0A D392F000260100000001      -> 9000
         00A40400 0A D392F000260100000001 00   -> 9000  # with the FCI wanted
         00A40000                              -> 9000  # does nothing
         00A4000C 02 3F00                      -> 6A82
         00A40400 09 A00000030800001000 00     -> 6A82  # PIV
         00A4040C 0A D3921000310001010408      -> 6A82  # the card's other application, not made here
         00CA0100 00                           -> 6D00  # GET DATA
         FFCA0000 00                           -> 6E00
         00A40C0C 02 000A                      -> 6A86",
    );
}

#[test]
fn files_are_selected_by_identifier_and_refused_by_name() {
    check(
        &mut hanako(),
        "00A4040C 0A D392F000260100000001 -> 9000
         00A4020C 02 000A -> 9000
         00A4020C 02 0006 -> 9000
         00A4020C 02 0009 -> 6A82
         00A4020C 02 010A -> 6A82
         00A4020C 01 0A   -> 6700
         00A4020C 02 00   -> 6700  # Lc and body disagree",
    );
}

#[test]
fn the_auth_certificate_is_free_and_read_in_pieces() {
    let length = sample("hanako").jpki().unwrap().auth_certificate.len();
    assert_eq!(length, 1588);
    check(
        &mut hanako(),
        "00A4040C 0A D392F000260100000001 -> 9000
         00B00000 00     -> 6985             # nothing selected
         00A4020C 02 000A -> 9000
         00B00000 04     -> 4 bytes 9000
         00B00000 00     -> 256 bytes 9000
         00B00600 00     -> 52 bytes 9000    # the rest
         00B00633 01     -> 1 bytes 9000
         00B00634 01     -> 6B00             # past the end
         00B07FFF 00     -> 6B00
         00B08A00 00     -> 256 bytes 9000   # by short identifier
         00B08AFF 02     -> 2 bytes 9000
         00B00000 000000 -> 1588 bytes 9000  # extended
         00B00000 000400 -> 1024 bytes 9000
         00B00000        -> 6700             # no Le
         00B08900 00     -> 6A82
         00B09700 00     -> 6981             # a key is no transparent file",
    );
}

#[test]
fn the_certificate_comes_as_it_lies_in_the_folder() {
    let sample = sample("taro");
    let mut card = VirtualCard::of(&sample);
    card.respond(&hex::decode("00A4040C0AD392F000260100000001").unwrap());
    let answer = card.respond(&hex::decode("00B08A00000000").unwrap());
    assert_eq!(answer[..answer.len() - 2], sample.jpki().unwrap().auth_certificate);
}

#[test]
fn the_signing_certificate_is_behind_its_password() {
    check(
        &mut hanako(),
        "00A4040C 0A D392F000260100000001 -> 9000
         00B08100 00            -> 6982
         00200098 04 31323334   -> 9000  # the auth PIN does not open it
         00B08100 00            -> 6982
         0020009B 06 414243313233 -> 9000
         00B08100 00            -> 256 bytes 9000",
    );
}

#[test]
fn a_phones_auth_certificate_is_behind_the_pin() {
    check(
        &mut VirtualCard::of(&sample("phone")),
        "00A4040C 0A D392F000260100000001 -> 9000
         00B08A00 00          -> 6982
         00B08600 00          -> 160 bytes 9000
         00200098 04 31323334 -> 9000
         00B08A00 00          -> 256 bytes 9000",
    );
}

#[test]
fn tries_are_counted_locked_and_never_given_back_by_power() {
    check(
        &mut hanako(),
        "00A4040C 0A D392F000260100000001 -> 9000
         00200080             -> 6985  # no password selected
         00A4020C 02 0018     -> 9000
         00200080             -> 63C3  # asking costs nothing
         00200080             -> 63C3
         00200080 04 30303030 -> 63C2
         00200080 04 31323334 -> 9000  # the right one restores the tries
         00200080             -> 63C3  # and the question does not tell that it was verified
         00200080 04 30303030 -> 63C2
         00200080 04 30303030 -> 63C1
         power down
         power up
         00A4040C 0A D392F000260100000001 -> 9000
         00200098             -> 63C1
         00200098 04 30303030 -> 63C0  # the last try
         00200098 04 31323334 -> 6984  # blocked, also for the right one
         00200098             -> 63C0
         0020009B             -> 63C5  # the other password has its own
         0020008A 04 31323334 -> 6981  # a certificate is no password
         00200018 04 31323334 -> 6A86",
    );
}

#[test]
fn a_verified_pin_survives_resets_and_ends_with_power() {
    let sign = "802A0097 03 616263 00";
    check(
        &mut hanako(),
        &format!(
            "power up
             00A4040C 0A D392F000260100000001 -> 9000
             {sign}               -> 6982
             00200098 04 31323334 -> 9000
             {sign}               -> 256 bytes 9000
             reset
             {sign}               -> 6A82             # nothing is selected after a reset
             00A4040C 0A D392F000260100000001 -> 9000
             {sign}               -> 256 bytes 9000   # but the PIN still counts
             power up
             00A4040C 0A D392F000260100000001 -> 9000
             {sign}               -> 256 bytes 9000
             00200098 04 30303030 -> 63C2             # a wrong one ends it
             {sign}               -> 6982
             00200098 04 31323334 -> 9000
             power down
             power up
             00A4040C 0A D392F000260100000001 -> 9000
             {sign}               -> 6982"
        ),
    );
}

#[test]
fn a_key_signs_only_what_fits_and_only_as_it_is_asked() {
    check(
        &mut hanako(),
        "00A4040C 0A D392F000260100000001 -> 9000
         00200098 04 31323334  -> 9000
         802A0080 01 00 00     -> 6981  # the password is selected, not the key
         00A4020C 02 0017      -> 9000
         802A0080 01 00 00     -> 256 bytes 9000
         802A0080 01 00        -> 6700  # no Le
         802A0080 00           -> 6700  # nothing to sign
         802A0180 01 00 00     -> 6A86
         802A009A 01 00 00     -> 6982  # the other key has its own password
         002A0080 01 00 00     -> 6D00",
    );
    let mut card = hanako();
    check(&mut card, "00A4040C 0A D392F000260100000001 -> 9000\n00200098 04 31323334 -> 9000");
    check(&mut card, &format!("802A0097 F5 {} 00 -> 256 bytes 9000", "00".repeat(245)));
    check(&mut card, &format!("802A0097 F6 {} 00 -> 6700", "00".repeat(246)));
}

#[test]
fn the_signature_is_pkcs1_over_exactly_the_bytes_given() {
    let sample = sample("hanako");
    let mut card = VirtualCard::of(&sample);
    check(&mut card, "00A4040C 0A D392F000260100000001 -> 9000\n00200098 04 31323334 -> 9000");
    // DigestInfo of SHA-256("abc").
    let digest_info = "3031300D060960864801650304020105000420\
                       BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    let command = format!("802A009733{digest_info}00").replace(' ', "");
    let mut answer = card.respond(&hex::decode(command).unwrap());
    assert_eq!(answer.split_off(answer.len() - 2), [0x90, 0x00]);
    let key = VerifyingKey::<Sha256>::new(sample.jpki().unwrap().auth_key.to_public_key());
    key.verify(b"abc", &Signature::try_from(answer.as_slice()).unwrap()).expect("a good signature");
}

#[test]
fn a_card_of_the_contact_protocol_lets_its_data_be_fetched() {
    let mut card = hanako();
    card.speak(LengthDialect::GetResponse);
    check(
        &mut card,
        "00A4040C 0A D392F000260100000001 -> 9000
         00C00000 10 -> 6985             # nothing waits
         00B08A00 00 -> 61C0
         00C00000 C0 -> 192 bytes 6140
         00C00000 40 -> 64 bytes 9000
         00C00000 40 -> 6985
         00B08A00 00 -> 61C0
         00A4020C 02 000A -> 9000        # another command ends the waiting
         00C00000 C0 -> 6985",
    );
}

#[test]
fn a_card_that_wants_exact_lengths_says_which() {
    let mut card = hanako();
    card.speak(LengthDialect::ExactLe);
    check(
        &mut card,
        "00A4040C 0A D392F000260100000001 -> 9000
         00B08A00 00 -> 6CFF
         00B08A00 FF -> 255 bytes 9000
         00A4020C 02 000A -> 9000
         00B00600 00 -> 6C34
         00B00600 34 -> 52 bytes 9000",
    );
}

#[test]
fn a_card_without_applications_refuses_them_all() {
    check(
        &mut VirtualCard::of(&sample("library")),
        "00A4040C 0A D392F000260100000001 -> 6A82
         00A4020C 02 000A -> 6A82
         00A40000    -> 6A82
         00B08A00 00 -> 6D00",
    );
}

#[test]
fn any_bytes_get_an_answer_from_every_reader_of_a_felica_card() {
    let mut card = VirtualCard::of(&sample("street"));
    let readers = [
        FelicaReader::CardFrames,
        FelicaReader::Pn532,
        FelicaReader::SonySession,
        FelicaReader::StandardSession,
        FelicaReader::SelectedService,
        FelicaReader::ServiceCommands,
        FelicaReader::NumberOnly,
    ];
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()[3]
    };
    for round in 0..40_000 {
        card.lie_on(readers[round % readers.len()]);
        let instructions = [0x00, 0x46, 0x4A, 0x50, 0xA4, 0xB0, 0xC2, 0xCA];
        let mut command = vec![0xFF, instructions[usize::from(next()) % instructions.len()], 0, next() % 3];
        let body: Vec<u8> = (0..next() % 40).map(|_| next()).collect();
        command.extend(u8::try_from(body.len()));
        command.extend(body);
        assert!((2..=258).contains(&card.respond(&command).len()), "{command:02X?}");
    }
}

#[test]
fn any_bytes_get_an_answer_and_none_breaks_the_card() {
    let mut card = hanako();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..20_000 {
        let mut command = Vec::new();
        for _ in 0..=seed % 40 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            // Half of the bytes are ones that mean something, to get beyond the first check.
            let known = [0x00, 0x80, 0xA4, 0xB0, 0x20, 0x2A, 0xC0, 0x8A, 0x97, 0x98, 0x02, 0x04, 0x0C, 0x0A];
            let byte = seed.to_le_bytes()[3];
            command.push(if byte & 1 == 0 { byte } else { known[usize::from(byte) % known.len()] });
        }
        // The longest regular answer is to an extended read of a certificate.
        let answer = card.respond(&command);
        assert!((2..=65_538).contains(&answer.len()));
    }
}
