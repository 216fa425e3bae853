//! What clerks and residents do, at random.

use super::bookkeeper::Objection;
use super::clerk::{Call, Pressed, Typed};
use super::tally::Happening;
use super::town::{CardOf, FIRST_DAY, RESIDENTS, resident};
use super::world::World;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_terminal::Counter;
use madoguchi_wire::window::{
    CardExpectation, OperationNamed, OperationState, Period, UsePointsArguments, Visit, VisitPart,
};
use std::sync::Arc;

/// Something a clerk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Tap,
    Use,
    UseTwice,
    UseWithPin,
    UseNonsense,
    UseLate,
    Void,
    List,
    Statement,
    Resolve,
    Acknowledge,
    Leave,
    TakeCard,
    Print,
    Lock,
    Restart,
    CutPower,
    CutPowerSoon,
}

const ACTS: &[(usize, Act)] = &[
    (18, Act::Tap),
    (34, Act::Use),
    (5, Act::UseTwice),
    (9, Act::UseWithPin),
    (3, Act::UseNonsense),
    (4, Act::UseLate),
    (14, Act::Void),
    (3, Act::List),
    (3, Act::Statement),
    (3, Act::Resolve),
    (5, Act::Acknowledge),
    (3, Act::Leave),
    (4, Act::TakeCard),
    (5, Act::Print),
    (3, Act::Lock),
    (2, Act::Restart),
    (1, Act::CutPower),
    (5, Act::CutPowerSoon),
];

/// What a hand types that is no amount.
const NONSENSE: &[&str] = &["0", "-1", "1.5", "9223372036854775808", "abc", "", "10000000000"];
/// More than a use without PIN may take.
const MOST_USED: i64 = 1_000;
/// The most moments of writing that a failing power supply still holds.
const SOON: i64 = 8;
/// Longer than a visit, in milliseconds.
const TOO_LONG_MS: i64 = 301_000;

impl World {
    /// Somebody at a terminal does something.
    pub(super) async fn act(&mut self, terminal: usize) -> Result<(), Objection> {
        if self.pcs[terminal].is_off() {
            self.switch_on(terminal);
            return Ok(());
        }
        if self.pcs[terminal].counter().is_none() {
            return Ok(());
        }
        if self.clerks[terminal].is_unregistered {
            self.register_or_worse(terminal);
            return Ok(());
        }
        self.signs_in_first(terminal).await?;
        match self.chance.weighted(ACTS) {
            Act::Tap => self.tap(terminal).await?,
            Act::Use => {
                self.shows_balances(terminal).await?;
                self.press_use(terminal, 1);
            }
            Act::UseTwice => {
                self.shows_balances(terminal).await?;
                if self.press_use(terminal, 2) {
                    self.tally.count(Happening::PressedTwice);
                }
            }
            Act::UseWithPin => {
                self.shows_balances(terminal).await?;
                self.press_use_with_pin(terminal);
            }
            Act::UseNonsense => self.press_nonsense(terminal),
            Act::UseLate => {
                self.shows_balances(terminal).await?;
                if self.clerks[terminal].shown.is_some() {
                    self.use_late(terminal).await?;
                }
            }
            Act::Void => self.press_void(terminal),
            Act::List => self.call(terminal, |counter| {
                Call::List(tokio::spawn(async move { counter.list_operations().await }))
            }),
            Act::Statement => {
                let period = Period { from: FIRST_DAY, to: self.today() };
                self.call(terminal, |counter| {
                    Call::Statement(tokio::spawn(async move { counter.site_statement(period).await }))
                });
            }
            Act::Resolve => self.call(terminal, |counter| Call::Operation {
                pressed: Pressed::Resolve,
                visit: None,
                sent: false,
                call: tokio::spawn(async move { counter.resolve_last_operation().await }),
            }),
            Act::Acknowledge => self.press_acknowledge(terminal),
            Act::Leave => {
                self.clerks[terminal].shown = None;
                self.call(terminal, |counter| {
                    Call::Other(tokio::spawn(async move {
                        let _ = counter.leave_visit().await;
                    }))
                });
            }
            Act::TakeCard => drop(self.take_card(terminal).await?),
            Act::Print => self.press_print(terminal),
            Act::Lock => self.press_lock(terminal),
            Act::Restart => {
                self.happens(Happening::ProgramRestarted, &format!("terminal {terminal}"));
                self.close(terminal);
                self.switch_on(terminal);
            }
            Act::CutPower => {
                self.happens(Happening::PowerCutAtRest, &format!("terminal {terminal}"));
                self.cut_power(terminal);
            }
            Act::CutPowerSoon => {
                let moments = self.chance.between(0, SOON);
                self.pcs[terminal].power().goes_after(moments);
            }
        }
        Ok(())
    }

