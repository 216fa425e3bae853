//! `sign_in`: the terminal password besides the device key, before everything about points (row A8).
//!
//! Belongs here: asking the cloud, knowing where signing in stands, telling the window. Does not: the
//! lock (`lock`), what the functions do once somebody is signed in.
//! The cloud decides on every call. What is known here spares a clerk the way to it, and keeps a locked
//! terminal locked while the cloud is away. The password is wiped as soon as it was asked with.

use crate::place::{Standing, Terminal};
use crate::register_terminal::narrow;
use crate::running::{Running, lock};
use crate::store::KeptSignIn;
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffName, StaffNameAsked};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{SignInAnswer, SignInRequest, SignedIn, TerminalProfile};
use madoguchi_wire::window::{Notice, SignIn, SignInState, TypedSignIn};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use zeroize::{Zeroize, Zeroizing};

/// How many names are offered for choosing.
const MOST_NAMES: usize = 5;

/// What is known of signing in.
#[derive(Default)]
pub(crate) struct SignInKeeper {
    kept: Mutex<KeptSignIn>,
    /// How often somebody signed in, locked, or was declined by the cloud. What the cloud was asked
    /// before the last of these is older than it.
    turns: AtomicU64,
    told: Mutex<Option<SignIn>>,
    /// The cloud's clock when it was last heard, milliseconds since 1970 (UTC), and the running clock at
    /// that moment. This PC's own may be wrong by a day and ends nothing.
    cloud_clock: Mutex<Option<(i64, Duration)>>,
    /// Held while it is written down, so that what stands on the disk last is what was known last.
    writing: tokio::sync::Mutex<()>,
    /// Where signing in stands, or what the cloud's clock says, is news.
    news: Notify,
}

impl Running {
    /// Signs in with what was typed.
    pub(crate) async fn sign_in(self: &Arc<Self>, typed: TypedSignIn) -> Result<(), Failure> {
        let TypedSignIn { password, staff_name } = typed;
        let password = Zeroizing::new(password);
        let staff_name = staff_name_typed(self.sign_in_rule().staff_name, &staff_name)?;
        self.sign_in_with(&password, staff_name).await
    }

    /// Whoever has just registered this PC typed the password a moment ago: it is not asked for twice,
    /// unless a name is wanted with it.
    pub(crate) async fn sign_in_after_registration(self: &Arc<Self>, password: &str) {
        let is_asked = self.sign_in_shown().state == SignInState::Needed;
        if !is_asked || self.sign_in_rule().staff_name != StaffNameAsked::No {
            return;
        }
        if let Err(failure) = self.sign_in_with(password, None).await {
            tracing::info!(code = failure.number, "the password is asked for after the registration");
        }
    }

    async fn sign_in_with(
        self: &Arc<Self>,
        password: &str,
        staff_name: Option<StaffName>,
    ) -> Result<(), Failure> {
        let mut request = SignInRequest { password: narrow(password.trim()), staff_name };
        let answer = self.ask("sign_in", &request).await;
        request.password.zeroize();
        let SignInAnswer { sign_in, .. } = answer?;
        self.change_sign_in(|kept| {
            kept.is_locked = false;
            kept.names = with_latest(&kept.names, sign_in.staff_name.as_ref());
            kept.last = Some(sign_in);
        })
        .await;
        self.queue.wake.notify_one();
        Ok(())
    }

    /// Takes up what was kept before the program ended.
    pub(crate) async fn take_up_sign_in(self: &Arc<Self>) {
        let Some((terminal, rule)) = self.terminal_and_rule() else { return };
        let read = self.blocking(move |_| Ok(terminal.sign_in.read()?)).await;
        let kept = read.unwrap_or_else(|failure| {
            tracing::warn!(code = failure.number, "the sign-in that was kept cannot be read");
            KeptSignIn { is_locked: true, ..KeptSignIn::default() }
        });
        let is_locked = kept.is_locked || rule.password == PasswordAsked::EveryStart;
        *lock(&self.sign_in.kept) = KeptSignIn { is_locked, ..kept };
        self.tell_sign_in();
    }

