//! The JPKI application (公的個人認証): its files, who may read them, its two keys.

use super::command::{self, Command};
use super::password::Password;
use super::status;
use crate::sample::JpkiContents;
use madoguchi_port::apdu::StatusWord;
use rsa::Pkcs1v15Sign;

/// The application's identifier.
const AID: [u8; 10] = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
/// Tries of the auth PIN (利用者証明用, 4 digits).
const AUTH_PIN_TRIES: u8 = 3;
/// Tries of the signing password (署名用).
const SIGN_PASSWORD_TRIES: u8 = 5;
/// P1 = P2 bit 8: the rest is a short file identifier (READ BINARY) or names the key (others).
const BY_SHORT_IDENTIFIER: u8 = 0x80;
/// What fits into a 2,048-bit PKCS#1 v1.5 block.
const MAX_SIGNATURE_INPUT: usize = 245;

type Answer = (Vec<u8>, StatusWord);

/// An elementary file, by its identifier's low byte; all of them have a short identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    SignCertificate,
    SignAuthority,
    TokenInfo,
    CertificatesPresent,
    AuthCertificate,
    AuthAuthority,
    AuthKey,
    AuthPin,
    SignKey,
    SignPassword,
}

impl File {
    fn by_identifier(identifier: u8) -> Option<Self> {
        Some(match identifier {
            0x01 => Self::SignCertificate,
            0x02 => Self::SignAuthority,
            0x06 => Self::TokenInfo,
            0x08 => Self::CertificatesPresent,
            0x0A => Self::AuthCertificate,
            0x0B => Self::AuthAuthority,
            0x17 => Self::AuthKey,
            0x18 => Self::AuthPin,
            0x1A => Self::SignKey,
            0x1B => Self::SignPassword,
            _ => return None,
        })
    }
}

/// The application, its passwords' state and what is selected.
pub(super) struct JpkiApplication {
    contents: JpkiContents,
    auth_pin: Password,
    sign_password: Password,
    selected: bool,
    current: Option<File>,
}

impl JpkiApplication {
    pub(super) fn new(contents: JpkiContents) -> Self {
        Self {
            auth_pin: Password::new(&contents.auth_pin, AUTH_PIN_TRIES),
            sign_password: Password::new(&contents.sign_password, SIGN_PASSWORD_TRIES),
            contents,
            selected: false,
            current: None,
        }
    }

    pub(super) fn deselect(&mut self) {
        self.selected = false;
        self.current = None;
    }

    pub(super) fn forget_verified(&mut self) {
        self.auth_pin.forget_verified();
        self.sign_password.forget_verified();
    }

    pub(super) fn answer(&mut self, command: &Command<'_>) -> Answer {
        match (command.cla, command.ins) {
            (0x00, command::SELECT) => (Vec::new(), self.select(command)),
            (0x00, command::READ_BINARY) => self.read_binary(command).unwrap_or_else(refusal),
            (0x00, command::VERIFY) => (Vec::new(), self.verify(command).unwrap_or_else(|status| status)),
            (0x80, command::PERFORM_SECURITY_OPERATION) => self.sign(command).unwrap_or_else(refusal),
            (0x00 | 0x80, _) => refusal(status::INSTRUCTION_NOT_SUPPORTED),
            _ => refusal(status::CLASS_NOT_SUPPORTED),
        }
    }

    fn select(&mut self, command: &Command<'_>) -> StatusWord {
        match (command.p1, command.p2) {
            (0x04, 0x00 | 0x0C) => self.select_application(command.data),
            (0x02, 0x0C) => self.select_file(command.data),
            (0x00, _) if !command.data.is_empty() => status::FILE_NOT_FOUND,
            // "Select the master file": nothing happens inside an application.
            (0x00, 0x00) if self.selected => StatusWord::OK,
            _ => status::WRONG_P1_P2,
        }
    }

    fn select_application(&mut self, aid: &[u8]) -> StatusWord {
        if aid != AID {
            return status::FILE_NOT_FOUND;
        }
        self.selected = true;
        self.current = None;
        StatusWord::OK
    }

    fn select_file(&mut self, identifier: &[u8]) -> StatusWord {
        let [high, low] = identifier else { return status::WRONG_LENGTH };
        let file = if *high == 0 && self.selected { File::by_identifier(*low) } else { None };
        match file {
            Some(file) => {
                self.current = Some(file);
                StatusWord::OK
            }
            None => status::FILE_NOT_FOUND,
        }
    }

