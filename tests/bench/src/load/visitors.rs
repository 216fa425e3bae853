//! Who comes next: a resident at a terminal, with the visit that a look-up would have opened.
//!
//! The visits are sealed here with the cloud's own key, so that uses alone are measured.

use super::pile::Pile;
use crate::Trouble;
use crate::random::Random;
use crate::town::{Counter, Town, Where, currency, points_of_a_use, resident};
use clap::ValueEnum;
use hyper::Request;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use madoguchi_cloud::identity::visit::{ShownCard, Visit, VisitKey};
use madoguchi_cloud::keys::{KeyEncryptionKey, Purpose};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::terminal_api::{
    ClearTicketRequest, NamedTicket, TOKEN_SCHEME, UsePart, UsePointsRequest, route,
};
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Longer than any run.
const VISIT_MS: i64 = 60 * 60 * 1000;

/// What is asked of the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Route {
    /// A use, posted.
    Use,
    /// The same without posting.
    Echo,
    /// The same, posted in a transaction of its own by plain statements.
    Plain,
    /// A ticket of a pile, cleared.
    #[value(skip)]
    Clear,
}

impl Route {
    const fn name(self) -> &'static str {
        match self {
            Self::Use => "use_points",
            Self::Echo => "echo",
            Self::Plain => "plain",
            Self::Clear => "clear_ticket",
        }
    }
}

/// Residents on their way to terminals.
#[derive(Clone)]
pub(crate) struct Visitors {
    town: Town,
    key: Arc<VisitKey>,
    counters: Arc<[(TerminalId, HeaderValue)]>,
    random: Random,
    pile: Option<Pile>,
}

impl Visitors {
    /// Those of a town, at these terminals; `round` makes them others than in the round before.
    pub(crate) fn of(town: Town, place: Where, key_file: &Path, round: u64) -> Result<Self, Trouble> {
        let key = KeyEncryptionKey::load(None, Some(key_file))?;
        let counters = Counter::all(place).map(with_token).collect::<Result<_, _>>()?;
        let key = Arc::new(VisitKey::new(key.derive(Purpose::Visit)));
        Ok(Self { town, key, counters, random: Random::from_seed(round), pile: None })
    }

    /// The same with a pile of tickets at their counters.
    pub(crate) fn with(self, pile: &Pile) -> Self {
        Self { pile: Some(pile.clone()), ..self }
    }

    /// The share of one client.
    pub(super) fn of_client(&self, client: usize) -> Self {
        let mut random = self.random.clone();
        let seed = random.next() ^ Random::from_seed(client as u64).next();
        Self { random: Random::from_seed(seed), ..self.clone() }
    }

    /// The next request.
    pub(super) fn next(&mut self, asked: Route) -> Result<Request<String>, Trouble> {
        let now_ms = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
        let counter = self.random.below(u32::try_from(self.counters.len())?) as usize;
        let (terminal, authorization) = self.counters[counter].clone();
        let body = match asked {
            Route::Clear => self.clearing(now_ms)?,
            Route::Use | Route::Echo | Route::Plain => self.paying(terminal, now_ms)?,
        };
        Ok(Request::post(route(asked.name()))
            .header(HOST, HeaderValue::from_static("localhost"))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, authorization)
            .body(body)?)
    }

    fn paying(&mut self, terminal: TerminalId, now_ms: u64) -> Result<String, Trouble> {
        let visit = Visit {
            terminal,
            person: resident(self.random.below(self.town.residents)),
            card: ShownCard::Certificate(1),
            expires_at_ms: i64::try_from(now_ms)? + VISIT_MS,
        };
        let mut nonce = [0; 12];
        nonce[..10].copy_from_slice(&self.random.ten_bytes());
        let request = UsePointsRequest {
            key: OperationKey::new(now_ms, &self.random.ten_bytes()),
            visit: self.key.seal(&visit, nonce).ok_or("a visit could not be sealed")?,
            parts: vec![UsePart { currency: currency()?, points: points_of_a_use()? }],
            signature: None,
        };
        Ok(serde_json::to_string(&request)?)
    }

    fn clearing(&mut self, now_ms: u64) -> Result<String, Trouble> {
        let pile = self.pile.as_ref().ok_or("there is no pile of tickets")?;
        let request = ClearTicketRequest {
            key: OperationKey::new(now_ms, &self.random.ten_bytes()),
            ticket: NamedTicket::Code { code: pile.take()?.to_owned() },
            site: None,
            waited_ms: 0,
            scanned_at_ms: None,
        };
        Ok(serde_json::to_string(&request)?)
    }
}

fn with_token(counter: Counter) -> Result<(TerminalId, HeaderValue), Trouble> {
    let authorization = format!("{TOKEN_SCHEME}{}", hex::encode(counter.token()));
    Ok((counter.terminal()?, HeaderValue::try_from(authorization)?))
}
