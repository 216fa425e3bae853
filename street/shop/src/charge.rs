//! 電子マネーへのチャージ: `charge_card`.

use crate::act::points_typed;
use crate::failure::{not_done, told};
use crate::member::enrolled;
use crate::shop::Shop;
use madoguchi_street::counter::{Charged, charge};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{CardCharge, CardCharged, ChargeFate};

impl Shop {
    /// `charge_card`.
    pub async fn charge_card(&self, asked: CardCharge) -> Result<CardCharged, Failure> {
        self.for_the_clerk(move |open, working| {
            let no_device = || Failure::of(ErrorCode::StoredValueCardAbsent);
            let card = open.parts.stored_value.as_ref().ok_or_else(no_device)?;
            let member = enrolled(working, asked.member)?.number;
            let points = points_typed(&asked.points)?;
            let charged = charge(&working.books, &**card, asked.key, member, points, open.now_ms());
            let charged = charged.map_err(|fault| told(&fault))?.map_err(not_done)?;
            let (fate, done) = match charged {
                Charged::OnTheCard(done) => (ChargeFate::OnTheCard, done),
                Charged::Undone(done) => (ChargeFate::Undone, done),
                Charged::Unclear(done) => (ChargeFate::Unclear, done),
            };
            Ok(CardCharged { fate, posting: open.posting_of(working, done.posting)? })
        })
        .await
    }
}
