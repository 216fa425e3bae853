//! The JPKI application: its commands and what its answers mean.
//!
//! | step | command | source of the form |
//! |---|---|---|
//! | SELECT | `00 A4 04 0C 0A <AID>` | ISO/IEC 7816-4, 11.2.2; no FCI wanted |
//! | READ BINARY by short identifier | `00 B0 8A 00 Le` | spares the selection of the file |
//! | VERIFY | `00 20 00 80 [04 <PIN>]` | without data it asks for the tries left |
//! | COMPUTE DIGITAL SIGNATURE | `80 2A 00 80 33 <DigestInfo> 00` | the card pads PKCS#1 v1.5 |

use crate::certificate::{self, Unreadable};
use crate::exchange::{Command, exchange};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_port::apdu::{ResponseApdu, StatusWord};
use madoguchi_port::fault::CardFault;
use madoguchi_port::session::{CardSession, Disposition};

const AID: [u8; 10] = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
/// Elementary files by identifier; the short identifier is the same number.
const CERTIFICATES_PRESENT: u8 = 0x08;
const AUTH_KEY: u8 = 0x17;
/// How the file of present certificates begins where there is a signing certificate.
const PRESENT: u8 = 0x8F;
/// The most a short command can ask for.
const CHUNK: usize = 256;
/// Bytes of a signature by an RSA key of 2,048 bits.
const SIGNATURE_LENGTH: usize = 256;
/// DER of `DigestInfo { sha256, … }` before the digest (RFC 8017, 9.2 note 1).
const SHA256_DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

const SECURITY_STATUS_NOT_SATISFIED: StatusWord = StatusWord(0x6982);
const FILE_NOT_FOUND: StatusWord = StatusWord(0x6A82);
/// The card's first answer after power-up, seen once on a real card.
const NOT_AWAKE: StatusWord = StatusWord(0x6F00);

/// A certificate on the card, by its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// 署名用電子証明書, behind its password.
    Signing = 0x01,
    /// 利用者証明用電子証明書.
    Auth = 0x0A,
}

/// What the card keeps a secret against, by its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    /// 利用者証明用の暗証番号.
    AuthPin = 0x18,
    /// 署名用パスワード.
    SigningPassword = 0x1B,
}

/// The application on the card of one session.
pub(crate) struct JpkiApplication {
    session: Box<dyn CardSession>,
}

impl JpkiApplication {
    /// Nothing is selected yet.
    pub(crate) fn over(session: Box<dyn CardSession>) -> Self {
        Self { session }
    }

    /// Ends the session.
    pub(crate) fn end(self, disposition: Disposition) -> Result<(), CardFault> {
        self.session.end(disposition)
    }

    /// Selects the application. This is how a My Number card is recognised: the ATR differs from
    /// batch to batch and from reader to reader.
    pub(crate) fn select(&mut self) -> Result<(), CardFault> {
        let select = || Command::new([0x00, 0xA4, 0x04, 0x0C]).with_data(&AID);
        let mut answer = self.exchange(select())?;
        if answer.status == NOT_AWAKE {
            answer = self.exchange(select())?;
        }
        match answer.status.0.to_be_bytes() {
            [0x90, 0x00] => Ok(()),
            // No such application (6A82), function (6A81, 6A86), instruction (6D00) or class (6E00).
            [0x6A | 0x6D | 0x6E, _] => Err(CardFault::NotMyNumberCard),
            _ => Err(unexpected("SELECT", answer.status)),
        }
    }

    /// The whole certificate, if it is the holder's.
    pub(crate) fn certificate_of(&mut self, holder: &CertificateName) -> Result<Vec<u8>, CardFault> {
        let content = self.auth_certificate()?;
        match certificate::name(&content) {
            Ok(name) if name == *holder => Ok(content),
            Ok(_) => Err(CardFault::OtherCard),
            Err(_) => Err(no_certificate()),
        }
    }

    /// Whether the auth certificate can be read without the PIN; not so on a phone. Reads one byte, the
    /// same on every card.
    pub(crate) fn auth_certificate_is_free(&mut self) -> Result<bool, CardFault> {
        let first_byte = Command::new([0x00, 0xB0, 0x80 | Certificate::Auth as u8, 0x00]).expecting(1);
        Ok(self.exchange(first_byte)?.status != SECURITY_STATUS_NOT_SATISFIED)
    }

    /// Issuer and serial, from the certificate's beginning.
    pub(crate) fn certificate_name(&mut self, which: Certificate) -> Result<CertificateName, CardFault> {
        let mut beginning = self.begin_certificate(which)?;
        loop {
            match certificate::name(&beginning) {
                Ok(name) => return Ok(name),
                Err(Unreadable::Malformed) => return Err(no_certificate()),
                // A longer issuer than any authority has had so far.
                Err(Unreadable::Truncated) => self.read_on(&mut beginning)?,
            }
        }
    }

    /// The whole certificate.
    pub(crate) fn auth_certificate(&mut self) -> Result<Vec<u8>, CardFault> {
        let mut content = self.begin_certificate(Certificate::Auth)?;
        let length = certificate::length(&content).map_err(|_| no_certificate())?;
        while content.len() < length {
            self.read_on(&mut content)?;
        }
        content.truncate(length);
        Ok(content)
    }

    fn begin_certificate(&mut self, which: Certificate) -> Result<Vec<u8>, CardFault> {
        let by_short_identifier = [0x00, 0xB0, 0x80 | which as u8, 0x00];
        let answer = self.exchange(Command::new(by_short_identifier).expecting(0))?;
        if short_identifier_refused(answer.status) {
            self.select_file(which as u8)?;
            let mut beginning = Vec::new();
            self.read_on(&mut beginning)?;
            return Ok(beginning);
        }
        read(answer)
    }

