//! `sign_in_to_street` and `lock_street`: the password once a Japan day and after a lock.
//!
//! A try is counted before the password is checked, on the disk, so that neither tries at the same time nor a power cut
//! slips past the count.

use crate::cards::CardDesk;
use crate::failure::told;
use crate::password;
use crate::shop::{Open, Shop, Working, lock};
use crate::store::{self, KeptSignIn};
use jiff::Timestamp;
use madoguchi_domain::day::from_millis;
use madoguchi_domain::sign_in::{ends_at, wait_after_s};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::SignInState;
use madoguchi_wire::window::street::StreetPassword;
use zeroize::Zeroizing;

impl Shop {
    /// `sign_in_to_street`.
    pub async fn sign_in_to_street(&self, typed: StreetPassword) -> Result<(), Failure> {
        self.blocking(move |open| {
            let typed = Zeroizing::new(typed.password);
            let working = open.working()?;
            open.check_password(&working, &typed)?;
            let signed_in = KeptSignIn { signed_in_at_ms: open.now_ms(), ..KeptSignIn::default() };
            store::keep_sign_in(&working.store, signed_in).map_err(|fault| told(&fault))
        })
        .await
    }

    /// `lock_street`.
    pub async fn lock_street(&self) -> Result<(), Failure> {
        self.blocking(|open| {
            let working = open.working()?;
            let kept = store::sign_in(&working.store).map_err(|fault| told(&fault))?;
            let locked = KeptSignIn { locked: true, ..kept };
            // Whoever comes next waits for nobody's card and has none.
            *lock(&open.cards) = CardDesk::default();
            store::keep_sign_in(&working.store, locked).map_err(|fault| told(&fault))
        })
        .await
    }
}

impl Open {
    /// Where logging in stands now. A clock that was put back before the log-in ends it.
    pub(crate) fn sign_in_state(&self, working: &Working) -> Result<SignInState, Failure> {
        let kept = store::sign_in(&working.store).map_err(|fault| told(&fault))?;
        Ok(state_of(kept, self.now_ms()))
    }

    /// Whether the password is right; wrong ones in a row make the next one wait.
    pub(crate) fn check_password(&self, working: &Working, typed: &str) -> Result<(), Failure> {
        let now_ms = self.now_ms();
        // Held while it is counted: two tries at once are two tries.
        let registered = lock(&working.registered);
        let kept = store::sign_in(&working.store).map_err(|fault| told(&fault))?;
        let wait_ms = wait_left_ms(kept, now_ms);
        if wait_ms > 0 {
            let seconds = (wait_ms + 999) / 1000;
            return Err(Failure::with(ErrorCode::PasswordSlowed, &[("seconds", seconds.to_string().into())]));
        }
        let tries = kept.wrong_tries.saturating_add(1);
        let counted =
            KeptSignIn { wrong_tries: tries, wait_until_ms: now_ms + wait_after_s(tries) * 1000, ..kept };
        store::keep_sign_in(&working.store, counted).map_err(|fault| told(&fault))?;
        if !password::is_right(&password::typed(typed), &registered.kept.password) {
            return Err(Failure::of(ErrorCode::WrongTerminalPassword));
        }
        let forgotten = KeptSignIn { wrong_tries: 0, wait_until_ms: 0, ..kept };
        store::keep_sign_in(&working.store, forgotten).map_err(|fault| told(&fault))
    }
}

/// A clock that was put back does not make anybody wait longer than the wait itself.
fn wait_left_ms(kept: KeptSignIn, now_ms: i64) -> i64 {
    (kept.wait_until_ms - now_ms).min(wait_after_s(kept.wrong_tries) * 1000)
}

fn state_of(kept: KeptSignIn, now_ms: i64) -> SignInState {
    if kept.locked {
        return SignInState::Locked;
    }
    let at = from_millis(kept.signed_in_at_ms).filter(|_| kept.signed_in_at_ms > 0);
    let until = at.and_then(ends_at).map_or(0, Timestamp::as_millisecond);
    let is_today = (kept.signed_in_at_ms..until).contains(&now_ms);
    if is_today { SignInState::SignedIn } else { SignInState::Needed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 09:30 in Japan.
    const NOW: i64 = 1_795_221_000_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_log_in_lasts_until_midnight_in_japan_and_no_clock_put_back_revives_it() {
        let kept = KeptSignIn { signed_in_at_ms: NOW, ..KeptSignIn::default() };
        assert_eq!(state_of(kept, NOW), SignInState::SignedIn);
        assert_eq!(state_of(kept, NOW + 14 * HOUR), SignInState::SignedIn);
        assert_eq!(state_of(kept, NOW + 15 * HOUR), SignInState::Needed);
        assert_eq!(state_of(kept, NOW - 1), SignInState::Needed);
        assert_eq!(state_of(KeptSignIn { locked: true, ..kept }, NOW), SignInState::Locked);
        assert_eq!(state_of(KeptSignIn::default(), NOW), SignInState::Needed);
    }

    #[test]
    fn a_clock_put_back_does_not_lock_the_shop_out() {
        let kept = KeptSignIn { wrong_tries: 4, wait_until_ms: NOW + 4_000, ..KeptSignIn::default() };
        assert_eq!(wait_left_ms(kept, NOW), 4_000);
        assert_eq!(wait_left_ms(kept, NOW - 24 * HOUR), 4_000);
        assert!(wait_left_ms(kept, NOW + 4_000) <= 0);
    }
}