    /// A terminal that is not registered is being registered; sometimes its power is about to go.
    fn register_or_worse(&mut self, terminal: usize) {
        if self.mishaps > 0 && self.chance.percent(40) {
            let moments = self.chance.between(0, SOON);
            self.pcs[terminal].power().goes_after(moments);
        }
        self.press_register(terminal);
    }

    /// The same resident stands at every counter, and all clerks press at once.
    pub(super) async fn rush_hour(&mut self) -> Result<(), Objection> {
        let everybodys = CardOf::Resident(self.chance.below(RESIDENTS));
        for terminal in 0..self.pcs.len() {
            if self.pcs[terminal].is_off() {
                self.switch_on(terminal);
                self.settle().await?;
            }
            if !self.clerks[terminal].is_unregistered {
                self.look_up(terminal, everybodys).await?;
            }
        }
        self.settle().await?;
        for terminal in 0..self.pcs.len() {
            self.press_use(terminal, 1);
        }
        Ok(())
    }

    async fn look_up(&mut self, terminal: usize, card: CardOf) -> Result<(), Objection> {
        self.take_card(terminal).await?;
        self.expect_card(terminal, CardExpectation::NextCard).await?;
        self.put_card(terminal, card, None).await
    }

    async fn expect_card(&mut self, terminal: usize, expectation: CardExpectation) -> Result<(), Objection> {
        self.clerks[terminal].shown = None;
        let Some(counter) = self.pcs[terminal].counter().map(Arc::clone) else { return Ok(()) };
        counter.expect_card(expectation).await.map_err(|failure| format!("{:?}", failure.code))?;
        self.quiet().await
    }

    /// Starts a terminal's program.
    pub(super) fn switch_on(&mut self, terminal: usize) {
        self.note(&format!("terminal {terminal} is switched on"));
        if self.pcs[terminal].clock_off_ms() != 0 {
            self.tally.count(Happening::ClockWrongByADay);
        }
        self.pcs[terminal].switch_on();
    }

    fn close(&mut self, terminal: usize) {
        self.pcs[terminal].close();
        self.leave(terminal);
    }

    pub(super) fn call(&mut self, terminal: usize, call: impl FnOnce(Arc<Counter>) -> Call) {
        if let Some(counter) = self.pcs[terminal].counter() {
            let call = call(Arc::clone(counter));
            self.clerks[terminal].calls.push(call);
        }
    }

