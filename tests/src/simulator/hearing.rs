//! Hearing: what goes over the line and what the terminals say is taken down and held against the books.

use super::bookkeeper::{Asked, AskedUse, Objection, Scope};
use super::clerk::{Call, Pressed, Seen, Shown, Typed};
use super::line::Letter;
use super::tally::Happening;
use super::world::World;
use madoguchi_wire::terminal_api::{OperationKind, UsePart};
use madoguchi_wire::window::{CardState, LastOperation, Notice, OperationState, Place};

impl World {
    /// Hears what terminals send, as whoever sits on the line.
    pub(super) fn overhear(&mut self) -> Result<(), Objection> {
        for letter in self.bag.unread() {
            let Some(key) = letter.key() else { continue };
            let scope = self.scope(letter.from, &key);
            match letter.route {
                "use_points" => self.overhear_use(&letter, &scope)?,
                "void_use" => self.overhear_void(&letter, &scope)?,
                "clear_ticket" => {
                    self.overhear_clearing(&letter, &key)?;
                    continue;
                }
                "unclear_ticket" => {
                    self.overhear_taking_back(&letter, &key)?;
                    continue;
                }
                "resolve_operation" => {
                    self.bookkeeper.hear_resolve(scope);
                    continue;
                }
                _ => continue,
            }
            self.testimony.sends(letter.from, &self.scope(letter.from, &key))?;
        }
        Ok(())
    }

    fn overhear_use(&mut self, letter: &Letter, scope: &Scope) -> Result<(), Objection> {
        let parts = letter.field("parts").and_then(|parts| serde_json::from_value(parts).ok());
        let parts: Vec<UsePart> = parts.ok_or("a use without parts is sent")?;
        let parts: Vec<_> = parts.into_iter().map(|part| (part.currency, part.points.get())).collect();
        let visit = letter.field("visit").and_then(|visit| visit.as_str().map(str::to_owned));
        let opened = visit.and_then(|token| self.opened.get(&token)).ok_or("a use of no visit is sent")?;
        let asked = AskedUse {
            terminal: letter.from,
            person: opened.person,
            parts: parts.clone(),
            visit_ends_ms: opened.ends_ms,
            signed_nonce: signed_nonce(letter)?,
        };
        let pin = if asked.signed_nonce.is_some() { Typed::Pin } else { Typed::NoPin };
        if opened.terminal != letter.from {
            return Err(format!("terminal {} uses a visit of terminal {}", letter.from, opened.terminal));
        }
        let person = opened.person;
        if !self.bookkeeper.is_asked(scope) {
            self.works_unlocked(letter.from)?;
            let press = self.clerks[letter.from].pressed(&Pressed::Use { person, parts, pin }, &scope.1);
            let visit = press.ok_or_else(|| format!("nobody pressed for what is sent: {asked:?}"))?;
            self.served_once(letter.from, visit)?;
        }
        self.bookkeeper.hear(scope.clone(), Asked::Use(asked))
    }

    /// A visit leads to one use at most, unless that was refused or never took place.
    fn served_once(&mut self, terminal: usize, visit: Option<u32>) -> Result<(), Objection> {
        match visit {
            Some(visit) if self.served.contains(&(terminal, visit)) => {
                Err(format!("visit {visit} of terminal {terminal} has led to a use and leads to another"))
            }
            _ => Ok(()),
        }
    }

    fn overhear_void(&mut self, letter: &Letter, scope: &Scope) -> Result<(), Objection> {
        let of = letter.field("voids").and_then(|voids| voids.as_str().map(str::to_owned));
        let of = of.ok_or("a void of nothing is sent")?;
        if !self.bookkeeper.is_asked(scope) {
            self.works_unlocked(letter.from)?;
            let press = self.clerks[letter.from].pressed(&Pressed::Void { of: of.clone() }, &scope.1);
            press.ok_or_else(|| format!("nobody pressed for the void of {of}"))?;
        }
        self.bookkeeper.hear(scope.clone(), Asked::Void { terminal: letter.from, of })
    }

