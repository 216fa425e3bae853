//! A member's IDs: one more, another in the place of a wrong one, one that ends, and what became of them.

use crate::failure::told;
use crate::member::{enrolled, id_typed};
use crate::shop::{Open, Shop, Working};
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_street::books::{IdEvent, IdKind, IdNotChanged, MemberNumber};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{
    AddedMemberId, CorrectedMemberId, MemberId, MemberIdChange, MemberIdEvent, MemberIdKind, MemberIdNamed,
    StreetMember,
};

impl Shop {
    /// `add_member_id`.
    pub async fn add_member_id(&self, added: AddedMemberId) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let id = id_typed(&added.id.id)?;
            let kind = match added.id.kind {
                MemberIdKind::PointId => IdKind::PointId,
                MemberIdKind::MykeyId => IdKind::MykeyId,
                MemberIdKind::Card => IdKind::Card,
            };
            open.add_id(working, added.member, kind, &id)
        })
        .await
    }

    /// `correct_member_id`.
    pub async fn correct_member_id(&self, asked: CorrectedMemberId) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let right = id_typed(&asked.right)?;
            let (member, wrong) = shown_as(open, working, &asked.wrong)?;
            let corrected = working.books.correct_id(member, &wrong, &right, open.now_ms());
            corrected.map_err(|fault| told(&fault))?.map_err(not_changed)?;
            open.member_of(working, member.get())
        })
        .await
    }

    /// `remove_member_id`.
    pub async fn remove_member_id(&self, asked: MemberIdNamed) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let (member, id) = shown_as(open, working, &asked)?;
            let removed = working.books.remove_id(member, &id, open.now_ms());
            removed.map_err(|fault| told(&fault))?.map_err(not_changed)?;
            open.member_of(working, member.get())
        })
        .await
    }
}

impl Open {
    /// One more ID for a member.
    pub(crate) fn add_id(
        &self,
        working: &Working,
        member: i64,
        kind: IdKind,
        id: &StreetPointId,
    ) -> Result<StreetMember, Failure> {
        let member = enrolled(working, member)?.number;
        let added = working.books.add_id(member, kind, id, self.now_ms()).map_err(|fault| told(&fault))?;
        added.map_err(|_| Failure::of(ErrorCode::MemberIdTaken))?;
        self.member_of(working, member.get())
    }
}

/// What became of a member's IDs, newest first.
pub(crate) fn changes(
    open: &Open,
    working: &Working,
    member: MemberNumber,
) -> Result<Vec<MemberIdChange>, Failure> {
    let changes = working.books.id_changes(member).map_err(|fault| told(&fault))?;
    let shown = |change: madoguchi_street::books::IdChange| MemberIdChange {
        event: match change.event {
            IdEvent::Added => MemberIdEvent::Added,
            IdEvent::Removed => MemberIdEvent::Removed,
        },
        id: open.id_shown(change.kind, &change.id),
        at_ms: change.at_ms,
    };
    Ok(changes.into_iter().map(shown).collect())
}

/// The one ID of a member that is shown like this. A MyKey ID is shown in part: two that look alike are neither.
fn shown_as(
    open: &Open,
    working: &Working,
    MemberIdNamed { member, id }: &MemberIdNamed,
) -> Result<(MemberNumber, StreetPointId), Failure> {
    let member = enrolled(working, *member)?;
    let looks_so = |shown: &MemberId| shown == id;
    let mut alike = member.ids.iter().filter(|known| looks_so(&open.id_shown(known.kind, &known.id)));
    match (alike.next(), alike.next()) {
        (Some(known), None) => Ok((member.number, known.id.clone())),
        _ => Err(Failure::of(ErrorCode::MemberIdChanged)),
    }
}

fn not_changed(why: IdNotChanged) -> Failure {
    Failure::of(match why {
        IdNotChanged::NotTheirs => ErrorCode::MemberIdChanged,
        IdNotChanged::OnlyOne => ErrorCode::MemberIdStays,
        IdNotChanged::Taken => ErrorCode::MemberIdTaken,
    })
}
