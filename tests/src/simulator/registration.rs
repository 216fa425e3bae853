//! Registering a terminal: what its clerk types, and what must never be said to them.

use super::bookkeeper::Objection;
use super::clerk::Call;
use super::tally::Happening;
use super::town::Terminal;
use super::world::World;
use madoguchi_terminal::Counter;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{Contact, TerminalProfile};
use madoguchi_wire::window::{BeginRegistration, RegisterTerminal};
use std::sync::Arc;

/// How often a clerk tries on a good line before it must have worked.
const TRIES: usize = 5;

/// 画面 9 and 画面 10, as they are filled in from the sheet.
pub async fn register(counter: Arc<Counter>, sheet: Terminal) -> Result<TerminalProfile, Failure> {
    let typed = BeginRegistration { terminal: sheet.id.to_string(), password: sheet.password.to_owned() };
    let contact = Contact {
        staff_name: "見本 花子".into(),
        shop_name: "見本商店".into(),
        postal_code: "2100007".into(),
        address: "川崎市川崎区見本1-1".into(),
        phone: "044-000-0000".into(),
        mail: "shop@example.jp".into(),
        id_provider: None,
    };
    counter.begin_registration(typed).await?;
    counter.register_terminal(RegisterTerminal { contact }).await
}

impl World {
    /// The clerk of a terminal that is not registered fills in its screens.
    pub(super) fn press_register(&mut self, terminal: usize) {
        let is_asking = |call: &Call| matches!(call, Call::Register(_));
        if self.clerks[terminal].calls.iter().any(is_asking) {
            // Nothing else is on that screen.
            return;
        }
        let sheet = self.town.terminals[terminal].clone();
        if let Some(counter) = self.pcs[terminal].counter() {
            let call = tokio::spawn(register(Arc::clone(counter), sheet));
            self.clerks[terminal].calls.push(Call::Register(call));
            self.note(&format!("terminal {terminal}: is being registered"));
        }
    }

    /// A terminal has answered its clerk. Nobody else has this password, so nobody else can have
    /// registered it.
    pub(super) fn see_registration(
        &mut self,
        terminal: usize,
        answered: Result<TerminalProfile, Failure>,
    ) -> Result<(), Objection> {
        match answered {
            Ok(profile) if profile.terminal == self.town.terminals[terminal].id => {
                self.clerks[terminal].is_unregistered = false;
                self.happens(Happening::Registered, &format!("terminal {terminal}"));
                Ok(())
            }
            Ok(profile) => Err(format!("terminal {terminal} is registered as {}", profile.terminal)),
            Err(failure) => match failure.code {
                ErrorCode::AlreadyRegistered | ErrorCode::FingerprintTaken | ErrorCode::WrongPassword => {
                    Err(format!("terminal {terminal} cannot be registered any more: {:?}", failure.code))
                }
                code => {
                    self.happens(Happening::NotRegisteredYet, &format!("terminal {terminal}: {code:?}"));
                    Ok(())
                }
            },
        }
    }

    /// On a good line every terminal can be registered, whatever went before.
    pub(super) async fn register_all(&mut self) -> Result<(), Objection> {
        for terminal in 0..self.pcs.len() {
            for _ in 0..TRIES {
                if self.clerks[terminal].is_unregistered {
                    self.press_register(terminal);
                    self.settle().await?;
                }
            }
            if self.clerks[terminal].is_unregistered {
                return Err(format!("terminal {terminal} is still not registered"));
            }
        }
        Ok(())
    }
}
