//! The signature of a use, a ticket's issue or a merge: read from the request, then held against nonce, visit,
//! card and chain (docs/security.md 2).

use super::problem::Declined;
use crate::cloud::Cloud;
use crate::identity::card_proof::AuthCertificate;
use crate::identity::certificate::{self, CertificateRow};
use crate::identity::use_nonce::{self, UseNonce, VisitHash};
use crate::identity::visit::{ShownCard, Visit};
use madoguchi_domain::ledger::{IdentifiedBy, Part, Refusal};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{CardSignature, UsePart};

/// A signature out of its hex digits.
pub(super) struct SignedUse {
    pub(super) nonce: [u8; 32],
    pub(super) certificate_der: Vec<u8>,
    pub(super) signature: Vec<u8>,
    certificate: AuthCertificate,
}

/// What a card is said to have signed.
pub(super) struct Said<'r> {
    /// The operation's key.
    pub(super) key: OperationKey,
    /// The visit, as the terminal carries it.
    pub(super) visit: &'r str,
    /// The amounts, in the request's order.
    pub(super) parts: &'r [UsePart],
    /// What the points become.
    pub(super) becomes: Becomes,
}

impl SignedUse {
    /// Reads it. What is no signature at all is malformed, and nothing is remembered of it.
    pub(super) fn read(sent: &CardSignature) -> Result<Self, Declined> {
        let malformed = || Declined::field(ErrorCode::Malformed, "signature");
        let mut nonce = [0; 32];
        hex::decode_to_slice(&sent.nonce, &mut nonce).map_err(|_| malformed())?;
        let certificate_der = hex::decode(&sent.certificate).map_err(|_| malformed())?;
        let signature = hex::decode(&sent.signature).map_err(|_| malformed())?;
        let certificate = AuthCertificate::parse(&certificate_der).map_err(|_| malformed())?;
        Ok(Self { nonce, certificate_der, signature, certificate })
    }

    /// How the person is known by it, or why it proves nothing; the reason is the key's answer.
    pub(super) async fn check(
        &self,
        cloud: &Cloud,
        visit: &Visit,
        said: &Said<'_>,
        now_ms: i64,
    ) -> Result<Result<IdentifiedBy, Refusal>, Declined> {
        let (terminal, key, name) = (visit.terminal, said.key, self.certificate.name().clone());
        let (nonce, card) = cloud
            .database
            .read(move |read| {
                Ok::<_, Declined>((use_nonce::find(read, terminal, key)?, certificate::find(read, &name)?))
            })
            .await?;
        Ok(self
            .check_nonce(nonce, VisitHash::of(said.visit), now_ms)
            .and_then(|()| self.check_card(cloud, card, visit, now_ms))
            .and_then(|()| self.check_signature(cloud.training, visit, said))
            .map(|()| IdentifiedBy::Signature))
    }

    fn check_nonce(
        &self,
        handed_out: Option<UseNonce>,
        visit: VisitHash,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let nonce = handed_out
            .filter(|nonce| nonce.nonce == self.nonce && nonce.visit == visit)
            .ok_or(Refusal::NonceVoid)?;
        if nonce.expires_at_ms <= now_ms { Err(Refusal::NonceExpired) } else { Ok(()) }
    }

    fn check_card(
        &self,
        cloud: &Cloud,
        card: Option<CertificateRow>,
        visit: &Visit,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let card =
            card.filter(|card| ShownCard::Certificate(card.id) == visit.card).ok_or(Refusal::OtherCard)?;
        if !card.is_valid_at(now_ms) || !self.certificate.is_valid_at(now_ms) {
            return Err(Refusal::CardExpired);
        }
        if self.certificate.is_issued_by_one_of(&cloud.trust_anchors, now_ms) {
            Ok(())
        } else {
            Err(Refusal::CardUntrusted)
        }
    }

    fn check_signature(&self, training: bool, visit: &Visit, said: &Said<'_>) -> Result<(), Refusal> {
        let parts: Vec<_> =
            said.parts.iter().map(|part| Part { currency: part.currency, points: part.points }).collect();
        let proof = UseProof {
            nonce: self.nonce,
            terminal: visit.terminal,
            key: said.key,
            parts: &parts,
            becomes: said.becomes,
            training,
        };
        if self.certificate.has_signed(&proof.bytes(), &self.signature) {
            Ok(())
        } else {
            Err(Refusal::SignatureWrong)
        }
    }
}
