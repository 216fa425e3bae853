//! Signing in and locking: what clerks do at the terminals of the city that wants the password, and what
//! must hold whatever goes wrong meanwhile.

use super::bookkeeper::Objection;
use super::clerk::Call;
use super::tally::Happening;
use super::world::World;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::{SignInState, TypedSignIn};
use std::sync::Arc;

/// Out of a hundred clerks before a screen that wants the password, so many type it; the others try what
/// they should not be able to do.
const TYPE_IT: usize = 80;
/// Out of a hundred passwords, so many are typed wrong.
const TYPED_WRONG: usize = 15;
/// How often a clerk tries on a good line before it must have worked.
const TRIES: usize = 5;
/// Longer than a wrong password slows the next one after that many tries, in milliseconds.
const SLOWED_MS: i64 = 900_000;

impl World {
    /// The clerk of a terminal types the password where its screen wants it, before anything else; most do.
    pub(super) async fn signs_in_first(&mut self, terminal: usize) -> Result<(), Objection> {
        if self.clerks[terminal].wants_password() && self.chance.percent(TYPE_IT) {
            self.press_sign_in(terminal);
            self.settle().await?;
        }
        Ok(())
    }

    /// The clerk types the password, not always the right one.
    pub(super) fn press_sign_in(&mut self, terminal: usize) {
        let is_wrong = self.mishaps > 0 && self.chance.percent(TYPED_WRONG);
        let password = if is_wrong { "wrong2345" } else { self.town.terminals[terminal].password };
        let typed = TypedSignIn { password: password.to_owned(), staff_name: String::new() };
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else { return };
        self.note(&format!("terminal {terminal}: types the password"));
        let clerk = &mut self.clerks[terminal];
        // From here on either may be found at the next start.
        clerk.has_locked = false;
        clerk.calls.push(Call::SignIn(tokio::spawn(async move { counter.sign_in(typed).await })));
    }

    /// The clerk leaves the counter.
    pub(super) fn press_lock(&mut self, terminal: usize) {
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else { return };
        self.note(&format!("terminal {terminal}: presses the lock"));
        let clerk = &mut self.clerks[terminal];
        clerk.shown = None;
        clerk.calls.push(Call::Lock(tokio::spawn(async move { counter.lock().await })));
    }

    /// The terminal says where signing in stands. What was locked stays so until somebody types.
    pub(super) fn see_sign_in(&mut self, terminal: usize, state: SignInState) -> Result<(), Objection> {
        self.note(&format!("terminal {terminal}: sign-in {state:?}"));
        let clerk = &mut self.clerks[terminal];
        let is_a_start = clerk.sign_in.replace(state).is_none();
        match state {
            SignInState::SignedIn if clerk.has_locked => {
                return Err(format!(
                    "terminal {terminal} was locked and is open, and nobody typed the password"
                ));
            }
            SignInState::Locked if clerk.has_locked && is_a_start => self.tally.count(Happening::StillLocked),
            SignInState::Needed => self.tally.count(Happening::PasswordWanted),
            SignInState::NotNeeded | SignInState::Locked | SignInState::SignedIn => {}
        }
        Ok(())
    }

    /// A lock has been answered.
    pub(super) fn see_locked(&mut self, terminal: usize, answered: Result<(), Failure>) {
        let clerk = &mut self.clerks[terminal];
        match answered {
            Ok(()) if clerk.sign_in == Some(SignInState::Locked) => {
                // Somebody may have typed before this answer was heard: then it may open again.
                clerk.has_locked = !clerk.calls.iter().any(|call| matches!(call, Call::SignIn(_)));
                self.happens(Happening::Locked, &format!("terminal {terminal}"));
            }
            Ok(()) => self.note(&format!("terminal {terminal}: there was nothing to lock")),
            Err(failure) => self.note(&format!("terminal {terminal}: not locked: {:?}", failure.code)),
        }
    }

    /// A sign-in has been answered.
    pub(super) fn see_signed_in(&mut self, terminal: usize, answered: Result<(), Failure>) {
        match answered {
            Ok(()) => self.happens(Happening::SignedIn, &format!("terminal {terminal}")),
            Err(failure) => {
                let code = failure.code;
                self.happens(Happening::NotSignedIn, &format!("terminal {terminal}: {code:?}"));
            }
        }
    }

    /// Nobody presses what moves points on a screen that wants the password.
    pub(super) fn works_unlocked(&self, terminal: usize) -> Result<(), Objection> {
        if self.clerks[terminal].wants_password() {
            return Err(format!("terminal {terminal} sends an operation while it wants the password"));
        }
        Ok(())
    }

    /// On a good line everybody can sign in, whatever went before.
    pub(super) async fn sign_in_all(&mut self) -> Result<(), Objection> {
        for terminal in 0..self.pcs.len() {
            for _ in 0..TRIES {
                if self.clerks[terminal].wants_password() {
                    self.pass(SLOWED_MS);
                    self.press_sign_in(terminal);
                    self.settle().await?;
                }
            }
            if self.clerks[terminal].wants_password() {
                return Err(format!("nobody can sign in at terminal {terminal} any more"));
            }
        }
        Ok(())
    }
}