    /// This PC was registered anew: whatever was before is over.
    pub(crate) async fn begin_sign_in_anew(self: &Arc<Self>) {
        self.change_sign_in(|kept| {
            kept.is_locked = false;
            kept.last = None;
        })
        .await;
    }

    /// To be noted before the cloud is asked, and given with what it says.
    pub(crate) fn sign_in_turns(&self) -> u64 {
        self.sign_in.turns.load(Ordering::SeqCst)
    }

    /// What the cloud says with a new session, unless that is older than what is known here. A terminal that
    /// is locked tells the cloud so, in case it has not heard yet.
    pub(crate) async fn note_sign_in(
        self: &Arc<Self>,
        in_force: Option<SignedIn>,
        said_at_ms: i64,
        asked_after: u64,
    ) {
        *lock(&self.sign_in.cloud_clock) = Some((said_at_ms, self.parts.clock.running()));
        let is_locked = lock(&self.sign_in.kept).is_locked;
        match in_force {
            Some(in_force) if is_locked => {
                self.tell_sign_in();
                self.tell_the_cloud_of_the_lock(in_force.from_ms);
            }
            in_force => {
                self.alter_sign_in(|kept| {
                    if self.sign_in_turns() == asked_after {
                        kept.last = in_force;
                    }
                })
                .await;
            }
        }
    }

    /// The cloud wants the password, unless somebody has signed in since it was asked.
    pub(crate) async fn sign_in_is_over(self: &Arc<Self>, asked_after: u64) {
        self.alter_sign_in(|kept| {
            if self.sign_in_turns() == asked_after {
                self.sign_in.turns.fetch_add(1, Ordering::SeqCst);
                kept.last = None;
            }
        })
        .await;
    }

    /// What is about points is refused here already while nobody is signed in.
    pub(crate) fn signed_in(&self) -> Result<(), Failure> {
        match self.sign_in_shown().state {
            SignInState::NotNeeded | SignInState::SignedIn => Ok(()),
            SignInState::Needed | SignInState::Locked => Err(Failure::of(ErrorCode::SignInNeeded)),
        }
    }

    /// Who is signed in, where the municipality wants the name.
    pub(crate) fn staff_name(&self) -> Option<StaffName> {
        let is_wanted = self.sign_in_rule().staff_name != StaffNameAsked::No;
        lock(&self.sign_in.kept).last.clone().filter(|_| is_wanted)?.staff_name
    }

    /// As the window sees it.
    pub(crate) fn sign_in_shown(&self) -> SignIn {
        let (profile, terminal) = {
            let standing = lock(&self.standing);
            let terminal = standing.known_terminal().map(|known| known.registered.terminal.spaced());
            (profile_of(&standing).cloned(), terminal.unwrap_or_default())
        };
        let kept = lock(&self.sign_in.kept).clone();
        let state = profile.as_ref().map_or(SignInState::NotNeeded, |profile| self.state_of(profile, &kept));
        let signed_in = kept.last.filter(|_| state == SignInState::SignedIn);
        SignIn {
            state,
            terminal,
            signed_in_as: signed_in.and_then(|last| last.staff_name).map(String::from),
            staff_name: profile.map(|profile| profile.sign_in.staff_name).unwrap_or_default(),
            names: kept.names.into_iter().map(String::from).collect(),
        }
    }

    fn state_of(&self, profile: &TerminalProfile, kept: &KeptSignIn) -> SignInState {
        let is_asked = profile.functions.iter().any(|function| profile.sign_in.wants_sign_in(*function));
        if !is_asked {
            SignInState::NotNeeded
        } else if kept.is_locked {
            SignInState::Locked
        } else {
            match &kept.last {
                // Until the cloud has told its time, what it said before stands.
                Some(last) if self.left_of(last).is_none_or(|left| !left.is_zero()) => SignInState::SignedIn,
                Some(_) | None => SignInState::Needed,
            }
        }
    }

