//! Terminals as the cloud sees them: the very actors of the cloud's own HTTP tests, not copies of them.
//!
//! A change of the terminal API is made there and reaches this load with it.

// They are written for tests, which may fail loudly, and know more verbs than this load has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "../../../../cloud/tests/http/actors/reply.rs"]
mod reply;
#[path = "../../../../cloud/tests/http/actors/resident.rs"]
mod resident;
#[path = "../../../../cloud/tests/http/actors/sample_card.rs"]
mod sample_card;
#[path = "../../../../cloud/tests/http/actors/terminal.rs"]
mod terminal;

/// What the terminals there know of their town.
mod town {
    use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
    use madoguchi_domain::issuer::BookCode;

    pub(crate) const PASSWORD: &str = "yaoya2345";

    pub(crate) fn kawasaki_points() -> CurrencyCode {
        CurrencyCode { book: BookCode::parse("141305").unwrap(), number: CurrencyNumber(1) }
    }
}

pub(super) use terminal::{Line, Terminal, a_key};
pub(super) use town::PASSWORD;