    /// The file a command means: the current one, or the one its short identifier names, which
    /// becomes the current one (ISO/IEC 7816-4, 7.2.2).
    fn file_meant(&mut self, short_identifier: Option<u8>) -> Result<File, StatusWord> {
        if let Some(identifier) = short_identifier {
            let named = if self.selected { File::by_identifier(identifier) } else { None };
            self.current = Some(named.ok_or(status::FILE_NOT_FOUND)?);
        }
        self.current.ok_or(status::CONDITIONS_NOT_SATISFIED)
    }

    fn read_binary(&mut self, command: &Command<'_>) -> Result<Answer, StatusWord> {
        let by_short_identifier = command.p1 & BY_SHORT_IDENTIFIER != 0;
        let (file, offset) = if by_short_identifier {
            (self.file_meant(Some(command.p1 & 0x1F))?, usize::from(command.p2))
        } else {
            (self.file_meant(None)?, usize::from(u16::from_be_bytes([command.p1, command.p2])))
        };
        let expected = command.expected.ok_or(status::WRONG_LENGTH)?;
        let content = self.readable(file)?;
        let rest = content.get(offset..).filter(|rest| !rest.is_empty()).ok_or(status::OFFSET_PAST_END)?;
        Ok((rest[..expected.min(rest.len())].to_vec(), StatusWord::OK))
    }

    fn readable(&self, file: File) -> Result<&[u8], StatusWord> {
        let (content, free): (&[u8], bool) = match file {
            File::SignCertificate => (&self.contents.sign_certificate, self.sign_password.is_verified()),
            File::SignAuthority => (&self.contents.sign_authority, true),
            File::TokenInfo => (&self.contents.token_info, true),
            File::CertificatesPresent => (&[0x8F, 0x8F, 0x00], true),
            File::AuthCertificate => {
                let free = !self.contents.auth_certificate_wants_pin || self.auth_pin.is_verified();
                (&self.contents.auth_certificate, free)
            }
            File::AuthAuthority => (&self.contents.auth_authority, true),
            File::AuthKey | File::AuthPin | File::SignKey | File::SignPassword => {
                return Err(status::INCOMPATIBLE_FILE);
            }
        };
        if free { Ok(content) } else { Err(status::SECURITY_STATUS_NOT_SATISFIED) }
    }

    fn verify(&mut self, command: &Command<'_>) -> Result<StatusWord, StatusWord> {
        match self.file_meant(key_named_by(command)?)? {
            File::AuthPin => Ok(self.auth_pin.verify(command.data)),
            File::SignPassword => Ok(self.sign_password.verify(command.data)),
            _ => Err(status::INCOMPATIBLE_FILE),
        }
    }

    /// COMPUTE DIGITAL SIGNATURE: the data is padded and signed as it is, whatever it says.
    fn sign(&mut self, command: &Command<'_>) -> Result<Answer, StatusWord> {
        let (key, password) = match self.file_meant(key_named_by(command)?)? {
            File::AuthKey => (&self.contents.auth_key, &self.auth_pin),
            File::SignKey => (&self.contents.sign_key, &self.sign_password),
            _ => return Err(status::INCOMPATIBLE_FILE),
        };
        if !password.is_verified() {
            return Err(status::SECURITY_STATUS_NOT_SATISFIED);
        }
        if command.data.is_empty() || command.data.len() > MAX_SIGNATURE_INPUT {
            return Err(status::WRONG_LENGTH);
        }
        if command.expected != Some(256) {
            return Err(status::WRONG_LENGTH);
        }
        let signature = key
            .sign(Pkcs1v15Sign::new_unprefixed(), command.data)
            .map_err(|_| status::CONDITIONS_NOT_SATISFIED)?;
        Ok((signature, StatusWord::OK))
    }
}

/// P1 P2 of VERIFY and COMPUTE DIGITAL SIGNATURE: `00 80` means the current file, `00 80|sfi` names one.
fn key_named_by(command: &Command<'_>) -> Result<Option<u8>, StatusWord> {
    if command.p1 != 0 || command.p2 & BY_SHORT_IDENTIFIER == 0 || command.p2 & 0x60 != 0 {
        return Err(status::WRONG_P1_P2);
    }
    Ok(Some(command.p2 & 0x1F).filter(|identifier| *identifier != 0))
}

fn refusal(status: StatusWord) -> Answer {
    (Vec::new(), status)
}
