//! `register_service_id`: a number for the card that lies on the reader, at this terminal's ID provider.
//!
//! Where no answer came, it is asked again under the same key, by itself and when the clerk presses again:
//! the cloud registers it once. A card that has left is registered nothing any more: another may lie there.

use crate::look_up_service_id::HeldServiceId;
use crate::running::{Running, lock};
use crate::session::Unanswered;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{RegisterServiceIdAnswer, RegisterServiceIdRequest};
use madoguchi_wire::window::{RegisterServiceIdArguments, ServiceIdRegistered, TypedNumber};
use std::sync::Arc;
use std::time::Duration;

/// How long the line has to come back before it is asked again.
const PAUSE: Duration = Duration::from_secs(1);
/// How often it is asked before the clerk is told that no answer came.
const TIMES: u32 = 3;

impl Running {
    /// Reads a customer number as typed or scanned.
    pub(crate) fn check_customer_number(typed: &TypedNumber) -> Result<TypedNumber, Failure> {
        read(&typed.number).map(|number| TypedNumber { number: number.into() })
    }

    /// Registers a number for the card of a visit.
    pub(crate) async fn register_service_id(
        self: &Arc<Self>,
        arguments: RegisterServiceIdArguments,
    ) -> Result<ServiceIdRegistered, Failure> {
        let RegisterServiceIdArguments { visit, number, replaces } = arguments;
        let number = read(&number)?;
        let replaces = replaces.as_deref().map(read).transpose()?;
        let held = self.held_service_id(visit)?;
        let request = self.request_to_register(&held, number, replaces)?;
        let answer = self.ask_until_answered(&request).await?;
        *lock(&self.unanswered_registration) = None;
        match answer {
            RegisterServiceIdAnswer::Registered { registered } => {
                self.registered(visit, &registered.number);
                let number = registered.number.into();
                Ok(ServiceIdRegistered { provider_name: held.provider_name, number })
            }
            RegisterServiceIdAnswer::NotAsShown { .. } => Err(Failure::of(ErrorCode::ServiceIdNotAsShown)),
            RegisterServiceIdAnswer::SomebodyElses => Err(Failure::of(ErrorCode::CustomerNumberTaken)),
        }
    }

    /// The request that had no answer, if this is the same again; else a new one, for a card that lies there.
    fn request_to_register(
        &self,
        held: &HeldServiceId,
        number: CustomerNumber,
        replaces: Option<CustomerNumber>,
    ) -> Result<RegisterServiceIdRequest, Failure> {
        let mut unanswered = lock(&self.unanswered_registration);
        let is_same = |request: &RegisterServiceIdRequest| {
            request.visit == *held.token && request.number == number && request.replaces == replaces
        };
        if let Some(request) = unanswered.as_ref().filter(|request| is_same(request)) {
            return Ok(request.clone());
        }
        if held.card_left {
            return Err(Failure::of(ErrorCode::CardAbsent));
        }
        let request = RegisterServiceIdRequest {
            key: self.new_key()?,
            visit: held.token.to_string(),
            number,
            replaces,
        };
        *unanswered = Some(request.clone());
        Ok(request)
    }

    async fn ask_until_answered(
        self: &Arc<Self>,
        request: &RegisterServiceIdRequest,
    ) -> Result<RegisterServiceIdAnswer, Failure> {
        for time in 1..=TIMES {
            let fault = match self.ask("register_service_id", request).await {
                Ok(answer) => return Ok(answer),
                Err(Unanswered::Fault(fault)) if fault.leaves_it_open() => fault,
                Err(unanswered) => {
                    // The cloud, or this program, said no: nothing is under way under this key.
                    *lock(&self.unanswered_registration) = None;
                    return Err(unanswered.into());
                }
            };
            tracing::warn!(key = %request.key, time, %fault, "no answer to a registration");
            if time < TIMES {
                self.parts.clock.sleep(PAUSE).await;
            }
        }
        Err(Failure::of(ErrorCode::ServiceIdUnanswered))
    }

    /// What is registered now is what a correction replaces.
    fn registered(&self, visit: u32, number: &CustomerNumber) {
        if let Some(held) = lock(&self.service_id).as_mut().filter(|held| held.number == visit) {
            held.registered = Some(number.clone());
        }
    }
}

fn read(typed: &str) -> Result<CustomerNumber, Failure> {
    CustomerNumber::parse(typed).map_err(|_| Failure::of(ErrorCode::CustomerNumberInvalid))
}
