//! The pairing with Madoguchi on this PC: `pair_with_madoguchi`, `forget_pairing`.
//!
//! All of it lies in the credential store: whoever copies the folder has no token.

use super::line::{NoAnswer, ask};
use crate::failure::told;
use crate::shop::{Open, Shop, Working};
use madoguchi_domain::digits::to_ascii_digits;
use madoguchi_wire::bridge::{Learns, PairAnswer, PairRequest};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{StreetCounter, StreetPairing, TypedPairingCode};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use zeroize::{Zeroize, Zeroizing};

/// Nobody is waited for.
const PAIRED_WITHIN: Duration = Duration::from_secs(10);
/// Digits.
const CODE: usize = 6;

/// A pairing as it is kept. No `Debug`: it is a key.
#[derive(Serialize, Deserialize)]
pub(super) struct Pairing {
    pub(super) token: String,
    name: String,
    learns: Learns,
    #[serde(default)]
    pub(super) own_cards: bool,
    paired_at_ms: i64,
}

impl Drop for Pairing {
    fn drop(&mut self) {
        self.token.zeroize();
    }
}

impl Shop {
    /// `pair_with_madoguchi`. A pairing there was before is forgotten once the new one stands.
    pub async fn pair_with_madoguchi(&self, typed: TypedPairingCode) -> Result<StreetCounter, Failure> {
        let code = code_typed(&typed.code)?;
        // Nothing is said for somebody who has not logged in; a code is good once.
        self.for_the_clerk(|_, _| Ok(())).await?;
        let bridge = self.0.parts.bridge.clone();
        let asked = ask(&bridge, "/v1/pair", None, &PairRequest { code }, PAIRED_WITHIN).await;
        let PairAnswer { token, name, learns, own_cards } = asked.map_err(told_of)?;
        self.for_the_clerk(move |open, working| {
            let pairing = Pairing { token, name, learns, own_cards, paired_at_ms: open.now_ms() };
            let kept = serde_json::to_vec(&pairing).map(Zeroizing::new);
            let kept = kept.map_err(|_| Failure::of(ErrorCode::Unforeseen))?;
            open.parts.vault.put(&place(working), &kept).map_err(|fault| told(&fault.into()))?;
            tracing::info!("paired with Madoguchi on this PC");
            open.shown()
        })
        .await
    }

    /// `forget_pairing`.
    pub async fn forget_pairing(&self) -> Result<StreetCounter, Failure> {
        self.for_the_clerk(|open, working| {
            open.parts.vault.delete(&place(working)).map_err(|fault| told(&fault.into()))?;
            open.shown()
        })
        .await
    }
}

impl Open {
    /// The pairing that is kept, if there is one. What is kept and makes no sense is none.
    pub(super) fn pairing(&self, working: &Working) -> Result<Option<Pairing>, Failure> {
        let kept = self.parts.vault.get(&place(working)).map_err(|fault| told(&fault.into()))?;
        Ok(kept.and_then(|kept| serde_json::from_slice(&kept).ok()))
    }

    /// The same, as the window shows it; a credential store that cannot be asked has none.
    pub(crate) fn pairing_shown(&self, working: &Working) -> Option<StreetPairing> {
        let pairing = self.pairing(working).ok().flatten()?;
        let Pairing { name, learns, own_cards, paired_at_ms, .. } = &pairing;
        let (learns, own_cards, paired_at_ms) = (*learns, *own_cards, *paired_at_ms);
        Some(StreetPairing { name: name.clone(), learns, own_cards, paired_at_ms })
    }
}

/// Under the store's own id, as this PC's other keys.
fn place(working: &Working) -> String {
    format!("shop/{}/madoguchi", working.store.id())
}

fn code_typed(typed: &str) -> Result<String, Failure> {
    let digits = to_ascii_digits(typed);
    let fits = digits.len() == CODE && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(digits) } else { Err(Failure::of(ErrorCode::PairingCodeWrong)) }
}

/// What a person is told where Madoguchi gave no answer: its own words, where the card or the cloud is the reason.
pub(super) fn told_of(none: NoAnswer) -> Failure {
    match none {
        NoAnswer::NotThere => Failure::of(ErrorCode::MadoguchiNotThere),
        NoAnswer::NotUnderstood => Failure::of(ErrorCode::MadoguchiNotUnderstood),
        NoAnswer::Problem(problem) => match problem.code {
            ErrorCode::ProgramNotPaired => Failure::of(ErrorCode::PairingEnded),
            ErrorCode::BridgeCallUnknown => Failure::of(ErrorCode::MadoguchiNotUnderstood),
            code => Failure { what: problem.what, now: problem.now, ..Failure::of(code) },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_however_they_were_typed() {
        assert_eq!(code_typed("１２３ 456").unwrap(), "123456");
        for wrong in ["", "12345", "1234567", "12345a"] {
            assert!(code_typed(wrong).is_err(), "{wrong}");
        }
    }
}
