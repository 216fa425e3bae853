//! What a clerk of an ID provider does: look a number up, register one.

use super::reply::Reply;
use super::resident::Resident;
use super::terminal::{Terminal, a_key};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::terminal_api::{LookUpServiceIdAnswer, RegisterServiceIdAnswer};
use serde_json::{Value, json};

impl Terminal {
    pub(crate) async fn looks_up_service_id(&self, resident: &Resident) -> Reply {
        self.post("look_up_service_id", &resident.card()).await
    }

    pub(crate) async fn looks_up_mykey_id(&self, resident: &Resident) -> Reply {
        self.post("look_up_mykey_id", &resident.card()).await
    }

    pub(crate) async fn service_id_visit(&self, resident: &Resident) -> LookUpServiceIdAnswer {
        self.looks_up_service_id(resident).await.ok()
    }

    /// The number it is shown for a card.
    pub(crate) async fn number_of(&self, resident: &Resident) -> Option<String> {
        self.service_id_visit(resident).await.registered.map(|registered| registered.number.into())
    }

    /// `library.registers_number("123").for_the(&hanako).await`
    pub(crate) fn registers_number(&self, number: &str) -> Registration<'_> {
        Registration { terminal: self, key: a_key(), number: number.to_owned(), replaces: None, visit: None }
    }
}

/// A registration about to be asked for.
#[derive(Clone)]
pub(crate) struct Registration<'a> {
    terminal: &'a Terminal,
    key: OperationKey,
    number: String,
    replaces: Option<String>,
    visit: Option<String>,
}

impl Registration<'_> {
    pub(crate) fn under(self, key: OperationKey) -> Self {
        Self { key, ..self }
    }

    pub(crate) fn in_place_of(self, number: &str) -> Self {
        Self { replaces: Some(number.to_owned()), ..self }
    }

    /// By a visit opened before.
    pub(crate) fn during(self, visit: &LookUpServiceIdAnswer) -> Self {
        Self { visit: Some(visit.visit.clone()), ..self }
    }

    pub(crate) fn request(&self, visit: &str) -> Value {
        let mut request = json!({ "key": self.key, "visit": visit, "number": self.number });
        if let Some(replaces) = &self.replaces {
            request["replaces"] = json!(replaces);
        }
        request
    }

    /// Puts the card on, unless a visit was opened before, and registers.
    pub(crate) async fn asked_for(&self, resident: &Resident) -> Reply {
        let visit = match &self.visit {
            Some(visit) => visit.clone(),
            None => self.terminal.service_id_visit(resident).await.visit,
        };
        self.terminal.post("register_service_id", &self.request(&visit)).await
    }

    pub(crate) async fn for_the(&self, resident: &Resident) -> Outcome {
        Outcome::of(self.asked_for(resident).await.ok())
    }
}

/// What became of a registration, by its numbers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Registered(String),
    NotAsShown(Option<String>),
    SomebodyElses,
}

impl Outcome {
    fn of(answer: RegisterServiceIdAnswer) -> Self {
        match answer {
            RegisterServiceIdAnswer::Registered { registered } => Self::Registered(registered.number.into()),
            RegisterServiceIdAnswer::NotAsShown { registered } => {
                Self::NotAsShown(registered.map(|registered| registered.number.into()))
            }
            RegisterServiceIdAnswer::SomebodyElses => Self::SomebodyElses,
        }
    }
}

/// `Registered("123")`, without the `String`.
pub(crate) fn registered(number: &str) -> Outcome {
    Outcome::Registered(number.to_owned())
}

pub(crate) fn not_as_shown(number: &str) -> Outcome {
    Outcome::NotAsShown(Some(number.to_owned()))
}
