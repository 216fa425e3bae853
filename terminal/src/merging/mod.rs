//! 商店街ポイント合算: municipal points become a shopping street's own, and the street's file lies in the folder
//! that was agreed on (rows F2–F4, F8, 画面 37–39).
//!
//! Belongs here: the merge, its file on the way to its folder, what still lies there, the street's answers. Does
//! not: what a file says (the cloud seals it, the street opens it), how a folder is written (the driver).
//! The folder is tried before the debit: a full disk, a share that is away or a folder without rights is told
//! while no point has moved. What goes wrong after the debit leaves a merge whose file is not put; it is laid
//! down once its folder takes it, which is tried once a minute, and whenever the clerk asks for it.

mod answers;
mod file;
mod past;
mod street_card;

pub(crate) use answers::Disproved;
pub(crate) use file::check;

use crate::carry_out::Request;
use crate::running::{Running, lock};
use crate::use_points::{checked, named};
use crate::use_points_with_pin::{Signed, typed};
use crate::visit::HeldVisit;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    CardSignature, ListMergeStreetsAnswer, ListMergeStreetsRequest, MergePointsRequest, MergeStreet,
    OperationKind, UsePart,
};
use madoguchi_wire::window::{
    LastOperation, MergePointsArguments, MergePointsWithPinArguments, MergeStreetShown, MergeStreets,
    VisitPart,
};
use std::sync::Arc;

/// A merge that can be asked for.
struct Merge {
    visit: HeldVisit,
    street: IdProviderId,
    part: UsePart,
}

impl Running {
    /// Into which streets the points of a visit can be merged here.
    pub(crate) async fn list_merge_streets(self: &Arc<Self>, visit: u32) -> Result<MergeStreets, Failure> {
        self.signed_in()?;
        let visit = self.held_visit(visit)?;
        let request = ListMergeStreetsRequest { visit: visit.token.to_string() };
        let answer: ListMergeStreetsAnswer = self.ask("list_merge_streets", &request).await?;
        let names = answer.streets.iter().map(|known| (known.street, known.name.clone())).collect();
        *lock(&self.street_names) = names;
        let shown = |known: MergeStreet| MergeStreetShown {
            has_folder: self.street_folder(known.street).is_some(),
            street: known.street,
            name: known.name,
            is_member: known.is_member,
        };
        Ok(MergeStreets { streets: answer.streets.into_iter().map(shown).collect() })
    }

    /// Merges points. Answers like [`Running::use_points`]; where it took place, the file is in its folder or
    /// the answer says why not.
    pub(crate) async fn merge_points(
        self: &Arc<Self>,
        arguments: MergePointsArguments,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let MergePointsArguments { visit, street, part } = arguments;
        let merge = self.checked_merge(visit, street, &part)?;
        self.street_folder_ready(street).await?;
        // Without a session nothing is written down: the clerk hears at once that the cloud is away.
        self.token().await?;
        self.send_merge(&merge, self.new_key()?, None).await
    }

    /// Merges points that the card signs for. Like [`Running::merge_points`] once it has signed.
    pub(crate) async fn merge_points_with_pin(
        self: &Arc<Self>,
        arguments: MergePointsWithPinArguments,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let MergePointsWithPinArguments { visit, street, part, pin } = arguments;
        let merge = self.checked_merge(visit, street, &part)?;
        if self.operation.is_taken() {
            return Err(Failure::of(ErrorCode::OperationUnresolved));
        }
        self.street_folder_ready(street).await?;
        let key = self.new_key()?;
        let signed = Signed { key, parts: &[merge.part], becomes: Becomes::StreetPoints(street) };
        let signature = self.sign(&merge.visit, &signed, typed(&pin)).await?;
        // The clerk may have gone on while the card worked.
        self.held_visit(visit)?;
        self.send_merge(&merge, key, Some(signature)).await
    }

    fn checked_merge(&self, visit: u32, street: IdProviderId, part: &VisitPart) -> Result<Merge, Failure> {
        let visit = self.held_visit(visit)?;
        let parts = checked(&visit, std::slice::from_ref(part))?;
        let [part] = parts[..] else { return Err(Failure::of(ErrorCode::AmountInvalid)) };
        Ok(Merge { visit, street, part })
    }

    async fn send_merge(
        self: &Arc<Self>,
        &Merge { ref visit, street, part }: &Merge,
        key: OperationKey,
        signature: Option<CardSignature>,
    ) -> Result<LastOperation, Failure> {
        let mut intent = self.begun(key, OperationKind::MergePoints, part.points.get());
        intent.masked_mykey_id.clone_from(&visit.masked_mykey_id);
        intent.currencies = named(visit, &[part]);
        intent.signature.clone_from(&signature);
        let request = MergePointsRequest { key, visit: visit.token.to_string(), street, part, signature };
        self.carry_out(intent, Request::MergePoints(request)).await
    }
}
