//! Who asks: with the key, the scope in which a request has the effect of one.

use super::account::PartnerId;
use crate::person::PersonId;
use crate::terminal::TerminalId;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Who asks for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// A terminal at a counter.
    Terminal(TerminalId),
    /// A resident in my page.
    Resident(PersonId),
    /// A partner company's system.
    Partner(PartnerId),
    /// The cloud itself.
    Job(Job),
}

/// What the cloud does by itself, or on its operator's command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Books what has passed its last day.
    Lapse,
    /// A command of the operator at the cloud's own command line.
    Command,
}

impl Job {
    const fn code(self) -> &'static str {
        match self {
            Self::Lapse => "lapse",
            Self::Command => "command",
        }
    }
}

/// The text names no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an actor")]
pub struct NotAnActor;

impl Actor {
    /// Reads what [`fmt::Display`] wrote: `terminal:12004431`, `job:lapse`.
    pub fn parse(text: &str) -> Result<Self, NotAnActor> {
        let (kind, who) = text.split_once(':').ok_or(NotAnActor)?;
        match kind {
            "terminal" => TerminalId::parse(who).map(Self::Terminal).map_err(|_| NotAnActor),
            "resident" => Uuid::try_parse(who).map(|id| Self::Resident(PersonId(id))).map_err(|_| NotAnActor),
            "partner" => who.parse().map(|id| Self::Partner(PartnerId(id))).map_err(|_| NotAnActor),
            "job" => [Job::Lapse, Job::Command]
                .into_iter()
                .find(|job| job.code() == who)
                .map(Self::Job)
                .ok_or(NotAnActor),
            _ => Err(NotAnActor),
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Terminal(id) => write!(f, "terminal:{id}"),
            Self::Resident(person) => write!(f, "resident:{}", person.0),
            Self::Partner(id) => write!(f, "partner:{}", id.0),
            Self::Job(job) => write!(f, "job:{}", job.code()),
        }
    }
}

impl TryFrom<String> for Actor {
    type Error = NotAnActor;
    fn try_from(text: String) -> Result<Self, NotAnActor> {
        Self::parse(&text)
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_read_back_as_it_was_written() {
        let actors = [
            TerminalId::from_number(12_004_431).map_or(Actor::Job(Job::Lapse), Actor::Terminal),
            Actor::Resident(PersonId(Uuid::from_u128(7))),
            Actor::Partner(PartnerId(3)),
            Actor::Job(Job::Lapse),
            Actor::Job(Job::Command),
        ];
        for actor in actors {
            assert_eq!(Actor::parse(&actor.to_string()), Ok(actor));
        }
        assert_eq!(Actor::parse("terminal:12"), Err(NotAnActor));
        assert_eq!(Actor::parse("nobody"), Err(NotAnActor));
    }
}
