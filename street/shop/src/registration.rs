//! What was typed when the PC was registered, checked; showing and changing it later.

use crate::failure::told;
use crate::password;
use crate::shop::{Open, Shop, Working, lock};
use crate::store::{self, KeptRegistration};
use madoguchi_desk::words::contact_field;
use madoguchi_domain::contact::ContactDetails;
use madoguchi_domain::digits::to_ascii_digits;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::Contact;
use madoguchi_wire::window::street::{NewStreetPassword, StreetCounter};
use zeroize::Zeroizing;

/// Characters.
const LONGEST_NAME: usize = 40;

impl Shop {
    /// `show_street_contact`.
    pub async fn show_street_contact(&self) -> Result<Contact, Failure> {
        self.for_the_clerk(|_, working| Ok(lock(&working.registered).kept.contact.clone())).await
    }

    /// `change_street_contact`.
    pub async fn change_street_contact(&self, contact: Contact) -> Result<StreetCounter, Failure> {
        self.for_the_clerk(move |open, working| {
            let contact = contact_as_typed(contact)?;
            open.keep_anew(working, |kept| KeptRegistration { contact, ..kept })?;
            open.shown()
        })
        .await
    }

    /// `change_street_password`. A wrong one before is slowed like any other wrong one.
    pub async fn change_street_password(&self, asked: NewStreetPassword) -> Result<(), Failure> {
        self.for_the_clerk(move |open, working| {
            let NewStreetPassword { before, password } = asked;
            let (before, new) = (Zeroizing::new(before), password::chosen(&Zeroizing::new(password))?);
            open.check_password(working, &before)?;
            let hash = password::hash(&new)?;
            open.keep_anew(working, |kept| KeptRegistration { password: hash, ..kept })
        })
        .await
    }
}

impl Open {
    fn keep_anew(
        &self,
        working: &Working,
        change: impl FnOnce(KeptRegistration) -> KeptRegistration,
    ) -> Result<(), Failure> {
        let mut registered = lock(&working.registered);
        let kept = change(registered.kept.clone());
        let anew = store::keep_anew(&working.store, &*self.parts.entropy, &registered, kept);
        *registered = anew.map_err(|fault| told(&fault))?;
        Ok(())
    }
}

/// 商店街識別: six digits, full-width ones too.
pub(crate) fn street_number(typed: &str) -> Result<IdProviderId, Failure> {
    let invalid = |_| Failure::of(ErrorCode::StreetNumberInvalid);
    IdProviderId::parse(to_ascii_digits(typed).trim()).map_err(invalid)
}

/// 商店街名.
pub(crate) fn street_name(typed: &str) -> Result<String, Failure> {
    let name = typed.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Failure::of(ErrorCode::StreetNameMissing)) }
}

/// 連絡先 without an ID provider: the street is one.
pub(crate) fn contact_as_typed(contact: Contact) -> Result<Contact, Failure> {
    let Contact { staff_name, shop_name, postal_code, address, phone, mail, .. } = &contact;
    let details = ContactDetails { staff_name, shop_name, postal_code, address, phone, mail };
    match details.wrong_field() {
        None => Ok(Contact { id_provider: None, ..contact }),
        Some(field) => Err(Failure::with(ErrorCode::ContactIncomplete, &[("field", contact_field(field))])),
    }
}
