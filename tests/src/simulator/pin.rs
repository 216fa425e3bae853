//! Uses above the limits: the resident types the PIN, and the card signs this very use with a nonce of the cloud's
//! (row D5). What the cloud handed out is noted as whoever sits on the line hears it.

use super::acts::all_typed;
use super::bookkeeper::Objection;
use super::clerk::{Call, Pressed, Typed};
use super::line::Letter;
use super::tally::Happening;
use super::town::LIMIT_PER_DAY;
use super::world::World;
use madoguchi_terminal::cloud::Reply;
use madoguchi_wire::terminal_api::RequestUseNonceAnswer;
use madoguchi_wire::window::{PinDigits, TypedPin, UsePointsWithPinArguments, VisitNamed};

/// Of every card of the town.
const PIN: &str = "1234";
/// Of none.
const ANOTHER_PIN: &str = "4321";
/// More than a day's uses without PIN may take.
const MOST_SIGNED: i64 = 3 * LIMIT_PER_DAY;

impl World {
    /// The clerk types amounts, the resident the PIN, which is not always the right one.
    pub(super) fn press_use_with_pin(&mut self, terminal: usize) {
        let Some(shown) = self.clerks[terminal].shown.clone() else { return };
        let parts = self.choose_parts(&shown.visit, MOST_SIGNED);
        let is_wrong = self.chance.percent(12);
        let (digits, typed, happening) = if is_wrong {
            (ANOTHER_PIN, Typed::WrongPin, Happening::TypedWrongPin)
        } else {
            (PIN, Typed::Pin, Happening::UsedWithPin)
        };
        self.happens(happening, &format!("terminal {terminal}: presses use of {parts:?} with PIN"));
        let visit = shown.visit.visit;
        let pin = TypedPin { digits: PinDigits(digits.to_owned().into()), last_try_agreed: true };
        let arguments = UsePointsWithPinArguments { visit, parts: all_typed(&parts), pin };
        self.call(terminal, |counter| Call::Operation {
            pressed: Pressed::Use { person: shown.person, parts, pin: typed },
            visit: Some(visit),
            sent: false,
            call: tokio::spawn(async move {
                counter.begin_pin(VisitNamed { visit }).await?;
                counter.use_points_with_pin(arguments).await
            }),
        });
    }

    /// Takes note of a nonce that the cloud has handed out.
    pub(super) fn note_nonce(&mut self, letter: &Letter, reply: &Reply) -> Result<(), Objection> {
        let answer: RequestUseNonceAnswer =
            serde_json::from_slice(&reply.body).map_err(|error| format!("a nonce's answer: {error}"))?;
        let key = letter.key().ok_or("a nonce for no key")?;
        let scope = self.scope(letter.from, &key);
        self.bookkeeper.hear_nonce(scope, answer.nonce, answer.expires_at_ms, self.time.cloud_ms());
        Ok(())
    }
}
