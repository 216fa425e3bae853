//! What the cloud in memory does for an ID provider.

use super::{NOW_MS, Reply, reply};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::service_id::{Asked, Verdict, decide};
use madoguchi_wire::terminal_api::{
    AddressNotice, LookUpServiceIdAnswer, LookUpServiceIdRequest, RegisterServiceIdAnswer,
    RegisterServiceIdRequest, RegisteredServiceId, SetAddressNoticeAnswer, SetAddressNoticeRequest,
};
use std::collections::{HashMap, HashSet};

/// The provider's book: numbers by the serials of cards.
#[derive(Default)]
pub(crate) struct ServiceIds {
    numbers: HashMap<String, CustomerNumber>,
    done: HashSet<OperationKey>,
    /// It offers address notices.
    pub(crate) offers_notices: bool,
    /// Who wishes for one: the signing certificates' serials by those of the cards.
    notices: HashMap<String, String>,
    /// Signing certificates that have lapsed.
    pub(crate) lapsed: HashSet<String>,
    /// How often a number was registered.
    pub(crate) registrations: u32,
}

fn registered(number: &CustomerNumber) -> RegisteredServiceId {
    RegisteredServiceId { number: number.clone(), from_ms: NOW_MS }
}

impl ServiceIds {
    /// Another counter of the provider registers a number for a card.
    pub(crate) fn has(&mut self, serial: &str, number: &str) {
        self.numbers.insert(serial.to_owned(), CustomerNumber::parse(number).unwrap());
    }

    pub(crate) fn of(&self, serial: &str) -> Option<&str> {
        self.numbers.get(serial).map(CustomerNumber::expose)
    }

    /// The signing certificate that is kept of a card's owner.
    pub(crate) fn noticed_by(&self, serial: &str) -> Option<&str> {
        self.notices.get(serial).map(String::as_str)
    }

    fn notice(&self, serial: &str) -> AddressNotice {
        match (self.offers_notices, self.notices.get(serial)) {
            (false, _) => AddressNotice::NotOffered,
            (true, None) => AddressNotice::NotWanted,
            (true, Some(signing)) if self.lapsed.contains(signing) => AddressNotice::CheckAddress,
            (true, Some(_)) => AddressNotice::Wanted,
        }
    }

    pub(super) fn set_notice(&mut self, request: &SetAddressNoticeRequest) -> Reply {
        let SetAddressNoticeRequest { visit: serial, signing } = request;
        match signing {
            Some(signing) => self.notices.insert(serial.clone(), signing.serial.clone()),
            None => self.notices.remove(serial),
        };
        reply(&SetAddressNoticeAnswer { address_notice: self.notice(serial) })
    }

    pub(super) fn look_up(&self, request: &LookUpServiceIdRequest) -> Reply {
        reply(&LookUpServiceIdAnswer {
            // The visit of this cloud says whose it is.
            visit: request.serial.clone(),
            expires_at_ms: NOW_MS + 300_000,
            provider_name: "川崎市立図書館".into(),
            registered: self.numbers.get(&request.serial).map(registered),
            address_notice: self.notice(&request.serial),
        })
    }

    pub(super) fn register(&mut self, request: &RegisterServiceIdRequest) -> Reply {
        let RegisterServiceIdRequest { key, visit: serial, number, replaces } = request;
        let standing = self.numbers.get(serial);
        if self.done.contains(key) && standing == Some(number) {
            return reply(&RegisterServiceIdAnswer::Registered { registered: registered(number) });
        }
        let asked = Asked {
            number,
            shown: replaces.as_ref(),
            standing,
            is_somebody_elses: self.numbers.iter().any(|(holder, held)| held == number && holder != serial),
        };
        let answer = match decide(&asked) {
            Verdict::Register => {
                self.done.insert(*key);
                self.registrations += 1;
                self.numbers.insert(serial.clone(), number.clone());
                RegisterServiceIdAnswer::Registered { registered: registered(number) }
            }
            Verdict::Stands => RegisterServiceIdAnswer::Registered { registered: registered(number) },
            Verdict::NotAsShown => {
                RegisterServiceIdAnswer::NotAsShown { registered: standing.map(registered) }
            }
            Verdict::SomebodyElses => RegisterServiceIdAnswer::SomebodyElses,
        };
        reply(&answer)
    }
}
