//! The street's answer to a merge file (row K11): what became of which number, proven by the shared secret.
//!
//! One line of ASCII, `20261121093015000042,received,<mac>`: number, what became of it, and the lower-case
//! hex HMAC-SHA-256 of `number,what became of it` under the street's shared secret. A booking back has its
//! number in the street's own books as well: `20261121093015000042,booked_back,57,<mac>`. It lies in the agreed
//! folder; the terminal carries it to the cloud and holds no secret. A file that is not genuine has no
//! number that could be believed, so nothing is acknowledged of it.

use super::record::SEPARATOR;
use super::{NotGenuine, SharedSecret, TransactionNumber};
use crate::id_provider::IdProviderId;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Why a merge's points are not in the street's books and never will be (row F8). Either is the street's last
/// word on the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenBack {
    /// They were added and taken from the member again.
    BookedBack {
        /// By which posting of the street's own books: 1, 2, 3 …
        posting: i64,
    },
    /// They never were: the street adds nothing under this number any more, whenever its file comes.
    Declined,
}

/// What became of a merge at its street.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reception {
    /// Its points were added, now or when it came before.
    Received,
    /// The street has no such member; kept aside.
    UnknownMember,
    /// The number came before with other content; kept aside, with an alarm.
    OtherContent,
    /// The points are not in the street's books and never will be.
    TakenBack(TakenBack),
}

impl Reception {
    /// The word in the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::UnknownMember => "unknown_member",
            Self::OtherContent => "other_content",
            Self::TakenBack(TakenBack::BookedBack { .. }) => "booked_back",
            Self::TakenBack(TakenBack::Declined) => "declined",
        }
    }

    /// The number of a booking back in the street's own books.
    pub const fn posting(self) -> Option<i64> {
        match self {
            Self::TakenBack(TakenBack::BookedBack { posting }) => Some(posting),
            _ => None,
        }
    }

    /// Reads the word, and the number that belongs to a booking back and to nothing else.
    pub fn read(code: &str, posting: Option<i64>) -> Option<Self> {
        match (code, posting) {
            ("received", None) => Some(Self::Received),
            ("unknown_member", None) => Some(Self::UnknownMember),
            ("other_content", None) => Some(Self::OtherContent),
            ("booked_back", Some(posting)) if posting > 0 => {
                Some(Self::TakenBack(TakenBack::BookedBack { posting }))
            }
            ("declined", None) => Some(Self::TakenBack(TakenBack::Declined)),
            _ => None,
        }
    }

    /// What stands in the file after the number.
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(SEPARATOR) {
            None => Self::read(text, None),
            Some((code, posting)) => {
                // One spelling for each number.
                let number: i64 = posting.parse().ok()?;
                (number.to_string() == posting).then(|| Self::read(code, Some(number)))?
            }
        }
    }
}

/// What the street says of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The merge.
    pub number: TransactionNumber,
    /// What became of it.
    pub reception: Reception,
}

impl Acknowledgement {
    /// The file's bytes.
    pub fn sealed(self, secret: &SharedSecret) -> Vec<u8> {
        let stated = self.stated();
        let mac = hex::encode(mac(stated.as_bytes(), secret).finalize().into_bytes());
        format!("{stated}{SEPARATOR}{mac}").into_bytes()
    }

    /// Reads a file and proves it with whichever of the street's secrets fits.
    pub fn open<'s>(
        file: &[u8],
        secrets: impl IntoIterator<Item = &'s SharedSecret>,
    ) -> Result<Self, NotGenuine> {
        let text = std::str::from_utf8(file).map_err(|_| NotGenuine)?;
        let (stated, stated_mac) = text.rsplit_once(SEPARATOR).ok_or(NotGenuine)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(stated_mac, &mut bytes).map_err(|_| NotGenuine)?;
        let proven = |secret| mac(stated.as_bytes(), secret).verify_slice(&bytes).is_ok();
        if !secrets.into_iter().any(proven) {
            return Err(NotGenuine);
        }
        let (number, reception) = stated.split_once(SEPARATOR).ok_or(NotGenuine)?;
        let number = TransactionNumber::parse(number).map_err(|_| NotGenuine)?;
        Ok(Self { number, reception: Reception::parse(reception).ok_or(NotGenuine)? })
    }

    fn stated(self) -> String {
        let (number, code) = (self.number, self.reception.code());
        match self.reception.posting() {
            Some(posting) => format!("{number}{SEPARATOR}{code}{SEPARATOR}{posting}"),
            None => format!("{number}{SEPARATOR}{code}"),
        }
    }
}