    /// A resident puts a card on, and the clerk wants its balances.
    async fn tap(&mut self, terminal: usize) -> Result<(), Objection> {
        let lay_there = self.pcs[terminal].reader.lying();
        let stays = lay_there.is_some() && self.chance.percent(30);
        if !stays {
            self.take_card(terminal).await?;
        }
        let card_now = self.chance.percent(50);
        let expectation =
            if card_now || stays { CardExpectation::CardNow } else { CardExpectation::NextCard };
        self.expect_card(terminal, expectation).await?;
        if stays {
            self.happens(Happening::LeftLying, &format!("terminal {terminal}"));
            return Ok(());
        }
        let card = match self.chance.below(20) {
            0 => CardOf::Stranger,
            1 => CardOf::Library,
            2 => CardOf::Phone,
            _ => CardOf::Resident(self.chance.below(RESIDENTS)),
        };
        let yanked = match (self.mishaps > 0, self.chance.below(20)) {
            (true, 0) => Some(0),
            (true, 1) => Some(1),
            _ => None,
        };
        match (card, yanked) {
            (_, Some(0)) => self.tally.count(Happening::YankedAtOnce),
            (_, Some(_)) => self.tally.count(Happening::YankedMidRead),
            (CardOf::Stranger, _) => self.tally.count(Happening::Unknown),
            (CardOf::Library, _) => self.tally.count(Happening::NotACard),
            (CardOf::Phone, _) => self.tally.count(Happening::PinFirst),
            (CardOf::Resident(_), None) => {}
        }
        self.put_card(terminal, card, yanked).await
    }

    /// Puts a card on a terminal's reader, and lets the terminal notice.
    pub(super) async fn put_card(
        &mut self,
        terminal: usize,
        card: CardOf,
        yanked: Option<u32>,
    ) -> Result<(), Objection> {
        self.note(&format!("terminal {terminal}: {card:?} puts a card on ({yanked:?})"));
        let clerk = &mut self.clerks[terminal];
        clerk.card_of = match card {
            CardOf::Resident(number) => Some(resident(number)),
            CardOf::Stranger | CardOf::Library | CardOf::Phone => None,
        };
        self.pcs[terminal].reader.put(card, self.town.card(card), yanked);
        self.quiet().await
    }

    /// Takes the card off a terminal's reader, if one lies there, and lets the terminal notice. Says
    /// whether one lay there.
    pub(super) async fn take_card(&mut self, terminal: usize) -> Result<bool, Objection> {
        let Some(taken) = self.pcs[terminal].reader.take() else { return Ok(false) };
        self.note(&format!("terminal {terminal}: {taken:?} takes the card"));
        self.quiet().await?;
        Ok(true)
    }

    /// The balances stay on the screen past midnight, or longer than the visit lasts; then the clerk
    /// types the password where it is wanted, and presses.
    async fn use_late(&mut self, terminal: usize) -> Result<(), Objection> {
        let to_midnight_ms = self.to_midnight_ms();
        self.pass(if to_midnight_ms < TOO_LONG_MS { to_midnight_ms } else { TOO_LONG_MS });
        self.quiet().await?;
        self.signs_in_first(terminal).await?;
        if self.press_use(terminal, 1) {
            self.tally.count(Happening::UsedLate);
        }
        Ok(())
    }

    /// Sees to it that there are balances on the screen, unless something goes wrong.
    async fn shows_balances(&mut self, terminal: usize) -> Result<(), Objection> {
        if self.clerks[terminal].shown.is_none() {
            let card = CardOf::Resident(self.chance.below(RESIDENTS));
            self.look_up(terminal, card).await?;
            self.settle().await?;
        }
        Ok(())
    }

    /// The clerk types amounts and presses, once or several times. Says whether there was anything to
    /// press.
    fn press_use(&mut self, terminal: usize, times: usize) -> bool {
        let Some(shown) = self.clerks[terminal].shown.clone() else { return false };
        let parts = self.choose_parts(&shown.visit, MOST_USED);
        let arguments = UsePointsArguments { visit: shown.visit.visit, parts: all_typed(&parts) };
        self.note(&format!("terminal {terminal}: presses use of {parts:?}"));
        for _ in 0..times {
            let (arguments, parts) = (arguments.clone(), parts.clone());
            self.call(terminal, |counter| Call::Operation {
                pressed: Pressed::Use { person: shown.person, parts, pin: Typed::NoPin },
                visit: Some(arguments.visit),
                sent: false,
                call: tokio::spawn(async move { counter.use_points(arguments).await }),
            });
        }
        true
    }