    /// Hears what the terminals tell without being asked.
    pub(super) fn hear_notices(&mut self) -> Result<(), Objection> {
        for terminal in 0..self.pcs.len() {
            while let Some(notice) = self.pcs[terminal].next_notice() {
                match notice {
                    Notice::Card(state) => self.see_card(terminal, state)?,
                    Notice::LastOperation(operation) => self.told(terminal, &operation)?,
                    Notice::Place(place) => {
                        self.clerks[terminal].is_unregistered = place == Place::Unregistered;
                    }
                    Notice::SignIn(sign_in) => self.see_sign_in(terminal, sign_in.state)?,
                    Notice::Scan(told) => self.told_of_scan(terminal, &told.scan)?,
                    Notice::Devices(_) | Notice::CardLies(_) | Notice::Merges(_) => {}
                }
            }
        }
        Ok(())
    }

    /// Hears the answers to what clerks did, and finds programs that have started.
    pub(super) async fn listen(&mut self) -> Result<(), Objection> {
        for terminal in 0..self.pcs.len() {
            if self.pcs[terminal].has_started().await {
                self.note(&format!("terminal {terminal}: the program is there"));
                self.clerks[terminal].looks_at_the_screen(&self.pcs[terminal]);
            }
            for call in self.clerks[terminal].answered() {
                self.hear_answer(terminal, call).await?;
            }
        }
        Ok(())
    }

    async fn hear_answer(&mut self, terminal: usize, call: Call) -> Result<(), Objection> {
        if self.pcs[terminal].power().is_gone() {
            // The screen is dark.
            return Ok(());
        }
        match call {
            Call::Operation { pressed, call, sent, .. } => match call.await {
                Ok(Ok(operation)) => {
                    self.note(&format!("terminal {terminal}: {pressed:?} is answered"));
                    self.told(terminal, &operation)?;
                }
                Ok(Err(failure)) if sent => {
                    return Err(format!("terminal {terminal} sent {pressed:?} and says {:?}", failure.code));
                }
                Ok(Err(failure)) => {
                    self.note(&format!("terminal {terminal}: {pressed:?}: {:?}", failure.code));
                }
                Err(error) => return Err(format!("terminal {terminal} fell over {pressed:?}: {error}")),
            },
            Call::Start(call) => match call.await {
                Ok(Ok(counter)) => {
                    self.clerks[terminal].is_unregistered = counter.place == Place::Unregistered;
                    self.see_sign_in(terminal, counter.sign_in.state)?;
                    self.see_start(terminal, counter.last_operation.as_ref())?;
                }
                other => return Err(format!("terminal {terminal} does not open: {other:?}")),
            },
            Call::Register(call) => match call.await {
                Ok(answered) => self.see_registration(terminal, answered)?,
                Err(error) => return Err(format!("terminal {terminal} fell over its registration: {error}")),
            },
            Call::List(call) => match call.await {
                Ok(Ok(list)) => self.see_list(terminal, &list)?,
                Ok(Err(failure)) => self.note(&format!("terminal {terminal}: no list: {:?}", failure.code)),
                Err(error) => return Err(format!("terminal {terminal} fell over its list: {error}")),
            },
            Call::Statement(call) => match call.await {
                Ok(Ok(statement)) => self.see_statement(terminal, &statement)?,
                Ok(Err(failure)) => {
                    self.note(&format!("terminal {terminal}: no statement: {:?}", failure.code));
                }
                Err(error) => return Err(format!("terminal {terminal} fell over its statement: {error}")),
            },
            Call::Acknowledge { key, call } => match call.await {
                Ok(Ok(())) => self.testimony.acknowledges(terminal, key),
                Ok(Err(failure)) => self.note(&format!("terminal {terminal}: {:?}", failure.code)),
                Err(error) => return Err(format!("terminal {terminal} fell over: {error}")),
            },
            Call::SignIn(call) => match call.await {
                Ok(answered) => self.see_signed_in(terminal, answered),
                Err(error) => return Err(format!("terminal {terminal} fell over its sign-in: {error}")),
            },
            Call::Lock(call) => match call.await {
                Ok(answered) => self.see_locked(terminal, answered),
                Err(error) => return Err(format!("terminal {terminal} fell over its lock: {error}")),
            },
            Call::OpenPile { .. } | Call::Scan { .. } | Call::TakeBack(_) | Call::FinishPile(_) => {
                return self.hear_answer_of_a_pile(terminal, call).await;
            }
            Call::Other(call) => {
                if let Err(error) = call.await {
                    return Err(format!("terminal {terminal} fell over: {error}"));
                }
            }
        }
        Ok(())
    }

