//! `look_up_points`: issuer and serial of a card become a visit with balances.

use crate::running::Running;
use crate::visit::{HeldVisit, ShownCard, VisitCard};
use madoguchi_domain::ticket::last_days;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{LookUpPointsAnswer, LookUpPointsRequest};
use madoguchi_wire::window::{Period, Visit};
use std::sync::Arc;
use std::time::Duration;

/// The longest a visit is kept, whatever the cloud's answer says (docs/security.md 3).
const LONGEST: Duration = Duration::from_mins(5);

impl Running {
    /// Asks the cloud who the card belongs to here.
    pub(crate) async fn look_up_points(
        self: &Arc<Self>,
        number: u32,
        card: VisitCard,
    ) -> Result<(HeldVisit, Visit), Failure> {
        self.signed_in()?;
        let name = &card.name;
        let request =
            LookUpPointsRequest { issuer: hex::encode(&name.issuer_der), serial: name.serial.clone() };
        let answer: LookUpPointsAnswer = self.ask("look_up_points", &request).await?;
        self.visit_of(number, ShownCard::Residents(card), answer)
    }

    /// The cloud's answer to a look-up, as kept here and as shown.
    pub(crate) fn visit_of(
        &self,
        number: u32,
        card: ShownCard,
        answer: LookUpPointsAnswer,
    ) -> Result<(HeldVisit, Visit), Failure> {
        if answer.accounts.is_empty() {
            return Err(Failure::of(ErrorCode::CloudFailed));
        }
        let lasts = self.cloud_now_ms().map_or(LONGEST, |now_ms| {
            let left_ms = u64::try_from(answer.expires_at_ms.saturating_sub(now_ms)).unwrap_or(0);
            Duration::from_millis(left_ms).min(LONGEST)
        });
        let days = last_days(self.today());
        let ticket_days = Period { from: *days.start(), to: *days.end() };
        Ok(HeldVisit::split(number, card, answer, lasts, ticket_days))
    }
}
