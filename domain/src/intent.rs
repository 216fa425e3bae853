//! The intent: one operation at a terminal, from the click to its known fate.
//!
//! Belongs here: which states an intent goes through, what is to be done next. Does not: doing it.
//! Source: docs/ledger.md, "Exactly once". The rule behind every row: once a message may have
//! left, nobody says "it did not happen" but the cloud, asked with `resolve_operation`, which makes
//! the key void by being asked. An answer with status 200 is final wherever it comes from.
//!
//! ```text
//!            begun            answer
//! written ─────────▶ sent ──────────────▶ done | refused | not done
//!                     │ 401        ▲ answer        ▲
//!                     ├──▶ signing in ─▶ sent again│
//!                     │ none, or not remembered    │ answer
//!                     └──────────▶ resolving ──────┘
//!                                   │  ▲ back-off over, or asked by the clerk
//!                                   ▼  │
//!                                unanswered
//! ```

/// Where an intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntentState {
    /// It stands in the journal; nothing has left the terminal.
    Written,
    /// It has left, once; the answer is awaited.
    Sent,
    /// The cloud wanted a new session first; it is being opened.
    SigningIn,
    /// It has left again, under the same key, in the new session.
    SentAgain,
    /// What became of it is being asked.
    Resolving,
    /// What became of it could not be learned; it is asked again after a while.
    Unanswered,
    /// It took place. Final.
    Done,
    /// The cloud refused it for a reason. Final.
    Refused,
    /// It never took place and never will. Final.
    NotDone,
}

/// What happened to an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntentEvent {
    /// The journal holds it durably; it may leave.
    Begun,
    /// The cloud says: it took place.
    AnsweredDone,
    /// The cloud says: refused.
    AnsweredRefused,
    /// The cloud says: void, it was asked for before it arrived.
    AnsweredAbandoned,
    /// The cloud does not know the session (any more).
    SessionEnded,
    /// A new session is open.
    SignedIn,
    /// No session could be opened.
    SignInFailed,
    /// The cloud answered, but does not remember that it did: busy, too many, malformed, failed.
    NotRemembered,
    /// No answer: the line was cut, or time ran out.
    NoAnswer,
    /// The time before asking again is over, or the clerk asks.
    AskAgain,
    /// The program starts and finds the intent in its journal.
    Restarted,
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntentEffect {
    /// Send the operation under its key.
    Send,
    /// Open a new session.
    SignIn,
    /// Ask what became of the key.
    Resolve,
    /// Wait a while, then ask.
    Wait,
    /// Write the fate into the journal, then tell it.
    Settle,
    /// Nothing: the event says nothing new here.
    Ignore,
}

impl IntentState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Written,
        Self::Sent,
        Self::SigningIn,
        Self::SentAgain,
        Self::Resolving,
        Self::Unanswered,
        Self::Done,
        Self::Refused,
        Self::NotDone,
    ];

    /// Whether its fate is known; nothing changes it any more.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Done | Self::Refused | Self::NotDone => true,
            Self::Written
            | Self::Sent
            | Self::SigningIn
            | Self::SentAgain
            | Self::Resolving
            | Self::Unanswered => false,
        }
    }
}

impl IntentEvent {
    /// Every event.
    pub const ALL: [Self; 11] = [
        Self::Begun,
        Self::AnsweredDone,
        Self::AnsweredRefused,
        Self::AnsweredAbandoned,
        Self::SessionEnded,
        Self::SignedIn,
        Self::SignInFailed,
        Self::NotRemembered,
        Self::NoAnswer,
        Self::AskAgain,
        Self::Restarted,
    ];
}

/// The next state and what is to be done.
#[allow(clippy::match_same_arms, clippy::unnested_or_patterns)] // one arm per arrow of the picture above
pub const fn step(state: IntentState, event: IntentEvent) -> (IntentState, IntentEffect) {
    use IntentEvent as On;
    use IntentState as S;
    match (state, event) {
        (S::Done | S::Refused | S::NotDone, _) => (state, IntentEffect::Ignore),
        (_, On::Restarted) => (S::Resolving, IntentEffect::Resolve),
        (S::Written, On::Begun) => (S::Sent, IntentEffect::Send),
        (S::Written, _) => (state, IntentEffect::Ignore),
        (_, On::AnsweredDone) => (S::Done, IntentEffect::Settle),
        (_, On::AnsweredRefused) => (S::Refused, IntentEffect::Settle),
        (_, On::AnsweredAbandoned) => (S::NotDone, IntentEffect::Settle),
        (S::Sent, On::SessionEnded) => (S::SigningIn, IntentEffect::SignIn),
        (S::SigningIn, On::SignedIn) => (S::SentAgain, IntentEffect::Send),
        (S::Sent | S::SigningIn | S::SentAgain, On::SignInFailed) => (S::Unanswered, IntentEffect::Wait),
        (S::Sent | S::SentAgain, On::NotRemembered | On::NoAnswer) => (S::Resolving, IntentEffect::Resolve),
        (S::SentAgain, On::SessionEnded) => (S::Resolving, IntentEffect::Resolve),
        (S::Resolving, On::SessionEnded | On::SignInFailed | On::NotRemembered | On::NoAnswer) => {
            (S::Unanswered, IntentEffect::Wait)
        }
        (S::Unanswered, On::AskAgain) => (S::Resolving, IntentEffect::Resolve),
        (S::Sent | S::SentAgain, On::Begun | On::SignedIn | On::AskAgain)
        | (S::SigningIn, On::Begun | On::SessionEnded | On::NotRemembered | On::NoAnswer | On::AskAgain)
        | (S::Resolving, On::Begun | On::SignedIn | On::AskAgain)
        | (
            S::Unanswered,
            On::Begun | On::SessionEnded | On::SignedIn | On::SignInFailed | On::NotRemembered | On::NoAnswer,
        ) => (state, IntentEffect::Ignore),
    }
}

#[cfg(test)]
mod tests;