    fn see_start(&mut self, terminal: usize, last: Option<&LastOperation>) -> Result<(), Objection> {
        self.read_books(true)?;
        self.testimony.starts(terminal, last, &self.bookkeeper, &self.town)?;
        if let Some(last) = last {
            self.happens(Happening::FoundAtStart, &format!("terminal {terminal}: {}", in_a_word(last)));
        }
        Ok(())
    }

    /// A clerk is told what became of an operation.
    fn told(&mut self, terminal: usize, operation: &LastOperation) -> Result<(), Objection> {
        let happening = match (&operation.state, operation.kind) {
            (OperationState::Checking, _) => Happening::ToldChecking,
            (OperationState::Done { .. }, OperationKind::Use) => Happening::ToldUsed,
            (OperationState::Done { .. }, _) => Happening::ToldVoided,
            (OperationState::Refused { .. }, _) => Happening::ToldRefused,
            (OperationState::NotDone, _) => Happening::ToldNotDone,
        };
        self.happens(happening, &format!("terminal {terminal}: {}", in_a_word(operation)));
        self.read_books(true)?;
        self.testimony.hear(terminal, operation, &self.bookkeeper, &self.town)?;
        self.clerks[terminal].last = Some(operation.clone());
        if happening == Happening::ToldUsed
            && let Some(visit) = self.clerks[terminal].visit_of(&operation.key.to_string())
        {
            self.served.insert((terminal, visit));
        }
        Ok(())
    }

    fn see_card(&mut self, terminal: usize, state: CardState) -> Result<(), Objection> {
        let seen = Seen::of(&state);
        // Whether a card that lay there at a start is told before or after somebody listens is up to
        // the thread that follows the reader.
        if seen != Seen::Lying {
            self.note(&format!("terminal {terminal}: card {seen:?}"));
        }
        if let CardState::Read { visit } = state {
            self.tally.count(Happening::ToldBalance);
            let newest = self.newest.get(&terminal).cloned();
            let newest =
                newest.ok_or_else(|| format!("terminal {terminal} shows balances nobody looked up"))?;
            let clerk = &mut self.clerks[terminal];
            if clerk.card_of != Some(newest.person) {
                return Err(format!(
                    "terminal {terminal} shows {:?} for the card of {:?}",
                    newest.person, clerk.card_of
                ));
            }
            let shown: Vec<_> = visit
                .accounts
                .iter()
                .map(|account| {
                    let days = account.by_last_day.iter().map(|part| (part.last_day, part.points)).collect();
                    (account.currency, days)
                })
                .collect();
            if visit.left_today != newest.left_today {
                return Err(format!(
                    "terminal {terminal} shows {} left today where there are {}",
                    visit.left_today, newest.left_today
                ));
            }
            if shown != newest.usable {
                return Err(format!(
                    "terminal {terminal} shows {shown:?} where there is {:?}",
                    newest.usable
                ));
            }
            clerk.shown = Some(Shown { visit, person: newest.person, ends_ms: newest.ends_ms });
        }
        Ok(())
    }
}

/// The nonce that a use was signed with, if the card signed it.
fn signed_nonce(letter: &Letter) -> Result<Option<String>, Objection> {
    let Some(signature) = letter.field("signature").filter(|signature| !signature.is_null()) else {
        return Ok(None);
    };
    let nonce = signature["nonce"].as_str().ok_or("a signature without a nonce is sent")?;
    Ok(Some(nonce.to_owned()))
}

fn in_a_word(operation: &LastOperation) -> String {
    let state = match &operation.state {
        OperationState::Checking => "checking".to_owned(),
        OperationState::Done { number, .. } => format!("done as {number}"),
        OperationState::Refused { failure } => format!("refused: {:?}", failure.code),
        OperationState::NotDone => "did not take place".to_owned(),
    };
    format!("{:?} of {} points {state}", operation.kind, operation.points)
}