    /// Reads the selected file's next bytes, to the end of the certificate where that is known.
    fn read_on(&mut self, content: &mut Vec<u8>) -> Result<(), CardFault> {
        let missing = match certificate::length(content) {
            Ok(length) => length.saturating_sub(content.len()),
            Err(_) if content.is_empty() => CHUNK,
            Err(_) => return Err(no_certificate()),
        };
        let offset = u16::try_from(content.len()).map_err(|_| no_certificate())?;
        if missing == 0 {
            return Err(no_certificate());
        }
        let [high, low] = offset.to_be_bytes();
        // 256 is said as 0.
        let le = u8::try_from(missing.min(CHUNK)).unwrap_or(0);
        let answer = self.exchange(Command::new([0x00, 0xB0, high, low]).expecting(le))?;
        content.extend(read(answer)?);
        Ok(())
    }

    /// Whether the card says that it has a signing certificate. A card that does not say has one: only the
    /// password shows.
    pub(crate) fn has_signing_certificate(&mut self) -> Result<bool, CardFault> {
        let present = Command::new([0x00, 0xB0, 0x80 | CERTIFICATES_PRESENT, 0x00]).expecting(3);
        let answer = self.exchange(present)?;
        let says = answer.status == StatusWord::OK;
        Ok(!says || answer.data.first().is_none_or(|signing| *signing == PRESENT))
    }

    /// Tries left for a secret; costs none.
    pub(crate) fn tries_left(&mut self, secret: Secret) -> Result<u8, CardFault> {
        self.select_file(secret as u8)?;
        let answer = self.exchange(Command::new([0x00, 0x20, 0x00, 0x80]))?;
        tries_left(answer.status).ok_or_else(|| unexpected("tries left", answer.status))
    }

    /// Presents what was typed, once. To a locked secret it is not presented at all, to one with a single try
    /// left only where that was agreed to.
    pub(crate) fn verify(
        &mut self,
        secret: Secret,
        typed: &[u8],
        last_try_agreed: bool,
    ) -> Result<(), CardFault> {
        match self.tries_left(secret)? {
            0 => return Err(CardFault::PinLocked),
            1 if !last_try_agreed => return Err(CardFault::LastPinTry),
            _ => {}
        }
        let verify = Command::new([0x00, 0x20, 0x00, 0x80]).with_data(typed);
        let status = self.exchange(verify)?.status;
        match tries_left(status) {
            None if status == StatusWord::OK => Ok(()),
            None => Err(unexpected("VERIFY", status)),
            Some(0) => Err(CardFault::PinLocked),
            Some(tries_left) => Err(CardFault::WrongPin { tries_left }),
        }
    }

    /// Signs a SHA-256 digest with the auth key; the PIN has been verified.
    pub(crate) fn sign(&mut self, digest: &[u8; 32]) -> Result<Vec<u8>, CardFault> {
        self.select_file(AUTH_KEY)?;
        let digest_info = [&SHA256_DIGEST_INFO[..], digest].concat();
        let compute = Command::new([0x80, 0x2A, 0x00, 0x80]).with_data(&digest_info).expecting(0);
        let answer = self.exchange(compute)?;
        if answer.status == StatusWord::OK && answer.data.len() == SIGNATURE_LENGTH {
            Ok(answer.data)
        } else {
            Err(unexpected("COMPUTE DIGITAL SIGNATURE", answer.status))
        }
    }

    fn select_file(&mut self, identifier: u8) -> Result<(), CardFault> {
        let select = Command::new([0x00, 0xA4, 0x02, 0x0C]).with_data(&[0x00, identifier]);
        match self.exchange(select)?.status {
            StatusWord::OK => Ok(()),
            status => Err(unexpected("SELECT of a file", status)),
        }
    }

    /// Says one command to the card.
    pub(crate) fn exchange(&mut self, command: Command) -> Result<ResponseApdu, CardFault> {
        exchange(&mut *self.session, command)
    }
}

/// What READ BINARY brought; never nothing.
fn read(answer: ResponseApdu) -> Result<Vec<u8>, CardFault> {
    match answer.status {
        // 6282: the file ended before Le, the data is good.
        StatusWord::OK | StatusWord(0x6282) if !answer.data.is_empty() => Ok(answer.data),
        SECURITY_STATUS_NOT_SATISFIED => Err(CardFault::PinFirst),
        status => Err(unexpected("READ BINARY", status)),
    }
}

/// `63Cx`, and the two words for a blocked PIN.
fn tries_left(status: StatusWord) -> Option<u8> {
    match status.0.to_be_bytes() {
        [0x63, word @ 0xC0..=0xCF] => Some(word & 0x0F),
        [0x69, 0x83 | 0x84] => Some(0),
        _ => None,
    }
}

/// A card without short identifiers takes them for an offset, a wrong parameter or a missing file.
fn short_identifier_refused(status: StatusWord) -> bool {
    matches!(status, FILE_NOT_FOUND | StatusWord(0x6981 | 0x6986 | 0x6A81 | 0x6A86 | 0x6B00))
}

fn no_certificate() -> CardFault {
    CardFault::Unexpected { step: "reading the certificate", status: 0 }
}

fn unexpected(step: &'static str, status: StatusWord) -> CardFault {
    CardFault::Unexpected { step, status: status.0 }
}
