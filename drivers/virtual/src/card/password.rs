//! A password on the card (a PIN or 署名用パスワード) with its tries.

use super::status;
use madoguchi_port::apdu::StatusWord;

/// A password, its counter and whether it was verified since the card has power.
pub(super) struct Password {
    secret: Vec<u8>,
    tries: u8,
    tries_left: u8,
    verified: bool,
}

impl Password {
    pub(super) fn new(secret: &str, tries: u8) -> Self {
        Self { secret: secret.as_bytes().to_vec(), tries, tries_left: tries, verified: false }
    }

    pub(super) fn is_verified(&self) -> bool {
        self.verified
    }

    pub(super) fn forget_verified(&mut self) {
        self.verified = false;
    }

    /// VERIFY. An empty one asks for the counter and costs nothing; it says `63Cx` whatever the
    /// state, also when verified and also when blocked.
    pub(super) fn verify(&mut self, presented: &[u8]) -> StatusWord {
        if presented.is_empty() {
            return status::tries_left(self.tries_left);
        }
        if self.tries_left == 0 {
            return status::PASSWORD_BLOCKED;
        }
        self.verified = presented == self.secret;
        if self.verified {
            self.tries_left = self.tries;
            return StatusWord::OK;
        }
        self.tries_left -= 1;
        status::tries_left(self.tries_left)
    }
}
