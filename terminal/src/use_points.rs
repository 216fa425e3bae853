//! `use_points`: points of the visit are used, once or not at all (row D1).

use crate::carry_out::Request;
use crate::entropy::{Entropy, random};
use crate::journal::NamedCurrency;
use crate::running::Running;
use crate::visit::HeldVisit;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{CardSignature, OperationKind, UsePart, UsePointsRequest};
use madoguchi_wire::window::{LastOperation, UsePointsArguments, VisitPart};
use std::sync::Arc;

impl Running {
    /// Uses points. What is wrong before anything is written down or sent is a failure; what becomes
    /// of it afterwards is the answer.
    pub(crate) async fn use_points(
        self: &Arc<Self>,
        arguments: UsePointsArguments,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let visit = self.held_visit(arguments.visit)?;
        visit.residents_card()?;
        let parts = checked(&visit, &arguments.parts)?;
        let points = total(&parts)?;
        // Without a session nothing is written down: the clerk hears at once that the cloud is away.
        self.token().await?;
        self.send_use(&visit, self.new_key()?, parts, points, None).await
    }

    /// Writes a use down and sends it.
    pub(crate) async fn send_use(
        self: &Arc<Self>,
        visit: &HeldVisit,
        key: OperationKey,
        parts: Vec<UsePart>,
        points: Points,
        signature: Option<CardSignature>,
    ) -> Result<LastOperation, Failure> {
        let mut intent = self.begun(key, OperationKind::Use, points.get());
        intent.masked_mykey_id.clone_from(&visit.masked_mykey_id);
        intent.currencies = named(visit, &parts);
        intent.signature.clone_from(&signature);
        let request = UsePointsRequest { key, visit: visit.token.to_string(), parts, signature };
        self.carry_out(intent, Request::Use(request)).await
    }

    /// A key for a new operation.
    pub(crate) fn new_key(&self) -> Result<OperationKey, Failure> {
        new_key(&*self.parts.entropy, self.parts.clock.now_ms())
    }
}

fn new_key(entropy: &dyn Entropy, now_ms: i64) -> Result<OperationKey, Failure> {
    let random = random(entropy).map_err(|_| Failure::of(ErrorCode::Unforeseen))?;
    Ok(OperationKey::new(u64::try_from(now_ms).unwrap_or(0), &random))
}

/// What was typed, as amounts. Lines left empty are no part of the use; each currency stands once.
pub(crate) fn checked(visit: &HeldVisit, typed: &[VisitPart]) -> Result<Vec<UsePart>, Failure> {
    let mut parts: Vec<UsePart> = Vec::new();
    for VisitPart { currency, typed } in typed.iter().filter(|part| !part.typed.trim().is_empty()) {
        let points = Points::typed(typed).map_err(|_| Failure::of(ErrorCode::AmountInvalid))?;
        if !visit.offers(*currency) {
            let name = format!("{}-{}", currency.book, currency.number.0);
            return Err(Failure::with(ErrorCode::NotUsableHere, &[("currency", name.into())]));
        }
        if parts.iter().any(|part| part.currency == *currency) {
            return Err(Failure::of(ErrorCode::AmountInvalid));
        }
        parts.push(UsePart { currency: *currency, points });
    }
    Ok(parts)
}

/// The sum; a use of nothing is none.
pub(crate) fn total(parts: &[UsePart]) -> Result<Points, Failure> {
    let (first, others) = parts.split_first().ok_or_else(|| Failure::of(ErrorCode::AmountInvalid))?;
    others
        .iter()
        .try_fold(first.points, |sum, part| sum.checked_add(part.points))
        .ok_or_else(|| Failure::of(ErrorCode::AmountInvalid))
}

/// The names of what is used, as they stood on the screen.
pub(crate) fn named(visit: &HeldVisit, parts: &[UsePart]) -> Vec<NamedCurrency> {
    let is_used = |named: &&NamedCurrency| parts.iter().any(|part| part.currency == named.currency);
    visit.currencies.iter().filter(is_used).cloned().collect()
}