    /// From which accounts how much, of each no more than this.
    pub(super) fn choose_parts(&mut self, visit: &Visit, most: i64) -> Vec<(CurrencyCode, i64)> {
        let mut parts: Vec<(CurrencyCode, i64)> = Vec::new();
        for account in &visit.accounts {
            if self.chance.percent(if account.balance == 0 { 95 } else { 30 }) {
                continue;
            }
            let points = match self.chance.below(20) {
                0 => account.balance + 1,
                1 => account.balance.clamp(1, most),
                _ => self.chance.between(1, account.balance.clamp(1, most)),
            };
            parts.push((account.currency, points));
            if points > account.balance {
                self.tally.count(Happening::AskedTooMuch);
            }
        }
        if parts.is_empty() {
            parts.push((visit.accounts[0].currency, self.chance.between(1, most)));
        }
        if parts.len() > 1 {
            self.tally.count(Happening::UsedSeveral);
        }
        parts
    }

    fn press_nonsense(&mut self, terminal: usize) {
        let Some(shown) = self.clerks[terminal].shown.clone() else { return };
        let typed = (*self.chance.of(NONSENSE)).to_owned();
        self.happens(Happening::TypedNonsense, &format!("terminal {terminal}: {typed:?}"));
        let part = VisitPart { currency: shown.visit.accounts[0].currency, typed };
        let arguments = UsePointsArguments { visit: shown.visit.visit, parts: vec![part] };
        self.call(terminal, |counter| Call::Operation {
            // Nothing that is sent can come from this.
            pressed: Pressed::Use { person: shown.person, parts: Vec::new(), pin: Typed::NoPin },
            visit: None,
            sent: false,
            call: tokio::spawn(async move { counter.use_points(arguments).await }),
        });
    }

    /// The clerk voids one of the uses that were told as done, not always a sensible one.
    fn press_void(&mut self, terminal: usize) {
        let done = self.testimony.done(terminal, &self.town);
        if done.is_empty() {
            return;
        }
        let newest = done.iter().max_by_key(|operation| operation.at_ms);
        let key = match newest {
            Some(newest) if self.chance.percent(50) => newest.key,
            _ => self.chance.of(&done).key,
        };
        self.note(&format!("terminal {terminal}: presses void of {key}"));
        self.call(terminal, |counter| Call::Operation {
            pressed: Pressed::Void { of: key.to_string() },
            visit: None,
            sent: false,
            call: tokio::spawn(async move { counter.void_use(OperationNamed { key }).await }),
        });
    }

    fn press_acknowledge(&mut self, terminal: usize) {
        let Some(last) = self.clerks[terminal].last.clone() else { return };
        if last.state == OperationState::Checking || self.clerks[terminal].is_busy() {
            return;
        }
        self.call(terminal, |counter| Call::Acknowledge {
            key: last.key.to_string(),
            call: tokio::spawn(async move { counter.acknowledge_last_operation().await }),
        });
    }

    fn press_print(&mut self, terminal: usize) {
        let Some(last) = self.clerks[terminal].last.clone() else { return };
        if matches!(last.state, OperationState::Done { .. }) {
            self.tally.count(Happening::Printed);
        }
        self.call(terminal, |counter| {
            Call::Other(tokio::spawn(async move {
                // A paper moves no points; what it says is the receipt's affair.
                let _ = counter.print_receipt(OperationNamed { key: last.key }).await;
            }))
        });
    }
}

/// Amounts as a hand types them.
pub(super) fn all_typed(parts: &[(CurrencyCode, i64)]) -> Vec<VisitPart> {
    parts.iter().map(|(currency, points)| VisitPart { currency: *currency, typed: typed(*points) }).collect()
}

/// An amount as a hand types it; sometimes in full width, as an input method leaves it.
fn typed(points: i64) -> String {
    let digits = points.to_string();
    if points % 3 != 0 {
        return digits;
    }
    digits.chars().map(|digit| char::from_u32(u32::from(digit) + 0xFEE0).unwrap_or(digit)).collect()
}
