//! `look_up_service_id`: issuer and serial of a card become the number of this terminal's ID provider.

use crate::place::Standing;
use crate::running::{Running, lock};
use crate::visit::VisitCard;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    AddressNotice, LookUpServiceIdAnswer, LookUpServiceIdRequest, OwnIdProvider,
};
use madoguchi_wire::window::ServiceIdFound;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// The longest a visit is kept, whatever the cloud's answer says (docs/security.md 3).
const LONGEST: Duration = Duration::from_mins(5);

/// What a card is at this terminal's ID provider, kept while it is on the screen.
#[derive(Clone)]
pub(crate) struct HeldServiceId {
    /// The visit's number.
    pub(crate) number: u32,
    /// The cloud's token of it.
    pub(crate) token: Zeroizing<String>,
    /// The provider's name.
    pub(crate) provider_name: String,
    /// What is registered.
    pub(crate) registered: Option<CustomerNumber>,
    /// How it stands with the person's address notice (row C6).
    pub(crate) address_notice: AddressNotice,
    /// The card; no other one hears a signing password.
    pub(crate) card: VisitCard,
    /// The card has left its reader since: nothing is registered for it any more.
    pub(crate) card_left: bool,
    /// How long it lasts from when it was opened.
    pub(crate) lasts: Duration,
}

impl HeldServiceId {
    /// As the window shows it.
    pub(crate) fn shown(&self) -> ServiceIdFound {
        ServiceIdFound {
            visit: self.number,
            provider_name: self.provider_name.clone(),
            number: self.registered.clone().map(String::from),
            address_notice: self.address_notice,
        }
    }
}

impl Running {
    /// The ID provider this terminal works for, as the cloud last told it.
    pub(crate) fn own_id_provider(&self) -> Option<OwnIdProvider> {
        match &*lock(&self.standing) {
            Standing::Registered { profile: Some(profile), .. } => profile.id_provider.clone(),
            _ => None,
        }
    }

    /// Asks the cloud what the card is at this terminal's ID provider.
    pub(crate) async fn look_up_service_id(
        self: &Arc<Self>,
        number: u32,
        card: VisitCard,
    ) -> Result<HeldServiceId, Failure> {
        let name = &card.name;
        let (issuer, serial) = (hex::encode(&name.issuer_der), name.serial.clone());
        let request = LookUpServiceIdRequest { issuer, serial };
        let answer: LookUpServiceIdAnswer = self.ask("look_up_service_id", &request).await?;
        let lasts = self.cloud_now_ms().map_or(LONGEST, |now_ms| {
            let left_ms = u64::try_from(answer.expires_at_ms.saturating_sub(now_ms)).unwrap_or(0);
            Duration::from_millis(left_ms).min(LONGEST)
        });
        Ok(HeldServiceId {
            number,
            token: Zeroizing::new(answer.visit),
            provider_name: answer.provider_name,
            registered: answer.registered.map(|registered| registered.number),
            address_notice: answer.address_notice,
            card,
            card_left: false,
            lasts,
        })
    }

    /// What the visit of this number found; every other is stale.
    pub(crate) fn held_service_id(&self, number: u32) -> Result<HeldServiceId, Failure> {
        lock(&self.service_id)
            .clone()
            .filter(|held| held.number == number)
            .ok_or_else(|| Failure::of(ErrorCode::VisitExpired))
    }

    /// The card whose service ID is shown has left its reader.
    pub(crate) fn card_of_service_id_left(&self) {
        if let Some(held) = &mut *lock(&self.service_id) {
            held.card_left = true;
        }
    }
}
