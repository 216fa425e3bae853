//! Address notices (row C6): the signing certificate of the visit's card is read after its password, and the
//! wish is written down in the cloud; or it ends.
//!
//! The card may have left meanwhile and lie there again: the driver shows no other card than the visit's the
//! password. Neither the certificate's name nor the password stays here.

use crate::card_fault::told_of_signing;
use crate::look_up_service_id::HeldServiceId;
use crate::running::{Running, lock};
use madoguchi_port::fault::CardFault;
use madoguchi_port::resident_card::TypedPassword;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    AddressNotice, SetAddressNoticeAnswer, SetAddressNoticeRequest, SigningCertificate,
};
use madoguchi_wire::window::{AskAddressNoticeArguments, SigningTries};
use std::sync::Arc;

impl Running {
    /// How often the signing password of the visit's card can still be tried, before it is asked for.
    pub(crate) async fn begin_address_notice(self: &Arc<Self>, visit: u32) -> Result<SigningTries, Failure> {
        let card = self.offering_notices(visit)?.card;
        self.at_card(move |running| {
            let driver = &running.parts.drivers.card;
            let identified = driver.identify(&card.reader).map_err(|fault| told_of_signing(&fault))?;
            if identified != card.name {
                return Err(told_of_signing(&CardFault::OtherCard));
            }
            match driver.signing_tries_left(&card.reader).map_err(|fault| told_of_signing(&fault))? {
                0 => Err(told_of_signing(&CardFault::PinLocked)),
                left => Ok(SigningTries { left }),
            }
        })
        .await
    }

    /// Reads the signing certificate of the visit's card and writes the wish down.
    pub(crate) async fn ask_address_notice(
        self: &Arc<Self>,
        arguments: AskAddressNoticeArguments,
    ) -> Result<AddressNotice, Failure> {
        let AskAddressNoticeArguments { visit, password } = arguments;
        let held = self.offering_notices(visit)?;
        let typed = TypedPassword {
            characters: password.characters.0.as_str().into(),
            last_try_agreed: password.last_try_agreed,
        };
        let card = held.card;
        let signing = self
            .at_card(move |running| {
                let driver = &running.parts.drivers.card;
                driver
                    .signing_certificate(&card.reader, &card.name, &typed)
                    .map_err(|fault| told_of_signing(&fault))
            })
            .await?;
        let signing = SigningCertificate { issuer: hex::encode(&signing.issuer_der), serial: signing.serial };
        self.set_address_notice(visit, held.token.to_string(), Some(signing)).await
    }

    /// Ends the wish of the visit's person.
    pub(crate) async fn stop_address_notice(self: &Arc<Self>, visit: u32) -> Result<AddressNotice, Failure> {
        let held = self.offering_notices(visit)?;
        self.set_address_notice(visit, held.token.to_string(), None).await
    }

    async fn set_address_notice(
        self: &Arc<Self>,
        number: u32,
        visit: String,
        signing: Option<SigningCertificate>,
    ) -> Result<AddressNotice, Failure> {
        let request = SetAddressNoticeRequest { visit, signing };
        let answer: SetAddressNoticeAnswer = self.ask("set_address_notice", &request).await?;
        if let Some(held) = lock(&self.service_id).as_mut().filter(|held| held.number == number) {
            held.address_notice = answer.address_notice;
        }
        Ok(answer.address_notice)
    }

    fn offering_notices(&self, visit: u32) -> Result<HeldServiceId, Failure> {
        let held = self.held_service_id(visit)?;
        match held.address_notice {
            AddressNotice::NotOffered => Err(Failure::of(ErrorCode::FunctionNotAllowed)),
            _ => Ok(held),
        }
    }
}