/// `ack_300101_20261121093015000042.dat`, beside where the merge file lay.
pub fn acknowledgement_file_name(street: IdProviderId, number: TransactionNumber) -> String {
    format!("ack_{street}_{number}.dat")
}

fn mac(stated: &[u8], secret: &SharedSecret) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(stated);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use std::process::{Command, Stdio};

    const ALL: [Reception; 5] = [
        Reception::Received,
        Reception::UnknownMember,
        Reception::OtherContent,
        Reception::TakenBack(TakenBack::BookedBack { posting: 57 }),
        Reception::TakenBack(TakenBack::Declined),
    ];

    const SECRET: &str = "Kq7Wv2ZpXn4Lr9TsBd6Yh3Gm8Jc5Fa1E";

    fn secret(text: &str) -> SharedSecret {
        SharedSecret::parse(text).unwrap()
    }

    fn said(reception: Reception) -> Acknowledgement {
        let number = TransactionNumber::parse("20261121093015000042").unwrap();
        Acknowledgement { number, reception }
    }

    #[test]
    fn every_answer_is_read_back_under_either_secret_of_the_street() {
        let (old, new) = (secret(SECRET), secret("0123456789abcdefghijklmnopqrstuv"));
        for reception in ALL {
            let file = said(reception).sealed(&old);
            assert_eq!(Acknowledgement::open(&file, [&new, &old]), Ok(said(reception)));
            assert_eq!(Acknowledgement::open(&file, [&new]), Err(NotGenuine));
        }
    }

    #[test]
    fn a_booking_back_says_its_number_and_nothing_else_does() {
        let sealed = |said: &str| {
            let secret = secret(SECRET);
            let proven = hex::encode(mac(said.as_bytes(), &secret).finalize().into_bytes());
            Acknowledgement::open(format!("{said},{proven}").as_bytes(), [&secret])
        };
        assert_eq!(sealed("20261121093015000042,booked_back,57"), Ok(said(ALL[3])));
        assert_eq!(sealed("20261121093015000042,declined"), Ok(said(ALL[4])));
        for wrong in [
            "booked_back",
            "booked_back,",
            "booked_back,0",
            "booked_back,-1",
            "booked_back,057",
            "booked_back,+57",
            "booked_back,57,1",
            "booked_back,9223372036854775808",
            "received,57",
            "declined,57",
        ] {
            assert_eq!(sealed(&format!("20261121093015000042,{wrong}")), Err(NotGenuine), "{wrong}");
        }
    }

    #[test]
    fn one_bit_flipped_anywhere_is_the_same_error() {
        for reception in ALL {
            flip_every_bit(&said(reception).sealed(&secret(SECRET)));
        }
    }

    fn flip_every_bit(file: &[u8]) {
        for bit in 0..file.len() * 8 {
            let mut damaged = file.to_vec();
            damaged[bit / 8] ^= 1 << (bit % 8);
            // Hexadecimal digits have two spellings; either is the same bytes.
            let same =
                damaged.eq_ignore_ascii_case(file) && damaged[..file.len() - 64] == file[..file.len() - 64];
            if !same {
                assert_eq!(Acknowledgement::open(&damaged, [&secret(SECRET)]), Err(NotGenuine), "bit {bit}");
            }
        }
    }

    #[test]
    fn openssl_alone_makes_the_same_answer() {
        let mut openssl = Command::new("openssl")
            .args(["dgst", "-sha256", "-hmac", SECRET, "-r"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        openssl.stdin.take().unwrap().write_all(b"20261121093015000042,received").unwrap();
        let output = String::from_utf8(openssl.wait_with_output().unwrap().stdout).unwrap();
        let mac = output.split_whitespace().next().unwrap();
        let file = format!("20261121093015000042,received,{mac}");
        assert_eq!(said(Reception::Received).sealed(&secret(SECRET)), file.into_bytes());
    }

    proptest! {
        #[test]
        fn whatever_else_lies_in_the_folder_is_no_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(Acknowledgement::open(&bytes, [&secret(SECRET)]), Err(NotGenuine));
        }
    }
}
