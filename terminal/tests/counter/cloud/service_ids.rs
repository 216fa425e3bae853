//! What the cloud in memory does for an ID provider.

use super::{NOW_MS, Reply, reply};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::service_id::{Asked, Verdict, decide};
use madoguchi_wire::terminal_api::{
    LookUpServiceIdAnswer, LookUpServiceIdRequest, RegisterServiceIdAnswer, RegisterServiceIdRequest,
    RegisteredServiceId,
};
use std::collections::{HashMap, HashSet};

/// The provider's book: numbers by the serials of cards.
#[derive(Default)]
pub(crate) struct ServiceIds {
    numbers: HashMap<String, CustomerNumber>,
    done: HashSet<OperationKey>,
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

    pub(super) fn look_up(&self, request: &LookUpServiceIdRequest) -> Reply {
        reply(&LookUpServiceIdAnswer {
            // The visit of this cloud says whose it is.
            visit: request.serial.clone(),
            expires_at_ms: NOW_MS + 300_000,
            provider_name: "川崎市立図書館".into(),
            registered: self.numbers.get(&request.serial).map(registered),
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
