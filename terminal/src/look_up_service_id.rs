//! `look_up_service_id`: issuer and serial of a card become the number of this terminal's ID provider.

use crate::running::{Running, lock};
use crate::visit::VisitCard;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{LookUpServiceIdAnswer, LookUpServiceIdRequest};
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
        }
    }
}

impl Running {
    /// Asks the cloud what the card is at this terminal's ID provider.
    pub(crate) async fn look_up_service_id(
        self: &Arc<Self>,
        number: u32,
        card: VisitCard,
    ) -> Result<HeldServiceId, Failure> {
        let name = card.name;
        let request = LookUpServiceIdRequest { issuer: hex::encode(&name.issuer_der), serial: name.serial };
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