    /// How long a sign-in still lasts, by the cloud's clock; none before that was heard.
    fn left_of(&self, sign_in: &SignedIn) -> Option<Duration> {
        let (told_ms, heard_at) = (*lock(&self.sign_in.cloud_clock))?;
        let lasts_ms = u64::try_from(sign_in.until_ms.saturating_sub(told_ms)).unwrap_or(0);
        let since = self.parts.clock.running().saturating_sub(heard_at);
        Some(Duration::from_millis(lasts_ms).saturating_sub(since))
    }

    /// Somebody signs in, locks or registers here.
    pub(crate) async fn change_sign_in(self: &Arc<Self>, change: impl FnOnce(&mut KeptSignIn)) {
        self.alter_sign_in(|kept| {
            self.sign_in.turns.fetch_add(1, Ordering::SeqCst);
            change(kept);
        })
        .await;
    }

    /// Alters what is known, tells the window where that is news, and keeps it for the next start.
    async fn alter_sign_in(self: &Arc<Self>, alter: impl FnOnce(&mut KeptSignIn)) {
        let is_changed = {
            let mut kept = lock(&self.sign_in.kept);
            let before = kept.clone();
            alter(&mut kept);
            *kept != before
        };
        self.sign_in.news.notify_one();
        self.tell_sign_in();
        if !is_changed {
            return;
        }
        let _in_turn = self.sign_in.writing.lock().await;
        let Some((terminal, _)) = self.terminal_and_rule() else { return };
        let kept = lock(&self.sign_in.kept).clone();
        if let Err(failure) = self.blocking(move |_| Ok(terminal.sign_in.keep(&kept)?)).await {
            tracing::warn!(code = failure.number, "the sign-in could not be kept for the next start");
        }
    }

    /// Tells the window where signing in stands, if that is news.
    pub(crate) fn tell_sign_in(&self) {
        let shown = self.sign_in_shown();
        let before = lock(&self.sign_in.told).replace(shown.clone());
        if before.as_ref() != Some(&shown) {
            self.notices.tell(&Notice::SignIn(shown));
        }
    }

    /// Says at midnight that the day's sign-in is over.
    pub(crate) async fn keep_sign_in(self: Arc<Self>) {
        loop {
            let last = lock(&self.sign_in.kept).last.clone();
            let left = last.and_then(|last| self.left_of(&last)).filter(|left| !left.is_zero());
            let ends = async {
                match left {
                    Some(left) => self.parts.clock.sleep(left).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                // News keep; an end is told at once.
                biased;
                () = ends => self.tell_sign_in(),
                () = self.sign_in.news.notified() => {}
            }
        }
    }

    fn sign_in_rule(&self) -> SignInRule {
        profile_of(&lock(&self.standing)).map(|profile| profile.sign_in).unwrap_or_default()
    }

    fn terminal_and_rule(&self) -> Option<(Arc<Terminal>, SignInRule)> {
        let standing = lock(&self.standing);
        let rule = profile_of(&standing).map(|profile| profile.sign_in).unwrap_or_default();
        Some((Arc::clone(standing.known_terminal()?), rule))
    }
}

const fn profile_of(standing: &Standing) -> Option<&TerminalProfile> {
    match standing {
        Standing::Registered { profile, .. } => profile.as_ref(),
        Standing::Unregistered | Standing::Barred { .. } => None,
    }
}

fn staff_name_typed(asked: StaffNameAsked, typed: &str) -> Result<Option<StaffName>, Failure> {
    let missing = || Failure::of(ErrorCode::StaffNameMissing);
    match (asked, typed.trim()) {
        (StaffNameAsked::No, _) | (StaffNameAsked::Optional, "") => Ok(None),
        (StaffNameAsked::Required, "") => Err(missing()),
        (_, typed) => StaffName::typed(typed).map(Some).map_err(|_| missing()),
    }
}

/// The names to choose from next time.
fn with_latest(names: &[StaffName], latest: Option<&StaffName>) -> Vec<StaffName> {
    let others = names.iter().filter(|name| Some(*name) != latest);
    latest.into_iter().chain(others).take(MOST_NAMES).cloned().collect()
}
