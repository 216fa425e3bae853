//! `use_points_with_pin`: above the limits without PIN the card signs this very use (row D5,
//! docs/security.md 2).
//!
//! Nothing is written down before the card has signed: until then the key is known to nobody who
//! could post under it. From then on a signed use goes the way of every use.

use crate::card_fault::told;
use crate::running::Running;
use crate::use_points::{checked, total};
use crate::visit::HeldVisit;
use madoguchi_domain::ledger::Part;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_port::fault::CardFault;
use madoguchi_port::resident_card::{self as card, TypedPin};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{CardSignature, RequestUseNonceAnswer, RequestUseNonceRequest, UsePart};
use madoguchi_wire::window::{self, LastOperation, PinTries, UsePointsWithPinArguments};
use std::sync::Arc;

/// What the card is asked to sign.
pub(crate) struct Signed<'a> {
    /// The operation.
    pub(crate) key: OperationKey,
    /// From which accounts how much.
    pub(crate) parts: &'a [UsePart],
    /// What the points become.
    pub(crate) becomes: Becomes,
}

impl Running {
    /// How often the PIN of the visit's card can still be tried, before it is asked for.
    pub(crate) async fn begin_pin(self: &Arc<Self>, visit: u32) -> Result<PinTries, Failure> {
        self.signed_in()?;
        let card = self.held_visit(visit)?.residents_card()?.clone();
        self.at_card(move |running| {
            let driver = &running.parts.drivers.card;
            match driver.identify(&card.reader) {
                Ok(name) if name != card.name => return Err(told(&CardFault::OtherCard)),
                // A phone says whose it is after its PIN.
                Ok(_) | Err(CardFault::PinFirst) => {}
                Err(fault) => return Err(told_of_place(&fault)),
            }
            match driver.pin_tries_left(&card.reader).map_err(|fault| told_of_place(&fault))? {
                0 => Err(told(&CardFault::PinLocked)),
                left => Ok(PinTries { left }),
            }
        })
        .await
    }

    /// Uses points that the card signs for. Like [`Running::use_points`] once it has signed.
    pub(crate) async fn use_points_with_pin(
        self: &Arc<Self>,
        arguments: UsePointsWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        let UsePointsWithPinArguments { visit: number, parts, pin } = arguments;
        self.signed_in()?;
        let visit = self.held_visit(number)?;
        let parts = checked(&visit, &parts)?;
        let points = total(&parts)?;
        if self.operation.is_taken() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        let key = self.new_key()?;
        let signed = Signed { key, parts: &parts, becomes: Becomes::Payment };
        let signature = self.sign(&visit, &signed, typed(&pin)).await?;
        // The clerk may have gone on while the card worked.
        self.held_visit(number)?;
        self.send_use(&visit, key, parts, points, Some(signature)).await
    }

    /// Has the visit's card sign a use, an issue or a merge with the cloud's nonce.
    pub(crate) async fn sign(
        self: &Arc<Self>,
        visit: &HeldVisit,
        &Signed { key, parts, becomes }: &Signed<'_>,
        pin: TypedPin,
    ) -> Result<CardSignature, Failure> {
        let held = visit.residents_card()?.clone();
        let request = RequestUseNonceRequest { key, visit: visit.token.to_string() };
        let RequestUseNonceAnswer { nonce, .. } = self.ask("request_use_nonce", &request).await?;
        let mut nonce_bytes = [0; 32];
        hex::decode_to_slice(&nonce, &mut nonce_bytes).map_err(|_| Failure::of(ErrorCode::CloudFailed))?;
        let parts: Vec<_> =
            parts.iter().map(|part| Part { currency: part.currency, points: part.points }).collect();
        let terminal = self.terminal()?.registered.terminal;
        let training = self.parts.training;
        let proof = UseProof { nonce: nonce_bytes, terminal, key, parts: &parts, becomes, training };
        let digest = proof.digest();
        let card::CardSignature { certificate, signature } = self
            .at_card(move |running| {
                let driver = &running.parts.drivers.card;
                driver.sign(&held.reader, &held.name, &pin, &digest).map_err(|fault| told_of_place(&fault))
            })
            .await?;
        Ok(CardSignature { nonce, certificate: hex::encode(certificate), signature: hex::encode(signature) })
    }
}

/// The window's PIN as a card's driver takes it.
pub(crate) fn typed(pin: &window::TypedPin) -> TypedPin {
    TypedPin { digits: pin.digits.0.as_str().into(), last_try_agreed: pin.last_try_agreed }
}

/// After the card was read it may have been given back.
fn told_of_place(fault: &CardFault) -> Failure {
    match fault {
        CardFault::NoCard => Failure::of(ErrorCode::CardAbsent),
        other => told(other),
    }
}
